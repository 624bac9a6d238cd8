/* Counting against trying every outcome: the walk in blocks and space_accepts() must
 * say the same of random scenarios, whatever the sizes, and however many threads. */
#include "random_made.h"

#include "solve/count.h"

/* What is counted of one scenario. */
typedef struct counted {
    size_t needed, principals;
} counted;

static counted by_trying(const space *compiled)
{
    counted all = {0};
    truce_value *outcome = must_allocate_zeroed(compiled->issue_count, sizeof *outcome);
    do {
        all.needed += space_accepts(compiled, outcome, 0);
        all.principals += space_principals_accept(compiled, outcome);
    } while (next_outcome(compiled, outcome));
    free(outcome);
    return all;
}

static size_t by_counting(const space *compiled, const acceptance *what,
                          unsigned threads)
{
    count_result result;
    truce_stop stop = {.threads = threads};
    mpz_inits(result.least, result.most, NULL);
    assert_int_equal(count_accepted(compiled, what, NULL, &stop, &result), TRUCE_OK);
    assert_true(result.complete);
    assert_int_equal(mpz_cmp(result.least, result.most), 0);
    size_t count = mpz_get_ui(result.least);
    mpz_clears(result.least, result.most, NULL);
    return count;
}

static void assert_counts_agree(const truce_scenario *scenario)
{
    arena memory = {0};
    space *compiled = space_new(scenario, NULL);
    acceptance needed = acceptance_of_needed(compiled, 0, &memory);
    acceptance principals = acceptance_of_principals(compiled, &memory);
    counted all = by_trying(compiled);
    assert_int_equal(by_counting(compiled, &needed, 1), all.needed);
    assert_int_equal(by_counting(compiled, &needed, 3), all.needed);
    assert_int_equal(by_counting(compiled, &principals, 2), all.principals);
    space_free(compiled);
    arena_free(&memory);
}

static void
counts_are_those_of_trying_every_outcome_of_2000_random_scenarios(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 2000; number++) {
        truce_scenario *scenario = small_scenario(1, number, 6, 0);
        assert_counts_agree(scenario);
        truce_scenario_free(scenario);
    }
}

/* A block holds at most 8,192 outcomes, but at least one issue: the last one alone,
 * several whole ones, all of them, and 64 and one more to the word. */
static void counts_agree_wherever_the_blocks_end(void **state)
{
    (void)state;
    static const size_t nine_thousand[] = {3, 9000};
    static const size_t coin_tosses[] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
    static const size_t words[] = {5, 2, 65};
    static const size_t exactly[] = {3, 8, 32, 32};
    static const size_t just_over[] = {2, 91, 91};
    static const size_t single[] = {1, 1, 64, 1};
    const made_shape shapes[] = {
        {.value_counts = nine_thousand, .issues = 2, .parties = 2},
        {.value_counts = coin_tosses, .issues = 14, .parties = 3},
        {.value_counts = words, .issues = 3, .parties = 2},
        {.value_counts = exactly, .issues = 4, .parties = 2},
        {.value_counts = just_over, .issues = 3, .parties = 2},
        {.value_counts = single, .issues = 4, .parties = 2},
    };
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++)
        for (uint64_t number = 0; number < 12; number++) {
            truce_scenario *scenario = random_scenario(2, number, &shapes[k]);
            assert_counts_agree(scenario);
            truce_scenario_free(scenario);
        }
}

static void kinds_left_out_of_account_are_not_asked_about(void **state)
{
    (void)state;
    static const unsigned without[] = {TRUCE_RED_LINES, TRUCE_FLOORS, TRUCE_RULES,
                                       TRUCE_FLOORS | TRUCE_RULES};
    for (uint64_t number = 0; number < 200; number++) {
        arena memory = {0};
        truce_scenario *scenario = small_scenario(3, number, 4, 0);
        space *compiled = space_new(scenario, NULL);
        acceptance what = acceptance_of_needed(compiled, without[number % 4], &memory);
        truce_value outcome[4] = {0};
        size_t count = 0;
        do
            count += space_accepts(compiled, outcome, without[number % 4]);
        while (next_outcome(compiled, outcome));
        assert_int_equal(by_counting(compiled, &what, 1), count);
        space_free(compiled);
        truce_scenario_free(scenario);
        arena_free(&memory);
    }
}

static void the_first_outcome_is_the_first_that_is_accepted(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint64_t number = 0; number < 300; number++) {
        arena memory = {0};
        truce_scenario *scenario = small_scenario(4, number, 5, 0);
        space *compiled = space_new(scenario, NULL);
        acceptance what = acceptance_of_needed(compiled, 0, &memory);
        truce_value first[4] = {0}, outcome[4];
        bool exists;
        while (!(exists = space_accepts(compiled, first, 0)))
            if (!next_outcome(compiled, first))
                break;
        assert_int_equal(count_first(compiled, &what, NULL, outcome),
                         exists ? TRUCE_OK : TRUCE_NONE);
        if (exists)
            assert_memory_equal(outcome, first, compiled->issue_count * sizeof *first);
        found += exists;
        space_free(compiled);
        truce_scenario_free(scenario);
        arena_free(&memory);
    }
    assert_in_range(found, 50, 299); /* both kinds were met */
}

/* ---- stopped --------------------------------------------------------------------- */

/* Says stop at the n-th question. */
static bool after_some_looks(void *user)
{
    size_t *left = user;
    return *left == 0 || --*left == 0;
}

/* 2^20 outcomes; A's floor is reached by those with at least ten of twenty tosses. */
static truce_scenario *twenty_tosses(void)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    fprintf(to, "truce: 1\nid: made\nparties: {A: {role: principal, consent: all}}\n"
                "issues:\n");
    for (int i = 0; i < 20; i++)
        fprintf(to, "  i%d: {values: [tails, heads]}\n", i);
    fprintf(to, "preferences:\n  A:\n    outside: {worth: 50}\n    weights: {");
    for (int i = 0; i < 20; i++)
        fprintf(to, "%si%d: 5", i ? ", " : "", i);
    fprintf(to, "}\n    worth: {");
    for (int i = 0; i < 20; i++)
        fprintf(to, "%si%d: [0, 100]", i ? ", " : "", i);
    fprintf(to, "}\n");
    fclose(to);
    truce_scenario *scenario = scenario_of(text);
    free(text);
    return scenario;
}

/* C(20,10) + ... + C(20,20) = (2^20 + 184756) / 2 */
enum { AT_LEAST_TEN_HEADS = 616666 };

static void at_least_ten_heads_in_twenty_tosses_is_a_known_count(void **state)
{
    (void)state;
    arena memory = {0};
    truce_scenario *scenario = twenty_tosses();
    space *compiled = space_new(scenario, NULL);
    acceptance what = acceptance_of_needed(compiled, 0, &memory);
    assert_int_equal(by_counting(compiled, &what, 1), AT_LEAST_TEN_HEADS);
    assert_int_equal(by_counting(compiled, &what, 3), AT_LEAST_TEN_HEADS);
    space_free(compiled);
    truce_scenario_free(scenario);
    arena_free(&memory);
}

static void a_count_that_is_stopped_encloses_the_truth(void **state)
{
    (void)state;
    arena memory = {0};
    truce_scenario *scenario = twenty_tosses();
    space *compiled = space_new(scenario, NULL);
    acceptance what = acceptance_of_needed(compiled, 0, &memory);
    for (size_t looks = 1; looks <= 4; looks++) {
        size_t left = looks;
        truce_stop stop = {.cancelled = after_some_looks, .user = &left};
        count_result result;
        mpz_inits(result.least, result.most, NULL);
        truce_status status = count_accepted(compiled, &what, NULL, &stop, &result);
        assert_int_equal(status, result.complete ? TRUCE_OK : TRUCE_LIMIT);
        assert_true(mpz_cmp_ui(result.least, AT_LEAST_TEN_HEADS) <= 0);
        assert_true(mpz_cmp_ui(result.most, AT_LEAST_TEN_HEADS) >= 0);
        assert_true(mpz_cmp_ui(result.most, 1 << 20) <= 0);
        mpz_clears(result.least, result.most, NULL);
    }
    space_free(compiled);
    truce_scenario_free(scenario);
    arena_free(&memory);
}

/* The clock is looked at every few hundred steps, so a small count ends all the same. */
static void a_deadline_in_the_past_gives_bounds_and_says_so(void **state)
{
    (void)state;
    truce_scenario *scenario = twenty_tosses();
    truce_stop stop = {.deadline = truce_seconds() - 1};
    truce_deals *deals = NULL;
    truce_status status = truce_deals_find(scenario, NULL, &stop, &deals, NULL);
    if (status == TRUCE_LIMIT) {
        const truce_count *count = &deals->acceptable;
        assert_int_equal(deals->finding.proof.how, TRUCE_BOUNDED);
        if (count->exact == NULL) {
            assert_true(strtoul(count->low, NULL, 10) <= AT_LEAST_TEN_HEADS);
            assert_true(strtoul(count->high, NULL, 10) >= AT_LEAST_TEN_HEADS);
        }
    } else
        assert_string_equal(deals->acceptable.exact, "616666");
    assert_string_equal(deals->outcomes.exact, "1048576");
    truce_deals_free(deals);
    truce_scenario_free(scenario);
}

/* 100 issues of 10 values and a floor of 0: every outcome is accepted, without a walk. */
static void a_space_of_10_to_the_100_is_counted_when_nothing_is_open(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    fprintf(to, "truce: 1\nid: made\nparties: {A: {role: principal, consent: all}}\n"
                "issues:\n");
    for (int i = 0; i < 100; i++)
        fprintf(to, "  i%d: {from: 1, to: 10, step: 1}\n", i);
    fprintf(to, "preferences:\n  A:\n    weights: {i0: 1}\n"
                "    worth: {i0: {from: 0, to: 100}}\n    outside: {worth: 0}\n");
    fclose(to);
    truce_scenario *scenario = scenario_of(text);
    space *compiled = space_new(scenario, NULL);
    arena memory = {0};
    acceptance what = acceptance_of_needed(compiled, 0, &memory);
    count_result result;
    mpz_t expected;
    mpz_inits(result.least, result.most, expected, NULL);
    mpz_ui_pow_ui(expected, 10, 100);
    assert_int_equal(count_accepted(compiled, &what, NULL, NULL, &result), TRUCE_OK);
    assert_int_equal(mpz_cmp(result.least, expected), 0);
    mpz_clears(result.least, result.most, expected, NULL);
    arena_free(&memory);
    space_free(compiled);
    truce_scenario_free(scenario);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            counts_are_those_of_trying_every_outcome_of_2000_random_scenarios),
        cmocka_unit_test(counts_agree_wherever_the_blocks_end),
        cmocka_unit_test(kinds_left_out_of_account_are_not_asked_about),
        cmocka_unit_test(the_first_outcome_is_the_first_that_is_accepted),
        cmocka_unit_test(at_least_ten_heads_in_twenty_tosses_is_a_known_count),
        cmocka_unit_test(a_count_that_is_stopped_encloses_the_truth),
        cmocka_unit_test(a_deadline_in_the_past_gives_bounds_and_says_so),
        cmocka_unit_test(a_space_of_10_to_the_100_is_counted_when_nothing_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
