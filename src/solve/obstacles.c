/* A minimal set of constraints without an outcome, by deletion: leave one out, and when
 * still nothing is acceptable it was not needed. Floors are tried first, so that the
 * set that remains speaks of red lines and rules rather than of numbers where it can.
 */
#include "solve/obstacles.h"

#include "scenario/result.h"
#include "solve/count.h"

#include <truce/solve.h>

#include <string.h>

/* One thing that may stand in the way: a condition that must hold, or a floor. */
typedef struct obstacle {
    const char *id;
    size_t party;                     /* whose, or TRUCE_NOBODY: everybody's */
    const truce_condition *condition; /* NULL for a floor */
    bool dropped;
} obstacle;

typedef struct obstacles {
    const space *compiled;
    obstacle *items;
    size_t count;
    const truce_condition *
        *needed; /* [party_count] when each is asked, NULL for always */
    const truce_stop *stop;
} obstacles;

static void add(obstacles *all, const char *id, size_t party,
                const truce_condition *condition)
{
    all->items[all->count++] = (obstacle){id, party, condition, false};
}

static void add_floors(obstacles *all)
{
    for (size_t p = 0; p < all->compiled->party_count; p++)
        if (all->compiled->parties[p].has_floor)
            add(all, all->compiled->scenario->parties[p].preferences.outside.label.id,
                p, NULL);
}

static void add_rules(obstacles *all, bool of_logic, arena *memory)
{
    const truce_scenario *scenario = all->compiled->scenario;
    for (size_t r = 0; r < scenario->rule_count; r++) {
        const truce_rule *rule = &scenario->rules[r];
        if ((rule->by == TRUCE_NOBODY) == of_logic)
            add(all, arena_format(memory, "rule:%s", rule->label.id), rule->by,
                condition_implies(rule->given, rule->then, memory));
    }
}

static void add_red_lines(obstacles *all, arena *memory)
{
    const truce_scenario *scenario = all->compiled->scenario;
    for (size_t p = 0; p < scenario->party_count; p++)
        for (size_t r = 0; r < scenario->parties[p].preferences.red_line_count; r++) {
            const truce_red_line *line = &scenario->parties[p].preferences.red_lines[r];
            add(all, line->label.id, p, condition_not(line->condition, memory));
        }
}

static size_t most_obstacles(const truce_scenario *scenario)
{
    size_t count = scenario->party_count + scenario->rule_count;
    for (size_t p = 0; p < scenario->party_count; p++)
        count += scenario->parties[p].preferences.red_line_count;
    return count;
}

static void gather(obstacles *all, unsigned without, arena *memory)
{
    const space *compiled = all->compiled;
    all->items = arena_array(memory, most_obstacles(compiled->scenario), obstacle);
    all->needed = arena_array(memory, compiled->party_count, const truce_condition *);
    for (size_t p = 0; p < compiled->party_count; p++)
        all->needed[p] = condition_needed(compiled, p, memory);
    if (!(without & TRUCE_FLOORS))
        add_floors(all);
    if (!(without & TRUCE_RULES))
        add_rules(all, false, memory);
    if (!(without & TRUCE_RED_LINES))
        add_red_lines(all, memory);
    add_rules(all, true, memory);
}

/* What is asked for with those that were not dropped: each obstacle speaks for itself.
 */
static acceptance remaining(const obstacles *all, arena *memory)
{
    const truce_condition **always =
        arena_array(memory, all->count, const truce_condition *);
    acceptance_party *parties = arena_array(memory, all->count, acceptance_party);
    acceptance asked = {.always = always, .parties = parties};
    for (size_t k = 0; k < all->count; k++) {
        const obstacle *one = &all->items[k];
        if (one->dropped)
            continue;
        if (one->party == TRUCE_NOBODY)
            always[asked.always_count++] = one->condition;
        else
            parties[asked.party_count++] =
                (acceptance_party){.party = one->party,
                                   .needed = all->needed[one->party],
                                   .must = &all->items[k].condition,
                                   .must_count = one->condition != NULL,
                                   .floor = one->condition == NULL};
    }
    return asked;
}

static truce_status is_anything_left(const obstacles *all)
{
    arena memory = {0};
    acceptance asked = remaining(all, &memory);
    truce_value *outcome =
        arena_array(&memory, all->compiled->issue_count, truce_value);
    truce_status found = count_first(all->compiled, &asked, all->stop, outcome);
    arena_free(&memory);
    return found;
}

/* Drops what is not needed; TRUCE_LIMIT when time ran out. */
static truce_status shrink(obstacles *all)
{
    for (size_t k = 0; k < all->count; k++) {
        all->items[k].dropped = true;
        truce_status found = is_anything_left(all);
        if (found == TRUCE_LIMIT)
            return found;
        if (found == TRUCE_OK)
            all->items[k].dropped = false;
    }
    return TRUCE_OK;
}

truce_texts obstacles_find(const space *compiled, unsigned without,
                           const truce_stop *stop, truce_finding *finding)
{
    arena memory = {0};
    obstacles all = {.compiled = compiled, .stop = stop};
    gather(&all, without, &memory);
    const char **ids = arena_array(result_memory(finding), all.count, const char *);
    truce_texts told = {.items = ids};
    if (is_anything_left(&all) == TRUCE_NONE && shrink(&all) == TRUCE_OK)
        for (size_t k = 0; k < all.count; k++)
            if (!all.items[k].dropped)
                ids[told.count++] = arena_text(result_memory(finding), all.items[k].id);
    arena_free(&memory);
    return told;
}
