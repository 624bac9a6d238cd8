/* Frontiers of sums of boxes: by hand, and against every outcome of random spaces. */
#include "made.h"

#include "base/random.h"
#include "solve/boxes.h"
#include "space/acceptance.h"

#include <stdlib.h>

enum {
    MOST_ISSUES = 6,
    MOST_VALUES = 4,
    MOST_PARTIES = 5,
    MOST_BONUSES = 9,
    MOST_MUSTS = 4
};

/* ---- by hand ---- */

#define TWO_SCALES                                 \
    TWO_PARTIES "issues:\n"                        \
                "  x: {from: 0, to: 9, step: 1}\n" \
                "  y: {from: 0, to: 9, step: 1}\n"

static const size_t both[] = {0, 1};

/* "7 0; 3 5" */
static void assert_points(const boxes_frontier *found, const char *expected)
{
    char text[500] = "";
    for (size_t k = 0; k < found->count * found->dims; k++) {
        size_t used = strlen(text);
        const char *before = k == 0 ? "" : k % found->dims ? " " : "; ";
        snprintf(text + used, sizeof text - used, "%s%lld", before,
                 (long long)found->sums[k]);
    }
    assert_string_equal(text, expected);
}

/* When the first musts of the part must hold. */
static void assert_points_of(boxes_part part, size_t musts, const char *expected)
{
    part.must_count = musts;
    assert_true(boxes_fit(&part));
    boxes_frontier *found = boxes_find(&part, NULL, NULL);
    assert_points(found, expected);
    assert_true(found->complete);
    boxes_free(found);
}

static void assert_frontier(const char *yaml, const char *expected)
{
    truce_scenario *scenario = scenario_of(yaml);
    space *compiled = space_new(scenario, NULL);
    boxes_part part = {.compiled = compiled,
                       .issues = {both, scenario->issue_count},
                       .over = {both, 2}};
    assert_points_of(part, 0, expected);
    space_free(compiled);
    truce_scenario_free(scenario);
}

#define PREFERENCES "preferences:\n"
#define A_HAS(bonuses) "  A: {sum: as-given, bonus: [" bonuses "]}\n"
#define B_HAS(bonuses) "  B: {sum: as-given, bonus: [" bonuses "]}\n"

static void boxes_that_touch_in_one_value_are_had_together(void **state)
{
    (void)state;
    assert_frontier(
        TWO_SCALES PREFERENCES A_HAS("{if: \"x <= 4 and y <= 4\", worth: 3}")
            B_HAS("{if: \"x >= 4 and y >= 4\", worth: 5}"),
        "3 5");
}

static void boxes_that_miss_by_one_value_are_not(void **state)
{
    (void)state;
    assert_frontier(
        TWO_SCALES PREFERENCES A_HAS("{if: \"x <= 4 and y <= 4\", worth: 3}")
            B_HAS("{if: \"x >= 4 and y >= 5\", worth: 5}"),
        "3 0; 0 5");
}

static void nested_and_identical_boxes_add_up(void **state)
{
    (void)state;
    assert_frontier(TWO_SCALES PREFERENCES A_HAS("{if: \"x <= 4\", worth: 3}, "
                                                 "{if: \"x <= 2\", worth: 1}, "
                                                 "{if: \"x <= 4\", worth: 2}")
                        B_HAS("{if: \"x >= 3\", worth: 7}, {if: \"x <= 4\", worth: 1}"),
                    "6 1; 5 8");
}

/* Three ranges of which any two are apart. */
static void of_boxes_that_all_conflict_one_is_had(void **state)
{
    (void)state;
    assert_frontier(TWO_SCALES PREFERENCES A_HAS(
                        "{if: \"x <= 1\", worth: 3}, {if: \"x >= 8\", worth: 1}")
                        B_HAS("{if: \"x >= 3 and x <= 5\", worth: 2},"
                              "{if: \"x >= 8\", worth: 1}"),
                    "3 0; 1 1; 0 2");
}

static void without_boxes_there_is_one_point(void **state)
{
    (void)state;
    assert_frontier(TWO_SCALES PREFERENCES A_HAS("{if: \"x >= 0\", worth: -4}")
                        B_HAS("{if: \"x > 9\", worth: 2}"),
                    "-4 0");
}

/* The cost is escaped at x >= 6 or y >= 6, and B is at ease in one of the two. */
static void a_cost_is_avoided_on_any_one_issue(void **state)
{
    (void)state;
    assert_frontier(
        TWO_SCALES PREFERENCES A_HAS("{if: \"x <= 5 and y <= 5\", worth: -4}")
            B_HAS("{if: \"x <= 5\", worth: 2}"),
        "0 2");
    assert_frontier(
        TWO_SCALES PREFERENCES A_HAS("{if: \"x <= 5 and y <= 5\", worth: -4}")
            B_HAS("{if: \"x <= 5 and y <= 7\", worth: 2},"
                  "{if: \"y <= 5\", worth: 3}"),
        "0 3; -4 5");
}

/* All but a box: had with x <= 1 and with x >= 8, once. */
static void what_excludes_a_box_is_had_once(void **state)
{
    (void)state;
    assert_frontier(TWO_SCALES PREFERENCES A_HAS(
                        "{if: \"not (x >= 2 and x <= 7 and y >= 2)\", worth: 9}")
                        B_HAS("{if: \"x >= 4 and x <= 5\", worth: 1},"
                              "{if: \"y >= 1\", worth: 6}"),
                    "9 7");
}

/* Worth 1 0 3 2 0 over x, and the reverse for B. */
/* A wants x = 0 and B wants y <= 5; not both, says s; and u that nothing goes. */
static void what_must_hold_is_kept_at_any_price(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_SCALES PREFERENCES A_HAS("{if: \"x <= 0\", worth: 50},"
                                     "{if: \"y <= 7\", worth: 3}")
            B_HAS("{if: \"y <= 5\", worth: 2}") "rules:\n  r: {by: logic, if: \"x > "
                                                "1\", then: \"y >= 8\"}\n"
                                                "  s: {by: logic, if: \"x = 0\", then: "
                                                "\"y > 5\"}\n"
                                                "  t: {by: logic, if: \"x > 9\", then: "
                                                "\"x < 0\"}\n"
                                                "  u: {by: logic, if: \"x <= 9\", "
                                                "then: \"x < 0\"}\n");
    space *compiled = space_new(scenario, NULL);
    const truce_condition *must[4];
    for (size_t r = 0; r < 4; r++)
        must[r] = condition_implies(scenario->rules[r].given, scenario->rules[r].then,
                                    &compiled->memory);
    boxes_part part = {.compiled = compiled, .issues = {both, 2}, .over = {both, 2}};
    part.must = must;
    assert_points_of(part, 0, "53 2");
    assert_points_of(part, 1, "53 2");
    assert_points_of(part, 2, "53 0; 3 2");
    assert_points_of(part, 3, "53 0; 3 2");
    assert_points_of(part, 4, "");
    space_free(compiled);
    truce_scenario_free(scenario);
}

static void tables_are_boxes_too(void **state)
{
    (void)state;
    assert_frontier(TWO_PARTIES
                    "issues:\n  x: {ordered: yes, values: [a, b, c, d, e]}\n"
                    "preferences:\n"
                    "  A: {sum: as-given, weights: {x: 1}, worth: {x: [1, 0, 3, 2, 0]}}"
                    "\n  B: {sum: as-given, weights: {x: 1}, worth: {x: [3, 0, 0, 2, "
                    "5]}}\n",
                    "3 0; 2 2; 1 3; 0 5");
}

/* ---- what does not fit ---- */

/* "(x0 = a or y0 = a) and (x1 = a or y1 = a) and ...": 2^12 boxes; what is outside of it
 * is 12. */
static truce_scenario *tangled_scenario(const char *worth)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    fprintf(to, TWO_PARTIES "issues:\n");
    for (int i = 0; i < 12; i++)
        fprintf(to, "  x%d: {values: [a, b]}\n  y%d: {values: [a, b]}\n", i, i);
    fprintf(to, "preferences:\n  A:\n    sum: as-given\n    bonus: [{if: \"");
    for (int i = 0; i < 12; i++)
        fprintf(to, "%s(x%d = a or y%d = a)", i ? " and " : "", i, i);
    fprintf(to, "\", worth: %s}]\n", worth);
    fclose(to);
    truce_scenario *scenario = scenario_of(text);
    free(text);
    return scenario;
}

static bool tangled_fits(const char *worth)
{
    static const size_t issues[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
                                    12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23};
    truce_scenario *scenario = tangled_scenario(worth);
    space *compiled = space_new(scenario, NULL);
    boxes_part part = {.compiled = compiled, .issues = {issues, 24}, .over = {both, 1}};
    bool fits = boxes_fit(&part);
    space_free(compiled);
    truce_scenario_free(scenario);
    return fits;
}

static void a_bonus_of_too_many_boxes_does_not_fit(void **state)
{
    (void)state;
    assert_false(tangled_fits("1"));
    assert_true(tangled_fits("-1"));
}

/* ---- against every outcome ---- */

/* A random space: issue 0 and party 0 are beside the part. */
typedef struct trial {
    arena memory;
    random_stream dice;
    space compiled;
    truce_value value_counts[MOST_ISSUES];
    space_party parties[MOST_PARTIES];
    size_t issues[MOST_ISSUES], over[MOST_PARTIES];
    wide scale, cut[MOST_PARTIES];
    bool is_cut;
    const truce_condition *must[MOST_MUSTS];
    size_t must_count;
} trial;

static size_t drawn(trial *of, size_t below)
{
    return (size_t)random_below(&of->dice, below);
}

static truce_condition *new_condition(trial *of, condition_kind kind)
{
    truce_condition *made = arena_new(&of->memory, truce_condition);
    made->kind = kind;
    return made;
}

/* One range, or sometimes two. */
static truce_condition *drawn_leaf(trial *of, size_t issue)
{
    truce_condition *leaf = new_condition(of, CONDITION_LEAF);
    truce_value count = of->value_counts[issue];
    condition_range *ranges = arena_array(&of->memory, 2, condition_range);
    truce_value first = (truce_value)drawn(of, count);
    ranges[0] = (condition_range){first, first + (truce_value)drawn(of, count - first)};
    leaf->range_count = 1;
    if (ranges[0].last + 2 < count && drawn(of, 3) == 0) {
        ranges[1] = (condition_range){ranges[0].last + 2, count - 1};
        leaf->range_count = 2;
    }
    leaf->issue = issue;
    leaf->ranges = ranges;
    return leaf;
}

static truce_condition *drawn_tree(trial *of, unsigned depth)
{
    size_t kind = depth ? drawn(of, 4) : 0, parts = kind == CONDITION_NOT ? 1 : 2;
    if (kind == CONDITION_LEAF)
        return drawn_leaf(of, 1 + drawn(of, of->compiled.issue_count - 1));
    truce_condition *made = new_condition(of, (condition_kind)kind);
    const truce_condition **list =
        arena_array(&of->memory, parts, const truce_condition *);
    for (size_t k = 0; k < parts; k++)
        list[k] = drawn_tree(of, depth - 1);
    made->parts = list;
    made->part_count = parts;
    return made;
}

/* A range on each of some issues of the part. */
static truce_condition *drawn_box(trial *of)
{
    truce_condition *made = new_condition(of, CONDITION_AND);
    const truce_condition **list =
        arena_array(&of->memory, of->compiled.issue_count, const truce_condition *);
    for (size_t i = 1; i < of->compiled.issue_count; i++)
        if (drawn(of, 2))
            list[made->part_count++] = drawn_leaf(of, i);
    if (made->part_count == 0)
        list[made->part_count++] = drawn_leaf(of, 1);
    made->parts = list;
    return made;
}

static const truce_condition *drawn_condition(trial *of)
{
    size_t kind = drawn(of, 10);
    if (kind < 6)
        return drawn_box(of);
    if (kind > 7)
        return drawn_tree(of, 3);
    const truce_condition **part = arena_array(&of->memory, 1, const truce_condition *);
    truce_condition *made = new_condition(of, CONDITION_NOT);
    part[0] = drawn_box(of);
    made->parts = part;
    made->part_count = 1;
    return made;
}

static wide drawn_amount(trial *of, bool signs)
{
    return of->scale * ((wide)drawn(of, 10) - (signs ? 3 : 0));
}

static void draw_party(trial *of, space_party *party, bool signs, bool worths)
{
    size_t issues = of->compiled.issue_count, count = 1 + drawn(of, MOST_BONUSES - 1);
    space_bonus *bonuses = arena_array(&of->memory, count, space_bonus);
    wide **tables = arena_array(&of->memory, issues, wide *);
    for (size_t i = 0; i < issues; i++) {
        tables[i] = arena_array(&of->memory, of->value_counts[i], wide);
        for (size_t v = 0; v < of->value_counts[i] && (worths || i == 0); v++)
            tables[i][v] = drawn_amount(of, true);
    }
    bonuses[0] = (space_bonus){drawn_leaf(of, 0), 100};
    for (size_t b = 1; b < count; b++)
        bonuses[b] = (space_bonus){drawn_condition(of), drawn_amount(of, signs)};
    *party = (space_party){
        .tables = tables, .bonuses = bonuses, .bonus_count = count, .denominator = 1};
}

static void draw_trial(trial *of, uint64_t number)
{
    *of = (trial){.dice = random_begin(11, number), .scale = 1};
    if (drawn(of, 8) == 0)
        of->scale = (wide)1 << 70;
    of->compiled = (space){.issue_count = 3 + drawn(of, MOST_ISSUES - 2),
                           .party_count = 2 + drawn(of, MOST_PARTIES - 1),
                           .value_counts = of->value_counts,
                           .parties = of->parties};
    for (size_t i = 0; i < of->compiled.issue_count; i++) {
        of->value_counts[i] = 1 + (truce_value)drawn(of, MOST_VALUES);
        of->issues[i] = i + 1;
    }
    bool signs = drawn(of, 3) > 0, worths = drawn(of, 4) == 0;
    of->is_cut = drawn(of, 3) == 0;
    of->must_count = drawn(of, 3) ? 0 : drawn(of, MOST_MUSTS + 1);
    for (size_t k = 0; k < of->must_count; k++)
        of->must[k] = drawn_condition(of);
    for (size_t p = 0; p < of->compiled.party_count; p++) {
        of->over[p] = p + 1;
        draw_party(of, &of->parties[p], signs, worths);
        of->cut[p] = of->scale * (wide)drawn(of, 20);
    }
}

static boxes_part part_of(const trial *of)
{
    return (boxes_part){.compiled = &of->compiled,
                        .issues = {of->issues, of->compiled.issue_count - 1},
                        .over = {of->over, of->compiled.party_count - 1},
                        .must = of->must,
                        .must_count = of->must_count};
}

static bool keeps_all(const trial *of, const truce_value *outcome)
{
    for (size_t k = 0; k < of->must_count; k++)
        if (!truce_condition_holds(of->must[k], outcome))
            return false;
    return true;
}

/* What the part alone is worth; its bonuses are all but the first. */
static void true_sums(const trial *of, const truce_value *outcome, wide *sums)
{
    for (size_t d = 0; d + 1 < of->compiled.party_count; d++) {
        const space_party *party = &of->parties[d + 1];
        sums[d] = 0;
        for (size_t i = 1; i < of->compiled.issue_count; i++)
            sums[d] += party->tables[i][outcome[i]];
        for (size_t b = 1; b < party->bonus_count; b++)
            if (truce_condition_holds(party->bonuses[b].condition, outcome))
                sums[d] += party->bonuses[b].amount;
        if (of->is_cut && sums[d] > of->cut[d])
            sums[d] = of->cut[d];
    }
}

static bool is_at_least(const wide *one, const wide *other, size_t dims)
{
    for (size_t d = 0; d < dims; d++)
        if (one[d] < other[d])
            return false;
    return true;
}

/* Undominated sums so far; count is what there are now. */
static size_t add_undominated(wide *sums, size_t count, const wide *more, size_t dims)
{
    size_t kept = 0;
    for (size_t k = 0; k < count; k++)
        if (is_at_least(sums + k * dims, more, dims))
            return count;
    for (size_t k = 0; k < count; k++)
        if (!is_at_least(more, sums + k * dims, dims))
            memmove(sums + kept++ * dims, sums + k * dims, dims * sizeof *sums);
    memcpy(sums + kept * dims, more, dims * sizeof *sums);
    return kept + 1;
}

static bool next_of_part(const trial *of, truce_value *outcome)
{
    for (size_t i = of->compiled.issue_count; i-- > 1;) {
        if (++outcome[i] < of->value_counts[i])
            return true;
        outcome[i] = 0;
    }
    return false;
}

static size_t sums_by_trying(const trial *of, wide *sums)
{
    truce_value outcome[MOST_ISSUES] = {0};
    wide own[MOST_PARTIES];
    size_t count = 0;
    do {
        if (!keeps_all(of, outcome))
            continue;
        true_sums(of, outcome, own);
        count = add_undominated(sums, count, own, of->compiled.party_count - 1);
    } while (next_of_part(of, outcome));
    return count;
}

static void assert_witnessed(const trial *of, const boxes_frontier *found)
{
    for (size_t k = 0; k < found->count; k++) {
        truce_value outcome[MOST_ISSUES] = {0};
        wide own[MOST_PARTIES];
        for (size_t i = 0; i < found->issue_count; i++) {
            outcome[i + 1] = found->values[k * found->issue_count + i];
            assert_true(outcome[i + 1] < of->value_counts[i + 1]);
        }
        assert_true(keeps_all(of, outcome));
        true_sums(of, outcome, own);
        assert_memory_equal(own, found->sums + k * found->dims,
                            found->dims * sizeof *own);
    }
}

static void assert_in_order(const boxes_frontier *found)
{
    size_t dims = found->dims;
    for (size_t k = 1; k < found->count; k++) {
        const wide *one = found->sums + (k - 1) * dims, *other = one + dims;
        size_t d = 0;
        while (d < dims && one[d] == other[d])
            d++;
        assert_true(d < dims && one[d] > other[d]);
    }
}

static boxes_frontier *found_for(const trial *of, size_t memory, const truce_stop *stop)
{
    boxes_part part = part_of(of);
    boxes_choices choices = {.cut = of->is_cut ? of->cut : NULL, .memory = memory};
    assert_true(boxes_fit(&part));
    boxes_frontier *found = boxes_find(&part, &choices, stop);
    assert_int_equal(found->dims, part.over.count);
    assert_int_equal(found->issue_count, part.issues.count);
    assert_witnessed(of, found);
    assert_in_order(found);
    return found;
}

/* In order, all different and as many: every sum that is found must be among those
 * tried. */
static size_t assert_as_tried(uint64_t number)
{
    static wide sums[1024 * MOST_PARTIES];
    trial of;
    draw_trial(&of, number);
    size_t count = sums_by_trying(&of, sums), dims = of.compiled.party_count - 1;
    boxes_frontier *found = found_for(&of, 0, NULL);
    assert_true(found->complete);
    assert_int_equal(found->count, count);
    for (size_t k = 0; k < count; k++) {
        size_t at = 0;
        while (at < count && memcmp(sums + at * dims, found->sums + k * dims,
                                    dims * sizeof *sums) != 0)
            at++;
        assert_true(at < count);
    }
    boxes_free(found);
    arena_free(&of.memory);
    return count;
}

static void
points_are_those_of_trying_every_outcome_of_10000_random_spaces(void **state)
{
    (void)state;
    size_t points = 0;
    for (uint64_t number = 0; number < 10000; number++)
        points += assert_as_tried(number);
    assert_true(points > 15000);
}

/* Ended at once, after some time, and by memory: less, but nothing that is not so. */
static void a_search_that_is_ended_has_points_that_are_reached(void **state)
{
    (void)state;
    truce_stop over = {.deadline = 1e-9};
    size_t ended = 0;
    for (uint64_t number = 0; number < 600; number++) {
        trial of;
        draw_trial(&of, number);
        boxes_frontier *found = number % 3
                                    ? found_for(&of, number % 50 * 1000 + 1, NULL)
                                    : found_for(&of, 0, &over);
        assert_true(found->count > 0 || of.must_count > 0);
        ended += !found->complete;
        boxes_free(found);
        arena_free(&of.memory);
    }
    assert_true(ended > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_that_touch_in_one_value_are_had_together),
        cmocka_unit_test(boxes_that_miss_by_one_value_are_not),
        cmocka_unit_test(nested_and_identical_boxes_add_up),
        cmocka_unit_test(of_boxes_that_all_conflict_one_is_had),
        cmocka_unit_test(without_boxes_there_is_one_point),
        cmocka_unit_test(a_cost_is_avoided_on_any_one_issue),
        cmocka_unit_test(what_excludes_a_box_is_had_once),
        cmocka_unit_test(tables_are_boxes_too),
        cmocka_unit_test(what_must_hold_is_kept_at_any_price),
        cmocka_unit_test(a_bonus_of_too_many_boxes_does_not_fit),
        cmocka_unit_test(
            points_are_those_of_trying_every_outcome_of_10000_random_spaces),
        cmocka_unit_test(a_search_that_is_ended_has_points_that_are_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
