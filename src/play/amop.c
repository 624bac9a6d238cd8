/* amop, mopac: everybody offers, then everybody votes on every offer (Aydogan, Festen,
 * Hindriks, Jonker, Alternating offers protocols for multilateral negotiation, 2017; the
 * second after MOPAC, multiple offers with partial consensus, GeniusWeb, without its
 * partial agreements: nobody is bound who has not accepted).
 *
 *   begin            all have offered          all have voted on all
 *   ----> [ OFFER ] -----------------> [ VOTE ] -----+-----------> ( agreed ), when an
 *            ^  \                        /            |              offer has all votes
 *            |   \ leave         leave  /             | else
 *            |    v                    v              |
 *            |      ( left )                          |
 *            +----------------------------------------+   amop: next round
 *            |                                        v
 *            +------------------------------------ [ JOIN ] ---> ( agreed )
 *                   else: next round                  mopac: who voted against an offer
 *                                                     that others voted for is asked once
 *                                                     more, knowing that
 *
 * Of several offers with all votes the one of the earliest seat is agreed. A seat's own
 * offer has its vote.
 */
#include "play/protocol.h"

enum { OFFER, VOTE, JOIN };

/* In VOTE and JOIN turn is the seat whose offer is voted on. */

static bool has_voted_for(const talks *at, size_t seat, size_t offer)
{
    return at->votes[offer] >> seat & 1;
}

static asked asks(const talks *at)
{
    if (at->ended)
        return (asked){.what = WANTED_NOTHING};
    if (at->phase == OFFER)
        return (asked){.what = WANTED_OFFER, .seat = at->actor};
    return (asked){
        .what = WANTED_ANSWER, .seat = at->actor, .offer = at->offers[at->turn]};
}

static bool is_wanted(const talks *at)
{
    if (has_voted_for(at, at->actor, at->turn))
        return false;
    uint64_t alone = (uint64_t)1 << at->turn;
    return at->phase == VOTE || at->votes[at->turn] != alone;
}

/* To the next vote that is wanted from here on; false when there is none. */
static bool find_vote(talks *at)
{
    for (; at->actor < at->seats; at->actor++, at->turn = 0)
        for (; at->turn < at->seats; at->turn++)
            if (is_wanted(at))
                return true;
    return false;
}

static bool agree_on_one(talks *at)
{
    uint64_t all = at->seats == 64 ? UINT64_MAX : ((uint64_t)1 << at->seats) - 1;
    for (size_t k = 0; k < at->seats; k++)
        if (at->votes[k] == all) {
            talks_end(at, TRUCE_SESSION_AGREED, at->offers[k]);
            return true;
        }
    return false;
}

static void begin_phase(talks *at, int phase)
{
    at->phase = phase;
    at->actor = at->turn = 0;
}

static void count_votes(talks *at, int last)
{
    if (agree_on_one(at))
        return;
    if (at->phase < last) {
        begin_phase(at, at->phase + 1);
        if (find_vote(at))
            return;
    }
    begin_phase(at, OFFER);
    next_round(at);
}

static void take_offer(talks *at, truce_offer offer)
{
    at->offers[at->actor] = offer;
    at->votes[at->actor] = (uint64_t)1 << at->actor;
    if (++at->actor < at->seats)
        return;
    begin_phase(at, VOTE);
    find_vote(at);
}

static void told_until(talks *at, truce_said said, truce_offer offer, int last)
{
    if (said == TRUCE_SAID_LEAVE) {
        talks_end(at, TRUCE_SESSION_LEFT, TRUCE_NO_OFFER);
    } else if (at->phase == OFFER) {
        take_offer(at, offer);
    } else {
        if (said == TRUCE_SAID_ACCEPT)
            at->votes[at->turn] |= (uint64_t)1 << at->actor;
        at->turn++;
        if (!find_vote(at))
            count_votes(at, last);
    }
}

static void told_amop(talks *at, truce_said said, truce_offer offer)
{
    told_until(at, said, offer, VOTE);
}

static void told_mopac(talks *at, truce_said said, truce_offer offer)
{
    told_until(at, said, offer, JOIN);
}

const protocol protocol_amop = {
    .part = {.name = "amop",
             .line = "in each round everybody offers, then votes on every offer",
             .paper = "Aydogan, Festen, Hindriks, Jonker 2017"},
    .first_phase = OFFER,
    .asks = asks,
    .told = told_amop,
};

const protocol protocol_mopac = {
    .part = {.name = "mopac",
             .line = "as amop, and who voted against an offer may join those for it",
             .paper = "MOPAC of GeniusWeb (Interactive Intelligence, TU Delft)",
             .departs = "no partial agreements: nobody is bound who has not accepted"},
    .first_phase = OFFER,
    .asks = asks,
    .told = told_mopac,
};
