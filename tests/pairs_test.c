/* Who for whom: small lists against every way to pair them. */
#include "made.h"

#include "base/random.h"
#include "exchange_made.h"

#include <stdlib.h>

enum { A_SIDE = 5 };

static const truce_rank_points tariff[] = {{.rank = "", .points = 1},
                                           {.rank = "private", .points = 1},
                                           {.rank = "major", .points = 5}};

static uint64_t points_of(const truce_person *who)
{
    return tariff[who->rank].points;
}

static bool may_pair(truce_pairs by, const truce_person *one, const truce_person *other)
{
    if (by == TRUCE_PAIRS_CLASS)
        return one->class_index == other->class_index;
    if (by == TRUCE_PAIRS_POINTS)
        return points_of(one) == points_of(other);
    return one->worth_home > other->cost_holder && other->worth_home > one->cost_holder;
}

/* The most pairs, and of these the least sum of differences. */
typedef struct best {
    size_t pairs;
    uint64_t sum;
} best;

typedef struct trial {
    const made_exchange *made;
    truce_pairs by;
    uint32_t stage_of[2 * A_SIDE];
    size_t firsts;
} trial;

static uint64_t apart(const truce_person *one, const truce_person *other)
{
    return one->worth_home > other->worth_home ? one->worth_home - other->worth_home
                                               : other->worth_home - one->worth_home;
}

static void better(best *of, best than)
{
    if (than.pairs > of->pairs || (than.pairs == of->pairs && than.sum < of->sum))
        *of = than;
}

/* All ways to pair person k of side 0 and those after it with whom is not taken. */
static best try_all(const trial *in, size_t k, unsigned taken)
{
    if (k == in->firsts)
        return (best){0, 0};
    best found = try_all(in, k + 1, taken);
    const truce_person *one = &in->made->people[k];
    for (size_t j = in->firsts; j < in->made->lists.count; j++) {
        const truce_person *other = &in->made->people[j];
        if (taken >> j & 1 || in->stage_of[k] == 0 ||
            in->stage_of[k] != in->stage_of[j] || !may_pair(in->by, one, other))
            continue;
        best rest = try_all(in, k + 1, taken | 1u << j);
        better(&found, (best){rest.pairs + 1, rest.sum + apart(one, other)});
    }
    return found;
}

static best planned(const trial *in)
{
    best all = {0, 0};
    const truce_plan *plan = in->made->plan;
    for (size_t i = 0; i < plan->leg_count; i++)
        for (size_t j = i + 1; j < plan->leg_count; j++) {
            if (plan->legs[i].pair == TRUCE_NO_PAIR ||
                plan->legs[i].pair != plan->legs[j].pair)
                continue;
            const truce_person *one = &in->made->people[plan->legs[i].person];
            const truce_person *other = &in->made->people[plan->legs[j].person];
            assert_true(one->side != other->side);
            assert_int_equal(plan->legs[i].stage, plan->legs[j].stage);
            assert_true(one->side == 0 ? may_pair(in->by, one, other)
                                       : may_pair(in->by, other, one));
            all.pairs++;
            all.sum += apart(one, other);
        }
    return all;
}

static void make_people(made_exchange *made, random_stream *dice, truce_pairs by)
{
    made_begin(made, TRUCE_EXCHANGE_ALL, 1 + (size_t)random_below(dice, 2));
    made->wish.pairs = by;
    made->wish.delta = A_SIDE;
    made->wish.tariff = tariff;
    made->wish.tariff_count = 3;
    for (unsigned side = 0; side < 2; side++)
        made_add_all(made, side, 1 + (size_t)random_below(dice, A_SIDE));
    for (size_t k = 0; k < made->lists.count; k++) {
        truce_person *who = &made->people[k];
        who->class_index = (uint32_t)random_below(dice, 2);
        who->rank = (uint32_t)random_below(dice, 3);
        who->worth_home = random_below(dice, 8) * MADE_UNIT / 2;
        who->cost_holder = random_below(dice, 6) * MADE_UNIT / 2;
    }
    if (made->wish.stage_count == 2)
        made_limit(made, NULL, -1, TRUCE_NO_DAY, 3);
}

static void as_many_as_can_be_and_like_for_like(void **state)
{
    (void)state;
    size_t paired = 0;
    for (truce_pairs by = TRUCE_PAIRS_CLASS; by <= TRUCE_PAIRS_GAIN; by++)
        for (uint64_t k = 0; k < 2000; k++) {
            random_stream dice = random_begin(21 + by, k);
            made_exchange made;
            make_people(&made, &dice, by);
            truce_status status = made_plan(&made);
            if (status != TRUCE_OK)
                continue;
            trial in = {.made = &made, .by = by, .firsts = made.lists.first[1]};
            for (size_t p = 0; p < made.lists.count; p++)
                in.stage_of[p] = made_stage(&made, p);
            best expected = try_all(&in, 0, 0), found = planned(&in);
            assert_int_equal(found.pairs, expected.pairs);
            assert_int_equal(found.sum, expected.sum);
            paired += found.pairs;
            truce_plan_free(made.plan);
        }
    assert_true(paired > 5000);
}

static void points_need_a_tariff(void **state)
{
    (void)state;
    made_exchange made;
    random_stream dice = random_begin(1, 1);
    make_people(&made, &dice, TRUCE_PAIRS_POINTS);
    made.wish.tariff_count = 0;
    assert_int_equal(made_plan(&made), TRUCE_CALL);
    assert_non_null(strstr(made.error.message, "tariff"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_as_can_be_and_like_for_like),
        cmocka_unit_test(points_need_a_tariff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
