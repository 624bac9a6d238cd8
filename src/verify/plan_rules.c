#include "verify/plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- what the wish and the lists say --------------------------------------------- */

bool plan_outside(const plan_checking *in, const truce_person *who)
{
    return who->owed && !(in->wish && in->wish->owed_inside);
}

/* Of stage s, from 1, as the wish has it. */
static int32_t stage_day(const truce_exchange_wish *wish, uint32_t stage)
{
    return wish->stage_days && stage <= wish->stage_count ? wish->stage_days[stage - 1]
                                                          : (int32_t)stage;
}

bool plan_day(const plan_checking *in, uint32_t stage, int32_t *day)
{
    const truce_exchange_wish *wish = in->wish;
    if (wish == NULL)
        return false;
    int32_t number = stage_day(wish, stage);
    bool dated = wish->days_are_dates || wish->from != TRUCE_NO_DAY;
    *day = !wish->days_are_dates && dated ? wish->from + number - 1 : number;
    if (in->lists->days_are_numbers && dated && !wish->days_are_dates)
        *day = number;
    return in->lists->days_are_numbers ? !wish->days_are_dates : dated;
}

bool plan_is_ready(const plan_checking *in, const truce_person *who, uint32_t stage)
{
    int32_t day;
    if (!plan_day(in, stage, &day))
        return true;
    return (who->ready_from == TRUCE_NO_DAY || day >= who->ready_from) &&
           (who->ready_to == TRUCE_NO_DAY || day <= who->ready_to);
}

/* A side of the wish by its number there, as a side of the lists. */
static int side_of_lists(const plan_checking *in, int side)
{
    const char *name = side < 0 ? NULL : in->wish->sides[side];
    if (name == NULL)
        return side;
    return strcmp(name, in->lists->names[0]) == 0 ? 0 : 1;
}

uint64_t plan_room(const plan_checking *in, unsigned side, uint32_t site,
                   uint32_t stage)
{
    uint64_t room = UINT64_MAX;
    const truce_exchange_wish *wish = in->wish;
    for (size_t k = 0; wish && k < wish->capacity_count; k++) {
        const truce_capacity *one = &wish->capacities[k];
        bool about = (one->site == NULL ||
                      strcmp(one->site, in->lists->sites.items[site]) == 0) &&
                     (one->side < 0 || side_of_lists(in, one->side) == (int)side) &&
                     (one->day == TRUCE_NO_DAY || one->day == stage_day(wish, stage));
        if (about && one->most < room)
            room = one->most;
    }
    return room;
}

uint64_t plan_points(const plan_checking *in, const truce_person *who)
{
    const char *rank = in->lists->ranks.items[who->rank];
    for (size_t k = 0; in->wish && k < in->wish->tariff_count; k++)
        if (strcmp(in->wish->tariff[k].rank, rank) == 0)
            return in->wish->tariff[k].points;
    return 0;
}

/* ---- rows ------------------------------------------------------------------------ */

void plan_check_rows(plan_checking *in)
{
    plan_rule order = rule_begin(in, "stages come in order");
    plan_rule days = rule_begin(in, "each stage is on its day");
    plan_rule ready = rule_begin(in, "everybody is ready on that day");
    const truce_exchange_wish *wish = in->wish;
    for (size_t k = 0; k < in->row_count; k++) {
        const plan_row *row = &in->rows[k], *before = k > 0 ? row - 1 : row;
        const truce_person *who = &in->lists->people[row->person];
        rule_check(&order,
                   row->stage >= before->stage &&
                       (wish == NULL ||
                        row->stage <= (wish->stage_count ? wish->stage_count : 1)),
                   k, "stage %u is out of its place, or was not agreed",
                   (unsigned)row->stage);
        bool same = k == 0 || row->stage != before->stage || row->day == before->day;
        int32_t day = wish ? stage_day(wish, row->stage) : row->day;
        bool dated = wish ? wish->days_are_dates || wish->from != TRUCE_NO_DAY
                          : row->day_is_date;
        if (wish && dated && !wish->days_are_dates)
            day += wish->from - 1;
        rule_check(&days, same && day == row->day && dated == row->day_is_date, k,
                   "stage %u is on another day", (unsigned)row->stage);
        rule_check(&ready, plan_is_ready(in, who, row->stage), k,
                   "%s is not ready on that day", who->id);
    }
}

/* ---- numbers --------------------------------------------------------------------- */

typedef struct sums {
    uint64_t heads[2], points[2]; /* of those within the number */
    uint64_t owed[2];
} sums;

static sums add_up(const plan_checking *in)
{
    sums all = {0};
    for (size_t k = 0; k < in->row_count; k++) {
        const truce_person *who = &in->lists->people[in->rows[k].person];
        all.owed[who->side] += who->owed;
        if (plan_outside(in, who))
            continue;
        all.heads[who->side]++;
        all.points[who->side] += plan_points(in, who);
    }
    return all;
}

static void numbers_of_sides(const plan_checking *in, uint64_t numbers[2])
{
    for (int side = 0; side < 2; side++)
        numbers[side_of_lists(in, side)] = in->wish->numbers[side];
}

static void check_quotas(plan_checking *in)
{
    plan_rule rule = rule_begin(in, "quotas hold");
    const truce_exchange_wish *wish = in->wish;
    for (size_t q = 0; q < wish->quota_count; q++) {
        const truce_quota *quota = &wish->quotas[q];
        for (unsigned side = 0; side < 2; side++) {
            if (quota->side >= 0 && side_of_lists(in, quota->side) != (int)side)
                continue;
            uint64_t count = 0;
            for (size_t k = 0; k < in->row_count; k++) {
                const truce_person *who = &in->lists->people[in->rows[k].person];
                count += who->side == side && !plan_outside(in, who) &&
                         strcmp(in->lists->classes.items[who->class_index],
                                quota->class_name) == 0;
            }
            rule_check(&rule, count >= quota->least && count <= quota->most, SIZE_MAX,
                       "%" PRIu64 " of class %s of %s go", count, quota->class_name,
                       in->lists->names[side]);
        }
    }
}

void plan_check_numbers(plan_checking *in)
{
    sums all = add_up(in);
    uint64_t numbers[2];
    if (in->wish == NULL)
        return;
    numbers_of_sides(in, numbers);
    plan_rule rule = rule_begin(in, "as many go as was agreed");
    const char *const *names = in->lists->names;
    if (in->wish->mode == TRUCE_EXCHANGE_NUMBER)
        for (unsigned side = 0; side < 2; side++)
            rule_check(&rule, all.heads[side] == numbers[side], SIZE_MAX,
                       "%" PRIu64 " of %s go, %" PRIu64 " were agreed", all.heads[side],
                       names[side], numbers[side]);
    else if (in->wish->mode == TRUCE_EXCHANGE_RATIO)
        rule_check(&rule,
                   (unsigned __int128)all.heads[0] * numbers[1] ==
                       (unsigned __int128)all.heads[1] * numbers[0],
                   SIZE_MAX,
                   "%" PRIu64 " against %" PRIu64 " is not %" PRIu64 " : %" PRIu64,
                   all.heads[0], all.heads[1], numbers[0], numbers[1]);
    else if (in->wish->mode == TRUCE_EXCHANGE_TARIFF)
        rule_check(&rule, all.points[0] == all.points[1], SIZE_MAX,
                   "%" PRIu64 " points against %" PRIu64, all.points[0], all.points[1]);
    check_quotas(in);
}

/* ---- room ------------------------------------------------------------------------ */

typedef struct leaving {
    uint32_t stage, site;
    unsigned side;
    size_t row;
} leaving;

static int compare_leaving(const void *one, const void *other)
{
    const leaving *a = one, *b = other;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    if (a->side != b->side)
        return a->side < b->side ? -1 : 1;
    if (a->site != b->site)
        return a->site < b->site ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

void plan_check_room(plan_checking *in)
{
    plan_rule rule = rule_begin(in, "no site sends more than it can");
    leaving *all = must_allocate((in->row_count + 1) * sizeof *all);
    for (size_t k = 0; k < in->row_count; k++) {
        const truce_person *who = &in->lists->people[in->rows[k].person];
        all[k] = (leaving){in->rows[k].stage, who->site, who->side, k};
    }
    qsort(all, in->row_count, sizeof *all, compare_leaving);
    for (size_t k = 0, end; k < in->row_count; k = end) {
        for (end = k; end < in->row_count && all[end].stage == all[k].stage &&
                      all[end].side == all[k].side && all[end].site == all[k].site;)
            end++;
        uint64_t room = plan_room(in, all[k].side, all[k].site, all[k].stage);
        rule_check(&rule, end - k <= room, all[end - 1].row,
                   "%zu leave site \"%s\" of %s in stage %u, which can send %" PRIu64,
                   end - k, in->lists->sites.items[all[k].site],
                   in->lists->names[all[k].side], (unsigned)all[k].stage, room);
    }
    free(all);
}

/* ---- balance --------------------------------------------------------------------- */

static __int128 size_of(__int128 number)
{
    return number < 0 ? -number : number;
}

void plan_check_balance(plan_checking *in)
{
    if (in->wish == NULL)
        return;
    plan_rule rule = rule_begin(in, "the sides keep step");
    sums all = add_up(in);
    uint64_t share[2] = {all.heads[0], all.heads[1]};
    bool exact = share[0] == share[1];
    if (in->wish->mode == TRUCE_EXCHANGE_RATIO) {
        numbers_of_sides(in, share);
        exact = true;
    }
    __int128 slack = exact ? 0 : (__int128)share[0] + share[1] - 1;
    __int128 most = (__int128)in->wish->delta * share[0] + slack;
    uint64_t heads[2] = {0, 0};
    for (size_t k = 0; k < in->row_count; k++) {
        const plan_row *row = &in->rows[k];
        const truce_person *who = &in->lists->people[row->person];
        heads[who->side] += !plan_outside(in, who);
        if (k + 1 < in->row_count && in->rows[k + 1].stage == row->stage)
            continue;
        __int128 apart = (__int128)heads[1] * share[0] - (__int128)heads[0] * share[1];
        rule_check(&rule, size_of(apart) <= most, k,
                   "by the end of stage %u %" PRIu64 " of %s have gone and %" PRIu64
                   " of %s",
                   (unsigned)row->stage, heads[0], in->lists->names[0], heads[1],
                   in->lists->names[1]);
    }
}
