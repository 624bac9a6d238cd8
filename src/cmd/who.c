#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_who *who = NULL;
    if (analysis_begin(&work, call)) {
        work.status = truce_who_find(work.scenario, &work.stop, &who, &work.error);
        if (analysis_answered(&work, who) && call->json)
            truce_who_json(stdout, who, analysis_reality(&work));
        else if (who)
            truce_who_print(stdout, who, analysis_reality(&work), &work.style);
        truce_who_free(who);
    }
    return analysis_end(&work);
}

const command cmd_who = {
    .name = "who",
    .line = "who is there, and what can they settle",
    .arguments = "FILE...",
    .about = "Parties, their roles and whose consent counts; the delegations in the "
             "room with level and mandate; what they cannot settle among themselves, "
             "and whose consent is missing.",
    .example = "who scenarios/istanbul-2025.truce.yaml",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
