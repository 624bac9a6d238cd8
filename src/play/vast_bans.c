/* What rules, red lines and logic forbid a seat, as far as it can be told of an outcome of which
 * only some issues are set. Issues that they join go to the same half where that can be. */
#include "play/vast_parts.h"

#include <stdlib.h>
#include <string.h>

static truce_list issues_of(const ban *of, arena *memory)
{
    truce_list given = condition_issues(memory, of->given);
    truce_list then = of->then ? condition_issues(memory, of->then) : (truce_list){0};
    size_t *both = arena_array(memory, given.count + then.count + 1, size_t);
    memcpy(both, given.items, given.count * sizeof *both);
    for (size_t k = 0; k < then.count; k++)
        both[given.count + k] = then.items[k];
    return (truce_list){both, given.count + then.count};
}

static void add_ban(vast_seat *to, ban one, arena *memory)
{
    one.issues = issues_of(&one, memory);
    to->bans[to->ban_count++] = one;
}

void vast_collect_bans(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    const truce_scenario *scenario = made->scenario;
    size_t party = made->seat[seat].party;
    const truce_preferences *given = &scenario->parties[party].preferences;
    to->bans =
        arena_array(memory, given->red_line_count + scenario->rule_count + 1, ban);
    for (size_t k = 0; k < given->red_line_count; k++)
        add_ban(to, (ban){.given = given->red_lines[k].condition}, memory);
    for (size_t k = 0; k < scenario->rule_count; k++) {
        const truce_rule *rule = &scenario->rules[k];
        if (rule->by == TRUCE_NOBODY || rule->by == party)
            add_ban(to, (ban){.given = rule->given, .then = rule->then}, memory);
    }
}

static bool mentions(const ban *one, size_t issue)
{
    for (size_t k = 0; k < one->issues.count; k++)
        if (one->issues.items[k] == issue)
            return true;
    return false;
}

bool vast_is_in_a_ban(const vast_seat *of, size_t issue)
{
    for (size_t k = 0; k < of->ban_count; k++)
        if (mentions(&of->bans[k], issue))
            return true;
    return false;
}

/* Is one that mentions the issue broken, whatever the open issues will be? */
bool vast_is_banned(const vast_seat *of, size_t issue, const truce_value *partial)
{
    for (size_t k = 0; k < of->ban_count; k++) {
        const ban *one = &of->bans[k];
        if (mentions(one, issue) && condition_truth(one->given, partial) == TRUTH_YES &&
            (one->then == NULL || condition_truth(one->then, partial) == TRUTH_NO))
            return true;
    }
    return false;
}

bool vast_may_ban(void *context, size_t issue, truce_value value)
{
    const vast_guard *g = context;
    truce_value before = g->partial[issue];
    bool may = false;
    g->partial[issue] = value;
    for (size_t k = 0; k < g->of->ban_count && !may; k++) {
        const ban *one = &g->of->bans[k];
        may = mentions(one, issue) &&
              (one->issues.count > 1 ||
               condition_truth(one->given, g->partial) == TRUTH_YES);
    }
    g->partial[issue] = before;
    return may;
}

bool vast_bans(void *context, const sum_list *list, size_t item, size_t issue,
               truce_value value)
{
    const vast_guard *g = context;
    sum_list_trace(list, item, g->partial);
    g->partial[issue] = value;
    return vast_is_banned(g->of, issue, g->partial);
}

void vast_mark_mentioned(const vast_seat *of, const space_party *numbers, arena *memory,
                         bool *mentioned)
{
    for (size_t k = 0; k < numbers->bonus_count; k++) {
        truce_list issues = condition_issues(memory, numbers->bonuses[k].condition);
        for (size_t i = 0; i < issues.count; i++)
            mentioned[issues.items[i]] = true;
    }
    for (size_t k = 0; k < of->ban_count; k++)
        for (size_t i = 0; i < of->bans[k].issues.count; i++)
            mentioned[of->bans[k].issues.items[i]] = true;
}

/* The issues that bans join, as the least issue of each group. */
static void join_issues(const vast_seat *of, size_t issues, size_t *group)
{
    for (size_t i = 0; i < issues; i++)
        group[i] = i;
    for (size_t k = 0; k < of->ban_count; k++)
        for (size_t i = 1; i < of->bans[k].issues.count; i++) {
            size_t one = group[of->bans[k].issues.items[0]];
            size_t other = group[of->bans[k].issues.items[i]];
            for (size_t j = 0; j < issues; j++)
                if (group[j] == one || group[j] == other)
                    group[j] = one < other ? one : other;
        }
}

/* Groups go whole to one half or the other, the largest first; one that is most of all
 * issues is cut, and what joins its parts is judged afterwards. */
void vast_share_out(vast_seat *to, size_t issues, arena *memory)
{
    to->half = arena_array(memory, issues + 1, bool);
    size_t *group = must_allocate((issues + 1) * sizeof *group);
    size_t *sizes = must_allocate_zeroed(issues + 1, sizeof *sizes);
    size_t counts[2] = {0, 0};
    join_issues(to, issues, group);
    for (size_t i = 0; i < issues; i++)
        sizes[group[i]]++;
    for (size_t size = issues; size > 0; size--)
        for (size_t g = 0; g < issues; g++) {
            bool second = counts[1] < counts[0];
            for (size_t i = 0; sizes[g] == size && i < issues; i++) {
                if (group[i] != g)
                    continue;
                if (4 * size > 3 * issues)
                    second = counts[1] < counts[0];
                to->half[i] = second;
                counts[second]++;
            }
        }
    for (size_t k = 0; k < to->ban_count; k++)
        for (size_t i = 1; i < to->bans[k].issues.count; i++)
            to->crossed |= to->half[to->bans[k].issues.items[i]] !=
                           to->half[to->bans[k].issues.items[0]];
    free(group);
    free(sizes);
}
