/* acceptance: when to take an offer that is admissible.
 *
 * The conditions are those of Baarslag, Hindriks, Jonker, Effective acceptance conditions
 * in real-time automated negotiation (2014), with the own range as the unit of their
 * constants; "probability" is AgentK's (Kawaguchi, Fujita, Ito 2011). Utilities are those of
 * the party itself.
 */
#include "play/parts.h"

#include <math.h>
#include <stdlib.h>

static double range_of(const player *me)
{
    return me->mine->greatest - me->mine->least;
}

/* 0 at the least admissible utility, 1 at the greatest. */
static double share_of(const player *me, truce_offer offer)
{
    double range = range_of(me);
    return range > 0 ? (worth(me, offer) - me->mine->least) / range : 1;
}

/* ---- target ---------------------------------------------------------------------------- */

static bool reaches_target(player *me, truce_offer offer)
{
    double (*target)(player * me) = me->plays->bids->target;
    if (target)
        return worth(me, offer) >= target(me);
    truce_offer next = player_next(me);
    return next == TRUCE_NO_OFFER || worth(me, offer) >= worth(me, next);
}

const acceptance_rule accept_target = {
    .part = {.name = "target",
             .line = "at least the utility that it asks for now",
             .paper = "Faratin, Sierra, Jennings 1998"},
    .accepts = reaches_target,
};

/* ---- next, previous ------------------------------------------------------------------ */

static const truce_parameter scale_and_shift[] = {
    {"scale", 1, 0, 1e9, "what the offer's utility is multiplied by"},
    {"shift", 0, -1e9, 1e9, "what is added to it, in utility"},
    {0}};

static double scaled(const player *me, truce_offer offer)
{
    const double *given = me->plays->take_given;
    return given[0] * worth(me, offer) + given[1];
}

static bool reaches_next(player *me, truce_offer offer)
{
    truce_offer next = player_next(me);
    return next != TRUCE_NO_OFFER && scaled(me, offer) >= worth(me, next);
}

const acceptance_rule accept_next = {
    .part = {.name = "next",
             .line = "at least as good as the own next offer",
             .paper = "Baarslag, Hindriks, Jonker 2014",
             .parameters = scale_and_shift},
    .accepts = reaches_next,
};

static bool beats_next(player *me, truce_offer offer)
{
    truce_offer next = player_next(me);
    return next != TRUCE_NO_OFFER && scaled(me, offer) > worth(me, next);
}

const acceptance_rule accept_next_strict = {
    .part = {.name = "above-next",
             .line = "better than the own next offer",
             .paper = "GENIUS's time-dependent agents, as their results show",
             .parameters = scale_and_shift},
    .accepts = beats_next,
};

static bool reaches_previous(player *me, truce_offer offer)
{
    truce_offer previous = me->last[me->seat];
    return previous != TRUCE_NO_OFFER && scaled(me, offer) >= worth(me, previous);
}

const acceptance_rule accept_previous = {
    .part = {.name = "previous",
             .line = "at least as good as the own previous offer",
             .paper = "Baarslag, Hindriks, Jonker 2014",
             .parameters = scale_and_shift},
    .accepts = reaches_previous,
};

/* ---- constant, time, gap ----------------------------------------------------------------- */

static const truce_parameter constant[] = {
    {"share", 0.8, 0, 1, "of the own range, from the least to the greatest"}, {0}};

static bool reaches_constant(player *me, truce_offer offer)
{
    return share_of(me, offer) >= me->plays->take_given[0];
}

const acceptance_rule accept_constant = {
    .part = {.name = "constant",
             .line = "at least a share of the own range",
             .paper = "Baarslag, Hindriks, Jonker 2014",
             .parameters = constant},
    .accepts = reaches_constant,
};

static const truce_parameter after[] = {
    {"after", 0.99, 0, 1, "the time from when on it accepts anything admissible"}, {0}};

static bool is_late(player *me, truce_offer offer)
{
    (void)offer;
    return me->time >= me->plays->take_given[0];
}

const acceptance_rule accept_time = {
    .part = {.name = "time",
             .line = "anything admissible after a time",
             .paper = "Baarslag, Hindriks, Jonker 2014",
             .parameters = after},
    .accepts = is_late,
};

static const truce_parameter gap[] = {
    {"gap", 0.1, 0, 1, "how far below the own previous offer, as share of the range"},
    {0}};

static bool is_near_previous(player *me, truce_offer offer)
{
    truce_offer previous = me->last[me->seat];
    return previous != TRUCE_NO_OFFER &&
           worth(me, offer) + me->plays->take_given[0] * range_of(me) >=
               worth(me, previous);
}

const acceptance_rule accept_gap = {
    .part = {.name = "gap",
             .line = "within a gap of the own previous offer",
             .paper = "Baarslag, Hindriks, Jonker 2014",
             .parameters = gap},
    .accepts = is_near_previous,
};

/* ---- combi ------------------------------------------------------------------------------- */

/* What was received, in order, so that a window can be looked back on. */
typedef struct received {
    double *worths, *times;
    size_t count, room, time_room;
} received;

enum { COMBI_AFTER, COMBI_WINDOW, COMBI_MEAN };

static const truce_parameter combi[] = {
    {"after", 0.98, 0, 1, "the time from when on the window counts"},
    {"window", 0, 0, 1, "how far it looks back; 0: as far as there is time left"},
    {"mean", 0, 0, 1, "1: better than the window's mean; 0: than its best"},
    {0}};

static void keep_received(player *me, size_t from, truce_offer offer)
{
    (void)from;
    received *all = me->take_state;
    if (all->count == all->room)
        all->worths = grow_room(all->worths, &all->room, sizeof *all->worths);
    if (all->count == all->time_room)
        all->times = grow_room(all->times, &all->time_room, sizeof *all->times);
    all->worths[all->count] = admits(me, offer) ? worth(me, offer) : me->mine->least;
    all->times[all->count++] = me->time;
}

/* The best or mean of what came in the window before the last, which is judged. */
static double window_of(const player *me, const received *all)
{
    const double *given = me->plays->take_given;
    double length = given[COMBI_WINDOW] > 0 ? given[COMBI_WINDOW] : 1 - me->time;
    double most = -INFINITY, sum = 0;
    size_t count = 0;
    for (size_t k = all->count - 1; k-- > 0 && all->times[k] >= me->time - length;) {
        most = fmax(most, all->worths[k]);
        sum += all->worths[k];
        count++;
    }
    return given[COMBI_MEAN] > 0 && count > 0 ? sum / (double)count : most;
}

static bool combines(player *me, truce_offer offer)
{
    truce_offer next = player_next(me);
    if (next != TRUCE_NO_OFFER && worth(me, offer) >= worth(me, next))
        return true;
    const received *all = me->take_state;
    return me->time >= me->plays->take_given[COMBI_AFTER] && all->count > 0 &&
           worth(me, offer) >= window_of(me, all);
}

static void forget_received(player *me)
{
    received *all = me->take_state;
    free(all->worths);
    free(all->times);
}

const acceptance_rule accept_combi = {
    .part = {.name = "combi",
             .line = "as next; late also what is no worse than a window of the past",
             .paper = "Baarslag, Hindriks, Jonker 2014",
             .parameters = combi},
    .size = sizeof(received),
    .hear = keep_received,
    .accepts = combines,
    .end = forget_received,
};

/* ---- probability -------------------------------------------------------------------------- */

/* Mean and spread of what was received, by Welford's recurrence. */
typedef struct spread {
    double mean, squares;
    size_t count;
} spread;

static void measure_received(player *me, size_t from, truce_offer offer)
{
    (void)from;
    spread *seen = me->take_state;
    double share = fmin(1, fmax(0, share_of(me, offer)));
    double off = share - seen->mean;
    seen->count++;
    seen->mean += off / (double)seen->count;
    seen->squares += off * (share - seen->mean);
}

/* t^5/5 + (offer - emax) + (offer - target), emax the most that can be expected of the
 * others: 1 where what they offer is spread wide, their mean where it is narrow. */
static bool takes_by_chance(player *me, truce_offer offer)
{
    const spread *seen = me->take_state;
    double deviation =
        seen->count > 0 ? sqrt(12 * seen->squares / (double)seen->count) : 0;
    double expected = seen->mean + (1 - seen->mean) * fmin(1, deviation);
    double target = 1 - (1 - expected) * pow(me->time, 3);
    double share = share_of(me, offer);
    double chance = pow(me->time, 5) / 5 + (share - expected) + (share - target);
    return chance > 0.1 && player_chance(me) < chance;
}

const acceptance_rule accept_probability = {
    .part = {.name = "probability",
             .line =
                 "by a chance that grows with time and with what the offer is worth",
             .paper = "Kawaguchi, Fujita, Ito 2011",
             .departs = "one target exponent, 3, for all spaces"},
    .size = sizeof(spread),
    .hear = measure_received,
    .accepts = takes_by_chance,
};

/* ---- anything -------------------------------------------------------------------------------- */

static bool takes_anything(player *me, truce_offer offer)
{
    (void)me;
    (void)offer;
    return true;
}

const acceptance_rule accept_anything = {
    .part = {.name = "anything", .line = "anything admissible", .paper = "a baseline"},
    .accepts = takes_anything,
};
