/* Parts one after another: what was carried so far is a front for each way in which the
 * watched floors stand. A part of one issue is carried through at once; a larger part is
 * summed up by itself first, and added point by point when it came out small.
 *
 * Counts begin with one word and are done again with more when one overflows. When a
 * limit ends the exact attempt, a second one thins its fronts and so always ends: all it
 * has are real outcomes. A fifth of the time is kept for it, and a moment of grace for a
 * last one with few points.
 */
#include "solve/frontier.h"

#include "solve/archive.h"
#include "solve/boxes.h"
#include "solve/count.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_NUMBERS = 4 << 20,   /* in the tables of a part */
    BOXES_NUMBERS = 1 << 18,  /* ... when it may be summed up as boxes */
    TRIMMED_NUMBERS = 1 << 9, /* ... for each state, when states are left out */
    THINNED_POINTS = 1 << 12,
    THINNED_STATES = 1 << 9,
    FEWEST_POINTS = 1 << 6,
    FEWEST_STATES = 1 << 5,
    MOST_ENUMERATED = 100000000,
    BOXES_FROM_STEPS = 20000, /* a part with more steps is tried as boxes */
    PART_OF_TIME_FOR_THINNING = 5
};

static const double SECONDS_OF_GRACE = 0.5;

/* A label of a join stands for a point of a front that was added (`from` labels on), or
 * for a row of values. */
typedef struct joined_piece {
    uint32_t first; /* label of its first point */
    front *points;
} joined_piece;

typedef struct frontier_join {
    joined_piece *pieces;
    size_t piece_count;
    truce_list issues;
    const truce_value *rows; /* [points][issues.count]; NULL: pieces */
} frontier_join;

/* The front of all outcomes of the parts so far by which the watched floors stand like
 * this. */
typedef struct carried_front {
    formula *watched; /* [watched_count] */
    front *points;
} carried_front;

typedef struct carried {
    carried_front *items;
    size_t count, room;
} carried;

/* One attempt at the whole. */
typedef struct attempt {
    frontier_found *found;
    const frontier_request *request;
    states_job job;
    const wide *rests; /* [part_count][dims] the most each part can gain */
    carried have;
} attempt;

/* ---- carried fronts -------------------------------------------------------------- */

static void carried_free(carried *all, front_work *work)
{
    for (size_t k = 0; k < all->count; k++) {
        front_free(all->items[k].points, work);
        free(all->items[k].watched);
    }
    free(all->items);
    *all = (carried){0};
}

/* Adds a front; watched is copied. */
static void carried_add(carried *all, const formula *watched, size_t watched_count,
                        front *points)
{
    formula *copy = must_allocate(watched_count * sizeof *copy);
    memcpy(copy, watched, watched_count * sizeof *copy);
    *grow(all->items, all->count, all->room) = (carried_front){copy, points};
}

static size_t points_of(const carried *all)
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
static carried carried_from(const plan *what, const automaton *reads, front **fronts)
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
        ready = states_part_new(what, part, starts, try->have.count,
                                try->job.thinned ? TRIMMED_NUMBERS * try->job.states
                                                 : MOST_NUMBERS,
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
        try->have = carried_from(what, ready->reads, ends);
    }
    if (!is_shared(try->found, ready))
        states_part_free(ready);
    free(others);
    free(begun);
    return ends != NULL;
}

/* ---- adding a part that was summed up by itself ---------------------------------- */

static frontier_join *new_join(frontier_found *found)
{
    frontier_join *join = grow(found->joins, found->join_count, found->join_room);
    *join = (frontier_join){0};
    return join;
}

static uint32_t stage_of_join(const frontier_found *found, size_t join)
{
    return (uint32_t)(found->compiled->issue_count + 1 + join);
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
    size_t room = sum->large->count * points_of(sum->small);
    front_source *sources = must_allocate(room * sizeof *sources), *end = sources;
    formula *other = must_allocate(watched * sizeof *other);
    for (size_t l = 0; l < sum->large->count; l++)
        for (size_t s = 0; s < sum->small->count; s++) {
            pair_stands(sum, l, s, other);
            if (is_same_way(stand, other, watched))
                put_sources(sum, l, s, &end);
        }
    front_choices choices = {.stage =
                                 stage_of_join(try->found, try->found->join_count - 1)};
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

/* Adds what a part came to; takes `apart` over. False when ended. */
static bool add_part(attempt *try, const plan_part *part, carried apart)
{
    size_t dims = try->found->what->dims.count;
    bool swapped = points_of(&apart) > points_of(&try->have);
    carried *small = swapped ? &try->have : &apart;
    adding sum = {.try = try,
                  .part = part,
                  .large = swapped ? &apart : &try->have,
                  .small = small,
                  .swapped = swapped};
    new_join(try->found);
    sum.shifts = must_allocate(points_of(small) * dims * sizeof *sum.shifts);
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
        *apart = carried_from(what, ready->reads, ends);
    return ends != NULL;
}

/* ---- a part as boxes ------------------------------------------------------------- */

/* The least and the most that part of the plan can add in a dimension, by any values. */
static void add_range(const plan *what, const plan_part *part, size_t d, wide *least,
                      wide *most)
{
    const space_party *party = &what->compiled->parties[what->dims.items[d]];
    for (size_t k = 0; k < part->issues.count; k++) {
        size_t issue = part->issues.items[k];
        const wide *table = party->tables[issue];
        wide low = table[0], high = table[0];
        for (size_t v = 1; v < what->compiled->value_counts[issue]; v++) {
            low = table[v] < low ? table[v] : low;
            high = table[v] > high ? table[v] : high;
        }
        *least += low;
        *most += high;
    }
    for (size_t b = 0; b < part->bonuses.count; b++) {
        wide amount = what->bonuses[part->bonuses.items[b]].amounts[d];
        *(amount < 0 ? least : most) += amount;
    }
}

/* How much of a cap is left for the part when all others add the least they can. */
static void cut_for_boxes(const plan *what, size_t index, wide *cut)
{
    for (size_t d = 0; d < what->dims.count; d++) {
        wide least = what->base[d], most = 0;
        cut[d] = what->broad ? (wide)1 << 126 : (wide)1 << 62;
        for (size_t k = 0; k < what->part_count; k++)
            if (k != index)
                add_range(what, &what->parts[k], d, &least, &most);
        if (what->capped[d])
            cut[d] = what->caps[d] - least;
    }
}

static int compare_issues(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;
    return a < b ? -1 : a > b;
}

/* A formula that is neither FORMULA_NO nor FORMULA_YES as a condition again. */
static const truce_condition *condition_of(const formulas *all, formula what,
                                           arena *memory)
{
    const formula_node *node = formula_node_of(all, what);
    truce_condition *made = arena_new(memory, truce_condition);
    made->kind = node->kind;
    made->issue = node->issue;
    if (node->kind == CONDITION_LEAF) {
        made->ranges = node->ranges;
        made->range_count = node->count;
        return made;
    }
    const truce_condition **parts =
        arena_array(memory, node->count, const truce_condition *);
    for (size_t k = 0; k < node->count; k++)
        parts[k] = condition_of(all, node->parts[k], memory);
    made->parts = parts;
    made->part_count = node->count;
    return made;
}

/* Does nothing have to hold? */
static bool is_free(const plan_part *part)
{
    return part->rules == FORMULA_YES;
}

static boxes_part part_as_boxes(const plan *what, const plan_part *part, arena *memory)
{
    size_t *issues =
        arena_copy(memory, part->issues.items, part->issues.count * sizeof *issues);
    qsort(issues, part->issues.count, sizeof *issues, compare_issues);
    boxes_part boxes = {.compiled = what->compiled,
                        .issues = {issues, part->issues.count},
                        .over = what->dims};
    if (is_free(part))
        return boxes;
    const truce_condition **must = arena_array(memory, 1, const truce_condition *);
    must[0] = condition_of(what->all, part->rules, memory);
    boxes.must = must;
    boxes.must_count = 1;
    return boxes;
}

/* Does no condition reach across the part's border, as it is written? Simplified it may
 * not, and boxes are made of what is written. */
static bool is_apart_as_written(const plan *what, const plan_part *part, arena *memory)
{
    bool *within = arena_array(memory, what->compiled->issue_count, bool);
    size_t inside = 0;
    for (size_t k = 0; k < part->issues.count; k++)
        within[part->issues.items[k]] = true;
    for (size_t d = 0; d < what->dims.count; d++) {
        const space_party *party = &what->compiled->parties[what->dims.items[d]];
        for (size_t b = 0; b < party->bonus_count; b++) {
            truce_list issues = condition_issues(memory, party->bonuses[b].condition);
            size_t met = 0;
            for (size_t k = 0; k < issues.count; k++)
                met += within[issues.items[k]];
            if (met > 0 && met < issues.count)
                return false;
            inside += met > 0;
        }
    }
    return inside == part->bonuses.count;
}

/* Where something must hold, tables alone are better left to states. */
static bool is_box_part(const plan *what, const plan_part *part)
{
    arena memory = {0};
    bool fits = part->rules != FORMULA_NO &&
                (is_free(part) || part->bonuses.count >= part->issues.count) &&
                is_apart_as_written(what, part, &memory);
    for (size_t w = 0; w < what->watched_count; w++)
        fits &= !part->reads[w];
    if (fits) {
        boxes_part boxes = part_as_boxes(what, part, &memory);
        fits = boxes_fit(&boxes);
    }
    arena_free(&memory);
    return fits;
}

/* A front without points. */
static front *no_points(attempt *try, size_t dims, size_t words)
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

/* Single points, each with the row of its number as its witness, as one front. */
static front *front_of_rows(attempt *try, const wide *sums, size_t count, size_t dims,
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
    front_choices choices = {.stage =
                                 stage_of_join(try->found, try->found->join_count - 1),
                             .untracked = !try->job.tracked};
    front *all = count ? front_union(sources, count, &choices, NULL, work)
                       : no_points(try, dims, words);
    front_free(unit, work);
    free(sources);
    return all;
}

/* Sums the part up as boxes; false when a limit ended that. */
static bool add_boxes(attempt *try, size_t index)
{
    frontier_found *found = try->found;
    const plan *what = found->what;
    const plan_part *part = &what->parts[index];
    boxes_part boxes = part_as_boxes(what, part, &found->memory);
    wide *cut = arena_array(&found->memory, what->dims.count, wide);
    cut_for_boxes(what, index, cut);
    size_t memory = try->job.memory;
    boxes_frontier *made =
        boxes_find(&boxes, &(boxes_choices){cut, memory}, try->job.stop);
    found->work.candidates += made->nodes;
    frontier_join *join = new_join(found);
    join->issues = boxes.issues;
    join->rows = arena_copy(&found->memory, made->values,
                            made->count * made->issue_count * sizeof *made->values);
    carried apart = {0};
    carried_add(&apart, try->have.items[0].watched, what->watched_count,
                front_of_rows(try, made->sums, made->count, what->dims.count, NULL));
    found->complete &= made->complete;
    bool goes_on = made->complete || try->job.thinned;
    boxes_free(made);
    if (goes_on)
        return add_part(try, part, apart);
    carried_free(&apart, &found->work);
    return false;
}

/* ---- a space tried outcome by outcome -------------------------------------------- */

static bool collect(void *user, const truce_value *outcome)
{
    archive_add(user, outcome);
    return true;
}

static bool could_matter(void *user, const wide *most)
{
    return archive_wants(user, most);
}

/* What an archive holds as a front. */
static front *front_of_archive(attempt *try, const archive *all)
{
    frontier_found *found = try->found;
    size_t issues = found->compiled->issue_count, dims = all->over.count;
    size_t *every = arena_array(&found->memory, issues, size_t);
    truce_value *rows = arena_array(&found->memory, all->count * issues, truce_value);
    wide *sums = must_allocate((all->count + 1) * dims * sizeof *sums);
    uint64_t *counts = must_allocate((all->count + 1) * sizeof *counts);
    for (size_t i = 0; i < issues; i++)
        every[i] = i;
    for (size_t k = 0; k < all->count; k++) {
        memcpy(rows + k * issues, all->points[k].outcomes, issues * sizeof *rows);
        memcpy(sums + k * dims, all->points[k].sums, dims * sizeof *sums);
        counts[k] = all->points[k].count;
    }
    frontier_join *join = new_join(found);
    join->issues = (truce_list){every, issues};
    join->rows = rows;
    front *points = front_of_rows(try, sums, all->count, dims,
                                  try->request->uncounted ? NULL : counts);
    free(counts);
    free(sums);
    return points;
}

static void enumerate(attempt *try)
{
    frontier_found *found = try->found;
    archive *all = archive_new(found->compiled, try->request->over, 1);
    count_choices choices = {.meet = collect, .is_worth = could_matter, .user = all};
    count_result met;
    mpz_inits(met.least, met.most, NULL);
    count_accepted(found->compiled, try->request->what, &choices, try->job.stop, &met);
    found->points = front_of_archive(try, all);
    found->complete = met.complete;
    found->ways = FRONTIER_ENUMERATION;
    mpz_clears(met.least, met.most, NULL);
    archive_free(all);
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
    if (done && points_of(&apart) <= try->found->ready[index]->steps) {
        done = add_part(try, &what->parts[index], apart);
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
        return add_boxes(try, index);
    if (part->issues.count == 1 || index == 0 || try->found->ready[index] == NULL)
        return carry_through(try, index);
    return carry_or_add(try, index);
}

static bool take_all_parts(attempt *try, const bool *boxes)
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

/* ---- from what was carried to the answer ----------------------------------------- */

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
        return no_points(try, try->found->what->dims.count, try->job.words);
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
    frontier_join *join = new_join(try->found);
    join->pieces = arena_array(&try->found->memory, 1, joined_piece);
    join->pieces[0] = (joined_piece){0, all};
    join->piece_count = 1;
    wide *sums = must_allocate((all->count * what->judged + 1) * sizeof *sums);
    for (size_t k = 0; k < all->count; k++)
        for (size_t d = 0; d < what->judged; d++)
            sums[k * what->judged + d] = front_sum(all, k, d);
    front *made = front_of_rows(try, sums, all->count, what->judged, NULL);
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

/* ---- attempts -------------------------------------------------------------------- */

static void forget_joins(frontier_found *found)
{
    for (size_t j = 0; j < found->join_count; j++)
        for (size_t k = 0; k < found->joins[j].piece_count; k++)
            front_free(found->joins[j].pieces[k].points, &found->work);
    free(found->joins);
    found->joins = NULL;
    found->join_count = found->join_room = 0;
}

/* One attempt; sets found->points unless it was ended. */
static void try_once(attempt *try, const bool *boxes)
{
    frontier_found *found = try->found;
    size_t dims = found->what->dims.count;
    forget_joins(found);
    found->ways = 0;
    found->work.overflow = false;
    try->job.coarse = 0;
    memset(try->job.spent, 0, dims * sizeof *try->job.spent);
    if (take_all_parts(try, boxes))
        found->points = capped(try, judged_only(try, all_together(try)));
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
        try->found->points = no_points(try, try->found->what->judged, 0);
}

/* ---- before the attempts --------------------------------------------------------- */

/* How much the tables of a part may hold. */
static size_t numbers_for(const attempt *try, const plan_part *part, bool boxes)
{
    if (part->issues.count > 1 && try->request->numbers > 0)
        return try->request->numbers;
    return boxes ? BOXES_NUMBERS : MOST_NUMBERS;
}

/* Makes every part ready; where something must hold, boxes are the last resort. `boxes` receives which are summed up as boxes. Returns whether
 * all parts are within reach of either. */
static bool prepare(attempt *try, bool *boxes, const truce_stop *stop)
{
    frontier_found *found = try->found;
    const plan *what = found->what;
    bool all = true;
    for (size_t k = 0; k < what->part_count; k++) {
        const plan_part *part = &what->parts[k];
        formula *start = must_allocate(plan_width(what, part) * sizeof *start);
        plan_start(what, part, start);
        boxes[k] = part->issues.count > 1 && is_box_part(what, part);
        found->ready[k] = states_part_new(
            what, part, start, 1, numbers_for(try, part, boxes[k] && is_free(part)),
            false, stop);
        free(start);
        boxes[k] &= !found->ready[k] ||
                    (is_free(part) && found->ready[k]->steps > BOXES_FROM_STEPS);
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
            add_range(what, &what->parts[k], d, &least[d], &rest);
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
        boxes[k] &= is_free(&what->parts[k]);
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
        enumerate(try);
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
    found->points = no_points(try, found->what->judged, 0);
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
    forget_joins(found);
    front_free(found->points, &found->work);
    for (size_t k = 0; k < found->what->part_count; k++)
        states_part_free(found->ready[k]);
    plan_free(found->what);
    arena memory = found->memory; /* a copy: found lives in the memory it owns */
    arena_free(&memory);
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
