#include "analysis.h"
#include "complain.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

static bool refuse_party(const analysis *work, const char *name)
{
    const truce_scenario *scenario = work->scenario;
    const char **ids = must_have(calloc(scenario->party_count, sizeof *ids));
    for (size_t p = 0; p < scenario->party_count; p++)
        ids[p] = scenario->parties[p].label.id;
    complain(work->call->command, "there is no party '%s' in %s%s", name,
             scenario->file, perhaps(name, "", ids, scenario->party_count));
    free(ids);
    return false;
}

/* Reads "A,B" into parties, which has room for all of text. */
static bool read_parties(const analysis *work, const char *text, size_t *parties,
                         size_t *count)
{
    char *names = must_have(strdup(text)), *rest = names;
    bool known = true;
    for (char *name = strtok_r(rest, ",", &rest); name && known;
         name = strtok_r(NULL, ",", &rest)) {
        parties[*count] = truce_scenario_party(work->scenario, name);
        known = parties[(*count)++] != TRUCE_NOBODY || refuse_party(work, name);
    }
    free(names);
    return known;
}

static void answer(analysis *work, truce_deals_choices *choices)
{
    truce_deals *deals = NULL;
    work->status =
        truce_deals_find(work->scenario, choices, &work->stop, &deals, &work->error);
    if (analysis_answered(work, deals) && work->call->json)
        truce_deals_json(stdout, deals, analysis_reality(work));
    else if (deals)
        truce_deals_print(stdout, deals, analysis_reality(work), &work->style);
    truce_deals_free(deals);
}

static int run(const struct call *call)
{
    analysis work;
    if (analysis_begin(&work, call)) {
        const char *over = call->over ? call->over : "";
        size_t *parties = must_have(calloc(strlen(over) + 1, sizeof *parties));
        size_t count = 0;
        if (!read_parties(&work, over, parties, &count))
            work.status = TRUCE_CALL;
        else
            answer(&work, &(truce_deals_choices){.over = {parties, count},
                                                 .most = call->most});
        free(parties);
    }
    return analysis_end(&work);
}

const command cmd_deals = {
    .name = "deals",
    .line = "which outcomes could everybody needed accept",
    .arguments = "FILE",
    .about =
        "Counts all outcomes, those the principals could accept, and those everybody "
        "needed could; finds the efficient ones among the latter, and the fair points "
        "(Nash, Kalai-Smorodinsky, egalitarian, utilitarian) among these. When there "
        "is none, says what stands in the way.",
    .example = "deals scenarios/istanbul-2025.truce.yaml --over US",
    .group = SOLVE,
    .least = 1,
    .most = 1,
    .reads = true,
    .run = run,
};
