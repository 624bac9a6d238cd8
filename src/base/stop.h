/* stop.h - deadlines and progress, asked about from inner loops. */
#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <truce/status.h>

/* Is it time to give up? Looks at the clock: ask once per some thousand steps. NULL:
 * never. */
bool stop_now(const truce_stop *stop);

/* Tells how far it got; part is 0..1. NULL: nobody. */
void stop_tell(const truce_stop *stop, const char *what, double part);

/* An equal part of the time that is left, for the next of so many parts, so that one cannot
 * eat what the others need; everything else as in stop. Without a deadline there is none. */
truce_stop stop_share(const truce_stop *stop, size_t parts_left);

/* Threads to use, at least 1. */
unsigned stop_threads(const truce_stop *stop);

#endif
