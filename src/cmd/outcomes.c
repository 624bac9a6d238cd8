#include "analysis.h"
#include "complain.h"
#include "verbs.h"

static void print(analysis *work, const truce_best *best)
{
    truce_style style = work->style;
    style.most = work->call->most;
    style.naming = (truce_naming)work->call->naming;
    if (work->call->csv)
        truce_best_csv(stdout, best, &style);
    else if (work->call->json)
        truce_best_json(stdout, best, analysis_reality(work), &style);
    else
        truce_best_print(stdout, best, analysis_reality(work), &style);
}

static void answer(analysis *work, size_t party)
{
    const struct call *call = work->call;
    truce_best_choices choices = {.party = party,
                                  .top = call->top,
                                  .rational = call->rational,
                                  .worst = call->worst};
    truce_best *best = NULL;
    work->status =
        truce_best_find(work->scenario, &choices, &work->stop, &best, &work->error);
    if (analysis_answered(work, best))
        print(work, best);
    truce_best_free(best);
}

/* The first party that has preferences, unless one is named. */
static size_t first_judge(const truce_scenario *scenario)
{
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            return p;
    return 0;
}

static bool choose_party(analysis *work, size_t *party)
{
    truce_list named;
    if (!analysis_parties(work, work->call->party, &named))
        return false;
    if (named.count > 1) {
        complain(work->call->command, "--party takes one party");
        work->status = TRUCE_CALL;
        return false;
    }
    *party = named.count ? named.items[0] : first_judge(work->scenario);
    return true;
}

static int run(const struct call *call)
{
    analysis work;
    size_t party;
    if (analysis_begin(&work, call) && choose_party(&work, &party))
        answer(&work, party);
    return analysis_end(&work);
}

const command cmd_outcomes = {
    .name = "outcomes",
    .line = "the outcomes that one party likes best, or least",
    .arguments = "FILE...",
    .about =
        "Lists the outcomes that break no rule and no red line, by what they are worth "
        "to one party, best first; ties in the order of the file. The first million of "
        "10^16 take less than a second, for nothing is enumerated. Without --party the "
        "first party that has preferences is asked.",
    .example = "outcomes scenarios/tiny.truce.yaml --party BEN --top 5",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
