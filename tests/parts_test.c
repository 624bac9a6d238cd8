/* Every bidding and acceptance rule against a reference by brute force: the rule is reckoned
 * anew from its definition and from what was said, and every outcome is tried. A rule that
 * is listed and has no reference here fails.
 *
 * The model of the others is the perfect one, so that what it thinks is known. */
#include "random_made.h"

#include <math.h>
#include <stdlib.h>

enum { OUTCOMES_MOST = 400, ISSUES = 3, ROUNDS = 60 };

/* ---- all outcomes ---------------------------------------------------------------------- */

typedef struct world {
    const truce_scenario *scenario;
    size_t count;
    truce_value values[OUTCOMES_MOST][ISSUES];
    double utility[2][OUTCOMES_MOST];
    bool may[2][OUTCOMES_MOST];
    double least[2], greatest[2], lowest[2], most[2]; /* most: of all outcomes */
} world;

static world world_of(const truce_scenario *scenario)
{
    world all = {.scenario = scenario};
    space *made = space_new(scenario, NULL);
    truce_value outcome[ISSUES] = {0};
    for (size_t p = 0; p < 2; p++) {
        all.least[p] = all.lowest[p] = INFINITY;
        all.greatest[p] = all.most[p] = -INFINITY;
    }
    do {
        size_t k = all.count++;
        assert_true(k < OUTCOMES_MOST);
        memcpy(all.values[k], outcome, sizeof outcome);
        for (size_t p = 0; p < 2; p++) {
            wide sum = space_sum(made, p, outcome);
            double u = space_utility(made, p, sum);
            all.utility[p][k] = u;
            all.may[p][k] =
                !breaks_logic(made, outcome) && !breaks_red_line(made, p, outcome) &&
                !breaks_rule_of(made, p, outcome) &&
                (!made->parties[p].has_floor || sum >= made->parties[p].floor);
            all.lowest[p] = fmin(all.lowest[p], u);
            all.most[p] = fmax(all.most[p], u);
            if (all.may[p][k]) {
                all.least[p] = fmin(all.least[p], u);
                all.greatest[p] = fmax(all.greatest[p], u);
            }
        }
    } while (next_outcome(made, outcome));
    space_free(made);
    return all;
}

static size_t place_of(const world *all, const truce_value *outcome)
{
    for (size_t k = 0; k < all->count; k++)
        if (memcmp(all->values[k], outcome,
                   all->scenario->issue_count * sizeof *outcome) == 0)
            return k;
    fail_msg("no such outcome");
    return 0;
}

static double share_of(const world *all, double u)
{
    double range = all->greatest[0] - all->least[0];
    return range > 0 ? (u - all->least[0]) / range : 1;
}

static double at_share(const world *all, double share)
{
    return all->least[0] + fmin(1, fmax(0, share)) * (all->greatest[0] - all->least[0]);
}

/* ---- what was said before ---------------------------------------------------------------- */

enum { NOTHING = OUTCOMES_MOST };

/* Of seat 0, when it is to speak: what it said and heard until then, as outcomes. */
typedef struct past {
    const world *all;
    double t;
    uint32_t round, rounds;
    size_t own[ROUNDS * 2], heard[ROUNDS * 2]; /* [own_count], [heard_count] */
    double heard_at[ROUNDS * 2];
    size_t own_count, heard_count;
    size_t since; /* how many were heard before the last own offer */
    double kept;  /* a rule's own memory: what it asked for last */
    double given[8];
} past;

static double u0(const past *at, size_t outcome)
{
    return at->all->utility[0][outcome];
}

static double heard_share(const past *at, size_t k)
{
    return share_of(at->all, u0(at, at->heard[k]));
}

static double best_heard(const past *at)
{
    double best = -INFINITY;
    for (size_t k = 0; k < at->heard_count; k++)
        best = fmax(best, heard_share(at, k));
    return best;
}

static size_t best_heard_outcome(const past *at)
{
    for (size_t k = 0; k < at->heard_count; k++)
        if (heard_share(at, k) == best_heard(at))
            return at->heard[k];
    return NOTHING;
}

static double mean_heard(const past *at)
{
    double sum = 0;
    for (size_t k = 0; k < at->heard_count; k++)
        sum += heard_share(at, k);
    return at->heard_count ? sum / (double)at->heard_count : 0;
}

static double deviation_heard(const past *at)
{
    double sum = 0, mean = mean_heard(at);
    for (size_t k = 0; k < at->heard_count; k++)
        sum += pow(heard_share(at, k) - mean, 2);
    return at->heard_count > 1 ? sqrt(sum / (double)at->heard_count) : 0;
}

/* The least-squares line through what was heard, at time t. */
static double line_heard(const past *at, double t)
{
    double mean_t = 0, mean = mean_heard(at), up = 0, across = 0;
    for (size_t k = 0; k < at->heard_count; k++)
        mean_t += at->heard_at[k] / (double)at->heard_count;
    for (size_t k = 0; k < at->heard_count; k++) {
        up += (at->heard_at[k] - mean_t) * (heard_share(at, k) - mean);
        across += pow(at->heard_at[k] - mean_t, 2);
    }
    return across > 1e-12 ? mean + up / across * (t - mean_t) : mean;
}

/* ---- sets of outcomes --------------------------------------------------------------------- */

static const double NEAR = 1e-9; /* a bound may be reckoned in another order */

/* Is it the least among those at or above the bound? */
static bool is_least_above(const past *at, size_t outcome, double bound)
{
    double least = INFINITY, u = u0(at, outcome);
    if (!at->all->may[0][outcome])
        return false;
    for (size_t k = 0; k < at->all->count; k++)
        if (at->all->may[0][k] && u0(at, k) >= bound)
            least = fmin(least, u0(at, k));
    return u == least;
}

static bool is_at_least(const past *at, size_t outcome, double bound)
{
    return is_least_above(at, outcome, bound - NEAR) ||
           is_least_above(at, outcome, bound + NEAR) ||
           is_least_above(at, outcome, bound);
}

static bool is_above(const past *at, size_t outcome, double bound)
{
    return at->all->may[0][outcome] && u0(at, outcome) >= bound - NEAR;
}

static double liked(const past *at, size_t outcome)
{
    double range = at->all->greatest[1] - at->all->lowest[1];
    double share = (at->all->utility[1][outcome] - at->all->lowest[1]) / range;
    return range > 0 ? fmin(1, fmax(0, share)) : 1;
}

static double alike(const past *at, size_t outcome)
{
    double same = 0;
    if (at->heard_count == 0)
        return 0;
    for (size_t i = 0; i < at->all->scenario->issue_count; i++)
        same += at->all->values[outcome][i] ==
                at->all->values[at->heard[at->heard_count - 1]][i];
    return same;
}

/* Is it best by this measure between the bounds, or where none is the least above? */
static bool is_best_in(const past *at, size_t outcome, double low, double high,
                       double (*measure)(const past *at, size_t outcome))
{
    double most = -INFINITY;
    for (size_t k = 0; k < at->all->count; k++)
        if (at->all->may[0][k] && u0(at, k) >= low && u0(at, k) <= high)
            most = fmax(most, measure(at, k));
    if (isinf(most))
        return is_least_above(at, outcome, low);
    return at->all->may[0][outcome] && u0(at, outcome) >= low &&
           u0(at, outcome) <= high && fabs(measure(at, outcome) - most) < 1e-12;
}

static bool is_best(const past *at, size_t outcome, double low, double high,
                    double (*measure)(const past *at, size_t outcome))
{
    for (int way = 0; way < 4; way++)
        if (is_best_in(at, outcome, low + (way & 1 ? NEAR : -NEAR),
                       high + (way & 2 ? NEAR : -NEAR), measure))
            return true;
    return is_best_in(at, outcome, low, high, measure);
}

static bool suits_between(const past *at, size_t outcome, double low, double high)
{
    return is_best(at, outcome, at_share(at->all, low), at_share(at->all, high), liked);
}

/* ---- bidding rules ------------------------------------------------------------------------ */

static double by_clock(const past *at, double e, double floor_share)
{
    double low = at_share(at->all, floor_share);
    return low + (1 - pow(at->t, e)) * (at->all->greatest[0] - low);
}

static bool bids_time(past *at, size_t offer)
{
    return is_at_least(at, offer, by_clock(at, 4, 0.1));
}

static bool bids_random(past *at, size_t offer)
{
    return at->all->may[0][offer];
}

static bool bids_tit_for_tat(past *at, size_t offer)
{
    double given = 0;
    for (size_t k = at->since; k < at->heard_count; k++)
        given += k > 0 ? u0(at, at->heard[k]) - u0(at, at->heard[k - 1]) : 0;
    at->kept = at->own_count == 0 ? at->all->greatest[0] : at->kept - 0.8 * given;
    at->kept = fmin(at->all->greatest[0], fmax(at->all->least[0], at->kept));
    return is_at_least(at, offer, at->kept);
}

static size_t different(const size_t *outcomes, size_t count)
{
    size_t all = 0;
    for (size_t k = 0; k < count; k++) {
        bool seen = false;
        for (size_t j = 0; j < k; j++)
            seen = seen || outcomes[j] == outcomes[k];
        all += !seen;
    }
    return all;
}

/* How many outcomes stand before this one, best first, then in their own order. */
static size_t rank_of(const past *at, size_t outcome)
{
    size_t before = 0;
    for (size_t k = 0; k < at->all->count; k++)
        before += at->all->may[0][k] && (u0(at, k) > u0(at, outcome) ||
                                         (u0(at, k) == u0(at, outcome) && k < outcome));
    return before;
}

static bool may_concede(const past *at)
{
    size_t admitted = 0, sent = different(at->own, at->own_count);
    for (size_t k = 0; k < at->all->count; k++)
        admitted += at->all->may[0][k];
    return sent <= different(at->heard, at->heard_count) && sent < admitted;
}

static bool bids_micro(past *at, size_t offer)
{
    size_t sent = different(at->own, at->own_count);
    return at->all->may[0][offer] &&
           (may_concede(at) ? rank_of(at, offer) == sent : rank_of(at, offer) < sent);
}

static bool bids_nice_tit_for_tat(past *at, size_t offer)
{
    double nash = at->all->greatest[0], most = -1, target = at->all->greatest[0];
    for (size_t k = 0; k < at->all->count; k++) {
        double product = share_of(at->all, u0(at, k)) * liked(at, k);
        if (at->all->may[0][k] &&
            (product > most || (product == most && u0(at, k) > nash))) {
            most = product;
            nash = u0(at, k);
        }
    }
    double worst = INFINITY, best = -INFINITY;
    for (size_t k = 0; k < at->heard_count; k++) {
        worst = fmin(worst, u0(at, at->heard[k]));
        best = fmax(best, u0(at, at->heard[k]));
    }
    if (at->heard_count > 0) {
        double way =
            nash > worst ? fmin(1, fmax(0, (best - worst) / (nash - worst))) : 1;
        double aim = nash + 0.1 * (0.5 - 0.5 * at->t) * (at->all->greatest[0] - nash);
        target -= way * (at->all->greatest[0] - aim);
    }
    target = fmin(at->all->greatest[0], fmax(at->all->least[0], target));
    double band = 0.02 * (at->all->greatest[0] - at->all->least[0]);
    return is_best(at, offer, target, target + band, liked);
}

static bool bids_hybrid(past *at, size_t offer)
{
    static const double weights[4][4] = {
        {1}, {0.25, 0.75}, {0.11, 0.22, 0.66}, {0.05, 0.15, 0.3, 0.5}};
    double t = at->t, target = 1 * pow(1 - t, 2) + 2 * 0.75 * (1 - t) * t + 0.4 * t * t;
    size_t kept = at->heard_count < 5 ? at->heard_count : 5;
    if (kept >= 2) {
        double moves = 0;
        for (size_t k = 1; k < kept; k++) {
            size_t now = at->heard_count - kept + k;
            moves += weights[kept - 2][k - 1] *
                     (heard_share(at, now) - heard_share(at, now - 1));
        }
        target = t * t * target + (1 - t * t) * (at->kept - (0.5 + 0.5 * t) * moves);
    }
    at->kept = fmin(1, fmax(0, target));
    return is_at_least(at, offer, at_share(at->all, at->kept));
}

static bool bids_trade_off(past *at, size_t offer)
{
    double low = by_clock(at, 1, 0);
    double band = 0.1 * (at->all->greatest[0] - at->all->least[0]);
    return is_best(at, offer, low, low + band, liked);
}

static bool bids_trade_off_alike(past *at, size_t offer)
{
    double low = by_clock(at, 1, 0);
    double band = 0.1 * (at->all->greatest[0] - at->all->least[0]);
    return is_best(at, offer, low, low + band, alike);
}

static bool bids_agent_k(past *at, size_t offer)
{
    double mean = fmin(0.999, fmax(0.001, mean_heard(at)));
    double reach = fmin(1, mean + (1 - mean) * sqrt(3) * deviation_heard(at) /
                                      sqrt(mean * (1 - mean)));
    if (at->heard_count == 0)
        reach = 1;
    return is_above(at, offer, at_share(at->all, 1 - (1 - reach) * pow(at->t, 3)));
}

static bool bids_nozomi(past *at, size_t offer)
{
    double goal = fmax(0.6, at->heard_count ? best_heard(at) : 0), t = at->t;
    double share = t <= 0.5   ? 1
                   : t <= 0.8 ? 1 - (1 - goal) * (t - 0.5) / 0.6
                              : 1 - (1 - goal) * (0.5 + (t - 0.8) / 0.4);
    double target = at_share(at->all, share);
    size_t best = best_heard_outcome(at);
    if (t > 0.95 && at->heard_count && best_heard(at) >= 0.6 && at->all->may[0][best] &&
        u0(at, best) >= target)
        return offer == best;
    return is_best(at, offer, target, target + 0.05 * (at->all->greatest[0] - target),
                   liked);
}

static bool bids_fsega(past *at, size_t offer)
{
    double t = at->t;
    double share = t <= 0.85   ? 1 - 0.1 * t / 0.85
                   : t <= 0.95 ? 0.9 - (t - 0.85)
                               : 0.8 - 0.3 * (t - 0.95) / 0.05;
    /* just at the edge of a band the digits decide */
    for (int way = -1; way <= 1; way++) {
        double low = fmax(0.5, floor(share / 0.05 + way * 1e-9) * 0.05);
        if (suits_between(at, offer, low, low + 0.05))
            return true;
    }
    return false;
}

static bool bids_agent_smith(past *at, size_t offer)
{
    size_t best = best_heard_outcome(at);
    double low = 1 - 0.3 * pow(at->t, 2.5);
    if (at->t > 0.98 && at->heard_count && best_heard(at) > 0.5 &&
        at->all->may[0][best])
        return offer == best;
    return suits_between(at, offer, low, low + 0.1);
}

static bool bids_hardheaded(past *at, size_t offer)
{
    size_t best = best_heard_outcome(at);
    double low = 0.585 + (1 - pow(at->t, 5)) * 0.415;
    if (at->t > 0.99 && at->heard_count && best_heard(at) >= low &&
        at->all->may[0][best])
        return offer == best;
    return suits_between(at, offer, low, low + 0.1);
}

static bool bids_gahboninho(past *at, size_t offer)
{
    double low = 0.95;
    if (at->t > 0.15) {
        double came = at->heard_count ? best_heard(at) - heard_share(at, 0) : 0;
        double goal = fmax(0.6, at->heard_count ? best_heard(at) : 0);
        low = 0.95 - (0.95 - goal) *
                         pow((at->t - 0.15) / 0.85, 2 + 6 * fmin(1, fmax(0, came)));
        low = fmax(0.6, low);
    }
    return at->t > 0.9 ? suits_between(at, offer, low, low + 0.1)
                       : is_above(at, offer, at_share(at->all, low));
}

static bool bids_iamhaggler(past *at, size_t offer)
{
    double best = -INFINITY, when = 1, there = 0.5;
    for (int k = 1; k <= 20; k++) {
        double t = at->t + (1 - at->t) * k / 20;
        double foreseen = at->heard_count > 1 ? fmin(1, line_heard(at, t)) : 0.5;
        if (foreseen * pow(0.8, t) > best + 1e-12) {
            best = foreseen * pow(0.8, t);
            when = t;
            there = fmax(0.5, foreseen);
        }
    }
    double share = fmax(0.5, 1 - (1 - there) * pow(at->t / when, 2));
    double low = at_share(at->all, share - 0.025);
    double high = at_share(at->all, share + 0.025);
    return (is_above(at, offer, low) && u0(at, offer) <= high + NEAR) ||
           is_at_least(at, offer, low);
}

static bool bids_cuhk(past *at, size_t offer)
{
    double tough = at->heard_count
                       ? 1 - fmin(1, fmax(0, best_heard(at) - heard_share(at, 0)))
                       : 0.5;
    double point = fmin(1, fmax(0.2, 0.5 + 0.5 * tough * 0.8));
    double share = 1 - 0.4 * pow(fmin(1, at->t / point), 2);
    if (at->heard_count)
        share = fmax(share, fmin(1, best_heard(at)));
    size_t best = best_heard_outcome(at);
    double target = at_share(at->all, share);
    if (at->t > 0.985 && at->heard_count && at->all->may[0][best] &&
        u0(at, best) >= target)
        return offer == best;
    return suits_between(at, offer, share, share + 0.1);
}

static bool bids_fawkes(past *at, size_t offer)
{
    double low = 1;
    if (at->heard_count >= 2) {
        double foreseen =
            fmin(1, fmax(best_heard(at), line_heard(at, 1)) + deviation_heard(at));
        double came = heard_share(at, at->heard_count - 1) - heard_share(at, 0);
        low = fmax(0.95 * foreseen, 1 - fmax(0, fmin(1, came)) * fmin(1, 2 * at->t));
        low = fmax(0.5, low);
    }
    return suits_between(at, offer, low, low + 0.05);
}

static bool bids_atlas3(past *at, size_t offer)
{
    size_t best = best_heard_outcome(at);
    if (at->round + 2 >= at->rounds && at->heard_count && best_heard(at) >= 0.3 &&
        at->all->may[0][best])
        return offer == best;
    double goal = fmax(0.6, at->heard_count ? fmin(1, mean_heard(at)) : 0.6);
    double low = 1 - (1 - goal) * at->t * at->t;
    return suits_between(at, offer, low, low + 0.1);
}

/* Which of its five patterns the session follows is not known: kept has a bit for each that
 * was not yet ruled out. */
static bool bids_ponpoko(past *at, size_t offer)
{
    static const double falls[] = {1, 0.6, 0.4, 0.8, 0.5},
                        sways[] = {0, 0.4, 0.6, 0.2, 0}, times[] = {0, 6, 3, 12, 0};
    unsigned open = at->own_count == 0 ? 31 : (unsigned)at->kept;
    for (unsigned k = 0; k < 5; k++) {
        double sway = sways[k] * fabs(sin(acos(-1) * times[k] * at->t));
        double low = at_share(at->all, 1 - 0.25 * (falls[k] * at->t + sway));
        double high = at_share(at->all, 1 - 0.25 * falls[k] * at->t / 2);
        bool fits = (is_above(at, offer, low) && u0(at, offer) <= high + NEAR) ||
                    is_at_least(at, offer, low);
        open &= fits ? ~0u : ~(1u << k);
    }
    at->kept = open;
    return open != 0;
}

typedef bool bids(past *at, size_t offer);

static const struct {
    const char *name, *with;
    bids *allows;
} biddings[] = {
    {"time", "time,offer.e=4,offer.floor=0.1", bids_time},
    {"random", "random", bids_random},
    {"tit-for-tat", "tit-for-tat,offer.share=0.8", bids_tit_for_tat},
    {"micro", "micro", bids_micro},
    {"nice-tit-for-tat", "nice-tit-for-tat,model=perfect", bids_nice_tit_for_tat},
    {"hybrid", "hybrid", bids_hybrid},
    {"trade-off", "trade-off,band=0.1,model=perfect", bids_trade_off},
    {"trade-off", "trade-off,band=0.1", bids_trade_off_alike},
    {"annealing", "annealing", bids_random},
    {"climbing", "climbing", bids_random},
    {"agent-k", "agent-k", bids_agent_k},
    {"nozomi", "nozomi,model=perfect", bids_nozomi},
    {"fsega", "fsega,model=perfect", bids_fsega},
    {"agent-smith", "agent-smith,model=perfect", bids_agent_smith},
    {"hardheaded", "hardheaded,model=perfect", bids_hardheaded},
    {"gahboninho", "gahboninho,model=perfect", bids_gahboninho},
    {"iamhaggler", "iamhaggler", bids_iamhaggler},
    {"cuhk", "cuhk,model=perfect", bids_cuhk},
    {"fawkes", "fawkes,model=perfect", bids_fawkes},
    {"atlas3", "atlas3,model=perfect", bids_atlas3},
    {"ponpoko", "ponpoko", bids_ponpoko},
};

/* ---- sessions ------------------------------------------------------------------------------- */

static truce_session *play(const truce_scenario *scenario, const char *with,
                           uint64_t seed, const char *rules)
{
    truce_session *session = NULL;
    truce_error error = {""};
    truce_session_choices choices = {
        .with = with, .seed = seed, .rounds = ROUNDS, .protocol = rules};
    truce_session_run(scenario, &choices, NULL, &session, &error);
    if (session == NULL)
        fail_msg("%s: %s", with, error.message);
    return session;
}

static past begin(const world *all)
{
    return (past){.all = all, .rounds = ROUNDS};
}

/* Takes over what was said, after it was judged. */
static void remember(past *at, const truce_turn *turn)
{
    if (turn->said != TRUCE_SAID_OFFER)
        return;
    size_t offer = place_of(at->all, turn->outcome);
    if (turn->seat == 0) {
        at->own[at->own_count++] = offer;
        at->since = at->heard_count;
    } else {
        at->heard_at[at->heard_count] = turn->time;
        at->heard[at->heard_count++] = offer;
    }
}

/* Nobody agrees: each takes only what is worth most to it. */
static const char *const others[] = {
    "boa:offer=time,e=1,accept=constant,share=1",
    "boa:offer=time,e=0.2,floor=0.3,accept=constant,share=1",
    "boa:offer=random,accept=constant,share=1",
    "boa:offer=micro,accept=constant,share=1",
    "boa:offer=tit-for-tat,accept=constant,share=1",
    "boa:offer=trade-off,accept=constant,share=1,model=perfect",
};
enum { OTHERS = sizeof others / sizeof *others };

#define MARKET                                                                        \
    TWO_PARTIES "issues: {price: {from: 0, to: 20, step: 1}, date: {values: [may, "   \
                "june, july]}, extra: {values: [none, some]}}\n"                      \
                "preferences:\n"                                                      \
                "  A: {weights: {price: 3, date: 1, extra: 0.5}, worth: {price: "     \
                "{from: 100, to: 0}, date: [0, 50, 100], extra: [0, 100]}, outside: " \
                "{worth: 20}, discount: 0.8}\n"                                       \
                "  B: {weights: {price: 2, date: 2, extra: 0.7}, worth: {price: "     \
                "{from: 0, to: 100}, date: [100, 30, 0], extra: [100, 0]}, outside: " \
                "{worth: 30}}\n"

/* The discount, which some rules reckon with, is for all of them the same. */
static truce_scenario *scenario_number(size_t number)
{
    if (number == 0)
        return scenario_of(MARKET);
    random_stream dice = random_begin(6, number);
    size_t counts[ISSUES];
    made_shape shape = {.value_counts = counts, .issues = ISSUES, .parties = 2};
    for (size_t i = 0; i < ISSUES; i++)
        counts[i] = 2 + (size_t)random_below(&dice, 5);
    return random_scenario(91, number, &shape);
}

static bool is_playable(const world *all)
{
    return all->greatest[0] > all->least[0] && all->greatest[1] > all->least[1];
}

enum { SCENARIOS = 12 };

static size_t judge_bids(const world *all, size_t b, size_t o, uint64_t seed)
{
    char with[300];
    snprintf(with, sizeof with, "boa:offer=%s,accept=constant,accept.share=1,%s",
             biddings[b].with, others[o]);
    truce_session *session = play(all->scenario, with, seed, NULL);
    past at = begin(all);
    size_t judged = 0;
    for (size_t w = 0; w < session->turn_count; w++) {
        const truce_turn *turn = &session->turns[w];
        at.t = turn->time;
        at.round = turn->round;
        if (turn->seat == 0 && turn->said == TRUCE_SAID_OFFER) {
            size_t offer = place_of(all, turn->outcome);
            if (!biddings[b].allows(&at, offer))
                fail_msg("%s, seed %d, round %u: %.17g is not what the rule says", with,
                         (int)seed, turn->round, u0(&at, offer));
            judged++;
        }
        remember(&at, turn);
    }
    truce_session_free(session);
    return judged;
}

static void every_bidding_rule_offers_what_its_definition_says(void **state)
{
    (void)state;
    size_t judged[sizeof biddings / sizeof *biddings] = {0};
    for (size_t number = 0; number < SCENARIOS; number++) {
        truce_scenario *scenario = scenario_number(number);
        world *all = malloc(sizeof *all);
        *all = world_of(scenario);
        for (size_t b = 0; is_playable(all) && b < sizeof biddings / sizeof *biddings;
             b++)
            for (size_t o = 0; o < OTHERS; o++) {
                bool discounted = strcmp(biddings[b].name, "iamhaggler") == 0 ||
                                  strcmp(biddings[b].name, "cuhk") == 0;
                if (number == 0 || !discounted)
                    judged[b] += judge_bids(all, b, o, number * 10 + o + 1);
            }
        free(all);
        truce_scenario_free(scenario);
    }
    for (size_t b = 0; b < sizeof biddings / sizeof *biddings; b++) {
        printf("offer=%s: %zu offers are as its definition says\n", biddings[b].with,
               judged[b]);
        assert_true(judged[b] > 300);
    }
}

/* ---- by lot ------------------------------------------------------------------------------------ */

/* Every admissible outcome is offered about equally often. */
static void a_random_offer_may_be_any_and_each_alike(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(MARKET);
    world *all = malloc(sizeof *all);
    *all = world_of(scenario);
    double times[OUTCOMES_MOST] = {0}, made = 0, admitted = 0, chi = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        truce_session *session = play(scenario,
                                      "boa:offer=random,accept=constant,share=1,"
                                      "hardliner",
                                      seed, NULL);
        for (size_t w = 0; w < session->turn_count; w++)
            if (session->turns[w].seat == 0 &&
                session->turns[w].said == TRUCE_SAID_OFFER) {
                times[place_of(all, session->turns[w].outcome)]++;
                made++;
            }
        truce_session_free(session);
    }
    for (size_t k = 0; k < all->count; k++)
        admitted += all->may[0][k];
    for (size_t k = 0; k < all->count; k++) {
        double due = all->may[0][k] ? made / admitted : 0;
        assert_true(due > 0 || times[k] == 0);
        chi += due > 0 ? pow(times[k] - due, 2) / due : 0;
    }
    double freedom = admitted - 1;
    printf("chi squared %.1f with %.0f degrees of freedom\n", chi, freedom);
    assert_true(fabs(chi - freedom) < 4 * sqrt(2 * freedom));
    free(all);
    truce_scenario_free(scenario);
}

/* A mediated text: who climbs votes for what is no worse, who anneals also for worse ones by
 * Metropolis's chance. */
static void voters_vote_as_their_definitions_say(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(MARKET);
    world *all = malloc(sizeof *all);
    *all = world_of(scenario);
    double range = all->greatest[0] - all->least[0], due = 0, variance = 0, yes = 0;
    size_t climbed = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        truce_session *session =
            play(scenario, "annealer:heat=0.3,hill-climber", seed, "text");
        const truce_value *standing = session->turns[0].outcome;
        for (size_t w = 1;
             w + 2 < session->turn_count && session->turns[w].said == TRUCE_SAID_DRAFT;
             w += 3) {
            size_t draft = place_of(all, session->turns[w].outcome);
            size_t text = place_of(all, standing);
            const truce_turn *first = &session->turns[w + 1];
            const truce_turn *second = &session->turns[w + 2];
            bool for_it = first->said == TRUCE_SAID_ACCEPT;
            double better = all->utility[0][draft] - all->utility[0][text];
            bool climbs = all->utility[1][draft] >= all->utility[1][text];
            assert_true((second->said == TRUCE_SAID_ACCEPT) == climbs);
            climbed++;
            if (better >= 0) {
                assert_true(for_it);
            } else {
                double chance = exp(better / (0.3 * range * (1 - first->time)));
                due += chance;
                variance += chance * (1 - chance);
                yes += for_it;
            }
            if (for_it && climbs)
                standing = session->turns[w].outcome;
        }
        truce_session_free(session);
    }
    printf("annealing: %.0f worse drafts taken, %.1f due, deviation %.1f\n", yes, due,
           sqrt(variance));
    assert_true(climbed > 3000 && variance > 50);
    assert_true(fabs(yes - due) < 4 * sqrt(variance));
    free(all);
    truce_scenario_free(scenario);
}

/* ---- acceptance rules ---------------------------------------------------------------------------- */

/* The own next offer of the bidding rule that all are tried with: time, e = 2. */
static double next_of(const past *at)
{
    double least = INFINITY, target = by_clock(at, 2, 0);
    for (size_t k = 0; k < at->all->count; k++)
        if (at->all->may[0][k] && u0(at, k) >= target)
            least = fmin(least, u0(at, k));
    return least;
}

static double last_own(const past *at)
{
    return at->own_count ? u0(at, at->own[at->own_count - 1]) : NAN;
}

/* Would it take the offer worth u? NAN: by lot, with the chance in kept. */
typedef double takes(past *at, double u);

static double takes_next(past *at, double u)
{
    return u >= next_of(at);
}
static double takes_next_scaled(past *at, double u)
{
    return 1.1 * u - 2 >= next_of(at);
}
static double takes_target(past *at, double u)
{
    return u >= by_clock(at, 2, 0);
}
static double takes_above_next(past *at, double u)
{
    return u > next_of(at);
}
static double takes_previous(past *at, double u)
{
    return at->own_count && u >= last_own(at);
}
static double takes_constant(past *at, double u)
{
    return share_of(at->all, u) >= 0.6;
}
static double takes_late(past *at, double u)
{
    (void)u;
    return at->t >= 0.5;
}
static double takes_gap(past *at, double u)
{
    double range = at->all->greatest[0] - at->all->least[0];
    return at->own_count && u + 0.05 * range >= last_own(at);
}

/* What was received from a time on, before the offer in hand: what may not be taken counts
 * as the least. */
static double window(const past *at, double from, bool mean)
{
    double most = -INFINITY, sum = 0, count = 0;
    for (size_t k = 0; k + 1 < at->heard_count; k++)
        if (at->heard_at[k] >= from) {
            double u = at->all->may[0][at->heard[k]] ? u0(at, at->heard[k])
                                                     : at->all->least[0];
            most = fmax(most, u);
            sum += u;
            count++;
        }
    return mean && count > 0 ? sum / count : most;
}
static double takes_combi(past *at, double u)
{
    return u >= next_of(at) || (at->t >= 0.6 && u >= window(at, 2 * at->t - 1, false));
}
static double takes_combi_window(past *at, double u)
{
    return u >= next_of(at) || (at->t >= 0.4 && u >= window(at, at->t - 0.2, false));
}
static double takes_combi_mean(past *at, double u)
{
    return u >= next_of(at) || (at->t >= 0.7 && u >= window(at, at->t - 0.3, true));
}

/* Where the own next offer lies above the target, as trade-off's does, the offer counts.
 * UNKNOWN where several offers are as good for the others, on both sides of what was heard. */
static const double UNKNOWN = -1;
static double takes_combi_trade_off(past *at, double u)
{
    bool below = false, above = false;
    for (size_t k = 0; k < at->all->count; k++)
        if (bids_trade_off(at, k)) {
            below = below || u0(at, k) <= u;
            above = above || u0(at, k) > u;
        }
    if (at->t >= 0.6 && u >= window(at, 2 * at->t - 1, false))
        return 1;
    return below && above ? UNKNOWN : below;
}
static double takes_probability(past *at, double u)
{
    double mean = 0, squares = 0, n = (double)at->heard_count;
    for (size_t k = 0; k < at->heard_count; k++)
        mean += fmin(1, fmax(0, heard_share(at, k))) / n;
    for (size_t k = 0; k < at->heard_count; k++)
        squares += pow(fmin(1, fmax(0, heard_share(at, k))) - mean, 2);
    double deviation = sqrt(12 * squares / n);
    double expected = mean + (1 - mean) * fmin(1, deviation);
    double target = 1 - (1 - expected) * pow(at->t, 3), share = share_of(at->all, u);
    double chance = pow(at->t, 5) / 5 + (share - expected) + (share - target);
    at->kept = fmin(1, chance);
    return chance > 0.1 ? NAN : 0;
}
static double takes_anything(past *at, double u)
{
    (void)at;
    (void)u;
    return 1;
}
/* With MiCRO's bidding: the lowest offer it would make now. */
static double takes_micro(past *at, double u)
{
    size_t sent = different(at->own, at->own_count);
    size_t rank = sent == 0 ? 0 : may_concede(at) ? sent : sent - 1;
    for (size_t k = 0; k < at->all->count; k++)
        if (at->all->may[0][k] && rank_of(at, k) == rank)
            return u >= u0(at, k);
    return 0;
}

#define BY_CLOCK "boa:offer=time,offer.e=2,accept="
static const struct {
    const char *name, *with;
    takes *would;
} acceptances[] = {
    {"next", BY_CLOCK "next", takes_next},
    {"next", BY_CLOCK "next,scale=1.1,shift=-2", takes_next_scaled},
    {"target", BY_CLOCK "target", takes_target},
    {"above-next", BY_CLOCK "above-next", takes_above_next},
    {"previous", BY_CLOCK "previous", takes_previous},
    {"constant", BY_CLOCK "constant,share=0.6", takes_constant},
    {"time", BY_CLOCK "time,after=0.5", takes_late},
    {"gap", BY_CLOCK "gap,gap=0.05", takes_gap},
    {"combi", BY_CLOCK "combi,after=0.6", takes_combi},
    {"combi", BY_CLOCK "combi,after=0.4,window=0.2", takes_combi_window},
    {"combi", BY_CLOCK "combi,after=0.7,window=0.3,mean=1", takes_combi_mean},
    {"combi", "boa:offer=trade-off,band=0.1,accept=combi,after=0.6,model=perfect",
     takes_combi_trade_off},
    {"probability", BY_CLOCK "probability", takes_probability},
    {"anything", BY_CLOCK "anything", takes_anything},
    {"micro", "boa:offer=micro,accept=micro", takes_micro},
    {"micro", BY_CLOCK "micro", takes_next},
};
enum { ACCEPTANCES = sizeof acceptances / sizeof *acceptances };

/* yes and no: how often it said so; due, variance and taken: of what goes by lot. */
typedef struct answers {
    size_t yes, no;
    double due, variance, taken;
} answers;

static void judge_answer(past *at, size_t a, const truce_turn *turn, answers *sum)
{
    size_t offer = place_of(at->all, turn->outcome);
    bool yes = turn->said == TRUCE_SAID_ACCEPT;
    double due = at->all->may[0][offer] ? acceptances[a].would(at, u0(at, offer)) : 0;
    yes ? sum->yes++ : sum->no++;
    if (isnan(due)) {
        sum->due += at->kept;
        sum->variance += at->kept * (1 - at->kept);
        sum->taken += yes;
    } else if (due != UNKNOWN && yes != (due > 0)) {
        fail_msg("%s, round %u: %s to %.17g, and its definition says the reverse",
                 acceptances[a].with, turn->round, yes ? "yes" : "no", u0(at, offer));
    }
}

static void judge_answers(const world *all, size_t a, size_t o, uint64_t seed,
                          answers *sum)
{
    char with[300];
    snprintf(with, sizeof with, "%s,%s", acceptances[a].with, others[o]);
    truce_session *session = play(all->scenario, with, seed, NULL);
    past at = begin(all);
    for (size_t w = 0; w < session->turn_count; w++) {
        const truce_turn *turn = &session->turns[w];
        at.t = turn->time;
        at.round = turn->round;
        if (turn->seat == 0 &&
            (turn->said == TRUCE_SAID_ACCEPT || turn->said == TRUCE_SAID_REJECT))
            judge_answer(&at, a, turn, sum);
        remember(&at, turn);
    }
    truce_session_free(session);
}

static void every_acceptance_rule_answers_what_its_definition_says(void **state)
{
    (void)state;
    answers sums[ACCEPTANCES] = {{0}};
    for (size_t number = 0; number < SCENARIOS; number++) {
        truce_scenario *scenario = scenario_number(number);
        world *all = malloc(sizeof *all);
        *all = world_of(scenario);
        for (size_t a = 0; is_playable(all) && a < ACCEPTANCES; a++)
            for (size_t o = 0; o < OTHERS; o++)
                for (uint64_t seed = 1; seed < 5; seed++)
                    judge_answers(all, a, o, seed + number * 10, &sums[a]);
        free(all);
        truce_scenario_free(scenario);
    }
    for (size_t a = 0; a < ACCEPTANCES; a++) {
        printf("%s: %zu times yes, %zu times no, as its definition says\n",
               acceptances[a].with, sums[a].yes, sums[a].no);
        assert_true(sums[a].yes > 5 && sums[a].no > 5);
        assert_true(fabs(sums[a].taken - sums[a].due) <= 4 * sqrt(sums[a].variance));
    }
}

/* ---- none is left out ------------------------------------------------------------------------------ */

static void every_rule_that_is_listed_has_a_reference_here(void **state)
{
    (void)state;
    const truce_part *part;
    for (size_t k = 0; (part = truce_part_at(TRUCE_BIDDING, k)) != NULL; k++) {
        size_t b = 0;
        while (b < sizeof biddings / sizeof *biddings &&
               strcmp(biddings[b].name, part->name) != 0)
            b++;
        if (b == sizeof biddings / sizeof *biddings)
            fail_msg("bidding rule %s has none", part->name);
    }
    for (size_t k = 0; (part = truce_part_at(TRUCE_ACCEPTANCE, k)) != NULL; k++) {
        size_t a = 0;
        while (a < ACCEPTANCES && strcmp(acceptances[a].name, part->name) != 0)
            a++;
        if (a == ACCEPTANCES)
            fail_msg("acceptance rule %s has none", part->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bidding_rule_offers_what_its_definition_says),
        cmocka_unit_test(a_random_offer_may_be_any_and_each_alike),
        cmocka_unit_test(voters_vote_as_their_definitions_say),
        cmocka_unit_test(every_acceptance_rule_answers_what_its_definition_says),
        cmocka_unit_test(every_rule_that_is_listed_has_a_reference_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
