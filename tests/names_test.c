/* Names found, and names that were meant. */
#include "made.h"

#include "base/names.h"

static void assert_meant(const char *written, const char *meant)
{
    static const char *const known[] = {"ceasefire", "sanctions", "summit",
                                        "30-day",    "UA",        "RU"};
    const char *found = names_nearest(written, known, sizeof known / sizeof *known);
    if (meant == NULL)
        assert_null(found);
    else {
        assert_non_null(found);
        assert_string_equal(found, meant);
    }
}

static void a_name_is_found_with_the_number_it_was_added_with(void **state)
{
    (void)state;
    names all = {0};
    assert_true(names_add(&all, "one", 11));
    assert_true(names_add(&all, "two", 22));
    assert_int_equal(names_find(&all, "one"), 11);
    assert_int_equal(names_find(&all, "two"), 22);
    assert_int_equal(names_find(&all, "three"), NAMES_NONE);
    names_free(&all);
}

static void a_name_added_twice_keeps_its_first_number(void **state)
{
    (void)state;
    names all = {0};
    assert_true(names_add(&all, "one", 1));
    assert_false(names_add(&all, "one", 2));
    assert_int_equal(names_find(&all, "one"), 1);
    assert_int_equal(all.count, 1);
    names_free(&all);
}

static void an_empty_map_knows_nothing(void **state)
{
    (void)state;
    names all = {0};
    assert_int_equal(names_find(&all, "one"), NAMES_NONE);
    assert_null(names_nearest_in("one", &all));
    names_free(&all);
}

static void ten_thousand_names_are_all_found_again(void **state)
{
    (void)state;
    enum { COUNT = 10000 };
    static char texts[COUNT][8];
    names all = {0};
    for (size_t k = 0; k < COUNT; k++) {
        snprintf(texts[k], sizeof texts[k], "n%zu", k);
        assert_true(names_add(&all, texts[k], k));
    }
    for (size_t k = 0; k < COUNT; k++)
        assert_int_equal(names_find(&all, texts[k]), k);
    names_free(&all);
}

static void one_letter_wrong_missing_added_or_swapped_is_still_meant(void **state)
{
    (void)state;
    assert_meant("ceasefore", "ceasefire");
    assert_meant("ceasefir", "ceasefire");
    assert_meant("ceaseffire", "ceasefire");
    assert_meant("ecasefire", "ceasefire");
    assert_meant("30day", "30-day");
}

static void case_and_dashes_cost_next_to_nothing(void **state)
{
    (void)state;
    assert_meant("30_day", "30-day");
    assert_meant("SUMMIT", "summit");
    assert_meant("ua", "UA");
}

static void what_is_too_far_from_everything_is_not_guessed(void **state)
{
    (void)state;
    assert_meant("prisoners", NULL);
    assert_meant("x", NULL);
}

/* Both are one letter away; the first letter is seldom wrong. */
static void of_two_equally_near_the_one_that_begins_alike_is_meant(void **state)
{
    (void)state;
    static const char *const known[] = {"bat", "can"};
    assert_string_equal(names_nearest("cat", known, 2), "can");
}

static void a_very_long_name_is_never_guessed_at(void **state)
{
    (void)state;
    char written[200];
    memset(written, 'a', sizeof written);
    written[199] = 0;
    const char *known[] = {written};
    assert_null(names_nearest(written, known, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_found_with_the_number_it_was_added_with),
        cmocka_unit_test(a_name_added_twice_keeps_its_first_number),
        cmocka_unit_test(an_empty_map_knows_nothing),
        cmocka_unit_test(ten_thousand_names_are_all_found_again),
        cmocka_unit_test(one_letter_wrong_missing_added_or_swapped_is_still_meant),
        cmocka_unit_test(case_and_dashes_cost_next_to_nothing),
        cmocka_unit_test(what_is_too_far_from_everything_is_not_guessed),
        cmocka_unit_test(of_two_equally_near_the_one_that_begins_alike_is_meant),
        cmocka_unit_test(a_very_long_name_is_never_guessed_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
