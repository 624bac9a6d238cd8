/* owed.h - the stages of those who are owed outside the agreed number. */
#ifndef EXCHANGE_OWED_H
#define EXCHANGE_OWED_H

#include "exchange/calendar.h"

/* Gives each of them who goes the earliest stage there is, before anybody else, and
 * takes their heads out of the room of the calendar. By the end of every stage as many
 * of them have gone as could have gone by then; where a site cannot take them all, as
 * many go as can, first choice first, and the others become TRUCE_BEYOND_CAPACITY. With
 * traded_too so do those who are traded, when the other side gives nobody and nothing
 * is to be balanced.
 *
 * Returns how many were left behind. Needs O(people * stages^2 / 4) where room is
 * limited. Source: F. Glover, Maximum matching in a convex bipartite graph, 1967. */
size_t owed_place(planning *p, const calendar *c, bool traded_too);

#endif
