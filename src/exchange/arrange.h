/* arrange.h - who goes at which stage, where days of readiness and room are limited.
 *
 *     fit     who can go                          (fit.c)
 *     early   how early those owed can go          (early.c)
 *     timing  how many when                        (timing.c)
 */
#ifndef EXCHANGE_ARRANGE_H
#define EXCHANGE_ARRANGE_H

#include "exchange/crossing.h"
#include "exchange/spread.h"

/*   heads    that are to go, of each side
 *   units    of flow for a head of each side: equal flow is the ratio of heads
 *   slip     units the sides may be apart at the end of a stage
 *   whole    the ratio must hold without rounding
 *   leaving  [2][bands * stages] heads of each band at each stage
 *   anew     the selection could not go, others were picked
 *   proved   they are the best of each side
 *   owed_alone  to be early the owed need not care for those who are not owed */
typedef struct arranging {
    planning *p;
    const calendar *c;
    arena *scratch;
    bands b;
    uint64_t heads[2], selected[2];
    int64_t units[2], slip;
    bool whole, anew, proved, owed_alone;
    uint64_t *leaving[2];
} arranging;

/* Sets units and slip for the heads, or for the ratio agreed. */
void arrange_units(arranging *a);

/* Counts the heads of the bands, and sets units and slip for them. */
void arrange_begin(arranging *a);

/* Finds who can go; sets fates, heads, units and the heads of the bands. TRUCE_OK;
 * TRUCE_NONE when the wish cannot be; TRUCE_LIMIT when stopped or not known. */
truce_status arrange_fit(arranging *a);

/* 1 when all heads of the bands get through in their ratio, 0 when not, -1 when
 * stopped. */
int arrange_fits(arranging *a);

/* Gives those who are owed, where they are traded, as early a last stage as can be:
 * bands are split. After arrange_units(). TRUCE_OK or TRUCE_LIMIT. */
truce_status arrange_early(arranging *a);

/* Spreads those who can go over the stages: leaving. TRUCE_OK or TRUCE_LIMIT. */
truce_status arrange_timing(arranging *a);

/* Lets those who are owed change places with others who go before them from their site.
 */
void arrange_trades(arranging *a);

#endif
