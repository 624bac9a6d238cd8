/* grounds.h - collecting on what an answer rests while it is being found. */
#ifndef SCENARIO_GROUNDS_H
#define SCENARIO_GROUNDS_H

#include "base/arena.h"

#include <truce/finding.h>

/* Begun by grounds_begin(), turned into a truce_grounds by grounds_end(). */
typedef struct grounds {
    const truce_scenario *scenario;
    bool *facts, *claims;
    size_t assumed;
} grounds;

grounds grounds_begin(const truce_scenario *scenario);

/* The claims of a thing. */
void grounds_label(grounds *all, const truce_label *label);

/* A fact, with the claims it was promoted from. */
void grounds_fact(grounds *all, size_t fact);

/* The scalars of a number whose basis is an assumption or a default. */
void grounds_number(grounds *all, const truce_number *number);

/* All preferences of a party: weights, worths, bonuses, floor, and the claims of its
 * red lines. */
void grounds_preferences(grounds *all, size_t party);

/* Everything acceptability is judged by: all parties' preferences and all rules. */
void grounds_acceptability(grounds *all);

/* An order constraint with its evidence. */
void grounds_constraint(grounds *all, size_t constraint);

truce_grounds grounds_end(grounds *all, arena *memory);

/* What utilities of outcomes to these parties, and which outcomes there are, rest on: their
 * preferences and all rules. */
truce_grounds grounds_of_parties(const truce_scenario *scenario, truce_list parties,
                                 arena *memory);

#endif
