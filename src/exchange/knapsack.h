/* knapsack.h - the most worth for every exact total of points, when each kind of thing may be
 * taken so many times.
 */
#ifndef EXCHANGE_KNAPSACK_H
#define EXCHANGE_KNAPSACK_H

#include <truce/status.h>

/* Things that are all alike: at least `least` and at most `most` of them are taken. */
typedef struct knapsack_kind {
    uint64_t points; /* of one, at least 1 */
    int64_t worth;   /* of one, at least 0 */
    uint64_t least, most;
} knapsack_kind;

/* best [last + 1] receives the most worth of things with q points together, for each q from 0
 * to last; negative where there are none. Worths must add up to less than 2^62.
 *
 * False when stopped. O(last * kinds * log(most)). */
bool knapsack_fill(const knapsack_kind *kinds, size_t count, int64_t *best,
                   uint64_t last, const truce_stop *stop);

#endif
