/* The brief of the tiny scenario: each part is the answer that its own question gives.
 *
 *     24 outcomes, 7 acceptable, 5 of them efficient; d1 and d2 want Ana and not Ana in
 *     the morning; today Ana and Ben could share the repair, or one could do it. */
#include "made.h"

static truce_scenario *tiny(void)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    assert_int_equal(truce_scenario_read(TESTS_FOLDER "/../scenarios/tiny.truce.yaml",
                                         NULL, &scenario, said),
                     TRUCE_OK);
    truce_diagnostics_free(said);
    return scenario;
}

static void the_brief_of_the_tiny_scenario_has_its_numbers(void **state)
{
    (void)state;
    truce_scenario *scenario = tiny();
    truce_brief *brief = NULL;
    truce_brief_choices choices = {.draws = 50, .seed = 1, .days = 60, .step = 30};
    assert_int_equal(truce_brief_find(scenario, &choices, NULL, &brief, NULL),
                     TRUCE_OK);
    assert_string_equal(brief->deals->outcomes.exact, "24");
    assert_string_equal(brief->deals->acceptable.exact, "7");
    assert_string_equal(brief->deals->efficient.exact, "5");
    assert_int_equal(brief->clashes->count, 1);
    assert_int_equal(brief->now->count, 3);
    assert_int_equal(brief->now->size, 1);
    assert_int_equal(brief->pairs->size, 2);
    assert_int_equal(brief->unlock->fewest, 1);
    assert_int_equal(brief->order->cycle_count, 0);
    assert_int_equal(brief->wait->date_count, 3);
    assert_int_equal(brief->flips->count, 4); /* a deal exists, and three moves */
    assert_int_equal(brief->flips->draws, 50);
    assert_int_equal(brief->reality->count, 0);
    assert_non_null(brief->who);
    assert_non_null(brief->evidence);
    assert_non_null(brief->rounds);
    assert_non_null(brief->text);
    truce_brief_free(brief);
    truce_scenario_free(scenario);
}

static void a_brief_without_choices_has_the_defaults(void **state)
{
    (void)state;
    truce_scenario *scenario = tiny();
    truce_brief *brief = NULL;
    assert_int_equal(truce_brief_find(scenario, NULL, NULL, &brief, NULL), TRUCE_OK);
    assert_int_equal(brief->flips->draws, 1000);
    assert_int_equal(brief->wait->date_count, 7);
    truce_brief_free(brief);
    truce_scenario_free(scenario);
}

static bool always(void *user)
{
    (void)user;
    return true;
}

static void a_brief_out_of_time_says_so_and_has_all_its_parts(void **state)
{
    (void)state;
    truce_scenario *scenario = tiny();
    truce_brief *brief = NULL;
    truce_stop stop = {.cancelled = always};
    assert_int_equal(truce_brief_find(scenario, NULL, &stop, &brief, NULL),
                     TRUCE_LIMIT);
    assert_non_null(brief);
    assert_int_equal(brief->finding.proof.how, TRUCE_BOUNDED);
    assert_non_null(brief->deals);
    assert_non_null(brief->clashes);
    assert_non_null(brief->unlock);
    assert_non_null(brief->wait);
    assert_non_null(brief->flips);
    truce_brief_free(brief);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_brief_of_the_tiny_scenario_has_its_numbers),
        cmocka_unit_test(a_brief_without_choices_has_the_defaults),
        cmocka_unit_test(a_brief_out_of_time_says_so_and_has_all_its_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
