/* Many sessions on drawn numbers: intervals and quantiles against published values and
 * brute force, and the same bytes however many threads. */
#include "made.h"

#include "base/random.h"
#include "play/spread.h"

#include <math.h>
#include <stdlib.h>

#define near(a, b, by) assert_true(fabs((a) - (b)) <= (by))

#define RANGES                                                                        \
    TWO_PARTIES "issues: {price: {from: 0, to: 20, step: 1}, date: {values: [may, "   \
                "june, july]}}\n"                                                     \
                "preferences:\n"                                                      \
                "  A: {weights: {price: 3, date: 1}, worth: {price: {from: 100, "     \
                "to: 0}, date: [0, 50, 100]}, outside: {worth: {low: 10, mode: 20, "  \
                "high: 60}}}\n"                                                       \
                "  B: {weights: {price: 2, date: 2}, worth: {price: {from: 0, "       \
                "to: 100}, date: [100, {low: 10, mode: 30, high: 90}, 0]}, outside: " \
                "{worth: 30}}\n"

/* Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I. */
static void wilsons_intervals_are_those_published(void **state)
{
    (void)state;
    static const struct {
        uint64_t times, of;
        double low, high;
    } known[] = {{81, 263, 0.2553, 0.3662},
                 {15, 148, 0.0624, 0.1605},
                 {0, 20, 0, 0.1611},
                 {1, 29, 0.0061, 0.1718}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        truce_share share = share_of(known[k].times, known[k].of);
        near(share.low, known[k].low, 5e-5);
        near(share.high, known[k].high, 5e-5);
    }
    assert_true(isnan(share_of(0, 0).share));
}

static void quantiles_leave_no_more_below_than_they_say(void **state)
{
    (void)state;
    for (uint64_t task = 0; task < 200; task++) {
        random_stream dice = random_begin(2, task);
        double values[60];
        size_t count = 1 + random_below(&dice, 60);
        double sum = 0;
        for (size_t k = 0; k < count; k++)
            sum += values[k] = (double)random_below(&dice, 30);
        truce_spread all = spread_of(values, count);
        near(all.mean, sum / (double)count, 1e-9);
        const double at[] = {all.at5, all.at25, all.at50, all.at75, all.at95};
        const size_t percent[] = {5, 25, 50, 75, 95};
        for (size_t q = 0; q < 5; q++) {
            size_t below = 0, reached = 0;
            for (size_t k = 0; k < count; k++) {
                below += values[k] < at[q];
                reached += values[k] <= at[q];
            }
            assert_true(below * 100 < percent[q] * count);
            assert_true(reached * 100 >= percent[q] * count);
        }
    }
}

static char *answer(const truce_scenario *scenario, const char *with, unsigned threads,
                    uint64_t draws)
{
    truce_session_choices choices = {.with = with, .seed = 3};
    truce_stop stop = {.threads = threads};
    truce_sessions *all = NULL;
    truce_error error = {""};
    truce_status status =
        truce_sessions_draw(scenario, &choices, draws, &stop, &all, &error);
    if (status != TRUCE_OK)
        fail_msg("%s", error.message);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    truce_sessions_json(out, all, NULL);
    fclose(out);
    truce_sessions_free(all);
    return text;
}

static void threads_change_nothing(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(RANGES);
    char *one = answer(scenario, "boulware|micro,2*random|conceder", 1, 200);
    char *three = answer(scenario, "boulware|micro,2*random|conceder", 3, 200);
    assert_string_equal(one, three);
    free(one);
    free(three);
    truce_scenario_free(scenario);
}

/* Without ranges and dice every draw is the one session that there is. */
static void without_ranges_every_draw_is_the_session(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES "issues: {price: {from: 0, to: 20, step: 1}}\n"
                    "preferences:\n"
                    "  A: {weights: {price: 1}, worth: {price: {from: 100, to: 0}}}\n"
                    "  B: {weights: {price: 1}, worth: {price: {from: 0, to: 100}}}\n");
    truce_session_choices choices = {.with = "boulware,conceder", .seed = 1};
    truce_session *session = NULL;
    truce_sessions *all = NULL;
    truce_error error;
    truce_session_run(scenario, &choices, NULL, &session, &error);
    assert_int_equal(truce_sessions_draw(scenario, &choices, 40, NULL, &all, &error),
                     TRUCE_OK);
    assert_int_equal(all->numbers, 0);
    assert_int_equal(all->agreed.times, 40);
    for (size_t s = 0; s < 2; s++) {
        near(all->utility[s].mean, session->seats[s].utility, 1e-9);
        near(all->utility[s].at5, all->utility[s].at95, 0);
    }
    near(all->step.mean, session->step, 1e-9);
    assert_int_equal(all->issues[0].values[session->agreement[0]].times, 40);
    uint32_t settled = 0;
    for (size_t k = 0; k < session->turn_count; k++)
        if (session->turns[k].said == TRUCE_SAID_OFFER &&
            session->turns[k].outcome[0] != session->agreement[0])
            settled = session->turns[k].round + 1;
    near(all->issues[0].settled.mean, settled, 1e-9);
    truce_session_free(session);
    truce_sessions_free(all);
    truce_scenario_free(scenario);
}

/* A mix is drawn as its weights say: 3 to 1 within four standard errors. */
static void a_mix_is_drawn_by_its_weights(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(RANGES);
    truce_session_choices choices = {.with = "3*conceder|boulware,nice", .seed = 1};
    truce_sessions *all = NULL;
    truce_error error;
    assert_int_equal(truce_sessions_draw(scenario, &choices, 4000, NULL, &all, &error),
                     TRUCE_OK);
    assert_int_equal(all->combination_count, 2);
    assert_int_equal(all->numbers, 2);
    near((double)all->combinations[0].agreed.of, 3000, 4 * sqrt(4000 * .75 * .25));
    assert_int_equal(all->combinations[0].agreed.of + all->combinations[1].agreed.of,
                     4000);
    assert_string_equal(all->combinations[0].strategies[0], "conceder");
    truce_sessions_free(all);
    truce_scenario_free(scenario);
}

static void a_mix_without_draws_and_a_mix_of_nothing_are_refused(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(RANGES);
    truce_session_choices choices = {.with = "boulware|micro", .seed = 1};
    truce_session *session = NULL;
    truce_sessions *all = NULL;
    truce_error error;
    assert_int_equal(truce_session_run(scenario, &choices, NULL, &session, &error),
                     TRUCE_CALL);
    assert_non_null(strstr(error.message, "--draws"));
    choices.with = "0*boulware,micro";
    assert_int_equal(truce_sessions_draw(scenario, &choices, 5, NULL, &all, &error),
                     TRUCE_CALL);
    choices.with = "boulware|mikro,micro";
    assert_int_equal(truce_sessions_draw(scenario, &choices, 5, NULL, &all, &error),
                     TRUCE_CALL);
    assert_non_null(strstr(error.message, "did you mean \"micro\"?"));
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilsons_intervals_are_those_published),
        cmocka_unit_test(quantiles_leave_no_more_below_than_they_say),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(without_ranges_every_draw_is_the_session),
        cmocka_unit_test(a_mix_is_drawn_by_its_weights),
        cmocka_unit_test(a_mix_without_draws_and_a_mix_of_nothing_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
