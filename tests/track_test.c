/* Where agreements stand, by hand: the examples of docs/track-rules.md and the dates that are
 * known. The oracle of tests/oracle/track.c tries everything else. */
#include "made.h"

#include <stdlib.h>

typedef struct asked {
    truce_accord *accord;
    truce_log *log;
    truce_track *track;
    truce_diagnostics *said;
} asked;

static truce_instant at(const char *text)
{
    truce_instant instant;
    assert_true(truce_instant_read(text, NULL, &instant));
    return instant;
}

static asked ask(const char *accord, const char *log, const char *now)
{
    asked of = {.said = truce_diagnostics_new()};
    truce_error error = {0};
    assert_int_equal(
        truce_accord_parse("made.yaml", accord, strlen(accord), &of.accord, of.said),
        TRUCE_OK);
    assert_int_equal(
        truce_log_parse("made.jsonl", log, strlen(log), of.accord, &of.log, of.said),
        TRUCE_OK);
    truce_tracking choices = {.now = at(now), .known_at = TRUCE_NEVER};
    assert_int_equal(
        truce_track_find(of.accord, of.log, &choices, NULL, &of.track, of.said, &error),
        TRUCE_OK);
    return of;
}

static void forget(asked *of)
{
    truce_track_free(of->track);
    truce_log_close(of->log);
    truce_accord_free(of->accord);
    truce_diagnostics_free(of->said);
}

#define HEAD                                                              \
    "truce-agreement: 1\nid: made\nparties: [A, B]\nverifiers: [joint]\n" \
    "in-force: 2025-01-01\n"

static void the_thirtieth_day_following_ends_at_midnight(void **state)
{
    (void)state;
    asked of =
        ask(HEAD "snap-back:\n  s: {notice: {type: notification}, wait: 30d, "
                 "after-day: yes, applies: the earlier terms}\n",
            "{\"kind\":\"notice\",\"id\":\"n\",\"recorded\":\"2025-08-28T14:00:00Z\","
            "\"type\":\"notification\",\"by\":\"A\"}\n",
            "2025-09-27T23:59:59Z");
    assert_int_equal(of.track->snapbacks[0].applies_at, at("2025-09-28T00:00:00Z"));
    assert_false(of.track->snapbacks[0].applies);
    forget(&of);
}

static void a_day_in_a_zone_may_have_23_hours(void **state)
{
    (void)state;
    asked of =
        ask("truce-agreement: 1\nid: made\nparties: [A, B]\nzone: Europe/Berlin\n"
            "commitments:\n  c: {debtor: A, creditor: B, start: 2025-03-29T12:00, "
            "consequent: {type: done}, within: 3d}\n",
            "", "2025-03-30");
    assert_int_equal(of.track->standings[0].deadline, at("2025-04-01T12:00:00+02:00"));
    assert_int_equal(of.track->standings[0].deadline - of.track->standings[0].active,
                     71 * 3600);
    forget(&of);
}

static void a_deadline_is_the_first_instant_that_is_too_late(void **state)
{
    (void)state;
    static const char accord[] =
        HEAD "commitments:\n  c: {debtor: A, creditor: B, start: 2025-06-01T12:00, "
             "consequent: {type: done, by: A}, within: 3d}\n";
    static const struct {
        const char *occurred;
        truce_state state;
    } cases[] = {{"2025-06-04T11:59:59Z", TRUCE_SATISFIED},
                 {"2025-06-04T12:00:00Z", TRUCE_VIOLATED}};
    for (size_t c = 0; c < 2; c++) {
        char log[300];
        snprintf(
            log, sizeof log,
            "{\"kind\":\"act\",\"id\":\"a\",\"recorded\":\"2025-06-05T00:00:00Z\","
            "\"occurred\":\"%s\",\"type\":\"done\",\"by\":\"joint\",\"about\":\"A\"}\n",
            cases[c].occurred);
        asked of = ask(accord, log, "2025-06-06");
        assert_int_equal(of.track->standings[0].state, cases[c].state);
        forget(&of);
    }
}

static void four_rules_of_a_breach(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *end;
    } cases[] = {{"continue", "2025-06-11T00:00:00Z"},
                 {"pause", "2025-06-12T00:00:00Z"},
                 {"reset", "2025-06-15T00:00:00Z"},
                 {"end-by-notice", "2025-06-11T00:00:00Z"}};
    for (size_t c = 0; c < 4; c++) {
        char accord[300];
        snprintf(accord, sizeof accord,
                 HEAD "clock: {start: 2025-06-01, days: 10, on-breach: %s}\n",
                 cases[c].rule);
        asked of =
            ask(accord,
                "{\"kind\":\"act\",\"id\":\"a\",\"recorded\":\"2025-06-04T09:00:00Z\","
                "\"type\":\"incident\",\"by\":\"joint\",\"about\":\"A\"}\n",
                "2025-06-04T12:00");
        assert_int_equal(of.track->clock->end, at(cases[c].end));
        assert_int_equal(of.track->clock->day, 4);
        assert_int_equal(of.track->clock->sides[0].verified[0], 1);
        forget(&of);
    }
}

/* Two reports on one day, of which one is verified, and one on another: a silent day between
 * them is none of them. */
static void days_add_up_to_the_incidents(void **state)
{
    (void)state;
    asked of =
        ask(HEAD "clock: {start: 2025-06-01, days: 10, on-breach: continue}\n",
            "{\"kind\":\"act\",\"id\":\"a\",\"recorded\":\"2025-06-02T09:00:00Z\","
            "\"type\":\"incident\",\"by\":\"joint\",\"about\":\"A\",\"severity\":3}\n"
            "{\"kind\":\"report\",\"id\":\"b\",\"recorded\":\"2025-06-02T10:00:00Z\","
            "\"type\":\"incident\",\"by\":\"B\",\"about\":\"A\",\"count\":4}\n"
            "{\"kind\":\"report\",\"id\":\"c\",\"recorded\":\"2025-06-04T10:00:00Z\","
            "\"type\":\"incident\",\"by\":\"A\",\"about\":\"B\"}\n",
            "2025-06-05T12:00");
    const truce_clock_reading *clock = of.track->clock;
    assert_int_equal(clock->day_count, 2);
    assert_int_equal(clock->first_date, at("2025-06-01T00:00:00Z") / 86400);
    assert_int_equal(clock->days[0].date, clock->first_date + 1);
    assert_int_equal(clock->days[1].date, clock->first_date + 3);
    assert_int_equal(clock->today, clock->first_date + 4);
    assert_int_equal(clock->last_date, clock->first_date + 9);
    assert_true(clock->days[0].breached && !clock->days[1].breached);
    assert_int_equal(clock->days[0].sides[0].verified[3], 1);
    assert_int_equal(clock->days[0].sides[0].alleged[3], 1);
    assert_int_equal(clock->days[0].sides[0].alleged[0], 4);
    assert_int_equal(clock->days[0].sides[0].verified[0], 0);
    assert_int_equal(clock->days[1].sides[1].alleged[0], 1);
    assert_int_equal(clock->sides[0].alleged[0], 4);
    assert_int_equal(clock->sides[1].alleged[0], 1);
    forget(&of);
}

static void reasons_tell_what_was_counted(void **state)
{
    (void)state;
    asked of = ask(
        HEAD "commitments:\n  c: {debtor: A, creditor: B, start: 2025-06-01, "
             "consequent: {type: handed-over, by: A, count: 1000}}\n",
        "{\"kind\":\"act\",\"id\":\"h-1\",\"recorded\":\"2025-06-02T00:00:00Z\","
        "\"type\":\"handed-over\",\"by\":\"joint\",\"about\":\"A\",\"count\":400}\n"
        "{\"kind\":\"act\",\"id\":\"h-2\",\"recorded\":\"2025-06-03T00:00:00Z\","
        "\"type\":\"handed-over\",\"by\":\"joint\",\"about\":\"A\",\"count\":600}\n",
        "2025-06-04");
    const truce_standing *standing = &of.track->standings[0];
    assert_int_equal(standing->state, TRUCE_SATISFIED);
    assert_int_equal(standing->reason_count, 4);
    assert_string_equal(standing->reasons[1].text,
                        "400 handed over by A (h-1); 400 of 1,000 so far");
    assert_int_equal(standing->reasons[2].line, 2);
    assert_int_equal(of.track->rung, TRUCE_RUNG_COMPLIED);
    forget(&of);
}

static void circles_and_strangers_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
        uint32_t line;
    } cases[] = {
        {"commitments:\n"
         "  a: {debtor: A, creditor: B, consequent: {type: x}, antecedent: {violated: "
         "b}}\n"
         "  b: {debtor: B, creditor: A, consequent: {type: x}, antecedent: {violated: "
         "a}}\n",
         "each of these waits for the violation of the next: a, b, a", 7},
        {"commitments:\n  a: {debtor: C, creditor: B, consequent: {type: x}}\n",
         "\"C\" is no party of this agreement", 7},
        {"zone: Europe/Istambul\n", "there is no time zone \"Europe/Istambul\"", 6},
        {"term: 3 weeks\n", "\"term\" must be a duration", 6},
        {"comitments: {}\n", "unknown key \"comitments\" of the agreement", 6},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        char text[600];
        truce_accord *accord;
        truce_diagnostics *said = truce_diagnostics_new();
        snprintf(text, sizeof text, "%s%s", HEAD, cases[c].text);
        assert_int_equal(truce_accord_parse("made", text, strlen(text), &accord, said),
                         TRUCE_INPUT);
        assert_memory_equal(said->items[0].message, cases[c].said,
                            strlen(cases[c].said));
        assert_int_equal(said->items[0].place.line, cases[c].line);
        truce_diagnostics_free(said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_thirtieth_day_following_ends_at_midnight),
        cmocka_unit_test(a_day_in_a_zone_may_have_23_hours),
        cmocka_unit_test(a_deadline_is_the_first_instant_that_is_too_late),
        cmocka_unit_test(four_rules_of_a_breach),
        cmocka_unit_test(days_add_up_to_the_incidents),
        cmocka_unit_test(reasons_tell_what_was_counted),
        cmocka_unit_test(circles_and_strangers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
