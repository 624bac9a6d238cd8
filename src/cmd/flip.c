#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_flips *flips = NULL;
    if (analysis_begin(&work, call)) {
        truce_flips_choices choices = {
            .draws = call->draws, .seed = call->seed, .spread = call->spread};
        work.status =
            truce_flips_find(work.scenario, &choices, &work.stop, &flips, &work.error);
        if (analysis_answered(&work, flips) && call->json)
            truce_flips_json(stdout, flips, analysis_reality(&work));
        else if (flips)
            truce_flips_print(stdout, flips, analysis_reality(&work), &work.style);
        truce_flips_free(flips);
    }
    return analysis_end(&work);
}

const command cmd_flip = {
    .name = "flip",
    .line = "which number carries which answer",
    .arguments = "FILE...",
    .about = "For each answer - that a deal exists, that a move can be signed, that an "
             "observed decision is reproduced - the single assumed number whose "
             "smallest change reverses it; and how often the answer holds when all "
             "numbers given as ranges are drawn at once. Clashes of demands rest on no "
             "number.",
    .example = "flip scenarios/istanbul-2025.truce.yaml --spread 10",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
