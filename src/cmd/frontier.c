#include "certificate.h"
#include "picture.h"
#include "verbs.h"

static truce_frontier_choices what_is_asked(const struct call *call, truce_list over)
{
    return (truce_frontier_choices){
        .over = over,
        .rational = call->rational,
        .epsilon = call->epsilon,
        .values_only = call->naming == TRUCE_UNNAMED && call->certificate == NULL,
        .uncounted = call->uncounted,
        .memory = call->memory,
        .as = (truce_convention)call->as,
        .certified = call->certificate != NULL,
    };
}

static void print(analysis *work, const truce_frontier *frontier)
{
    truce_style style = work->style;
    style.most = work->call->most;
    style.naming = (truce_naming)work->call->naming;
    style.exact = work->call->exact;
    if (work->call->csv)
        truce_frontier_csv(stdout, frontier, &style);
    else if (work->call->json)
        truce_frontier_json(stdout, frontier, analysis_reality(work), &style);
    else
        truce_frontier_print(stdout, frontier, analysis_reality(work), &style);
}

static void answer(analysis *work, truce_list over, FILE *certificate)
{
    truce_frontier_choices choices = what_is_asked(work->call, over);
    truce_frontier *frontier = NULL;
    truce_status certified = TRUCE_CALL;
    work->status = truce_frontier_find(work->scenario, &choices, &work->stop, &frontier,
                                       &work->error);
    if (analysis_answered(work, frontier))
        print(work, frontier);
    if (frontier && picture_wanted(work))
        picture_frontier(work, frontier);
    if (frontier && certificate)
        certified = truce_frontier_certify(frontier, certificate, &work->error);
    certificate_end(work, certificate, certified);
    truce_frontier_free(frontier);
}

static int run(const struct call *call)
{
    analysis work;
    truce_list over;
    FILE *certificate;
    if (analysis_begin(&work, call) && analysis_parties(&work, call->over, &over) &&
        certificate_begin(&work, &certificate))
        answer(&work, over, certificate);
    return analysis_end(&work);
}

const command cmd_frontier = {
    .name = "frontier",
    .line = "where can nobody gain unless somebody loses",
    .arguments = "FILE...",
    .about =
        "Finds every vector of utilities that no other outcome improves for one party "
        "without worsening it for another, exactly, in spaces far too large to "
        "enumerate, with an outcome for each and the number of outcomes that share it. "
        "An outcome takes part when it breaks no rule and no red line.",
    .example = "frontier scenarios/tiny.truce.yaml --rational",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
