/* select: who goes. Within a side classes are disjoint, so quotas, a number and what is there
 * are bounds on disjoint sets and on their union: a laminar matroid. Whether they can hold
 * together is a flow from the side through its classes to its people, and as each person has
 * one class alone, the least cut is found by adding up the smaller of quota and people; no
 * network is needed. And going through the people in order, taking everybody who may be
 * taken without making a lower bound impossible, gives the best set exactly: there is none
 * larger, and none that is better at the first person where the two differ (Edmonds 1971).
 *
 * The owed, when outside the number, go whatever happens here, and are not counted.
 */
#include "base/error.h"
#include "exchange/planning.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* What the quotas let of a class of a side. */
typedef struct class_bounds {
    uint64_t least, most, available, taken;
    truce_place least_said, most_said;
} class_bounds;

/* A side while it is chosen from: at least `least` and at most `most` people, of those
 * available, can go by its quotas. */
typedef struct side_choice {
    planning *p;
    unsigned side;
    const char *name;
    class_bounds *classes;
    uint64_t least, most, available, outside;
    uint64_t target;
} side_choice;

/* ---- the wish -------------------------------------------------------------------- */

static truce_status check_wish(planning *p)
{
    const truce_exchange_wish *wish = p->wish;
    bool all = wish->mode == TRUCE_EXCHANGE_ALL,
         tariff = wish->mode == TRUCE_EXCHANGE_TARIFF;
    if (wish->quota_count > 0 && (all || tariff))
        return error_say(
            p->error, TRUCE_CALL,
            "mode %s leaves no room for quotas; modes quota, n and ratio do",
            all ? "all" : "tariff");
    if (wish->mode == TRUCE_EXCHANGE_RATIO &&
        (wish->numbers[0] == 0 || wish->numbers[1] == 0))
        return error_say(p->error, TRUCE_CALL,
                         "a ratio of %" PRIu64 ":%" PRIu64
                         " is none: both numbers must be at least 1",
                         wish->numbers[0], wish->numbers[1]);
    return TRUCE_OK;
}

/* "rules.yaml:7: ", or nothing when the wish comes from flags. */
static const char *at_place(planning *p, truce_place place)
{
    return place.file ? arena_format(p->memory, "%s:%u: ", place.file, place.line) : "";
}

static truce_status quota_too_large(planning *p, const truce_quota *quota,
                                    size_t class_k)
{
    const truce_lists *lists = p->lists;
    for (unsigned side = 0; side < 2; side++)
        for (size_t k = 0; k < p->eligible[side]; k++) {
            const truce_person *who = &lists->people[p->order[side][k]];
            p->most[side] += who->class_index == class_k && !planning_outside(p, who);
        }
    unsigned side =
        quota->side >= 0 ? p->side_of[quota->side] : p->most[0] > p->most[1];
    p->short_of = arena_format(
        p->memory, "%sa quota asks for at least %s of class \"%s\" of %s: %s can go",
        at_place(p, quota->place), planning_figure(p, quota->least), quota->class_name,
        lists->names[side], planning_figure(p, p->most[side]));
    return TRUCE_NONE;
}

static size_t class_named(const truce_lists *lists, const char *name)
{
    size_t k = 0;
    while (k < lists->classes.count && strcmp(lists->classes.items[k], name) != 0)
        k++;
    return k;
}

static bool speaks_of(const planning *p, const truce_quota *quota, unsigned side)
{
    return quota->side < 0 || p->side_of[quota->side] == side;
}

/* Several quotas of a class hold together. */
static truce_status hold_quota(side_choice *at, const truce_quota *quota)
{
    planning *p = at->p;
    size_t k = class_named(p->lists, quota->class_name);
    if (k == p->lists->classes.count)
        return quota->least > 0 ? quota_too_large(p, quota, k) : TRUCE_OK;
    class_bounds *bounds = &at->classes[k];
    if (quota->least > bounds->least)
        bounds->least = quota->least;
    if (quota->most < bounds->most)
        bounds->most = quota->most;
    if (bounds->least > bounds->most)
        return error_say(p->error, TRUCE_CALL,
                         "%squotas ask for at least %" PRIu64 " of class \"%s\" of %s "
                         "and let %" PRIu64 " go at the most",
                         at_place(p, quota->place), bounds->least, quota->class_name,
                         at->name, bounds->most);
    return quota->least > bounds->available ? quota_too_large(p, quota, k) : TRUCE_OK;
}

/* ---- what a side can ------------------------------------------------------------- */

static truce_status survey(side_choice *at, planning *p, unsigned side)
{
    *at = (side_choice){.p = p, .side = side, .name = p->lists->names[side]};
    size_t count = p->lists->classes.count;
    at->classes = arena_array(p->memory, count, class_bounds);
    for (size_t k = 0; k < count; k++)
        at->classes[k].most = UINT64_MAX;
    for (size_t k = 0; k < p->eligible[side]; k++) {
        const truce_person *who = &p->lists->people[p->order[side][k]];
        bool outside = planning_outside(p, who);
        at->outside += outside;
        at->available += !outside;
        at->classes[who->class_index].available += !outside;
    }
    for (size_t q = 0; q < p->wish->quota_count; q++) {
        truce_status status = TRUCE_OK;
        if (speaks_of(p, &p->wish->quotas[q], side))
            status = hold_quota(at, &p->wish->quotas[q]);
        if (status != TRUCE_OK)
            return status;
    }
    for (size_t k = 0; k < count; k++) {
        const class_bounds *bounds = &at->classes[k];
        at->least += bounds->least;
        at->most += bounds->most < bounds->available ? bounds->most : bounds->available;
    }
    return TRUCE_OK;
}

/* ---- how many -------------------------------------------------------------------- */

static truce_status cannot(planning *p, const side_choice sides[2], const char *why)
{
    p->short_of = why;
    for (unsigned side = 0; side < 2; side++)
        p->most[side] = sides[side].most;
    return TRUCE_NONE;
}

/* "987 are eligible, beside 12 owed" or what else keeps the others from going. */
static const char *what_there_is(const side_choice *at)
{
    planning *p = at->p;
    const char *beside = at->outside
                             ? arena_format(p->memory, ", beside %s owed who go anyway",
                                            planning_figure(p, at->outside))
                             : "";
    const char *are = at->most == 1 ? "is" : "are";
    return at->most < at->available
               ? arena_format(p->memory, "%s %s what the quotas let go%s",
                              planning_figure(p, at->most), are, beside)
               : arena_format(p->memory, "%s %s eligible and ready%s",
                              planning_figure(p, at->most), are, beside);
}

static truce_status too_many(const side_choice sides[2], const side_choice *at,
                             uint64_t asked)
{
    planning *p = at->p;
    return cannot(p, sides,
                  arena_format(p->memory, "%s of %s cannot go: %s",
                               planning_figure(p, asked), at->name, what_there_is(at)));
}

static truce_status too_few(const side_choice sides[2], const side_choice *at,
                            uint64_t asked, const char *whose)
{
    planning *p = at->p;
    return cannot(p, sides,
                  arena_format(p->memory,
                               "the quotas ask for at least %s of %s, and %s is %s",
                               planning_figure(p, at->least), at->name, whose,
                               planning_figure(p, asked)));
}

static truce_status aim_at_number(planning *p, side_choice sides[2])
{
    for (unsigned side = 0; side < 2; side++) {
        side_choice *at = &sides[side];
        at->target = p->wish->numbers[side];
        if (at->target > at->most)
            return too_many(sides, at, at->target);
        if (at->target < at->least)
            return too_few(sides, at, at->target, "the number");
    }
    planning_note(p, "people home", TRUCE_PROVED,
                  "the number that was agreed, exactly: %s of %s and %s of %s",
                  planning_figure(p, sides[0].target), sides[0].name,
                  planning_figure(p, sides[1].target), sides[1].name);
    return TRUCE_OK;
}

static uint64_t common_divisor(uint64_t one, uint64_t other)
{
    return other == 0 ? one : common_divisor(other, one % other);
}

/* Those owed outside the number are not traded: they go though nobody is traded for them. */
static bool somebody_goes_anyway(const side_choice sides[2])
{
    return sides[0].outside + sides[1].outside > 0;
}

static truce_status aim_at_ratio(planning *p, side_choice sides[2])
{
    const uint64_t *given = p->wish->numbers, part = common_divisor(given[0], given[1]);
    uint64_t numbers[2] = {given[0] / part, given[1] / part};
    uint64_t times[2] = {sides[0].most / numbers[0], sides[1].most / numbers[1]};
    side_choice *narrow = &sides[times[1] < times[0]];
    uint64_t most = times[narrow->side], each = numbers[narrow->side];
    if (most == 0 && !somebody_goes_anyway(sides))
        return too_many(sides, narrow, each);
    for (unsigned side = 0; side < 2; side++) {
        sides[side].target = most * numbers[side];
        if (sides[side].target < sides[side].least)
            return too_few(sides, &sides[side], sides[side].target,
                           "the most that the ratio lets go");
    }
    planning_note(p, "people home", TRUCE_PROVED,
                  "%s times %" PRIu64 ":%" PRIu64 "; once more asks for %s of %s: %s",
                  planning_figure(p, most), numbers[0], numbers[1],
                  planning_figure(p, (most + 1) * each), narrow->name,
                  what_there_is(narrow));
    return TRUCE_OK;
}

static truce_status aim_at_all(planning *p, side_choice sides[2])
{
    for (unsigned side = 0; side < 2; side++)
        sides[side].target = sides[side].most;
    planning_note(p, "people home", TRUCE_PROVED, "%s",
                  p->wish->mode == TRUCE_EXCHANGE_ALL
                      ? "everybody who is eligible and ready goes"
                      : "of each class everybody goes, or as many as its quota lets");
    return TRUCE_OK;
}

static truce_status aim(planning *p, side_choice sides[2])
{
    switch (p->wish->mode) {
    case TRUCE_EXCHANGE_NUMBER:
        return aim_at_number(p, sides);
    case TRUCE_EXCHANGE_RATIO:
        return aim_at_ratio(p, sides);
    default:
        return aim_at_all(p, sides);
    }
}

/* ---- who ------------------------------------------------------------------------- */

/* Invariant: `left` more people are to be taken, `reserved` of them to fill lower bounds,
 * and reserved <= left. */
static void take_in_order(side_choice *at)
{
    planning *p = at->p;
    uint64_t left = at->target, reserved = at->least;
    for (size_t k = 0; k < p->eligible[at->side]; k++) {
        uint32_t person = p->order[at->side][k];
        const truce_person *who = &p->lists->people[person];
        class_bounds *bounds = &at->classes[who->class_index];
        if (planning_outside(p, who))
            continue;
        bool fills = bounds->taken < bounds->least;
        if (bounds->taken < bounds->most && (fills || left > reserved)) {
            bounds->taken++;
            left--;
            reserved -= fills;
        } else {
            p->fates[person] = TRUCE_BEYOND_NUMBER;
        }
    }
    assert(left == 0);
}

/* Those left out because their class was full are told so; returns whether all who are left
 * out rank after all who go, and the last of those. */
static bool tell_why(side_choice *at, const truce_person **last)
{
    planning *p = at->p;
    bool before = true, left_out = false;
    for (size_t k = 0; k < p->eligible[at->side]; k++) {
        uint32_t person = p->order[at->side][k];
        const truce_person *who = &p->lists->people[person];
        const class_bounds *bounds = &at->classes[who->class_index];
        if (p->fates[person] != PLANNING_GOES) {
            left_out = true;
            if (bounds->taken == bounds->most)
                p->fates[person] = TRUCE_BEYOND_QUOTA;
        } else if (!planning_outside(p, who)) {
            before &= !left_out;
            *last = who;
        }
    }
    return before;
}

static void choose(side_choice *at)
{
    planning *p = at->p;
    const truce_person *last = NULL;
    take_in_order(at);
    bool in_order = tell_why(at, &last);
    const char *what = arena_format(p->memory, "who goes of %s", at->name);
    if (at->target == at->available)
        planning_note(p, what, TRUCE_PROVED, "nobody who may go is left out");
    else if (last == NULL)
        planning_note(p, what, TRUCE_PROVED, "nobody goes beside those owed");
    else if (in_order)
        planning_note(p, what, TRUCE_PROVED, "everybody left out ranks after %s",
                      last->id);
    else
        planning_note(
            p, what, TRUCE_PROVED,
            "everybody left out ranks after all of the same class who go, and "
            "to take one for somebody of another class who ranks later would "
            "break a quota");
}

/* ---- the owed -------------------------------------------------------------------- */

static void note_owed(planning *p)
{
    uint64_t owed = 0, go = 0;
    for (unsigned side = 0; side < 2; side++)
        for (size_t k = 0; k < p->eligible[side]; k++) {
            uint32_t person = p->order[side][k];
            owed += p->lists->people[person].owed;
            go += p->lists->people[person].owed && p->fates[person] == PLANNING_GOES;
        }
    if (owed == go)
        planning_note(p, "owed", TRUCE_PROVED, "all %s who may go are chosen",
                      planning_figure(p, owed));
    else
        planning_note(p, "owed", TRUCE_PROVED,
                      "%s of %s who may go are chosen, the most that the wish has room "
                      "for inside the number",
                      planning_figure(p, go), planning_figure(p, owed));
}

static truce_status select_by_number(planning *p)
{
    side_choice sides[2];
    truce_status status = survey(&sides[0], p, 0);
    if (status == TRUCE_OK)
        status = survey(&sides[1], p, 1);
    if (status == TRUCE_OK)
        status = aim(p, sides);
    if (status != TRUCE_OK)
        return status;
    choose(&sides[0]);
    choose(&sides[1]);
    return TRUCE_OK;
}

truce_status planning_select(planning *p)
{
    truce_status status = check_wish(p);
    if (status == TRUCE_OK)
        status = p->wish->mode == TRUCE_EXCHANGE_TARIFF ? planning_select_by_tariff(p)
                                                        : select_by_number(p);
    if (status == TRUCE_OK)
        note_owed(p);
    return status;
}
