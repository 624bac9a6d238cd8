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

#include <stdlib.h>
#include <string.h>

/* Boxes side by side, [count][issues] ranges. */
typedef struct box_list {
    condition_range *ranges;
    size_t count, room;
} box_list;

/* What is being written. */
typedef struct draft {
    const boxes_part *part;
    size_t *place; /* [issue_count of the space] in the part, or TRUCE_NOBODY */
    condition_range *whole; /* [issues] */
    size_t issues;
    box_list all;
    uint32_t *groups;
    size_t group_room;
    wide *amounts;
    size_t amount_room;
    wide *base;
    uint32_t last_group, must_groups; /* groups up to must_groups must hold */
    bool too_many;
    const space_bonus *const **bonuses; /* [dims][bonus_counts] */
    size_t *bonus_counts;
} draft;

/* ---- boxes ---- */

static condition_range *box_in(const draft *of, const box_list *list, size_t b)
{
    return &list->ranges[b * of->issues];
}

static condition_range *add_box(const draft *of, box_list *list,
                                const condition_range *box)
{
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 4;
        condition_range *ranges =
            must_allocate(list->room * of->issues * sizeof *ranges);
        if (list->count)
            memcpy(ranges, list->ranges, list->count * of->issues * sizeof *ranges);
        free(list->ranges);
        list->ranges = ranges;
    }
    condition_range *added = box_in(of, list, list->count++);
    memcpy(added, box, of->issues * sizeof *box);
    return added;
}

static bool is_within(const condition_range *inner, const condition_range *outer,
                      size_t issues)
{
    for (size_t i = 0; i < issues; i++)
        if (inner[i].first < outer[i].first || inner[i].last > outer[i].last)
            return false;
    return true;
}

static bool is_same(const condition_range *one, const condition_range *other,
                    size_t issues)
{
    return memcmp(one, other, issues * sizeof *one) == 0;
}

static bool is_within_another(const draft *of, const box_list *list, size_t b)
{
    const condition_range *box = box_in(of, list, b);
    for (size_t c = 0; c < list->count; c++) {
        const condition_range *other = box_in(of, list, c);
        if (c != b && is_within(box, other, of->issues) &&
            (c < b || !is_same(box, other, of->issues)))
            return true;
    }
    return false;
}

/* Keeps boxes that no other box of the list contains, in their order. */
static box_list without_contained(const draft *of, box_list list)
{
    box_list kept = {0};
    for (size_t b = 0; b < list.count; b++)
        if (!is_within_another(of, &list, b))
            add_box(of, &kept, box_in(of, &list, b));
    free(list.ranges);
    return kept;
}

/* ---- conditions to boxes ---- */

static box_list alternatives_of(draft *of, const truce_condition *condition,
                                bool negated);

static void add_range(const draft *of, box_list *list, size_t issue,
                      condition_range range)
{
    size_t i = of->place[issue];
    if (range.last > of->whole[i].last)
        range.last = of->whole[i].last;
    if (range.first <= range.last)
        add_box(of, list, of->whole)[i] = range;
}

/* The ranges of a leaf, or the gaps between them. */
static box_list alternatives_of_leaf(const draft *of, const truce_condition *leaf,
                                     bool negated)
{
    box_list list = {0};
    truce_value next = 0;
    for (size_t r = 0; r < leaf->range_count; r++) {
        condition_range range = leaf->ranges[r];
        if (!negated)
            add_range(of, &list, leaf->issue, range);
        else if (range.first > next)
            add_range(of, &list, leaf->issue, (condition_range){next, range.first - 1});
        next = range.last + 1;
    }
    truce_value last = of->whole[of->place[leaf->issue]].last;
    if (negated && next <= last)
        add_range(of, &list, leaf->issue, (condition_range){next, last});
    return list;
}

static void add_common(const draft *of, box_list *list, const condition_range *one,
                       const condition_range *other)
{
    condition_range *common = add_box(of, list, one);
    for (size_t i = 0; i < of->issues; i++) {
        if (other[i].first > common[i].first)
            common[i].first = other[i].first;
        if (other[i].last < common[i].last)
            common[i].last = other[i].last;
        if (common[i].first > common[i].last) {
            list->count--;
            return;
        }
    }
}

static bool is_tangled(draft *of, const box_list *list)
{
    if (list->count > BOXES_FROM_ONE)
        of->too_many = true;
    return of->too_many;
}

/* Within a box of each list; takes both lists. */
static box_list both_of(draft *of, box_list one, box_list other)
{
    box_list list = {0};
    for (size_t b = 0; b < one.count && !is_tangled(of, &list); b++)
        for (size_t c = 0; c < other.count; c++)
            add_common(of, &list, box_in(of, &one, b), box_in(of, &other, c));
    free(one.ranges);
    free(other.ranges);
    return without_contained(of, list);
}

static box_list alternatives_of_all(draft *of, const truce_condition *condition,
                                    bool negated)
{
    box_list list = {0};
    add_box(of, &list, of->whole);
    for (size_t k = 0; k < condition->part_count && !of->too_many; k++)
        list = both_of(of, list, alternatives_of(of, condition->parts[k], negated));
    return list;
}

static box_list alternatives_of_any(draft *of, const truce_condition *condition,
                                    bool negated)
{
    box_list list = {0};
    for (size_t k = 0; k < condition->part_count && !is_tangled(of, &list); k++) {
        box_list more = alternatives_of(of, condition->parts[k], negated);
        for (size_t b = 0; b < more.count; b++)
            add_box(of, &list, box_in(of, &more, b));
        free(more.ranges);
    }
    return without_contained(of, list);
}

/* Boxes that together are where the condition holds, or does not. */
static box_list alternatives_of(draft *of, const truce_condition *condition,
                                bool negated)
{
    switch (condition->kind) {
    case CONDITION_LEAF:
        return alternatives_of_leaf(of, condition, negated);
    case CONDITION_NOT:
        return alternatives_of(of, condition->parts[0], !negated);
    case CONDITION_AND:
    case CONDITION_OR:
        break;
    }
    return (condition->kind == CONDITION_AND) == !negated
               ? alternatives_of_all(of, condition, negated)
               : alternatives_of_any(of, condition, negated);
}

/* ---- boxes with amounts ---- */

static wide *amounts_of(const draft *of, size_t b)
{
    return &of->amounts[b * of->part->over.count];
}

/* A box that stands there already, alone for its bonus, or the number of boxes. */
static size_t find_same(const draft *of, const condition_range *box)
{
    for (size_t b = 0; b < of->all.count; b++)
        if (of->groups[b] == 0 && is_same(box_in(of, &of->all, b), box, of->issues))
            return b;
    return of->all.count;
}

static void put_box(draft *of, const condition_range *box, uint32_t group, size_t dim,
                    wide amount)
{
    size_t b = group ? of->all.count : find_same(of, box), dims = of->part->over.count;
    if (b == BOXES_MOST)
        of->too_many = true;
    if (of->too_many)
        return;
    if (b == of->all.count) {
        size_t count = b;
        *grow(of->groups, count, of->group_room) = group;
        add_box(of, &of->all, box);
        for (size_t d = 0, at = b * dims; d < dims; d++)
            *grow(of->amounts, at, of->amount_room) = 0;
    }
    amounts_of(of, b)[dim] += amount;
}

/* amount for being within any box of the list. */
static void put_choice(draft *of, const box_list *list, size_t dim, wide amount)
{
    if (list->count == 1 && is_same(list->ranges, of->whole, of->issues)) {
        of->base[dim] += amount;
        return;
    }
    uint32_t group = list->count > 1 ? ++of->last_group : 0;
    for (size_t b = 0; b < list->count; b++)
        put_box(of, box_in(of, list, b), group, dim, amount);
}

/* A group for every condition that must hold, apart from what always does. */
static void put_must(draft *of, const truce_condition *condition)
{
    if (condition->kind == CONDITION_AND) {
        for (size_t k = 0; k < condition->part_count; k++)
            put_must(of, condition->parts[k]);
        return;
    }
    box_list list = alternatives_of(of, condition, false);
    if (list.count != 1 || !is_same(list.ranges, of->whole, of->issues)) {
        of->last_group++;
        for (size_t b = 0; b < list.count; b++)
            put_box(of, box_in(of, &list, b), of->last_group, 0, 0);
    }
    free(list.ranges);
}

static void put_bonus(draft *of, const space_bonus *bonus, size_t dim)
{
    bool costs = bonus->amount < 0;
    box_list list = alternatives_of(of, bonus->condition, costs);
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
    truce_value count = of->whole[i].last + 1;
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
    return issue != TRUCE_NOBODY && of->place[issue] != TRUCE_NOBODY;
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
    add_box(of, &box, of->whole);
    for (size_t i = 0; i < of->issues && !of->too_many; i++)
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
    memcpy(box_in(of, &of->all, to), box_in(of, &of->all, from),
           of->issues * sizeof *of->whole);
    memcpy(amounts_of(of, to), amounts_of(of, from), dims * sizeof *of->amounts);
    of->groups[to] = of->groups[from];
}

/* Drops what cannot be had with this box. True when there was something. */
static bool insist_on(draft *of, size_t must)
{
    size_t kept = 0, count = of->all.count, issues = of->issues;
    condition_range *box = must_allocate(issues * sizeof *box);
    memcpy(box, box_in(of, &of->all, must), issues * sizeof *box);
    for (size_t b = 0; b < count; b++)
        if (!do_conflict(box, box_in(of, &of->all, b), issues))
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

static const uint64_t *conflicts_of(const boxes_graph *graph, arena *memory)
{
    size_t words = graph->words, issues = graph->issues;
    uint64_t *conflicts = arena_array(memory, graph->count * words, uint64_t);
    for (size_t a = 0; a < graph->count; a++)
        for (size_t b = a + 1; b < graph->count; b++) {
            bool same_group = graph->groups[a] && graph->groups[a] == graph->groups[b];
            if (!same_group && !do_conflict(&graph->ranges[a * issues],
                                            &graph->ranges[b * issues], issues))
                continue;
            conflicts[a * words + b / 64] |= (uint64_t)1 << b % 64;
            conflicts[b * words + a / 64] |= (uint64_t)1 << a % 64;
        }
    return conflicts;
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
    graph->issues = of->issues;
    graph->dims = dims;
    graph->count = count;
    graph->words = (count + 63) / 64;
    graph->ranges =
        arena_copy(memory, of->all.ranges, count * of->issues * sizeof *of->all.ranges);
    graph->groups = arena_copy(memory, of->groups, count * sizeof *of->groups);
    graph->amounts = arena_copy(memory, of->amounts, count * dims * sizeof(wide));
    graph->base = of->base;
    graph->bonuses = of->bonuses;
    graph->bonus_counts = of->bonus_counts;
    graph->conflicts = conflicts_of(graph, memory);
    graph->broad = is_broad(graph);
}

static draft draft_of(const boxes_part *part, arena *memory)
{
    const space *compiled = part->compiled;
    draft made = {.part = part, .issues = part->issues.count};
    made.place = arena_array(memory, compiled->issue_count, size_t);
    made.whole = arena_array(memory, made.issues, condition_range);
    made.base = arena_array(memory, part->over.count, wide);
    made.bonuses = arena_array(memory, part->over.count, const space_bonus *const *);
    made.bonus_counts = arena_array(memory, part->over.count, size_t);
    for (size_t i = 0; i < compiled->issue_count; i++)
        made.place[i] = TRUCE_NOBODY;
    for (size_t i = 0; i < made.issues; i++) {
        size_t issue = part->issues.items[i];
        made.place[issue] = i;
        made.whole[i] = (condition_range){0, compiled->value_counts[issue] - 1};
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
