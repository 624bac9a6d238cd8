/* Dates and durations, and instants as texts. The Gregorian calendar is counted in eras
 * of 400 years = 146,097 days, with years that begin in March, so that the leap day is
 * their last. Years go from 1 to 9999, as in ISO 8601. */
#include "base/calendar.h"

#include <string.h>

static const int64_t first_day = -719162;  /* 0001-01-01 */
static const int64_t beyond_day = 2932897; /* 10000-01-01 */

enum { DAYS_AN_ERA = 146097, DAYS_BEFORE_1970 = 719468 /* since 0000-03-01 */ };

/* ---- civil dates ----------------------------------------------------------------- */

static int64_t floor_of(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

int64_t civil_day(civil date)
{
    int64_t year = date.month > 2 ? date.year : date.year - 1;
    int64_t era = floor_of(year, 400), in_era = year - era * 400;
    int64_t in_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
    return era * DAYS_AN_ERA + in_era * 365 + in_era / 4 - in_era / 100 + in_year -
           DAYS_BEFORE_1970;
}

civil civil_of(int64_t day)
{
    int64_t era = floor_of(day + DAYS_BEFORE_1970, DAYS_AN_ERA);
    int64_t in_era = day + DAYS_BEFORE_1970 - era * DAYS_AN_ERA;
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
    int from_march = (int)((5 * in_year + 2) / 153);
    int month = from_march < 10 ? from_march + 3 : from_march - 9;
    return (civil){.year = year + era * 400 + (month <= 2),
                   .month = month,
                   .day = (int)(in_year - (153 * from_march + 2) / 5 + 1)};
}

int civil_month_days(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_in_range(int64_t instant)
{
    return instant >= first_day * SECONDS_A_DAY && instant < beyond_day * SECONDS_A_DAY;
}

/* ---- durations ------------------------------------------------------------------- */

static const int64_t unit_seconds[] = {1, 60, 3600, SECONDS_A_DAY};

truce_instant duration_after(const zone *in, truce_instant at, truce_duration later)
{
    int64_t span = (beyond_day - first_day) * SECONDS_A_DAY / unit_seconds[later.unit];
    if (!is_in_range(at) || later.count < 0 || later.count > span)
        return TRUCE_NEVER;
    int64_t seconds = later.count * unit_seconds[later.unit];
    if (!is_in_range(at + seconds))
        return TRUCE_NEVER;
    if (later.unit != TRUCE_DAYS || later.count == 0)
        return at + seconds;
    return zone_instant(in, at + zone_offset(in, at) + seconds);
}

bool duration_read(const char *text, truce_duration *duration)
{
    static const char units[] = "smhd";
    int64_t count = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && count < INT64_MAX / 100; at++)
        count = count * 10 + (*at - '0');
    const char *unit = *at ? strchr(units, *at) : NULL;
    if (at == text || unit == NULL || at[1] != '\0' ||
        count > (beyond_day - first_day) * SECONDS_A_DAY / unit_seconds[unit - units])
        return false;
    *duration = (truce_duration){count, (truce_unit)(unit - units)};
    return true;
}

/* ---- texts ----------------------------------------------------------------------- */

/* A text that is being read: at goes on to end. */
typedef struct cursor {
    const char *at, *end;
} cursor;

static bool take(cursor *in, char letter)
{
    bool is = in->at < in->end && *in->at == letter;
    in->at += is;
    return is;
}

static bool take_digits(cursor *in, int count, int lowest, int highest, int *number)
{
    *number = 0;
    if (in->end - in->at < count)
        return false;
    for (; count > 0; count--, in->at++) {
        if (*in->at < '0' || *in->at > '9')
            return false;
        *number = *number * 10 + (*in->at - '0');
    }
    return *number >= lowest && *number <= highest;
}

static bool take_date(cursor *in, int64_t *day)
{
    int year, month, day_of_month;
    if (!take_digits(in, 4, 1, 9999, &year) || !take(in, '-') ||
        !take_digits(in, 2, 1, 12, &month) || !take(in, '-') ||
        !take_digits(in, 2, 1, civil_month_days(year, month), &day_of_month))
        return false;
    *day = civil_day((civil){year, month, day_of_month});
    return true;
}

/* 12:00 or 12:00:30 */
static bool take_clock(cursor *in, int64_t *seconds)
{
    int hours, minutes, rest = 0;
    if (!take_digits(in, 2, 0, 23, &hours) || !take(in, ':') ||
        !take_digits(in, 2, 0, 59, &minutes))
        return false;
    if (take(in, ':') && !take_digits(in, 2, 0, 59, &rest))
        return false;
    *seconds = hours * 3600 + minutes * 60 + rest;
    return true;
}

/* Z, +03:00 or +0300 */
static bool take_offset(cursor *in, int64_t *seconds)
{
    int hours, minutes;
    *seconds = 0;
    if (take(in, 'Z'))
        return true;
    bool is_west = in->at < in->end && *in->at == '-';
    if (!take(in, '+') && !take(in, '-'))
        return false;
    if (!take_digits(in, 2, 0, 25, &hours))
        return false;
    take(in, ':');
    if (!take_digits(in, 2, 0, 59, &minutes))
        return false;
    *seconds = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return true;
}

bool instant_read(const char *text, size_t length, const zone *in,
                  truce_instant *instant)
{
    cursor rest = {text, text + length};
    int64_t day, time = 0, offset;
    if (!take_date(&rest, &day))
        return false;
    if (rest.at < rest.end &&
        ((!take(&rest, 'T') && !take(&rest, ' ')) || !take_clock(&rest, &time)))
        return false;
    int64_t local = day * SECONDS_A_DAY + time;
    if (rest.at == rest.end) {
        *instant = zone_instant(in, local);
        return true;
    }
    if (!take_offset(&rest, &offset) || rest.at < rest.end)
        return false;
    *instant = local - offset;
    return true;
}

bool truce_instant_read(const char *text, const char *zone_name, truce_instant *instant)
{
    zone *in = zone_open(zone_name);
    bool sound = in != NULL && instant_read(text, strlen(text), in, instant);
    zone_close(in);
    return sound;
}

/* The last so many digits of a number, and what stands behind them. */
static char *put(char *text, int64_t number, int digits, char behind)
{
    for (int d = digits - 1; d >= 0; d--, number /= 10)
        text[d] = (char)('0' + number % 10);
    text[digits] = behind;
    return text + digits + 1;
}

/* Leaves text at its end. */
static char *put_local(char *text, int64_t local)
{
    int64_t day = floor_of(local, SECONDS_A_DAY);
    int64_t seconds = local - day * SECONDS_A_DAY;
    civil date = civil_of(day);
    text = put(text, date.year, 4, '-');
    text = put(text, date.month, 2, '-');
    text = put(text, date.day, 2, 'T');
    text = put(text, seconds / 3600, 2, ':');
    text = put(text, seconds / 60 % 60, 2, ':');
    return put(text, seconds % 60, 2, '\0') - 1;
}

/* Offsets of the time before zones have seconds, which then are written as well. */
static void put_offset(char *text, int32_t offset)
{
    int32_t ahead = offset < 0 ? -offset : offset;
    *text++ = offset < 0 ? '-' : '+';
    text = put(text, ahead / 3600, 2, ':');
    text = put(text, ahead / 60 % 60, 2, ahead % 60 ? ':' : '\0');
    if (ahead % 60)
        put(text, ahead % 60, 2, '\0');
}

void truce_instant_write(truce_instant instant, const char *zone_name, char *text)
{
    if (!is_in_range(instant)) {
        strcpy(text, instant == TRUCE_NO_INSTANT ? "-" : "never");
        return;
    }
    zone *in = zone_name ? zone_open(zone_name) : NULL;
    int32_t offset = in ? zone_offset(in, instant) : 0;
    char *end = put_local(text, instant + offset);
    if (in)
        put_offset(end, offset);
    else
        strcpy(end, "Z");
    zone_close(in);
}
