/* yardstick: distances from an outcome to what could have been. */
#include "play/yardstick.h"

#include <math.h>
#include <stdlib.h>

static void seats_of(const board *made, size_t *parties)
{
    for (size_t s = 0; s < made->seats; s++)
        parties[s] = made->seat[s].party;
}

static void find_frontier(yardstick *found, const board *made, truce_list over,
                          const truce_stop *stop)
{
    truce_frontier_choices choices = {
        .over = over, .values_only = true, .uncounted = true, .as = made->scenario->as};
    truce_status status =
        truce_frontier_find(made->scenario, &choices, stop, &found->frontier, NULL);
    if (status == TRUCE_OK && found->frontier->complete)
        return;
    truce_frontier_free(found->frontier);
    found->frontier = NULL;
}

static void find_points(yardstick *found, const board *made, truce_list over,
                        const truce_stop *stop)
{
    truce_points_choices choices = {.over = over, .as = made->scenario->as};
    if (truce_points_find(made->scenario, &choices, stop, &found->points, NULL) ==
        TRUCE_OK)
        return;
    truce_points_free(found->points);
    found->points = NULL;
}

yardstick yardstick_find(const board *made, const truce_stop *stop)
{
    yardstick found = {0};
    size_t *parties = must_allocate_zeroed(made->seats + 1, sizeof *parties);
    seats_of(made, parties);
    truce_list over = {parties, made->seats};
    find_frontier(&found, made, over, stop);
    find_points(&found, made, over, stop);
    free(parties);
    return found;
}

void yardstick_free(yardstick *found)
{
    truce_frontier_free(found->frontier);
    truce_points_free(found->points);
    *found = (yardstick){0};
}

/* A seat's utility with its admissible range as unit. */
static double scaled(const board_seat *mine, double utility)
{
    double range = mine->greatest - mine->least;
    return range > 0 ? (utility - mine->least) / range : 0;
}

static double distance(const board *made, const double *here, const double *there)
{
    double sum = 0;
    for (size_t s = 0; s < made->seats; s++) {
        double off = scaled(&made->seat[s], here[s]) - scaled(&made->seat[s], there[s]);
        sum += off * off;
    }
    return sqrt(sum);
}

double yardstick_frontier(const yardstick *by, const board *made, const double *here)
{
    if (by->frontier == NULL)
        return NAN;
    double least = INFINITY;
    for (size_t k = 0; k < by->frontier->size; k++)
        least = fmin(least,
                     distance(made, here, by->frontier->utilities + k * made->seats));
    return least;
}

double yardstick_point(const yardstick *by, const board *made, truce_solution_kind kind,
                       const double *here)
{
    if (by->points == NULL)
        return NAN;
    const truce_solution *of = &by->points->solutions[kind];
    double least = NAN;
    for (size_t k = 0; k < of->count; k++)
        least = fmin(isnan(least) ? INFINITY : least,
                     distance(made, here, of->items[k].utilities));
    return least;
}
