/* calendar.h - on which stages somebody may go, and how many a site can take. */
#ifndef EXCHANGE_CALENDAR_H
#define EXCHANGE_CALENDAR_H

#include "exchange/planning.h"

#define CALENDAR_NO_LIMIT INT64_MAX

/*   room     [2][sites][stages] heads that may still leave a site of a side;
 *            CALENDAR_NO_LIMIT where nothing was said
 *   limited  somebody who may go is not ready on every stage, or some room is limited
 */
typedef struct calendar {
    const planning *p;
    size_t sites, stages;
    int64_t *room;
    bool limited;
} calendar;

/* Lives in memory. O(people * log(stages) + capacities * sites * stages). */
calendar calendar_new(const planning *p, arena *memory);

/* The first and the last stage, from 0, at which somebody of planning.order is ready.
 */
uint32_t calendar_first(const calendar *c, const truce_person *who);
uint32_t calendar_last(const calendar *c, const truce_person *who);

/* Where the room of a site is kept: [stages]. */
int64_t *calendar_room(const calendar *c, unsigned side, uint32_t site);

#endif
