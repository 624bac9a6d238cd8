/* deals: counts through the door of count.h, the efficient outcomes by efficient.h, and
 * the fair points among them by fair.h.
 *
 * Invariant: every fair point is chosen among efficient outcomes by which no party
 * considered loses against its disagreement point, so that two losses never multiply to
 * a gain.
 */
#include "base/error.h"
#include "base/stop.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/count.h"
#include "solve/efficient.h"
#include "solve/fair.h"
#include "solve/feasible.h"

#include <truce/solve.h>

#include <stdlib.h>
#include <string.h>

enum { MOST_BY_DEFAULT = 100 };

/* ---- whom efficiency is judged for ----------------------------------------------- */

static bool is_considered(const truce_party *party, bool some_consent_to_all)
{
    return some_consent_to_all ? party->consents_to_all
                               : party->role == TRUCE_PRINCIPAL;
}

static truce_list parties_considered(truce_deals *deals, const truce_list *more)
{
    const truce_scenario *scenario = deals->finding.scenario;
    bool some = false;
    for (size_t p = 0; p < scenario->party_count; p++)
        some |= scenario->parties[p].consents_to_all;
    size_t *items =
        arena_array(result_memory(&deals->finding), scenario->party_count, size_t);
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (is_considered(&scenario->parties[p], some) || list_holds(more, p))
            items[count++] = p;
    for (size_t p = 0; count == 0 && p < scenario->party_count; p++)
        items[p] = p; /* nobody stands out: everybody counts */
    return (truce_list){items, count ? count : scenario->party_count};
}

/* ---- fair points ----------------------------------------------------------------- */

/* The efficient points as fairness compares them. */
typedef struct contest {
    fair_game game;
    const wide *const *rows; /* [count] sums of the efficient points */
    bool *rational;          /* [count] nobody loses against disagreement */
    size_t count;
} contest;

/* The largest sum of each party among rational points. */
static wide *ideals_of(const contest *at, arena *memory)
{
    wide *ideals = arena_array(memory, at->game.parties, wide);
    bool begun = false;
    for (size_t i = 0; i < at->count; i++) {
        if (!at->rational[i])
            continue;
        for (size_t k = 0; k < at->game.parties; k++)
            if (!begun || at->rows[i][k] > ideals[k])
                ideals[k] = at->rows[i][k];
        begun = true;
    }
    return ideals;
}

static contest contest_of(const efficient *found, arena *memory)
{
    size_t parties = found->over.count;
    wide *denominators = arena_array(memory, parties, wide);
    wide *disagreement = arena_array(memory, parties, wide);
    for (size_t k = 0; k < parties; k++) {
        const space_party *party = &found->compiled->parties[found->over.items[k]];
        denominators[k] = party->denominator;
        disagreement[k] = party->disagreement;
    }
    contest all = {.game = {parties, denominators, disagreement, NULL},
                   .rows = found->rows,
                   .rational = arena_array(memory, found->count, bool),
                   .count = found->count};
    for (size_t i = 0; i < all.count; i++)
        all.rational[i] = fair_is_rational(&all.game, all.rows[i]);
    all.game.ideals = ideals_of(&all, memory);
    return all;
}

static const fair_measure measures[TRUCE_POINT_KINDS] = {
    [TRUCE_NASH] = FAIR_NASH,
    [TRUCE_KALAI_SMORODINSKY] = FAIR_KALAI_SMORODINSKY,
    [TRUCE_EGALITARIAN] = FAIR_EGALITARIAN,
    [TRUCE_UTILITARIAN] = FAIR_UTILITARIAN,
};

static truce_rating rating_of(truce_finding *finding, const space *compiled,
                              const truce_value *outcome)
{
    double *utilities =
        arena_array(result_memory(finding), compiled->party_count, double);
    for (size_t p = 0; p < compiled->party_count; p++)
        utilities[p] = space_utility(compiled, p, space_sum(compiled, p, outcome));
    return (truce_rating){result_outcome(finding, outcome), utilities};
}

/* The number of outcomes at all points for which it is asked; known to be no fewer than
 * the points where counts are out of reach. */
static truce_count told_count(truce_finding *finding, const efficient *found,
                              const bool *asked)
{
    bool known = true;
    mpz_t total, points;
    mpz_inits(total, points, NULL);
    for (size_t i = 0; i < found->count; i++) {
        if (asked && !asked[i])
            continue;
        mpz_add_ui(points, points, 1);
        known = known && efficient_add_count(found, i, total);
    }
    char *text = big_text(result_memory(finding), known ? total : points);
    mpz_clears(total, points, NULL);
    return known ? (truce_count){.exact = text} : (truce_count){.low = text};
}

static truce_point told_point(truce_finding *finding, const efficient *found,
                              const bool *best, size_t most)
{
    arena *memory = result_memory(finding);
    truce_value *outcome =
        arena_array(memory, found->compiled->issue_count, truce_value);
    size_t room = 0, count = 0;
    for (size_t i = 0; i < found->count && room < most; i++)
        room += best[i] ? efficient_shown(found, i) : 0;
    truce_rating *outcomes =
        arena_array(memory, room < most ? room : most, truce_rating);
    for (size_t i = 0; i < found->count; i++)
        for (size_t k = 0; best[i] && k < efficient_shown(found, i) && count < most;
             k++) {
            efficient_outcome(found, i, k, outcome);
            outcomes[count++] = rating_of(finding, found->compiled, outcome);
        }
    return (truce_point){outcomes, count, told_count(finding, found, best)};
}

static void find_points(truce_deals *deals, const efficient *found, size_t most)
{
    arena memory = {0};
    contest all = contest_of(found, &memory);
    bool *best = arena_array(&memory, all.count, bool);
    for (size_t kind = 0; kind < TRUCE_POINT_KINDS; kind++) {
        memcpy(best, all.rational, all.count * sizeof *best);
        fair_keep_best(&all.game, measures[kind], all.rows, all.count, best);
        deals->points[kind] = told_point(&deals->finding, found, best, most);
    }
    arena_free(&memory);
}

/* ---- counting and collecting ----------------------------------------------------- */

static truce_count counted(truce_deals *deals, const space *compiled,
                           const acceptance *what, const truce_stop *stop,
                           bool *complete)
{
    count_result result;
    mpz_inits(result.least, result.most, NULL);
    count_accepted(compiled, what, NULL, stop, &result);
    truce_count told = count_told(&deals->finding, &result);
    *complete &= result.complete;
    mpz_clears(result.least, result.most, NULL);
    return told;
}

static const char *high_of(const truce_count *count)
{
    return count->exact ? count->exact : count->high;
}

/* What one question found out bounds what another could not. */
static void tell_efficient(truce_deals *deals, const efficient *found)
{
    static const char *const nothing = "0", *const something = "1";
    bool none = found->complete && found->count == 0;
    if (none)
        deals->acceptable = (truce_count){.exact = nothing};
    else if (found->count > 0 && deals->acceptable.exact == NULL &&
             strcmp(deals->acceptable.low, nothing) == 0)
        deals->acceptable.low = something;
    deals->efficient = told_count(&deals->finding, found, NULL);
    if (!found->complete)
        deals->efficient = (truce_count){.low = found->count ? something : nothing};
    if (deals->efficient.exact == NULL)
        deals->efficient.high = high_of(&deals->acceptable);
}

/* The efficient outcomes and the points among them; when stopped, no more than that
 * there is at least one if one was met. */
static void find_efficient(truce_deals *deals, const space *compiled,
                           const acceptance *what, size_t most, const truce_stop *stop,
                           bool *complete)
{
    efficient *found = efficient_find(compiled, what, deals->over, most, stop);
    tell_efficient(deals, found);
    if (found->complete)
        find_points(deals, found, most);
    *complete &= found->complete;
    efficient_free(found);
}

static void count_and_collect(truce_deals *deals, const space *compiled, size_t most,
                              const truce_stop *stop, bool *complete)
{
    arena memory = {0};
    acceptance needed = acceptance_of_needed(compiled, 0, &memory);
    acceptance principals = acceptance_of_principals(compiled, &memory);
    truce_stop third = stop_share(stop, 3);
    deals->acceptable = counted(deals, compiled, &needed, &third, complete);
    truce_stop half = stop_share(stop, 2);
    deals->acceptable_to_principals =
        counted(deals, compiled, &principals, &half, complete);
    find_efficient(deals, compiled, &needed, most, stop, complete);
    arena_free(&memory);
}

static void tell_floors(truce_deals *deals, const space *compiled)
{
    double *floors =
        arena_array(result_memory(&deals->finding), compiled->party_count, double);
    for (size_t p = 0; p < compiled->party_count; p++)
        floors[p] = space_floor(compiled, p);
    deals->floors = floors;
}

static void tell_grounds(truce_deals *deals)
{
    grounds used = grounds_begin(deals->finding.scenario);
    grounds_acceptability(&used);
    deals->finding.grounds = grounds_end(&used, result_memory(&deals->finding));
}

static void tell_proof(truce_deals *deals, const space *compiled, bool complete)
{
    if (complete)
        result_proved(&deals->finding, "every outcome is accounted for");
    else
        result_bounded(&deals->finding,
                       "stopped before every outcome was accounted for; counts lie "
                       "between the bounds given");
    space_qualify(compiled, &deals->finding);
}

static bool is_none(const truce_count *count)
{
    return count->exact && strcmp(count->exact, "0") == 0;
}

static bool are_parties(const truce_scenario *scenario, const truce_list *parties)
{
    for (size_t k = 0; k < parties->count; k++)
        if (parties->items[k] >= scenario->party_count)
            return false;
    return true;
}

truce_status truce_deals_find(const truce_scenario *scenario,
                              const truce_deals_choices *choices,
                              const truce_stop *stop, truce_deals **result,
                              truce_error *error)
{
    static const truce_deals_choices defaults = {0};
    const truce_deals_choices *chosen = choices ? choices : &defaults;
    if (!are_parties(scenario, &chosen->over))
        return error_say(error, TRUCE_CALL,
                         "the parties to judge for are not of this scenario");
    truce_deals *deals = result_new(sizeof *deals, scenario, "deals");
    space *compiled =
        space_new(scenario, &(space_choices){.day = chosen->day,
                                             .floor_shift = chosen->floor_shift});
    bool complete = true;
    deals->outcomes = space_count_told(compiled, result_memory(&deals->finding));
    tell_floors(deals, compiled);
    deals->over = parties_considered(deals, &chosen->over);
    count_and_collect(deals, compiled, chosen->most ? chosen->most : MOST_BY_DEFAULT,
                      stop, &complete);
    bool none = is_none(&deals->acceptable);
    if (none)
        deals->blocked_by = obstacles_find(compiled, 0, stop, &deals->finding);
    tell_grounds(deals);
    tell_proof(deals, compiled, complete);
    space_free(compiled);
    *result = deals;
    return none ? TRUCE_NONE : complete ? TRUCE_OK : TRUCE_LIMIT;
}

void truce_deals_free(truce_deals *result)
{
    result_free(result ? &result->finding : NULL);
}
