/* board.h - a scenario prepared for play: who sits at the table, what each outcome is
 * worth to each, and in which order a party likes them.
 *
 * A space that can be enumerated (up to BOARD_SMALL outcomes) has its utilities and orders
 * in tables, and an offer is the outcome's number in lexicographic order. In a larger one
 * (vast.h) offers are kept one by one as they are made. A board is never changed by play:
 * any number of sessions on any number of threads may share one.
 */
#ifndef PLAY_BOARD_H
#define PLAY_BOARD_H

#include "base/stop.h"
#include "space/space.h"

#include <truce/play.h>

enum { BOARD_SMALL = 8 << 20 };

/* One seat's view. Utilities are on the file's own scale.
 *
 *   utility    [outcomes] of a small board
 *   admits     [outcomes] bits: may this seat offer or accept it
 *   order      [admitted] best first, ties in lexicographic order
 *   least..greatest over the admissible; lowest over all outcomes
 */
typedef struct board_seat {
    size_t party; /* scenario->parties */
    double *utility;
    uint64_t *admits;
    uint32_t *order;
    uint64_t admitted;
    double greatest, least, lowest, reservation, discount;
    bool has_reservation, has_discount;
} board_seat;

typedef struct board {
    arena memory;
    void *tables; /* utilities and orders of all seats, where outcomes are enumerated */
    const truce_scenario *scenario;
    space *space;
    size_t seats, issues;
    board_seat *seat; /* [seats] */
    bool small, lists_alone;
    uint32_t outcomes;      /* of a small board */
    const uint32_t *places; /* [issues] what one step of a value adds to the number */
    struct vast *vast;      /* of a large one, else NULL */
} board;

/* NULL when choices make no sense, which error then says. over as
 * truce_session_choices.over. O(outcomes * (seats + issues)) when small. */
board *board_new(const truce_scenario *scenario, truce_list over,
                 const truce_stop *stop, truce_error *error);
void board_free(board *made); /* NULL is fine */

/* For tests: another bound between small and vast, and a vast board that has lists alone,
 * none of the ways that are exact in spaces that are not so large. */
typedef struct board_choices {
    uint64_t small_most;
    bool lists_alone;
} board_choices;
board *board_new_as(const truce_scenario *scenario, truce_list over,
                    const board_choices *choices, const truce_stop *stop,
                    truce_error *error);

static inline bool board_admits(const board_seat *seat, truce_offer offer)
{
    return seat->admits[offer / 64] >> offer % 64 & 1;
}

/* Small boards: number to values and back. O(issues). */
void board_outcome(const board *made, truce_offer offer, truce_value *outcome);
truce_offer board_offer(const board *made, const truce_value *outcome);

/* Small boards: the place in a seat's order of the last admissible outcome that is worth
 * at least so much; admitted when none is. O(log outcomes). */
uint64_t board_at_least(const board_seat *seat, double utility);

#endif
