/* Utilities and floors in integers, against numbers worked out by hand. */
#include "random_made.h"

#include <math.h>

#define LAND_AND_SWAP                           \
    "issues:\n"                                 \
    "  land: {values: [kept, shared, given]}\n" \
    "  swap: {ordered: yes, values: [none, some, all]}\n"

/* A scenario of one party, compiled, and what it thinks of outcomes. */
typedef struct opinion {
    truce_scenario *scenario;
    space *compiled;
} opinion;

static opinion opinion_on(const char *yaml, const space_choices *choices)
{
    opinion of = {.scenario = scenario_of(yaml)};
    of.compiled = space_new(of.scenario, choices);
    return of;
}

static void forget(opinion *of)
{
    space_free(of->compiled);
    truce_scenario_free(of->scenario);
}

/* u(outcome) to the first party is exactly numerator / denominator. */
static void assert_utility(const opinion *of, const truce_value *outcome,
                           int64_t numerator, int64_t denominator)
{
    wide sum = space_sum(of->compiled, 0, outcome);
    assert_true(sum * denominator == of->compiled->parties[0].denominator * numerator);
}

static bool reaches_floor(const opinion *of, const truce_value *outcome)
{
    return space_sum(of->compiled, 0, outcome) >= of->compiled->parties[0].floor;
}

#define ONE_PARTY "truce: 1\nid: made\nparties: {A: {role: principal, consent: all}}\n"

/* Weights 3 and 4: land shared is 3/7 of 50, swap all 4/7 of 100. */
static void weights_are_divided_by_their_sum(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences:\n  A: {weights: {land: 3, swap: 4},\n"
                            "      worth: {land: [100, 50, 0], swap: [0, 30, 100]}}\n",
                            NULL);
    assert_utility(&of, (truce_value[]){1, 2}, 550, 7);
    assert_utility(&of, (truce_value[]){0, 0}, 300, 7);
    assert_int_equal(of.compiled->grid, 0);
    assert_true(of.compiled->parties[0].fits_64);
    forget(&of);
}

static void weights_as_given_are_not_divided(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences:\n  A: {sum: as-given, weights: {land: 0.3, "
                            "swap: 0.4},\n"
                            "      worth: {land: [100, 50, 0], swap: [0, 30, 100]}}\n",
                            NULL);
    assert_utility(&of, (truce_value[]){1, 2}, 55, 1);
    assert_utility(&of, (truce_value[]){0, 1}, 42, 1);
    forget(&of);
}

static void an_issue_without_weight_or_worth_is_worth_nothing(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences:\n  A: {weights: {land: 1},\n"
                            "      worth: {land: [100, 50, 0], swap: [0, 30, 100]}}\n",
                            NULL);
    assert_utility(&of, (truce_value[]){1, 2}, 50, 1);
    forget(&of);
}

static void weights_that_are_all_zero_leave_only_bonuses(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences:\n  A: {weights: {land: 0, swap: 0},\n"
                            "      worth: {land: [100, 50, 0]},\n"
                            "      bonus: [{if: \"swap = all\", worth: 7}]}\n",
                            NULL);
    assert_utility(&of, (truce_value[]){0, 0}, 0, 1);
    assert_utility(&of, (truce_value[]){0, 2}, 7, 1);
    forget(&of);
}

/* Prices 0, 10, ... 30 from 100 down to 0: thirds, which no decimal holds. */
static void linear_worths_are_exact_fractions(void **state)
{
    (void)state;
    opinion of = opinion_on(
        ONE_PARTY "issues: {price: {from: 0, to: 30, step: 10}}\n"
                  "preferences: {A: {weights: {price: 2}, worth: {price: {from: 100, "
                  "to: 0}},\n"
                  "              outside: {worth: 66.666666666}}}\n",
        NULL);
    assert_utility(&of, (truce_value[]){0}, 100, 1);
    assert_utility(&of, (truce_value[]){1}, 200, 3);
    assert_utility(&of, (truce_value[]){2}, 100, 3);
    assert_true(reaches_floor(&of, (truce_value[]){1})); /* by two thirds of 10^-9 */
    assert_false(reaches_floor(&of, (truce_value[]){2}));
    forget(&of);
}

static void a_linear_scale_of_one_value_has_the_worth_of_its_beginning(void **state)
{
    (void)state;
    opinion of =
        opinion_on(ONE_PARTY "issues: {price: {from: 5, to: 5, step: 1}}\n"
                             "preferences: {A: {weights: {price: 1},\n"
                             "              worth: {price: {from: 40, to: 90}}}}\n",
                   NULL);
    assert_utility(&of, (truce_value[]){0}, 40, 1);
    forget(&of);
}

static void bonuses_add_and_may_take_away(void **state)
{
    (void)state;
    opinion of =
        opinion_on(ONE_PARTY LAND_AND_SWAP
                   "preferences:\n  A:\n    weights: {land: 1}\n"
                   "    worth: {land: [100, 50, 0]}\n"
                   "    bonus:\n      - {if: \"swap >= some\", worth: -12.5}\n"
                   "      - {if: \"land = shared and swap = all\", worth: 20}\n",
                   NULL);
    assert_utility(&of, (truce_value[]){1, 0}, 50, 1);
    assert_utility(&of, (truce_value[]){1, 1}, 75, 2);
    assert_utility(&of, (truce_value[]){1, 2}, 115, 2);
    assert_utility(&of, (truce_value[]){2, 1}, -25, 2);
    forget(&of);
}

static void a_cap_cuts_after_bonuses(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences:\n  A:\n    weights: {land: 1}\n"
                            "    worth: {land: [90, 50, 0]}\n    cap: 100\n"
                            "    bonus: [{if: \"swap = all\", worth: 20},\n"
                            "            {if: \"swap >= some\", worth: -5}]\n",
                            NULL);
    assert_utility(&of, (truce_value[]){0, 2}, 100, 1);
    assert_utility(&of, (truce_value[]){0, 1}, 85, 1);
    assert_utility(&of, (truce_value[]){1, 2}, 65, 1);
    forget(&of);
}

/* The bid sets swap; land stays as it is today: 100/2 + 30/2. */
static void a_reservation_bid_is_worth_what_it_is_worth(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences:\n  A:\n    weights: {land: 1, swap: 1}\n"
                            "    worth: {land: [100, 50, 0], swap: [0, 30, 60]}\n"
                            "    outside: {outcome: {swap: some}}\n",
                            NULL);
    assert_true(space_floor(of.compiled, 0) == 65);
    assert_true(reaches_floor(&of, (truce_value[]){0, 1}));
    assert_true(reaches_floor(&of, (truce_value[]){0, 2}));
    assert_false(reaches_floor(&of, (truce_value[]){1, 2})); /* 25 + 30 */
    forget(&of);
}

static void a_party_without_an_outside_option_has_no_floor(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences: {A: {weights: {land: 1}, worth: {land: "
                            "[0, 50, 100]}}}\n",
                            NULL);
    assert_false(of.compiled->parties[0].has_floor);
    assert_true(isnan(space_floor(of.compiled, 0)));
    forget(&of);
}

static void a_party_without_preferences_finds_everything_worth_nothing(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP, NULL);
    assert_utility(&of, (truce_value[]){2, 2}, 0, 1);
    assert_false(of.compiled->parties[0].has_floor);
    forget(&of);
}

/* ---- floors in time -------------------------------------------------------------- */

#define FALLING_FLOOR                                                      \
    ONE_PARTY LAND_AND_SWAP "preferences:\n  A:\n    weights: {land: 1}\n" \
                            "    worth: {land: [52.5, 50, 49.9]}\n"        \
                            "    outside: {worth: 55, per-30-days: -5}\n"

/* 55 - 5/2 on day 15 and 55 - 5 on day 30, reached exactly; a day before, not yet. */
static void a_floor_moves_by_exact_fractions_of_thirty_days(void **state)
{
    (void)state;
    static const struct {
        int64_t day;
        truce_value land;
        bool reaches;
    } expected[] = {{0, 0, false},  {14, 0, false}, {15, 0, true},  {15, 1, false},
                    {29, 1, false}, {30, 1, true},  {30, 2, false}, {31, 2, true}};
    for (size_t k = 0; k < sizeof expected / sizeof *expected; k++) {
        opinion of =
            opinion_on(FALLING_FLOOR, &(space_choices){.day = expected[k].day});
        assert_int_equal(reaches_floor(&of, (truce_value[]){expected[k].land, 0}),
                         expected[k].reaches);
        forget(&of);
    }
}

/* 55 - 5/30 = 54 + 5/6: between two sums, whatever the denominator was. */
static void a_floor_that_is_a_fraction_is_told_as_one(void **state)
{
    (void)state;
    opinion of = opinion_on(FALLING_FLOOR, &(space_choices){.day = 1});
    double floor = space_floor(of.compiled, 0);
    assert_true(fabs(floor - (54 + 5.0 / 6)) < 1e-12);
    forget(&of);
}

static void a_floor_may_be_shifted_by_a_threat(void **state)
{
    (void)state;
    truce_decimal shift[] = {{-25, 1}};
    opinion of = opinion_on(FALLING_FLOOR, &(space_choices){.floor_shift = shift});
    assert_true(space_floor(of.compiled, 0) == 52.5);
    assert_true(reaches_floor(&of, (truce_value[]){0, 0}));
    assert_false(reaches_floor(&of, (truce_value[]){1, 0}));
    forget(&of);
}

/* ---- widths ---------------------------------------------------------------------- */

/* Nine digits on both sides of two numbers: u = 123456789.987654321 * 99.999999999 has
 * 27 digits; its neighbour differs in the eighteenth decimal. */
static void long_decimals_need_128_bits_and_stay_exact(void **state)
{
    (void)state;
    opinion of = opinion_on(ONE_PARTY LAND_AND_SWAP
                            "preferences:\n  A:\n    sum: as-given\n"
                            "    weights: {land: 123456789.987654321}\n"
                            "    worth: {land: [99.999999999, 99.999999998, 0]}\n"
                            "    outside: {outcome: {land: kept}}\n",
                            NULL);
    assert_false(of.compiled->parties[0].fits_64);
    assert_int_equal(of.compiled->grid, 0);
    wide better = space_sum(of.compiled, 0, (truce_value[]){0, 0});
    wide worse = space_sum(of.compiled, 0, (truce_value[]){1, 0});
    /* 123456789.987654321 * 10^-9, exactly */
    wide unit = of.compiled->parties[0].denominator;
    assert_true((better - worse) * 1000000000 * 1000000000 ==
                unit * 123456789987654321);
    assert_true(reaches_floor(&of, (truce_value[]){0, 0}));
    assert_false(reaches_floor(&of, (truce_value[]){1, 0}));
    forget(&of);
}

/* Scales of 100, 102, ... prime lengths: their denominators multiply to over 127 bits. */
static truce_scenario *many_prime_scales(void)
{
    static const int primes[] = {101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151,
                                 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211};
    enum { COUNT = sizeof primes / sizeof *primes };
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    fprintf(to, ONE_PARTY "issues:\n");
    for (int i = 0; i < COUNT; i++)
        fprintf(to, "  i%d: {from: 0, to: %d, step: 1}\n", i, primes[i]);
    fprintf(to, "preferences:\n  A:\n    outside: {worth: 100}\n    weights: {");
    for (int i = 0; i < COUNT; i++)
        fprintf(to, "%si%d: 1", i ? ", " : "", i);
    fprintf(to, "}\n    worth: {");
    for (int i = 0; i < COUNT; i++)
        fprintf(to, "%si%d: {from: 0, to: 100}", i ? ", " : "", i);
    fprintf(to, "}\n");
    fclose(to);
    truce_scenario *scenario = scenario_of(text);
    free(text);
    return scenario;
}

static void numbers_that_fit_no_width_are_rounded_to_a_grid_and_say_so(void **state)
{
    (void)state;
    truce_scenario *scenario = many_prime_scales();
    space *compiled = space_new(scenario, NULL);
    assert_in_range(compiled->grid, 20, 38);
    truce_value outcome[22] = {[0] = 101};
    wide sum = space_sum(compiled, 0, outcome);
    assert_true(fabs(space_utility(compiled, 0, sum) - 100.0 / 22) < 1e-12);
    truce_deals *deals = NULL;
    truce_stop stop = {.deadline = truce_seconds() + 0.05};
    (void)truce_deals_find(scenario, NULL, &stop, &deals, NULL);
    assert_int_not_equal(deals->finding.proof.how, TRUCE_PROVED);
    truce_deals_free(deals);
    space_free(compiled);
    truce_scenario_free(scenario);
}

/* ---- who accepts ----------------------------------------------------------------- */

static bool accepts(const char *yaml, truce_value land, truce_value swap)
{
    opinion of = opinion_on(yaml, NULL);
    bool accepted = space_accepts(of.compiled, (truce_value[]){land, swap}, 0);
    forget(&of);
    return accepted;
}

#define TWO_FLOORS                                                             \
    "preferences:\n"                                                           \
    "  A: {weights: {land: 1}, worth: {land: [100, 50, 0]}, outside: {worth: " \
    "50}}\n"                                                                   \
    "  B: {weights: {land: 1}, worth: {land: [0, 50, 100]}, outside: {worth: " \
    "50}}\n"

static void a_floor_is_reached_by_exactly_the_floor(void **state)
{
    (void)state;
    assert_true(accepts(TWO_PARTIES LAND_AND_SWAP TWO_FLOORS, 1, 0));
    assert_false(accepts(TWO_PARTIES LAND_AND_SWAP TWO_FLOORS, 0, 0));
    assert_false(accepts(TWO_PARTIES LAND_AND_SWAP TWO_FLOORS, 2, 0));
}

static void what_one_party_does_alone_takes_nobody_else_s_consent(void **state)
{
    (void)state;
    static const char yaml[] =
        TWO_PARTIES "issues:\n  land: {values: [kept, shared, given], by: A}\n"
                    "  swap: {ordered: yes, values: [none, some, all]}\n" TWO_FLOORS;
    assert_true(accepts(yaml, 1, 0));
    assert_false(accepts(yaml, 2, 0)); /* A alone is asked, and has 0 */
    assert_false(accepts(yaml, 0, 1)); /* swap asks both, and B has 0 */
}

static void a_red_line_counts_for_who_is_needed_alone(void **state)
{
    (void)state;
    static const char yaml[] =
        "truce: 1\nid: made\n"
        "parties:\n  A: {role: principal, consent: all}\n"
        "  B: {role: ally, consent: [swap]}\n" LAND_AND_SWAP
        "preferences: {B: {red-lines: [{if: \"land = given\"}]}}\n";
    assert_true(accepts(yaml, 2, 0));
    assert_false(accepts(yaml, 2, 1));
    assert_true(accepts(yaml, 1, 1));
}

static void rules_of_logic_bind_everybody_always(void **state)
{
    (void)state;
    static const char yaml[] =
        ONE_PARTY LAND_AND_SWAP "rules: {r: {by: logic, if: \"land = given\", then: "
                                "\"swap = all\"}}\n";
    assert_true(accepts(yaml, 2, 2));
    assert_false(accepts(yaml, 2, 1));
    assert_true(accepts(yaml, 1, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_divided_by_their_sum),
        cmocka_unit_test(weights_as_given_are_not_divided),
        cmocka_unit_test(an_issue_without_weight_or_worth_is_worth_nothing),
        cmocka_unit_test(weights_that_are_all_zero_leave_only_bonuses),
        cmocka_unit_test(linear_worths_are_exact_fractions),
        cmocka_unit_test(a_linear_scale_of_one_value_has_the_worth_of_its_beginning),
        cmocka_unit_test(bonuses_add_and_may_take_away),
        cmocka_unit_test(a_cap_cuts_after_bonuses),
        cmocka_unit_test(a_reservation_bid_is_worth_what_it_is_worth),
        cmocka_unit_test(a_party_without_an_outside_option_has_no_floor),
        cmocka_unit_test(a_party_without_preferences_finds_everything_worth_nothing),
        cmocka_unit_test(a_floor_moves_by_exact_fractions_of_thirty_days),
        cmocka_unit_test(a_floor_that_is_a_fraction_is_told_as_one),
        cmocka_unit_test(a_floor_may_be_shifted_by_a_threat),
        cmocka_unit_test(long_decimals_need_128_bits_and_stay_exact),
        cmocka_unit_test(numbers_that_fit_no_width_are_rounded_to_a_grid_and_say_so),
        cmocka_unit_test(a_floor_is_reached_by_exactly_the_floor),
        cmocka_unit_test(what_one_party_does_alone_takes_nobody_else_s_consent),
        cmocka_unit_test(a_red_line_counts_for_who_is_needed_alone),
        cmocka_unit_test(rules_of_logic_bind_everybody_always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
