/* Layers of states, one layer for each issue, made forwards and pruned backwards.
 *
 * Values that agree on every leaf of the conditions lead from any state to the same next
 * state, because what is left of a condition has leaves that are made of its leaves. So
 * classes of values are found once for each issue. Expects some ten to some thousand
 * states a layer; numbers of states and formulas depend on the scenario alone.
 */
#include "solve/automaton.h"

#include <stdlib.h>
#include <string.h>

enum { STATES_BETWEEN_LOOKS = 32 };

/* ---- classes of values ----------------------------------------------------------- */

/* Where some leaf begins to hold or ceases to; between two cuts all values are alike. */
typedef struct cuts {
    truce_value *firsts; /* ascending */
    size_t count, room;
} cuts;

static int compare_values(const void *one, const void *other)
{
    truce_value a = *(const truce_value *)one, b = *(const truce_value *)other;
    return a < b ? -1 : a > b;
}

static cuts cuts_of(const formulas *all, const truce_list *leaves, size_t issue)
{
    cuts found = {0};
    truce_value values = formulas_space(all)->value_counts[issue];
    *grow(found.firsts, found.count, found.room) = 0;
    for (size_t k = 0; k < leaves->count; k++) {
        const formula_node *leaf = formula_node_of(all, (formula)leaves->items[k]);
        for (size_t r = 0; leaf->issue == issue && r < leaf->count; r++) {
            *grow(found.firsts, found.count, found.room) = leaf->ranges[r].first;
            if (leaf->ranges[r].last + 1 < values)
                *grow(found.firsts, found.count, found.room) = leaf->ranges[r].last + 1;
        }
    }
    qsort(found.firsts, found.count, sizeof *found.firsts, compare_values);
    size_t kept = 1;
    for (size_t k = 1; k < found.count; k++)
        if (found.firsts[k] != found.firsts[kept - 1])
            found.firsts[kept++] = found.firsts[k];
    found.count = kept;
    return found;
}

/* Splits every class into those for which the leaf holds and the others; classes are
 * numbered in the order of their first values. */
static size_t refine(const formula_node *leaf, const cuts *at, size_t *classes,
                     size_t class_count, size_t *renumbered)
{
    memset(renumbered, 0xff, 2 * class_count * sizeof *renumbered);
    size_t count = 0;
    for (size_t k = 0; k < at->count; k++) {
        size_t split = 2 * classes[k] + leaf_allows(leaf, at->firsts[k]);
        if (renumbered[split] == SIZE_MAX)
            renumbered[split] = count++;
        classes[k] = renumbered[split];
    }
    return count;
}

static void list_classes(automaton_layer *layer, const cuts *at, const size_t *classes,
                         truce_value value_count, arena *memory)
{
    size_t *starts = arena_array(memory, layer->class_count + 1, size_t);
    truce_value *values = arena_array(memory, value_count, truce_value);
    size_t count = 0;
    for (size_t c = 0; c < layer->class_count; c++) {
        starts[c] = count;
        for (size_t k = 0; k < at->count; k++) {
            truce_value end = k + 1 < at->count ? at->firsts[k + 1] : value_count;
            for (truce_value v = at->firsts[k]; classes[k] == c && v < end; v++)
                values[count++] = v;
        }
    }
    starts[layer->class_count] = count;
    layer->class_starts = starts;
    layer->values = values;
}

static void find_classes(automaton_layer *layer, const automaton_task *task,
                         const truce_list *leaves, arena *memory)
{
    truce_value value_count = formulas_space(task->all)->value_counts[layer->issue];
    cuts at = cuts_of(task->all, leaves, layer->issue);
    size_t *classes = must_allocate_zeroed(at.count, sizeof *classes);
    size_t *renumbered = must_allocate(2 * at.count * sizeof *renumbered);
    layer->class_count = 1;
    for (size_t k = 0; k < leaves->count; k++) {
        const formula_node *leaf =
            formula_node_of(task->all, (formula)leaves->items[k]);
        if (leaf->issue == layer->issue)
            layer->class_count =
                refine(leaf, &at, classes, layer->class_count, renumbered);
    }
    list_classes(layer, &at, classes, value_count, memory);
    free(renumbered);
    free(classes);
    free(at.firsts);
}

/* ---- the states of one layer, by their tuples ------------------------------------ */

typedef struct state_table {
    size_t width, count, room, slots;
    formula *tuples;
    uint32_t *index; /* [slots] state + 1, 0 for free */
} state_table;

static uint64_t hash_of(const formula *tuple, size_t width)
{
    uint64_t hash = 0x9e3779b97f4a7c15u;
    for (size_t e = 0; e < width; e++) {
        hash = (hash ^ tuple[e]) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return hash;
}

static uint32_t *slot_of(const state_table *table, const formula *tuple)
{
    size_t slot = hash_of(tuple, table->width) & (table->slots - 1);
    while (table->index[slot] != 0 &&
           memcmp(table->tuples + (table->index[slot] - 1) * table->width, tuple,
                  table->width * sizeof *tuple) != 0)
        slot = (slot + 1) & (table->slots - 1);
    return &table->index[slot];
}

static void rehash(state_table *table)
{
    free(table->index);
    table->slots = table->slots ? 2 * table->slots : 64;
    table->index = must_allocate_zeroed(table->slots, sizeof *table->index);
    for (size_t s = 0; s < table->count; s++)
        *slot_of(table, table->tuples + s * table->width) = (uint32_t)(s + 1);
}

static void append(state_table *table, const formula *tuple)
{
    for (; (table->count + 1) * table->width > table->room;)
        table->tuples = grow_room(table->tuples, &table->room, sizeof *table->tuples);
    memcpy(table->tuples + table->count * table->width, tuple,
           table->width * sizeof *tuple);
    table->count++;
}

/* The number of the state with this tuple, made when it is new and fewer than most are
 * there; else AUTOMATON_DEAD. */
static uint32_t state_of(state_table *table, const formula *tuple, size_t most)
{
    if (2 * (table->count + 1) > table->slots)
        rehash(table);
    uint32_t *slot = slot_of(table, tuple);
    if (*slot == 0) {
        if (table->count >= most)
            return AUTOMATON_DEAD;
        append(table, tuple);
        *slot = (uint32_t)table->count;
    }
    return *slot - 1;
}

/* ---- layer by layer -------------------------------------------------------------- */

typedef struct builder {
    const automaton_task *task;
    automaton *made;
    formula *tuple; /* [width] at hand */
    size_t used;    /* numbers in tables so far */
    size_t looks;
} builder;

/* The tuple after `value` of the issue into build->tuple; false when what must hold no
 * longer can. gain receives the amounts, NULL for none. */
static bool step(builder *build, const formula *from, size_t issue, truce_value value,
                 const wide **gain)
{
    const automaton_task *task = build->task;
    wide *sum = NULL;
    for (size_t e = 0; e < task->width; e++) {
        formula left = formula_given(task->all, from[e], issue, value);
        if (e == 0 && left == FORMULA_NO)
            return false;
        if (e > task->watched && left == FORMULA_YES) {
            sum = sum ? sum : arena_array(&build->made->memory, task->dims, wide);
            for (size_t d = 0; d < task->dims; d++)
                sum[d] += task->amounts[e][d];
            left = FORMULA_NO;
        }
        build->tuple[e] = left;
    }
    *gain = sum;
    return true;
}

static size_t states_allowed(const builder *build, size_t layers_left)
{
    const automaton_task *task = build->task;
    if (!task->trimmed)
        return AUTOMATON_DEAD - 1;
    size_t left = task->most > build->used ? task->most - build->used : 0;
    return 1 + left / layers_left / (task->width + 8);
}

/* Every step out of a layer, into table; false when too much or stopped. */
static bool step_out(builder *build, automaton_layer *layer, state_table *table,
                     size_t layers_left, const truce_stop *stop)
{
    size_t most = states_allowed(build, layers_left), width = build->task->width;
    const wide **gains = arena_array(
        &build->made->memory, layer->state_count * layer->class_count, const wide *);
    for (size_t s = 0, at = 0; s < layer->state_count; s++) {
        for (size_t c = 0; c < layer->class_count; c++, at++) {
            truce_value value = layer->values[layer->class_starts[c]];
            layer->next[at] = AUTOMATON_DEAD;
            if (!step(build, layer->tuples + s * width, layer->issue, value,
                      &gains[at]))
                continue;
            layer->next[at] = state_of(table, build->tuple, most);
            build->made->trimmed |= layer->next[at] == AUTOMATON_DEAD;
        }
        if (!build->task->trimmed &&
            build->used + table->count * width > build->task->most)
            return false;
        if (++build->looks % STATES_BETWEEN_LOOKS == 0 && stop_now(stop))
            return false;
    }
    layer->gains = gains;
    return true;
}

static bool build_layer(builder *build, size_t k, const truce_list *leaves,
                        const truce_stop *stop)
{
    automaton *made = build->made;
    automaton_layer *layer = &made->layers[k];
    state_table table = {.width = made->width};
    layer->issue = build->task->issues[k];
    find_classes(layer, build->task, leaves, &made->memory);
    size_t steps = layer->state_count * layer->class_count;
    build->used += steps;
    bool fits = build->task->trimmed || build->used <= build->task->most;
    if (fits) {
        layer->next = arena_array(&made->memory, steps, uint32_t);
        fits = step_out(build, layer, &table, made->layer_count - k - 1, stop);
    }
    build->used += table.count * table.width;
    made->transitions += steps;
    made->layers[k + 1].state_count = table.count;
    made->layers[k + 1].tuples = arena_copy(
        &made->memory, table.tuples, table.count * table.width * sizeof(formula));
    free(table.tuples);
    free(table.index);
    return fits;
}

/* States from which nothing acceptable follows are never stepped into. */
static void prune(automaton *made)
{
    bool *hopeless = NULL;
    for (size_t k = made->layer_count - 1; k-- > 0;) {
        automaton_layer *layer = &made->layers[k];
        bool *none = must_allocate_zeroed(layer->state_count, sizeof *none);
        for (size_t s = 0, at = 0; s < layer->state_count; s++) {
            none[s] = true;
            for (size_t c = 0; c < layer->class_count; c++, at++) {
                if (layer->next[at] != AUTOMATON_DEAD && hopeless &&
                    hopeless[layer->next[at]])
                    layer->next[at] = AUTOMATON_DEAD;
                none[s] &= layer->next[at] == AUTOMATON_DEAD;
            }
        }
        free(hopeless);
        hopeless = none;
    }
    free(hopeless);
}

automaton *automaton_new(const automaton_task *task, const truce_stop *stop)
{
    arena memory = {0};
    automaton *made = arena_new(&memory, automaton);
    *made = (automaton){.memory = memory,
                        .width = task->width,
                        .dims = task->dims,
                        .layer_count = task->issue_count + 1};
    builder build = {.task = task, .made = made};
    build.tuple = arena_array(&made->memory, task->width, formula);
    made->layers = arena_array(&made->memory, made->layer_count, automaton_layer);
    made->layers[0].state_count = task->start_count;
    made->layers[0].tuples =
        arena_copy(&made->memory, task->starts,
                   task->start_count * task->width * sizeof *task->starts);
    made->layers[task->issue_count].issue = TRUCE_NOBODY;
    truce_list leaves = formula_leaves(task->all, task->starts,
                                       task->start_count * task->width, &made->memory);
    bool fits = true;
    for (size_t k = 0; k < task->issue_count && fits; k++)
        fits = build_layer(&build, k, &leaves, stop);
    if (fits)
        prune(made);
    else
        automaton_free(made);
    return fits ? made : NULL;
}

void automaton_free(automaton *one)
{
    if (one == NULL)
        return;
    arena memory = one->memory; /* a copy: the automaton lives in the memory it owns */
    arena_free(&memory);
}
