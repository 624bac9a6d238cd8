#include "scenario/numbers.h"

static size_t most_numbers(const truce_scenario *scenario)
{
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        if (!preferences->given)
            continue;
        count += scenario->issue_count + preferences->bonus_count + 2;
        for (size_t i = 0; i < scenario->issue_count; i++)
            count += preferences->worths[i].count;
    }
    return count;
}

/* A list being written. */
typedef struct pen {
    number_at *items;
    size_t count;
} pen;

static void note(pen *list, number_kind kind, size_t party, size_t issue, size_t index,
                 const truce_number *number)
{
    if (number->given)
        list->items[list->count++] = (number_at){kind, party, issue, index, number};
}

static void note_party(pen *list, const truce_scenario *scenario, size_t p)
{
    const truce_preferences *preferences = &scenario->parties[p].preferences;
    for (size_t i = 0; i < scenario->issue_count; i++) {
        note(list, NUMBER_WEIGHT, p, i, 0, &preferences->weights[i]);
        for (size_t v = 0; v < preferences->worths[i].count; v++)
            note(list, NUMBER_WORTH, p, i, v, &preferences->worths[i].items[v]);
    }
    for (size_t b = 0; b < preferences->bonus_count; b++)
        note(list, NUMBER_BONUS, p, 0, b, &preferences->bonuses[b].worth);
    if (preferences->outside.bid == NULL)
        note(list, NUMBER_OUTSIDE, p, 0, 0, &preferences->outside.worth);
    note(list, NUMBER_PACE, p, 0, 0, &preferences->outside.per_30_days);
}

numbers numbers_of(const truce_scenario *scenario, arena *memory)
{
    pen list = {arena_array(memory, most_numbers(scenario), number_at), 0};
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            note_party(&list, scenario, p);
    return (numbers){list.items, list.count};
}

number_limits number_limits_of(const number_at *place)
{
    truce_decimal zero = {0, 0}, hundred = {100, 0}, minus_hundred = {-100, 0};
    if (place->number->ranged)
        return (number_limits){place->number->low, place->number->high, false};
    switch (place->kind) {
    case NUMBER_WEIGHT:
        return (number_limits){zero, zero, true};
    case NUMBER_WORTH:
    case NUMBER_OUTSIDE:
        return (number_limits){zero, hundred, false};
    case NUMBER_BONUS:
    case NUMBER_PACE:
        break;
    }
    return (number_limits){minus_hundred, hundred, false};
}

/* A party's preferences in arrays that may be written to. */
static void own_preferences(truce_preferences *preferences, size_t issue_count,
                            arena *memory)
{
    if (!preferences->given)
        return;
    truce_worths *worths =
        arena_copy(memory, preferences->worths, issue_count * sizeof *worths);
    for (size_t i = 0; i < issue_count; i++)
        worths[i].items = arena_copy(memory, worths[i].items,
                                     worths[i].count * sizeof *worths[i].items);
    preferences->worths = worths;
    preferences->weights =
        arena_copy(memory, preferences->weights, issue_count * sizeof(truce_number));
    preferences->bonuses = arena_copy(memory, preferences->bonuses,
                                      preferences->bonus_count * sizeof(truce_bonus));
}

/* The place in preferences that own_preferences() has made writable. */
static truce_number *writable(truce_preferences *preferences, const number_at *place)
{
    switch (place->kind) {
    case NUMBER_WEIGHT:
        return (truce_number *)(uintptr_t)&preferences->weights[place->issue];
    case NUMBER_WORTH:
        return (truce_number *)(uintptr_t)&preferences->worths[place->issue]
            .items[place->index];
    case NUMBER_BONUS:
        return (truce_number *)(uintptr_t)&preferences->bonuses[place->index].worth;
    case NUMBER_OUTSIDE:
        return &preferences->outside.worth;
    case NUMBER_PACE:
        break;
    }
    return &preferences->outside.per_30_days;
}

const truce_scenario *numbers_replace(const truce_scenario *scenario,
                                      const numbers *all, const truce_decimal *values,
                                      arena *memory)
{
    truce_scenario *changed = arena_copy(memory, scenario, sizeof *scenario);
    truce_party *parties =
        arena_copy(memory, scenario->parties, scenario->party_count * sizeof *parties);
    for (size_t p = 0; p < scenario->party_count; p++)
        own_preferences(&parties[p].preferences, scenario->issue_count, memory);
    for (size_t k = 0; k < all->count; k++)
        writable(&parties[all->items[k].party].preferences, &all->items[k])->mode =
            values[k];
    changed->parties = parties;
    return changed;
}
