/* front.h - sets of undominated vectors, and the one operation that makes them: the
 * union of shifted copies of other fronts, with everything dominated left out.
 *
 * Adding an issue is the union of one front shifted by each value's vector (Nemhauser and
 * Ullmann 1969); adding up two components is the union of one front shifted by each
 * point of the other; joining the states of a dynamic program is a union without shifts.
 * Whoever makes that operation fast makes everything fast.
 *
 * Sums are whole numbers (space/space.h), int64_t where all of them fit 62 bits, else
 * wide; one implementation for both. Larger is better in every dimension; a vector
 * dominates another when it is nowhere smaller and somewhere larger. Equal vectors are
 * one point, whose count adds up.
 */
#ifndef SOLVE_FRONT_H
#define SOLVE_FRONT_H

#include "base/big.h"
#include "base/stop.h"

/* How a point came to be: kept for witnesses when its front has long been freed. Shared
 * and counted by reference. Opaque. */
typedef struct trail trail;

/*   dims     at least 1
 *   sums     [dims] columns of [count] int64_t, or of wide when `broad`; points are in
 *            descending lexicographic order and all different
 *   counts   [count][count_words] little-endian words: how many choices of labels lead
 *            to the point; NULL when not counted
 *   path     NULL when no witnesses are kept
 */
typedef struct front {
    size_t dims, count;
    bool broad;
    void **sums;
    uint64_t *counts;
    size_t count_words;
    trail *path;
} front;

/* One shifted copy.
 *
 *   shift   [dims]; NULL stands for zeros
 *   label   what its points are remembered by (front_walk)
 *   copies  [count_words] the count of each point is multiplied by it; NULL for one
 */
typedef struct front_source {
    const front *from;
    const wide *shift;
    uint32_t label;
    const uint64_t *copies;
} front_source;

/*   stage        remembered with every label (front_walk)
 *   slack        [dims] or NULL: a candidate may be left out when a kept point plus slack
 *                is nowhere smaller. Its error is at most slack, and adds up over stages
 *   least        [dims] or NULL: points below it somewhere are left out
 *   memory       bytes that the new front may take; 0: no limit
 *   most         points that the new front may have; 0: no limit
 *   untracked    no path is kept
 */
typedef struct front_choices {
    uint32_t stage;
    const wide *slack, *least;
    size_t memory, most;
    bool untracked;
} front_choices;

/* What it took, added up over calls; all zero at first. */
typedef struct front_work {
    uint64_t candidates; /* shifted points looked at: the same on every machine */
    uint64_t bytes; /* now taken by fronts and trails that were made and not freed */
    uint64_t peak;
    bool
        overflow; /* some count needs more words than count_words: do it again with more
                    */
} front_work;

/* The front of one point, all zeros, counted once. words 0: not counted. */
front *front_unit(size_t dims, bool broad, size_t words, bool tracked,
                  front_work *work);

/* The undominated union. All sources agree in dims, broad and words. The sources stay
 * the caller's and may be freed afterwards. stop's threads may be used; they never change
 * the result. An empty front is a front.
 *
 * NULL when stop, memory or most ended it: nothing is kept then. Time for N candidates of
 * which S survive at most in any prefix: dims 1 O(N); 2 O(N log sources); 3 O(N log S);
 * more: see front.c. */
front *front_union(const front_source *sources, size_t count,
                   const front_choices *choices, const truce_stop *stop,
                   front_work *work);

/* The same points, cut at most [dims] (each sum is replaced by the smaller of the two)
 * and then filtered. Counts are lost (counts NULL), because points that were left out
 * before may tie after the cut. */
front *front_cut(const front *all, const wide *most, const truce_stop *stop,
                 front_work *work);

/* The stages and labels that lead to a point, last stage first. O(stages). */
void front_walk(const front *all, size_t point,
                void (*visit)(void *user, uint32_t stage, uint32_t label), void *user);

wide front_sum(const front *all, size_t point, size_t dim);

/* NULL is fine. The path lives on as long as fronts made from it do. */
void front_free(front *all, front_work *work);

#endif
