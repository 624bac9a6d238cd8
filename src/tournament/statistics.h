/* statistics.h - paired tests, their correction, and bootstrap intervals. */
#ifndef TOURNAMENT_STATISTICS_H
#define TOURNAMENT_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* The two-sided p of Student's t with so many degrees of freedom (> 0). */
double student_p(double t, double freedom);

/* Paired t test of differences [count]. *t receives the statistic. NaN, both, when count
 * is less than 2 or all differences are equal. */
double paired_t(const double *differences, size_t count, double *t);

/* Wilcoxon's signed-rank test of differences [count]: two-sided p, *w the smaller rank sum.
 * Zeros are left out; equal ones share the mean of their ranks. Exact, over all signs, up
 * to WILCOXON_EXACT that are not zero, O(n^3); beyond that the normal limit with the
 * correction for ties. NaN, both, when nothing is left. */
enum { WILCOXON_EXACT = 200 };
double wilcoxon(const double *differences, size_t count, double *w);

/* Holm's step-down correction of p [count], in place; NaN stay out of account. */
void holm(double *p, size_t count);

/* 95 % percentile bootstrap interval of the mean of values [count], drawn `draws` times by
 * the seed. NaN for none. O(draws * count). */
void bootstrap(const double *values, size_t count, size_t draws, uint64_t seed,
               double *low, double *high);

#endif
