/* Positions side by side, round by round, and what moved between them. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <string.h>

/* ---- JSON ------------------------------------------------------------------------ */

static void write_stand(json *to, const truce_scenario *scenario,
                        const truce_stand *stand)
{
    json_object(to);
    field_text(to, "issue", scenario->issues[stand->issue].label.id);
    field_party(to, "party", scenario, stand->party);
    field_text(to, "round",
               stand->round == TRUCE_NOBODY ? NULL
                                            : scenario->rounds[stand->round].label.id);
    field_text(to, "position", stand->text);
    field_text(to, "id", stand->id);
    json_end(to);
}

static void write_shift(json *to, const truce_scenario *scenario,
                        const truce_shift *shift)
{
    json_object(to);
    field_text(to, "issue", scenario->issues[shift->issue].label.id);
    field_party(to, "party", scenario, shift->party);
    field_text(to, "before", shift->before->text);
    field_text(to, "before_id", shift->before->id);
    field_text(to, "after", shift->after->text);
    field_text(to, "after_id", shift->after->id);
    field_bool(to, "moved", shift->moved);
    json_end(to);
}

static void write_round(json *to, const truce_scenario *scenario,
                        const truce_round *round)
{
    json_object(to);
    field_text(to, "id", round->label.id);
    field_text(to, "title", round->title);
    field_text(to, "place", round->place);
    field_text(to, "date", round->date);
    field_text(to, "kind", round->kind);
    field_parties(to, "parties", scenario, round->parties);
    field_text(to, "frame", round->frame);
    json_end(to);
}

void rounds_answer(json *to, const truce_rounds *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_object(to);
    json_key(to, "rounds");
    json_array(to);
    for (size_t r = 0; r < scenario->round_count; r++)
        write_round(to, scenario, &scenario->rounds[r]);
    json_end(to);
    json_key(to, "table");
    json_array(to);
    for (size_t s = 0; s < result->stand_count; s++)
        write_stand(to, scenario, &result->stands[s]);
    json_end(to);
    json_key(to, "moved");
    json_array(to);
    for (size_t s = 0; s < result->shift_count; s++)
        write_shift(to, scenario, &result->shifts[s]);
    json_end(to);
    json_key(to, "framed");
    json_array(to);
    for (size_t f = 0; f < result->framed.count; f++)
        json_text(to, scenario->rounds[result->framed.items[f]].label.id);
    json_end(to);
    json_end(to);
}

void truce_rounds_json(FILE *out, const truce_rounds *result,
                       const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    rounds_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *round_called(const truce_scenario *scenario, size_t round)
{
    return round == TRUCE_NOBODY ? "demanded now" : scenario->rounds[round].label.id;
}

static const char *or_dash(const char *text)
{
    return text != NULL && *text != '\0' ? text : "-";
}

static void say_rounds(page *to, const truce_scenario *scenario)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Round");
    table_column(&rows, TABLE_NAME, "Date");
    table_column(&rows, TABLE_TEXT, "Place");
    table_column(&rows, TABLE_NAME, "Kind");
    table_column(&rows, TABLE_TEXT, "Parties");
    for (size_t r = 0; r < scenario->round_count; r++) {
        const truce_round *round = &scenario->rounds[r];
        table_row(&rows);
        table_anchor(&rows, "round", r + 1);
        table_cell(&rows, "%s", round->label.id);
        table_cell(&rows, "%s", or_dash(round->date));
        table_cell(&rows, "%s", or_dash(round->place));
        table_cell(&rows, "%s", or_dash(round->kind));
        table_cell(&rows, "%s",
                   or_dash(join_parties(&to->memory, scenario, round->parties)));
    }
    table_print(&rows, to, 0);
}

static bool speaks_in(const truce_rounds *result, size_t round)
{
    for (size_t s = 0; s < result->stand_count; s++)
        if (result->stands[s].round == round)
            return true;
    return false;
}

/* What a party stood for on an issue in a round; several demands are joined. */
static const char *stand_words(page *to, const truce_rounds *result, size_t issue,
                               size_t party, size_t round)
{
    const char *found = "";
    for (size_t s = 0; s < result->stand_count; s++) {
        const truce_stand *stand = &result->stands[s];
        if (stand->issue == issue && stand->party == party && stand->round == round)
            found = *found == '\0'
                        ? stand->text
                        : arena_format(&to->memory, "%s; %s", found, stand->text);
    }
    return found;
}

static bool begins_row(const truce_rounds *result, size_t stand)
{
    const truce_stand *one = &result->stands[stand];
    return stand == 0 || result->stands[stand - 1].issue != one->issue ||
           result->stands[stand - 1].party != one->party;
}

void rounds_table(page *to, const truce_rounds *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Issue");
    table_column(&rows, TABLE_NAME, "Party");
    for (size_t r = 0; r < scenario->round_count; r++)
        if (speaks_in(result, r))
            table_column(&rows, TABLE_TEXT, round_called(scenario, r));
    if (speaks_in(result, TRUCE_NOBODY))
        table_column(&rows, TABLE_TEXT, round_called(scenario, TRUCE_NOBODY));
    for (size_t s = 0; s < result->stand_count; s++) {
        const truce_stand *stand = &result->stands[s];
        if (!begins_row(result, s))
            continue;
        table_row(&rows);
        table_cell(&rows, "%s", scenario->issues[stand->issue].label.id);
        table_cell(&rows, "%s", party_called(scenario, stand->party));
        for (size_t r = 0; r < scenario->round_count; r++)
            if (speaks_in(result, r))
                table_cell(&rows, "%s",
                           stand_words(to, result, stand->issue, stand->party, r));
        if (speaks_in(result, TRUCE_NOBODY))
            table_cell(
                &rows, "%s",
                stand_words(to, result, stand->issue, stand->party, TRUCE_NOBODY));
    }
    table_print(&rows, to, 0);
}

static void say_shifts(page *to, const truce_rounds *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    page_heading(to, "What moved");
    if (result->shift_count == 0)
        page_say(to, 0, "No party's position is recorded more than once.");
    for (size_t s = 0; s < result->shift_count; s++) {
        const truce_shift *shift = &result->shifts[s];
        const char *where =
            arena_format(&to->memory, "%s, %s", party_called(scenario, shift->party),
                         scenario->issues[shift->issue].label.id);
        if (shift->moved)
            page_item(to, 0, "- ", "%s: from %s (%s) to %s (%s)", where,
                      quoted(&to->memory, shift->before->text), shift->before->id,
                      quoted(&to->memory, shift->after->text), shift->after->id);
        else if (shift->after->round == TRUCE_NOBODY)
            page_item(to, 0, "- ", "%s: %s (%s) fits the demand made now, %s (%s)",
                      where, quoted(&to->memory, shift->before->text),
                      shift->before->id, quoted(&to->memory, shift->after->text),
                      shift->after->id);
        else
            page_item(to, 0, "- ", "%s: unchanged, %s (%s, %s)", where,
                      quoted(&to->memory, shift->after->text), shift->before->id,
                      shift->after->id);
    }
}

static void say_frames(page *to, const truce_rounds *result)
{
    if (result->framed.count == 0)
        return;
    page_heading(to, "Frames: which earlier meeting somebody refers to");
    for (size_t f = 0; f < result->framed.count; f++) {
        const truce_round *round =
            &result->finding.scenario->rounds[result->framed.items[f]];
        page_item(to, 0, "- ", "%s: %s", round->label.id, round->frame);
    }
}

void rounds_pages(page *to, const truce_rounds *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    if (scenario->round_count == 0)
        page_say(to, 0, "The file records no earlier meetings.");
    else
        say_rounds(to, scenario);
    if (result->stand_count > 0) {
        page_heading(to, "Positions");
        rounds_table(to, result);
    }
    say_shifts(to, result);
    say_frames(to, result);
}

void truce_rounds_print(FILE *out, const truce_rounds *result,
                        const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Rounds: who stood for what, and what moved?");
    rounds_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
