/* A table of the mistakes people make (mistakes.txt): each must be told at its place,
 * in words that help, and without a second error that only follows from the first. */
#include "base/arena.h"

#include <truce/file.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_EXPECTED = 8, MOST_LINES = 64 };

/* A line of the table that begins with ^ below line `line`, in this column. */
typedef struct expectation {
    size_t line, column;
    const char *words;
} expectation;

typedef struct mistake {
    const char *name;
    const char *text; /* the scenario file */
    expectation expected[MOST_EXPECTED];
    size_t expected_count;
    size_t line_count;
} mistake;

typedef struct score {
    size_t mistakes, placed, explained, alone;
} score;

static char *read_table(void)
{
    FILE *file = fopen(TESTS_FOLDER "/mistakes.txt", "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    size_t length = fread(text, 1, (1 << 20) - 1, file);
    assert_in_range(length, 1, (1 << 20) - 2);
    fclose(file);
    return text;
}

static void take_line(arena *memory, mistake *one, const char *line)
{
    size_t column = strspn(line, " ");
    if (line[column] == '^') {
        assert_true(one->expected_count < MOST_EXPECTED);
        size_t below = one->line_count ? one->line_count : 1;
        one->expected[one->expected_count++] =
            (expectation){below, column + 1, line + column + 2};
    } else {
        one->text = arena_format(memory, "%s%s\n", one->text, line);
        one->line_count++;
    }
}

static const char *first_difference(const mistake *one, const truce_diagnostics *found,
                                    score *all)
{
    bool placed = found->errors >= one->expected_count;
    bool explained = placed;
    size_t e = 0;
    for (size_t i = 0; i < found->count && e < one->expected_count; i++) {
        const truce_diagnostic *told = &found->items[i];
        if (told->severity != TRUCE_ERROR)
            continue;
        char whole[2000];
        snprintf(whole, sizeof whole, "%s; %s", told->message,
                 told->hint ? told->hint : "");
        const expectation *expected = &one->expected[e++];
        placed &= told->place.line == expected->line &&
                  told->place.column == expected->column;
        explained &= strstr(whole, expected->words) != NULL;
    }
    bool alone = found->errors == one->expected_count;
    all->mistakes++;
    all->placed += placed;
    all->explained += explained;
    all->alone += alone;
    return !placed      ? "another place"
           : !explained ? "other words"
           : !alone     ? "more errors"
                        : NULL;
}

static void print_difference(const mistake *one, const truce_diagnostics *found,
                             const char *difference)
{
    print_message("%s: %s\n", one->name, difference);
    for (size_t e = 0; e < one->expected_count; e++)
        print_message("  expected %zu:%zu %s\n", one->expected[e].line,
                      one->expected[e].column, one->expected[e].words);
    for (size_t i = 0; i < found->count; i++)
        print_message("  found %u:%u %s; %s\n", found->items[i].place.line,
                      found->items[i].place.column, found->items[i].message,
                      found->items[i].hint ? found->items[i].hint : "");
}

static void try_mistake(const mistake *one, score *all)
{
    truce_diagnostics *found = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_status status = truce_scenario_parse(
        "mistake.yaml", one->text, strlen(one->text), NULL, &scenario, found);
    if (status != TRUCE_INPUT || scenario != NULL)
        fail_msg("%s: read as if it were right", one->name);
    const char *difference = first_difference(one, found, all);
    if (difference)
        print_difference(one, found, difference);
    truce_diagnostics_free(found);
}

static void ninety_five_in_a_hundred_mistakes_are_told_at_their_place(void **state)
{
    (void)state;
    arena memory = {0};
    char *table = read_table(), *rest = NULL;
    mistake head = {.text = ""}, one = {0};
    score all = {0};
    bool in_head = false;
    for (char *line = strtok_r(table, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        if (strncmp(line, "==", 2) != 0) {
            if (in_head || one.name)
                take_line(&memory, in_head ? &head : &one, line);
            continue;
        }
        if (one.name)
            try_mistake(&one, &all);
        bool whole = line[2] == '=';
        in_head = strcmp(line, "== head") == 0;
        one = (mistake){.name = in_head ? NULL : line + (whole ? 4 : 3)};
        one.text = whole ? "" : head.text;
        one.line_count = whole ? 0 : head.line_count;
    }
    try_mistake(&one, &all);
    print_message(
        "%zu kinds of mistake: %zu at the right place, %zu in the right words, "
        "%zu without a second error\n",
        all.mistakes, all.placed, all.explained, all.alone);
    assert_true(all.mistakes >= 100);
    assert_true(all.placed * 100 >= all.mistakes * 95);
    assert_true(all.explained * 100 >= all.mistakes * 95);
    assert_true(all.alone * 100 >= all.mistakes * 95);
    arena_free(&memory);
    free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ninety_five_in_a_hundred_mistakes_are_told_at_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
