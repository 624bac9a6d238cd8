/* Two readings of the tiny scenario held against each other. */
#include "made.h"

static truce_scenario *tiny(const char *setting)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_reading reading = {.set = &setting, .set_count = setting != NULL};
    assert_int_equal(truce_scenario_read(TESTS_FOLDER "/../scenarios/tiny.truce.yaml",
                                         &reading, &scenario, said),
                     TRUCE_OK);
    truce_diagnostics_free(said);
    return scenario;
}

static void assert_difference(const truce_difference *found, const char *path,
                              const char *before, const char *after)
{
    assert_string_equal(found->path, path);
    if (before)
        assert_string_equal(found->before, before);
    else
        assert_null(found->before);
    if (after)
        assert_string_equal(found->after, after);
    else
        assert_null(found->after);
}

static truce_diff *diff_of(const truce_scenario *before, const truce_scenario *after)
{
    truce_diff *diff = NULL;
    assert_int_equal(truce_diff_find(before, after, NULL, &diff, NULL), TRUCE_OK);
    assert_int_equal(diff->finding.proof.how, TRUCE_PROVED);
    return diff;
}

static void a_scenario_does_not_differ_from_itself(void **state)
{
    (void)state;
    truce_scenario *one = tiny(NULL), *other = tiny(NULL);
    truce_diff *diff = diff_of(one, other);
    assert_int_equal(diff->thing_count, 0);
    assert_int_equal(diff->answer_count, 0);
    truce_diff_free(diff);
    truce_scenario_free(one);
    truce_scenario_free(other);
}

/* Ana's best that Ben accepts is 80; 81 leaves nothing, and nothing to unlock. */
static void a_floor_out_of_reach_changes_the_answers_that_rest_on_it(void **state)
{
    (void)state;
    truce_scenario *before = tiny(NULL), *after = tiny("ANA.outside.worth=81");
    truce_diff *diff = diff_of(before, after);
    assert_int_equal(diff->thing_count, 1);
    assert_difference(&diff->things[0], "preferences.ANA.outside.worth", "55", "81");
    assert_int_equal(diff->answer_count, 5);
    assert_difference(&diff->answers[0], "deals.acceptable_to_principals", "7", "0");
    assert_difference(&diff->answers[1], "deals.acceptable", "7", "0");
    assert_difference(&diff->answers[2], "deals.efficient", "5", "0");
    assert_difference(&diff->answers[3], "unlock.{d1}", "3 outcomes", NULL);
    assert_difference(&diff->answers[4], "unlock.{d2}", "1 outcome", NULL);
    truce_diff_free(diff);
    truce_scenario_free(before);
    truce_scenario_free(after);
}

/* With d1 asking for the path, nothing clashes, and nothing need be given. */
static void what_is_only_in_one_of_two_files_stands_alone(void **state)
{
    (void)state;
    truce_scenario *before = tiny("demands.d1.wants=path = open"), *after = tiny(NULL);
    truce_diff *diff = diff_of(before, after);
    size_t clashes = 0, found = 0;
    for (size_t k = 0; k < diff->answer_count; k++)
        if (strncmp(diff->answers[k].path, "clash.", 6) == 0) {
            clashes++;
            found = k;
        }
    assert_int_equal(diff->thing_count, 1);
    assert_int_equal(clashes, 1);
    assert_null(diff->answers[found].before);
    assert_non_null(diff->answers[found].after);
    truce_diff_free(diff);
    truce_scenario_free(before);
    truce_scenario_free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_does_not_differ_from_itself),
        cmocka_unit_test(a_floor_out_of_reach_changes_the_answers_that_rest_on_it),
        cmocka_unit_test(what_is_only_in_one_of_two_files_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
