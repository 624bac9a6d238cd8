/* boxes_graph.h - the conflict graph behind boxes.h: what stands in a scenario as tables
 * and bonuses, written as boxes with amounts that are never negative.
 *
 *     sum(o)  =  base  +  the amounts of all boxes chosen  -  musts * duty
 *
 * for every set of boxes without conflict that is as large as o allows; smaller sets are
 * worth no more. What must hold is a box like others, with an amount on top, `duty`, that
 * is more than all else together to everybody: so a set that lacks one of them is
 * dominated by any set that has them all. Inside the rooms boxes*.c only.
 */
#ifndef SOLVE_BOXES_GRAPH_H
#define SOLVE_BOXES_GRAPH_H

#include "solve/boxes.h"

/*   ranges     [count][issues], both ends included; issues are those of the part
 *   groups     [count] boxes of one group are ways to the same bonus, and conflict, so
 *              that it is had once; 0: no other way
 *   amounts    [count][dims], 0 or more
 *   base       [dims]
 *   is_must    [count]
 *   musts      how many conditions must hold; `duty` is what each is worth
 *   conflicts  [count][words] one bit for each box
 *   broad      the amounts of some party do not add up within 61 bits
 *   bonuses    [dims][bonus_counts] those of the part, as the space has them
 */
typedef struct boxes_graph {
    size_t issues, dims, count, words;
    const condition_range *ranges;
    const uint32_t *groups;
    const wide *amounts, *base;
    const bool *is_must;
    size_t musts;
    wide duty;
    const uint64_t *conflicts;
    bool broad;
    const space_bonus *const **bonuses;
    const size_t *bonus_counts;
} boxes_graph;

/* False when the part does not fit. */
bool boxes_write(const boxes_part *part, boxes_graph *graph, arena *memory);

#endif
