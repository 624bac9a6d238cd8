#include "analysis.h"
#include "verbs.h"

static void answer(analysis *work, const truce_scenario *before)
{
    truce_diff *diff = NULL;
    work->status =
        truce_diff_find(before, work->scenario, &work->stop, &diff, &work->error);
    if (analysis_answered(work, diff) && work->call->json)
        truce_diff_json(stdout, diff, analysis_reality(work));
    else if (diff)
        truce_diff_print(stdout, diff, analysis_reality(work), &work->style);
    truce_diff_free(diff);
}

/* The analysis is that of the second file, which alone --set applies to: so a what-if
 * can be compared with the file as it stands. */
static int run(const struct call *call)
{
    analysis work;
    truce_scenario *before = NULL;
    if (analysis_begin_with(&work, call, &call->arguments[1], 1)) {
        work.status = analysis_read(call, call->arguments, 1, false, &before);
        if (work.status == TRUCE_OK)
            answer(&work, before);
    }
    truce_scenario_free(before);
    return analysis_end(&work);
}

const command cmd_diff = {
    .name = "diff",
    .line = "what changed between two scenarios, and which answers with it",
    .arguments = "BEFORE AFTER",
    .about = "With --set the second file alone is changed: 'truce diff FILE FILE --set "
             "...' says "
             "what a what-if would do.",
    .example = "diff before.truce.yaml after.truce.yaml",
    .group = FILES,
    .least = 2,
    .most = 2,
    .reads = true,
    .run = run,
};
