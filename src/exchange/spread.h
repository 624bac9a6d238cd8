/* spread.h - how many go at each stage when nothing stands in the way. */
#ifndef EXCHANGE_SPREAD_H
#define EXCHANGE_SPREAD_H

#include "exchange/planning.h"

/* What two sides exchange in steps: after c of them side s has handed over the part c /
 * count of its heads, rounded up. With equal heads a step is one for one, in a ratio it
 * is one bundle, so that nothing is rounded; else a step is a head of the side with
 * more. */
typedef struct spread {
    uint64_t heads[2];
    uint64_t count;
} spread;

/* exact: the totals are in a ratio that holds without rounding. */
spread spread_new(const uint64_t heads[2], bool exact);

/* Heads of a side after so many steps. */
uint64_t spread_heads(const spread *s, unsigned side, uint64_t steps);

/* The fewest steps after which a side has handed over so many heads. */
uint64_t spread_steps(const spread *s, unsigned side, uint64_t heads);

/* Steps done at the end of each stage [stages], evenly, but in the first stage at least
 * as many as `first`. */
void spread_evenly(const spread *s, uint64_t first, size_t stages, uint64_t *steps);

#endif
