/* Who waits for whom: small scenarios with hand-made circles. */
#include "made.h"

#include <stdlib.h>

#define ISSUES                           \
    "issues:\n"                          \
    "  fire: {values: [open, cease]}\n"  \
    "  land: {values: [kept, shared]}\n" \
    "  army: {values: [large, small]}\n" \
    "  trade: {values: [shut, open]}\n"  \
    "steps:\n"                           \
    "  talks: {title: talks}\n"          \
    "  terms: {title: terms, issues: [land, army]}\n"

/* fire before talks before terms before fire; the first is not kept in practice. */
#define CIRCLE                                                                 \
    TWO_PARTIES "  C: {role: broker}\n" ISSUES "order:\n"                      \
                "  o1: {by: A, first: fire, then: talks, observed: relaxed}\n" \
                "  o2: {by: B, first: terms, then: fire}\n"                    \
                "  o3: {by: C, first: trade, then: terms}\n"                   \
                "  o4: {by: logic, first: talks, then: terms}\n"

static truce_order *order_of(const truce_scenario *scenario, truce_status expected)
{
    truce_order *order = NULL;
    truce_error error;
    assert_int_equal(truce_order_find(scenario, NULL, NULL, &order, &error), expected);
    return order;
}

static void assert_items(truce_list list, const size_t *items, size_t count)
{
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(list.items[i], items[i]);
}

static void a_circle_begins_at_the_constraint_that_comes_first_in_the_file(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(CIRCLE);
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_int_equal(order->cycle_count, 1);
    truce_list chain = {order->cycles[0].constraints, order->cycles[0].count};
    assert_items(chain, (size_t[]){0, 3, 1}, 3);
    assert_true(order->cycles[0].relaxed);
    assert_false(order->cycles[0].met || order->cycles_cut || order->unbreakable);
    assert_int_equal(order->finding.proof.how, TRUCE_PROVED);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

static void logic_is_never_asked_to_give_way(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(CIRCLE);
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_int_equal(order->break_count, 2);
    assert_items(order->breaks[0], (size_t[]){0}, 1);
    assert_items(order->breaks[1], (size_t[]){1}, 1);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

/* o3 belongs to a broker; o2 to a principal, o4 to logic, and o1 is relaxed. */
static void a_gate_is_held_by_somebody_who_is_no_principal(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(CIRCLE);
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_items(order->gates, (size_t[]){2}, 1);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

/* fire waits for o2; land, army and terms for o3 and o4. Talks wait for o1 alone, which
 * is relaxed: not held, and not free either. */
static void what_waits_for_a_relaxed_constraint_is_neither_held_nor_free(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(CIRCLE);
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_int_equal(order->held_count, 4);
    assert_int_equal(order->held[0].issue, 0);
    assert_items(order->held[0].by, (size_t[]){1}, 1);
    assert_int_equal(order->held[3].step, 1);
    assert_items(order->held[3].by, (size_t[]){2, 3}, 2);
    assert_items(order->free_issues, (size_t[]){3}, 1);
    assert_int_equal(order->free_steps.count, 0);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

static void what_an_agreement_in_force_has_done_holds_nothing_back(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(CIRCLE "agreements:\n"
                           "  x: {set: {trade: open, land: shared, army: small}, "
                           "state: in-force}\n");
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_true(order->met[1] && order->met[2]);
    assert_int_equal(order->gates.count, 0);
    assert_true(order->cycles[0].met);
    assert_items(order->free_issues, (size_t[]){0, 3}, 2);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

/* The issues of `first` are taken out of `then`: land before (land and army) leads to
 * what begins with army, and not back to itself. */
static void a_constraint_does_not_lead_to_itself_by_what_it_begins_with(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "order:\n"
                                       "  o1: {by: A, first: land, then: terms}\n");
    truce_order *order = order_of(scenario, TRUCE_OK); /* terms are held */
    assert_int_equal(order->cycle_count, 0);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

static void a_condition_stands_for_the_issues_it_mentions(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES ISSUES "order:\n"
                           "  o1: {by: A, first: \"land = shared\", then: \"fire = "
                           "cease or trade = open\"}\n"
                           "  o2: {by: B, first: trade, then: \"land changed\"}\n");
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_int_equal(order->cycle_count, 1);
    assert_int_equal(order->held_count,
                     3 + 1); /* fire, land, trade; and terms with land */
    truce_order_free(order);
    truce_scenario_free(scenario);
}

static void a_circle_of_logic_alone_cannot_be_broken(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "order:\n"
                                       "  o1: {by: logic, first: fire, then: talks}\n"
                                       "  o2: {by: logic, first: talks, then: fire}\n"
                                       "  o3: {by: A, first: land, then: trade}\n"
                                       "  o4: {by: B, first: trade, then: land}\n");
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_int_equal(order->cycle_count, 2);
    assert_true(order->unbreakable);
    assert_int_equal(order->break_count, 0);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

static void without_order_there_is_nothing_to_tell_and_all_is_free(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES);
    truce_order *order = order_of(scenario, TRUCE_NONE);
    assert_int_equal(order->free_issues.count, 4);
    assert_int_equal(order->free_steps.count, 2);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

static void a_list_cut_by_choice_says_so(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES ISSUES "order:\n"
                           "  o1: {by: A, first: fire, then: land}\n"
                           "  o2: {by: B, first: land, then: fire}\n"
                           "  o3: {by: B, first: \"land = shared\", then: fire}\n");
    truce_order *order = NULL;
    truce_order_choices one = {.most = 1};
    assert_int_equal(truce_order_find(scenario, &one, NULL, &order, NULL), TRUCE_OK);
    assert_int_equal(order->cycle_count, 1);
    assert_true(order->cycles_cut);
    assert_int_equal(order->finding.proof.how, TRUCE_BOUNDED);
    truce_order_free(order);
    truce_scenario_free(scenario);
}

/* Five thousand for talks before terms, five thousand the other way round: 25 million
 * circles of two. */
static void ten_thousand_constraints_are_answered_with_cut_lists(void **state)
{
    (void)state;
    enum { CONSTRAINTS = 10000, LONGEST = 64 };
    const char *head = TWO_PARTIES ISSUES "order:\n";
    char *yaml = malloc(strlen(head) + (size_t)CONSTRAINTS * LONGEST);
    char *end = yaml + sprintf(yaml, "%s", head);
    for (int c = 0; c < CONSTRAINTS; c++)
        end += sprintf(end, "  o%d: {by: A, first: %s, then: %s}\n", c,
                       c % 2 ? "terms" : "talks", c % 2 ? "talks" : "terms");
    truce_scenario *scenario = scenario_of(yaml);
    truce_order *order = order_of(scenario, TRUCE_OK);
    assert_int_equal(order->cycle_count, 1000);
    assert_true(order->cycles_cut && order->breaks_cut);
    assert_int_equal(order->breaks[0].count, CONSTRAINTS / 2);
    truce_order_free(order);
    truce_scenario_free(scenario);
    free(yaml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_circle_begins_at_the_constraint_that_comes_first_in_the_file),
        cmocka_unit_test(logic_is_never_asked_to_give_way),
        cmocka_unit_test(a_gate_is_held_by_somebody_who_is_no_principal),
        cmocka_unit_test(what_waits_for_a_relaxed_constraint_is_neither_held_nor_free),
        cmocka_unit_test(what_an_agreement_in_force_has_done_holds_nothing_back),
        cmocka_unit_test(a_constraint_does_not_lead_to_itself_by_what_it_begins_with),
        cmocka_unit_test(a_condition_stands_for_the_issues_it_mentions),
        cmocka_unit_test(a_circle_of_logic_alone_cannot_be_broken),
        cmocka_unit_test(without_order_there_is_nothing_to_tell_and_all_is_free),
        cmocka_unit_test(a_list_cut_by_choice_says_so),
        cmocka_unit_test(ten_thousand_constraints_are_answered_with_cut_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
