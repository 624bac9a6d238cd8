/* Utilities of given outcomes, against the exact sums. */
#include "random_made.h"

#include <math.h>

enum { MOST_OUTCOMES = 4000 };

/* Every outcome of a space, one after another; returns how many. */
static size_t all_outcomes(const space *compiled, truce_value *outcomes)
{
    truce_value outcome[5] = {0};
    size_t count = 0, issues = compiled->issue_count;
    do {
        assert_true(count < MOST_OUTCOMES);
        memcpy(outcomes + count++ * issues, outcome, issues * sizeof *outcome);
    } while (next_outcome(compiled, outcome));
    return count;
}

static bool is_same(double one, double other)
{
    return one == other || (isnan(one) && isnan(other));
}

static void utilities_are_the_exact_sums_rounded(void **state)
{
    (void)state;
    truce_value *outcomes = must_allocate(MOST_OUTCOMES * 5 * sizeof *outcomes);
    double *worth = must_allocate(MOST_OUTCOMES * sizeof *worth);
    double *everybody = must_allocate(MOST_OUTCOMES * 8 * sizeof *everybody);
    for (uint64_t number = 0; number < 300; number++) {
        truce_scenario *scenario = small_scenario(23, number, 5, 0);
        space *compiled = space_new(scenario, NULL);
        truce_utilities *utilities = truce_utilities_new(scenario);
        size_t parties = compiled->party_count, issues = compiled->issue_count;
        size_t count = all_outcomes(compiled, outcomes);
        assert_true(parties <= 8);
        assert_int_equal(truce_utilities_of(utilities, TRUCE_NOBODY, outcomes, count,
                                            everybody, NULL),
                         TRUCE_OK);
        for (size_t p = 0; p < parties; p++) {
            bool rated = scenario->parties[p].preferences.given;
            assert_int_equal(
                truce_utilities_of(utilities, p, outcomes, count, worth, NULL),
                TRUCE_OK);
            for (size_t n = 0; n < count; n++) {
                wide sum = space_sum(compiled, p, outcomes + n * issues);
                double right = rated ? space_utility(compiled, p, sum) : NAN;
                assert_true(is_same(worth[n], right));
                assert_true(is_same(everybody[n * parties + p], right));
            }
        }
        truce_utilities_free(utilities);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
    free(everybody);
    free(worth);
    free(outcomes);
}

static truce_scenario *one_issue(const char *worths)
{
    char text[400];
    snprintf(text, sizeof text,
             TWO_PARTIES "issues: {deal: {values: [a, b]}}\n"
                         "preferences:\n"
                         "  A: {weights: {deal: 1}, worth: {deal: [%s]}}\n",
             worths);
    return scenario_of(text);
}

/* 1/7 and the like: numbers beyond what a double holds exactly take the exact way. */
static void numbers_too_long_for_a_double_are_rounded_once(void **state)
{
    (void)state;
    truce_scenario *scenario = one_issue("0.12345678901234567, 99.999999999999999");
    truce_utilities *utilities = truce_utilities_new(scenario);
    double worth[2];
    assert_int_equal(
        truce_utilities_of(utilities, 0, (truce_value[]){0, 1}, 2, worth, NULL),
        TRUCE_OK);
    assert_true(worth[0] == 0.12345678901234567);
    assert_true(worth[1] == 99.999999999999999);
    truce_utilities_free(utilities);
    truce_scenario_free(scenario);
}

static void a_value_that_is_not_there_is_told(void **state)
{
    (void)state;
    truce_scenario *scenario = one_issue("5, 8");
    truce_utilities *utilities = truce_utilities_new(scenario);
    double worth[2] = {0};
    truce_error error;
    assert_int_equal(
        truce_utilities_of(utilities, 0, (truce_value[]){1, 2}, 2, worth, &error),
        TRUCE_CALL);
    assert_string_equal(error.message,
                        "outcome 1: issue \"deal\" has 2 values, from 0, and 2 is none "
                        "of them");
    assert_int_equal(
        truce_utilities_of(utilities, 2, (truce_value[]){1}, 1, worth, &error),
        TRUCE_CALL);
    assert_string_equal(error.message,
                        "there are 2 parties, from 0, and 2 is none of them");
    truce_utilities_free(utilities);
    truce_scenario_free(scenario);
}

static void a_party_without_preferences_has_no_utility(void **state)
{
    (void)state;
    truce_scenario *scenario = one_issue("5, 8");
    truce_utilities *utilities = truce_utilities_new(scenario);
    double worth[4];
    assert_int_equal(truce_utilities_of(utilities, TRUCE_NOBODY, (truce_value[]){1, 0},
                                        2, worth, NULL),
                     TRUCE_OK);
    assert_true(worth[0] == 8 && worth[2] == 5);
    assert_true(isnan(worth[1]) && isnan(worth[3]));
    assert_int_equal(truce_utilities_of(utilities, 0, NULL, 0, NULL, NULL), TRUCE_OK);
    truce_utilities_free(utilities);
    truce_utilities_free(NULL);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utilities_are_the_exact_sums_rounded),
        cmocka_unit_test(numbers_too_long_for_a_double_are_rounded_once),
        cmocka_unit_test(a_value_that_is_not_there_is_told),
        cmocka_unit_test(a_party_without_preferences_has_no_utility),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
