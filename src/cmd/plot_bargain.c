/* The bargaining picture: everything it may show is looked for, and what is out of reach is
 * left out of it. */
#include "bargaining.h"
#include "complain.h"
#include "plot.h"
#include "verbs.h"

#include <stdlib.h>

/* No agreement is a picture, too; only a wrong call is none. */
static bool find_session(analysis *work, truce_list over, truce_session **session)
{
    const struct call *call = work->call;
    if (call->strategies == NULL)
        return true;
    truce_session_choices choices = {.with = call->strategies,
                                     .over = over,
                                     .protocol = call->protocol,
                                     .rounds = (uint32_t)call->rounds,
                                     .seconds = call->talk_seconds,
                                     .seed = call->seed,
                                     .as = (truce_convention)call->as};
    work->status =
        truce_session_run(work->scenario, &choices, &work->stop, session, &work->error);
    return *session != NULL;
}

static bool find(analysis *work, truce_list over, bargaining *found,
                 truce_session **session)
{
    bargaining_find(found, work, over, FIND_CLOUD | FIND_FRONTIER | FIND_POINTS,
                    &work->stop);
    work->status = found->status;
    work->error = found->error;
    return found->cloud && find_session(work, over, session);
}

static void draw(analysis *work, truce_list over)
{
    bargaining found = {0};
    truce_session *session = NULL;
    plotting picture;
    bool all = find(work, over, &found, &session);
    if (plot_answers(&picture, work, all ? &found : NULL)) {
        found.shown.session = session;
        truce_bargain_svg(picture.out, &found.shown, &picture.style);
        work->status = found.limited ? TRUCE_LIMIT : TRUCE_OK;
        plot_answered(&picture, work);
    }
    truce_session_free(session);
    bargaining_free(&found);
}

static int run(const struct call *call)
{
    analysis work;
    truce_list over;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&work, call) && analysis_parties(&work, call->over, &over)) {
        size_t *room = must_have(calloc(work.scenario->party_count + 1, sizeof *room));
        draw(&work, over.count ? over : bargaining_parties(work.scenario, room));
        free(room);
    }
    return analysis_end(&work);
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
