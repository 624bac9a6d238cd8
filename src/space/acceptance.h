/* acceptance.h - "acceptable" written out as conditions, for solvers that reason about
 * many outcomes at once. space_accepts() is the same thing asked of one outcome.
 *
 *     accepted(o)  =  every condition of `always` holds in o, and for every party of
 *                     `parties`: `needed` does not hold in o, or every condition of
 * `must` holds and (if `floor`) the party's sum reaches its floor
 */
#ifndef SPACE_ACCEPTANCE_H
#define SPACE_ACCEPTANCE_H

#include "space/space.h"

typedef struct acceptance_party {
    size_t party;
    const truce_condition *needed; /* NULL: whatever o is */
    const truce_condition *const *must;
    size_t must_count;
    bool floor;
} acceptance_party;

typedef struct acceptance {
    const truce_condition *const *always;
    size_t always_count;
    const acceptance_party *parties; /* those who could object at all */
    size_t party_count;
} acceptance;

/* Everybody needed accepts; without: truce_kinds left out of account. */
acceptance acceptance_of_needed(const space *compiled, unsigned without, arena *memory);

/* The principals accept, needed or not. */
acceptance acceptance_of_principals(const space *compiled, arena *memory);

/* Only logic holds. */
acceptance acceptance_of_logic(const space *compiled, arena *memory);

/* No rule and no red line is broken, whoever is needed: all of it stands in `always`. */
acceptance acceptance_of_permitted(const space *compiled, arena *memory);

/* The same with more conditions that must hold. */
acceptance acceptance_and(acceptance all, const truce_condition *const *more,
                          size_t count, arena *memory);

/* The condition under which a party's consent is needed, as scenario_needed() has it;
 * NULL when it always is. One that never holds has a leaf without values. */
const truce_condition *condition_needed(const space *compiled, size_t party,
                                        arena *memory);

/* "if g then t", and "not c". */
const truce_condition *condition_implies(const truce_condition *given,
                                         const truce_condition *then, arena *memory);
const truce_condition *condition_not(const truce_condition *condition, arena *memory);

#endif
