/* Zones, from TZif files (RFC 8536). Of a file we take the block with 64-bit times and
 * the rule behind it, which holds from the last change of the table on. Local time is
 * instant + offset: straight pieces with jumps. All questions are answered by walking the
 * pieces, so that any rule a government may think of next is met by the same few lines.
 * Offsets are less than 26 hours either way, as the RFC has it. */
#include "base/calendar.h"

#include "base/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FARTHEST = 26 * 3600, /* beyond any offset */
    HEADER_BYTES = 44,
    LARGEST_FILE = 1 << 20,
    LONGEST_NAME = 200
};

/* When a rule changes the clocks, in each year. */
typedef struct change_rule {
    enum { RULE_JULIAN, RULE_DAY, RULE_WEEKDAY } kind;
    int month, week, day; /* RULE_JULIAN 1..365, RULE_DAY 0..365, else a weekday */
    int32_t time;         /* local seconds after that day's midnight */
} change_rule;

typedef struct zone_rule {
    bool given, has_summer;
    int32_t standard, summer; /* offsets */
    change_rule begins, ends; /* summer time */
} zone_rule;

struct zone {
    arena memory;
    int64_t *changes; /* [change_count] instants, ascending */
    int32_t *offsets; /* [change_count] from each on */
    size_t change_count;
    int32_t first; /* offset before any change */
    zone_rule rule;
};

/* ---- the rule -------------------------------------------------------------------- */

/* The parsers move *at on; false for what is no rule. */
static bool take_name(const char **at)
{
    if (**at == '<') {
        const char *end = strchr(*at, '>');
        if (end == NULL)
            return false;
        *at = end + 1;
        return true;
    }
    size_t letters = 0;
    while ((**at >= 'A' && **at <= 'Z') || (**at >= 'a' && **at <= 'z'))
        ++*at, letters++;
    return letters >= 3;
}

static bool take_number(const char **at, int highest, int *number)
{
    size_t digits = 0;
    for (*number = 0; **at >= '0' && **at <= '9' && digits < 4; digits++, ++*at)
        *number = *number * 10 + (**at - '0');
    return digits > 0 && *number <= highest;
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(const char **at, int most_hours, int32_t *seconds)
{
    int sign = **at == '-' ? -1 : 1, hours, minutes = 0, rest = 0;
    *at += **at == '-' || **at == '+';
    bool sound = take_number(at, most_hours, &hours);
    if (sound && **at == ':')
        ++*at, sound = take_number(at, 59, &minutes);
    if (sound && **at == ':')
        ++*at, sound = take_number(at, 59, &rest);
    *seconds = sign * (hours * 3600 + minutes * 60 + rest);
    return sound;
}

static bool take_dotted(const char **at, int highest, int *number)
{
    return *(*at)++ == '.' && take_number(at, highest, number);
}

/* M10.5.0, J60 or 59, each with /time; 02:00 without. */
static bool take_change(const char **at, change_rule *change)
{
    bool sound;
    change->time = 7200;
    if (**at == 'M') {
        ++*at;
        change->kind = RULE_WEEKDAY;
        sound = take_number(at, 12, &change->month) && change->month >= 1 &&
                take_dotted(at, 5, &change->week) && change->week >= 1 &&
                take_dotted(at, 6, &change->day);
    } else {
        change->kind = **at == 'J' ? RULE_JULIAN : RULE_DAY;
        *at += **at == 'J';
        sound = take_number(at, 365, &change->day);
    }
    if (sound && **at == '/')
        ++*at, sound = take_time(at, 167, &change->time);
    return sound;
}

static bool take_summer(const char **at, zone_rule *rule)
{
    int32_t behind;
    rule->summer = rule->standard + 3600;
    if (!take_name(at))
        return false;
    if (**at != ',') {
        if (!take_time(at, 24, &behind))
            return false;
        rule->summer = -behind;
    }
    return *(*at)++ == ',' && take_change(at, &rule->begins) && *(*at)++ == ',' &&
           take_change(at, &rule->ends);
}

/* EET-2EEST,M3.5.0/3,M10.5.0/4 */
static bool rule_read(const char *text, zone_rule *rule)
{
    int32_t behind;
    if (!take_name(&text) || !take_time(&text, 24, &behind))
        return false;
    rule->given = true;
    rule->standard = -behind;
    rule->has_summer = *text != '\0';
    return !rule->has_summer || (take_summer(&text, rule) && *text == '\0');
}

static int64_t day_of_change(const change_rule *change, int64_t year)
{
    int64_t new_year = civil_day((civil){year, 1, 1});
    bool leap = civil_month_days(year, 2) == 29;
    if (change->kind == RULE_DAY)
        return new_year + change->day;
    if (change->kind == RULE_JULIAN)
        return new_year + change->day - 1 + (leap && change->day >= 60);
    int64_t first = civil_day((civil){year, change->month, 1});
    int weekday = (int)(((first + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
    int64_t day = first + (change->day - weekday + 7) % 7 + 7 * (change->week - 1);
    return day < first + civil_month_days(year, change->month) ? day : day - 7;
}

static int64_t instant_of_change(const change_rule *change, int64_t year,
                                 int32_t offset_before)
{
    return day_of_change(change, year) * SECONDS_A_DAY + change->time - offset_before;
}

/* The piece that an instant is in, [from, to), by the rule alone. Where summer time ends
 * and begins at one instant (a zone that always has it), it goes on. */
static int32_t rule_piece(const zone_rule *rule, int64_t at, int64_t *from, int64_t *to)
{
    int32_t offset = rule->standard;
    *from = INT64_MIN;
    *to = INT64_MAX;
    if (!rule->has_summer)
        return offset;
    int64_t year = civil_of(at / SECONDS_A_DAY).year;
    for (int64_t y = year - 2; y <= year + 2; y++) {
        int64_t change[2] = {instant_of_change(&rule->ends, y, rule->summer),
                             instant_of_change(&rule->begins, y, rule->standard)};
        int32_t becomes[2] = {rule->standard, rule->summer};
        for (int k = 0; k < 2; k++) {
            if (change[k] <= at && change[k] >= *from) {
                *from = change[k];
                offset = becomes[k];
            } else if (change[k] > at && change[k] < *to) {
                *to = change[k];
            }
        }
    }
    return offset;
}

/* ---- the pieces ------------------------------------------------------------------ */

/* How many changes are at or before an instant. */
static size_t changes_until(const zone *of, int64_t at)
{
    size_t low = 0, high = of->change_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (of->changes[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The offset at an instant, and the next instant at which it may be another one. */
static int32_t piece_at(const zone *of, int64_t at, int64_t *to)
{
    int64_t from;
    *to = INT64_MAX;
    if (of == NULL)
        return 0;
    size_t passed = changes_until(of, at);
    if (passed < of->change_count) {
        *to = of->changes[passed];
        return passed ? of->offsets[passed - 1] : of->first;
    }
    if (of->rule.given)
        return rule_piece(&of->rule, at, &from, to);
    return passed ? of->offsets[passed - 1] : of->first;
}

int32_t zone_offset(const zone *of, truce_instant at)
{
    int64_t to;
    return piece_at(of, at, &to);
}

/* The least instant whose local time is not before `local`: that is the first of two,
 * and the end of a gap. */
truce_instant zone_instant(const zone *of, int64_t local)
{
    int64_t at = local - FARTHEST, to;
    for (;; at = to) {
        int32_t offset = piece_at(of, at, &to);
        int64_t found = local - offset > at ? local - offset : at;
        if (found < to)
            return found;
    }
}

truce_instant zone_midnight(const zone *of, int64_t day)
{
    return zone_instant(of, day * SECONDS_A_DAY);
}

int64_t zone_day(const zone *of, truce_instant at)
{
    int64_t local = at + zone_offset(of, at);
    int64_t day = local / SECONDS_A_DAY - (local % SECONDS_A_DAY < 0);
    while (at >= zone_midnight(of, day + 1))
        day++;
    while (at < zone_midnight(of, day))
        day--;
    return day;
}

/* ---- files ----------------------------------------------------------------------- */

static const char *const folders[] = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                      "/usr/share/lib/zoneinfo", "/etc/zoneinfo"};

enum { FOLDER_COUNT = sizeof folders / sizeof *folders };

static FILE *open_in_folders(const char *name)
{
    char path[LONGEST_NAME + 64];
    FILE *file = NULL;
    for (size_t f = 0; f < FOLDER_COUNT && file == NULL; f++) {
        snprintf(path, sizeof path, "%s/%s", folders[f], name);
        file = fopen(path, "rb");
    }
    return file;
}

static uint64_t big_endian(const unsigned char *bytes, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

/* What a header counts, in the order in which it has them. */
typedef struct counts {
    size_t universal, standard, leaps, changes, types, letters;
} counts;

static bool header_read(const unsigned char *bytes, size_t length, counts *of)
{
    if (length < HEADER_BYTES || memcmp(bytes, "TZif", 4) != 0)
        return false;
    size_t *into[] = {&of->universal, &of->standard, &of->leaps,
                      &of->changes,   &of->types,    &of->letters};
    for (size_t i = 0; i < 6; i++)
        *into[i] = big_endian(bytes + 20 + 4 * i, 4);
    return of->changes <= LARGEST_FILE && of->types >= 1 && of->types <= 256 &&
           of->letters <= LARGEST_FILE && of->leaps <= LARGEST_FILE &&
           of->standard <= 256 && of->universal <= 256;
}

static size_t block_bytes(const counts *of, size_t time_bytes)
{
    return HEADER_BYTES + of->changes * (time_bytes + 1) + of->types * 6 + of->letters +
           of->leaps * (time_bytes + 4) + of->standard + of->universal;
}

static bool changes_read(zone *into, const unsigned char *bytes, const counts *of)
{
    const unsigned char *kinds = bytes + of->changes * 8, *types = kinds + of->changes;
    into->change_count = of->changes;
    into->changes = arena_array(&into->memory, of->changes, int64_t);
    into->offsets = arena_array(&into->memory, of->changes, int32_t);
    into->first = (int32_t)big_endian(types, 4);
    for (size_t c = 0; c < of->changes; c++) {
        if (kinds[c] >= of->types)
            return false;
        into->changes[c] = (int64_t)big_endian(bytes + c * 8, 8);
        into->offsets[c] = (int32_t)big_endian(types + kinds[c] * 6, 4);
        if (abs(into->offsets[c]) >= FARTHEST ||
            (c > 0 && into->changes[c] <= into->changes[c - 1]))
            return false;
    }
    return abs(into->first) < FARTHEST;
}

/* The rule stands between two line feeds; it may be empty. */
static bool footer_read(zone *into, const unsigned char *bytes, size_t length)
{
    const unsigned char *end = length > 1 ? memchr(bytes + 1, '\n', length - 1) : NULL;
    if (end == NULL || *bytes != '\n')
        return false;
    const char *text =
        arena_text_n(&into->memory, (const char *)bytes + 1, (size_t)(end - bytes - 1));
    return *text == '\0' || rule_read(text, &into->rule);
}

/* Leap seconds are not counted in our instants: files that count them ("right/") are
 * none of ours. */
static bool file_read(zone *into, const unsigned char *bytes, size_t length)
{
    counts of;
    if (!header_read(bytes, length, &of) || bytes[4] < '2')
        return false;
    size_t old = block_bytes(&of, 4);
    if (old > length || !header_read(bytes + old, length - old, &of) || of.leaps > 0)
        return false;
    size_t block = block_bytes(&of, 8);
    return block < length - old &&
           changes_read(into, bytes + old + HEADER_BYTES, &of) &&
           footer_read(into, bytes + old + block, length - old - block);
}

static bool is_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (strchr("/+-_", *at) == NULL && !(*at >= '0' && *at <= '9') &&
            !(*at >= 'A' && *at <= 'Z') && !(*at >= 'a' && *at <= 'z'))
            return false;
    return *name != '\0' && *name != '/' && strlen(name) < LONGEST_NAME;
}

static bool is_utc(const char *name)
{
    return name == NULL || strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0 ||
           strcmp(name, "Z") == 0;
}

static bool load(zone *into, const char *name)
{
    FILE *file = is_name(name) ? open_in_folders(name) : NULL;
    if (file == NULL)
        return false;
    unsigned char *bytes = must_allocate(LARGEST_FILE);
    size_t length = fread(bytes, 1, LARGEST_FILE, file);
    bool sound = file_read(into, bytes, length);
    free(bytes);
    fclose(file);
    return sound;
}

zone *zone_open(const char *name)
{
    arena memory = {0};
    zone *made = arena_new(&memory, zone);
    made->memory = memory;
    if (is_utc(name) || load(made, name))
        return made;
    zone_close(made);
    return NULL;
}

void zone_close(zone *of)
{
    if (of == NULL)
        return;
    arena memory = of->memory; /* a copy: the zone lives in the memory it owns */
    arena_free(&memory);
}

/* ---- names ----------------------------------------------------------------------- */

/* tzdata.zi names each zone in a line "Z NAME ..." and each other name in one
 * "L ZONE NAME". */
static const char *name_in_line(arena *memory, const char *line)
{
    const char *name = *line == 'L' ? strchr(line + 2, ' ') : line + 1;
    if ((*line != 'Z' && *line != 'L') || line[1] != ' ' || name == NULL)
        return NULL;
    return arena_text_n(memory, name + 1, strcspn(name + 1, " \r\n"));
}

/* "Istanbul" for "Europe/Istanbul", as people call it. */
static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

const char *zone_nearest(arena *memory, const char *name)
{
    FILE *file = open_in_folders("tzdata.zi");
    names full = {0}, parts = {0};
    const char **all = NULL;
    size_t count = 0, room = 0;
    char line[512];
    while (file && fgets(line, sizeof line, file)) {
        const char *found = name_in_line(memory, line);
        if (found == NULL || !names_add(&full, found, count))
            continue;
        names_add(&parts, last_part(found), count);
        *grow(all, count, room) = found;
    }
    const char *nearest = names_nearest(name, all, count), *part = NULL;
    if (nearest == NULL && (part = names_nearest_in(last_part(name), &parts)) != NULL)
        nearest = all[names_find(&parts, part)];
    if (file)
        fclose(file);
    free(all);
    names_free(&full);
    names_free(&parts);
    return nearest;
}
