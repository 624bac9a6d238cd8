/* Scores are fractions of big integers, so that ties are real ties. A fraction costs
 * half a microsecond and frontiers have a million points; so doubles go first. A rough
 * score is off by less than MARGIN times the size of what was added up (each term is a
 * few roundings of 2^-53, there are fewer than a thousand parties), and only rows that
 * this cannot tell from the best are compared exactly.
 */
#include "solve/fair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN 1e-12

static wide gain(const fair_game *game, const wide *sums, size_t p)
{
    return sums[p] - game->disagreement[p];
}

bool fair_is_rational(const fair_game *game, const wide *sums)
{
    for (size_t p = 0; p < game->parties; p++)
        if (gain(game, sums, p) < 0)
            return false;
    return true;
}

/* ---- exactly --------------------------------------------------------------------- */

/* fraction = one / other, other > 0. */
static void set_quotient(mpq_ptr fraction, wide one, wide other)
{
    big_set_wide(mpq_numref(fraction), one);
    big_set_wide(mpq_denref(fraction), other);
    mpq_canonicalize(fraction);
}

/* Products of sums: the denominators are the same for all and do not matter. */
static void score_nash(const fair_game *game, const wide *sums, mpq_ptr score)
{
    mpz_t factor;
    mpz_init(factor);
    mpq_set_ui(score, 1, 1);
    for (size_t p = 0; p < game->parties; p++) {
        big_set_wide(factor, gain(game, sums, p));
        mpz_mul(mpq_numref(score), mpq_numref(score), factor);
    }
    mpz_clear(factor);
}

static void score_utilitarian(const fair_game *game, const wide *sums, mpq_ptr score)
{
    mpq_t term;
    mpq_init(term);
    mpq_set_ui(score, 0, 1);
    for (size_t p = 0; p < game->parties; p++) {
        set_quotient(term, sums[p], game->denominators[p]);
        mpq_add(score, score, term);
    }
    mpq_clear(term);
}

static void score_differences(const fair_game *game, const wide *sums, mpq_ptr score)
{
    mpq_t one, other;
    mpq_inits(one, other, NULL);
    mpq_set_ui(score, 0, 1);
    for (size_t p = 0; p < game->parties; p++)
        for (size_t q = 0; q < p; q++) {
            set_quotient(one, sums[p], game->denominators[p]);
            set_quotient(other, sums[q], game->denominators[q]);
            mpq_sub(one, one, other);
            mpq_abs(one, one);
            mpq_sub(score, score, one);
        }
    mpq_clears(one, other, NULL);
}

/* The term of one party in a measure of extremes; false when the party is left out. */
static bool extreme_term(const fair_game *game, fair_measure measure, const wide *sums,
                         size_t p, wide *one, wide *other)
{
    bool relative = measure == FAIR_KALAI_SMORODINSKY || measure == FAIR_SPREAD;
    *one = measure == FAIR_EQUAL_LOSS ? sums[p] - game->ideals[p] : gain(game, sums, p);
    *other = relative ? game->ideals[p] - game->disagreement[p] : game->denominators[p];
    return *other != 0;
}

/* The least term, or for the spread the least less the largest; 0 when all are left
 * out. */
static void score_extremes(const fair_game *game, fair_measure measure,
                           const wide *sums, mpq_ptr score)
{
    mpq_t term, most;
    bool begun = false;
    mpq_inits(term, most, NULL);
    mpq_set_ui(score, 0, 1);
    for (size_t p = 0; p < game->parties; p++) {
        wide one, other;
        if (!extreme_term(game, measure, sums, p, &one, &other))
            continue;
        set_quotient(term, other < 0 ? -one : one, other < 0 ? -other : other);
        if (!begun || mpq_cmp(term, score) < 0)
            mpq_set(score, term);
        if (!begun || mpq_cmp(term, most) > 0)
            mpq_set(most, term);
        begun = true;
    }
    if (measure == FAIR_SPREAD)
        mpq_sub(score, score, most);
    mpq_clears(term, most, NULL);
}

void fair_score(const fair_game *game, fair_measure measure, const wide *sums,
                mpq_ptr score)
{
    switch (measure) {
    case FAIR_NASH:
        score_nash(game, sums, score);
        return;
    case FAIR_UTILITARIAN:
        score_utilitarian(game, sums, score);
        return;
    case FAIR_DIFFERENCES:
        score_differences(game, sums, score);
        return;
    default:
        score_extremes(game, measure, sums, score);
    }
}

/* ---- roughly --------------------------------------------------------------------- */

/* A double, and the size of what was added up to it. */
typedef struct rough {
    double score, size;
} rough;

static rough rough_nash(const fair_game *game, const wide *sums)
{
    rough all = {0, 1};
    for (size_t p = 0; p < game->parties; p++) {
        double term =
            log((double)gain(game, sums, p)) - log((double)game->denominators[p]);
        all.score += term;
        all.size += isfinite(term) ? fabs(term) : 0;
        all.size += fabs(log((double)game->denominators[p]));
    }
    return all;
}

static rough rough_utilitarian(const fair_game *game, const wide *sums)
{
    rough all = {0, 0};
    for (size_t p = 0; p < game->parties; p++) {
        double term = (double)sums[p] / (double)game->denominators[p];
        all.score += term;
        all.size += fabs(term);
    }
    return all;
}

static rough rough_differences(const fair_game *game, const wide *sums)
{
    rough all = {0, 0};
    for (size_t p = 0; p < game->parties; p++)
        for (size_t q = 0; q < p; q++) {
            double one = (double)sums[p] / (double)game->denominators[p];
            double other = (double)sums[q] / (double)game->denominators[q];
            all.score -= fabs(one - other);
            all.size += fabs(one) + fabs(other);
        }
    return all;
}

static rough rough_extremes(const fair_game *game, fair_measure measure,
                            const wide *sums)
{
    double least = 0, most = 0;
    bool begun = false;
    for (size_t p = 0; p < game->parties; p++) {
        wide one, other;
        if (!extreme_term(game, measure, sums, p, &one, &other))
            continue;
        double term = (double)one / (double)other;
        least = !begun || term < least ? term : least;
        most = !begun || term > most ? term : most;
        begun = true;
    }
    return (rough){measure == FAIR_SPREAD ? least - most : least,
                   fabs(least) + fabs(most)};
}

static rough rough_score(const fair_game *game, fair_measure measure, const wide *sums)
{
    switch (measure) {
    case FAIR_NASH:
        return rough_nash(game, sums);
    case FAIR_UTILITARIAN:
        return rough_utilitarian(game, sums);
    case FAIR_DIFFERENCES:
        return rough_differences(game, sums);
    default:
        return rough_extremes(game, measure, sums);
    }
}

double fair_value(const fair_game *game, fair_measure measure, const wide *sums)
{
    double score = rough_score(game, measure, sums).score;
    bool negated = measure == FAIR_EQUAL_LOSS || measure == FAIR_DIFFERENCES ||
                   measure == FAIR_SPREAD;
    return negated ? 0 - score : score; /* 0 - 0 is not -0 */
}

/* ---- the best -------------------------------------------------------------------- */

/* Two losses multiply to a gain, which logarithms cannot say. */
static bool are_rational(const fair_game *game, const wide *const *rows, size_t count,
                         const bool *best)
{
    for (size_t i = 0; i < count; i++)
        if (best[i] && !fair_is_rational(game, rows[i]))
            return false;
    return true;
}

/* Takes out the rows that are surely not the best. */
static void drop_far_off(const fair_game *game, fair_measure measure,
                         const wide *const *rows, size_t count, bool *best)
{
    double least = -INFINITY; /* the best is no less than this */
    for (size_t i = 0; i < count; i++) {
        if (!best[i])
            continue;
        rough at = rough_score(game, measure, rows[i]);
        least = fmax(least, at.score - at.size * MARGIN);
    }
    for (size_t i = 0; i < count; i++) {
        if (!best[i])
            continue;
        rough at = rough_score(game, measure, rows[i]);
        best[i] = at.score + at.size * MARGIN >= least;
    }
}

void fair_keep_best(const fair_game *game, fair_measure measure,
                    const wide *const *rows, size_t count, bool *best)
{
    mpq_t score, largest;
    bool begun = false;
    mpq_inits(score, largest, NULL);
    if (measure != FAIR_NASH || are_rational(game, rows, count, best))
        drop_far_off(game, measure, rows, count, best);
    for (size_t i = 0; i < count; i++) {
        if (!best[i])
            continue;
        fair_score(game, measure, rows[i], score);
        int order = begun ? mpq_cmp(score, largest) : 1;
        best[i] = order >= 0;
        if (order <= 0)
            continue;
        begun = true;
        mpq_set(largest, score);
        memset(best, 0, i * sizeof *best);
    }
    mpq_clears(score, largest, NULL);
}
