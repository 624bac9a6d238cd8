/* cover.h - is everything that could be reached matched by something that was listed?
 *
 * A vector covers another when it is nowhere smaller. */
#ifndef VERIFY_COVER_H
#define VERIFY_COVER_H

#include "base/big.h"

#include <stdbool.h>

/* [count][dims], in descending lexicographic order. */
typedef struct vectors {
    size_t dims, count;
    const wide *at;
} vectors;

/* Vectors to be covered: each of `from` is moved by shift; passed over when it lies below
 * least somewhere; cut at most; and may be short by slack. All [dims]. */
typedef struct candidates {
    const vectors *from;
    const wide *shift, *least, *most, *slack;
} candidates;

typedef struct cover cover;

/* by must outlive it. O(count log count). */
cover *cover_new(const vectors *by);
void cover_free(cover *all); /* NULL is fine */

/* The first candidate that is covered, or that is not, as asked; from->count when there
 * is none. steps grows by the comparisons made. In up to two dimensions O(candidates +
 * count); in more, a tree is searched for each. */
size_t cover_first(const cover *all, const candidates *of, bool covered,
                   uint64_t *steps);

#endif
