#include "analysis.h"
#include "verbs.h"

static void print(analysis *work, const truce_metrics *metrics)
{
    if (work->call->csv)
        truce_metrics_csv(stdout, metrics);
    else if (work->call->json)
        truce_metrics_json(stdout, metrics, analysis_reality(work));
    else
        truce_metrics_print(stdout, metrics, analysis_reality(work), &work->style);
}

static void answer(analysis *work, truce_list over)
{
    truce_metrics *metrics = NULL;
    work->status =
        truce_metrics_find(work->scenario, &over, &work->stop, &metrics, &work->error);
    if (analysis_answered(work, metrics))
        print(work, metrics);
    truce_metrics_free(metrics);
}

static int run(const struct call *call)
{
    analysis work;
    truce_list over;
    if (analysis_begin(&work, call) && analysis_parties(&work, call->over, &over))
        answer(&work, over);
    return analysis_end(&work);
}

const command cmd_metrics = {
    .name = "metrics",
    .line = "what kind of domain is this: opposition, conflict, ranges",
    .arguments = "FILE...",
    .about =
        "Tells what researchers characterise a domain by: opposition as different "
        "systems define it, the share of rational outcomes, conflict, correlation, and "
        "the range of each party's utility. In spaces too large to enumerate it is "
        "exact where the tables or the frontier allow, and otherwise drawn, which it "
        "says.",
    .example = "metrics scenarios/tiny.truce.yaml",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
