/* What time and threats do, worked out by hand. A's outside option falls by 5 in thirty
 * days; B has none, and finds everything the same. */
#include "made.h"

#include <math.h>

/*     none a  b  c            floors of A: 55, 50, 45, ...
 * A      0 52 47 100 (red)    reached by   -   a   a b  */
#define TALKS                                                                         \
    TWO_PARTIES "issues: {deal: {values: [none, a, b, c]}}\npreferences:\n"           \
                "  A:\n    weights: {deal: 1}\n    worth: {deal: [0, 52, 47, 100]}\n" \
                "    outside: {worth: 55, per-30-days: -5}\n"                         \
                "    red-lines: [{if: \"deal = c\"}]\n"

static truce_wait *wait_of(const truce_scenario *scenario, int64_t days, int64_t step)
{
    truce_wait *wait = NULL;
    truce_wait_choices choices = {.days = days, .step = step};
    assert_int_equal(truce_wait_find(scenario, &choices, NULL, &wait, NULL), TRUCE_OK);
    return wait;
}

static void floors_fall_and_more_outcomes_clear_them(void **state)
{
    (void)state;
    static const double floors[] = {55, 50, 45};
    static const char *const counts[] = {"0", "1", "2"};
    truce_scenario *scenario = scenario_of(TALKS);
    truce_wait *wait = wait_of(scenario, 60, 30);
    assert_int_equal(wait->date_count, 3);
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(wait->dates[k].day, 30 * k);
        assert_true(wait->dates[k].floors[0] == floors[k]);
        assert_true(isnan(wait->dates[k].floors[1]));
        assert_string_equal(wait->dates[k].acceptable.exact, counts[k]);
    }
    assert_int_equal(wait->finding.proof.how, TRUCE_PROVED);
    truce_wait_free(wait);
    truce_scenario_free(scenario);
}

/* 55 - 5 d / 30 = 52 on day 18: the day before it is 52 1/6. */
static void a_floor_is_reached_on_its_very_day(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TALKS);
    truce_wait *wait = wait_of(scenario, 18, 1);
    assert_int_equal(wait->date_count, 19);
    assert_string_equal(wait->dates[17].acceptable.exact, "0");
    assert_string_equal(wait->dates[18].acceptable.exact, "1");
    truce_wait_free(wait);
    truce_scenario_free(scenario);
}

static void the_defaults_look_half_a_year_ahead_by_months(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TALKS);
    truce_wait *wait = wait_of(scenario, 0, 0);
    assert_int_equal(wait->date_count, 7);
    assert_int_equal(wait->dates[6].day, 180);
    truce_wait_free(wait);
    truce_scenario_free(scenario);
}

static void what_changes_is_told_with_its_first_day(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TALKS);
    truce_wait *wait = wait_of(scenario, 60, 30);
    assert_int_equal(wait->change_count, 5); /* a deal, and four points on it */
    for (size_t k = 0; k < wait->change_count; k++)
        assert_int_equal(wait->changes[k].day, 30);
    assert_string_equal(wait->changes[0].what, "a deal exists");
    assert_string_equal(wait->changes[0].before, "no");
    assert_string_equal(wait->changes[0].after, "yes");
    assert_string_equal(wait->changes[1].before, "none");
    assert_string_equal(wait->changes[1].after, "deal=a");
    truce_wait_free(wait);
    truce_scenario_free(scenario);
}

static void nothing_changes_where_no_floor_moves(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES "issues: {deal: {values: [none, a]}}\n"
                                "preferences: {A: {weights: {deal: 1}, worth: {deal: "
                                "[0, 52]}, outside: {worth: 50}}}\n");
    truce_wait *wait = wait_of(scenario, 180, 30);
    assert_int_equal(wait->change_count, 0);
    assert_string_equal(wait->dates[6].acceptable.exact, "1");
    truce_wait_free(wait);
    truce_scenario_free(scenario);
}

/* ---- threats
 * ---------------------------------------------------------------------------- */

static void each_reading_of_a_threat_tells_what_it_does_to_whom(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TALKS "threats:\n"
                          "  t1: {by: B, readings: [{deal: none}, {deal: b}]}\n");
    truce_wait *wait = wait_of(scenario, 30, 30);
    assert_int_equal(wait->threat_count, 2);
    assert_int_equal(wait->threats[0].reading, 0);
    assert_true(wait->threats[0].idle); /* it is so today */
    assert_true(wait->threats[0].changes[0] == 0);
    assert_int_equal(wait->threats[1].reading, 1);
    assert_false(wait->threats[1].idle);
    assert_true(wait->threats[1].changes[0] == 47 && wait->threats[1].changes[1] == 0);
    assert_true(wait->threats[1].floor_moves[0] == 0);
    assert_string_equal(wait->threats[1].acceptable.exact, "0");
    truce_wait_free(wait);
    truce_scenario_free(scenario);
}

/* 55 - 8 = 47: a and b, and b exactly. */
static void a_threat_without_readings_may_move_floors(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TALKS "threats: {t1: {by: B, effect: \"a long war\", outside: {A: "
                          "-8}}}\n");
    truce_wait *wait = wait_of(scenario, 30, 30);
    assert_int_equal(wait->threat_count, 1);
    assert_int_equal(wait->threats[0].reading, TRUCE_NOBODY);
    assert_false(wait->threats[0].idle);
    assert_true(wait->threats[0].floor_moves[0] == -8);
    assert_string_equal(wait->threats[0].acceptable.exact, "2");
    truce_wait_free(wait);
    truce_scenario_free(scenario);
}

/* ---- wrong calls and limits
 * ------------------------------------------------------------- */

static void assert_refused(int64_t days, int64_t step)
{
    truce_scenario *scenario = scenario_of(TALKS);
    truce_wait *wait = NULL;
    truce_error error;
    truce_wait_choices choices = {.days = days, .step = step};
    assert_int_equal(truce_wait_find(scenario, &choices, NULL, &wait, &error),
                     TRUCE_CALL);
    assert_null(wait);
    truce_scenario_free(scenario);
}

static void time_runs_forward_and_in_at_most_a_thousand_dates(void **state)
{
    (void)state;
    assert_refused(-1, 30);
    assert_refused(30, -1);
    assert_refused(1000, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(floors_fall_and_more_outcomes_clear_them),
        cmocka_unit_test(a_floor_is_reached_on_its_very_day),
        cmocka_unit_test(the_defaults_look_half_a_year_ahead_by_months),
        cmocka_unit_test(what_changes_is_told_with_its_first_day),
        cmocka_unit_test(nothing_changes_where_no_floor_moves),
        cmocka_unit_test(each_reading_of_a_threat_tells_what_it_does_to_whom),
        cmocka_unit_test(a_threat_without_readings_may_move_floors),
        cmocka_unit_test(time_runs_forward_and_in_at_most_a_thousand_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
