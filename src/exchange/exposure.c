/* exposure.c - the legs of a plan in their order, and what they ask of the sides.
 *
 * Who goes in which stage is given. Those owed go first; when they are owed outside the
 * agreed number nothing is given for them, and they count in no standing. The others go
 * both sides at once, so that only the ends of stages are moments, or one at a time:
 * then each stage is a sequence of its own, for what remains after it is the same in
 * any order. Exact search is spent where merging leaves a gap, and only while that
 * stage could still be the one with the largest shortfall.
 */
#include "exchange/planning.h"
#include "exchange/sequence.h"

#include "base/stop.h"

#include <stdlib.h>

/* The people of a plan by stage and side, each in the order of choice. */
typedef struct roster {
    uint32_t *people[2];
    size_t *starts[2]; /* [stage_count + 2]: those of stage t from starts[t] */
} roster;

/* Some of a stage that go one at a time: those owed, or the others. */
typedef struct part {
    sequence what;
    size_t first_leg;
    uint32_t stage;
} part;

typedef struct exposing {
    planning *p;
    arena scratch;
    roster roster;
    sequence_item *items[2]; /* room for everybody who goes */
    size_t item_counts[2];
    part *parts;
    size_t part_count;
    sequence_sum standing[2];
} exposing;

/* ---- who goes in which stage ----------------------------------------------------- */

static void call_roster(exposing *e, unsigned side)
{
    planning *p = e->p;
    size_t *starts = arena_array(&e->scratch, p->stage_count + 3, size_t);
    uint32_t *people = arena_array(&e->scratch, p->eligible[side], uint32_t);
    for (size_t i = 0; i < p->eligible[side]; i++)
        starts[p->stage_of[p->order[side][i]] + 2]++;
    for (size_t t = 2; t < p->stage_count + 3; t++)
        starts[t] += starts[t - 1];
    for (size_t i = 0; i < p->eligible[side]; i++)
        people[starts[p->stage_of[p->order[side][i]] + 1]++] = p->order[side][i];
    e->roster.people[side] = people;
    e->roster.starts[side] = starts;
}

/* Everybody of a side in a stage who is owed or not, in the order of choice. */
typedef struct walker {
    const truce_person *people;
    const uint32_t *next, *end;
    bool owed;
} walker;

static walker walk_stage(const exposing *e, unsigned side, size_t stage, bool owed)
{
    const uint32_t *people = e->roster.people[side];
    const size_t *starts = e->roster.starts[side];
    return (walker){e->p->lists->people, people + starts[stage],
                    people + starts[stage + 1], owed};
}

static bool walk_on(walker *w, uint32_t *person)
{
    while (w->next < w->end && w->people[*w->next].owed != w->owed)
        w->next++;
    if (w->next == w->end)
        return false;
    *person = *w->next++;
    return true;
}

/* ---- legs ------------------------------------------------------------------------ */

static void add_leg(planning *p, uint32_t person)
{
    uint32_t pair = p->pair_of ? p->pair_of[person] : TRUCE_NO_PAIR;
    p->legs[p->leg_count++] = (truce_leg){person, p->stage_of[person], pair};
}

/* Both sides at once: listed in turn, each in its order of choice. */
static void list_together(exposing *e, size_t stage, bool owed)
{
    walker walkers[2] = {walk_stage(e, 0, stage, owed), walk_stage(e, 1, stage, owed)};
    uint32_t person;
    for (bool more = true; more;) {
        more = false;
        for (unsigned side = 0; side < 2; side++)
            if (walk_on(&walkers[side], &person)) {
                add_leg(e->p, person);
                more = true;
            }
    }
}

static void collect(exposing *e, part *added, unsigned side, size_t stage, bool owed)
{
    walker w = walk_stage(e, side, stage, owed);
    sequence_item *items = e->items[side] + e->item_counts[side];
    const size_t from = e->item_counts[side];
    for (uint32_t person; walk_on(&w, &person); e->item_counts[side]++) {
        const truce_person *who = &e->p->lists->people[person];
        uint32_t place = (uint32_t)(e->item_counts[side] - from);
        items[place] =
            (sequence_item){who->worth_home, who->cost_holder, place, person};
        e->standing[side] += who->cost_holder;
        e->standing[!side] -= who->worth_home;
    }
    added->what.items[side] = items;
    added->what.counts[side] = e->item_counts[side] - from;
}

/* Room is kept in the legs; the order is written there by settle(). */
static void add_part(exposing *e, size_t stage, bool owed)
{
    part *added = &e->parts[e->part_count];
    added->stage = (uint32_t)stage;
    added->first_leg = e->p->leg_count;
    for (unsigned side = 0; side < 2; side++)
        collect(e, added, side, stage, owed);
    size_t count = added->what.counts[0] + added->what.counts[1];
    if (count == 0)
        return;
    added->what.after[0] = e->standing[0];
    added->what.after[1] = e->standing[1];
    e->p->leg_count += count;
    e->part_count++;
}

static void list_stage(exposing *e, size_t stage)
{
    for (int owed = 1; owed >= 0; owed--)
        if (!e->p->wish->one_by_one || (owed && !e->p->wish->owed_inside))
            list_together(e, stage, owed);
        else
            add_part(e, stage, owed);
}

/* ---- orders ---------------------------------------------------------------------- */

static void merge_parts(exposing *e)
{
    for (size_t i = 0; i < e->part_count; i++) {
        part *of = &e->parts[i];
        size_t count = of->what.counts[0] + of->what.counts[1];
        of->what.order = arena_array(&e->scratch, count, uint32_t);
        sequence_merge(&of->what);
    }
}

/* No plan with these stages has less. */
static sequence_sum known_bound(const exposing *e)
{
    sequence_sum bound = 0;
    for (size_t i = 0; i < e->part_count; i++)
        if (e->parts[i].what.bound > bound)
            bound = e->parts[i].what.bound;
    return bound;
}

/* Searches where more than is known to be needed is asked; false when stopped. */
static bool search_parts(exposing *e)
{
    sequence_sum bound = known_bound(e);
    for (size_t i = 0; i < e->part_count; i++) {
        sequence *what = &e->parts[i].what;
        if (what->amount <= bound)
            continue;
        if (stop_now(e->p->stop))
            return false;
        if (sequence_search(what) && what->bound > bound)
            bound = what->bound;
    }
    return true;
}

static void settle(exposing *e)
{
    planning *p = e->p;
    for (size_t i = 0; i < e->part_count; i++) {
        const part *of = &e->parts[i];
        size_t count = of->what.counts[0] + of->what.counts[1];
        size_t all = p->leg_count;
        p->leg_count = of->first_leg;
        for (size_t j = 0; j < count; j++)
            add_leg(p, of->what.order[j]);
        p->leg_count = all;
    }
}

/* ---- moments --------------------------------------------------------------------- */

static uint64_t clamped(sequence_sum amount)
{
    return amount < 0 ? 0 : amount > UINT64_MAX ? UINT64_MAX : (uint64_t)amount;
}

static void look(const exposing *e, uint32_t stage, uint64_t gone)
{
    truce_exposure *most = &e->p->exposure;
    for (int side = 0; side < 2; side++)
        if (clamped(-e->standing[side]) > most->amount) {
            most->amount = clamped(-e->standing[side]);
            most->side = side;
            most->stage = stage;
            most->gone = gone;
        }
}

static void hand_over(exposing *e, const truce_person *person)
{
    if (planning_outside(e->p, person))
        return;
    e->standing[person->side] += person->cost_holder;
    e->standing[!person->side] -= person->worth_home;
}

/* Goes through the legs as they will be; on entry standing is that before the first. */
static void replay(exposing *e)
{
    const planning *p = e->p;
    e->p->exposure = (truce_exposure){.side = -1, .stage = p->leg_count ? 1 : 0};
    look(e, 1, 0);
    uint64_t gone = 0;
    for (size_t i = 0; i < p->leg_count; i++) {
        const truce_leg *leg = &p->legs[i];
        bool last = i + 1 == p->leg_count || p->legs[i + 1].stage != leg->stage;
        gone++;
        hand_over(e, &p->lists->people[leg->person]);
        if (last || p->wish->one_by_one)
            look(e, leg->stage, gone);
        if (last)
            gone = 0;
    }
}

static void begin_standing(exposing *e)
{
    const planning *p = e->p;
    e->standing[0] = e->standing[1] = 0;
    for (size_t i = 0; i < p->lists->count; i++) {
        const truce_person *person = &p->lists->people[i];
        if (p->fates[i] != PLANNING_GOES || planning_outside(p, person))
            continue;
        e->standing[person->side] -= person->cost_holder;
        e->standing[!person->side] += person->worth_home;
    }
}

static void note_exposure(planning *p)
{
    bool proved = p->exposure.bound == p->exposure.amount;
    if (!p->wish->one_by_one)
        planning_note(
            p, "exposure", TRUCE_PROVED,
            "both sides hand over at once, so it is fixed by who goes in which "
            "stage");
    else if (proved && p->exposure.amount > 0)
        planning_note(
            p, "exposure", TRUCE_PROVED,
            "no order within the stages asks less; one at a time, whoever hands "
            "over last gets nothing more for it");
    else if (proved)
        planning_note(p, "exposure", TRUCE_PROVED, "nothing is asked at any moment");
    else
        planning_note(
            p, "exposure", TRUCE_BOUNDED,
            "the best merge of several orders of each side; the bound takes the "
            "cheapest to give and the most wanted whoever they are");
}

/* ---- the whole ------------------------------------------------------------------- */

static void take_room(exposing *e)
{
    planning *p = e->p;
    size_t goers = 0;
    for (unsigned side = 0; side < 2; side++) {
        call_roster(e, side);
        size_t staying = e->roster.starts[side][1];
        goers += p->eligible[side] - staying;
        e->items[side] =
            arena_array(&e->scratch, p->eligible[side] - staying, sequence_item);
    }
    e->parts = arena_array(&e->scratch, 2 * p->stage_count, part);
    p->legs = arena_array(p->memory, goers, truce_leg);
    p->leg_count = 0;
}

truce_status planning_exposure(planning *p)
{
    exposing e = {.p = p};
    take_room(&e);
    begin_standing(&e);
    for (size_t stage = 1; stage <= p->stage_count; stage++)
        list_stage(&e, stage);
    merge_parts(&e);
    bool finished = search_parts(&e);
    settle(&e);
    sequence_sum bound = known_bound(&e);
    begin_standing(&e);
    replay(&e);
    p->exposure.bound = p->wish->one_by_one ? clamped(bound) : p->exposure.amount;
    note_exposure(p);
    arena_free(&e.scratch);
    return finished ? TRUCE_OK : TRUCE_LIMIT;
}
