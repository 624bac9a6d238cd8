/* The single negotiating text: what is agreed, and the brackets around the rest. */
#include "made.h"

#define ISSUES                                            \
    "issues:\n"                                           \
    "  swap: {ordered: yes, values: [none, some, all]}\n" \
    "  land: {values: [kept, shared]}\n"                  \
    "  name: {values: [old, new]}\n"

#define DEMANDS                                             \
    "demands:\n"                                            \
    "  d1: {by: B, wants: \"land = shared\"}\n"             \
    "  d2: {by: A, wants: \"land = kept or swap = all\"}\n" \
    "  d3: {by: B, wants: \"swap >= some\"}\n"              \
    "  d4: {by: A, wants: \"swap = all\"}\n"

static truce_text *text_of(const truce_scenario *scenario)
{
    truce_text *text = NULL;
    assert_int_equal(truce_text_find(scenario, NULL, &text, NULL), TRUCE_OK);
    return text;
}

static void assert_brackets(const truce_clause *clause, const size_t *demands,
                            size_t count)
{
    assert_int_equal(clause->bracket_count, count);
    for (size_t b = 0; b < count; b++)
        assert_int_equal(clause->brackets[b].demand, demands[b]);
}

static void every_demand_that_mentions_an_issue_brackets_it(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES DEMANDS);
    truce_text *text = text_of(scenario);
    assert_brackets(&text->clauses[0], (size_t[]){1, 3, 2}, 3); /* A's before B's */
    assert_brackets(&text->clauses[1], (size_t[]){1, 0}, 2);
    assert_brackets(&text->clauses[2], NULL, 0);
    assert_false(text->clauses[2].settled);
    assert_int_equal(text->clauses[2].value, 0);
    truce_text_free(text);
    truce_scenario_free(scenario);
}

/* swap = some: B's wish is met, A's for all is not; d2 may still be met by the land. */
static void a_settled_clause_keeps_only_the_wishes_it_leaves_unmet(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES DEMANDS
                    "agreements:\n  x1: {set: {swap: some}, state: agreed}\n");
    truce_text *text = text_of(scenario);
    assert_true(text->clauses[0].settled);
    assert_int_equal(text->clauses[0].value, 1);
    assert_int_equal(text->clauses[0].agreement, 0);
    assert_brackets(&text->clauses[0], (size_t[]){3}, 1);
    assert_string_equal(text->clauses[0].brackets[0].wants, "swap = all");
    truce_text_free(text);
    truce_scenario_free(scenario);
}

static void what_has_ended_settles_nothing_and_the_last_agreement_counts(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "agreements:\n"
                                       "  x1: {set: {swap: some}, state: in-force}\n"
                                       "  x2: {set: {swap: all}, state: agreed}\n"
                                       "  x3: {set: {name: new}, state: ended}\n");
    truce_text *text = text_of(scenario);
    assert_int_equal(text->clauses[0].agreement, 1);
    assert_int_equal(text->clauses[0].value, 2);
    assert_false(text->clauses[2].settled);
    assert_int_equal(text->clauses[2].agreement, TRUCE_NOBODY);
    truce_text_free(text);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_demand_that_mentions_an_issue_brackets_it),
        cmocka_unit_test(a_settled_clause_keeps_only_the_wishes_it_leaves_unmet),
        cmocka_unit_test(what_has_ended_settles_nothing_and_the_last_agreement_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
