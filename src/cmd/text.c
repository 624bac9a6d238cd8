#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_text *text = NULL;
    if (analysis_begin(&work, call)) {
        work.status = truce_text_find(work.scenario, &work.stop, &text, &work.error);
        if (analysis_answered(&work, text) && call->json)
            truce_text_json(stdout, text, analysis_reality(&work));
        else if (text)
            truce_text_print(stdout, text, analysis_reality(&work), &work.style);
        truce_text_free(text);
    }
    return analysis_end(&work);
}

const command cmd_text = {
    .name = "text",
    .line = "the single negotiating text",
    .arguments = "FILE...",
    .about = "For each issue the agreed value plain, and the rest in [brackets] with "
             "each party's wish and the claim behind it.",
    .example = "text scenarios/istanbul-2025.truce.yaml",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
