/* In which order people go, and what that asks of the sides: by hand, and small random
 * stages against every order there is. All people are made up. */
#include "exchange_made.h"

#include "base/random.h"
#include "exchange/sequence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

/* ---- by hand --------------------------------------------------------------------- */

static void one_by_one_with_equal_worth_asks_for_one_head(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 2);
    made.wish.one_by_one = true;
    made_add_all(&made, 0, 6);
    made_add_all(&made, 1, 6);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->exposure.amount, MADE_UNIT);
    assert_int_equal(made.plan->exposure.bound, MADE_UNIT);
    assert_int_equal(made.plan->finding.proof.how, TRUCE_PROVED);
    for (size_t i = 0; i + 1 < made.plan->leg_count; i += 2)
        assert_true(made.people[made.plan->legs[i].person].side !=
                    made.people[made.plan->legs[i + 1].person].side);
    truce_plan_free(made.plan);
}

/* A and B each give what costs 1 and get what is worth 2 to them. */
static void pairs_that_both_gain_from_ask_for_nothing_at_once(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 3);
    for (unsigned side = 0; side < 2; side++)
        for (int i = 0; i < 6; i++)
            made_add(&made, side)->worth_home = 2 * MADE_UNIT;

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->exposure.amount, 0);
    assert_int_equal(made.plan->exposure.side, -1);
    truce_plan_free(made.plan);
}

static void one_at_a_time_whoever_gives_last_is_exposed_by_it(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 1);
    made.wish.one_by_one = true;
    for (unsigned side = 0; side < 2; side++)
        for (int i = 0; i < 4; i++) {
            truce_person *who = made_add(&made, side);
            who->worth_home = 50 * MADE_UNIT;
            who->cost_holder = (uint64_t)(3 + i + (int)side) * MADE_UNIT;
        }

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->exposure.amount, 3 * MADE_UNIT);
    assert_int_equal(made.plan->exposure.side, 0);
    assert_int_equal(made.plan->exposure.stage, 1);
    assert_int_equal(made.plan->exposure.gone, 7);
    assert_int_equal(made.plan->legs[7].person, 0); /* the cheapest of all goes last */
    truce_plan_free(made.plan);
}

static void those_owed_outside_the_number_count_in_no_standing(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 1);
    for (int i = 0; i < 3; i++)
        made_add(&made, 0)->owed = true;
    made_add(&made, 0);
    made_add(&made, 1);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->exposure.amount, 0);
    truce_plan_free(made.plan);
}

static void an_exchange_not_worth_it_is_exposed_before_it_begins(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 1);
    made_add(&made, 0)->cost_holder = 5 * MADE_UNIT;
    made_add(&made, 1)->worth_home = 2 * MADE_UNIT;

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->exposure.amount, 3 * MADE_UNIT);
    assert_int_equal(made.plan->exposure.side, 0);
    assert_int_equal(made.plan->exposure.gone, 0);
    truce_plan_free(made.plan);
}

static void the_owed_inside_the_number_go_before_the_others_of_their_stage(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 1);
    made.wish.one_by_one = made.wish.owed_inside = true;
    for (int i = 0; i < 4; i++)
        made_add(&made, 0)->owed = i % 2;
    made_add_all(&made, 1, 4);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_true(made.people[made.plan->legs[0].person].owed);
    assert_true(made.people[made.plan->legs[1].person].owed);
    assert_int_equal(made.plan->exposure.amount, 2 * MADE_UNIT);
    assert_int_equal(made.plan->exposure.bound, 2 * MADE_UNIT);
    truce_plan_free(made.plan);
}

/* ---- against every order --------------------------------------------------------- */

enum { MOST_ITEMS = 8 };

static sequence_sum larger(sequence_sum one, sequence_sum other)
{
    return one > other ? one : other;
}

/* The least shortfall of all orders of those not in `gone`, from these standings on. */
static sequence_sum every_order(const sequence_item *items, const unsigned *sides,
                                size_t count, unsigned gone, sequence_sum standing[2])
{
    sequence_sum here = larger(-standing[0], -standing[1]), best = here;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (gone & 1u << i)
            continue;
        sequence_sum next[2] = {standing[0], standing[1]};
        next[sides[i]] += items[i].cost;
        next[!sides[i]] -= items[i].worth;
        sequence_sum rest = every_order(items, sides, count, gone | 1u << i, next);
        best = any && best < rest ? best : rest;
        any = true;
    }
    return larger(here, best);
}

/* The shortfall of the order found, counted anew. */
static sequence_sum replayed(const sequence *s, const sequence_item *items,
                             const unsigned *sides, const sequence_sum start[2])
{
    sequence_sum standing[2] = {start[0], start[1]};
    sequence_sum most = larger(-standing[0], -standing[1]);
    unsigned seen = 0;
    for (size_t i = 0; i < s->counts[0] + s->counts[1]; i++) {
        uint32_t k = s->order[i];
        assert_false(seen & 1u << k);
        seen |= 1u << k;
        standing[sides[k]] += items[k].cost;
        standing[!sides[k]] -= items[k].worth;
        most = larger(most, larger(-standing[0], -standing[1]));
    }
    return most;
}

/* Items of both sides, and the same to be ordered. */
typedef struct random_stage {
    sequence_item items[MOST_ITEMS], own[2][MOST_ITEMS];
    unsigned sides[MOST_ITEMS];
    uint32_t order[MOST_ITEMS];
    sequence_sum start[2];
    sequence what;
} random_stage;

static void random_stage_begin(random_stage *r, uint64_t task)
{
    random_stream dice = random_begin(21, task);
    uint64_t range = 1 + random_below(&dice, 12);
    size_t count = 1 + random_below(&dice, task % 50 ? 6 : MOST_ITEMS);
    *r = (random_stage){0};
    for (unsigned side = 0; side < 2; side++) {
        r->what.items[side] = r->own[side];
        r->start[side] = r->what.after[side] = (sequence_sum)random_below(&dice, 6) - 2;
    }
    for (uint32_t i = 0; i < count; i++) {
        unsigned side = r->sides[i] = (unsigned)random_below(&dice, 2);
        size_t place = r->what.counts[side]++;
        r->items[i] = (sequence_item){random_below(&dice, range),
                                      random_below(&dice, range), (uint32_t)place, i};
        r->own[side][place] = r->items[i];
        r->start[side] -= r->items[i].cost;
        r->start[!side] += r->items[i].worth;
    }
    r->what.order = r->order;
}

static void merging_is_bounded_and_searching_is_exact(void **state)
{
    (void)state;
    size_t met = 0, tasks = 3000;
    for (uint64_t task = 0; task < tasks; task++) {
        static random_stage r;
        random_stage_begin(&r, task);
        size_t count = r.what.counts[0] + r.what.counts[1];
        sequence_sum best = every_order(r.items, r.sides, count, 0, r.start);

        sequence_merge(&r.what);
        assert_true(r.what.bound <= best && best <= r.what.amount);
        assert_true(replayed(&r.what, r.items, r.sides, r.start) == r.what.amount);
        met += r.what.bound == r.what.amount;

        assert_true(sequence_search(&r.what));
        assert_true(r.what.amount == best && r.what.bound == best);
        assert_true(replayed(&r.what, r.items, r.sides, r.start) == best);
    }
    print_message("merging alone is proved best in %zu of %zu\n", met, tasks);
    assert_true(met > tasks / 2);
}

/* Everybody of a side worth the same: cheapest last is proved best, whatever the costs.
 */
static void one_worth_for_each_side_is_always_proved(void **state)
{
    (void)state;
    for (uint64_t task = 0; task < 1000; task++) {
        static random_stage r;
        random_stage_begin(&r, task);
        for (unsigned side = 0; side < 2; side++)
            for (size_t i = 0; i < r.what.counts[side]; i++)
                r.own[side][i].worth = 3 + side;
        sequence_merge(&r.what);
        assert_true(r.what.amount == r.what.bound);
    }
}

static void too_many_who_differ_are_not_searched(void **state)
{
    (void)state;
    enum { COUNT = 11 };
    sequence_item own[2][COUNT];
    uint32_t order[2 * COUNT];
    sequence s = {.items = {own[0], own[1]}, .counts = {COUNT, COUNT}, .order = order};
    for (uint32_t i = 0; i < 2 * COUNT; i++)
        own[i % 2][i / 2] = (sequence_item){i, i + 1, i / 2, i};
    assert_false(sequence_search(&s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_by_one_with_equal_worth_asks_for_one_head),
        cmocka_unit_test(pairs_that_both_gain_from_ask_for_nothing_at_once),
        cmocka_unit_test(one_at_a_time_whoever_gives_last_is_exposed_by_it),
        cmocka_unit_test(those_owed_outside_the_number_count_in_no_standing),
        cmocka_unit_test(an_exchange_not_worth_it_is_exposed_before_it_begins),
        cmocka_unit_test(
            the_owed_inside_the_number_go_before_the_others_of_their_stage),
        cmocka_unit_test(merging_is_bounded_and_searching_is_exact),
        cmocka_unit_test(one_worth_for_each_side_is_always_proved),
        cmocka_unit_test(too_many_who_differ_are_not_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
