#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_wait *wait = NULL;
    if (analysis_begin(&work, call)) {
        truce_wait_choices choices = {.days = (int64_t)call->days,
                                      .step = (int64_t)call->step};
        work.status =
            truce_wait_find(work.scenario, &choices, &work.stop, &wait, &work.error);
        if (analysis_answered(&work, wait) && call->json)
            truce_wait_json(stdout, wait, analysis_reality(&work));
        else if (wait)
            truce_wait_print(stdout, wait, analysis_reality(&work), &work.style);
        truce_wait_free(wait);
    }
    return analysis_end(&work);
}

const command cmd_wait = {
    .name = "wait",
    .line = "what time does to the answers",
    .arguments = "FILE...",
    .about = "What each party has outside a settlement as time passes, how many "
             "outcomes remain acceptable at each date, which answers change, "
             "deadlines, and what each threat would do to whom in each of its "
             "readings.",
    .example = "wait scenarios/istanbul-2025.truce.yaml --days 90",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
