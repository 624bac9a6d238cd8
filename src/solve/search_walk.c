/* A walk through a set, depth first over its issues. A few fixed weights each keep
 * account of the regret so far: what the values chosen are worth less than the best of
 * their issues. As soon as one account is overdrawn, nothing wanted lies ahead. That
 * costs a few additions a step, where better weights would cost a hundred times as much;
 * so a walk that grows long is given up.
 */
#include "solve/search_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WALK_STEPS = 60000 };

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
            one->losses[a] = look_best(at, issue, weights) -
                             look_weighed(on->all, issue, one->value, weights);
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
            turns[on->depth++] = (turn){look_spread(at, i), i};
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
        double before = one->amount != 0 ? factor_hope(one, outcome) : 0;
        outcome[issue] = value;
        if (one->amount == 0) {
            if (condition_truth(one->condition, outcome) == TRUTH_NO)
                return false;
            continue;
        }
        double less = before - factor_hope(one, outcome);
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
        tree_consider(on->all, on->at->outcome);
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
bool look_walk(look *at)
{
    walk on;
    walk_begin(&on, at);
    step_on(&on, 0);
    return !on.given_up;
}
