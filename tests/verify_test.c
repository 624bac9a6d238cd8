/* Certificates: what is true is accepted, what is not is refused and told why. Random
 * scenarios are tried outcome by outcome; tests/sabotage_test.c tampers. */
#include "certified.h"

/* Utilities of the two outcomes: (100, 0) and (0, 100). */
static const char opposed[] = TWO_PARTIES
    "issues:\n"
    "  price: {values: [low, high], status-quo: low}\n"
    "preferences:\n"
    "  A: {weights: {price: 1}, worth: {price: [100, 0]}, outside: {worth: 50}}\n"
    "  B: {weights: {price: 1}, worth: {price: [0, 100]}, outside: {worth: 20}}\n";

/* opposed, and who checks a text about it. */
static truce_status check_opposed(const char *body, char fault[200])
{
    truce_scenario *scenario = scenario_of(opposed);
    char text[1000];
    int length = snprintf(text, sizeof text,
                          "truce-certificate 1\nprogram truce 0.1.0\nscenario %s\n%s",
                          scenario->sha256, body);
    truce_status status = checked(scenario, text, (size_t)length, fault);
    truce_scenario_free(scenario);
    return status;
}

#define HEAD                                                 \
    "claim frontier\nrational no\nparty 1 units 1 slack 0\n" \
    "party 2 units 1 slack 0\norder 1\npoints\n"

static void a_frontier_written_by_hand_is_accepted(void **state)
{
    (void)state;
    char fault[200];
    assert_int_equal(
        check_opposed(HEAD "100 0 | 1\n0 100 | 2\nend states 0 sums 0 points 2\n",
                      fault),
        TRUCE_OK);
    assert_string_equal(fault, "");
}

static void a_point_left_out_is_told_with_its_value(void **state)
{
    (void)state;
    char fault[200];
    assert_int_equal(
        check_opposed(HEAD "100 0 | 1\nend states 0 sums 0 points 1\n", fault),
        TRUCE_NONE);
    assert_string_equal(fault, "line 1: with value 2 of issue 1 (\"price\") it is "
                               "covered by nothing that follows");
}

static void sums_in_halves_are_as_good(void **state)
{
    (void)state;
    assert_int_equal(
        check_opposed("claim frontier\nrational no\nparty 1 units 2 slack 0\norder 1\n"
                      "points\n200 | 1\nend states 0 sums 0 points 1\n",
                      NULL),
        TRUCE_OK);
}

static void what_is_no_certificate_is_bad_input(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(opposed);
    assert_int_equal(checked(scenario, "", 0, NULL), TRUCE_INPUT);
    assert_int_equal(checked(scenario, opposed, strlen(opposed), NULL), TRUCE_INPUT);
    assert_int_equal(checked(scenario, "truce-certificate 2\n", 20, NULL), TRUCE_INPUT);
    assert_int_equal(checked(scenario, "truce-certificate 1\n", 20, NULL), TRUCE_NONE);
    truce_scenario_free(scenario);
}

static void a_number_has_one_spelling_and_a_gap_is_one_space(void **state)
{
    (void)state;
    static const char *const wrong[] = {"100 00 | 1", "100 -0 | 1",  "+100 0 | 1",
                                        "100  0 | 1", "100 0 | 1 ",  "100 0 |1",
                                        "100 0 | 01", "100 0 | 1\r", " 100 0 | 1",
                                        "100 0 | 3",  "100 0 | 0",   "100 0 | -1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char body[400];
        snprintf(body, sizeof body,
                 HEAD "%s\n0 100 | 2\nend states 0 sums 0 points 2\n", wrong[i]);
        assert_int_equal(check_opposed(body, NULL), TRUCE_NONE);
    }
}

/* 2^120 is a number too far, in whatever place. */
static void numbers_too_large_are_refused(void **state)
{
    (void)state;
    char fault[200];
    assert_int_equal(
        check_opposed("claim frontier\nrational no\n"
                      "party 1 units 1329227995784915872903807060280344576 slack 0\n",
                      fault),
        TRUCE_NONE);
    assert_string_equal(
        fault, "line 6: expected \"units\" and \"slack\", each with its number");
    assert_int_equal(
        check_opposed("claim frontier\nrational no\n"
                      "party 1 units 1329227995784915872903807060280344575 slack 0\n",
                      fault),
        TRUCE_NONE);
    assert_string_equal(fault, "line 6: a worth is too large a number of units");
}

static void nothing_is_slack_in_emptiness(void **state)
{
    (void)state;
    char fault[200];
    assert_int_equal(
        check_opposed("claim deals\nparty 1 units 1 slack 1\nparty 2 units 1 slack 0\n"
                      "order 1\npoints\nend states 0 sums 0 points 0\n",
                      fault),
        TRUCE_NONE);
    assert_string_equal(fault, "line 5: nothing can be slack here");
}

/* A needs 50 and gets 0; B needs 20 and gets 0: there is no deal. */
static void two_floors_that_exclude_each_other_leave_nothing(void **state)
{
    (void)state;
    assert_int_equal(
        check_opposed("claim deals\nparty 1 units 1 slack 0\nparty 2 units 1 slack 0\n"
                      "order 1\npoints\nend states 0 sums 0 points 0\n",
                      NULL),
        TRUCE_OK);
}

static void one_floor_alone_leaves_something(void **state)
{
    (void)state;
    assert_int_equal(check_opposed("claim deals\nparty 1 units 1 slack 0\n"
                                   "order 1\npoints\nend states 0 sums 0 points 0\n",
                                   NULL),
                     TRUCE_NONE);
}

/* With both issues changed A has the 60 that its floor takes, so the empty stage is a
 * stage too little. */
static void an_open_bonus_may_still_reach_a_floor(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES "issues:\n"
                                "  x: {values: [a, b], status-quo: a}\n"
                                "  y: {values: [a, b], status-quo: a}\n"
                                "preferences:\n"
                                "  A:\n"
                                "    bonus: [{if: \"x = b and y = b\", worth: 60}]\n"
                                "    outside: {worth: 60}\n");
    char text[400], fault[200];
    int length = snprintf(text, sizeof text,
                          "truce-certificate 1\nprogram truce 0.1.0\nscenario %s\n"
                          "claim deals\nparty 1 units 1 slack 0\norder 1 2\nstage 1\n"
                          "points\nend states 0 sums 0 points 0\n",
                          scenario->sha256);
    assert_int_equal(checked(scenario, text, (size_t)length, fault), TRUCE_NONE);
    assert_string_equal(fault, "line 1: with value 2 of issue 1 (\"x\") it is covered "
                               "by nothing that follows");
    truce_scenario_free(scenario);
}

/* ---- random scenarios ------------------------------------------------------------ */

static void accept_frontier(uint64_t number, bool rational)
{
    truce_scenario *scenario = scenario_to_certify(1, number);
    space *compiled = space_new(scenario, NULL);
    brute_points points = brute_frontier(compiled, rational);
    char *text = certificate_of(compiled, &points, rational, NULL), fault[200];
    if (checked(scenario, text, strlen(text), fault) != TRUCE_OK)
        fail_msg("scenario %zu: %s\n%s", (size_t)number, fault, text);
    free(text);
    brute_free(&points);
    space_free(compiled);
    truce_scenario_free(scenario);
}

static void frontiers_of_random_scenarios_are_accepted(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 1500; number++)
        accept_frontier(number, number % 2);
}

/* Without its first point the frontier is right to within what that point is better by. */
static void accept_without(const truce_scenario *scenario, const space *compiled,
                           brute_points *points, wide units)
{
    wide slack[8];
    bool covered = false;
    for (size_t d = 0; d < points->dims; d++)
        slack[d] = compiled->parties[d].denominator * units;
    for (size_t i = 1; i < points->count; i++) {
        bool near = true;
        for (size_t d = 0; d < points->dims; d++)
            near &= brute_sums(points, 0)[d] - brute_sums(points, i)[d] <= slack[d];
        covered |= near;
    }
    brute_remove(points, 0);
    char *text = certificate_of(compiled, points, false, slack);
    assert_int_equal(checked(scenario, text, strlen(text), NULL),
                     covered ? TRUCE_OK : TRUCE_NONE);
    free(text);
}

static void a_slack_is_accepted_exactly_where_it_suffices(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 300; number++) {
        truce_scenario *scenario = scenario_to_certify(2, number);
        space *compiled = space_new(scenario, NULL);
        brute_points points = brute_frontier(compiled, false);
        if (points.count > 1)
            accept_without(scenario, compiled, &points, (wide)(number % 12));
        brute_free(&points);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

/* The whole way: found, certified, checked. */
static void found_frontiers_are_certified(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 500; number++) {
        truce_scenario *scenario = scenario_to_certify(10, number);
        truce_frontier_choices choices = {
            .rational = number % 2, .epsilon = {number % 5, 0}, .certified = true};
        truce_frontier *frontier = NULL;
        truce_error error = {0};
        char *text = NULL, fault[200] = "";
        size_t length = 0;
        truce_frontier_find(scenario, &choices, NULL, &frontier, &error);
        FILE *out = open_memstream(&text, &length);
        truce_status status = truce_frontier_certify(frontier, out, &error);
        fclose(out);
        if (status != TRUCE_OK || checked(scenario, text, length, fault) != TRUCE_OK)
            fail_msg("scenario %zu: %s %s", (size_t)number, error.message, fault);
        free(text);
        truce_frontier_free(frontier);
        truce_scenario_free(scenario);
    }
}

/* ---- deals and clashes ----------------------------------------------------------- */

static bool accept_no_deal(uint64_t number)
{
    truce_scenario *scenario = scenario_to_certify(3, number);
    truce_deals *deals = NULL;
    truce_error error = {0};
    char *text = NULL;
    size_t length = 0;
    truce_status found = truce_deals_find(scenario, NULL, NULL, &deals, &error);
    FILE *out = open_memstream(&text, &length);
    truce_status status = truce_deals_certify(scenario, deals, out, NULL, &error);
    fclose(out);
    char fault[200] = "";
    if (found == TRUCE_NONE) {
        if (status != TRUCE_OK || checked(scenario, text, length, fault) != TRUCE_OK)
            fail_msg("scenario %zu: %s %s", (size_t)number, error.message, fault);
    } else {
        assert_int_equal(status, TRUCE_CALL);
        assert_int_equal(length, 0);
    }
    free(text);
    truce_deals_free(deals);
    truce_scenario_free(scenario);
    return found == TRUCE_NONE;
}

static void no_deal_is_certified_whenever_it_is_found(void **state)
{
    (void)state;
    size_t none = 0;
    for (uint64_t number = 0; number < 600; number++)
        none += accept_no_deal(number);
    assert_true(none > 50);
}

static size_t accept_clashes(uint64_t number, unsigned with)
{
    truce_scenario *scenario = scenario_to_certify(4, number);
    truce_clashes_choices choices = {.with = with};
    truce_clashes *clashes = NULL;
    truce_error error = {0};
    char *text = NULL, fault[200] = "";
    size_t length = 0;
    truce_clashes_find(scenario, &choices, NULL, &clashes, &error);
    FILE *out = open_memstream(&text, &length);
    truce_status status = truce_clashes_certify(scenario, clashes, out, NULL, &error);
    fclose(out);
    size_t count = clashes->count;
    if (count == 0)
        assert_int_equal(status, TRUCE_CALL);
    else if (status != TRUCE_OK || checked(scenario, text, length, fault) != TRUCE_OK)
        fail_msg("scenario %zu: %s %s\n%s", (size_t)number, error.message, fault, text);
    free(text);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
    return count;
}

static void clashes_are_certified_with_and_without_floors(void **state)
{
    (void)state;
    size_t count = 0;
    for (uint64_t number = 0; number < 400; number++)
        count += accept_clashes(number, (unsigned)(number % 8));
    assert_true(count > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frontier_written_by_hand_is_accepted),
        cmocka_unit_test(a_point_left_out_is_told_with_its_value),
        cmocka_unit_test(sums_in_halves_are_as_good),
        cmocka_unit_test(what_is_no_certificate_is_bad_input),
        cmocka_unit_test(a_number_has_one_spelling_and_a_gap_is_one_space),
        cmocka_unit_test(numbers_too_large_are_refused),
        cmocka_unit_test(nothing_is_slack_in_emptiness),
        cmocka_unit_test(two_floors_that_exclude_each_other_leave_nothing),
        cmocka_unit_test(one_floor_alone_leaves_something),
        cmocka_unit_test(an_open_bonus_may_still_reach_a_floor),
        cmocka_unit_test(frontiers_of_random_scenarios_are_accepted),
        cmocka_unit_test(a_slack_is_accepted_exactly_where_it_suffices),
        cmocka_unit_test(found_frontiers_are_certified),
        cmocka_unit_test(no_deal_is_certified_whenever_it_is_found),
        cmocka_unit_test(clashes_are_certified_with_and_without_floors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
