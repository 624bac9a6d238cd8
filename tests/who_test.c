/* Who is there, and what they cannot settle among themselves. */
#include "made.h"

#define ISSUES                                            \
    "issues:\n"                                           \
    "  swap: {ordered: yes, values: [none, some, all]}\n" \
    "  land: {values: [kept, shared]}\n"                  \
    "  fees: {values: [low, high], by: C}\n"              \
    "  name: {values: [old]}\n"

#define THREE_PARTIES \
    TWO_PARTIES "  C: {role: ally, consent: [\"swap = all\"]}\n" ISSUES

static truce_who *who_of(const truce_scenario *scenario)
{
    truce_who *who = NULL;
    assert_int_equal(truce_who_find(scenario, NULL, &who, NULL), TRUCE_OK);
    return who;
}

static void assert_parties(truce_list list, const size_t *parties, size_t count)
{
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(list.items[i], parties[i]);
}

/* Without delegations in the file the parties are there themselves. */
static void with_everybody_in_the_room_all_can_be_settled(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(THREE_PARTIES);
    truce_who *who = who_of(scenario);
    assert_int_equal(who->unsettled_count, 0);
    truce_who_free(who);
    truce_scenario_free(scenario);
}

/* swap = some is A's and B's alone and both may sign it, so swap is not listed. land: A
 * must refer and B has no mandate. fees are C's, who is not there. */
static void what_is_missing_is_told_for_each_issue(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        THREE_PARTIES "delegations:\n"
                      "  a1: {of: A, may-sign: [swap], ad-referendum: [land]}\n"
                      "  b1: {of: B, may-sign: [\"swap = some\"]}\n");
    truce_who *who = who_of(scenario);
    assert_int_equal(who->unsettled_count, 2);
    const truce_unsettled *land = &who->unsettled[0], *fees = &who->unsettled[1];
    assert_int_equal(land->issue, 1);
    assert_parties(land->needed, (size_t[]){0, 1}, 2);
    assert_parties(land->refer, (size_t[]){0}, 1);
    assert_parties(land->beyond, (size_t[]){1}, 1);
    assert_parties(land->absent, NULL, 0);
    assert_int_equal(fees->issue, 2);
    assert_parties(fees->needed, (size_t[]){2}, 1);
    assert_parties(fees->absent, (size_t[]){2}, 1);
    truce_who_free(who);
    truce_scenario_free(scenario);
}

/* A may sign some, B may sign all: each may sign something, but nothing together. */
static void mandates_that_do_not_meet_leave_an_issue_unsettled(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(THREE_PARTIES "delegations:\n"
                                  "  a1: {of: A, may-sign: [\"swap = some\", land]}\n"
                                  "  b1: {of: B, may-sign: [\"swap = all\", land]}\n"
                                  "  c1: {of: C}\n");
    truce_who *who = who_of(scenario);
    assert_int_equal(who->unsettled_count, 1);
    assert_int_equal(who->unsettled[0].issue, 0);
    assert_parties(who->unsettled[0].needed, (size_t[]){0, 1, 2}, 3);
    assert_parties(who->unsettled[0].beyond, (size_t[]){0, 1}, 2);
    truce_who_free(who);
    truce_scenario_free(scenario);
}

static void the_best_of_several_delegations_counts(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(THREE_PARTIES "delegations:\n"
                                  "  a1: {of: A, may-sign: [swap]}\n"
                                  "  a2: {of: A, may-sign: [land]}\n"
                                  "  b1: {of: B}\n"
                                  "  c1: {of: C}\n");
    truce_who *who = who_of(scenario);
    assert_int_equal(who->unsettled_count, 0);
    truce_who_free(who);
    truce_scenario_free(scenario);
}

static void gates_are_told_with_the_claims_behind_them(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        THREE_PARTIES "sources:\n  s: {title: a paper}\n"
                      "claims:\n  c1: {source: s, says: \"fees first\"}\n"
                      "order:\n"
                      "  o1: {by: A, first: fees, then: land}\n"
                      "  o2: {by: C, first: fees, then: swap, claim: c1}\n");
    truce_who *who = who_of(scenario);
    assert_parties(who->gates, (size_t[]){1}, 1);
    assert_parties(who->finding.grounds.claims, (size_t[]){0}, 1);
    truce_who_free(who);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_everybody_in_the_room_all_can_be_settled),
        cmocka_unit_test(what_is_missing_is_told_for_each_issue),
        cmocka_unit_test(mandates_that_do_not_meet_leave_an_issue_unsettled),
        cmocka_unit_test(the_best_of_several_delegations_counts),
        cmocka_unit_test(gates_are_told_with_the_claims_behind_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
