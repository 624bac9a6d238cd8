/* What a search wants, twice: exactly, in fractions, which decides; and in doubles, with
 * the rounding they may have, which rules out.
 */
#include "solve/search_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SMALL_PRODUCT = 45, /* bits of a product to which one can be told from it */
    TIES_KEPT = 4       /* more are kept than are listed, so that a cut is noticed */
};

/* ---- the goal in doubles --------------------------------------------------------- */

static double unit_of(const tree *all, size_t k)
{
    wide scale = all->question->scales[k];
    size_t party = all->question->over.items[k];
    return scale > 0 ? (double)scale
                     : (double)all->compiled->parties[party].denominator;
}

static double *in_units(tree *all, const wide *sums)
{
    double *scaled = arena_array(&all->memory, all->dims, double);
    for (size_t k = 0; k < all->dims; k++)
        scaled[k] = (double)sums[k] / all->units[k];
    return scaled;
}

static double largest_worth(const tree *all, size_t issue, size_t k)
{
    double most = 0;
    for (size_t v = 0; v < all->compiled->value_counts[issue]; v++)
        most = fmax(most, fabs(all->worths[issue][v * all->dims + k]));
    return most;
}

static const double *sizes_of(tree *all)
{
    double *sizes = arena_array(&all->memory, all->dims, double);
    for (size_t k = 0; k < all->dims; k++) {
        sizes[k] = fabs(all->goal.from[k]) + fabs(all->goal.floors[k]);
        for (size_t i = 0; i < all->issue_count; i++)
            sizes[k] += 2 * largest_worth(all, i, k);
    }
    for (size_t f = 0; f < all->factor_count; f++)
        sizes[all->factors[f].dim] += 2 * fabs(all->factors[f].amount);
    return sizes;
}

static void tabulate(tree *all)
{
    all->worths = arena_array(&all->memory, all->issue_count, double *);
    for (size_t i = 0; i < all->issue_count; i++) {
        size_t values = all->compiled->value_counts[i];
        all->worths[i] = arena_array(&all->memory, values * all->dims, double);
        for (size_t v = 0; v < values; v++)
            for (size_t k = 0; k < all->dims; k++) {
                size_t party = all->question->over.items[k];
                all->worths[i][v * all->dims + k] =
                    (double)all->compiled->parties[party].tables[i][v] / all->units[k];
            }
    }
}

/* Positive gains ask for one unit more than nothing. */
static wide *floors_of(tree *all)
{
    wide *floors =
        arena_copy(&all->memory, all->question->floors, all->dims * sizeof *floors);
    for (size_t k = 0; k < all->dims; k++)
        if (all->question->kind == BOUND_PRODUCT && floors[k] <= all->question->from[k])
            floors[k] = all->question->from[k] + 1;
    return floors;
}

static void set_goal(tree *all)
{
    const search_question *question = all->question;
    double *counts = arena_array(&all->memory, all->dims, double);
    all->floors = floors_of(all);
    for (size_t k = 0; k < all->dims; k++)
        counts[k] = question->scales[k] > 0;
    all->goal = (bound_goal){.kind = question->kind,
                             .dims = all->dims,
                             .floors = in_units(all, all->floors),
                             .from = in_units(all, question->from),
                             .counts = counts,
                             .need = -INFINITY,
                             .wanted = in_units(all, all->floors)};
    /* a dot product of n terms and a sum over issues are off by at most 2^-53 of the
     * sizes for each operation; tables and thresholds by a few more */
    all->goal.rounding =
        (double)(all->dims + all->issue_count + all->factor_count + 16) * 0x1p-52;
    all->goal.sizes = sizes_of(all);
}

/* ---- conditions ------------------------------------------------------------------ */

static void add_factor(tree *all, const truce_condition *condition, size_t dim,
                       double amount)
{
    all->factors[all->factor_count++] =
        (factor){condition, condition_issues(&all->memory, condition), dim, amount};
}

static void list_factors_of_issues(tree *all)
{
    size_t *counts = arena_array(&all->memory, all->issue_count, size_t);
    size_t **lists = arena_array(&all->memory, all->issue_count, size_t *);
    all->factors_of = arena_array(&all->memory, all->issue_count, truce_list);
    for (size_t f = 0; f < all->factor_count; f++)
        for (size_t n = 0; n < all->factors[f].issues.count; n++)
            counts[all->factors[f].issues.items[n]]++;
    for (size_t i = 0; i < all->issue_count; i++)
        lists[i] = arena_array(&all->memory, counts[i], size_t);
    for (size_t f = 0; f < all->factor_count; f++)
        for (size_t n = 0; n < all->factors[f].issues.count; n++) {
            size_t i = all->factors[f].issues.items[n];
            lists[i][all->factors_of[i].count++] = f;
            all->factors_of[i].items = lists[i];
        }
}

static void collect_factors(tree *all)
{
    const space *compiled = all->compiled;
    acceptance permitted = acceptance_of_permitted(compiled, &all->memory);
    size_t count = permitted.always_count;
    for (size_t k = 0; k < all->dims; k++)
        count += compiled->parties[all->question->over.items[k]].bonus_count;
    all->factors = arena_array(&all->memory, count, factor);
    for (size_t c = 0; c < permitted.always_count; c++)
        add_factor(all, permitted.always[c], 0, 0);
    for (size_t k = 0; k < all->dims; k++) {
        const space_party *party = &compiled->parties[all->question->over.items[k]];
        for (size_t b = 0; b < party->bonus_count; b++)
            if (party->bonuses[b].amount != 0)
                add_factor(all, party->bonuses[b].condition, k,
                           (double)party->bonuses[b].amount / all->units[k]);
    }
    list_factors_of_issues(all);
}

bool tree_permits(void *user, const truce_value *outcome)
{
    const tree *all = user;
    for (size_t f = 0; f < all->factor_count; f++)
        if (all->factors[f].amount == 0 &&
            condition_truth(all->factors[f].condition, outcome) == TRUTH_NO)
            return false;
    return true;
}

/* ---- the best so far ------------------------------------------------------------- */

/* Exactly those that count, for fair_score(). */
static void set_game(tree *all)
{
    static const fair_measure measures[] = {[BOUND_SUM] = FAIR_UTILITARIAN,
                                            [BOUND_PRODUCT] = FAIR_NASH,
                                            [BOUND_LEAST] = FAIR_EGALITARIAN};
    wide *scales = arena_array(&all->memory, all->dims, wide);
    wide *from = arena_array(&all->memory, all->dims, wide);
    for (size_t k = 0; k < all->dims; k++) {
        if (all->question->scales[k] <= 0)
            continue;
        scales[all->game.parties] = all->question->scales[k];
        from[all->game.parties++] = all->question->from[k];
    }
    all->measure = measures[all->question->kind];
    all->game.denominators = scales;
    all->game.disagreement = from;
    all->sums = arena_array(&all->memory, all->dims, wide);
    all->counted = arena_array(&all->memory, all->dims, wide);
}

/* from + score * scale, rounded up for as good, one beyond for better. */
static wide wanted_sum(tree *all, size_t k)
{
    mpz_t whole, scale;
    mpz_inits(whole, scale, NULL);
    big_set_wide(scale, all->question->scales[k]);
    mpz_mul(whole, mpq_numref(all->best_score), scale);
    if (all->strict) {
        mpz_fdiv_q(whole, whole, mpq_denref(all->best_score));
        mpz_add_ui(whole, whole, 1);
    } else {
        mpz_cdiv_q(whole, whole, mpq_denref(all->best_score));
    }
    wide sum = big_get_wide(whole) + all->question->from[k];
    mpz_clears(whole, scale, NULL);
    return sum;
}

/* The least sum of the k-th in anything wanted. */
wide tree_threshold(tree *all, size_t k)
{
    wide sum = all->floors[k];
    if (all->question->scales[k] > 0) {
        wide wanted = wanted_sum(all, k);
        sum = wanted > sum ? wanted : sum;
    }
    return sum;
}

static void raise_thresholds(tree *all)
{
    all->blurred = all->game.parties == 0;
    for (size_t k = 0; k < all->dims; k++) {
        all->goal.wanted[k] = (double)tree_threshold(all, k) / all->units[k];
        if (1 / all->units[k] < 4 * all->goal.rounding * all->goal.sizes[k])
            all->blurred = true;
    }
}

/* The sum of utilities in whole units of a common denominator: how much the next better
 * sum is more. 0 when that is too little for doubles. */
static double next_sum(const tree *all)
{
    mpz_t common, scale;
    double step = 0;
    mpz_init_set_ui(common, 1);
    mpz_init(scale);
    for (size_t p = 0; p < all->game.parties && big_fits(common, 60); p++) {
        big_set_wide(scale, all->game.denominators[p]);
        mpz_lcm(common, common, scale);
    }
    if (big_fits(common, 60))
        step = 1 / mpz_get_d(common);
    mpz_clears(common, scale, NULL);
    double size = 0;
    for (size_t k = 0; k < all->dims; k++)
        size += all->goal.counts[k] * all->goal.sizes[k];
    return step > 8 * all->goal.rounding * size ? step : 0;
}

/* The value of the best less what its own rounding may be, and for strictly better the
 * next possible value. */
static void raise_need(tree *all)
{
    double value = fair_value(&all->game, all->measure, all->counted), size = 0;
    for (size_t p = 0; p < all->game.parties; p++)
        size += all->measure == FAIR_NASH
                    ? fabs(log((double)(all->counted[p] - all->game.disagreement[p]))) +
                          fabs(log((double)all->game.denominators[p]))
                    : fabs((double)all->counted[p] / (double)all->game.denominators[p]);
    double step = 0;
    if (all->measure == FAIR_UTILITARIAN)
        step = next_sum(all);
    else if (big_fits(mpq_numref(all->best_score), SMALL_PRODUCT))
        step = log1p(1 / mpq_get_d(all->best_score));
    if (step <= 8 * all->goal.rounding * (1 + size))
        step = 0;
    all->blurred = step == 0;
    all->goal.need = value - all->goal.rounding * size + (all->strict ? step / 2 : 0);
}

void tree_raise(tree *all)
{
    all->raised++;
    if (all->question->kind == BOUND_LEAST)
        raise_thresholds(all);
    else
        raise_need(all);
}

static bool reaches_floors(tree *all, const truce_value *outcome)
{
    size_t counted = 0;
    for (size_t k = 0; k < all->dims; k++) {
        all->sums[k] = space_sum(all->compiled, all->question->over.items[k], outcome);
        if (all->sums[k] < all->floors[k])
            return false;
        if (all->question->scales[k] > 0)
            all->counted[counted++] = all->sums[k];
    }
    return true;
}

/* An outcome is met: is it better, or as good? */
void tree_consider(tree *all, const truce_value *outcome)
{
    if (!reaches_floors(all, outcome) || !tree_permits(all, outcome))
        return;
    fair_score(&all->game, all->measure, all->counted, all->score);
    int order = all->found ? mpq_cmp(all->score, all->best_score) : 1;
    if (order < 0)
        return;
    if (order > 0) {
        archive_free(all->best);
        all->best = archive_new(all->compiled, all->question->over, 1);
        mpq_set(all->best_score, all->score);
        all->found = true;
        all->overflowed = false;
        tree_raise(all);
    }
    if (all->best->count < all->question->most + TIES_KEPT)
        archive_add(all->best, outcome);
    else
        all->overflowed = true;
    if (all->question->any)
        all->ended = true;
}

/* Puts the sums of the best back where tree_consider() leaves them. */
void tree_recall_best(tree *all)
{
    size_t counted = 0;
    for (size_t k = 0; k < all->dims; k++)
        if (all->question->scales[k] > 0)
            all->counted[counted++] = all->best->points[0].sums[k];
}

void tree_prepare(tree *all)
{
    all->units = arena_array(&all->memory, all->dims, double);
    for (size_t k = 0; k < all->dims; k++)
        all->units[k] = unit_of(all, k);
    tabulate(all);
    collect_factors(all);
    set_goal(all);
    set_game(all);
}
