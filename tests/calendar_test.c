/* Local times, days and durations where clocks change. */
#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_instant(const char *text, const char *in, const char *utc)
{
    truce_instant instant;
    char written[32];
    if (!truce_instant_read(text, in, &instant))
        fail_msg("%s is no instant", text);
    truce_instant_write(instant, NULL, written);
    assert_string_equal(written, utc);
}

static void assert_after(const char *from, const char *later, const char *in,
                         const char *utc)
{
    truce_instant instant;
    truce_duration duration;
    char written[32];
    zone *of = zone_open(in);
    assert_true(truce_instant_read(from, in, &instant));
    assert_true(duration_read(later, &duration));
    truce_instant_write(duration_after(of, instant, duration), NULL, written);
    assert_string_equal(written, utc);
    zone_close(of);
}

static void dates_begin_at_local_midnight(void **state)
{
    (void)state;
    assert_instant("2025-05-16", NULL, "2025-05-16T00:00:00Z");
    assert_instant("2025-05-16", "Europe/Istanbul", "2025-05-15T21:00:00Z");
    assert_instant("2025-05-16T12:00:30+03:00", "Asia/Tokyo", "2025-05-16T09:00:30Z");
}

/* Berlin, 30 March 2025: 02:00 to 03:00 is not there. */
static void a_time_that_clocks_pass_over_is_the_change(void **state)
{
    (void)state;
    assert_instant("2025-03-30T02:30", "Europe/Berlin", "2025-03-30T01:00:00Z");
}

/* Berlin, 26 October 2025: 02:00 to 03:00 comes twice. */
static void a_time_that_comes_twice_is_the_first(void **state)
{
    (void)state;
    assert_instant("2025-10-26T02:30", "Europe/Berlin", "2025-10-26T00:30:00Z");
}

static void days_keep_the_time_of_day(void **state)
{
    (void)state;
    assert_after("2025-03-29T12:00", "3d", "Europe/Berlin", "2025-04-01T10:00:00Z");
    assert_after("2025-03-29T12:00", "72h", "Europe/Berlin", "2025-04-01T11:00:00Z");
}

/* By the rule behind the table. */
static void years_far_ahead_have_summer_time(void **state)
{
    (void)state;
    assert_instant("2300-07-01T12:00", "Europe/Berlin", "2300-07-01T10:00:00Z");
    assert_instant("2300-01-01T12:00", "Europe/Berlin", "2300-01-01T11:00:00Z");
}

/* Samoa had no 30 December 2011: it begins when the 31st does. */
static void a_day_that_a_zone_skipped_is_empty(void **state)
{
    (void)state;
    zone *apia = zone_open("Pacific/Apia");
    int64_t day = civil_day((civil){2011, 12, 30});
    assert_true(zone_midnight(apia, day) == zone_midnight(apia, day + 1));
    assert_true(zone_day(apia, zone_midnight(apia, day)) == day + 1);
    zone_close(apia);
}

static void days_and_dates_are_inverse(void **state)
{
    (void)state;
    for (int64_t day = -719162; day < 2932897; day += 97) {
        civil date = civil_of(day);
        assert_true(civil_day(date) == day);
        assert_in_range(date.day, 1, civil_month_days(date.year, date.month));
    }
}

static void what_is_no_instant_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2025",
        "2025-13-01",
        "2025-02-29",
        "2025-05-16T",
        "2025-05-16T24:00",
        "2025-05-16T12:60",
        "2025-05-16T12:00Zx",
        "0000-01-01",
        "2025-05-16 ",
    };
    truce_instant instant;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (truce_instant_read(wrong[i], NULL, &instant))
            fail_msg("\"%s\" was taken for an instant", wrong[i]);
}

static void what_is_no_duration_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",    "d",   "3",    "3w",
                                        "-3d", "3d ", "3.5d", "99999999999999999999d"};
    truce_duration duration;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (duration_read(wrong[i], &duration))
            fail_msg("\"%s\" was taken for a duration", wrong[i]);
}

static void an_unknown_zone_is_refused_with_the_nearest(void **state)
{
    (void)state;
    arena memory = {0};
    assert_null(zone_open("Europe/Istambul"));
    assert_null(zone_open("../../../etc/passwd"));
    assert_null(zone_open("right/Europe/Berlin"));
    assert_string_equal(zone_nearest(&memory, "Europe/Istambul"), "Europe/Istanbul");
    arena_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_begin_at_local_midnight),
        cmocka_unit_test(a_time_that_clocks_pass_over_is_the_change),
        cmocka_unit_test(a_time_that_comes_twice_is_the_first),
        cmocka_unit_test(days_keep_the_time_of_day),
        cmocka_unit_test(years_far_ahead_have_summer_time),
        cmocka_unit_test(a_day_that_a_zone_skipped_is_empty),
        cmocka_unit_test(days_and_dates_are_inverse),
        cmocka_unit_test(what_is_no_instant_is_refused),
        cmocka_unit_test(what_is_no_duration_is_refused),
        cmocka_unit_test(an_unknown_zone_is_refused_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
