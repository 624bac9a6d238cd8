/* Tables and paragraphs: what fits, what is wrapped where, in any alphabet. */
#include "base/text.h"
#include "report/table.h"
#include "report/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A page that is written into memory. */
typedef struct sheet {
    char *text;
    size_t length;
    page to;
} sheet;

static void begin(sheet *s, unsigned width)
{
    *s = (sheet){0};
    FILE *out = open_memstream(&s->text, &s->length);
    s->to = page_begin(out, &(truce_style){.width = width});
}

static void end(sheet *s)
{
    fclose(s->to.out);
    page_end(&s->to);
}

static void expect(sheet *s, const char *text)
{
    end(s);
    assert_string_equal(s->text, text);
    free(s->text);
}

static size_t widest_line(const char *text)
{
    size_t widest = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        size_t width = text_width(text, length);
        widest = width > widest ? width : widest;
        text += length + (text[length] == '\n');
    }
    return widest;
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 80);
    table rows = table_begin(&s.to.memory);
    table_column(&rows, TABLE_NAME, "Party");
    table_column(&rows, TABLE_NUMBER, "Gain");
    table_row(&rows);
    table_cell(&rows, "Ukraine");
    table_cell(&rows, "+5.6");
    table_row(&rows);
    table_cell(&rows, "US");
    table_cell(&rows, "-12.25");
    table_print(&rows, &s.to, 2);
    expect(&s, "  Party      Gain\n"
               "  Ukraine    +5.6\n"
               "  US       -12.25\n");
}

/* Turkish i-dots, Cyrillic, a combining accent (no column) and wide characters (two).
 */
static void letters_of_any_alphabet_line_up(void **state)
{
    (void)state;
    static const char *const names[] = {"Türkiye", "İstanbul", "Україна", "Cafe\u0301",
                                        "中国"};
    sheet s;
    begin(&s, 80);
    table rows = table_begin(&s.to.memory);
    table_column(&rows, TABLE_NAME, "Name");
    table_column(&rows, TABLE_NAME, "x");
    for (size_t i = 0; i < 5; i++) {
        table_row(&rows);
        table_cell(&rows, "%s", names[i]);
        table_cell(&rows, "|");
    }
    table_print(&rows, &s.to, 0);
    expect(&s, "Name      x\n"
               "Türkiye   |\n"
               "İstanbul  |\n"
               "Україна   |\n"
               "Cafe\u0301      |\n"
               "中国      |\n");
}

static void text_columns_are_wrapped_when_the_page_is_narrow(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 40);
    table rows = table_begin(&s.to.memory);
    table_column(&rows, TABLE_NAME, "Id");
    table_column(&rows, TABLE_TEXT, "Says");
    table_row(&rows);
    table_cell(&rows, "c-first");
    table_cell(&rows, "a ceasefire of thirty days must come before talks");
    table_print(&rows, &s.to, 0);
    expect(&s, "Id       Says\n"
               "c-first  a ceasefire of thirty days must\n"
               "         come before talks\n");
}

static void a_table_of_too_many_columns_is_printed_in_parts(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 40);
    table rows = table_begin(&s.to.memory);
    table_column(&rows, TABLE_NAME, "Point");
    for (size_t i = 0; i < 12; i++)
        table_column(&rows, TABLE_NUMBER, arena_format(&s.to.memory, "P%zu", i));
    table_row(&rows);
    table_cell(&rows, "Nash");
    for (size_t i = 0; i < 12; i++)
        table_cell(&rows, "%zu.25", i);
    table_print(&rows, &s.to, 0);
    expect(&s, "Point    P0    P1    P2    P3    P4\n"
               "Nash   0.25  1.25  2.25  3.25  4.25\n"
               "\n"
               "Point    P5    P6    P7    P8    P9\n"
               "Nash   5.25  6.25  7.25  8.25  9.25\n"
               "\n"
               "Point    P10    P11\n"
               "Nash   10.25  11.25\n");
}

static void no_line_is_wider_than_the_page(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "short",
        "a-very-long-identifier-without-any-space-in-it-at-all-whatever-it-means",
        "рядок українською мовою, що не вміщується в одну колонку",
        "中国中国中国中国中国中国"};
    for (unsigned width = 40; width <= 90; width += 5) {
        sheet s;
        begin(&s, width);
        table rows = table_begin(&s.to.memory);
        for (size_t c = 0; c < 6; c++)
            table_column(&rows, c % 3, texts[c % 5]);
        for (size_t r = 0; r < 5; r++) {
            table_row(&rows);
            for (size_t c = 0; c < 6; c++)
                table_cell(&rows, "%s",
                           c % 3 == TABLE_NUMBER ? "12.5" : texts[(r + c) % 5]);
        }
        table_print(&rows, &s.to, 0);
        page_item(&s.to, 4, "- ", "%s %s %s", texts[2], texts[3], texts[4]);
        end(&s);
        assert_in_range(widest_line(s.text), 1, width);
        free(s.text);
    }
}

static void items_hang_under_their_mark(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 40);
    page_item(&s.to, 2, "- ",
              "the first line is full at forty columns, the second hangs");
    expect(&s, "  - the first line is full at forty\n"
               "    columns, the second hangs\n");
}

static void no_break_spaces_hold_words_together(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 40);
    page_say(&s.to, 0, "it would be good if by then %s held",
             unbroken(&s.to.memory, "ceasefire >= 30-day"));
    expect(&s, "it would be good if by then\n"
               "ceasefire >= 30-day held\n");
}

/* An escape sequence in a file must not reach the terminal, nor a C1 control. */
static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 80);
    page_say(&s.to, 0,
             "red \033[31m bell \a c1 \xC2\x9B"
             "31m");
    expect(&s, "red  [31m bell   c1 ?31m\n");
}

static void headings_are_bold_only_in_colour(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 80);
    page_heading(&s.to, "Clash");
    s.to.colour = true;
    page_heading(&s.to, "Order");
    expect(&s, "Clash\n\n\033[1mOrder\033[0m\n");
}

static void counts_are_grouped_and_giants_are_rounded(void **state)
{
    (void)state;
    arena memory = {0};
    truce_count small = {.exact = "11664"}, giant = {.exact = "1234567890123456789012"};
    truce_count between = {.low = "5", .high = "1000"};
    assert_string_equal(count_words(&memory, small), "11,664");
    assert_string_equal(count_words(&memory, giant), "about 1.23 x 10^21");
    assert_string_equal(count_words(&memory, between), "between 5 and 1,000");
    arena_free(&memory);
}

static void changes_carry_their_sign(void **state)
{
    (void)state;
    arena memory = {0};
    assert_string_equal(change_words(&memory, 5.6), "+5.6");
    assert_string_equal(change_words(&memory, -3), "-3.0");
    assert_string_equal(change_words(&memory, 0), "0");
    assert_string_equal(change_words(&memory, 0.002), "+0.002");
    arena_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
        cmocka_unit_test(letters_of_any_alphabet_line_up),
        cmocka_unit_test(text_columns_are_wrapped_when_the_page_is_narrow),
        cmocka_unit_test(a_table_of_too_many_columns_is_printed_in_parts),
        cmocka_unit_test(no_line_is_wider_than_the_page),
        cmocka_unit_test(items_hang_under_their_mark),
        cmocka_unit_test(no_break_spaces_hold_words_together),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(headings_are_bold_only_in_colour),
        cmocka_unit_test(counts_are_grouped_and_giants_are_rounded),
        cmocka_unit_test(changes_carry_their_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
