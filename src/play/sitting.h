/* sitting.h - a table made ready: board, protocol, seated strategies; sessions are played
 * at it one after the other, each anew.
 *
 * A sitting belongs to one thread; the board and the strategies may be shared.
 */
#ifndef PLAY_SITTING_H
#define PLAY_SITTING_H

#include "play/parts.h"

/* One thing said, as it was kept. */
typedef struct said {
    uint32_t round;
    double time;
    size_t seat;
    truce_said what;
    truce_offer offer;
} said;

/* What was said in a session. A zeroed one is empty. */
typedef struct transcript {
    said *items; /* [count] */
    size_t count, room;
} transcript;

/* How a session ended. */
typedef struct ending {
    truce_session_end end;
    uint32_t step;
    double time;
    truce_offer agreement;
    uint64_t offers, answers;
} ending;

typedef struct sitting {
    arena memory;
    const board *board;
    const protocol *rules;
    const strategy *plays; /* [seats] */
    player *players;       /* [seats] */
    truce_offer *last;     /* [seats] */
    offers *table;
    talks talks;
    uint32_t rounds; /* 0: by the clock */
    double seconds;
    random_stream mediator;
    truce_value *draft; /* [issues] */
    transcript *kept;   /* NULL: nobody listens */
    double began;       /* on the clock */
} sitting;

typedef struct sitting_choices {
    const protocol *rules;
    const strategy *plays; /* [seats] */
    uint32_t rounds;       /* 0: by the clock */
    double seconds;
    truce_convention as;
} sitting_choices;

/* board and plays must outlive it. O(rounds * seats) and what strategies prepare. */
sitting *sitting_new(const board *made, const sitting_choices *choices);
void sitting_free(sitting *table); /* NULL is fine */

/* Plays one session; kept may be NULL. */
ending sitting_play(sitting *table, uint64_t seed, const truce_stop *stop,
                    transcript *kept);

/* What an offer of the last session is worth to a seat. */
double sitting_worth(const sitting *table, size_t seat, truce_offer offer);

#endif
