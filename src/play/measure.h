/* measure.h - what a session came to: moves, distances, gains. */
#ifndef PLAY_MEASURE_H
#define PLAY_MEASURE_H

#include "play/sitting.h"

/* Fills seats, welfare and nash_product of a result whose end, time and agreement are set.
 * spoken may be NULL: no moves are counted. */
void measure_seats(truce_session *result, const sitting *table, const ending *how,
                   const transcript *spoken);

/* The utility a seat is left with, and what time leaves of it. */
double seat_utility(const sitting *table, const ending *how, size_t seat);
double seat_discounted(const sitting *table, const ending *how, size_t seat);

/* (u - reservation) / (greatest - reservation). */
double seat_advantage(const sitting *table, const ending *how, size_t seat);

/* Distances to the frontier and the solution points, which are looked for. */
void measure_distances(truce_session *result, const sitting *table, const ending *how,
                       const truce_stop *stop);

#endif
