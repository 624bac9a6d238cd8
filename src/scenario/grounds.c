/* Marks what was used; the marks become ascending lists at the end. */
#include "scenario/grounds.h"

#include <stdlib.h>

grounds grounds_begin(const truce_scenario *scenario)
{
    return (grounds){.scenario = scenario,
                     .facts = must_allocate_zeroed(scenario->fact_count, sizeof(bool)),
                     .claims =
                         must_allocate_zeroed(scenario->claim_count, sizeof(bool))};
}

void grounds_label(grounds *all, const truce_label *label)
{
    for (size_t i = 0; i < label->claims.count; i++)
        all->claims[label->claims.items[i]] = true;
}

void grounds_fact(grounds *all, size_t fact)
{
    all->facts[fact] = true;
    grounds_label(all, &all->scenario->facts[fact].label);
}

void grounds_number(grounds *all, const truce_number *number)
{
    if (number->basis == TRUCE_BASIS_ASSUMED || number->basis == TRUCE_BASIS_DEFAULT)
        all->assumed += number->scalars;
}

static void add_worths(grounds *all, const truce_preferences *preferences)
{
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        grounds_number(all, &preferences->weights[i]);
        for (size_t v = 0; v < preferences->worths[i].count; v++)
            grounds_number(all, &preferences->worths[i].items[v]);
    }
}

void grounds_preferences(grounds *all, size_t party)
{
    const truce_preferences *preferences = &all->scenario->parties[party].preferences;
    if (!preferences->given)
        return;
    grounds_label(all, &preferences->label);
    add_worths(all, preferences);
    for (size_t b = 0; b < preferences->bonus_count; b++) {
        grounds_label(all, &preferences->bonuses[b].label);
        grounds_number(all, &preferences->bonuses[b].worth);
    }
    for (size_t r = 0; r < preferences->red_line_count; r++)
        grounds_label(all, &preferences->red_lines[r].label);
    grounds_label(all, &preferences->outside.label);
    grounds_number(all, &preferences->outside.worth);
    grounds_number(all, &preferences->outside.per_30_days);
    grounds_number(all, &preferences->cap);
}

void grounds_acceptability(grounds *all)
{
    for (size_t p = 0; p < all->scenario->party_count; p++) {
        grounds_label(all, &all->scenario->parties[p].label);
        grounds_preferences(all, p);
    }
    for (size_t r = 0; r < all->scenario->rule_count; r++)
        grounds_label(all, &all->scenario->rules[r].label);
    for (size_t a = 0; a < all->scenario->agreement_count; a++)
        if (all->scenario->agreements[a].state == TRUCE_IN_FORCE)
            grounds_label(all, &all->scenario->agreements[a].label);
}

void grounds_constraint(grounds *all, size_t constraint)
{
    const truce_constraint *one = &all->scenario->order[constraint];
    grounds_label(all, &one->label);
    for (size_t e = 0; e < one->evidence.count; e++)
        grounds_fact(all, one->evidence.items[e]);
}

static truce_list marked(arena *memory, const bool *marks, size_t count)
{
    size_t *items = arena_array(memory, count, size_t);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (marks[i])
            items[found++] = i;
    return (truce_list){items, found};
}

truce_grounds grounds_end(grounds *all, arena *memory)
{
    truce_grounds ended = {
        .facts = marked(memory, all->facts, all->scenario->fact_count),
        .claims = marked(memory, all->claims, all->scenario->claim_count),
        .assumed = all->assumed,
    };
    free(all->facts);
    free(all->claims);
    *all = (grounds){0};
    return ended;
}

truce_grounds grounds_of_parties(const truce_scenario *scenario, truce_list parties,
                                 arena *memory)
{
    grounds used = grounds_begin(scenario);
    for (size_t k = 0; k < parties.count; k++)
        grounds_preferences(&used, parties.items[k]);
    for (size_t r = 0; r < scenario->rule_count; r++)
        grounds_label(&used, &scenario->rules[r].label);
    return grounds_end(&used, memory);
}
