/* nice tit for tat: mirror the other's way towards the Nash point, and of the offers that
 * do so make the one it likes best (Baarslag, Hindriks, Jonker, A tit for tat negotiation
 * strategy for real-time bilateral negotiations, 2013).
 *
 * The Nash point is that of the model: the admissible outcome with the largest product of
 * the own share of the range and the estimates of the others. It is looked for anew each
 * time the number of offers received has doubled, among outcomes evenly spread over the own
 * range: 4,096, or 256 of a space that cannot be enumerated.
 */
#include "play/parts.h"

#include <math.h>

typedef struct nice {
    double nash;             /* own utility there */
    uint64_t heard, look_at; /* offers, and when to look again */
    double least, greatest;  /* of the offers received, in own utility */
} nice;

enum { OUTCOMES_LOOKED_AT = 4096, OF_A_VAST_SPACE = 256 };

static double share_of(const player *me, double utility)
{
    double range = me->mine->greatest - me->mine->least;
    return range > 0 ? (utility - me->mine->least) / range : 1;
}

static void hear(player *me, size_t from, truce_offer offer)
{
    (void)from;
    nice *mine = me->bid_state;
    double here = worth(me, offer);
    mine->least = mine->heard == 0 ? here : fmin(mine->least, here);
    mine->greatest = mine->heard == 0 ? here : fmax(mine->greatest, here);
    mine->heard++;
}

static double product(player *me, truce_offer offer)
{
    double all = share_of(me, worth(me, offer));
    for (size_t s = 0; s < me->board->seats; s++)
        if (s != me->seat)
            all *= player_estimate(me, s, offer);
    return all;
}

/* Own utility of the largest product among outcomes evenly spread over the own order. */
static double find_nash(player *me)
{
    double most = -1, utility = me->mine->greatest;
    uint64_t count = me->board->small ? me->mine->admitted : OF_A_VAST_SPACE;
    uint64_t step = count / OUTCOMES_LOOKED_AT + 1;
    for (uint64_t k = 0; k < count; k += step) {
        double share = (double)k / (double)count;
        truce_offer offer =
            me->board->small
                ? me->mine->order[k]
                : about_least(me, me->mine->greatest -
                                      share * (me->mine->greatest - me->mine->least));
        double here = offer == TRUCE_NO_OFFER ? -1 : product(me, offer);
        if (here > most) {
            most = here;
            utility = worth(me, offer);
        }
    }
    return utility;
}

/* How far the others have come from the worst they offered towards the Nash point. */
static double way_of_others(const nice *mine)
{
    double whole = mine->nash - mine->least;
    if (whole <= 0)
        return 1;
    return fmin(1, fmax(0, (mine->greatest - mine->least) / whole));
}

/* A bonus that shrinks with time is kept on top, as the paper has it. */
static double target(player *me)
{
    nice *mine = me->bid_state;
    if (mine->heard == 0)
        return me->mine->greatest;
    double bonus = 0.5 - 0.5 * fmax(0, fmin(1, me->time));
    double aim = mine->nash + 0.1 * bonus * (me->mine->greatest - mine->nash);
    return me->mine->greatest - way_of_others(mine) * (me->mine->greatest - aim);
}

static truce_offer bid(player *me)
{
    nice *mine = me->bid_state;
    if (mine->heard >= mine->look_at && mine->heard > 0) {
        mine->nash = find_nash(me);
        mine->look_at = 2 * mine->heard;
    }
    double low = fmax(me->mine->least, fmin(target(me), me->mine->greatest));
    double band = 0.02 * (me->mine->greatest - me->mine->least);
    return best_for_others(me, low, low + band);
}

static void begin(player *me)
{
    nice *mine = me->bid_state;
    mine->nash = me->mine->greatest;
    mine->look_at = 1;
}

const bidding bidding_nice_tit_for_tat = {
    .part = {.name = "nice-tit-for-tat",
             .line = "mirrors the others' way to the Nash point, with offers they like",
             .paper = "Baarslag, Hindriks, Jonker 2013",
             .departs =
                 "the Nash point is looked for at every doubling of offers heard"},
    .size = sizeof(nice),
    .begin = begin,
    .hear = hear,
    .bid = bid,
};
