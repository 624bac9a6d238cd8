/* GeniusWeb's files: what a domain and profiles become, and where mistakes are told. */
#include "foreign_made.h"

#include "space/space.h"

#define DOMAIN                                                     \
    "{\"name\": \"trip\", \"issuesValues\": {\n"                   \
    "  \"place\": {\"values\": [\"sea\", \"hills\", \"town\"]},\n" \
    "  \"days\": {\"range\": [1, 3.5, 0.5]}}}\n"
#define PROFILE(utilities, weights, rest)                    \
    "{\"LinearAdditiveUtilitySpace\": {\"name\": \"ann\",\n" \
    "\"issueUtilities\": {" utilities "},\n"                 \
    "\"issueWeights\": {" weights "}" rest "}}"
#define PLACE                                              \
    "\"place\": {\"discreteutils\": {\"valueUtilities\": " \
    "{\"sea\": 1, \"hills\": 0.5, \"town\": 0}}}"
#define DAYS                                                            \
    "\"days\": {\"numberutils\": {\"lowValue\": 1, \"lowUtility\": 0, " \
    "\"highValue\": 3.5, \"highUtility\": 1}}"
#define WEIGHTS "\"place\": 0.6, \"days\": 0.4"

static made make_one(const char *domain, const char *profile)
{
    const char *texts[] = {domain, profile, NULL};
    return make(&geniusweb_format, TRUCE_OWN, texts);
}

static made make_well(const char *domain, const char *profile)
{
    made m = make_one(domain, profile);
    assert_silent(m);
    return m;
}

static void refused(const char *profile, const char *place, const char *message,
                    const char *hint)
{
    made m = make_one(DOMAIN, profile);
    assert_true(m.said->errors > 0);
    assert_said(m, place, message, hint);
    unmake(m);
}

static void domain_refused(const char *domain, const char *place, const char *message,
                           const char *hint)
{
    made m = make_one(domain, NULL);
    assert_true(m.said->errors > 0);
    assert_said(m, place, message, hint);
    unmake(m);
}

static void warned(const char *profile, const char *place, const char *message)
{
    made m = make_one(DOMAIN, profile);
    assert_int_equal(m.said->errors, 0);
    assert_said(m, place, message, NULL);
    unmake(m);
}

/* ---- what is read ---------------------------------------------------------------- */

static void a_domain_has_named_values_and_ranges(void **state)
{
    (void)state;
    made m = make_well(DOMAIN, PROFILE(PLACE "," DAYS, WEIGHTS, ""));
    const truce_scenario *s = m.scenario;
    assert_string_equal(s->title, "trip");
    assert_int_equal(s->issue_count, 2);
    assert_string_equal(s->issues[0].values[1], "hills");
    assert_int_equal(s->issues[1].value_count, 6);
    assert_string_equal(s->issues[1].values[5], "3.5");
    assert_true(s->issues[1].numeric);
    unmake(m);
}

static void utility_is_the_sum_of_weight_times_utility(void **state)
{
    (void)state;
    made m = make_well(DOMAIN, PROFILE(PLACE "," DAYS, WEIGHTS, ""));
    assert_string_equal(m.scenario->parties[0].name, "ann");
    assert_true(m.scenario->parties[0].preferences.sum_as_given);
    assert_near(utility(m.scenario, 0, (truce_value[]){0, 5}), 1.0);
    assert_near(utility(m.scenario, 0, (truce_value[]){1, 1}), 0.3 + 0.4 * 0.2);
    assert_near(utility(m.scenario, 0, (truce_value[]){2, 0}), 0.0);
    unmake(m);
}

/* 12.2, 12.5 and, were it allowed, 12.8: the line still goes to 12.6. */
static void a_range_need_not_be_met_at_its_end(void **state)
{
    (void)state;
    made m = make_well(
        "{\"issuesValues\": {\"n\": {\"range\": [\"12.2\", \"12.6\", \"0.3\"]}}}",
        PROFILE("\"n\": {\"numberutils\": {\"lowValue\": 12.2, \"lowUtility\": 0.2,"
                " \"highValue\": 12.6, \"highUtility\": 1}}",
                "\"n\": 1", ""));
    assert_int_equal(m.scenario->issues[0].value_count, 2);
    assert_near(utility(m.scenario, 0, (truce_value[]){0}), 0.2);
    assert_near(utility(m.scenario, 0, (truce_value[]){1}), 0.8);
    unmake(m);
}

static void no_reservation_bid_is_a_reservation_of_0(void **state)
{
    (void)state;
    made m = make_well(DOMAIN,
                       PROFILE(PLACE "," DAYS, WEIGHTS, ", \"reservationBid\": null"));
    const truce_outside *outside = &m.scenario->parties[0].preferences.outside;
    assert_true(outside->given);
    assert_null(outside->bid);
    assert_int_equal(outside->worth.mode.digits, 0);
    unmake(m);
}

static void a_reservation_bid_is_an_outcome(void **state)
{
    (void)state;
    made m = make_well(DOMAIN, PROFILE(PLACE "," DAYS, WEIGHTS,
                                       ", \"reservationBid\": {\"issuevalues\": "
                                       "{\"days\": 2.0, \"place\": \"hills\"}}"));
    const truce_outside *outside = &m.scenario->parties[0].preferences.outside;
    assert_non_null(outside->bid);
    assert_int_equal(outside->bid[0], 1);
    assert_int_equal(outside->bid[1], 2);
    unmake(m);
}

static void parties_come_in_the_order_of_the_profiles(void **state)
{
    (void)state;
    const char *bob = "{\"LinearAdditiveUtilitySpace\": {\"issueUtilities\": {" PLACE
                      "," DAYS "}, \"issueWeights\": {" WEIGHTS "}}}";
    const char *ann = PROFILE(PLACE "," DAYS, WEIGHTS, "");
    made m = make(&geniusweb_format, TRUCE_OWN,
                  (const char *[]){DOMAIN, bob, ann, ann, NULL});
    assert_silent(m);
    assert_int_equal(m.scenario->party_count, 3);
    assert_string_equal(m.scenario->parties[0].name, "p1"); /* its file's name */
    assert_string_equal(m.scenario->parties[1].name, "ann");
    assert_string_equal(m.scenario->parties[2].name, "ann-2");
    unmake(m);
}

static void numbers_keep_all_digits(void **state)
{
    (void)state;
    made m = make_one("{\"issuesValues\": {\"a\": {\"values\": [\"x\"]}}}",
                      PROFILE("\"a\": {\"discreteutils\": {\"valueUtilities\": "
                              "{\"x\": 0.44521257716556313}}}",
                              "\"a\": 1e0", ""));
    assert_silent(m);
    const truce_decimal worth =
        m.scenario->parties[0].preferences.worths[0].items[0].mode;
    assert_int_equal(worth.digits, 44521257716556313);
    assert_int_equal(worth.scale, 17);
    unmake(m);
}

/* ---- mistakes -------------------------------------------------------------------- */

static void mistakes_in_domains(void **state)
{
    (void)state;
    domain_refused("{\"issuesValue\": {\"a\": {\"values\": [\"x\"]}}}", "d:1:2",
                   "unknown key \"issuesValue\"", "\"issuesValues\"");
    domain_refused("{\"issuesValues\": []}", "d:1:18", "must be a map, not a list",
                   NULL);
    domain_refused("{\"issuesValues\": {}}", "d:1:18", "the domain has no issues",
                   NULL);
    domain_refused("{\"issuesValues\": {\"a\": [\"x\"]}}", "d:1:24",
                   "issue \"a\" must be a map, not a list", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"value\": [\"x\"]}}}", "d:1:25",
                   "unknown key \"value\" of issue \"a\"", "\"values\"");
    domain_refused("{\"issuesValues\": {\"a\": {}}}", "d:1:24",
                   "issue \"a\" has no \"values\"", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"values\": []}}}", "d:1:19",
                   "issue \"a\" has no values", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"values\": [\"x\", \"y\", \"x\"]}}}",
                   "d:1:46", "value \"x\" stands twice in issue \"a\"", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"values\": [\"x\", [1]]}}}", "d:1:41",
                   "a value must have a name", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"range\": [1, 2]}}}", "d:1:34",
                   "a range has three numbers", "12.2");
    domain_refused("{\"issuesValues\": {\"a\": {\"range\": [1, \"x\", 2]}}}", "d:1:38",
                   "the highest value of issue \"a\" must be a number", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"range\": [2, 1, 1]}}}", "d:1:19",
                   "must go from a lower to a higher number", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"range\": [1, 2, 0]}}}", "d:1:19",
                   "must have a step above 0", NULL);
    domain_refused("{\"issuesValues\": {\"a\": {\"range\": [0, 900000000, 1]}}}",
                   "d:1:19", "more than 1000000 values", "--max-values");
    domain_refused("{\"issuesValues\": {\"a\": {\"values\": [\"x\"]},\n \"a\": {}}}",
                   "d:2:2", "key \"a\" is given twice", NULL);
}

static void mistakes_in_the_frame_of_a_profile(void **state)
{
    (void)state;
    refused("{\"LinearAditiveUtilitySpace\": {\"issueUtilities\": {}}}", "p1:1:2",
            "profiles of kind \"LinearAditiveUtilitySpace\" are not supported",
            "did you mean \"LinearAdditiveUtilitySpace\"?");
    refused("{\"SumOfGroupsUtilitySpace\": {\"domain\": {\"issuesValues\": {}}}}",
            "p1:1:2", "profiles of kind \"SumOfGroupsUtilitySpace\" are not supported",
            "LinearAdditiveUtilitySpace");
    refused("{\"LinearAdditiveUtilitySpace\": {\"issueUtilites\": {" PLACE "," DAYS
            "}, \"issueWeights\": {" WEIGHTS "}}}",
            "p1:1:33", "unknown key \"issueUtilites\" of the profile",
            "\"issueUtilities\"");
    refused("{\"LinearAdditiveUtilitySpace\": {\"issueUtilities\": {" PLACE "," DAYS
            "}}}",
            "p1:1:32", "the profile has no \"issueWeights\"", NULL);
    refused("{\"LinearAdditiveUtilitySpace\": {\"issueUtilities\": 1, "
            "\"issueWeights\": {" WEIGHTS "}}}",
            "p1:1:51", "\"issueUtilities\" must be a map, not a text", NULL);
    refused(PROFILE(PLACE "," DAYS, WEIGHTS,
                    ",\n\"domain\": {\"issuesValues\": {\"plce\": {\"values\": []}}}"),
            "p1:4:29", "the domain has no issue \"plce\"", "\"place\"");
    refused(PROFILE(PLACE "," DAYS, WEIGHTS,
                    ",\n\"domain\": {\"issuesValues\": {\"place\": {\"values\": "
                    "[\"sea\", \"hill\"]}}}"),
            "p1:4:57", "the domain has no value \"hill\" of issue \"place\"",
            "\"hills\"");
    warned(PROFILE(PLACE "," DAYS, WEIGHTS, ",\n\"colour\": 1"), "p1:4:1",
           "unknown key \"colour\" of the profile is passed over");
}

static void mistakes_in_utilities(void **state)
{
    (void)state;
#define VALUES(text) \
    "\"place\": {\"discreteutils\": {\"valueUtilities\": {" text "}}}," DAYS
#define LINE(text) PLACE ",\n\"days\": {\"numberutils\": {" text "}}"
    refused(PROFILE("\"plac\": {}," DAYS, WEIGHTS, ""), "p1:2:20",
            "the domain has no issue \"plac\"", "\"place\"");
    refused(PROFILE(PLACE, WEIGHTS, ""), "p1:2:19",
            "the utilities of issue \"days\" are missing", NULL);
    refused(PROFILE("\"place\": {\"discreteutil\": {}}," DAYS, WEIGHTS, ""), "p1:2:30",
            "unknown key \"discreteutil\"", "\"discreteutils\"");
    refused(PROFILE("\"place\": []," DAYS, WEIGHTS, ""), "p1:2:29",
            "the utilities of issue \"place\" must be a map, not a list", NULL);
    refused(PROFILE("\"place\": {\"discreteutils\": {}}," DAYS, WEIGHTS, ""), "p1:2:47",
            "\"discreteutils\" has no \"valueUtilities\"", NULL);
    refused(PROFILE(VALUES("\"see\": 1, \"hills\": 0, \"town\": 0"), WEIGHTS, ""),
            "p1:2:67", "the domain has no value \"see\" of issue \"place\"", "\"sea\"");
    refused(PROFILE(VALUES("\"sea\": 1, \"town\": 0"), WEIGHTS, ""), "p1:2:66",
            "the utility of value \"hills\" of issue \"place\" is missing", NULL);
    refused(PROFILE(VALUES("\"sea\": \"high\""), WEIGHTS, ""), "p1:2:74",
            "the utility of \"sea\" must be a number, not \"high\"", "0.25");
    refused(PROFILE(VALUES("\"sea\": {}"), WEIGHTS, ""), "p1:2:74",
            "the utility of \"sea\" must be a number", NULL);
    refused(PROFILE(VALUES("\"sea\": 0.1234567890123456789"), WEIGHTS, ""), "p1:2:74",
            "too many digits", "18 digits");
    refused(PROFILE("\"place\": {\"numberutils\": {\"lowValue\": 0, \"lowUtility\": 0, "
                    "\"highValue\": 1, \"highUtility\": 1}}," DAYS,
                    WEIGHTS, ""),
            "p1:2:45", "issue \"place\" has no range but named values",
            "discreteutils");
    refused(PROFILE(LINE("\"lowValue\": 1, \"lowUtility\": 0, \"highValue\": 3.5"),
                    WEIGHTS, ""),
            "p1:3:25", "\"numberutils\" has no \"highUtility\"", NULL);
    refused(PROFILE(LINE("\"lowValue\": 1, \"lowUtility\": 0, \"highValue\": 3.5, "
                         "\"hiUtility\": 1"),
                    WEIGHTS, ""),
            "p1:3:76", "unknown key \"hiUtility\"", "\"highUtility\"");
    refused(PROFILE(LINE("\"lowValue\": 0, \"lowUtility\": 0, \"highValue\": 3.5, "
                         "\"highUtility\": 1"),
                    WEIGHTS, ""),
            "p1:3:25", "must go from lowValue 1 to highValue 3.5", NULL);
    warned(PROFILE(VALUES("\"sea\": 1.5, \"hills\": 0, \"town\": 0"), WEIGHTS, ""),
           "p1:2:74", "the utility of \"sea\" is not between 0 and 1");
}

static void mistakes_in_weights(void **state)
{
    (void)state;
    refused(PROFILE(PLACE "," DAYS, "\"place\": 0.6, \"day\": 0.4", ""), "p1:3:32",
            "the domain has no issue \"day\"", "\"days\"");
    refused(PROFILE(PLACE "," DAYS, "\"place\": 1", ""), "p1:3:17",
            "the weight of issue \"days\" is missing", NULL);
    refused(PROFILE(PLACE "," DAYS, "\"place\": true, \"days\": 0.4", ""), "p1:3:27",
            "the weight of issue \"place\" must be a number, not \"true\"", NULL);
    refused(PROFILE(PLACE "," DAYS, "\"place\": -0.5, \"days\": 1.5", ""), "p1:3:27",
            "must not be negative", NULL);
    warned(PROFILE(PLACE "," DAYS, "\"place\": 0.6, \"days\": 0.41", ""), "p1:3:17",
           "the weights sum to 1.01; GeniusWeb asks for 1");
}

static void mistakes_in_reservation_bids(void **state)
{
    (void)state;
#define BID(text) PROFILE(PLACE "," DAYS, WEIGHTS, ",\n\"reservationBid\": " text)
    refused(BID("0.5"), "p1:4:19", "\"reservationBid\" must be a map, not a text",
            NULL);
    refused(BID("{\"issueValues\": {}}"), "p1:4:20", "unknown key \"issueValues\"",
            "\"issuevalues\"");
    refused(BID("{}"), "p1:4:19", "\"reservationBid\" has no \"issuevalues\"", NULL);
    refused(BID("{\"issuevalues\": {\"place\": \"sea\"}}"), "p1:4:35",
            "\"reservationBid\" leaves out issue \"days\"", "every issue");
    refused(BID("{\"issuevalues\": {\"place\": \"seas\", \"days\": 1}}"), "p1:4:45",
            "no value \"seas\" of issue \"place\"", "\"sea\"");
    refused(BID("{\"issuevalues\": {\"place\": \"sea\", \"days\": 1.2}}"), "p1:4:60",
            "no value \"1.2\" of issue \"days\"", NULL);
}

static void many_mistakes_are_told_in_one_go(void **state)
{
    (void)state;
    made m =
        make_one(DOMAIN, PROFILE("\"place\": {\"discreteutils\": {\"valueUtilities\": "
                                 "{\"see\": 1, \"hil\": 0}}}",
                                 "\"dais\": 1", ""));
    assert_int_equal(m.said->errors, 3);
    unmake(m);
}

/* ---- writing --------------------------------------------------------------------- */

static truce_conversion *written(const truce_scenario *scenario, bool lossy)
{
    truce_conversion *files = NULL;
    truce_error error;
    truce_status status =
        truce_scenario_convert(scenario, TRUCE_FORMAT_GENIUSWEB, lossy, &files, &error);
    assert_int_equal(status, files->file_count ? TRUCE_OK : TRUCE_NONE);
    return files;
}

static made read_back(const truce_conversion *files)
{
    const char *texts[8] = {NULL};
    assert_true(files->file_count > 1 && files->file_count < 8);
    for (size_t f = 0; f < files->file_count; f++)
        texts[f] = files->files[f].bytes;
    made m = make(&geniusweb_format, TRUCE_OWN, texts);
    assert_silent(m);
    return m;
}

/* Every utility of every outcome, and every floor, as fractions. */
static void assert_same_worth(const truce_scenario *one, const truce_scenario *other)
{
    space *a = space_new(one, NULL), *b = space_new(other, NULL);
    truce_value outcome[8] = {0};
    size_t i = 0;
    assert_int_equal(a->grid, 0);
    while (i < one->issue_count) {
        for (size_t p = 0; p < one->party_count; p++)
            assert_true(space_sum(a, p, outcome) * b->parties[p].denominator ==
                        space_sum(b, p, outcome) * a->parties[p].denominator);
        for (i = 0; i < one->issue_count && ++outcome[i] == one->issues[i].value_count;)
            outcome[i++] = 0;
    }
    for (size_t p = 0; p < one->party_count; p++)
        assert_true(a->parties[p].disagreement * b->parties[p].denominator ==
                    b->parties[p].disagreement * a->parties[p].denominator);
    space_free(a);
    space_free(b);
}

static void what_is_written_reads_back_the_same(void **state)
{
    (void)state;
    made m = make_well(DOMAIN, PROFILE(PLACE "," DAYS, WEIGHTS,
                                       ", \"reservationBid\": {\"issuevalues\": "
                                       "{\"days\": 2.5, \"place\": \"hills\"}}"));
    truce_conversion *first = written(m.scenario, false);
    assert_int_equal(first->losses.count, 0);
    made back = read_back(first);
    assert_same_worth(m.scenario, back.scenario);
    truce_conversion *again = written(back.scenario, false);
    for (size_t f = 0; f < first->file_count; f++)
        assert_string_equal(first->files[f].bytes, again->files[f].bytes);
    truce_conversion_free(first);
    truce_conversion_free(again);
    unmake(back);
    unmake(m);
}

static truce_scenario *truce_of(const char *text)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_scenario_parse("t", text, strlen(text), NULL, &scenario, said);
    if (scenario == NULL)
        fail_msg("%s", said->items[0].message);
    truce_diagnostics_free(said);
    return scenario;
}

static bool has_loss(const truce_conversion *files, const char *words)
{
    for (size_t l = 0; l < files->losses.count; l++)
        if (strstr(files->losses.items[l], words))
            return true;
    return false;
}

#define HEAD                                                                      \
    "truce: 1\nid: t\n"                                                           \
    "parties: {A: {role: principal, consent: all}}\n"                             \
    "issues: {a: {title: Place, values: [x, 'y \"z\"']}, b: {values: [u, v, w]}," \
    " n: {from: 0, to: 3}}\n"

static void the_scale_of_truce_is_a_loss_that_is_named(void **state)
{
    (void)state;
    truce_scenario *s =
        truce_of(HEAD "preferences: {A: {basis: A, "
                      "weights: {a: 3, b: 6, n: 1}, worth: {a: [0, 100], "
                      "b: [10, 20, 35.5], n: {from: 100, to: 40}}}}\n");
    truce_conversion *files = written(s, false);
    assert_int_equal(files->file_count, 0);
    assert_int_equal(files->losses.count, 1);
    assert_true(has_loss(files, "the scale of A: utilities are divided by 100"));
    truce_conversion_free(files);
    files = written(s, true);
    made back = read_back(files);
    assert_string_equal(back.scenario->issues[0].label.id, "Place");
    assert_string_equal(back.scenario->issues[0].values[1], "y \"z\"");
    assert_true(back.scenario->issues[2].numeric);
    assert_near(utility(back.scenario, 0, (truce_value[]){1, 2, 1}),
                0.3 + 0.6 * 0.355 + 0.1 * 0.8);
    unmake(back);
    truce_conversion_free(files);
    truce_scenario_free(s);
}

/* Read back without a warning, so the weights sum to 1 exactly. */
static void what_has_no_end_is_rounded_and_named(void **state)
{
    (void)state;
    truce_scenario *s = truce_of(
        HEAD "preferences: {A: {basis: A, sum: as-given, weights: {a: 1, b: 1, n: 1}, "
             "out-of: {b: 7}, worth: {a: [0, 1], b: [1, 2, 7], n: [0, 1, 0, 1]}, "
             "outside: 0.5}}\n");
    truce_conversion *files = written(s, true);
    assert_int_equal(files->losses.count, 3);
    assert_true(has_loss(files, "the sum of the weights of A"));
    assert_true(has_loss(files, "5 numbers of A with no end"));
    assert_true(has_loss(files, "the outside option of A"));
    made back = read_back(files);
    assert_false(back.scenario->issues[2].numeric); /* no straight line */
    assert_near(utility(back.scenario, 0, (truce_value[]){1, 1, 1}),
                1.0 / 3 + 2.0 / 21 + 1.0 / 3);
    unmake(back);
    truce_conversion_free(files);
    truce_scenario_free(s);
}

static void what_geniusweb_does_not_know_is_listed(void **state)
{
    (void)state;
    truce_scenario *s = truce_of(
        HEAD "preferences: {A: {basis: A, sum: as-given, weights: {a: 0, b: 0, n: 0}, "
             "cap: 0.5, discount: 0.75, bonus: [{if: a = x, worth: 1}], "
             "red-lines: [{if: b = u}]}}\n"
             "rules: {r1: {by: logic, if: a = x, then: b = v}}\n");
    truce_conversion *files = written(s, true);
    assert_true(has_loss(files, "the weights of A, which are all 0"));
    assert_true(has_loss(files, "the bonuses of A (1)"));
    assert_false(has_loss(files, "the cap of A"));
    assert_true(has_loss(files, "the discount of A"));
    assert_true(has_loss(files, "red line red:A:1"));
    assert_true(has_loss(files, "rule r1"));
    made back = read_back(files);
    assert_near(utility(back.scenario, 0, (truce_value[]){1, 2, 3}), 0);
    unmake(back);
    truce_conversion_free(files);
    truce_scenario_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_domain_has_named_values_and_ranges),
        cmocka_unit_test(utility_is_the_sum_of_weight_times_utility),
        cmocka_unit_test(a_range_need_not_be_met_at_its_end),
        cmocka_unit_test(no_reservation_bid_is_a_reservation_of_0),
        cmocka_unit_test(a_reservation_bid_is_an_outcome),
        cmocka_unit_test(parties_come_in_the_order_of_the_profiles),
        cmocka_unit_test(numbers_keep_all_digits),
        cmocka_unit_test(mistakes_in_domains),
        cmocka_unit_test(mistakes_in_the_frame_of_a_profile),
        cmocka_unit_test(mistakes_in_utilities),
        cmocka_unit_test(mistakes_in_weights),
        cmocka_unit_test(mistakes_in_reservation_bids),
        cmocka_unit_test(many_mistakes_are_told_in_one_go),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(the_scale_of_truce_is_a_loss_that_is_named),
        cmocka_unit_test(what_has_no_end_is_rounded_and_named),
        cmocka_unit_test(what_geniusweb_does_not_know_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
