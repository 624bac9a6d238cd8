/* Who comes before whom: nobody may be left out, or go later, for the sake of somebody who
 * comes after. People who could stand in for each other are gone through side by side. */
#include "verify/plan.h"

#include <stdlib.h>
#include <string.h>

static size_t priority_of(const plan_checking *in, const truce_person *who)
{
    const char *name = in->lists->classes.items[who->class_index];
    size_t count = in->wish ? in->wish->classes.count : 0;
    for (size_t k = 0; k < count; k++)
        if (strcmp(in->wish->classes.items[k], name) == 0)
            return k;
    return count;
}

enum { KEYS = 6 };

/* One person with what decides the order, worked out once: keys tell who could stand in
 * for whom. */
typedef struct ranked {
    const truce_person *who;
    size_t priority;
    int64_t keys[KEYS];
    uint32_t stage;
} ranked;

/* What no wish speaks of tells nobody apart. */
static ranked ranked_of(const plan_checking *in, size_t person)
{
    const truce_exchange_wish *wish = in->wish;
    const truce_person *who = &in->lists->people[person];
    bool quotas = wish == NULL || wish->quota_count > 0;
    bool tariff = wish && wish->mode == TRUCE_EXCHANGE_TARIFF;
    bool rooms = wish == NULL || wish->capacity_count > 0;
    return (ranked){.who = who,
                    .priority = priority_of(in, who),
                    .keys = {who->side, quotas ? who->class_index : 0,
                             tariff ? (int64_t)plan_points(in, who) : 0,
                             rooms ? who->site : 0, who->ready_from, who->ready_to},
                    .stage = in->stage_of[person]};
}

static int compare_rank(const ranked *a, const ranked *b)
{
    if (a->who->owed != b->who->owed)
        return a->who->owed ? -1 : 1;
    if (a->priority != b->priority)
        return a->priority < b->priority ? -1 : 1;
    bool known = a->who->captured != TRUCE_NO_DAY;
    if (known != (b->who->captured != TRUCE_NO_DAY))
        return known ? -1 : 1;
    if (a->who->captured != b->who->captured)
        return a->who->captured < b->who->captured ? -1 : 1;
    return strcmp(a->who->id, b->who->id);
}

/* Could they stand in for each other? The order of groups means nothing. */
static int compare_group(const ranked *a, const ranked *b)
{
    for (size_t k = 0; k < KEYS; k++)
        if (a->keys[k] != b->keys[k])
            return a->keys[k] < b->keys[k] ? -1 : 1;
    return 0;
}

static int compare_ranked(const void *one, const void *other)
{
    const ranked *a = one, *b = other;
    int group = compare_group(a, b);
    return group ? group : compare_rank(a, b);
}

/* Everybody who may go, group by group, each in the order of choice. */
static ranked *rank_all(const plan_checking *in, size_t *count)
{
    ranked *all = must_allocate((in->lists->count + 1) * sizeof *all);
    *count = 0;
    for (size_t k = 0; k < in->lists->count; k++) {
        const truce_person *who = &in->lists->people[k];
        bool ready = false;
        for (uint32_t s = 1; s <= in->stages && !ready && who->eligible; s++)
            ready = plan_is_ready(in, who, s);
        if (ready)
            all[(*count)++] = ranked_of(in, k);
    }
    qsort(all, *count, sizeof *all, compare_ranked);
    return all;
}

/* The owed within a group are a group of their own when they go outside the number. */
static bool together(const plan_checking *in, const ranked *a, const ranked *b)
{
    return compare_group(a, b) == 0 &&
           (a->who->owed == b->who->owed || (in->wish && in->wish->owed_inside));
}

/* Within a group the stages are filled in the order of choice. */
static bool in_turn(const plan_checking *in, const ranked *a, const ranked *b)
{
    return !together(in, a, b) || a->stage == PLAN_ABSENT || b->stage == PLAN_ABSENT ||
           a->stage <= b->stage;
}

void plan_check_choice(plan_checking *in)
{
    plan_rule turn = rule_begin(in, "nobody goes later than somebody who comes after");
    plan_rule rule = rule_begin(in, "nobody is left out for somebody who comes after");
    size_t count;
    ranked *all = rank_all(in, &count);
    for (size_t k = 1; k < count; k++)
        rule_check(&rule,
                   !together(in, &all[k - 1], &all[k]) ||
                       all[k - 1].stage != PLAN_ABSENT || all[k].stage == PLAN_ABSENT,
                   SIZE_MAX, "%s is left out, and %s goes", all[k - 1].who->id,
                   all[k].who->id);
    for (size_t k = 1; k < count; k++)
        rule_check(&turn, in_turn(in, &all[k - 1], &all[k]),
                   in->row_of[all[k].who - in->lists->people],
                   "%s goes in stage %u, and %s, who comes after, in stage %u",
                   all[k - 1].who->id, (unsigned)all[k - 1].stage, all[k].who->id,
                   (unsigned)all[k].stage);
    free(all);
}

/* ---- the owed -------------------------------------------------------------------- */

/* [side][site][stage] how many leave, and how many of them are not owed. */
typedef struct departures {
    uint64_t *all, *not_owed;
    size_t sites, stages;
} departures;

static size_t place(const departures *d, unsigned side, uint32_t site, uint32_t stage)
{
    return (side * d->sites + site) * (d->stages + 1) + stage;
}

static departures departures_new(const plan_checking *in)
{
    departures d = {.sites = in->lists->sites.count, .stages = in->stages};
    size_t cells = 2 * d.sites * (d.stages + 1);
    d.all = must_allocate_zeroed(cells, sizeof *d.all);
    d.not_owed = must_allocate_zeroed(cells, sizeof *d.not_owed);
    for (size_t k = 0; k < in->row_count; k++) {
        const truce_person *who = &in->lists->people[in->rows[k].person];
        size_t at = place(&d, who->side, who->site, in->rows[k].stage);
        d.all[at]++;
        d.not_owed[at] += !who->owed;
    }
    return d;
}

/* The first stage in which somebody owed could have gone instead; 0 when there is none: on
 * every stage before, the person was not ready, or the site was full of others owed. Within
 * the agreed number the balance may hold people back as well: then only taking the place
 * of somebody who is not owed counts. */
static uint32_t earlier_stage(const plan_checking *in, const departures *d,
                              const truce_person *who, uint32_t before)
{
    for (uint32_t s = 1; s < before; s++) {
        if (!plan_is_ready(in, who, s))
            continue;
        size_t at = place(d, who->side, who->site, s);
        bool has_room = plan_outside(in, who) &&
                        d->all[at] < plan_room(in, who->side, who->site, s);
        if (has_room || d->not_owed[at] > 0)
            return s;
    }
    return 0;
}

void plan_check_owed(plan_checking *in)
{
    plan_rule rule = rule_begin(in, "the owed go first");
    departures d = departures_new(in);
    for (size_t k = 0; k < in->lists->count; k++) {
        const truce_person *who = &in->lists->people[k];
        if (!who->owed || !who->eligible)
            continue;
        bool goes = in->stage_of[k] != PLAN_ABSENT;
        if (!goes && in->wish == NULL)
            continue;
        uint32_t last = goes ? in->stage_of[k] : in->stages + 1;
        bool excused = !goes && !plan_outside(in, who);
        uint32_t earlier = excused ? 0 : earlier_stage(in, &d, who, last);
        rule_check(&rule, earlier == 0, goes ? in->row_of[k] : SIZE_MAX,
                   "%s is owed and could have gone in stage %u", who->id,
                   (unsigned)earlier);
    }
    for (size_t k = 1; k < in->row_count; k++) {
        const truce_person *one = &in->lists->people[in->rows[k - 1].person];
        const truce_person *other = &in->lists->people[in->rows[k].person];
        rule_check(&rule,
                   in->rows[k].stage != in->rows[k - 1].stage || one->owed ||
                       !other->owed,
                   k, "%s is owed and stands behind %s", other->id, one->id);
    }
    free(d.all);
    free(d.not_owed);
}
