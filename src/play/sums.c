/* sums: two sorted lists of sums, the one walked up and the other down, meet at any wanted
 * sum (Horowitz and Sahni, Computing partitions with applications to the knapsack problem,
 * 1974). A list grows issue by issue: the runs of sums that its values make are merged.
 *
 * A thinned list keeps, of all sums within a bucket, the one at the far end towards what is
 * wanted. So a sum with nothing between it and what is wanted for more than a bucket is
 * never lost: what took its place in its bucket would lie in between.
 *
 * Expected: 2,048 to 16,384 items, 5 to 100 issues, 2 to 100 values; piles up to 12 million
 * sums; rows up to some million bits.
 */
#include "play/sums.h"

#include <stdlib.h>
#include <string.h>

/* ---- merging runs ------------------------------------------------------------------------ */

typedef struct sum_item {
    int64_t sum;
    sum_step_taken last;
} sum_item;

/* On a bench: items in runs, each ascending; run r ends where r + 1 begins. */
typedef struct runs {
    sum_item *items, *spare;
    size_t count;
    size_t *begins; /* [run_count + 1] */
    size_t run_count;
} runs;

static void *more_room(void *old, size_t size)
{
    free(old);
    return must_allocate(size);
}

static runs runs_on(sum_bench *bench, size_t items, size_t run_count)
{
    if (items > bench->room) {
        bench->room = items + items / 2;
        bench->items = more_room(bench->items, bench->room * sizeof(sum_item));
        bench->spare = more_room(bench->spare, bench->room * sizeof(sum_item));
    }
    if (run_count + 2 > bench->begin_room) {
        bench->begin_room = 2 * (run_count + 2);
        bench->begins = more_room(bench->begins, bench->begin_room * sizeof(size_t));
    }
    return (runs){bench->items, bench->spare, 0, bench->begins, 0};
}

void sum_bench_free(sum_bench *bench)
{
    free(bench->items);
    free(bench->spare);
    free(bench->begins);
    *bench = (sum_bench){0};
}

static void merge(const sum_item *a, const sum_item *a_end, const sum_item *b,
                  const sum_item *b_end, sum_item *to)
{
    while (a < a_end && b < b_end) {
        bool second = b->sum < a->sum;
        *to++ = second ? *b : *a;
        a += !second;
        b += second;
    }
    memcpy(to, a, (size_t)(a_end - a) * sizeof *a);
    memcpy(to + (a_end - a), b, (size_t)(b_end - b) * sizeof *b);
}

static void merge_runs(runs *all)
{
    while (all->run_count > 1) {
        size_t made = 0;
        for (size_t r = 0; r < all->run_count; r += 2) {
            size_t begin = all->begins[r], middle = all->begins[r + 1];
            size_t end = r + 1 < all->run_count ? all->begins[r + 2] : middle;
            merge(all->items + begin, all->items + middle, all->items + middle,
                  all->items + end, all->spare + begin);
            all->begins[made++] = begin;
        }
        all->begins[made] = all->count;
        all->run_count = made;
        sum_item *other = all->items;
        all->items = all->spare;
        all->spare = other;
    }
}

/* ---- lists ------------------------------------------------------------------------------ */

void sum_list_begin(sum_list *list, size_t issues, int64_t reach)
{
    *list = (sum_list){.issues = must_allocate((issues + 1) * sizeof(size_t)),
                       .layers = must_allocate((issues + 1) * sizeof(sum_step_taken *)),
                       .reach = reach,
                       .sums = must_allocate_zeroed(1, sizeof(int64_t)),
                       .size = 1};
}

void sum_list_free(sum_list *list)
{
    for (size_t k = 0; k < list->count; k++)
        free(list->layers[k]);
    free(list->layers);
    free(list->issues);
    free(list->sums);
    *list = (sum_list){0};
}

/* How many of the steps of an issue lie within reach. */
static size_t steps_within(const ladder *of, int64_t reach)
{
    size_t low = 0, high = of->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (of->steps[middle].off <= reach)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many of its sums are at most so long. */
static size_t sums_within(const sum_list *list, int64_t longest)
{
    size_t low = 0, high = list->size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->sums[middle] <= longest)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Items of a run: all of the list that may be followed by this step. */
static size_t fill_run(sum_item *to, size_t room, const sum_list *from, size_t issue,
                       const sum_step *step, const sum_filter *filter)
{
    if (filter && !filter->may_forbid(filter->context, issue, step->value))
        filter = NULL;
    size_t count = 0;
    for (size_t k = 0; k < room; k++) {
        if (filter && filter->forbids(filter->context, from, k, issue, step->value))
            continue;
        to[count++] = (sum_item){from->sums[k] + step->off, {(uint32_t)k, step->value}};
    }
    return count;
}

static void add_run(runs *all, const sum_list *from, size_t issue, const sum_step *step,
                    const sum_filter *filter)
{
    all->begins[all->run_count++] = all->count;
    all->count +=
        fill_run(all->items + all->count, sums_within(from, from->reach - step->off),
                 from, issue, step, filter);
    all->begins[all->run_count] = all->count;
}

static void keep_one_of_each(runs *all)
{
    size_t kept = 0;
    for (size_t k = 0; k < all->count; k++)
        if (k == 0 || all->items[k].sum != all->items[kept - 1].sum)
            all->items[kept++] = all->items[k];
    all->count = kept;
}

static void append(sum_list *list, size_t issue, const sum_item *items, size_t count)
{
    free(list->sums);
    list->sums = must_allocate((count + 1) * sizeof *list->sums);
    list->size = count;
    sum_step_taken *layer = must_allocate((count + 1) * sizeof *layer);
    for (size_t k = 0; k < count; k++) {
        list->sums[k] = items[k].sum;
        layer[k] = items[k].last;
    }
    list->issues[list->count] = issue;
    list->layers[list->count++] = layer;
}

/* Lowers the reach below the first that has no room, and what is equal to it. */
static void cut(sum_list *list, runs *all, size_t room)
{
    list->reach = all->items[room].sum - 1;
    all->count = room;
    while (all->count > 0 && all->items[all->count - 1].sum > list->reach)
        all->count--;
}

void sum_list_take(sum_list *list, size_t issue, const ladder *of, size_t room,
                   bool ties, const sum_filter *filter, sum_bench *bench)
{
    size_t steps = steps_within(of, list->reach), items = 0;
    for (size_t s = 0; s < steps; s++)
        items += sums_within(list, list->reach - of->steps[s].off);
    runs all = runs_on(bench, items, steps);
    for (size_t s = 0; s < steps; s++)
        add_run(&all, list, issue, &of->steps[s], filter);
    merge_runs(&all);
    if (!ties)
        keep_one_of_each(&all);
    if (all.count > room)
        cut(list, &all, room);
    append(list, issue, all.items, all.count);
}

/* ---- thinning ---------------------------------------------------------------------------- */

static void drop_into_buckets(sum_item *buckets, int shift, const sum_item *items,
                              size_t count, bool greatest)
{
    for (size_t k = 0; k < count; k++) {
        sum_item *at = &buckets[items[k].sum >> shift];
        if (at->sum < 0 || (greatest ? items[k].sum > at->sum : items[k].sum < at->sum))
            *at = items[k];
    }
}

enum { STEPS_MOST = 256 }; /* of an issue with very many values */

void sum_list_take_thinned(sum_list *list, size_t issue, const ladder *of, size_t room,
                           int shift, bool greatest, const sum_filter *filter,
                           sum_bench *bench)
{
    size_t steps = steps_within(of, list->reach);
    size_t stride = steps / STEPS_MOST + 1;
    if (list->size * steps <= room) {
        sum_list_take(list, issue, of, room, false, filter, bench);
        return;
    }
    runs all = runs_on(bench, room > list->size ? room : list->size, 0);
    sum_item *buckets = all.items;
    for (size_t b = 0; b < room; b++)
        buckets[b].sum = -1; /* an empty one */
    for (size_t s = 0; s < steps; s += stride) {
        const sum_step *step = &of->steps[s];
        size_t count = fill_run(all.spare, sums_within(list, list->reach - step->off),
                                list, issue, step, filter);
        drop_into_buckets(buckets, shift, all.spare, count, greatest);
    }
    size_t kept = 0;
    for (size_t b = 0; b < room; b++)
        if (buckets[b].sum >= 0)
            buckets[kept++] = buckets[b];
    append(list, issue, buckets, kept);
}

void sum_list_trace(const sum_list *list, size_t item, truce_value *outcome)
{
    for (size_t k = list->count; k-- > 0;) {
        sum_step_taken last = list->layers[k][item];
        outcome[list->issues[k]] = last.value;
        item = last.from;
    }
}

/* ---- pairs ------------------------------------------------------------------------------- */

static bool nearest_below(const sum_list *up, const sum_list *down, int64_t wanted,
                          int64_t enough, sum_pair *found)
{
    int64_t best = -1;
    size_t high = down->size;
    for (size_t low = 0; low < up->size && up->sums[low] <= wanted; low++) {
        int64_t left = wanted - up->sums[low];
        while (high > 0 && down->sums[high - 1] > left)
            high--;
        if (high == 0)
            break;
        int64_t sum = up->sums[low] + down->sums[high - 1];
        if (sum <= best)
            continue;
        best = sum;
        *found = (sum_pair){{low, high - 1}, sum};
        if (wanted - sum <= enough)
            break;
    }
    return best >= 0;
}

static bool nearest_above(const sum_list *up, const sum_list *down, int64_t wanted,
                          int64_t enough, sum_pair *found)
{
    int64_t best = INT64_MAX;
    size_t high = down->size;
    for (size_t low = 0; low < up->size; low++) {
        int64_t left = wanted - up->sums[low];
        while (high > 0 && down->sums[high - 1] >= left)
            high--;
        if (high == down->size)
            continue;
        int64_t sum = up->sums[low] + down->sums[high];
        if (sum >= best)
            continue;
        best = sum;
        *found = (sum_pair){{low, high}, sum};
        if (sum - wanted <= enough)
            break;
    }
    return best < INT64_MAX;
}

bool sum_pair_nearest(const sum_list *one, const sum_list *other, int64_t wanted,
                      bool above, int64_t enough, sum_pair *found)
{
    return above ? nearest_above(one, other, wanted, enough, found)
                 : nearest_below(one, other, wanted, enough, found);
}

bool sum_pairs_between(const sum_list *one, const sum_list *other, int64_t low,
                       int64_t high, size_t most, sum_taker *take, void *context)
{
    size_t end = other->size;
    for (size_t k = 0; k < one->size && one->sums[k] <= high; k++) {
        int64_t sum = one->sums[k];
        while (end > 0 && other->sums[end - 1] > high - sum)
            end--;
        for (size_t at = end; at > 0 && other->sums[at - 1] >= low - sum; at--) {
            sum_pair pair = {{k, at - 1}, sum + other->sums[at - 1]};
            if (most-- == 0 || take(context, pair))
                return false;
        }
    }
    return true;
}

/* ---- piles -------------------------------------------------------------------------------- */

void pile_begin(pile *to, size_t issues)
{
    *to = (pile){.issues = must_allocate((issues + 1) * sizeof(size_t)),
                 .sums = must_allocate((issues + 1) * sizeof(int64_t *)),
                 .counts = must_allocate((issues + 1) * sizeof(size_t))};
    to->sums[0] = must_allocate_zeroed(1, sizeof(int64_t));
    to->counts[0] = 1;
}

void pile_free(pile *of)
{
    for (size_t k = 0; of->sums && k <= of->count; k++)
        free(of->sums[k]);
    free(of->sums);
    free(of->counts);
    free(of->issues);
    *of = (pile){0};
}

/* Sorts `runs` runs of `length` sums each. The result is in one of the two. */
static int64_t *merge_sums(int64_t *sums, int64_t *spare, size_t length, size_t count)
{
    for (; length < count; length *= 2) {
        for (size_t begin = 0; begin < count; begin += 2 * length) {
            size_t middle = begin + length < count ? begin + length : count;
            size_t end = middle + length < count ? middle + length : count;
            size_t a = begin, b = middle, to = begin;
            while (a < middle && b < end) {
                bool second = sums[b] < sums[a];
                spare[to++] = second ? sums[b] : sums[a];
                a += !second;
                b += second;
            }
            memcpy(spare + to, sums + a, (middle - a) * sizeof *sums);
            memcpy(spare + to + (middle - a), sums + b, (end - b) * sizeof *sums);
        }
        int64_t *other = sums;
        sums = spare;
        spare = other;
    }
    return sums;
}

void pile_take(pile *to, size_t issue, const ladder *of)
{
    size_t before = to->counts[to->count], count = before * of->count, kept = 0;
    int64_t *sums = must_allocate((count + 1) * sizeof *sums);
    int64_t *spare = must_allocate((count + 1) * sizeof *spare);
    for (size_t s = 0; s < of->count; s++)
        for (size_t k = 0; k < before; k++)
            sums[s * before + k] = to->sums[to->count][k] + of->steps[s].off;
    int64_t *sorted = merge_sums(sums, spare, before, count);
    free(sorted == sums ? spare : sums);
    for (size_t k = 0; k < count; k++)
        if (k == 0 || sorted[k] != sorted[kept - 1])
            sorted[kept++] = sorted[k];
    to->issues[to->count++] = issue;
    to->sums[to->count] = sorted;
    to->counts[to->count] = kept;
}

static bool pile_has(const pile *of, size_t layer, int64_t sum)
{
    size_t low = 0, high = of->counts[layer];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (of->sums[layer][middle] < sum)
            low = middle + 1;
        else
            high = middle;
    }
    return low < of->counts[layer] && of->sums[layer][low] == sum;
}

static void pile_trace(const pile *of, const ladder *ladders, int64_t sum,
                       truce_value *outcome)
{
    for (size_t k = of->count; k-- > 0;) {
        const ladder *issue = &ladders[of->issues[k]];
        size_t s = 0;
        while (!pile_has(of, k, sum - issue->steps[s].off))
            s++;
        outcome[of->issues[k]] = issue->steps[s].value;
        sum -= issue->steps[s].off;
    }
}

/* The least of one of each of two at or above wanted, when it is less than *best. */
static bool least_of_two(const pile *one, const pile *other, int64_t wanted,
                         int64_t *best, int64_t parts[2])
{
    const int64_t *up = one->sums[one->count], *down = other->sums[other->count];
    size_t ups = one->counts[one->count], high = other->counts[other->count];
    bool found = false;
    for (size_t low = 0; low < ups; low++) {
        while (high > 0 && up[low] + down[high - 1] >= wanted) {
            high--;
            if (up[low] + down[high] < *best) {
                *best = up[low] + down[high];
                parts[0] = up[low];
                parts[1] = down[high];
                found = true;
                if (*best == wanted)
                    return true;
            }
        }
    }
    return found;
}

bool piles_least(const pile piles[3], const ladder *ladders, int64_t wanted,
                 truce_value *outcome)
{
    const int64_t *last = piles[2].sums[piles[2].count];
    int64_t least = INT64_MAX, parts[3] = {0};
    for (size_t k = 0; k < piles[2].counts[piles[2].count] && least > wanted; k++) {
        int64_t best = least == INT64_MAX ? INT64_MAX : least - last[k], two[2];
        if (!least_of_two(&piles[0], &piles[1], wanted - last[k], &best, two))
            continue;
        least = best + last[k];
        parts[0] = two[0];
        parts[1] = two[1];
        parts[2] = last[k];
    }
    for (int p = 0; least < INT64_MAX && p < 3; p++)
        pile_trace(&piles[p], ladders, parts[p], outcome);
    return least < INT64_MAX;
}

/* ---- rows of bits -------------------------------------------------------------------------- */

static void or_shifted(uint64_t *to, const uint64_t *from, size_t words, int64_t by)
{
    size_t whole = (size_t)by / 64;
    unsigned part = (unsigned)(by % 64);
    for (size_t w = words; w-- > whole;) {
        uint64_t bits = from[w - whole] << part;
        if (part > 0 && w > whole)
            bits |= from[w - whole - 1] >> (64 - part);
        to[w] |= bits;
    }
}

void sum_grid_fill(sum_grid *grid, const ladder *ladders, size_t issues, int64_t range)
{
    *grid = (sum_grid){.issues = issues,
                       .ladders = ladders,
                       .words = (size_t)range / 64 + 1,
                       .rows = must_allocate((issues + 1) * sizeof(uint64_t *))};
    for (size_t k = 0; k <= issues; k++)
        grid->rows[k] = must_allocate_zeroed(grid->words, sizeof(uint64_t));
    grid->rows[0][0] = 1;
    for (size_t i = 0; i < issues; i++)
        for (size_t s = 0; s < ladders[i].count; s++)
            or_shifted(grid->rows[i + 1], grid->rows[i], grid->words,
                       ladders[i].steps[s].off);
}

void sum_grid_free(sum_grid *grid)
{
    for (size_t k = 0; grid->rows && k <= grid->issues; k++)
        free(grid->rows[k]);
    free(grid->rows);
    *grid = (sum_grid){0};
}

int64_t sum_grid_next(const sum_grid *grid, int64_t from)
{
    size_t w = (size_t)from / 64;
    if (w >= grid->words)
        return -1;
    uint64_t bits = grid->rows[grid->issues][w] & ~UINT64_C(0) << from % 64;
    while (bits == 0 && ++w < grid->words)
        bits = grid->rows[grid->issues][w];
    return bits == 0 ? -1 : (int64_t)(w * 64) + __builtin_ctzll(bits);
}

void sum_grid_trace(const sum_grid *grid, int64_t sum, random_stream *dice,
                    truce_value *outcome)
{
    for (size_t i = grid->issues; i-- > 0;) {
        const ladder *of = &grid->ladders[i];
        size_t s = dice ? random_below(dice, of->count) : 0;
        for (;; s = (s + 1) % of->count) {
            int64_t left = sum - of->steps[s].off;
            if (left >= 0 && grid->rows[i][left / 64] >> left % 64 & 1)
                break;
        }
        outcome[i] = of->steps[s].value;
        sum -= of->steps[s].off;
    }
}

/* ---- branch and bound ---------------------------------------------------------------------- */

typedef struct branching {
    const ladder *ladders;
    const size_t *order;
    size_t issues, left_to_look;
    int64_t *rest; /* [issues + 1] the spans of the issues from here on */
    int64_t best;  /* what is left of `allowed`; INT64_MAX: none yet */
    size_t *steps; /* [issues] chosen */
    truce_value *outcome;
} branching;

/* All issues from here on at their ends: nothing more can be made of this choice. */
static void take_ends(branching *b, size_t place, int64_t left)
{
    if (left >= b->best)
        return;
    b->best = left;
    for (size_t k = 0; k < b->issues; k++) {
        const ladder *of = &b->ladders[b->order[k]];
        b->outcome[b->order[k]] =
            of->steps[k < place ? b->steps[k] : of->count - 1].value;
    }
}

static bool branch(branching *b, size_t place, int64_t allowed)
{
    if (allowed >= b->rest[place]) {
        take_ends(b, place, allowed - b->rest[place]);
        return true;
    }
    const ladder *of = &b->ladders[b->order[place]];
    for (size_t s = of->count; s-- > 0 && b->best > 0;) {
        if (of->steps[s].off > allowed)
            continue;
        if (b->left_to_look-- == 0)
            return b->left_to_look = 0, false;
        b->steps[place] = s;
        if (!branch(b, place + 1, allowed - of->steps[s].off))
            return false;
    }
    return true;
}

bool sums_largest(const ladder *ladders, const size_t *by_span, size_t issues,
                  int64_t allowed, size_t most, truce_value *outcome)
{
    branching b = {.ladders = ladders,
                   .order = by_span,
                   .issues = issues,
                   .left_to_look = most,
                   .rest = must_allocate((issues + 1) * sizeof(int64_t)),
                   .best = INT64_MAX,
                   .steps = must_allocate((issues + 1) * sizeof(size_t)),
                   .outcome = outcome};
    b.rest[issues] = 0;
    for (size_t k = issues; k-- > 0;)
        b.rest[k] = b.rest[k + 1] + ladder_span(&ladders[by_span[k]]);
    bool done = branch(&b, 0, allowed);
    free(b.rest);
    free(b.steps);
    return done;
}
