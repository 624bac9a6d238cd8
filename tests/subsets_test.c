/* Clashes by hand, and against every subset of a few demands. */
#include "brute.h"

#define THREE_ISSUES                                           \
    "issues:\n"                                                \
    "  x: {ordered: yes, values: [x0, x1, x2]}\n"              \
    "  y: {values: [y0, y1]}\n"                                \
    "  z: {values: [z0, z1]}\n"

static truce_clashes *clashes_of(const truce_scenario *scenario, unsigned with,
                                 truce_status expected)
{
    truce_clashes *clashes = NULL;
    truce_clashes_choices choices = {.with = with};
    assert_int_equal(truce_clashes_find(scenario, &choices, NULL, &clashes, NULL),
                     expected);
    return clashes;
}

/* "d1 d2; d3 d4" in the order they are listed. */
static void assert_clashes(const truce_clashes *clashes, const char *expected)
{
    char text[500] = "";
    for (size_t c = 0; c < clashes->count; c++)
        for (size_t k = 0; k < clashes->items[c].count; k++) {
            size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "%s%s",
                     k ? " " : (c ? "; " : ""), clashes->items[c].ids[k]);
        }
    assert_string_equal(text, expected);
}

#define CLASHES(yaml, with, status, expected)                         \
    do {                                                              \
        truce_scenario *scenario = scenario_of(yaml);                 \
        truce_clashes *clashes = clashes_of(scenario, with, status);  \
        assert_clashes(clashes, expected);                            \
        assert_int_equal(clashes->finding.proof.how, TRUCE_PROVED);   \
        truce_clashes_free(clashes);                                  \
        truce_scenario_free(scenario);                                \
    } while (0)

static void demands_that_can_all_hold_do_not_clash(void **state)
{
    (void)state;
    CLASHES(TWO_PARTIES THREE_ISSUES "demands:\n"
                                     "  d1: {by: A, wants: \"x >= x1\"}\n"
                                     "  d2: {by: B, wants: \"x <= x1\"}\n",
            0, TRUCE_NONE, "");
}

static void no_demands_do_not_clash(void **state)
{
    (void)state;
    CLASHES(TWO_PARTIES THREE_ISSUES, 0, TRUCE_NONE, "");
}

static void two_wishes_for_one_issue_clash(void **state)
{
    (void)state;
    CLASHES(TWO_PARTIES THREE_ISSUES "demands:\n"
                                     "  d1: {by: A, wants: \"x = x2\"}\n"
                                     "  d2: {by: B, wants: \"y = y1\"}\n"
                                     "  d3: {by: B, wants: \"x < x2\"}\n",
            0, TRUCE_OK, "d1 d3");
}

static void a_demand_that_nothing_keeps_is_a_clash_of_one(void **state)
{
    (void)state;
    CLASHES(TWO_PARTIES THREE_ISSUES "demands:\n"
                                     "  d1: {by: A, wants: \"x = x1 and x = x2\"}\n"
                                     "  d2: {by: B, wants: \"x = x0\"}\n",
            0, TRUCE_OK, "d1");
}

/* Any two of the three can hold. */
static void three_demands_may_clash_though_any_two_agree(void **state)
{
    (void)state;
    CLASHES(TWO_PARTIES THREE_ISSUES "demands:\n"
                                     "  d1: {by: A, wants: \"not (x = x1) or y = y1\"}\n"
                                     "  d2: {by: B, wants: \"y = y0\"}\n"
                                     "  d3: {by: B, wants: \"x = x1\"}\n",
            0, TRUCE_OK, "d1 d2 d3");
}

static void small_clashes_come_first_then_the_order_of_the_file(void **state)
{
    (void)state;
    CLASHES(TWO_PARTIES THREE_ISSUES "demands:\n"
                                     "  d1: {by: A, wants: \"x = x0\"}\n"
                                     "  d2: {by: B, wants: \"y = y1 or x = x1\"}\n"
                                     "  d3: {by: A, wants: \"y = y0\"}\n"
                                     "  d4: {by: B, wants: \"x = x2\"}\n",
            0, TRUCE_OK, "d1 d4; d1 d2 d3; d2 d3 d4");
}

/* x2 asks for y1 by the nature of things. */
static void a_clash_through_logic_names_the_rule_and_no_other(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES THREE_ISSUES
        "rules:\n"
        "  l1: {by: logic, if: \"z = z1\", then: \"y = y1\"}\n"
        "  l2: {by: logic, if: \"x = x2\", then: \"y = y1\"}\n"
        "demands:\n  d1: {by: A, wants: \"x = x2\"}\n  d2: {by: B, wants: \"y = y0\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_clashes(clashes, "d1 d2");
    assert_int_equal(clashes->items[0].logic.count, 1);
    assert_string_equal(clashes->items[0].logic.items[0], "rule:l2");
    assert_int_equal(clashes->items[0].parties[0], 0);
    assert_int_equal(clashes->items[0].parties[1], 1);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void a_clash_without_logic_names_none(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES THREE_ISSUES
        "rules: {l1: {by: logic, if: \"x = x2\", then: \"y = y1\"}}\n"
        "demands:\n  d1: {by: A, wants: \"x = x2\"}\n  d2: {by: B, wants: \"x = x1\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_int_equal(clashes->items[0].logic.count, 0);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

/* A has 100 with x0 and 60 with x1; 70 rules x1 out. */
#define WITH_A_FLOOR                                                         \
    TWO_PARTIES THREE_ISSUES                                                 \
        "preferences:\n"                                                     \
        "  A: {weights: {x: 1}, worth: {x: [100, 60, 0]}, outside: {worth: " \
        "70},\n      red-lines: [{if: \"y = y1\"}]}\n"                       \
        "rules: {r1: {by: B, if: \"x = x0\", then: \"z = z1\"}}\n"           \
        "demands:\n  d1: {by: B, wants: \"x >= x1\"}\n"                      \
        "  d2: {by: B, wants: \"y = y1\"}\n  d3: {by: A, wants: \"z = z0\"}\n"

static void red_lines_floors_and_rules_take_part_only_when_asked_for(void **state)
{
    (void)state;
    CLASHES(WITH_A_FLOOR, 0, TRUCE_NONE, "");
    CLASHES(WITH_A_FLOOR, TRUCE_RED_LINES, TRUCE_OK, "d2 red:A:1");
    CLASHES(WITH_A_FLOOR, TRUCE_FLOORS, TRUCE_OK, "d1 floor:A");
    CLASHES(WITH_A_FLOOR, TRUCE_RULES, TRUCE_NONE, "");
    CLASHES(WITH_A_FLOOR, TRUCE_FLOORS | TRUCE_RULES | TRUCE_RED_LINES, TRUCE_OK,
            "d1 floor:A; d2 red:A:1; d3 floor:A rule:r1");
}

static void logic_that_leaves_nothing_is_one_clash_without_members(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES THREE_ISSUES
        "rules:\n  l1: {by: logic, if: \"x <= x2\", then: \"y = y1\"}\n"
        "  l2: {by: logic, if: \"y = y1\", then: \"x changed and x = x0\"}\n"
        "demands:\n  d1: {by: A, wants: \"x = x2\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_int_equal(clashes->count, 1);
    assert_int_equal(clashes->items[0].count, 0);
    assert_int_equal(clashes->items[0].logic.count, 2);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

/* ---- cut
 * -------------------------------------------------------------------------------- */

#define THREE_CLASHES                                      \
    TWO_PARTIES THREE_ISSUES "demands:\n"                  \
                             "  d1: {by: A, wants: \"x = x0\"}\n" \
                             "  d2: {by: B, wants: \"x = x1\"}\n" \
                             "  d3: {by: B, wants: \"x = x2\"}\n"

static void a_list_cut_by_choice_says_so(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(THREE_CLASHES);
    truce_clashes *clashes = NULL;
    truce_clashes_choices two = {.most = 2};
    assert_int_equal(truce_clashes_find(scenario, &two, NULL, &clashes, NULL),
                     TRUCE_LIMIT);
    assert_int_equal(clashes->count, 2);
    assert_true(clashes->cut);
    assert_int_equal(clashes->finding.proof.how, TRUCE_BOUNDED);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void a_list_that_is_just_long_enough_is_not_cut(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(THREE_CLASHES);
    truce_clashes *clashes = NULL;
    truce_clashes_choices three = {.most = 3};
    assert_int_equal(truce_clashes_find(scenario, &three, NULL, &clashes, NULL),
                     TRUCE_OK);
    assert_clashes(clashes, "d1 d2; d1 d3; d2 d3");
    assert_false(clashes->cut);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

/* ---- many learned clauses
 * --------------------------------------------------------------- */

/* A and B share sixteen pies; A wants nine of them, B eight, or seven: no pair of
 * issues rules it out, only the sum. */
static truce_scenario *sixteen_pies(const char *floor_of_b)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    fprintf(to, TWO_PARTIES "issues:\n");
    for (int i = 0; i < 16; i++)
        fprintf(to, "  i%d: {values: [a, b]}\n", i);
    fprintf(to, "preferences:\n");
    for (int p = 0; p < 2; p++) {
        fprintf(to, "  %c:\n    sum: as-given\n    outside: {worth: %s}\n    weights: {",
                "AB"[p], p ? floor_of_b : "9");
        for (int i = 0; i < 16; i++)
            fprintf(to, "%si%d: 1", i ? ", " : "", i);
        fprintf(to, "}\n    worth: {");
        for (int i = 0; i < 16; i++)
            fprintf(to, "%si%d: %s", i ? ", " : "", i, p ? "[0, 1]" : "[1, 0]");
        fprintf(to, "}\n");
    }
    fprintf(to, "demands:\n  d1: {by: A, wants: \"i0 = a\"}\n");
    fclose(to);
    truce_scenario *scenario = scenario_of(text);
    free(text);
    return scenario;
}

/* 9 + 8 is more than 16: C(16, 8) ways to see it, one by one. */
static void floors_that_only_a_sum_rules_out_are_settled(void **state)
{
    (void)state;
    truce_scenario *scenario = sixteen_pies("8");
    truce_clashes *clashes = clashes_of(scenario, TRUCE_FLOORS, TRUCE_OK);
    assert_clashes(clashes, "floor:A floor:B");
    assert_int_equal(clashes->finding.proof.how, TRUCE_PROVED);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

static void floors_that_a_sum_just_allows_do_not_clash(void **state)
{
    (void)state;
    truce_scenario *scenario = sixteen_pies("7");
    truce_clashes *clashes = clashes_of(scenario, TRUCE_FLOORS, TRUCE_NONE);
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
}

/* ---- against every subset
 * --------------------------------------------------------------- */

typedef struct trial {
    const space *compiled;
    const char *ids[BRUTE_MEMBERS];
    size_t count;
    uint64_t *kept; /* for each outcome that logic allows, the members it keeps */
    size_t outcomes, room;
    uint64_t clashes[1 << 12];
    size_t clash_count;
} trial;

static bool can_set_hold(const trial *of, uint64_t set)
{
    for (size_t o = 0; o < of->outcomes; o++)
        if ((of->kept[o] & set) == set)
            return true;
    return false;
}

static bool is_minimal_clash(const trial *of, uint64_t set)
{
    if (can_set_hold(of, set))
        return false;
    for (uint64_t rest = set; rest; rest &= rest - 1)
        if (!can_set_hold(of, set & ~(rest & -rest)))
            return false;
    return true;
}

static void try_every_subset(trial *of)
{
    truce_value outcome[4] = {0};
    do {
        if (breaks_logic(of->compiled, outcome))
            continue;
        uint64_t set = 0;
        for (size_t k = 0; k < of->count; k++)
            set |= (uint64_t)keeps(of->compiled, of->ids[k], outcome) << k;
        *grow(of->kept, of->outcomes, of->room) = set;
    } while (next_outcome(of->compiled, outcome));
    for (uint64_t set = 0; set < (uint64_t)1 << of->count; set++) {
        if (!is_minimal_clash(of, set))
            continue;
        size_t at = of->clash_count++;
        for (; at > 0 && mask_comes_first(set, of->clashes[at - 1]); at--)
            of->clashes[at] = of->clashes[at - 1];
        of->clashes[at] = set;
    }
}

static void assert_witness(const trial *of, const truce_clash *clash, size_t k)
{
    const truce_value *witness = clash->witnesses[k];
    assert_false(breaks_logic(of->compiled, witness));
    for (size_t j = 0; j < clash->count; j++)
        assert_int_equal(keeps(of->compiled, clash->ids[j], witness), j != k);
}

/* The members with the logic named cannot hold; no rule of it can be spared. */
static void assert_logic(const trial *of, const truce_clash *clash)
{
    const char *ids[BRUTE_MEMBERS + 8];
    size_t count = 0;
    for (size_t k = 0; k < clash->count; k++)
        ids[count++] = clash->ids[k];
    for (size_t r = 0; r < clash->logic.count; r++)
        ids[count++] = clash->logic.items[r];
    assert_minimal(of->compiled, ids, count, clash->count, keeps);
}

static void assert_clash_is(const trial *of, const truce_clash *clash, uint64_t set)
{
    size_t k = 0;
    assert_int_equal(clash->count, __builtin_popcountll(set));
    for (uint64_t rest = set; rest; rest &= rest - 1, k++) {
        assert_string_equal(clash->ids[k], of->ids[__builtin_ctzll(rest)]);
        assert_witness(of, clash, k);
    }
    assert_logic(of, clash);
}

static size_t assert_as_tried(uint64_t number, unsigned with)
{
    static trial of;
    arena memory = {0};
    truce_scenario *scenario = small_scenario(6, number, 4, 2 + number % 6);
    space *compiled = space_new(scenario, NULL);
    of = (trial){.compiled = compiled};
    of.count = brute_members(compiled, with, &memory, of.ids);
    try_every_subset(&of);
    truce_clashes *clashes =
        clashes_of(scenario, with, of.clash_count ? TRUCE_OK : TRUCE_NONE);
    assert_int_equal(clashes->count, of.clash_count);
    assert_int_equal(clashes->members, of.count);
    for (size_t c = 0; c < clashes->count; c++)
        assert_clash_is(&of, &clashes->items[c], of.clashes[c]);
    truce_clashes_free(clashes);
    space_free(compiled);
    truce_scenario_free(scenario);
    arena_free(&memory);
    free(of.kept);
    return of.clash_count;
}

static void clashes_are_those_of_trying_every_subset_of_2000_random_files(void **state)
{
    (void)state;
    size_t clashes = 0;
    for (uint64_t number = 0; number < 2000; number++)
        clashes += assert_as_tried(number, (unsigned)(number % 8));
    assert_true(clashes > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(demands_that_can_all_hold_do_not_clash),
        cmocka_unit_test(no_demands_do_not_clash),
        cmocka_unit_test(two_wishes_for_one_issue_clash),
        cmocka_unit_test(a_demand_that_nothing_keeps_is_a_clash_of_one),
        cmocka_unit_test(three_demands_may_clash_though_any_two_agree),
        cmocka_unit_test(small_clashes_come_first_then_the_order_of_the_file),
        cmocka_unit_test(a_clash_through_logic_names_the_rule_and_no_other),
        cmocka_unit_test(a_clash_without_logic_names_none),
        cmocka_unit_test(red_lines_floors_and_rules_take_part_only_when_asked_for),
        cmocka_unit_test(logic_that_leaves_nothing_is_one_clash_without_members),
        cmocka_unit_test(a_list_cut_by_choice_says_so),
        cmocka_unit_test(a_list_that_is_just_long_enough_is_not_cut),
        cmocka_unit_test(floors_that_only_a_sum_rules_out_are_settled),
        cmocka_unit_test(floors_that_a_sum_just_allows_do_not_clash),
        cmocka_unit_test(clashes_are_those_of_trying_every_subset_of_2000_random_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
