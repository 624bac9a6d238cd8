/* Counting through states against walking over all outcomes. */
#include "made.h"
#include "random_made.h"

#include "solve/count_states.h"

static void walk(const space *compiled, unsigned without, uint64_t *count)
{
    truce_value *outcome = calloc(compiled->issue_count, sizeof *outcome);
    *count = 0;
    do
        *count += space_accepts(compiled, outcome, without);
    while (next_outcome(compiled, outcome));
    free(outcome);
}

static void counts_agree_with_walking_over_all_outcomes(void **state)
{
    (void)state;
    for (uint64_t k = 0; k < 1500; k++) {
        truce_scenario *scenario = small_scenario(77, k, 6, 0);
        space *compiled = space_new(scenario, NULL);
        arena memory = {0};
        uint64_t expected;
        count_result result;
        mpz_inits(result.least, result.most, NULL);
        for (unsigned without = 0; without < 4; without += 3) {
            acceptance what = acceptance_of_needed(compiled, without, &memory);
            walk(compiled, without, &expected);
            assert_true(count_by_states(compiled, &what, NULL, &result));
            assert_true(result.complete);
            assert_int_equal(mpz_cmp_ui(result.least, expected), 0);
        }
        mpz_clears(result.least, result.most, NULL);
        arena_free(&memory);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

static truce_scenario *large(size_t issues, size_t values, truce_kind kind,
                             const char *set)
{
    truce_scenario *made = NULL, *scenario = NULL;
    truce_conversion *text = NULL;
    truce_generation choices = {issues, values, 2, kind, 5, 0};
    const char *sets[] = {set, "p2.outside=0.5"};
    truce_reading reading = {.set = sets, .set_count = 2};
    truce_diagnostics *said = truce_diagnostics_new();
    assert_int_equal(truce_scenario_generate(&choices, &made, NULL), TRUCE_OK);
    assert_int_equal(
        truce_scenario_convert(made, TRUCE_FORMAT_TRUCE, false, &text, NULL), TRUCE_OK);
    truce_scenario_parse("made", text->files[0].bytes, text->files[0].length, &reading,
                         &scenario, said);
    assert_non_null(scenario);
    truce_diagnostics_free(said);
    truce_conversion_free(text);
    truce_scenario_free(made);
    return scenario;
}

/* 6 ^ 9 = 10,077,696 outcomes, with more different sums than a table holds. */
static void bounds_enclose_the_count_where_sums_are_too_many(void **state)
{
    (void)state;
    truce_scenario *scenario = large(9, 6, TRUCE_OPPOSED, "p1.outside=0.55");
    space *compiled = space_new(scenario, NULL);
    arena memory = {0};
    acceptance what = acceptance_of_needed(compiled, 0, &memory);
    uint64_t expected;
    count_result result;
    mpz_inits(result.least, result.most, NULL);
    walk(compiled, 0, &expected);
    assert_true(expected > 0);
    assert_true(count_by_states(compiled, &what, NULL, &result));
    assert_true(mpz_cmp_ui(result.least, expected) <= 0);
    assert_true(mpz_cmp_ui(result.most, expected) >= 0);
    assert_true(mpz_cmp_ui(result.least, expected / 2) >= 0);
    assert_true(mpz_cmp_ui(result.most, expected * 2) <= 0);
    mpz_clears(result.least, result.most, NULL);
    arena_free(&memory);
    space_free(compiled);
    truce_scenario_free(scenario);
}

static void without_floors_spaces_beyond_walking_are_counted_exactly(void **state)
{
    (void)state;
    truce_scenario *scenario = large(30, 10, TRUCE_INTEGER, "p1.outside=0.5");
    space *compiled = space_new(scenario, NULL);
    arena memory = {0};
    acceptance everything = acceptance_of_logic(compiled, &memory);
    count_result result;
    mpz_inits(result.least, result.most, NULL);
    assert_true(count_by_states(compiled, &everything, NULL, &result));
    assert_true(result.complete);
    assert_int_equal(mpz_sizeinbase(result.least, 10), 31);
    mpz_clears(result.least, result.most, NULL);
    arena_free(&memory);
    space_free(compiled);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_agree_with_walking_over_all_outcomes),
        cmocka_unit_test(bounds_enclose_the_count_where_sums_are_too_many),
        cmocka_unit_test(without_floors_spaces_beyond_walking_are_counted_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
