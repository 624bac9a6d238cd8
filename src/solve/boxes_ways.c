/* Conditions in disjunctive form: "and" is the common part of each way of the one with
 * each of the other, "or" all ways of both, "not" goes down to the leaves. A way within
 * another is dropped at each step, so short conditions stay short. */
#include "solve/boxes_ways.h"

#include "solve/boxes.h"

#include <stdlib.h>
#include <string.h>

/* A condition being written out. */
typedef struct writing {
    const box_frame *frame;
    bool too_many;
} writing;

/* ---- boxes ---- */

condition_range *box_in(const box_frame *frame, const box_list *list, size_t b)
{
    return &list->ranges[b * frame->issues];
}

condition_range *box_add(const box_frame *frame, box_list *list,
                         const condition_range *box)
{
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 4;
        condition_range *ranges =
            must_allocate(list->room * frame->issues * sizeof *ranges);
        if (list->count)
            memcpy(ranges, list->ranges, list->count * frame->issues * sizeof *ranges);
        free(list->ranges);
        list->ranges = ranges;
    }
    condition_range *added = box_in(frame, list, list->count++);
    memcpy(added, box, frame->issues * sizeof *box);
    return added;
}

bool box_is_whole(const box_frame *frame, const condition_range *box)
{
    return memcmp(box, frame->whole, frame->issues * sizeof *box) == 0;
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

static bool is_within_another(const writing *of, const box_list *list, size_t b)
{
    const condition_range *box = box_in(of->frame, list, b);
    for (size_t c = 0; c < list->count; c++) {
        const condition_range *other = box_in(of->frame, list, c);
        if (c != b && is_within(box, other, of->frame->issues) &&
            (c < b || !is_same(box, other, of->frame->issues)))
            return true;
    }
    return false;
}

/* Keeps boxes that no other box of the list contains, in their order. */
static box_list without_contained(const writing *of, box_list list)
{
    box_list kept = {0};
    for (size_t b = 0; b < list.count; b++)
        if (!is_within_another(of, &list, b))
            box_add(of->frame, &kept, box_in(of->frame, &list, b));
    free(list.ranges);
    return kept;
}

/* ---- ways ---- */

static box_list alternatives_of(writing *of, const truce_condition *condition,
                                bool negated);

static void add_range(const writing *of, box_list *list, size_t issue,
                      condition_range range)
{
    size_t i = of->frame->place[issue];
    if (range.last > of->frame->whole[i].last)
        range.last = of->frame->whole[i].last;
    if (range.first <= range.last)
        box_add(of->frame, list, of->frame->whole)[i] = range;
}

/* The ranges of a leaf, or the gaps between them. */
static box_list alternatives_of_leaf(const writing *of, const truce_condition *leaf,
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
    truce_value last = of->frame->whole[of->frame->place[leaf->issue]].last;
    if (negated && next <= last)
        add_range(of, &list, leaf->issue, (condition_range){next, last});
    return list;
}

static void add_common(const writing *of, box_list *list, const condition_range *one,
                       const condition_range *other)
{
    condition_range *common = box_add(of->frame, list, one);
    for (size_t i = 0; i < of->frame->issues; i++) {
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

static bool is_tangled(writing *of, const box_list *list)
{
    if (list->count > BOXES_FROM_ONE)
        of->too_many = true;
    return of->too_many;
}

/* Within a box of each list; takes both lists. */
static box_list both_of(writing *of, box_list one, box_list other)
{
    box_list list = {0};
    for (size_t b = 0; b < one.count && !is_tangled(of, &list); b++)
        for (size_t c = 0; c < other.count; c++)
            add_common(of, &list, box_in(of->frame, &one, b),
                       box_in(of->frame, &other, c));
    free(one.ranges);
    free(other.ranges);
    return without_contained(of, list);
}

static box_list alternatives_of_all(writing *of, const truce_condition *condition,
                                    bool negated)
{
    box_list list = {0};
    box_add(of->frame, &list, of->frame->whole);
    for (size_t k = 0; k < condition->part_count && !of->too_many; k++)
        list = both_of(of, list, alternatives_of(of, condition->parts[k], negated));
    return list;
}

static box_list alternatives_of_any(writing *of, const truce_condition *condition,
                                    bool negated)
{
    box_list list = {0};
    for (size_t k = 0; k < condition->part_count && !is_tangled(of, &list); k++) {
        box_list more = alternatives_of(of, condition->parts[k], negated);
        for (size_t b = 0; b < more.count; b++)
            box_add(of->frame, &list, box_in(of->frame, &more, b));
        free(more.ranges);
    }
    return without_contained(of, list);
}

/* Boxes that together are where the condition holds, or does not. */
static box_list alternatives_of(writing *of, const truce_condition *condition,
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

bool boxes_ways(const box_frame *frame, const truce_condition *condition, bool negated,
                box_list *ways)
{
    writing of = {frame, false};
    *ways = alternatives_of(&of, condition, negated);
    return !of.too_many && ways->count <= BOXES_FROM_ONE;
}
