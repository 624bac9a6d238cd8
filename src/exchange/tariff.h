/* tariff.h - a choice of people by equal totals of points, in the making.
 *
 *     tariff.c       groups, the best worth of every total, and what comes of it
 *     tariff_core.c  who goes, where the order decides
 */
#ifndef EXCHANGE_TARIFF_H
#define EXCHANGE_TARIFF_H

#include "exchange/planning.h"

enum { MOST_TOTAL = 1 << 25 }; /* 8 bytes each, two sides: 512 MiB */

typedef struct tariff_group {
    uint64_t points; /* divided by what all have in common; 0: everybody goes */
    bool owed;
    int64_t worth;       /* of one person; of one owed more than of all others */
    uint64_t count;      /* people */
    uint64_t usable;     /* of them, as many as any total can hold */
    uint64_t low, high;  /* the best choices take between low and high of them */
    uint64_t taken, met; /* of the core: taken for good; met while walking an order */
    bool closed;
} tariff_group;

typedef struct tariff_side {
    tariff_group *groups; /* most worth a point first */
    size_t count;
    uint32_t *group_of[2]; /* [ranks] of those not owed, and of those owed inside */
    int64_t *best;         /* [last + 1] most worth for every total */
    uint64_t total;        /* of all points, at most MOST_TOTAL + 1 */
    uint64_t base;         /* points of those outside the core who go */
    int64_t base_worth;
    int64_t *core_best;
} tariff_side;

typedef struct core_person {
    uint32_t person, group;
    unsigned side;
} core_person;

typedef struct tariff_choice {
    planning *p;
    tariff_side sides[2];
    uint64_t unit;    /* greatest common divisor of all points */
    uint64_t last;    /* the largest total that both could make up */
    int64_t most;     /* worth of the best choice */
    uint64_t *totals; /* where it is reached, ascending */
    size_t total_count;
    core_person *core; /* first choice first */
    size_t core_count;
    bool stopped;
} tariff_choice;

/* The k-th of a side in its order, and the group of somebody who counts. */
const truce_person *tariff_person(const planning *p, unsigned side, size_t k);
uint32_t tariff_group_of(const tariff_side *here, const truce_person *who);

/* Knowing the best worth of every total and where it is reached: how many of each group go,
 * in low + taken, such that the best is reached and, in the order of everybody, nobody could
 * go instead of people who rank later. */
void tariff_choose(tariff_choice *at);

#endif
