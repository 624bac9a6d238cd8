#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_unlock *unlock = NULL;
    if (analysis_begin(&work, call)) {
        truce_unlock_choices choices = {.without = (unsigned)call->without,
                                        .most = call->most};
        work.status = truce_unlock_find(work.scenario, &choices, &work.stop, &unlock,
                                        &work.error);
        if (analysis_answered(&work, unlock) && call->json)
            truce_unlock_json(stdout, unlock, analysis_reality(&work));
        else if (unlock)
            truce_unlock_print(stdout, unlock, analysis_reality(&work), &work.style);
        truce_unlock_free(unlock);
    }
    return analysis_end(&work);
}

const command cmd_unlock = {
    .name = "unlock",
    .line = "which demands would have to be let go for a deal",
    .arguments = "FILE...",
    .about = "Every smallest set of demands whose giving up leaves an outcome that "
             "everybody needed could accept and that keeps all other demands; how many "
             "such outcomes there are; and what rules each of these demands out. It "
             "counts what remains and advises nobody.",
    .example = "unlock scenarios/istanbul-2025.truce.yaml --most 5",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
