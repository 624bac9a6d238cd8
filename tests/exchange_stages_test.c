/* Who goes at which stage: by hand, and small random lists against every assignment
 * there is. All people are made up. */
#include "exchange_made.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* ---- by hand --------------------------------------------------------------------- */

static void thirty_go_in_ten_stages_of_three(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 10);
    made_add_all(&made, 0, 30);
    made_add_all(&made, 1, 30);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    for (size_t t = 0; t < 10; t++) {
        assert_int_equal(made.plan->stages[t].heads[0], 3);
        assert_int_equal(made.plan->stages[t].heads[1], 3);
    }
    truce_plan_free(made.plan);
}

static void what_is_left_over_goes_in_the_first_stages(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 3);
    made_add_all(&made, 0, 5);
    made_add_all(&made, 1, 5);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->stages[0].heads[0], 2);
    assert_int_equal(made.plan->stages[1].heads[0], 2);
    assert_int_equal(made.plan->stages[2].heads[0], 1);
    truce_plan_free(made.plan);
}

static void the_owed_go_first_and_change_no_balance(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_NUMBER, 2);
    made_add_all(&made, 0, 4);
    made_add(&made, 0)->owed = true;
    made_add(&made, 0)->owed = true;
    made_add_all(&made, 1, 4);
    made.wish.numbers[0] = made.wish.numbers[1] = 4;

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->stages[0].heads[0], 4);
    assert_int_equal(made.plan->stages[0].owed[0], 2);
    assert_int_equal(made.plan->stages[0].heads[1], 2);
    assert_int_equal(made.plan->legs[0].person, 4); /* the owed, before all others */
    assert_int_equal(made.plan->legs[1].person, 5);
    truce_plan_free(made.plan);
}

static void owed_inside_the_number_are_balanced_by_others(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 3);
    made.wish.owed_inside = true;
    for (int i = 0; i < 4; i++)
        made_add(&made, 0)->owed = true;
    made_add_all(&made, 0, 2);
    made_add_all(&made, 1, 6);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->stages[0].heads[0], 4);
    assert_int_equal(made.plan->stages[0].heads[1], 4);
    assert_int_equal(made.plan->stages[1].heads[1], 1);
    truce_plan_free(made.plan);
}

static void twelve_against_ten_go_in_proportion(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 2);
    made_add_all(&made, 0, 12);
    made_add_all(&made, 1, 10);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->stages[0].heads[0], 6);
    assert_int_equal(made.plan->stages[0].heads[1], 5);
    truce_plan_free(made.plan);
}

static void a_ratio_holds_at_the_end_of_every_stage(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_RATIO, 3);
    made.wish.numbers[0] = 3;
    made.wish.numbers[1] = 2;
    made_add_all(&made, 0, 12);
    made_add_all(&made, 1, 8);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    for (size_t t = 0; t < 3; t++)
        assert_int_equal(2 * made.plan->stages[t].heads[0],
                         3 * made.plan->stages[t].heads[1]);
    assert_int_equal(made.plan->stages[0].heads[0], 6);
    truce_plan_free(made.plan);
}

/* North takes two a day of RU; the other side waits for them. */
static void a_full_site_slows_both_sides(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_ALL, 3);
    for (int i = 0; i < 5; i++)
        made_add(&made, 0)->site = 1;
    made_add_all(&made, 1, 5);
    made_limit(&made, "north", 0, TRUCE_NO_DAY, 2);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made.plan->stages[0].heads[1], 2);
    assert_int_equal(made.plan->stages[1].heads[1], 2);
    assert_int_equal(made.plan->stages[2].heads[1], 1);
    assert_int_equal(made.plan->finding.proof.how, TRUCE_PROVED);
    truce_plan_free(made.plan);
}

static void a_number_that_the_sites_cannot_carry_is_refused(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_NUMBER, 2);
    made.wish.numbers[0] = made.wish.numbers[1] = 5;
    for (int i = 0; i < 6; i++)
        made_add(&made, 0)->site = 1;
    made_add_all(&made, 1, 6);
    made_limit(&made, "north", -1, TRUCE_NO_DAY, 2);

    assert_int_equal(made_plan(&made), TRUCE_NONE);
    assert_int_equal(made.plan->most[0], 4);
    assert_int_equal(made.plan->most[1], 4);
    assert_string_equal(
        made.plan->short_of,
        "5 of RU and 5 of UA cannot be handed over in 2 stages: at most 4 "
        "and 4 can: north of RU is full in stage 1; north of RU is full "
        "in stage 2");
    truce_plan_free(made.plan);
}

/* The first choice is at a full site, so the next in order goes instead. */
static void somebody_else_goes_when_the_first_choice_cannot(void **state)
{
    (void)state;
    made_exchange made;
    made_begin(&made, TRUCE_EXCHANGE_NUMBER, 1);
    made.wish.numbers[0] = made.wish.numbers[1] = 2;
    for (int i = 0; i < 3; i++)
        made_add(&made, 0)->site = i < 2;
    made_add_all(&made, 1, 3);
    made_limit(&made, "north", 0, TRUCE_NO_DAY, 1);

    assert_int_equal(made_plan(&made), TRUCE_OK);
    assert_int_equal(made_stage(&made, 0), 1);
    assert_int_equal(made_stage(&made, 1), 0);
    assert_int_equal(made_stage(&made, 2), 1);
    truce_plan_free(made.plan);
}

static void delta_lets_one_side_be_ahead(void **state)
{
    (void)state;
    made_exchange made;
    for (uint64_t delta = 0; delta < 2; delta++) {
        made_begin(&made, TRUCE_EXCHANGE_ALL, 2);
        made.wish.delta = delta;
        made_add(&made, 0)->ready_to = 1;
        made_add(&made, 1)->ready_from = 2;

        assert_int_equal(made_plan(&made), TRUCE_OK);
        assert_int_equal(made.plan->heads[0], delta);
        assert_int_equal(made.plan->heads[1], delta);
        truce_plan_free(made.plan);
    }
}

/* ---- against every assignment ---------------------------------------------------- */

enum { SIDE_PEOPLE = 4, STAGES = 3, ASSIGNMENTS = 256, SITES = 3 };

/* Every way to give the traded people of a side stages within their days and the room
 * that those owed leave. */
typedef struct ways {
    size_t count;
    unsigned masks[ASSIGNMENTS]; /* bit k: the k-th in order goes */
    int gone[ASSIGNMENTS][STAGES];
} ways;

static bool ready(const truce_person *who, int stage)
{
    return (who->ready_from == TRUCE_NO_DAY || who->ready_from <= stage + 1) &&
           (who->ready_to == TRUCE_NO_DAY || who->ready_to >= stage + 1);
}

static void find_room(const made_exchange *made, unsigned side, int room[SITES][STAGES])
{
    static const char *const sites[] = {"", "north", "south"};
    for (int site = 0; site < SITES; site++)
        for (int t = 0; t < STAGES; t++) {
            room[site][t] = 99;
            for (size_t i = 0; i < made->wish.capacity_count; i++) {
                const truce_capacity *c = &made->capacities[i];
                if ((c->side < 0 || (unsigned)c->side == side) &&
                    (c->site == NULL || strcmp(c->site, sites[site]) == 0) &&
                    (c->day == TRUCE_NO_DAY || c->day == t + 1) &&
                    (int)c->most < room[site][t])
                    room[site][t] = (int)c->most;
            }
        }
}

static size_t find_people(const made_exchange *made, unsigned side, bool owed,
                          const truce_person **people)
{
    size_t count = 0;
    for (size_t k = made->lists.first[side]; k < made->lists.first[side + 1]; k++)
        if (made->people[k].owed == owed)
            people[count++] = &made->people[k];
    return count;
}

static void try_each(const truce_person *const *people, size_t count, size_t at,
                     int room[SITES][STAGES], int *stage_of, ways *all)
{
    if (at == count) {
        size_t w = all->count++;
        all->masks[w] = 0;
        memset(all->gone[w], 0, sizeof all->gone[w]);
        for (size_t k = 0; k < count; k++)
            for (int t = 0; t < STAGES; t++)
                if (stage_of[k] >= 0) {
                    all->masks[w] |= 1u << k;
                    all->gone[w][t] += stage_of[k] <= t;
                }
        return;
    }
    stage_of[at] = -1;
    try_each(people, count, at + 1, room, stage_of, all);
    for (int t = 0; t < STAGES; t++) {
        int *left = &room[people[at]->site][t];
        if (!ready(people[at], t) || *left == 0)
            continue;
        stage_of[at] = t;
        --*left;
        try_each(people, count, at + 1, room, stage_of, all);
        ++*left;
    }
}

static int heads_in(unsigned mask)
{
    return __builtin_popcount(mask);
}

/* First choices have the lower bits. */
static bool better(unsigned mask, unsigned other)
{
    unsigned differ = mask ^ other, first = differ & (0u - differ);
    return heads_in(mask) != heads_in(other) ? heads_in(mask) > heads_in(other)
                                             : (mask & first) != 0;
}

static unsigned gone_in_plan(const made_exchange *made, unsigned side, bool owed)
{
    const truce_person *people[MADE_PEOPLE];
    size_t count = find_people(made, side, owed, people);
    unsigned mask = 0;
    for (size_t k = 0; k < count; k++)
        if (made_stage(made, (size_t)(people[k] - made->people)) > 0)
            mask |= 1u << k;
    return mask;
}

/* Whom the plan sends out of a site at a stage, in what remains of its room. */
static void take_room(const made_exchange *made, unsigned side, bool owed,
                      int room[SITES][STAGES])
{
    for (size_t i = 0; i < made->plan->leg_count; i++) {
        const truce_leg *leg = &made->plan->legs[i];
        const truce_person *who = &made->people[leg->person];
        if (who->side != side || who->owed != owed)
            continue;
        assert_true(ready(who, (int)leg->stage - 1));
        room[who->site][leg->stage - 1]--;
        assert_true(room[who->site][leg->stage - 1] >= 0);
    }
}

static void check_owed(const made_exchange *made, unsigned side,
                       const int room_before[SITES][STAGES])
{
    static ways all;
    const truce_person *people[MADE_PEOPLE];
    int room[SITES][STAGES], stage_of[MADE_PEOPLE], most[STAGES] = {0};
    size_t count = find_people(made, side, true, people);
    memcpy(room, room_before, sizeof room);
    all.count = 0;
    try_each(people, count, 0, room, stage_of, &all);
    unsigned best = 0;
    for (size_t w = 0; w < all.count; w++) {
        for (int t = 0; t < STAGES; t++)
            most[t] = all.gone[w][t] > most[t] ? all.gone[w][t] : most[t];
        if (better(all.masks[w], best))
            best = all.masks[w];
    }
    assert_int_equal(gone_in_plan(made, side, true), best);
    for (int t = 0, gone = 0; t < STAGES; t++) {
        gone += (int)made->plan->stages[t].owed[side];
        assert_int_equal(gone, most[t]);
    }
}

static bool balanced(const int *gone, const int *other, int delta)
{
    for (int t = 0; t < STAGES; t++)
        if (abs(gone[t] - other[t]) > delta)
            return false;
    return gone[STAGES - 1] == other[STAGES - 1];
}

/* The best set of a side among pairs of ways that are balanced, with so many heads. */
static unsigned best_of(const ways *own, const ways *other, int delta, int heads)
{
    unsigned best = 0;
    for (size_t w = 0; w < own->count; w++)
        for (size_t o = 0; o < other->count && heads_in(own->masks[w]) <= heads &&
                           better(own->masks[w], best);
             o++)
            if (balanced(own->gone[w], other->gone[o], delta))
                best = own->masks[w];
    return best;
}

static void random_exchange(made_exchange *made, uint64_t task, bool equal)
{
    random_stream dice = random_begin(20, task);
    static const char *const sites[] = {NULL, "", "north", "south"};
    made_begin(made, TRUCE_EXCHANGE_ALL, STAGES);
    made->wish.delta = random_below(&dice, 3) == 0;
    size_t people = 1 + random_below(&dice, SIDE_PEOPLE);
    for (unsigned side = 0; side < 2; side++) {
        if (!equal)
            people = 1 + random_below(&dice, SIDE_PEOPLE);
        for (size_t k = 0; k < people + 2; k++) {
            truce_person *who = made_add(made, side);
            who->owed = k >= people && random_below(&dice, 2);
            if (k >= people && !who->owed) {
                who->eligible = false;
                who->consent = TRUCE_REFUSES;
                who->owed = true;
                who->ready_from = 99;
                continue;
            }
            who->site = (uint32_t)random_below(&dice, SITES);
            if (random_below(&dice, 2))
                who->ready_from = 1 + (int32_t)random_below(&dice, STAGES);
            if (random_below(&dice, 2))
                who->ready_to = (who->ready_from > 0 ? who->ready_from : 1) +
                                (int32_t)random_below(&dice, 2);
        }
    }
    for (uint64_t c = random_below(&dice, 5); c > 0; c--)
        made_limit(made, sites[random_below(&dice, 4)], (int)random_below(&dice, 3) - 1,
                   random_below(&dice, 2) ? TRUCE_NO_DAY
                                          : 1 + (int32_t)random_below(&dice, STAGES),
                   random_below(&dice, 3));
}

static void find_ways(const made_exchange *made, unsigned side, ways *all)
{
    int room[SITES][STAGES], stage_of[MADE_PEOPLE];
    const truce_person *people[MADE_PEOPLE];
    find_room(made, side, room);
    check_owed(made, side, room);
    take_room(made, side, true, room);
    all->count = 0;
    try_each(people, find_people(made, side, false, people), 0, room, stage_of, all);
    take_room(made, side, false, room);
}

static void read_gone(const made_exchange *made, int gone[2][STAGES])
{
    for (unsigned side = 0; side < 2; side++)
        for (int t = 0, sum = 0; t < STAGES; t++) {
            sum += (int)(made->plan->stages[t].heads[side] -
                         made->plan->stages[t].owed[side]);
            gone[side][t] = sum;
        }
}

/* Equal lists: the most, and the best of each side, are exact; also when an exact
 * number is asked for. */
static void the_best_go_where_heads_are_equal(void **state)
{
    (void)state;
    static made_exchange made;
    static ways all[2];
    for (uint64_t task = 0; task < 3000; task++) {
        random_exchange(&made, task, true);
        assert_int_equal(made_plan(&made), TRUCE_OK);
        find_ways(&made, 0, &all[0]);
        find_ways(&made, 1, &all[1]);
        int delta = (int)made.wish.delta, gone[2][STAGES];
        for (unsigned side = 0; side < 2; side++)
            assert_int_equal(gone_in_plan(&made, side, false),
                             best_of(&all[side], &all[!side], delta, SIDE_PEOPLE));
        read_gone(&made, gone);
        assert_true(balanced(gone[0], gone[1], delta));
        truce_plan_free(made.plan);
    }
}

/* Is there a balanced pair of ways with these people? */
static bool go_together(const ways all[2], unsigned mask, unsigned other, int delta)
{
    for (size_t w = 0; w < all[0].count; w++)
        for (size_t o = 0; o < all[1].count && all[0].masks[w] == mask; o++)
            if (all[1].masks[o] == other &&
                balanced(all[0].gone[w], all[1].gone[o], delta))
                return true;
    return false;
}

/* Fewer than could go: the best of each side, unless they cannot go together. */
static void check_number(const made_exchange *made, const ways all[2], int heads)
{
    int delta = (int)made->wish.delta;
    unsigned best[2], gone[2];
    for (unsigned side = 0; side < 2; side++) {
        best[side] = best_of(&all[side], &all[!side], delta, heads);
        gone[side] = gone_in_plan(made, side, false);
        assert_int_equal(heads_in(gone[side]), heads);
    }
    bool is_best = gone[0] == best[0] && gone[1] == best[1];
    assert_int_equal(is_best, go_together(all, best[0], best[1], delta));
    assert_int_equal(made->plan->finding.proof.how,
                     is_best ? TRUCE_PROVED : TRUCE_BOUNDED);
}

static void an_exact_number_goes_or_is_refused_with_the_most(void **state)
{
    (void)state;
    static made_exchange made;
    static ways all[2];
    for (uint64_t task = 0; task < 1000; task++) {
        random_exchange(&made, task, true);
        assert_int_equal(made_plan(&made), TRUCE_OK);
        find_ways(&made, 0, &all[0]);
        find_ways(&made, 1, &all[1]);
        int most =
            heads_in(best_of(&all[0], &all[1], (int)made.wish.delta, SIDE_PEOPLE));
        truce_plan_free(made.plan);
        made.wish.mode = TRUCE_EXCHANGE_NUMBER;
        for (int heads = 1; heads <= most; heads++) {
            made.wish.numbers[0] = made.wish.numbers[1] = (uint64_t)heads;
            assert_int_equal(made_plan(&made), TRUCE_OK);
            check_number(&made, all, heads);
            truce_plan_free(made.plan);
        }
        made.wish.numbers[0] = made.wish.numbers[1] = (uint64_t)most + 1;
        assert_int_equal(made_plan(&made), TRUCE_NONE);
        truce_plan_free(made.plan);
    }
}

/* Could somebody owed take the place of somebody of the same site who goes before, and
 * the other the place of the first? */
static bool could_swap(const made_exchange *made, size_t owed, size_t other)
{
    const truce_person *one = &made->people[owed], *two = &made->people[other];
    uint32_t late = made_stage(made, owed), early = made_stage(made, other);
    return one->owed && !two->owed && one->side == two->side &&
           one->site == two->site && early > 0 && late > early &&
           ready(one, (int)early - 1) && ready(two, (int)late - 1);
}

/* Inside the number everybody counts in the balance, the owed too. */
static void owed_inside_the_number_go_as_early_as_balance_lets_them(void **state)
{
    (void)state;
    static made_exchange made;
    for (uint64_t task = 0; task < 2000; task++) {
        random_exchange(&made, task, task % 2);
        made.wish.owed_inside = true;
        assert_int_equal(made_plan(&made), TRUCE_OK);
        for (size_t i = 0; i < made.lists.count; i++)
            for (size_t j = 0; j < made.lists.count; j++)
                assert_false(could_swap(&made, i, j));
        truce_plan_free(made.plan);
    }
}

static bool in_ratio(int gone[2][STAGES], const int64_t of[2], int64_t slack)
{
    for (int t = 0; t < STAGES; t++)
        if (llabs(gone[1][t] * of[0] - gone[0][t] * of[1]) > slack)
            return false;
    return true;
}

/* Other totals: heads are in proportion within rounding. */
static void unequal_lists_are_in_balance(void **state)
{
    (void)state;
    static made_exchange made;
    static ways all[2];
    for (uint64_t task = 0; task < 3000; task++) {
        random_exchange(&made, task, false);
        assert_int_equal(made_plan(&made), TRUCE_OK);
        find_ways(&made, 0, &all[0]);
        find_ways(&made, 1, &all[1]);
        int gone[2][STAGES];
        read_gone(&made, gone);
        int64_t of[2] = {gone[0][STAGES - 1], gone[1][STAGES - 1]};
        int64_t slack = of[0] == of[1] ? 0 : of[0] + of[1] - 1;
        assert_true(in_ratio(gone, of, (int64_t)made.wish.delta * of[0] + slack));
        truce_plan_free(made.plan);
    }
}

static bool ratio_possible(const ways *one, const ways *other, int bundles)
{
    for (size_t w = 0; w < one->count; w++)
        for (size_t o = 0; o < other->count; o++) {
            bool fits = one->gone[w][STAGES - 1] == 2 * bundles;
            for (int t = 0; t < STAGES && fits; t++)
                fits = one->gone[w][t] == 2 * other->gone[o][t];
            if (fits)
                return true;
        }
    return false;
}

/* Two for one: always in whole bundles, and no more can go when that is called proved.
 */
static void a_ratio_is_kept_under_limits_and_never_called_best_in_vain(void **state)
{
    (void)state;
    static made_exchange made;
    static ways all[2];
    size_t proved = 0, best = 0, plans = 0;
    for (uint64_t task = 0; task < 2000; task++) {
        random_exchange(&made, task, false);
        made.wish.mode = TRUCE_EXCHANGE_RATIO;
        made.wish.delta = 0;
        made.wish.numbers[0] = 2;
        made.wish.numbers[1] = 1;
        if (made_plan(&made) == TRUCE_NONE) {
            truce_plan_free(made.plan);
            continue;
        }
        find_ways(&made, 0, &all[0]);
        find_ways(&made, 1, &all[1]);
        int gone[2][STAGES];
        read_gone(&made, gone);
        assert_true(in_ratio(gone, (int64_t[]){2, 1}, 0));
        bool is_best = !ratio_possible(&all[0], &all[1], gone[1][STAGES - 1] + 1);
        bool is_proved = made.plan->finding.proof.how == TRUCE_PROVED;
        assert_true(is_best || !is_proved);
        plans++;
        proved += is_proved;
        best += is_best;
        truce_plan_free(made.plan);
    }
    print_message("of %zu plans %zu are best, %zu of them proved\n", plans, best,
                  proved);
    assert_true(proved > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirty_go_in_ten_stages_of_three),
        cmocka_unit_test(what_is_left_over_goes_in_the_first_stages),
        cmocka_unit_test(the_owed_go_first_and_change_no_balance),
        cmocka_unit_test(owed_inside_the_number_are_balanced_by_others),
        cmocka_unit_test(twelve_against_ten_go_in_proportion),
        cmocka_unit_test(a_ratio_holds_at_the_end_of_every_stage),
        cmocka_unit_test(a_full_site_slows_both_sides),
        cmocka_unit_test(a_number_that_the_sites_cannot_carry_is_refused),
        cmocka_unit_test(somebody_else_goes_when_the_first_choice_cannot),
        cmocka_unit_test(delta_lets_one_side_be_ahead),
        cmocka_unit_test(the_best_go_where_heads_are_equal),
        cmocka_unit_test(an_exact_number_goes_or_is_refused_with_the_most),
        cmocka_unit_test(owed_inside_the_number_go_as_early_as_balance_lets_them),
        cmocka_unit_test(unequal_lists_are_in_balance),
        cmocka_unit_test(a_ratio_is_kept_under_limits_and_never_called_best_in_vain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
