/* tariff: both sides give people of the same total of points. Of all totals that both can
 * make up, the one with most people home (before that, when the owed count: with most owed)
 * is found by one dynamic program a side over all totals; that is the proof.
 *
 * Then the people. Those of a side who are worth the same points, the owed apart, are a
 * group, and of a group always the first in the order go; so a choice is a count a group. Let
 * a total p be filled group by group, most worth a point first, in parts of people if need be:
 * that is worth at least as much as any choice. Giving up somebody there or taking somebody
 * more loses the difference in worth a point, and the loss of the best choice is known from
 * the dynamic program. So each count is known but for a few people (fixing by reduced costs:
 * Dantzig 1957), and only those few, the core, are gone through in the order of everybody, of
 * both sides: as many as possible are taken as long as the best remains reachable; where it
 * does not, the group is closed. The largest stretch that can be taken is found by halving,
 * each try a small dynamic program.
 */
#include "base/error.h"
#include "base/stop.h"
#include "exchange/knapsack.h"
#include "exchange/planning.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

enum { MOST_TOTAL = 1 << 25 }; /* 8 bytes each, two sides: 512 MiB */

typedef struct tariff_group {
    uint64_t points; /* divided by what all have in common; 0: everybody goes */
    bool owed;
    int64_t
        worth; /* of one person; of one owed: more than of all others, even a point */
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

static const truce_person *person_at(const planning *p, unsigned side, size_t k)
{
    return &p->lists->people[p->order[side][k]];
}

/* ---- groups ---------------------------------------------------------------------- */

static uint64_t common_divisor(uint64_t one, uint64_t other)
{
    while (other != 0) {
        uint64_t rest = one % other;
        one = other;
        other = rest;
    }
    return one;
}

static void find_unit(tariff_choice *at)
{
    const planning *p = at->p;
    for (unsigned side = 0; side < 2; side++)
        for (size_t k = 0; k < p->eligible[side]; k++) {
            const truce_person *who = person_at(p, side, k);
            if (!planning_outside(p, who))
                at->unit = common_divisor(at->unit, p->rank_points[who->rank]);
        }
    if (at->unit == 0)
        at->unit = 1;
}

static int compare_groups(const void *one_place, const void *other_place)
{
    const tariff_group *one = one_place, *other = other_place;
    if (one->owed != other->owed)
        return one->owed ? -1 : 1;
    return (one->points > other->points) - (one->points < other->points);
}

/* One group for each rank and kind of people at first, sorted; then equal ones are made one. */
static void find_groups(tariff_choice *at, unsigned side)
{
    const planning *p = at->p;
    tariff_side *here = &at->sides[side];
    size_t ranks = p->lists->ranks.count;
    tariff_group *all = arena_array(p->memory, 2 * ranks, tariff_group);
    for (size_t r = 0; r < 2 * ranks; r++)
        all[r] = (tariff_group){.points = p->rank_points[r % ranks] / at->unit,
                                .owed = r >= ranks};
    qsort(all, 2 * ranks, sizeof *all, compare_groups);
    for (size_t r = 0; r < 2 * ranks; r++)
        if (here->count == 0 || compare_groups(&all[here->count - 1], &all[r]) != 0)
            all[here->count++] = all[r];
    here->groups = all;
    for (unsigned owed = 0; owed < 2; owed++) {
        here->group_of[owed] = arena_array(p->memory, ranks, uint32_t);
        for (size_t r = 0; r < ranks; r++) {
            tariff_group key = {.points = p->rank_points[r] / at->unit,
                                .owed = owed == 1};
            const tariff_group *found =
                bsearch(&key, all, here->count, sizeof *all, compare_groups);
            here->group_of[owed][r] = (uint32_t)(found - all);
        }
    }
}

static uint32_t group_of(const tariff_side *here, const truce_person *who)
{
    return here->group_of[who->owed][who->rank];
}

static void count_people(tariff_choice *at, unsigned side)
{
    const planning *p = at->p;
    tariff_side *here = &at->sides[side];
    int64_t above_all = (int64_t)(MOST_TOTAL + p->eligible[0] + p->eligible[1] + 1);
    for (size_t k = 0; k < p->eligible[side]; k++) {
        const truce_person *who = person_at(p, side, k);
        if (!planning_outside(p, who))
            here->groups[group_of(here, who)].count++;
    }
    for (size_t g = 0; g < here->count; g++) {
        tariff_group *group = &here->groups[g];
        group->worth = group->owed ? above_all : 1;
        uint64_t room = MOST_TOTAL + 1 - here->total;
        bool fits = group->points == 0 || group->count <= room / group->points;
        here->total += fits ? group->count * group->points : room;
    }
}

/* ---- the best for every total ---------------------------------------------------- */

static bool fill_side(tariff_choice *at, tariff_side *here)
{
    knapsack_kind *kinds = must_allocate((here->count + 1) * sizeof *kinds);
    size_t count = 0;
    for (size_t g = 0; g < here->count; g++) {
        tariff_group *group = &here->groups[g];
        if (group->points == 0)
            continue;
        uint64_t room = at->last / group->points;
        group->usable = group->count < room ? group->count : room;
        kinds[count++] = (knapsack_kind){group->points, group->worth, 0, group->usable};
    }
    here->best = must_allocate((at->last + 1) * sizeof *here->best);
    bool filled = knapsack_fill(kinds, count, here->best, at->last, at->p->stop);
    free(kinds);
    return filled;
}

static int64_t worth_at(const tariff_choice *at, uint64_t total)
{
    int64_t one = at->sides[0].best[total], other = at->sides[1].best[total];
    return one < 0 || other < 0 ? -1 : one + other;
}

static void find_totals(tariff_choice *at)
{
    for (uint64_t q = 0; q <= at->last; q++) {
        int64_t worth = worth_at(at, q);
        at->most = at->most < worth ? worth : at->most;
    }
    for (unsigned twice = 0; twice < 2; twice++) {
        if (twice)
            at->totals = arena_array(at->p->memory, at->total_count, uint64_t);
        at->total_count = 0;
        for (uint64_t q = 0; q <= at->last; q++)
            if (worth_at(at, q) == at->most) {
                if (twice)
                    at->totals[at->total_count] = q;
                at->total_count++;
            }
    }
}

/* ---- the core -------------------------------------------------------------------- */

typedef __int128 wide;

/* How far the counts may be from filling a total group by group. `critical` is the group that
 * is filled in part, by `rest` points; `loss` is what the best choice is worth less than that,
 * times the points of the critical group. */
typedef struct filling {
    size_t critical;
    uint64_t rest;
    wide loss;
} filling;

static filling fill_by_worth(const tariff_side *here, uint64_t total)
{
    filling is = {.rest = total};
    wide worth = 0;
    for (; is.critical < here->count; is.critical++) {
        const tariff_group *group = &here->groups[is.critical];
        if (group->usable * group->points > is.rest)
            break;
        is.rest -= group->usable * group->points;
        worth += (wide)group->usable * group->worth;
    }
    if (is.critical == here->count)
        return is;
    const tariff_group *group = &here->groups[is.critical];
    is.loss = (wide)group->points * (worth - here->best[total]) +
              (wide)group->worth * is.rest;
    return is;
}

/* The loss of one person more or less of a group, in the same measure. */
static wide loss_of_one(const tariff_group *group, const tariff_group *critical)
{
    wide difference =
        (wide)group->worth * critical->points - (wide)critical->worth * group->points;
    return difference < 0 ? -difference : difference;
}

static void widen(tariff_group *group, uint64_t low, uint64_t high)
{
    group->low = group->low < low ? group->low : low;
    group->high = group->high > high ? group->high : high;
}

/* At most how many people of a group there are more or less. points is raised to what spending
 * all the loss on this group would move. */
static uint64_t most_changed(const tariff_group *group, const tariff_group *critical,
                             wide loss, wide *points)
{
    wide one = loss_of_one(group, critical), moved = loss * group->points / one;
    *points = *points > moved ? *points : moved;
    return loss / one < group->usable ? (uint64_t)(loss / one) : group->usable;
}

static void bound_counts(tariff_side *here, uint64_t total)
{
    filling is = fill_by_worth(here, total);
    const tariff_group *critical = &here->groups[is.critical];
    wide fewer = 0, more = 0;
    for (size_t g = 0; g < here->count; g++) {
        tariff_group *group = &here->groups[g];
        if (group->usable == 0 || group == critical)
            continue;
        if (g < is.critical && is.critical == here->count) {
            widen(group, group->usable, group->usable);
        } else if (g < is.critical) {
            uint64_t changed = most_changed(group, critical, is.loss, &fewer);
            widen(group, group->usable - changed, group->usable);
        } else {
            widen(group, 0, most_changed(group, critical, is.loss, &more));
        }
    }
    if (is.critical == here->count)
        return;
    wide low = is.rest > more
                   ? (is.rest - more + critical->points - 1) / critical->points
                   : 0,
         high = (is.rest + fewer) / critical->points;
    widen(&here->groups[is.critical], (uint64_t)low,
          high < critical->usable ? (uint64_t)high : critical->usable);
}

static void find_core_of(tariff_choice *at, tariff_side *here)
{
    for (size_t g = 0; g < here->count; g++)
        here->groups[g].low = here->groups[g].usable;
    for (size_t t = 0; t < at->total_count; t++)
        bound_counts(here, at->totals[t]);
    for (size_t g = 0; g < here->count; g++) {
        const tariff_group *group = &here->groups[g];
        here->base += group->low * group->points;
        here->base_worth += (int64_t)group->low * group->worth;
    }
    uint64_t last = at->totals[at->total_count - 1];
    here->core_best = must_allocate((last - here->base + 1) * sizeof *here->core_best);
}

/* The next person of a side who is in the core, from place k of the side's order on. */
static bool next_in_core(tariff_choice *at, unsigned side, size_t *k, core_person *next)
{
    const planning *p = at->p;
    tariff_side *here = &at->sides[side];
    for (; *k < p->eligible[side]; ++*k) {
        const truce_person *who = person_at(p, side, *k);
        if (planning_outside(p, who))
            continue;
        uint32_t g = group_of(here, who);
        tariff_group *group = &here->groups[g];
        uint64_t place = group->met++;
        if (group->points == 0 || place < group->low || place >= group->high)
            continue;
        *next = (core_person){p->order[side][(*k)++], g, side};
        return true;
    }
    return false;
}

/* Those of both sides about whom the order decides, first choice first. */
static void find_core(tariff_choice *at)
{
    const planning *p = at->p;
    size_t room = 0, k[2] = {0, 0};
    for (unsigned side = 0; side < 2; side++) {
        find_core_of(at, &at->sides[side]);
        for (size_t g = 0; g < at->sides[side].count; g++)
            room += at->sides[side].groups[g].high - at->sides[side].groups[g].low;
    }
    at->core = arena_array(p->memory, room, core_person);
    core_person next[2];
    bool is[2];
    for (unsigned side = 0; side < 2; side++)
        is[side] = next_in_core(at, side, &k[side], &next[side]);
    while (is[0] || is[1]) {
        unsigned side =
            !is[0] ||
            (is[1] && planning_compare(p, &p->lists->people[next[1].person],
                                       &p->lists->people[next[0].person]) < 0);
        at->core[at->core_count++] = next[side];
        is[side] = next_in_core(at, side, &k[side], &next[side]);
    }
}

/* ---- who ------------------------------------------------------------------------- */

/* The best for every total when of each group those taken go and, of those not closed, more
 * may. */
static void fill_core(tariff_choice *at, tariff_side *here)
{
    uint64_t last = at->totals[at->total_count - 1] - here->base;
    knapsack_kind *kinds = must_allocate((here->count + 1) * sizeof *kinds);
    size_t count = 0;
    for (size_t g = 0; g < here->count; g++) {
        const tariff_group *group = &here->groups[g];
        if (group->high > group->low)
            kinds[count++] = (knapsack_kind){group->points, group->worth, group->taken,
                                             group->closed ? group->taken
                                                           : group->high - group->low};
    }
    knapsack_fill(kinds, count, here->core_best, last, NULL);
    free(kinds);
}

static bool reaches(const tariff_side *here, uint64_t total)
{
    return here->core_best[total - here->base] + here->base_worth == here->best[total];
}

static void take(tariff_choice *at, size_t from, size_t count, bool back)
{
    for (size_t k = from; k < from + count; k++) {
        tariff_group *group = &at->sides[at->core[k].side].groups[at->core[k].group];
        if (!group->closed)
            group->taken += back ? (uint64_t)-1 : 1;
    }
}

/* Can the next so many of the core all go, but for closed groups? */
static bool can_take(tariff_choice *at, size_t from, size_t count)
{
    bool can = false;
    take(at, from, count, false);
    fill_core(at, &at->sides[0]);
    fill_core(at, &at->sides[1]);
    for (size_t t = 0; t < at->total_count && !can; t++)
        can = reaches(&at->sides[0], at->totals[t]) &&
              reaches(&at->sides[1], at->totals[t]);
    take(at, from, count, true);
    return can;
}

/* The most of the core, from a place on, that can go: doubled, then halved. */
static size_t longest_stretch(tariff_choice *at, size_t from)
{
    size_t left = at->core_count - from, good = 0, step = 1;
    while (good + step <= left && can_take(at, from, good + step)) {
        good += step;
        step *= 2;
    }
    for (; step > 0; step /= 2)
        if (good + step <= left && can_take(at, from, good + step))
            good += step;
    return good;
}

static void walk_core(tariff_choice *at)
{
    size_t k = 0;
    while (k < at->core_count) {
        size_t stretch = longest_stretch(at, k);
        take(at, k, stretch, false);
        k += stretch;
        if (k < at->core_count)
            at->sides[at->core[k].side].groups[at->core[k].group].closed = true;
    }
}

/* Those beyond the counts stay; returns the points of those who go. */
static uint64_t leave_out(tariff_choice *at, unsigned side, uint64_t *heads)
{
    planning *p = at->p;
    tariff_side *here = &at->sides[side];
    uint64_t points = 0;
    for (size_t g = 0; g < here->count; g++)
        here->groups[g].met = 0;
    for (size_t k = 0; k < p->eligible[side]; k++) {
        const truce_person *who = person_at(p, side, k);
        tariff_group *group = &here->groups[group_of(here, who)];
        if (planning_outside(p, who) || group->points == 0) {
            ++*heads;
        } else if (group->met++ < group->low + group->taken) {
            ++*heads;
            points += group->points;
        } else {
            p->fates[p->order[side][k]] = TRUCE_BEYOND_NUMBER;
        }
    }
    return points;
}

/* ---- the answer ------------------------------------------------------------------ */

static truce_status too_large(planning *p)
{
    return error_say(
        p->error, TRUCE_CALL,
        "the points of both sides add up to more than %d (in units of what "
        "they have in common): smaller points are needed",
        MOST_TOTAL);
}

static truce_status no_total(planning *p)
{
    p->short_of = arena_format(
        p->memory, "no total of points above 0 can be had of both %s and %s",
        p->lists->names[0], p->lists->names[1]);
    return TRUCE_NONE;
}

static truce_status conclude(tariff_choice *at)
{
    planning *p = at->p;
    uint64_t heads = 0, points = leave_out(at, 0, &heads);
    uint64_t other = leave_out(at, 1, &heads);
    assert(points == other);
    if (at->stopped) {
        planning_note(p, "people home", TRUCE_BOUNDED,
                      "stopped before all totals of points were looked at");
        return TRUCE_LIMIT;
    }
    if (heads == 0 && p->eligible[0] + p->eligible[1] > 0)
        return no_total(p);
    planning_note(p, "people home", TRUCE_PROVED,
                  "%s in all, %s points each side: no total from 0 to %s that both can "
                  "make up lets more go (dynamic program over all of them)",
                  planning_figure(p, heads), planning_figure(p, points * at->unit),
                  planning_figure(p, at->last * at->unit));
    planning_note(
        p, "who goes", TRUCE_PROVED,
        "of those worth the same points everybody left out ranks after all who "
        "go; nobody left out could go instead of people who rank later "
        "(dynamic program over each such choice)");
    return TRUCE_OK;
}

static void forget(tariff_choice *at)
{
    for (unsigned side = 0; side < 2; side++) {
        free(at->sides[side].best);
        free(at->sides[side].core_best);
    }
}

truce_status planning_select_by_tariff(planning *p)
{
    tariff_choice at = {.p = p};
    find_unit(&at);
    for (unsigned side = 0; side < 2; side++) {
        find_groups(&at, side);
        count_people(&at, side);
    }
    uint64_t one = at.sides[0].total, other = at.sides[1].total;
    at.last = one < other ? one : other;
    if (at.last > MOST_TOTAL)
        return too_large(p);
    at.stopped = !fill_side(&at, &at.sides[0]) || !fill_side(&at, &at.sides[1]);
    if (!at.stopped) {
        find_totals(&at);
        find_core(&at);
        walk_core(&at);
    }
    truce_status status = conclude(&at);
    forget(&at);
    return status;
}
