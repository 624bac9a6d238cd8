/* frontier.h - the frontier of whatever outcomes are asked about: the engine behind
 * truce_frontier_find(), for other questions too.
 *
 * A scenario falls apart into parts (solve/components.h). Each part is summed up through
 * its states (solve/states.h), as boxes (solve/boxes.h) where it is made of these, and
 * what neither can do is enumerated when the space is small. Fronts of parts add up.
 */
#ifndef SOLVE_FRONTIER_H
#define SOLVE_FRONTIER_H

#include "solve/states.h"

/* Ways in which parts were summed up. */
enum {
    FRONTIER_MERGE = 1, /* issue by issue, nothing tying them */
    FRONTIER_STATES = 2,
    FRONTIER_BOXES = 4,
    FRONTIER_ENUMERATION = 8
};

/* What is asked for.
 *
 *   over       the parties judged, at least one, all with preferences
 *   slack      [over.count] sums that a point may be left out by, or NULL: exact. Spent
 *              only on parties whose floor cannot be missed by it
 *   memory     bytes; 0: no limit
 *   numbers    that the tables of a part's states may hold before other ways are taken;
 *              0: as many as is good
 */
typedef struct frontier_request {
    const space *compiled;
    const acceptance *what;
    truce_list over;
    const wide *slack;
    size_t memory, numbers;
    bool untracked, uncounted;
} frontier_request;

/* What was found; points->dims is over.count.
 *
 *   points    undominated sums; never NULL, may be empty. counts NULL: not known
 *   complete  false: a limit was reached; every point is reached by an outcome, some may
 *             be missing or dominated
 *   upper     [over.count] no outcome asked about has a larger sum
 *   spent     [over.count] slack that was really taken; when not complete, NULL: nothing
 *             is known of what was left out
 *   ways      FRONTIER_MERGE and so on, added
 *   what      the plan it was found by
 */
typedef struct frontier_found {
    arena memory;
    const space *compiled;
    front *points;
    bool complete;
    const wide *upper, *spent;
    unsigned ways;
    front_work work;
    plan *what;
    states_part **ready; /* [part_count] begun with nothing decided; NULL: too large */
    struct frontier_join *joins; /* how labels of joined parts are to be read */
    size_t join_count, join_room;
} frontier_found;

/* The undominated sums of the parties in `over` among all outcomes that `what` of the
 * request accepts, caps and floors included. Always answers; stop and memory may make it
 * incomplete. Deterministic unless stopped. The space must outlive what was found. */
frontier_found *frontier_of(const frontier_request *request, const truce_stop *stop);

/* An outcome of the point, into outcome [issue_count]. Not when untracked. */
void frontier_outcome(const frontier_found *found, size_t point, truce_value *outcome);

void frontier_free(frontier_found *found); /* NULL is fine */

#endif
