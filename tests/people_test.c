/* Lists of people from CSV: what is read, what is assumed, what is refused and where. All
 * people are made up. */
#include <truce/truce.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#define HEADER "id,holder,home,consent,status\n"
#define ONE_OF_B HEADER "b1,B,A,yes,verified\n"

typedef struct reading {
    truce_lists *lists;
    truce_diagnostics *said;
    truce_status status;
} reading;

static reading read_bytes(const char *first, size_t length, const char *second)
{
    reading made = {.said = truce_diagnostics_new()};
    made.status = truce_lists_parse(
        (const char *const[]){"A.csv", "B.csv"}, (const void *const[]){first, second},
        (const size_t[]){length, strlen(second)}, NULL, &made.lists, made.said);
    return made;
}

static reading read_lists(const char *first, const char *second)
{
    return read_bytes(first, strlen(first), second);
}

static void forget(reading *made)
{
    truce_lists_free(made->lists);
    truce_diagnostics_free(made->said);
}

/* The first thing said is an error with these words, on this line. */
static void refuses_bytes(const char *first, size_t length, unsigned line,
                          const char *words)
{
    reading made = read_bytes(first, length, ONE_OF_B);
    assert_int_equal(made.status, TRUCE_INPUT);
    assert_null(made.lists);
    assert_true(made.said->count > 0);
    assert_int_equal(made.said->items[0].place.line, line);
    if (strstr(made.said->items[0].message, words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, made.said->items[0].message);
    forget(&made);
}

static void refuses(const char *first, unsigned line, const char *words)
{
    refuses_bytes(first, strlen(first), line, words);
}

static void people_stand_in_the_order_of_the_files(void **state)
{
    (void)state;
    reading made = read_lists(HEADER "a2,A,B,yes,verified\na1,A,B,no,dead\n", ONE_OF_B);
    assert_int_equal(made.status, TRUCE_OK);
    assert_int_equal(made.lists->count, 3);
    assert_int_equal(made.lists->first[1], 2);
    assert_string_equal(made.lists->people[0].id, "a2");
    assert_string_equal(made.lists->people[2].id, "b1");
    assert_string_equal(made.lists->names[0], "A");
    assert_true(made.lists->people[0].eligible);
    assert_false(made.lists->people[1].eligible);
    forget(&made);
}

static void what_a_list_does_not_say_is_not_assumed(void **state)
{
    (void)state;
    reading made = read_lists("id,holder,home\na1,A,B\n", ONE_OF_B);
    assert_int_equal(made.status, TRUCE_OK);
    const truce_person *who = &made.lists->people[0];
    assert_int_equal(who->consent, TRUCE_CONSENT_UNKNOWN);
    assert_int_equal(who->status, TRUCE_PERSON_CLAIMED);
    assert_int_equal(who->captured, TRUCE_NO_DAY);
    assert_int_equal(who->worth_home, 1000000);
    assert_false(who->owed);
    assert_false(who->eligible);
    forget(&made);
}

static void the_seriously_sick_are_owed_unless_the_list_says_no(void **state)
{
    (void)state;
    reading made = read_lists("id,holder,home,health,owed\na1,A,B,seriously-sick,\n"
                              "a2,A,B,seriously-sick,no\na3,A,B,fit,yes\n",
                              ONE_OF_B);
    assert_int_equal(made.status, TRUCE_OK);
    assert_true(made.lists->people[0].owed);
    assert_false(made.lists->people[1].owed);
    assert_true(made.lists->people[2].owed);
    forget(&made);
}

static void worth_is_in_millionths(void **state)
{
    (void)state;
    reading made = read_lists("id,holder,home,worth_home,cost_holder\n"
                              "a1,A,B,1.5,0.000001\n",
                              ONE_OF_B);
    assert_int_equal(made.status, TRUCE_OK);
    assert_int_equal(made.lists->people[0].worth_home, 1500000);
    assert_int_equal(made.lists->people[0].cost_holder, 1);
    forget(&made);
}

static void a_quoted_cell_may_have_commas_quotes_and_lines(void **state)
{
    (void)state;
    reading made = read_lists("id,holder,home,class,note\r\n"
                              "a1,A,B,\"one, \"\"two\"\"\",\"x\r\ny\"\r\na2,A,B,,\r\n",
                              ONE_OF_B);
    assert_int_equal(made.status, TRUCE_OK);
    const truce_person *who = made.lists->people;
    assert_string_equal(made.lists->classes.items[who[0].class_index], "one, \"two\"");
    assert_int_equal(who[1].class_index, 0);
    assert_int_equal(who[1].line, 4);
    forget(&made);
}

static void a_header_alone_is_a_list_of_nobody(void **state)
{
    (void)state;
    reading made = read_lists(HEADER, ONE_OF_B);
    assert_int_equal(made.status, TRUCE_OK);
    assert_int_equal(made.lists->first[1], 0);
    assert_string_equal(made.lists->names[0], "A");
    forget(&made);
}

static void a_column_almost_named_right_is_a_warning(void **state)
{
    (void)state;
    reading made = read_lists("id,holder,home,captureed\na1,A,B,x\n", ONE_OF_B);
    assert_int_equal(made.status, TRUCE_OK);
    assert_int_equal(made.said->errors, 0);
    assert_int_equal(made.said->count, 1);
    forget(&made);
}

static void mistakes_have_their_line(void **state)
{
    (void)state;
    refuses("", 1, "empty");
    refuses("id,holder\na1,A\n", 1, "no column \"home\"");
    refuses("id,holder,home,id\na1,A,B,a1\n", 1, "stands twice");
    refuses(HEADER "a1,A,B,yse,verified\n", 2, "unknown consent \"yse\"");
    refuses(HEADER "a1,A,B,yes,verified\na1,A,B,yes,dead\n", 3, "line 2");
    refuses(HEADER "a1,A,B,yes,verified\na2,C,B,yes,dead\n", 3, "holder \"C\"");
    refuses(HEADER "a1,A,B,yes,verified\na2,A,C,yes,dead\n", 3, "home \"C\"");
    refuses(HEADER "a1,A,A,yes,verified\n", 2, "the holder itself");
    refuses(HEADER "a1,A,B,yes\n", 2, "4 cells");
    refuses(HEADER "a1,A,B,yes,verified,more\n", 2, "6 cells");
    refuses("id,holder,home,captured\na1,A,B,2025-02-30\n", 2, "is no day");
    refuses("id,holder,home,captured\na1,A,B,2025-02-28\na2,A,B,3\n", 3, "dates");
    refuses("id,holder,home,ready_from,ready_to\na1,A,B,5,4\n", 2, "before");
    refuses("id,holder,home,worth_home\na1,A,B,-1\n", 2, "number from 0");
    refuses("id,holder,home,worth_home\na1,A,B,0.1234567\n", 2, "six digits");
}

static void one_person_is_not_on_both_lists(void **state)
{
    (void)state;
    reading made = read_lists(HEADER "b1,A,B,yes,verified\n", ONE_OF_B);
    assert_int_equal(made.status, TRUCE_INPUT);
    assert_non_null(strstr(made.said->items[0].message, "on both lists"));
    forget(&made);
}

static void broken_bytes_are_refused(void **state)
{
    static const char nul[] = HEADER "a\0,A,B,yes,verified\n";
    (void)state;
    reading open = read_lists(HEADER "\"a1,A,B,yes,verified\n", ONE_OF_B);
    assert_int_equal(open.status, TRUCE_INPUT);
    forget(&open);
    reading latin = read_lists(HEADER "\xe9,A,B,yes,verified\n", ONE_OF_B);
    assert_int_equal(latin.status, TRUCE_INPUT);
    forget(&latin);
    reading zero = read_bytes(nul, sizeof nul - 1, ONE_OF_B);
    assert_int_equal(zero.status, TRUCE_INPUT);
    forget(&zero);
}

static void reading_goes_on_after_a_bad_row(void **state)
{
    (void)state;
    reading made = read_lists(HEADER "a1,A,B,x,verified\na2,A,B,yes,y\n", ONE_OF_B);
    assert_int_equal(made.status, TRUCE_INPUT);
    assert_int_equal(made.said->errors, 2);
    forget(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_stand_in_the_order_of_the_files),
        cmocka_unit_test(what_a_list_does_not_say_is_not_assumed),
        cmocka_unit_test(the_seriously_sick_are_owed_unless_the_list_says_no),
        cmocka_unit_test(worth_is_in_millionths),
        cmocka_unit_test(a_quoted_cell_may_have_commas_quotes_and_lines),
        cmocka_unit_test(a_header_alone_is_a_list_of_nobody),
        cmocka_unit_test(a_column_almost_named_right_is_a_warning),
        cmocka_unit_test(mistakes_have_their_line),
        cmocka_unit_test(one_person_is_not_on_both_lists),
        cmocka_unit_test(broken_bytes_are_refused),
        cmocka_unit_test(reading_goes_on_after_a_bad_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
