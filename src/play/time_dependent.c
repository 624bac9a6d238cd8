/* time_dependent: concede by the clock alone (Faratin, Sierra, Jennings, Negotiation
 * decision functions for autonomous agents, 1998).
 *
 *     target(t) = floor + (1 - t^e) (greatest - floor)
 *
 * and the offer is the admissible outcome worth least among those worth at least the
 * target. floor is the larger of the least admissible utility and `floor` of the way from
 * there to the greatest. NegMAS's rule takes `tolerance` off the target before it is cut at
 * the floor. GENIUS's rule is target = 1 - (t - 1/(N+1))^(1/e), counted from a utility of 0,
 * and the bid nearest to it, its e being the other way round: below 1 is Boulware.
 *
 * With a number of rounds all targets and, on a small board, all offers are known before
 * the session: they are prepared once, unless the rounds are too many to keep.
 */
#include "play/parts.h"

#include <math.h>

enum { E, FLOOR, TOLERANCE };
enum { PREPARED_MOST = 1 << 20 /* rounds */ };

static const truce_parameter parameters[] = {
    {"e", 1, 0, INFINITY, "how late it concedes: above 1 late, below 1 early"},
    {"floor", 0, 0, 1, "never below this share of its range"},
    {"tolerance", NAN, 0, 1e9, "taken off the target, in utility"},
    {0}};

typedef struct schedule {
    const double *targets;     /* [rounds] or NULL */
    const truce_offer *offers; /* [rounds] or NULL */
    double given[PARAMETERS_MOST];
    double low, greatest;
    truce_convention as;
} schedule;

/* NegMAS: lo = max(min, reservation), min over all outcomes. */
static double low_of(const board_seat *mine, const schedule *plan)
{
    double low = mine->least;
    if (plan->as != TRUCE_OWN)
        low = mine->has_reservation ? fmax(mine->lowest, mine->reservation)
                                    : mine->lowest;
    return low + plan->given[FLOOR] * (mine->greatest - low);
}

static double tolerance_of(const schedule *plan)
{
    if (!isnan(plan->given[TOLERANCE]))
        return plan->given[TOLERANCE];
    return plan->as == TRUCE_AS_NEGMAS ? 0.001 : 0;
}

static double target_at(const schedule *plan, double t)
{
    double range = plan->greatest - plan->low;
    double target =
        plan->low + (1 - pow(t, plan->given[E])) * range - tolerance_of(plan);
    return fmin(fmax(target, plan->low), plan->greatest);
}

static double genius_target(const schedule *plan, double t, uint32_t rounds)
{
    double start = rounds > 0 ? 1.0 / (rounds + 1) : 0;
    double target = 1 - pow(fmax(0, t - start), 1 / plan->given[E]);
    return fmax(target, plan->given[FLOOR]) * plan->greatest;
}

static double target_of(const schedule *plan, double t, uint32_t rounds)
{
    return plan->as == TRUCE_AS_GENIUS ? genius_target(plan, t, rounds)
                                       : target_at(plan, t);
}

/* The admissible offer whose utility is nearest to the target, the better one of two. */
static truce_offer nearest_on(const board_seat *mine, double target)
{
    uint64_t above = board_at_least(mine, target);
    if (mine->admitted == 0)
        return TRUCE_NO_OFFER;
    if (above == mine->admitted)
        return mine->order[0];
    if (above + 1 == mine->admitted)
        return mine->order[above];
    double up = mine->utility[mine->order[above]] - target;
    double down = target - mine->utility[mine->order[above + 1]];
    return mine->order[down < up ? above + 1 : above];
}

static truce_offer offer_on(const schedule *plan, const board_seat *mine, double target)
{
    if (plan->as == TRUCE_AS_GENIUS)
        return nearest_on(mine, target);
    uint64_t place = board_at_least(mine, target);
    return place < mine->admitted ? mine->order[place] : TRUCE_NO_OFFER;
}

static void *prepare(const terms *given, arena *memory)
{
    const board_seat *mine = &given->board->seat[given->seat];
    schedule *plan = arena_new(memory, schedule);
    for (size_t k = 0; k < PARAMETERS_MOST; k++)
        plan->given[k] = given->given[k];
    plan->as = given->as;
    plan->greatest = mine->greatest;
    plan->low = low_of(mine, plan);
    if (given->rounds == 0 || given->rounds > PREPARED_MOST)
        return plan;
    double *targets = arena_array(memory, given->rounds, double);
    truce_offer *bids = arena_array(memory, given->rounds, truce_offer);
    for (uint32_t round = 0; round < given->rounds; round++) {
        targets[round] =
            target_of(plan, (round + 1.0) / (given->rounds + 1.0), given->rounds);
        bids[round] =
            given->board->small ? offer_on(plan, mine, targets[round]) : TRUCE_NO_OFFER;
    }
    plan->targets = targets;
    plan->offers = given->board->small ? bids : NULL;
    return plan;
}

static double target(player *me)
{
    const schedule *plan = me->bid_prepared;
    return plan->targets ? plan->targets[me->round]
                         : target_of(plan, me->time, me->rounds);
}

static truce_offer bid(player *me)
{
    const schedule *plan = me->bid_prepared;
    if (plan->offers)
        return plan->offers[me->round];
    return me->board->small ? offer_on(plan, me->mine, target(me))
                            : at_least(me, target(me));
}

const bidding bidding_time = {
    .part = {.name = "time",
             .line = "concedes by the clock alone",
             .paper = "Faratin, Sierra, Jennings 1998",
             .parameters = parameters},
    .prepare = prepare,
    .bid = bid,
    .target = target,
};
