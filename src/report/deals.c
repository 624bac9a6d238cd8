/* Outcomes that everybody needed could accept: the counts, and the fair points as a
 * table. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>

enum { TIES_SHOWN = 5 };

static const char *const point_keys[] = {"nash", "kalai_smorodinsky", "egalitarian",
                                         "utilitarian"};
static const char *const point_names[] = {"Nash", "Kalai-Smorodinsky", "egalitarian",
                                          "utilitarian"};

/* ---- JSON ------------------------------------------------------------------------ */

static void write_point(json *to, const truce_scenario *scenario,
                        const truce_point *point)
{
    json_array(to);
    for (size_t i = 0; i < point->count; i++) {
        json_object(to);
        json_key(to, "outcome");
        outcome_value(to, scenario, point->outcomes[i].outcome);
        json_key(to, "utility");
        utilities_value(to, scenario, point->outcomes[i].utilities);
        json_end(to);
    }
    json_end(to);
}

static void write_floors(json *to, const truce_scenario *scenario, const double *floors)
{
    json_key(to, "floors");
    if (floors == NULL) {
        json_null(to);
        return;
    }
    json_object(to);
    for (size_t p = 0; p < scenario->party_count; p++) {
        if (isnan(floors[p]))
            continue;
        json_key(to, scenario->parties[p].label.id);
        json_number(to, floors[p]);
    }
    json_end(to);
}

void deals_answer(json *to, const truce_deals *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_object(to);
    field_count(to, "outcomes", result->outcomes);
    field_count(to, "acceptable_to_principals", result->acceptable_to_principals);
    field_count(to, "acceptable", result->acceptable);
    field_count(to, "efficient", result->efficient);
    field_parties(to, "over", scenario, result->over);
    write_floors(to, scenario, result->floors);
    json_key(to, "points");
    json_object(to);
    for (size_t k = 0; k < TRUCE_POINT_KINDS; k++) {
        json_key(to, point_keys[k]);
        write_point(to, scenario, &result->points[k]);
    }
    json_end(to);
    json_key(to, "tied");
    json_object(to);
    for (size_t k = 0; k < TRUCE_POINT_KINDS; k++)
        field_count(to, point_keys[k], result->points[k].total);
    json_end(to);
    field_texts(to, "blocked_by", result->blocked_by);
    json_end(to);
}

void truce_deals_json(FILE *out, const truce_deals *result,
                      const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    deals_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *principals(page *to, const truce_scenario *scenario)
{
    size_t *items = arena_array(&to->memory, scenario->party_count, size_t);
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].role == TRUCE_PRINCIPAL)
            items[count++] = p;
    return join_parties(&to->memory, scenario, (truce_list){items, count});
}

static void say_counts(page *to, const truce_deals *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "Outcomes");
    table_column(&rows, TABLE_TEXT, "");
    table_row(&rows);
    table_cell(&rows, "%s", count_words(&to->memory, result->outcomes));
    table_cell(&rows, "are possible: one value for each of %s",
               counted(&to->memory, scenario->issue_count, "issue", "issues"));
    table_row(&rows);
    table_cell(&rows, "%s", count_words(&to->memory, result->acceptable_to_principals));
    table_cell(&rows, "are acceptable to the principals alone (%s)",
               principals(to, scenario));
    table_row(&rows);
    table_cell(&rows, "%s", count_words(&to->memory, result->acceptable));
    table_cell(&rows, "are acceptable to everybody whose consent they need");
    table_row(&rows);
    table_cell(&rows, "%s", count_words(&to->memory, result->efficient));
    table_cell(&rows,
               "of these are efficient: no other acceptable outcome is better for one "
               "of %s and worse for none",
               join_parties(&to->memory, scenario, result->over));
    table_print(&rows, to, 0);
    page_gap(to);
    page_remark(
        to, 0,
        "Acceptable: worth at least as much as the outside option to each party "
        "needed, and none of its red lines or rules broken.");
}

static bool has_column(const truce_deals *result, size_t party)
{
    return result->finding.scenario->parties[party].preferences.given;
}

/* The largest number told of a party. */
static double scale_of(const truce_deals *result, size_t party)
{
    double scale = isnan(result->floors[party]) ? 0 : fabs(result->floors[party]);
    for (size_t k = 0; k < TRUCE_POINT_KINDS; k++)
        for (size_t i = 0; i < result->points[k].count; i++)
            scale = fmax(scale, fabs(result->points[k].outcomes[i].utilities[party]));
    return scale;
}

static void add_floors(page *to, table *rows, const truce_deals *result)
{
    table_row(rows);
    table_cell(rows, "outside option");
    for (size_t p = 0; p < result->finding.scenario->party_count; p++)
        if (has_column(result, p))
            table_cell(
                rows, "%s",
                utility_words(&to->memory, result->floors[p], scale_of(result, p)));
    table_cell(rows, "%s", "");
}

static void add_rating(page *to, table *rows, const truce_deals *result,
                       const char *name, const truce_rating *rating)
{
    const truce_scenario *scenario = result->finding.scenario;
    table_row(rows);
    table_cell(rows, "%s", name);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_column(result, p))
            table_cell(
                rows, "%s",
                utility_words(&to->memory, rating->utilities[p], scale_of(result, p)));
    table_cell(rows, "%s", outcome_words(&to->memory, scenario, rating->outcome));
}

/* Two kinds that chose the same single outcome share a row. */
static bool same_point(const truce_deals *result, size_t one, size_t other)
{
    const truce_point *a = &result->points[one], *b = &result->points[other];
    if (a->count != 1 || b->count != 1)
        return false;
    for (size_t i = 0; i < result->finding.scenario->issue_count; i++)
        if (a->outcomes[0].outcome[i] != b->outcomes[0].outcome[i])
            return false;
    return true;
}

static bool shown_before(const truce_deals *result, size_t kind)
{
    for (size_t k = 0; k < kind; k++)
        if (same_point(result, k, kind))
            return true;
    return false;
}

static const char *shared_name(page *to, const truce_deals *result, size_t kind)
{
    const char *names[TRUCE_POINT_KINDS];
    size_t count = 0;
    names[count++] = point_names[kind];
    for (size_t k = kind + 1; k < TRUCE_POINT_KINDS; k++)
        if (same_point(result, kind, k))
            names[count++] = point_names[k];
    return join(&to->memory, names, count, ", ");
}

static void add_point(page *to, table *rows, const truce_deals *result, size_t kind,
                      size_t most)
{
    const truce_point *point = &result->points[kind];
    if (point->count == 0 || shown_before(result, kind))
        return;
    const char *name = shared_name(to, result, kind);
    for (size_t i = 0; i < point->count && i < most; i++)
        add_rating(to, rows, result, i == 0 ? name : "", &point->outcomes[i]);
    if (point->count <= most &&
        count_is(point->total, arena_format(&to->memory, "%zu", point->count)))
        return;
    table_row(rows);
    table_cell(rows, "%s", "");
    for (size_t p = 0; p < result->finding.scenario->party_count; p++)
        if (has_column(result, p))
            table_cell(rows, "%s", "");
    table_cell(rows, "... %s outcomes tie here",
               count_words(&to->memory, point->total));
}

void deals_points(page *to, const truce_deals *result, size_t most)
{
    const truce_scenario *scenario = result->finding.scenario;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_TEXT, "Point");
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_column(result, p))
            table_column(&rows, TABLE_NUMBER, scenario->parties[p].label.id);
    table_column(&rows, TABLE_TEXT, "What it changes against today");
    add_floors(to, &rows, result);
    for (size_t k = 0; k < TRUCE_POINT_KINDS; k++)
        add_point(to, &rows, result, k, most);
    table_print(&rows, to, 0);
}

static void say_points(page *to, const truce_deals *result)
{
    page_heading(to, "Fair points among the efficient outcomes, in utility");
    deals_points(to, result, TIES_SHOWN);
    page_gap(to);
    page_remark(
        to, 0,
        "Utility: what an outcome is worth to a party by the file's numbers, 0 to 100. "
        "A "
        "gain is what lies above the outside option. Nash: the largest product of "
        "gains. "
        "Kalai-Smorodinsky: whoever gets the smallest share of what it could gain at "
        "most gets as large a share as can be. Egalitarian: the smallest gain is as "
        "large as can be. Utilitarian: the largest sum of utilities. Each is one "
        "notion "
        "of fairness among several; none is advice.");
}

void deals_blocked(page *to, const truce_scenario *scenario, truce_texts blocked_by)
{
    if (blocked_by.count == 0)
        return;
    page_say(to, 0,
             "What stands in the way: these together leave no outcome, and without "
             "any one of them the others would leave some.");
    for (size_t i = 0; i < blocked_by.count; i++)
        page_item(to, 2, "- ", "%s",
                  thing_words(&to->memory, scenario, blocked_by.items[i]));
}

void deals_pages(page *to, const truce_deals *result)
{
    say_counts(to, result);
    if (count_is(result->acceptable, "0")) {
        page_gap(to);
        page_say(to, 0, "No outcome is acceptable.");
        deals_blocked(to, result->finding.scenario, result->blocked_by);
    } else if (result->points[TRUCE_NASH].count > 0) {
        say_points(to, result);
    }
}

void truce_deals_print(FILE *out, const truce_deals *result,
                       const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding,
                 "Deals: which outcomes could everybody needed accept?");
    deals_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
