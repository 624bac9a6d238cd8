/* NegMAS's files, in YAML and JSON: what an outcome space and utility functions become,
 * and where mistakes are told. */
#include "foreign_made.h"

#define DOMAIN                                                              \
    "name: trip\n"                                                          \
    "issues:\n"                                                             \
    "- {name: place, type: CategoricalIssue, values: [sea, hills, town]}\n" \
    "- {name: days, type: ContiguousIssue, values: [1, 4]}\n"               \
    "type: DiscreteCartesianOutcomeSpace\n"
#define PLACE "{type: TableFun, mapping: {sea: 10, hills: 5.5, town: -1}}"
#define DAYS "{type: AffineFun, slope: 2, bias: -1}"
#define LINEAR(weights, values, rest)       \
    "type: LinearAdditiveUtilityFunction\n" \
    "weights: " weights "\n"                \
    "values: " values "\n"                  \
    "" rest "\n"
#define BOXES(ranges, utilities, rest)      \
    "type: HyperRectangleUtilityFunction\n" \
    "outcome_ranges: " ranges "\n"          \
    "utilities: " utilities "\n"            \
    "" rest "\n"

static made make_as(truce_convention as, const char *domain, const char *profile)
{
    const char *texts[] = {domain, profile, NULL};
    return make(&negmas_format, as, texts);
}

static made make_well(const char *domain, const char *profile)
{
    made m = make_as(TRUCE_OWN, domain, profile);
    assert_silent(m);
    return m;
}

static void refused(const char *profile, const char *place, const char *message,
                    const char *hint)
{
    made m = make_as(TRUCE_OWN, DOMAIN, profile);
    assert_true(m.said->errors > 0);
    assert_said(m, place, message, hint);
    unmake(m);
}

static void domain_refused(const char *domain, const char *place, const char *message,
                           const char *hint)
{
    made m = make_as(TRUCE_OWN, domain, NULL);
    assert_true(m.said->errors > 0);
    assert_said(m, place, message, hint);
    unmake(m);
}

static void warned(const char *profile, const char *place, const char *message)
{
    made m = make_as(TRUCE_OWN, DOMAIN, profile);
    assert_int_equal(m.said->errors, 0);
    assert_said(m, place, message, NULL);
    unmake(m);
}

/* The utility of value v of the first issue and w of the second. */
static double u(made m, truce_value v, truce_value w)
{
    return utility(m.scenario, 0, (truce_value[]){v, w});
}

static const truce_outside *outside_of(made m)
{
    return &m.scenario->parties[0].preferences.outside;
}

/* ---- the domain ------------------------------------------------------------------ */

static void issues_of_all_types(void **state)
{
    (void)state;
    made m = make_well(
        "issues:\n"
        "- {name: a, type: CategoricalIssue, values: [x, 'y z', 3]}\n"
        "- {name: b, type: DiscreteOrdinalIssue, values: [low, high]}\n"
        "- {name: c, type: DiscreteCardinalIssue, values: [1, 2.5, 10]}\n"
        "- {name: d, type: ContiguousIssue, values: [-1, 2]}\n"
        "- {name: e, type: ContiguousIssue, values: 3}\n"
        "- {name: f, type: negmas.outcomes.ContinuousIssue, values: [0.0, 1.0]}\n",
        NULL);
    const struct {
        size_t count;
        const char *last;
    } issues[] = {{3, "3"}, {2, "high"}, {3, "10"}, {4, "2"}, {3, "2"}, {5, "1"}};
    for (size_t i = 0; i < 6; i++) {
        const truce_issue *issue = &m.scenario->issues[i];
        assert_int_equal(issue->value_count, issues[i].count);
        assert_string_equal(issue->values[issue->value_count - 1], issues[i].last);
    }
    assert_int_equal(m.scenario->real_steps, 4);
    unmake(m);
}

static void json_says_the_same_as_yaml(void **state)
{
    (void)state;
    made m = make_well(
        "{\"issues\": [{\"name\": \"place\", \"type\": \"CategoricalIssue\", "
        "\"values\": [\"sea\", \"town\"]}], \"type\": \"CartesianOutcomeSpace\"}",
        "{\"type\": \"LinearAdditiveUtilityFunction\", \"name\": null, "
        "\"reserved_value\": \"-inf\", \"weights\": {\"place\": 2.0}, "
        "\"values\": {\"place\": {\"mapping\": {\"sea\": 1e-1, \"town\": 0}}}}");
    assert_near(utility(m.scenario, 0, (truce_value[]){0}), 0.2);
    assert_string_equal(m.scenario->parties[0].name, "p1");
    assert_false(outside_of(m)->given);
    unmake(m);
}

/* ---- linear additive functions --------------------------------------------------- */

static void utility_is_the_raw_sum(void **state)
{
    (void)state;
    made m =
        make_well(DOMAIN, LINEAR("[3, 0.5]", "[" PLACE ", " DAYS "]", "name: ann"));
    assert_string_equal(m.scenario->parties[0].name, "ann");
    assert_near(u(m, 0, 0), 3 * 10 + 0.5 * 1);
    assert_near(u(m, 1, 2), 3 * 5.5 + 0.5 * 5);
    assert_near(u(m, 2, 3), 3 * -1 + 0.5 * 7);
    unmake(m);
}

static void without_weights_every_issue_counts_once(void **state)
{
    (void)state;
    made m = make_well(DOMAIN, LINEAR("null", "[" PLACE ", " DAYS "]", "bias: 0.25"));
    assert_near(u(m, 0, 0), 10 + 1 + 0.25);
    unmake(m);
}

static void straight_lines_of_every_kind(void **state)
{
    (void)state;
    const struct {
        const char *function;
        double first, last;
    } lines[] = {
        {"{type: IdentityFun}", 1, 4},
        {"{type: LinearFun, slope: -0.5}", -0.5, -2},
        {"{type: AffineFun, slope: 0.1, bias: 3}", 3.1, 3.4},
        {"{type: negmas.preferences.AffineFun, slope: 2}", 2, 8},
        {"{type: ConstFun, bias: 7}", 7, 7},
        {"{type: TableFun, mapping: {1: 5, 2: 6, 3.0: 7, 4: 9}}", 5, 9},
        {"{1: 5, 2: 6, 3: 7, 4: 9}", 5, 9},
    };
    for (size_t l = 0; l < sizeof lines / sizeof *lines; l++) {
        char profile[400];
        snprintf(profile, sizeof profile, LINEAR("[1, 1]", "[" PLACE ", %s]", ""),
                 lines[l].function);
        made m = make_well(DOMAIN, profile);
        assert_near(u(m, 0, 0), 10 + lines[l].first);
        assert_near(u(m, 0, 3), 10 + lines[l].last);
        unmake(m);
    }
}

static void a_line_passes_over_values_that_are_numbers(void **state)
{
    (void)state;
    made m =
        make_well("issues: [{name: a, type: CardinalIssue, values: [1, 2.5, 10]}]\n",
                  LINEAR("[2]", "[{type: LinearFun, slope: 3}]", ""));
    const double expected[] = {6, 15, 60};
    for (truce_value v = 0; v < 3; v++)
        assert_near(utility(m.scenario, 0, &v), expected[v]);
    unmake(m);
}

/* 0.010101010101010102 * 4 + 1 has 19 digits. */
static void what_has_too_many_digits_is_rounded_and_said_so(void **state)
{
    (void)state;
    warned(LINEAR("[1, 1]",
                  "[" PLACE
                  ", {type: AffineFun, slope: 0.010101010101010102, bias: 1}]",
                  ""),
           "p1:3:70", "values of issue \"days\" are rounded to 18 digits");
}

/* ---- reserved values and discounts ----------------------------------------------- */

static void a_reserved_value_is_the_outside_option(void **state)
{
    (void)state;
    made m = make_well(DOMAIN, LINEAR("[1, 1]", "[" PLACE ", " DAYS "]",
                                      "reserved_value: 0.25\nreserved_outcome: null"));
    assert_true(outside_of(m)->given);
    assert_near(number(outside_of(m)->worth.mode), 0.25);
    unmake(m);
}

static void minus_infinity_is_no_outside_option(void **state)
{
    (void)state;
    const char *const texts[] = {"reserved_value: -.inf", "reserved_value: -inf",
                                 "reserved_value: null", ""};
    for (size_t t = 0; t < 4; t++) {
        char profile[400];
        snprintf(profile, sizeof profile, "%s%s\n",
                 LINEAR("[1, 1]", "[" PLACE ", " DAYS "]", ""), texts[t]);
        made m = make_well(DOMAIN, profile);
        assert_false(outside_of(m)->given);
        unmake(m);
    }
}

static void a_reserved_outcome_is_a_bid(void **state)
{
    (void)state;
    const char *const texts[] = {"[hills, 3]", "{days: 3, place: hills}"};
    for (size_t t = 0; t < 2; t++) {
        char profile[400];
        snprintf(profile, sizeof profile, "%sreserved_outcome: %s\n",
                 LINEAR("[1, 1]", "[" PLACE ", " DAYS "]", "reserved_value: -.inf"),
                 texts[t]);
        made m = make_well(DOMAIN, profile);
        assert_non_null(outside_of(m)->bid);
        assert_int_equal(outside_of(m)->bid[0], 1);
        assert_int_equal(outside_of(m)->bid[1], 2);
        unmake(m);
    }
}

#define WRAPPED(kind, rest)                   \
    "type: " kind "\n"                        \
    "reserved_value: -.inf\n"                 \
    "" rest "\n"                              \
    "ufun:\n"                                 \
    "  name: inner\n"                         \
    "  reserved_value: 4\n"                   \
    "  type: LinearAdditiveUtilityFunction\n" \
    "  weights: [1, 1]\n"                     \
    "  values: [" PLACE ", " DAYS "]\n"

static void a_discount_is_wrapped_around_a_function(void **state)
{
    (void)state;
    made m =
        make_well(DOMAIN, WRAPPED("ExpDiscountedUFun", "discount: 0.75\nfactor: step"));
    const truce_preferences *p = &m.scenario->parties[0].preferences;
    assert_string_equal(m.scenario->parties[0].name, "inner");
    assert_near(number(p->discount.mode), 0.75);
    assert_near(number(p->outside.worth.mode), 4);
    assert_near(u(m, 0, 0), 11);
    unmake(m);
}

static void the_outermost_reserved_value_counts(void **state)
{
    (void)state;
    made m =
        make_well(DOMAIN, "type: ExpDiscountedUFun\nreserved_value: 2\ndiscount: null\n"
                          "ufun:\n  type: ExpDiscountedUFun\n  reserved_value: 3\n"
                          "  discount: 0.5\n  ufun:\n"
                          "    type: LinearAdditiveUtilityFunction\n"
                          "    reserved_value: 4\n    weights: [1, 1]\n"
                          "    values: [" PLACE ", " DAYS "]\n");
    assert_near(number(outside_of(m)->worth.mode), 2);
    assert_near(number(m.scenario->parties[0].preferences.discount.mode), 0.5);
    unmake(m);
}

static void read_as_negmas_there_is_no_discount(void **state)
{
    (void)state;
    made m = make_as(TRUCE_AS_NEGMAS, DOMAIN,
                     WRAPPED("ExpDiscountedUFun", "discount: 0.75"));
    assert_silent(m);
    assert_false(m.scenario->parties[0].preferences.discount.given);
    unmake(m);
}

/* ---- hyper-rectangles ------------------------------------------------------------ */

static void boxes_add_up(void **state)
{
    (void)state;
    made m = make_well(DOMAIN, BOXES("[{place: sea, days: [2, 3]}, {1: [3, 9]}, {}]",
                                     "[5, 2, 0.5]", "weights: [2, 1, 1]"));
    assert_near(u(m, 0, 0), 0.5);
    assert_near(u(m, 0, 1), 10.5);
    assert_near(u(m, 0, 2), 12.5);
    assert_near(u(m, 0, 3), 2.5);
    assert_near(u(m, 1, 2), 2.5);
    unmake(m);
}

static void ranges_may_have_gaps(void **state)
{
    (void)state;
    made m =
        make_well(DOMAIN, BOXES("[{0: [town, sea], 1: [[1, 1.5], [2.5, 3], [3, 4]]}]",
                                "[1]", "bias: 1"));
    for (truce_value v = 0; v < 3; v++)
        for (truce_value w = 0; w < 4; w++)
            assert_near(u(m, v, w), 1 + (v != 1 && w != 1));
    unmake(m);
}

static void an_empty_range_holds_for_nothing(void **state)
{
    (void)state;
    made m =
        make_well(DOMAIN, BOXES("[{1: [7, 9]}, {1: [2.2, 2.8]}, {1: [3, 2]}, {0: []}]",
                                "[1, 1, 1, 1]", ""));
    for (truce_value w = 0; w < 4; w++)
        assert_near(u(m, 0, w), 0);
    unmake(m);
}

/* ---- mistakes -------------------------------------------------------------------- */

static void mistakes_in_domains(void **state)
{
    (void)state;
    domain_refused("issues: []\n", "d:1:9", "the domain has no issues", NULL);
    domain_refused("issues: [a]\n", "d:1:10", "an issue must be a map, not a text",
                   NULL);
    domain_refused("issues:\n- {type: CategoricalIssue, values: [x]}\n", "d:2:3",
                   "an issue has no \"name\"", NULL);
    domain_refused("issues:\n- {nam: a, type: CategoricalIssue, values: [x]}\n",
                   "d:2:4", "unknown key \"nam\" of an issue", "\"name\"");
    domain_refused("issues:\n- {name: a, type: CategoricIssue, values: [x]}\n",
                   "d:2:19", "issue \"a\" of type \"CategoricIssue\" is not supported",
                   "\"CategoricalIssue\"");
    domain_refused("issues:\n- {name: a, type: CallableIssue, values: [x]}\n", "d:2:19",
                   "issue \"a\" of type \"CallableIssue\" is not supported", NULL);
    domain_refused("issues:\n- {name: a, values: [x]}\n", "d:2:3",
                   "issue \"a\" has no \"type\"", "CategoricalIssue");
    domain_refused("issues:\n- {name: a, type: CategoricalIssue}\n", "d:2:3",
                   "issue \"a\" has no \"values\"", NULL);
    domain_refused("issues:\n- {name: a, type: CategoricalIssue, value: [x]}\n",
                   "d:2:37", "unknown key \"value\" of issue \"a\"", "\"values\"");
    domain_refused("issues:\n- {name: a, type: CategoricalIssue, values: x}\n",
                   "d:2:45", "the values of issue \"a\" must be a list, not a text",
                   NULL);
    domain_refused("issues:\n- {name: a, type: ContiguousIssue, values: [1, 2, 3]}\n",
                   "d:2:44", "issue \"a\" must have two \"values\"", "[0, 10]");
    domain_refused("issues:\n- {name: a, type: ContiguousIssue, values: [1, 2.5]}\n",
                   "d:2:48", "must be a whole number", NULL);
    domain_refused("issues:\n- {name: a, type: ContiguousIssue, values: [3, 2]}\n",
                   "d:2:10", "issue \"a\"", NULL);
    domain_refused("issues:\n- {name: a, type: ContinuousIssue, values: [0, .inf]}\n",
                   "d:2:48", "must be a number, not \".inf\"", NULL);
    domain_refused("type: EnumeratingOutcomeSpace\nissues:\n"
                   "- {name: a, type: CategoricalIssue, values: [x]}\n",
                   "d:1:7", "an outcome space of type \"EnumeratingOutcomeSpace\"",
                   NULL);
    domain_refused("issues:\n- {name: a, type: CategoricalIssue, values: [x]}\n"
                   "- {name: a, type: CategoricalIssue, values: [y]}\n",
                   "d:3:10", "there are two issues \"a\"", NULL);
}

static void functions_that_are_not_supported_are_named(void **state)
{
    (void)state;
    refused("type: MappingUtilityFunction\nmapping: {}\n", "p1:1:7",
            "a utility function of type \"MappingUtilityFunction\" is not supported",
            "LinearAdditiveUtilityFunction");
    refused("type: LinearAditiveUtilityFunction\n", "p1:1:7", "is not supported",
            "did you mean \"LinearAdditiveUtilityFunction\"?");
    refused("type: ExpDiscountedUFun\nufun: {type: RandomUtilityFunction}\n", "p1:2:14",
            "of type \"RandomUtilityFunction\" is not supported", NULL);
    refused(LINEAR("[1, 1]", "[" PLACE ", {type: TriangularFun}]", ""), "p1:3:77",
            "the value function of issue \"days\" of type \"TriangularFun\" is not",
            "TableFun");
    refused(LINEAR("[1, 1]", "[" PLACE ", {type: AfineFun, slope: 1}]", ""), "p1:3:77",
            "of type \"AfineFun\" is not supported", "\"AffineFun\"");
    refused(BOXES("[{}]", "[{type: ConstFun}]", ""), "p1:3:13",
            "\"utilities\" other than numbers are not supported", NULL);
}

static void mistakes_in_additive_functions(void **state)
{
    (void)state;
#define VALUES(place) LINEAR("[1, 1]", "[" place ", " DAYS "]", "")
    refused("type: LinearAdditiveUtilityFunction\n", "p1:1:1",
            "the utility function has no \"values\"", NULL);
    refused(LINEAR("[1, 1]", "[" PLACE "]", ""), "p1:3:9",
            "\"values\" has 1 entries for 2 issues", NULL);
    refused(LINEAR("[1, 1, 1]", "[" PLACE ", " DAYS "]", ""), "p1:2:10",
            "\"weights\" has 3 entries for 2 issues", NULL);
    refused(LINEAR("{place: 1, day: 1}", "[" PLACE ", " DAYS "]", ""), "p1:2:21",
            "the domain has no issue \"day\"", "\"days\"");
    refused(LINEAR("{place: 1}", "[" PLACE ", " DAYS "]", ""), "p1:2:10",
            "\"weights\" leaves out issue \"days\"", NULL);
    refused(LINEAR("[1, x]", "[" PLACE ", " DAYS "]", ""), "p1:2:14",
            "the weight of issue \"days\" must be a number, not \"x\"", NULL);
    refused(LINEAR("[1, -1]", "[" PLACE ", " DAYS "]", ""), "p1:2:14",
            "must not be negative", "other sign");
    refused(LINEAR("1", "[" PLACE ", " DAYS "]", ""), "p1:2:10",
            "\"weights\" must be a list, not a text", NULL);
    refused(VALUES("{type: TableFun, mapping: {sae: 1, hills: 1, town: 1}}"), "p1:3:37",
            "the domain has no value \"sae\" of issue \"place\"", "\"sea\"");
    refused(VALUES("{type: TableFun, mapping: {sea: 1, town: 1}}"), "p1:3:36",
            "value \"hills\" of issue \"place\" is missing", NULL);
    refused(VALUES("{type: TableFun, maping: {}}"), "p1:3:27",
            "unknown key \"maping\" of TableFun", "\"mapping\"");
    refused(VALUES("{type: TableFun, mapping: {sea: much}}"), "p1:3:42",
            "the value of \"sea\" must be a number, not \"much\"", NULL);
    refused(VALUES("5"), "p1:3:10",
            "the value function of issue \"place\" must be a map, not a text", NULL);
    refused(VALUES("{type: IdentityFun}"), "p1:3:10",
            "value \"sea\" of issue \"place\" is no number", "TableFun");
    refused(VALUES("{type: LinearFun, slop: 1}"), "p1:3:28", "unknown key \"slop\"",
            "\"slope\"");
    refused(VALUES("{type: AffineFun, bias: 1}"), "p1:3:10",
            "AffineFun has no \"slope\"", NULL);
    warned(LINEAR("[1, 1]", "[" PLACE ", " DAYS "]", "colour: 1"), "p1:4:1",
           "unknown key \"colour\" of the utility function is passed over");
}

static void mistakes_in_reservations_and_discounts(void **state)
{
    (void)state;
#define REST(text) LINEAR("[1, 1]", "[" PLACE ", " DAYS "]", text)
    refused(REST("reserved_value: low"), "p1:4:17",
            "\"reserved_value\" must be a number, not \"low\"", NULL);
    refused(REST("reserved_valu: 1"), "p1:4:1", "unknown key \"reserved_valu\"",
            "\"reserved_value\"");
    refused(REST("reserved_outcome: [sea]"), "p1:4:19",
            "\"reserved_outcome\" has 1 entries for 2 issues", NULL);
    refused(REST("reserved_outcome: [see, 1]"), "p1:4:20", "no value \"see\"",
            "\"sea\"");
    refused(WRAPPED("ExpDiscountedUFun", "discount: 1.5"), "p1:3:11",
            "\"discount\" must be between 0 and 1", NULL);
    refused(WRAPPED("ExpDiscountedUFun", "discont: 0.5"), "p1:3:1",
            "unknown key \"discont\"", "\"discount\"");
    refused("type: ExpDiscountedUFun\ndiscount: 0.5\n", "p1:1:1",
            "the utility function has no \"ufun\"", NULL);
    refused("type: ExpDiscountedUFun\nufun: 3\n", "p1:2:7",
            "\"ufun\" must be a map, not a text", NULL);
    warned(WRAPPED("LinDiscountedUFun", "cost: 0.1"), "p1:3:7",
           "a cost of time is passed over");
    warned(REST("reserved_value: 1\nreserved_outcome: [sea, 1]"), "p1:5:19",
           "\"reserved_value\" counts");
}

static void mistakes_in_boxes(void **state)
{
    (void)state;
    refused("type: HyperRectangleUtilityFunction\nutilities: [1]\n", "p1:1:1",
            "the utility function has no \"outcome_ranges\"", NULL);
    refused(BOXES("[{}]", "[1, 2]", ""), "p1:3:12",
            "\"utilities\" has 2 entries for 1 \"outcome_ranges\"", NULL);
    refused(BOXES("[{}]", "[1]", "weights: []"), "p1:4:10", "\"weights\" has 0 entries",
            NULL);
    refused(BOXES("[5]", "[1]", ""), "p1:2:18",
            "an entry of \"outcome_ranges\" must be a map, not a text", NULL);
    refused(BOXES("[{plce: sea}]", "[1]", ""), "p1:2:19", "no issue \"plce\"",
            "\"place\"");
    refused(BOXES("[{2: sea}]", "[1]", ""), "p1:2:19", "there is no issue 2",
            "numbered from 0");
    refused(BOXES("[{0: see}]", "[1]", ""), "p1:2:22", "no value \"see\"", "\"sea\"");
    refused(BOXES("[{0: [sea, {}]}]", "[1]", ""), "p1:2:28",
            "must be a text, not a map", NULL);
    refused(BOXES("[{1: {}}]", "[1]", ""), "p1:2:22",
            "the range of \"1\" must be a list, not a map", NULL);
    refused(BOXES("[{}]", "[x]", ""), "p1:3:13",
            "a utility must be a number, not \"x\"", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(issues_of_all_types),
        cmocka_unit_test(json_says_the_same_as_yaml),
        cmocka_unit_test(utility_is_the_raw_sum),
        cmocka_unit_test(without_weights_every_issue_counts_once),
        cmocka_unit_test(straight_lines_of_every_kind),
        cmocka_unit_test(a_line_passes_over_values_that_are_numbers),
        cmocka_unit_test(what_has_too_many_digits_is_rounded_and_said_so),
        cmocka_unit_test(a_reserved_value_is_the_outside_option),
        cmocka_unit_test(minus_infinity_is_no_outside_option),
        cmocka_unit_test(a_reserved_outcome_is_a_bid),
        cmocka_unit_test(a_discount_is_wrapped_around_a_function),
        cmocka_unit_test(the_outermost_reserved_value_counts),
        cmocka_unit_test(read_as_negmas_there_is_no_discount),
        cmocka_unit_test(boxes_add_up),
        cmocka_unit_test(ranges_may_have_gaps),
        cmocka_unit_test(an_empty_range_holds_for_nothing),
        cmocka_unit_test(mistakes_in_domains),
        cmocka_unit_test(functions_that_are_not_supported_are_named),
        cmocka_unit_test(mistakes_in_additive_functions),
        cmocka_unit_test(mistakes_in_reservations_and_discounts),
        cmocka_unit_test(mistakes_in_boxes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
