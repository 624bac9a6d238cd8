/* Made-up scenarios. */
#include "made.h"

#include "base/decimal.h"

static truce_scenario *generate(truce_generation choices)
{
    truce_scenario *made = NULL;
    truce_error error;
    assert_int_equal(truce_scenario_generate(&choices, &made, &error), TRUCE_OK);
    return made;
}

static truce_decimal sum_of_weights(const truce_scenario *scenario, size_t party)
{
    truce_decimal sum = {0};
    for (size_t i = 0; i < scenario->issue_count; i++)
        sum = decimal_add(sum, scenario->parties[party].preferences.weights[i].mode, 1);
    return sum;
}

static void weights_sum_to_one_exactly(void **state)
{
    (void)state;
    for (truce_kind kind = TRUCE_OPPOSED; kind <= TRUCE_CLUSTERED; kind++) {
        truce_scenario *made = generate((truce_generation){
            .issues = 37, .values = 3, .parties = 3, .kind = kind, .seed = 5});
        for (size_t p = 0; p < 3; p++)
            assert_int_equal(
                decimal_compare(sum_of_weights(made, p), (truce_decimal){1, 0}), 0);
        truce_scenario_free(made);
    }
}

static void the_best_value_of_every_issue_is_worth_one(void **state)
{
    (void)state;
    for (truce_kind kind = TRUCE_OPPOSED; kind <= TRUCE_CLUSTERED; kind++) {
        truce_scenario *made = generate((truce_generation){
            .issues = 5, .values = 4, .parties = 2, .kind = kind, .seed = 2});
        for (size_t i = 0; i < 5; i++) {
            const truce_worths *worths = &made->parties[1].preferences.worths[i];
            bool found = false;
            for (size_t v = 0; v < 4; v++) {
                truce_decimal worth = worths->items[v].mode;
                assert_true(decimal_compare(worth, (truce_decimal){1, 0}) <= 0);
                assert_true(worth.digits >= 0);
                found |= decimal_compare(worth, (truce_decimal){1, 0}) == 0;
            }
            assert_true(found);
        }
        truce_scenario_free(made);
    }
}

static void the_same_seed_gives_the_same_and_another_another(void **state)
{
    (void)state;
    truce_generation choices = {.issues = 4, .values = 3, .parties = 2, .seed = 7};
    truce_scenario *one = generate(choices), *same = generate(choices);
    choices.seed = 8;
    truce_scenario *other = generate(choices);
    size_t equal = 0, differing = 0;
    for (size_t i = 0; i < 4; i++)
        for (size_t v = 0; v < 3; v++) {
            truce_decimal a = one->parties[0].preferences.worths[i].items[v].mode;
            truce_decimal b = same->parties[0].preferences.worths[i].items[v].mode;
            truce_decimal c = other->parties[0].preferences.worths[i].items[v].mode;
            equal += decimal_compare(a, b) == 0;
            differing += decimal_compare(a, c) != 0;
        }
    assert_int_equal(equal, 12);
    assert_true(differing >= 6);
    truce_scenario_free(one);
    truce_scenario_free(same);
    truce_scenario_free(other);
}

static void rules_join_different_issues_at_most_four_apart(void **state)
{
    (void)state;
    truce_scenario *made = generate((truce_generation){
        .issues = 12, .values = 3, .parties = 1, .seed = 3, .rules = 200});
    assert_int_equal(made->rule_count, 200);
    for (size_t r = 0; r < 200; r++) {
        size_t given = made->issue_count, then = made->issue_count;
        for (size_t i = 0; i < made->issue_count; i++) {
            if (truce_condition_mentions(made->rules[r].given, i))
                given = i;
            if (truce_condition_mentions(made->rules[r].then, i))
                then = i;
        }
        assert_true(given != then);
        assert_true(given < then ? then - given <= 4 : given - then <= 4);
    }
    truce_scenario_free(made);
}

static void impossible_sizes_are_refused(void **state)
{
    (void)state;
    truce_scenario *made = NULL;
    truce_error error;
    assert_int_equal(
        truce_scenario_generate(
            &(truce_generation){.issues = 0, .values = 1, .parties = 1}, &made, &error),
        TRUCE_CALL);
    assert_int_equal(
        truce_scenario_generate(
            &(truce_generation){.issues = 1, .values = 2, .parties = 2, .rules = 1},
            &made, &error),
        TRUCE_CALL);
    assert_int_equal(
        truce_scenario_generate(
            &(truce_generation){.issues = SIZE_MAX / 2, .values = 2, .parties = 2},
            &made, &error),
        TRUCE_CALL);
    assert_null(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_sum_to_one_exactly),
        cmocka_unit_test(the_best_value_of_every_issue_is_worth_one),
        cmocka_unit_test(the_same_seed_gives_the_same_and_another_another),
        cmocka_unit_test(rules_join_different_issues_at_most_four_apart),
        cmocka_unit_test(impossible_sizes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
