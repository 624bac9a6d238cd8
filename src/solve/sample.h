/* sample.h - what outcomes are worth on the whole: all of them in a small space, draws in
 * a large one. */
#ifndef SOLVE_SAMPLE_H
#define SOLVE_SAMPLE_H

#include "base/stop.h"
#include "space/acceptance.h"

enum { SAMPLE_SEED = 1, SAMPLE_DRAWS = 100000 };

/* Outcomes and their sums.
 *
 *   whole      every outcome stands in it once; otherwise SAMPLE_DRAWS of them were
 *              drawn uniformly, with replacement
 *   sums       [count][parties.count]
 *   permitted  [count] breaks no rule and no red line
 *   rational   [count] is permitted, and reaches every floor of parties
 */
typedef struct sample {
    const space *compiled;
    truce_list parties;
    size_t count;
    bool whole, stopped;
    wide *sums;
    bool *permitted, *rational;
} sample;

/* Whole up to some four million sums. Says `stopped` when stop ended it; nothing in it
 * may be used then. O(count * parties * issues). */
sample *sample_new(const space *compiled, truce_list parties, const truce_stop *stop);
void sample_free(sample *all); /* NULL is fine */

/* In utility; party counts within parties. */
double sample_mean(const sample *all, size_t party);

/* Pearson's; NaN when one of them tells no outcomes apart. */
double sample_correlation(const sample *all, size_t one, size_t other);

/* The share of pairs of outcomes of which one is better for the one party and worse for
 * the other. O(count log count), as Knight counts for Kendall's tau. Source: W. Knight,
 * A computer method for calculating Kendall's tau, JASA 61(314), 1966. */
double sample_conflict(const sample *all, size_t one, size_t other);

/* The share of rational outcomes. */
double sample_rational(const sample *all);

#endif
