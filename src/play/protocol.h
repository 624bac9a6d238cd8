/* protocol.h - the rules of talks, each a pure state machine.
 *
 * talks holds all that a machine knows. asks() says of whom what is wanted now; told()
 * takes what was said and moves on. Neither looks at preferences, clocks or dice: the same
 * words give the same talks, whoever speaks them. A protocol is one file that ends with its
 * table entry, and a line in parts.c.
 */
#ifndef PLAY_PROTOCOL_H
#define PLAY_PROTOCOL_H

#include <truce/play.h>

typedef enum wanted {
    WANTED_NOTHING, /* the talks have ended */
    WANTED_OFFER,
    WANTED_ANSWER,  /* to `offer` */
    WANTED_VOTE,    /* for the draft `offer` against the text `against` */
    WANTED_CONSENT, /* to the final text `offer`: a veto, or none */
    WANTED_DRAFT,   /* of the mediator: any outcome at all */
    WANTED_CHANGE   /* of the mediator: the text `against` with one issue changed */
} wanted;

typedef struct asked {
    wanted what;
    size_t seat; /* of the mediator: TRUCE_NOBODY */
    truce_offer offer, against;
} asked;

/*   rounds     0: as many as time allows
 *   round      from 0
 *   actor      whose turn it is
 *   phase      the protocol's own
 *   accepted   how many have said yes in a row, or to the draft
 *   standing   the offer or text on the table; draft: what is voted on
 *   offers     [seats] of this round, and votes [seats]: bits of who accepts each
 */
typedef struct talks {
    size_t seats;
    uint32_t rounds, round;
    size_t actor, turn, accepted;
    int phase;
    truce_offer standing, draft;
    truce_offer *offers;
    uint64_t *votes;
    bool ended;
    truce_session_end end;
    truce_offer agreement;
} talks;

enum { SEATS_MOST = 64 }; /* votes are bits of a word */

/* late: what is still wanted when the time by the clock is over; NULL: nothing. */
typedef struct protocol {
    truce_part part;
    int first_phase;
    asked (*asks)(const talks *at);
    void (*told)(talks *at, truce_said said, truce_offer offer);
    void (*late)(talks *at);
} protocol;

static inline void talks_end(talks *at, truce_session_end end, truce_offer agreement)
{
    at->ended = true;
    at->end = end;
    at->agreement = agreement;
}

/* On to the next round; after the last the time is over. */
static inline void next_round(talks *at)
{
    at->round++;
    if (at->rounds > 0 && at->round == at->rounds)
        talks_end(at, TRUCE_SESSION_TIMED_OUT, TRUCE_NO_OFFER);
}

/* The time by the clock is over: the talks end, unless something is still wanted. */
static inline void talks_time_over(const protocol *rules, talks *at)
{
    if (rules->late)
        rules->late(at);
    else
        talks_end(at, TRUCE_SESSION_TIMED_OUT, TRUCE_NO_OFFER);
}

extern const protocol protocol_sao, protocol_amop, protocol_mopac, protocol_text,
    protocol_random_mediator;

#endif
