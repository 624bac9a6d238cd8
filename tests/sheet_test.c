/* Role sheets: what a party has to know, and nobody else's numbers. */
#include "made.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TALKS                                                                  \
    "truce: 1\nid: talks\n"                                                    \
    "parties:\n"                                                               \
    "  A: {name: Upland, role: principal, consent: all}\n"                     \
    "  B: {name: Downland, role: principal, consent: all}\n"                   \
    "  H: {name: Host, role: host}\n"                                          \
    "sources:\n  s: {title: Notes, kind: notes, reliability: B}\n"             \
    "claims:\n  c: {source: s, says: B asked for it}\n"                        \
    "issues:\n"                                                                \
    "  toll: {title: The toll, ordered: yes, values: [full, half, none]}\n"    \
    "  water: {title: The water, from: 0, to: 40, step: 10, status-quo: 10}\n" \
    "preferences:\n"                                                           \
    "  A:\n"                                                                   \
    "    weights: {toll: 1, water: 3}\n"                                       \
    "    worth: {toll: [0, 50, 100], water: {from: 100, to: 0}}\n"             \
    "    bonus: [{if: \"toll = none\", worth: 7}]\n"                           \
    "    red-lines: [{if: \"water = 40\"}]\n"                                  \
    "    outside: {worth: 61, per-30-days: -2}\n"                              \
    "  B:\n"                                                                   \
    "    weights: {toll: 83, water: 17}\n"                                     \
    "    worth: {toll: [100, 50, 0], water: {from: 0, to: 100}}\n"             \
    "    red-lines: [{if: \"toll = none and water = 0\"}]\n"                   \
    "    outside: {worth: 29}\n"                                               \
    "demands:\n"                                                               \
    "  d1: {by: B, wants: \"water >= 30\", claim: c}\n"                        \
    "  d2: {by: B, wants: \"toll = full\"}\n"                                  \
    "  d3: {by: A, wants: \"toll = none\"}\n"

static truce_sheet *sheet_of(const truce_scenario *scenario, size_t reader)
{
    truce_sheet *sheet = NULL;
    assert_int_equal(truce_sheet_find(scenario, reader, NULL, &sheet, NULL), TRUCE_OK);
    return sheet;
}

static char *text_of(const truce_sheet *sheet)
{
    char *text = NULL;
    size_t length;
    FILE *to = open_memstream(&text, &length);
    truce_sheet_print(to, sheet, NULL);
    fclose(to);
    return text;
}

static char *json_of(const truce_sheet *sheet)
{
    char *text = NULL;
    size_t length;
    FILE *to = open_memstream(&text, &length);
    truce_sheet_json(to, sheet);
    fclose(to);
    return text;
}

static void assert_near(double value, double expected)
{
    assert_true(fabs(value - expected) < 1e-12);
}

/* A's weights are 1 and 3: the toll can add 25 at most, the water 75. Today is toll full and
 * water 10: 0 + 3/4 * 75. */
static void points_are_weight_times_worth(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TALKS);
    truce_sheet *sheet = sheet_of(scenario, 0);
    const truce_scorecard *mine = sheet->scores;
    assert_int_equal(sheet->score_count, 1);
    assert_near(mine->points[0][1], 12.5);
    assert_near(mine->points[0][2], 25);
    assert_near(mine->points[1][0], 75);
    assert_near(mine->points[1][3], 18.75);
    assert_near(mine->spread[0], 25);
    assert_near(mine->spread[1], 75);
    assert_int_equal(mine->by_spread[0], 1);
    assert_int_equal(mine->by_spread[1], 0);
    assert_near(mine->bonuses[0], 7);
    assert_near(mine->today, 56.25);
    assert_near(mine->outside, 61);
    truce_sheet_free(sheet);
    truce_scenario_free(scenario);
}

/* Neither B's weights, points, floor and red line, nor the demand that B never voiced. */
static void a_role_sheet_has_nothing_of_the_others_but_what_they_said(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TALKS);
    truce_sheet *sheet = sheet_of(scenario, 0);
    char *text = text_of(sheet);
    assert_non_null(strstr(text, "Downland wants: water >= 30 (B asked for it)"));
    assert_non_null(strstr(text, "You want: toll = none"));
    assert_null(strstr(text, "toll = full"));
    assert_null(strstr(text, "83"));
    assert_null(strstr(text, "29"));
    assert_null(strstr(text, "toll = none and water = 0"));
    free(text);
    char *json = json_of(sheet);
    assert_non_null(strstr(json, "\"reader\":\"A\",\"scores\":[{\"party\":\"A\""));
    assert_null(strstr(json, "\"B\""));
    free(json);
    truce_sheet_free(sheet);
    truce_scenario_free(scenario);
}

static void the_key_has_all_parties_with_preferences(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TALKS);
    truce_sheet *sheet = sheet_of(scenario, TRUCE_NOBODY);
    assert_int_equal(sheet->score_count, 2);
    assert_int_equal(sheet->scores[1].party, 1);
    assert_near(sheet->scores[1].points[0][0], 83);
    char *text = text_of(sheet);
    assert_non_null(strstr(text, "Downland: never toll = none and water = 0."));
    free(text);
    truce_sheet_free(sheet);
    truce_scenario_free(scenario);
}

static void who_has_no_preferences_gets_a_sheet_without_points(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TALKS);
    truce_sheet *sheet = sheet_of(scenario, 2);
    assert_int_equal(sheet->score_count, 0);
    char *text = text_of(sheet);
    assert_non_null(strstr(text, "You are Host (H), host."));
    assert_non_null(strstr(text, "The toll (today full): full, half, none"));
    free(text);
    truce_sheet_free(sheet);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_weight_times_worth),
        cmocka_unit_test(a_role_sheet_has_nothing_of_the_others_but_what_they_said),
        cmocka_unit_test(the_key_has_all_parties_with_preferences),
        cmocka_unit_test(who_has_no_preferences_gets_a_sheet_without_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
