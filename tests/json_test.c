/* JSON as trees: what is read, with which places, and what is refused, where and how. */
#include "formats/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct reading {
    truce_diagnostics *said;
    document *tree;
} reading;

static reading read_bytes(const char *bytes, size_t length, const truce_limits *limits)
{
    reading r = {.said = truce_diagnostics_new()};
    r.tree = document_read_json("t", bytes, length, limits, r.said);
    return r;
}

static reading read_well(const char *text)
{
    reading r = read_bytes(text, strlen(text), NULL);
    if (r.said->count)
        fail_msg("%s: %u:%u %s", text, r.said->items[0].place.line,
                 r.said->items[0].place.column, r.said->items[0].message);
    assert_non_null(r.tree);
    return r;
}

static void end(reading r)
{
    document_free(r.tree);
    truce_diagnostics_free(r.said);
}

static void assert_at(truce_place place, uint32_t line, uint32_t column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void assert_refused_within(const char *bytes, size_t length,
                                  const truce_limits *limits, uint32_t line,
                                  uint32_t column, const char *words)
{
    reading r = read_bytes(bytes, length, limits);
    assert_null(r.tree);
    assert_int_equal(r.said->count, 1);
    const truce_diagnostic *first = &r.said->items[0];
    if (first->place.line != line || first->place.column != column ||
        !strstr(first->message, words))
        fail_msg("%s: expected %u:%u \"%s\", found %u:%u \"%s\"", bytes, line, column,
                 words, first->place.line, first->place.column, first->message);
    end(r);
}

static void assert_refused(const char *text, uint32_t line, uint32_t column,
                           const char *words)
{
    assert_refused_within(text, strlen(text), NULL, line, column, words);
}

/* ---- what is read ---------------------------------------------------------------- */

static void maps_lists_and_texts_come_in_the_order_of_the_file(void **state)
{
    (void)state;
    reading r = read_well("{\"z\": [1, \"x\", {}], \"a\": {\"b\": []}}");
    const node *root = r.tree->root;
    assert_int_equal(root->count, 2);
    assert_string_equal(root->entries[0].key, "z");
    assert_string_equal(root->entries[1].key, "a");
    const node *list = root->entries[0].value;
    assert_int_equal(list->kind, NODE_LIST);
    assert_int_equal(list->count, 3);
    assert_string_equal(list->items[1]->text, "x");
    assert_int_equal(list->items[2]->kind, NODE_MAP);
    assert_int_equal(node_get(root->entries[1].value, "b")->count, 0);
    end(r);
}

static void every_key_and_value_knows_its_place(void **state)
{
    (void)state;
    reading r =
        read_well("{\n  \"größe\": {\"x\": 10,\r\n\t\"y\": [true,\n null]}\n}\n");
    const node_entry *outer = &r.tree->root->entries[0];
    assert_at(r.tree->root->place, 1, 1);
    assert_at(outer->place, 2, 3);
    assert_int_equal(outer->width, 7);
    assert_at(outer->value->place, 2, 12);
    assert_at(node_get(outer->value, "x")->place, 2, 18);
    assert_int_equal(node_get(outer->value, "x")->width, 2);
    assert_at(outer->value->entries[1].place, 3, 2);
    assert_at(node_get(outer->value, "y")->items[1]->place, 4, 2);
    end(r);
}

static void numbers_keep_their_digits(void **state)
{
    (void)state;
    const char *const numbers[] = {
        "0", "-0.10", "1e-3", "12345678901234567890123456789", "0.1234567890123456789"};
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
        char text[100];
        snprintf(text, sizeof text, "{\"n\":%s}", numbers[n]);
        reading r = read_well(text);
        assert_string_equal(node_get(r.tree->root, "n")->text, numbers[n]);
        assert_false(node_get(r.tree->root, "n")->quoted);
        end(r);
    }
}

static void escapes_are_resolved_in_keys_and_texts(void **state)
{
    (void)state;
    reading r =
        read_well("{\"a\\u00e9\": \"x\\n\\\"\\u20ac\\ud83d\\ude00\", \"b\": \"12\"}");
    const node *text = node_get(r.tree->root, "aé");
    assert_string_equal(text->text, "x\n\"€😀");
    assert_true(text->quoted);
    assert_false(text->exact);
    assert_int_equal(text->width, 25);
    assert_true(node_get(r.tree->root, "b")->exact);
    assert_int_equal(node_get(r.tree->root, "b")->inset, 1);
    end(r);
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    reading r = read_well("\xEF\xBB\xBF{\"a\": 1}");
    assert_at(r.tree->root->entries[0].place, 1, 2);
    end(r);
}

static void a_long_line_is_read_in_linear_time(void **state)
{
    (void)state;
    enum { COUNT = 400000 };
    char *text = malloc(2 * COUNT + 20);
    size_t length = (size_t)sprintf(text, "{\"a\":[1");
    for (size_t i = 1; i < COUNT; i++) {
        text[length++] = ',';
        text[length++] = '1';
    }
    length += (size_t)sprintf(text + length, "]}");
    reading r = read_bytes(text, length, NULL);
    assert_non_null(r.tree);
    assert_at(node_get(r.tree->root, "a")->items[COUNT - 1]->place, 1, 2 * COUNT + 5);
    end(r);
    free(text);
}

/* ---- what is refused ------------------------------------------------------------- */

static void slips_are_told_where_they_are_to_be_mended(void **state)
{
    (void)state;
    const struct {
        const char *text;
        uint32_t line, column;
        const char *words;
    } slips[] = {
        {"", 1, 1, "the file is empty"},
        {" \n ", 1, 1, "the file is empty"},
        {"12", 1, 1, "expected a map of keys and values, found a text"},
        {"\"a\"", 1, 1, "expected a map of keys and values, found a text"},
        {"[1]", 1, 1, "expected a map of keys and values, found a list"},
        {"{\"a\": 1", 1, 1, "the '{' opened here is not closed"},
        {"{\"a\": [1,\n 2", 1, 7, "the '[' opened here is not closed"},
        {"{\"a\": [1, 2}", 1, 12, "expected ']': the '[' of line 1 is open"},
        {"{\"a\": 1]", 1, 8, "expected '}'"},
        {"{\"a\": 1}}", 1, 9, "something stands behind the end"},
        {"{\"a\": 1} {\"b\": 2}", 1, 10, "something stands behind the end"},
        {"{\"a\": 1} // note", 1, 10, "something stands behind the end"},
        {"{\"a\": 1,\n}", 1, 8, "a comma too much"},
        {"{\"a\": [1,\n]}", 1, 9, "a comma too much"},
        {"{\"a\": [1,,2]}", 1, 9, "a comma too much"},
        {"{, \"a\": 1}", 1, 2, "a comma too much"},
        {"{\"a\": 1\n \"b\": 2}", 1, 8, "a comma is missing here"},
        {"{\"a\": [1 2]}", 1, 9, "a comma is missing here"},
        {"{\"a\": {}\n \"b\": 2}", 1, 9, "a comma is missing here"},
        {"{\"a\" 1}", 1, 5, "expected ':' between a key and its value"},
        {"{\"a\"}", 1, 5, "expected ':' between a key and its value"},
        {"{\"a\": }", 1, 7, "a value is missing behind ':'"},
        {"{\"a\": , \"b\": 1}", 1, 7, "a value is missing behind ':'"},
        {"{a: 1}", 1, 2, "a key of JSON stands in double quotes"},
        {"{\"a\": 1, b: 2}", 1, 10, "a key of JSON stands in double quotes"},
        {"{: 2}", 1, 2, "a key is missing before ':'"},
        {"{[1]: 2}", 1, 2, "a key must be a text"},
        {"{'a': 1}", 1, 2, "a text of JSON stands in double quotes"},
        {"{\"a\": 'x'}", 1, 7, "a text of JSON stands in double quotes"},
        {"{\"a\": yes}", 1, 7, "a text of JSON stands in double quotes"},
        {"{\"a\": True}", 1, 7, "JSON has no word True"},
        {"{\"a\": None}", 1, 7, "JSON has no word None"},
        {"{\"a\": NaN}", 1, 7, "NaN is not a number of JSON"},
        {"{\"a\": -Infinity}", 1, 7, "-Infinity is not a number of JSON"},
        {"{\"a\": .5}", 1, 7, ".5 is not a number of JSON"},
        {"{\"a\": +1}", 1, 7, "+1 is not a number of JSON"},
        {"{\"a\": 01}", 1, 7, "01 is not a number of JSON"},
        {"{\"a\": 1.}", 1, 7, "1. is not a number of JSON"},
        {"{\"a\": 1e999}", 1, 7, "the number is too large"},
        {"{\"a\": 1, // one\n \"b\": 2}", 1, 10, "JSON has no comments"},
        {"{ # one\n \"b\": 2}", 1, 3, "JSON has no comments"},
        {"{\"a\": \"x\n\"}", 1, 7, "not closed in this line"},
        {"{\"a\": \"x}", 1, 7, "not closed in this line"},
        {"{\"a\": \"x\ty\"}", 1, 9, "a tab within a text"},
        {"{\"a\": \"x\\qy\"}", 1, 9, "JSON has no such escape"},
        {"{\"a\": \"\\u12\"}", 1, 8, "four hexadecimal digits"},
        {"{\"a\": \"\\ud800\"}", 1, 8, "four hexadecimal digits"},
        {"{\"a\": \"\\u0000\"}", 1, 7, "a NUL character"},
        {"{\"\\u0000\": 1}", 1, 2, "a NUL character"},
        {"{\"a\": 1,\n \"b\": {\"a\": 2},\n \"a\": 3}", 3, 2,
         "key \"a\" is given twice; the first is in line 1"},
        {"{\"\\u0061\": 1,\n \"a\": 3}", 2, 2, "key \"a\" is given twice"},
    };
    for (size_t s = 0; s < sizeof slips / sizeof *slips; s++)
        assert_refused(slips[s].text, slips[s].line, slips[s].column, slips[s].words);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    assert_refused_within("{\"a\": \"\0\"}", 10, NULL, 1, 8, "NUL");
    assert_refused_within("\xFF\xFE{\0", 4, NULL, 1, 1, "UTF-16");
    assert_refused("{\"a\": \"\xFF\"}", 1, 8, "invalid UTF-8");
}

static void limits_are_kept_before_anything_recurses(void **state)
{
    (void)state;
    const char *deep = "{\"a\": [[[1]]]}", *many = "{\"a\": [1, 2, 3], \"b\": \"x\"}";
    assert_refused_within(deep, strlen(deep), &(truce_limits){.depth = 3}, 1, 9,
                          "more than 3 maps and lists");
    assert_refused_within(many, strlen(many), &(truce_limits){.nodes = 5}, 1, 23,
                          "more than 5 maps, lists and texts");
    assert_refused_within(many, strlen(many), &(truce_limits){.bytes = 5}, 1, 1,
                          "bytes");
    reading r = read_bytes(many, strlen(many), &(truce_limits){.nodes = 6, .depth = 2});
    assert_non_null(r.tree);
    end(r);
}

static void a_million_brackets_are_refused_at_once(void **state)
{
    (void)state;
    enum { COUNT = 1000000 };
    char *text = malloc(COUNT);
    memset(text, '[', COUNT);
    assert_refused_within(text, COUNT, NULL, 1, 65, "more than 64");
    memset(text, '{', COUNT);
    assert_refused_within(text, COUNT, &(truce_limits){.depth = 5000}, 1, 1001,
                          "more than 1000");
    free(text);
}

/* Whatever becomes of it: a tree or one error, never both, never a crash. */
static void one_wrong_letter_ends_with_a_tree_or_an_error(void **state)
{
    (void)state;
    const char *whole =
        "{\"a\": [1, -2.5e3, \"x\\u00e9\"], \"b\": {\"c\": null, \"d\": []}}";
    const char letters[] = "{}[]\",:\\x1-. \n\tn'\xC3\x01";
    size_t length = strlen(whole);
    for (size_t at = 0; at < length; at++)
        for (size_t l = 0; l < sizeof letters; l++) {
            char text[100];
            memcpy(text, whole, length + 1);
            text[at] = letters[l];
            reading r = read_bytes(text, length, NULL);
            assert_int_equal(r.tree == NULL, r.said->errors == 1);
            end(r);
            r = read_bytes(text, at + 1, NULL);
            assert_int_equal(r.tree == NULL, r.said->errors == 1);
            end(r);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_lists_and_texts_come_in_the_order_of_the_file),
        cmocka_unit_test(every_key_and_value_knows_its_place),
        cmocka_unit_test(numbers_keep_their_digits),
        cmocka_unit_test(escapes_are_resolved_in_keys_and_texts),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(a_long_line_is_read_in_linear_time),
        cmocka_unit_test(slips_are_told_where_they_are_to_be_mended),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(limits_are_kept_before_anything_recurses),
        cmocka_unit_test(a_million_brackets_are_refused_at_once),
        cmocka_unit_test(one_wrong_letter_ends_with_a_tree_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
