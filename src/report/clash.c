/* Sets of demands that cannot all hold. A clash rests on no number, only on what is
 * wanted. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <string.h>

/* ---- JSON ------------------------------------------------------------------------ */

static void write_clash(json *to, const truce_scenario *scenario,
                        const truce_clash *clash)
{
    json_object(to);
    field_texts(to, "members", (truce_texts){clash->ids, clash->count});
    field_by_party(to, "by", scenario, clash->ids, clash->parties, clash->count);
    json_key(to, "witness");
    json_object(to);
    for (size_t m = 0; m < clash->count && clash->witnesses != NULL; m++) {
        json_key(to, clash->ids[m]);
        outcome_value(to, scenario, clash->witnesses[m]);
    }
    json_end(to);
    field_texts(to, "logic", clash->logic);
    json_end(to);
}

void clash_answer(json *to, const truce_clashes *result)
{
    json_object(to);
    json_key(to, "clashes");
    json_array(to);
    for (size_t i = 0; i < result->count; i++)
        write_clash(to, result->finding.scenario, &result->items[i]);
    json_end(to);
    field_integer(to, "members", result->members);
    field_bool(to, "cut", result->cut);
    json_end(to);
}

void truce_clashes_json(FILE *out, const truce_clashes *result,
                        const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    clash_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static void add_row(page *to, table *rows, const truce_scenario *scenario,
                    const char *id, const char *owner)
{
    const truce_demand *demand = demand_called(scenario, id);
    table_cell(rows, "%s", id);
    table_cell(rows, "%s", owner);
    table_cell(rows, "%s", member_words(&to->memory, scenario, id));
    if (demand != NULL)
        table_cell(rows, "%s", drawn_from(&to->memory, scenario, &demand->label));
}

static void add_clash(page *to, table *rows, const truce_scenario *scenario,
                      const truce_clash *clash, size_t number)
{
    for (size_t m = 0; m < clash->count; m++) {
        table_row(rows);
        table_cell(rows, "%s", m == 0 ? arena_format(&to->memory, "%zu", number) : "");
        add_row(to, rows, scenario, clash->ids[m],
                party_called(scenario, clash->parties[m]));
    }
    for (size_t l = 0; l < clash->logic.count; l++) {
        table_row(rows);
        table_cell(rows, "%s", "");
        add_row(to, rows, scenario, clash->logic.items[l], "logic");
    }
}

void clash_table(page *to, const truce_clashes *result, size_t most)
{
    const truce_scenario *scenario = result->finding.scenario;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "Set");
    table_column(&rows, TABLE_NAME, "Id");
    table_column(&rows, TABLE_NAME, "Whose");
    table_column(&rows, TABLE_NAME, "Wants");
    table_column(&rows, TABLE_TEXT, "Claims");
    for (size_t i = 0; i < result->count && i < most; i++) {
        if (i > 0)
            table_space(&rows);
        add_clash(to, &rows, scenario, &result->items[i], i + 1);
    }
    table_print(&rows, to, 0);
}

static void say_witnesses(page *to, const truce_clashes *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    page_heading(to, "Witnesses: an outcome that keeps the others when one is dropped");
    for (size_t i = 0; i < result->count; i++) {
        const truce_clash *clash = &result->items[i];
        page_say(to, 0, "Set %zu", i + 1);
        for (size_t m = 0; m < clash->count; m++)
            page_item(to, 2, "- ", "without %s: %s", clash->ids[m],
                      outcome_words(&to->memory, scenario, clash->witnesses[m]));
    }
}

static void say_count(page *to, const truce_clashes *result)
{
    const char *among = counted(&to->memory, result->members, "demand", "demands");
    bool others = false;
    for (size_t i = 0; i < result->count; i++)
        for (size_t m = 0; m < result->items[i].count; m++)
            if (demand_called(result->finding.scenario, result->items[i].ids[m]) ==
                NULL)
                others = true;
    if (others || result->members != result->finding.scenario->demand_count)
        among = counted(&to->memory, result->members, "demand or other constraint",
                        "demands and other constraints");
    if (result->count == 0 && !is_complete(&result->finding))
        page_say(to, 0,
                 "No clash was found among the %s before the search was stopped; there "
                 "may be some.",
                 among);
    else if (result->count == 0)
        page_say(to, 0, "All %s can hold together: nothing clashes.", among);
    else
        page_say(
            to, 0,
            "%s of the %s cannot hold at once. Each set is as small as can be: drop "
            "any one member, and the others can hold together.%s",
            counted(&to->memory, result->count, "set", "sets"), among,
            result->cut ? " More sets exist, or may exist, than are listed." : "");
}

void clash_pages(page *to, const truce_clashes *result)
{
    say_count(to, result);
    if (result->count > 0) {
        page_gap(to);
        clash_table(to, result, result->count);
    }
}

void truce_clashes_print(FILE *out, const truce_clashes *result,
                         const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding,
                 "Clash: which demands cannot all hold at once?");
    clash_pages(&to, result);
    if (style != NULL && style->witness && result->count > 0)
        say_witnesses(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
