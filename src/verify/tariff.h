/* tariff.h - what outcomes are worth to one party, in whole units, worked out from the
 * scenario's own numbers by exact fractions. */
#ifndef VERIFY_TARIFF_H
#define VERIFY_TARIFF_H

#include "base/big.h"

/*   unit     1 / unit is what one of a sum stands for; > 0
 *   worths   [issue][value]
 *   bonuses  [bonus_count of the party's preferences]
 *   cap      the largest sum there is, when capped
 *   floor    the least sum that reaches the outside option, when there is one */
typedef struct tariff {
    const truce_scenario *scenario;
    size_t party;
    wide unit;
    wide **worths;
    wide *bonuses;
    bool capped, has_floor;
    wide cap, floor;
} tariff;

/* NULL, or why there is none: something is no whole number of units, or too large. The
 * text is static. O(values). */
const char *tariff_make(const truce_scenario *scenario, size_t party, wide unit,
                        arena *memory, tariff *result);

/* Of a complete outcome, bonuses and cap included. */
wide tariff_sum(const tariff *of, const truce_value *outcome);

#endif
