/* boxes_ways.h - the ways in which a condition can hold, each a box: a range of values on
 * every issue. Inside the rooms boxes*.c only. */
#ifndef SOLVE_BOXES_WAYS_H
#define SOLVE_BOXES_WAYS_H

#include "space/space.h"

/* The issues that boxes are made of.
 *
 *   place  [issue_count of the space] where an issue stands among them, or TRUCE_NOBODY
 *   whole  [issues] all values of each
 */
typedef struct box_frame {
    size_t issues;
    size_t *place;
    condition_range *whole;
} box_frame;

/* Boxes side by side, [count][issues]; free(ranges) when done. */
typedef struct box_list {
    condition_range *ranges;
    size_t count, room;
} box_list;

condition_range *box_in(const box_frame *frame, const box_list *list, size_t b);
condition_range *box_add(const box_frame *frame, box_list *list,
                         const condition_range *box);
bool box_is_whole(const box_frame *frame, const condition_range *box);

/* Into ways: boxes that together are where the condition holds, or, negated, where it does
 * not; none of them is within another. All issues it mentions are in the frame. False
 * when it takes more than BOXES_FROM_ONE; the list is then of no use. */
bool boxes_ways(const box_frame *frame, const truce_condition *condition, bool negated,
                box_list *ways);

#endif
