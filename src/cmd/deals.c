#include "certificate.h"
#include "picture.h"
#include "verbs.h"

static void answer(analysis *work, truce_deals_choices *choices, FILE *certificate)
{
    truce_deals *deals = NULL;
    truce_status certified = TRUCE_CALL;
    work->status =
        truce_deals_find(work->scenario, choices, &work->stop, &deals, &work->error);
    if (analysis_answered(work, deals) && work->call->json)
        truce_deals_json(stdout, deals, analysis_reality(work));
    else if (deals)
        truce_deals_print(stdout, deals, analysis_reality(work), &work->style);
    if (deals && picture_wanted(work))
        picture_deals(work, deals, choices->over);
    if (deals && certificate)
        certified = truce_deals_certify(work->scenario, deals, certificate, &work->stop,
                                        &work->error);
    certificate_end(work, certificate, certified);
    truce_deals_free(deals);
}

static int run(const struct call *call)
{
    analysis work;
    truce_deals_choices choices = {.most = call->most};
    FILE *certificate;
    if (analysis_begin(&work, call) &&
        analysis_parties(&work, call->over, &choices.over) &&
        certificate_begin(&work, &certificate))
        answer(&work, &choices, certificate);
    return analysis_end(&work);
}

const command cmd_deals = {
    .name = "deals",
    .line = "which outcomes could everybody needed accept",
    .arguments = "FILE...",
    .about =
        "Counts all outcomes, those the principals could accept, and those everybody "
        "needed could; finds the efficient ones among the latter, and the fair points "
        "(Nash, Kalai-Smorodinsky, egalitarian, utilitarian) among these. When there "
        "is none, says what stands in the way.",
    .example = "deals scenarios/istanbul-2025.truce.yaml --over US",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
