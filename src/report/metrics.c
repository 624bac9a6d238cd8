/* What characterises a domain: numbers of the parties, and numbers of the whole. */
#include "report/csv.h"
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>

/* The answer in its two parts, in every form of it. */
typedef struct party_line {
    const char *key, *title;
    const double *numbers;
} party_line;

typedef struct whole_line {
    const char *key, *says;
    double value;
} whole_line;

enum { PARTY_LINES = 5, WHOLE_LINES = 7 };

static void party_lines(const truce_metrics *result, party_line lines[PARTY_LINES])
{
    const party_line all[PARTY_LINES] = {
        {"least", "least", result->least},
        {"mean", "mean", result->mean},
        {"greatest", "greatest", result->greatest},
        {"reservation", "reservation", result->reservation},
        {"best_rational", "best, rational", result->best_rational},
    };
    for (size_t i = 0; i < PARTY_LINES; i++)
        lines[i] = all[i];
}

static void whole_lines(const truce_metrics *result, whole_line lines[WHOLE_LINES])
{
    const whole_line all[WHOLE_LINES] = {
        {"rational_fraction", "share of outcomes that are rational",
         result->rational_fraction},
        {"opposition_genius", "opposition: distance of the nearest outcome from all 1",
         result->opposition_genius},
        {"opposition_kalai", "... of the point whose utilities differ least (GENIUS)",
         result->opposition_kalai},
        {"opposition_negmas",
         "... of the nearest, each utility divided by its largest (NegMAS)",
         result->opposition_negmas},
        {"opposition_minmax", "... least over outcomes of the largest loss from 1",
         result->opposition_minmax},
        {"conflict", "share of pairs of outcomes ranked oppositely", result->conflict},
        {"correlation", "correlation of utilities over all outcomes",
         result->correlation},
    };
    for (size_t i = 0; i < WHOLE_LINES; i++)
        lines[i] = all[i];
}

/* ---- JSON and CSV ---------------------------------------------------------------- */

static void write_numbers(json *to, const char *key, const double *numbers,
                          size_t count)
{
    json_key(to, key);
    json_array(to);
    for (size_t k = 0; k < count; k++)
        json_number(to, numbers[k]);
    json_end(to);
}

void truce_metrics_json(FILE *out, const truce_metrics *result,
                        const truce_reality *reality)
{
    party_line parties[PARTY_LINES];
    whole_line whole[WHOLE_LINES];
    party_lines(result, parties);
    whole_lines(result, whole);
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    field_parties(&to, "parties", result->finding.scenario, result->parties);
    field_count(&to, "outcomes", result->outcomes);
    field_count(&to, "rational", result->rational);
    for (size_t i = 0; i < PARTY_LINES; i++)
        write_numbers(&to, parties[i].key, parties[i].numbers, result->parties.count);
    json_key(&to, "frontier_size");
    if (result->frontier_size > 0)
        json_integer(&to, (int64_t)result->frontier_size);
    else
        json_null(&to);
    for (size_t i = 0; i < WHOLE_LINES; i++) {
        json_key(&to, whole[i].key);
        json_number(&to, whole[i].value);
    }
    json_end(&to);
    envelope_end(&to, &result->finding, reality);
}

static void csv_line(csv *to, const char *metric, const char *party)
{
    csv_text(to, metric);
    csv_text(to, party);
}

void truce_metrics_csv(FILE *out, const truce_metrics *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    party_line parties[PARTY_LINES];
    whole_line whole[WHOLE_LINES];
    party_lines(result, parties);
    whole_lines(result, whole);
    csv to = csv_begin(out);
    csv_line(&to, "metric", "party");
    csv_text(&to, "value");
    csv_row(&to);
    csv_line(&to, "outcomes", NULL);
    csv_count(&to, result->outcomes);
    csv_row(&to);
    csv_line(&to, "rational", NULL);
    csv_count(&to, result->rational);
    csv_row(&to);
    for (size_t i = 0; i < PARTY_LINES; i++)
        for (size_t k = 0; k < result->parties.count; k++) {
            size_t party = result->parties.items[k];
            csv_line(&to, parties[i].key, scenario->parties[party].label.id);
            csv_number(&to, parties[i].numbers[k]);
            csv_row(&to);
        }
    csv_line(&to, "frontier_size", NULL);
    csv_number(&to, result->frontier_size ? (double)result->frontier_size : NAN);
    csv_row(&to);
    for (size_t i = 0; i < WHOLE_LINES; i++) {
        csv_line(&to, whole[i].key, NULL);
        csv_number(&to, whole[i].value);
        csv_row(&to);
    }
}

/* ---- text ------------------------------------------------------------------------ */

static void say_parties(page *to, const truce_metrics *result)
{
    party_line lines[PARTY_LINES];
    party_lines(result, lines);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_TEXT, "Utility");
    for (size_t k = 0; k < result->parties.count; k++)
        table_column(
            &rows, TABLE_NUMBER,
            result->finding.scenario->parties[result->parties.items[k]].label.id);
    for (size_t i = 0; i < PARTY_LINES; i++) {
        table_row(&rows);
        table_cell(&rows, "%s", lines[i].title);
        for (size_t k = 0; k < result->parties.count; k++)
            table_cell(
                &rows, "%s",
                fine_words(&to->memory, lines[i].numbers[k], result->greatest[k]));
    }
    table_print(&rows, to, 0);
}

static void say_whole(page *to, const truce_metrics *result)
{
    whole_line lines[WHOLE_LINES];
    whole_lines(result, lines);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "All");
    table_column(&rows, TABLE_TEXT, "");
    table_row(&rows);
    table_cell(&rows, "%s", count_words(&to->memory, result->outcomes));
    table_cell(&rows, "outcomes");
    table_row(&rows);
    table_cell(&rows, "%s",
               result->rational.exact ? count_words(&to->memory, result->rational)
                                      : "-");
    table_cell(&rows, "of them rational: permitted, and worth the reservation value or "
                      "more to every party");
    table_row(&rows);
    table_cell(&rows, "%s",
               result->frontier_size ? size_words(&to->memory, result->frontier_size)
                                     : "-");
    table_cell(&rows, "points of the frontier");
    for (size_t i = 0; i < WHOLE_LINES; i++) {
        table_row(&rows);
        table_cell(&rows, "%s", fine_words(&to->memory, lines[i].value, 1));
        table_cell(&rows, "%s", lines[i].says);
    }
    page_gap(to);
    table_print(&rows, to, 0);
}

void metrics_pages(page *to, const truce_metrics *result)
{
    say_parties(to, result);
    say_whole(to, result);
}

void truce_metrics_print(FILE *out, const truce_metrics *result,
                         const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Metrics: what kind of domain is this?");
    metrics_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
