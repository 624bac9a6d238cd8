/* anac_parties: in the style of agents for three parties and more (Fujita, Aydogan,
 * Baarslag, Hindriks, Ito, Jonker, The sixth automated negotiating agents competition,
 * 2017; Aydogan et al., Challenges and main results of ANAC 2017, 2018).
 */
#include "play/heard.h"
#include "play/parts.h"

/* ---- Atlas3 ------------------------------------------------------------------------------- */

/* Searches near what was offered for what is worth enough; in the last rounds it offers
 * again what the others offered best. */
static const truce_parameter atlas3[] = {
    {"e", 2, 0.01, 100, "how late it concedes"},
    {"floor", 0.6, 0, 1, "never below this share of its range"},
    {0}};

static void hear_shares(player *me, size_t from, truce_offer offer)
{
    (void)from;
    heard_add(me->bid_state, me, offer);
}

static double target_atlas3(player *me)
{
    const heard_shares *of = me->bid_state;
    const double *given = me->plays->bid_given;
    double goal = fmax(given[1], of->count > 0 ? fmin(1, of->mean) : given[1]);
    return utility_at(me, 1 - (1 - goal) * pow(me->time, given[0]));
}

/* The last round but the seats: nobody has time to say more than once again. */
static bool is_last_call(const player *me)
{
    return me->rounds > 0 ? me->round + 2 >= me->rounds : me->time > 0.99;
}

static truce_offer bid_atlas3(player *me)
{
    const heard_shares *of = me->bid_state;
    if (is_last_call(me) && of->count > 0 && of->best >= me->plays->bid_given[1] / 2 &&
        admits(me, of->best_offer))
        return of->best_offer;
    double low = share_of_range(me, target_atlas3(me));
    return best_between(me, low, fmin(1, low + 0.1));
}

const bidding bidding_atlas3 = {
    .part = {.name = "atlas3",
             .line = "near what the others like, and their best offer at the last call",
             .paper = "Mori, Ito 2017 (Atlas3, ANAC 2015)",
             .departs =
                 "in its style: the goal is the mean of what was offered, not the "
                 "expected utility of a last offer",
             .parameters = atlas3},
    .size = sizeof(heard_shares),
    .hear = hear_shares,
    .bid = bid_atlas3,
    .target = target_atlas3,
};

/* ---- PonPoko ------------------------------------------------------------------------------- */

/* Draws one of five patterns of a band that falls or sways with time, so that nobody can
 * learn what it will do, and offers anything within it. */
typedef struct ponpoko {
    size_t pattern;
    bool drawn;
} ponpoko;

static const truce_parameter ponpoko_parameters[] = {
    {"depth", 0.25, 0, 1, "how far below its best it goes, as a share of its range"},
    {0}};

static void band_of(player *me, double *low, double *high)
{
    /* how much of the depth falls with time, how much sways, and how often */
    static const struct {
        double falls, sways, times;
    } patterns[] = {
        {1, 0, 0}, {0.6, 0.4, 6}, {0.4, 0.6, 3}, {0.8, 0.2, 12}, {0.5, 0, 0}};
    ponpoko *mine = me->bid_state;
    if (!mine->drawn)
        mine->pattern = random_below(&me->dice, sizeof patterns / sizeof *patterns);
    mine->drawn = true;
    double depth = me->plays->bid_given[0], t = me->time;
    double sway = patterns[mine->pattern].sways *
                  fabs(sin(acos(-1) * patterns[mine->pattern].times * t));
    *low = 1 - depth * (patterns[mine->pattern].falls * t + sway);
    *high = fmin(1, 1 - depth * patterns[mine->pattern].falls * t / 2);
}

static double target_ponpoko(player *me)
{
    double low, high;
    band_of(me, &low, &high);
    return utility_at(me, low);
}

static truce_offer bid_ponpoko(player *me)
{
    double low, high;
    band_of(me, &low, &high);
    return any_between(me, low, fmax(high, low));
}

const bidding bidding_ponpoko = {
    .part = {.name = "ponpoko",
             .line = "anything in a band that falls or sways by a pattern it draws",
             .paper = "Aydogan et al. 2018 (PonPokoAgent, ANAC 2017)",
             .departs = "in its style: the five patterns are our own",
             .parameters = ponpoko_parameters},
    .size = sizeof(ponpoko),
    .bid = bid_ponpoko,
    .target = target_ponpoko,
};
