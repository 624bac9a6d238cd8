/* climb.h - a good outcome, by changing one or two issues at a time. Not a proof of
 * anything: a search that begins with a good outcome ends sooner. */
#ifndef SOLVE_CLIMB_H
#define SOLVE_CLIMB_H

#include "base/random.h"
#include "solve/bound.h"

/* The slopes to climb on: sums without bonuses or caps.
 *
 *   may  NULL, or whether a changed outcome breaks no rule
 */
typedef struct climb {
    const bound_goal *goal;
    size_t issue_count;
    const truce_value *value_counts;
    double *const *worths; /* [issue] -> [value][dims] */
    bool (*may)(void *user, const truce_value *outcome);
    void *user;
} climb;

/* Improves outcome until no single change and no pair of changes helps. O(pairs of
 * values * dims) for each improvement. */
void climb_up(const climb *on, truce_value *outcome);

/* Throws a few issues at random, for another start. */
void climb_jump(const climb *on, random_stream *dice, truce_value *outcome);

#endif
