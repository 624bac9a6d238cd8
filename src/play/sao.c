/* sao: stacked alternating offers (Aydogan, Festen, Hindriks, Jonker, Alternating offers
 * protocols for multilateral negotiation, 2017).
 *
 *                 +----------------------------------------------+
 *                 |                                              |
 *     begin       v            offer                             |
 *   --------> [ OFFER ] ------------------> next seat            |
 *                 |                             |                | reject
 *                 | leave                       v    accept,     |
 *                 |                  +----> [ ANSWER ] ----------+
 *                 v                  |       |  |  |
 *              ( left ) <------------|-------+  |  | accept, the last of the others
 *                            leave   +----------+  v
 *                                    accept,    ( agreed )
 *                                    not the last
 *
 * Seats act in a fixed order, and a round is one turn of each: after the last seat's turn
 * the next round begins, and after the last round the time is over. Making an offer counts
 * as accepting it.
 */
#include "play/protocol.h"

enum { OFFER, ANSWER };

static asked asks(const talks *at)
{
    if (at->ended)
        return (asked){.what = WANTED_NOTHING};
    if (at->phase == OFFER)
        return (asked){.what = WANTED_OFFER, .seat = at->actor};
    return (asked){.what = WANTED_ANSWER, .seat = at->actor, .offer = at->standing};
}

static void next_seat(talks *at)
{
    at->phase = ANSWER;
    if (++at->actor < at->seats)
        return;
    at->actor = 0;
    next_round(at);
}

static void told(talks *at, truce_said said, truce_offer offer)
{
    switch (said) {
    case TRUCE_SAID_OFFER:
        at->standing = offer;
        at->accepted = 1;
        next_seat(at);
        return;
    case TRUCE_SAID_ACCEPT:
        if (++at->accepted == at->seats)
            talks_end(at, TRUCE_SESSION_AGREED, at->standing);
        else
            next_seat(at);
        return;
    case TRUCE_SAID_REJECT:
        at->phase = OFFER;
        return;
    case TRUCE_SAID_LEAVE:
    case TRUCE_SAID_DRAFT:
        talks_end(at, TRUCE_SESSION_LEFT, TRUCE_NO_OFFER);
    }
}

const protocol protocol_sao = {
    .part = {.name = "sao",
             .line =
                 "stacked alternating offers: answer the standing offer, or make one",
             .paper = "Aydogan, Festen, Hindriks, Jonker 2017"},
    .first_phase = OFFER,
    .asks = asks,
    .told = told,
};
