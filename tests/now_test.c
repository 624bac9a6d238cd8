/* What can be signed today. The base: two issues, A and B rate both, weights 50 and 50,
 * so that a step of one issue is worth half of its worth.
 *
 *     swap: none, some, all     A 0 60 100   B 0 40 20      some +30/+20, all +50/+10
 *     land: kept, shared        A 100 0      B 0 100        shared -50/+50
 */
#include "made.h"

#define PARTIES(more)                        \
    "truce: 1\n"                             \
    "id: made\n"                             \
    "parties:\n"                             \
    "  A: {role: principal, consent: all}\n" \
    "  B: {role: principal, consent: all}\n" more

#define ISSUES(swap)                                              \
    "issues:\n"                                                   \
    "  swap: {ordered: yes, values: [none, some, all]" swap "}\n" \
    "  land: {values: [kept, shared]}\n"

#define NUMBERS(more_of_a)                              \
    "preferences:\n"                                    \
    "  A:\n"                                            \
    "    weights: {swap: 50, land: 50}\n"               \
    "    worth: {swap: [0, 60, 100], land: [100, 0]}\n" \
    "    outside: {worth: 70}\n" more_of_a "  B:\n"     \
    "    weights: {swap: 50, land: 50}\n"               \
    "    worth: {swap: [0, 40, 20], land: [0, 100]}\n"

#define BASE PARTIES("") ISSUES("") NUMBERS("")

static truce_now *now_of(const truce_scenario *scenario, size_t size,
                         truce_status expected)
{
    truce_now *now = NULL;
    truce_now_choices choices = {.size = size};
    assert_int_equal(truce_now_find(scenario, &choices, NULL, &now, NULL), expected);
    return now;
}

/* "swap=some swap=all" in the order they are listed. */
static void assert_moves(const truce_now *now, const char *expected)
{
    const truce_scenario *scenario = now->finding.scenario;
    char text[500] = "";
    for (size_t m = 0; m < now->count; m++)
        for (size_t s = 0; s < now->moves[m].set.count; s++) {
            truce_setting one = now->moves[m].set.items[s];
            const truce_issue *issue = &scenario->issues[one.issue];
            size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "%s%s=%s",
                     s ? "+" : (m ? " " : ""), issue->label.id,
                     issue->values[one.value]);
        }
    assert_string_equal(text, expected);
}

static void a_move_leaves_no_needed_party_worse_off(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE);
    truce_now *now = now_of(scenario, 0, TRUCE_OK);
    assert_moves(now, "swap=some swap=all");
    assert_true(now->moves[0].changes[0] == 30 && now->moves[0].changes[1] == 20);
    assert_true(now->moves[1].changes[0] == 50 && now->moves[1].changes[1] == 10);
    assert_int_equal(now->tried, 3);
    assert_int_equal(now->finding.proof.how, TRUCE_PROVED);
    assert_int_equal(now->finding.grounds.assumed, 15);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

/* A has 50 today and an outside option of 70; the moves are listed all the same. */
static void
a_status_quo_below_the_outside_option_is_said_and_changes_nothing(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE);
    truce_now *now = now_of(scenario, 1, TRUCE_OK);
    assert_true(now->below_floor[0]);
    assert_false(now->below_floor[1]);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

/* swap=some, land=shared: A +30-50, no; swap=all, land=shared: A +50-50 = 0, B +10+50.
 */
static void two_issues_at_once_may_do_what_one_alone_does_not(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE);
    truce_now *now = now_of(scenario, 2, TRUCE_OK);
    assert_moves(now, "swap=all+land=shared");
    assert_true(now->moves[0].changes[0] == 0 && now->moves[0].changes[1] == 60);
    assert_int_equal(now->tried, 2);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void more_issues_than_there_are_can_not_be_changed(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE);
    truce_now *now = now_of(scenario, 3, TRUCE_NONE);
    assert_int_equal(now->tried, 0);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void what_an_unmet_constraint_holds_back_is_no_move(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(BASE "order:\n  o1: {by: B, first: land, then: swap}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_NONE);
    assert_int_equal(now->held, 2);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void what_a_relaxed_constraint_asks_for_holds_nothing_back(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE "order:\n  o1: {by: B, first: land, then: swap, observed: relaxed}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_OK);
    assert_int_equal(now->count, 2);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void a_red_line_counts_only_when_it_is_newly_crossed(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(PARTIES("") ISSUES("") NUMBERS(
        "    red-lines: [{if: \"swap = all\"}, {if: \"land = kept\"}]\n"));
    truce_now *now = now_of(scenario, 1, TRUCE_OK);
    assert_moves(now, "swap=some"); /* land = kept is crossed already, today */
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void a_rule_of_logic_binds_a_move_and_another_party_s_rule_too(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE "rules:\n"
             "  l1: {by: logic, if: \"swap = some\", then: \"land = shared\"}\n"
             "  l2: {by: B, if: \"swap = all\", then: \"land = shared\"}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_NONE);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

/* The gate is B's alone: A loses by it and is not asked. */
static void an_issue_done_by_one_alone_asks_nobody_else(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        PARTIES("") ISSUES("") "  gate: {values: [open, shut], by: B}\n"
                               "preferences:\n"
                               "  A: {weights: {gate: 1}, worth: {gate: [100, 0]}}\n"
                               "  B: {weights: {gate: 1}, worth: {gate: [0, 100]}}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_OK);
    assert_moves(now, "gate=shut");
    assert_false(now->moves[0].needed[0]);
    assert_true(now->moves[0].needed[1]);
    assert_true(now->moves[0].changes[0] == -100);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void a_change_that_helps_no_principal_is_no_move(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        PARTIES("  C: {role: ally, consent: [swap]}\n")
            ISSUES("") "preferences:\n"
                       "  C: {weights: {swap: 1}, worth: {swap: [0, 50, 100]}}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_NONE);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

/* A may sign up to some and must refer the rest; B has full mandate. */
static void the_narrowest_mandate_decides_who_may_sign(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        BASE "delegations:\n"
             "  a1: {of: A, may-sign: [\"swap <= some\"], ad-referendum: [swap]}\n"
             "  b1: {of: B}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_OK);
    assert_int_equal(now->moves[0].may_sign, TRUCE_MAY_SIGN);
    assert_int_equal(now->moves[1].may_sign, TRUCE_MUST_REFER);
    assert_int_equal(now->moves[1].signing[0], TRUCE_MUST_REFER);
    assert_int_equal(now->moves[1].signing[1], TRUCE_MAY_SIGN);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void who_is_not_in_the_room_can_not_sign(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE "delegations:\n  a1: {of: A}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_OK);
    assert_int_equal(now->moves[0].may_sign, TRUCE_CANNOT_SIGN);
    assert_false(now->moves[0].absent[0]);
    assert_true(now->moves[0].absent[1]);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void a_move_tells_whether_it_was_agreed_or_refused(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(BASE "observed:\n"
                         "  b1: {offer: {swap: some}, refused-by: [A]}\n"
                         "  b2: {offer: {swap: all}, refused-by: [B]}\n"
                         "agreements:\n"
                         "  x1: {set: {swap: some}, state: agreed}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_OK);
    assert_moves(now, "swap=some swap=all");
    assert_int_equal(now->moves[0].seen, TRUCE_SEEN_AGREED);
    assert_int_equal(now->moves[1].seen, TRUCE_SEEN_REFUSED);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

/* From swap=some: back to none hurts both, on to all gives A +20 and takes 10 from B.
 */
static void moves_begin_where_the_agreements_in_force_have_led(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(BASE "agreements:\n  x1: {set: {swap: some}, state: in-force}\n");
    truce_now *now = now_of(scenario, 1, TRUCE_NONE);
    assert_int_equal(now->tried, 3);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void the_values_before_the_status_quo_are_changes_too(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(PARTIES("") ISSUES(", status-quo: all") NUMBERS(""));
    truce_now *now = now_of(scenario, 2, TRUCE_NONE);
    assert_int_equal(now->tried, 2); /* none and some, each with land shared */
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static void a_list_cut_by_choice_says_so(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE);
    truce_now *now = NULL;
    truce_now_choices one = {.most = 1};
    assert_int_equal(truce_now_find(scenario, &one, NULL, &now, NULL), TRUCE_OK);
    assert_moves(now, "swap=some");
    assert_true(now->cut);
    assert_int_equal(now->finding.proof.how, TRUCE_BOUNDED);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

static bool always(void *user)
{
    (void)user;
    return true;
}

static void out_of_time_is_said_with_what_was_looked_at(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(BASE);
    truce_stop stop = {.cancelled = always};
    truce_now *now = NULL;
    truce_error error;
    assert_int_equal(truce_now_find(scenario, NULL, &stop, &now, &error), TRUCE_LIMIT);
    assert_string_equal(error.message, "time ran out after 0 changes");
    assert_true(now->cut);
    truce_now_free(now);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_move_leaves_no_needed_party_worse_off),
        cmocka_unit_test(
            a_status_quo_below_the_outside_option_is_said_and_changes_nothing),
        cmocka_unit_test(two_issues_at_once_may_do_what_one_alone_does_not),
        cmocka_unit_test(more_issues_than_there_are_can_not_be_changed),
        cmocka_unit_test(what_an_unmet_constraint_holds_back_is_no_move),
        cmocka_unit_test(what_a_relaxed_constraint_asks_for_holds_nothing_back),
        cmocka_unit_test(a_red_line_counts_only_when_it_is_newly_crossed),
        cmocka_unit_test(a_rule_of_logic_binds_a_move_and_another_party_s_rule_too),
        cmocka_unit_test(an_issue_done_by_one_alone_asks_nobody_else),
        cmocka_unit_test(a_change_that_helps_no_principal_is_no_move),
        cmocka_unit_test(the_narrowest_mandate_decides_who_may_sign),
        cmocka_unit_test(who_is_not_in_the_room_can_not_sign),
        cmocka_unit_test(a_move_tells_whether_it_was_agreed_or_refused),
        cmocka_unit_test(moves_begin_where_the_agreements_in_force_have_led),
        cmocka_unit_test(the_values_before_the_status_quo_are_changes_too),
        cmocka_unit_test(a_list_cut_by_choice_says_so),
        cmocka_unit_test(out_of_time_is_said_with_what_was_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
