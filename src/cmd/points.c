#include "analysis.h"
#include "verbs.h"

static void print(analysis *work, const truce_points *points)
{
    if (work->call->csv)
        truce_points_csv(stdout, points);
    else if (work->call->json)
        truce_points_json(stdout, points, analysis_reality(work));
    else
        truce_points_print(stdout, points, analysis_reality(work), &work->style);
}

static void answer(analysis *work, truce_list over)
{
    const struct call *call = work->call;
    truce_points_choices choices = {
        .over = over,
        .as = (truce_convention)call->as,
        .disagreement = (truce_reference)call->disagreement,
        .direct = call->direct,
        .most = call->most,
        .memory = call->memory,
    };
    truce_points *points = NULL;
    work->status =
        truce_points_find(work->scenario, &choices, &work->stop, &points, &work->error);
    if (analysis_answered(work, points))
        print(work, points);
    truce_points_free(points);
}

static int run(const struct call *call)
{
    analysis work;
    truce_list over;
    if (analysis_begin(&work, call) && analysis_parties(&work, call->over, &over))
        answer(&work, over);
    return analysis_end(&work);
}

const command cmd_points = {
    .name = "points",
    .line = "the Nash, Kalai-Smorodinsky and other solution points",
    .arguments = "FILE...",
    .about =
        "Finds the solution points of bargaining theory among the efficient outcomes "
        "that leave nobody below its outside option: Nash, Kalai-Smorodinsky, "
        "egalitarian, utilitarian and equal-loss, with all ties. It scans the frontier "
        "where that is in reach, and otherwise searches each point with a bound that "
        "proves it.",
    .example = "points scenarios/tiny.truce.yaml",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
