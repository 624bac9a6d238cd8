#include "picture.h"

#include "complain.h"

#include <stdlib.h>

enum { SECONDS_MOST = 10 };
#define MEMORY_MOST (UINT64_C(1) << 30)

bool picture_wanted(const analysis *work)
{
    const struct call *call = work->call;
    if (call->plot && (call->json || call->csv) && !call->quiet)
        remark("--plot draws below text; there is no picture beside --%s",
               call->csv ? "csv" : "json");
    return call->plot && !call->json && !call->csv;
}

/* A picture is an addition: it may take what is left of the time, but not all of it where
 * nothing ends it. */
static truce_stop stop_of(const analysis *work)
{
    truce_stop stop = work->stop;
    double soon = truce_seconds() + SECONDS_MOST;
    if (stop.deadline == 0 || stop.deadline > soon)
        stop.deadline = soon;
    return stop;
}

static truce_cloud *find_cloud(analysis *work, truce_list parties)
{
    truce_stop stop = stop_of(work);
    truce_cloud *cloud = NULL;
    truce_error error = {0};
    truce_cloud_find(work->scenario, &parties, &stop, &cloud, &error);
    progress_end(&work->bar);
    if (cloud == NULL && !work->call->quiet)
        remark("the picture shows no cloud: %s", error.message);
    return cloud;
}

static truce_frontier *find_frontier(analysis *work, truce_list parties)
{
    truce_stop stop = stop_of(work);
    truce_frontier_choices choices = {.over = parties,
                                      .values_only = true,
                                      .uncounted = true,
                                      .memory = MEMORY_MOST,
                                      .as = (truce_convention)work->call->as};
    truce_frontier *frontier = NULL;
    truce_error error = {0};
    truce_frontier_find(work->scenario, &choices, &stop, &frontier, &error);
    progress_end(&work->bar);
    return frontier;
}

static truce_points *find_points(analysis *work, truce_list parties)
{
    truce_stop stop = stop_of(work);
    truce_points_choices choices = {
        .over = parties, .memory = MEMORY_MOST, .as = (truce_convention)work->call->as};
    truce_points *points = NULL;
    truce_error error = {0};
    truce_points_find(work->scenario, &choices, &stop, &points, &error);
    progress_end(&work->bar);
    return points;
}

void picture_frontier(analysis *work, const truce_frontier *frontier)
{
    truce_cloud *cloud = find_cloud(work, frontier->parties);
    truce_points *points = find_points(work, frontier->parties);
    truce_bargain what = {.cloud = cloud,
                          .frontier = frontier,
                          .points = points,
                          .across = TRUCE_NOBODY,
                          .up = TRUCE_NOBODY};
    truce_bargain_plot(stdout, &what, &work->style);
    truce_points_free(points);
    truce_cloud_free(cloud);
}

void picture_session(analysis *work, const truce_session *session)
{
    truce_cloud *cloud = find_cloud(work, session->parties);
    truce_frontier *frontier = find_frontier(work, session->parties);
    truce_points *points = find_points(work, session->parties);
    truce_bargain what = {.cloud = cloud,
                          .frontier = frontier,
                          .points = points,
                          .session = session,
                          .across = TRUCE_NOBODY,
                          .up = TRUCE_NOBODY};
    truce_bargain_plot(stdout, &what, &work->style);
    truce_points_free(points);
    truce_frontier_free(frontier);
    truce_cloud_free(cloud);
}

/* ---- deals ------------------------------------------------------------------------- */

/* The parties that have preferences, principals first where asked; returns how many. */
static size_t judges(const truce_scenario *scenario, size_t *parties, bool principals)
{
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given &&
            (!principals || scenario->parties[p].role == TRUCE_PRINCIPAL))
            parties[count++] = p;
    return count;
}

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

static void draw_deals(analysis *work, const truce_deals *deals, truce_list all,
                       truce_list pair)
{
    bool drawn = pair.count == 2;
    fair points = fair_begin(deals, all);
    truce_cloud *cloud = drawn ? find_cloud(work, all) : NULL;
    truce_frontier *frontier = drawn ? find_frontier(work, pair) : NULL;
    truce_bargain what = {.cloud = cloud,
                          .frontier = frontier,
                          .points = &points.points,
                          .across = drawn ? pair.items[0] : TRUCE_NOBODY,
                          .up = drawn ? pair.items[1] : TRUCE_NOBODY};
    truce_bargain_plot(stdout, &what, &work->style);
    truce_frontier_free(frontier);
    truce_cloud_free(cloud);
    fair_end(&points);
}

void picture_deals(analysis *work, const truce_deals *deals, truce_list over)
{
    size_t room = work->scenario->party_count + 1;
    size_t *all = must_have(calloc(2 * room, sizeof *all)), *pair = all + room;
    truce_list judged = {all, judges(work->scenario, all, false)};
    size_t count = judges(work->scenario, pair, true);
    truce_list drawn = {count < 2 ? all : pair, count < 2 ? judged.count : count};
    if (over.count == 2)
        drawn = over;
    drawn.count = drawn.count < 2 ? 0 : 2;
    truce_deals_plot(stdout, deals, &work->style);
    if (judged.count > 0)
        draw_deals(work, deals, judged, drawn);
    free(all);
}
