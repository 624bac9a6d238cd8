/* bands.c - people by site, days of readiness and group, through a hash table. */
#include "exchange/bands.h"

#include <stdlib.h>
#include <string.h>

bool bands_traded(const planning *p, uint32_t person)
{
    return !planning_outside(p, &p->lists->people[person]);
}

/* ---- groups ---------------------------------------------------------------------- */

static bool by_rank(const planning *p)
{
    return p->wish->mode == TRUCE_EXCHANGE_TARIFF;
}

static bool by_class(const planning *p)
{
    return !by_rank(p) && p->wish->quota_count > 0;
}

static uint32_t group_of(const planning *p, const truce_person *who)
{
    return by_rank(p) ? who->rank : by_class(p) ? who->class_index : 0;
}

static size_t group_count(const planning *p)
{
    return by_rank(p)    ? p->lists->ranks.count
           : by_class(p) ? p->lists->classes.count
                         : 1;
}

static void limit_by_quota(const planning *p, const truce_quota *quota, bands *b)
{
    for (unsigned side = 0; side < 2; side++)
        for (size_t i = 0; i < b->groups; i++) {
            bool meant = quota->side < 0 || p->side_of[quota->side] == side;
            if (!meant || strcmp(quota->class_name, p->lists->classes.items[i]) != 0)
                continue;
            if (quota->most < (uint64_t)b->most[side][i])
                b->most[side][i] = (int64_t)quota->most;
            if (quota->least > (uint64_t)b->least[side][i])
                b->least[side][i] = (int64_t)quota->least;
        }
}

/* Under a tariff each rank sends as many as were chosen, whoever they are. */
static void limit_by_choice(bands *b)
{
    for (unsigned side = 0; side < 2; side++) {
        memset(b->most[side], 0, b->groups * sizeof *b->most[side]);
        for (size_t i = 0; i < b->count[side]; i++)
            b->most[side][b->all[side][i].group] += (int64_t)b->all[side][i].chosen;
    }
}

static void limit_groups(const planning *p, bands *b)
{
    for (unsigned side = 0; side < 2; side++)
        for (size_t i = 0; i < b->groups; i++)
            b->most[side][i] = CALENDAR_NO_LIMIT;
    if (by_rank(p))
        limit_by_choice(b);
    if (by_class(p))
        for (size_t i = 0; i < p->wish->quota_count; i++)
            limit_by_quota(p, &p->wish->quotas[i], b);
}

/* ---- bands ----------------------------------------------------------------------- */

/* Open addressing; entries are indices of bands plus 1. */
typedef struct table {
    uint32_t *entries;
    size_t size; /* a power of two, at least twice the bands */
} table;

static size_t hash_of(const band *b)
{
    uint64_t hash = 0;
    const uint64_t words[] = {b->site, b->first, b->last, b->group, b->owed};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        hash = (hash ^ words[i]) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
    return (size_t)hash;
}

static bool same(const band *one, const band *other)
{
    return one->site == other->site && one->first == other->first &&
           one->last == other->last && one->group == other->group &&
           one->owed == other->owed;
}

static uint32_t *entry_of(const table *t, const band *all, const band *wanted)
{
    size_t at = hash_of(wanted) & (t->size - 1);
    while (t->entries[at] != 0 && !same(&all[t->entries[at] - 1], wanted))
        at = (at + 1) & (t->size - 1);
    return &t->entries[at];
}

static void widen(table *t, const band *all, size_t count)
{
    if (t->size >= 2 * (count + 1))
        return;
    free(t->entries);
    t->size = t->size ? 4 * t->size : 256;
    t->entries = must_allocate_zeroed(t->size, sizeof *t->entries);
    for (size_t i = 0; i < count; i++)
        *entry_of(t, all, &all[i]) = (uint32_t)i + 1;
}

static uint32_t find_or_add(bands *b, unsigned side, table *t, const band *wanted)
{
    widen(t, b->all[side], b->count[side]);
    uint32_t *entry = entry_of(t, b->all[side], wanted);
    if (*entry == 0) {
        *grow(b->all[side], b->count[side], b->room[side]) = *wanted;
        *entry = (uint32_t)b->count[side];
    }
    return *entry - 1;
}

static void sort_into_bands(const planning *p, const calendar *c, unsigned side,
                            bands *b)
{
    table t = {0};
    for (size_t i = 0; i < p->eligible[side]; i++) {
        uint32_t person = p->order[side][i];
        const truce_person *who = &p->lists->people[person];
        if (!bands_traded(p, person))
            continue;
        band wanted = {.site = who->site, .owed = who->owed, .group = group_of(p, who)};
        wanted.first = calendar_first(c, who);
        wanted.last = calendar_last(c, who);
        uint32_t found = find_or_add(b, side, &t, &wanted);
        b->band_of[person] = found;
        b->all[side][found].people++;
        b->all[side][found].chosen += p->fates[person] == PLANNING_GOES;
    }
    free(t.entries);
}

bands bands_new(const planning *p, const calendar *c, arena *memory)
{
    bands b = {.groups = group_count(p)};
    b.band_of = arena_array(memory, p->lists->count, uint32_t);
    memset(b.band_of, 0xff, p->lists->count * sizeof *b.band_of);
    for (unsigned side = 0; side < 2; side++) {
        b.least[side] = arena_array(memory, b.groups, int64_t);
        b.most[side] = arena_array(memory, b.groups, int64_t);
        sort_into_bands(p, c, side, &b);
        for (size_t i = 0; i < b.count[side]; i++)
            b.all[side][i].heads = b.all[side][i].chosen;
    }
    limit_groups(p, &b);
    return b;
}

void bands_free(bands *b)
{
    free(b->all[0]);
    free(b->all[1]);
}
