/* Re-created agents against the formulas of their papers, reckoned anew from what was
 * said: no offer is worth less than its target. */
#include "random_made.h"

#include <math.h>
#include <stdlib.h>

#define near(a, b, by) assert_true(fabs((a) - (b)) <= (by))

#define MARKET                                                                       \
    TWO_PARTIES "issues: {price: {from: 0, to: 200, step: 1}, date: {values: [may, " \
                "june, july, august]}}\n"                                            \
                "preferences:\n"                                                     \
                "  A: {weights: {price: 3, date: 1}, worth: {price: {from: 100, "    \
                "to: 0}, date: [0, 50, 100, 20]}}\n"                                 \
                "  B: {weights: {price: 2, date: 2}, worth: {price: {from: 0, "      \
                "to: 100}, date: [100, 30, 0, 60]}}\n"

static truce_session *play(const truce_scenario *scenario, const char *with,
                           uint64_t seed)
{
    truce_session *session = NULL;
    truce_error error = {""};
    truce_session_choices choices = {.with = with, .seed = seed, .rounds = 100};
    truce_status status = truce_session_run(scenario, &choices, NULL, &session, &error);
    if (status != TRUCE_OK && status != TRUCE_NONE)
        fail_msg("%s", error.message);
    return session;
}

/* What A heard up to a turn; A's utilities are 0 to 100, so shares are hundredths. */
typedef struct told {
    size_t count;
    double mean, deviation, first, best, last;
} told;

static told heard_before(const truce_session *session, size_t turn)
{
    told all = {0};
    double sum = 0, squares = 0;
    for (size_t k = 0; k < turn; k++) {
        const truce_turn *it = &session->turns[k];
        if (it->said != TRUCE_SAID_OFFER || it->seat == 0)
            continue;
        all.last = it->utilities[0] / 100;
        all.first = all.count == 0 ? all.last : all.first;
        all.best = all.count == 0 ? all.last : fmax(all.best, all.last);
        all.count++;
        sum += all.last;
        squares += all.last * all.last;
    }
    double n = (double)all.count;
    all.mean = all.count ? sum / n : 0;
    all.deviation =
        all.count > 1 ? sqrt(fmax(0, squares / n - all.mean * all.mean)) : 0;
    return all;
}

typedef double target_at(double t, const told *all);

static double agent_k(double t, const told *all)
{
    if (all->count == 0)
        return 1;
    double mean = fmin(.999, fmax(.001, all->mean));
    double reach =
        fmin(1, mean + (1 - mean) * sqrt(3) * all->deviation / sqrt(mean * (1 - mean)));
    return 1 - (1 - reach) * t * t * t;
}

static double hardheaded(double t, const told *all)
{
    (void)all;
    return .585 + (1 - pow(t, 5)) * .415;
}

/* Bands of a twentieth: from 1 to 0.9 until 0.85, to 0.8 until 0.95, then to a half. */
static double fsega(double t, const told *all)
{
    (void)all;
    double share = t <= .85   ? 1 - .1 * t / .85
                   : t <= .95 ? .9 - (t - .85)
                              : .8 - .3 * (t - .95) / .05;
    return fmax(.5, floor(share / .05) * .05);
}

static double gahboninho(double t, const told *all)
{
    if (t <= .15)
        return .95;
    double niceness = all->count ? fmin(1, fmax(0, all->best - all->first)) : 0;
    double goal = fmax(.6, all->count ? all->best : 0);
    return fmax(.6, .95 - (.95 - goal) * pow((t - .15) / .85, 2 + 6 * niceness));
}

/* The best of the others is offered again at the last call: not counted here. */
static double agent_smith(double t, const told *all)
{
    (void)all;
    return t > .98 ? 0 : 1 - .3 * pow(t, 2.5);
}

/* Half of the time nothing but the best. */
static double nozomi(double t, const told *all)
{
    double goal = fmax(.6, all->count ? fmax(0, all->best) : 0);
    return t <= .5   ? 1
           : t <= .8 ? 1 - (1 - goal) * (t - .5) / .6
                     : 1 - (1 - goal) * (.5 + (t - .8) / .4);
}

static double fawkes(double t, const told *all)
{
    (void)t;
    return all->count < 2 ? 1 : .95 * fmin(1, all->best + all->deviation);
}

static double ponpoko(double t, const told *all)
{
    (void)all;
    return 1 - .25 * fmax(t, fmin(1, .6 * t + .4));
}

/* Never below what was offered already, nor below the floor. */
static double cuhk(double t, const told *all)
{
    (void)t;
    return fmax(.6, all->count ? fmin(1, all->best) : 0);
}

static double half(double t, const told *all)
{
    (void)t;
    (void)all;
    return .5 - .025;
}

static double last_call(double t, const told *all)
{
    double goal = fmax(.6, all->count ? fmin(1, all->mean) : .6);
    return t > .97 ? 0 : 1 - (1 - goal) * t * t;
}

static const struct {
    const char *name;
    target_at *target;
} agents[] = {
    {"agent-k", agent_k},       {"hardheaded", hardheaded},   {"fsega", fsega},
    {"gahboninho", gahboninho}, {"agent-smith", agent_smith}, {"nozomi", nozomi},
    {"fawkes", fawkes},         {"ponpoko", ponpoko},         {"cuhk", cuhk},
    {"iamhaggler", half},       {"atlas3", last_call},
};

static void no_offer_is_worth_less_than_the_papers_target(void **state)
{
    (void)state;
    static const char *const others[] = {"conceder", "boulware", "tit-for-tat",
                                         "random", "micro"};
    truce_scenario *scenario = scenario_of(MARKET);
    for (size_t a = 0; a < sizeof agents / sizeof *agents; a++)
        for (size_t o = 0; o < 5; o++) {
            char with[80];
            snprintf(with, sizeof with, "%s,%s", agents[a].name, others[o]);
            truce_session *session = play(scenario, with, o + 1);
            size_t offers = 0;
            for (size_t k = 0; k < session->turn_count; k++) {
                const truce_turn *turn = &session->turns[k];
                if (turn->seat != 0 || turn->said != TRUCE_SAID_OFFER)
                    continue;
                told all = heard_before(session, k);
                double target = agents[a].target(turn->time, &all);
                offers++;
                if (turn->utilities[0] / 100 < target - 1e-9)
                    fail_msg("%s in round %u: %g below %g", with, turn->round,
                             turn->utilities[0] / 100, target);
            }
            assert_true(offers > 0);
            truce_session_free(session);
        }
    truce_scenario_free(scenario);
}

/* Against one who never moves: who hardly concedes ends without agreement or at its
 * floor; and no agent ever leaves. */
static void nobody_leaves_against_a_hardliner(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(MARKET);
    for (size_t a = 0; a < sizeof agents / sizeof *agents; a++) {
        char with[80];
        snprintf(with, sizeof with, "%s,hardliner", agents[a].name);
        truce_session *session = play(scenario, with, 1);
        assert_int_not_equal(session->end, TRUCE_SESSION_LEFT);
        truce_session_free(session);
    }
    truce_scenario_free(scenario);
}

static void three_of_them_sit_at_one_table(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        "truce: 1\nid: three\nparties:\n"
        "  A: {role: principal, consent: all}\n  B: {role: principal, consent: all}\n"
        "  C: {role: principal, consent: all}\n"
        "issues: {price: {from: 0, to: 50, step: 1}, date: {values: [may, june]}}\n"
        "preferences:\n"
        "  A: {weights: {price: 3, date: 1}, worth: {price: {from: 100, to: 0}, date: "
        "[0, 100]}}\n"
        "  B: {weights: {price: 2, date: 2}, worth: {price: {from: 0, to: 100}, date: "
        "[100, 0]}}\n"
        "  C: {weights: {price: 1, date: 3}, worth: {price: {from: 0, to: 100}, date: "
        "[30, 100]}}\n");
    truce_session *session = play(scenario, "atlas3,ponpoko,hardheaded", 4);
    truce_session *again = play(scenario, "atlas3,ponpoko,hardheaded", 4);
    assert_int_equal(session->turn_count, again->turn_count);
    assert_true(session->turn_count > 3);
    for (size_t s = 0; s < 3; s++)
        near(session->seats[s].utility, again->seats[s].utility, 0);
    truce_session_free(session);
    truce_session_free(again);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_offer_is_worth_less_than_the_papers_target),
        cmocka_unit_test(nobody_leaves_against_a_hardliner),
        cmocka_unit_test(three_of_them_sit_at_one_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
