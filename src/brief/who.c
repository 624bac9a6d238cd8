/* What those in the room can settle: each single change of an issue from S is asked
 * whose consent it takes and how far their delegations may go. An issue is unsettled
 * when no value of it could be signed by all of them. */
#include <truce/brief.h>

#include "base/error.h"
#include "base/stop.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

enum { VALUES_BETWEEN_LOOKS = 256 };

typedef struct asking {
    const truce_scenario *scenario;
    truce_who *result;
    truce_value *today, *outcome; /* [issue_count] */
    bool *needed;                 /* [party_count] for the value at hand */
    bool *ever;                   /* [party_count] needed for some value of the issue */
    mandate *best, *worst;        /* [party_count] over the values that need it */
    size_t looked_at;
    truce_unsettled *unsettled;
    size_t count, room;
    const truce_stop *stop;
    bool stopped;
    arena work;
} asking;

static void begin_issue(asking *of)
{
    for (size_t p = 0; p < of->scenario->party_count; p++) {
        of->ever[p] = false;
        of->best[p] = MANDATE_ABSENT;
        of->worst[p] = MANDATE_SIGN;
    }
}

/* True when all whose consent the change takes may sign it. */
static bool look_at_value(asking *of)
{
    bool all_may = true;
    scenario_needed(of->scenario, of->today, of->outcome, of->needed);
    for (size_t p = 0; p < of->scenario->party_count; p++) {
        if (!of->needed[p])
            continue;
        mandate may = scenario_mandate(of->scenario, p, of->today, of->outcome);
        of->ever[p] = true;
        of->best[p] = may < of->best[p] ? may : of->best[p];
        of->worst[p] = may > of->worst[p] ? may : of->worst[p];
        all_may = all_may && may == MANDATE_SIGN;
    }
    return all_may;
}

/* True when some change of the issue can be signed, or none is possible at all. */
static bool can_be_settled(asking *of, size_t issue)
{
    bool some = of->scenario->issues[issue].value_count == 1;
    begin_issue(of);
    for (truce_value v = 0; v < of->scenario->issues[issue].value_count; v++) {
        if (v == of->today[issue])
            continue;
        if (++of->looked_at % VALUES_BETWEEN_LOOKS == 0 && stop_now(of->stop))
            of->stopped = true;
        if (of->stopped)
            break;
        of->outcome[issue] = v;
        some |= look_at_value(of);
    }
    of->outcome[issue] = of->today[issue];
    return some;
}

static truce_list parties_with(asking *of, const mandate *mandates, mandate which)
{
    size_t *items = arena_array(result_memory(&of->result->finding),
                                of->scenario->party_count, size_t);
    size_t count = 0;
    for (size_t p = 0; p < of->scenario->party_count; p++)
        if (of->ever[p] && mandates[p] == which)
            items[count++] = p;
    return (truce_list){items, count};
}

static truce_list needed_parties(asking *of)
{
    size_t *items = arena_array(result_memory(&of->result->finding),
                                of->scenario->party_count, size_t);
    size_t count = 0;
    for (size_t p = 0; p < of->scenario->party_count; p++)
        if (of->ever[p])
            items[count++] = p;
    return (truce_list){items, count};
}

/* Each may sign something, but not the same thing: then their narrowest mandates tell.
 */
static bool may_each_sign_something(const asking *of)
{
    for (size_t p = 0; p < of->scenario->party_count; p++)
        if (of->ever[p] && of->best[p] != MANDATE_SIGN)
            return false;
    return true;
}

static void keep_unsettled(asking *of, size_t issue)
{
    const mandate *mandates = may_each_sign_something(of) ? of->worst : of->best;
    *grow(of->unsettled, of->count, of->room) = (truce_unsettled){
        .issue = issue,
        .needed = needed_parties(of),
        .absent = parties_with(of, mandates, MANDATE_ABSENT),
        .refer = parties_with(of, mandates, MANDATE_REFER),
        .beyond = parties_with(of, mandates, MANDATE_NONE),
    };
}

static void find_unsettled(asking *of)
{
    for (size_t i = 0; i < of->scenario->issue_count && !of->stopped; i++)
        if (!can_be_settled(of, i) && !of->stopped)
            keep_unsettled(of, i);
    of->result->unsettled =
        arena_copy(result_memory(&of->result->finding), of->unsettled,
                   of->count * sizeof *of->unsettled);
    of->result->unsettled_count = of->count;
}

static void find_gates(asking *of)
{
    const truce_scenario *scenario = of->scenario;
    size_t *gates = arena_array(&of->work, scenario->order_count, size_t);
    size_t count = 0;
    for (size_t c = 0; c < scenario->order_count; c++)
        if (is_gate(scenario, &scenario->order[c], of->today))
            gates[count++] = c;
    of->result->gates = result_list(&of->result->finding, gates, count);
}

static void find_grounds(asking *of)
{
    const truce_scenario *scenario = of->scenario;
    grounds all = grounds_begin(scenario);
    for (size_t p = 0; p < scenario->party_count; p++)
        grounds_label(&all, &scenario->parties[p].label);
    for (size_t d = 0; d < scenario->delegation_count; d++)
        grounds_label(&all, &scenario->delegations[d].label);
    for (size_t g = 0; g < of->result->gates.count; g++)
        grounds_constraint(&all, of->result->gates.items[g]);
    for (size_t a = 0; a < scenario->agreement_count; a++)
        if (scenario->agreements[a].state == TRUCE_IN_FORCE)
            grounds_label(&all, &scenario->agreements[a].label);
    of->result->finding.grounds =
        grounds_end(&all, result_memory(&of->result->finding));
}

static truce_status say_proof(asking *of, truce_error *error)
{
    truce_finding *finding = &of->result->finding;
    if (!of->stopped) {
        result_proved(finding, "every single change of every issue was looked at");
        return TRUCE_OK;
    }
    result_bounded(finding, "time ran out after %zu changes", of->looked_at);
    return error_say(error, TRUCE_LIMIT, "time ran out after %zu changes",
                     of->looked_at);
}

truce_status truce_who_find(const truce_scenario *scenario, const truce_stop *stop,
                            truce_who **result, truce_error *error)
{
    asking of = {
        .scenario = scenario,
        .result = result_new(sizeof(truce_who), scenario, "who"),
        .stop = stop,
    };
    of.today = arena_array(&of.work, scenario->issue_count, truce_value);
    of.outcome = arena_array(&of.work, scenario->issue_count, truce_value);
    of.needed = arena_array(&of.work, scenario->party_count, bool);
    of.ever = arena_array(&of.work, scenario->party_count, bool);
    of.best = arena_array(&of.work, scenario->party_count, mandate);
    of.worst = arena_array(&of.work, scenario->party_count, mandate);
    truce_scenario_today(scenario, of.today);
    truce_scenario_today(scenario, of.outcome);
    find_unsettled(&of);
    find_gates(&of);
    find_grounds(&of);
    truce_status status = say_proof(&of, error);
    free(of.unsettled);
    arena_free(&of.work);
    *result = of.result;
    return status;
}

void truce_who_free(truce_who *result)
{
    result_free(result ? &result->finding : NULL);
}
