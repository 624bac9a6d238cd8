/* Solution points without a frontier: a search for each (search.h). What one search
 * finds is where the next begins. The largest sum of utilities comes first: its outcome
 * is undominated, and when there is none, no outcome is rational.
 *
 * An outcome with the best least gain may be dominated by another with the same least
 * gain. When the search cannot list all of them, one more search, for the largest sum
 * among those as good, gives one that nothing dominates.
 */
#include "solve/points.h"

#include "scenario/result.h"
#include "solve/ranking.h"
#include "solve/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MORE_SEARCHES = 3 }; /* for undominated ones */

/* Between searches. */
typedef struct hunt {
    inquiry *ask;
    arena memory;
    truce_value *seeds; /* [seed_count][issues] */
    size_t seed_count;
    size_t searches_left;
    const wide *nothing; /* [over.count] zeros */
    wide *ideals_high;   /* [over.count] no rational outcome is worth more */
    bool ideals_known;
} hunt;

static search_answer search(hunt *on, bound_kind kind, const wide *floors,
                            const wide *from, const wide *scales)
{
    inquiry *ask = on->ask;
    size_t issues = ask->compiled->issue_count;
    search_question question = {.compiled = ask->compiled,
                                .over = ask->over,
                                .floors = floors,
                                .from = from,
                                .scales = scales,
                                .kind = kind,
                                .seeds = on->seeds,
                                .seed_count = on->seed_count,
                                .most = ask->most};
    size_t left = on->searches_left > 1 ? on->searches_left-- : 1;
    truce_stop share = stop_share(ask->stop, left);
    search_answer found = search_best(&question, &share, &on->memory);
    if (found.count > 0)
        memcpy(on->seeds + on->seed_count++ * issues, found.outcomes,
               issues * sizeof *found.outcomes);
    return found;
}

static search_answer search_sum(hunt *on, const wide *floors)
{
    return search(on, BOUND_SUM, floors, on->nothing, on->ask->game.denominators);
}

/* ---- telling --------------------------------------------------------------------- */

static double value_of(const hunt *on, const fair_game *game, fair_measure measure,
                       const truce_value *outcome)
{
    wide *sums = must_allocate(on->ask->over.count * sizeof *sums);
    points_sums(on->ask, outcome, sums);
    double value = fair_value(game, measure, sums);
    free(sums);
    return value;
}

static void tell(hunt *on, truce_solution_kind kind, fair_measure measure,
                 const search_answer *found)
{
    truce_solution *solution = &on->ask->points->solutions[kind];
    solution->direct = true;
    solution->nodes += found->nodes;
    solution->how = found->proved ? TRUCE_PROVED : TRUCE_BOUNDED;
    solution->ties_complete = found->complete;
    solution->bound = found->bound;
    points_tell(on->ask, kind, found->outcomes, found->count);
    solution->cut |= found->count > 0 && found->proved && !found->complete &&
                     found->count > on->ask->most;
    if (found->count == 0)
        return;
    solution->value = value_of(on, &on->ask->game, measure, found->outcomes);
    if (measure == FAIR_EQUAL_LOSS) /* the search knows losses as negative gains */
        solution->bound = 0 - found->bound;
}

/* All as good as each other: any undominated outcome will do. */
static void tell_any(hunt *on, truce_solution_kind kind, double value)
{
    truce_solution *solution = &on->ask->points->solutions[kind];
    points_tell(on->ask, kind, on->seeds, 1);
    solution->direct = true;
    solution->value = solution->bound = value;
    solution->ties_complete = false;
}

/* ---- the solutions --------------------------------------------------------------- */

/* False when nothing rational was found. */
static bool find_utilitarian(hunt *on)
{
    search_answer found = search_sum(on, on->ask->floors);
    on->ask->none = found.proved && found.count == 0;
    tell(on, TRUCE_SOLUTION_UTILITARIAN, FAIR_UTILITARIAN, &found);
    return found.count > 0;
}

static void find_nash(hunt *on)
{
    search_answer found =
        search(on, BOUND_PRODUCT, on->ask->floors, on->ask->game.disagreement,
               on->ask->game.denominators);
    tell(on, TRUCE_SOLUTION_NASH, FAIR_NASH, &found);
    if (found.proved && found.count == 0)
        tell_any(on, TRUCE_SOLUTION_NASH, -INFINITY); /* every product is 0 */
}

/* Largest rational sums; where a search was stopped, what is known. */
static void find_ideals(hunt *on)
{
    inquiry *ask = on->ask;
    size_t issues = ask->compiled->issue_count;
    wide *scales = arena_array(&on->memory, ask->over.count, wide);
    wide *sums = arena_array(&on->memory, ask->over.count, wide);
    double *ideal =
        arena_array(result_memory(&ask->points->finding), ask->over.count, double);
    on->ideals_high = arena_array(&on->memory, ask->over.count, wide);
    on->ideals_known = true;
    for (size_t k = 0; k < ask->over.count; k++) {
        double unit = (double)ask->game.denominators[k];
        memset(scales, 0, ask->over.count * sizeof *scales);
        scales[k] = ask->game.denominators[k];
        search_answer found = search(on, BOUND_SUM, ask->floors, on->nothing, scales);
        points_sums(ask, on->seeds + (on->seed_count - 1) * issues, sums);
        ask->ideals[k] = on->ideals_high[k] = sums[k];
        if (!found.proved)
            on->ideals_high[k] = (wide)(found.bound * unit * (1 + 0x1p-50)) + 1;
        on->ideals_known &= found.proved;
        ideal[k] = found.proved
                       ? space_utility(ask->compiled, ask->over.items[k], sums[k])
                       : NAN;
    }
    ask->points->ideal = ideal;
}

static search_answer undominated_of(hunt *on, const search_answer *found)
{
    search_answer one = search_sum(on, found->reach);
    one.complete = false;
    one.bound = found->bound;
    one.reach = found->reach;
    return one;
}

static void find_least(hunt *on, truce_solution_kind kind, fair_measure measure,
                       const wide *from, const wide *scales)
{
    search_answer found = search(on, BOUND_LEAST, on->ask->floors, from, scales);
    if (found.proved && !found.complete && found.count > 0)
        found = undominated_of(on, &found);
    tell(on, kind, measure, &found);
}

/* Ideals that are only known to lie between two sums leave a solution that depends on
 * them between its value at the high ones and its bound at the low ones. */
static void widen(hunt *on, truce_solution_kind kind, fair_measure measure)
{
    truce_solution *solution = &on->ask->points->solutions[kind];
    fair_game high = on->ask->game;
    if (on->ideals_known || solution->count == 0)
        return;
    high.ideals = on->ideals_high;
    solution->value = value_of(on, &high, measure, solution->items[0].outcome);
    solution->how = TRUCE_BOUNDED;
}

static void find_kalai_smorodinsky(hunt *on)
{
    inquiry *ask = on->ask;
    bool some = false;
    wide *scales = arena_array(&on->memory, ask->over.count, wide);
    for (size_t k = 0; k < ask->over.count; k++) {
        scales[k] = ask->ideals[k] - ask->game.disagreement[k];
        some |= scales[k] > 0;
    }
    if (some)
        find_least(on, TRUCE_SOLUTION_KALAI_SMORODINSKY, FAIR_KALAI_SMORODINSKY,
                   ask->game.disagreement, scales);
    else
        tell_any(on, TRUCE_SOLUTION_KALAI_SMORODINSKY, 0);
    widen(on, TRUCE_SOLUTION_KALAI_SMORODINSKY, FAIR_KALAI_SMORODINSKY);
}

static void find_equal_loss(hunt *on)
{
    find_least(on, TRUCE_SOLUTION_EQUAL_LOSS, FAIR_EQUAL_LOSS, on->ask->ideals,
               on->ask->game.denominators);
    widen(on, TRUCE_SOLUTION_EQUAL_LOSS, FAIR_EQUAL_LOSS);
}

static void find_egalitarian(hunt *on)
{
    find_least(on, TRUCE_SOLUTION_EGALITARIAN, FAIR_EGALITARIAN,
               on->ask->game.disagreement, on->ask->game.denominators);
}

/* ---- all of them ----------------------------------------------------------------- */

static void leave_unknown(inquiry *ask, truce_solution_kind kind)
{
    truce_solution *solution = &ask->points->solutions[kind];
    if (!solution->absent)
        *solution = (truce_solution){
            .direct = true, .how = TRUCE_BOUNDED, .value = NAN, .bound = NAN};
}

static bool nobody_can_lose(const inquiry *ask)
{
    for (size_t k = 0; k < ask->over.count; k++) {
        wide least;
        truce_stop share = stop_share(ask->stop, 8);
        if (!ranking_extreme(ask->compiled, ask->over.items[k], true, &share, &least) ||
            least < ask->floors[k])
            return false;
    }
    return true;
}

/* Products of two losses and spreads have no bound by multipliers: other systems'
 * definitions take a list. GENIUS's Nash is ours where nobody can lose. */
static void leave_what_needs_a_list(inquiry *ask)
{
    if (ask->choices->as == TRUCE_OWN)
        return;
    leave_unknown(ask, TRUCE_SOLUTION_KALAI_SMORODINSKY);
    if (ask->choices->as == TRUCE_AS_GENIUS && !nobody_can_lose(ask))
        leave_unknown(ask, TRUCE_SOLUTION_NASH);
}

static void find_all(hunt *on)
{
    find_nash(on);
    find_ideals(on);
    find_egalitarian(on);
    find_kalai_smorodinsky(on);
    if (!on->ask->points->solutions[TRUCE_SOLUTION_EQUAL_LOSS].absent)
        find_equal_loss(on);
}

void points_by_search(inquiry *ask)
{
    size_t searches = TRUCE_SOLUTION_KINDS + ask->over.count;
    hunt on = {.ask = ask, .searches_left = searches};
    on.nothing = arena_array(&on.memory, ask->over.count, wide);
    on.seeds =
        arena_array(&on.memory, (searches + MORE_SEARCHES) * ask->compiled->issue_count,
                    truce_value);
    if (find_utilitarian(&on))
        find_all(&on);
    else if (!ask->none)
        for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++)
            leave_unknown(ask, (truce_solution_kind)kind);
    leave_what_needs_a_list(ask);
    arena_free(&on.memory);
}
