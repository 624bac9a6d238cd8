/* obstacles.h - why nothing at all is acceptable. */
#ifndef SOLVE_OBSTACLES_H
#define SOLVE_OBSTACLES_H

#include "base/stop.h"
#include "space/space.h"

/* A minimal set of ids (red:UA:1, floor:RU, rule:l1) that together leave no outcome, in
 * finding's memory; empty when something is acceptable or time runs out.
 *
 *   without  truce_kinds that are not asked about
 */
truce_texts obstacles_find(const space *compiled, unsigned without,
                           const truce_stop *stop, truce_finding *finding);

#endif
