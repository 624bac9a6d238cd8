/* simple: bidding by chance, and in kind. */
#include "play/parts.h"

#include <math.h>

/* ---- random, nice ---------------------------------------------------------------------- */

static truce_offer bid_random(player *me)
{
    return any_at_least(me, me->mine->least);
}

const bidding bidding_random = {
    .part = {.name = "random",
             .line = "any admissible offer, by lot",
             .paper = "a baseline"},
    .bid = bid_random,
};

/* ---- tit for tat -------------------------------------------------------------------------- */

/* What the others gave, in own utility: for each of them by how much its last offer is
 * better than its offer before; of several the least. */
typedef struct exchange_of_favours {
    double target;
    bool begun;
} favours;

enum { OTHERS_MOST = 64 };

typedef struct tit_for_tat {
    favours own;
    double before[OTHERS_MOST], given[OTHERS_MOST];
    bool heard[OTHERS_MOST];
} tit_for_tat;

static void hear_tit(player *me, size_t from, truce_offer offer)
{
    tit_for_tat *mine = me->bid_state;
    double now = worth(me, offer);
    mine->given[from] += mine->heard[from] ? now - mine->before[from] : 0;
    mine->before[from] = now;
    mine->heard[from] = true;
}

/* The least that any of the others gave since the own last offer, which is then spent. */
static double given_since(player *me)
{
    tit_for_tat *mine = me->bid_state;
    double least = INFINITY;
    for (size_t s = 0; s < me->board->seats; s++)
        if (s != me->seat) {
            least = fmin(least, mine->given[s]);
            mine->given[s] = 0;
        }
    return least;
}

static truce_offer bid_tit(player *me)
{
    favours *own = &((tit_for_tat *)me->bid_state)->own;
    double given = given_since(me);
    if (!own->begun)
        own->target = me->mine->greatest;
    else
        own->target -= given * me->plays->bid_given[0];
    own->begun = true;
    own->target = fmin(fmax(own->target, me->mine->least), me->mine->greatest);
    return at_least(me, own->target);
}

static const truce_parameter in_kind[] = {
    {"share", 1, 0, 10, "of what the others gave that it gives back"}, {0}};

const bidding bidding_tit_for_tat = {
    .part = {.name = "tit-for-tat",
             .line = "gives as much of its own utility as the others gave it",
             .paper = "Faratin, Sierra, Jennings 1998 (absolute tit-for-tat)",
             .departs = "of several others, the one who gave least counts",
             .parameters = in_kind},
    .size = sizeof(tit_for_tat),
    .hear = hear_tit,
    .bid = bid_tit,
};

/* ---- trade-off ------------------------------------------------------------------------------ */

enum { TRADE_E, TRADE_FLOOR, TRADE_BAND };

static const truce_parameter trade[] = {
    {"e", 1, 1e-6, INFINITY, "how late it concedes: above 1 late, below 1 early"},
    {"floor", 0, 0, 1, "never below this share of its range"},
    {"band", 0.03, 0, 1, "offers up to this share above the target count as equal"},
    {0}};

static double trade_target(player *me)
{
    const double *given = me->plays->bid_given;
    double low =
        me->mine->least + given[TRADE_FLOOR] * (me->mine->greatest - me->mine->least);
    return low + (1 - pow(me->time, given[TRADE_E])) * (me->mine->greatest - low);
}

/* How many issues are as in the others' last offers: what stands for liking them where
 * there is no model. */
static double alike(player *me, truce_offer offer)
{
    enum { ISSUES_MOST = 4096 };
    truce_value here[ISSUES_MOST], theirs[ISSUES_MOST];
    if (me->board->issues > ISSUES_MOST)
        return 0;
    offers_outcome(me->table, offer, here);
    size_t count = 0;
    for (size_t s = 0; s < me->board->seats; s++) {
        if (s == me->seat || me->last[s] == TRUCE_NO_OFFER)
            continue;
        offers_outcome(me->table, me->last[s], theirs);
        for (size_t i = 0; i < me->board->issues; i++)
            count += here[i] == theirs[i];
    }
    return (double)count;
}

enum { COMPARED = 512 };

static truce_offer most_alike(player *me, double low, double high)
{
    truce_offer chosen = at_least(me, low);
    if (chosen == TRUCE_NO_OFFER)
        return chosen;
    double most = alike(me, chosen);
    uint64_t last = me->board->small ? board_at_least(me->mine, low) : 0;
    for (uint64_t k = 0; k < COMPARED; k++) {
        truce_offer offer;
        if (me->board->small && k <= last)
            offer = me->mine->order[last - k];
        else if (me->board->small)
            break;
        else
            offer = at_least(me, low + (high - low) * (double)k / COMPARED);
        if (offer == TRUCE_NO_OFFER || worth(me, offer) > high)
            break;
        double here = alike(me, offer);
        if (here > most) {
            chosen = offer;
            most = here;
        }
    }
    return chosen;
}

static truce_offer bid_trade(player *me)
{
    double low = fmin(trade_target(me), me->mine->greatest);
    double high =
        low + me->plays->bid_given[TRADE_BAND] * (me->mine->greatest - me->mine->least);
    return me->plays->guesses ? best_for_others(me, low, high)
                              : most_alike(me, low, high);
}

const bidding bidding_trade_off = {
    .part = {.name = "trade-off",
             .line = "of offers alike to itself, the one that suits the others best",
             .paper = "Faratin, Sierra, Jennings 2002",
             .departs = "without a model, likeness is the number of equal issues",
             .parameters = trade},
    .bid = bid_trade,
    .target = trade_target,
};

/* ---- hybrid --------------------------------------------------------------------------------- */

/* Time by a Bezier curve, behaviour by the last moves of the others, mixed by time. */
enum { HYBRID_P0, HYBRID_P1, HYBRID_P2, HYBRID_P3, MOVES_KEPT = 5 };

static const truce_parameter hybrid_parameters[] = {
    {"p0", 1, 0, 1, "share of the range asked for at first"},
    {"p1", 0.75, 0, 1, "the curve's middle point"},
    {"p2", 0.4, 0, 1, "share asked for at last"},
    {"p3", 0.5, 0, 1, "how much of the others' moves is given back"},
    {0}};

typedef struct hybrid {
    double received[MOVES_KEPT]; /* the newest last */
    size_t count;
    double own; /* share of the own last offer */
} hybrid;

static double own_share(const player *me, double utility)
{
    double range = me->mine->greatest - me->mine->least;
    return range > 0 ? (utility - me->mine->least) / range : 1;
}

static void hear_hybrid(player *me, size_t from, truce_offer offer)
{
    (void)from;
    hybrid *mine = me->bid_state;
    if (mine->count == MOVES_KEPT) {
        for (size_t k = 1; k < MOVES_KEPT; k++)
            mine->received[k - 1] = mine->received[k];
        mine->count--;
    }
    mine->received[mine->count++] = own_share(me, worth(me, offer));
}

/* The weighted mean of the others' last moves, newer ones weighing more. */
static double moves_of_others(const hybrid *mine)
{
    static const double weights[MOVES_KEPT][MOVES_KEPT - 1] = {
        {0}, {1}, {0.25, 0.75}, {0.11, 0.22, 0.66}, {0.05, 0.15, 0.3, 0.5}};
    if (mine->count < 2)
        return 0;
    size_t moves = mine->count - 1;
    double sum = 0;
    for (size_t k = 0; k < moves; k++)
        sum += weights[moves][k] * (mine->received[k + 1] - mine->received[k]);
    return sum;
}

static truce_offer bid_hybrid(player *me)
{
    hybrid *mine = me->bid_state;
    const double *p = me->plays->bid_given;
    double t = me->time, rest = 1 - t;
    double by_time =
        rest * rest * p[HYBRID_P0] + 2 * rest * t * p[HYBRID_P1] + t * t * p[HYBRID_P2];
    double target = by_time;
    if (mine->count >= 2) {
        double back = (p[HYBRID_P3] + p[HYBRID_P3] * t) * moves_of_others(mine);
        target = t * t * by_time + (1 - t * t) * (mine->own - back);
    }
    mine->own = fmin(1, fmax(0, target));
    return at_least(me, me->mine->least +
                            mine->own * (me->mine->greatest - me->mine->least));
}

const bidding bidding_hybrid = {
    .part = {.name = "hybrid",
             .line = "by the clock, and by the others' last moves",
             .paper = "Keskin, Cakan, Aydogan 2021",
             .departs = "all others' moves count as one row",
             .parameters = hybrid_parameters},
    .size = sizeof(hybrid),
    .hear = hear_hybrid,
    .bid = bid_hybrid,
};

/* ---- voters of the mediated text --------------------------------------------------------- */

static const truce_parameter heat[] = {
    {"heat", 0.1, 0, 1e9, "at first, as a share of the range; falls to 0 with time"},
    {0}};

static bool vote_annealing(player *me, truce_offer draft, truce_offer standing)
{
    double better = worth(me, draft) - worth(me, standing);
    double range = me->mine->greatest - me->mine->least;
    double warm = me->plays->bid_given[0] * range * (1 - me->time);
    if (better >= 0)
        return true;
    return warm > 0 && player_chance(me) < exp(better / warm);
}

const bidding bidding_annealing = {
    .part = {.name = "annealing",
             .line = "votes for worse texts too, ever less; offers by lot",
             .paper = "Klein, Faratin, Sayama, Bar-Yam 2003",
             .parameters = heat},
    .bid = bid_random,
    .vote = vote_annealing,
};

static bool vote_climbing(player *me, truce_offer draft, truce_offer standing)
{
    return worth(me, draft) >= worth(me, standing);
}

const bidding bidding_climbing = {
    .part = {.name = "climbing",
             .line = "votes only for texts that are no worse; offers by lot",
             .paper = "Klein, Faratin, Sayama, Bar-Yam 2003"},
    .bid = bid_random,
    .vote = vote_climbing,
};
