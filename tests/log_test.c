/* Lines of a log: what they give, and where they are wrong. */
#include <truce/track.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "\"recorded\":\"2025-06-01T10:00:00Z\",\"by\":\"UA\""

typedef struct reading {
    truce_log *log;
    truce_diagnostics *said;
} reading;

static reading begin(const char *text)
{
    reading r = {.said = truce_diagnostics_new()};
    assert_int_equal(truce_log_parse("l", text, strlen(text), NULL, &r.log, r.said),
                     TRUCE_OK);
    return r;
}

static void end(reading r)
{
    truce_log_close(r.log);
    truce_diagnostics_free(r.said);
}

static void assert_wrong(const char *text, unsigned line, unsigned column,
                         const char *words)
{
    reading r = begin(text);
    while (truce_log_next(r.log, r.said))
        ;
    assert_true(r.said->errors > 0);
    const truce_diagnostic *first = &r.said->items[0];
    if (first->place.line != line || first->place.column != column ||
        !strstr(first->message, words))
        fail_msg("%s: %u:%u %s", text, first->place.line, first->place.column,
                 first->message);
    end(r);
}

static void a_line_without_occurred_occurred_when_recorded(void **state)
{
    (void)state;
    reading r = begin("{\"kind\":\"act\",\"id\":\"a\",\"type\":\"x\"," HEAD "}\n");
    const truce_log_line *line = truce_log_next(r.log, r.said);
    assert_non_null(line);
    assert_true(line->from == line->recorded && line->to == line->from + 1);
    assert_int_equal(line->count, 1);
    assert_int_equal(line->severity, -1);
    assert_null(truce_log_next(r.log, r.said));
    end(r);
}

static void a_correction_gives_only_what_it_changes(void **state)
{
    (void)state;
    reading r =
        begin("{\"kind\":\"act\",\"id\":\"a\",\"type\":\"x\"," HEAD "}\n"
              "{\"kind\":\"correction\",\"id\":\"b\",\"corrects\":\"a\"," HEAD "}\n");
    truce_log_next(r.log, r.said);
    const truce_log_line *line = truce_log_next(r.log, r.said);
    assert_true(line->from == TRUCE_NO_INSTANT);
    assert_int_equal(line->count, 0);
    assert_int_equal(r.said->count, 0);
    end(r);
}

static void a_torn_last_line_is_told_and_passed_over(void **state)
{
    (void)state;
    reading r =
        begin("{\"kind\":\"act\",\"id\":\"a\",\"type\":\"x\"," HEAD "}\n{\"kin");
    assert_non_null(truce_log_next(r.log, r.said));
    assert_null(truce_log_next(r.log, r.said));
    assert_int_equal(truce_log_torn(r.log), 5);
    assert_int_equal(r.said->errors, 0);
    assert_int_equal(r.said->warnings, 1);
    end(r);
}

static void every_pass_sees_the_same_lines(void **state)
{
    (void)state;
    reading r =
        begin("{\"kind\":\"act\",\"id\":\"a\",\"type\":\"\\u00fc\"," HEAD "}\n");
    for (int pass = 0; pass < 3; pass++) {
        const truce_log_line *line = truce_log_next(r.log, r.said);
        assert_string_equal(line->type, "\xC3\xBC");
        assert_null(truce_log_next(r.log, r.said));
        truce_log_rewind(r.log);
    }
    end(r);
}

static void mistakes_have_their_places(void **state)
{
    (void)state;
    assert_wrong("{\"kind\":\"reprt\",\"id\":\"a\",\"type\":\"x\"," HEAD "}\n", 1, 9,
                 "must be report");
    assert_wrong("\n{\"kind\":\"act\",\"id\":\"a\"," HEAD "}\n", 2, 1,
                 "has no \"type\"");
    assert_wrong("{\"kind\":\"act\" \"id\":\"a\"}\n", 1, 14, "a comma is missing");
    assert_wrong("{\"kind\":\"act\",\"kind\":\"act\"}\n", 1, 15, "given twice");
    assert_wrong("{\"kind\":\"act\",\"id\":\"a\",\"type\":\"x\"," HEAD "}\n"
                 "{\"kind\":\"act\",\"id\":\"a\",\"type\":\"x\"," HEAD "}\n",
                 2, 20, "a second time");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_without_occurred_occurred_when_recorded),
        cmocka_unit_test(a_correction_gives_only_what_it_changes),
        cmocka_unit_test(a_torn_last_line_is_told_and_passed_over),
        cmocka_unit_test(every_pass_sees_the_same_lines),
        cmocka_unit_test(mistakes_have_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
