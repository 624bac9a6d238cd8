/* What would have to be given: small cases by hand, and random ones against every subset. */
#include "made.h"

#include "base/random.h"
#include "space/space.h"

#include <stdlib.h>

#define ISSUES                                              \
    "issues:\n"                                             \
    "  fire: {ordered: yes, values: [none, short, long]}\n" \
    "  land: {values: [kept, shared, ceded]}\n"

static truce_unlock *ways_of(const truce_scenario *scenario, unsigned without,
                             truce_status expected)
{
    truce_unlock_choices choices = {.without = without};
    truce_unlock *unlock = NULL;
    truce_error error;
    assert_int_equal(truce_unlock_find(scenario, &choices, NULL, &unlock, &error),
                     expected);
    return unlock;
}

static void nothing_need_be_given_when_all_demands_can_be_kept(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "demands:\n"
                                       "  a: {by: A, wants: \"fire >= short\"}\n");
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->count, 1);
    assert_int_equal(unlock->ways[0].count, 0);
    assert_int_equal(unlock->fewest, 0);
    assert_string_equal(unlock->ways[0].outcomes.exact, "6");
    assert_false(unlock->cut);
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

static void without_demands_there_is_one_empty_way(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES);
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->count, 1);
    assert_string_equal(unlock->ways[0].outcomes.exact, "9");
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

/* Giving a leaves fire = none: 3 outcomes; giving b leaves short and long: 6. */
static void of_ways_of_one_size_the_one_that_leaves_more_comes_first(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "demands:\n"
                                       "  a: {by: A, wants: \"fire >= short\"}\n"
                                       "  b: {by: B, wants: \"fire = none\"}\n");
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->count, 2);
    assert_int_equal(unlock->ways[0].give[0].demand, 1);
    assert_string_equal(unlock->ways[0].outcomes.exact, "6");
    assert_int_equal(unlock->ways[1].give[0].demand, 0);
    assert_string_equal(unlock->ways[1].outcomes.exact, "3");
    assert_int_equal(unlock->ways[0].give[0].because.count, 1);
    assert_string_equal(unlock->ways[0].give[0].because.items[0], "a");
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

#define RED                                                 \
    "preferences:\n"                                        \
    "  A: {basis: A, red-lines: [{if: \"land = ceded\"}], " \
    "weights: {fire: 1}, worth: {fire: [0, 50, 100]}, outside: 40}\n"

static void a_red_line_forces_a_demand_and_is_named(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES RED "demands:\n"
                                           "  a: {by: A, wants: \"land = kept\"}\n"
                                           "  b: {by: B, wants: \"land = ceded\"}\n");
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->count, 1);
    assert_int_equal(unlock->ways[0].give[0].demand, 1);
    assert_true(texts_hold(unlock->ways[0].give[0].because, "red:A:1"));
    truce_unlock_free(unlock);
    unlock = ways_of(scenario, TRUCE_RED_LINES, TRUCE_OK);
    assert_int_equal(unlock->count, 2);
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

static void a_floor_forces_a_demand_only_where_floors_count(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES RED "demands:\n"
                                           "  b: {by: B, wants: \"fire = none\"}\n");
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->ways[0].count, 1);
    assert_int_equal(unlock->ways[0].give[0].because.count, 1);
    assert_string_equal(unlock->ways[0].give[0].because.items[0], "floor:A");
    truce_unlock_free(unlock);
    unlock = ways_of(scenario, TRUCE_FLOORS, TRUCE_OK);
    assert_int_equal(unlock->ways[0].count, 0);
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

/* Only B is asked about fire, so A's floor does not stand in the way of it. */
static void whoever_is_not_needed_does_not_stand_in_the_way(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of("truce: 1\nid: made\nparties:\n"
                    "  A: {role: principal, consent: [land]}\n"
                    "  B: {role: principal, consent: [fire]}\n" ISSUES "preferences:\n"
                    "  A: {basis: A, weights: {fire: 1}, worth: {fire: [100, 50, 0]}, "
                    "outside: 90}\n"
                    "demands:\n"
                    "  b: {by: B, wants: \"fire = long\"}\n");
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->ways[0].count, 0);
    assert_string_equal(unlock->ways[0].outcomes.exact, "1"); /* land as it is */
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

static void when_nothing_helps_it_says_what_stands_in_the_way(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES
                    "preferences:\n"
                    "  A: {basis: A, weights: {land: 1}, worth: {land: [100, 50, "
                    "0]}, outside: 60}\n"
                    "  B: {basis: A, weights: {land: 1}, worth: {land: [0, 50, "
                    "100]}, outside: 60}\n"
                    "demands:\n"
                    "  a: {by: A, wants: \"land = kept\"}\n");
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_NONE);
    assert_int_equal(unlock->count, 0);
    assert_int_equal(unlock->blocked_by.count, 2);
    assert_string_equal(unlock->blocked_by.items[0], "floor:A");
    assert_string_equal(unlock->blocked_by.items[1], "floor:B");
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

/* Six demands for one of three values each, in pairs: 2 x 2 x 2 ways of three members. */
static void a_list_cut_by_choice_says_so_and_is_still_an_answer(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "  toll: {values: [none, half, full]}\n"
                                       "demands:\n"
                                       "  a: {by: A, wants: \"fire = none\"}\n"
                                       "  b: {by: B, wants: \"fire = long\"}\n"
                                       "  c: {by: A, wants: \"land = kept\"}\n"
                                       "  d: {by: B, wants: \"land = ceded\"}\n"
                                       "  e: {by: A, wants: \"toll = none\"}\n"
                                       "  f: {by: B, wants: \"toll = full\"}\n");
    truce_unlock_choices choices = {.most = 3};
    truce_unlock *unlock = NULL;
    truce_error error;
    assert_int_equal(truce_unlock_find(scenario, &choices, NULL, &unlock, &error),
                     TRUCE_OK);
    assert_int_equal(unlock->count, 3);
    assert_true(unlock->cut);
    for (size_t g = 0; g < 3; g++)
        assert_int_equal(unlock->ways[0].give[g].demand, 2 * g);
    truce_unlock_free(unlock);
    unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->count, 8);
    assert_false(unlock->cut);
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

/* Two demands on each of twelve issues: 2^12 ways of twelve members, more than are ranked. */
static void a_size_with_too_many_ways_is_not_called_proved(void **state)
{
    (void)state;
    char text[4000];
    size_t at = (size_t)snprintf(text, sizeof text, TWO_PARTIES "issues:\n");
    for (int i = 0; i < 12; i++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "  i%d: {values: [yes, no]}\n", i);
    at += (size_t)snprintf(text + at, sizeof text - at, "demands:\n");
    for (int d = 0; d < 24; d++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "  d%d: {by: A, wants: \"i%d = %s\"}\n", d, d / 2,
                               d % 2 ? "no" : "yes");
    truce_scenario *scenario = scenario_of(text);
    truce_unlock *unlock = ways_of(scenario, 0, TRUCE_OK);
    assert_int_equal(unlock->fewest, 12);
    assert_int_equal(unlock->count, 20);
    assert_true(unlock->cut);
    assert_int_equal(unlock->finding.proof.how, TRUCE_BOUNDED);
    truce_unlock_free(unlock);
    truce_scenario_free(scenario);
}

/* ---- random scenarios against every subset --------------------------------------- */

enum { DEMANDS = 7, SIDE = 3, ISSUE_COUNT = 3, OUTCOMES = SIDE * SIDE * SIDE };

static void draw_atom(random_stream *drawn, char *to, size_t room)
{
    static const char *const tests[] = {"=", "!=", "<=", ">"};
    snprintf(to, room, "i%u %s v%u", (unsigned)random_below(drawn, ISSUE_COUNT),
             tests[random_below(drawn, 4)], (unsigned)random_below(drawn, SIDE));
}

static size_t draw_party(random_stream *drawn, char party, char *to, size_t room)
{
    char line[40];
    size_t at = (size_t)snprintf(to, room, "  %c:\n    weights: {", party);
    for (int i = 0; i < ISSUE_COUNT; i++)
        at += (size_t)snprintf(to + at, room - at, "%si%d: %u", i ? ", " : "", i,
                               1 + (unsigned)random_below(drawn, 9));
    at += (size_t)snprintf(to + at, room - at, "}\n    worth: {");
    for (int i = 0; i < ISSUE_COUNT; i++)
        at += (size_t)snprintf(to + at, room - at, "%si%d: [%u, %u, %u]", i ? ", " : "",
                               i, (unsigned)random_below(drawn, 101),
                               (unsigned)random_below(drawn, 101),
                               (unsigned)random_below(drawn, 101));
    draw_atom(drawn, line, sizeof line);
    at += (size_t)snprintf(to + at, room - at,
                           "}\n    bonus: [{if: \"%s\", worth: %d}]\n", line,
                           (int)random_below(drawn, 41) - 20);
    draw_atom(drawn, line, sizeof line);
    return at + (size_t)snprintf(to + at, room - at,
                                 "    red-lines: [{if: \"%s\"}]\n    outside: %u\n",
                                 line, 20 + (unsigned)random_below(drawn, 50));
}

static truce_scenario *random_talks(uint64_t seed)
{
    random_stream drawn = random_begin(seed, 8);
    char text[6000], one[40], other[40];
    size_t at = (size_t)snprintf(text, sizeof text,
                                 "truce: 1\nid: made\nparties:\n"
                                 "  A: {role: principal, consent: all}\n"
                                 "  B: {role: principal, consent: [i0, \"i2 = v2\"]}\n"
                                 "issues:\n");
    for (int i = 0; i < ISSUE_COUNT; i++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "  i%d: {ordered: yes, values: [v0, v1, v2]}\n", i);
    at += (size_t)snprintf(text + at, sizeof text - at, "preferences:\n");
    at += draw_party(&drawn, 'A', text + at, sizeof text - at);
    at += draw_party(&drawn, 'B', text + at, sizeof text - at);
    at += (size_t)snprintf(text + at, sizeof text - at, "demands:\n");
    for (int d = 0; d < DEMANDS; d++) {
        draw_atom(&drawn, one, sizeof one);
        draw_atom(&drawn, other, sizeof other);
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "  d%d: {by: A, wants: \"%s %s %s\"}\n", d, one,
                               random_below(&drawn, 2) ? "and" : "or", other);
    }
    return scenario_of(text);
}

/* How many acceptable outcomes break exactly the demands of each set; false: none at all. */
static bool count_broken(const truce_scenario *scenario, unsigned *broken_by)
{
    space *compiled = space_new(scenario, NULL);
    bool any = false;
    memset(broken_by, 0, sizeof *broken_by << DEMANDS);
    for (unsigned n = 0; n < OUTCOMES; n++) {
        truce_value outcome[] = {n % SIDE, n / SIDE % SIDE, n / SIDE / SIDE};
        unsigned broken = 0;
        if (!space_accepts(compiled, outcome, 0))
            continue;
        for (unsigned d = 0; d < DEMANDS; d++)
            if (!truce_condition_holds(scenario->demands[d].wants, outcome))
                broken |= 1u << d;
        broken_by[broken]++;
        any = true;
    }
    space_free(compiled);
    return any;
}

/* Some acceptable outcome breaks just these, and none breaks fewer of them only. */
static bool is_way(const unsigned *broken_by, unsigned set)
{
    for (unsigned part = (set - 1) & set; set != 0; part = (part - 1) & set) {
        if (broken_by[part] > 0)
            return false;
        if (part == 0)
            break;
    }
    return broken_by[set] > 0;
}

static void
the_ways_are_exactly_the_minimal_sets_and_their_counts_are_right(void **state)
{
    (void)state;
    unsigned broken_by[1 << DEMANDS];
    for (uint64_t seed = 0; seed < 300; seed++) {
        truce_scenario *scenario = random_talks(seed);
        bool any = count_broken(scenario, broken_by);
        truce_unlock_choices choices = {.most = 1 << DEMANDS};
        truce_unlock *unlock = NULL;
        truce_error error;
        size_t expected = 0;
        for (unsigned s = 0; s < 1u << DEMANDS; s++)
            expected += is_way(broken_by, s);
        assert_int_equal(truce_unlock_find(scenario, &choices, NULL, &unlock, &error),
                         any ? TRUCE_OK : TRUCE_NONE);
        assert_int_equal(unlock->count, expected);
        assert_int_equal(unlock->blocked_by.count > 0, !any);
        for (size_t w = 0; w < unlock->count; w++) {
            unsigned set = 0;
            for (size_t g = 0; g < unlock->ways[w].count; g++)
                set |= 1u << unlock->ways[w].give[g].demand;
            assert_true(is_way(broken_by, set));
            assert_int_equal(atoi(unlock->ways[w].outcomes.exact), broken_by[set]);
        }
        truce_unlock_free(unlock);
        truce_scenario_free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_need_be_given_when_all_demands_can_be_kept),
        cmocka_unit_test(without_demands_there_is_one_empty_way),
        cmocka_unit_test(of_ways_of_one_size_the_one_that_leaves_more_comes_first),
        cmocka_unit_test(a_red_line_forces_a_demand_and_is_named),
        cmocka_unit_test(a_floor_forces_a_demand_only_where_floors_count),
        cmocka_unit_test(whoever_is_not_needed_does_not_stand_in_the_way),
        cmocka_unit_test(when_nothing_helps_it_says_what_stands_in_the_way),
        cmocka_unit_test(a_list_cut_by_choice_says_so_and_is_still_an_answer),
        cmocka_unit_test(a_size_with_too_many_ways_is_not_called_proved),
        cmocka_unit_test(
            the_ways_are_exactly_the_minimal_sets_and_their_counts_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
