/* anac_2010: re-creations from their papers of agents of the first competition (Baarslag,
 * Hindriks, Jonker, Kraus, Lin, The first automated negotiating agents competition, in
 * New Trends in Agent-Based Complex Automated Negotiations, 2012). Utilities are shares of
 * the own admissible range.
 */
#include "play/heard.h"
#include "play/parts.h"

/* ---- AgentK ------------------------------------------------------------------------------ */

/* How far the others may be brought is guessed from the mean and the spread of what they
 * offered:
 *
 *     reach(t)  = mean + (1 - mean) sqrt(3) deviation / sqrt(mean (1 - mean))
 *     target(t) = 1 - (1 - reach(t)) t^alpha
 */
static const truce_parameter agent_k[] = {
    {"alpha", 3, 0.1, 100, "how late it goes towards what it may reach"}, {0}};

static void hear_shares(player *me, size_t from, truce_offer offer)
{
    (void)from;
    heard_add(me->bid_state, me, offer);
}

static double reach_of(const heard_shares *of)
{
    double mean = fmin(0.999, fmax(0.001, of->mean));
    double spread = sqrt(3) * heard_deviation(of) / sqrt(mean * (1 - mean));
    return fmin(1, mean + (1 - mean) * spread);
}

static double target_agent_k(player *me)
{
    const heard_shares *of = me->bid_state;
    double reach = of->count > 0 ? reach_of(of) : 1;
    return utility_at(me, 1 - (1 - reach) * pow(me->time, me->plays->bid_given[0]));
}

static truce_offer bid_agent_k(player *me)
{
    return any_at_least(me, target_agent_k(me));
}

const bidding bidding_agent_k = {
    .part = {.name = "agent-k",
             .line = "towards what the others' offers say can be reached, by lot",
             .paper = "Kawaguchi, Fujita, Ito 2011 (AgentK, ANAC 2010)",
             .departs = "shares of the admissible range; the target is not lowered "
                        "where no offer reaches it",
             .parameters = agent_k},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_agent_k,
    .target = target_agent_k,
};

/* ---- Nozomi ------------------------------------------------------------------------------- */

/* Four phases: the best; then down to the others' best as the gap closes; compromise half
 * way to it; at last what the others offered best, when good enough. */
static const truce_parameter nozomi[] = {
    {"floor", 0.6, 0, 1, "never below this share of its range"}, {0}};

static double target_nozomi(player *me)
{
    const heard_shares *of = me->bid_state;
    double floor_share = me->plays->bid_given[0];
    double best_heard = of->count > 0 ? fmax(0, of->best) : 0;
    double goal = fmax(floor_share, best_heard);
    double t = me->time, share = 1;
    if (t > 0.5 && t <= 0.8)
        share = 1 - (1 - goal) * (t - 0.5) / 0.6;
    else if (t > 0.8)
        share = 1 - (1 - goal) * (0.5 + (t - 0.8) / 0.4);
    return utility_at(me, share);
}

static truce_offer bid_nozomi(player *me)
{
    const heard_shares *of = me->bid_state;
    double target = target_nozomi(me);
    bool good_enough = of->count > 0 && of->best >= me->plays->bid_given[0];
    if (me->time > 0.95 && good_enough && worth(me, of->best_offer) >= target &&
        admits(me, of->best_offer))
        return of->best_offer;
    return best_for_others(me, target, target + 0.05 * (utility_at(me, 1) - target));
}

const bidding bidding_nozomi = {
    .part = {.name = "nozomi",
             .line =
                 "its best at first, then half way and on to the others' best offer",
             .paper = "Ito group 2012 (Nozomi, ANAC 2010)",
             .departs =
                 "phases end at fixed times; the others' taste is that of the model",
             .parameters = nozomi},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_nozomi,
    .target = target_nozomi,
};

/* ---- FSEGA -------------------------------------------------------------------------------- */

/* Bands of equal width from the top; each is left only when the phase says so, and within a
 * band the others' taste decides. */
enum { FSEGA_BAND, FSEGA_FLOOR };

static const truce_parameter fsega[] = {
    {"band", 0.05, 0.001, 1, "width of a band, as a share of its range"},
    {"floor", 0.5, 0, 1, "never below this share of its range"},
    {0}};

/* Until 0.85 down to 0.9, until 0.95 down to 0.8, then to the floor. */
static double target_fsega(player *me)
{
    double t = me->time, floor_share = me->plays->bid_given[FSEGA_FLOOR], share;
    if (t <= 0.85)
        share = 1 - 0.1 * t / 0.85;
    else if (t <= 0.95)
        share = 0.9 - (t - 0.85);
    else
        share = 0.8 - (0.8 - fmin(0.8, floor_share)) * (t - 0.95) / 0.05;
    double band = me->plays->bid_given[FSEGA_BAND];
    return utility_at(me, fmax(floor_share, floor(share / band) * band));
}

static truce_offer bid_fsega(player *me)
{
    double low = share_of_range(me, target_fsega(me));
    return best_between(me, low, low + me->plays->bid_given[FSEGA_BAND]);
}

const bidding bidding_fsega = {
    .part = {.name = "fsega",
             .line = "band by band from the top, in each what suits the others best",
             .paper = "Serban, Silaghi, Litan 2012 (AgentFSEGA, ANAC 2010)",
             .departs = "phases by time alone; no estimate of the others' strategy",
             .parameters = fsega},
    .bid = bid_fsega,
    .target = target_fsega,
};

/* ---- AgentSmith ---------------------------------------------------------------------------- */

static const truce_parameter agent_smith[] = {
    {"e", 2.5, 0.01, 100, "how late it concedes"},
    {"floor", 0.7, 0, 1, "never below this share of its range before the end"},
    {0}};

static double target_smith(player *me)
{
    const double *given = me->plays->bid_given;
    double share = 1 - (1 - given[1]) * pow(me->time, given[0]);
    return utility_at(me, share);
}

/* Of what is worth enough the one that the others like best; near the end their best
 * offer. */
static truce_offer bid_smith(player *me)
{
    const heard_shares *of = me->bid_state;
    if (me->time > 0.98 && of->count > 0 && of->best > 0.5 &&
        admits(me, of->best_offer))
        return of->best_offer;
    double low = share_of_range(me, target_smith(me));
    return best_between(me, low, fmin(1, low + 0.1));
}

const bidding bidding_agent_smith = {
    .part = {.name = "agent-smith",
             .line = "what the others like best among what is worth enough",
             .paper = "van Galen Last 2012 (AgentSmith, ANAC 2010)",
             .departs = "a band of a tenth above the target, not the sum of utilities",
             .parameters = agent_smith},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_smith,
    .target = target_smith,
};
