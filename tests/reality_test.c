/* What the numbers say of observed decisions. A: swap some +30, land shared -50.
 * B: swap some +20, land shared +50. */
#include "made.h"

#define BASE                                              \
    TWO_PARTIES                                           \
    "  C: {role: host}\n"                                 \
    "issues:\n"                                           \
    "  swap: {ordered: yes, values: [none, some, all]}\n" \
    "  land: {values: [kept, shared]}\n"

#define NUMBERS(more_of_a)                                                 \
    "preferences:\n"                                                       \
    "  A:\n"                                                               \
    "    weights: {swap: 50, land: 50}\n"                                  \
    "    worth: {swap: [0, 60, 100], land: [100, 0]}\n" more_of_a "  B:\n" \
    "    weights: {swap: 50, land: 50}\n"                                  \
    "    worth: {swap: [0, 40, 20], land: [0, 100]}\n"

static truce_reality *reality_of(const truce_scenario *scenario)
{
    truce_reality *reality = NULL;
    assert_int_equal(truce_reality_find(scenario, &reality, NULL), TRUCE_OK);
    return reality;
}

static void
what_was_seen_is_reproduced_when_the_numbers_point_the_same_way(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE NUMBERS("") "observed:\n"
                         "  b1: {offer: {swap: some}, accepted-by: [B, A]}\n"
                         "  b2: {offer: {land: shared}, refused-by: [A]}\n");
    truce_reality *reality = reality_of(scenario);
    assert_int_equal(reality->count, 3);
    assert_int_equal(reality->reproduced, 3);
    assert_int_equal(reality->decisions[0].party, 1);
    assert_true(reality->decisions[0].change == 20);
    assert_int_equal(reality->decisions[2].predicted, TRUCE_WOULD_REFUSE);
    assert_true(reality->decisions[2].change == -50);
    assert_int_equal(reality->decisions[2].suspects.count, 0);
    truce_reality_free(reality);
    truce_scenario_free(scenario);
}

static void no_change_is_undecided_and_no_miss(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE NUMBERS("") "observed:\n  b1: {offer: {swap: some}, accepted-by: [C]}\n");
    truce_reality *reality = reality_of(scenario);
    assert_int_equal(reality->undecided, 1);
    assert_int_equal(reality->reproduced, 0);
    assert_int_equal(reality->decisions[0].suspects.count, 0);
    truce_reality_free(reality);
    truce_scenario_free(scenario);
}

/* A refuses what is worth +30: an order constraint, a demand and a number may explain
 * it. */
static void
a_refusal_of_a_gain_names_order_demands_and_the_number_that_weighs_most(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(BASE NUMBERS("") "demands:\n"
                                     "  d1: {by: A, wants: \"swap = all\"}\n"
                                     "  d2: {by: A, wants: \"land = shared\"}\n"
                                     "order:\n"
                                     "  o1: {by: A, first: land, then: swap}\n"
                                     "observed:\n"
                                     "  b1: {offer: {swap: some}, refused-by: [A]}\n");
    truce_reality *reality = reality_of(scenario);
    const truce_decision *miss = &reality->decisions[0];
    assert_int_equal(miss->predicted, TRUCE_WOULD_ACCEPT);
    assert_false(miss->reproduced);
    assert_int_equal(miss->suspects.count, 3);
    assert_string_equal(miss->suspects.items[0], "o1");
    assert_string_equal(miss->suspects.items[1], "d1"); /* d2 is not about the offer */
    assert_string_equal(miss->suspects.items[2], "A.worth.swap.some");
    truce_reality_free(reality);
    truce_scenario_free(scenario);
}

/* Together -20 for A: the land weighs most. */
static void an_accepted_loss_names_the_number_that_weighs_most_against_it(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE NUMBERS(
        "") "observed:\n  b1: {offer: {swap: some, land: shared}, accepted-by: [A]}\n");
    truce_reality *reality = reality_of(scenario);
    const truce_decision *miss = &reality->decisions[0];
    assert_true(miss->change == -20);
    assert_int_equal(miss->suspects.count, 1);
    assert_string_equal(miss->suspects.items[0], "A.worth.land.shared");
    truce_reality_free(reality);
    truce_scenario_free(scenario);
}

static void
an_accepted_offer_across_a_red_line_names_the_line_and_the_rule(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE NUMBERS(
        "    red-lines: [{if: \"swap >= some\"}]\n") "rules:\n  l1: {by: A, if: \"swap "
                                                     "= some\", then: \"land = "
                                                     "shared\"}\n"
                                                     "observed:\n  b1: {offer: {swap: "
                                                     "some}, accepted-by: [A]}\n");
    truce_reality *reality = reality_of(scenario);
    const truce_decision *miss = &reality->decisions[0];
    assert_int_equal(miss->predicted, TRUCE_WOULD_REFUSE);
    assert_string_equal(miss->broken, "red:A:1");
    assert_int_equal(miss->suspects.count, 2);
    assert_string_equal(miss->suspects.items[1], "rule:l1");
    truce_reality_free(reality);
    truce_scenario_free(scenario);
}

/* The agreement in force would make it no change at all. */
static void decisions_are_judged_from_the_status_quo_of_the_file(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE NUMBERS("") "observed:\n  b1: {offer: {swap: some}, accepted-by: [A]}\n"
                         "agreements:\n  x1: {set: {swap: some}, state: in-force}\n");
    truce_reality *reality = reality_of(scenario);
    assert_int_equal(reality->reproduced, 1);
    truce_reality_free(reality);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            what_was_seen_is_reproduced_when_the_numbers_point_the_same_way),
        cmocka_unit_test(no_change_is_undecided_and_no_miss),
        cmocka_unit_test(
            a_refusal_of_a_gain_names_order_demands_and_the_number_that_weighs_most),
        cmocka_unit_test(an_accepted_loss_names_the_number_that_weighs_most_against_it),
        cmocka_unit_test(
            an_accepted_offer_across_a_red_line_names_the_line_and_the_rule),
        cmocka_unit_test(decisions_are_judged_from_the_status_quo_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
