/* Value functions become worths: a table one by one, a straight line by its two ends. A
 * range of outcomes becomes boxes: where an issue allows several runs of values, one box
 * for each combination, which cannot overlap. */
#include "formats/negmas_values.h"

#include "base/decimal.h"
#include "formats/keys.h"

#include <stdlib.h>
#include <string.h>

static const truce_decimal nothing, one = {1, 0};

/* ---- tables ---------------------------------------------------------------------- */

static void read_table(foreign *f, size_t issue, const node *mapping)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    size_t errors = f->tree->diagnostics->errors;
    if (!kind_needed(f, mapping, NODE_MAP, "\"mapping\""))
        return;
    for (size_t v = 0; v < mapping->count; v++) {
        const node_entry *entry = &mapping->entries[v];
        truce_decimal worth;
        size_t value = foreign_find_value(f, issue, key_as_text(f, entry));
        if (value != TRUCE_NOBODY &&
            foreign_decimal(f, words(f, "the value of \"%s\"", entry->key),
                            entry->value, &worth))
            foreign_worth(f, issue, value, worth, entry->value);
    }
    for (size_t v = 0; f->tree->diagnostics->errors == errors && v < what->value_count;
         v++)
        if (!foreign_is_rated(f, issue, v)) {
            foreign_error(f, mapping, NULL, "value \"%s\" of issue \"%s\" is missing",
                          what->values[v], what->label.id);
            return;
        }
}

/* ---- straight lines -------------------------------------------------------------- */

static bool read_part(foreign *f, const node *function, const char *key,
                      truce_decimal otherwise, truce_decimal *part)
{
    const node *value = node_get(function, key);
    *part = otherwise;
    return value == NULL || is_null(value) ||
           foreign_decimal(f, words(f, "\"%s\"", key), value, part);
}

/* The number that a value is. */
static bool number_of(foreign *f, size_t issue, size_t value, const node *function,
                      truce_decimal *number)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    const char *text = what->values[value];
    if (what->numeric) {
        *number = what->numbers[value];
        return true;
    }
    if (decimal_read_long(text, strlen(text), number) == DECIMAL_OK)
        return true;
    foreign_error(
        f, function, "write a TableFun",
        "value \"%s\" of issue \"%s\" is no number, which this function needs", text,
        what->label.id);
    return false;
}

/* Where a line passes over a value. */
static bool line_at(foreign *f, size_t issue, size_t value, const node *function,
                    const truce_decimal *slope_and_bias, truce_decimal *worth,
                    bool *exact)
{
    truce_decimal number;
    if (!number_of(f, issue, value, function, &number))
        return false;
    *exact &= decimal_line(slope_and_bias[0], number, slope_and_bias[1], worth);
    return true;
}

static void read_line(foreign *f, size_t issue, const node *function,
                      const truce_decimal *slope_and_bias)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    truce_decimal first, last;
    bool exact = true, sound = true;
    for (size_t v = 0; sound && !what->numeric && v < what->value_count; v++) {
        sound = line_at(f, issue, v, function, slope_and_bias, &first, &exact);
        if (sound)
            foreign_worth(f, issue, v, first, function);
    }
    if (what->numeric) {
        line_at(f, issue, 0, function, slope_and_bias, &first, &exact);
        line_at(f, issue, what->value_count - 1, function, slope_and_bias, &last,
                &exact);
        foreign_worth_line(f, issue, first, last, function);
    }
    if (!exact)
        foreign_warning(f, function, NULL,
                        "values of issue \"%s\" are rounded to 18 digits",
                        what->label.id);
}

/* ---- value functions ------------------------------------------------------------- */

static void read_affine(foreign *f, size_t issue, const node *function,
                        const char *type)
{
    static const char *const keys[] = {"type", "slope", "bias", "id", "name", NULL};
    bool is_identity = strcmp(type, "IdentityFun") == 0;
    bool is_constant = strcmp(type, "ConstFun") == 0;
    truce_decimal slope_and_bias[2];
    keys_check(f, function, type, keys);
    if (!is_identity && !is_constant && !key_needed(f, function, type, "slope", keys))
        return;
    if (read_part(f, function, "slope", is_constant ? nothing : one,
                  &slope_and_bias[0]) &&
        read_part(f, function, "bias", nothing, &slope_and_bias[1]))
        read_line(f, issue, function, slope_and_bias);
}

void value_function_read(foreign *f, size_t issue, const node *function)
{
    static const char *const types[] = {"TableFun",  "IdentityFun", "LinearFun",
                                        "AffineFun", "ConstFun",    NULL};
    static const char *const table_keys[] = {"type", "mapping", "id", "name", NULL};
    const char *who = words(f, "the value function of issue \"%s\"",
                            foreign_issue_at(f, issue)->label.id);
    if (!kind_needed(f, function, NODE_MAP, who))
        return;
    const node *type = node_get(function, "type");
    if (type == NULL && node_get(function, "mapping") == NULL) {
        read_table(f, issue, function);
        return;
    }
    const char *name = type && type->kind == NODE_TEXT ? type->text : "TableFun";
    name = strrchr(name, '.') ? strrchr(name, '.') + 1 : name;
    if (strcmp(name, "TableFun") == 0) {
        const node *mapping = key_needed(f, function, name, "mapping", table_keys);
        keys_check(f, function, name, table_keys);
        if (mapping)
            read_table(f, issue, mapping);
    } else if (type_is(name, types)) {
        read_affine(f, issue, function, name);
    } else {
        type_refuse(f, function, who, name, types);
    }
}

/* ---- ranges of one issue --------------------------------------------------------- */

/* What a box allows of one issue: values in runs, ascending and apart from each other. */
typedef struct side {
    size_t issue;
    foreign_side *runs;
    size_t count;
} side;

static size_t find_issue(foreign *f, const node_entry *entry)
{
    char *end;
    size_t issue = names_find(&f->issues, entry->key);
    if (issue != NAMES_NONE || *entry->key < '0' || *entry->key > '9')
        return issue != NAMES_NONE ? issue
                                   : foreign_find_issue(f, key_as_text(f, entry));
    unsigned long number = strtoul(entry->key, &end, 10);
    if (*end == '\0' && number < foreign_issue_count(f))
        return number;
    document_error(f->tree, entry->place, entry->width, "issues are numbered from 0",
                   "there is no issue %s", entry->key);
    return TRUCE_NOBODY;
}

static bool is_number(const node *text)
{
    truce_decimal value;
    return text->kind == NODE_TEXT &&
           decimal_read_long(text->text, strlen(text->text), &value) == DECIMAL_OK;
}

static bool is_pair(const node *list)
{
    return list->kind == NODE_LIST && list->count == 2 && is_number(list->items[0]) &&
           is_number(list->items[1]);
}

/* How many values of a scale are below a number (or not above it). */
static size_t values_below(const truce_issue *issue, truce_decimal number,
                           bool or_equal)
{
    size_t low = 0, beyond = issue->value_count;
    while (low < beyond) {
        size_t middle = low + (beyond - low) / 2;
        if (decimal_compare(issue->numbers[middle], number) < or_equal)
            low = middle + 1;
        else
            beyond = middle;
    }
    return low;
}

/* The values from one number to another, both included; perhaps none. */
static bool run_of_pair(foreign *f, const node *pair, foreign_side *run)
{
    const truce_issue *what = foreign_issue_at(f, run->issue);
    truce_decimal low, high;
    if (!foreign_decimal(f, "the lower end", pair->items[0], &low) ||
        !foreign_decimal(f, "the upper end", pair->items[1], &high))
        return false;
    size_t first = values_below(what, low, false), end = values_below(what, high, true);
    *run = first < end ? (foreign_side){run->issue, first, end - 1}
                       : (foreign_side){run->issue, 1, 0};
    return true;
}

static bool run_of_value(foreign *f, const node *value, foreign_side *run)
{
    run->first = run->last = foreign_find_value(f, run->issue, value);
    return run->first != TRUCE_NOBODY;
}

static bool run_of(foreign *f, const node *item, foreign_side *run)
{
    if (foreign_issue_at(f, run->issue)->numeric && is_pair(item))
        return run_of_pair(f, item, run);
    return kind_needed(f, item, NODE_TEXT, "a value of \"outcome_ranges\"") &&
           run_of_value(f, item, run);
}

static int by_first(const void *a, const void *b)
{
    const foreign_side *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Sorts runs and joins those that touch; empty ones go. */
static void join_runs(side *into)
{
    size_t count = 0;
    for (size_t r = 0; r < into->count; r++)
        if (into->runs[r].first <= into->runs[r].last)
            into->runs[count++] = into->runs[r];
    qsort(into->runs, count, sizeof *into->runs, by_first);
    into->count = 0;
    for (size_t r = 0; r < count; r++) {
        foreign_side *last = into->count ? &into->runs[into->count - 1] : NULL;
        if (last == NULL || into->runs[r].first > last->last + 1)
            into->runs[into->count++] = into->runs[r];
        else if (into->runs[r].last > last->last)
            last->last = into->runs[r].last;
    }
}

static bool read_side(foreign *f, const node_entry *entry, side *into)
{
    const node *range = entry->value;
    into->issue = find_issue(f, entry);
    if (into->issue == TRUCE_NOBODY)
        return false;
    bool is_one = range->kind == NODE_TEXT ||
                  (foreign_issue_at(f, into->issue)->numeric && is_pair(range));
    size_t count = is_one ? 1 : range->kind == NODE_LIST ? range->count : 0;
    if (!is_one &&
        !kind_needed(f, range, NODE_LIST, words(f, "the range of \"%s\"", entry->key)))
        return false;
    into->runs = arena_array(&f->tree->memory, count, foreign_side);
    into->count = count;
    bool sound = true;
    for (size_t r = 0; r < count; r++) {
        into->runs[r].issue = into->issue;
        sound &= run_of(f, is_one ? range : range->items[r], &into->runs[r]);
    }
    if (sound)
        join_runs(into);
    return sound;
}

/* ---- boxes ----------------------------------------------------------------------- */

static bool is_few(foreign *f, const node *map, const side *sides, size_t count)
{
    enum { MOST_BOXES = 4096 };
    size_t boxes = 1;
    for (size_t s = 0; s < count && boxes <= MOST_BOXES; s++)
        boxes *= sides[s].count;
    if (boxes <= MOST_BOXES)
        return true;
    foreign_error(f, map, "write ranges without gaps",
                  "these ranges fall into more than %d boxes", MOST_BOXES);
    return false;
}

/* One box for each choice of a run a side; picked [count] counts through them. */
static void add_boxes(foreign *f, const side *sides, size_t count, truce_decimal worth,
                      const node *at)
{
    size_t *picked = arena_array(&f->tree->memory, count, size_t);
    foreign_side *box = arena_array(&f->tree->memory, count, foreign_side);
    for (size_t s = 0; s < count; s++)
        if (sides[s].count == 0)
            return; /* no outcome is within */
    for (;;) {
        for (size_t s = 0; s < count; s++)
            box[s] = sides[s].runs[picked[s]];
        foreign_bonus(f, box, count, false, worth, at);
        size_t next = 0;
        while (next < count && ++picked[next] == sides[next].count)
            picked[next++] = 0;
        if (next == count)
            return;
    }
}

void outcome_range_read(foreign *f, const node *map, truce_decimal worth,
                        const node *utility)
{
    if (!kind_needed(f, map, NODE_MAP, "an entry of \"outcome_ranges\""))
        return;
    side *sides = arena_array(&f->tree->memory, map->count, side);
    bool sound = true;
    for (size_t s = 0; s < map->count; s++)
        sound &= read_side(f, &map->entries[s], &sides[s]);
    if (sound && is_few(f, map, sides, map->count))
        add_boxes(f, sides, map->count, worth, utility);
}
