/* front_kernel.h - between front.c and the two widths of its kernel. */
#ifndef SOLVE_FRONT_KERNEL_H
#define SOLVE_FRONT_KERNEL_H

#include "solve/front_trail.h"

/*   most    points the front may have, memory considered
 *   words   of the counts, 0 when not counted
 */
typedef struct front_job {
    const front_source *sources;
    size_t count, dims, words, most;
    const front_choices *choices;
    const truce_stop *stop;
} front_job;

/* Fills kept, zeroed before; false when stop or most ended it. kept is freed by the
 * caller either way. */
bool front_keep_narrow(const front_job *job, front_kept *kept);
bool front_keep_broad(const front_job *job, front_kept *kept);

/* Adds a point, counted copies times (NULL: once). */
void kept_add(front_kept *kept, const front_source *sources, uint32_t source,
              uint32_t index);

/* Adds the count of a point that equals the last one kept. */
void kept_again(front_kept *kept, const front_source *sources, uint32_t source,
                uint32_t index);

/* Adds a point of other, with its count. */
void kept_copy(front_kept *kept, const front_kept *other, size_t point);

void kept_free(front_kept *kept);

#endif
