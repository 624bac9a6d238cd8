/* micro: the minimal concession strategy (de Jonge, An analysis of the linear bilateral
 * ANAC domains using the MiCRO benchmark strategy, 2022).
 *
 * Outcomes are taken best first. A new one is offered as long as the number of different
 * offers sent is no larger than that of the different offers received; else one of the
 * earlier ones is repeated, drawn by lot. With several others, those received from the one
 * who sent the fewest count.
 */
#include "play/parts.h"
#include "play/seen.h"

#include <stdlib.h>

typedef struct micro {
    uint64_t sent;  /* the first so many of the own order */
    seen *received; /* [seats] */
} micro;

static void begin(player *me)
{
    micro *mine = me->bid_state;
    mine->received = must_allocate_zeroed(me->board->seats, sizeof *mine->received);
}

static void hear(player *me, size_t from, truce_offer offer)
{
    micro *mine = me->bid_state;
    seen_add(&mine->received[from], offer);
}

static uint64_t fewest_received(const player *me)
{
    const micro *mine = me->bid_state;
    uint64_t fewest = UINT64_MAX;
    for (size_t s = 0; s < me->board->seats; s++)
        if (s != me->seat && mine->received[s].count < fewest)
            fewest = mine->received[s].count;
    return fewest;
}

static bool may_concede(const player *me)
{
    const micro *mine = me->bid_state;
    return mine->sent <= fewest_received(me) && mine->sent < admissible_count(me);
}

static truce_offer bid(player *me)
{
    micro *mine = me->bid_state;
    if (may_concede(me)) {
        truce_offer offer = best(me, mine->sent);
        if (offer != TRUCE_NO_OFFER) {
            mine->sent++;
            return offer;
        }
    }
    return mine->sent == 0 ? TRUCE_NO_OFFER
                           : best(me, random_below(&me->dice, mine->sent));
}

static void end(player *me)
{
    micro *mine = me->bid_state;
    for (size_t s = 0; s < me->board->seats; s++)
        seen_free(&mine->received[s]);
    free(mine->received);
}

const bidding bidding_micro = {
    .part = {.name = "micro",
             .line = "one new offer for each new one received, best first",
             .paper = "de Jonge 2022"},
    .size = sizeof(micro),
    .begin = begin,
    .hear = hear,
    .bid = bid,
    .end = end,
};

/* The lowest offer it would make now: the next one if it may concede, else the last it
 * conceded to. */
static truce_offer lowest_offer(player *me)
{
    const micro *mine = me->bid_state;
    if (mine->sent == 0)
        return best(me, 0);
    return best(me, may_concede(me) ? mine->sent : mine->sent - 1);
}

static bool accepts(player *me, truce_offer offer)
{
    bool concedes = me->plays->bids == &bidding_micro;
    truce_offer lowest = concedes ? lowest_offer(me) : player_next(me);
    return lowest != TRUCE_NO_OFFER && worth(me, offer) >= worth(me, lowest);
}

const acceptance_rule accept_micro = {
    .part = {.name = "micro",
             .line =
                 "at least the lowest offer that MiCRO would make now; with another "
                 "bidding rule as next",
             .paper = "de Jonge 2022"},
    .accepts = accepts,
};
