/* Frontiers: small ones checked by hand, and random scenarios against trying every
 * outcome. */
#include "brute.h"

#include "solve/frontier.h"

/* ---- by hand --------------------------------------------------------------------- */

#define TWO_ISSUES                                    \
    TWO_PARTIES                                       \
    "issues:\n"                                       \
    "  x: {values: [a, b, c], status-quo: a}\n"       \
    "  y: {values: [a, b, c], status-quo: a}\n"       \
    "preferences:\n"                                  \
    "  A:\n"                                          \
    "    weights: {x: 1, y: 1}\n"                     \
    "    worth: {x: [100, 50, 0], y: [100, 60, 0]}\n" \
    "    outside: {worth: 60}\n"                      \
    "  B:\n"                                          \
    "    weights: {x: 1, y: 1}\n"                     \
    "    worth: {x: [0, 50, 100], y: [0, 60, 100]}\n"

static truce_frontier *frontier_found_of(const truce_scenario *scenario,
                                         const truce_frontier_choices *choices)
{
    truce_frontier *found = NULL;
    truce_error error;
    truce_status status = truce_frontier_find(scenario, choices, NULL, &found, &error);
    assert_true(status == TRUCE_OK || status == TRUCE_NONE);
    return found;
}

static void assert_points(const truce_frontier *found, const double *points,
                          size_t count)
{
    assert_int_equal(found->size, count);
    for (size_t k = 0; k < count * found->parties.count; k++)
        assert_true(found->utilities[k] == points[k]);
}

/* x: (100,0) (50,50) (0,100); y: (100,0) (60,60) (0,100), halved and added: (100,0),
 * (80,30), (75,25), (55,55), (50,50) thrice, (30,80), (25,75), (0,100). */
static void nothing_dominated_is_on_a_frontier(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_ISSUES);
    truce_frontier *found = frontier_found_of(scenario, NULL);
    assert_points(found, (double[]){100, 0, 80, 30, 55, 55, 30, 80, 0, 100}, 5);
    assert_string_equal(found->method, "merge");
    assert_string_equal(found->outcomes.exact, "9");
    assert_true(found->upper[0] == 100 && found->upper[1] == 100);
    assert_int_equal(found->finding.proof.how, TRUCE_PROVED);
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

static void a_point_has_an_outcome_a_count_and_a_fraction(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_ISSUES);
    truce_frontier *found = frontier_found_of(scenario, NULL);
    truce_value outcome[2];
    char text[20];
    assert_true(truce_frontier_outcome(found, 1, outcome));
    assert_int_equal(outcome[0], 0);
    assert_int_equal(outcome[1], 1);
    assert_string_equal(truce_frontier_count(found, 1).exact, "1");
    assert_int_equal(truce_frontier_exact(found, 1, 1, text, sizeof text), 2);
    assert_string_equal(text, "30");
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

static void rational_points_reach_every_outside_option(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_ISSUES);
    truce_frontier *found =
        frontier_found_of(scenario, &(truce_frontier_choices){.rational = true});
    assert_points(found, (double[]){100, 0, 80, 30}, 2);
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

/* Without y = b there are (75,25), (50,50) and (25,75) between the ends. */
static void rules_and_red_lines_take_outcomes_out(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_ISSUES "    red-lines: [{if: y = b and x != b}]\n"
                               "rules:\n"
                               "  r: {by: A, if: x = b, then: y != b}\n");
    truce_frontier *found = frontier_found_of(scenario, NULL);
    assert_points(found, (double[]){100, 0, 75, 25, 50, 50, 25, 75, 0, 100}, 5);
    assert_string_equal(found->method, "states");
    assert_string_equal(truce_frontier_count(found, 2).exact, "2");
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

static void a_bonus_lifts_the_outcomes_that_earn_it(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_ISSUES "    bonus: [{if: x = a and y = a, worth: 70}]\n");
    truce_frontier *found = frontier_found_of(scenario, NULL);
    assert_points(found, (double[]){100, 70, 30, 80, 0, 100}, 3);
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

/* Cut at 60, all of B's outcomes above are the same to it. */
static void a_cap_makes_outcomes_equal(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_ISSUES "    cap: 40\n");
    truce_frontier *found = frontier_found_of(scenario, NULL);
    assert_points(found, (double[]){100, 0, 80, 30, 55, 40}, 3);
    assert_null(truce_frontier_count(found, 0).exact);
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

static void a_party_without_preferences_is_refused_by_name(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES "  C: {role: observer}\n"
                                                       "issues:\n"
                                                       "  x: {values: [a, b]}\n"
                                                       "preferences:\n"
                                                       "  A: {weights: {x: 1}, worth: "
                                                       "{x: [0, 100]}}\n");
    truce_frontier *found = NULL;
    truce_error error;
    size_t party = 2;
    truce_frontier_choices choices = {.over = {&party, 1}};
    assert_int_equal(truce_frontier_find(scenario, &choices, NULL, &found, &error),
                     TRUCE_CALL);
    assert_non_null(strstr(error.message, "party C has no preferences"));
    party = 7;
    assert_int_equal(truce_frontier_find(scenario, &choices, NULL, &found, &error),
                     TRUCE_CALL);
    assert_int_equal(truce_frontier_find(scenario, NULL, NULL, &found, &error),
                     TRUCE_OK);
    assert_int_equal(found->parties.count, 1);
    assert_int_equal(found->size, 1);
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

static void none_is_proved_when_rules_leave_nothing(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_ISSUES "rules:\n"
                   "  r: {by: logic, if: x = a or y = a, then: x = b and y = b}\n"
                   "  s: {by: logic, if: x != a, then: y = a}\n");
    truce_frontier *found = NULL;
    truce_error error;
    assert_int_equal(truce_frontier_find(scenario, NULL, NULL, &found, &error),
                     TRUCE_NONE);
    assert_int_equal(found->size, 0);
    assert_int_equal(found->finding.proof.how, TRUCE_PROVED);
    truce_frontier_free(found);
    truce_scenario_free(scenario);
}

/* ---- against trying every outcome ------------------------------------------------ */

enum { MOST_BRUTE = 2000, MOST_BRUTE_PARTIES = 5 };

typedef struct brute_point {
    wide sums[MOST_BRUTE_PARTIES];
    size_t count;
} brute_point;

typedef struct brute_frontier {
    brute_point points[MOST_BRUTE];
    size_t count;
} brute_frontier;

static bool is_permitted(const space *compiled, const truce_value *outcome)
{
    bool broken = breaks_logic(compiled, outcome);
    for (size_t p = 0; p < compiled->party_count; p++)
        broken = broken || breaks_red_line(compiled, p, outcome) ||
                 breaks_rule_of(compiled, p, outcome);
    return !broken;
}

static bool is_at_least(const brute_point *one, const brute_point *other, size_t dims)
{
    for (size_t d = 0; d < dims; d++)
        if (one->sums[d] < other->sums[d])
            return false;
    return true;
}

static bool is_equal(const brute_point *one, const brute_point *other, size_t dims)
{
    return is_at_least(one, other, dims) && is_at_least(other, one, dims);
}

static void brute_add(brute_frontier *all, const brute_point *point, size_t dims)
{
    for (size_t k = 0; k < all->count; k++) {
        if (is_equal(&all->points[k], point, dims)) {
            all->points[k].count += point->count;
            return;
        }
        if (is_at_least(&all->points[k], point, dims))
            return;
    }
    size_t kept = 0;
    for (size_t k = 0; k < all->count; k++)
        if (!is_at_least(point, &all->points[k], dims))
            all->points[kept++] = all->points[k];
    assert_true(kept < MOST_BRUTE);
    all->points[kept] = *point;
    all->count = kept + 1;
}

static void brute_of(const space *compiled, const truce_list *over, bool rational,
                     brute_frontier *all)
{
    truce_value outcome[8] = {0};
    all->count = 0;
    do {
        brute_point point = {.count = 1};
        bool asked = is_permitted(compiled, outcome);
        for (size_t d = 0; d < over->count; d++) {
            const space_party *party = &compiled->parties[over->items[d]];
            point.sums[d] = space_sum(compiled, over->items[d], outcome);
            asked &= !rational || !party->has_floor || point.sums[d] >= party->floor;
        }
        if (asked)
            brute_add(all, &point, over->count);
    } while (next_outcome(compiled, outcome));
}

static void sums_of(const space *compiled, const truce_frontier *found, size_t k,
                    brute_point *point)
{
    truce_value outcome[8] = {0};
    assert_true(truce_frontier_outcome(found, k, outcome));
    assert_true(is_permitted(compiled, outcome));
    for (size_t d = 0; d < found->parties.count; d++) {
        size_t party = found->parties.items[d];
        point->sums[d] = space_sum(compiled, party, outcome);
        assert_true(space_utility(compiled, party, point->sums[d]) ==
                    found->utilities[k * found->parties.count + d]);
    }
}

static const brute_point *brute_equal(const brute_frontier *all,
                                      const brute_point *point, size_t dims)
{
    for (size_t k = 0; k < all->count; k++)
        if (is_equal(&all->points[k], point, dims))
            return &all->points[k];
    return NULL;
}

/* Every point is one of the brute force's, with its count, and there are as many. */
static void assert_same_frontier(const space *compiled, const truce_frontier *found,
                                 const brute_frontier *all)
{
    assert_int_equal(found->size, all->count);
    for (size_t k = 0; k < found->size; k++) {
        brute_point point;
        sums_of(compiled, found, k, &point);
        const brute_point *same = brute_equal(all, &point, found->parties.count);
        assert_non_null(same);
        truce_count count = truce_frontier_count(found, k);
        if (count.exact)
            assert_int_equal(strtoul(count.exact, NULL, 10), same->count);
    }
}

static truce_scenario *larger_scenario(uint64_t number, random_stream *dice)
{
    size_t counts[6];
    made_shape shape = {.value_counts = counts,
                        .issues = 2 + (size_t)random_below(dice, 5),
                        .parties = 2 + (size_t)random_below(dice, 4)};
    for (size_t i = 0; i < shape.issues; i++)
        counts[i] = 1 + (size_t)random_below(dice, 4);
    return random_scenario(77, number, &shape);
}

static void random_frontiers_are_those_of_every_outcome_tried(void **state)
{
    (void)state;
    static brute_frontier all;
    for (uint64_t number = 0; number < 600; number++) {
        random_stream dice = random_begin(78, number);
        truce_scenario *scenario = larger_scenario(number, &dice);
        space *compiled = space_new(scenario, NULL);
        for (unsigned way = 0; way < 2; way++) {
            truce_frontier_choices choices = {.rational = way & 1};
            truce_frontier *found = frontier_found_of(scenario, &choices);
            brute_of(compiled, &found->parties, choices.rational, &all);
            assert_same_frontier(compiled, found, &all);
            assert_true(found->epsilon == 0);
            truce_frontier_free(found);
        }
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

/* Consent that depends on the outcome, floors of parties that are not judged: what deals
 * asks for. */
static void assert_engine_agrees(const space *compiled, const acceptance *what,
                                 truce_list over, size_t numbers,
                                 const brute_frontier *all)
{
    frontier_found *found = frontier_of(
        &(frontier_request){
            .compiled = compiled, .what = what, .over = over, .numbers = numbers},
        NULL);
    assert_true(found->complete);
    assert_int_equal(found->points->dims, over.count);
    assert_int_equal(found->points->count, all->count);
    for (size_t k = 0; k < found->points->count; k++) {
        brute_point point;
        truce_value outcome[8] = {0};
        frontier_outcome(found, k, outcome);
        assert_true(space_accepts(compiled, outcome, 0));
        for (size_t d = 0; d < over.count; d++) {
            point.sums[d] = space_sum(compiled, over.items[d], outcome);
            assert_true(point.sums[d] == front_sum(found->points, k, d));
        }
        const brute_point *same = brute_equal(all, &point, over.count);
        assert_non_null(same);
        if (found->points->counts)
            assert_int_equal(found->points->counts[k], same->count);
    }
    frontier_free(found);
}

static void brute_accepted(const space *compiled, truce_list over, brute_frontier *all)
{
    truce_value outcome[8] = {0};
    all->count = 0;
    do {
        brute_point point = {.count = 1};
        for (size_t d = 0; d < over.count; d++)
            point.sums[d] = space_sum(compiled, over.items[d], outcome);
        if (space_accepts(compiled, outcome, 0))
            brute_add(all, &point, over.count);
    } while (next_outcome(compiled, outcome));
}

static void floors_may_depend_on_consent_and_belong_to_others(void **state)
{
    (void)state;
    static brute_frontier all;
    for (uint64_t number = 0; number < 600; number++) {
        random_stream dice = random_begin(80, number);
        truce_scenario *scenario = larger_scenario(number, &dice);
        space *compiled = space_new(scenario, NULL);
        size_t parties[2] = {number % scenario->party_count};
        parties[1] = (parties[0] + 1) % scenario->party_count;
        truce_list over = {parties, 1 + number / 7 % 2};
        arena memory = {0};
        acceptance what = acceptance_of_needed(compiled, 0, &memory);
        brute_accepted(compiled, over, &all);
        assert_engine_agrees(compiled, &what, over, 0, &all);
        assert_engine_agrees(compiled, &what, over, 1, &all); /* by other ways */
        arena_free(&memory);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

/* Every undominated vector has a point that is nowhere worse by more than epsilon. */
static void assert_near(const space *compiled, const truce_frontier *found,
                        const brute_frontier *all, double epsilon)
{
    assert_true(found->epsilon <= epsilon);
    for (size_t j = 0; j < all->count; j++) {
        bool near = false;
        for (size_t k = 0; k < found->size && !near; k++) {
            near = true;
            for (size_t d = 0; d < found->parties.count; d++)
                near &= found->utilities[k * found->parties.count + d] +
                            found->epsilon + 1e-9 >=
                        space_utility(compiled, found->parties.items[d],
                                      all->points[j].sums[d]);
        }
        assert_true(near);
    }
}

static void nothing_is_further_than_epsilon_from_a_point(void **state)
{
    (void)state;
    static brute_frontier all;
    for (uint64_t number = 0; number < 200; number++) {
        random_stream dice = random_begin(79, number);
        truce_scenario *scenario = larger_scenario(number, &dice);
        space *compiled = space_new(scenario, NULL);
        truce_frontier_choices choices = {.rational = number % 2, .epsilon = {8, 0}};
        truce_frontier *found = frontier_found_of(scenario, &choices);
        brute_of(compiled, &found->parties, choices.rational, &all);
        assert_near(compiled, found, &all, 8);
        assert_true(found->size <= all.count);
        truce_frontier_free(found);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
}

/* Two boxes each for two parties over four issues; no table of states at all. */
static void bonuses_alone_may_be_summed_up_as_boxes(void **state)
{
    (void)state;
    static brute_frontier all;
    size_t methods = 0;
    for (uint64_t number = 0; number < 300; number++) {
        random_stream dice = random_begin(81, number);
        truce_scenario *scenario = larger_scenario(number, &dice);
        space *compiled = space_new(scenario, NULL);
        acceptance what = {0};
        size_t parties[2] = {0, 1};
        truce_list over = {parties, 2};
        frontier_request request = {
            .compiled = compiled, .what = &what, .over = over, .numbers = 1};
        frontier_found *found = frontier_of(&request, NULL);
        methods |= found->ways;
        all.count = 0;
        truce_value outcome[8] = {0};
        do {
            brute_point point = {.count = 1};
            for (size_t d = 0; d < 2; d++)
                point.sums[d] = space_sum(compiled, d, outcome);
            brute_add(&all, &point, 2);
        } while (next_outcome(compiled, outcome));
        assert_int_equal(found->points->count, all.count);
        for (size_t k = 0; k < all.count; k++) {
            brute_point point = {0};
            frontier_outcome(found, k, outcome);
            for (size_t d = 0; d < 2; d++)
                point.sums[d] = space_sum(compiled, d, outcome);
            assert_non_null(brute_equal(&all, &point, 2));
        }
        frontier_free(found);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
    assert_true(methods & FRONTIER_BOXES);
}

/* ---- limits ---------------------------------------------------------------------- */

static truce_scenario *generated(size_t parties, size_t rules)
{
    truce_generation choices = {.issues = 30,
                                .values = 10,
                                .parties = parties,
                                .kind = TRUCE_OPPOSED,
                                .seed = 1,
                                .rules = rules};
    truce_scenario *scenario = NULL;
    truce_error error;
    assert_int_equal(truce_scenario_generate(&choices, &scenario, &error), TRUCE_OK);
    return scenario;
}

/* Real outcomes, none of them beyond `upper`. */
static void assert_inner_points(const truce_scenario *scenario,
                                const truce_frontier *found)
{
    space *compiled = space_new(scenario, NULL);
    truce_value outcome[30];
    assert_true(found->size > 0);
    assert_int_equal(found->finding.proof.how, TRUCE_BOUNDED);
    for (size_t k = 0; k < found->size; k++) {
        assert_true(truce_frontier_outcome(found, k, outcome));
        assert_true(is_permitted(compiled, outcome));
        for (size_t d = 0; d < found->parties.count; d++) {
            double utility =
                space_utility(compiled, d, space_sum(compiled, d, outcome));
            assert_true(utility == found->utilities[k * found->parties.count + d]);
            assert_true(utility <= found->upper[d]);
        }
    }
    space_free(compiled);
}

static void when_memory_ends_there_are_points_still(void **state)
{
    (void)state;
    for (size_t rules = 0; rules <= 60; rules += 60) {
        truce_scenario *scenario = generated(2, rules);
        truce_frontier_choices choices = {.memory = 100000};
        truce_frontier *found = NULL;
        truce_error error;
        assert_int_equal(truce_frontier_find(scenario, &choices, NULL, &found, &error),
                         TRUCE_LIMIT);
        assert_inner_points(scenario, found);
        assert_true(found->bytes <= 2 * choices.memory);
        truce_frontier_free(found);
        truce_scenario_free(scenario);
    }
}

static void when_time_is_over_there_are_points_still(void **state)
{
    (void)state;
    for (size_t rules = 0; rules <= 600; rules += 200) {
        truce_scenario *scenario = generated(3, rules);
        truce_stop stop = {.deadline = truce_seconds()};
        truce_frontier *found = NULL;
        truce_error error;
        assert_int_equal(truce_frontier_find(scenario, NULL, &stop, &found, &error),
                         TRUCE_LIMIT);
        assert_inner_points(scenario, found);
        truce_frontier_free(found);
        truce_scenario_free(scenario);
    }
}

/* Twenty issues of ten values that nobody rates: one point, 10^20 outcomes. */
static void counts_outgrow_a_machine_word(void **state)
{
    (void)state;
    truce_generation choices = {.issues = 21, .values = 10, .parties = 1, .seed = 1};
    truce_scenario *scenario = NULL;
    truce_error error;
    assert_int_equal(truce_scenario_generate(&choices, &scenario, &error), TRUCE_OK);
    truce_number *weights = must_allocate_zeroed(21, sizeof *weights);
    truce_party party = scenario->parties[0];
    const truce_party *parties = scenario->parties;
    weights[20] = party.preferences.weights[20];
    party.preferences.weights = weights;
    scenario->parties = &party;
    truce_frontier *found = frontier_found_of(scenario, NULL);
    assert_int_equal(found->size, 1);
    assert_string_equal(truce_frontier_count(found, 0).exact, "100000000000000000000");
    truce_frontier_free(found);
    scenario->parties = parties;
    free(weights);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_dominated_is_on_a_frontier),
        cmocka_unit_test(a_point_has_an_outcome_a_count_and_a_fraction),
        cmocka_unit_test(rational_points_reach_every_outside_option),
        cmocka_unit_test(rules_and_red_lines_take_outcomes_out),
        cmocka_unit_test(a_bonus_lifts_the_outcomes_that_earn_it),
        cmocka_unit_test(a_cap_makes_outcomes_equal),
        cmocka_unit_test(a_party_without_preferences_is_refused_by_name),
        cmocka_unit_test(none_is_proved_when_rules_leave_nothing),
        cmocka_unit_test(random_frontiers_are_those_of_every_outcome_tried),
        cmocka_unit_test(floors_may_depend_on_consent_and_belong_to_others),
        cmocka_unit_test(bonuses_alone_may_be_summed_up_as_boxes),
        cmocka_unit_test(when_memory_ends_there_are_points_still),
        cmocka_unit_test(when_time_is_over_there_are_points_still),
        cmocka_unit_test(counts_outgrow_a_machine_word),
        cmocka_unit_test(nothing_is_further_than_epsilon_from_a_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
