/* tariff_core: who goes, once it is known how much is best and at which totals.
 *
 * Let a total be filled group by group, most worth a point first, in parts of people if need
 * be: that is worth at least as much as any choice. Giving up somebody there or taking
 * somebody more loses the difference in worth a point, and the loss of the best choice is
 * known from the dynamic program. So each count is known but for a few people (fixing by
 * reduced costs: Dantzig 1957), and only those few, the core, are gone through in the order
 * of everybody, of both sides: as many as possible are taken as long as the best remains
 * reachable; where it does not, the group is closed. The largest stretch that can be taken is
 * found by halving, each try a small dynamic program.
 */
#include "exchange/knapsack.h"
#include "exchange/tariff.h"

#include <stdlib.h>

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
        const truce_person *who = tariff_person(p, side, *k);
        if (planning_outside(p, who))
            continue;
        uint32_t g = tariff_group_of(here, who);
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

void tariff_choose(tariff_choice *at)
{
    find_core(at);
    walk_core(at);
}
