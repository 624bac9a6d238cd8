/* clock.h - what a ceasefire asks for, with what holds when the agreement does not say. */
#ifndef TRACK_CLOCK_H
#define TRACK_CLOCK_H

#include <truce/track.h>

truce_pattern clock_breach(const truce_ceasefire *clock);
const char *clock_notice(const truce_ceasefire *clock);
const char *clock_extension(const truce_ceasefire *clock);

#endif
