/* sums.h - the sums that the issues of one party can make, in lists and rows of bits: how
 * vast.h finds an outcome of a wanted utility without looking at all of them.
 *
 * All is counted in cells, whole numbers of 63 bits. An issue is a ladder of steps: how far
 * each of its values lies from one end of the issue, the nearest first. A sum is a choice
 * of one step of each issue.
 */
#ifndef PLAY_SUMS_H
#define PLAY_SUMS_H

#include "base/arena.h"
#include "base/random.h"

#include <truce/scenario.h>

#include <stdint.h>

typedef struct sum_step {
    int64_t off; /* >= 0, ascending; the first is 0 */
    truce_value value;
} sum_step;

typedef struct ladder {
    sum_step *steps; /* [count], count > 0 */
    size_t count;
} ladder;

static inline int64_t ladder_span(const ladder *of)
{
    return of->steps[of->count - 1].off;
}

/* ---- lists ------------------------------------------------------------------------------ */

/* Of a sum: the step that was added last, and the sum of the layer before to which. */
typedef struct sum_step_taken {
    uint32_t from;
    truce_value value;
} sum_step_taken;

/* Sums of the issues taken so far.
 *
 *   reach   none is larger
 *   sums    [size] ascending
 *   layers  [count][the size then] how each came about
 */
typedef struct sum_list {
    size_t *issues; /* [count] */
    size_t count;
    int64_t reach;
    int64_t *sums;
    size_t size;
    sum_step_taken **layers;
} sum_list;

/* Room to work in while lists are made: zeroed at first, any number of lists in turn. */
typedef struct sum_bench {
    struct sum_item *items, *spare;
    size_t *begins;
    size_t room, begin_room;
} sum_bench;

void sum_bench_free(sum_bench *bench);

void sum_list_begin(sum_list *list, size_t issues, int64_t reach);
void sum_list_free(sum_list *list); /* a zeroed one is fine */

/* What must not come into a list: asked of a value by itself first, and if that may do harm,
 * together with the sum it would be added to. */
typedef struct sum_filter {
    bool (*may_forbid)(void *context, size_t issue, truce_value value);
    bool (*forbids)(void *context, const sum_list *list, size_t item, size_t issue,
                    truce_value value);
    void *context;
} sum_filter;

/* One issue more; filter may be NULL. What would be more than `room` sums is cut by lowering reach, so that
 * nothing up to reach is left out; of sums that are equal one is kept, or all (ties).
 * O(room * steps within reach). */
void sum_list_take(sum_list *list, size_t issue, const ladder *of, size_t room,
                   bool ties, const sum_filter *filter, sum_bench *bench);

/* One issue more. Where there would be more than `room` sums, of those with the same
 * sum >> shift the greatest stays, or the least. room << shift is more than reach. */
void sum_list_take_thinned(sum_list *list, size_t issue, const ladder *of, size_t room,
                           int shift, bool greatest, const sum_filter *filter,
                           sum_bench *bench);

/* Sets the issues of a list to what makes one of its sums. */
void sum_list_trace(const sum_list *list, size_t item, truce_value *outcome);

typedef struct sum_pair {
    size_t item[2];
    int64_t sum;
} sum_pair;

/* Of the sums of one item of each list the nearest to `wanted` that is not above (or, for
 * `above`, not below) it; the search ends at the first that is at most `enough` away.
 * False when there is none. O(items). */
bool sum_pair_nearest(const sum_list *one, const sum_list *other, int64_t wanted,
                      bool above, int64_t enough, sum_pair *found);

/* All pairs from low to high, until take says true or `most` were taken; says whether all
 * were. O(items + pairs). */
typedef bool sum_taker(void *context, sum_pair pair);
bool sum_pairs_between(const sum_list *one, const sum_list *other, int64_t low,
                       int64_t high, size_t most, sum_taker *take, void *context);

/* ---- three piles: all sums, when there are few enough ------------------------------------ */

typedef struct pile {
    size_t *issues; /* [count] */
    size_t count;
    int64_t **sums; /* [count + 1] ascending, each once */
    size_t *counts; /* [count + 1] */
} pile;

void pile_begin(pile *to, size_t issues);
void pile_take(pile *to, size_t issue, const ladder *of);
void pile_free(pile *of);

/* The least sum of one of each of three piles at or above `wanted` into outcome; the search
 * ends when it is met. False when there is none. O(last * (first + second)). */
bool piles_least(const pile piles[3], const ladder *ladders, int64_t wanted,
                 truce_value *outcome);

/* ---- rows of bits: the same where sums lie on a coarse grid ------------------------------ */

typedef struct sum_grid {
    size_t issues;
    const ladder *ladders;
    size_t words;    /* of a row */
    uint64_t **rows; /* [issues + 1] which sums the first so many issues make */
} sum_grid;

/* range: the largest sum of all. O(issues * steps * range / 64). */
void sum_grid_fill(sum_grid *grid, const ladder *ladders, size_t issues, int64_t range);
void sum_grid_free(sum_grid *grid);

/* The least sum at or above `from`; -1 when there is none. */
int64_t sum_grid_next(const sum_grid *grid, int64_t from);

/* An outcome of that sum: by lot with dice, else always the same. */
void sum_grid_trace(const sum_grid *grid, int64_t sum, random_stream *dice,
                    truce_value *outcome);

/* ---- a proof that nothing lies nearer ----------------------------------------------------- */

/* The largest sum that is not above `allowed` (>= 0) into outcome, by branch and bound over
 * the widest issues: what is out of reach even with all others at their ends is cut off.
 * False, and outcome is anything, when more than `most` choices would have to be looked at.
 */
bool sums_largest(const ladder *ladders, const size_t *by_span, size_t issues,
                  int64_t allowed, size_t most, truce_value *outcome);

#endif
