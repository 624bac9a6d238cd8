/* From what was carried to the answer. Floors are cut again here, for those watched are
 * known only now, and parts that were added may have missed the early cut. */
#include "solve/attempt.h"

#include <stdlib.h>
#include <string.h>

/* The floors that hold where the watched ones stand like this, into least; false: none. */
static bool floors_at(const plan *what, const formula *watched, wide *least)
{
    bool some = false;
    for (size_t d = 0; d < what->dims.count; d++) {
        least[d] = what->has_floor[d] ? what->floors[d]
                   : what->broad      ? -((wide)1 << 126)
                                      : -((wide)1 << 62);
        some |= what->has_floor[d];
    }
    for (size_t w = 0; w < what->watched_count; w++) {
        const plan_floor *floor = &what->watched[w];
        if (watched[w] != FORMULA_YES)
            continue;
        least[floor->dim] =
            floor->least > least[floor->dim] ? floor->least : least[floor->dim];
        some = true;
    }
    return some;
}

static front *without_low(attempt *try, const carried_front *one)
{
    const plan *what = try->found->what;
    wide *least = must_allocate(what->dims.count * sizeof *least);
    front_source source = {.from = one->points};
    front_choices choices = {.stage = (uint32_t)what->compiled->issue_count,
                             .least =
                                 floors_at(what, one->watched, least) ? least : NULL,
                             .untracked = !try->job.tracked};
    front *kept = front_union(&source, 1, &choices, try->job.stop, &try->found->work);
    free(least);
    return kept;
}

/* Every front less what lies below the floors that hold for it, in one; NULL: stopped. */
static front *all_together(attempt *try)
{
    front_work *work = &try->found->work;
    size_t count = try->have.count;
    if (count == 0)
        return attempt_nothing(try, try->found->what->dims.count, try->job.words);
    front **parts = must_allocate_zeroed(count, sizeof *parts);
    front_source *sources = must_allocate((count + 1) * sizeof *sources);
    bool done = true;
    for (size_t k = 0; k < count && done; k++) {
        parts[k] = without_low(try, &try->have.items[k]);
        sources[k] = (front_source){.from = parts[k]};
        done = parts[k] != NULL;
    }
    front *all = done && count == 1 ? parts[0] : NULL;
    if (done && count > 1)
        all = front_union(
            sources, count,
            &(front_choices){.stage = (uint32_t)try->found->compiled->issue_count,
                             .untracked = !try->job.tracked},
            try->job.stop, work);
    for (size_t k = 0; k < count; k++)
        if (parts[k] != all)
            front_free(parts[k], work);
    free(sources);
    free(parts);
    return all;
}

/* The judged dimensions alone. Points that differed only in the others become one, and
 * what was dominated by these alone is not there any more: so it is not counted. */
static front *judged_only(attempt *try, front *all)
{
    const plan *what = try->found->what;
    if (what->judged == what->dims.count || all == NULL)
        return all;
    frontier_join *join = attempt_join(try->found);
    join->pieces = arena_array(&try->found->memory, 1, joined_piece);
    join->pieces[0] = (joined_piece){0, all};
    join->piece_count = 1;
    wide *sums = must_allocate((all->count * what->judged + 1) * sizeof *sums);
    for (size_t k = 0; k < all->count; k++)
        for (size_t d = 0; d < what->judged; d++)
            sums[k * what->judged + d] = front_sum(all, k, d);
    front *made = attempt_rows(try, sums, all->count, what->judged, NULL);
    free(sums);
    return made;
}

static front *capped(attempt *try, front *all)
{
    const plan *what = try->found->what;
    bool binds = false;
    wide *caps = must_allocate(what->judged * sizeof *caps);
    for (size_t d = 0; d < what->judged; d++) {
        caps[d] = what->capped[d] ? what->caps[d]
                  : what->broad   ? (wide)1 << 126
                                  : (wide)1 << 62;
        for (size_t k = 0; all && k < all->count && !binds; k++)
            binds = front_sum(all, k, d) > caps[d];
    }
    front *cut = all;
    if (all && binds) {
        cut = front_cut(all, caps, try->job.stop, &try->found->work);
        front_free(all, &try->found->work);
    }
    free(caps);
    return cut;
}

front *attempt_end(attempt *try)
{
    return capped(try, judged_only(try, all_together(try)));
}
