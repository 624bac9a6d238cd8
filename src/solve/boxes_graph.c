/* Tables and bonuses written as boxes.
 *
 * A bonus is brought into disjunctive form: a list of boxes of which it holds within each.
 * What costs when it holds is paid once and for all in `base`, and its negation becomes a
 * bonus. What must hold is written like a bonus, and what can only hold in one way is given
 * its way at once. A table is a landscape over the values of its issue: each stretch that lies
 * higher than what is beside it is a box worth the difference, so a table that rises to
 * one peak is a nest of boxes without conflicts. Expects some hundred boxes of one range
 * for every issue.
 */
#include "solve/boxes_graph.h"

#include "solve/boxes_ways.h"

#include <stdlib.h>
#include <string.h>

/* What is being written. */
typedef struct draft {
    const boxes_part *part;
    box_frame frame;
    box_list all;
    uint32_t *groups;
    size_t group_room;
    uint64_t *hashes;
    size_t hash_room;
    wide *amounts;
    size_t amount_room;
    wide *base;
    uint32_t last_group, must_groups; /* groups up to must_groups must hold */
    bool too_many;
    const space_bonus *const **bonuses; /* [dims][bonus_counts] */
    size_t *bonus_counts;
} draft;

/* ---- boxes with amounts ---- */

static wide *amounts_of(const draft *of, size_t b)
{
    return &of->amounts[b * of->part->over.count];
}

/* A box that stands there already, alone for its bonus, or the number of boxes. */
static size_t find_same(const draft *of, const condition_range *box, uint64_t hash)
{
    size_t bytes = of->frame.issues * sizeof *box;
    for (size_t b = 0; b < of->all.count; b++)
        if (of->hashes[b] == hash && of->groups[b] == 0 &&
            memcmp(box_in(&of->frame, &of->all, b), box, bytes) == 0)
            return b;
    return of->all.count;
}

static uint64_t hash_of(const draft *of, const condition_range *box)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < of->frame.issues; i++)
        hash =
            (hash + ((uint64_t)box[i].first << 32 | box[i].last)) * 0x9E3779B97F4A7C15u;
    return hash;
}

static void add_box(draft *of, const condition_range *box, uint32_t group,
                    uint64_t hash)
{
    size_t groups = of->all.count, hashes = groups, dims = of->part->over.count;
    *grow(of->groups, groups, of->group_room) = group;
    *grow(of->hashes, hashes, of->hash_room) = hash;
    for (size_t d = 0, amounts = of->all.count * dims; d < dims; d++)
        *grow(of->amounts, amounts, of->amount_room) = 0;
    box_add(&of->frame, &of->all, box);
}

static void put_box(draft *of, const condition_range *box, uint32_t group, size_t dim,
                    wide amount)
{
    uint64_t hash = hash_of(of, box);
    size_t count = of->all.count, b = group ? count : find_same(of, box, hash);
    of->too_many |= b == BOXES_MOST;
    if (of->too_many)
        return;
    if (b == count)
        add_box(of, box, group, hash);
    amounts_of(of, b)[dim] += amount;
}

/* amount for being within any box of the list. */
static void put_choice(draft *of, const box_list *list, size_t dim, wide amount)
{
    if (list->count == 1 && box_is_whole(&of->frame, list->ranges)) {
        of->base[dim] += amount;
        return;
    }
    uint32_t group = list->count > 1 ? ++of->last_group : 0;
    for (size_t b = 0; b < list->count; b++)
        put_box(of, box_in(&of->frame, list, b), group, dim, amount);
}

/* A group for every condition that must hold, apart from what always does. */
static void put_must(draft *of, const truce_condition *condition)
{
    if (condition->kind == CONDITION_AND) {
        for (size_t k = 0; k < condition->part_count; k++)
            put_must(of, condition->parts[k]);
        return;
    }
    box_list list;
    of->too_many |= !boxes_ways(&of->frame, condition, false, &list);
    if (list.count != 1 || !box_is_whole(&of->frame, list.ranges)) {
        of->last_group++;
        for (size_t b = 0; b < list.count && !of->too_many; b++)
            put_box(of, box_in(&of->frame, &list, b), of->last_group, 0, 0);
    }
    free(list.ranges);
}

static void put_bonus(draft *of, const space_bonus *bonus, size_t dim)
{
    bool costs = bonus->amount < 0;
    box_list list;
    of->too_many |= !boxes_ways(&of->frame, bonus->condition, costs, &list);
    if (costs)
        of->base[dim] += bonus->amount;
    if (bonus->amount != 0 && !of->too_many)
        put_choice(of, &list, dim, costs ? -bonus->amount : bonus->amount);
    free(list.ranges);
}

/* A stretch of a table that is nowhere lower than `height`, still open at its end. */
typedef struct stretch {
    truce_value first;
    wide height;
} stretch;

/* The stretches that begin one within the other, lowest first. */
typedef struct ladder {
    stretch *items;
    size_t count, room;
} ladder;

/* Ends at v the stretches that are higher than `height`, each worth what it rises above
 * the higher of its neighbours. `box` is whole before and afterwards. */
static void end_stretches(draft *of, ladder *open, stretch next, condition_range *at,
                          const condition_range *box, size_t dim)
{
    condition_range whole = *at;
    stretch begun = next;
    while (open->count && open->items[open->count - 1].height > next.height) {
        stretch top = open->items[--open->count];
        wide beside = next.height;
        if (open->count && open->items[open->count - 1].height > beside)
            beside = open->items[open->count - 1].height;
        *at = (condition_range){top.first, next.first - 1};
        put_box(of, box, 0, dim, top.height - beside);
        begun.first = top.first;
    }
    *at = whole;
    if (open->count == 0 || open->items[open->count - 1].height < next.height)
        *grow(open->items, open->count, open->room) = begun;
}

/* The lowest stretch is the whole table, and had in any case. */
static void put_table(draft *of, const wide *table, size_t i, condition_range *box,
                      size_t dim)
{
    ladder open = {0};
    truce_value count = of->frame.whole[i].last + 1;
    for (truce_value v = 0; v < count && !of->too_many; v++)
        end_stretches(of, &open, (stretch){v, table[v]}, &box[i], box, dim);
    end_stretches(of, &open, (stretch){count, open.items[0].height}, &box[i], box, dim);
    of->base[dim] += open.items[0].height;
    free(open.items);
}

/* An issue that the condition mentions; NOBODY when it mentions none. */
static size_t some_issue(const truce_condition *condition)
{
    if (condition->kind == CONDITION_LEAF)
        return condition->issue;
    for (size_t k = 0; k < condition->part_count; k++) {
        size_t issue = some_issue(condition->parts[k]);
        if (issue != TRUCE_NOBODY)
            return issue;
    }
    return TRUCE_NOBODY;
}

static bool is_here(const draft *of, const truce_condition *condition)
{
    size_t issue = some_issue(condition);
    return issue != TRUCE_NOBODY && of->frame.place[issue] != TRUCE_NOBODY;
}

static void put_party(draft *of, const space_party *party, size_t dim, arena *memory)
{
    box_list box = {0};
    const space_bonus **here =
        arena_array(memory, party->bonus_count, const space_bonus *);
    for (size_t b = 0; b < party->bonus_count && !of->too_many; b++)
        if (is_here(of, party->bonuses[b].condition)) {
            here[of->bonus_counts[dim]++] = &party->bonuses[b];
            put_bonus(of, &party->bonuses[b], dim);
        }
    of->bonuses[dim] = here;
    box_add(&of->frame, &box, of->frame.whole);
    for (size_t i = 0; i < of->frame.issues && !of->too_many; i++)
        put_table(of, party->tables[of->part->issues.items[i]], i, box.ranges, dim);
    free(box.ranges);
}

/* ---- what must hold in one way ---- */

static bool do_conflict(const condition_range *one, const condition_range *other,
                        size_t issues)
{
    for (size_t i = 0; i < issues; i++)
        if (one[i].first > other[i].last || other[i].first > one[i].last)
            return true;
    return false;
}

/* The only box of a group, or the number of boxes. */
static size_t only_box_of(const draft *of, uint32_t group)
{
    size_t only = of->all.count;
    for (size_t b = 0; b < of->all.count; b++) {
        if (of->groups[b] != group)
            continue;
        if (only < of->all.count)
            return of->all.count;
        only = b;
    }
    return only;
}

static void move_box(draft *of, size_t to, size_t from)
{
    size_t dims = of->part->over.count;
    if (to == from)
        return;
    memcpy(box_in(&of->frame, &of->all, to), box_in(&of->frame, &of->all, from),
           of->frame.issues * sizeof *of->frame.whole);
    memcpy(amounts_of(of, to), amounts_of(of, from), dims * sizeof *of->amounts);
    of->groups[to] = of->groups[from];
}

/* Drops what cannot be had with this box. True when there was something. */
static bool insist_on(draft *of, size_t must)
{
    size_t kept = 0, count = of->all.count, issues = of->frame.issues;
    condition_range *box = must_allocate(issues * sizeof *box);
    memcpy(box, box_in(&of->frame, &of->all, must), issues * sizeof *box);
    for (size_t b = 0; b < count; b++)
        if (!do_conflict(box, box_in(&of->frame, &of->all, b), issues))
            move_box(of, kept++, b);
    of->all.count = kept;
    free(box);
    return kept < count;
}

static void insist(draft *of)
{
    bool changed = !of->too_many;
    while (changed) {
        changed = false;
        for (uint32_t g = 1; g <= of->must_groups; g++) {
            size_t only = only_box_of(of, g);
            if (only < of->all.count)
                changed |= insist_on(of, only);
        }
    }
}

/* What must hold is worth more than all else together. False when that is more than the
 * numbers hold. */
static bool set_duty(const draft *of, boxes_graph *graph)
{
    const wide most = (wide)1 << 120;
    for (size_t d = 0; d < of->part->over.count; d++) {
        wide sum = 1;
        for (size_t b = 0; b < of->all.count; b++) {
            sum += amounts_of(of, b)[d];
            if (sum > most / (of->must_groups + 1))
                return of->must_groups == 0;
        }
        if (of->must_groups && sum > graph->duty)
            graph->duty = sum;
    }
    graph->musts = of->must_groups;
    return true;
}

/* ---- the graph ---- */

static void tie(boxes_graph *graph, uint64_t *conflicts, size_t a, size_t b)
{
    conflicts[a * graph->words + b / 64] |= (uint64_t)1 << b % 64;
    conflicts[b * graph->words + a / 64] |= (uint64_t)1 << a % 64;
}

/* Those that have a say in issue i, and not its whole, in pairs. */
static void tie_on_issue(boxes_graph *graph, uint64_t *conflicts, size_t i,
                         condition_range whole, size_t *some)
{
    size_t count = 0;
    for (size_t b = 0; b < graph->count; b++) {
        condition_range own = graph->ranges[b * graph->issues + i];
        if (own.first == whole.first && own.last == whole.last)
            continue;
        for (size_t k = 0; k < count; k++) {
            condition_range other = graph->ranges[some[k] * graph->issues + i];
            if (own.first > other.last || other.first > own.last)
                tie(graph, conflicts, some[k], b);
        }
        some[count++] = b;
    }
}

/* Boxes of one group stand side by side. */
static void tie_groups(boxes_graph *graph, uint64_t *conflicts)
{
    for (size_t a = 0; a < graph->count; a++)
        for (size_t b = a + 1; b < graph->count && graph->groups[a] != 0 &&
                               graph->groups[b] == graph->groups[a];
             b++)
            tie(graph, conflicts, a, b);
}

/* Only boxes with a say in the same issue are compared. */
static void set_conflicts(const draft *of, boxes_graph *graph, arena *memory)
{
    uint64_t *conflicts = arena_array(memory, graph->count * graph->words, uint64_t);
    size_t *some = must_allocate((graph->count + 1) * sizeof *some);
    for (size_t i = 0; i < graph->issues; i++)
        tie_on_issue(graph, conflicts, i, of->frame.whole[i], some);
    tie_groups(graph, conflicts);
    graph->conflicts = conflicts;
    free(some);
}

static bool is_broad(const boxes_graph *graph)
{
    const wide most = (wide)1 << 61;
    for (size_t d = 0; d < graph->dims; d++) {
        wide sum = 0;
        for (size_t b = 0; b < graph->count && sum <= most; b++)
            sum += graph->amounts[b * graph->dims + d];
        if (sum > most)
            return true;
    }
    return false;
}

static void add_duty(const draft *of, boxes_graph *graph, arena *memory)
{
    bool *is_must = arena_array(memory, of->all.count, bool);
    for (size_t b = 0; b < of->all.count; b++) {
        is_must[b] = of->groups[b] > 0 && of->groups[b] <= of->must_groups;
        for (size_t d = 0; d < of->part->over.count && is_must[b]; d++)
            amounts_of(of, b)[d] += graph->duty;
    }
    graph->is_must = is_must;
}

/* graph has its musts and their duty. */
static void make_graph(const draft *of, boxes_graph *graph, arena *memory)
{
    size_t count = of->all.count, dims = of->part->over.count;
    add_duty(of, graph, memory);
    graph->issues = of->frame.issues;
    graph->dims = dims;
    graph->count = count;
    graph->words = (count + 63) / 64;
    graph->ranges = arena_copy(memory, of->all.ranges,
                               count * of->frame.issues * sizeof *of->all.ranges);
    graph->groups = arena_copy(memory, of->groups, count * sizeof *of->groups);
    graph->amounts = arena_copy(memory, of->amounts, count * dims * sizeof(wide));
    graph->base = of->base;
    graph->bonuses = of->bonuses;
    graph->bonus_counts = of->bonus_counts;
    set_conflicts(of, graph, memory);
    graph->broad = is_broad(graph);
}

static draft draft_of(const boxes_part *part, arena *memory)
{
    const space *compiled = part->compiled;
    draft made = {.part = part, .frame = {.issues = part->issues.count}};
    made.frame.place = arena_array(memory, compiled->issue_count, size_t);
    made.frame.whole = arena_array(memory, made.frame.issues, condition_range);
    made.base = arena_array(memory, part->over.count, wide);
    made.bonuses = arena_array(memory, part->over.count, const space_bonus *const *);
    made.bonus_counts = arena_array(memory, part->over.count, size_t);
    for (size_t i = 0; i < compiled->issue_count; i++)
        made.frame.place[i] = TRUCE_NOBODY;
    for (size_t i = 0; i < made.frame.issues; i++) {
        size_t issue = part->issues.items[i];
        made.frame.place[issue] = i;
        made.frame.whole[i] = (condition_range){0, compiled->value_counts[issue] - 1};
    }
    return made;
}

static void put_all(draft *of, arena *memory)
{
    const boxes_part *part = of->part;
    for (size_t k = 0; k < part->must_count && !of->too_many; k++)
        put_must(of, part->must[k]);
    of->must_groups = of->last_group;
    for (size_t d = 0; d < part->over.count && !of->too_many; d++)
        put_party(of, &part->compiled->parties[part->over.items[d]], d, memory);
    insist(of);
}

/* `all`: the graph too, rather than only whether it can be made. */
static bool write_all(const boxes_part *part, bool all, boxes_graph *graph,
                      arena *memory)
{
    if (part->issues.count > BOXES_ISSUES)
        return false;
    draft made = draft_of(part, memory);
    put_all(&made, memory);
    *graph = (boxes_graph){0};
    bool fits = !made.too_many && set_duty(&made, graph);
    if (fits && all)
        make_graph(&made, graph, memory);
    free(made.all.ranges);
    free(made.groups);
    free(made.hashes);
    free(made.amounts);
    return fits;
}

bool boxes_write(const boxes_part *part, boxes_graph *graph, arena *memory)
{
    return write_all(part, true, graph, memory);
}

bool boxes_fit(const boxes_part *part)
{
    arena memory = {0};
    boxes_graph graph;
    bool fits = write_all(part, false, &graph, &memory);
    arena_free(&memory);
    return fits;
}
