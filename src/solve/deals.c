/* deals: counts through the door of count.h, the efficient outcomes through an archive
 * that prunes the walk, and the fair points among them by fair.h.
 *
 * Invariant: every fair point is chosen among efficient outcomes by which no party
 * considered loses against its disagreement point, so that two losses never multiply to
 * a gain.
 */
#include "base/error.h"
#include "base/stop.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/archive.h"
#include "solve/count.h"
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
    const wide **rows; /* [count] sums of the efficient points */
    bool *rational;    /* [count] nobody loses against disagreement */
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

static contest contest_of(const space *compiled, const archive *efficient,
                          arena *memory)
{
    size_t parties = efficient->over.count;
    wide *denominators = arena_array(memory, parties, wide);
    wide *disagreement = arena_array(memory, parties, wide);
    for (size_t k = 0; k < parties; k++) {
        const space_party *party = &compiled->parties[efficient->over.items[k]];
        denominators[k] = party->denominator;
        disagreement[k] = party->disagreement;
    }
    contest all = {.game = {parties, denominators, disagreement, NULL},
                   .rows = arena_array(memory, efficient->count, const wide *),
                   .rational = arena_array(memory, efficient->count, bool),
                   .count = efficient->count};
    for (size_t i = 0; i < all.count; i++) {
        all.rows[i] = efficient->points[i].sums;
        all.rational[i] = fair_is_rational(&all.game, all.rows[i]);
    }
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

static truce_point told_point(truce_finding *finding, const archive *efficient,
                              const bool *best)
{
    size_t most = efficient->most, count = 0;
    uint64_t total = 0;
    truce_rating *outcomes = arena_array(result_memory(finding), most, truce_rating);
    for (size_t i = 0; i < efficient->count; i++) {
        const archive_point *point = &efficient->points[i];
        if (!best[i])
            continue;
        total += point->count;
        for (size_t j = 0; j < point->kept && count < most; j++)
            outcomes[count++] =
                rating_of(finding, efficient->compiled,
                          point->outcomes + j * efficient->compiled->issue_count);
    }
    return (truce_point){outcomes, count, result_count(finding, total)};
}

static void find_points(truce_deals *deals, const archive *efficient)
{
    arena memory = {0};
    contest all = contest_of(efficient->compiled, efficient, &memory);
    bool *best = arena_array(&memory, all.count, bool);
    for (size_t kind = 0; kind < TRUCE_POINT_KINDS; kind++) {
        memcpy(best, all.rational, all.count * sizeof *best);
        fair_keep_best(&all.game, measures[kind], all.rows, all.count, best);
        deals->points[kind] = told_point(&deals->finding, efficient, best);
    }
    arena_free(&memory);
}

/* ---- counting and collecting ----------------------------------------------------- */

static bool collect(void *user, const truce_value *outcome)
{
    archive_add(user, outcome);
    return true;
}

static bool could_be_efficient(void *user, const wide *most)
{
    return archive_wants(user, most);
}

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

static uint64_t efficient_outcomes(const archive *efficient)
{
    uint64_t count = 0;
    for (size_t i = 0; i < efficient->count; i++)
        count += efficient->points[i].count;
    return count;
}

/* The efficient outcomes and the points among them; when stopped, no more than that
 * there is at least one if one was met. */
static void find_efficient(truce_deals *deals, const space *compiled,
                           const acceptance *what, size_t most, const truce_stop *stop,
                           bool *complete)
{
    count_result met;
    archive *efficient = archive_new(compiled, deals->over, most);
    count_choices choices = {
        .meet = collect, .is_worth = could_be_efficient, .user = efficient};
    mpz_inits(met.least, met.most, NULL);
    count_accepted(compiled, what, &choices, stop, &met);
    if (met.complete) {
        deals->efficient = result_count(&deals->finding, efficient_outcomes(efficient));
        find_points(deals, efficient);
    } else {
        deals->efficient =
            (truce_count){.low = efficient->count ? "1" : "0",
                          .high = deals->acceptable.exact ? deals->acceptable.exact
                                                          : deals->acceptable.high};
        *complete = false;
    }
    mpz_clears(met.least, met.most, NULL);
    archive_free(efficient);
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

static void tell_outcomes(truce_deals *deals, const space *compiled)
{
    mpz_t count;
    mpz_init(count);
    space_count(compiled, count);
    deals->outcomes.exact = big_text(result_memory(&deals->finding), count);
    mpz_clear(count);
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
    tell_outcomes(deals, compiled);
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
