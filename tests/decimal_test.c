/* Decimals: read, compared, added and printed without losing a digit. */
#include "made.h"

#include "base/big.h"
#include "base/decimal.h"
#include "base/random.h"

#include <math.h>

static truce_decimal read_decimal(const char *text)
{
    truce_decimal value = {0};
    assert_int_equal(decimal_read(text, strlen(text), &value), DECIMAL_OK);
    return value;
}

static void assert_reads(const char *text, int64_t digits, int scale)
{
    truce_decimal value = read_decimal(text);
    assert_int_equal(value.digits, digits);
    assert_int_equal(value.scale, scale);
}

static void a_decimal_keeps_its_digits_and_drops_zeros_that_say_nothing(void **state)
{
    (void)state;
    assert_reads("0", 0, 0);
    assert_reads("7.50", 75, 1);
    assert_reads("-0.125", -125, 3);
    assert_reads("+12", 12, 0);
    assert_reads(".5", 5, 1);
    assert_reads("5.", 5, 0);
    assert_reads("100", 100, 0);
    assert_reads("-0.0", 0, 0);
}

static void nine_digits_on_each_side_are_read_exactly(void **state)
{
    (void)state;
    assert_reads("999999999.999999999", 999999999999999999, 9);
    assert_reads("-999999999.999999999", -999999999999999999, 9);
    assert_reads("0.000000001", 1, 9);
}

static void zeros_before_and_after_the_digits_do_not_count(void **state)
{
    (void)state;
    assert_reads("000000000000123", 123, 0);
    assert_reads("1.5000000000000", 15, 1);
}

static void a_tenth_digit_is_too_long(void **state)
{
    (void)state;
    truce_decimal value;
    assert_int_equal(decimal_read("1234567890", 10, &value), DECIMAL_TOO_LONG);
    assert_int_equal(decimal_read("0.1234567891", 12, &value), DECIMAL_TOO_LONG);
}

static void what_is_not_a_plain_decimal_is_no_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",    "+",     ".",   "-.", "1e3", "1.2.3",
                                        "0x1", "1,000", "--1", " 1", "1 ",  "nan",
                                        "inf", "1_000", "٣",   "1-"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        truce_decimal value;
        assert_int_equal(decimal_read(wrong[k], strlen(wrong[k]), &value),
                         DECIMAL_NOT_A_NUMBER);
    }
}

static void only_so_many_bytes_as_were_given_are_read(void **state)
{
    (void)state;
    truce_decimal value;
    assert_int_equal(decimal_read("12x", 2, &value), DECIMAL_OK);
    assert_int_equal(value.digits, 12);
}

static void decimals_compare_by_worth_whatever_their_scale(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare(read_decimal("0.1"), (truce_decimal){100, 3}), 0);
    assert_int_equal(decimal_compare(read_decimal("-2"), read_decimal("0.5")), -1);
    assert_int_equal(
        decimal_compare(read_decimal("999999999"), read_decimal("999999998.999999999")),
        1);
}

/* 0.1 + 0.2 is 0.3, which doubles miss; and 10 - 3 * 2.5 is 2.5. */
static void decimals_add_exactly(void **state)
{
    (void)state;
    assert_int_equal(
        decimal_compare(decimal_add(read_decimal("0.1"), read_decimal("0.2"), 1),
                        read_decimal("0.3")),
        0);
    assert_int_equal(
        decimal_compare(decimal_add(read_decimal("10"), read_decimal("2.5"), -3),
                        read_decimal("2.5")),
        0);
}

static void a_decimal_prints_as_briefly_as_it_can(void **state)
{
    (void)state;
    static const char *const same[] = {"0",     "7.5",         "-3",
                                       "-0.05", "0.000000001", "999999999.999999999"};
    arena memory = {0};
    for (size_t k = 0; k < sizeof same / sizeof *same; k++)
        assert_string_equal(decimal_text(&memory, read_decimal(same[k])), same[k]);
    assert_string_equal(decimal_text(&memory, (truce_decimal){7500, 3}), "7.5");
    arena_free(&memory);
}

static void a_decimal_becomes_the_nearest_double(void **state)
{
    (void)state;
    assert_true(decimal_double(read_decimal("0.1")) == 0.1);
    assert_true(decimal_double(read_decimal("-52.3")) == -52.3);
}

static void other_systems_write_all_digits_of_a_double_and_exponents(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        truce_decimal value;
        decimal_fault fault;
    } cases[] = {
        {"0.21223021916844162", {21223021916844162, 17}, DECIMAL_OK},
        {"-0.19999999999999998", {-19999999999999998, 17}, DECIMAL_OK},
        {"1.0E-4", {1, 4}, DECIMAL_OK},
        {"2.5e+3", {2500, 0}, DECIMAL_OK},
        {"100", {100, 0}, DECIMAL_OK},
        {"0.000", {0, 0}, DECIMAL_OK},
        {"0e400", {0, 0}, DECIMAL_OK},
        {"12.30", {123, 1}, DECIMAL_OK},
        {"123456789012345678", {123456789012345678, 0}, DECIMAL_OK},
        {"1234567890123456789", {0, 0}, DECIMAL_TOO_LONG},
        {"1e18", {0, 0}, DECIMAL_TOO_LONG},
        {"0.0020368593819112433", {20368593819112433, 19}, DECIMAL_OK},
        {"5.551115123125783e-17", {5551115123125783, 32}, DECIMAL_OK},
        {"1e-36", {1, 36}, DECIMAL_OK},
        {"1e-37", {0, 0}, DECIMAL_TOO_LONG},
        {"1e", {0, 0}, DECIMAL_NOT_A_NUMBER},
        {"1e+", {0, 0}, DECIMAL_NOT_A_NUMBER},
        {"e5", {0, 0}, DECIMAL_NOT_A_NUMBER},
        {"1e5.0", {0, 0}, DECIMAL_NOT_A_NUMBER},
        {"NaN", {0, 0}, DECIMAL_NOT_A_NUMBER},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        truce_decimal value = {0};
        decimal_fault fault =
            decimal_read_long(cases[k].text, strlen(cases[k].text), &value);
        assert_int_equal(fault, cases[k].fault);
        if (fault != DECIMAL_OK)
            continue;
        assert_int_equal(value.digits, cases[k].value.digits);
        assert_int_equal(value.scale, cases[k].value.scale);
    }
}

static void far_apart_scales_compare_and_add(void **state)
{
    (void)state;
    arena memory = {0};
    truce_decimal tiny = {-1, 36}, large = {999999999999999999, 0}, near = {1, 17};
    assert_int_equal(decimal_compare(tiny, (truce_decimal){0, 0}), -1);
    assert_int_equal(decimal_compare(tiny, large), -1);
    assert_int_equal(decimal_compare(large, tiny), 1);
    assert_int_equal(decimal_compare((truce_decimal){1, 0}, (truce_decimal){1, 19}), 1);
    assert_int_equal(decimal_compare(near, (truce_decimal){100, 19}), 0);
    assert_int_equal(decimal_compare(decimal_add(large, tiny, 1), large), 0);
    assert_string_equal(decimal_text(&memory, tiny),
                        "-0.000000000000000000000000000000000001");
    assert_true(decimal_double((truce_decimal){25, 20}) == 25e-20);
    arena_free(&memory);
}

static void a_straight_line_is_exact_or_says_that_it_is_not(void **state)
{
    (void)state;
    const struct {
        truce_decimal slope, at, from;
        const char *sum;
        bool exact;
    } cases[] = {
        {{2, 0}, {5, 0}, {1, 0}, "11", true},
        {{-5, 1}, {3, 0}, {15, 1}, "0", true},
        {{25, 2}, {-2, 0}, {1, 1}, "-0.4", true},
        {{4452125771655631, 16}, {12, 0}, {0, 0}, "5.3425509259867572", true},
        {{10101010101010102, 18}, {99, 0}, {0, 0}, "1.0000000000000001", false},
        {{333333333333333333, 18},
         {333333333333333333, 18},
         {0, 0},
         "0.111111111111111111",
         false},
        {{1, 36}, {1, 0}, {1, 0}, "1", false},
        {{1, 36}, {1, 1}, {0, 0}, "0", false},
        {{999999999999999999, 0}, {10, 0}, {0, 0}, "0", false},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        arena memory = {0};
        truce_decimal sum;
        assert_int_equal(decimal_line(cases[c].slope, cases[c].at, cases[c].from, &sum),
                         cases[c].exact);
        assert_string_equal(decimal_text(&memory, sum), cases[c].sum);
        arena_free(&memory);
    }
}

/* How far one / other is from a double, as a fraction. */
static void set_distance(mpq_t distance, wide one, wide other, double from)
{
    mpq_t near;
    mpq_init(near);
    big_set_wide(mpq_numref(distance), one);
    big_set_wide(mpq_denref(distance), other);
    mpq_canonicalize(distance);
    mpq_set_d(near, from);
    mpq_sub(distance, distance, near);
    mpq_abs(distance, distance);
    mpq_clear(near);
}

static void assert_nearest(wide one, wide other)
{
    double got = big_quotient(one, other);
    mpq_t best, neighbour;
    mpq_inits(best, neighbour, NULL);
    set_distance(best, one, other, got);
    for (int up = 0; up < 2; up++) {
        set_distance(neighbour, one, other, nextafter(got, up ? INFINITY : -INFINITY));
        assert_true(mpq_cmp(best, neighbour) <= 0);
    }
    mpq_clears(best, neighbour, NULL);
}

static void a_quotient_becomes_the_nearest_double(void **state)
{
    (void)state;
    assert_true(big_quotient(1, 3) == 1.0 / 3);
    assert_true(big_quotient(-7, 10) == -0.7);
    assert_true(big_quotient(0, 5) == 0);
    random_stream stream = random_begin(1, 1);
    for (int n = 0; n < 20000; n++) {
        int cut[4];
        for (int k = 0; k < 4; k++)
            cut[k] = (int)random_below(&stream, 63);
        wide one = (wide)(random_next(&stream) >> cut[0]);
        wide other = (wide)(random_next(&stream) >> cut[1]) + 1;
        if (n % 2) {
            one = one << 60 | (wide)(random_next(&stream) >> 4);
            other = (other >> 2 << 60) +
                    (wide)(random_next(&stream) >> (4 + cut[3] / 2)) + 1;
        }
        assert_nearest(n % 3 ? one : -one, other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decimal_keeps_its_digits_and_drops_zeros_that_say_nothing),
        cmocka_unit_test(nine_digits_on_each_side_are_read_exactly),
        cmocka_unit_test(zeros_before_and_after_the_digits_do_not_count),
        cmocka_unit_test(a_tenth_digit_is_too_long),
        cmocka_unit_test(what_is_not_a_plain_decimal_is_no_number),
        cmocka_unit_test(only_so_many_bytes_as_were_given_are_read),
        cmocka_unit_test(decimals_compare_by_worth_whatever_their_scale),
        cmocka_unit_test(decimals_add_exactly),
        cmocka_unit_test(a_decimal_prints_as_briefly_as_it_can),
        cmocka_unit_test(a_decimal_becomes_the_nearest_double),
        cmocka_unit_test(a_quotient_becomes_the_nearest_double),
        cmocka_unit_test(other_systems_write_all_digits_of_a_double_and_exponents),
        cmocka_unit_test(far_apart_scales_compare_and_add),
        cmocka_unit_test(a_straight_line_is_exact_or_says_that_it_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
