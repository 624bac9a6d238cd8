/* Metrics: by hand, against the definitions tried on every outcome, and the same in a
 * space too large to enumerate as in the small one that it is made of. */
#include "random_made.h"

#include <math.h>

static truce_metrics *metrics_of(const truce_scenario *scenario, truce_status expected)
{
    truce_metrics *metrics = NULL;
    assert_int_equal(truce_metrics_find(scenario, NULL, NULL, &metrics, NULL),
                     expected);
    return metrics;
}

static void assert_near(double value, double expected)
{
    if (isnan(expected))
        assert_true(isnan(value));
    else
        assert_true(fabs(value - expected) < 1e-9);
}

/*     a   b   c   d
 * A   1   0.8 0.5 0
 * B   0   0.6 0.5 0.9     so B is never fully content: its largest is 0.9 */
#define FOUR                                                                       \
    TWO_PARTIES "issues: {deal: {values: [a, b, c, d]}}\n"                         \
                "preferences:\n"                                                   \
                "  A: {sum: as-given, weights: {deal: 1}, worth: {deal: [1, 0.8, " \
                "0.5, 0]}, outside: {worth: 0.5}}\n"                               \
                "  B: {sum: as-given, weights: {deal: 1}, worth: {deal: [0, 0.6, " \
                "0.5, 0.9]}}\n"

/* Nearest to (1, 1) is b: (0.2, 0.4). Divided by the largest it is (0.8, 0.6/0.9).
 * On the frontier a, b, d utilities differ least in b. Of six pairs, all but (b, c) are
 * ranked oppositely. */
static void each_number_is_what_its_definition_gives(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(FOUR);
    truce_metrics *metrics = metrics_of(scenario, TRUCE_OK);
    assert_string_equal(metrics->outcomes.exact, "4");
    assert_string_equal(metrics->rational.exact, "3");
    assert_near(metrics->rational_fraction, 0.75);
    assert_int_equal(metrics->frontier_size, 3);
    assert_near(metrics->opposition_genius, sqrt(0.04 + 0.16));
    assert_near(metrics->opposition_kalai, sqrt(0.04 + 0.16));
    assert_near(metrics->opposition_negmas, sqrt(0.04 + 1.0 / 9));
    assert_near(metrics->opposition_minmax, 0.4);
    assert_near(metrics->conflict, 5.0 / 6);
    assert_near(metrics->least[0], 0);
    assert_near(metrics->mean[0], 0.575);
    assert_near(metrics->greatest[1], 0.9);
    assert_near(metrics->reservation[0], 0.5);
    assert_near(metrics->reservation[1], NAN);
    assert_near(metrics->best_rational[1], 0.6);
    assert_int_equal(metrics->finding.proof.how, TRUCE_PROVED);
    truce_metrics_free(metrics);
    truce_scenario_free(scenario);
}

/* ---- every outcome tried --------------------------------------------------------- */

enum { MOST_OUTCOMES = 4096, PARTIES = 4 };

typedef struct tried {
    const space *compiled;
    size_t count, parties, judges[PARTIES];
    truce_value outcomes[MOST_OUTCOMES][8];
} tried;

static bool is_permitted(const tried *all, size_t i)
{
    bool good = !breaks_logic(all->compiled, all->outcomes[i]);
    for (size_t p = 0; p < all->compiled->party_count && good; p++)
        good = !breaks_red_line(all->compiled, p, all->outcomes[i]) &&
               !breaks_rule_of(all->compiled, p, all->outcomes[i]);
    return good;
}

static wide sum_of(const tried *all, size_t i, size_t k)
{
    return space_sum(all->compiled, all->judges[k], all->outcomes[i]);
}

static double utility_of(const tried *all, size_t i, size_t k)
{
    return space_utility(all->compiled, all->judges[k], sum_of(all, i, k));
}

static bool is_rational(const tried *all, size_t i)
{
    bool good = is_permitted(all, i);
    for (size_t k = 0; k < all->parties && good; k++) {
        const space_party *party = &all->compiled->parties[all->judges[k]];
        good = !party->has_floor || sum_of(all, i, k) >= party->floor;
    }
    return good;
}

static void try_all(tried *all, const space *compiled)
{
    const truce_scenario *scenario = compiled->scenario;
    truce_value outcome[8] = {0};
    *all = (tried){.compiled = compiled};
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            all->judges[all->parties++] = p;
    do {
        assert_true(all->count < MOST_OUTCOMES);
        memcpy(all->outcomes[all->count++], outcome, sizeof outcome);
    } while (next_outcome(compiled, outcome));
}

static double range_by_trying(const tried *all, size_t k, bool greatest, bool rational)
{
    double end = NAN;
    for (size_t i = 0; i < all->count; i++) {
        double u = utility_of(all, i, k);
        bool counts = rational ? is_rational(all, i) : is_permitted(all, i);
        if (counts && !(greatest ? end >= u : end <= u))
            end = u;
    }
    return end;
}

static double scale_of(const tried *all, size_t k)
{
    const truce_party *party = &all->compiled->scenario->parties[all->judges[k]];
    return party->preferences.sum_as_given ? 1 : 100;
}

static double opposition_by_trying(const tried *all)
{
    double nearest = NAN;
    for (size_t i = 0; i < all->count; i++) {
        double distance = 0;
        for (size_t k = 0; k < all->parties; k++) {
            double missing = fmax(0, 1 - utility_of(all, i, k) / scale_of(all, k));
            distance += missing * missing;
        }
        if (is_permitted(all, i) && !(nearest <= sqrt(distance)))
            nearest = sqrt(distance);
    }
    return nearest;
}

static double conflict_by_trying(const tried *all)
{
    double opposed = 0, pairs = 0;
    for (size_t a = 0; a < all->parties; a++)
        for (size_t b = a + 1; b < all->parties; b++)
            for (size_t i = 0; i < all->count; i++)
                for (size_t j = 0; j < i; j++) {
                    wide x = sum_of(all, i, a) - sum_of(all, j, a);
                    wide y = sum_of(all, i, b) - sum_of(all, j, b);
                    opposed += (x < 0 && y > 0) || (x > 0 && y < 0);
                    pairs++;
                }
    return all->parties < 2 ? NAN : pairs > 0 ? opposed / pairs : 0;
}

static void compare(const tried *all, const truce_metrics *metrics)
{
    size_t rational = 0;
    for (size_t i = 0; i < all->count; i++)
        rational += is_rational(all, i);
    assert_int_equal(strtoul(metrics->rational.exact, NULL, 10), rational);
    assert_near(metrics->rational_fraction, (double)rational / (double)all->count);
    assert_near(metrics->opposition_genius, opposition_by_trying(all));
    assert_near(metrics->conflict, conflict_by_trying(all));
    for (size_t k = 0; k < all->parties; k++) {
        assert_near(metrics->least[k], range_by_trying(all, k, false, false));
        assert_near(metrics->greatest[k], range_by_trying(all, k, true, false));
        assert_near(metrics->best_rational[k], range_by_trying(all, k, true, true));
    }
}

static void all_numbers_are_what_trying_all_outcomes_gives(void **state)
{
    (void)state;
    static tried all;
    for (uint64_t number = 0; number < 200; number++) {
        truce_scenario *scenario = small_scenario(7, number, 4, 0);
        space *compiled = space_new(scenario, NULL);
        try_all(&all, compiled);
        truce_metrics *metrics = NULL;
        truce_status status = truce_metrics_find(scenario, NULL, NULL, &metrics, NULL);
        if (all.parties == 0)
            assert_int_equal(status, TRUCE_CALL);
        else if (all.count <= 600)
            compare(&all, metrics);
        truce_metrics_free(metrics);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

/* ---- spaces too large ------------------------------------------------------------ */

/* Made up, with one more issue of 1 or of 10^6 values, which nobody rates. */
static truce_scenario *with_idle_issue(size_t values)
{
    char text[2048];
    snprintf(text, sizeof text,
             TWO_PARTIES
             "issues:\n"
             "  x: {values: [a, b, c, d]}\n"
             "  y: {values: [a, b, c]}\n"
             "  idle: {from: 1, to: %zu, step: 1}\n"
             "preferences:\n"
             "  A: {weights: {x: 3, y: 1}, worth: {x: [0, 40, 70, 100], y: [90, 0, "
             "20]}}\n"
             "  B: {weights: {x: 1, y: 2}, worth: {x: [100, 60, 65, 0], y: [10, 0, "
             "70]}}\n",
             values);
    return scenario_of(text);
}

static void
an_issue_that_nobody_rates_changes_neither_mean_nor_correlation(void **state)
{
    (void)state;
    truce_scenario *small = with_idle_issue(2), *large = with_idle_issue(900000);
    truce_metrics *one = metrics_of(small, TRUCE_OK);
    truce_metrics *other = metrics_of(large, TRUCE_OK);
    assert_near(other->mean[0], one->mean[0]);
    assert_near(other->mean[1], one->mean[1]);
    assert_near(other->correlation, one->correlation);
    assert_near(other->least[0], one->least[0]);
    assert_near(other->opposition_negmas, one->opposition_negmas);
    assert_int_equal(one->finding.proof.how, TRUCE_PROVED);
    assert_int_equal(other->finding.proof.how, TRUCE_SAMPLED);
    truce_metrics_free(one);
    truce_metrics_free(other);
    truce_scenario_free(small);
    truce_scenario_free(large);
}

static void who_has_no_preferences_is_a_wrong_call(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES "issues: {deal: {values: [a, b]}}\n"
                    "preferences: {A: {weights: {deal: 1}, worth: {deal: [0, 1]}}}\n");
    truce_metrics *metrics = NULL;
    truce_error error;
    truce_list over = {(size_t[]){1}, 1};
    assert_int_equal(truce_metrics_find(scenario, &over, NULL, &metrics, &error),
                     TRUCE_CALL);
    assert_null(metrics);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_is_what_its_definition_gives),
        cmocka_unit_test(all_numbers_are_what_trying_all_outcomes_gives),
        cmocka_unit_test(
            an_issue_that_nobody_rates_changes_neither_mean_nor_correlation),
        cmocka_unit_test(who_has_no_preferences_is_a_wrong_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
