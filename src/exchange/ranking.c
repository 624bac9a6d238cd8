/* ranking: who comes before whom. Owed first, then by the priority of the class, then whoever
 * is held longest (nobody knows since when: last), then the smallest id. This is a total
 * order, for ids are unique.
 *
 * A person's place is packed into two words, the second of them eight bytes of the id behind
 * what all ids of the side begin with; so most comparisons are of numbers, and a million
 * people sort in a fraction of a second.
 */
#include "base/error.h"
#include "base/names.h"
#include "exchange/planning.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the wish says of the lists --------------------------------------------- */

static bool same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

static truce_status match_sides(planning *p)
{
    const char *const *asked = p->wish->sides, *const *found = p->lists->names;
    p->side_of[0] = 0;
    p->side_of[1] = 1;
    if (asked[0] == NULL || (same(asked[0], found[0]) && same(asked[1], found[1])))
        return TRUCE_OK;
    if (!same(asked[0], found[1]) || !same(asked[1], found[0]))
        return error_say(p->error, TRUCE_CALL,
                         "the rules speak of %s and %s, the lists of %s and %s",
                         asked[0], asked[1], found[0], found[1]);
    p->side_of[0] = 1;
    p->side_of[1] = 0;
    return TRUCE_OK;
}

static void set_priorities(planning *p)
{
    const truce_texts *classes = &p->lists->classes, *first = &p->wish->classes;
    p->class_priority = arena_array(p->memory, classes->count, uint32_t);
    for (size_t c = 0; c < classes->count; c++) {
        size_t place = 0;
        while (place < first->count &&
               strcmp(first->items[place], classes->items[c]) != 0)
            place++;
        p->class_priority[c] = (uint32_t)place;
    }
}

static truce_status set_days(planning *p)
{
    const truce_exchange_wish *wish = p->wish;
    p->stage_count = wish->stage_count > 0 ? wish->stage_count : 1;
    p->days = arena_array(p->memory, p->stage_count, int32_t);
    p->list_days = arena_array(p->memory, p->stage_count, int32_t);
    for (size_t t = 0; t < p->stage_count; t++) {
        p->days[t] = wish->stage_days ? wish->stage_days[t] : (int32_t)(t + 1);
        p->list_days[t] = planning_day_in_lists(p->lists, wish, p->days[t]);
        if (t > 0 && p->days[t] <= p->days[t - 1])
            return error_say(p->error, TRUCE_CALL,
                             "the days of the stages do not ascend: stage %zu comes "
                             "before stage %zu",
                             t + 1, t);
    }
    return TRUCE_OK;
}

/* ---- who may go ------------------------------------------------------------------ */

bool planning_ready(const planning *p, const truce_person *who, size_t stage)
{
    int32_t day = p->list_days[stage];
    return (who->ready_from == TRUCE_NO_DAY || who->ready_from <= day) &&
           (who->ready_to == TRUCE_NO_DAY || who->ready_to >= day);
}

bool planning_outside(const planning *p, const truce_person *who)
{
    return who->owed && !p->wish->owed_inside;
}

static bool has_days(const truce_person *who)
{
    return who->ready_from != TRUCE_NO_DAY || who->ready_to != TRUCE_NO_DAY;
}

static bool ready_some_day(const planning *p, const truce_person *who)
{
    if (!has_days(who))
        return true;
    for (size_t t = 0; t < p->stage_count; t++)
        if (planning_ready(p, who, t))
            return true;
    return false;
}

static uint8_t fate_of(const planning *p, const truce_person *who)
{
    if (who->status != TRUCE_PERSON_VERIFIED)
        return TRUCE_NOT_VERIFIED;
    if (who->consent != TRUCE_CONSENTS)
        return TRUCE_NO_CONSENT;
    if (who->health == TRUCE_UNFIT_TO_TRAVEL)
        return TRUCE_NOT_FIT_TO_TRAVEL;
    return ready_some_day(p, who) ? PLANNING_GOES : TRUCE_NOT_READY;
}

/* Days of readiness mean nothing while nothing ties them to the days of the stages. */
static truce_status check_days(const planning *p, const truce_person *who)
{
    if (!who->eligible || !has_days(who) || p->list_days[0] != TRUCE_NO_DAY)
        return TRUCE_OK;
    return error_say(p->error, TRUCE_CALL,
                     "%s:%u: %s is ready on certain %s only, while the stages have %s: "
                     "the date of day 1 is needed (from)",
                     p->lists->files[who->side], who->line, who->id,
                     p->lists->days_are_numbers ? "numbered days" : "dates",
                     p->wish->days_are_dates ? "dates" : "numbered days");
}

static truce_status find_who_may_go(planning *p)
{
    const truce_lists *lists = p->lists;
    p->fates = arena_array(p->memory, lists->count, uint8_t);
    for (size_t k = 0; k < lists->count; k++) {
        const truce_person *who = &lists->people[k];
        if (check_days(p, who) != TRUCE_OK)
            return TRUCE_CALL;
        p->fates[k] = fate_of(p, who);
        p->eligible[who->side] += p->fates[k] == PLANNING_GOES;
    }
    return TRUCE_OK;
}

/* ---- points ---------------------------------------------------------------------- */

static const truce_rank_points *points_of(const planning *p, const names *known,
                                          size_t rank)
{
    size_t found = names_find(known, p->lists->ranks.items[rank]);
    return found == NAMES_NONE ? NULL : &p->wish->tariff[found];
}

static truce_status missing_points(planning *p, const truce_person *who)
{
    const char *rank = p->lists->ranks.items[who->rank];
    return *rank ? error_say(p->error, TRUCE_CALL,
                             "%s:%u: the tariff has no points for rank \"%s\" of %s",
                             p->lists->files[who->side], who->line, rank, who->id)
                 : error_say(p->error, TRUCE_CALL,
                             "%s:%u: %s has no rank, and the tariff no points for that",
                             p->lists->files[who->side], who->line, who->id);
}

static truce_status set_points_from(planning *p, names *known)
{
    const truce_exchange_wish *wish = p->wish;
    for (size_t t = 0; t < wish->tariff_count; t++)
        if (!names_add(known, wish->tariff[t].rank, t))
            return error_say(p->error, TRUCE_CALL,
                             "the tariff gives rank \"%s\" points twice",
                             wish->tariff[t].rank);
    bool *given = arena_array(p->memory, p->lists->ranks.count, bool);
    for (size_t r = 0; r < p->lists->ranks.count; r++) {
        const truce_rank_points *points = points_of(p, known, r);
        given[r] = points != NULL;
        p->rank_points[r] = points ? points->points : 0;
    }
    for (size_t k = 0; k < p->lists->count; k++)
        if (p->fates[k] == PLANNING_GOES && !given[p->lists->people[k].rank])
            return missing_points(p, &p->lists->people[k]);
    return TRUCE_OK;
}

static truce_status set_points(planning *p)
{
    if (p->wish->mode == TRUCE_EXCHANGE_TARIFF && p->wish->tariff_count == 0)
        return error_say(p->error, TRUCE_CALL,
                         "mode tariff needs a tariff: points for each rank");
    if (p->wish->tariff_count == 0)
        return TRUCE_OK;
    p->rank_points = arena_array(p->memory, p->lists->ranks.count, uint64_t);
    names known = {0};
    truce_status status = set_points_from(p, &known);
    names_free(&known);
    return status;
}

/* ---- the order ------------------------------------------------------------------- */

typedef struct candidate {
    uint64_t standing; /* owed, class, captured: less goes first */
    uint64_t id_part;
    const char *id;
    uint32_t person;
} candidate;

static uint64_t standing_of(const planning *p, const truce_person *who)
{
    uint32_t held = who->captured == TRUCE_NO_DAY
                        ? UINT32_MAX
                        : (uint32_t)((int64_t)who->captured - INT32_MIN - 1);
    uint64_t class_place = p->class_priority[who->class_index];
    return (uint64_t)!who->owed << 63 | class_place << 32 | held;
}

int planning_compare(const planning *p, const truce_person *one,
                     const truce_person *other)
{
    uint64_t standing = standing_of(p, one), other_standing = standing_of(p, other);
    if (standing != other_standing)
        return standing < other_standing ? -1 : 1;
    return strcmp(one->id, other->id);
}

/* How many bytes all ids of people who may go have in common at their beginning. */
static size_t common_beginning(const planning *p, unsigned side)
{
    const truce_person *people = p->lists->people;
    const char *first = NULL;
    size_t common = 0;
    for (size_t k = p->lists->first[side]; k < p->lists->first[side + 1]; k++) {
        if (p->fates[k] != PLANNING_GOES)
            continue;
        size_t length = 0, most = first ? common : strlen(people[k].id);
        first = first ? first : people[k].id;
        while (length < most && people[k].id[length] == first[length])
            length++;
        common = length;
    }
    return common;
}

/* Eight bytes, the first of them weighing most; an id that ends before comes first. */
static uint64_t eight_bytes(const char *text)
{
    uint64_t part = 0;
    for (unsigned b = 0; b < 8; b++) {
        part = part << 8 | (unsigned char)*text;
        text += *text != '\0';
    }
    return part;
}

static int compare(const void *one_place, const void *other_place)
{
    const candidate *one = one_place, *other = other_place;
    if (one->standing != other->standing)
        return one->standing < other->standing ? -1 : 1;
    if (one->id_part != other->id_part)
        return one->id_part < other->id_part ? -1 : 1;
    return strcmp(one->id, other->id);
}

static void order_side(planning *p, unsigned side)
{
    size_t count = 0, common = common_beginning(p, side);
    candidate *all = must_allocate((p->eligible[side] + 1) * sizeof *all);
    for (size_t k = p->lists->first[side]; k < p->lists->first[side + 1]; k++) {
        const truce_person *who = &p->lists->people[k];
        if (p->fates[k] == PLANNING_GOES)
            all[count++] = (candidate){.standing = standing_of(p, who),
                                       .id_part = eight_bytes(who->id + common),
                                       .id = who->id,
                                       .person = (uint32_t)k};
    }
    qsort(all, count, sizeof *all, compare);
    p->order[side] = arena_array(p->memory, count, uint32_t);
    for (size_t k = 0; k < count; k++)
        p->order[side][k] = all[k].person;
    free(all);
}

truce_status planning_rank(planning *p)
{
    truce_status status = match_sides(p);
    if (status == TRUCE_OK)
        status = set_days(p);
    if (status == TRUCE_OK)
        status = find_who_may_go(p);
    if (status == TRUCE_OK)
        status = set_points(p);
    if (status != TRUCE_OK)
        return status;
    set_priorities(p);
    order_side(p, 0);
    order_side(p, 1);
    return TRUCE_OK;
}
