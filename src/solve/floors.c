/* Lazy clauses for sums that must reach a floor.
 *
 * An outcome misses a floor by some slack. Issues whose best value costs no more than
 * the slack are released, cheapest first: whatever they take, the floor is missed. What
 * remains must change: the clause says that one of the remaining issues takes a better
 * value. Any slack left raises what counts as better.
 *
 * Two floors may be out of reach together though each is within reach alone. So for
 * every set of floors that was missed, a weighted sum of them is watched like one
 * floor: weights that make the best possible surplus small (Lagrangian bound, by
 * subgradients in doubles). Any non-negative weights are valid; only how much they
 * exclude depends on the doubles.
 */
#include "solve/floors.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 300, LEAST_STEPS = 10, STEP_BUDGET = 20000000, WEIGHT_BITS = 40 };

typedef struct term {
    const truce_condition *condition;
    int literal; /* true exactly when the condition holds */
    wide amount;
} term;

/* Sum of one entry for each issue and the terms that hold must reach the least sum. */
typedef struct bound {
    int *guards; /* literals: all true when the bound counts */
    size_t guard_count;
    wide **tables; /* [issue][value] */
    wide *best;    /* [issue] largest entry */
    term *terms;
    size_t term_count;
    wide least;
} bound;

typedef struct joint {
    const bool *counts; /* [party_count] the floors it joins */
    bound sum;
} joint;

struct floors {
    arena memory;
    clauses *clauses;
    const space *compiled;
    bound *single; /* [party_count]; guard_count 0: no floor */
    joint *joints;
    size_t joint_count, joint_room;
};

static void find_best(floors *all, bound *one)
{
    one->best = arena_array(&all->memory, all->compiled->issue_count, wide);
    for (size_t i = 0; i < all->compiled->issue_count; i++) {
        one->best[i] = one->tables[i][0];
        for (truce_value v = 1; v < all->compiled->value_counts[i]; v++)
            if (one->tables[i][v] > one->best[i])
                one->best[i] = one->tables[i][v];
    }
}

static void build_single(floors *all, size_t party, int guard)
{
    const space_party *of = &all->compiled->parties[party];
    bound *one = &all->single[party];
    one->guards = arena_copy(&all->memory, &guard, sizeof guard);
    one->guard_count = 1;
    one->tables = of->tables;
    one->least = of->floor;
    one->term_count = of->bonus_count;
    one->terms = arena_array(&all->memory, of->bonus_count, term);
    for (size_t b = 0; b < of->bonus_count; b++)
        one->terms[b] = (term){of->bonuses[b].condition,
                               clauses_equal(all->clauses, of->bonuses[b].condition),
                               of->bonuses[b].amount};
    find_best(all, one);
    if (of->capped && of->floor > of->cap) /* otherwise the cap changes nothing */
        sat_clause(clauses_solver(all->clauses), (int[]){-guard}, 1);
}

floors *floors_new(clauses *all, const space *compiled, const int *guards)
{
    floors *made = must_allocate_zeroed(1, sizeof *made);
    made->clauses = all;
    made->compiled = compiled;
    made->single = arena_array(&made->memory, compiled->party_count, bound);
    for (size_t p = 0; p < compiled->party_count; p++)
        if (guards[p] != 0)
            build_single(made, p, guards[p]);
    return made;
}

void floors_free(floors *all)
{
    if (all == NULL)
        return;
    free(all->joints);
    arena_free(&all->memory);
    free(all);
}

/* ---- one clause from one outcome ------------------------------------------------- */

/* What a bound could still gain by releasing an issue, or a term (index from
 * issue_count). */
typedef struct gain {
    wide cost;
    size_t index;
} gain;

static int cheaper(const void *one, const void *other)
{
    const gain *a = one, *b = other;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static wide sum_in(const bound *one, size_t issue_count, const truce_value *outcome)
{
    wide sum = 0;
    for (size_t i = 0; i < issue_count; i++)
        sum += one->tables[i][outcome[i]];
    for (size_t t = 0; t < one->term_count; t++)
        if (truce_condition_holds(one->terms[t].condition, outcome))
            sum += one->terms[t].amount;
    return sum;
}

static wide gain_of_term(const term *one, const truce_value *outcome)
{
    bool helps = one->amount > 0;
    if (truce_condition_holds(one->condition, outcome) == helps)
        return 0;
    return helps ? one->amount : -one->amount;
}

typedef struct clause {
    int *literals;
    size_t count, room;
} clause;

static void also(clause *one, int literal)
{
    *grow(one->literals, one->count, one->room) = literal;
}

/* The issue takes a value whose entry is above what it has and the slack; takes from
 * the slack what that leaves unused. */
static void want_better_value(floors *all, const bound *one, size_t issue,
                              truce_value has, wide *slack, clause *wanted)
{
    const wide *table = one->tables[issue];
    truce_value count = all->compiled->value_counts[issue];
    wide limit = table[has];
    for (truce_value v = 0; v < count; v++)
        if (table[v] > limit && table[v] <= table[has] + *slack)
            limit = table[v];
    *slack -= limit - table[has];
    for (truce_value v = 0, first; v < count; v++) {
        if (table[v] <= limit)
            continue;
        for (first = v; v + 1 < count && table[v + 1] > limit;)
            v++;
        also(wanted, clauses_range(all->clauses, issue, first, v));
    }
}

static size_t list_gains(const floors *all, const bound *one,
                         const truce_value *outcome, gain *gains)
{
    size_t issues = all->compiled->issue_count;
    for (size_t i = 0; i < issues; i++)
        gains[i] = (gain){one->best[i] - one->tables[i][outcome[i]], i};
    for (size_t t = 0; t < one->term_count; t++)
        gains[issues + t] = (gain){gain_of_term(&one->terms[t], outcome), issues + t};
    qsort(gains, issues + one->term_count, sizeof *gains, cheaper);
    return issues + one->term_count;
}

static void exclude(floors *all, const bound *one, const truce_value *outcome,
                    wide slack)
{
    size_t issues = all->compiled->issue_count, released = 0;
    gain *gains = must_allocate((issues + one->term_count) * sizeof *gains);
    size_t count = list_gains(all, one, outcome, gains);
    clause wanted = {0};
    for (; released < count && gains[released].cost <= slack; released++)
        slack -= gains[released].cost;
    for (size_t g = 0; g < one->guard_count; g++)
        also(&wanted, -one->guards[g]);
    for (size_t k = released; k < count; k++) {
        size_t index = gains[k].index;
        if (index < issues)
            want_better_value(all, one, index, outcome[index], &slack, &wanted);
        else {
            const term *kept = &one->terms[index - issues];
            also(&wanted, kept->amount > 0 ? kept->literal : -kept->literal);
        }
    }
    sat_clause(clauses_solver(all->clauses), wanted.literals, wanted.count);
    free(wanted.literals);
    free(gains);
}

static bool refute(floors *all, const bound *one, const truce_value *outcome)
{
    wide sum = sum_in(one, all->compiled->issue_count, outcome);
    if (sum >= one->least)
        return false;
    exclude(all, one, outcome, one->least - 1 - sum);
    return true;
}

/* ---- several floors as one ------------------------------------------------------- */

/* The surplus of the best outcome over the floors, weighted, per unit of utility;
 * slopes [party_count] receive each party's own surplus in it. */
static double surplus(const floors *all, const bool *counts, const double *weights,
                      double *slopes)
{
    const space *compiled = all->compiled;
    double total = 0;
    for (size_t p = 0; p < compiled->party_count; p++)
        slopes[p] = counts[p] ? -(double)all->single[p].least : 0;
    for (size_t i = 0; i < compiled->issue_count; i++) {
        double most = 0;
        truce_value best = 0;
        for (truce_value v = 0; v < compiled->value_counts[i]; v++) {
            double worth = 0;
            for (size_t p = 0; p < compiled->party_count; p++)
                if (counts[p])
                    worth += weights[p] * (double)all->single[p].tables[i][v];
            if (v == 0 || worth > most) {
                most = worth;
                best = v;
            }
        }
        for (size_t p = 0; p < compiled->party_count; p++)
            if (counts[p])
                slopes[p] += (double)all->single[p].tables[i][best];
    }
    for (size_t p = 0; p < compiled->party_count; p++) {
        for (size_t t = 0; counts[p] && t < all->single[p].term_count; t++)
            if (all->single[p].terms[t].amount > 0)
                slopes[p] += (double)all->single[p].terms[t].amount;
        total += weights[p] * slopes[p];
    }
    return total;
}

/* One step against the slopes, back onto weights >= 0 whose utility-weights sum to 1.
 */
static void step_down(const space *compiled, const bool *counts, const double *slopes,
                      double size, double *weights)
{
    double length = 0, total = 0;
    for (size_t p = 0; p < compiled->party_count; p++)
        if (counts[p] && slopes[p] != 0) {
            double slope = slopes[p] / (double)compiled->parties[p].denominator;
            length += slope < 0 ? -slope : slope;
        }
    for (size_t p = 0; p < compiled->party_count; p++) {
        double unit = (double)compiled->parties[p].denominator;
        double slope = counts[p] && length > 0 ? slopes[p] / unit / length : 0;
        double weight = counts[p] ? weights[p] * unit - size * slope : 0;
        weights[p] = weight > 0 ? weight : 0;
        total += weights[p];
    }
    for (size_t p = 0; p < compiled->party_count && total > 0; p++)
        weights[p] /= total * (double)compiled->parties[p].denominator;
}

static size_t step_count(const space *compiled, size_t parties)
{
    size_t work = 1;
    for (size_t i = 0; i < compiled->issue_count; i++)
        work += compiled->value_counts[i] * parties;
    size_t steps = STEP_BUDGET / work;
    return steps < LEAST_STEPS ? LEAST_STEPS : steps > MOST_STEPS ? MOST_STEPS : steps;
}

/* Weights per grid unit of each party, [party_count], that leave little surplus. */
static void find_weights(const floors *all, const bool *counts, size_t parties,
                         double *best)
{
    const space *compiled = all->compiled;
    double *weights = must_allocate_zeroed(compiled->party_count, sizeof *weights);
    double *slopes = must_allocate_zeroed(compiled->party_count, sizeof *slopes);
    for (size_t p = 0; p < compiled->party_count; p++)
        if (counts[p])
            weights[p] = 1 / (double)parties / (double)compiled->parties[p].denominator;
    double least = 0;
    size_t steps = step_count(compiled, parties);
    for (size_t s = 0; s < steps; s++) {
        double now = surplus(all, counts, weights, slopes);
        if (s == 0 || now < least) {
            least = now;
            memcpy(best, weights, compiled->party_count * sizeof *best);
        }
        step_down(compiled, counts, slopes, 0.5 / (1 + (double)s / 4), weights);
    }
    free(slopes);
    free(weights);
}

/* Whole factors in the proportion of the weights, the largest of WEIGHT_BITS bits: sums
 * of 62 bits stay within 127. */
static void whole_factors(const double *weights, size_t count, wide *factors)
{
    double most = 0;
    for (size_t p = 0; p < count; p++)
        if (weights[p] > most)
            most = weights[p];
    for (size_t p = 0; p < count; p++)
        factors[p] =
            most > 0 ? (wide)(weights[p] / most * (double)((int64_t)1 << WEIGHT_BITS))
                     : 0;
}

static void add_scaled(const floors *all, size_t party, wide factor, bound *sum)
{
    const bound *one = &all->single[party];
    for (size_t i = 0; i < all->compiled->issue_count; i++)
        for (truce_value v = 0; v < all->compiled->value_counts[i]; v++)
            sum->tables[i][v] += factor * one->tables[i][v];
    for (size_t t = 0; t < one->term_count; t++) {
        sum->terms[sum->term_count] = one->terms[t];
        sum->terms[sum->term_count++].amount *= factor;
    }
    sum->least += factor * one->least;
    sum->guards[sum->guard_count++] = one->guards[0];
}

static void build_joint(floors *all, const bool *counts, size_t parties, bound *sum)
{
    const space *compiled = all->compiled;
    double *weights = must_allocate_zeroed(compiled->party_count, sizeof *weights);
    wide *factors = must_allocate_zeroed(compiled->party_count, sizeof *factors);
    size_t terms = 0;
    find_weights(all, counts, parties, weights);
    whole_factors(weights, compiled->party_count, factors);
    for (size_t p = 0; p < compiled->party_count; p++)
        terms += counts[p] ? all->single[p].term_count : 0;
    sum->terms = arena_array(&all->memory, terms, term);
    sum->guards = arena_array(&all->memory, parties, int);
    sum->tables = arena_array(&all->memory, compiled->issue_count, wide *);
    for (size_t i = 0; i < compiled->issue_count; i++)
        sum->tables[i] = arena_array(&all->memory, compiled->value_counts[i], wide);
    for (size_t p = 0; p < compiled->party_count; p++)
        if (counts[p] && factors[p] > 0)
            add_scaled(all, p, factors[p], sum);
    find_best(all, sum);
    free(factors);
    free(weights);
}

/* The joint of exactly these floors, built when first asked for. */
static const bound *joint_of(floors *all, const bool *counts, size_t parties)
{
    size_t size = all->compiled->party_count * sizeof *counts;
    for (size_t j = 0; j < all->joint_count; j++)
        if (memcmp(all->joints[j].counts, counts, size) == 0)
            return &all->joints[j].sum;
    joint *made = grow(all->joints, all->joint_count, all->joint_room);
    *made = (joint){.counts = arena_copy(&all->memory, counts, size)};
    build_joint(all, counts, parties, &made->sum);
    return &made->sum;
}

static bool refute_jointly(floors *all, const bool *counts, const truce_value *outcome)
{
    size_t parties = 0;
    for (size_t p = 0; p < all->compiled->party_count; p++)
        if (counts[p]) {
            parties++;
            if (!all->compiled->parties[p].fits_64)
                return false;
        }
    return parties > 1 && refute(all, joint_of(all, counts, parties), outcome);
}

bool floors_refute(floors *all, const bool *counts, const truce_value *outcome)
{
    bool refuted = false;
    for (size_t p = 0; p < all->compiled->party_count; p++)
        if (counts[p] && refute(all, &all->single[p], outcome))
            refuted = true;
    if (refuted)
        refute_jointly(all, counts, outcome);
    return refuted;
}
