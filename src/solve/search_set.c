/* One set of outcomes: what conditions and bounds take from it. */
#include "solve/search_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_allowed(const tree *all, const uint64_t *allowed, size_t issue,
                       truce_value value)
{
    size_t bit = all->first_bit[issue] + value;
    return allowed[bit / 64] >> (bit % 64) & 1;
}

void look_begin(look *at, tree *all, const waiting *one)
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
double factor_hope(const factor *one, const truce_value *outcome)
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
            at->set.base[all->factors[f].dim] +=
                factor_hope(&all->factors[f], at->outcome);
    for (size_t i = 0; i < all->issue_count; i++)
        at->issues[i] = (bound_issue){all->worths[i], at->values[i], at->counts[i]};
}

double look_weighed(const tree *all, size_t issue, truce_value value,
                    const double *weights)
{
    const double *worths = all->worths[issue] + value * all->dims;
    double sum = 0;
    for (size_t k = 0; k < all->dims; k++)
        sum += worths[k] * weights[k];
    return sum;
}

double look_best(const look *at, size_t issue, const double *weights)
{
    double best = -INFINITY;
    for (size_t j = 0; j < at->counts[issue]; j++)
        best = fmax(best, look_weighed(at->all, issue, at->values[issue][j], weights));
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
        double best = look_best(at, i, weights);
        size_t kept = 0;
        for (size_t j = 0; j < at->counts[i]; j++)
            if (best - look_weighed(all, i, at->values[i][j], weights) <= slack)
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
bool look_narrow(look *at, unsigned levels)
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
void look_round(const look *at, truce_value *outcome)
{
    for (size_t i = 0; i < at->all->issue_count; i++) {
        double best = -INFINITY;
        for (size_t j = 0; j < at->counts[i]; j++) {
            double worth = look_weighed(at->all, i, at->values[i][j], at->weights);
            if (worth > best)
                outcome[i] = at->values[i][j];
            best = fmax(best, worth);
        }
    }
}

double look_spread(const look *at, size_t issue)
{
    double least = INFINITY;
    for (size_t j = 0; j < at->counts[issue]; j++)
        least = fmin(least,
                     look_weighed(at->all, issue, at->values[issue][j], at->weights));
    return look_best(at, issue, at->weights) - least;
}
