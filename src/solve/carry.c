/* Parts one after another. A part of one issue is carried through at once; a larger part is
 * summed up by itself first, and added point by point when it came out small. */
#include "solve/attempt.h"

#include <stdlib.h>
#include <string.h>

/* ---- carried fronts -------------------------------------------------------------- */

void carried_free(carried *all, front_work *work)
{
    for (size_t k = 0; k < all->count; k++) {
        front_free(all->items[k].points, work);
        free(all->items[k].watched);
    }
    free(all->items);
    *all = (carried){0};
}

void carried_add(carried *all, const formula *watched, size_t watched_count,
                 front *points)
{
    formula *copy = must_allocate(watched_count * sizeof *copy);
    memcpy(copy, watched, watched_count * sizeof *copy);
    *grow(all->items, all->count, all->room) = (carried_front){copy, points};
}

size_t carried_points(const carried *all)
{
    size_t count = 0;
    for (size_t k = 0; k < all->count; k++)
        count += all->items[k].points->count;
    return count;
}

static void begin_carrying(attempt *try)
{
    const plan *what = try->found->what;
    formula *watched = must_allocate(what->watched_count * sizeof *watched);
    for (size_t w = 0; w < what->watched_count; w++)
        watched[w] = what->watched[w].when;
    front_work *work = &try->found->work;
    front *unit = front_unit(what->dims.count, what->broad, try->job.words,
                             try->job.tracked, work);
    front_source only = {.from = unit, .shift = what->base};
    front *base =
        front_union(&only, 1,
                    &(front_choices){.stage = (uint32_t)what->compiled->issue_count,
                                     .untracked = !try->job.tracked},
                    NULL, work);
    front_free(unit, work);
    carried_add(&try->have, watched, what->watched_count, base);
    free(watched);
}

/* ---- a part through its states --------------------------------------------------- */

/* The states in which a part begins after what was carried. */
static formula *starts_of(const plan *what, const plan_part *part, const carried *from)
{
    size_t width = plan_width(what, part);
    formula *starts = must_allocate(from->count * width * sizeof *starts);
    for (size_t k = 0; k < from->count; k++) {
        plan_start(what, part, starts + k * width);
        memcpy(starts + k * width + 1, from->items[k].watched,
               what->watched_count * sizeof *starts);
    }
    return starts;
}

/* The most that parts from..to-1 can gain, but for one, into others [dims]. */
static void gain_of_parts(const attempt *try, size_t from, size_t but, wide *others)
{
    const plan *what = try->found->what;
    memset(others, 0, what->dims.count * sizeof *others);
    for (size_t k = from; k < what->part_count; k++)
        for (size_t d = 0; k != but && d < what->dims.count; d++)
            others[d] += try->rests[k * what->dims.count + d];
}

/* What the last layer's fronts are carried as; takes the fronts over. */
static carried carried_of_states(const plan *what, const automaton *reads,
                                 front **fronts)
{
    carried to = {0};
    const automaton_layer *last = &reads->layers[reads->layer_count - 1];
    for (size_t s = 0; s < last->state_count; s++)
        if (fronts[s])
            carried_add(&to, last->tuples + s * reads->width + 1, what->watched_count,
                        fronts[s]);
    free(fronts);
    return to;
}

static bool is_shared(const frontier_found *found, const states_part *ready)
{
    for (size_t k = 0; k < found->what->part_count; k++)
        if (found->ready[k] == ready)
            return true;
    return false;
}

/* The part begun with what is carried; NULL when too large or stopped. */
static states_part *ready_for_carried(attempt *try, size_t index)
{
    const plan *what = try->found->what;
    const plan_part *part = &what->parts[index];
    states_part *ready = try->found->ready[index];
    formula *starts = starts_of(what, part, &try->have);
    bool is_same = ready && try->have.count == 1 &&
                   memcmp(starts, ready->reads->layers[0].tuples,
                          plan_width(what, part) * sizeof *starts) == 0;
    if (!is_same)
        ready =
            states_part_new(what, part, starts, try->have.count,
                            try->job.thinned ? ATTEMPT_TRIMMED_NUMBERS * try->job.states
                                             : ATTEMPT_NUMBERS,
                            try->job.thinned, try->job.stop);
    free(starts);
    try->job.cut |= ready && ready->reads->trimmed;
    return ready;
}

/* Carries on through a part; false when ended. */
static bool carry_through(attempt *try, size_t index)
{
    const plan *what = try->found->what;
    states_part *ready = ready_for_carried(try, index);
    if (ready == NULL)
        return false;
    front **begun = must_allocate_zeroed(try->have.count, sizeof *begun);
    for (size_t k = 0; k < try->have.count; k++)
        begun[k] = try->have.items[k].points;
    wide *others = must_allocate(what->dims.count * sizeof *others);
    gain_of_parts(try, index + 1, SIZE_MAX, others);
    front **ends = states_carry(&try->job, ready, begun, others);
    if (ends) {
        carried_free(&try->have, &try->found->work);
        try->have = carried_of_states(what, ready->reads, ends);
    }
    if (!is_shared(try->found, ready))
        states_part_free(ready);
    free(others);
    free(begun);
    return ends != NULL;
}

/* Sums a part up by itself. */
static bool sum_up(attempt *try, size_t index, carried *apart)
{
    const plan *what = try->found->what;
    const states_part *ready = try->found->ready[index];
    front_work *work = &try->found->work;
    wide *others = must_allocate(what->dims.count * sizeof *others);
    gain_of_parts(try, 0, index, others);
    for (size_t d = 0; d < what->dims.count; d++)
        others[d] += what->base[d];
    front *unit = front_unit(what->dims.count, what->broad, try->job.words,
                             try->job.tracked, work);
    front **ends = states_carry(&try->job, ready, &unit, others);
    front_free(unit, work);
    free(others);
    if (ends)
        *apart = carried_of_states(what, ready->reads, ends);
    return ends != NULL;
}

/* ---- all parts ------------------------------------------------------------------- */

/* By itself first, and then added when that is less work than carrying on through it. */
static bool carry_or_add(attempt *try, size_t index)
{
    const plan *what = try->found->what;
    size_t dims = what->dims.count;
    wide *spent = must_allocate(dims * sizeof *spent);
    carried apart = {0};
    memcpy(spent, try->job.spent, dims * sizeof *spent);
    bool done = sum_up(try, index, &apart);
    if (done && carried_points(&apart) <= try->found->ready[index]->steps) {
        done = attempt_add(try, &what->parts[index], apart);
    } else if (done) {
        carried_free(&apart, &try->found->work);
        memcpy(try->job.spent, spent, dims * sizeof *spent);
        done = carry_through(try, index);
    }
    free(spent);
    return done;
}

static bool take_part(attempt *try, size_t index, bool boxes)
{
    const plan_part *part = &try->found->what->parts[index];
    try->found->ways |= boxes                    ? FRONTIER_BOXES
                        : part->issues.count > 1 ? FRONTIER_STATES
                                                 : FRONTIER_MERGE;
    if (boxes)
        return attempt_add_boxes(try, index);
    if (part->issues.count == 1 || index == 0 || try->found->ready[index] == NULL)
        return carry_through(try, index);
    return carry_or_add(try, index);
}

bool attempt_take_parts(attempt *try, const bool *boxes)
{
    const plan *what = try->found->what;
    begin_carrying(try);
    for (size_t k = 0; k < what->part_count && try->have.count > 0; k++) {
        if (!take_part(try, k, boxes[k]))
            return false;
        stop_tell(try->job.stop, "merging", (double)(k + 1) / (double)what->part_count);
    }
    return true;
}
