/* What a seat's sums are like: which values may be had at all, how far apart sums are, and for
 * each issue a ladder of what its values are off from the best and from the worst. */
#include "play/vast_parts.h"

#include <stdlib.h>

#define CELLS_MOST ((wide)1 << 61)

/* Can no outcome with this value be had, whatever the others are? Seen for conditions that
 * ask about one issue alone. */
static bool is_forbidden(const board *made, size_t seat, size_t issue,
                         truce_value value)
{
    size_t party = made->seat[seat].party;
    const truce_preferences *given = &made->scenario->parties[party].preferences;
    for (size_t r = 0; r < given->red_line_count; r++) {
        const truce_condition *line = given->red_lines[r].condition;
        if (line->kind == CONDITION_LEAF && line->issue == issue &&
            condition_allows(line, value))
            return true;
    }
    for (size_t r = 0; r < made->scenario->rule_count; r++) {
        const truce_rule *rule = &made->scenario->rules[r];
        bool always =
            rule->given->kind == CONDITION_AND && rule->given->part_count == 0;
        if (always && (rule->by == TRUCE_NOBODY || rule->by == party) &&
            rule->then->kind == CONDITION_LEAF && rule->then->issue == issue &&
            !condition_allows(rule->then, value))
            return true;
    }
    return false;
}

/* The values of an issue that may be had, all of them if that were none; returns how many.
 */
static size_t take_values(const board *made, size_t seat, size_t issue,
                          truce_value *values)
{
    size_t count = 0, all = made->space->value_counts[issue];
    for (truce_value v = 0; v < all; v++)
        if (!is_forbidden(made, seat, issue, v))
            values[count++] = v;
    for (truce_value v = 0; count == 0 && v < all; v++)
        values[v] = v;
    return count > 0 ? count : all;
}

static wide greatest_divisor(wide one, wide other)
{
    while (other != 0) {
        wide rest = one % other;
        one = other;
        other = rest;
    }
    return one < 0 ? -one : one;
}

/* The values that may be had, of all issues. */
typedef struct choice_of_values {
    truce_value **values; /* [issue][count] */
    size_t *counts;
} choice_of_values;

/* Cells are as wide as all sums are apart, or wider where their number would not fit. */
static void measure(vast_seat *to, const board *made, size_t seat,
                    const choice_of_values *had)
{
    to->least = to->greatest = to->unit = 0;
    for (size_t i = 0; i < made->issues; i++) {
        const wide *table = vast_numbers(made, seat)->tables[i];
        wide low = table[had->values[i][0]], high = low;
        for (size_t k = 1; k < had->counts[i]; k++) {
            wide here = table[had->values[i][k]];
            to->unit = greatest_divisor(to->unit, here - table[had->values[i][0]]);
            low = here < low ? here : low;
            high = here > high ? here : high;
        }
        to->least += low;
        to->greatest += high;
    }
    to->unit = to->unit > 0 ? to->unit : 1;
    wide range = to->greatest - to->least;
    to->rounded = range / to->unit >= CELLS_MOST;
    if (to->rounded)
        to->unit = range / CELLS_MOST + 1;
}

static int compare_steps(const void *left, const void *right)
{
    const sum_step *a = left, *b = right;
    if (a->off != b->off)
        return a->off < b->off ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

/* Rounding, if any, is such that a sum is worth no less than its cells say. */
static ladder make_ladder(const vast_seat *from, const wide *table,
                          const truce_value *values, size_t count, bool top,
                          arena *memory)
{
    ladder made = {.steps = arena_array(memory, count, sum_step), .count = count};
    wide at_end = table[values[0]];
    for (size_t k = 1; k < count; k++)
        if (top ? table[values[k]] > at_end : table[values[k]] < at_end)
            at_end = table[values[k]];
    for (size_t k = 0; k < count; k++) {
        wide off = top ? at_end - table[values[k]] : table[values[k]] - at_end;
        wide cells = (off + (top ? from->unit - 1 : 0)) / from->unit;
        made.steps[k] = (sum_step){.off = (int64_t)cells, .value = values[k]};
    }
    qsort(made.steps, count, sizeof *made.steps, compare_steps);
    return made;
}

void vast_make_ladders(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    choice_of_values had = {arena_array(memory, made->issues + 1, truce_value *),
                            arena_array(memory, made->issues + 1, size_t)};
    for (size_t i = 0; i < made->issues; i++) {
        had.values[i] = arena_array(memory, made->space->value_counts[i], truce_value);
        had.counts[i] = take_values(made, seat, i, had.values[i]);
    }
    measure(to, made, seat, &had);
    for (int e = 0; e < 2; e++) {
        to->ends[e].top = e == 0;
        to->ends[e].ladders = arena_array(memory, made->issues + 1, ladder);
        for (size_t i = 0; i < made->issues; i++)
            to->ends[e].ladders[i] =
                make_ladder(to, vast_numbers(made, seat)->tables[i], had.values[i],
                            had.counts[i], e == 0, memory);
    }
    to->range = 0;
    for (size_t i = 0; i < made->issues; i++)
        to->range += ladder_span(&to->ends[0].ladders[i]);
}

/* Is one issue before another in the order? */
static bool comes_first(const vast_seat *of, const bool *mentioned, size_t one,
                        size_t other)
{
    if (mentioned && mentioned[one] != mentioned[other])
        return !mentioned[one];
    const ladder *ladders = of->ends[0].ladders;
    int64_t a = ladder_span(&ladders[one]), b = ladder_span(&ladders[other]);
    return a != b ? a > b : one < other;
}

size_t *vast_make_order(const vast_seat *of, size_t issues, const bool *mentioned,
                        arena *memory)
{
    size_t *order = arena_array(memory, issues + 1, size_t);
    for (size_t i = 0; i < issues; i++) {
        size_t k = i;
        for (; k > 0 && comes_first(of, mentioned, i, order[k - 1]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}
