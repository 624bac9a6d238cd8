/* Solution points out of the list of all undominated outcomes. An outcome that reaches
 * every outside option is undominated among those exactly when it is among all, so one
 * list serves the solutions that ask for rationality and those that do not.
 */
#include "solve/points.h"

#include "scenario/result.h"
#include "solve/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SMALL_SPACE 4e6     /* outcomes that are listed whatever the parties */
#define MEMORY (2ull << 30) /* for the frontier */

enum { FEW_PARTIES = 2 }; /* whose frontiers are short */

/* The undominated outcomes. */
typedef struct list {
    size_t count;
    truce_value *outcomes; /* [count][issues] */
    const wide **rows;     /* [count] their sums */
    bool *rational;        /* [count] */
    bool *best;            /* [count] at hand */
    arena memory;
} list;

/* ---- measures -------------------------------------------------------------------- */

static fair_measure measure_of(truce_solution_kind kind, truce_convention as)
{
    switch (kind) {
    case TRUCE_SOLUTION_NASH:
        return FAIR_NASH;
    case TRUCE_SOLUTION_KALAI_SMORODINSKY:
        return as == TRUCE_AS_GENIUS   ? FAIR_DIFFERENCES
               : as == TRUCE_AS_NEGMAS ? FAIR_SPREAD
                                       : FAIR_KALAI_SMORODINSKY;
    case TRUCE_SOLUTION_EGALITARIAN:
        return FAIR_EGALITARIAN;
    case TRUCE_SOLUTION_UTILITARIAN:
        return FAIR_UTILITARIAN;
    default:
        return FAIR_EQUAL_LOSS;
    }
}

/* GENIUS looks for these two among all undominated outcomes, rational or not. */
static bool takes_all(truce_solution_kind kind, truce_convention as)
{
    return as == TRUCE_AS_GENIUS &&
           (kind == TRUCE_SOLUTION_NASH || kind == TRUCE_SOLUTION_KALAI_SMORODINSKY);
}

/* ---- ideals ---------------------------------------------------------------------- */

static void find_rational_ideals(inquiry *ask, const list *all)
{
    bool begun = false;
    for (size_t i = 0; i < all->count; i++) {
        if (!all->rational[i])
            continue;
        for (size_t k = 0; k < ask->over.count; k++)
            if (!begun || all->rows[i][k] > ask->ideals[k])
                ask->ideals[k] = all->rows[i][k];
        begun = true;
    }
}

/* NegMAS measures against the best of all outcomes. */
static void find_global_ideals(inquiry *ask)
{
    for (size_t k = 0; k < ask->over.count; k++) {
        truce_stop share = stop_share(ask->stop, 8);
        if (!ranking_extreme(ask->compiled, ask->over.items[k], false, &share,
                             &ask->ideals[k]))
            ask->unsure = true;
    }
}

static void tell_ideals(inquiry *ask)
{
    double *ideal =
        arena_array(result_memory(&ask->points->finding), ask->over.count, double);
    for (size_t k = 0; k < ask->over.count; k++)
        ideal[k] = space_utility(ask->compiled, ask->over.items[k], ask->ideals[k]);
    ask->points->ideal = ideal;
}

/* ---- the list -------------------------------------------------------------------- */

static bool is_rational(const inquiry *ask, const wide *sums)
{
    for (size_t k = 0; k < ask->over.count; k++)
        if (sums[k] < ask->floors[k])
            return false;
    return true;
}

static void list_points(const inquiry *ask, const truce_frontier *frontier, list *all)
{
    size_t issues = ask->compiled->issue_count, parties = ask->over.count;
    all->count = frontier->size;
    all->outcomes = arena_array(&all->memory, all->count * issues, truce_value);
    all->rows = arena_array(&all->memory, all->count, const wide *);
    all->rational = arena_array(&all->memory, all->count, bool);
    all->best = arena_array(&all->memory, all->count, bool);
    wide *sums = arena_array(&all->memory, all->count * parties, wide);
    for (size_t i = 0; i < all->count; i++, sums += parties) {
        truce_frontier_outcome(frontier, i, all->outcomes + i * issues);
        points_sums(ask, all->outcomes + i * issues, sums);
        all->rows[i] = sums;
        all->rational[i] = is_rational(ask, sums);
    }
}

static bool is_worth_listing(const inquiry *ask)
{
    double outcomes = 1;
    for (size_t i = 0; i < ask->compiled->issue_count; i++)
        outcomes *= ask->compiled->value_counts[i];
    if (ask->over.count <= FEW_PARTIES || outcomes <= SMALL_SPACE ||
        ask->choices->as != TRUCE_OWN)
        return true;
    for (size_t k = 0; k < ask->over.count; k++)
        if (ask->compiled->parties[ask->over.items[k]].bonus_count > 0)
            return true; /* bounds know little of bonuses */
    return false;
}

/* ---- choosing -------------------------------------------------------------------- */

static void choose(inquiry *ask, truce_solution_kind kind, list *all)
{
    fair_measure measure = measure_of(kind, ask->choices->as);
    truce_solution *solution = &ask->points->solutions[kind];
    size_t issues = ask->compiled->issue_count, count = 0;
    for (size_t i = 0; i < all->count; i++)
        all->best[i] = all->rational[i] || takes_all(kind, ask->choices->as);
    fair_keep_best(&ask->game, measure, all->rows, all->count, all->best);
    truce_value *chosen = must_allocate((ask->most + 1) * issues * sizeof *chosen);
    for (size_t i = 0; i < all->count && count <= ask->most; i++) {
        if (!all->best[i])
            continue;
        memcpy(chosen + count++ * issues, all->outcomes + i * issues,
               issues * sizeof *chosen);
        solution->value = fair_value(&ask->game, measure, all->rows[i]);
    }
    points_tell(ask, kind, chosen, count);
    solution->bound = solution->value;
    solution->ties_complete = true;
    free(chosen);
}

static bool has_rational(const list *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->rational[i])
            return true;
    return false;
}

static void choose_all(inquiry *ask, const truce_frontier *frontier)
{
    list all = {0};
    list_points(ask, frontier, &all);
    ask->none = !has_rational(&all);
    if (ask->choices->as == TRUCE_AS_NEGMAS)
        find_global_ideals(ask);
    else
        find_rational_ideals(ask, &all);
    if (!ask->none)
        tell_ideals(ask);
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++)
        if (!ask->points->solutions[kind].absent)
            choose(ask, (truce_solution_kind)kind, &all);
    arena_free(&all.memory);
}

bool points_by_scanning(inquiry *ask)
{
    truce_frontier *frontier = NULL;
    truce_frontier_choices choices = {
        .over = ask->over,
        .rational = ask->choices->as != TRUCE_AS_GENIUS,
        .uncounted = true,
        .memory = ask->choices->memory ? ask->choices->memory : MEMORY,
        .as = ask->choices->as};
    if (!is_worth_listing(ask))
        return false;
    truce_stop half = stop_share(ask->stop, 2);
    truce_status status = truce_frontier_find(ask->points->finding.scenario, &choices,
                                              &half, &frontier, NULL);
    bool listed = status == TRUCE_OK || status == TRUCE_NONE;
    if (listed)
        choose_all(ask, frontier);
    truce_frontier_free(frontier);
    return listed;
}
