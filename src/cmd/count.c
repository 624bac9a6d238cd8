#include "analysis.h"
#include "complain.h"
#include "verbs.h"

static void print(analysis *work, const truce_tally *tally)
{
    if (work->call->csv)
        truce_tally_csv(stdout, tally);
    else if (work->call->json)
        truce_tally_json(stdout, tally, analysis_reality(work));
    else
        truce_tally_print(stdout, tally, analysis_reality(work), &work->style);
}

static int run(const struct call *call)
{
    analysis work;
    if (analysis_begin(&work, call)) {
        truce_tally *tally = NULL;
        work.status = truce_tally_find(work.scenario, &work.stop, &tally, &work.error);
        if (analysis_answered(&work, tally))
            print(&work, tally);
        truce_tally_free(tally);
    }
    return analysis_end(&work);
}

const command cmd_count = {
    .name = "count",
    .line = "how many outcomes are there, and how many of them pass which test",
    .arguments = "FILE...",
    .about =
        "Counts all outcomes, those that break no rule of logic, those that break no "
        "rule and no red line of anybody, those of them that every party finds worth "
        "its outside option, and those that everybody needed could accept.",
    .example = "count scenarios/istanbul-2025.truce.yaml",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
