/* Rules of an exchange from YAML: what each key becomes, and mistakes with their place. */
#include <truce/truce.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static truce_exchange_wish *rules_of(const char *text)
{
    truce_exchange_wish *wish;
    truce_diagnostics *said = truce_diagnostics_new();
    if (truce_rules_parse("r", text, strlen(text), &wish, said) != TRUCE_OK)
        fail_msg("%s", said->items[0].message);
    truce_diagnostics_free(said);
    return wish;
}

static void refuses(const char *text, unsigned line, const char *words)
{
    truce_exchange_wish *wish;
    truce_diagnostics *said = truce_diagnostics_new();
    assert_int_equal(truce_rules_parse("r", text, strlen(text), &wish, said),
                     TRUCE_INPUT);
    assert_null(wish);
    assert_int_equal(said->items[0].place.line, line);
    if (strstr(said->items[0].message, words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, said->items[0].message);
    truce_diagnostics_free(said);
}

static void rules_that_say_nothing_wish_for_all(void **state)
{
    (void)state;
    truce_exchange_wish *wish = rules_of("truce-exchange: 1\n");
    assert_int_equal(wish->mode, TRUCE_EXCHANGE_ALL);
    assert_false(wish->owed_inside);
    assert_false(wish->pairs);
    assert_int_equal(wish->stage_count, 0);
    assert_int_equal(wish->from, TRUCE_NO_DAY);
    truce_wish_free(wish);
}

static void one_number_is_for_both_sides(void **state)
{
    (void)state;
    truce_exchange_wish *wish = rules_of("n: 1000\nowed: inside\npairs: yes\n");
    assert_int_equal(wish->mode, TRUCE_EXCHANGE_NUMBER);
    assert_int_equal(wish->numbers[0], 1000);
    assert_int_equal(wish->numbers[1], 1000);
    assert_true(wish->owed_inside);
    assert_true(wish->pairs);
    truce_wish_free(wish);
}

static void numbers_go_by_the_names_of_the_sides(void **state)
{
    (void)state;
    truce_exchange_wish *wish = rules_of("n: {UA: 900, RU: 1000}\nsides: [RU, UA]\n");
    assert_int_equal(wish->numbers[0], 1000);
    assert_int_equal(wish->numbers[1], 900);
    truce_wish_free(wish);
}

static void a_quota_without_side_or_most_is_for_each_and_without_limit(void **state)
{
    (void)state;
    truce_exchange_wish *wish = rules_of("quotas:\n  - {class: medic, least: 10}\n");
    assert_int_equal(wish->mode, TRUCE_EXCHANGE_QUOTA);
    assert_int_equal(wish->quota_count, 1);
    assert_int_equal(wish->quotas[0].side, -1);
    assert_int_equal(wish->quotas[0].least, 10);
    assert_true(wish->quotas[0].most == UINT64_MAX);
    assert_int_equal(wish->quotas[0].place.line, 2);
    truce_wish_free(wish);
}

static void stages_are_a_number_or_days_or_dates(void **state)
{
    (void)state;
    truce_exchange_wish *wish = rules_of("stages: 10\n");
    assert_int_equal(wish->stage_count, 10);
    assert_null(wish->stage_days);
    truce_wish_free(wish);
    wish = rules_of("stages: [1, 3, 5]\n");
    assert_int_equal(wish->stage_days[2], 5);
    assert_false(wish->days_are_dates);
    truce_wish_free(wish);
    wish = rules_of("stages: [1970-01-02, 1970-01-05]\n");
    assert_int_equal(wish->stage_days[1], 4);
    assert_true(wish->days_are_dates);
    truce_wish_free(wish);
}

static void mistakes_have_their_line(void **state)
{
    (void)state;
    refuses("", 1, "empty");
    refuses("[1]\n", 1, "map");
    refuses("truce-exchange: 7\n", 1, "version 1");
    refuses("n: 5\nstagse: 3\n", 2, "stagse");
    refuses("mode: al\n", 1, "\"al\"");
    refuses("mode: tariff\n", 1, "needs \"tariff\"");
    refuses("n: -1\n", 1, "whole number");
    refuses("ratio: 3\n", 1, "3:2");
    refuses("ratio: 3:0\n", 1, "3:2");
    refuses("sides: [A, A]\n", 1, "both sides");
    refuses("n: {A: 1}\n", 1, "no names");
    refuses("quotas: [{class: m, least: 2, most: 1}]\n", 1, "cannot both be");
    refuses("stages: [3, 1]\n", 1, "later day");
    refuses("stages: 0\n", 1, "stages");
    refuses("stages: [1]\ncapacity: [{day: 2025-05-23, most: 1}]\n", 2, "numbers");
    refuses("from: 2025-02-30\n", 1, "date");
    refuses("lists: [A.csv]\n", 1, "two lists");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_that_say_nothing_wish_for_all),
        cmocka_unit_test(one_number_is_for_both_sides),
        cmocka_unit_test(numbers_go_by_the_names_of_the_sides),
        cmocka_unit_test(a_quota_without_side_or_most_is_for_each_and_without_limit),
        cmocka_unit_test(stages_are_a_number_or_days_or_dates),
        cmocka_unit_test(mistakes_have_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
