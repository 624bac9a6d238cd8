/* Counts by tests of every outcome, one at a time. */
#include "random_made.h"

static size_t number_in(truce_count count)
{
    assert_non_null(count.exact);
    return strtoul(count.exact, NULL, 10);
}

typedef struct tallied {
    size_t outcomes, possible, permitted, rational, acceptable;
} tallied;

static bool everybody_permits(const space *compiled, const truce_value *outcome)
{
    for (size_t p = 0; p < compiled->party_count; p++)
        if (breaks_red_line(compiled, p, outcome) ||
            breaks_rule_of(compiled, p, outcome))
            return false;
    return !breaks_logic(compiled, outcome);
}

static bool everybody_gains(const space *compiled, const truce_value *outcome)
{
    for (size_t p = 0; p < compiled->party_count; p++)
        if (compiled->parties[p].has_floor &&
            space_sum(compiled, p, outcome) < compiled->parties[p].floor)
            return false;
    return true;
}

static tallied tallied_by_trying(const space *compiled)
{
    tallied all = {0};
    truce_value outcome[8] = {0};
    do {
        bool permitted = everybody_permits(compiled, outcome);
        all.outcomes++;
        all.possible += !breaks_logic(compiled, outcome);
        all.permitted += permitted;
        all.rational += permitted && everybody_gains(compiled, outcome);
        all.acceptable += space_accepts(compiled, outcome, 0);
    } while (next_outcome(compiled, outcome));
    return all;
}

static void every_count_is_what_trying_all_outcomes_gives(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 500; number++) {
        truce_scenario *scenario = small_scenario(6, number, 5, 0);
        space *compiled = space_new(scenario, NULL);
        tallied expected = tallied_by_trying(compiled);
        truce_tally *tally = NULL;
        truce_status status = truce_tally_find(scenario, NULL, &tally, NULL);
        assert_int_equal(status, expected.permitted ? TRUCE_OK : TRUCE_NONE);
        assert_int_equal(number_in(tally->outcomes), expected.outcomes);
        assert_int_equal(number_in(tally->possible), expected.possible);
        assert_int_equal(number_in(tally->permitted), expected.permitted);
        assert_int_equal(number_in(tally->rational), expected.rational);
        assert_int_equal(number_in(tally->acceptable), expected.acceptable);
        truce_tally_free(tally);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

/* Nobody needs A's consent for what only B does: permitted by all is the stricter. */
static void acceptable_asks_fewer_than_rational(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES "issues: {deal: {values: [none, a, b], by: [B]}}\n"
                    "preferences:\n"
                    "  A: {weights: {deal: 1}, worth: {deal: [50, 0, 100]}, "
                    "outside: {worth: 40}}\n"
                    "  B: {weights: {deal: 1}, worth: {deal: [50, 100, 60]}, "
                    "outside: {worth: 40}}\n");
    truce_tally *tally = NULL;
    assert_int_equal(truce_tally_find(scenario, NULL, &tally, NULL), TRUCE_OK);
    assert_int_equal(number_in(tally->rational), 2);
    assert_int_equal(number_in(tally->acceptable), 3);
    truce_tally_free(tally);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_count_is_what_trying_all_outcomes_gives),
        cmocka_unit_test(acceptable_asks_fewer_than_rational),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
