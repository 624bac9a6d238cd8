/* floors.h - floors for a satisfiability solver that knows no numbers.
 *
 * The solver proposes an outcome; where a floor that counts is not reached, a clause is
 * added that says which values would have to be better, and the solver proposes again.
 * The clauses are consequences of the floors, so they serve all later questions.
 */
#ifndef SOLVE_FLOORS_H
#define SOLVE_FLOORS_H

#include "solve/clauses.h"

typedef struct floors floors;

/* guards [party_count] (copied): literals that are true when the party's floor counts,
 * 0 for parties whose floor never does. After clauses_begin(), which must have been
 * told of their tables and bonuses. */
floors *floors_new(clauses *all, const space *compiled, const int *guards);
void floors_free(floors *all); /* NULL is fine */

/* Is some floor that counts [party_count] not reached in outcome? Then clauses have
 * been added that exclude it, and all others that fail for the same reason. */
bool floors_refute(floors *all, const bool *counts, const truce_value *outcome);

#endif
