/* track.h - a second opinion on `truce track`: random agreements and logs, written as text,
 * and where they stand by a clock that goes through every instant. Written from the
 * specification, docs/ and the public headers alone.
 */
#ifndef ORACLE_TRACK_H
#define ORACLE_TRACK_H

#include "base/arena.h"
#include "base/random.h"

#include <truce/truce.h>

/* A random agreement, its log in the order of the file, and what is asked. */
typedef struct made {
    arena memory;
    random_stream dice;
    truce_accord accord;
    truce_log_line *lines;
    size_t line_count;
    truce_tracking choices;
    truce_instant base; /* everything happens around it */
    bool seconds;       /* everything within a minute; else within days */
} made;

void made_begin(made *m, uint64_t seed, uint64_t which);
void made_end(made *m);

/* As text that truce_accord_parse() and truce_log_parse() read; free(). */
char *written_accord(const truce_accord *accord);
char *written_log(const truce_log_line *lines, size_t count);

/* ---- time by the C library --------------------------------------------------------- */

/* Local time follows this zone from now on. */
void local_set(const char *zone);
/* So many seconds is local time ahead of UTC then. */
int64_t local_ahead(truce_instant instant);
/* The first instant whose clocks show these local seconds (since 1970-01-01T00:00) or
 * more. */
truce_instant local_instant(int64_t local);
truce_instant local_later(truce_instant instant, truce_duration duration);
/* The midnight that begins the day so many days after that of the instant. */
truce_instant local_midnight(truce_instant instant, int64_t days);

/* ---- tick by tick ------------------------------------------------------------------ */

/* The answer, in the shapes of the library; what it leaves out is zero. */
typedef struct ticked {
    truce_standing *standings;
    truce_rung rung;
    truce_clock_reading clock;
    truce_trigger_reading *triggers;
    truce_snapback_reading *snapbacks;
} ticked;

/* Lines in the order of the file. Everything is taken from memory. */
ticked tick(arena *memory, const truce_accord *accord, const truce_log_line *lines,
            size_t count, const truce_tracking *choices);

#endif
