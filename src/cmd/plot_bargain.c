/* The bargaining picture: everything it may show is looked for, and what is out of reach is
 * left out of it. */
#include "analysis.h"
#include "plot.h"
#include "verbs.h"

#include <stdlib.h>

static const double FRONTIER_SHARE = 0.4, POINTS_SHARE = 0.4;

/* What was found, and what it was found for. */
typedef struct bargaining {
    analysis work;
    truce_list over;
    size_t *principals;
    truce_bargain what;
    truce_cloud *cloud;
    truce_frontier *frontier;
    truce_points *points;
    truce_session *session;
} bargaining;

/* Those who settle it: the principals that have preferences, unless that leaves fewer than
 * two. */
static void choose_principals(bargaining *at)
{
    const truce_scenario *scenario = at->work.scenario;
    size_t count = 0;
    at->principals = calloc(scenario->party_count + 1, sizeof *at->principals);
    for (size_t p = 0; at->principals && p < scenario->party_count; p++)
        if (scenario->parties[p].role == TRUCE_PRINCIPAL &&
            scenario->parties[p].preferences.given)
            at->principals[count++] = p;
    if (count >= 2)
        at->over = (truce_list){at->principals, count};
}

/* An earlier end, so that what comes later has its share of the time. */
static truce_stop share_of(const truce_stop *stop, double share)
{
    truce_stop part = *stop;
    if (stop->deadline > 0)
        part.deadline = truce_seconds() + (stop->deadline - truce_seconds()) * share;
    return part;
}

static bool find_cloud(bargaining *at)
{
    analysis *work = &at->work;
    work->status = truce_cloud_find(work->scenario, &at->over, &work->stop, &at->cloud,
                                    &work->error);
    return at->cloud != NULL;
}

static void find_frontier_and_points(bargaining *at)
{
    analysis *work = &at->work;
    truce_error ignored;
    truce_stop first = share_of(&work->stop, FRONTIER_SHARE);
    truce_frontier_choices frontier = {.over = at->over,
                                       .uncounted = true,
                                       .values_only = true,
                                       .as = (truce_convention)work->call->as};
    truce_points_choices points = {.over = at->over,
                                   .as = (truce_convention)work->call->as};
    truce_frontier_find(work->scenario, &frontier, &first, &at->frontier, &ignored);
    truce_stop second = share_of(&work->stop, POINTS_SHARE);
    truce_points_find(work->scenario, &points, &second, &at->points, &ignored);
}

/* No agreement is a picture, too; only a wrong call is none. */
static bool find_session(bargaining *at)
{
    analysis *work = &at->work;
    const struct call *call = work->call;
    if (call->strategies == NULL)
        return true;
    truce_session_choices choices = {.with = call->strategies,
                                     .over = at->over,
                                     .protocol = call->protocol,
                                     .rounds = (uint32_t)call->rounds,
                                     .seconds = call->talk_seconds,
                                     .seed = call->seed,
                                     .as = (truce_convention)call->as};
    work->status = truce_session_run(work->scenario, &choices, &work->stop,
                                     &at->session, &work->error);
    return at->session != NULL;
}

static void draw(bargaining *at)
{
    plotting picture;
    at->what = (truce_bargain){.cloud = at->cloud,
                               .frontier = at->frontier,
                               .points = at->points,
                               .session = at->session,
                               .across = TRUCE_NOBODY,
                               .up = TRUCE_NOBODY};
    plot_begin(&picture, at->work.call);
    truce_bargain_svg(picture.out, &at->what, &picture.style);
    at->work.status = (truce_status)plot_end(&picture, EXIT_YES);
}

static int run(const struct call *call)
{
    bargaining at = {0};
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&at.work, call) &&
        analysis_parties(&at.work, call->over, &at.over)) {
        if (at.over.count == 0)
            choose_principals(&at);
        bool found = find_cloud(&at);
        if (found) {
            find_frontier_and_points(&at);
            found = find_session(&at);
        }
        if (analysis_answered(&at.work, found ? &at : NULL))
            draw(&at);
    }
    truce_session_free(at.session);
    truce_points_free(at.points);
    truce_frontier_free(at.frontier);
    truce_cloud_free(at.cloud);
    free(at.principals);
    return analysis_end(&at.work);
}

const command cmd_plot_bargain = {
    .name = "plot bargain",
    .line = "outcomes by what they are worth to two parties, or to each of several",
    .arguments = "FILE...",
    .about =
        "Draws the utilities of the outcomes (all of them, or draws from a large "
        "space), "
        "the Pareto frontier, the zone of agreement, outside options, the status quo "
        "and "
        "the solution points; with --with the offers of a session on top. Of three and "
        "four parties every pair gets a panel; more get an axis each. The parties are "
        "the "
        "principals that have preferences, or those of --over.",
    .example = "plot bargain scenarios/tiny.truce.yaml --with boulware -o bargain.svg",
    .group = PICTURES,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
