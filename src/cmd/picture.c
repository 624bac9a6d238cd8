#include "picture.h"

#include "bargaining.h"
#include "complain.h"

#include <stdlib.h>
#include <string.h>

enum { SECONDS_MOST = 10 };

bool picture_wanted(const analysis *work)
{
    const struct call *call = work->call;
    bool traced = call->trace && strcmp(call->trace, "-") == 0;
    const char *instead = call->csv    ? "csv"
                          : call->json ? "json"
                          : traced     ? "trace -"
                                       : NULL;
    if (call->plot && instead && !call->quiet)
        remark("--plot draws below text; there is no picture beside --%s", instead);
    return call->plot && instead == NULL;
}

/* A picture is an addition: it may take what is left of the time, but not all of it where
 * nothing ends it. */
static void find(bargaining *to, analysis *work, truce_list parties, unsigned parts)
{
    truce_stop stop = work->stop;
    double soon = truce_seconds() + SECONDS_MOST;
    if (stop.deadline == 0 || stop.deadline > soon)
        stop.deadline = soon;
    bargaining_find(to, work, parties, parts, &stop);
    if ((parts & FIND_CLOUD) && to->cloud == NULL && !work->call->quiet)
        remark("the picture shows no cloud: %s", to->error.message);
}

void picture_frontier(analysis *work, const truce_frontier *frontier)
{
    bargaining found = {0};
    find(&found, work, frontier->parties, FIND_CLOUD | FIND_POINTS);
    found.shown.frontier = frontier;
    truce_bargain_plot(stdout, &found.shown, &work->style);
    bargaining_free(&found);
}

void picture_session(analysis *work, const truce_session *session)
{
    bargaining found = {0};
    find(&found, work, session->parties, FIND_CLOUD | FIND_FRONTIER | FIND_POINTS);
    found.shown.session = session;
    truce_bargain_plot(stdout, &found.shown, &work->style);
    bargaining_free(&found);
}

/* ---- deals ------------------------------------------------------------------------- */

/* The fair points of deals in the shape of truce_points: `parties` are all that have
 * preferences, and ratings have a column for each of these alone. */
typedef struct fair {
    truce_points points;
    truce_rating *items;
    double *utilities, *floors;
} fair;

static fair fair_points(const truce_deals *deals, truce_list parties)
{
    fair all = {0};
    size_t items = 0, room = parties.count + 1;
    for (size_t k = 0; k < TRUCE_POINT_KINDS; k++)
        items += deals->points[k].count;
    all.items = must_have(calloc(items + 1, sizeof *all.items));
    all.utilities = must_have(calloc((items + 1) * room, sizeof *all.utilities));
    all.floors = must_have(calloc(room, sizeof *all.floors));
    for (size_t k = 0; k < parties.count; k++)
        all.floors[k] = deals->floors[parties.items[k]];
    all.points = (truce_points){
        .finding = deals->finding, .parties = parties, .disagreement = all.floors};
    return all;
}

static void take_point(fair *all, truce_list parties, const truce_point *from,
                       size_t first, truce_solution *to)
{
    *to = (truce_solution){.items = all->items + first, .count = from->count};
    for (size_t i = 0; i < from->count; i++) {
        double *utilities = all->utilities + (first + i) * parties.count;
        for (size_t k = 0; k < parties.count; k++)
            utilities[k] = from->outcomes[i].utilities[parties.items[k]];
        all->items[first + i] = (truce_rating){from->outcomes[i].outcome, utilities};
    }
}

static fair fair_begin(const truce_deals *deals, truce_list parties)
{
    static const truce_solution_kind kinds[TRUCE_POINT_KINDS] = {
        TRUCE_SOLUTION_NASH, TRUCE_SOLUTION_KALAI_SMORODINSKY,
        TRUCE_SOLUTION_EGALITARIAN, TRUCE_SOLUTION_UTILITARIAN};
    fair all = fair_points(deals, parties);
    size_t first = 0;
    for (size_t k = 0; k < TRUCE_POINT_KINDS; k++) {
        take_point(&all, parties, &deals->points[k], first,
                   &all.points.solutions[kinds[k]]);
        first += deals->points[k].count;
    }
    all.points.solutions[TRUCE_SOLUTION_EQUAL_LOSS].absent = true;
    return all;
}

static void fair_end(fair *all)
{
    free(all->items);
    free(all->utilities);
    free(all->floors);
}

/* The pair is looked at within all that have preferences, for whom there are fair points. */
static void draw_deals(analysis *work, const truce_deals *deals, truce_list all,
                       truce_list pair)
{
    bargaining cloud = {0}, frontier = {0};
    fair points = fair_begin(deals, all);
    if (pair.count == 2) {
        find(&cloud, work, all, FIND_CLOUD);
        find(&frontier, work, pair, FIND_FRONTIER);
    }
    truce_bargain what = {.cloud = cloud.cloud,
                          .frontier = frontier.frontier,
                          .points = &points.points,
                          .across = pair.count == 2 ? pair.items[0] : TRUCE_NOBODY,
                          .up = pair.count == 2 ? pair.items[1] : TRUCE_NOBODY};
    truce_bargain_plot(stdout, &what, &work->style);
    bargaining_free(&cloud);
    bargaining_free(&frontier);
    fair_end(&points);
}

void picture_deals(analysis *work, const truce_deals *deals, truce_list over)
{
    const truce_scenario *scenario = work->scenario;
    size_t room = scenario->party_count + 1, count = 0;
    size_t *all = must_have(calloc(2 * room, sizeof *all));
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            all[count++] = p;
    truce_list pair = over.count == 2 ? over : bargaining_parties(scenario, all + room);
    pair.count = pair.count < 2 ? 0 : 2;
    truce_deals_plot(stdout, deals, &work->style);
    if (count > 0)
        draw_deals(work, deals, (truce_list){all, count}, pair);
    free(all);
}
