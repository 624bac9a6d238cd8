/* calendar.h - civil dates, zones of the tz database, and durations in them.
 *
 * Instants are seconds since 1970-01-01T00:00:00Z; a local time is counted the same way,
 * as if its clock stood in UTC; a day is the number of days since 1970-01-01. The zones
 * are read from the system's files (/usr/share/zoneinfo and its usual other places), not
 * by way of the C library, whose only door to them is one variable for all threads.
 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include "base/arena.h"

#include <truce/track.h>

enum { SECONDS_A_DAY = 86400 };

/* ---- civil dates (Gregorian, also before there was one) -------------------------- */

typedef struct civil {
    int64_t year;
    int month, day; /* from 1 */
} civil;

int64_t civil_day(civil date);
civil civil_of(int64_t day);
int civil_month_days(int64_t year, int month);

/* ---- zones ----------------------------------------------------------------------- */

typedef struct zone zone;

/* "Europe/Istanbul" and the like; NULL stands for UTC, which needs no files. NULL when
 * there is no such zone. May be used by any number of threads. O(transitions). */
zone *zone_open(const char *name);
void zone_close(zone *of); /* NULL is fine */

/* In the functions below NULL stands for UTC as well. */

/* The zone that was probably meant, or NULL. Lives in memory. O(zones). */
const char *zone_nearest(arena *memory, const char *name);

/* Seconds that the zone's clocks are ahead of UTC. O(log transitions). */
int32_t zone_offset(const zone *of, truce_instant at);

/* When a local time is: the first time when it comes twice; the instant of the change
 * when clocks pass it over. */
truce_instant zone_instant(const zone *of, int64_t local);

/* The instant at which a day begins, and the day that an instant is in: the days are
 * cut where they begin, so that each instant is in one, whatever clocks do. */
truce_instant zone_midnight(const zone *of, int64_t day);
int64_t zone_day(const zone *of, truce_instant at);

/* ---- durations ------------------------------------------------------------------- */

/* The instant so much later. Days keep the time of day of the zone, as zone_instant()
 * finds it; 0 days is the same instant. TRUCE_NEVER for at = TRUCE_NEVER, for a duration
 * that is not given (count < 0), and beyond the year 9999. */
truce_instant duration_after(const zone *in, truce_instant at, truce_duration later);

/* "30d", "12h", "90m", "10s". False when it is none, or longer than 10,000 years. */
bool duration_read(const char *text, truce_duration *duration);

/* ---- texts ----------------------------------------------------------------------- */

/* truce_instant_read() for texts of a known length in a zone that is open already. */
bool instant_read(const char *text, size_t length, const zone *in,
                  truce_instant *instant);

#endif
