/* Conditions are small (a handful of leaves) and asked often; depth is bounded by the
 * reader. */
#include "scenario/condition.h"

#include <stdlib.h>

bool condition_allows(const truce_condition *leaf, truce_value value)
{
    for (size_t r = 0; r < leaf->range_count; r++)
        if (leaf->ranges[r].first <= value && value <= leaf->ranges[r].last)
            return true;
    return false;
}

static truth truth_of_leaf(const truce_condition *leaf, truce_value value)
{
    if (leaf->range_count == 0)
        return TRUTH_NO;
    if (value == VALUE_OPEN)
        return TRUTH_OPEN;
    return condition_allows(leaf, value) ? TRUTH_YES : TRUTH_NO;
}

static truth negated(truth known)
{
    return known == TRUTH_OPEN ? TRUTH_OPEN : known == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* AND ends with the first NO, OR with the first YES; whatever stays open makes it open.
 */
static truth truth_of_parts(const truce_condition *condition,
                            const truce_value *outcome)
{
    truth decisive = condition->kind == CONDITION_AND ? TRUTH_NO : TRUTH_YES;
    truth all = negated(decisive);
    for (size_t i = 0; i < condition->part_count; i++) {
        truth part = condition_truth(condition->parts[i], outcome);
        if (part == decisive)
            return decisive;
        if (part == TRUTH_OPEN)
            all = TRUTH_OPEN;
    }
    return all;
}

truth condition_truth(const truce_condition *condition, const truce_value *outcome)
{
    switch (condition->kind) {
    case CONDITION_LEAF:
        return truth_of_leaf(condition, outcome[condition->issue]);
    case CONDITION_NOT:
        return negated(condition_truth(condition->parts[0], outcome));
    case CONDITION_AND:
    case CONDITION_OR:
        break;
    }
    return truth_of_parts(condition, outcome);
}

bool truce_condition_holds(const truce_condition *condition, const truce_value *outcome)
{
    return condition_truth(condition, outcome) == TRUTH_YES;
}

bool truce_condition_mentions(const truce_condition *condition, size_t issue)
{
    if (condition->kind == CONDITION_LEAF)
        return condition->issue == issue;
    for (size_t i = 0; i < condition->part_count; i++)
        if (truce_condition_mentions(condition->parts[i], issue))
            return true;
    return false;
}

static size_t count_leaves(const truce_condition *condition)
{
    size_t count = condition->kind == CONDITION_LEAF;
    for (size_t i = 0; i < condition->part_count; i++)
        count += count_leaves(condition->parts[i]);
    return count;
}

static size_t *put_issues(const truce_condition *condition, size_t *next)
{
    if (condition->kind == CONDITION_LEAF)
        *next++ = condition->issue;
    for (size_t i = 0; i < condition->part_count; i++)
        next = put_issues(condition->parts[i], next);
    return next;
}

static int compare_issues(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;
    return a < b ? -1 : a > b;
}

truce_list condition_issues(arena *memory, const truce_condition *condition)
{
    size_t leaves = count_leaves(condition), count = 0;
    size_t *issues = arena_array(memory, leaves, size_t);
    put_issues(condition, issues);
    qsort(issues, leaves, sizeof *issues, compare_issues);
    for (size_t i = 0; i < leaves; i++)
        if (count == 0 || issues[count - 1] != issues[i])
            issues[count++] = issues[i];
    return (truce_list){issues, count};
}

const char *truce_condition_text(const truce_condition *condition)
{
    return condition->text;
}

const truce_condition *
condition_issue_changes(arena *memory, const truce_scenario *scenario, size_t issue)
{
    const truce_issue *what = &scenario->issues[issue];
    condition_range *ranges = arena_array(memory, 2, condition_range);
    size_t count = 0;
    if (what->status_quo > 0)
        ranges[count++] = (condition_range){0, what->status_quo - 1};
    if (what->status_quo + 1 < what->value_count)
        ranges[count++] =
            (condition_range){what->status_quo + 1, (truce_value)what->value_count - 1};
    truce_condition *changes = arena_new(memory, truce_condition);
    *changes = (truce_condition){.kind = CONDITION_LEAF,
                                 .text = what->label.id,
                                 .issue = issue,
                                 .ranges = ranges,
                                 .range_count = count};
    return changes;
}
