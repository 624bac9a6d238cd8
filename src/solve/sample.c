/* One pass over all outcomes in lexicographic order, or over draws keyed by (seed, draw);
 * then sums of doubles in that order, so that the bytes are the same everywhere. */
#include "solve/sample.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_SUMS = 1 << 22, STEPS_BETWEEN_LOOKS = 1024 };

/* ---- gathering ------------------------------------------------------------------- */

static size_t outcomes_up_to(const space *compiled, size_t most)
{
    size_t count = 1;
    for (size_t i = 0; i < compiled->issue_count; i++) {
        if (compiled->value_counts[i] > most / count)
            return most + 1;
        count *= compiled->value_counts[i];
    }
    return count;
}

static bool reaches_floors(const sample *all, const wide *sums)
{
    for (size_t k = 0; k < all->parties.count; k++) {
        const space_party *party = &all->compiled->parties[all->parties.items[k]];
        if (party->has_floor && sums[k] < party->floor)
            return false;
    }
    return true;
}

static void gather(sample *all, size_t i, const acceptance *permitted,
                   const truce_value *outcome)
{
    wide *sums = all->sums + i * all->parties.count;
    bool good = true;
    for (size_t k = 0; k < all->parties.count; k++)
        sums[k] = space_sum(all->compiled, all->parties.items[k], outcome);
    for (size_t c = 0; c < permitted->always_count && good; c++)
        good = truce_condition_holds(permitted->always[c], outcome);
    all->permitted[i] = good;
    all->rational[i] = good && reaches_floors(all, sums);
}

/* The next in lexicographic order. */
static void advance(const space *compiled, truce_value *outcome)
{
    for (size_t i = compiled->issue_count; i-- > 0;) {
        if (++outcome[i] < compiled->value_counts[i])
            return;
        outcome[i] = 0;
    }
}

static void draw(const space *compiled, size_t number, truce_value *outcome)
{
    random_stream dice = random_begin(SAMPLE_SEED, number);
    for (size_t i = 0; i < compiled->issue_count; i++)
        outcome[i] = (truce_value)random_below(&dice, compiled->value_counts[i]);
}

static void gather_all(sample *all, const truce_stop *stop)
{
    arena memory = {0};
    acceptance permitted = acceptance_of_permitted(all->compiled, &memory);
    truce_value *outcome =
        arena_array(&memory, all->compiled->issue_count, truce_value);
    for (size_t i = 0; i < all->count && !all->stopped; i++) {
        if (!all->whole)
            draw(all->compiled, i, outcome);
        gather(all, i, &permitted, outcome);
        if (all->whole)
            advance(all->compiled, outcome);
        if (i % STEPS_BETWEEN_LOOKS == 0)
            all->stopped = stop_now(stop);
    }
    arena_free(&memory);
}

sample *sample_new(const space *compiled, truce_list parties, const truce_stop *stop)
{
    sample *all = must_allocate_zeroed(1, sizeof *all);
    size_t most = MOST_SUMS / (parties.count ? parties.count : 1);
    size_t count = outcomes_up_to(compiled, most);
    *all = (sample){.compiled = compiled,
                    .parties = parties,
                    .whole = count <= most,
                    .count = count <= most ? count : SAMPLE_DRAWS};
    all->sums = must_allocate_zeroed(all->count, (parties.count + 1) * sizeof(wide));
    all->permitted = must_allocate_zeroed(all->count, sizeof(bool));
    all->rational = must_allocate_zeroed(all->count, sizeof(bool));
    gather_all(all, stop);
    return all;
}

void sample_free(sample *all)
{
    if (all == NULL)
        return;
    free(all->sums);
    free(all->permitted);
    free(all->rational);
    free(all);
}

/* ---- what they say --------------------------------------------------------------- */

static wide sum_of(const sample *all, size_t i, size_t party)
{
    return all->sums[i * all->parties.count + party];
}

static double utility_of(const sample *all, size_t i, size_t party)
{
    return space_utility(all->compiled, all->parties.items[party],
                         sum_of(all, i, party));
}

double sample_mean(const sample *all, size_t party)
{
    double sum = 0;
    for (size_t i = 0; i < all->count; i++)
        sum += utility_of(all, i, party);
    return sum / (double)all->count;
}

double sample_correlation(const sample *all, size_t one, size_t other)
{
    double x_mean = sample_mean(all, one), y_mean = sample_mean(all, other);
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < all->count; i++) {
        double x = utility_of(all, i, one) - x_mean;
        double y = utility_of(all, i, other) - y_mean;
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
}

double sample_rational(const sample *all)
{
    size_t rational = 0;
    for (size_t i = 0; i < all->count; i++)
        rational += all->rational[i];
    return (double)rational / (double)all->count;
}

/* ---- conflict -------------------------------------------------------------------- */

typedef struct rated {
    wide x, y;
} rated;

static int by_x_then_y(const void *one, const void *other)
{
    const rated *a = one, *b = other;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return (a->y > b->y) - (a->y < b->y);
}

/* Sorts by y; returns how many pairs stood in the wrong order before. */
static uint64_t sort_counting(rated *items, rated *spare, size_t count)
{
    if (count < 2)
        return 0;
    size_t half = count / 2, left = 0, right = half;
    uint64_t wrong = sort_counting(items, spare, half) +
                     sort_counting(items + half, spare, count - half);
    for (size_t i = 0; i < count; i++) {
        bool from_left =
            left < half && (right == count || items[left].y <= items[right].y);
        if (!from_left)
            wrong += half - left;
        spare[i] = items[from_left ? left++ : right++];
    }
    for (size_t i = 0; i < count; i++)
        items[i] = spare[i];
    return wrong;
}

double sample_conflict(const sample *all, size_t one, size_t other)
{
    if (all->count < 2)
        return 0;
    rated *items = must_allocate(all->count * sizeof *items);
    rated *spare = must_allocate(all->count * sizeof *spare);
    for (size_t i = 0; i < all->count; i++)
        items[i] = (rated){sum_of(all, i, one), sum_of(all, i, other)};
    qsort(items, all->count, sizeof *items, by_x_then_y);
    uint64_t opposed = sort_counting(items, spare, all->count);
    free(items);
    free(spare);
    return (double)opposed / ((double)all->count * (double)(all->count - 1) / 2);
}
