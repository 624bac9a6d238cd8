/* yardstick.h - what outcomes of a board are measured by: its frontier and solution
 * points, found once for any number of sessions.
 */
#ifndef PLAY_YARDSTICK_H
#define PLAY_YARDSTICK_H

#include "play/board.h"

/* Either may be NULL: not known. */
typedef struct yardstick {
    truce_frontier *frontier;
    truce_points *points;
} yardstick;

yardstick yardstick_find(const board *made, const truce_stop *stop);
void yardstick_free(yardstick *found);

/* Euclidean distances with each seat's admissible range as unit, from an outcome worth
 * here [seats]; NaN where not known. O(frontier). */
double yardstick_frontier(const yardstick *by, const board *made, const double *here);
double yardstick_point(const yardstick *by, const board *made, truce_solution_kind kind,
                       const double *here);

#endif
