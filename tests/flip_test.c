/* Tipping numbers worked out by hand. Two parties rate the values of one issue, so that
 * worths are utilities; what a test is not about is fixed by a range of one point. */
#include "made.h"

#define FIXED(n) "{low: " n ", mode: " n ", high: " n "}"
#define OUTCOMES "issues: {deal: {values: [none, a]}, side: {values: [s]}}\n"
#define ONLY_B(weights, worths, more)                                       \
    TWO_PARTIES OUTCOMES "preferences:\n  B:\n    weights: {" weights "}\n" \
                         "    worth: {" worths "}\n" more

static truce_flips *flips_of(const truce_scenario *scenario,
                             const truce_flips_choices *choices, unsigned threads)
{
    static const truce_flips_choices few = {.draws = 10, .seed = 1};
    truce_flips *flips = NULL;
    truce_stop stop = {.threads = threads};
    assert_int_equal(
        truce_flips_find(scenario, choices ? choices : &few, &stop, &flips, NULL),
        TRUCE_OK);
    return flips;
}

static const truce_flip *flip_called(const truce_flips *flips, const char *answer)
{
    for (size_t k = 0; k < flips->count; k++)
        if (strcmp(flips->items[k].answer, answer) == 0)
            return &flips->items[k];
    fail_msg("no answer %s", answer);
    return NULL;
}

/* What is expected of one answer; number NULL: none reverses it. */
typedef struct turning {
    const char *answer;
    bool holds;
    const char *number;
    double threshold;
    bool must_pass;
} turning;

static void assert_turns(const char *yaml, turning expected)
{
    truce_scenario *scenario = scenario_of(yaml);
    truce_flips *flips = flips_of(scenario, NULL, 1);
    const truce_flip *flip = flip_called(flips, expected.answer);
    assert_int_equal(flip->holds, expected.holds);
    assert_true(flip->searched);
    if (expected.number == NULL)
        assert_null(flip->number);
    else {
        assert_non_null(flip->number);
        assert_string_equal(flip->number->path, expected.number);
        assert_true(flip->threshold == expected.threshold);
        double distance = expected.threshold - flip->from;
        assert_true(flip->distance == (distance < 0 ? -distance : distance));
        assert_int_equal(flip->must_pass, expected.must_pass);
    }
    truce_flips_free(flips);
    truce_scenario_free(scenario);
}

/* u(a) = (30 + 60) / 2 = 45 against 40: the floor turns past 45, the worth past 20. */
static void a_floor_turns_the_deal_once_it_passes_the_best_utility(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: " FIXED("1") ", side: " FIXED("1"),
                        "deal: [0, 30], side: [60]", "    outside: {worth: 40}\n"),
                 (turning){"deal", true, "B.outside.worth", 45, true});
}

/* (30 + 60 w) / (1 + w) = 40 at w = 1/2; the other weight would have to double. */
static void a_normalised_weight_turns_where_the_mean_meets_the_floor(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: 1, side: 1", "deal: [0, 30], side: [60]",
                        "    outside: {worth: 40}\n"),
                 (turning){"deal", true, "B.weights.side", 0.5, true});
}

/* 30 w + 10 = 40 at w = 1: taken as given, weights are not divided by each other. */
static void a_weight_as_given_turns_where_the_sum_meets_the_floor(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: 1.5, side: " FIXED("1"), "deal: [0, 30], side: [10]",
                        "    sum: as-given\n    outside: {worth: 40}\n"),
                 (turning){"deal", true, "B.weights.deal", 1, true});
}

/* Everything else still, the 30 must not fall below 25. */
static void a_worth_turns_the_deal_below_the_floor(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: " FIXED("1"), "deal: [0, 30]",
                        "    outside: {worth: " FIXED("25") "}\n"),
                 (turning){"deal", true, "B.worth.deal.a", 25, true});
}

static void a_bonus_turns_the_deal_where_it_no_longer_makes_up_the_floor(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: " FIXED("1"), "deal: [" FIXED("0") ", " FIXED("30") "]",
                        "    bonus: [{if: \"deal = a\", worth: 10}]\n"
                        "    outside: {worth: " FIXED("35") "}\n"),
                 (turning){"deal", true, "B.bonus.1.worth", 5, true});
}

/* 50 is out of reach of 45: the floor need only come down to it. */
static void no_deal_turns_to_one_at_the_threshold_itself(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: " FIXED("1") ", side: " FIXED("1"),
                        "deal: [0, 30], side: [60]", "    outside: {worth: 50}\n"),
                 (turning){"deal", false, "B.outside.worth", 45, false});
}

static void a_number_is_not_moved_beyond_its_range(void **state)
{
    (void)state;
    assert_turns(
        ONLY_B("deal: " FIXED("1"), "deal: [" FIXED("0") ", " FIXED("30") "]",
               "    outside: {worth: {low: 20, mode: 25, high: 30}}\n"),
        (turning){"deal", true, NULL, 0, false}); /* it may reach 30, not pass it */
}

static void facts_are_not_the_analyst_s_to_move(void **state)
{
    (void)state;
    assert_turns(
        ONLY_B("deal: 1", "deal: [0, 30]", "    outside: {worth: 25}\n    basis: F\n"),
        (turning){"deal", true, NULL, 0, false});
}

/* Without any weight u is the bonus alone, 10 against 35. */
static void the_only_weight_turns_the_deal_when_it_vanishes(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: 2", "deal: [0, 30]",
                        "    bonus: [{if: \"deal = a\", worth: 10}]\n"
                        "    outside: {worth: " FIXED("35") "}\n"),
                 (turning){"deal", true, "B.weights.deal", 0, false});
}

/* All weights 0: u is 0 everywhere; the first to rise, however little, is all there is. */
static void of_weights_that_are_all_zero_the_first_that_rises_takes_all(void **state)
{
    (void)state;
    assert_turns(ONLY_B("deal: 0, side: 0", "deal: [0, 60], side: [10]",
                        "    outside: {worth: 50}\n"),
                 (turning){"deal", false, "B.weights.deal", 0, true});
}

/* ---- moves and decisions
 * ---------------------------------------------------------------- */

#define EVEN                                                                    \
    TWO_PARTIES OUTCOMES "preferences:\n"                                       \
                         "  A: {weights: {deal: 1}, worth: {deal: [10, 30]}}\n" \
                         "  B: {weights: {deal: 1}, worth: {deal: [20, 20]}}\n"

/* B neither gains nor loses: the least rise of its status quo closes the move. */
static void a_move_without_gain_or_loss_turns_at_once(void **state)
{
    (void)state;
    assert_turns(EVEN, (turning){"move:deal=a", true, "B.worth.deal.none", 20, true});
}

/* A loses nothing until its status quo is worth more than 30. */
static void a_move_turns_where_a_needed_party_would_lose(void **state)
{
    (void)state;
    assert_turns(TWO_PARTIES OUTCOMES "preferences:\n"
                                      "  A: {weights: {deal: " FIXED(
                                          "1") "}, worth: {deal: [10, 30]}}\n"
                                               "  B: {weights: {deal: " FIXED(
                                                   "1") "}, worth: {deal: [0, 90]}}\n",
                 (turning){"move:deal=a", true, "A.worth.deal.none", 30, true});
}

static void
an_acceptance_without_change_is_not_reproduced_and_turns_at_once(void **state)
{
    (void)state;
    assert_turns(EVEN "observed: {b1: {offer: {deal: a}, accepted-by: [A, B]}}\n",
                 (turning){"observed:b1:B", false, "B.worth.deal.none", 20, true});
}

static void an_acceptance_that_is_reproduced_turns_where_the_gain_ends(void **state)
{
    (void)state;
    assert_turns(EVEN "observed: {b1: {offer: {deal: a}, accepted-by: [A, B]}}\n",
                 (turning){"observed:b1:A", true, "A.weights.deal", 0, false});
}

/* ---- draws
 * ------------------------------------------------------------------------------ */

/* P(a >= 50) of the triangle 0, 30, 100 is 50 * 50 / (100 * 70) = 0.357. */
#define DRAWN                                                     \
    ONLY_B("deal: 1", "deal: [0, {low: 0, mode: 30, high: 100}]", \
           "    outside: {worth: 50}\n")

static uint64_t held_of(const truce_scenario *scenario, uint64_t seed, unsigned threads)
{
    truce_flips *flips = flips_of(
        scenario, &(truce_flips_choices){.draws = 10000, .seed = seed}, threads);
    uint64_t held = flip_called(flips, "deal")->held;
    assert_int_equal(flips->draws, 10000);
    assert_int_equal(flips->ranged, 1);
    truce_flips_free(flips);
    return held;
}

static void draws_hold_as_often_as_the_triangle_says(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(DRAWN);
    assert_in_range(held_of(scenario, 1, 1), 6429 - 200, 6429 + 200);
    truce_scenario_free(scenario);
}

static void threads_change_no_count(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(DRAWN);
    assert_int_equal(held_of(scenario, 1, 1), held_of(scenario, 1, 4));
    truce_scenario_free(scenario);
}

static void other_seeds_draw_other_numbers(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(DRAWN);
    uint64_t one = held_of(scenario, 1, 1), two = held_of(scenario, 2, 1),
             three = held_of(scenario, 3, 1);
    assert_false(one == two && two == three);
    truce_scenario_free(scenario);
}

static void plain_numbers_stay_unless_a_spread_is_asked_for(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(ONLY_B("deal: 1", "deal: [0, 55]", "    outside: {worth: 50}\n"));
    truce_flips *still = flips_of(scenario, NULL, 1);
    assert_int_equal(still->ranged, 0);
    assert_int_equal(flip_called(still, "deal")->held, 10);
    truce_flips_choices wide = {.draws = 2000, .seed = 1, .spread = 20};
    truce_flips *spread = flips_of(scenario, &wide, 1);
    assert_int_equal(spread->ranged, 3); /* weight, worth of a, floor; 0 stays 0 */
    assert_in_range(flip_called(spread, "deal")->held, 1000, 1999);
    truce_flips_free(still);
    truce_flips_free(spread);
    truce_scenario_free(scenario);
}

static void a_spread_of_more_than_all_is_a_wrong_call(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(EVEN);
    truce_flips *flips = NULL;
    truce_error error;
    assert_int_equal(truce_flips_find(scenario, &(truce_flips_choices){.spread = 101},
                                      NULL, &flips, &error),
                     TRUCE_CALL);
    assert_null(flips);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_floor_turns_the_deal_once_it_passes_the_best_utility),
        cmocka_unit_test(a_normalised_weight_turns_where_the_mean_meets_the_floor),
        cmocka_unit_test(a_weight_as_given_turns_where_the_sum_meets_the_floor),
        cmocka_unit_test(a_worth_turns_the_deal_below_the_floor),
        cmocka_unit_test(a_bonus_turns_the_deal_where_it_no_longer_makes_up_the_floor),
        cmocka_unit_test(no_deal_turns_to_one_at_the_threshold_itself),
        cmocka_unit_test(a_number_is_not_moved_beyond_its_range),
        cmocka_unit_test(facts_are_not_the_analyst_s_to_move),
        cmocka_unit_test(the_only_weight_turns_the_deal_when_it_vanishes),
        cmocka_unit_test(of_weights_that_are_all_zero_the_first_that_rises_takes_all),
        cmocka_unit_test(a_move_without_gain_or_loss_turns_at_once),
        cmocka_unit_test(a_move_turns_where_a_needed_party_would_lose),
        cmocka_unit_test(
            an_acceptance_without_change_is_not_reproduced_and_turns_at_once),
        cmocka_unit_test(an_acceptance_that_is_reproduced_turns_where_the_gain_ends),
        cmocka_unit_test(draws_hold_as_often_as_the_triangle_says),
        cmocka_unit_test(threads_change_no_count),
        cmocka_unit_test(other_seeds_draw_other_numbers),
        cmocka_unit_test(plain_numbers_stay_unless_a_spread_is_asked_for),
        cmocka_unit_test(a_spread_of_more_than_all_is_a_wrong_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
