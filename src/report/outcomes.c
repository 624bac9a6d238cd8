/* The best outcomes of a party, or its worst, with what they are worth to all. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/spelling.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>

enum { MOST_BY_DEFAULT = 20 };

static bool has_column(const truce_best *result, size_t party)
{
    return result->finding.scenario->parties[party].preferences.given;
}

static const double *utilities_of(const truce_best *result, size_t i)
{
    return result->utilities + i * result->finding.scenario->party_count;
}

static const truce_value *outcome_of(const truce_best *result, size_t i)
{
    return result->outcomes + i * result->finding.scenario->issue_count;
}

/* ---- JSON ------------------------------------------------------------------------ */

static void write_outcome(json *to, const truce_best *result, size_t i,
                          const spelling *names)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_object(to);
    json_key(to, "u");
    json_array(to);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_column(result, p))
            json_number(to, utilities_of(result, i)[p]);
    json_end(to);
    if (names->naming != TRUCE_UNNAMED) {
        json_key(to, "outcome");
        json_outcome(to, names, outcome_of(result, i));
    }
    json_end(to);
}

static void write_parties(json *to, const truce_best *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_key(to, "parties");
    json_array(to);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_column(result, p))
            json_text(to, scenario->parties[p].label.id);
    json_end(to);
}

void truce_best_json(FILE *out, const truce_best *result, const truce_reality *reality,
                     const truce_style *style)
{
    json to = envelope_begin(out, &result->finding);
    spelling names = spelling_begin(result->finding.scenario, style);
    json_object(&to);
    field_party(&to, "party", result->finding.scenario, result->party);
    write_parties(&to, result);
    field_integer(&to, "size", result->count);
    field_bool(&to, "all", result->all);
    json_key(&to, "outcomes");
    json_array(&to);
    for (size_t i = 0; i < result->count; i++)
        write_outcome(&to, result, i, &names);
    json_end(&to);
    json_end(&to);
    spelling_end(&names);
    envelope_end(&to, &result->finding, reality);
}

/* ---- CSV ------------------------------------------------------------------------- */

void truce_best_csv(FILE *out, const truce_best *result, const truce_style *style)
{
    const truce_scenario *scenario = result->finding.scenario;
    csv to = csv_begin(out);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_column(result, p))
            csv_text(&to, scenario->parties[p].label.id);
    csv_issues(&to, scenario, style);
    csv_row(&to);
    for (size_t i = 0; i < result->count; i++) {
        for (size_t p = 0; p < scenario->party_count; p++)
            if (has_column(result, p))
                csv_number(&to, utilities_of(result, i)[p]);
        csv_outcome(&to, scenario, style, outcome_of(result, i));
        csv_row(&to);
    }
}

/* ---- text ------------------------------------------------------------------------ */

/* The largest number in a party's column, nearly: the column is sorted for one. */
static double scale_of(const truce_best *result, size_t party)
{
    return fmax(fabs(utilities_of(result, 0)[party]),
                fabs(utilities_of(result, result->count - 1)[party]));
}

static void add_outcome(page *to, table *rows, const truce_best *result, size_t i,
                        const truce_style *style)
{
    const truce_scenario *scenario = result->finding.scenario;
    table_row(rows);
    table_cell(rows, "%s", size_words(&to->memory, i + 1));
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_column(result, p))
            table_cell(rows, "%s",
                       fine_words(&to->memory, utilities_of(result, i)[p],
                                  scale_of(result, p)));
    if (naming_of(style) != TRUCE_UNNAMED)
        table_cell(rows, "%s",
                   choice_words(&to->memory, scenario, style, outcome_of(result, i)));
}

static void say_outcomes(page *to, const truce_best *result, const truce_style *style)
{
    const truce_scenario *scenario = result->finding.scenario;
    size_t most = style && style->most ? style->most : MOST_BY_DEFAULT;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "Rank");
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_column(result, p))
            table_column(&rows, TABLE_NUMBER, scenario->parties[p].label.id);
    if (naming_of(style) != TRUCE_UNNAMED)
        table_column(&rows, TABLE_TEXT, choice_title(style));
    for (size_t i = 0; i < result->count && i < most; i++)
        add_outcome(to, &rows, result, i, style);
    table_print(&rows, to, 0);
    if (result->count > most)
        page_say(to, 0, "... and %s more; --most says how many to list.",
                 size_words(&to->memory, result->count - most));
}

void truce_best_print(FILE *out, const truce_best *result, const truce_reality *reality,
                      const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Outcomes: how does one party rank them?");
    if (result->count == 0) {
        page_say(&to, 0, "No outcome takes part.");
    } else {
        page_say(&to, 0, "%s by what they are worth to %s%s.",
                 counted(&to.memory, result->count, "outcome", "outcomes"),
                 party_called(result->finding.scenario, result->party),
                 result->all ? "; there are no more" : "");
        page_gap(&to);
        say_outcomes(&to, result, style);
    }
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
