/* triangles.h - numbers drawn from the ranges that a file gives them. */
#ifndef SCENARIO_TRIANGLES_H
#define SCENARIO_TRIANGLES_H

#include "scenario/numbers.h"

/* A triangular distribution, in doubles: numbers are drawn, not decided with. low = high:
 * not drawn. */
typedef struct triangle {
    double low, mode, high;
} triangle;

/* That of one number: its range; or spread percent around a plain one, as far as its kind
 * allows. */
triangle triangle_of(const number_at *place, double spread);

/* One draw of all numbers into values [all->count], of a stream keyed by seed and the
 * draw's number: the same for any order of draws. */
void triangles_draw(const numbers *all, const triangle *triangles, uint64_t seed,
                    uint64_t number, truce_decimal *values);

#endif
