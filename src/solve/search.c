/* Branch and bound over sets of outcomes. A set is the values that each issue may still
 * take. For each set the best weights are sought (bound.h); they rule the set out, or
 * take values from it whose regret alone is too much, or leave it for a walk: depth
 * first over the issues, where a few fixed weights each keep account of the regret so
 * far. A walk that takes too many steps is given up, and the set is split by one issue
 * into smaller ones, the most promising looked at first.
 *
 * Invariants: (1) what is ruled out has been ruled out in doubles with their margin, so
 * it holds nothing better than the best that is known; (2) the best is compared in
 * fractions of big integers; (3) every outcome lies in a set still waiting, or was ruled
 * out, or was looked at.
 *
 * Two runs: the first asks for something strictly better than the best, which ends soon
 * where many outcomes tie; the second, where the first may have passed over ties, for
 * all that is as good.
 */
#include "solve/search.h"

#include "solve/archive.h"
#include "solve/climb.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WALK_STEPS = 60000, /* of one walk */
    STEPS_BETWEEN_LOOKS = 4096,
    FIRST_LEVELS = 6, /* of smoothing, for the first set */
    LATER_LEVELS = 3,
    CLIMBS = 60,
    CLIMB_PAIRS = 2000000, /* all climbs together */
    TIE_NODES = 2000000,   /* at least, for the second run */
    TIES_KEPT = 4          /* more are kept than are listed, so that a cut is noticed */
};

#define SMALL_PRODUCT 45 /* bits of a product to which one can be told from it */

/* A set that waits: bit b of allowed is a value of an issue (tree.first_bit). */
typedef struct waiting {
    double bound;
    uint64_t number; /* the younger first among equals */
    double *weights;
    uint64_t *allowed;
} waiting;

typedef struct factor {
    const truce_condition *condition;
    truce_list issues;
    size_t dim;    /* of a bonus */
    double amount; /* 0: a condition that must hold */
} factor;

typedef struct tree {
    const search_question *question;
    const truce_stop *stop;
    const space *compiled;
    size_t dims, issue_count;
    arena memory;
    double *units;   /* [dims] sums are divided by it */
    double **worths; /* [issue] -> [value][dims] */
    size_t *first_bit, words;
    factor *factors;
    size_t factor_count;
    truce_list *factors_of; /* [issue] */
    wide *floors;           /* what must be reached for any value at all */
    bound_goal goal;
    bool strict;
    fair_game game; /* of those that count */
    fair_measure measure;
    wide *sums, *counted;
    archive *best;
    mpq_t score, best_score;
    bool found, overflowed, ended;
    bool blurred; /* as good and better cannot be told apart in doubles */
    uint64_t nodes, most_nodes, next_look, raised;
    waiting *heap;
    size_t heap_count, heap_room;
    uint64_t numbered;
} tree;

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

static bool is_permitted(void *user, const truce_value *outcome)
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
static wide threshold(tree *all, size_t k)
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
        all->goal.wanted[k] = (double)threshold(all, k) / all->units[k];
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

static void raise(tree *all)
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
static void consider(tree *all, const truce_value *outcome)
{
    if (!reaches_floors(all, outcome) || !is_permitted(all, outcome))
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
        raise(all);
    }
    if (all->best->count < all->question->most + TIES_KEPT)
        archive_add(all->best, outcome);
    else
        all->overflowed = true;
    if (all->question->any)
        all->ended = true;
}

/* ---- the heap of sets ------------------------------------------------------------ */

static bool comes_first(const waiting *one, const waiting *other)
{
    return one->bound != other->bound ? one->bound > other->bound
                                      : one->number > other->number;
}

static void sift_up(tree *all, size_t at)
{
    while (at > 0 && comes_first(&all->heap[at], &all->heap[(at - 1) / 2])) {
        waiting kept = all->heap[at];
        all->heap[at] = all->heap[(at - 1) / 2];
        all->heap[(at - 1) / 2] = kept;
        at = (at - 1) / 2;
    }
}

static void sift_down(tree *all)
{
    for (size_t at = 0, child; (child = 2 * at + 1) < all->heap_count; at = child) {
        if (child + 1 < all->heap_count &&
            comes_first(&all->heap[child + 1], &all->heap[child]))
            child++;
        if (!comes_first(&all->heap[child], &all->heap[at]))
            return;
        waiting kept = all->heap[at];
        all->heap[at] = all->heap[child];
        all->heap[child] = kept;
    }
}

static void put(tree *all, double bound, const double *weights, const uint64_t *allowed)
{
    size_t of_weights = all->dims * sizeof *weights;
    waiting *one = grow(all->heap, all->heap_count, all->heap_room);
    one->bound = bound;
    one->number = all->numbered++;
    one->weights = must_allocate(of_weights + all->words * sizeof *allowed);
    one->allowed = (uint64_t *)(one->weights + all->dims);
    memcpy(one->weights, weights, of_weights);
    memcpy(one->allowed, allowed, all->words * sizeof *allowed);
    sift_up(all, all->heap_count - 1);
}

static waiting take(tree *all)
{
    waiting first = all->heap[0];
    all->heap[0] = all->heap[--all->heap_count];
    sift_down(all);
    return first;
}

/* ---- one set --------------------------------------------------------------------- */

/* A set being looked at; lives for one look. */
typedef struct look {
    tree *all;
    arena memory;
    double *weights;
    truce_value **values; /* [issue] those allowed */
    size_t *counts;
    truce_value *outcome; /* VALUE_OPEN where there is a choice */
    bound_issue *issues;
    bound_set set;
    double *shares;
    double bound;
} look;

static bool is_allowed(const tree *all, const uint64_t *allowed, size_t issue,
                       truce_value value)
{
    size_t bit = all->first_bit[issue] + value;
    return allowed[bit / 64] >> (bit % 64) & 1;
}

static void look_begin(look *at, tree *all, const waiting *one)
{
    *at = (look){.all = all, .weights = one->weights, .bound = one->bound};
    at->values = arena_array(&at->memory, all->issue_count, truce_value *);
    at->counts = arena_array(&at->memory, all->issue_count, size_t);
    at->outcome = arena_array(&at->memory, all->issue_count, truce_value);
    at->issues = arena_array(&at->memory, all->issue_count, bound_issue);
    size_t values = 0;
    for (size_t i = 0; i < all->issue_count; i++) {
        at->values[i] =
            arena_array(&at->memory, all->compiled->value_counts[i], truce_value);
        for (truce_value v = 0; v < all->compiled->value_counts[i]; v++)
            if (is_allowed(all, one->allowed, i, v))
                at->values[i][at->counts[i]++] = v;
        values += at->counts[i];
    }
    at->shares = arena_array(&at->memory, values, double);
    at->set = (bound_set){.dims = all->dims,
                          .count = all->issue_count,
                          .base = arena_array(&at->memory, all->dims, double),
                          .issues = at->issues};
}

static void decide(look *at)
{
    for (size_t i = 0; i < at->all->issue_count; i++)
        at->outcome[i] = at->counts[i] == 1 ? at->values[i][0] : VALUE_OPEN;
}

/* Takes the values of the one open issue of a condition that would break it; false when
 * none is left. */
static bool keep_what_holds(look *at, const factor *one, size_t issue, bool *changed)
{
    size_t kept = 0;
    for (size_t j = 0; j < at->counts[issue]; j++) {
        at->outcome[issue] = at->values[issue][j];
        if (condition_truth(one->condition, at->outcome) != TRUTH_NO)
            at->values[issue][kept++] = at->values[issue][j];
    }
    *changed |= kept != at->counts[issue];
    at->counts[issue] = kept;
    at->outcome[issue] = kept == 1 ? at->values[issue][0] : VALUE_OPEN;
    return kept > 0;
}

static bool propagate_one(look *at, const factor *one, bool *changed)
{
    size_t open = 0, last = 0;
    if (one->amount != 0)
        return true;
    truth known = condition_truth(one->condition, at->outcome);
    if (known != TRUTH_OPEN)
        return known == TRUTH_YES;
    for (size_t n = 0; n < one->issues.count; n++)
        if (at->outcome[one->issues.items[n]] == VALUE_OPEN) {
            last = one->issues.items[n];
            open++;
        }
    return open != 1 || keep_what_holds(at, one, last, changed);
}

/* What conditions alone take from the set; false when nothing is left. */
static bool propagate(look *at)
{
    bool changed = at->all->factor_count > 0;
    decide(at);
    while (changed) {
        changed = false;
        for (size_t f = 0; f < at->all->factor_count; f++)
            if (!propagate_one(at, &at->all->factors[f], &changed))
                return false;
    }
    return true;
}

/* The best that a bonus may still bring. */
static double hope(const factor *one, const truce_value *outcome)
{
    truth known = condition_truth(one->condition, outcome);
    bool taken = known == TRUTH_YES || (known == TRUTH_OPEN && one->amount > 0);
    return taken ? one->amount : 0;
}

static void build_set(look *at)
{
    const tree *all = at->all;
    memset(at->set.base, 0, all->dims * sizeof(double));
    for (size_t f = 0; f < all->factor_count; f++)
        if (all->factors[f].amount != 0)
            at->set.base[all->factors[f].dim] += hope(&all->factors[f], at->outcome);
    for (size_t i = 0; i < all->issue_count; i++)
        at->issues[i] = (bound_issue){all->worths[i], at->values[i], at->counts[i]};
}

static double weighed(const tree *all, size_t issue, truce_value value,
                      const double *weights)
{
    const double *worths = all->worths[issue] + value * all->dims;
    double sum = 0;
    for (size_t k = 0; k < all->dims; k++)
        sum += worths[k] * weights[k];
    return sum;
}

static double best_weighed(const look *at, size_t issue, const double *weights)
{
    double best = -INFINITY;
    for (size_t j = 0; j < at->counts[issue]; j++)
        best = fmax(best, weighed(at->all, issue, at->values[issue][j], weights));
    return best;
}

/* Takes away values with which nothing wanted can be reached; false when some issue has
 * none left. */
static bool drop_regrettable(look *at, const double *weights, bool *changed)
{
    const tree *all = at->all;
    double slack = bound_most(&at->set, weights) - bound_target(&all->goal, weights);
    if (slack < 0)
        return false;
    for (size_t i = 0; i < all->issue_count; i++) {
        double best = best_weighed(at, i, weights);
        size_t kept = 0;
        for (size_t j = 0; j < at->counts[i]; j++)
            if (best - weighed(all, i, at->values[i][j], weights) <= slack)
                at->values[i][kept++] = at->values[i][j];
        *changed |= kept != at->counts[i];
        at->counts[i] = kept;
        if (kept == 0)
            return false;
    }
    return true;
}

/* Each party for itself. */
static bool drop_for_each(look *at, double *weights, bool *changed)
{
    for (size_t k = 0; k < at->all->dims; k++) {
        memset(weights, 0, at->all->dims * sizeof *weights);
        weights[k] = 1;
        build_set(at);
        if (!drop_regrettable(at, weights, changed))
            return false;
    }
    return true;
}

/* Makes the set as small as bounds and conditions can; false when nothing is left. */
static bool narrow(look *at, unsigned levels)
{
    tree *all = at->all;
    double *alone = arena_array(&at->memory, all->dims, double);
    for (bool changed = true; changed; levels = 1) {
        changed = false;
        if (!propagate(at) || (build_set(at), false) ||
            !drop_for_each(at, alone, &changed))
            return false;
        build_set(at);
        if (!bound_tighten(&all->goal, &at->set, levels, at->weights, at->shares))
            return false;
        if (!drop_regrettable(at, at->weights, &changed) || !propagate(at))
            return false;
        build_set(at);
        double bound =
            bound_value(&all->goal, at->weights, bound_most(&at->set, at->weights));
        at->bound = fmin(at->bound, bound);
        if (levels == 1)
            break;
    }
    return true;
}

/* The best value of each issue by itself is an outcome, perhaps a good one. */
static void round_to(const look *at, truce_value *outcome)
{
    for (size_t i = 0; i < at->all->issue_count; i++) {
        double best = -INFINITY;
        for (size_t j = 0; j < at->counts[i]; j++) {
            double worth = weighed(at->all, i, at->values[i][j], at->weights);
            if (worth > best)
                outcome[i] = at->values[i][j];
            best = fmax(best, worth);
        }
    }
}

/* ---- a walk ---------------------------------------------------------------------- */

enum { MOST_ACCOUNTS = 24 };

/* One step of the walk: a value, and what each account loses by it. */
typedef struct pace {
    truce_value value;
    double losses[];
} pace;

/* accounts: weights that each keep their own regret. [depth] arrays are over the issues
 * with a choice, in the order of the walk. */
typedef struct walk {
    look *at;
    tree *all;
    size_t accounts, depth, *issues, *counts, pace_size;
    char **paces;
    double *weights; /* [accounts][dims] */
    double *most;    /* [accounts] L */
    double *room;    /* [accounts] what may be lost */
    double *lost;    /* [depth + 1][accounts] */
    uint64_t steps, raised;
    bool given_up;
} walk;

static pace *pace_at(const walk *on, size_t depth, size_t j)
{
    return (pace *)(void *)(on->paces[depth] + j * on->pace_size);
}

static void measure_room(walk *on)
{
    for (size_t a = 0; a < on->accounts; a++)
        on->room[a] =
            on->most[a] - bound_target(&on->all->goal, on->weights + a * on->all->dims);
    on->raised = on->all->raised;
}

/* The set's own weights, each party alone, and mixtures that lean to one party. */
static void choose_accounts(walk *on)
{
    size_t dims = on->all->dims;
    const double *own = on->at->weights;
    double *weights = on->weights;
    memcpy(weights, own, dims * sizeof *own);
    on->accounts = 1;
    for (int lean = 0; lean < 3 && dims > 1; lean++)
        for (size_t k = 0; k < dims && on->accounts < MOST_ACCOUNTS; k++) {
            double *one = weights + on->accounts++ * dims;
            memset(one, 0, dims * sizeof *one);
            if (lean > 0)
                memcpy(one, own, dims * sizeof *one);
            one[k] = lean == 0 ? 1 : lean == 1 ? 2 * own[k] : own[k] / 2;
        }
    if (on->all->question->kind == BOUND_SUM && on->accounts < MOST_ACCOUNTS)
        memcpy(weights + on->accounts++ * dims, on->all->goal.counts,
               dims * sizeof *weights);
}

static int compare_paces(const void *one, const void *other)
{
    const pace *a = one, *b = other;
    if (a->losses[0] != b->losses[0])
        return a->losses[0] < b->losses[0] ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

static void list_paces(walk *on, size_t d, size_t issue)
{
    const look *at = on->at;
    on->issues[d] = issue;
    on->counts[d] = at->counts[issue];
    on->paces[d] = arena_take(&on->at->memory, on->counts[d] * on->pace_size);
    for (size_t j = 0; j < on->counts[d]; j++) {
        pace *one = pace_at(on, d, j);
        one->value = at->values[issue][j];
        for (size_t a = 0; a < on->accounts; a++) {
            const double *weights = on->weights + a * on->all->dims;
            one->losses[a] = best_weighed(at, issue, weights) -
                             weighed(on->all, issue, one->value, weights);
        }
    }
    qsort(on->paces[d], on->counts[d], on->pace_size, compare_paces);
}

/* An issue whose second value costs much is walked first. */
typedef struct turn {
    double cost;
    size_t issue;
} turn;

static int compare_turns(const void *one, const void *other)
{
    const turn *a = one, *b = other;
    if (a->cost != b->cost)
        return a->cost > b->cost ? -1 : 1;
    return (a->issue > b->issue) - (a->issue < b->issue);
}

static double spread_of(const look *at, size_t issue)
{
    double least = INFINITY;
    for (size_t j = 0; j < at->counts[issue]; j++)
        least = fmin(least, weighed(at->all, issue, at->values[issue][j], at->weights));
    return best_weighed(at, issue, at->weights) - least;
}

static void walk_begin(walk *on, look *at)
{
    tree *all = at->all;
    arena *memory = &at->memory;
    *on = (walk){.at = at, .all = all};
    on->weights = arena_array(memory, MOST_ACCOUNTS * all->dims, double);
    on->most = arena_array(memory, MOST_ACCOUNTS, double);
    on->room = arena_array(memory, MOST_ACCOUNTS, double);
    on->lost = arena_array(memory, MOST_ACCOUNTS * (all->issue_count + 1), double);
    on->issues = arena_array(memory, all->issue_count, size_t);
    on->counts = arena_array(memory, all->issue_count, size_t);
    on->paces = arena_array(memory, all->issue_count, char *);
    choose_accounts(on);
    on->pace_size = sizeof(pace) + on->accounts * sizeof(double);
    turn *turns = arena_array(memory, all->issue_count, turn);
    for (size_t i = 0; i < all->issue_count; i++)
        if (at->counts[i] > 1)
            turns[on->depth++] = (turn){spread_of(at, i), i};
    qsort(turns, on->depth, sizeof *turns, compare_turns);
    for (size_t d = 0; d < on->depth; d++)
        list_paces(on, d, turns[d].issue);
    for (size_t a = 0; a < on->accounts; a++)
        on->most[a] = bound_most(&at->set, on->weights + a * all->dims);
    measure_room(on);
}

/* What the factors of an issue cost now that it is decided; false when a condition is
 * broken. */
static bool settle_factors(walk *on, size_t issue, truce_value value, double *lost)
{
    const tree *all = on->all;
    truce_value *outcome = on->at->outcome;
    truce_list touched = all->factors_of[issue];
    for (size_t n = 0; n < touched.count; n++) {
        const factor *one = &all->factors[touched.items[n]];
        outcome[issue] = VALUE_OPEN;
        double before = one->amount != 0 ? hope(one, outcome) : 0;
        outcome[issue] = value;
        if (one->amount == 0) {
            if (condition_truth(one->condition, outcome) == TRUTH_NO)
                return false;
            continue;
        }
        double less = before - hope(one, outcome);
        for (size_t a = 0; less != 0 && a < on->accounts; a++)
            lost[a] += less * on->weights[a * all->dims + one->dim];
    }
    outcome[issue] = value;
    return true;
}

/* Is everything that this step leads to ruled out? */
static bool is_too_much(const walk *on, const double *lost)
{
    bool over = false;
    for (size_t a = 0; a < on->accounts; a++)
        over |= lost[a] > on->room[a];
    return over;
}

static bool keep_walking(walk *on)
{
    tree *all = on->all;
    all->nodes++;
    if (++on->steps >= WALK_STEPS)
        on->given_up = true;
    return !on->given_up && !all->ended;
}

static void step_on(walk *on, size_t d)
{
    const double *lost = on->lost + d * MOST_ACCOUNTS;
    double *next = on->lost + (d + 1) * MOST_ACCOUNTS;
    if (d == on->depth) {
        consider(on->all, on->at->outcome);
        if (on->raised != on->all->raised)
            measure_room(on);
        return;
    }
    size_t issue = on->issues[d];
    for (size_t j = 0; j < on->counts[d]; j++) {
        const pace *one = pace_at(on, d, j);
        if (lost[0] + one->losses[0] > on->room[0])
            break;
        for (size_t a = 0; a < on->accounts; a++)
            next[a] = lost[a] + one->losses[a];
        if (!settle_factors(on, issue, one->value, next) || is_too_much(on, next))
            continue;
        if (!keep_walking(on))
            break;
        step_on(on, d + 1);
        if (on->given_up || on->all->ended)
            break;
    }
    on->at->outcome[issue] = VALUE_OPEN;
}

/* Looks at every outcome of the set that is not ruled out; false when that takes too
 * long. */
static bool walk_through(look *at)
{
    walk on;
    walk_begin(&on, at);
    step_on(&on, 0);
    return !on.given_up;
}

/* ---- the tree -------------------------------------------------------------------- */

/* The issue about which the smoothed optimum is least sure. */
static size_t issue_to_split(const look *at)
{
    size_t chosen = SIZE_MAX;
    double most = -1;
    for (size_t i = 0; i < at->all->issue_count; i++) {
        double spread = at->counts[i] > 1 ? spread_of(at, i) : -1;
        if (spread > most) {
            most = spread;
            chosen = i;
        }
    }
    return chosen;
}

static void allow_only(const look *at, size_t issue, truce_value value,
                       uint64_t *allowed)
{
    const tree *all = at->all;
    memset(allowed, 0, all->words * sizeof *allowed);
    for (size_t i = 0; i < all->issue_count; i++)
        for (size_t j = 0; j < at->counts[i]; j++) {
            size_t bit = all->first_bit[i] + at->values[i][j];
            if (i != issue || at->values[i][j] == value)
                allowed[bit / 64] |= (uint64_t)1 << (bit % 64);
        }
}

static void split(look *at)
{
    tree *all = at->all;
    size_t issue = issue_to_split(at);
    uint64_t *allowed = arena_array(&at->memory, all->words, uint64_t);
    double most = bound_most(&at->set, at->weights);
    double best = best_weighed(at, issue, at->weights);
    for (size_t j = at->counts[issue]; j-- > 0;) {
        truce_value value = at->values[issue][j];
        double regret = best - weighed(all, issue, value, at->weights);
        double bound = bound_value(&all->goal, at->weights, most - regret);
        allow_only(at, issue, value, allowed);
        put(all, fmin(at->bound, bound), at->weights, allowed);
    }
}

static void try_rounding(look *at)
{
    truce_value *outcome = arena_array(&at->memory, at->all->issue_count, truce_value);
    round_to(at, outcome);
    consider(at->all, outcome);
}

/* Looks at one set: it is done with, or split. */
static void look_at(tree *all, waiting *one, unsigned levels)
{
    look at;
    all->nodes++;
    look_begin(&at, all, one);
    if (narrow(&at, levels)) {
        try_rounding(&at);
        if (!all->ended && !walk_through(&at) && !all->ended)
            split(&at);
    }
    arena_free(&at.memory);
}

static bool must_end(tree *all)
{
    if (all->nodes >= all->next_look) {
        all->next_look = all->nodes + STEPS_BETWEEN_LOOKS;
        all->ended |= stop_now(all->stop);
    }
    if (all->most_nodes > 0 && all->nodes >= all->most_nodes)
        all->ended = true;
    return all->ended;
}

static double *first_weights(tree *all)
{
    double *weights = arena_array(&all->memory, all->dims, double);
    for (size_t k = 0; k < all->dims; k++)
        weights[k] = all->question->kind == BOUND_LEAST ? 1 / (double)all->dims
                     : all->question->kind == BOUND_SUM ? all->goal.counts[k] + 0.1
                                                        : 2;
    return weights;
}

static void put_everything(tree *all)
{
    uint64_t *allowed = arena_array(&all->memory, all->words, uint64_t);
    for (size_t i = 0; i < all->issue_count; i++)
        for (size_t v = 0; v < all->compiled->value_counts[i]; v++) {
            size_t bit = all->first_bit[i] + v;
            allowed[bit / 64] |= (uint64_t)1 << (bit % 64);
        }
    put(all, INFINITY, first_weights(all), allowed);
}

static void forget_sets(tree *all)
{
    for (size_t h = 0; h < all->heap_count; h++)
        free(all->heap[h].weights);
    all->heap_count = 0;
}

/* True when every set is done with; else bound says what the rest may hold. */
static bool run(tree *all, double *bound)
{
    unsigned levels = FIRST_LEVELS;
    put_everything(all);
    while (all->heap_count > 0 && !must_end(all)) {
        waiting one = take(all);
        *bound = fmin(*bound, one.bound);
        look_at(all, &one, levels);
        levels = LATER_LEVELS;
        if (all->ended) /* somewhere within this set */
            put(all, one.bound, one.weights, one.allowed);
        free(one.weights);
    }
    if (all->heap_count > 0)
        *bound = fmin(*bound, all->heap[0].bound);
    bool done = all->heap_count == 0;
    forget_sets(all);
    return done;
}

/* ---- a good start ---------------------------------------------------------------- */

static void climb_from(tree *all, const climb *on, const truce_value *start)
{
    size_t pairs = 0, values = 0;
    truce_value *at = arena_copy(&all->memory, start, all->issue_count * sizeof *start);
    truce_value *best = arena_copy(&all->memory, at, all->issue_count * sizeof *at);
    random_stream dice = random_begin(1, all->dims);
    for (size_t i = 0; i < all->issue_count; i++) {
        pairs += values * all->compiled->value_counts[i];
        values += all->compiled->value_counts[i];
    }
    if (pairs > CLIMB_PAIRS)
        return;
    for (size_t n = 0; n < CLIMBS && n * pairs < CLIMB_PAIRS; n++) {
        uint64_t raised = all->raised;
        climb_up(on, at);
        consider(all, at);
        if (all->ended || stop_now(all->stop))
            return;
        if (n == 0 || all->raised != raised)
            memcpy(best, at, all->issue_count * sizeof *at);
        memcpy(at, best, all->issue_count * sizeof *at);
        climb_jump(on, &dice, at);
    }
}

/* Rounds the best weights, and climbs from there. */
static void start_well(tree *all)
{
    climb on = {.goal = &all->goal,
                .issue_count = all->issue_count,
                .value_counts = all->compiled->value_counts,
                .worths = all->worths,
                .may = all->factor_count ? is_permitted : NULL,
                .user = all};
    truce_value *outcome = arena_array(&all->memory, all->issue_count, truce_value);
    put_everything(all);
    waiting one = take(all);
    look at;
    look_begin(&at, all, &one);
    if (narrow(&at, FIRST_LEVELS)) {
        round_to(&at, outcome);
        consider(all, outcome);
        if (!all->ended)
            climb_from(all, &on, outcome);
    }
    arena_free(&at.memory);
    free(one.weights);
}

/* ---- the whole ------------------------------------------------------------------- */

static void tree_begin(tree *all, const search_question *question,
                       const truce_stop *stop)
{
    *all = (tree){.question = question,
                  .stop = stop,
                  .compiled = question->compiled,
                  .dims = question->over.count,
                  .issue_count = question->compiled->issue_count,
                  .most_nodes = question->nodes,
                  .strict = true};
    mpq_inits(all->score, all->best_score, NULL);
    all->units = arena_array(&all->memory, all->dims, double);
    for (size_t k = 0; k < all->dims; k++)
        all->units[k] = unit_of(all, k);
    all->first_bit = arena_array(&all->memory, all->issue_count, size_t);
    size_t bits = 0;
    for (size_t i = 0; i < all->issue_count; i++) {
        all->first_bit[i] = bits;
        bits += all->compiled->value_counts[i];
    }
    all->words = (bits + 63) / 64;
    tabulate(all);
    collect_factors(all);
    set_goal(all);
    set_game(all);
}

static void tree_end(tree *all)
{
    archive_free(all->best);
    mpq_clears(all->score, all->best_score, NULL);
    free(all->heap);
    arena_free(&all->memory);
}

static void keep_outcomes(tree *all, arena *memory, search_answer *answer)
{
    size_t issues = all->issue_count;
    if (!all->found)
        return;
    answer->count = all->best->count;
    answer->outcomes = arena_array(memory, answer->count * issues, truce_value);
    for (size_t t = 0; t < answer->count; t++)
        memcpy(answer->outcomes + t * issues, all->best->points[t].outcomes,
               issues * sizeof(truce_value));
    if (all->question->kind != BOUND_LEAST)
        return;
    all->strict = false;
    answer->reach = arena_array(memory, all->dims, wide);
    for (size_t k = 0; k < all->dims; k++)
        answer->reach[k] = threshold(all, k);
}

/* Puts the sums of the best back where consider() leaves them. */
static void recall_best(tree *all)
{
    size_t counted = 0;
    for (size_t k = 0; k < all->dims; k++)
        if (all->question->scales[k] > 0)
            all->counted[counted++] = all->best->points[0].sums[k];
}

/* As good as the best, too, as far as a few more nodes reach. */
static bool find_ties(tree *all)
{
    double bound = INFINITY;
    uint64_t more = all->nodes > TIE_NODES ? all->nodes : TIE_NODES;
    if (!all->found || all->question->any || all->blurred)
        return !all->overflowed;
    all->strict = false;
    all->most_nodes = all->nodes + more;
    recall_best(all);
    raise(all);
    return run(all, &bound) && !all->overflowed;
}

/* A sum needs some outcome that takes part to begin with. */
static bool has_none(tree *all, const truce_stop *stop, arena *memory,
                     search_answer *answer)
{
    search_question first = *all->question;
    first.kind = BOUND_LEAST;
    first.from = first.floors;
    first.any = true;
    wide *scales = arena_array(&all->memory, all->dims, wide);
    for (size_t k = 0; k < all->dims; k++)
        scales[k] = all->compiled->parties[first.over.items[k]].denominator;
    first.scales = scales;
    search_answer any = search_best(&first, stop, memory);
    all->nodes += any.nodes;
    if (any.count > 0)
        consider(all, any.outcomes);
    else
        *answer = (search_answer){.proved = any.proved,
                                  .complete = any.proved,
                                  .bound = any.proved ? -INFINITY : INFINITY,
                                  .nodes = any.nodes};
    return any.count == 0;
}

/* The value itself where it is proved; never less than the value. */
static double bound_told(tree *all, const search_answer *answer)
{
    if (!all->found)
        return answer->proved ? -INFINITY : answer->bound;
    recall_best(all);
    double value = fair_value(&all->game, all->measure, all->counted);
    return answer->proved ? value : fmax(value, answer->bound);
}

search_answer search_best(const search_question *question, const truce_stop *stop,
                          arena *memory)
{
    tree all;
    search_answer answer = {.bound = INFINITY};
    tree_begin(&all, question, stop);
    for (size_t s = 0; s < question->seed_count; s++)
        consider(&all, question->seeds + s * all.issue_count);
    if (question->kind == BOUND_SUM && !all.found &&
        has_none(&all, stop, memory, &answer)) {
        tree_end(&all);
        return answer;
    }
    if (!all.ended)
        start_well(&all);
    answer.proved = !all.ended && run(&all, &answer.bound);
    if (question->any && all.found)
        answer.proved = true;
    answer.complete = answer.proved && find_ties(&all);
    keep_outcomes(&all, memory, &answer);
    answer.bound = bound_told(&all, &answer);
    answer.nodes = all.nodes;
    tree_end(&all);
    return answer;
}
