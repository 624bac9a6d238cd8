/* names.h - finding a thing by its name, and the name that was probably meant. */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* A map from names to numbers; keeps pointers to the names, not copies. A zeroed one is
 * empty. */
typedef struct names {
    struct names_slot *slots;
    size_t count, room;
} names;

#define NAMES_NONE SIZE_MAX

/* The number of a name, or NAMES_NONE. O(length). */
size_t names_find(const names *all, const char *name);

/* Adds a name unless it is there; false when it was. Amortised O(length). */
bool names_add(names *all, const char *name, size_t number);

void names_free(names *all);

/* The candidate nearest to what was written, or NULL when none is near enough to be
 * meant: at most one third of the letters (at least one) inserted, dropped, changed or
 * swapped with a neighbour; upper and lower case, '-' and '_' count as nearly the same.
 * O(count * length^2). Source: F. Damerau, CACM 7(3), 1964 (restricted edit distance).
 */
const char *names_nearest(const char *written, const char *const *candidates,
                          size_t count);

/* The same over all names of a map. */
const char *names_nearest_in(const char *written, const names *all);

#endif
