/* offers.h - the offers of one session.
 *
 * On a small board an offer is an outcome's number and nothing is kept. On a vast one each
 * different outcome that was named is kept once, with what it is worth to each seat.
 */
#ifndef PLAY_OFFERS_H
#define PLAY_OFFERS_H

#include "play/board.h"

typedef struct offers offers;

offers *offers_new(const board *made);
void offers_forget(offers *kept); /* for the next session */
void offers_free(offers *kept);   /* NULL is fine */

/* The number of an outcome, kept from now on. O(issues), conditions the first time. */
truce_offer offers_of(offers *kept, const truce_value *outcome);
void offers_outcome(const offers *kept, truce_offer offer, truce_value *outcome);

/* Vast boards only. */
double offers_utility(const offers *kept, truce_offer offer, size_t seat);
bool offers_admits(const offers *kept, truce_offer offer, size_t seat);

/* Vast boards only: the place-th best of a seat, by k-best search that goes on from where
 * the last session left it; TRUCE_NO_OFFER beyond the last. */
truce_offer offers_best(offers *kept, size_t seat, uint64_t place);

#endif
