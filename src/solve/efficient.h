/* efficient.h - the accepted outcomes that no other accepted one dominates: what fair
 * points are chosen from.
 *
 * Small spaces are walked over, and every outcome of a point can be listed; large ones go
 * through solve/frontier.h, and each point has one outcome to show. */
#ifndef SOLVE_EFFICIENT_H
#define SOLVE_EFFICIENT_H

#include "base/stop.h"
#include "space/acceptance.h"

/*   rows      [count][over.count] sums, all different
 *   complete  false: stopped; then points may be missing or dominated
 */
typedef struct efficient {
    arena memory;
    const space *compiled;
    truce_list over;
    const wide *const *rows;
    size_t count;
    bool complete;
    struct archive *walked; /* one of the two is NULL */
    struct frontier_found *merged;
} efficient;

/* most: outcomes that shall be listed for a point. what must outlive it. */
efficient *efficient_find(const space *compiled, const acceptance *what,
                          truce_list over, size_t most, const truce_stop *stop);
void efficient_free(efficient *all); /* NULL is fine */

/* How many outcomes of a point can be shown, and the k-th of them into outcome
 * [issue_count]. */
size_t efficient_shown(const efficient *all, size_t point);
void efficient_outcome(const efficient *all, size_t point, size_t k,
                       truce_value *outcome);

/* Adds how many outcomes share the point to total; false when that is not known. */
bool efficient_add_count(const efficient *all, size_t point, mpz_ptr total);

#endif
