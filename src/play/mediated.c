/* text, random-mediator: a mediator proposes, the parties vote.
 *
 * text is the mediated single text (Klein, Faratin, Sayama, Bar-Yam, Negotiating complex
 * contracts, 2003): the mediator changes one issue of the text that stands, and the change
 * stays when all vote for it. After the last round each party may still veto the text.
 *
 *   begin                    all for it: the draft stands
 *   ----> [ DRAFT ] ---> [ VOTE ] --------------+
 *            ^            |  one against it:    |  after the last round   one veto
 *            |            |  the text stands    +----> [ CONSENT ] ----> ( timed out )
 *            +------------+---------------------+           |
 *                    next round                             v all
 *                                                       ( agreed )
 *
 * The first draft is any outcome at all, and stands without a vote. By the clock, CONSENT
 * comes when the time is over, in whatever state. random-mediator is the
 * baseline: each draft is any outcome, and the first that all accept is agreed.
 */
#include "play/protocol.h"

enum { DRAFT, VOTE, CONSENT };

/* ---- text ---------------------------------------------------------------------------- */

static asked asks_text(const talks *at)
{
    if (at->ended)
        return (asked){.what = WANTED_NOTHING};
    if (at->phase == VOTE)
        return (asked){WANTED_VOTE, at->actor, at->draft, at->standing};
    if (at->phase == CONSENT)
        return (asked){WANTED_CONSENT, at->actor, at->standing, TRUCE_NO_OFFER};
    bool first = at->standing == TRUCE_NO_OFFER;
    return (asked){first ? WANTED_DRAFT : WANTED_CHANGE, TRUCE_NOBODY, TRUCE_NO_OFFER,
                   at->standing};
}

static void begin_phase(talks *at, int phase)
{
    at->phase = phase;
    at->actor = 0;
    at->accepted = 0;
}

static void next_draft(talks *at)
{
    if (at->rounds > 0 && at->round + 1 == at->rounds) {
        begin_phase(at, CONSENT);
        return;
    }
    at->round++;
    begin_phase(at, DRAFT);
}

static void late_text(talks *at)
{
    if (at->standing == TRUCE_NO_OFFER)
        talks_end(at, TRUCE_SESSION_TIMED_OUT, TRUCE_NO_OFFER);
    else
        begin_phase(at, CONSENT);
}

static void take_vote(talks *at, bool yes)
{
    at->accepted += yes;
    if (++at->actor < at->seats)
        return;
    bool all = at->accepted == at->seats;
    if (at->phase == CONSENT) {
        talks_end(at, all ? TRUCE_SESSION_AGREED : TRUCE_SESSION_TIMED_OUT,
                  all ? at->standing : TRUCE_NO_OFFER);
        return;
    }
    if (all)
        at->standing = at->draft;
    next_draft(at);
}

static void told_text(talks *at, truce_said said, truce_offer offer)
{
    if (said == TRUCE_SAID_LEAVE) {
        talks_end(at, TRUCE_SESSION_LEFT, TRUCE_NO_OFFER);
    } else if (at->phase != DRAFT) {
        take_vote(at, said == TRUCE_SAID_ACCEPT);
    } else if (at->standing == TRUCE_NO_OFFER) {
        at->standing = offer;
        next_draft(at);
    } else {
        at->draft = offer;
        begin_phase(at, VOTE);
    }
}

const protocol protocol_text = {
    .part = {.name = "text",
             .line = "a mediator changes one issue of a text, all vote on each change",
             .paper = "Klein, Faratin, Sayama, Bar-Yam 2003",
             .departs =
                 "a party may veto the final text that is below its outside option"},
    .first_phase = DRAFT,
    .asks = asks_text,
    .told = told_text,
    .late = late_text,
};

/* ---- any outcome ----------------------------------------------------------------------- */

static asked asks_random(const talks *at)
{
    if (at->ended)
        return (asked){.what = WANTED_NOTHING};
    if (at->phase == DRAFT)
        return (asked){WANTED_DRAFT, TRUCE_NOBODY, TRUCE_NO_OFFER, TRUCE_NO_OFFER};
    return (asked){WANTED_ANSWER, at->actor, at->draft, TRUCE_NO_OFFER};
}

static void told_random(talks *at, truce_said said, truce_offer offer)
{
    if (said == TRUCE_SAID_LEAVE) {
        talks_end(at, TRUCE_SESSION_LEFT, TRUCE_NO_OFFER);
    } else if (at->phase == DRAFT) {
        at->draft = offer;
        begin_phase(at, VOTE);
    } else if (said != TRUCE_SAID_ACCEPT) {
        begin_phase(at, DRAFT);
        next_round(at);
    } else if (++at->actor == at->seats) {
        talks_end(at, TRUCE_SESSION_AGREED, at->draft);
    }
}

const protocol protocol_random_mediator = {
    .part = {.name = "random-mediator",
             .line =
                 "a mediator proposes any outcome, the first that all accept is agreed",
             .paper = "a baseline"},
    .first_phase = DRAFT,
    .asks = asks_random,
    .told = told_random,
};
