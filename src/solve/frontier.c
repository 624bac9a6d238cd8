/* Attempts at a frontier. Counts begin with one word and are done again with more when one
 * overflows. When a limit ends the exact attempt, a second one thins its fronts and so
 * always ends: all it has are real outcomes. A fifth of the time is kept for it, and a
 * moment of grace for a last one with few points.
 */
#include "solve/attempt.h"

#include <stdlib.h>
#include <string.h>

enum {
    BOXES_NUMBERS = 1 << 18, /* in the tables of a part that may be boxes */
    THINNED_POINTS = 1 << 12,
    THINNED_STATES = 1 << 9,
    FEWEST_POINTS = 1 << 6,
    FEWEST_STATES = 1 << 5,
    MOST_ENUMERATED = 100000000,
    BOXES_FROM_STEPS = 20000, /* a part with more steps is tried as boxes */
    PART_OF_TIME_FOR_THINNING = 5
};

static const double SECONDS_OF_GRACE = 2;

/* ---- attempts -------------------------------------------------------------------- */

/* One attempt; sets found->points unless it was ended. */
static void try_once(attempt *try, const bool *boxes)
{
    frontier_found *found = try->found;
    size_t dims = found->what->dims.count;
    attempt_forget_joins(found);
    found->ways = 0;
    found->work.overflow = false;
    try->job.coarse = 0;
    memset(try->job.spent, 0, dims * sizeof *try->job.spent);
    if (attempt_take_parts(try, boxes))
        found->points = attempt_end(try);
    carried_free(&try->have, &found->work);
    if (found->work.overflow) {
        front_free(found->points, &found->work);
        found->points = NULL;
    }
}

/* What is left for thinning when the exact attempt runs out of time. */
static truce_stop stop_of_exact(const truce_stop *stop)
{
    truce_stop most = stop ? *stop : (truce_stop){0};
    if (most.deadline > 0)
        most.deadline -= (most.deadline - truce_seconds()) / PART_OF_TIME_FOR_THINNING;
    return most;
}

static void try_exactly(attempt *try, const bool *boxes, const truce_stop *stop)
{
    truce_stop most = stop_of_exact(stop);
    try->job.stop = &most;
    do
        try_once(try, boxes);
    while (try->found->work.overflow && (try->job.words *= 2) > 0);
    try->job.stop = stop;
}

static void try_thinned(attempt *try, const bool *boxes, size_t most, size_t states,
                        const truce_stop *stop)
{
    try->found->complete = false;
    try->job.stop = stop;
    try->job.thinned = true;
    try->job.words = 0;
    try->job.most = most;
    try->job.states = states;
    try_once(try, boxes);
}

/* Points that a thinned front may have, so that a trail of them fits into the memory. */
static size_t thinned_points(const attempt *try)
{
    size_t bytes = 8 * try->found->compiled->issue_count +
                   4 * sizeof(wide) * try->found->what->dims.count;
    size_t fit = try->job.memory / 2 / bytes;
    if (try->job.memory == 0 || fit > THINNED_POINTS)
        return THINNED_POINTS;
    return fit < FEWEST_POINTS ? FEWEST_POINTS : fit;
}

/* So few points that it takes no time worth stopping for, nor memory. */
static void try_at_last(attempt *try, const bool *boxes, const truce_stop *stop)
{
    truce_stop grace = {.deadline = truce_seconds() + SECONDS_OF_GRACE,
                        .threads = stop_threads(stop)};
    try->job.memory = 0;
    try_thinned(try, boxes, FEWEST_POINTS, FEWEST_STATES, &grace);
    if (try->found->points == NULL)
        try->found->points = attempt_nothing(try, try->found->what->judged, 0);
}

static bool is_small(const space *compiled)
{
    mpz_t outcomes;
    mpz_init(outcomes);
    space_count(compiled, outcomes);
    bool small = mpz_cmp_ui(outcomes, MOST_ENUMERATED) <= 0;
    mpz_clear(outcomes);
    return small;
}

/* ---- before the attempts --------------------------------------------------------- */

/* How much the tables of a part may hold. */
static size_t numbers_for(const attempt *try, const plan_part *part, bool boxes)
{
    if (part->issues.count > 1 && try->request->numbers > 0)
        return try->request->numbers;
    return boxes ? BOXES_NUMBERS : ATTEMPT_NUMBERS;
}

/* Makes every part ready; where something must hold, boxes are the last resort. `boxes`
 * receives which are summed up as boxes. Returns whether all parts are within reach of
 * either. */
static bool prepare(attempt *try, bool *boxes, const truce_stop *stop)
{
    frontier_found *found = try->found;
    const plan *what = found->what;
    bool all = true;
    for (size_t k = 0; k < what->part_count; k++) {
        const plan_part *part = &what->parts[k];
        formula *start = must_allocate(plan_width(what, part) * sizeof *start);
        plan_start(what, part, start);
        boxes[k] = part->issues.count > 1 && attempt_is_boxes(what, part);
        found->ready[k] = states_part_new(
            what, part, start, 1,
            numbers_for(try, part, boxes[k] && plan_part_is_free(part)), false, stop);
        free(start);
        boxes[k] &= !found->ready[k] || (plan_part_is_free(part) &&
                                         found->ready[k]->steps > BOXES_FROM_STEPS);
        all &= boxes[k] || found->ready[k];
    }
    return all;
}

static void find_ranges(attempt *try, wide *rests, wide *least, wide *most)
{
    const plan *what = try->found->what;
    size_t dims = what->dims.count;
    for (size_t d = 0; d < dims; d++) {
        wide rest = 0;
        least[d] = what->base[d];
        most[d] = what->base[d];
        for (size_t k = 0; k < what->part_count; k++) {
            const states_part *ready = try->found->ready[k];
            rest = 0;
            plan_add_range(what, &what->parts[k], d, &least[d], &rest);
            rests[k * dims + d] = ready ? ready->rest[0][d] : rest;
            most[d] += rests[k * dims + d];
        }
    }
}

/* No slack where a floor could be missed by it. */
static const wide *usable_slack(const attempt *try, const wide *least, arena *memory)
{
    const plan *what = try->found->what;
    if (try->request->slack == NULL)
        return NULL;
    wide *slack = arena_array(memory, what->dims.count, wide);
    for (size_t d = 0; d < what->judged; d++)
        if (!what->has_floor[d] || least[d] >= what->floors[d])
            slack[d] = try->request->slack[d];
    for (size_t w = 0; w < what->watched_count; w++)
        slack[what->watched[w].dim] = 0;
    return slack;
}

static bool some_floor(const plan *what)
{
    bool some = what->watched_count > 0;
    for (size_t d = 0; d < what->dims.count; d++)
        some |= what->has_floor[d];
    return some;
}

/* The largest sums that there are, or can be. */
static void tell_upper(attempt *try, const wide *most)
{
    frontier_found *found = try->found;
    const plan *what = found->what;
    wide *upper = arena_array(&found->memory, what->judged, wide);
    for (size_t d = 0; d < what->judged; d++) {
        upper[d] = what->capped[d] && what->caps[d] < most[d] ? what->caps[d] : most[d];
        if (!found->complete || try->request->slack || found->points->count == 0)
            continue;
        upper[d] = front_sum(found->points, 0, d);
        for (size_t k = 1; k < found->points->count; k++) {
            wide sum = front_sum(found->points, k, d);
            upper[d] = sum > upper[d] ? sum : upper[d];
        }
    }
    found->upper = upper;
}

static void tell_spent(attempt *try)
{
    frontier_found *found = try->found;
    if (found->complete || !(try->job.cut || some_floor(found->what)))
        found->spent = arena_copy(&found->memory, try->job.spent,
                                  found->what->judged * sizeof(wide));
}

/* A search for boxes that is ended may have nothing that keeps what must hold; few states
 * do. */
static void keep_free_boxes(const plan *what, bool *boxes)
{
    for (size_t k = 0; k < what->part_count; k++)
        boxes[k] &= plan_part_is_free(&what->parts[k]);
}

static void find_points(attempt *try, const truce_stop *stop)
{
    frontier_found *found = try->found;
    const plan *what = found->what;
    size_t dims = what->dims.count;
    arena *memory = &found->memory;
    bool *boxes = arena_array(memory, what->part_count, bool);
    wide *least = arena_array(memory, dims, wide);
    wide *most = arena_array(memory, dims, wide);
    wide *span = arena_array(memory, dims, wide);
    wide *rests = arena_array(memory, what->part_count * dims, wide);
    bool reachable = prepare(try, boxes, stop);
    find_ranges(try, rests, least, most);
    for (size_t d = 0; d < dims; d++)
        span[d] = most[d] - least[d];
    try->rests = rests;
    try->job.span = span;
    try->job.slack = usable_slack(try, least, memory);
    bool counted = !try->request->uncounted && !try->request->slack;
    for (size_t k = 0; k < what->part_count; k++)
        counted &= !boxes[k];
    try->job.words = counted;
    if (!reachable && is_small(found->compiled))
        attempt_enumerate(try);
    else if (reachable)
        try_exactly(try, boxes, stop);
    keep_free_boxes(what, boxes);
    if (found->points == NULL)
        try_thinned(try, boxes, thinned_points(try), THINNED_STATES, stop);
    if (found->points == NULL)
        try_at_last(try, boxes, stop);
    tell_upper(try, most);
    tell_spent(try);
}

static void nothing_possible(attempt *try)
{
    frontier_found *found = try->found;
    found->points = attempt_nothing(try, found->what->judged, 0);
    found->ways = FRONTIER_STATES;
    found->upper = arena_array(&found->memory, found->what->judged, wide);
    found->spent = found->upper;
}

frontier_found *frontier_of(const frontier_request *request, const truce_stop *stop)
{
    arena memory = {0};
    frontier_found *found = arena_new(&memory, frontier_found);
    *found = (frontier_found){
        .memory = memory, .compiled = request->compiled, .complete = true};
    found->what = plan_new(request->compiled, request->what, request->over);
    size_t parts = found->what->part_count;
    found->ready = arena_array(&found->memory, parts, states_part *);
    attempt try = {.found = found, .request = request};
    try.job = (states_job){
        .what = found->what,
        .stop = stop,
        .work = &found->work,
        .memory = request->memory,
        .tracked = !request->untracked,
        .spent = arena_array(&found->memory, found->what->dims.count, wide)};
    if (found->what->possible)
        find_points(&try, stop);
    else
        nothing_possible(&try);
    return found;
}

void frontier_free(frontier_found *found)
{
    if (found == NULL)
        return;
    attempt_forget_joins(found);
    front_free(found->points, &found->work);
    for (size_t k = 0; k < found->what->part_count; k++)
        states_part_free(found->ready[k]);
    plan_free(found->what);
    arena memory = found->memory; /* a copy: found lives in the memory it owns */
    arena_free(&memory);
}
