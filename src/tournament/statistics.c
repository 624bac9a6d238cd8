/* statistics: Student's t by the incomplete beta function (continued fraction of Lentz,
 * Thompson and Barnett 1986), Wilcoxon's test by counting sign patterns, Holm, and the
 * percentile bootstrap.
 */
#include "tournament/statistics.h"

#include "base/arena.h"
#include "base/random.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* ---- Student ----------------------------------------------------------------------------- */

/* The continued fraction of the incomplete beta function. */
static double beta_fraction(double a, double b, double x)
{
    enum { STEPS_MOST = 10000 };
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double fraction = d;
    for (int m = 1; m < STEPS_MOST; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double before = fraction;
        for (int half = 0; half < 2; half++) {
            double term = half ? odd : even;
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            fraction *= d * c;
        }
        if (fabs(fraction - before) <= 1e-15 * fabs(fraction))
            break;
    }
    return fraction;
}

/* The regularised incomplete beta function I_x(a, b). */
static double beta_share(double x, double a, double b)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    double front =
        exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a
                                     : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double student_p(double t, double freedom)
{
    return beta_share(freedom / (freedom + t * t), freedom / 2, 0.5);
}

double paired_t(const double *differences, size_t count, double *t)
{
    *t = NAN;
    double mean = 0, squares = 0;
    for (size_t k = 0; k < count; k++)
        mean += differences[k] / (double)count;
    for (size_t k = 0; k < count; k++)
        squares += (differences[k] - mean) * (differences[k] - mean);
    if (count < 2 || !(squares > 0))
        return NAN;
    *t = mean / sqrt(squares / (double)(count - 1) / (double)count);
    return student_p(*t, (double)(count - 1));
}

/* ---- Wilcoxon ---------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    double x = fabs(*(const double *)a), y = fabs(*(const double *)b);
    return (x > y) - (x < y);
}

/* The ranks doubled, so that midranks are whole, of differences sorted by size. Returns
 * the sum over ties of n^3 - n. */
static double double_ranks(const double *sorted, size_t count, uint64_t *ranks)
{
    double ties = 0;
    for (size_t k = 0; k < count;) {
        size_t end = k;
        while (end < count && fabs(sorted[end]) == fabs(sorted[k]))
            end++;
        double n = (double)(end - k);
        ties += n * n * n - n;
        for (size_t i = k; i < end; i++)
            ranks[i] = k + end + 1;
        k = end;
    }
    return ties;
}

/* The chance that the doubled rank sum of random signs is at most this one. */
static double chance_at_most(const uint64_t *ranks, size_t count, uint64_t sum)
{
    uint64_t most = (uint64_t)count * (count + 1);
    double *chance = must_allocate_zeroed(most + 1, sizeof *chance);
    chance[0] = 1;
    uint64_t reached = 0;
    for (size_t k = 0; k < count; k++) {
        reached += ranks[k];
        for (uint64_t s = reached + 1; s-- > 0;)
            chance[s] = (chance[s] + (s >= ranks[k] ? chance[s - ranks[k]] : 0)) / 2;
    }
    double all = 0;
    for (uint64_t s = 0; s <= sum && s <= most; s++)
        all += chance[s];
    free(chance);
    return all;
}

static double normal_chance(size_t count, double ties, double sum)
{
    double n = (double)count, mean = n * (n + 1) / 4;
    double spread = sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
    return spread > 0 ? erfc(-(sum - mean) / spread / sqrt(2)) / 2 : 1;
}

static size_t without_zeros(const double *differences, size_t count, double *left)
{
    size_t kept = 0;
    for (size_t k = 0; k < count; k++)
        if (differences[k] != 0)
            left[kept++] = differences[k];
    return kept;
}

double wilcoxon(const double *differences, size_t count, double *w)
{
    double *sorted = must_allocate((count + 1) * sizeof *sorted);
    uint64_t *ranks = must_allocate((count + 1) * sizeof *ranks);
    size_t left = without_zeros(differences, count, sorted);
    qsort(sorted, left, sizeof *sorted, by_size);
    double ties = double_ranks(sorted, left, ranks);
    uint64_t sums[2] = {0, 0};
    for (size_t k = 0; k < left; k++)
        sums[sorted[k] > 0] += ranks[k];
    uint64_t smaller = sums[0] < sums[1] ? sums[0] : sums[1];
    double chance = left <= WILCOXON_EXACT
                        ? chance_at_most(ranks, left, smaller)
                        : normal_chance(left, ties, (double)smaller / 2);
    free(sorted);
    free(ranks);
    *w = left > 0 ? (double)smaller / 2 : NAN;
    return left > 0 ? fmin(1, 2 * chance) : NAN;
}

/* ---- Holm -------------------------------------------------------------------------------- */

typedef struct ranked_p {
    double p;
    size_t place;
} ranked_p;

static int by_p(const void *a, const void *b)
{
    const ranked_p *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

void holm(double *p, size_t count)
{
    ranked_p *order = must_allocate((count + 1) * sizeof *order);
    size_t known = 0;
    for (size_t k = 0; k < count; k++)
        if (!isnan(p[k]))
            order[known++] = (ranked_p){p[k], k};
    qsort(order, known, sizeof *order, by_p);
    double before = 0;
    for (size_t k = 0; k < known; k++) {
        before = fmax(before, fmin(1, order[k].p * (double)(known - k)));
        p[order[k].place] = before;
    }
    free(order);
}

/* ---- bootstrap ----------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void bootstrap(const double *values, size_t count, size_t draws, uint64_t seed,
               double *low, double *high)
{
    *low = *high = NAN;
    if (count == 0 || draws == 0)
        return;
    double *means = must_allocate(draws * sizeof *means);
    for (size_t d = 0; d < draws; d++) {
        random_stream dice = random_begin(seed, d);
        double sum = 0;
        for (size_t k = 0; k < count; k++)
            sum += values[random_below(&dice, count)];
        means[d] = sum / (double)count;
    }
    qsort(means, draws, sizeof *means, by_value);
    *low = means[(size_t)(0.025 * (double)(draws - 1) + 0.5)];
    *high = means[(size_t)(0.975 * (double)(draws - 1) + 0.5)];
    free(means);
}
