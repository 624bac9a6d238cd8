/* seating.h - the people of one side, when it is known how many have gone by each
 * stage. */
#ifndef EXCHANGE_SEATING_H
#define EXCHANGE_SEATING_H

#include "exchange/bands.h"

/* Seats heads of the bands of a side, at most as many as each has, so that at the end
 * of stage t at least low[t] and at most high[t] have gone, and low[last] == high[last]
 * in all; low and high ascend.
 *
 *   heads  [bands * stages] receives how many of each band go at each stage
 *
 * 1 when they fit, 0 when they do not, -1 when stopped. */
int seating_find(const calendar *c, const bands *b, unsigned side, const int64_t *low,
                 const int64_t *high, uint64_t *heads);

#endif
