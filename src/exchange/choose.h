/* choose.h - who goes when the stages cannot carry everybody who was selected. */
#ifndef EXCHANGE_CHOOSE_H
#define EXCHANGE_CHOOSE_H

#include "exchange/crossing.h"

typedef enum choice { CHOICE_MADE, CHOICE_STOPPED } choice;

/* Picks `target` people of a side, or as many as fit, among all who may go: in the
 * order of choice, each as long as those picked can go together, to whomever of the
 * heads that the bands of the other side have. That is the best set there is, for
 * linkable sets are a matroid. Where heads are equal, the best sets of both sides can go
 * together when they are as many as can go at all (Mendelsohn & Dulmage 1958; Pym 1969);
 * not always when they are fewer.
 *
 *   picked  [lists->count] receives who; the bands are left as they were */
choice choose_side(const calendar *c, bands *b, const int64_t units[2], int64_t slip,
                   unsigned side, uint64_t target, bool *picked);

#endif
