/* answers.h - the answers that rest on numbers: that a deal exists, that a move is open
 * now, that an observed decision is reproduced. What flip moves and draws. */
#ifndef BRIEF_ANSWERS_H
#define BRIEF_ANSWERS_H

#include "base/arena.h"
#include "base/stop.h"
#include "space/space.h"

typedef enum answer_kind { ANSWER_DEAL, ANSWER_MOVE, ANSWER_DECISION } answer_kind;

/* outcome is the move, or the status quo with the offer; base is what it is compared
 * with. */
typedef struct answer {
    answer_kind kind;
    const char *name; /* "deal", "move:exchange=all-for-all", "observed:b3:RU" */
    const truce_value *outcome, *base; /* [issue_count]; NULL for the deal */
    const bool *needed;                /* [party_count] of a move */
    size_t party;                      /* of a decision */
    bool accepted;                     /* of a decision */
    bool breaks; /* a decision: the offer newly breaks a red line or rule */
} answer;

typedef struct answers {
    const answer *items;
    size_t count;
} answers;

/* Every answer of a scenario; moves are those of one issue that are open now. */
truce_status answers_of(const truce_scenario *scenario, const truce_stop *stop,
                        arena *memory, answers *all, truce_error *error);

/* Does a move or a decision hold with the numbers of compiled? O(parties * issues). */
bool answer_holds(const space *compiled, const answer *one);

/* ... if the change to party had this sign, and everybody else's were as it is. */
bool answer_holds_if(const space *compiled, const answer *one, size_t party, int sign);

/* -1, 0 or 1: is the outcome of a move or decision worse, as good or better to a party?
 */
int answer_sign(const space *compiled, const answer *one, size_t party);

#endif
