/* Texts and JSON of answers: made by hand where a sentence is at stake, computed where
 * only the shape is. */
#include "base/text.h"
#include "report/page.h"

#include <truce/truce.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char valley[] =
    "truce: 1\n"
    "id: valley\n"
    "title: Вода для двох долин, Şırnak ve ötesi\n"
    "sources: {s: {title: A report, kind: news, reliability: B}}\n"
    "claims:\n"
    "  c1: {source: s, at: line 3, speaker: A, credibility: 2, says: water must come "
    "first,"
    " disputes: [c2]}\n"
    "  c2: {source: s, at: line 9, speaker: somebody, via: a driver, credibility: 5,\n"
    "    says: the river is dry, corrected: the upper river is dry}\n"
    "facts: {f1: {text: the gate was opened, from: [c1], by: analyst, contested: "
    "yes}}\n"
    "parties:\n"
    "  A: {name: Верхня долина, role: principal, consent: all}\n"
    "  B: {name: Aşağı vadi, role: principal, consent: all}\n"
    "  M: {name: The Waters, role: broker, supports: A, consent: [road]}\n"
    "delegations:\n"
    "  ta: {of: A, head: Олена, level: minister, may-sign: [water]}\n"
    "  tb: {of: B, level: technical, ad-referendum: [water, road]}\n"
    "process: {track: 1, format: direct, venue: the bridge}\n"
    "issues:\n"
    "  water: {title: Water, ordered: yes, values: [none, some, all]}\n"
    "  road: {title: Road, values: [closed, open]}\n"
    "preferences:\n"
    "  A: {basis: A, weights: {water: 60, road: 40}, worth: {water: [0, 50, 100],"
    " road: [0, 100]},\n"
    "    red-lines: [{if: water = all and road = open, claim: c1}], outside: {worth: "
    "30, low: 20,"
    " high: 40, per-30-days: -3}}\n"
    "  B: {basis: A, weights: {water: 50, road: 50}, worth: {water: [20, 60, 0],"
    " road: [0, 100]}, outside: {worth: 25}}\n"
    "demands:\n"
    "  d1: {by: A, wants: water = all, strength: firm, claim: c1}\n"
    "  d2: {by: B, wants: water <= some, claim: [c1, c2]}\n"
    "rules:\n"
    "  l1: {by: B, if: water = all, then: road = open}\n"
    "steps: {talks: {title: talks at the bridge}}\n"
    "order:\n"
    "  o1: {by: A, first: water, then: talks, observed: relaxed, evidence: f1, claim: "
    "c1}\n"
    "  o2: {by: B, first: talks, then: water}\n"
    "  o3: {by: M, first: road, then: water}\n"
    "threats:\n"
    "  t1: {by: A, asks: [M], unless: water = all, readings: [{road: closed}, {road: "
    "open}],"
    " claim: c1}\n"
    "  t2: {by: B, effect: a dry summer, outside: {A: -4}, claim: c2}\n"
    "deadlines: {spring: {by: M, at: day 40, effect: the snow melts}}\n"
    "rounds:\n"
    "  r1: {place: the mill, date: 2024-05, kind: talks, parties: [A, B], frame: A "
    "calls it a"
    " visit,\n"
    "    positions: {A: {water: all}, B: {water: none}}}\n"
    "  r2: {place: the bridge, date: 2025-05, positions: {A: {water: some}}}\n"
    "observed:\n"
    "  b1: {offer: {road: open}, accepted-by: [A], refused-by: [B], claim: c1}\n"
    "agreements: {x1: {set: {road: open}, state: agreed, claim: c1}}\n";

/* ---- helpers --------------------------------------------------------------------- */

static truce_scenario *scenario_read(const truce_reading *choices)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_scenario_parse("valley", valley, strlen(valley), choices, &scenario, said);
    if (scenario == NULL)
        truce_diagnostics_print(stderr, said, NULL);
    assert_non_null(scenario);
    truce_diagnostics_free(said);
    return scenario;
}

/* What is written between open_sheet() and close_sheet(). */
typedef struct sheet {
    char *text;
    size_t length;
} sheet;

static FILE *open_sheet(sheet *s)
{
    return open_memstream(&s->text, &s->length);
}

static bool holds(const sheet *s, const char *words)
{
    if (strstr(s->text, words) != NULL)
        return true;
    fprintf(stderr, "no \"%s\" in:\n%s\n", words, s->text);
    return false;
}

static void expect_lines_within(const char *text, size_t width)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        if (text_width(text, length) > width)
            fprintf(stderr, "too wide: %.*s\n", (int)length, text);
        assert_in_range(text_width(text, length), 0, width);
        text += length + (text[length] == '\n');
    }
}

/* The end of the JSON value at text, or NULL when it is none. No spaces are ever
 * written. */
static const char *json_value_end(const char *text);

static const char *json_string_end(const char *text)
{
    if (*text++ != '"')
        return NULL;
    for (; *text != '"'; text++) {
        if ((unsigned char)*text < 0x20)
            return NULL;
        if (*text == '\\' && *++text == '\0')
            return NULL;
    }
    return text + 1;
}

static const char *json_list_end(const char *text, bool is_object)
{
    char last = is_object ? '}' : ']';
    if (*text == last)
        return text + 1;
    for (;; text++) {
        if (is_object) {
            text = json_string_end(text);
            if (text == NULL || *text++ != ':')
                return NULL;
        }
        text = json_value_end(text);
        if (text == NULL || *text == last)
            return text == NULL ? NULL : text + 1;
        if (*text != ',')
            return NULL;
    }
}

static const char *json_value_end(const char *text)
{
    static const char *const words[] = {"true", "false", "null"};
    if (*text == '{' || *text == '[')
        return json_list_end(text + 1, *text == '{');
    if (*text == '"')
        return json_string_end(text);
    for (size_t w = 0; w < 3; w++)
        if (strncmp(text, words[w], strlen(words[w])) == 0)
            return text + strlen(words[w]);
    char *end;
    strtod(text, &end);
    return end == text ? NULL : end;
}

static void expect_json(const sheet *s)
{
    const char *end = json_value_end(s->text);
    assert_non_null(end);
    assert_string_equal(end, "\n");
    assert_true(holds(s, "\"truce\":1,\"command\":"));
    assert_true(holds(s, "\"rests_on\":{\"facts\":"));
}

/* ---- all questions --------------------------------------------------------------- */

/* Prints a computed answer at several widths and as JSON, and checks the shape of both.
 */
#define EXPECT_SHAPE(name, scenario, find)                                         \
    do {                                                                           \
        truce_##name *result = NULL;                                               \
        truce_reality *reality = NULL;                                             \
        truce_error error;                                                         \
        find;                                                                      \
        assert_non_null(result);                                                   \
        truce_reality_find(scenario, &reality, &error);                            \
        for (unsigned width = 40; width <= 120; width += 8) {                      \
            sheet s = {0};                                                         \
            FILE *out = open_sheet(&s);                                            \
            truce_##name##_print(out, result, reality,                             \
                                 &(truce_style){.width = width, .witness = true}); \
            fclose(out);                                                           \
            expect_lines_within(s.text, width);                                    \
            assert_true(holds(&s, "Reality check"));                               \
            free(s.text);                                                          \
        }                                                                          \
        sheet s = {0};                                                             \
        FILE *out = open_sheet(&s);                                                \
        truce_##name##_json(out, result, reality);                                 \
        fclose(out);                                                               \
        expect_json(&s);                                                           \
        free(s.text);                                                              \
        truce_reality_free(reality);                                               \
        truce_##name##_free(result);                                               \
    } while (0)

static void every_text_keeps_the_page_and_every_json_is_json(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    EXPECT_SHAPE(deals, v, truce_deals_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(clashes, v, truce_clashes_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(unlock, v, truce_unlock_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(order, v, truce_order_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(now, v, truce_now_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(who, v, truce_who_find(v, NULL, &result, &error));
    EXPECT_SHAPE(evidence, v, truce_evidence_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(wait, v, truce_wait_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(flips, v, truce_flips_find(v, NULL, NULL, &result, &error));
    EXPECT_SHAPE(rounds, v, truce_rounds_find(v, NULL, &result, &error));
    EXPECT_SHAPE(text, v, truce_text_find(v, NULL, &result, &error));
    EXPECT_SHAPE(diff, v, truce_diff_find(v, v, NULL, &result, &error));
    truce_scenario_free(v);
}

static void the_brief_keeps_the_page_and_holds_all_answers(void **state)
{
    (void)state;
    static const char *const parts[] = {"\"answer\":{\"who\":{\"parties\":",
                                        ",\"evidence\":{\"sources\":",
                                        ",\"rounds\":{\"rounds\":",
                                        ",\"now\":{\"moves\":",
                                        ",\"pairs\":{\"moves\":",
                                        ",\"deals\":{\"outcomes\":",
                                        ",\"clash\":{\"clashes\":",
                                        ",\"order\":{\"cycles\":",
                                        ",\"unlock\":{\"fewest\":",
                                        ",\"wait\":{\"dates\":",
                                        ",\"flip\":{\"flips\":",
                                        ",\"text\":{\"issues\":"};
    truce_scenario *v = scenario_read(NULL);
    truce_brief *brief = NULL;
    assert_int_equal(truce_brief_find(v, NULL, NULL, &brief, &(truce_error){0}),
                     TRUCE_OK);
    sheet s = {0};
    for (unsigned width = 40; width <= 120; width += 8) {
        FILE *out = open_sheet(&s);
        truce_brief_print(out, brief, &(truce_style){.width = width});
        fclose(out);
        expect_lines_within(s.text, width);
        assert_true(holds(&s, "\n8. On what all this rests\n"));
        free(s.text);
    }
    FILE *out = open_sheet(&s);
    truce_brief_json(out, brief);
    fclose(out);
    expect_json(&s);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(holds(&s, parts[i]));
    free(s.text);
    truce_brief_free(brief);
    truce_scenario_free(v);
}

/* ---- single answers, made by hand ------------------------------------------------ */

static const size_t first_two[] = {0, 1};

static void clashes_name_owner_demand_and_claims(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    const char *ids[] = {"d1", "d2"};
    const truce_value none[] = {0, 0}, all[] = {2, 1};
    const truce_value *witnesses[] = {none, all};
    truce_clash clash = {ids, first_two, witnesses, 2, {NULL, 0}};
    truce_clashes result = {.finding = {.scenario = v, .question = "clash"},
                            .items = &clash,
                            .count = 1,
                            .members = 2};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_clashes_print(out, &result, NULL, &(truce_style){.witness = true});
    fclose(out);
    assert_true(holds(&s, "Set  Id  Whose          Wants            Claims\n"
                          "  1  d1  Верхня долина  \"water = all\"    c1\n"
                          "     d2  Aşağı vadi     \"water <= some\"  c1, c2\n"));
    assert_true(holds(&s, "without d1: nothing changes"));
    assert_true(holds(&s, "without d2: water = all, road = open"));
    free(s.text);

    out = open_sheet(&s);
    truce_clashes_json(out, &result, NULL);
    fclose(out);
    assert_true(holds(&s,
                      "{\"clashes\":[{\"members\":[\"d1\",\"d2\"],"
                      "\"by\":{\"A\":[\"d1\"],\"B\":[\"d2\"]},"
                      "\"witness\":{\"d1\":{\"water\":\"none\",\"road\":\"closed\"},"
                      "\"d2\":{\"water\":\"all\",\"road\":\"open\"}},\"logic\":[]}],"));
    expect_json(&s);
    free(s.text);
    truce_scenario_free(v);
}

static void unlock_counts_and_gives_reasons_but_no_advice(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    const char *because[] = {"red:A:1", "rule:l1"};
    truce_concession give = {0, {because, 2}};
    truce_way way = {&give, 1, {.exact = "76"}};
    truce_unlock result = {.finding = {.scenario = v, .question = "unlock"},
                           .ways = &way,
                           .count = 1,
                           .fewest = 1};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_unlock_print(out, &result, NULL, NULL);
    fclose(out);
    assert_true(holds(&s,
                      " 1. if Верхня долина lets go of \"water = all\", 76 outcomes "
                      "remain.\n"));
    assert_true(
        holds(&s, "This is a count of what remains, not advice on who should give."));
    assert_true(holds(&s, "- Верхня долина's demand \"water = all\" (d1) cannot hold"));
    assert_true(holds(
        &s, "Aşağı vadi's\n  rule \"if water = all then road = open\" (rule:l1)."));
    free(s.text);

    out = open_sheet(&s);
    truce_unlock_json(out, &result, NULL);
    fclose(out);
    assert_true(holds(&s, "\"answer\":{\"fewest\":1,\"ways\":[{\"give\":[\"d1\"],"
                          "\"by\":{\"A\":[\"d1\"]},\"outcomes\":\"76\","
                          "\"because\":{\"d1\":[\"red:A:1\",\"rule:l1\"]}}],"));
    free(s.text);
    truce_scenario_free(v);
}

static void unlock_says_when_nothing_need_be_given(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    truce_way way = {NULL, 0, {.exact = "1200"}};
    truce_unlock result = {
        .finding = {.scenario = v, .question = "unlock"}, .ways = &way, .count = 1};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_unlock_print(out, &result, NULL, NULL);
    fclose(out);
    assert_true(
        holds(&s, "Nothing need be let go: 1,200 acceptable outcomes keep every"));
    free(s.text);
    truce_scenario_free(v);
}

/* Absence is proved or not spoken of. */
static void a_stopped_search_claims_no_absence(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    const truce_proof stopped = {.how = TRUCE_BOUNDED, .by = "time ran out"};
    truce_clashes clashes = {
        .finding = {.scenario = v, .question = "clash", .proof = stopped},
        .members = 2};
    truce_unlock unlock = {
        .finding = {.scenario = v, .question = "unlock", .proof = stopped}};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_clashes_print(out, &clashes, NULL, NULL);
    truce_unlock_print(out, &unlock, NULL, NULL);
    fclose(out);
    assert_true(
        holds(&s, "No clash was found among the 2 demands before the search was"));
    assert_true(holds(&s, "No way was found before the search was stopped"));
    assert_true(holds(&s, "Not complete:\ntime ran out."));
    assert_null(strstr(s.text, "can hold together"));
    assert_null(strstr(s.text, "no outcome is acceptable"));
    free(s.text);
    truce_scenario_free(v);
}

static void counts_out_of_reach_are_null_between_two_bounds(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    const double floors[] = {30, NAN, NAN};
    truce_deals result = {.finding = {.scenario = v, .question = "deals"},
                          .outcomes = {.exact = "6"},
                          .acceptable_to_principals = {.low = "2", .high = "5"},
                          .acceptable = {.low = "1", .high = "5"},
                          .efficient = {.low = "1", .high = "5"},
                          .over = {first_two, 2},
                          .floors = floors};
    result.finding.proof = (truce_proof){.how = TRUCE_BOUNDED, .by = "time ran out"};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_deals_json(out, &result, NULL);
    fclose(out);
    assert_true(
        holds(&s, "\"answer\":{\"outcomes\":\"6\",\"acceptable_to_principals\":null,"
                  "\"acceptable_to_principals_between\":[\"2\",\"5\"],"
                  "\"acceptable\":null,\"acceptable_between\":[\"1\",\"5\"],"));
    assert_true(holds(&s, "\"floors\":{\"A\":30}"));
    assert_true(holds(&s, "\"proof\":{\"how\":\"bounded\",\"by\":\"time ran out\"}"));
    free(s.text);
    truce_scenario_free(v);
}

static void what_stands_in_the_way_of_any_deal_is_named(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    const char *blocked[] = {"floor:A", "red:A:1"};
    const double floors[] = {30, 25, NAN};
    truce_deals result = {.finding = {.scenario = v, .question = "deals"},
                          .outcomes = {.exact = "6"},
                          .acceptable_to_principals = {.exact = "0"},
                          .acceptable = {.exact = "0"},
                          .efficient = {.exact = "0"},
                          .over = {first_two, 2},
                          .floors = floors,
                          .blocked_by = {blocked, 2}};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_deals_print(out, &result, NULL, NULL);
    fclose(out);
    assert_true(holds(&s, "No outcome is acceptable."));
    assert_true(holds(&s, "- Верхня долина's outside option, worth 30 (floor:A)"));
    assert_true(holds(&s, "red line \"water = all and road = open\" (red:A:1)"));
    free(s.text);
    truce_scenario_free(v);
}

static void answers_say_for_whom_and_under_which_what_if(void **state)
{
    (void)state;
    const char *set[] = {"A.outside.worth=35"};
    truce_scenario *v =
        scenario_read(&(truce_reading){.shown_to = "A", .set = set, .set_count = 1});
    truce_who result = {.finding = {.scenario = v, .question = "who"}};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_who_json(out, &result, NULL);
    fclose(out);
    assert_true(holds(
        &s, "\"shown_to\":\"A\",\"withheld\":0,\"set\":[\"A.outside.worth=35\"]"));
    free(s.text);
    out = open_sheet(&s);
    truce_who_print(out, &result, NULL, NULL);
    fclose(out);
    assert_true(holds(&s, "Shown to: Верхня долина."));
    assert_true(holds(&s, "What if: A.outside.worth=35"));
    free(s.text);
    truce_scenario_free(v);
}

/* ---- diagnostics ----------------------------------------------------------------- */

static void expect_diagnostic(truce_diagnostic item, const char *text)
{
    truce_diagnostics all = {.items = &item, .count = 1, .errors = 1};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_diagnostics_print(out, &all, NULL);
    fclose(out);
    assert_string_equal(s.text, text);
    free(s.text);
}

static void errors_point_at_the_place_with_a_caret(void **state)
{
    (void)state;
    expect_diagnostic(
        (truce_diagnostic){.place = {"t.yaml", 31, 9},
                           .message = "unknown value \"30day\"",
                           .hint = "did you mean \"30-day\"?",
                           .source = "  ceas: 30day",
                           .width = 5},
        "t.yaml:31:9: error: unknown value \"30day\"; did you mean \"30-day\"?\n"
        "      ceas: 30day\n"
        "            ^~~~~\n");
}

static void carets_stand_below_wide_letters_and_tabs(void **state)
{
    (void)state;
    expect_diagnostic(
        (truce_diagnostic){
            .place = {"t", 1, 5}, .message = "no", .source = "\t中é x", .width = 3},
        "t:1:5: error: no\n"
        "     中é x\n"
        "         ^\n");
}

static void long_lines_are_cut_around_the_caret(void **state)
{
    (void)state;
    char line[400];
    memset(line, 'a', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    line[200] = 'X';
    truce_diagnostic item = {
        .place = {"t", 1, 201}, .message = "no", .source = line, .width = 1};
    truce_diagnostics all = {.items = &item, .count = 1, .errors = 1};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_diagnostics_print(out, &all, NULL);
    fclose(out);
    expect_lines_within(s.text, 80);
    const char *source = strchr(s.text, '\n') + 1, *mark = strchr(source, '\n') + 1;
    assert_int_equal(source[strcspn(mark, "^")], 'X');
    free(s.text);
}

static void check_counts_what_was_read(void **state)
{
    (void)state;
    truce_scenario *v = scenario_read(NULL);
    truce_diagnostics none = {0};
    sheet s = {0};
    FILE *out = open_sheet(&s);
    truce_check_print(out, v, &none, SIZE_MAX, NULL);
    fclose(out);
    assert_true(holds(&s,
                      "3 parties, 2 delegations, 2 issues, 2 demands, 1 rule, 3 order "
                      "constraints"));
    assert_true(holds(&s, "Sound: no errors, no warnings.\n"));
    free(s.text);
    out = open_sheet(&s);
    truce_check_json(out, NULL, &(truce_diagnostics){.errors = 1}, SIZE_MAX);
    fclose(out);
    assert_true(
        holds(&s, "\"scenario\":null,\"answer\":{\"sound\":false,\"errors\":1,"));
    expect_json(&s);
    free(s.text);
    truce_scenario_free(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_keeps_the_page_and_every_json_is_json),
        cmocka_unit_test(the_brief_keeps_the_page_and_holds_all_answers),
        cmocka_unit_test(clashes_name_owner_demand_and_claims),
        cmocka_unit_test(unlock_counts_and_gives_reasons_but_no_advice),
        cmocka_unit_test(unlock_says_when_nothing_need_be_given),
        cmocka_unit_test(a_stopped_search_claims_no_absence),
        cmocka_unit_test(counts_out_of_reach_are_null_between_two_bounds),
        cmocka_unit_test(what_stands_in_the_way_of_any_deal_is_named),
        cmocka_unit_test(answers_say_for_whom_and_under_which_what_if),
        cmocka_unit_test(errors_point_at_the_place_with_a_caret),
        cmocka_unit_test(carets_stand_below_wide_letters_and_tabs),
        cmocka_unit_test(long_lines_are_cut_around_the_caret),
        cmocka_unit_test(check_counts_what_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
