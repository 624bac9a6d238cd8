/* front_trail.h - how points came to be: five bytes a point and stage while a union has
 * at most 256 sources. Only front*.c look in here. */
#ifndef SOLVE_FRONT_TRAIL_H
#define SOLVE_FRONT_TRAIL_H

#include "solve/front.h"

/* Points being kept by a union, in descending lexicographic order.
 *
 *   source, index   [count] point index[i] of source source[i], the first of those that
 *                   are equal
 *   counts          [count * words], NULL when not counted
 *   overflow        some count did not fit its words
 */
typedef struct front_kept {
    size_t count, room, words;
    uint32_t *source, *index;
    uint64_t *counts;
    bool overflow;
} front_kept;

/* The trail of a front that has no history: front_unit(). */
trail *trail_root(front_work *work);

/* Kept points of these sources, remembered with stage and the sources' labels. */
trail *trail_new(const front_source *sources, size_t count, const front_kept *kept,
                 uint32_t stage, front_work *work);

/* Points index[0..count) of another trail, with nothing added to their walks. */
trail *trail_selection(trail *from, const uint32_t *index, size_t count,
                       front_work *work);

/* Bytes a point takes in the trail of a union of so many sources. */
size_t trail_point_bytes(size_t sources);

void trail_walk(const trail *one, size_t point,
                void (*visit)(void *user, uint32_t stage, uint32_t label), void *user);

/* One user less; NULL is fine. */
void trail_release(trail *one, front_work *work);

#endif
