/* Solution points: what they are chosen from, and by which convention. Two sources give
 * the outcomes, points_scan.c a list of all undominated ones and points_search.c a
 * search for each solution; both end in points_tell().
 */
#include "solve/points.h"

#include "base/error.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BY_DEFAULT = 100 };

const char *truce_solution_name(truce_solution_kind kind)
{
    static const char *const names[TRUCE_SOLUTION_KINDS] = {
        [TRUCE_SOLUTION_NASH] = "nash",
        [TRUCE_SOLUTION_KALAI_SMORODINSKY] = "kalai_smorodinsky",
        [TRUCE_SOLUTION_EGALITARIAN] = "egalitarian",
        [TRUCE_SOLUTION_UTILITARIAN] = "utilitarian",
        [TRUCE_SOLUTION_EQUAL_LOSS] = "equal_loss",
    };
    return names[kind];
}

/* ---- whom it is asked for -------------------------------------------------------- */

static bool is_judged(const truce_scenario *scenario, size_t party)
{
    return party < scenario->party_count && scenario->parties[party].preferences.given;
}

static truce_status check_parties(const truce_scenario *scenario,
                                  const truce_list *over, truce_error *error)
{
    bool some = false;
    for (size_t k = 0; k < over->count; k++)
        if (!is_judged(scenario, over->items[k]))
            return error_say(error, TRUCE_CALL,
                             "points are judged for parties with preferences only");
    for (size_t p = 0; p < scenario->party_count; p++)
        some |= is_judged(scenario, p);
    if (!some)
        return error_say(error, TRUCE_CALL, "no party has preferences");
    return TRUCE_OK;
}

static truce_list parties_judged(truce_points *points, const truce_list *over)
{
    const truce_scenario *scenario = points->finding.scenario;
    size_t *items =
        arena_array(result_memory(&points->finding), scenario->party_count, size_t);
    size_t count = 0;
    if (over->count > 0)
        return result_list(&points->finding, over->items, over->count);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (is_judged(scenario, p))
            items[count++] = p;
    return (truce_list){items, count};
}

/* ---- disagreement ---------------------------------------------------------------- */

static bool asks_for_minimum(const inquiry *ask)
{
    return ask->choices->disagreement == TRUCE_MINIMUM ||
           ask->choices->as == TRUCE_AS_NEGMAS;
}

static wide disagreement_of(inquiry *ask, size_t party)
{
    wide sum = ask->compiled->parties[party].disagreement, least;
    if (!asks_for_minimum(ask))
        return sum;
    truce_stop share = stop_share(ask->stop, 8);
    if (!ranking_extreme(ask->compiled, party, true, &share, &least))
        ask->unsure = true;
    return least > sum ? least : sum;
}

static void find_disagreement(inquiry *ask)
{
    arena *memory = result_memory(&ask->points->finding);
    size_t count = ask->over.count;
    wide *denominators = arena_array(memory, count, wide);
    wide *disagreement = arena_array(memory, count, wide);
    ask->floors = arena_array(memory, count, wide);
    ask->ideals = arena_array(memory, count, wide);
    for (size_t k = 0; k < count; k++) {
        const space_party *party = &ask->compiled->parties[ask->over.items[k]];
        denominators[k] = party->denominator;
        disagreement[k] = disagreement_of(ask, ask->over.items[k]);
        ask->floors[k] = disagreement[k];
        if (party->has_floor && party->floor > ask->floors[k])
            ask->floors[k] = party->floor;
    }
    ask->game = (fair_game){count, denominators, disagreement, ask->ideals};
}

/* ---- telling --------------------------------------------------------------------- */

void points_sums(const inquiry *ask, const truce_value *outcome, wide *sums)
{
    for (size_t k = 0; k < ask->over.count; k++)
        sums[k] = space_sum(ask->compiled, ask->over.items[k], outcome);
}

static truce_rating rating_of(inquiry *ask, const truce_value *outcome)
{
    double *utilities =
        arena_array(result_memory(&ask->points->finding), ask->over.count, double);
    for (size_t k = 0; k < ask->over.count; k++) {
        size_t party = ask->over.items[k];
        utilities[k] = space_utility(ask->compiled, party,
                                     space_sum(ask->compiled, party, outcome));
    }
    return (truce_rating){result_outcome(&ask->points->finding, outcome), utilities};
}

void points_tell(inquiry *ask, truce_solution_kind kind, const truce_value *outcomes,
                 size_t count)
{
    truce_solution *solution = &ask->points->solutions[kind];
    size_t listed = count < ask->most ? count : ask->most;
    truce_rating *items =
        arena_array(result_memory(&ask->points->finding), listed, truce_rating);
    for (size_t t = 0; t < listed; t++)
        items[t] = rating_of(ask, outcomes + t * ask->compiled->issue_count);
    solution->items = items;
    solution->count = listed;
    solution->cut = listed < count;
}

static void tell_parties(inquiry *ask)
{
    arena *memory = result_memory(&ask->points->finding);
    double *disagreement = arena_array(memory, ask->over.count, double);
    double *ideal = arena_array(memory, ask->over.count, double);
    for (size_t k = 0; k < ask->over.count; k++) {
        disagreement[k] =
            space_utility(ask->compiled, ask->over.items[k], ask->game.disagreement[k]);
        ideal[k] = NAN;
    }
    ask->points->parties = ask->over;
    ask->points->disagreement = disagreement;
    ask->points->ideal = ideal;
}

static void tell_nothing_yet(truce_points *points)
{
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++)
        points->solutions[kind] = (truce_solution){.value = NAN, .bound = NAN};
}

static bool is_all_proved(const truce_points *points)
{
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++)
        if (!points->solutions[kind].absent &&
            points->solutions[kind].how != TRUCE_PROVED)
            return false;
    return true;
}

static void tell_proof(inquiry *ask)
{
    truce_points *points = ask->points;
    if (ask->none)
        result_proved(&points->finding, "no outcome is rational");
    else if (ask->unsure)
        result_bounded(&points->finding,
                       "stopped before the least utility of every party was known");
    else if (is_all_proved(points))
        result_proved(&points->finding, "nothing better is left for any of the points");
    else
        result_bounded(&points->finding,
                       "stopped; some points are the best found, with a bound on what "
                       "could be better");
    space_qualify(ask->compiled, &points->finding);
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS && !ask->none; kind++)
        if (ask->unsure || ask->compiled->grid)
            points->solutions[kind].how = TRUCE_BOUNDED;
}

static void tell_grounds(truce_points *points)
{
    grounds used = grounds_begin(points->finding.scenario);
    grounds_acceptability(&used);
    points->finding.grounds = grounds_end(&used, result_memory(&points->finding));
}

/* ---- the question ---------------------------------------------------------------- */

static void answer(inquiry *ask)
{
    ask->points->solutions[TRUCE_SOLUTION_EQUAL_LOSS].absent =
        ask->choices->as == TRUCE_AS_NEGMAS;
    if (ask->choices->direct || !points_by_scanning(ask))
        points_by_search(ask);
}

truce_status truce_points_find(const truce_scenario *scenario,
                               const truce_points_choices *choices,
                               const truce_stop *stop, truce_points **result,
                               truce_error *error)
{
    static const truce_points_choices defaults = {0};
    const truce_points_choices *chosen = choices ? choices : &defaults;
    truce_status status = check_parties(scenario, &chosen->over, error);
    if (status != TRUCE_OK)
        return status;
    truce_points *points = result_new(sizeof *points, scenario, "points");
    space *compiled = space_new(scenario, NULL);
    inquiry ask = {.choices = chosen,
                   .compiled = compiled,
                   .stop = stop,
                   .points = points,
                   .over = parties_judged(points, &chosen->over),
                   .most = chosen->most ? chosen->most : MOST_BY_DEFAULT};
    tell_nothing_yet(points);
    find_disagreement(&ask);
    tell_parties(&ask);
    answer(&ask);
    tell_proof(&ask);
    tell_grounds(points);
    space_free(compiled);
    *result = points;
    return ask.none                               ? TRUCE_NONE
           : ask.unsure || !is_all_proved(points) ? TRUCE_LIMIT
                                                  : TRUCE_OK;
}

void truce_points_free(truce_points *result)
{
    result_free(result ? &result->finding : NULL);
}
