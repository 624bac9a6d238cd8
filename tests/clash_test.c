/* What cannot all hold: small cases by hand, and random ones against every subset. */
#include "made.h"

#include "base/random.h"

#include <stdlib.h>

#define ISSUES                                              \
    "issues:\n"                                             \
    "  fire: {ordered: yes, values: [none, short, long]}\n" \
    "  land: {values: [kept, shared, ceded]}\n"             \
    "  toll: {from: 0, to: 900000, step: 1, status-quo: 500}\n"

static truce_clashes *clashes_of(const truce_scenario *scenario, unsigned with,
                                 truce_status expected)
{
    truce_clashes_choices choices = {.with = with};
    truce_clashes *clashes = NULL;
    truce_error error;
    assert_int_equal(truce_clashes_find(scenario, &choices, NULL, &clashes, &error),
                     expected);
    return clashes;
}

static void assert_members(const truce_clash *clash, const char *const *ids,
                           size_t count)
{
    assert_int_equal(clash->count, count);
    for (size_t m = 0; m < count; m++)
        assert_string_equal(clash->ids[m], ids[m]);
}

static void demands_that_can_all_be_kept_do_not_clash(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "demands:\n"
                                       "  a: {by: A, wants: \"fire >= short\"}\n"
                                       "  b: {by: B, wants: \"fire <= short\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_NONE);
    assert_int_equal(clashes->count, 0);
    assert_int_equal(clashes->finding.proof.how, TRUCE_PROVED);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void no_demands_do_not_clash(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES);
    truce_clashes_free(clashes_of(scenario, 0, TRUCE_NONE));
    truce_scenario_free(scenario);
}

static void clashes_come_smallest_first_and_then_in_the_order_of_the_file(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES
                    "demands:\n"
                    "  a: {by: A, wants: \"fire = long or land = ceded\"}\n"
                    "  b: {by: B, wants: \"fire = none\"}\n"
                    "  c: {by: B, wants: \"land = kept\"}\n"
                    "  d: {by: A, wants: \"land = shared\"}\n"
                    "  e: {by: A, wants: \"fire changed and not fire changed\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_int_equal(clashes->count, 4);
    assert_members(&clashes->items[0], (const char *[]){"e"}, 1);
    assert_members(&clashes->items[1], (const char *[]){"c", "d"}, 2);
    assert_members(&clashes->items[2], (const char *[]){"a", "b", "c"}, 3);
    assert_members(&clashes->items[3], (const char *[]){"a", "b", "d"}, 3);
    assert_int_equal(clashes->items[2].parties[0], 0);
    assert_int_equal(clashes->items[2].parties[1], 1);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void a_witness_changes_only_what_it_must(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "demands:\n"
                                       "  a: {by: A, wants: \"toll >= 700\"}\n"
                                       "  b: {by: B, wants: \"toll < 650.5\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_members(&clashes->items[0], (const char *[]){"a", "b"}, 2);
    const truce_value *without_a = clashes->items[0].witnesses[0];
    const truce_value *without_b = clashes->items[0].witnesses[1];
    assert_int_equal(without_a[2], 500); /* today's toll will do */
    assert_in_range(without_b[2], 700, 900000);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(without_a[i], 0);
        assert_int_equal(without_b[i], 0);
    }
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void logic_is_named_where_a_clash_needs_it(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES ISSUES
        "demands:\n"
        "  a: {by: A, wants: \"fire = long\"}\n"
        "  b: {by: B, wants: \"land = kept\"}\n"
        "rules:\n"
        "  idle: {by: logic, if: \"fire = none\", then: \"land = kept\"}\n"
        "  must: {by: logic, if: \"fire = long\", then: \"land != kept\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_int_equal(clashes->count, 1);
    assert_int_equal(clashes->items[0].logic.count, 1);
    assert_string_equal(clashes->items[0].logic.items[0], "rule:must");
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void logic_that_contradicts_itself_is_a_clash_of_nobody(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES ISSUES
        "demands:\n"
        "  a: {by: A, wants: \"fire = long\"}\n"
        "rules:\n"
        "  yes: {by: logic, if: \"fire >= none\", then: \"land = kept\"}\n"
        "  no: {by: logic, if: \"fire >= none\", then: \"land = ceded\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_int_equal(clashes->count, 1);
    assert_int_equal(clashes->items[0].count, 0);
    assert_int_equal(clashes->items[0].logic.count, 2);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

/* u_A = 100, 50, 0 for kept, shared, ceded; u_B the reverse. */
#define OPPOSED                                                   \
    "preferences:\n"                                              \
    "  A:\n    basis: A\n    weights: {land: 1}\n"                \
    "    worth: {land: [100, 50, 0]}\n    outside: {worth: 60}\n" \
    "    red-lines: [{if: \"land = ceded\"}]\n"                   \
    "  B:\n    basis: A\n    weights: {land: 1}\n"                \
    "    worth: {land: [0, 50, 100]}\n    outside: {worth: 40.5}\n"

static void floors_and_red_lines_take_part_only_when_asked_for(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES OPPOSED
                                           "demands:\n"
                                           "  a: {by: A, wants: \"fire = long\"}\n"
                                           "  b: {by: B, wants: \"land = ceded\"}\n");
    truce_clashes_free(clashes_of(scenario, 0, TRUCE_NONE));
    truce_clashes *clashes = clashes_of(scenario, TRUCE_RED_LINES, TRUCE_OK);
    assert_int_equal(clashes->count, 1);
    assert_members(&clashes->items[0], (const char *[]){"b", "red:A:1"}, 2);
    assert_int_equal(clashes->finding.grounds.assumed, 0);
    truce_clashes_free(clashes);
    clashes = clashes_of(scenario, TRUCE_FLOORS, TRUCE_OK);
    assert_int_equal(clashes->count, 2);
    assert_members(&clashes->items[0], (const char *[]){"b", "floor:A"}, 2);
    assert_members(&clashes->items[1], (const char *[]){"floor:A", "floor:B"}, 2);
    assert_true(clashes->finding.grounds.assumed > 0);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

/* 12 issues of 10 opposed values: each floor of 75 is within reach, both together are not, and
 * no outcome need be looked at to see it. */
static void floors_out_of_reach_together_are_seen_without_enumerating(void **state)
{
    (void)state;
    char text[4000];
    size_t at = (size_t)snprintf(text, sizeof text, TWO_PARTIES "issues:\n");
    for (int i = 0; i < 12; i++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "  i%d: {from: 0, to: 9, step: 1}\n", i);
    for (int p = 0; p < 2; p++) {
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "%s  %c:\n    outside: {worth: 75}\n    weights: {",
                               p ? "" : "preferences:\n", "AB"[p]);
        for (int i = 0; i < 12; i++)
            at += (size_t)snprintf(text + at, sizeof text - at, "%si%d: %d",
                                   i ? ", " : "", i, 1 + (i + 5 * p) % 3);
        at += (size_t)snprintf(text + at, sizeof text - at, "}\n    worth: {");
        for (int i = 0; i < 12; i++)
            at += (size_t)snprintf(text + at, sizeof text - at,
                                   "%si%d: {from: %d, to: %d}", i ? ", " : "", i,
                                   p ? 0 : 100, p ? 100 : 0);
        at += (size_t)snprintf(text + at, sizeof text - at, "}\n");
    }
    truce_scenario *scenario = scenario_of(text);
    truce_clashes *clashes = clashes_of(scenario, TRUCE_FLOORS, TRUCE_OK);
    assert_int_equal(clashes->count, 1);
    assert_members(&clashes->items[0], (const char *[]){"floor:A", "floor:B"}, 2);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void a_passed_deadline_gives_a_cut_list(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "demands:\n"
                                       "  a: {by: A, wants: \"fire = none\"}\n"
                                       "  b: {by: B, wants: \"fire = long\"}\n");
    truce_stop stop = {.deadline = truce_seconds() - 1};
    truce_clashes *clashes = NULL;
    truce_error error;
    assert_int_equal(truce_clashes_find(scenario, NULL, &stop, &clashes, &error),
                     TRUCE_LIMIT);
    assert_true(clashes->cut);
    assert_int_equal(clashes->finding.proof.how, TRUCE_BOUNDED);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

/* ---- random demands against every subset ----------------------------------------- */

enum { DEMANDS = 8, SIDE = 3, ISSUE_COUNT = 3, OUTCOMES = SIDE * SIDE * SIDE };

static void draw_atom(random_stream *drawn, char *to, size_t room)
{
    static const char *const tests[] = {"=", "!=", "<=", ">"};
    snprintf(to, room, "i%u %s v%u", (unsigned)random_below(drawn, ISSUE_COUNT),
             tests[random_below(drawn, 4)], (unsigned)random_below(drawn, SIDE));
}

static truce_scenario *random_demands(uint64_t seed)
{
    random_stream drawn = random_begin(seed, 7);
    char text[4000], one[40], other[40];
    size_t at = (size_t)snprintf(text, sizeof text, TWO_PARTIES "issues:\n");
    for (int i = 0; i < ISSUE_COUNT; i++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "  i%d: {ordered: yes, values: [v0, v1, v2]}\n", i);
    at += (size_t)snprintf(text + at, sizeof text - at, "demands:\n");
    for (int d = 0; d < DEMANDS; d++) {
        draw_atom(&drawn, one, sizeof one);
        draw_atom(&drawn, other, sizeof other);
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "  d%d: {by: A, wants: \"%s %s %s\"}\n", d, one,
                               random_below(&drawn, 2) ? "and" : "or", other);
    }
    draw_atom(&drawn, one, sizeof one);
    draw_atom(&drawn, other, sizeof other);
    snprintf(text + at, sizeof text - at,
             "rules:\n  l: {by: logic, if: \"%s\", then: \"%s\"}\n", one, other);
    return scenario_of(text);
}

/* Bit s of the answer: can the demands whose bits are set in s hold together? */
static void find_possible(const truce_scenario *scenario, bool *possible)
{
    memset(possible, 0, (size_t)1 << DEMANDS);
    for (unsigned n = 0; n < OUTCOMES; n++) {
        truce_value outcome[] = {n % SIDE, n / SIDE % SIDE, n / SIDE / SIDE};
        const truce_rule *rule = &scenario->rules[0];
        unsigned kept = 0;
        if (truce_condition_holds(rule->given, outcome) &&
            !truce_condition_holds(rule->then, outcome))
            continue;
        for (unsigned d = 0; d < DEMANDS; d++)
            if (truce_condition_holds(scenario->demands[d].wants, outcome))
                kept |= 1u << d;
        for (unsigned s = 0; s < 1u << DEMANDS; s++)
            possible[s] |= (s & ~kept) == 0;
    }
}

static bool is_minimal_clash(const bool *possible, unsigned set)
{
    for (unsigned d = 0; d < DEMANDS; d++)
        if ((set >> d & 1) && !possible[set & ~(1u << d)])
            return false;
    return !possible[set];
}

static unsigned set_of(const truce_clash *clash)
{
    unsigned set = 0;
    for (size_t m = 0; m < clash->count; m++)
        set |= 1u << atoi(clash->ids[m] + 1);
    return set;
}

static void the_clashes_are_exactly_the_minimal_sets_that_no_outcome_keeps(void **state)
{
    (void)state;
    bool possible[1 << DEMANDS];
    for (uint64_t seed = 0; seed < 300; seed++) {
        truce_scenario *scenario = random_demands(seed);
        truce_clashes *clashes = NULL;
        truce_error error;
        size_t expected = 0;
        find_possible(scenario, possible);
        for (unsigned s = 0; s < 1u << DEMANDS; s++)
            expected += is_minimal_clash(possible, s);
        truce_status status =
            truce_clashes_find(scenario, NULL, NULL, &clashes, &error);
        assert_int_equal(status, expected ? TRUCE_OK : TRUCE_NONE);
        assert_int_equal(clashes->count, expected);
        for (size_t c = 0; c < clashes->count; c++)
            assert_true(is_minimal_clash(possible, set_of(&clashes->items[c])));
        truce_clashes_free(clashes);
        truce_scenario_free(scenario);
    }
}

static void every_witness_keeps_all_members_but_its_own(void **state)
{
    (void)state;
    for (uint64_t seed = 300; seed < 400; seed++) {
        truce_scenario *scenario = random_demands(seed);
        truce_clashes *clashes = NULL;
        truce_error error;
        truce_clashes_find(scenario, NULL, NULL, &clashes, &error);
        for (size_t c = 0; c < clashes->count; c++) {
            const truce_clash *clash = &clashes->items[c];
            for (size_t m = 0; m < clash->count; m++)
                for (size_t k = 0; k < clash->count; k++) {
                    const truce_demand *demand =
                        &scenario->demands[atoi(clash->ids[k] + 1)];
                    assert_int_equal(
                        truce_condition_holds(demand->wants, clash->witnesses[m]),
                        k != m);
                }
        }
        truce_clashes_free(clashes);
        truce_scenario_free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(demands_that_can_all_be_kept_do_not_clash),
        cmocka_unit_test(no_demands_do_not_clash),
        cmocka_unit_test(clashes_come_smallest_first_and_then_in_the_order_of_the_file),
        cmocka_unit_test(a_witness_changes_only_what_it_must),
        cmocka_unit_test(logic_is_named_where_a_clash_needs_it),
        cmocka_unit_test(logic_that_contradicts_itself_is_a_clash_of_nobody),
        cmocka_unit_test(floors_and_red_lines_take_part_only_when_asked_for),
        cmocka_unit_test(floors_out_of_reach_together_are_seen_without_enumerating),
        cmocka_unit_test(a_passed_deadline_gives_a_cut_list),
        cmocka_unit_test(
            the_clashes_are_exactly_the_minimal_sets_that_no_outcome_keeps),
        cmocka_unit_test(every_witness_keeps_all_members_but_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
