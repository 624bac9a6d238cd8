/* vast.h - boards too large to enumerate: offers kept one by one, and an outcome of a
 * wanted utility found without looking at all.
 *
 * Nearness: vast_at_least() gives an admissible outcome worth at least `utility`. It is
 * the one worth least when `exact`; else it is worth at most VAST_WINDOW of the admissible
 * range more than asked wherever such an outcome was found, and *over says by how much it
 * overshoots.
 */
#ifndef PLAY_VAST_H
#define PLAY_VAST_H

#include "play/board.h"

#define VAST_WINDOW 1e-6

typedef struct vast vast;

/* Prepares a board that is not small. False for a space that play cannot search, which
 * error then says by name. */
bool vast_prepare(board *made, const truce_stop *stop, truce_error *error);
void vast_free(vast *prepared); /* NULL is fine */

/* Is vast_at_least() exact for this seat? */
bool vast_is_exact(const board *made, size_t seat);

/* Into outcome [issues]; false when none is. Thread-safe. */
bool vast_at_least(const board *made, size_t seat, double utility, truce_value *outcome,
                   double *over);

/* Is an outcome admissible for a seat, and what is it worth? O(issues + conditions). */
bool vast_admits(const board *made, size_t seat, const truce_value *outcome);
double vast_utility(const board *made, size_t seat, const truce_value *outcome);

#endif
