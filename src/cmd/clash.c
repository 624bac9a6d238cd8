#include "certificate.h"
#include "verbs.h"

static void answer(analysis *work, FILE *certificate)
{
    const struct call *call = work->call;
    truce_clashes_choices choices = {.with = (unsigned)call->with, .most = call->most};
    truce_clashes *clashes = NULL;
    truce_status certified = TRUCE_CALL;
    work->status = truce_clashes_find(work->scenario, &choices, &work->stop, &clashes,
                                      &work->error);
    if (analysis_answered(work, clashes) && call->json)
        truce_clashes_json(stdout, clashes, analysis_reality(work));
    else if (clashes)
        truce_clashes_print(stdout, clashes, analysis_reality(work), &work->style);
    if (clashes && certificate)
        certified = truce_clashes_certify(work->scenario, clashes, certificate,
                                          &work->stop, &work->error);
    certificate_end(work, certificate, certified);
    truce_clashes_free(clashes);
}

static int run(const struct call *call)
{
    analysis work;
    FILE *certificate;
    if (analysis_begin(&work, call) && certificate_begin(&work, &certificate))
        answer(&work, certificate);
    return analysis_end(&work);
}

const command cmd_clash = {
    .name = "clash",
    .line = "which demands cannot all hold at once",
    .arguments = "FILE...",
    .about = "Every smallest set of stated demands that no outcome can keep together; "
             "leave out any one and the others can be kept. --with adds red lines, "
             "floors and rules to the demands.",
    .example = "clash scenarios/istanbul-2025.truce.yaml --witness",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
