/* brief: every question once, in the order in which a mediator would ask them. */
#include "brief/exchange.h"

#include "base/stop.h"
#include "scenario/result.h"

#include <truce/brief.h>

#include <stdlib.h>

enum { PARTS = 12, WAYS_SHOWN = 6 };

/* What is common to all parts: each gets an equal share of the time that is left. */
typedef struct desk {
    truce_brief *brief;
    const truce_scenario *scenario;
    const truce_stop *stop;
    truce_stop share;
    truce_error *error;
    size_t parts_left;
    bool limited;
    truce_status failed; /* the first part that gave no result at all */
} desk;

static const truce_stop *next_share(desk *at)
{
    at->share = stop_share(at->stop, at->parts_left);
    at->share.progress = NULL;
    stop_tell(at->stop, "writing the brief",
              (double)(PARTS - at->parts_left) / (double)PARTS);
    at->parts_left--;
    return &at->share;
}

/* "None" is an answer; only a missing result is a failure. */
static void note(desk *at, truce_status status)
{
    at->limited |= status == TRUCE_LIMIT;
    if (status == TRUCE_CALL || status == TRUCE_INPUT || status == TRUCE_BUG)
        at->failed = status;
}

static void ask_who_and_what(desk *at)
{
    truce_brief *brief = at->brief;
    note(at, truce_reality_find(at->scenario, &brief->reality, at->error));
    note(at, truce_who_find(at->scenario, next_share(at), &brief->who, at->error));
    note(at, truce_evidence_find(at->scenario, NULL, next_share(at), &brief->evidence,
                                 at->error));
    note(at,
         truce_rounds_find(at->scenario, next_share(at), &brief->rounds, at->error));
    note(at, truce_text_find(at->scenario, next_share(at), &brief->text, at->error));
}

static void ask_now_and_why_not_more(desk *at)
{
    truce_brief *brief = at->brief;
    const truce_now_choices pairs = {.size = 2};
    note(at,
         truce_now_find(at->scenario, NULL, next_share(at), &brief->now, at->error));
    note(at, truce_now_find(at->scenario, &pairs, next_share(at), &brief->pairs,
                            at->error));
    note(at, truce_clashes_find(at->scenario, NULL, next_share(at), &brief->clashes,
                                at->error));
    note(at, truce_order_find(at->scenario, NULL, next_share(at), &brief->order,
                              at->error));
}

static void ask_deals_and_time(desk *at, const truce_brief_choices *choices)
{
    truce_brief *brief = at->brief;
    const truce_unlock_choices ways = {.most = WAYS_SHOWN};
    const truce_wait_choices dates = {.days = choices->days, .step = choices->step};
    const truce_flips_choices draws = {.draws = choices->draws, .seed = choices->seed};
    note(at, truce_deals_find(at->scenario, NULL, next_share(at), &brief->deals,
                              at->error));
    note(at, truce_unlock_find(at->scenario, &ways, next_share(at), &brief->unlock,
                               at->error));
    note(at, truce_wait_find(at->scenario, &dates, next_share(at), &brief->wait,
                             at->error));
    note(at, truce_flips_find(at->scenario, &draws, next_share(at), &brief->flips,
                              at->error));
}

/* ---- on what it all rests -------------------------------------------------------- */

static void mark(bool *marks, const truce_list *list)
{
    for (size_t k = 0; k < list->count; k++)
        marks[list->items[k]] = true;
}

static truce_list marked(truce_finding *finding, const bool *marks, size_t count)
{
    size_t *items = arena_array(result_memory(finding), count, size_t);
    size_t found = 0;
    for (size_t k = 0; k < count; k++)
        if (marks[k])
            items[found++] = k;
    return (truce_list){items, found};
}

/* The parts rest on much the same: facts and claims are united; of the numbers, the
 * part that uses most of them uses all that any part does. */
static void unite_grounds(truce_brief *brief)
{
    const truce_scenario *scenario = brief->finding.scenario;
    const truce_finding *parts[] = {
        &brief->who->finding,    &brief->evidence->finding, &brief->rounds->finding,
        &brief->text->finding,   &brief->now->finding,      &brief->pairs->finding,
        &brief->deals->finding,  &brief->clashes->finding,  &brief->order->finding,
        &brief->unlock->finding, &brief->wait->finding,     &brief->flips->finding,
    };
    bool *facts = must_allocate_zeroed(scenario->fact_count, sizeof *facts);
    bool *claims = must_allocate_zeroed(scenario->claim_count, sizeof *claims);
    size_t assumed = 0;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        mark(facts, &parts[k]->grounds.facts);
        mark(claims, &parts[k]->grounds.claims);
        if (parts[k]->grounds.assumed > assumed)
            assumed = parts[k]->grounds.assumed;
    }
    brief->finding.grounds = (truce_grounds){
        marked(&brief->finding, facts, scenario->fact_count),
        marked(&brief->finding, claims, scenario->claim_count), assumed};
    free(facts);
    free(claims);
}

static void tell_proof(truce_brief *brief, bool limited)
{
    if (limited)
        result_bounded(&brief->finding,
                       "some parts were cut short; each says what is proved");
    else
        result_proved(&brief->finding, "every part is exact; the draws are a sample");
}

truce_status truce_brief_find(const truce_scenario *scenario,
                              const truce_brief_choices *choices,
                              const truce_stop *stop, truce_brief **result,
                              truce_error *error)
{
    static const truce_brief_choices defaults = {.seed = 1};
    truce_brief *brief = result_new(sizeof *brief, scenario, "brief");
    desk at = {.brief = brief,
               .scenario = scenario,
               .stop = stop,
               .error = error,
               .parts_left = PARTS};
    ask_who_and_what(&at);
    ask_now_and_why_not_more(&at);
    ask_deals_and_time(&at, choices ? choices : &defaults);
    if (at.failed) {
        truce_brief_free(brief);
        return at.failed;
    }
    brief_exchange(brief, stop);
    unite_grounds(brief);
    tell_proof(brief, at.limited);
    *result = brief;
    return at.limited ? TRUCE_LIMIT : TRUCE_OK;
}

void truce_brief_free(truce_brief *result)
{
    if (result == NULL)
        return;
    truce_who_free(result->who);
    truce_evidence_free(result->evidence);
    truce_rounds_free(result->rounds);
    truce_text_free(result->text);
    truce_now_free(result->now);
    truce_now_free(result->pairs);
    truce_deals_free(result->deals);
    truce_clashes_free(result->clashes);
    truce_order_free(result->order);
    truce_unlock_free(result->unlock);
    truce_wait_free(result->wait);
    truce_flips_free(result->flips);
    truce_reality_free(result->reality);
    truce_plan_free(result->plan);
    truce_lists_free(result->lists);
    result_free(&result->finding);
}
