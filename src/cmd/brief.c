#include "analysis.h"
#include "complain.h"
#include "dossier.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_brief *brief = NULL;
    if (call->html && call->json)
        return complain(call->command, "--html and --json exclude each other");
    if (call->html)
        return dossier_scenario(call, call->html);
    if (analysis_begin(&work, call)) {
        truce_brief_choices choices = {.draws = call->draws,
                                       .seed = call->seed,
                                       .days = (int64_t)call->days,
                                       .step = (int64_t)call->step};
        work.status =
            truce_brief_find(work.scenario, &choices, &work.stop, &brief, &work.error);
        if (analysis_answered(&work, brief) && call->json)
            truce_brief_json(stdout, brief);
        else if (brief)
            truce_brief_print(stdout, brief, &work.style);
        truce_brief_free(brief);
    }
    return analysis_end(&work);
}

const command cmd_brief = {
    .name = "brief",
    .line = "all of it on two pages: begin here",
    .arguments = "FILE...",
    .about = "Who is there, what was said, what can be signed now, why not more, what "
             "would unlock more, what time does, and what all this rests on. Each part "
             "has a command of its own that says more.",
    .example = "brief scenarios/istanbul-2025.truce.yaml",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
