/* Where the walk ends and merging begins is a matter of speed and of what can be listed;
 * both find the same points. */
#include "solve/efficient.h"

#include "solve/archive.h"
#include "solve/count.h"
#include "solve/frontier.h"

#include <stdlib.h>
#include <string.h>

/* Walked over at once; and where merging cannot count the outcomes of its points. */
enum { MOST_WALKED = 100000, MOST_WALKED_TO_COUNT = 100000000, FEW_POINTS = 5000 };
static const size_t MOST_MEMORY = (size_t)8 << 30;

static bool is_small(const space *compiled, unsigned long most)
{
    mpz_t count;
    mpz_init(count);
    space_count(compiled, count);
    bool small = mpz_cmp_ui(count, most) <= 0;
    mpz_clear(count);
    return small;
}

/* Whoever has no preferences is content with everything: nothing is dominated by or for
 * it. */
static truce_list with_preferences(const space *compiled, truce_list over,
                                   arena *memory)
{
    size_t *items = arena_array(memory, over.count, size_t), count = 0;
    for (size_t k = 0; k < over.count; k++)
        if (compiled->scenario->parties[over.items[k]].preferences.given)
            items[count++] = over.items[k];
    return (truce_list){items, count};
}

/* ---- walking --------------------------------------------------------------------- */

static bool collect(void *user, const truce_value *outcome)
{
    archive_add(user, outcome);
    return true;
}

static bool could_be_efficient(void *user, const wide *most)
{
    return archive_wants(user, most);
}

static void find_by_walking(efficient *all, const acceptance *what, size_t most,
                            const truce_stop *stop)
{
    count_result met;
    all->walked = archive_new(all->compiled, all->over, most);
    count_choices choices = {
        .meet = collect, .is_worth = could_be_efficient, .user = all->walked};
    mpz_inits(met.least, met.most, NULL);
    count_accepted(all->compiled, what, &choices, stop, &met);
    all->complete = met.complete;
    mpz_clears(met.least, met.most, NULL);
    all->count = all->walked->count;
    const wide **rows = arena_array(&all->memory, all->count, const wide *);
    for (size_t i = 0; i < all->count; i++)
        rows[i] = all->walked->points[i].sums;
    all->rows = rows;
}

/* ---- merging --------------------------------------------------------------------- */

static void find_by_merging(efficient *all, const acceptance *what, truce_list judged,
                            const truce_stop *stop)
{
    frontier_request request = {
        .compiled = all->compiled, .what = what, .over = judged, .memory = MOST_MEMORY};
    all->merged = frontier_of(&request, stop);
    all->complete = all->merged->complete;
    all->count = all->merged->points->count;
    const wide **rows = arena_array(&all->memory, all->count, const wide *);
    for (size_t i = 0; i < all->count; i++) {
        wide *row = arena_array(&all->memory, all->over.count, wide);
        for (size_t k = 0, dim = 0; k < all->over.count; k++)
            if (dim < judged.count && judged.items[dim] == all->over.items[k])
                row[k] = front_sum(all->merged->points, i, dim++);
        rows[i] = row;
    }
    all->rows = rows;
}

/* ---- the whole ------------------------------------------------------------------- */

static bool wants_a_count(const efficient *all)
{
    return all->complete && all->merged->points->counts == NULL &&
           all->count < FEW_POINTS && is_small(all->compiled, MOST_WALKED_TO_COUNT);
}

efficient *efficient_find(const space *compiled, const acceptance *what,
                          truce_list over, size_t most, const truce_stop *stop)
{
    efficient *all = must_allocate_zeroed(1, sizeof *all);
    all->compiled = compiled;
    all->over = over;
    truce_list judged = with_preferences(compiled, over, &all->memory);
    bool walks = judged.count == 0 || is_small(compiled, MOST_WALKED);
    if (!walks)
        find_by_merging(all, what, judged, stop);
    if (!walks && wants_a_count(all)) {
        frontier_free(all->merged);
        all->merged = NULL;
        walks = true;
    }
    if (walks)
        find_by_walking(all, what, most, stop);
    return all;
}

void efficient_free(efficient *all)
{
    if (all == NULL)
        return;
    archive_free(all->walked);
    frontier_free(all->merged);
    arena_free(&all->memory);
    free(all);
}

size_t efficient_shown(const efficient *all, size_t point)
{
    return all->walked ? all->walked->points[point].kept : 1;
}

void efficient_outcome(const efficient *all, size_t point, size_t k,
                       truce_value *outcome)
{
    size_t issues = all->compiled->issue_count;
    if (all->walked)
        memcpy(outcome, all->walked->points[point].outcomes + k * issues,
               issues * sizeof *outcome);
    else
        frontier_outcome(all->merged, point, outcome);
}

bool efficient_add_count(const efficient *all, size_t point, mpz_ptr total)
{
    if (all->walked) {
        mpz_add_ui(total, total, all->walked->points[point].count);
        return true;
    }
    const front *points = all->merged->points;
    if (points->counts == NULL)
        return false;
    mpz_t count;
    mpz_init(count);
    mpz_import(count, points->count_words, -1, sizeof *points->counts, 0, 0,
               points->counts + point * points->count_words);
    mpz_add(total, total, count);
    mpz_clear(count);
    return true;
}
