/* choose.h - who goes when the stages cannot carry everybody who was selected. */
#ifndef EXCHANGE_CHOOSE_H
#define EXCHANGE_CHOOSE_H

#include "exchange/crossing.h"

typedef enum choice { CHOICE_MADE, CHOICE_STOPPED } choice;

/* Picks `target` people of a side, or as many as fit, among all who may go: in the order
 * of choice, each as long as those picked can go together and whoever goes of the other
 * side can be found among all of it. That is the best set there is (linkable sets are a
 * matroid), and the best sets of both sides can go together (Mendelsohn & Dulmage 1958;
 * Pym 1969), where heads are equal; in other ratios up to rounding.
 *
 * On entry the heads of all bands are as many as there are people; picked [lists->count]
 * receives who. The bands are left as they were. */
choice choose_side(const calendar *c, bands *b, const int64_t units[2], int64_t slip,
                   unsigned side, uint64_t target, bool *picked);

#endif
