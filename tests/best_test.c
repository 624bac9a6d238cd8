/* The best outcomes of a party, against sorting all of them. */
#include "random_made.h"

#include "solve/ranking.h"

#include <math.h>

/* One outcome of a brute list. */
typedef struct rated {
    wide sum;
    truce_value outcome[5];
} rated;

enum { MOST_OUTCOMES = 4000 };

static bool takes_part(const space *compiled, const truce_value *outcome, bool rational)
{
    if (breaks_logic(compiled, outcome))
        return false;
    for (size_t p = 0; p < compiled->party_count; p++) {
        const space_party *party = &compiled->parties[p];
        if (breaks_red_line(compiled, p, outcome) ||
            breaks_rule_of(compiled, p, outcome))
            return false;
        if (rational && party->has_floor &&
            space_sum(compiled, p, outcome) < party->floor)
            return false;
    }
    return true;
}

/* Insertion sort by sum keeps the lexicographic order among equals. */
static size_t sorted_outcomes(const space *compiled, const truce_best_choices *choices,
                              rated *all)
{
    truce_value outcome[5] = {0};
    size_t count = 0;
    do {
        if (!takes_part(compiled, outcome, choices->rational))
            continue;
        wide sum = space_sum(compiled, choices->party, outcome);
        wide key = choices->worst ? -sum : sum;
        size_t at = count++;
        assert_true(count <= MOST_OUTCOMES);
        for (; at > 0 && all[at - 1].sum < key; at--)
            all[at] = all[at - 1];
        all[at].sum = key;
        memcpy(all[at].outcome, outcome, sizeof outcome);
    } while (next_outcome(compiled, outcome));
    return count;
}

static void check(const truce_scenario *scenario, const space *compiled,
                  const truce_best_choices *choices, rated *all)
{
    truce_best *best = NULL;
    size_t issues = scenario->issue_count;
    size_t count = sorted_outcomes(compiled, choices, all);
    size_t listed = count < choices->top ? count : choices->top;
    truce_status status = truce_best_find(scenario, choices, NULL, &best, NULL);
    assert_int_equal(status, count ? TRUCE_OK : TRUCE_NONE);
    assert_int_equal(best->count, listed);
    assert_int_equal(best->all, listed == count);
    for (size_t n = 0; n < listed; n++)
        assert_memory_equal(best->outcomes + n * issues, all[n].outcome,
                            issues * sizeof(truce_value));
    truce_best_free(best);
}

static void the_best_come_in_the_order_of_sorting(void **state)
{
    (void)state;
    rated *all = must_allocate_zeroed(MOST_OUTCOMES, sizeof *all);
    for (uint64_t number = 0; number < 400; number++) {
        random_stream dice = random_begin(99, number);
        size_t counts[5], issues = 1 + random_below(&dice, 5);
        for (size_t i = 0; i < issues; i++)
            counts[i] = 1 + random_below(&dice, 5);
        made_shape shape = {counts, issues, 1 + random_below(&dice, 3), 0};
        truce_scenario *scenario = random_scenario(5, number, &shape);
        space *compiled = space_new(scenario, NULL);
        for (unsigned way = 0; way < 8; way++)
            check(scenario, compiled,
                  &(truce_best_choices){.party = random_below(&dice, shape.parties),
                                        .top = way & 4 ? 7 : MOST_OUTCOMES,
                                        .rational = way & 1,
                                        .worst = way & 2},
                  all);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
    free(all);
}

/* Whole worths tie often; plain tables, where ties take the other way. */
static void ties_come_in_lexicographic_order(void **state)
{
    (void)state;
    truce_scenario *scenario = NULL;
    rated *all = must_allocate_zeroed(MOST_OUTCOMES, sizeof *all);
    for (uint64_t seed = 1; seed < 20; seed++) {
        truce_generation choices = {.issues = 5,
                                    .values = 5,
                                    .parties = 2,
                                    .kind = TRUCE_INTEGER,
                                    .seed = seed};
        assert_int_equal(truce_scenario_generate(&choices, &scenario, NULL), TRUCE_OK);
        space *compiled = space_new(scenario, NULL);
        check(scenario, compiled, &(truce_best_choices){.top = 3125}, all);
        check(scenario, compiled, &(truce_best_choices){.top = 3125, .worst = true},
              all);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
    free(all);
}

static void extremes_are_those_of_sorting(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 200; number++) {
        truce_scenario *scenario = small_scenario(17, number, 5, 0);
        space *compiled = space_new(scenario, NULL);
        for (size_t p = 0; p < compiled->party_count; p++) {
            truce_value outcome[5] = {0};
            wide least = space_sum(compiled, p, outcome), most = least, sum;
            do {
                sum = space_sum(compiled, p, outcome);
                least = sum < least ? sum : least;
                most = sum > most ? sum : most;
            } while (next_outcome(compiled, outcome));
            assert_true(ranking_extreme(compiled, p, true, NULL, &sum));
            assert_true(sum == least);
            assert_true(ranking_extreme(compiled, p, false, NULL, &sum));
            assert_true(sum == most);
        }
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

static void a_party_without_preferences_has_no_best(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES "issues: {deal: {values: [a, b]}}\n"
                                "preferences:\n"
                                "  A: {weights: {deal: 1}, worth: {deal: [5, 8]}}\n");
    truce_best *best = NULL;
    assert_int_equal(
        truce_best_find(scenario, &(truce_best_choices){.party = 1}, NULL, &best, NULL),
        TRUCE_CALL);
    assert_int_equal(truce_best_find(scenario, NULL, NULL, &best, NULL), TRUCE_OK);
    assert_int_equal(best->count, 2);
    assert_int_equal(best->outcomes[0], 1);
    assert_true(best->utilities[0] == 8 && isnan(best->utilities[1]));
    truce_best_free(best);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_come_in_the_order_of_sorting),
        cmocka_unit_test(ties_come_in_lexicographic_order),
        cmocka_unit_test(extremes_are_those_of_sorting),
        cmocka_unit_test(a_party_without_preferences_has_no_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
