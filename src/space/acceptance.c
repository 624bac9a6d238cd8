/* Builds conditions out of a scenario's parts: trees are shared, never copied. */
#include "space/acceptance.h"

#include <truce/solve.h>

static const truce_condition *combine(condition_kind kind,
                                      const truce_condition *const *parts, size_t count,
                                      arena *memory)
{
    truce_condition *all = arena_new(memory, truce_condition);
    *all = (truce_condition){.kind = kind, .parts = parts, .part_count = count};
    return all;
}

const truce_condition *condition_not(const truce_condition *condition, arena *memory)
{
    const truce_condition **part = arena_array(memory, 1, const truce_condition *);
    *part = condition;
    return combine(CONDITION_NOT, part, 1, memory);
}

const truce_condition *condition_implies(const truce_condition *given,
                                         const truce_condition *then, arena *memory)
{
    const truce_condition **parts = arena_array(memory, 2, const truce_condition *);
    parts[0] = condition_not(given, memory);
    parts[1] = then;
    return combine(CONDITION_OR, parts, 2, memory);
}

static const truce_condition *is_as_today(const space *compiled, size_t issue,
                                          arena *memory)
{
    condition_range *range = arena_new(memory, condition_range);
    *range = (condition_range){compiled->today[issue], compiled->today[issue]};
    truce_condition *leaf = arena_new(memory, truce_condition);
    *leaf = (truce_condition){
        .kind = CONDITION_LEAF, .issue = issue, .ranges = range, .range_count = 1};
    return leaf;
}

static bool is_listed(const truce_party *party, size_t issue)
{
    for (size_t c = 0; c < party->consent.count; c++)
        if (party->consent.items[c].issue == issue)
            return true;
    return false;
}

/* Does a change of this issue take the party's consent? */
static bool is_asked_about(const truce_scenario *scenario, size_t party, size_t issue)
{
    const truce_list *by = &scenario->issues[issue].by;
    if (by->count > 0)
        return list_holds(by, party);
    return scenario->parties[party].consents_to_all ||
           is_listed(&scenario->parties[party], issue);
}

/* Who consents to all is also asked when nothing changes: that is "everything is as
 * today". */
static const truce_condition *nothing_changes(const space *compiled, arena *memory)
{
    const truce_condition **parts =
        arena_array(memory, compiled->issue_count, const truce_condition *);
    for (size_t i = 0; i < compiled->issue_count; i++)
        parts[i] = is_as_today(compiled, i, memory);
    return combine(CONDITION_AND, parts, compiled->issue_count, memory);
}

const truce_condition *condition_needed(const space *compiled, size_t party,
                                        arena *memory)
{
    const truce_scenario *scenario = compiled->scenario;
    const truce_party *one = &scenario->parties[party];
    size_t room = compiled->issue_count + one->consent.count + 1, count = 0, asked = 0;
    const truce_condition **parts = arena_array(memory, room, const truce_condition *);
    for (size_t i = 0; i < compiled->issue_count; i++)
        if (is_asked_about(scenario, party, i)) {
            parts[count++] = condition_not(is_as_today(compiled, i, memory), memory);
            asked++;
        }
    for (size_t c = 0; c < one->consent.count; c++) {
        const truce_term *term = &one->consent.items[c];
        if (term->issue == TRUCE_NOBODY &&
            !truce_condition_holds(term->condition, compiled->today))
            parts[count++] = term->condition;
    }
    if (one->consents_to_all && asked == compiled->issue_count)
        return NULL;
    if (one->consents_to_all)
        parts[count++] = nothing_changes(compiled, memory);
    return combine(CONDITION_OR, parts, count, memory);
}

/* The conditions a party insists on: no red line, every rule of its own. */
static void add_musts(const space *compiled, acceptance_party *party, unsigned without,
                      arena *memory)
{
    const truce_scenario *scenario = compiled->scenario;
    const truce_preferences *preferences = &scenario->parties[party->party].preferences;
    size_t count = 0;
    const truce_condition **must =
        arena_array(memory, preferences->red_line_count + scenario->rule_count,
                    const truce_condition *);
    for (size_t r = 0; r < preferences->red_line_count && !(without & TRUCE_RED_LINES);
         r++)
        must[count++] = condition_not(preferences->red_lines[r].condition, memory);
    for (size_t r = 0; r < scenario->rule_count && !(without & TRUCE_RULES); r++)
        if (scenario->rules[r].by == party->party)
            must[count++] = condition_implies(scenario->rules[r].given,
                                              scenario->rules[r].then, memory);
    party->must = must;
    party->must_count = count;
    party->floor =
        compiled->parties[party->party].has_floor && !(without & TRUCE_FLOORS);
}

acceptance acceptance_of_logic(const space *compiled, arena *memory)
{
    const truce_scenario *scenario = compiled->scenario;
    const truce_condition **always =
        arena_array(memory, scenario->rule_count, const truce_condition *);
    acceptance all = {.always = always};
    for (size_t r = 0; r < scenario->rule_count; r++)
        if (scenario->rules[r].by == TRUCE_NOBODY)
            always[all.always_count++] = condition_implies(
                scenario->rules[r].given, scenario->rules[r].then, memory);
    return all;
}

/* Adds a party unless there is nothing it could object to. */
static void add_party(const space *compiled, acceptance *all, acceptance_party *parties,
                      size_t p, unsigned without, arena *memory)
{
    acceptance_party party = {.party = p};
    add_musts(compiled, &party, without, memory);
    if (party.must_count > 0 || party.floor)
        parties[all->party_count++] = party;
}

acceptance acceptance_of_needed(const space *compiled, unsigned without, arena *memory)
{
    acceptance all = acceptance_of_logic(compiled, memory);
    acceptance_party *parties =
        arena_array(memory, compiled->party_count, acceptance_party);
    for (size_t p = 0; p < compiled->party_count; p++)
        add_party(compiled, &all, parties, p, without, memory);
    for (size_t k = 0; k < all.party_count; k++)
        parties[k].needed = condition_needed(compiled, parties[k].party, memory);
    all.parties = parties;
    return all;
}

acceptance acceptance_of_principals(const space *compiled, arena *memory)
{
    acceptance all = acceptance_of_logic(compiled, memory);
    acceptance_party *parties =
        arena_array(memory, compiled->party_count, acceptance_party);
    for (size_t p = 0; p < compiled->party_count; p++)
        if (compiled->scenario->parties[p].role == TRUCE_PRINCIPAL)
            add_party(compiled, &all, parties, p, 0, memory);
    all.parties = parties;
    return all;
}

static size_t count_red_lines(const truce_scenario *scenario)
{
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        count += scenario->parties[p].preferences.red_line_count;
    return count;
}

acceptance acceptance_of_permitted(const space *compiled, arena *memory)
{
    const truce_scenario *scenario = compiled->scenario;
    const truce_condition **always =
        arena_array(memory, scenario->rule_count + count_red_lines(scenario),
                    const truce_condition *);
    acceptance all = {.always = always};
    for (size_t r = 0; r < scenario->rule_count; r++)
        always[all.always_count++] = condition_implies(scenario->rules[r].given,
                                                       scenario->rules[r].then, memory);
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        for (size_t r = 0; r < preferences->red_line_count; r++)
            always[all.always_count++] =
                condition_not(preferences->red_lines[r].condition, memory);
    }
    return all;
}

acceptance acceptance_and(acceptance all, const truce_condition *const *more,
                          size_t count, arena *memory)
{
    const truce_condition **always =
        arena_array(memory, all.always_count + count, const truce_condition *);
    for (size_t c = 0; c < all.always_count; c++)
        always[c] = all.always[c];
    for (size_t c = 0; c < count; c++)
        always[all.always_count++] = more[c];
    all.always = always;
    return all;
}
