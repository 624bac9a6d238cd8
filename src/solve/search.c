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
#include "solve/climb.h"
#include "solve/search_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS_BETWEEN_LOOKS = 4096,
    FIRST_LEVELS = 6, /* of smoothing, for the first set */
    LATER_LEVELS = 3,
    CLIMBS = 60,
    CLIMB_PAIRS = 2000000, /* all climbs together */
    TIE_NODES = 2000000    /* at least, for the second run */
};

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

/* ---- the tree -------------------------------------------------------------------- */

/* The issue about which the smoothed optimum is least sure. */
static size_t issue_to_split(const look *at)
{
    size_t chosen = SIZE_MAX;
    double most = -1;
    for (size_t i = 0; i < at->all->issue_count; i++) {
        double spread = at->counts[i] > 1 ? look_spread(at, i) : -1;
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
    double best = look_best(at, issue, at->weights);
    for (size_t j = at->counts[issue]; j-- > 0;) {
        truce_value value = at->values[issue][j];
        double regret = best - look_weighed(all, issue, value, at->weights);
        double bound = bound_value(&all->goal, at->weights, most - regret);
        allow_only(at, issue, value, allowed);
        put(all, fmin(at->bound, bound), at->weights, allowed);
    }
}

/* ---- good outcomes --------------------------------------------------------------- */

static climb climb_of(tree *all)
{
    return (climb){.goal = &all->goal,
                   .issue_count = all->issue_count,
                   .value_counts = all->compiled->value_counts,
                   .worths = all->worths,
                   .may = all->factor_count ? tree_permits : NULL,
                   .user = all};
}

/* Steps that one climb takes at least. */
static size_t pairs_of_values(const tree *all)
{
    size_t pairs = 0, values = 0;
    for (size_t i = 0; i < all->issue_count; i++) {
        pairs += values * all->compiled->value_counts[i];
        values += all->compiled->value_counts[i];
    }
    return pairs;
}

static void try_rounding(look *at, bool first)
{
    tree *all = at->all;
    truce_value *outcome = arena_array(&at->memory, all->issue_count, truce_value);
    climb on = climb_of(all);
    look_round(at, outcome);
    tree_consider(all, outcome);
    if (!first || all->ended || pairs_of_values(all) > CLIMB_PAIRS)
        return;
    climb_up(&on, outcome);
    tree_consider(all, outcome);
}

/* Jumps from the best so far and climbs again, some times. */
static void climb_on(tree *all)
{
    size_t issues = all->issue_count, pairs = pairs_of_values(all);
    truce_value *outcome = must_allocate_zeroed(issues, sizeof *outcome);
    random_stream dice = random_begin(1, all->dims);
    climb on = climb_of(all);
    for (size_t n = 0; n < CLIMBS && n * pairs < CLIMB_PAIRS; n++) {
        if (all->ended || stop_now(all->stop))
            break;
        if (all->found)
            memcpy(outcome, all->best->points[0].outcomes, issues * sizeof *outcome);
        climb_jump(&on, &dice, outcome);
        climb_up(&on, outcome);
        tree_consider(all, outcome);
    }
    free(outcome);
}

/* ---- from set to set ------------------------------------------------------------- */

/* Looks at one set: it is done with, or split. */
static void look_at(tree *all, waiting *one, bool first)
{
    look at;
    all->nodes++;
    look_begin(&at, all, one);
    if (look_narrow(&at, first ? FIRST_LEVELS : LATER_LEVELS)) {
        try_rounding(&at, first);
        if (!all->ended && !look_walk(&at) && !all->ended)
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
    bool first = all->strict;
    put_everything(all);
    while (all->heap_count > 0 && !must_end(all)) {
        waiting one = take(all);
        *bound = fmin(*bound, one.bound);
        look_at(all, &one, first);
        if (first && all->heap_count > 0)
            climb_on(all);
        first = false;
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
    all->first_bit = arena_array(&all->memory, all->issue_count, size_t);
    size_t bits = 0;
    for (size_t i = 0; i < all->issue_count; i++) {
        all->first_bit[i] = bits;
        bits += all->compiled->value_counts[i];
    }
    all->words = (bits + 63) / 64;
    tree_prepare(all);
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
        answer->reach[k] = tree_threshold(all, k);
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
    tree_recall_best(all);
    tree_raise(all);
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
        tree_consider(all, any.outcomes);
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
    tree_recall_best(all);
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
        tree_consider(&all, question->seeds + s * all.issue_count);
    if (question->kind == BOUND_SUM && !all.found &&
        has_none(&all, stop, memory, &answer)) {
        tree_end(&all);
        return answer;
    }
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
