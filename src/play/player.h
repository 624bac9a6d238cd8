/* player.h - a party at the table: a bidding rule, an acceptance rule and a model of the
 * others, each an entry of a table, put together freely (Baarslag et al., Decoupling
 * negotiating agents to explore the space of negotiation strategies, 2014).
 *
 * Each entry is one struct with its functions, at the end of the file that implements it;
 * parts.c lists them all. A new one is a new file and a line there.
 */
#ifndef PLAY_PLAYER_H
#define PLAY_PLAYER_H

#include "base/random.h"
#include "play/board.h"
#include "play/offers.h"

#define truce_player truce_seat
typedef struct truce_seat player;

enum { PARAMETERS_MOST = 8 };

/* What is fixed for a seat before any session: shared by all of them. */
typedef struct terms {
    const board *board;
    size_t seat;
    uint32_t rounds; /* 0: by the clock */
    truce_convention as;
    const double *given; /* [PARAMETERS_MOST] of the part in question */
} terms;

/* Makes the next offers.
 *
 *   prepare  what is the same in all sessions (NULL: nothing); taken from memory
 *   bid      the next offer, TRUCE_NO_OFFER to leave
 *   target   the utility it asks for now, where the rule has such a thing; else NULL
 *   vote     for a mediator's draft against the text that stands; NULL: for what is worth
 *            at least as much
 */
typedef struct bidding {
    truce_part part;
    size_t size; /* bytes of state, zeroed before begin */
    void *(*prepare)(const terms *given, arena *memory);
    void (*begin)(player *me);
    void (*hear)(player *me, size_t from, truce_offer offer);
    truce_offer (*bid)(player *me);
    double (*target)(player *me);
    bool (*vote)(player *me, truce_offer draft, truce_offer standing);
    void (*end)(player *me);
} bidding;

/* Says whether to take an offer that is admissible. player_next() is the own next offer. */
typedef struct acceptance {
    truce_part part;
    size_t size;
    void (*begin)(player *me);
    void (*hear)(player *me, size_t from, truce_offer offer);
    bool (*accepts)(player *me, truce_offer offer);
    void (*end)(player *me);
} acceptance_rule;

/* Guesses what an offer is worth to another seat, from 0 to 1. */
typedef struct model {
    truce_part part;
    size_t size;
    void *(*prepare)(const terms *given, arena *memory);
    void (*begin)(player *me);
    void (*hear)(player *me, size_t from, truce_offer offer);
    double (*estimate)(player *me, size_t of, truce_offer offer);
    void (*end)(player *me);
} model;

/* A strategy as it was written: three parts with their parameters, or one of the caller. */
typedef struct strategy {
    const char *text; /* as it was named */
    const bidding *bids;
    const acceptance_rule *takes;
    const model *guesses; /* NULL: none */
    double bid_given[PARAMETERS_MOST], take_given[PARAMETERS_MOST],
        guess_given[PARAMETERS_MOST];
    const truce_strategy *own; /* instead of all these, or NULL */
} strategy;

struct truce_seat {
    const board *board;
    const board_seat *mine;
    size_t seat;
    const strategy *plays;
    offers *table;
    double time;
    uint32_t round, rounds;
    truce_convention as;
    random_stream dice;
    truce_offer next; /* made up already, not yet said */
    bool has_next;
    const void *bid_prepared, *guess_prepared;
    void *bid_state, *take_state,
        *guess_state;        /* guess_state also of an own strategy */
    const truce_offer *last; /* [seats] the last offer of each */
    const char *fault;       /* of an external party */
    double overshoot;        /* the most that a vast board went above what was asked */
};

/* ---- what rules ask ---------------------------------------------------------------- */

static inline double worth(const player *me, truce_offer offer)
{
    return me->board->small ? me->mine->utility[offer]
                            : offers_utility(me->table, offer, me->seat);
}

static inline bool admits(const player *me, truce_offer offer)
{
    return me->board->small ? board_admits(me->mine, offer)
                            : offers_admits(me->table, offer, me->seat);
}

/* As truce_seat_at_least() and truce_seat_best(). */
truce_offer at_least(player *me, double utility);

/* The same for those who look at many: on a vast board in little time, and what it
 * overshoots is not told. */
truce_offer about_least(player *me, double utility);
truce_offer best(player *me, uint64_t place);

/* How many admissible offers there are; UINT64_MAX: more than can be counted. */
uint64_t admissible_count(const player *me);

/* Any admissible offer worth at least so much, by the seat's dice, each equally likely on
 * a small board. */
truce_offer any_at_least(player *me, double utility);

/* Among the admissible offers worth at least low and at most high, the one that the model
 * thinks best for the others, together; the first in the own order of those that tie. A
 * small board looks at up to LOOKED_AT of them, evenly spread; a vast one draws some. When
 * none lies between, the one worth least above low. */
truce_offer best_for_others(player *me, double low, double high);

/* The own next offer: made up once, kept until it is said. */
truce_offer player_next(player *me);

/* What the model thinks; 0.5 without one. */
double player_estimate(player *me, size_t of, truce_offer offer);

double player_chance(player *me); /* uniform in [0, 1) */

/* ---- what a session does with it ------------------------------------------------------ */

void player_begin(player *me);
void player_hear(player *me, size_t from, truce_offer offer);
truce_answer player_answer(player *me, truce_offer offer);
truce_offer player_offer(player *me); /* TRUCE_NO_OFFER: leaves */
truce_answer player_vote(player *me, truce_offer draft, truce_offer standing);
truce_answer player_consent(player *me, truce_offer text);
void player_end(player *me);

#endif
