/* What is negotiated: named values, or a scale of decimals. An issue whose values
 * cannot be read is marked broken, and nobody is blamed again for naming them. */
#include "formats/sections.h"

#include "base/decimal.h"
#include "formats/numbers.h"

#include <string.h>

static const field issue_fields[] = {
    OPTIONAL(truce_issue, title, "title", FIELD_TEXT),
    SPECIAL("ordered"),
    SPECIAL("values"),
    SPECIAL("from"),
    SPECIAL("to"),
    SPECIAL("step"),
    SPECIAL("status-quo"),
    OPTIONAL(truce_issue, by, "by", FIELD_PARTIES),
};

/* ---- named values ---------------------------------------------------------------- */

static bool values_check(reader *r, const node *list, const truce_issue *issue)
{
    names seen = {0};
    bool sound = true;
    for (size_t v = 0; v < list->count; v++) {
        const node *value = list->items[v];
        if (!node_expect(r, value, NODE_TEXT, "a value",
                         "for example values: [none, 30-day]") ||
            text_read(r, "values", value) == NULL) {
            sound = false;
        } else if (!names_add(&seen, value->text, v)) {
            sound = false;
            document_error(r->tree, value->place, value->width, NULL,
                           "value \"%s\" stands twice in issue \"%s\"", value->text,
                           issue->label.id);
        }
    }
    names_free(&seen);
    return sound;
}

static bool named_values_read(reader *r, const node *list, truce_issue *issue)
{
    const char *example = "for example values: [none, 30-day, open-ended]";
    if (!node_expect(r, list, NODE_LIST, "\"values\"", example))
        return false;
    if (list->count == 0) {
        document_error(r->tree, list->place, list->width, example,
                       "issue \"%s\" has no values", issue->label.id);
        return false;
    }
    if (!values_check(r, list, issue))
        return false;
    const char **values = arena_array(r->memory, list->count, const char *);
    for (size_t v = 0; v < list->count; v++)
        values[v] = arena_text(r->memory, list->items[v]->text);
    issue->values = values;
    issue->value_count = list->count;
    return true;
}

/* ---- a scale --------------------------------------------------------------------- */

typedef struct scale {
    truce_decimal from, to, step;
} scale;

/* How many values a scale has; 0 when its steps do not end at `to`, SIZE_MAX when more
 * than fit into 32 bits. All at one power of ten, so this is exact. */
static size_t scale_length(const scale *all)
{
    int common = all->from.scale > all->to.scale ? all->from.scale : all->to.scale;
    common = all->step.scale > common ? all->step.scale : common;
    int64_t from = all->from.digits * decimal_power(common - all->from.scale);
    int64_t to = all->to.digits * decimal_power(common - all->to.scale);
    int64_t step = all->step.digits * decimal_power(common - all->step.scale);
    if ((to - from) % step != 0)
        return 0;
    uint64_t count = (uint64_t)((to - from) / step) + 1;
    return count >= UINT32_MAX ? SIZE_MAX : (size_t)count;
}

static bool scale_ends_read(reader *r, const node *map, scale *all)
{
    const node *step = node_get(map, "step");
    all->step = (truce_decimal){1, 0};
    bool from = decimal_of(r, "from", node_get(map, "from"), &all->from);
    bool to = decimal_of(r, "to", node_get(map, "to"), &all->to);
    return (step == NULL || decimal_of(r, "step", step, &all->step)) && from && to;
}

static bool scale_check(reader *r, const node *map, const scale *all)
{
    const node *step = node_get(map, "step"), *to = node_get(map, "to");
    if (decimal_compare(all->from, all->to) > 0) {
        document_error(r->tree, to->place, to->width,
                       "from the lowest to the highest value",
                       "\"to\" is below \"from\"");
        return false;
    }
    if (step && all->step.digits <= 0) {
        document_error(r->tree, step->place, step->width, NULL,
                       "\"step\" must be above 0");
        return false;
    }
    if (scale_length(all) > 0)
        return true;
    const node *at = step ? step : to;
    arena *memory = &r->tree->memory;
    document_error(
        r->tree, at->place, at->width, "from + step + step ... must reach to",
        "steps of %s do not lead from %s to %s", decimal_text(memory, all->step),
        decimal_text(memory, all->from), decimal_text(memory, all->to));
    return false;
}

static void scale_fill(reader *r, const scale *all, truce_issue *issue)
{
    truce_decimal *numbers = arena_array(r->memory, issue->value_count, truce_decimal);
    const char **values = arena_array(r->memory, issue->value_count, const char *);
    for (size_t v = 0; v < issue->value_count; v++) {
        numbers[v] = decimal_add(all->from, all->step, (int64_t)v);
        values[v] = decimal_text(r->memory, numbers[v]);
    }
    issue->numbers = numbers;
    issue->values = values;
}

/* ---- both ------------------------------------------------------------------------ */

/* All issues together; beyond the limit nothing is allocated. */
static bool values_fit(reader *r, const node *map, size_t count)
{
    if (count <= r->limits.values - r->value_count) {
        r->value_count += count;
        return true;
    }
    document_error(r->tree, map->place, map->width, "--max-values raises the limit",
                   "more than %zu values in all issues together", r->limits.values);
    return false;
}

/* A misspelt key may be the one that is missing; that was said. */
static bool lacks(reader *r, const node *map, const truce_issue *issue, const char *key)
{
    if (node_get(map, key))
        return false;
    if (!key_was_meant(map, key, issue_fields, COUNT_OF(issue_fields)))
        document_error(
            r->tree, issue->label.place, 1,
            "for example values: [none, 30-day], or from: 0, to: 100, step: 5",
            "issue \"%s\" has no \"%s\"", issue->label.id, key);
    return true;
}

static bool scale_read(reader *r, const node *map, truce_issue *issue)
{
    scale all;
    issue->numeric = true;
    if (lacks(r, map, issue, "from") || lacks(r, map, issue, "to"))
        return false;
    if (!scale_ends_read(r, map, &all) || !scale_check(r, map, &all))
        return false;
    size_t count = scale_length(&all);
    if (!values_fit(r, map, count))
        return false;
    issue->value_count = count;
    scale_fill(r, &all, issue);
    return true;
}

static bool values_read(reader *r, const node *map, truce_issue *issue)
{
    const node *values = node_get(map, "values");
    const node *scaled = node_get(map, "from");
    scaled = scaled ? scaled : node_get(map, "to");
    scaled = scaled ? scaled : node_get(map, "step");
    if (values && scaled) {
        document_error(r->tree, scaled->place, scaled->width, NULL,
                       "issue \"%s\" has both named values and a scale",
                       issue->label.id);
        return false;
    }
    if (values)
        return named_values_read(r, values, issue) &&
               values_fit(r, values, values->count);
    return scaled ? scale_read(r, map, issue) : !lacks(r, map, issue, "values");
}

static void issue_finish(reader *r, const node *map, around within, void *into)
{
    truce_issue *issue = into;
    size_t index = (size_t)(issue - r->scenario->issues);
    (void)within;
    if (issue->title == NULL)
        issue->title = issue->label.id;
    r->broken[index] = !values_read(r, map, issue);
    issue->ordered = yes_read(r, "ordered", node_get(map, "ordered"), issue->numeric);
    const node *status_quo = node_get(map, "status-quo");
    if (status_quo && text_read(r, "status-quo", status_quo))
        value_find(r, index, status_quo->text, spot_of(status_quo), &issue->status_quo);
    if (r->broken[index])
        issue->value_count = 0;
}

const shape issue_shape = {
    .what = "issue",
    .example =
        "for example {title: Ceasefire, values: [none, 30-day], status-quo: none}",
    .size = sizeof(truce_issue),
    .fields = issue_fields,
    .field_count = COUNT_OF(issue_fields),
    .finish = issue_finish,
};
