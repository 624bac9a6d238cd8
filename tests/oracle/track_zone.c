/* Local time by the C library: what the library of truce has to do by itself. */
#include "track.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY = 86400, QUARTER = 900 };

void local_set(const char *zone)
{
    static char known[64];
    if (strcmp(known, zone) == 0)
        return;
    (void)snprintf(known, sizeof known, "%s", zone);
    if (setenv("TZ", zone, 1) != 0)
        abort();
    tzset();
}

/* Seconds of a civil time taken as UTC: days of whole years, then of this one. */
static int64_t civil_seconds(const struct tm *civil)
{
    int64_t year = civil->tm_year + INT64_C(1900), before = year - 1;
    int64_t days = 365 * (year - 1970) + before / 4 - before / 100 + before / 400 -
                   (1969 / 4 - 1969 / 100 + 1969 / 400) + civil->tm_yday;
    return ((days * 24 + civil->tm_hour) * 60 + civil->tm_min) * 60 + civil->tm_sec;
}

int64_t local_ahead(truce_instant instant)
{
    time_t seconds = (time_t)instant;
    struct tm civil;
    if (localtime_r(&seconds, &civil) == NULL)
        abort();
    return civil_seconds(&civil) - instant;
}

static bool shows(truce_instant instant, int64_t local)
{
    return instant + local_ahead(instant) >= local;
}

/* Clocks go forward but for at most one change in a quarter of an hour: the first quarter
 * that ends with what is looked for holds it. */
truce_instant local_instant(int64_t local)
{
    int64_t ahead = local_ahead(local - DAY);
    if (ahead == local_ahead(local + DAY) && ahead == local_ahead(local - ahead))
        return local - ahead;
    truce_instant high = local - DAY;
    while (!shows(high, local))
        high += QUARTER;
    truce_instant low = high - QUARTER;
    while (high - low > 1) {
        truce_instant middle = low + (high - low) / 2;
        if (shows(middle, local))
            high = middle;
        else
            low = middle;
    }
    return high;
}

truce_instant local_later(truce_instant instant, truce_duration duration)
{
    static const int64_t lengths[] = {1, 60, 3600};
    if (duration.count < 0)
        return TRUCE_NEVER;
    if (duration.unit != TRUCE_DAYS)
        return instant + duration.count * lengths[duration.unit];
    if (duration.count == 0)
        return instant;
    return local_instant(instant + local_ahead(instant) + duration.count * DAY);
}

truce_instant local_midnight(truce_instant instant, int64_t days)
{
    int64_t local = instant + local_ahead(instant);
    int64_t day = local / DAY - (local % DAY < 0);
    return local_instant((day + days) * DAY);
}
