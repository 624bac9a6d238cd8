/* Clashes and ways out against every subset of a few demands, red lines, floors and
 * rules; and clashes that few files have. */
#include "brute.h"

#define THREE_ISSUES                              \
    "issues:\n"                                   \
    "  x: {ordered: yes, values: [x0, x1, x2]}\n" \
    "  y: {values: [y0, y1]}\n"                   \
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
            snprintf(text + used, sizeof text - used, "%s%s", k ? " " : (c ? "; " : ""),
                     clashes->items[c].ids[k]);
        }
    assert_string_equal(text, expected);
}

#define CLASHES(yaml, with, status, expected)                        \
    do {                                                             \
        truce_scenario *scenario = scenario_of(yaml);                \
        truce_clashes *clashes = clashes_of(scenario, with, status); \
        assert_clashes(clashes, expected);                           \
        assert_int_equal(clashes->finding.proof.how, TRUCE_PROVED);  \
        truce_clashes_free(clashes);                                 \
        truce_scenario_free(scenario);                               \
    } while (0)

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
    CLASHES(TWO_PARTIES THREE_ISSUES
            "demands:\n"
            "  d1: {by: A, wants: \"not (x = x1) or y = y1\"}\n"
            "  d2: {by: B, wants: \"y = y0\"}\n"
            "  d3: {by: B, wants: \"x = x1\"}\n",
            0, TRUCE_OK, "d1 d2 d3");
}

/* x2 asks for y1 by the nature of things. */
static void a_clash_through_logic_names_the_rule_and_no_other(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES THREE_ISSUES "rules:\n"
                                 "  l1: {by: logic, if: \"z = z1\", then: \"y = y1\"}\n"
                                 "  l2: {by: logic, if: \"x = x2\", then: \"y = y1\"}\n"
                                 "demands:\n  d1: {by: A, wants: \"x = x2\"}\n  d2: "
                                 "{by: B, wants: \"y = y0\"}\n");
    truce_clashes *clashes = clashes_of(scenario, 0, TRUCE_OK);
    assert_clashes(clashes, "d1 d2");
    assert_int_equal(clashes->items[0].logic.count, 1);
    assert_string_equal(clashes->items[0].logic.items[0], "rule:l2");
    assert_int_equal(clashes->items[0].parties[0], 0);
    assert_int_equal(clashes->items[0].parties[1], 1);
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

/* ---- cut
 * -------------------------------------------------------------------------------- */

#define THREE_CLASHES                                             \
    TWO_PARTIES THREE_ISSUES "demands:\n"                         \
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
                     TRUCE_OK);
    assert_int_equal(clashes->count, 2);
    assert_true(clashes->cut);
    assert_int_equal(clashes->finding.proof.how, TRUCE_BOUNDED);
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
        fprintf(to,
                "  %c:\n    sum: as-given\n    outside: {worth: %s}\n    weights: {",
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

/* ---- ways out
 * --------------------------------------------------------------------------- */

/* What one acceptable outcome asks to be given up, for every acceptable outcome. */
typedef struct given {
    uint64_t *sets;
    size_t count, room;
} given;

static given given_by_each(const space *compiled, unsigned without)
{
    const truce_scenario *scenario = compiled->scenario;
    given all = {0};
    truce_value outcome[4] = {0};
    do {
        if (!space_accepts(compiled, outcome, without))
            continue;
        uint64_t set = 0;
        for (size_t d = 0; d < scenario->demand_count; d++)
            set |= (uint64_t)!truce_condition_holds(scenario->demands[d].wants, outcome)
                   << d;
        *grow(all.sets, all.count, all.room) = set;
    } while (next_outcome(compiled, outcome));
    return all;
}

static size_t count_within(const given *all, uint64_t set)
{
    size_t count = 0;
    for (size_t o = 0; o < all->count; o++)
        count += (all->sets[o] & ~set) == 0;
    return count;
}

/* Nobody asks for less: all outcomes within the set ask for the whole of it. */
static bool is_way(const given *all, uint64_t set)
{
    for (size_t o = 0; o < all->count; o++)
        if ((all->sets[o] & ~set) == 0 && all->sets[o] != set)
            return false;
    return count_within(all, set) > 0;
}

static uint64_t set_of(const truce_way *way)
{
    uint64_t set = 0;
    for (size_t k = 0; k < way->count; k++)
        set |= (uint64_t)1 << way->give[k].demand;
    return set;
}

static bool comes_first(const given *all, uint64_t one, uint64_t other)
{
    if (__builtin_popcountll(one) != __builtin_popcountll(other))
        return mask_comes_first(one, other);
    size_t left = count_within(all, one), left_by_other = count_within(all, other);
    return left != left_by_other ? left > left_by_other : mask_comes_first(one, other);
}

/* The demand cannot hold with its reasons, and each reason is needed for that. */
static void assert_reasons(const space *compiled, const truce_concession *give)
{
    const char *ids[BRUTE_MEMBERS];
    size_t count = 0;
    ids[count++] = compiled->scenario->demands[give->demand].label.id;
    for (size_t k = 0; k < give->because.count; k++)
        ids[count++] = give->because.items[k];
    assert_minimal(compiled, ids, count, 1, keeps_if_needed);
}

static void assert_ways(const space *compiled, const truce_unlock *unlock,
                        const given *all)
{
    uint64_t before = 0;
    for (size_t w = 0; w < unlock->count; w++) {
        uint64_t set = set_of(&unlock->ways[w]);
        assert_true(is_way(all, set));
        assert_true(w == 0 || comes_first(all, before, set));
        assert_int_equal(strtoul(unlock->ways[w].outcomes.exact, NULL, 10),
                         count_within(all, set));
        for (size_t k = 0; k < unlock->ways[w].count; k++)
            assert_reasons(compiled, &unlock->ways[w].give[k]);
        before = set;
    }
}

static size_t count_ways(const given *all, size_t demands)
{
    size_t ways = 0;
    for (uint64_t set = 0; set < (uint64_t)1 << demands; set++)
        ways += is_way(all, set);
    return ways;
}

static size_t assert_ways_as_tried(uint64_t number, unsigned without)
{
    truce_scenario *scenario = small_scenario(7, number, 4, number % 9);
    space *compiled = space_new(scenario, NULL);
    given all = given_by_each(compiled, without);
    truce_unlock *unlock = NULL;
    truce_unlock_choices choices = {.without = without, .most = 1000};
    assert_int_equal(truce_unlock_find(scenario, &choices, NULL, &unlock, NULL),
                     all.count ? TRUCE_OK : TRUCE_NONE);
    size_t ways = count_ways(&all, scenario->demand_count);
    assert_int_equal(unlock->count, ways);
    assert_false(unlock->cut);
    assert_ways(compiled, unlock, &all);
    if (all.count == 0)
        assert_minimal(compiled, unlock->blocked_by.items, unlock->blocked_by.count, 0,
                       keeps_if_needed);
    truce_unlock_free(unlock);
    space_free(compiled);
    truce_scenario_free(scenario);
    free(all.sets);
    return ways;
}

static void ways_are_those_of_trying_every_subset_of_2000_random_files(void **state)
{
    (void)state;
    size_t ways = 0;
    for (uint64_t number = 0; number < 2000; number++)
        ways += assert_ways_as_tried(number, number % 3 ? 0 : (unsigned)(number % 8));
    assert_true(ways > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_demand_that_nothing_keeps_is_a_clash_of_one),
        cmocka_unit_test(three_demands_may_clash_though_any_two_agree),
        cmocka_unit_test(a_clash_through_logic_names_the_rule_and_no_other),
        cmocka_unit_test(red_lines_floors_and_rules_take_part_only_when_asked_for),
        cmocka_unit_test(a_list_cut_by_choice_says_so),
        cmocka_unit_test(floors_that_only_a_sum_rules_out_are_settled),
        cmocka_unit_test(floors_that_a_sum_just_allows_do_not_clash),
        cmocka_unit_test(clashes_are_those_of_trying_every_subset_of_2000_random_files),
        cmocka_unit_test(ways_are_those_of_trying_every_subset_of_2000_random_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
