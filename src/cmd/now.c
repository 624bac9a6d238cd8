#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_now *now = NULL;
    if (analysis_begin(&work, call)) {
        truce_now_choices choices = {.size = call->size, .most = call->most};
        work.status =
            truce_now_find(work.scenario, &choices, &work.stop, &now, &work.error);
        if (analysis_answered(&work, now) && call->json)
            truce_now_json(stdout, now, analysis_reality(&work));
        else if (now)
            truce_now_print(stdout, now, analysis_reality(&work), &work.style);
        truce_now_free(now);
    }
    return analysis_end(&work);
}

const command cmd_now = {
    .name = "now",
    .line = "what can be signed today",
    .arguments = "FILE...",
    .about = "Every change of one issue (of K with --size K) from the status quo by "
             "which every party that is needed is no worse off and some principal is "
             "better off, while no red line or rule is newly broken and no order "
             "constraint holds it back; and whether those in the room may sign it.",
    .example = "now scenarios/istanbul-2025.truce.yaml --size 2",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
