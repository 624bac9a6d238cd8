/* Ids of different kinds may be alike, and the first wins, in the order in which things
 * rest on each other. Ids that are also the name of an issue, a value or a party are no
 * links: in a sentence nobody could tell which is meant. */
#include "report/anchors.h"

#include <stdlib.h>
#include <string.h>

static void note(anchors *all, const char *kind, size_t index, const char *id)
{
    if (id != NULL && names_add(&all->all, id, all->count))
        *grow(all->items, all->count, all->room) = (anchor){kind, index + 1};
}

#define NOTE_ALL(all, kind, things, things_count) \
    for (size_t i = 0; i < (things_count); i++)   \
    note((all), (kind), i, (things)[i].label.id)

static void note_number(anchors *all, const truce_number *number)
{
    if (!number->given || number->path == NULL)
        return;
    note(all, "number", all->number_count, number->path);
    *grow(all->numbers, all->number_count, all->number_room) = number;
}

static void note_preferences(anchors *all, const truce_preferences *given)
{
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        note_number(all, &given->weights[i]);
        for (size_t v = 0; v < given->worths[i].count; v++)
            note_number(all, &given->worths[i].items[v]);
    }
    for (size_t b = 0; b < given->bonus_count; b++)
        note_number(all, &given->bonuses[b].worth);
    note_number(all, &given->outside.worth);
    note_number(all, &given->outside.per_30_days);
    note_number(all, &given->cap);
    note_number(all, &given->discount);
}

static void note_numbers(anchors *all)
{
    const truce_scenario *scenario = all->scenario;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            note_preferences(all, &scenario->parties[p].preferences);
    for (size_t t = 0; t < scenario->threat_count; t++)
        for (size_t o = 0; o < scenario->threats[t].outside_count; o++)
            note_number(all, &scenario->threats[t].outside[o].change);
}

static void note_ambiguous(anchors *all)
{
    const truce_scenario *scenario = all->scenario;
    names_add(&all->taken, scenario->id, 0);
    for (size_t p = 0; p < scenario->party_count; p++) {
        names_add(&all->taken, scenario->parties[p].label.id, p);
    }
    for (size_t i = 0; i < scenario->issue_count; i++) {
        names_add(&all->taken, scenario->issues[i].label.id, i);
        for (size_t v = 0; v < scenario->issues[i].value_count; v++)
            names_add(&all->taken, scenario->issues[i].values[v], v);
    }
}

/* Red lines, bonuses and outside options, of all parties in one row of numbers. */
static void note_limits(anchors *all)
{
    const truce_scenario *scenario = all->scenario;
    size_t next = 0;
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *given = &scenario->parties[p].preferences;
        for (size_t r = 0; r < given->red_line_count; r++)
            note(all, "limit", next++, given->red_lines[r].label.id);
        for (size_t b = 0; b < given->bonus_count; b++)
            note(all, "limit", next++, given->bonuses[b].label.id);
        if (given->outside.given)
            note(all, "limit", next++, given->outside.label.id);
    }
}

anchors anchors_of(const truce_scenario *scenario)
{
    anchors all = {.scenario = scenario};
    NOTE_ALL(&all, "claim", scenario->claims, scenario->claim_count);
    NOTE_ALL(&all, "fact", scenario->facts, scenario->fact_count);
    NOTE_ALL(&all, "demand", scenario->demands, scenario->demand_count);
    NOTE_ALL(&all, "rule", scenario->rules, scenario->rule_count);
    NOTE_ALL(&all, "order", scenario->order, scenario->order_count);
    NOTE_ALL(&all, "threat", scenario->threats, scenario->threat_count);
    NOTE_ALL(&all, "deadline", scenario->deadlines, scenario->deadline_count);
    NOTE_ALL(&all, "source", scenario->sources, scenario->source_count);
    NOTE_ALL(&all, "delegation", scenario->delegations, scenario->delegation_count);
    NOTE_ALL(&all, "round", scenario->rounds, scenario->round_count);
    NOTE_ALL(&all, "seen", scenario->observed, scenario->observed_count);
    NOTE_ALL(&all, "agreement", scenario->agreements, scenario->agreement_count);
    note_limits(&all);
    note_numbers(&all);
    note_ambiguous(&all);
    return all;
}

void anchors_free(anchors *all)
{
    free(all->items);
    free(all->numbers);
    names_free(&all->all);
    names_free(&all->taken);
    *all = (anchors){0};
}

bool anchors_find(const anchors *all, const char *id, anchor *found)
{
    size_t at = names_find(&all->all, id);
    if (at == NAMES_NONE || names_find(&all->taken, id) != NAMES_NONE)
        return false;
    *found = all->items[at];
    return true;
}
