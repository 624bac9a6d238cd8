/* sequence.h - in which order the people of a handover go one at a time, so that going
 * on stays better than breaking off.
 *
 * A side's standing is the worth to it of those still to come, less the cost to it of
 * those still to give. The shortfall at a moment is what is missing to a standing of 0,
 * to the side that misses more; of a sequence, the largest at any moment, first and
 * last included.
 */
#ifndef EXCHANGE_SEQUENCE_H
#define EXCHANGE_SEQUENCE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef __int128 sequence_sum;

/* Somebody whom a side holds. */
typedef struct sequence_item {
    uint64_t worth, cost; /* to the other side; to the holder */
    uint32_t place;       /* in the order of choice, unique on its side */
    uint32_t person;      /* whatever the caller knows them by */
} sequence_item;

/*   items    whom each side holds, in any order; reordered by the search
 *   after    standing of each side when all of them are gone
 *   order    [counts[0] + counts[1]] receives the persons, the first to go first
 *   amount   the shortfall of that order, below 0 when all moments leave something
 *   bound    no order has less */
typedef struct sequence {
    sequence_item *items[2];
    size_t counts[2];
    sequence_sum after[2];
    uint32_t *order;
    sequence_sum amount, bound;
} sequence;

/* A good order and a bound, by merging. For two given orders of the sides the best
 * merge is found exactly; several orders are tried. amount == bound whenever the
 * cheaper to give of a side is never worth less, so always when everybody of a side is
 * worth the same. O(n log n). */
void sequence_merge(sequence *s);

/* The best order, when those who are alike leave few enough states (2^20: 20 people who
 * all differ, or 1,000 for 1,000 alike). false, and s left alone, when not. */
bool sequence_search(sequence *s);

#endif
