/* The condition language: what conditions mean, and where mistakes in them stand.
 * Issues: nato (unordered: open, deferred, renounced), cease (ordered: none, 30-day,
 * 60-day, open; status quo none), price (0, 2.5, 5, 7.5, 10; status quo 5), extra (more
 * pay, none). */
#include "formats/conditions.h"
#include "scenario/condition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NATO, CEASE, PRICE, EXTRA, ISSUES };

static const char *const nato_values[] = {"open", "deferred", "renounced"};
static const char *const cease_values[] = {"none", "30-day", "60-day", "open"};
static const char *const extra_values[] = {"more pay", "none"};
static const char *const price_values[] = {"0", "2.5", "5", "7.5", "10"};
static const truce_decimal prices[] = {{0, 0}, {25, 1}, {5, 0}, {75, 1}, {10, 0}};

static const truce_issue issues[ISSUES] = {
    {.label = {.id = "nato"}, .values = nato_values, .value_count = 3},
    {.label = {.id = "cease"},
     .ordered = true,
     .values = cease_values,
     .value_count = 4},
    {.label = {.id = "price"},
     .ordered = true,
     .numeric = true,
     .values = price_values,
     .numbers = prices,
     .value_count = 5,
     .status_quo = 2},
    {.label = {.id = "extra"}, .values = extra_values, .value_count = 2},
};

static const truce_scenario scenario = {.issues = issues, .issue_count = ISSUES};

typedef struct reading {
    truce_diagnostics *said;
    document *tree;
    arena memory;
    const truce_condition *condition;
} reading;

/* Reads the value of the first key of a document. */
static reading read_document(const char *yaml)
{
    reading r = {.said = truce_diagnostics_new()};
    names ids = {0};
    for (size_t i = 0; i < ISSUES; i++)
        names_add(&ids, issues[i].label.id, i);
    r.tree = document_read_yaml("t", yaml, strlen(yaml), NULL, r.said);
    assert_non_null(r.tree);
    r.condition = condition_read(r.tree, r.tree->root->entries[0].value, &scenario,
                                 &ids, &r.memory);
    names_free(&ids);
    return r;
}

/* The condition stands behind `if: "`, so its first character is in column 6. */
static reading read_condition(const char *text)
{
    char *yaml = malloc(strlen(text) + 16);
    sprintf(yaml, "if: \"%s\"", text);
    reading r = read_document(yaml);
    free(yaml);
    return r;
}

static void end(reading r)
{
    document_free(r.tree);
    truce_diagnostics_free(r.said);
    arena_free(&r.memory);
}

/* The values of one issue that meet the condition, the others at their first: "0110".
 */
static void assert_meets(const char *text, size_t issue, const char *values)
{
    reading r = read_condition(text);
    if (r.condition == NULL)
        fail_msg("%s: %s", text, r.said->items[0].message);
    char met[8] = "";
    truce_value outcome[ISSUES] = {0};
    for (truce_value v = 0; v < issues[issue].value_count; v++) {
        outcome[issue] = v;
        strcat(met, truce_condition_holds(r.condition, outcome) ? "1" : "0");
    }
    assert_string_equal(met, values);
    end(r);
}

static void assert_wrong(const char *text, uint32_t column, const char *words)
{
    reading r = read_condition(text);
    assert_null(r.condition);
    assert_true(r.said->count > 0);
    const truce_diagnostic *first = &r.said->items[0];
    bool is_said =
        strstr(first->message, words) || (first->hint && strstr(first->hint, words));
    if (first->place.column != column + 5 || first->place.line != 1 || !is_said)
        fail_msg("%s: expected %u \"%s\", found %u \"%s\"", text, column, words,
                 first->place.column - 5, first->message);
    assert_int_equal(r.said->errors, 1);
    end(r);
}

/* ---- what conditions mean -------------------------------------------------------- */

static void equality_holds_for_one_value(void **state)
{
    (void)state;
    assert_meets("nato = deferred", NATO, "010");
    assert_meets("nato=deferred", NATO, "010");
    assert_meets("cease = open", CEASE, "0001");
}

static void inequality_holds_for_all_others(void **state)
{
    (void)state;
    assert_meets("nato != deferred", NATO, "101");
    assert_meets("nato!=open", NATO, "011");
}

static void ordered_comparisons_go_by_position(void **state)
{
    (void)state;
    assert_meets("cease < 60-day", CEASE, "1100");
    assert_meets("cease <= 60-day", CEASE, "1110");
    assert_meets("cease > 30-day", CEASE, "0011");
    assert_meets("cease>=30-day", CEASE, "0111");
    assert_meets("cease < none", CEASE, "0000");
    assert_meets("cease >= none", CEASE, "1111");
}

static void sets_hold_for_their_members_in_any_order(void **state)
{
    (void)state;
    assert_meets("nato in {renounced, deferred}", NATO, "011");
    assert_meets("cease in {open,none,open}", CEASE, "1001");
    assert_meets("price in { 10 , 2.50 }", PRICE, "01001");
}

static void changed_and_a_bare_issue_mean_other_than_the_status_quo(void **state)
{
    (void)state;
    assert_meets("cease changed", CEASE, "0111");
    assert_meets("cease", CEASE, "0111");
    assert_meets("price", PRICE, "11011");
    assert_meets("not price changed", PRICE, "00100");
}

static void numbers_compare_on_and_off_the_scale(void **state)
{
    (void)state;
    assert_meets("price >= 5", PRICE, "00111");
    assert_meets("price >= 5.0", PRICE, "00111");
    assert_meets("price > 5.1", PRICE, "00011");
    assert_meets("price < 7", PRICE, "11100");
    assert_meets("price <= -1", PRICE, "00000");
    assert_meets("price < 1000", PRICE, "11111");
    assert_meets("price = 2.50", PRICE, "01000");
}

static void not_binds_tightest_then_and_then_or(void **state)
{
    (void)state;
    assert_meets("not nato = open and cease = none", NATO, "011");
    assert_meets("nato = open or nato = deferred and cease changed", NATO, "100");
    assert_meets("(nato = open or nato = deferred) and cease = none", NATO, "110");
    assert_meets("not (nato = open or nato = deferred)", NATO, "001");
    assert_meets("not not nato = open", NATO, "100");
}

static void values_may_stand_in_quotes(void **state)
{
    (void)state;
    assert_meets("cease = '30-day'", CEASE, "0100");
    assert_meets("nato in {'open', renounced}", NATO, "101");
    assert_meets("extra = 'more pay'", EXTRA, "10");
}

static void leaves_are_ascending_disjoint_ranges(void **state)
{
    (void)state;
    reading r = read_condition("cease in {open, 30-day, none, 30-day}");
    assert_int_equal(r.condition->kind, CONDITION_LEAF);
    assert_int_equal(r.condition->issue, CEASE);
    assert_int_equal(r.condition->range_count, 2);
    assert_int_equal(r.condition->ranges[0].first, 0);
    assert_int_equal(r.condition->ranges[0].last, 1);
    assert_int_equal(r.condition->ranges[1].first, 3);
    assert_int_equal(r.condition->ranges[1].last, 3);
    end(r);
}

static void a_condition_keeps_its_text_and_outlives_the_tree(void **state)
{
    (void)state;
    reading r = read_condition("nato changed and cease");
    document_free(r.tree);
    r.tree = NULL;
    assert_string_equal(truce_condition_text(r.condition), "nato changed and cease");
    assert_string_equal(r.condition->place.file, "t");
    assert_true(truce_condition_mentions(r.condition, CEASE));
    assert_false(truce_condition_mentions(r.condition, PRICE));
    end(r);
}

/* ---- mistakes -------------------------------------------------------------------- */

static void an_unknown_issue_is_told_with_the_nearest(void **state)
{
    (void)state;
    assert_wrong("naot = open", 1, "did you mean \"nato\"?");
    assert_wrong("cease and prise > 3", 11, "unknown issue \"prise\"");
}

static void an_unknown_value_is_told_with_the_nearest(void **state)
{
    (void)state;
    assert_wrong("cease >= 30day", 10, "did you mean \"30-day\"?");
    assert_wrong("cease >= 30day", 10, "unknown value \"30day\" of issue \"cease\"");
    assert_wrong("nato in {open, defered}", 16, "did you mean \"deferred\"?");
    assert_wrong("nato = 'opem'", 8, "did you mean \"open\"?");
}

static void every_unknown_name_is_told(void **state)
{
    (void)state;
    reading r = read_condition("naot = x and cease = y or nato = z");
    assert_null(r.condition);
    assert_int_equal(r.said->errors, 3);
    end(r);
}

static void order_on_an_unordered_issue_is_told_with_the_cure(void **state)
{
    (void)state;
    assert_wrong("nato >= deferred", 6, "issue \"nato\" has no order");
    assert_wrong("cease and nato<open", 15, "ordered: yes");
}

static void a_numeric_issue_wants_numbers(void **state)
{
    (void)state;
    assert_wrong("price > much", 9, "expected a number, found \"much\"");
    assert_wrong("price > 1234567890123", 9, "at most 9 digits");
}

static void a_number_that_is_no_value_gives_a_warning_where_it_matters(void **state)
{
    (void)state;
    reading r = read_condition("price = 7");
    assert_non_null(r.condition);
    assert_int_equal(r.said->warnings, 1);
    assert_int_equal(r.said->items[0].place.column, 14);
    assert_string_equal(r.said->items[0].message, "issue \"price\" has no value 7");
    end(r);
}

static void an_empty_condition_is_told(void **state)
{
    (void)state;
    assert_wrong("", 0, "empty");
    assert_wrong("  ", 0, "empty");
}

static void what_is_missing_is_told_where_it_belongs(void **state)
{
    (void)state;
    assert_wrong("nato =", 7, "expected a value, found the end");
    assert_wrong("nato = and cease", 8, "expected a value, found \"and\"");
    assert_wrong("nato = open and", 16, "expected an issue");
    assert_wrong("and nato", 1, "expected an issue, \"not\" or \"(\", found \"and\"");
    assert_wrong("not", 4, "found the end");
    assert_wrong("nato open", 6, "behind the issue, found \"open\"");
    assert_wrong("()", 2, "expected an issue");
    assert_wrong("nato in {}", 10, "expected a value, found \"}\"");
    assert_wrong("nato in {open,}", 15, "expected a value");
    assert_wrong("nato in open", 9, "the values stand in braces");
    assert_wrong("nato in (open)", 9, "the values stand in braces");
    assert_wrong("nato in {open deferred}", 15, "expected \",\" or \"}\"");
}

static void what_is_left_open_is_pointed_at(void **state)
{
    (void)state;
    assert_wrong("cease and (nato = open", 11, "the ( opened here is not closed");
    assert_wrong("nato in {open, deferred", 9, "the { opened here is not closed");
    assert_wrong("nato = 'open", 8, "the ' opened here is not closed");
}

static void what_follows_the_end_is_told(void **state)
{
    (void)state;
    assert_wrong("nato = open cease", 13, "expected \"and\", \"or\" or the end");
    assert_wrong("nato = open)", 12, "found \")\"");
    assert_wrong("nato = opem door and cease", 8, "unknown value \"opem door\"");
    assert_wrong("extra = more pay or cease", 9, "must stand in quotes: 'more pay'");
    assert_wrong("(nato = open cease)", 14, "\"and\", \"or\" or \")\"");
    assert_wrong("nato = open = deferred", 13, "found \"=\"");
}

static void habits_of_other_languages_get_the_right_word(void **state)
{
    (void)state;
    assert_wrong("nato == open", 6, "write \"=\"");
    assert_wrong("nato <> open", 6, "write \"!=\"");
    assert_wrong("cease => open", 7, "write \">=\"");
    assert_wrong("cease \xE2\x89\xA5 open", 7, "write \">=\"");
    assert_wrong("nato && cease", 6, "write \"and\"");
    assert_wrong("nato = open || cease", 13, "write \"or\"");
    assert_wrong("nato = open AND cease", 13, "write \"and\"");
    assert_wrong("!nato", 1, "write \"not\"");
    assert_wrong("NOT nato", 1, "write \"not\"");
    assert_wrong("nato IN {open}", 6, "write \"in\"");
}

static void two_hundred_levels_are_enough(void **state)
{
    (void)state;
    char text[801] = "";
    memset(text, '(', 250);
    assert_wrong(text, 201, "more than 200 levels");
    memset(text, 0, sizeof text);
    for (int i = 0; i < 199; i++)
        strcat(text, "not ");
    strcat(text, "nato");
    assert_meets(text, NATO, "100");
}

static void columns_in_conditions_count_characters(void **state)
{
    (void)state;
    reading r = read_document("özgürlük: 'nato = öpen'\n");
    assert_int_equal(r.said->items[0].place.column, 19);
    assert_int_equal(r.said->items[0].width, 4);
    end(r);
}

static void positions_are_right_in_every_way_of_writing(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        uint32_t line, column;
    } ways[] = {
        {"if: nato = x", 1, 12},        {"if: 'nato = x'", 1, 13},
        {"if: 'nato = ''x'''", 1, 13},  {"if: \"nato = \\\"x\\\"\"", 1, 13},
        {"if: nato =\n  x", 2, 3},      {"if: >\n  nato =\n  x\n", 3, 3},
        {"if: |\n  nato = x\n", 2, 10}, {"if: \"nato =\n   x\"", 2, 4},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        reading r = read_document(ways[i].yaml);
        if (r.said->items[0].place.line != ways[i].line ||
            r.said->items[0].place.column != ways[i].column)
            fail_msg("%s: found %u:%u", ways[i].yaml, r.said->items[0].place.line,
                     r.said->items[0].place.column);
        end(r);
    }
}

/* A chain of 100,000 parts is flat: no stack, no quadratic search for places. */
static void a_long_chain_is_read_in_linear_time(void **state)
{
    (void)state;
    size_t parts = 100000;
    char *text = malloc(parts * 12 + 1), *at = text;
    for (size_t i = 0; i < parts; i++)
        at += sprintf(at, i ? " or nato" : "nato");
    double begun = truce_seconds();
    reading r = read_condition(text);
    assert_non_null(r.condition);
    assert_int_equal(r.condition->part_count, parts);
    assert_true(truce_seconds() - begun < 10);
    end(r);
    free(text);
}

static void the_words_of_the_language_are_no_ids(void **state)
{
    (void)state;
    assert_true(condition_is_keyword("not"));
    assert_true(condition_is_keyword("changed"));
    assert_false(condition_is_keyword("nato"));
    assert_false(condition_is_keyword(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_holds_for_one_value),
        cmocka_unit_test(inequality_holds_for_all_others),
        cmocka_unit_test(ordered_comparisons_go_by_position),
        cmocka_unit_test(sets_hold_for_their_members_in_any_order),
        cmocka_unit_test(changed_and_a_bare_issue_mean_other_than_the_status_quo),
        cmocka_unit_test(numbers_compare_on_and_off_the_scale),
        cmocka_unit_test(not_binds_tightest_then_and_then_or),
        cmocka_unit_test(values_may_stand_in_quotes),
        cmocka_unit_test(leaves_are_ascending_disjoint_ranges),
        cmocka_unit_test(a_condition_keeps_its_text_and_outlives_the_tree),
        cmocka_unit_test(an_unknown_issue_is_told_with_the_nearest),
        cmocka_unit_test(an_unknown_value_is_told_with_the_nearest),
        cmocka_unit_test(every_unknown_name_is_told),
        cmocka_unit_test(order_on_an_unordered_issue_is_told_with_the_cure),
        cmocka_unit_test(a_numeric_issue_wants_numbers),
        cmocka_unit_test(a_number_that_is_no_value_gives_a_warning_where_it_matters),
        cmocka_unit_test(an_empty_condition_is_told),
        cmocka_unit_test(what_is_missing_is_told_where_it_belongs),
        cmocka_unit_test(what_is_left_open_is_pointed_at),
        cmocka_unit_test(what_follows_the_end_is_told),
        cmocka_unit_test(habits_of_other_languages_get_the_right_word),
        cmocka_unit_test(two_hundred_levels_are_enough),
        cmocka_unit_test(columns_in_conditions_count_characters),
        cmocka_unit_test(positions_are_right_in_every_way_of_writing),
        cmocka_unit_test(a_long_chain_is_read_in_linear_time),
        cmocka_unit_test(the_words_of_the_language_are_no_ids),
    };
    return cmocka_run_group_tests_name("conditions", tests, NULL, NULL);
}
