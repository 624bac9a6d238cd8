/* Deals by hand: one issue whose values are the outcomes, rated by two parties, so that
 * the numbers in a test are the utilities themselves. */
#include "random_made.h"

#define OUTCOMES "issues: {deal: {values: [none, a, b, c, d]}}\n"
#define RATES(who, worths, more) \
    "  " who ": {weights: {deal: 1}, worth: {deal: [" worths "]}" more "}\n"
#define FLOOR(worth) ", outside: {worth: " worth "}"
#define PAIRS(a, of_a, b, of_b) \
    TWO_PARTIES OUTCOMES "preferences:\n" RATES("A", a, of_a) RATES("B", b, of_b)

/*     none a   b  c  d
 * A      0 100 80 60 20
 * B      0 10  50 60 80 */
#define A_WORTHS "0, 100, 80, 60, 20"
#define B_WORTHS "0, 10, 50, 60, 80"
#define BASE(of_a, of_b) PAIRS(A_WORTHS, of_a, B_WORTHS, of_b)

static truce_deals *deals_of(const truce_scenario *scenario, truce_status expected)
{
    truce_deals *deals = NULL;
    assert_int_equal(truce_deals_find(scenario, NULL, NULL, &deals, NULL), expected);
    return deals;
}

/* The values of the first issue in the outcomes of a point: "b c". */
static void assert_point(const truce_deals *deals, truce_point_kind kind,
                         const char *expected)
{
    const truce_point *point = &deals->points[kind];
    char text[200] = "";
    for (size_t k = 0; k < point->count; k++) {
        size_t used = strlen(text);
        snprintf(
            text + used, sizeof text - used, "%s%s", k ? " " : "",
            deals->finding.scenario->issues[0].values[point->outcomes[k].outcome[0]]);
    }
    assert_string_equal(text, expected);
}

static void assert_points(const truce_deals *deals, const char *nash,
                          const char *kalai_smorodinsky, const char *egalitarian,
                          const char *utilitarian)
{
    assert_point(deals, TRUCE_NASH, nash);
    assert_point(deals, TRUCE_KALAI_SMORODINSKY, kalai_smorodinsky);
    assert_point(deals, TRUCE_EGALITARIAN, egalitarian);
    assert_point(deals, TRUCE_UTILITARIAN, utilitarian);
}

static void assert_texts(truce_texts texts, const char *expected)
{
    char text[200] = "";
    for (size_t k = 0; k < texts.count; k++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", k ? " " : "", texts.items[k]);
    }
    assert_string_equal(text, expected);
}

/* ---- the fair points
 * -------------------------------------------------------------------- */

/* Products 1000, 4000, 3600, 1600; shares of the best (100, 80): least .125, .625, .6,
 * .2; least gains 10, 50, 60, 20; sums 110, 130, 120, 100. */
static void each_fair_point_has_the_largest_of_its_own_measure(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE("", ""));
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_string_equal(deals->outcomes.exact, "5");
    assert_string_equal(deals->acceptable.exact, "5");
    assert_string_equal(deals->efficient.exact, "4");
    assert_points(deals, "b", "b", "c", "b");
    const double *utilities = deals->points[TRUCE_NASH].outcomes[0].utilities;
    assert_true(utilities[0] == 80 && utilities[1] == 50);
    assert_int_equal(deals->finding.proof.how, TRUCE_PROVED);
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* Floors 50 and 40 leave b with gains 30, 10 and c with 10, 20: products 300 and 200;
 * shares of the best gains (30, 20): least .5 and .33; least gains 10 and 10. */
static void floors_are_where_gains_begin_and_ties_are_all_told(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE(FLOOR("50"), FLOOR("40")));
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_string_equal(deals->acceptable.exact, "2");
    assert_string_equal(deals->acceptable_to_principals.exact, "2");
    assert_string_equal(deals->efficient.exact, "2");
    assert_true(deals->floors[0] == 50 && deals->floors[1] == 40);
    assert_points(deals, "b", "b", "b c", "b");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* a and d mirror each other: both products are 2100, both sums 100. */
static void exact_ties_are_ties_however_the_numbers_are_written(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(PAIRS("0, 70.0, 0, 0, 30.000", "", "0, 30, 0, 0, 70.00", ""));
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_points(deals, "a d", "a d", "a d", "a d");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* 60.000000001 * 40 is less than 60 * 40.000000001, by 2 * 10^-8. */
static void a_hair_s_breadth_is_no_tie(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        PAIRS("0, 60.000000001, 60, 0, 0", "", "0, 40, 40.000000001, 0, 0", ""));
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_point(deals, TRUCE_UTILITARIAN, "a b");
    assert_point(deals, TRUCE_NASH, "b"); /* 40 * 1e-9 against 60 * 1e-9 */
    assert_point(deals, TRUCE_EGALITARIAN, "b");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* The shade is nobody's concern: each outcome comes three times over. */
static void outcomes_that_nobody_tells_apart_are_all_counted(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES "issues:\n  deal: {values: [none, a, b, c, d]}\n"
                    "  shade: {values: [red, green, blue]}\n"
                    "preferences:\n" RATES("A", A_WORTHS, "") RATES("B", B_WORTHS, ""));
    truce_deals *deals = NULL;
    truce_deals_choices two = {.most = 2};
    assert_int_equal(truce_deals_find(scenario, &two, NULL, &deals, NULL), TRUCE_OK);
    assert_string_equal(deals->efficient.exact, "12");
    assert_point(deals, TRUCE_NASH, "b b");
    assert_string_equal(deals->points[TRUCE_NASH].total.exact, "3");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* B gains nothing anywhere: all products are 0, and Kalai-Smorodinsky leaves B out. */
static void a_party_with_nothing_to_gain_makes_all_products_equal(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(PAIRS("0, 50, 90, 0, 0", "", "60, 60, 60, 0, 0", FLOOR("60")));
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_points(deals, "b", "b", "b", "b"); /* the only efficient one */
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* C does it alone, so A and B are not asked, though they are considered. In a two
 * losses and C's gain multiply to (20-90) * (30-90) * 100; in b all gain, a little. */
#define ALONE(b_to_a)                                                            \
    "truce: 1\nid: made\nparties:\n"                                             \
    "  A: {role: principal, consent: all}\n"                                     \
    "  B: {role: principal, consent: all}\n"                                     \
    "  C: {role: principal, consent: all}\n"                                     \
    "issues: {deal: {values: [none, a, b, c, d], by: C}}\npreferences:\n" RATES( \
        "A", "0, 20, " b_to_a ", 0, 0", FLOOR("90"))                             \
        RATES("B", "0, 30, 91, 0, 0", FLOOR("90")) RATES("C", "0, 100, 50, 0, 0", "")

static void two_losses_do_not_multiply_to_a_gain(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(ALONE("91"));
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_string_equal(deals->acceptable.exact, "4"); /* not none: A and B are asked */
    assert_string_equal(deals->acceptable_to_principals.exact, "1");
    assert_string_equal(deals->efficient.exact, "2");
    assert_points(deals, "b", "b", "b", "b");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

static void no_fair_point_is_told_when_every_outcome_hurts_somebody(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(ALONE("89"));
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_string_equal(deals->efficient.exact, "2");
    assert_points(deals, "", "", "", "");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* ---- whom efficiency is judged for
 * ------------------------------------------------------ */

#define WITH_AN_ALLY                                                     \
    "truce: 1\nid: made\nparties:\n"                                     \
    "  A: {role: principal, consent: all}\n"                             \
    "  B: {role: principal, consent: all}\n  C: {role: ally}\n" OUTCOMES \
    "preferences:\n" RATES("A", "0, 50, 40, 0, 0", "")                   \
        RATES("B", "0, 50, 40, 0, 0", "") RATES("C", "0, 0, 10, 0, 100", "")

static void who_does_not_consent_to_all_counts_only_when_asked_for(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(WITH_AN_ALLY);
    truce_deals *deals = deals_of(scenario, TRUCE_OK);
    assert_int_equal(deals->over.count, 2);
    assert_string_equal(deals->efficient.exact, "1");
    truce_deals_free(deals);
    truce_deals_choices with_c = {.over = {(size_t[]){2}, 1}};
    assert_int_equal(truce_deals_find(scenario, &with_c, NULL, &deals, NULL), TRUCE_OK);
    assert_int_equal(deals->over.count, 3);
    assert_string_equal(deals->efficient.exact, "3"); /* a, b and d */
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

static void judging_for_a_party_that_is_not_there_is_a_wrong_call(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE("", ""));
    truce_deals *deals = NULL;
    truce_error error;
    truce_deals_choices unknown = {.over = {(size_t[]){2}, 1}};
    assert_int_equal(truce_deals_find(scenario, &unknown, NULL, &deals, &error),
                     TRUCE_CALL);
    assert_null(deals);
    assert_true(strlen(error.message) > 0);
    truce_scenario_free(scenario);
}

static void floors_of_a_later_day_may_be_asked_about(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(BASE(", outside: {worth: 80, per-30-days: -20}", FLOOR("60")));
    truce_deals *deals = deals_of(scenario, TRUCE_NONE);
    truce_deals_free(deals);
    truce_deals_choices in_a_month = {.day = 30};
    assert_int_equal(truce_deals_find(scenario, &in_a_month, NULL, &deals, NULL),
                     TRUCE_OK);
    assert_point(deals, TRUCE_NASH, "c");
    assert_true(deals->floors[0] == 60);
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* ---- none
 * ------------------------------------------------------------------------------- */

static void two_floors_that_leave_nothing_are_named(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE(FLOOR("90"), FLOOR("20")));
    truce_deals *deals = deals_of(scenario, TRUCE_NONE);
    assert_string_equal(deals->acceptable.exact, "0");
    assert_string_equal(deals->efficient.exact, "0");
    assert_texts(deals->blocked_by, "floor:A floor:B");
    assert_points(deals, "", "", "", "");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* Red lines alone leave nothing, so the floors that leave nothing either are not told.
 */
static void red_lines_are_told_rather_than_floors(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE(FLOOR("90") ", red-lines: [{if: \"deal in {a, b}\"}, {if: \"deal = d\"}]",
             FLOOR("20") ", red-lines: [{if: \"deal in {none, c, d}\"}]"));
    truce_deals *deals = deals_of(scenario, TRUCE_NONE);
    assert_texts(deals->blocked_by, "red:A:1 red:B:1");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

static void logic_that_contradicts_itself_is_named(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE("", "") "rules:\n"
                     "  l1: {by: logic, if: \"not (deal = a)\", then: \"deal = a\"}\n"
                     "  l2: {by: logic, if: \"deal = a\", then: \"deal = b\"}\n");
    truce_deals *deals = deals_of(scenario, TRUCE_NONE);
    assert_texts(deals->blocked_by, "rule:l1 rule:l2");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* ---- against every pair of outcomes
 * ----------------------------------------------------- */

static bool dominates(const wide *one, const wide *other, size_t count)
{
    bool better = false;
    for (size_t k = 0; k < count; k++) {
        if (one[k] < other[k])
            return false;
        better |= one[k] > other[k];
    }
    return better;
}

/* Every acceptable outcome against every other. */
static size_t efficient_by_trying(const space *compiled, truce_list over)
{
    truce_value outcome[4] = {0};
    wide(*sums)[4] = NULL;
    size_t count = 0, room = 0, efficient = 0;
    do {
        if (!space_accepts(compiled, outcome, 0))
            continue;
        (void)grow(sums, count, room);
        for (size_t k = 0; k < over.count; k++)
            sums[count - 1][k] = space_sum(compiled, over.items[k], outcome);
    } while (next_outcome(compiled, outcome));
    for (size_t one = 0; one < count; one++) {
        bool dominated = false;
        for (size_t other = 0; other < count && !dominated; other++)
            dominated = dominates(sums[other], sums[one], over.count);
        efficient += !dominated;
    }
    free(sums);
    return efficient;
}

static void the_efficient_are_those_that_no_pairwise_comparison_rules_out(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 500; number++) {
        truce_scenario *scenario = small_scenario(5, number, 5, 0);
        space *compiled = space_new(scenario, NULL);
        truce_deals *deals = NULL;
        truce_status status = truce_deals_find(scenario, NULL, NULL, &deals, NULL);
        size_t expected = efficient_by_trying(compiled, deals->over);
        assert_int_equal(status, expected ? TRUCE_OK : TRUCE_NONE);
        assert_int_equal(strtoul(deals->efficient.exact, NULL, 10), expected);
        truce_deals_free(deals);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fair_point_has_the_largest_of_its_own_measure),
        cmocka_unit_test(floors_are_where_gains_begin_and_ties_are_all_told),
        cmocka_unit_test(exact_ties_are_ties_however_the_numbers_are_written),
        cmocka_unit_test(a_hair_s_breadth_is_no_tie),
        cmocka_unit_test(outcomes_that_nobody_tells_apart_are_all_counted),
        cmocka_unit_test(a_party_with_nothing_to_gain_makes_all_products_equal),
        cmocka_unit_test(two_losses_do_not_multiply_to_a_gain),
        cmocka_unit_test(no_fair_point_is_told_when_every_outcome_hurts_somebody),
        cmocka_unit_test(who_does_not_consent_to_all_counts_only_when_asked_for),
        cmocka_unit_test(judging_for_a_party_that_is_not_there_is_a_wrong_call),
        cmocka_unit_test(floors_of_a_later_day_may_be_asked_about),
        cmocka_unit_test(two_floors_that_leave_nothing_are_named),
        cmocka_unit_test(red_lines_are_told_rather_than_floors),
        cmocka_unit_test(logic_that_contradicts_itself_is_named),
        cmocka_unit_test(the_efficient_are_those_that_no_pairwise_comparison_rules_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
