/* The fused scan against looking at every outcome in fractions. */
#include "made.h"
#include "random_made.h"

#include "solve/fair.h"
#include "solve/scan.h"

#include <string.h>

/* The largest product by trying all, and how many vectors have it. */
static size_t count_best(const space *compiled, const fair_game *game, truce_list over,
                         mpq_ptr best)
{
    wide rows[200][4], row[4];
    size_t count = 0;
    mpq_t score;
    mpq_init(score);
    truce_value *outcome = calloc(compiled->issue_count, sizeof *outcome);

    do {
        if (!space_accepts(compiled, outcome, 0))
            continue;
        for (size_t k = 0; k < over.count; k++)
            row[k] = space_sum(compiled, over.items[k], outcome);
        if (!fair_is_rational(game, row))
            continue;
        fair_score(game, FAIR_NASH, row, score);
        int order = count ? mpq_cmp(score, best) : 1;
        bool listed = false;
        for (size_t i = 0; order == 0 && i < count && i < 200; i++)
            listed |= memcmp(rows[i], row, over.count * sizeof *row) == 0;
        if (order < 0 || listed)
            continue;
        count = order > 0 ? 0 : count;
        if (order > 0)
            mpq_set(best, score);
        if (count < 200)
            memcpy(rows[count], row, sizeof row);
        count++;
    } while (next_outcome(compiled, outcome));
    free(outcome);
    mpq_clear(score);
    return count;
}

static void check(const truce_scenario *scenario, size_t parties, bool portable)
{
    space *compiled = space_new(scenario, NULL);
    arena memory = {0};
    acceptance what = acceptance_of_needed(compiled, 0, &memory);
    size_t items[4] = {0, 1, 2, 3};
    wide disagreement[4], denominators[4];
    truce_list over = {items, parties};
    for (size_t p = 0; p < parties; p++) {
        disagreement[p] = compiled->parties[p].disagreement;
        denominators[p] = compiled->parties[p].denominator;
    }
    fair_game game = {parties, denominators, disagreement, NULL};
    mpq_t best, score;
    mpq_inits(best, score, NULL);
    size_t expected = count_best(compiled, &game, over, best);
    scan_result result;
    truce_status status =
        scan_nash(compiled, &what, over, disagreement, portable, NULL, &result);
    assert_int_equal(status, expected ? TRUCE_OK : TRUCE_NONE);
    assert_int_equal(result.count, expected);
    for (size_t i = 0; i < result.count; i++) {
        wide row[4];
        const truce_value *outcome = &result.outcomes[i * compiled->issue_count];
        for (size_t p = 0; p < parties; p++)
            row[p] = space_sum(compiled, p, outcome);
        fair_score(&game, FAIR_NASH, row, score);
        assert_int_equal(mpq_cmp(score, best), 0);
        assert_true(space_accepts(compiled, outcome, 0));
    }
    mpq_clears(best, score, NULL);
    arena_free(&result.memory);
    arena_free(&memory);
    space_free(compiled);
}

static void the_best_product_is_found_whatever_ties_issues_together(void **state)
{
    (void)state;
    for (uint64_t k = 0; k < 600; k++) {
        truce_scenario *scenario = small_scenario(31, k, 12, 0);
        check(scenario, scenario->party_count, k % 2);
        truce_scenario_free(scenario);
    }
}

static truce_scenario *generated(size_t issues, size_t values, size_t parties,
                                 truce_kind kind, uint64_t seed)
{
    truce_scenario *scenario = NULL;
    truce_generation choices = {issues, values, parties, kind, seed, 0};
    assert_int_equal(truce_scenario_generate(&choices, &scenario, NULL), TRUCE_OK);
    return scenario;
}

static void blocks_of_any_size_are_looked_at_to_the_end(void **state)
{
    (void)state;
    for (uint64_t k = 0; k < 24; k++) {
        truce_scenario *scenario =
            generated(2 + k % 5, 3 + k % 4, 1 + k % 4, (truce_kind)(k % 4), k);
        check(scenario, scenario->party_count, false);
        check(scenario, scenario->party_count, true);
        truce_scenario_free(scenario);
    }
}

static void every_path_gives_the_same_outcomes(void **state)
{
    (void)state;
    truce_scenario *scenario = generated(10, 4, 2, TRUCE_OPPOSED, 3);
    space *compiled = space_new(scenario, NULL);
    arena memory = {0};
    acceptance what = acceptance_of_logic(compiled, &memory);
    size_t both[] = {0, 1};
    wide nothing[] = {0, 0};
    scan_result fast, plain;
    assert_int_equal(
        scan_nash(compiled, &what, (truce_list){both, 2}, nothing, false, NULL, &fast),
        TRUCE_OK);
    assert_int_equal(
        scan_nash(compiled, &what, (truce_list){both, 2}, nothing, true, NULL, &plain),
        TRUCE_OK);
    assert_int_equal(fast.count, plain.count);
    assert_int_equal(fast.looked, 1048576);
    assert_memory_equal(fast.outcomes, plain.outcomes,
                        fast.count * compiled->issue_count * sizeof *fast.outcomes);
    assert_string_equal(plain.path, "portable");
    arena_free(&fast.memory);
    arena_free(&plain.memory);
    arena_free(&memory);
    space_free(compiled);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_product_is_found_whatever_ties_issues_together),
        cmocka_unit_test(blocks_of_any_size_are_looked_at_to_the_end),
        cmocka_unit_test(every_path_gives_the_same_outcomes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
