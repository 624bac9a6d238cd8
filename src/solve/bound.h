/* bound.h - how good could any outcome of a set be? By Lagrange multipliers.
 *
 * For weights w >= 0 no outcome has a larger w-sum than the best value of each issue
 * by itself gives: L(w) = sum over issues of max over values of w.worth. So each w bounds
 * whatever is fair from above, and the best w bounds it closely, in far fewer dimensions
 * than there are outcomes. All in doubles, with a stated margin for their rounding: a
 * set that is ruled out holds nothing wanted, whatever the rounding did.
 */
#ifndef SOLVE_BOUND_H
#define SOLVE_BOUND_H

#include <truce/scenario.h>

/* What is wanted of a vector of sums s >= floors.
 *
 *   BOUND_SUM      sum of counts.s at least need
 *   BOUND_PRODUCT  sum of log(s - from) at least need
 *   BOUND_LEAST    s >= wanted, where the value is the least (s - from) of those with
 *                  counts 1
 */
typedef enum bound_kind { BOUND_SUM, BOUND_PRODUCT, BOUND_LEAST } bound_kind;

/* All arrays [dims]. counts is 0 or 1. sizes: no sum or threshold of the dimension is
 * larger in absolute value; `rounding` times w.sizes is what doubles may be off. */
typedef struct bound_goal {
    bound_kind kind;
    size_t dims;
    const double *floors, *from, *counts, *sizes;
    double need;
    double *wanted;
    double rounding;
} bound_goal;

/* One issue with the values that are still allowed. */
typedef struct bound_issue {
    const double *worths; /* [value][dims] */
    const truce_value *values;
    size_t count;
} bound_issue;

/* A set of outcomes: base [dims] is what is certain or, of bonuses, possible. */
typedef struct bound_set {
    size_t dims, count;
    double *base;
    const bound_issue *issues;
} bound_set;

/* L(w), without margin. */
double bound_most(const bound_set *set, const double *weights);

/* What w.s must reach for anything wanted, less the margin: a set with L(w) below it
 * holds nothing wanted. */
double bound_target(const bound_goal *goal, const double *weights);

/* No outcome with w.s <= most has a better value than this; margin included. */
double bound_value(const bound_goal *goal, const double *weights, double most);

/* Improves weights [dims] > 0 by Newton's method on a smoothed L, in `steps` levels of
 * smoothing; false as soon as the set is ruled out (weights then say so). shares, when
 * not NULL, receives for every issue and allowed value, in order, its part in the
 * smoothed optimum: 0..1, 1 in all for each issue. O(steps * values * dims^2). */
bool bound_tighten(const bound_goal *goal, const bound_set *set, unsigned steps,
                   double *weights, double *shares);

#endif
