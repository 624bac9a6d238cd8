/* Positions from round to round, and what moved. */
#include "made.h"

#define ISSUES                                               \
    "issues:\n"                                              \
    "  fire: {ordered: yes, values: [open, pause, cease]}\n" \
    "  land: {values: [kept, shared, ceded]}\n"

#define ROUNDS                                                                       \
    "rounds:\n"                                                                      \
    "  spring: {date: 2024-04, positions: {A: {land: kept}, B: {land: ceded, fire: " \
    "open}}}\n"                                                                      \
    "  autumn: {date: 2024-10, frame: \"B: the sequel of spring\",\n"                \
    "           positions: {B: {land: shared}, A: {land: kept}}}\n"

#define DEMANDS                                                \
    "demands:\n"                                               \
    "  d1: {by: B, wants: \"land != kept\"}\n"                 \
    "  d2: {by: B, wants: \"fire = pause or fire = cease\"}\n" \
    "  d3: {by: A, wants: \"fire = cease and land = kept\"}\n"

static truce_rounds *rounds_of(const truce_scenario *scenario)
{
    truce_rounds *rounds = NULL;
    assert_int_equal(truce_rounds_find(scenario, NULL, &rounds, NULL), TRUCE_OK);
    return rounds;
}

static void assert_stand(const truce_stand *stand, size_t party, const char *id,
                         const char *text)
{
    assert_int_equal(stand->party, party);
    assert_string_equal(stand->id, id);
    assert_string_equal(stand->text, text);
}

static void stands_are_told_by_issue_then_party_then_round(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES ROUNDS DEMANDS);
    truce_rounds *rounds = rounds_of(scenario);
    const char *a_wants = "fire = cease and land = kept";
    assert_int_equal(rounds->stand_count, 9);
    assert_stand(&rounds->stands[0], 0, "d3", a_wants);
    assert_stand(&rounds->stands[1], 1, "spring", "open");
    assert_stand(&rounds->stands[2], 1, "d2", "fire = pause or fire = cease");
    assert_stand(&rounds->stands[3], 0, "spring", "kept");
    assert_stand(&rounds->stands[4], 0, "autumn", "kept");
    assert_stand(&rounds->stands[5], 0, "d3", a_wants);
    assert_stand(&rounds->stands[6], 1, "spring", "ceded");
    assert_stand(&rounds->stands[7], 1, "autumn", "shared");
    assert_stand(&rounds->stands[8], 1, "d1", "land != kept");
    assert_int_equal(rounds->stands[8].round, TRUCE_NOBODY);
    truce_rounds_free(rounds);
    truce_scenario_free(scenario);
}

/* B on fire: open, now pause or more: moved. A on land: kept all the time. B on land:
 * from ceded to shared, which is not kept, as demanded now. */
static void a_shift_is_a_move_unless_the_last_position_meets_the_next(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES ROUNDS DEMANDS);
    truce_rounds *rounds = rounds_of(scenario);
    const bool moved[] = {true, false, false, true, false};
    assert_int_equal(rounds->shift_count, 5);
    for (size_t s = 0; s < 5; s++)
        assert_int_equal(rounds->shifts[s].moved, moved[s]);
    assert_string_equal(rounds->shifts[3].before->text, "ceded");
    assert_string_equal(rounds->shifts[3].after->text, "shared");
    truce_rounds_free(rounds);
    truce_scenario_free(scenario);
}

/* Two demands made at the same time are not a shift from one to the other. */
static void present_demands_are_not_compared_with_each_other(void **state)
{
    (void)state;
    truce_scenario *scenario =
        scenario_of(TWO_PARTIES ISSUES "demands:\n"
                                       "  d1: {by: B, wants: \"land = ceded\"}\n"
                                       "  d2: {by: B, wants: \"land != kept\"}\n");
    truce_rounds *rounds = rounds_of(scenario);
    assert_int_equal(rounds->stand_count, 2);
    assert_int_equal(rounds->shift_count, 0);
    truce_rounds_free(rounds);
    truce_scenario_free(scenario);
}

static void rounds_that_somebody_frames_are_listed(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(TWO_PARTIES ISSUES ROUNDS);
    truce_rounds *rounds = rounds_of(scenario);
    assert_int_equal(rounds->framed.count, 1);
    assert_int_equal(rounds->framed.items[0], 1);
    truce_rounds_free(rounds);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_are_told_by_issue_then_party_then_round),
        cmocka_unit_test(a_shift_is_a_move_unless_the_last_position_meets_the_next),
        cmocka_unit_test(present_demands_are_not_compared_with_each_other),
        cmocka_unit_test(rounds_that_somebody_frames_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
