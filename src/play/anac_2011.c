/* anac_2011: re-creations from their papers of agents of the competitions of 2011 to 2013
 * (Baarslag et al., Evaluating practical negotiating agents, Artificial Intelligence 198,
 * 2013). Utilities are shares of the own admissible range.
 */
#include "play/heard.h"
#include "play/parts.h"

static void hear_shares(player *me, size_t from, truce_offer offer)
{
    (void)from;
    heard_add(me->bid_state, me, offer);
}

/* What time leaves of utility until t; 1 without a discount. */
static double left_at(const player *me, double t)
{
    return me->mine->has_discount ? pow(me->mine->discount, t) : 1;
}

/* ---- HardHeaded ----------------------------------------------------------------------------- */

static const truce_parameter hardheaded[] = {
    {"e", 0.2, 0.001, 100, "the smaller the later it concedes"},
    {"floor", 0.585, 0, 1, "never below this share of its range"},
    {0}};

/* floor + (1 - t^(1/e)) (1 - floor). */
static double target_hardheaded(player *me)
{
    const double *given = me->plays->bid_given;
    return utility_at(me,
                      given[1] + (1 - pow(me->time, 1 / given[0])) * (1 - given[1]));
}

static truce_offer bid_hardheaded(player *me)
{
    const heard_shares *of = me->bid_state;
    double low = share_of_range(me, target_hardheaded(me));
    if (me->time > 0.99 && of->count > 0 && of->best >= low &&
        admits(me, of->best_offer))
        return of->best_offer;
    return best_between(me, low, fmin(1, low + 0.1));
}

const bidding bidding_hardheaded = {
    .part = {.name = "hardheaded",
             .line = "hardly concedes; of what it can take, what suits the others best",
             .paper = "van Krimpen, Looije, Hajizadeh 2013 (HardHeaded, ANAC 2011)",
             .departs =
                 "a band of a tenth above the target; the discount does not bend "
                 "the curve",
             .parameters = hardheaded},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_hardheaded,
    .target = target_hardheaded,
};

/* ---- Gahboninho ----------------------------------------------------------------------------- */

/* First it shows that it will not give way, and watches how much the others do; the more
 * they give, the greedier it stays. */
enum { GAH_WATCH, GAH_FLOOR };

static const truce_parameter gahboninho[] = {
    {"watch", 0.15, 0, 1, "the time it only watches"},
    {"floor", 0.6, 0, 1, "never below this share of its range"},
    {0}};

static double target_gahboninho(player *me)
{
    const heard_shares *of = me->bid_state;
    const double *given = me->plays->bid_given;
    if (me->time <= given[GAH_WATCH])
        return utility_at(me, 0.95);
    double niceness = of->count > 0 ? fmin(1, fmax(0, of->best - of->first)) : 0;
    double goal = fmax(given[GAH_FLOOR], of->count > 0 ? of->best : 0);
    double late = (me->time - given[GAH_WATCH]) / fmax(1e-9, 1 - given[GAH_WATCH]);
    double share = 0.95 - (0.95 - goal) * pow(late, 2 + 6 * niceness);
    return utility_at(me, fmax(given[GAH_FLOOR], share));
}

static truce_offer bid_gahboninho(player *me)
{
    double low = share_of_range(me, target_gahboninho(me));
    return me->plays->guesses && me->time > 0.9 ? best_between(me, low, low + 0.1)
                                                : any_between(me, low, 1);
}

const bidding bidding_gahboninho = {
    .part = {.name = "gahboninho",
             .line = "the nicer the others, the greedier it stays",
             .paper = "Ben Adar, Sofy, Elimelech 2013 (Gahboninho, ANAC 2011)",
             .departs =
                 "niceness is how far the others came; no count of the time left",
             .parameters = gahboninho},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_gahboninho,
    .target = target_gahboninho,
};

/* ---- IAMhaggler ------------------------------------------------------------------------------- */

/* Foresees what the others will offer and when that is worth most, discounted; then
 * concedes so as to be there at that time. */
static const truce_parameter iamhaggler[] = {
    {"floor", 0.5, 0, 1, "never below this share of its range"}, {0}};

enum { MOMENTS = 20 };

static double target_iamhaggler(player *me)
{
    const heard_shares *of = me->bid_state;
    double floor_share = me->plays->bid_given[0];
    double best_time = 1, best_worth = -INFINITY, there = floor_share;
    for (int k = 1; k <= MOMENTS; k++) {
        double t = me->time + (1 - me->time) * k / MOMENTS;
        double foreseen = of->count > 1 ? fmin(1, heard_line(of, t)) : floor_share;
        double value = foreseen * left_at(me, t);
        if (value > best_worth) {
            best_worth = value;
            best_time = t;
            there = fmax(floor_share, foreseen);
        }
    }
    double share = 1 - (1 - there) * pow(me->time / best_time, 2);
    return utility_at(me, fmax(floor_share, share));
}

static truce_offer bid_iamhaggler(player *me)
{
    double low = share_of_range(me, target_iamhaggler(me));
    return any_between(me, low - 0.025, low + 0.025);
}

const bidding bidding_iamhaggler = {
    .part = {.name = "iamhaggler",
             .line =
                 "foresees when the others' offers are worth most, and is there then",
             .paper = "Williams, Robu, Gerding, Jennings 2011 (IAMhaggler2011)",
             .departs = "a straight line in place of Gaussian processes",
             .parameters = iamhaggler},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_iamhaggler,
    .target = target_iamhaggler,
};

/* ---- CUHKAgent ---------------------------------------------------------------------------------- */

/* Concedes only until the point of non-exploitation, which comes earlier where time costs
 * and later where the others are tough. */
enum { CUHK_FLOOR, CUHK_ALPHA };

static const truce_parameter cuhk[] = {
    {"floor", 0.6, 0, 1, "what it concedes to at most"},
    {"alpha", 2, 0.1, 100, "how late it concedes before the point"},
    {0}};

static double target_cuhk(player *me)
{
    const heard_shares *of = me->bid_state;
    const double *given = me->plays->bid_given;
    double toughness = of->count > 0 ? 1 - fmin(1, fmax(0, of->best - of->first)) : 0.5;
    double costs = 1 - left_at(me, 1);
    double point = fmin(1, fmax(0.2, 0.5 + 0.5 * toughness * (1 - costs)));
    double part = fmin(1, me->time / point);
    double share = 1 - (1 - given[CUHK_FLOOR]) * pow(part, given[CUHK_ALPHA]);
    return utility_at(me, fmax(share, of->count > 0 ? fmin(1, of->best) : 0));
}

static truce_offer bid_cuhk(player *me)
{
    const heard_shares *of = me->bid_state;
    double target = target_cuhk(me);
    if (me->time > 0.985 && of->count > 0 && worth(me, of->best_offer) >= target &&
        admits(me, of->best_offer))
        return of->best_offer;
    return best_for_others(me, target,
                           utility_at(me, share_of_range(me, target) + 0.1));
}

const bidding bidding_cuhk = {
    .part = {.name = "cuhk",
             .line = "concedes until a point that the others' toughness sets",
             .paper = "Hao, Leung 2014 (CUHKAgent, ANAC 2012)",
             .departs = "toughness is how little the others came; one point a session",
             .parameters = cuhk},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_cuhk,
    .target = target_cuhk,
};

/* ---- The Fawkes ---------------------------------------------------------------------------------- */

/* Answers in kind, and never below what it foresees the others will still offer. */
static const truce_parameter fawkes[] = {
    {"optimism", 0.95, 0, 1, "how much of what it foresees it waits for"},
    {"floor", 0.5, 0, 1, "never below this share of its range"},
    {0}};

static double target_fawkes(player *me)
{
    const heard_shares *of = me->bid_state;
    const double *given = me->plays->bid_given;
    if (of->count < 2)
        return utility_at(me, 1);
    double foreseen = fmin(1, fmax(of->best, heard_line(of, 1)) + heard_deviation(of));
    double came = fmax(0, fmin(1, of->last - of->first));
    double in_kind = 1 - came * fmin(1, 2 * me->time);
    double waits = given[0] * foreseen;
    return utility_at(me, fmax(given[1], fmax(in_kind, waits)));
}

static truce_offer bid_fawkes(player *me)
{
    double low = share_of_range(me, target_fawkes(me));
    return best_between(me, low, fmin(1, low + 0.05));
}

const bidding bidding_fawkes = {
    .part = {.name = "fawkes",
             .line = "in kind, and not below what it foresees the others will offer",
             .paper =
                 "Koeman, Boon, van den Oever, Dumitru-Guzu, Stanculescu 2015 (The "
                 "Fawkes, ANAC 2013)",
             .departs = "a straight line and one deviation in place of wavelets",
             .parameters = fawkes},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_fawkes,
    .target = target_fawkes,
};
