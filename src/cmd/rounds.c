#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_rounds *rounds = NULL;
    if (analysis_begin(&work, call)) {
        work.status =
            truce_rounds_find(work.scenario, &work.stop, &rounds, &work.error);
        if (analysis_answered(&work, rounds) && call->json)
            truce_rounds_json(stdout, rounds, analysis_reality(&work));
        else if (rounds)
            truce_rounds_print(stdout, rounds, analysis_reality(&work), &work.style);
        truce_rounds_free(rounds);
    }
    return analysis_end(&work);
}

const command cmd_rounds = {
    .name = "rounds",
    .line = "positions side by side, from round to round",
    .arguments = "FILE...",
    .about = "What each party held in each round and asks for now, what moved, and who "
             "refers to which earlier round.",
    .example = "rounds scenarios/istanbul-2025.truce.yaml",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
