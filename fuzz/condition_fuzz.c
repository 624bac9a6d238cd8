/* Any text as a condition over three issues: it must end, with a condition whose ranges
 * are ascending, disjoint and within the issue's values, or with an error within the
 * text. */
#include "base/text.h"
#include "formats/conditions.h"
#include "scenario/condition.h"

#include <assert.h>
#include <string.h>

enum { ISSUES = 3 };

static const char *const nato_values[] = {"open", "deferred", "more pay", "in"};
static const char *const cease_values[] = {"none", "30-day", "60-day", "open"};
static const char *const price_values[] = {"0", "2.5", "5", "7.5"};
static const truce_decimal prices[] = {{0, 0}, {25, 1}, {5, 0}, {75, 1}};

static const truce_issue issues[ISSUES] = {
    {.label = {.id = "nato"}, .values = nato_values, .value_count = 4},
    {.label = {.id = "cease"},
     .ordered = true,
     .values = cease_values,
     .value_count = 4},
    {.label = {.id = "price"},
     .numeric = true,
     .values = price_values,
     .numbers = prices,
     .value_count = 4,
     .status_quo = 2},
};

static const truce_scenario scenario = {.issues = issues, .issue_count = ISSUES};

static void check_ranges(const truce_condition *leaf)
{
    assert(leaf->issue < ISSUES);
    for (size_t r = 0; r < leaf->range_count; r++) {
        const condition_range *range = &leaf->ranges[r];
        assert(range->first <= range->last);
        assert(range->last < issues[leaf->issue].value_count);
        assert(r == 0 || leaf->ranges[r - 1].last < range->first);
    }
}

static void check_condition(const truce_condition *condition)
{
    if (condition->kind == CONDITION_LEAF)
        check_ranges(condition);
    for (size_t i = 0; i < condition->part_count; i++)
        check_condition(condition->parts[i]);
}

static void check_places(const truce_diagnostics *said, size_t characters)
{
    for (size_t i = 0; i < said->count; i++) {
        assert(said->items[i].place.line == 1);
        assert(said->items[i].place.column >= 1);
        assert(said->items[i].place.column <= characters + 1);
    }
}

static void read_it(document *tree, const names *ids, truce_diagnostics *said)
{
    arena memory = {0};
    node text = {.kind = NODE_TEXT,
                 .place = {tree->file, 1, 1},
                 .text = tree->bytes,
                 .width = 1,
                 .exact = true};
    const truce_condition *condition =
        condition_read(tree, &text, &scenario, ids, &memory);
    assert((condition == NULL) == (said->errors > 0));
    if (condition) {
        check_condition(condition);
        truce_condition_holds(condition, (truce_value[ISSUES]){0});
        assert(strcmp(truce_condition_text(condition), tree->bytes) == 0);
    }
    check_places(said, text_characters(tree->bytes, tree->length));
    arena_free(&memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (memchr(data, '\0', size) || text_valid((const char *)data, size) < size)
        return 0; /* no text node is such */
    truce_diagnostics *said = truce_diagnostics_new();
    document *tree = document_new("c", data, size, said);
    names ids = {0};
    for (size_t i = 0; i < ISSUES; i++)
        names_add(&ids, issues[i].label.id, i);
    read_it(tree, &ids, said);
    names_free(&ids);
    document_free(tree);
    truce_diagnostics_free(said);
    return 0;
}
