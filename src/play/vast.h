/* vast.h - boards too large to enumerate: an outcome of a wanted utility, found without
 * looking at all of them.
 *
 * vast_at_least() gives an admissible outcome worth at least `utility`, and *over says what
 * is known of it:
 *
 *   0    none that is worth at least `utility` is worth less (decided in integers)
 *   > 0  so much more than `utility` is it worth; in all but freak cases at most VAST_WINDOW
 *        of the admissible range
 *
 * It is 0 always where bonuses, caps, rules and red lines leave the sum of the tables alone
 * and the space has at most VAST_EXACT outcomes, or its sums lie on a coarse grid, or
 * `utility` is near one end of the range, where few outcomes lie.
 */
#ifndef PLAY_VAST_H
#define PLAY_VAST_H

#include "play/board.h"

#define VAST_WINDOW 1e-6
#define VAST_EXACT 1e14

typedef struct vast vast;

/* Prepares a board that is not small. False for a space that play cannot search, which
 * error then says by name. Lists of sums are made when they are first asked for. */
bool vast_prepare(board *made, const truce_stop *stop, truce_error *error);
void vast_free(vast *prepared); /* NULL is fine */

/* Into outcome [issues]; false when none is found. Thread-safe, and always the same. Some
 * microseconds; milliseconds where it is exact by piles of sums or nothing lies near. */
bool vast_at_least(const board *made, size_t seat, double utility, truce_value *outcome,
                   double *over);

/* The same in microseconds, and not exact where that takes longer. */
bool vast_about(const board *made, size_t seat, double utility, truce_value *outcome);

/* Is an outcome admissible for a seat, and what is it worth? O(issues + conditions). */
bool vast_admits(const board *made, size_t seat, const truce_value *outcome);
double vast_utility(const board *made, size_t seat, const truce_value *outcome);

#endif
