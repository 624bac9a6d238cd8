/* numbers.h - every number that utilities and floors are made of, as one list; and a
 * scenario with other numbers in their places. */
#ifndef SCENARIO_NUMBERS_H
#define SCENARIO_NUMBERS_H

#include "base/arena.h"

#include <truce/scenario.h>

typedef enum number_kind {
    NUMBER_WEIGHT, /* of an issue */
    NUMBER_WORTH,  /* of a value; of an end (0 or 1) of a linear scale */
    NUMBER_BONUS,
    NUMBER_OUTSIDE, /* the floor */
    NUMBER_PACE     /* the floor's change every 30 days */
} number_kind;

/* A number and where it stands. issue for weights and worths; index is the value, the
 * end or the bonus. */
typedef struct number_at {
    number_kind kind;
    size_t party, issue, index;
    const truce_number *number;
} number_at;

/* All numbers given in the file: by party, weights and worths by issue, bonuses, floor.
 */
typedef struct numbers {
    const number_at *items;
    size_t count;
} numbers;

numbers numbers_of(const truce_scenario *scenario, arena *memory);

/* What a number may become: its range when it has one, else what its kind allows
 * (weights from 0, worths and floors 0..100, bonuses -100..100). unlimited: high has no
 * meaning. */
typedef struct number_limits {
    truce_decimal low, high;
    bool unlimited;
} number_limits;

number_limits number_limits_of(const number_at *place);

/* The same scenario with values[k] in place of the mode of items[k]; shares everything
 * else with the original, in memory. */
const truce_scenario *numbers_replace(const truce_scenario *scenario,
                                      const numbers *all, const truce_decimal *values,
                                      arena *memory);

#endif
