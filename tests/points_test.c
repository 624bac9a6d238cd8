/* Solution points: the counter-examples by hand, and every solution of random scenarios
 * against all outcomes, by scanning and by search. */
#include "brute.h"

#include <math.h>

#define OUTCOMES(values) "issues:\n  deal: {values: [" values "]}\n"
#define RATES(who, worths, more) \
    "  " who ": {weights: {deal: 1}, worth: {deal: [" worths "]}" more "}\n"
#define FLOOR(worth) ", outside: {worth: " worth "}"

static truce_points *points_of(const truce_scenario *scenario,
                               truce_points_choices choices, truce_status expected)
{
    truce_points *points = NULL;
    assert_int_equal(truce_points_find(scenario, &choices, NULL, &points, NULL),
                     expected);
    return points;
}

/* The values of the first issue in a solution: "b c". */
static void assert_solution(const truce_points *points, truce_solution_kind kind,
                            const char *expected)
{
    const truce_solution *solution = &points->solutions[kind];
    char text[200] = "";
    for (size_t k = 0; k < solution->count; k++) {
        size_t used = strlen(text);
        snprintf(
            text + used, sizeof text - used, "%s%s", k ? " " : "",
            points->finding.scenario->issues[0].values[solution->items[k].outcome[0]]);
    }
    assert_string_equal(text, expected);
}

#define OTHER "  more: {values: [x, y, z]}\n"

/* ---- by hand --------------------------------------------------------------------- */

#define THREE_PARTIES                        \
    "truce: 1\nid: made\nparties:\n"         \
    "  A: {role: principal, consent: all}\n" \
    "  B: {role: principal, consent: all}\n" \
    "  C: {role: principal, consent: all}\n" OUTCOMES("none, x, y, z")

/* Reservations 50, 50, 0. x = (0, 0, 100) multiplies two losses to a gain. Gains of y =
 * (60, 60, 40): 10 * 10 * 40 = 4000; of z = (70, 55, 30): 20 * 5 * 30 = 3000. */
static const char two_losses[] =
    THREE_PARTIES "preferences:\n" RATES("A", "0, 0, 60, 70", FLOOR("50"))
        RATES("B", "0, 0, 60, 55", FLOOR("50")) RATES("C", "0, 100, 40, 30", "");

static void nash_never_takes_two_losses_for_a_gain(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(two_losses);
    for (int direct = 0; direct < 2; direct++) {
        truce_points *points =
            points_of(scenario, (truce_points_choices){.direct = direct}, TRUCE_OK);
        assert_solution(points, TRUCE_SOLUTION_NASH, "y");
        assert_true(fabs(points->solutions[TRUCE_SOLUTION_NASH].value - log(4000)) <
                    1e-9);
        truce_points_free(points);
    }
    truce_scenario_free(scenario);
}

/* 50 * 50 * 100 for x is the largest product of u - r, though A and B lose. */
static void as_genius_takes_it(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(two_losses);
    truce_points *points =
        points_of(scenario, (truce_points_choices){.as = TRUCE_AS_GENIUS}, TRUCE_OK);
    assert_solution(points, TRUCE_SOLUTION_NASH, "x");
    truce_points_free(points);
    truce_scenario_free(scenario);
}

/* a = (70, 50), b = (49, 60), d = 0: I = (70, 60). Least shares: a 50/60, b 49/70. But
 * the shares of b lie nearer to each other?  a: 1 and .833; b: .7 and 1. */
static void kalai_smorodinsky_is_the_largest_least_share(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES OUTCOMES(
        "a, b") "preferences:\n" RATES("A", "70, 49", "") RATES("B", "50, 60", ""));
    for (int direct = 0; direct < 2; direct++) {
        truce_points *points =
            points_of(scenario, (truce_points_choices){.direct = direct}, TRUCE_OK);
        assert_solution(points, TRUCE_SOLUTION_KALAI_SMORODINSKY, "a");
        assert_true(fabs(points->solutions[TRUCE_SOLUTION_KALAI_SMORODINSKY].value -
                         5.0 / 6) < 1e-12);
        truce_points_free(points);
    }
    truce_scenario_free(scenario);
}

/* With d = the least of each, (0, 48) here, a gains (70, 2) and b (49, 12). */
static void the_minimum_may_be_the_disagreement(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES OUTCOMES("a, b, c") "preferences:\n" RATES("A", "70, 49, 0", "")
            RATES("B", "50, 60, 48", ""));
    for (int direct = 0; direct < 2; direct++) {
        truce_points *points = points_of(
            scenario,
            (truce_points_choices){.direct = direct, .disagreement = TRUCE_MINIMUM},
            TRUCE_OK);
        assert_true(points->disagreement[0] == 0 && points->disagreement[1] == 48);
        assert_solution(points, TRUCE_SOLUTION_NASH, "b");
        truce_points_free(points);
    }
    truce_scenario_free(scenario);
}

/* Nobody can gain: all products are 0, and nothing dominates. */
static void without_gains_all_undominated_tie(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES OUTCOMES("a, b") "preferences:\n" RATES("A", "50, 80", FLOOR("50"))
            RATES("B", "80, 50", FLOOR("50")));
    truce_points *points = points_of(scenario, (truce_points_choices){0}, TRUCE_OK);
    assert_solution(points, TRUCE_SOLUTION_NASH, "b a");
    truce_points_free(points);
    points = points_of(scenario, (truce_points_choices){.direct = true}, TRUCE_OK);
    assert_int_equal(points->solutions[TRUCE_SOLUTION_NASH].count, 1);
    assert_false(points->solutions[TRUCE_SOLUTION_NASH].ties_complete);
    truce_points_free(points);
    truce_scenario_free(scenario);
}

static void nothing_rational_is_proved(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES OUTCOMES("a, b") "preferences:\n" RATES("A", "50, 80", FLOOR("60"))
            RATES("B", "80, 50", FLOOR("60")));
    for (int direct = 0; direct < 2; direct++) {
        truce_points *points =
            points_of(scenario, (truce_points_choices){.direct = direct}, TRUCE_NONE);
        for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++)
            assert_int_equal(points->solutions[kind].count, 0);
        assert_int_equal(points->finding.proof.how, TRUCE_PROVED);
        truce_points_free(points);
    }
    truce_scenario_free(scenario);
}

static void parties_without_preferences_are_not_judged(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES OUTCOMES("a, b") "preferences:\n" RATES("A", "5, 8", ""));
    truce_points *points = points_of(scenario, (truce_points_choices){0}, TRUCE_OK);
    assert_int_equal(points->parties.count, 1);
    assert_solution(points, TRUCE_SOLUTION_NASH, "b");
    truce_points_free(points);
    points_of(scenario, (truce_points_choices){.over = {(size_t[]){1}, 1}}, TRUCE_CALL);
    truce_scenario_free(scenario);
}

/* ---- against all outcomes -------------------------------------------------------- */

enum { MOST_PARTIES = 5, MOST_VECTORS = 20000 };

/* Every vector of sums that takes part. */
typedef struct brute {
    const space *compiled;
    size_t parties, count;
    wide least[MOST_PARTIES], greatest[MOST_PARTIES]; /* of any outcome */
    wide ideals[MOST_PARTIES], from[MOST_PARTIES];
    wide sums[MOST_VECTORS][MOST_PARTIES];
    bool in[MOST_VECTORS]; /* undominated and rational */
} brute;

static bool takes_part(const space *compiled, const truce_value *outcome)
{
    if (breaks_logic(compiled, outcome))
        return false;
    for (size_t p = 0; p < compiled->party_count; p++)
        if (breaks_red_line(compiled, p, outcome) ||
            breaks_rule_of(compiled, p, outcome))
            return false;
    return true;
}

static void list_all(brute *all)
{
    truce_value outcome[8] = {0};
    all->count = 0;
    bool begun = false;
    do {
        wide *sums = all->sums[all->count];
        for (size_t p = 0; p < all->parties; p++) {
            sums[p] = space_sum(all->compiled, p, outcome);
            if (!begun || sums[p] < all->least[p])
                all->least[p] = sums[p];
            if (!begun || sums[p] > all->greatest[p])
                all->greatest[p] = sums[p];
        }
        begun = true;
        all->count += takes_part(all->compiled, outcome);
        assert_true(all->count < MOST_VECTORS);
    } while (next_outcome(all->compiled, outcome));
}

static bool is_dominated(const brute *all, size_t i)
{
    for (size_t j = 0; j < all->count; j++) {
        bool covers = true, more = false;
        for (size_t p = 0; p < all->parties; p++) {
            covers &= all->sums[j][p] >= all->sums[i][p];
            more |= all->sums[j][p] > all->sums[i][p];
        }
        if (covers && more)
            return true;
    }
    return false;
}

static bool gains(const brute *all, size_t i)
{
    for (size_t p = 0; p < all->parties; p++) {
        const space_party *party = &all->compiled->parties[p];
        if (all->sums[i][p] < all->from[p] ||
            (party->has_floor && all->sums[i][p] < party->floor))
            return false;
    }
    return true;
}

/* GENIUS asks for rationality in some solutions only; the others take `in` too. */
static void settle(brute *all, bool minimum, bool global)
{
    bool begun = false;
    for (size_t p = 0; p < all->parties; p++) {
        all->from[p] = all->compiled->parties[p].disagreement;
        if (minimum && all->least[p] > all->from[p])
            all->from[p] = all->least[p];
        all->ideals[p] = all->greatest[p];
    }
    for (size_t i = 0; i < all->count; i++) {
        all->in[i] = gains(all, i) && !is_dominated(all, i);
        for (size_t p = 0; p < all->parties && all->in[i] && !global; p++)
            if (!begun || all->sums[i][p] > all->ideals[p])
                all->ideals[p] = all->sums[i][p];
        begun |= all->in[i];
    }
}

static void fraction(mpq_ptr value, wide one, wide other)
{
    big_set_wide(mpq_numref(value), one);
    big_set_wide(mpq_denref(value), other);
    mpq_canonicalize(value);
}

/* What a solution maximises, written down once more. */
static void score(const brute *all, truce_solution_kind kind, truce_convention as,
                  const wide *sums, mpq_ptr result)
{
    mpq_t term, other, most;
    mpq_inits(term, other, most, NULL);
    bool begun = false, nash = kind == TRUCE_SOLUTION_NASH;
    bool shares = kind == TRUCE_SOLUTION_KALAI_SMORODINSKY;
    mpq_set_ui(result, nash ? 1 : 0, 1);
    for (size_t p = 0; p < all->parties; p++) {
        wide unit = all->compiled->parties[p].denominator;
        wide loss = all->ideals[p] - sums[p], gain = sums[p] - all->from[p];
        wide room = all->ideals[p] - all->from[p];
        fraction(term, sums[p], unit);
        if (kind == TRUCE_SOLUTION_UTILITARIAN)
            mpq_add(result, result, term);
        if (nash) {
            fraction(term, gain, unit);
            mpq_mul(result, result, term);
        }
        for (size_t q = 0; q < p && shares && as == TRUCE_AS_GENIUS; q++) {
            fraction(other, sums[q], all->compiled->parties[q].denominator);
            mpq_sub(other, term, other);
            mpq_abs(other, other);
            mpq_sub(result, result, other);
        }
        if (nash || kind == TRUCE_SOLUTION_UTILITARIAN ||
            (shares && (room == 0 || as == TRUCE_AS_GENIUS)))
            continue;
        if (shares)
            fraction(term, room < 0 ? -gain : gain, room < 0 ? -room : room);
        else
            fraction(term, kind == TRUCE_SOLUTION_EQUAL_LOSS ? -loss : gain, unit);
        if (!begun || mpq_cmp(term, result) < 0)
            mpq_set(result, term);
        if (!begun || mpq_cmp(term, most) > 0)
            mpq_set(most, term);
        begun = true;
    }
    if (shares && as == TRUCE_AS_NEGMAS)
        mpq_sub(result, result, most);
    mpq_clears(term, other, most, NULL);
}

static bool same(const wide *one, const wide *other, size_t count)
{
    for (size_t p = 0; p < count; p++)
        if (one[p] != other[p])
            return false;
    return true;
}

/* The different vectors that score best, marked; how many. */
static size_t mark_best(brute *all, truce_solution_kind kind, truce_convention as,
                        bool *best)
{
    mpq_t value, most;
    size_t count = 0;
    bool begun = false;
    bool everything =
        as == TRUCE_AS_GENIUS &&
        (kind == TRUCE_SOLUTION_NASH || kind == TRUCE_SOLUTION_KALAI_SMORODINSKY);
    mpq_inits(value, most, NULL);
    for (size_t i = 0; i < all->count; i++) {
        best[i] = all->in[i] || (everything && !is_dominated(all, i));
        for (size_t j = 0; j < i && best[i]; j++)
            best[i] = !best[j] || !same(all->sums[i], all->sums[j], all->parties);
        if (!best[i])
            continue;
        score(all, kind, as, all->sums[i], value);
        int order = begun ? mpq_cmp(value, most) : 1;
        best[i] = order >= 0;
        if (order <= 0) {
            count += order == 0;
            continue;
        }
        mpq_set(most, value);
        begun = true;
        memset(best, 0, i);
        count = 1;
    }
    mpq_clears(value, most, NULL);
    return count;
}

static void assert_is_best(const brute *all, const bool *best,
                           const truce_value *outcome)
{
    wide sums[MOST_PARTIES];
    bool known = false;
    for (size_t p = 0; p < all->parties; p++)
        sums[p] = space_sum(all->compiled, p, outcome);
    assert_true(takes_part(all->compiled, outcome));
    for (size_t i = 0; i < all->count && !known; i++)
        known = best[i] && same(all->sums[i], sums, all->parties);
    assert_true(known);
}

static void compare(brute *all, const truce_points *points, truce_convention as)
{
    bool *best = must_allocate_zeroed(MOST_VECTORS, sizeof *best);
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++) {
        const truce_solution *solution = &points->solutions[kind];
        if (solution->absent)
            continue;
        size_t count = mark_best(all, (truce_solution_kind)kind, as, best);
        if (solution->how == TRUCE_BOUNDED && as != TRUCE_OWN && solution->direct)
            continue;
        assert_int_equal(solution->how, TRUCE_PROVED);
        assert_true(count == 0 || solution->count > 0);
        if (solution->ties_complete && !solution->cut)
            assert_int_equal(solution->count, count);
        for (size_t k = 0; k < solution->count; k++)
            assert_is_best(all, best, solution->items[k].outcome);
    }
    free(best);
}

static void check_scenario(brute *all, const truce_scenario *scenario)
{
    for (int way = 0; way < 12; way++) {
        truce_points_choices choices = {.direct = way % 2,
                                        .disagreement = (truce_reference)(way / 2 % 2),
                                        .as = (truce_convention)(way / 4)};
        truce_points *points = NULL;
        settle(all,
               choices.disagreement == TRUCE_MINIMUM || choices.as == TRUCE_AS_NEGMAS,
               choices.as == TRUCE_AS_NEGMAS);
        bool some = false;
        for (size_t i = 0; i < all->count; i++)
            some |= all->in[i];
        truce_status status =
            truce_points_find(scenario, &choices, NULL, &points, NULL);
        assert_true(some ? status != TRUCE_NONE : status == TRUCE_NONE);
        if (some || choices.as != TRUCE_AS_GENIUS)
            compare(all, points, choices.as);
        truce_points_free(points);
    }
}

static void check_random(uint64_t seed, uint64_t scenarios)
{
    brute *all = must_allocate_zeroed(1, sizeof *all);
    for (uint64_t number = 0; number < scenarios; number++) {
        random_stream dice = random_begin(seed + 1, number);
        size_t counts[5], issues = 1 + random_below(&dice, 5);
        for (size_t i = 0; i < issues; i++)
            counts[i] = 1 + random_below(&dice, 5);
        made_shape shape = {counts, issues, 1 + random_below(&dice, MOST_PARTIES), 0};
        truce_scenario *scenario = random_scenario(seed, number, &shape);
        space *compiled = space_new(scenario, NULL);
        all->compiled = compiled;
        all->parties = shape.parties;
        list_all(all);
        check_scenario(all, scenario);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
    free(all);
}

/* Small whole worths, so that what is better is often better by one unit. */
static void one_unit_better_is_better(void **state)
{
    (void)state;
    brute *all = must_allocate_zeroed(1, sizeof *all);
    for (uint64_t number = 0; number < 200; number++) {
        random_stream dice = random_begin(31, number);
        char text[2000];
        int used = snprintf(text, sizeof text,
                            TWO_PARTIES OUTCOMES("a, b, c, d, e, f, g, h") OTHER
                            "preferences:\n");
        for (int p = 0; p < 2; p++) {
            used += snprintf(text + used, sizeof text - (size_t)used,
                             "  %c: {sum: as-given, weights: {deal: 1, more: 1}, "
                             "worth: {deal: [0",
                             'A' + p);
            for (int v = 1; v < 8; v++)
                used += snprintf(text + used, sizeof text - (size_t)used, ", %u",
                                 (unsigned)random_below(&dice, 10));
            used += snprintf(
                text + used, sizeof text - (size_t)used, "], more: [0, %u, %u]}}\n",
                (unsigned)random_below(&dice, 10), (unsigned)random_below(&dice, 10));
        }
        truce_scenario *scenario = scenario_of(text);
        space *compiled = space_new(scenario, NULL);
        all->compiled = compiled;
        all->parties = 2;
        list_all(all);
        check_scenario(all, scenario);
        space_free(compiled);
        truce_scenario_free(scenario);
    }
    free(all);
}

static void every_solution_is_what_all_outcomes_say(void **state)
{
    (void)state;
    const char *wanted = getenv("TRUCE_RANDOM_POINTS");
    check_random(7, wanted ? strtoull(wanted, NULL, 10) : 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nash_never_takes_two_losses_for_a_gain),
        cmocka_unit_test(as_genius_takes_it),
        cmocka_unit_test(kalai_smorodinsky_is_the_largest_least_share),
        cmocka_unit_test(the_minimum_may_be_the_disagreement),
        cmocka_unit_test(without_gains_all_undominated_tie),
        cmocka_unit_test(nothing_rational_is_proved),
        cmocka_unit_test(parties_without_preferences_are_not_judged),
        cmocka_unit_test(one_unit_better_is_better),
        cmocka_unit_test(every_solution_is_what_all_outcomes_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
