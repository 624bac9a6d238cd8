/* Unions of shifted fronts: small ones by hand, random ones against brute force. */
#include "solve/front.h"
#include "solve/front_kernel.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* The kernel once more, with tiny batches and slabs, to compare with the usual one. */
#define num int64_t
#define NUM_MOST (((int64_t)1 << 62) - 1)
#define KERNEL_BATCH 64
#define KERNEL_SLAB 4
#define front_keep front_keep_in_slabs
bool front_keep_in_slabs(const front_job *job, front_kept *kept);
#include "solve/front_kernel.inc"

enum { MOST_DIMS = 5, MOST_VALUES = 4, MOST_STAGES = 8, MOST_OUTCOMES = 1 << 16 };

/* Issues with a vector for each value: what a chain of unions adds up. */
typedef struct issues {
    size_t dims, count, values[MOST_STAGES];
    wide worth[MOST_STAGES][MOST_VALUES][MOST_DIMS];
} issues;

/* One stage more. */
static front *with_issue(const front *before, const issues *all, size_t issue,
                         front_choices choices, front_work *work)
{
    front_source sources[MOST_VALUES] = {0};
    for (size_t v = 0; v < all->values[issue]; v++)
        sources[v] = (front_source){before, all->worth[issue][v], (uint32_t)v, NULL};
    choices.stage = (uint32_t)issue;
    return front_union(sources, all->values[issue], &choices, NULL, work);
}

static front *chain(const issues *all, bool broad, size_t words,
                    const front_choices *choices, front_work *work)
{
    front *now = front_unit(all->dims, broad, words, !choices->untracked, work);
    for (size_t i = 0; i < all->count; i++) {
        front *next = with_issue(now, all, i, *choices, work);
        front_free(now, work);
        now = next;
    }
    return now;
}

/* All sums there are, for brute force. */
typedef struct outcomes {
    size_t dims, count;
    wide (*sums)[MOST_DIMS];
} outcomes;

static outcomes all_outcomes(const issues *all)
{
    outcomes every = {all->dims, 1,
                      must_allocate_zeroed(MOST_OUTCOMES, sizeof(wide[5]))};
    for (size_t i = 0; i < all->count; i++) {
        size_t before = every.count;
        for (size_t v = all->values[i]; v-- > 0;)
            for (size_t o = 0; o < before; o++)
                for (size_t d = 0; d < all->dims; d++)
                    every.sums[v * before + o][d] =
                        every.sums[o][d] + all->worth[i][v][d];
        every.count = before * all->values[i];
    }
    return every;
}

static bool covers(const wide *one, const wide *other, size_t dims)
{
    for (size_t d = 0; d < dims; d++)
        if (one[d] < other[d])
            return false;
    return true;
}

static bool same(const wide *one, const wide *other, size_t dims)
{
    return covers(one, other, dims) && covers(other, one, dims);
}

static bool is_dominated(const outcomes *every, size_t o)
{
    for (size_t k = 0; k < every->count; k++)
        if (covers(every->sums[k], every->sums[o], every->dims) &&
            !same(every->sums[k], every->sums[o], every->dims))
            return true;
    return false;
}

static void sums_of(const front *all, size_t point, wide sums[MOST_DIMS])
{
    memset(sums, 0, MOST_DIMS * sizeof *sums);
    for (size_t d = 0; d < all->dims; d++)
        sums[d] = front_sum(all, point, d);
}

static size_t place_of(const front *all, const wide *sums)
{
    wide own[MOST_DIMS];
    for (size_t i = 0; i < all->count; i++) {
        sums_of(all, i, own);
        if (same(own, sums, all->dims))
            return i;
    }
    return SIZE_MAX;
}

static void assert_in_order(const front *all)
{
    for (size_t i = 1; i < all->count; i++) {
        size_t d = 0;
        while (d < all->dims && front_sum(all, i - 1, d) == front_sum(all, i, d))
            d++;
        assert_true(d < all->dims && front_sum(all, i - 1, d) > front_sum(all, i, d));
    }
}

/* Exactly the undominated outcomes not below least, each counted as often as it occurs. */
static void assert_front(const front *all, const outcomes *every, const wide *least)
{
    uint64_t *count = must_allocate_zeroed(all->count, sizeof *count);
    for (size_t o = 0; o < every->count; o++) {
        const wide *sums = every->sums[o];
        size_t at = place_of(all, sums);
        bool wanted = !is_dominated(every, o) &&
                      (least == NULL || covers(sums, least, all->dims));
        assert_int_equal(at != SIZE_MAX, wanted);
        if (wanted)
            count[at]++;
    }
    for (size_t i = 0; i < all->count; i++) {
        assert_true(count[i] > 0);
        if (all->counts)
            assert_int_equal(all->counts[i * all->count_words], count[i]);
    }
    free(count);
    assert_in_order(all);
}

/* Adds up the values met on a walk. */
typedef struct walk {
    const issues *all;
    size_t steps;
    wide sums[MOST_DIMS];
} walk;

static void step(void *user, uint32_t stage, uint32_t label)
{
    walk *one = user;
    assert_int_equal(stage, one->all->count - 1 - one->steps++);
    for (size_t d = 0; d < one->all->dims; d++)
        one->sums[d] += one->all->worth[stage][label][d];
}

static void assert_walks(const front *all, const issues *from)
{
    for (size_t i = 0; i < all->count; i++) {
        walk one = {.all = from};
        wide sums[MOST_DIMS];
        front_walk(all, i, step, &one);
        sums_of(all, i, sums);
        assert_int_equal(one.steps, from->count);
        assert_true(same(one.sums, sums, all->dims));
    }
}

/* With few levels there are many ties. */
static issues random_issues(random_stream *dice, size_t dims, bool broad)
{
    issues all = {.dims = dims, .count = 1 + random_below(dice, 5)};
    uint64_t levels = 2 + random_below(dice, random_below(dice, 2) ? 4 : 1000);
    wide unit = broad ? (wide)1 << 80 : 1;
    for (size_t i = 0; i < all.count; i++) {
        all.values[i] = 1 + random_below(dice, MOST_VALUES);
        for (size_t v = 0; v < all.values[i]; v++)
            for (size_t d = 0; d < dims; d++)
                all.worth[i][v][d] = unit * ((wide)random_below(dice, levels) - 2);
    }
    return all;
}

static void random_chains_match_brute_force(void **state)
{
    (void)state;
    random_stream dice = random_begin(1, 0);
    for (size_t round = 0; round < 1500; round++) {
        size_t dims = 1 + round % MOST_DIMS;
        bool broad = random_below(&dice, 2);
        issues all = random_issues(&dice, dims, broad);
        outcomes every = all_outcomes(&all);
        front_work work = {0};
        front_choices choices = {0};
        front *found = chain(&all, broad, random_below(&dice, 3), &choices, &work);
        assert_front(found, &every, NULL);
        assert_walks(found, &all);
        front_free(found, &work);
        assert_int_equal(work.bytes, 0);
        assert_true(work.peak > 0);
        assert_false(work.overflow);
        free(every.sums);
    }
}

static void points_below_least_are_left_out(void **state)
{
    (void)state;
    random_stream dice = random_begin(2, 0);
    for (size_t round = 0; round < 500; round++) {
        size_t dims = 1 + round % MOST_DIMS;
        issues all = random_issues(&dice, dims, false);
        outcomes every = all_outcomes(&all);
        wide least[MOST_DIMS];
        for (size_t d = 0; d < dims; d++)
            least[d] = every.sums[random_below(&dice, every.count)][d];
        front_work work = {0};
        front_choices choices = {.untracked = true};
        issues some = all;
        some.count--;
        front *before = chain(&some, false, 1, &choices, &work);
        choices.least = least;
        front *found = with_issue(before, &all, some.count, choices, &work);
        assert_front(found, &every, least);
        front_free(before, &work);
        front_free(found, &work);
        assert_int_equal(work.bytes, 0);
        free(every.sums);
    }
}

/* Each outcome is covered by a kept point plus slack for each stage. */
static void slack_leaves_out_no_more_than_it_may(void **state)
{
    (void)state;
    random_stream dice = random_begin(3, 0);
    size_t left_out = 0;
    for (size_t round = 0; round < 500; round++) {
        size_t dims = 1 + round % MOST_DIMS;
        issues all = random_issues(&dice, dims, false);
        outcomes every = all_outcomes(&all);
        wide slack[MOST_DIMS];
        for (size_t d = 0; d < dims; d++)
            slack[d] = (wide)random_below(&dice, 30);
        front_work work = {0};
        front *exact = chain(&all, false, 0, &(front_choices){0}, &work);
        front *found = chain(&all, false, 0, &(front_choices){.slack = slack}, &work);
        left_out += exact->count - found->count;
        for (size_t o = 0; o < every.count; o++) {
            bool covered = false;
            for (size_t i = 0; i < found->count && !covered; i++) {
                wide sums[MOST_DIMS];
                sums_of(found, i, sums);
                for (size_t d = 0; d < dims; d++)
                    sums[d] += slack[d] * (wide)all.count;
                covered = covers(sums, every.sums[o], dims);
            }
            assert_true(covered);
        }
        front_free(exact, &work);
        front_free(found, &work);
        free(every.sums);
    }
    assert_true(left_out > 0);
}

/* A front of a thousand points or more. Skewed: each issue weighs five times as much as
 * the one before, so that sums crowd together. */
static front *large_front(random_stream *dice, size_t dims, uint64_t levels,
                          bool skewed, front_work *work)
{
    wide weight = 1;
    front *now = front_unit(dims, false, 1, false, work);
    wide shifts[3][MOST_DIMS];
    front_choices choices = {.untracked = true};
    for (size_t stage = 0; now->count < 1500 && stage < 60; stage++) {
        front_source sources[3];
        for (size_t v = 0; v < 3; v++) {
            for (size_t d = 0; d < dims; d++)
                shifts[v][d] = weight * (wide)random_below(dice, levels);
            sources[v] = (front_source){now, shifts[v], (uint32_t)v, NULL};
        }
        weight *= skewed && stage < 15 ? 5 : 1;
        front *next = front_union(sources, 3, &choices, NULL, work);
        front_free(now, work);
        now = next;
    }
    return now;
}

static outcomes candidates_of(const front_job *job)
{
    outcomes every = {job->dims, 0, NULL};
    for (size_t s = 0; s < job->count; s++)
        every.count += job->sources[s].from->count;
    every.sums = must_allocate_zeroed(every.count, sizeof(wide[MOST_DIMS]));
    size_t c = 0;
    for (size_t s = 0; s < job->count; s++)
        for (size_t i = 0; i < job->sources[s].from->count; i++, c++)
            for (size_t d = 0; d < job->dims; d++)
                every.sums[c][d] =
                    front_sum(job->sources[s].from, i, d) + job->sources[s].shift[d];
    return every;
}

/* All sources have the same front, whose points count once or more: what is kept counts
 * as often as the candidates that no other one dominates. */
static void assert_kept(const front_job *job, const front_kept *kept)
{
    const front *from = job->sources[0].from;
    outcomes every = candidates_of(job);
    uint64_t expected = 0, found = 0;
    for (size_t c = 0; c < every.count; c++)
        if (!is_dominated(&every, c))
            expected += from->counts[c % from->count];
    for (size_t i = 0; i < kept->count; i++)
        found += kept->counts[i];
    assert_int_equal(found, expected);
    free(every.sums);
}

/* Many batches and slabs, one or two threads: the same places and counts. */
static void slabs_and_threads_change_nothing(void **state)
{
    (void)state;
    random_stream dice = random_begin(5, 0);
    for (size_t round = 0; round < 24; round++) {
        front_work work = {0};
        size_t dims = 3 + round % 3;
        uint64_t levels = round % 2 ? 1000000 : 12;
        front *from = large_front(&dice, dims, levels, round % 8 < 4, &work);
        wide shifts[6][MOST_DIMS];
        front_source sources[6];
        for (size_t v = 0; v < 6; v++) {
            for (size_t d = 0; d < dims; d++)
                shifts[v][d] = (wide)random_below(&dice, levels);
            sources[v] = (front_source){from, shifts[v], (uint32_t)v, NULL};
        }
        front_choices choices = {.untracked = true};
        truce_stop two = {.threads = 2};
        front_job job = {sources, 6, dims, 1, UINT32_MAX, &choices, NULL};
        front_kept usual = {.words = 1}, cut = {.words = 1};
        assert_true(front_keep_narrow(&job, &usual));
        job.stop = round % 4 < 2 ? &two : NULL;
        assert_true(front_keep_in_slabs(&job, &cut));
        assert_int_equal(usual.count, cut.count);
        size_t bytes = usual.count * sizeof(uint32_t);
        assert_memory_equal(usual.source, cut.source, bytes);
        assert_memory_equal(usual.index, cut.index, bytes);
        assert_memory_equal(usual.counts, cut.counts, 2 * bytes);
        if (round < 6)
            assert_kept(&job, &cut);
        kept_free(&usual);
        kept_free(&cut);
        front_free(from, &work);
    }
}

static front *front_from(const wide *sums, size_t count, size_t dims, front_work *work)
{
    front *unit = front_unit(dims, false, 1, true, work);
    front_source *sources = must_allocate_zeroed(count, sizeof *sources);
    for (size_t i = 0; i < count; i++)
        sources[i] = (front_source){unit, sums + i * dims, (uint32_t)i, NULL};
    front *all = front_union(sources, count, NULL, NULL, work);
    free(sources);
    front_free(unit, work);
    return all;
}

static void remember(void *user, uint32_t stage, uint32_t label)
{
    (void)stage;
    *(uint32_t *)user = label;
}

/* (5,1), (3,3) and (1,5) stay; (3,2) is dominated by (3,3), (1,1) by all. */
static void dominated_points_go(void **state)
{
    (void)state;
    front_work work = {0};
    front *all = front_from((wide[]){3, 2, 1, 5, 3, 3, 1, 1, 5, 1}, 5, 2, &work);
    uint32_t labels[3];
    assert_int_equal(all->count, 3);
    for (size_t i = 0; i < 3; i++)
        front_walk(all, i, remember, &labels[i]);
    assert_int_equal(labels[0], 4);
    assert_int_equal(labels[1], 2);
    assert_int_equal(labels[2], 1);
    front_free(all, &work);
}

static void of_equal_points_the_first_source_is_remembered(void **state)
{
    (void)state;
    front_work work = {0};
    front *all = front_from((wide[]){1, 1, 2, 2, 2, 2, 2, 2}, 4, 2, &work);
    uint32_t label;
    assert_int_equal(all->count, 1);
    assert_int_equal(all->counts[0], 3);
    front_walk(all, 0, remember, &label);
    assert_int_equal(label, 1);
    front_free(all, &work);
}

static void more_than_256_sources_are_told_apart(void **state)
{
    (void)state;
    enum { COUNT = 70000 };
    wide *sums = must_allocate(COUNT * 2 * sizeof *sums);
    for (size_t i = 0; i < COUNT; i++) {
        sums[2 * i] = (wide)i;
        sums[2 * i + 1] = -(wide)i;
    }
    for (size_t count = 300; count <= COUNT; count += COUNT - 300) {
        front_work work = {0};
        front *all = front_from(sums, count, 2, &work);
        assert_int_equal(all->count, count);
        for (size_t i = 0; i < count; i++) {
            uint32_t label;
            front_walk(all, i, remember, &label);
            assert_int_equal(label, count - 1 - i);
        }
        front_free(all, &work);
        assert_int_equal(work.bytes, 0);
    }
    free(sums);
}

/* 2^63 choices twice make 2^64: one word is too small, two hold 0 and 1. */
static void counts_carry_into_further_words(void **state)
{
    (void)state;
    for (size_t words = 1; words <= 2; words++) {
        front_work work = {0};
        uint64_t many[2] = {(uint64_t)1 << 63, 0};
        front *unit = front_unit(1, false, words, false, &work);
        front_source twice[2] = {{unit, NULL, 0, many}, {unit, NULL, 1, many}};
        front *all =
            front_union(twice, 2, &(front_choices){.untracked = true}, NULL, &work);
        assert_int_equal(work.overflow, words == 1);
        if (words == 2) {
            assert_int_equal(all->counts[0], 0);
            assert_int_equal(all->counts[1], 1);
        }
        front_free(unit, &work);
        front_free(all, &work);
    }
}

/* (2^64 + 3) * (2^64 + 5) = 2^128 + 8 * 2^64 + 15: three words. */
static void counts_multiply_by_copies(void **state)
{
    (void)state;
    front_work work = {0};
    front *unit = front_unit(1, false, 3, false, &work);
    front_source once = {unit, NULL, 0, (uint64_t[]){3, 1, 0}};
    front_choices choices = {.untracked = true};
    front *first = front_union(&once, 1, &choices, NULL, &work);
    front_source again = {first, NULL, 0, (uint64_t[]){5, 1, 0}};
    front *all = front_union(&again, 1, &choices, NULL, &work);
    assert_int_equal(all->counts[0], 15);
    assert_int_equal(all->counts[1], 8);
    assert_int_equal(all->counts[2], 1);
    assert_false(work.overflow);
    front_source too_many = {all, NULL, 0, (uint64_t[]){0, 1, 0}};
    front_free(front_union(&too_many, 1, &choices, NULL, &work), &work);
    assert_true(work.overflow);
    front_free(unit, &work);
    front_free(first, &work);
    front_free(all, &work);
}

static void an_empty_front_is_a_front(void **state)
{
    (void)state;
    for (size_t dims = 1; dims <= MOST_DIMS; dims++) {
        front_work work = {0};
        wide one[MOST_DIMS] = {1, 1, 1, 1, 1};
        front *unit = front_unit(dims, false, 1, true, &work);
        front_source source = {unit, NULL, 0, NULL};
        front *empty =
            front_union(&source, 1, &(front_choices){.least = one}, NULL, &work);
        assert_int_equal(empty->count, 0);
        front_source both[] = {{empty, one, 0, NULL}, {empty, NULL, 1, NULL}};
        front *still = front_union(both, 2, NULL, NULL, &work);
        assert_int_equal(still->count, 0);
        front *cut = front_cut(still, one, NULL, &work);
        assert_int_equal(cut->count, 0);
        front_free(cut, &work);
        front_free(still, &work);
        front_free(empty, &work);
        front_free(unit, &work);
        assert_int_equal(work.bytes, 0);
    }
}

static void limits_end_it(void **state)
{
    (void)state;
    wide sums[] = {1, 3, 2, 2, 3, 1};
    front_work work = {0};
    front *three = front_from(sums, 3, 2, &work);
    front_source source = {three, NULL, 0, NULL};
    uint64_t before = work.bytes;
    size_t tight = 3 * (16 + 8 + 4);
    assert_null(front_union(&source, 1, &(front_choices){.most = 2}, NULL, &work));
    assert_null(
        front_union(&source, 1, &(front_choices){.memory = tight - 1}, NULL, &work));
    truce_stop past = {.deadline = 1e-9};
    assert_null(front_union(&source, 1, NULL, &past, &work));
    assert_int_equal(work.bytes, before);
    front *again = front_union(&source, 1, &(front_choices){.most = 3, .memory = tight},
                               NULL, &work);
    assert_int_equal(again->count, 3);
    front_free(again, &work);
    front_free(three, &work);
}

/* Sums cut at most, then filtered, with the walks of the points that stay. */
static void cut_fronts_match_brute_force(void **state)
{
    (void)state;
    random_stream dice = random_begin(4, 0);
    for (size_t round = 0; round < 500; round++) {
        size_t dims = 1 + round % MOST_DIMS;
        issues all = random_issues(&dice, dims, false);
        outcomes every = all_outcomes(&all);
        wide most[MOST_DIMS];
        for (size_t d = 0; d < dims; d++)
            most[d] = every.sums[random_below(&dice, every.count)][d];
        front_work work = {0};
        front *whole = chain(&all, false, 1, &(front_choices){0}, &work);
        front *cut = front_cut(whole, most, NULL, &work);
        for (size_t o = 0; o < every.count; o++)
            for (size_t d = 0; d < dims; d++)
                if (every.sums[o][d] > most[d])
                    every.sums[o][d] = most[d];
        assert_front(cut, &every, NULL);
        assert_null(cut->counts);
        front_free(whole, &work);
        for (size_t i = 0; i < cut->count; i++) {
            walk one = {.all = &all};
            front_walk(cut, i, step, &one);
            for (size_t d = 0; d < dims; d++)
                assert_true(front_sum(cut, i, d) ==
                            (one.sums[d] < most[d] ? one.sums[d] : most[d]));
        }
        front_free(cut, &work);
        assert_int_equal(work.bytes, 0);
        free(every.sums);
    }
}

/* States of a dynamic program: different fronts joined without shifts. */
static void fronts_of_states_are_joined(void **state)
{
    (void)state;
    front_work work = {0};
    front *one = front_from((wide[]){3, 1, 1, 3}, 2, 2, &work);
    front *other = front_from((wide[]){2, 2, 1, 3, 2, 0}, 3, 2, &work);
    front_source both[] = {{one, NULL, 7, NULL}, {other, NULL, 8, NULL}};
    front *all = front_union(both, 2, NULL, NULL, &work);
    front_free(one, &work);
    front_free(other, &work);
    assert_int_equal(all->count, 3);
    assert_int_equal(all->counts[1], 1);
    assert_int_equal(all->counts[2], 2);
    front_free(all, &work);
    assert_int_equal(work.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dominated_points_go),
        cmocka_unit_test(of_equal_points_the_first_source_is_remembered),
        cmocka_unit_test(more_than_256_sources_are_told_apart),
        cmocka_unit_test(counts_carry_into_further_words),
        cmocka_unit_test(counts_multiply_by_copies),
        cmocka_unit_test(an_empty_front_is_a_front),
        cmocka_unit_test(limits_end_it),
        cmocka_unit_test(fronts_of_states_are_joined),
        cmocka_unit_test(random_chains_match_brute_force),
        cmocka_unit_test(points_below_least_are_left_out),
        cmocka_unit_test(slack_leaves_out_no_more_than_it_may),
        cmocka_unit_test(cut_fronts_match_brute_force),
        cmocka_unit_test(slabs_and_threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
