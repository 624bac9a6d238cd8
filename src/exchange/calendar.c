/* calendar.c - the wish's days and capacities, spread out over sites and stages.
 *
 * Days of readiness are a range and stages come in the order of their days, so that the
 * stages at which somebody is ready are a range, too.
 */
#include "exchange/calendar.h"

#include <string.h>

static bool dated(const calendar *c)
{
    return c->p->list_days[0] != TRUCE_NO_DAY;
}

/* Stages with a day before this one. */
static uint32_t stages_before(const calendar *c, int64_t day)
{
    size_t low = 0, high = c->stages;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->p->list_days[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

uint32_t calendar_first(const calendar *c, const truce_person *who)
{
    if (who->ready_from == TRUCE_NO_DAY || !dated(c))
        return 0;
    return stages_before(c, who->ready_from);
}

uint32_t calendar_last(const calendar *c, const truce_person *who)
{
    if (who->ready_to == TRUCE_NO_DAY || !dated(c))
        return (uint32_t)c->stages - 1;
    return stages_before(c, (int64_t)who->ready_to + 1) - 1;
}

int64_t *calendar_room(const calendar *c, unsigned side, uint32_t site)
{
    return c->room + ((size_t)side * c->sites + site) * c->stages;
}

static bool always_ready(const calendar *c, const truce_person *who)
{
    return calendar_first(c, who) == 0 && calendar_last(c, who) + 1 == c->stages;
}

static bool everybody_always_ready(const calendar *c)
{
    for (unsigned side = 0; side < 2; side++)
        for (size_t i = 0; i < c->p->eligible[side]; i++)
            if (!always_ready(c, &c->p->lists->people[c->p->order[side][i]]))
                return false;
    return true;
}

static bool speaks_of(const calendar *c, const truce_capacity *capacity, unsigned side,
                      size_t site)
{
    if (capacity->side >= 0 && c->p->side_of[capacity->side] != side)
        return false;
    return capacity->site == NULL ||
           strcmp(capacity->site, c->p->lists->sites.items[site]) == 0;
}

static void lower_room(calendar *c, const truce_capacity *capacity, int64_t *room)
{
    int64_t most = capacity->most < INT64_MAX ? (int64_t)capacity->most : INT64_MAX;
    for (size_t t = 0; t < c->stages; t++) {
        bool meant = capacity->day == TRUCE_NO_DAY || capacity->day == c->p->days[t];
        if (meant && most < room[t]) {
            room[t] = most;
            c->limited = true;
        }
    }
}

static void apply(calendar *c, const truce_capacity *capacity)
{
    for (unsigned side = 0; side < 2; side++)
        for (size_t site = 0; site < c->sites; site++)
            if (speaks_of(c, capacity, side, site))
                lower_room(c, capacity, calendar_room(c, side, (uint32_t)site));
}

calendar calendar_new(const planning *p, arena *memory)
{
    calendar c = {.p = p,
                  .sites = p->lists->sites.count,
                  .stages = p->stage_count,
                  .limited = false};
    c.room = arena_array(memory, 2 * c.sites * c.stages, int64_t);
    for (size_t i = 0; i < 2 * c.sites * c.stages; i++)
        c.room[i] = CALENDAR_NO_LIMIT;
    for (size_t i = 0; i < p->wish->capacity_count; i++)
        apply(&c, &p->wish->capacities[i]);
    c.limited = c.limited || !everybody_always_ready(&c);
    return c;
}
