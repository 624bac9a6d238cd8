/* Files as trees: what is read, what is refused and where, and what --set changes. */
#include "formats/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- helpers --------------------------------------------------------------------- */

typedef struct reading {
    truce_diagnostics *said;
    document *tree;
} reading;

static reading read_bytes(const char *bytes, size_t length, const truce_limits *limits)
{
    reading r = {.said = truce_diagnostics_new()};
    r.tree = document_read_yaml("t", bytes, length, limits, r.said);
    return r;
}

static reading read_text(const char *text)
{
    return read_bytes(text, strlen(text), NULL);
}

static void end(reading r)
{
    document_free(r.tree);
    truce_diagnostics_free(r.said);
}

static bool is_said(const truce_diagnostic *item, const char *words)
{
    return strstr(item->message, words) || (item->hint && strstr(item->hint, words));
}

/* The first thing said is an error at this place with these words in it. */
static void assert_said(const truce_diagnostics *said, uint32_t line, uint32_t column,
                        const char *words)
{
    assert_true(said->count > 0);
    const truce_diagnostic *first = &said->items[0];
    if (first->place.line != line || first->place.column != column ||
        !is_said(first, words))
        fail_msg("expected %u:%u \"%s\", found %u:%u \"%s\"", line, column, words,
                 first->place.line, first->place.column, first->message);
}

static void assert_refused_bytes(const char *bytes, size_t length, uint32_t line,
                                 uint32_t column, const char *words)
{
    reading r = read_bytes(bytes, length, NULL);
    assert_int_equal(r.said->errors, 1);
    assert_said(r.said, line, column, words);
    end(r);
}

static void assert_refused(const char *text, uint32_t line, uint32_t column,
                           const char *words)
{
    assert_refused_bytes(text, strlen(text), line, column, words);
}

static reading read_well(const char *text)
{
    reading r = read_text(text);
    if (r.said->count)
        fail_msg("%u:%u %s", r.said->items[0].place.line, r.said->items[0].place.column,
                 r.said->items[0].message);
    assert_non_null(r.tree);
    return r;
}

static void assert_at(truce_place place, uint32_t line, uint32_t column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

/* A list of so many zeros: "a: [0,0,0]". Freed by the caller. */
static char *long_list(size_t count)
{
    char *text = malloc(2 * count + 16);
    size_t length = (size_t)sprintf(text, "a: [0");
    for (size_t i = 1; i < count; i++) {
        text[length++] = ',';
        text[length++] = '0';
    }
    strcpy(text + length, "]");
    return text;
}

/* ---- what is read ---------------------------------------------------------------- */

static void block_and_flow_give_the_same_tree(void **state)
{
    (void)state;
    reading r = read_well("a: {b: 1, c: [x, y]}\nd:\n  b: 1\n  c:\n    - x\n    - y\n");
    const char *const keys[] = {"a", "d"};
    for (int i = 0; i < 2; i++) {
        const node *map = node_get(r.tree->root, keys[i]);
        assert_int_equal(map->kind, NODE_MAP);
        assert_string_equal(node_get(map, "b")->text, "1");
        assert_int_equal(node_get(map, "c")->kind, NODE_LIST);
        assert_int_equal(node_get(map, "c")->count, 2);
        assert_string_equal(node_get(map, "c")->items[1]->text, "y");
    }
    end(r);
}

static void every_scalar_stays_a_text(void **state)
{
    (void)state;
    reading r = read_well("a: no\nb: NO\nc: 1.0\nd: ~\ne: 0x10\nf: 2025-05-16\n");
    const char *const texts[] = {"no", "NO", "1.0", "~", "0x10", "2025-05-16"};
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(r.tree->root->entries[i].value->text, texts[i]);
    end(r);
}

static void keys_and_values_know_their_places(void **state)
{
    (void)state;
    reading r = read_well("first: 1\nparties:\n  UA: {name: Ukraine}\n");
    const node_entry *parties = &r.tree->root->entries[1];
    assert_at(parties->place, 2, 1);
    assert_int_equal(parties->width, 7);
    const node_entry *party = &parties->value->entries[0];
    assert_at(party->place, 3, 3);
    assert_at(party->value->place, 3, 7);
    const node *name = node_get(party->value, "name");
    assert_at(name->place, 3, 14);
    assert_int_equal(name->width, 7);
    end(r);
}

static void columns_count_characters_not_bytes(void **state)
{
    (void)state;
    reading r = read_well("Türkiye: {özgür: \"Київ\", x: y}\n");
    const node *map = node_get(r.tree->root, "Türkiye");
    assert_at(map->place, 1, 10);
    assert_at(node_get(map, "özgür")->place, 1, 18);
    assert_int_equal(node_get(map, "özgür")->width, 6);
    assert_at(node_get(map, "x")->place, 1, 29);
    end(r);
}

static void a_byte_order_mark_takes_no_column(void **state)
{
    (void)state;
    reading r = read_well("\xEF\xBB\xBF"
                          "a: b\n");
    assert_at(r.tree->root->entries[0].place, 1, 1);
    end(r);
}

static void lines_may_end_in_the_ways_of_all_systems(void **state)
{
    (void)state;
    reading r = read_well("a: 1\r\nb: 2\rc: 3\n\nd: 4");
    assert_int_equal(r.tree->root->count, 4);
    assert_at(node_get(r.tree->root, "c")->place, 3, 4);
    assert_at(node_get(r.tree->root, "d")->place, 5, 4);
    assert_int_equal(document_line_end(r.tree, 1), 4);
    end(r);
}

static void places_within_a_quoted_text_are_exact(void **state)
{
    (void)state;
    reading r = read_well("a: \"nato in {a, b}\"\nb: nato\n");
    const node *quoted = node_get(r.tree->root, "a");
    assert_true(quoted->exact);
    assert_at(node_place_within(r.tree, quoted, 0), 1, 5);
    assert_at(node_place_within(r.tree, quoted, 8), 1, 13);
    assert_at(node_place_within(r.tree, node_get(r.tree->root, "b"), 2), 2, 6);
    end(r);
}

static void places_within_a_folded_text_are_found_in_its_line(void **state)
{
    (void)state;
    reading r =
        read_well("a: nato changed\n   and x\nb: >\n  nato\n  or x\nc: 'it''s so'\n");
    const node *plain = node_get(r.tree->root, "a"),
               *block = node_get(r.tree->root, "b");
    assert_string_equal(plain->text, "nato changed and x");
    assert_at(node_place_within(r.tree, plain, 13), 2, 4);
    assert_string_equal(block->text, "nato or x\n");
    assert_at(node_place_within(r.tree, block, 5), 5, 3);
    assert_at(node_place_within(r.tree, node_get(r.tree->root, "c"), 5), 6, 11);
    end(r);
}

static void a_place_behind_an_escape_is_that_of_the_text(void **state)
{
    (void)state;
    reading r = read_well("a: \"\\u0041b c\"\n");
    const node *text = node_get(r.tree->root, "a");
    assert_string_equal(text->text, "Ab c");
    assert_false(text->exact);
    assert_at(node_place_within(r.tree, text, 3), 1, 5);
    end(r);
}

static void an_empty_value_is_an_empty_text(void **state)
{
    (void)state;
    reading r = read_well("a:\nb: ''\nc: {d: }\n");
    assert_string_equal(node_get(r.tree->root, "a")->text, "");
    assert_false(node_get(r.tree->root, "a")->quoted);
    assert_true(node_get(r.tree->root, "b")->quoted);
    end(r);
}

static void comments_and_one_document_start_are_fine(void **state)
{
    (void)state;
    reading r = read_well("# about\n---\na: b # why\n...\n");
    assert_string_equal(node_get(r.tree->root, "a")->text, "b");
    end(r);
}

static void a_block_condition_may_hold_braces(void **state)
{
    (void)state;
    reading r = read_well("if: nato in {a, b}\n");
    assert_string_equal(node_get(r.tree->root, "if")->text, "nato in {a, b}");
    end(r);
}

/* ---- what is refused ------------------------------------------------------------- */

static void anchors_are_refused(void **state)
{
    (void)state;
    assert_refused("a: 1\nb: &x y\n", 2, 4, "anchors");
    assert_refused("b: &x {c: d}\n", 1, 4, "anchors");
    assert_refused("b: &x [c]\n", 1, 4, "anchors");
    assert_refused("a: & y\n", 1, 4, "anchors");
}

static void aliases_are_refused(void **state)
{
    (void)state;
    assert_refused("a: 1\nb: {c: *x}\n", 2, 8, "aliases");
    assert_refused("a: * y\n", 1, 4, "aliases");
}

static void tags_are_refused(void **state)
{
    (void)state;
    assert_refused("a: !!str b\n", 1, 4, "tags");
    assert_refused("a: !own [b]\n", 1, 4, "tags");
    assert_refused("if: !nato\n", 1, 5, "put the text in quotes");
    assert_refused("a: !<x y\n", 1, 4, "tags");
    assert_refused("a: !x!y z\n", 1, 4, "tags");
}

static void merge_keys_are_refused_and_left_out(void **state)
{
    (void)state;
    assert_refused("a: b\n<<: {c: d}\n", 2, 1, "merge keys");
    reading r = read_text("a: b\n<<: {c: d}\n");
    assert_int_equal(r.tree->root->count, 1);
    end(r);
    end(read_well("'<<': quoted it is a key\n"));
}

static void directives_are_refused(void **state)
{
    (void)state;
    assert_refused("%YAML 1.2\n---\na: b\n", 1, 1, "directives");
    assert_refused("%TAG ! x\n---\na: b\n", 1, 1, "directives");
    assert_refused("%YAML 3.7\n---\na: b\n", 1, 1, "directives");
    assert_refused("%\n---\na: b\n", 1, 1, "directives");
    assert_refused("%FOO\na: b\n", 1, 1, "directives");
    assert_refused("a: b\n...\n...\n%TAG ! x\n---\n", 4, 1, "directives");
}

static void a_second_document_is_refused(void **state)
{
    (void)state;
    assert_refused("a: b\n---\nc: d\n", 2, 1, "second document");
    assert_refused("a: b\n...\n# x\n...\n---\nc: d\n", 5, 1, "second document");
    assert_refused("a: b\n...\nc: d\n", 3, 1, "outside the map");
}

static void a_key_given_twice_points_to_the_first(void **state)
{
    (void)state;
    assert_refused("x:\n  a: 1\n  b: 2\n  a: 3\n", 4, 3, "the first is in line 2");
    reading r = read_text("a: 1\nb: 2\n\"a\": 3\na: 4\n");
    assert_int_equal(r.said->errors, 2);
    assert_int_equal(r.tree->root->count, 2);
    assert_string_equal(node_get(r.tree->root, "a")->text, "1");
    end(r);
}

static void complex_keys_are_refused(void **state)
{
    (void)state;
    assert_refused("? a\n: b\n", 1, 1, "complex keys");
    assert_refused("x: {? a : b}\n", 1, 5, "complex keys");
    assert_refused("{a: b}: c\n", 1, 1, "a key must be a text, not a map");
    assert_refused("x: {[a]: c}\n", 1, 5, "a key must be a text, not a list");
}

static void tabs_as_indentation_are_refused(void **state)
{
    (void)state;
    assert_refused("a:\n\tb: c\n", 2, 1, "a tab is not allowed as indentation");
    assert_refused("a:\n  \tb: c\n", 2, 3, "use spaces");
    assert_refused("a: {\n\tb: c,\n\td: e}\n", 2, 1, "a tab");
    assert_refused("a:\n\t- b\n", 2, 1, "a tab");
    end(read_well("a:\tb # a tab elsewhere is a blank\n"));
}

static void invalid_utf8_is_refused_at_its_byte(void **state)
{
    (void)state;
    assert_refused("a: ü\nbc: \xFFx\n", 2, 5, "byte 0xFF at offset 10");
    assert_refused("a: \xC3", 1, 4, "invalid UTF-8: byte 0xC3 at offset 3");
    assert_refused("\xFF\xFE"
                   "a",
                   1, 1, "UTF-16");
}

static void characters_that_nobody_sees_are_refused(void **state)
{
    (void)state;
    assert_refused_bytes("a: b\0c\n", 7, 1, 5, "NUL");
    assert_refused("a: b\x1B[0m\n", 1, 5, "U+001B");
    assert_refused("a: b\x7F\n", 1, 5, "U+007F");
    assert_refused("a: \xC2\x85\n", 1, 4, "U+0085");
    assert_refused("a: b\xE2\x80\xA8\n", 1, 5, "U+2028");
    assert_refused("a: b\n\xEF\xBB\xBF"
                   "b: c\n",
                   2, 1, "U+FEFF");
    assert_refused("a: \xEF\xBF\xBF\n", 1, 4, "U+FFFF");
}

static void an_empty_file_is_refused(void **state)
{
    (void)state;
    assert_refused("", 1, 1, "the file is empty");
    assert_refused("\n# only words\n", 1, 1, "the file is empty");
    assert_refused("---\n", 1, 1, "the file is empty");
    assert_refused("\xEF\xBB\xBF", 1, 1, "the file is empty");
}

static void a_root_that_is_no_map_is_refused(void **state)
{
    (void)state;
    assert_refused("- a\n- b\n", 1, 1, "found a list");
    assert_refused("\n  words\n", 2, 3, "found a text");
}

/* ---- limits ---------------------------------------------------------------------- */

static void too_many_bytes_name_the_limit_and_its_option(void **state)
{
    (void)state;
    truce_limits limits = {.bytes = 4};
    reading r = read_bytes("a: bc", 5, &limits);
    assert_null(r.tree);
    assert_said(r.said, 1, 1, "the file has 5 bytes, more than 4");
    assert_string_equal(r.said->items[0].hint, "--max-bytes raises the limit");
    end(r);
    r = read_bytes("a: b", 4, &limits);
    assert_non_null(r.tree);
    end(r);
}

static void too_much_depth_names_the_limit_and_its_option(void **state)
{
    (void)state;
    truce_limits limits = {.depth = 3};
    reading r = read_bytes("a: [[b]]", 8, &limits);
    assert_non_null(r.tree);
    end(r);
    r = read_bytes("a: [[[b]]]", 10, &limits);
    assert_null(r.tree);
    assert_said(r.said, 1, 6, "more than 3 maps and lists within each other");
    assert_string_equal(r.said->items[0].hint, "--max-depth raises the limit");
    end(r);
}

static void depth_is_64_unless_told(void **state)
{
    (void)state;
    char text[256] = "a: ";
    memset(text + 3, '[', 64);
    memset(text + 67, ']', 64);
    assert_refused(text, 1, 67, "more than 64");
}

static void too_many_nodes_name_the_limit_and_its_option(void **state)
{
    (void)state;
    truce_limits limits = {.nodes = 3};
    reading r = read_bytes("a: 1\nb: 2\nc: 3\n", 15, &limits);
    assert_null(r.tree);
    assert_said(r.said, 3, 4, "more than 3 maps, lists and texts");
    assert_string_equal(r.said->items[0].hint, "--max-nodes raises the limit");
    end(r);
}

/* One line of two megabytes: anything quadratic would take minutes. */
static void a_long_line_takes_linear_time(void **state)
{
    (void)state;
    char *text = long_list(990000);
    double begun = truce_seconds();
    reading r = read_text(text);
    assert_non_null(r.tree);
    assert_int_equal(node_get(r.tree->root, "a")->count, 990000);
    assert_true(truce_seconds() - begun < 30);
    end(r);
    free(text);
}

/* Every entry of a long line is a mistake; only 20 are kept, and none costs the line.
 */
static void many_mistakes_in_a_long_line_take_linear_time(void **state)
{
    (void)state;
    size_t count = 200000;
    char *text = malloc(6 * count + 16), *at = text + sprintf(text, "a: {b: 1");
    for (size_t i = 0; i < count; i++)
        at += sprintf(at, ",b: 1");
    strcpy(at, "}");
    double begun = truce_seconds();
    reading r = read_text(text);
    assert_int_equal(r.said->errors, count);
    assert_int_equal(r.said->count, 20);
    assert_true(truce_seconds() - begun < 30);
    end(r);
    free(text);
}

/* ---- slips of people ------------------------------------------------------------- */

static void an_unquoted_condition_in_a_flow_map_gets_its_own_sentence(void **state)
{
    (void)state;
    assert_refused("l1: {by: UA, if: nato in {a, b}, then: x}\n", 1, 18,
                   "a condition with braces or commas");
    assert_refused("l1: {by: UA, if: nato in {a, b} and c, then: x}\n", 1, 18,
                   "write \"nato in {a, b} and c\"");
    assert_refused("consent: [x, nato in {a, b}]\n", 1, 14, "must stand in quotes");
    assert_refused("l1: {if: x = a, b}\n", 1, 17, "stands here without a value");
}

/* libyaml counts a line more where a file ends within one: b has a value there. */
static void a_file_that_ends_within_a_line_has_no_line_more(void **state)
{
    (void)state;
    assert_refused("a: {b", 1, 4, "not closed");
}

static void a_missing_colon_is_told(void **state)
{
    (void)state;
    assert_refused("a: {b [1]}\n", 1, 7, "expected ':'");
    assert_refused("a: 1\nfoo\nb: 2\n", 2, 1, "a key needs ':'");
    assert_refused("foo\nbar: 1\n", 1, 1, "a key needs ':'");
    assert_refused(": b\n", 1, 1, "a key is missing before ':'");
    assert_refused("a: {: b}\n", 1, 5, "a key is missing before ':'");
}

static void a_bracket_left_open_is_pointed_at(void **state)
{
    (void)state;
    assert_refused("P:\n  A: {name: x, role: y\n  B: {name: z}\n", 2, 6,
                   "'{' opened here");
    assert_refused("P:\n  A: {l: [a, b]\n  B: {name: z}\n", 2, 6, "'{' opened here");
    assert_refused("a: [1, 2\n", 1, 4, "'[' opened here");
    assert_refused("a: {b: [1, 2}\n", 1, 13, "found '}' where ']'");
    assert_refused("a: b}\n}\n", 2, 1, "this '}' closes nothing");
}

static void a_missing_comma_is_told_where_it_belongs(void **state)
{
    (void)state;
    assert_refused("a: {\n  b: 8\n  c: 9\n}\n", 2, 7, "a comma is missing");
    assert_refused("a: {\n  b: [8]\n  c: 9\n}\n", 2, 9, "a comma is missing");
    assert_refused("a: {from: 1 to: 2}\n", 1, 15, "a comma between two entries");
    assert_refused("a: [[1] [2]]\n", 1, 9, "expected ',' or ']'");
}

static void a_quote_left_open_is_pointed_at(void **state)
{
    (void)state;
    assert_refused("a: 1\nb: \"x\nc: d\n", 2, 4, "the quote opened here");
    assert_refused("a: 'x\n---\n", 1, 4, "the quote opened here");
}

static void a_text_after_a_closing_quote_is_told(void **state)
{
    (void)state;
    assert_refused("a: \"x\" and y\nb: c\n", 1, 8, "after its closing quote");
    assert_refused("a: {b: 'x' and y}\n", 1, 12, "after its closing quote");
}

static void a_colon_within_a_text_is_told(void **state)
{
    (void)state;
    assert_refused("title: a: b\n", 1, 9, "put the text in quotes");
    assert_refused("x: {title: a: b}\n", 1, 13, "a text with a colon in quotes");
}

static void wrong_indentation_is_told(void **state)
{
    (void)state;
    assert_refused("a: x\n  b: y\n", 2, 3, "indented deeper");
    assert_refused("a:\n    b: y\n  c: z\n", 3, 3, "its entries stand in column 1");
    assert_refused("  a: 1\nb: 2\n", 2, 1, "outside the map");
}

static void letters_that_begin_no_text_are_told(void **state)
{
    (void)state;
    assert_refused("a: @x\n", 1, 4, "a text cannot begin with '@'");
    assert_refused("a: [`x]\n", 1, 5, "a text cannot begin with '`'");
    assert_refused("a: %x\n", 1, 4, "directives");
}

static void other_slips_have_their_sentences(void **state)
{
    (void)state;
    assert_refused("a: > 3\n", 1, 6, "a text after | or >");
    assert_refused("a: \"\\q\"\n", 1, 5, "unknown escape");
    assert_refused("a: \"\\u00zz\"\n", 1, 7, "hexadecimal");
    assert_refused("a: - b\n", 1, 4, "a list cannot begin here");
    assert_refused("a: [b, , c]\n", 1, 8, "a value is missing");
}

static void the_source_line_comes_along(void **state)
{
    (void)state;
    reading r = read_text("a: 1\r\nb: &x y\r\n");
    assert_string_equal(r.said->items[0].source, "b: &x y");
    end(r);
}

/* ---- set ------------------------------------------------------------------------- */

static const char settable[] =
    "parties: {UA: {name: U}, RU: {name: R}, TR: {name: T}}\n"
    "issues:\n"
    "  x: {values: [none, v.1, v.1.2]}\n"
    "  price: {from: 0, to: 10, step: 2.5}\n"
    "preferences:\n"
    "  UA:\n"
    "    weights: {x: 8}\n"
    "    worth: {x: [0, 70, 100], price: [0, 25, {low: 1, mode: 50, high: 60}, 75, "
    "100]}\n"
    "    outside: {worth: 52, low: 46, high: 58}\n"
    "  RU:\n"
    "    outside: {worth: {low: 1, mode: 2, high: 3}}\n"
    "demands:\n"
    "  d.1: {by: UA, wants: x}\n";

static const char *text_at(reading r, const char *party, const char *one,
                           const char *two)
{
    const node *at = node_get(node_get(r.tree->root, "preferences"), party);
    at = node_get(node_get(at, one), two);
    return at ? at->text : NULL;
}

static void a_number_is_set_by_its_path(void **state)
{
    (void)state;
    reading r = read_well(settable);
    assert_true(document_set(r.tree, "preferences.UA.outside.worth=48"));
    assert_string_equal(text_at(r, "UA", "outside", "worth"), "48");
    assert_true(document_set(r.tree, " UA.outside.worth = 47"));
    assert_string_equal(text_at(r, "UA", "outside", "worth"), "47");
    end(r);
}

static void a_range_is_set_at_its_mode(void **state)
{
    (void)state;
    reading r = read_well(settable);
    assert_true(document_set(r.tree, "RU.outside.worth=2.5"));
    const node *floor = node_get(node_get(r.tree->root, "preferences"), "RU");
    const node *range = node_get(node_get(floor, "outside"), "worth");
    assert_string_equal(node_get(range, "mode")->text, "2.5");
    assert_true(document_set(r.tree, "UA.outside=49"));
    assert_string_equal(text_at(r, "UA", "outside", "worth"), "49");
    end(r);
}

static void a_range_reaches_as_far_as_what_is_set(void **state)
{
    (void)state;
    reading r = read_well(settable);
    assert_true(document_set(r.tree, "UA.outside.worth=70"));
    assert_string_equal(text_at(r, "UA", "outside", "low"), "46");
    assert_string_equal(text_at(r, "UA", "outside", "high"), "70");
    assert_true(document_set(r.tree, "UA.outside=-3"));
    assert_string_equal(text_at(r, "UA", "outside", "low"), "-3");
    assert_true(document_set(r.tree, "RU.outside.worth=0.5"));
    const node *party = node_get(node_get(r.tree->root, "preferences"), "RU");
    const node *range = node_get(node_get(party, "outside"), "worth");
    assert_string_equal(node_get(range, "low")->text, "0.5");
    assert_string_equal(node_get(range, "high")->text, "3");
    end(r);
}

static const node *worths(reading r, const char *issue)
{
    const node *party = node_get(node_get(r.tree->root, "preferences"), "UA");
    return node_get(node_get(party, "worth"), issue);
}

static void worth_lists_take_names_of_values_and_numbers(void **state)
{
    (void)state;
    reading r = read_well(settable);
    assert_true(document_set(r.tree, "UA.worth.x.none=5"));
    assert_true(document_set(r.tree, "UA.worth.x.v.1=6"));
    assert_true(document_set(r.tree, "UA.worth.x.v.1.2=7"));
    assert_string_equal(worths(r, "x")->items[0]->text, "5");
    assert_string_equal(worths(r, "x")->items[1]->text, "6");
    assert_string_equal(worths(r, "x")->items[2]->text, "7");
    assert_true(document_set(r.tree, "UA.worth.x.3=8"));
    assert_string_equal(worths(r, "x")->items[2]->text, "8");
    end(r);
}

static void worth_lists_of_numeric_issues_take_their_numbers(void **state)
{
    (void)state;
    reading r = read_well(settable);
    assert_true(document_set(r.tree, "UA.worth.price.2.5=26"));
    assert_true(document_set(r.tree, "UA.worth.price.5=51"));
    assert_string_equal(worths(r, "price")->items[1]->text, "26");
    assert_string_equal(node_get(worths(r, "price")->items[2], "mode")->text, "51");
    end(r);
}

static void keys_with_dots_are_found(void **state)
{
    (void)state;
    reading r = read_well(settable);
    assert_true(document_set(r.tree, "demands.d.1.wants=not x"));
    const node *demand = node_get(node_get(r.tree->root, "demands"), "d.1");
    assert_string_equal(node_get(demand, "wants")->text, "not x");
    end(r);
}

static void preferences_take_keys_that_the_file_leaves_out(void **state)
{
    (void)state;
    reading r = read_well(settable);
    assert_true(document_set(r.tree, "UA.weights.price=4"));
    assert_true(document_set(r.tree, "UA.outside.per-30-days=-3"));
    assert_true(document_set(r.tree, "TR.outside.worth=20"));
    assert_true(document_set(r.tree, "RU.weights.x=9"));
    assert_string_equal(text_at(r, "UA", "weights", "price"), "4");
    assert_string_equal(text_at(r, "UA", "weights", "x"), "8");
    assert_string_equal(text_at(r, "UA", "outside", "per-30-days"), "-3");
    assert_string_equal(text_at(r, "TR", "outside", "worth"), "20");
    assert_string_equal(text_at(r, "RU", "weights", "x"), "9");
    end(r);
}

static void what_is_set_has_its_place_in_the_setting(void **state)
{
    (void)state;
    reading r = read_well(settable);
    document_set(r.tree, "UA.weights.x=1");
    document_set(r.tree, "UA.outside.worth=abc");
    const node *party = node_get(node_get(r.tree->root, "preferences"), "UA");
    const node *text = node_get(node_get(party, "outside"), "worth");
    assert_string_equal(text->place.file, "--set");
    assert_at(text->place, 1, 18);
    document_error(r.tree, text->place, text->width, NULL, "expected a number");
    assert_string_equal(r.said->items[0].source, "UA.outside.worth=abc");
    assert_int_equal(r.said->items[0].width, 3);
    end(r);
}

static void assert_not_set(const char *setting, uint32_t column, const char *words)
{
    reading r = read_well(settable);
    assert_false(document_set(r.tree, setting));
    assert_said(r.said, 1, column, words);
    assert_string_equal(r.said->items[0].place.file, "--set");
    assert_string_equal(r.said->items[0].source, setting);
    end(r);
}

static void a_path_that_leads_nowhere_is_told_with_the_nearest_key(void **state)
{
    (void)state;
    assert_not_set("UX.outside.worth=48", 1, "did you mean \"UA\"?");
    assert_not_set("preferences.UA.outsid.worth=48", 16, "did you mean \"outside\"?");
    assert_not_set("issues.x.valus=48", 10, "did you mean \"values\"?");
    assert_not_set("demnads.d.1.wants=x", 1, "did you mean \"demands\"?");
    assert_not_set("UA.worth.x.4=48", 12, "the list has no item \"4\"");
    assert_not_set("UA.worth.x.0=48", 12, "the list has no item");
    assert_not_set("UA.weights.x.y=48", 14, "a text has nothing within it");
    assert_not_set("TR.threats.x=48", 4, "unknown name");
}

static void a_setting_without_shape_is_told(void **state)
{
    (void)state;
    assert_not_set("UA.outside.worth", 17, "expected '='");
    assert_not_set("UA.outside.worth=", 18, "expected a value");
    assert_not_set("=48", 1, "expected a path");
    assert_not_set("UA.weights=48", 1, "name one of its keys");
    assert_not_set("UA.worth.x=48", 1, "name one of its items");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(block_and_flow_give_the_same_tree),
        cmocka_unit_test(every_scalar_stays_a_text),
        cmocka_unit_test(keys_and_values_know_their_places),
        cmocka_unit_test(columns_count_characters_not_bytes),
        cmocka_unit_test(a_byte_order_mark_takes_no_column),
        cmocka_unit_test(lines_may_end_in_the_ways_of_all_systems),
        cmocka_unit_test(places_within_a_quoted_text_are_exact),
        cmocka_unit_test(places_within_a_folded_text_are_found_in_its_line),
        cmocka_unit_test(a_place_behind_an_escape_is_that_of_the_text),
        cmocka_unit_test(an_empty_value_is_an_empty_text),
        cmocka_unit_test(comments_and_one_document_start_are_fine),
        cmocka_unit_test(a_block_condition_may_hold_braces),
        cmocka_unit_test(anchors_are_refused),
        cmocka_unit_test(aliases_are_refused),
        cmocka_unit_test(tags_are_refused),
        cmocka_unit_test(merge_keys_are_refused_and_left_out),
        cmocka_unit_test(directives_are_refused),
        cmocka_unit_test(a_second_document_is_refused),
        cmocka_unit_test(a_key_given_twice_points_to_the_first),
        cmocka_unit_test(complex_keys_are_refused),
        cmocka_unit_test(tabs_as_indentation_are_refused),
        cmocka_unit_test(invalid_utf8_is_refused_at_its_byte),
        cmocka_unit_test(characters_that_nobody_sees_are_refused),
        cmocka_unit_test(an_empty_file_is_refused),
        cmocka_unit_test(a_root_that_is_no_map_is_refused),
        cmocka_unit_test(too_many_bytes_name_the_limit_and_its_option),
        cmocka_unit_test(too_much_depth_names_the_limit_and_its_option),
        cmocka_unit_test(depth_is_64_unless_told),
        cmocka_unit_test(too_many_nodes_name_the_limit_and_its_option),
        cmocka_unit_test(a_long_line_takes_linear_time),
        cmocka_unit_test(many_mistakes_in_a_long_line_take_linear_time),
        cmocka_unit_test(an_unquoted_condition_in_a_flow_map_gets_its_own_sentence),
        cmocka_unit_test(a_file_that_ends_within_a_line_has_no_line_more),
        cmocka_unit_test(a_missing_colon_is_told),
        cmocka_unit_test(a_bracket_left_open_is_pointed_at),
        cmocka_unit_test(a_missing_comma_is_told_where_it_belongs),
        cmocka_unit_test(a_quote_left_open_is_pointed_at),
        cmocka_unit_test(a_text_after_a_closing_quote_is_told),
        cmocka_unit_test(a_colon_within_a_text_is_told),
        cmocka_unit_test(wrong_indentation_is_told),
        cmocka_unit_test(letters_that_begin_no_text_are_told),
        cmocka_unit_test(other_slips_have_their_sentences),
        cmocka_unit_test(the_source_line_comes_along),
        cmocka_unit_test(a_number_is_set_by_its_path),
        cmocka_unit_test(a_range_is_set_at_its_mode),
        cmocka_unit_test(a_range_reaches_as_far_as_what_is_set),
        cmocka_unit_test(worth_lists_take_names_of_values_and_numbers),
        cmocka_unit_test(worth_lists_of_numeric_issues_take_their_numbers),
        cmocka_unit_test(keys_with_dots_are_found),
        cmocka_unit_test(preferences_take_keys_that_the_file_leaves_out),
        cmocka_unit_test(what_is_set_has_its_place_in_the_setting),
        cmocka_unit_test(a_path_that_leads_nowhere_is_told_with_the_nearest_key),
        cmocka_unit_test(a_setting_without_shape_is_told),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
