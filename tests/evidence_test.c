/* What was said, what rests on it, and what does not fit together. */
#include "made.h"

#define SOURCES                                   \
    "sources:\n"                                  \
    "  paper: {title: A paper, reliability: C}\n" \
    "  radio: {title: The radio, reliability: B}\n"

#define ISSUES                                               \
    "issues:\n"                                              \
    "  fire: {ordered: yes, values: [open, pause, cease]}\n" \
    "  land: {values: [kept, shared]}\n"

#define CLAIMS                                                                 \
    "claims:\n"                                                                \
    "  r1: {source: radio, speaker: A, says: \"we go on\", disputes: [p1]}\n"  \
    "  p1: {source: paper, speaker: B, says: \"they stop\", disputes: [r1]}\n" \
    "  p2: {source: paper, via: a friend, credibility: 5, says: \"mayor\",\n"  \
    "       corrected: \"deputy mayor\"}\n"                                    \
    "  p3: {source: paper, says: \"stop, or else\"}\n"

#define TOLD TWO_PARTIES SOURCES CLAIMS ISSUES

#define RELAXED                                                                       \
    "facts:\n"                                                                        \
    "  f1: {text: they met under fire, from: [p1], by: analyst}\n"                    \
    "order:\n"                                                                        \
    "  o1: {by: A, first: fire, then: land, observed: relaxed, evidence: f1, claim: " \
    "p3}\n"                                                                           \
    "threats:\n"                                                                      \
    "  t1: {by: A, unless: \"fire = cease\", claim: p3, ambiguous: \"or else "        \
    "what?\"}\n"

static truce_evidence *evidence_of(const truce_scenario *scenario, const char *of)
{
    truce_evidence *evidence = NULL;
    truce_evidence_choices choices = {.of = of};
    assert_int_equal(truce_evidence_find(scenario, &choices, NULL, &evidence, NULL),
                     TRUCE_OK);
    return evidence;
}

static void assert_disagreement(const truce_disagreement *found, const char *one,
                                const char *other, const char *how)
{
    assert_string_equal(found->one, one);
    assert_string_equal(found->other, other);
    assert_string_equal(found->how, how);
}

/* The sources in the order of the file, the claims of each in the order of the file. */
static void claims_stand_under_their_sources(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TOLD);
    truce_evidence *evidence = evidence_of(scenario, NULL);
    const size_t expected[] = {1, 2, 3, 0};
    assert_int_equal(evidence->count, 4);
    for (size_t t = 0; t < 4; t++)
        assert_int_equal(evidence->testimonies[t].claim, expected[t]);
    assert_int_equal(evidence->finding.grounds.claims.count, 4);
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

static void a_claim_may_be_corrected_doubtful_hearsay_and_ambiguous(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TOLD RELAXED);
    truce_evidence *evidence = evidence_of(scenario, NULL);
    assert_int_equal(evidence->testimonies[0].cautions, 0);
    assert_int_equal(evidence->testimonies[1].cautions,
                     TRUCE_CORRECTED | TRUCE_DOUBTFUL | TRUCE_HEARSAY);
    assert_int_equal(evidence->testimonies[2].cautions, TRUCE_AMBIGUOUS);
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

/* p1 carries the fact, and by way of it the constraint that the fact is evidence for.
 */
static void what_rests_on_a_claim_is_told_through_facts_too(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TOLD RELAXED);
    truce_evidence *evidence = evidence_of(scenario, NULL);
    truce_texts p1 = evidence->testimonies[0].carries;
    truce_texts p3 = evidence->testimonies[2].carries;
    assert_int_equal(p1.count, 2);
    assert_true(texts_hold(p1, "f1") && texts_hold(p1, "o1"));
    assert_int_equal(p3.count, 2);
    assert_true(texts_hold(p3, "o1") && texts_hold(p3, "t1"));
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

static void rules_red_lines_and_floors_are_called_by_their_long_names(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TOLD
        "rules:\n  l1: {by: A, if: \"fire = open\", then: \"land = kept\", claim: p1}\n"
        "preferences:\n"
        "  A: {red-lines: [{if: \"land = shared\", claim: p1}],\n"
        "      outside: {worth: 5, claim: p1}}\n");
    truce_evidence *evidence = evidence_of(scenario, NULL);
    truce_texts p1 = evidence->testimonies[0].carries;
    assert_int_equal(p1.count, 3);
    assert_true(texts_hold(p1, "rule:l1") && texts_hold(p1, "red:A:1") &&
                texts_hold(p1, "floor:A"));
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

static void two_claims_that_dispute_each_other_are_told_once(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TOLD);
    truce_evidence *evidence = evidence_of(scenario, NULL);
    assert_int_equal(evidence->disagreement_count, 2);
    assert_disagreement(&evidence->disagreements[0], "r1", "p1",
                        "A: \"we go on\"; B: \"they stop\"");
    assert_disagreement(&evidence->disagreements[1], "p2", "paper",
                        "the source says \"mayor\"; corrected: \"deputy mayor\"");
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

static void order_that_is_not_kept_stands_beside_the_fact_that_shows_it(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TOLD RELAXED);
    truce_evidence *evidence = evidence_of(scenario, NULL);
    assert_int_equal(evidence->disagreement_count, 3);
    assert_disagreement(&evidence->disagreements[2], "o1", "f1",
                        "stated: fire before land; observed: they met under fire");
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

/* A demands a cease-fire and accepted a pause; B demands the land shared and refused
 * just that; that B refused the pause goes against nothing B demands. */
static void demands_are_compared_with_what_was_accepted_and_refused(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES
                    "demands:\n"
                    "  d1: {by: A, wants: \"fire = cease\"}\n"
                    "  d2: {by: B, wants: \"land = shared\"}\n"
                    "observed:\n"
                    "  b1: {offer: {fire: pause}, accepted-by: [A], refused-by: [B]}\n"
                    "  b2: {offer: {land: shared}, refused-by: [B]}\n");
    truce_evidence *evidence = evidence_of(scenario, NULL);
    assert_int_equal(evidence->disagreement_count, 2);
    assert_disagreement(&evidence->disagreements[0], "d1", "b1",
                        "A demands fire = cease and accepted fire = pause");
    assert_disagreement(
        &evidence->disagreements[1], "d2", "b2",
        "B demands land = shared and refused an offer that has it: land = shared");
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

/* What the status quo gives anyway is no gift of the offer. */
static void a_refused_offer_that_gives_nothing_new_is_no_disagreement(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        TWO_PARTIES ISSUES "demands:\n"
                           "  d1: {by: A, wants: \"fire != cease\"}\n"
                           "observed:\n"
                           "  b1: {offer: {fire: pause}, refused-by: [A]}\n");
    truce_evidence *evidence = evidence_of(scenario, NULL);
    assert_int_equal(evidence->disagreement_count, 0);
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

static void only_what_one_thing_rests_on_is_shown_when_asked_for(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TOLD RELAXED);
    truce_evidence *evidence = evidence_of(scenario, "o1");
    assert_int_equal(evidence->count, 2);
    assert_int_equal(evidence->testimonies[0].claim, 1); /* by way of f1 */
    assert_int_equal(evidence->testimonies[1].claim, 3);
    assert_string_equal(evidence->of, "o1");
    truce_evidence_free(evidence);
    evidence = evidence_of(scenario, "p2");
    assert_int_equal(evidence->count, 1);
    assert_int_equal(evidence->disagreement_count, 1); /* its correction */
    truce_evidence_free(evidence);
    truce_scenario_free(scenario);
}

static void an_unknown_id_is_answered_with_the_nearest_one(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TOLD RELAXED);
    truce_evidence *evidence = NULL;
    truce_error error;
    truce_evidence_choices choices = {.of = "papr"};
    assert_int_equal(truce_evidence_find(scenario, &choices, NULL, &evidence, &error),
                     TRUCE_CALL);
    assert_null(evidence);
    assert_string_equal(error.message,
                        "nothing is called \"papr\"; did you mean \"paper\"?");
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_stand_under_their_sources),
        cmocka_unit_test(a_claim_may_be_corrected_doubtful_hearsay_and_ambiguous),
        cmocka_unit_test(what_rests_on_a_claim_is_told_through_facts_too),
        cmocka_unit_test(rules_red_lines_and_floors_are_called_by_their_long_names),
        cmocka_unit_test(two_claims_that_dispute_each_other_are_told_once),
        cmocka_unit_test(order_that_is_not_kept_stands_beside_the_fact_that_shows_it),
        cmocka_unit_test(demands_are_compared_with_what_was_accepted_and_refused),
        cmocka_unit_test(a_refused_offer_that_gives_nothing_new_is_no_disagreement),
        cmocka_unit_test(only_what_one_thing_rests_on_is_shown_when_asked_for),
        cmocka_unit_test(an_unknown_id_is_answered_with_the_nearest_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
