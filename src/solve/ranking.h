/* ranking.h - the outcomes of one party in order, and where an outcome stands among
 * them: what strategies of play ask again and again.
 */
#ifndef SOLVE_RANKING_H
#define SOLVE_RANKING_H

#include "base/stop.h"
#include "space/acceptance.h"

/*   worst     from the other end
 *   anything  rules and red lines are not asked about
 *   rational  every party with an outside option reaches it
 */
typedef struct ranking_choices {
    size_t party;
    bool worst, anything, rational;
} ranking_choices;

typedef struct ranking ranking;

typedef enum ranking_step {
    RANKING_GIVEN,
    RANKING_END,    /* there are no more */
    RANKING_STOPPED /* by stop, or because too many candidates wait */
} ranking_step;

/* O(values log values). compiled must outlive it. */
ranking *ranking_new(const space *compiled, const ranking_choices *choices);
void ranking_free(ranking *all); /* NULL is fine */

/* The next outcome, best first, ties in lexicographic order of value indices. Without
 * conditions, bonuses, cap and floors O(issues + log outcomes given); else by best-first
 * search over prefixes, with the best that could still come as bound. */
ranking_step ranking_next(ranking *all, const truce_stop *stop, truce_value *outcome);

/* The best (or worst) sum of a party over all outcomes whatsoever. False when stop ended
 * it: sum is then a bound from outside. */
bool ranking_extreme(const space *compiled, size_t party, bool worst,
                     const truce_stop *stop, wide *sum);

#endif
