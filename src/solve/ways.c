/* Where states are too many: a part made of boxes goes to solve/boxes.h, and a small space
 * is enumerated behind the door of solve/count.h. */
#include "solve/archive.h"
#include "solve/attempt.h"
#include "solve/boxes.h"
#include "solve/count.h"

#include <stdlib.h>
#include <string.h>

/* ---- a part as boxes ------------------------------------------------------------- */

/* How much of a cap is left for the part when all others add the least they can. */
static void cut_for_boxes(const plan *what, size_t index, wide *cut)
{
    for (size_t d = 0; d < what->dims.count; d++) {
        wide least = what->base[d], most = 0;
        cut[d] = what->broad ? (wide)1 << 126 : (wide)1 << 62;
        for (size_t k = 0; k < what->part_count; k++)
            if (k != index)
                plan_add_range(what, &what->parts[k], d, &least, &most);
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

static boxes_part part_as_boxes(const plan *what, const plan_part *part, arena *memory)
{
    size_t *issues =
        arena_copy(memory, part->issues.items, part->issues.count * sizeof *issues);
    qsort(issues, part->issues.count, sizeof *issues, compare_issues);
    boxes_part boxes = {.compiled = what->compiled,
                        .issues = {issues, part->issues.count},
                        .over = what->dims};
    if (plan_part_is_free(part))
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
bool attempt_is_boxes(const plan *what, const plan_part *part)
{
    arena memory = {0};
    bool fits =
        part->rules != FORMULA_NO &&
        (plan_part_is_free(part) || part->bonuses.count >= part->issues.count) &&
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

bool attempt_add_boxes(attempt *try, size_t index)
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
    frontier_join *join = attempt_join(found);
    join->issues = boxes.issues;
    join->rows = arena_copy(&found->memory, made->values,
                            made->count * made->issue_count * sizeof *made->values);
    carried apart = {0};
    carried_add(&apart, try->have.items[0].watched, what->watched_count,
                attempt_rows(try, made->sums, made->count, what->dims.count, NULL));
    found->complete &= made->complete;
    bool goes_on = made->complete || try->job.thinned;
    boxes_free(made);
    if (goes_on)
        return attempt_add(try, part, apart);
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
    frontier_join *join = attempt_join(found);
    join->issues = (truce_list){every, issues};
    join->rows = rows;
    front *points = attempt_rows(try, sums, all->count, dims,
                                 try->request->uncounted ? NULL : counts);
    free(counts);
    free(sums);
    return points;
}

void attempt_enumerate(attempt *try)
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
