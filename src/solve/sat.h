/* sat.h - a satisfiability solver under assumptions: the one door to CaDiCaL.
 *
 * Variables are the numbers 1, 2, …; a literal is a variable or its negative. The same clauses
 * and questions in the same order give the same answers.
 */
#ifndef SOLVE_SAT_H
#define SOLVE_SAT_H

#include "base/stop.h"

typedef struct sat sat;

typedef enum sat_answer { SAT_NO, SAT_YES, SAT_STOPPED } sat_answer;

/* stop may be NULL; it must outlive the solver. A variable that nothing decides tends to be
 * true. */
sat *sat_new(const truce_stop *stop);
void sat_free(sat *solver); /* NULL is fine */

/* A variable that no clause mentions yet. */
int sat_variable(sat *solver);

/* Adds a clause: one of the literals is true. No literals: nothing can be true any more. */
void sat_clause(sat *solver, const int *literals, size_t count);

/* Can all clauses be true together with the literals assumed for this question? */
sat_answer sat_ask(sat *solver, const int *assumed, size_t count);

/* After SAT_YES: is the literal true? */
bool sat_holds(sat *solver, int literal);

/* After SAT_NO: was this assumption needed to refute? Not a minimal set. */
bool sat_is_blamed(sat *solver, int assumed);

/* Counts: more[j], j < limit, must be true when more than j of the literals are. To allow at
 * most j, assume its negative. Adds O(count * limit) variables, each with three clauses.
 * Source: C. Sinz, Towards an Optimal CNF Encoding of Boolean Cardinality Constraints, CP 2005.
 */
void sat_counter(sat *solver, const int *literals, size_t count, int *more,
                 size_t limit);

#endif
