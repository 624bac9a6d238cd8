/* count_states.h - counting outcomes that can only be completed alike together, in spaces
 * that nobody can enumerate.
 *
 * Issues are decided one at a time. What matters of the issues decided is the state that
 * the conditions are in (solve/automaton.h) and, for each party with a floor, its sum so
 * far; outcomes that agree in both are one entry of a table with a count. A sum from
 * which the floor is certain, or lost, is as good as any other such sum, which keeps
 * tables small. Where they grow too large all the same, sums are taken in coarser steps,
 * once rounded down and once up, and the count lies between the two. */
#ifndef SOLVE_COUNT_STATES_H
#define SOLVE_COUNT_STATES_H

#include "solve/count.h"

/* The number of accepted outcomes, or two bounds on it: the same on every machine unless
 * stopped. False when nothing can be said: the conditions have too many states, or stop
 * came first. O(entries * values) for each issue. */
bool count_by_states(const space *compiled, const acceptance *what,
                     const truce_stop *stop, count_result *result);

#endif
