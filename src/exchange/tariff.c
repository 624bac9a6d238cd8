/* tariff: both sides give people of the same total of points. Of all totals that both can
 * make up, the one with most people home (before that, when the owed count: with most owed)
 * is found by one dynamic program a side over all totals; that is the proof.
 *
 * Those of a side who are worth the same points, the owed apart, are a group, and of a group
 * always the first in the order go; so a choice is a count a group.
 */
#include "exchange/tariff.h"

#include "base/error.h"
#include "exchange/knapsack.h"

#include <assert.h>
#include <stdlib.h>

const truce_person *tariff_person(const planning *p, unsigned side, size_t k)
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
            const truce_person *who = tariff_person(p, side, k);
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

uint32_t tariff_group_of(const tariff_side *here, const truce_person *who)
{
    return here->group_of[who->owed][who->rank];
}

static void count_people(tariff_choice *at, unsigned side)
{
    const planning *p = at->p;
    tariff_side *here = &at->sides[side];
    int64_t above_all = (int64_t)(MOST_TOTAL + p->eligible[0] + p->eligible[1] + 1);
    for (size_t k = 0; k < p->eligible[side]; k++) {
        const truce_person *who = tariff_person(p, side, k);
        if (!planning_outside(p, who))
            here->groups[tariff_group_of(here, who)].count++;
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

/* ---- the answer ------------------------------------------------------------------ */

/* Those beyond the counts stay; returns the points of those who go. */
static uint64_t leave_out(tariff_choice *at, unsigned side, uint64_t *heads)
{
    planning *p = at->p;
    tariff_side *here = &at->sides[side];
    uint64_t points = 0;
    for (size_t g = 0; g < here->count; g++)
        here->groups[g].met = 0;
    for (size_t k = 0; k < p->eligible[side]; k++) {
        const truce_person *who = tariff_person(p, side, k);
        tariff_group *group = &here->groups[tariff_group_of(here, who)];
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
        tariff_choose(&at);
    }
    truce_status status = conclude(&at);
    forget(&at);
    return status;
}
