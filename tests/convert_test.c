/* Scenarios written as truce YAML and read back. */
#include "made.h"
#include "random_made.h"

#include <string.h>

static truce_conversion *written(const truce_scenario *scenario)
{
    truce_conversion *made = NULL;
    truce_error error;
    size_t beside = (scenario->exchange != NULL) + (scenario->accord != NULL);
    assert_int_equal(
        truce_scenario_convert(scenario, TRUCE_FORMAT_TRUCE, beside > 0, &made, &error),
        TRUCE_OK);
    assert_int_equal(made->file_count, 1);
    assert_int_equal(made->losses.count, beside);
    return made;
}

static truce_scenario *read_back(const truce_conversion *made)
{
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_scenario_parse(made->files[0].name, made->files[0].bytes,
                         made->files[0].length, NULL, &scenario, diagnostics);
    if (scenario == NULL)
        fprintf(stderr, "%s\n%u: %s\n", made->files[0].bytes,
                diagnostics->items[0].place.line, diagnostics->items[0].message);
    assert_non_null(scenario);
    truce_diagnostics_free(diagnostics);
    return scenario;
}

/* Every utility of every outcome, up to some thousand. */
static void assert_same_worth(const truce_scenario *one, const truce_scenario *other)
{
    space *a = space_new(one, NULL), *b = space_new(other, NULL);
    truce_value *outcome = calloc(one->issue_count, sizeof *outcome);
    for (size_t n = 0; n < 5000; n++) {
        for (size_t p = 0; p < one->party_count; p++) {
            assert_true(space_sum(a, p, outcome) * b->parties[p].denominator ==
                        space_sum(b, p, outcome) * a->parties[p].denominator);
            assert_int_equal(a->parties[p].has_floor, b->parties[p].has_floor);
        }
        assert_int_equal(space_accepts(a, outcome, 0), space_accepts(b, outcome, 0));
        size_t i = 0;
        while (i < one->issue_count && ++outcome[i] == one->issues[i].value_count)
            outcome[i++] = 0;
        if (i == one->issue_count)
            break;
    }
    free(outcome);
    space_free(a);
    space_free(b);
}

static void assert_comes_back(const truce_scenario *scenario)
{
    truce_conversion *first = written(scenario);
    truce_scenario *back = read_back(first);
    truce_conversion *again = written(back);
    assert_string_equal(first->files[0].bytes, again->files[0].bytes);
    assert_same_worth(scenario, back);
    truce_conversion_free(first);
    truce_conversion_free(again);
    truce_scenario_free(back);
}

static void assert_file_comes_back(const char *name)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/../scenarios/%s.truce.yaml", TESTS_FOLDER, name);
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    assert_int_equal(truce_scenario_read(path, NULL, &scenario, diagnostics), TRUCE_OK);
    assert_comes_back(scenario);
    truce_scenario_free(scenario);
    truce_diagnostics_free(diagnostics);
}

static void the_scenarios_of_the_house_come_back_whole(void **state)
{
    (void)state;
    assert_file_comes_back("istanbul-2025");
    assert_file_comes_back("two-valleys");
    assert_file_comes_back("tiny");
}

static void random_scenarios_come_back(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        truce_scenario *scenario = small_scenario(7, seed, 15, 3);
        assert_comes_back(scenario);
        truce_scenario_free(scenario);
    }
}

static void generated_scenarios_come_back(void **state)
{
    (void)state;
    for (truce_kind kind = TRUCE_OPPOSED; kind <= TRUCE_CLUSTERED; kind++) {
        truce_scenario *scenario = NULL;
        truce_generation choices = {.issues = 9,
                                    .values = 4,
                                    .parties = 3,
                                    .kind = kind,
                                    .seed = 4,
                                    .rules = 5};
        assert_int_equal(truce_scenario_generate(&choices, &scenario, NULL), TRUCE_OK);
        assert_comes_back(scenario);
        truce_scenario_free(scenario);
    }
}

static void a_format_that_is_not_written_is_refused(void **state)
{
    (void)state;
    truce_scenario *scenario = NULL;
    truce_conversion *made = NULL;
    truce_generation choices = {.issues = 1, .values = 2, .parties = 1};
    assert_int_equal(truce_scenario_generate(&choices, &scenario, NULL), TRUCE_OK);
    assert_int_equal(
        truce_scenario_convert(scenario, TRUCE_FORMAT_NEGMAS, true, &made, NULL),
        TRUCE_CALL);
    assert_null(made);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scenarios_of_the_house_come_back_whole),
        cmocka_unit_test(random_scenarios_come_back),
        cmocka_unit_test(generated_scenarios_come_back),
        cmocka_unit_test(a_format_that_is_not_written_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
