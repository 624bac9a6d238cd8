/* Talks whose end is known in closed form, played out by the session engine with
 * strategies of the test's own. */
#include "made.h"

#include <math.h>
#include <stdlib.h>

#define near(a, b, by) assert_true(fabs((a) - (b)) <= (by))

/* A pie of 10,000 slices: A's share is the price. */
enum { SLICES = 10000 };

static truce_scenario *pie(void)
{
    return scenario_of(
        TWO_PARTIES "issues: {price: {from: 0, to: 10000, step: 1}}\n"
                    "preferences:\n"
                    "  A: {weights: {price: 1}, worth: {price: {from: 0, to: 100}}}\n"
                    "  B: {weights: {price: 1}, worth: {price: {from: 100, to: 0}}}\n");
}

static truce_session *play(const truce_scenario *scenario,
                           truce_session_choices choices)
{
    truce_session *session = NULL;
    truce_error error = {""};
    choices.seed = 1;
    truce_status status = truce_session_run(scenario, &choices, NULL, &session, &error);
    if (status != TRUCE_OK && status != TRUCE_NONE)
        fail_msg("%s", error.message);
    return session;
}

static truce_offer price(truce_seat *seat, double share)
{
    truce_value slices = (truce_value)(share * SLICES);
    return truce_seat_offer(seat, &slices);
}

/* ---- Rubinstein, Perfect equilibrium in a bargaining model, Econometrica 50, 1982 --------- */

/* Backward induction over so many turns; discounts of A and B for every turn. */
typedef struct impatience {
    double discount[2];
    size_t turns;
} impatience;

/* What the one who offers at a turn keeps. */
static double kept(const impatience *by, size_t turn)
{
    double share = 0;
    for (size_t t = by->turns; t-- > turn;)
        share = 1 - by->discount[1 - t % 2] * share;
    return share;
}

static size_t turn_of(const truce_seat *seat)
{
    return 2 * truce_seat_round(seat) + truce_seat_number(seat);
}

static truce_offer rubinstein_offer(truce_seat *seat, void *mine, void *user)
{
    (void)mine;
    double own = kept(user, turn_of(seat));
    return truce_seat_number(seat) == 0
               ? price(seat, floor(own * SLICES) / SLICES + 1e-9)
               : price(seat, ceil((1 - own) * SLICES) / SLICES + 1e-9);
}

static truce_answer rubinstein_answer(truce_seat *seat, void *mine, truce_offer offer,
                                      void *user)
{
    (void)mine;
    const impatience *by = user;
    double waits = by->discount[truce_seat_number(seat)] * kept(by, turn_of(seat));
    return truce_seat_utility(seat, offer) / 100 >= waits - 1e-9 ? TRUCE_ACCEPTS
                                                                 : TRUCE_REJECTS;
}

static void patience_splits_the_pie_as_rubinstein_says(void **state)
{
    (void)state;
    static const struct {
        double discounts[2], share;
    } known[] = {{{.9, .9}, .5263157894736843},
                 {{.9, .8}, .7142857142857143},
                 {{.5, .5}, 2.0 / 3},
                 {{.95, .9}, .6896551724137928}};
    truce_scenario *scenario = pie();
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        impatience by = {{known[k].discounts[0], known[k].discounts[1]}, 800};
        truce_strategy own = {.name = "rubinstein",
                              .answer = rubinstein_answer,
                              .offer = rubinstein_offer,
                              .user = &by};
        truce_session *session =
            play(scenario,
                 (truce_session_choices){
                     .with = "rubinstein", .own = &own, .own_count = 1, .rounds = 400});
        assert_int_equal(session->end, TRUCE_SESSION_AGREED);
        assert_int_equal(session->step, 1);
        near(session->seats[0].utility / 100, known[k].share, 1.0 / SLICES);
        truce_session_free(session);
    }
    truce_scenario_free(scenario);
}

/* ---- Chatterjee, Samuelson, Bargaining under incomplete information, 1983 ------------------- */

/* A seller who knows its cost and a buyer who knows its value, both uniform on [0, 1],
 * with linear strategies. */
typedef struct market {
    double cost, value, ask, gain;
    uint64_t trades;
} market;

static double uniform(truce_seat *seat)
{
    return (double)truce_seat_random(seat, UINT64_C(1) << 53) / 0x1p53;
}

static void market_begin(truce_seat *seat, void *mine, void *user)
{
    (void)mine;
    market *at = user;
    if (truce_seat_number(seat) == 0) {
        at->cost = uniform(seat);
        at->ask = at->cost * 2 / 3 + 0.25;
    } else {
        at->value = uniform(seat);
    }
}

static truce_offer market_offer(truce_seat *seat, void *mine, void *user)
{
    (void)mine;
    const market *at = user;
    return price(seat, truce_seat_number(seat) == 0 ? at->ask : 0);
}

static truce_answer market_answer(truce_seat *seat, void *mine, truce_offer offer,
                                  void *user)
{
    (void)mine;
    (void)offer;
    market *at = user;
    bool trades =
        truce_seat_number(seat) == 1 && at->value * 2 / 3 + 1.0 / 12 >= at->ask;
    if (!trades)
        return TRUCE_REJECTS;
    at->trades++;
    at->gain += at->value - at->cost;
    return TRUCE_ACCEPTS;
}

static void linear_bids_trade_nine_times_of_thirty_two(void **state)
{
    (void)state;
    enum { TIMES = 200000 };
    truce_scenario *scenario = pie();
    market at = {0};
    truce_strategy own = {.name = "linear-bid",
                          .begin = market_begin,
                          .answer = market_answer,
                          .offer = market_offer,
                          .user = &at};
    truce_session_choices choices = {
        .with = "linear-bid", .own = &own, .own_count = 1, .rounds = 1, .seed = 1};
    truce_repetition *all = NULL;
    truce_error error;
    assert_int_equal(
        truce_session_repeat(scenario, &choices, TIMES, NULL, &all, &error), TRUCE_OK);
    assert_int_equal(all->agreements, at.trades);
    /* four standard errors: sqrt(p (1 - p) / n), and the spread of gains below 0.25 */
    near((double)at.trades / TIMES, 9.0 / 32, 4 * sqrt(9.0 / 32 * 23 / 32 / TIMES));
    near(at.gain / TIMES, 9.0 / 64, 4 * 0.25 / sqrt(TIMES));
    truce_repetition_free(all);
    truce_scenario_free(scenario);
}

/* ---- Zeuthen 1930, as Harsanyi (Econometrica 24, 1956) has it -------------------------------- */

/* u1 = x, u2 = sqrt(1 - x). Who risks less by insisting concedes, as little as makes it
 * the one who risks more. That leads to the Nash point, x = 2/3. */
static double worth_of(size_t seat, double x)
{
    return seat == 0 ? x : sqrt(1 - x);
}

static double risk(size_t seat, double own, double other)
{
    double mine = worth_of(seat, own);
    return mine > 0 ? (mine - worth_of(seat, other)) / mine : 0;
}

static double share_in(truce_seat *seat, truce_offer offer)
{
    truce_value slices;
    truce_seat_outcome(seat, offer, &slices);
    return (double)slices / SLICES;
}

static truce_offer zeuthen_offer(truce_seat *seat, void *mine, void *user)
{
    (void)mine;
    (void)user;
    size_t own = truce_seat_number(seat), other = 1 - own;
    truce_offer last = truce_seat_last(seat, own),
                theirs = truce_seat_last(seat, other);
    if (last == TRUCE_NO_OFFER || theirs == TRUCE_NO_OFFER)
        return price(seat, own == 0 ? 0.8 : 0.4);
    double x = share_in(seat, last), y = share_in(seat, theirs);
    double step = own == 0 ? -1.0 / SLICES : 1.0 / SLICES;
    while (risk(own, x, y) <= risk(other, y, x) && (own == 0 ? x > y : x < y))
        x += step;
    return price(seat, x + 0.5 / SLICES);
}

static truce_answer zeuthen_answer(truce_seat *seat, void *mine, truce_offer offer,
                                   void *user)
{
    truce_offer next = zeuthen_offer(seat, mine, user);
    return truce_seat_utility(seat, offer) >= truce_seat_utility(seat, next)
               ? TRUCE_ACCEPTS
               : TRUCE_REJECTS;
}

static void who_risks_less_concedes_down_to_the_nash_point(void **state)
{
    (void)state;
    near(risk(0, .8, .4), .5, 1e-12);
    near(risk(1, .4, .8), .42264973081037427, 1e-12);
    truce_scenario *scenario = pie();
    truce_strategy own = {
        .name = "zeuthen", .answer = zeuthen_answer, .offer = zeuthen_offer};
    truce_session *session = play(
        scenario, (truce_session_choices){
                      .with = "zeuthen", .own = &own, .own_count = 1, .rounds = 5000});
    assert_int_equal(session->end, TRUCE_SESSION_AGREED);
    near(session->seats[0].utility / 100, 2.0 / 3, 0.002);
    double offered[2][2] = {{0}};
    size_t count[2] = {0, 0};
    for (size_t k = 0; k < session->turn_count; k++) {
        const truce_turn *turn = &session->turns[k];
        if (turn->said == TRUCE_SAID_OFFER && count[turn->seat] < 2)
            offered[turn->seat][count[turn->seat]++] =
                (double)turn->outcome[0] / SLICES;
    }
    near(offered[0][0], .8, 1e-12);
    near(offered[0][1], .8, 1e-12); /* A insists */
    near(offered[1][0], .4, 1e-12);
    assert_true(offered[1][1] > .4); /* B concedes */
    truce_session_free(session);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patience_splits_the_pie_as_rubinstein_says),
        cmocka_unit_test(linear_bids_trade_nine_times_of_thirty_two),
        cmocka_unit_test(who_risks_less_concedes_down_to_the_nash_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
