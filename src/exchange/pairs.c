/* pairs: who for whom.
 *
 * By class, or by points, people of a stage can be paired when they are of one class, or
 * worth equal points: groups that have nothing to do with each other, in which as many pairs
 * are possible as the smaller side has people. Among these like goes for like: the sum of
 * the differences in worth is least. Sides of equal size are paired in the order of their
 * worths; else the cheapest flow along the line of worths chooses whom of the larger side.
 *
 * By gain, two people can be paired when each side gets home somebody worth more to it than
 * the one it gives costs. Whom one can be paired with is then a quarter of the plane, and a
 * sweep finds the most pairs: side 1 in rising worth, each taking of those of side 0 that
 * cost less the one with the least worth above its own cost. Whoever is left free for a
 * later one would have suited it as well as the one taken. In stages of up to
 * TRUCE_ALIKE_GAIN people a side an assignment then makes the pairs alike.
 */
#include "base/arena.h"
#include "exchange/flow.h"
#include "exchange/planning.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define NOBODY UINT32_MAX

/* Somebody who can be paired. */
typedef struct candidate {
    uint32_t stage, person, place; /* place: in the order of its side */
    unsigned side;
    uint64_t group, worth, cost;
} candidate;

typedef struct pairing {
    planning *p;
    candidate *all; /* [count] by stage, group, side, worth, place */
    size_t count;
    uint32_t *mates; /* [lists->count] person, or NOBODY */
    bool differ;     /* there was something to choose by likeness */
    size_t unlike;   /* people in groups too large to be proved alike */
    bool stopped;
} pairing;

/* ---- who can be paired ---------------------------------------------------------------- */

static uint64_t group_of(const planning *p, const truce_person *who)
{
    switch (p->wish->pairs) {
    case TRUCE_PAIRS_CLASS:
        return who->class_index;
    case TRUCE_PAIRS_POINTS:
        return p->rank_points[who->rank];
    case TRUCE_PAIRS_NONE:
    case TRUCE_PAIRS_GAIN:
        break;
    }
    return 0;
}

static int compare(const void *one, const void *other)
{
    const candidate *a = one, *b = other;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->side != b->side)
        return a->side < b->side ? -1 : 1;
    if (a->worth != b->worth)
        return a->worth < b->worth ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void collect(pairing *work)
{
    planning *p = work->p;
    work->all =
        must_allocate((p->eligible[0] + p->eligible[1] + 1) * sizeof *work->all);
    for (unsigned side = 0; side < 2; side++)
        for (size_t k = 0; k < p->eligible[side]; k++) {
            uint32_t person = p->order[side][k];
            const truce_person *who = &p->lists->people[person];
            if (p->fates[person] != PLANNING_GOES || planning_outside(p, who))
                continue;
            work->all[work->count++] = (candidate){.stage = p->stage_of[person],
                                                   .person = person,
                                                   .place = (uint32_t)k,
                                                   .side = side,
                                                   .group = group_of(p, who),
                                                   .worth = who->worth_home,
                                                   .cost = who->cost_holder};
        }
    qsort(work->all, work->count, sizeof *work->all, compare);
}

static void marry(pairing *work, const candidate *one, const candidate *other)
{
    work->mates[one->person] = other->person;
    work->mates[other->person] = one->person;
}

/* ---- like for like, within a group ------------------------------------------------------- */

static void pair_in_order(pairing *work, const candidate *few, const candidate *many,
                          size_t count)
{
    for (size_t k = 0; k < count; k++)
        marry(work, &few[k], &many[k]);
}

static int compare_worths(const void *one, const void *other)
{
    const candidate *a = *(const candidate *const *)one;
    const candidate *b = *(const candidate *const *)other;
    if (a->worth != b->worth)
        return a->worth < b->worth ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* The line of worths as a network: both ways along it what a step costs, and from each of
 * the larger side an arc for one to the last node, which takes them all. */
typedef struct line {
    const candidate **stops; /* [count] by worth */
    uint32_t count;
    flow_arc *arcs; /* first of the larger side, then along the line */
    size_t arc_count;
    int64_t *supply, *flow;
} line;

static line line_of(arena *memory, const candidate *few, size_t few_count,
                    const candidate *many, size_t many_count)
{
    line made = {.count = (uint32_t)(few_count + many_count)};
    made.stops = arena_array(memory, made.count, const candidate *);
    for (size_t k = 0; k < few_count; k++)
        made.stops[k] = &few[k];
    for (size_t k = 0; k < many_count; k++)
        made.stops[few_count + k] = &many[k];
    qsort(made.stops, made.count, sizeof *made.stops, compare_worths);
    made.arcs = arena_array(memory, many_count + 2 * (size_t)made.count, flow_arc);
    made.supply = arena_array(memory, made.count + 1, int64_t);
    made.flow = arena_array(memory, many_count + 2 * (size_t)made.count, int64_t);
    made.supply[made.count] = -(int64_t)few_count;
    for (uint32_t v = 0; v < made.count; v++) {
        if (made.stops[v]->side == few->side)
            made.supply[v] = 1;
        else
            made.arcs[made.arc_count++] =
                (flow_arc){.from = v, .to = made.count, .most = 1};
    }
    for (uint32_t v = 0; v + 1 < made.count; v++)
        for (uint32_t back = 0; back < 2; back++)
            made.arcs[made.arc_count++] = (flow_arc){
                .from = v + back,
                .to = v + 1 - back,
                .most = (int64_t)few_count,
                .cost = (int64_t)(made.stops[v + 1]->worth - made.stops[v]->worth)};
    return made;
}

/* Pairs the smaller side with those of the larger that the flow ends at, in order. */
static bool pair_by_flow(pairing *work, const candidate *few, size_t few_count,
                         const candidate *many, size_t many_count)
{
    arena scratch = {0};
    line on = line_of(&scratch, few, few_count, many, many_count);
    flow_end end = flow_cheapest(on.count + 1, on.arcs, on.arc_count, on.supply,
                                 on.flow, NULL, work->p->stop);
    size_t next = 0, arc = 0;
    for (uint32_t v = 0; end == FLOW_FOUND && v < on.count; v++)
        if (on.stops[v]->side != few->side && on.flow[arc++] > 0)
            marry(work, &few[next++], on.stops[v]);
    arena_free(&scratch);
    return end == FLOW_FOUND;
}

/* Too large a group, or worths so large that costs of paths would not fit. */
static bool is_too_large(const candidate *few, size_t few_count, const candidate *many,
                         size_t many_count)
{
    uint64_t most = few[few_count - 1].worth > many[many_count - 1].worth
                        ? few[few_count - 1].worth
                        : many[many_count - 1].worth;
    uint64_t nodes = few_count + many_count + 2;
    return nodes > TRUCE_ALIKE_GROUP || most >= ((uint64_t)1 << 60) / nodes;
}

static void pair_group(pairing *work, const candidate *few, size_t few_count,
                       const candidate *many, size_t many_count)
{
    bool all_alike = few[0].worth == few[few_count - 1].worth &&
                     many[0].worth == many[many_count - 1].worth &&
                     few[0].worth == many[0].worth;
    work->differ |= !all_alike;
    if (all_alike || few_count == many_count) {
        pair_in_order(work, few, many, few_count);
        return;
    }
    bool proved = !is_too_large(few, few_count, many, many_count);
    if (proved && pair_by_flow(work, few, few_count, many, many_count))
        return;
    work->stopped |= proved;
    work->unlike += few_count;
    pair_in_order(work, few, many, few_count);
}

static void pair_by_group(pairing *work)
{
    for (size_t from = 0, middle, end; from < work->count; from = end) {
        const candidate *first = &work->all[from];
        for (end = from; end < work->count && work->all[end].stage == first->stage &&
                         work->all[end].group == first->group;)
            end++;
        for (middle = from; middle < end && work->all[middle].side == 0;)
            middle++;
        size_t one = middle - from, other = end - middle;
        const candidate *second = &work->all[middle];
        if (one > 0 && one <= other)
            pair_group(work, first, one, second, other);
        else if (other > 0 && one > 0)
            pair_group(work, second, other, first, one);
    }
}

/* ---- gain ------------------------------------------------------------------------------- */

/* Which of side 0, by rising worth, have been let in and are free: a tree of counts. */
typedef struct free_ones {
    uint32_t *counts; /* [2 * size] */
    size_t size;
} free_ones;

static void change(free_ones *in, size_t place, bool enters)
{
    for (size_t v = in->size + place; v > 0; v /= 2)
        in->counts[v] = enters ? in->counts[v] + 1 : in->counts[v] - 1;
}

/* The first that is free from a place on; SIZE_MAX when none is. */
static size_t first_from(const free_ones *in, size_t place)
{
    size_t v = in->size + place;
    if (place >= in->size)
        return SIZE_MAX;
    while (in->counts[v] == 0) {
        while (v % 2 == 1)
            v /= 2;
        if (v == 0)
            return SIZE_MAX;
        v++;
    }
    while (v < in->size)
        v = in->counts[2 * v] > 0 ? 2 * v : 2 * v + 1;
    return v - in->size;
}

/* How many of the sorted are worth at most so much. */
static size_t count_up_to(const candidate *sorted, size_t count, uint64_t worth)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle].worth <= worth)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int compare_costs(const void *one, const void *other)
{
    const candidate *a = *(const candidate *const *)one;
    const candidate *b = *(const candidate *const *)other;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Pairs as many of a stage as can be; how many. */
static size_t sweep(pairing *work, const candidate *givers, size_t giver_count,
                    const candidate *takers, size_t taker_count)
{
    arena scratch = {0};
    free_ones in = {.size = 1};
    while (in.size < giver_count)
        in.size *= 2;
    in.counts = arena_array(&scratch, 2 * in.size, uint32_t);
    const candidate **by_cost = arena_array(&scratch, giver_count, const candidate *);
    for (size_t k = 0; k < giver_count; k++)
        by_cost[k] = &givers[k];
    qsort(by_cost, giver_count, sizeof *by_cost, compare_costs);
    size_t entered = 0, pairs = 0;
    for (size_t k = 0; k < taker_count; k++) {
        while (entered < giver_count && by_cost[entered]->cost < takers[k].worth)
            change(&in, (size_t)(by_cost[entered++] - givers), true);
        size_t place =
            first_from(&in, count_up_to(givers, giver_count, takers[k].cost));
        if (place == SIZE_MAX)
            continue;
        change(&in, place, false);
        marry(work, &givers[place], &takers[k]);
        pairs++;
    }
    arena_free(&scratch);
    return pairs;
}

static bool both_gain(const candidate *one, const candidate *other)
{
    return one->worth > other->cost && other->worth > one->cost;
}

static int64_t difference(const candidate *one, const candidate *other)
{
    return (int64_t)(one->worth > other->worth ? one->worth - other->worth
                                               : other->worth - one->worth);
}

/* Pairs a stage anew, as many, and alike: what is no pair costs more than all differences
 * together. False when stopped. */
static bool assign_alike(pairing *work, const candidate *few, size_t rows,
                         const candidate *many, size_t columns, int64_t dear)
{
    arena scratch = {0};
    int64_t *cost = arena_array(&scratch, rows * columns, int64_t);
    int64_t *of_row = arena_array(&scratch, rows, int64_t);
    int64_t *of_column = arena_array(&scratch, columns, int64_t);
    uint32_t *column = arena_array(&scratch, rows, uint32_t);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++)
            cost[r * columns + c] =
                both_gain(&few[r], &many[c]) ? difference(&few[r], &many[c]) : dear;
    bool done = flow_assignment((uint32_t)rows, (uint32_t)columns, cost, column, of_row,
                                of_column, work->p->stop);
    for (size_t k = 0; done && k < rows; k++)
        work->mates[few[k].person] = NOBODY;
    for (size_t k = 0; done && k < columns; k++)
        work->mates[many[k].person] = NOBODY;
    for (size_t r = 0; done && r < rows; r++)
        if (cost[r * columns + column[r]] != dear)
            marry(work, &few[r], &many[column[r]]);
    arena_free(&scratch);
    return done;
}

static void pair_stage(pairing *work, const candidate *givers, size_t giver_count,
                       const candidate *takers, size_t taker_count)
{
    size_t pairs = sweep(work, givers, giver_count, takers, taker_count);
    size_t few = giver_count < taker_count ? giver_count : taker_count;
    size_t many = giver_count + taker_count - few;
    uint64_t lowest =
        givers[0].worth < takers[0].worth ? givers[0].worth : takers[0].worth;
    uint64_t highest = givers[giver_count - 1].worth > takers[taker_count - 1].worth
                           ? givers[giver_count - 1].worth
                           : takers[taker_count - 1].worth;
    if (pairs == 0 || lowest == highest)
        return;
    work->differ = true;
    bool small = many <= TRUCE_ALIKE_GAIN &&
                 highest - lowest < ((uint64_t)1 << 60) / (few * few + 1);
    int64_t dear = small ? (int64_t)((highest - lowest) * few + 1) : 0;
    bool done = small && (giver_count <= taker_count
                              ? assign_alike(work, givers, few, takers, many, dear)
                              : assign_alike(work, takers, few, givers, many, dear));
    work->stopped |= small && !done;
    work->unlike += done ? 0 : pairs;
}

static void pair_by_gain(pairing *work)
{
    for (size_t from = 0, middle, end; from < work->count; from = end) {
        for (end = from;
             end < work->count && work->all[end].stage == work->all[from].stage;)
            end++;
        for (middle = from; middle < end && work->all[middle].side == 0;)
            middle++;
        if (middle > from && middle < end)
            pair_stage(work, &work->all[from], middle - from, &work->all[middle],
                       end - middle);
    }
}

/* ---- all ----------------------------------------------------------------------------------- */

/* Pairs are numbered in the order in which side 1 goes. */
static void number_pairs(pairing *work)
{
    planning *p = work->p;
    p->pair_of = arena_array(p->memory, p->lists->count, uint32_t);
    for (size_t k = 0; k < p->lists->count; k++)
        p->pair_of[k] = TRUCE_NO_PAIR;
    for (size_t k = 0; k < p->eligible[1]; k++) {
        uint32_t person = p->order[1][k];
        if (work->mates[person] == NOBODY)
            continue;
        p->pair_of[person] = p->pair_of[work->mates[person]] =
            (uint32_t)p->pair_count++;
    }
}

static void note_what_is_proved(const pairing *work)
{
    planning *p = work->p;
    if (p->wish->pairs == TRUCE_PAIRS_GAIN)
        planning_note(p, "pairs", TRUCE_PROVED,
                      "a sweep by worth: in no stage could one more pair be made");
    else
        planning_note(p, "pairs", TRUCE_PROVED,
                      "of each stage and %s nobody of one side at least is left alone",
                      p->wish->pairs == TRUCE_PAIRS_CLASS ? "class"
                                                          : "number of points");
    if (work->differ && work->unlike == 0)
        planning_note(p, "like for like", TRUCE_PROVED,
                      "prices show that no other pairs differ less in worth, in all");
    else if (work->differ)
        planning_note(
            p, "like for like", TRUCE_BOUNDED,
            "%s pairs are in groups too large to compare all, or time ran out",
            planning_figure(p, work->unlike));
}

truce_status planning_pairs(planning *p)
{
    if (p->wish->pairs == TRUCE_PAIRS_NONE)
        return TRUCE_OK;
    if (p->wish->pairs == TRUCE_PAIRS_POINTS && p->rank_points == NULL)
        return error_say(p->error, TRUCE_CALL,
                         "pairs of equal points need a tariff in the rules");
    pairing work = {.p = p};
    work.mates = must_allocate((p->lists->count + 1) * sizeof *work.mates);
    for (size_t k = 0; k < p->lists->count; k++)
        work.mates[k] = NOBODY;
    collect(&work);
    if (p->wish->pairs == TRUCE_PAIRS_GAIN)
        pair_by_gain(&work);
    else
        pair_by_group(&work);
    number_pairs(&work);
    note_what_is_proved(&work);
    free(work.mates);
    free(work.all);
    return work.stopped ? TRUCE_LIMIT : TRUCE_OK;
}
