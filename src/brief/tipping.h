/* tipping.h - the single number whose smallest move reverses an answer, exactly.
 *
 * Every utility is linear in each of its numbers (after multiplying by the sum of
 * weights), so an answer about one party turns where a linear form crosses zero. The
 * forms of all outcomes fall into few classes, and within a class only the best outcome
 * matters: one pass over the outcomes serves all numbers of a party.
 */
#ifndef BRIEF_TIPPING_H
#define BRIEF_TIPPING_H

#include "base/stop.h"
#include "scenario/numbers.h"
#include "space/space.h"

/* The nearest tipping found so far. */
typedef struct tipping {
    const number_at *place; /* NULL: none within its range */
    mpq_t move; /* from the number's mode; may be 0 when it must be passed */
    bool must_pass;
} tipping;

void tipping_init(tipping *nearest);
void tipping_clear(tipping *nearest);

/* What decides an answer about one party: the sign of one form. truth_of says whether
 * the answer holds when the sign is -1, 0 or 1. */
typedef struct sign_answer {
    bool truth_of[3]; /* [sign + 1] */
} sign_answer;

/* Offers every number of `party` (basis A, E or D) to nearest, for an answer that
 * depends on the sign of u(outcome) - u(other) to that party. Nothing is offered for a
 * party with a cap, whose utility is not linear. */
void tipping_of_change(const space *compiled, const numbers *all, size_t party,
                       const truce_value *outcome, const truce_value *other,
                       const sign_answer *answer, tipping *nearest);

/* Offers every number of every party to nearest, for the answer "some outcome is
 * acceptable". TRUCE_OK, or TRUCE_LIMIT when the space was too large to look through in
 * time. */
truce_status tipping_of_deal(const space *compiled, const numbers *all,
                             const truce_stop *stop, tipping *nearest);

#endif
