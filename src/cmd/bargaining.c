#include "bargaining.h"

static const size_t MEMORY_MOST = (size_t)2 << 30;

static truce_list those_with_preferences(const truce_scenario *scenario,
                                         bool principals, size_t *room)
{
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given &&
            (!principals || scenario->parties[p].role == TRUCE_PRINCIPAL))
            room[count++] = p;
    return (truce_list){room, count};
}

truce_list bargaining_parties(const truce_scenario *scenario, size_t *room)
{
    truce_list principals = those_with_preferences(scenario, true, room);
    return principals.count >= 2 ? principals
                                 : those_with_preferences(scenario, false, room);
}

/* Of the time that is left an equal share for each of the parts still to come. */
static truce_stop share(const truce_stop *stop, unsigned *parts)
{
    truce_stop own = *stop;
    double now = truce_seconds();
    if (own.deadline > 0)
        own.deadline = own.deadline > now ? now + (own.deadline - now) / *parts : now;
    --*parts;
    return own;
}

static void find_cloud(bargaining *to, const analysis *work, truce_list over,
                       truce_stop stop)
{
    to->status = truce_cloud_find(work->scenario, &over, &stop, &to->cloud, &to->error);
    to->limited |= to->status == TRUCE_LIMIT;
    to->shown.cloud = to->cloud;
}

static void find_frontier(bargaining *to, const analysis *work, truce_list over,
                          bool outcomes, truce_stop stop)
{
    truce_error ignored;
    truce_frontier_choices choices = {.over = over,
                                      .values_only = !outcomes,
                                      .uncounted = !outcomes,
                                      .memory = MEMORY_MOST,
                                      .as = (truce_convention)work->call->as};
    to->limited |= truce_frontier_find(work->scenario, &choices, &stop, &to->frontier,
                                       &ignored) == TRUCE_LIMIT;
    to->shown.frontier = to->frontier;
}

static void find_points(bargaining *to, const analysis *work, truce_list over,
                        truce_stop stop)
{
    truce_error ignored;
    truce_points_choices choices = {
        .over = over, .memory = MEMORY_MOST, .as = (truce_convention)work->call->as};
    to->limited |= truce_points_find(work->scenario, &choices, &stop, &to->points,
                                     &ignored) == TRUCE_LIMIT;
    to->shown.points = to->points;
}

void bargaining_find(bargaining *to, analysis *work, truce_list over, unsigned parts,
                     const truce_stop *stop)
{
    unsigned left =
        !!(parts & FIND_CLOUD) + !!(parts & FIND_FRONTIER) + !!(parts & FIND_POINTS);
    to->shown.across = to->shown.up = TRUCE_NOBODY;
    if (parts & FIND_CLOUD)
        find_cloud(to, work, over, share(stop, &left));
    if (parts & FIND_FRONTIER)
        find_frontier(to, work, over, parts & FIND_OUTCOMES, share(stop, &left));
    if (parts & FIND_POINTS)
        find_points(to, work, over, share(stop, &left));
    progress_end(&work->bar);
}

void bargaining_free(bargaining *of)
{
    truce_points_free(of->points);
    truce_frontier_free(of->frontier);
    truce_cloud_free(of->cloud);
}
