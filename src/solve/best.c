/* The best outcomes of a party, asked of ranking.h one after another. */
#include "base/error.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/ranking.h"

#include <truce/frontier.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOP_BY_DEFAULT = 10, STEPS_BETWEEN_LOOKS = 4096 };

/* What was listed, while it grows. */
typedef struct listing {
    truce_value *outcomes; /* [count][issues] */
    size_t count, room;
} listing;

static void keep(listing *all, const truce_value *outcome, size_t issues)
{
    if (all->count == all->room)
        all->outcomes = grow_room(all->outcomes, &all->room, issues * sizeof *outcome);
    memcpy(all->outcomes + all->count++ * issues, outcome, issues * sizeof *outcome);
}

static ranking_step list(ranking *order, size_t top, size_t issues,
                         const truce_stop *stop, listing *all)
{
    truce_value *outcome = must_allocate(issues * sizeof *outcome);
    ranking_step step = RANKING_GIVEN;
    while (all->count < top && step == RANKING_GIVEN) {
        step = all->count % STEPS_BETWEEN_LOOKS == STEPS_BETWEEN_LOOKS - 1 &&
                       stop_now(stop)
                   ? RANKING_STOPPED
                   : ranking_next(order, stop, outcome);
        if (step == RANKING_GIVEN)
            keep(all, outcome, issues);
    }
    if (step == RANKING_GIVEN && ranking_next(order, stop, outcome) == RANKING_END)
        step = RANKING_END;
    free(outcome);
    return step;
}

static void rate(truce_best *best, const space *compiled)
{
    size_t issues = compiled->issue_count, parties = compiled->party_count;
    double *utilities =
        arena_array(result_memory(&best->finding), best->count * parties, double);
    for (size_t n = 0; n < best->count; n++)
        for (size_t p = 0; p < parties; p++) {
            bool rated = compiled->scenario->parties[p].preferences.given;
            utilities[n * parties + p] =
                rated
                    ? space_utility(compiled, p,
                                    space_sum(compiled, p, best->outcomes + n * issues))
                    : NAN;
        }
    best->utilities = utilities;
}

static void tell_proof(truce_best *best, ranking_step step)
{
    best->all = step == RANKING_END;
    if (step == RANKING_STOPPED)
        result_bounded(&best->finding, "stopped; those listed come first, in order");
    else
        result_proved(&best->finding, "listed in order; nothing was passed over");
}

static void tell_grounds(truce_best *best)
{
    grounds used = grounds_begin(best->finding.scenario);
    grounds_acceptability(&used);
    best->finding.grounds = grounds_end(&used, result_memory(&best->finding));
}

truce_status truce_best_find(const truce_scenario *scenario,
                             const truce_best_choices *choices, const truce_stop *stop,
                             truce_best **result, truce_error *error)
{
    static const truce_best_choices defaults = {0};
    const truce_best_choices *chosen = choices ? choices : &defaults;
    if (chosen->party >= scenario->party_count ||
        !scenario->parties[chosen->party].preferences.given)
        return error_say(error, TRUCE_CALL, "the party has no preferences");
    truce_best *best = result_new(sizeof *best, scenario, "outcomes");
    space *compiled = space_new(scenario, NULL);
    ranking_choices wanted = {
        .party = chosen->party, .worst = chosen->worst, .rational = chosen->rational};
    ranking *order = ranking_new(compiled, &wanted);
    listing all = {0};
    ranking_step step = list(order, chosen->top ? chosen->top : TOP_BY_DEFAULT,
                             compiled->issue_count, stop, &all);
    best->party = chosen->party;
    best->count = all.count;
    best->outcomes = arena_copy(
        result_memory(&best->finding), all.outcomes ? all.outcomes : (truce_value[]){0},
        all.count * compiled->issue_count * sizeof(truce_value));
    rate(best, compiled);
    tell_proof(best, step);
    space_qualify(compiled, &best->finding);
    tell_grounds(best);
    free(all.outcomes);
    ranking_free(order);
    space_free(compiled);
    *result = best;
    return best->count == 0 && best->all ? TRUCE_NONE
           : step == RANKING_STOPPED     ? TRUCE_LIMIT
                                         : TRUCE_OK;
}

void truce_best_free(truce_best *result)
{
    result_free(result ? &result->finding : NULL);
}
