/* points.h - the two ways to the solution points, one for each source of outcomes. */
#ifndef SOLVE_POINTS_H
#define SOLVE_POINTS_H

#include "base/stop.h"
#include "solve/fair.h"
#include "space/space.h"

#include <truce/frontier.h>

/* A question about solution points while it is answered.
 *
 *   over      the parties judged; all arrays are [over.count]
 *   floors    least sums that are rational: outside option and disagreement reached
 *   game      disagreement; ideals are filled in by whoever finds them
 *   ideals    game.ideals, to be written
 *   global    [over.count] largest sum of any outcome; NULL unless the convention asks
 *   values    of the finding: `none` when it is proved that no outcome is rational
 */
typedef struct inquiry {
    const truce_points_choices *choices;
    const space *compiled;
    const truce_stop *stop;
    truce_points *points;
    truce_list over;
    wide *floors, *ideals;
    fair_game game;
    size_t most;
    bool unsure; /* disagreement is only a bound */
    bool none;
} inquiry;

/* Chooses among all undominated outcomes; false when they cannot be listed in a fair
 * part of time and memory, and then nothing has been said. */
bool points_by_scanning(inquiry *ask);

/* Searches for each solution. */
void points_by_search(inquiry *ask);

/* Puts outcomes [count][issues] into a solution, as many as are listed. */
void points_tell(inquiry *ask, truce_solution_kind kind, const truce_value *outcomes,
                 size_t count);

/* The sums of an outcome, [over.count]. */
void points_sums(const inquiry *ask, const truce_value *outcome, wide *sums);

#endif
