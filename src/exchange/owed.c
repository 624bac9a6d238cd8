/* owed.c - those who are not traded go first.
 *
 * Nothing ties the owed of one side to the other side, so each site of a side is a
 * problem of its own: people with a range of stages, and room at each stage. A set of
 * them fits exactly when no range of stages has more people who must go within it than
 * room (Hall's condition for convex graphs). Sets that fit are a matroid, so taking
 * people in the order of choice as long as the set fits gives the most and the best.
 * Then stage by stage those go who have the least time left, which fills every
 * beginning of the stages as far as it can be filled.
 */
#include "exchange/owed.h"

#include <stdlib.h>

typedef struct guest {
    uint32_t person, first, last, place;
} guest;

/* The guests of one side, sorted by site, and within it in the order of choice. */
typedef struct guests {
    guest *all;
    size_t *starts; /* [sites + 1] */
} guests;

static bool is_guest(const planning *p, uint32_t person, bool traded_too)
{
    return p->fates[person] == PLANNING_GOES && p->stage_of[person] == 0 &&
           (traded_too || planning_outside(p, &p->lists->people[person]));
}

static guests guests_of(const planning *p, const calendar *c, unsigned side,
                        bool traded_too, arena *memory)
{
    guests g = {.starts = arena_array(memory, c->sites + 2, size_t)};
    for (size_t i = 0; i < p->eligible[side]; i++)
        if (is_guest(p, p->order[side][i], traded_too))
            g.starts[p->lists->people[p->order[side][i]].site + 2]++;
    for (size_t site = 2; site < c->sites + 2; site++)
        g.starts[site] += g.starts[site - 1];
    g.all = arena_array(memory, g.starts[c->sites + 1], guest);
    for (size_t i = 0; i < p->eligible[side]; i++) {
        uint32_t person = p->order[side][i];
        const truce_person *who = &p->lists->people[person];
        if (is_guest(p, person, traded_too))
            g.all[g.starts[who->site + 1]++] = (guest){
                person, calendar_first(c, who), calendar_last(c, who), (uint32_t)i};
    }
    return g;
}

/* ---- who fits -------------------------------------------------------------------- */

/* slack [stages * stages]: room from stage i to stage j, less the guests who must go
 * within it. */
static void begin_slack(const calendar *c, const int64_t *room, int64_t *slack)
{
    for (size_t i = 0; i < c->stages; i++) {
        int64_t sum = 0;
        for (size_t j = i; j < c->stages; j++) {
            sum = room[j] > CALENDAR_NO_LIMIT - sum ? CALENDAR_NO_LIMIT : sum + room[j];
            slack[i * c->stages + j] = sum;
        }
    }
}

static bool fits(const calendar *c, const int64_t *slack, const guest *who)
{
    for (size_t i = 0; i <= who->first; i++)
        for (size_t j = who->last; j < c->stages; j++)
            if (slack[i * c->stages + j] == 0)
                return false;
    return true;
}

static void seat(const calendar *c, int64_t *slack, const guest *who)
{
    for (size_t i = 0; i <= who->first; i++)
        for (size_t j = who->last; j < c->stages; j++)
            slack[i * c->stages + j]--;
}

static bool unlimited(const calendar *c, const int64_t *room)
{
    for (size_t t = 0; t < c->stages; t++)
        if (room[t] != CALENDAR_NO_LIMIT)
            return false;
    return true;
}

/* Drops those who do not fit; returns how many stay in. */
static size_t keep_fitting(planning *p, const calendar *c, const int64_t *room,
                           guest *all, size_t count)
{
    if (unlimited(c, room))
        return count;
    int64_t *slack = must_allocate(c->stages * c->stages * sizeof *slack);
    size_t kept = 0;
    begin_slack(c, room, slack);
    for (size_t i = 0; i < count; i++)
        if (fits(c, slack, &all[i])) {
            seat(c, slack, &all[i]);
            all[kept++] = all[i];
        } else {
            p->fates[all[i].person] = TRUCE_BEYOND_CAPACITY;
        }
    free(slack);
    return kept;
}

/* ---- when they go ---------------------------------------------------------------- */

static int by_time_left(const void *a, const void *b)
{
    const guest *one = a, *other = b;
    if (one->last != other->last)
        return one->last < other->last ? -1 : 1;
    return one->place < other->place ? -1 : 1;
}

static void seat_by_time_left(planning *p, const calendar *c, int64_t *room, guest *all,
                              size_t count)
{
    if (count > 1)
        qsort(all, count, sizeof *all, by_time_left);
    for (size_t t = 0; t < c->stages && count > 0; t++) {
        size_t waiting = 0;
        for (size_t i = 0; i < count; i++)
            if (all[i].first <= t && room[t] > 0) {
                p->stage_of[all[i].person] = (uint32_t)t + 1;
                room[t] -= room[t] != CALENDAR_NO_LIMIT;
            } else {
                all[waiting++] = all[i];
            }
        count = waiting;
    }
}

size_t owed_place(planning *p, const calendar *c, bool traded_too)
{
    size_t left_behind = 0;
    for (unsigned side = 0; side < 2; side++) {
        arena scratch = {0};
        guests g = guests_of(p, c, side, traded_too, &scratch);
        for (uint32_t site = 0; site < c->sites; site++) {
            int64_t *room = calendar_room(c, side, site);
            guest *all = g.all + g.starts[site];
            size_t count = g.starts[site + 1] - g.starts[site];
            size_t kept = keep_fitting(p, c, room, all, count);
            seat_by_time_left(p, c, room, all, kept);
            left_behind += count - kept;
        }
        arena_free(&scratch);
    }
    return left_behind;
}
