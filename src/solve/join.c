/* Fronts of parts that were summed up by themselves, added to what was carried: the one
 * with fewer points becomes shifts of the other. Labels of such a step are points, in the
 * order of the pieces; the join remembers which front they belong to.
 *
 * Stages of front_walk(): an issue is its own number, the number of issues stands for
 * nothing, and joins follow.
 */
#include "solve/attempt.h"

#include <stdlib.h>
#include <string.h>

/* ---- joins ----------------------------------------------------------------------- */

uint32_t attempt_join_stage(const frontier_found *found)
{
    return (uint32_t)(found->compiled->issue_count + found->join_count);
}

void attempt_forget_joins(frontier_found *found)
{
    for (size_t j = 0; j < found->join_count; j++)
        for (size_t k = 0; k < found->joins[j].piece_count; k++)
            front_free(found->joins[j].pieces[k].points, &found->work);
    free(found->joins);
    found->joins = NULL;
    found->join_count = found->join_room = 0;
}

frontier_join *attempt_join(frontier_found *found)
{
    frontier_join *join = grow(found->joins, found->join_count, found->join_room);
    *join = (frontier_join){0};
    return join;
}

static bool is_same_way(const formula *one, const formula *other, size_t count)
{
    return memcmp(one, other, count * sizeof *one) == 0;
}

/* How the floors stand after both: those that the part reads as it says. */
static void stand_after(const plan *what, const plan_part *part, const formula *before,
                        const formula *in_part, formula *after)
{
    for (size_t w = 0; w < what->watched_count; w++)
        after[w] = part->reads[w] ? in_part[w] : before[w];
}

/* The sums of one front added to those of another. */
typedef struct adding {
    attempt *try;
    const plan_part *part;
    const carried *large, *small;
    bool swapped; /* large is the part's, small was carried before */
    frontier_join *join;
    wide *shifts;     /* [points of small][dims] */
    uint32_t *labels; /* [small.count] of the first point of each */
    wide *spent;      /* [dims] the largest slack of the unions */
} adding;

static void pair_stands(const adding *sum, size_t l, size_t s, formula *stand)
{
    const formula *large = sum->large->items[l].watched;
    const formula *small = sum->small->items[s].watched;
    stand_after(sum->try->found->what, sum->part, sum->swapped ? small : large,
                sum->swapped ? large : small, stand);
}

/* Every point of small as a shift. */
static void make_shifts(adding *sum)
{
    size_t dims = sum->try->found->what->dims.count;
    uint32_t label = 0;
    for (size_t s = 0; s < sum->small->count; s++) {
        const front *points = sum->small->items[s].points;
        sum->labels[s] = label;
        for (size_t k = 0; k < points->count; k++, label++)
            for (size_t d = 0; d < dims; d++)
                sum->shifts[label * dims + d] = front_sum(points, k, d);
    }
}

static void put_sources(const adding *sum, size_t l, size_t s, front_source **next)
{
    size_t dims = sum->try->found->what->dims.count;
    const front *large = sum->large->items[l].points;
    const front *small = sum->small->items[s].points;
    for (size_t k = 0; large->count > 0 && k < small->count; k++) {
        uint32_t label = sum->labels[s] + (uint32_t)k;
        *(*next)++ = (front_source){
            .from = large,
            .shift = sum->shifts + label * dims,
            .label = label,
            .copies = small->counts ? small->counts + k * small->count_words : NULL};
    }
}

/* The union of all pairs that stand like `stand`; false when ended. */
static bool add_pairs(adding *sum, const formula *stand, carried *to)
{
    attempt *try = sum->try;
    size_t watched = try->found->what->watched_count;
    size_t room = sum->large->count * carried_points(sum->small);
    front_source *sources = must_allocate(room * sizeof *sources), *end = sources;
    formula *other = must_allocate(watched * sizeof *other);
    for (size_t l = 0; l < sum->large->count; l++)
        for (size_t s = 0; s < sum->small->count; s++) {
            pair_stands(sum, l, s, other);
            if (is_same_way(stand, other, watched))
                put_sources(sum, l, s, &end);
        }
    front_choices choices = {.stage = attempt_join_stage(try->found)};
    bool done = true;
    if (end > sources) {
        front *all = states_union(&try->job, sources, (size_t)(end - sources), choices,
                                  sum->spent);
        done = all != NULL && !try->found->work.overflow;
        if (done)
            carried_add(to, stand, watched, all);
        else
            front_free(all, &try->found->work);
    }
    free(other);
    free(sources);
    return done;
}

static bool is_there(const carried *all, const formula *stand, size_t watched)
{
    for (size_t k = 0; k < all->count; k++)
        if (is_same_way(all->items[k].watched, stand, watched))
            return true;
    return false;
}

static bool add_all_pairs(adding *sum, carried *to)
{
    size_t watched = sum->try->found->what->watched_count;
    formula *stand = must_allocate(watched * sizeof *stand);
    bool done = true;
    for (size_t l = 0; l < sum->large->count && done; l++)
        for (size_t s = 0; s < sum->small->count && done; s++) {
            pair_stands(sum, l, s, stand);
            if (!is_there(to, stand, watched))
                done = add_pairs(sum, stand, to);
        }
    free(stand);
    return done;
}

/* The fronts of small stay with the join, which points back into them. */
static void keep_pieces(frontier_found *found, adding *sum, carried *small)
{
    frontier_join *join = &found->joins[found->join_count - 1];
    join->pieces = arena_array(&found->memory, small->count, joined_piece);
    join->piece_count = small->count;
    for (size_t s = 0; s < small->count; s++) {
        join->pieces[s] = (joined_piece){sum->labels[s], small->items[s].points};
        small->items[s].points = NULL;
    }
}

bool attempt_add(attempt *try, const plan_part *part, carried apart)
{
    size_t dims = try->found->what->dims.count;
    bool swapped = carried_points(&apart) > carried_points(&try->have);
    carried *small = swapped ? &try->have : &apart;
    adding sum = {.try = try,
                  .part = part,
                  .large = swapped ? &apart : &try->have,
                  .small = small,
                  .swapped = swapped};
    attempt_join(try->found);
    sum.shifts = must_allocate(carried_points(small) * dims * sizeof *sum.shifts);
    sum.labels = must_allocate(small->count * sizeof *sum.labels);
    sum.spent = must_allocate_zeroed(dims, sizeof *sum.spent);
    make_shifts(&sum);
    carried to = {0};
    bool done = add_all_pairs(&sum, &to);
    for (size_t d = 0; d < dims; d++)
        try->job.spent[d] += sum.spent[d];
    free(sum.spent);
    keep_pieces(try->found, &sum, small);
    free(sum.shifts);
    free(sum.labels);
    carried_free(&apart, &try->found->work);
    carried_free(&try->have, &try->found->work);
    try->have = to;
    return done;
}

/* ---- rows ------------------------------------------------------------------------ */

front *attempt_nothing(attempt *try, size_t dims, size_t words)
{
    front_work *work = &try->found->work;
    wide *least = must_allocate(dims * sizeof *least);
    for (size_t d = 0; d < dims; d++)
        least[d] = 1;
    front *unit =
        front_unit(dims, try->found->what->broad, words, try->job.tracked, work);
    front_source only = {.from = unit};
    front_choices choices = {.least = least, .untracked = !try->job.tracked};
    front *none = front_union(&only, 1, &choices, NULL, work);
    front_free(unit, work);
    free(least);
    return none;
}

front *attempt_rows(attempt *try, const wide *sums, size_t count, size_t dims,
                    const uint64_t *counts)
{
    front_work *work = &try->found->work;
    size_t words = counts ? 1 : 0;
    front *unit =
        front_unit(dims, try->found->what->broad, words, try->job.tracked, work);
    front_source *sources = must_allocate((count + 1) * sizeof *sources);
    for (size_t k = 0; k < count; k++)
        sources[k] = (front_source){.from = unit,
                                    .shift = sums + k * dims,
                                    .label = (uint32_t)k,
                                    .copies = counts ? counts + k : NULL};
    front_choices choices = {.stage = attempt_join_stage(try->found),
                             .untracked = !try->job.tracked};
    front *all = count ? front_union(sources, count, &choices, NULL, work)
                       : attempt_nothing(try, dims, words);
    front_free(unit, work);
    free(sources);
    return all;
}

/* ---- witnesses ------------------------------------------------------------------- */

typedef struct reading {
    const frontier_found *found;
    truce_value *outcome;
} reading;

static void read_step(void *user, uint32_t stage, uint32_t label)
{
    const reading *at = user;
    size_t issues = at->found->compiled->issue_count;
    if (stage < issues)
        at->outcome[stage] = label;
    if (stage <= issues)
        return;
    const frontier_join *join = &at->found->joins[stage - issues - 1];
    for (size_t k = 0; join->rows && k < join->issues.count; k++)
        at->outcome[join->issues.items[k]] = join->rows[label * join->issues.count + k];
    size_t piece = join->piece_count;
    while (piece-- > 0)
        if (join->pieces[piece].first <= label) {
            front_walk(join->pieces[piece].points, label - join->pieces[piece].first,
                       read_step, user);
            return;
        }
}

void frontier_outcome(const frontier_found *found, size_t point, truce_value *outcome)
{
    reading at = {found, outcome};
    front_walk(found->points, point, read_step, &at);
}
