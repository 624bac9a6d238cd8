/* Solution points: what each optimises, who gets what by it, and how it is proved. */
#include "report/csv.h"
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>

enum { TIES_SHOWN = 5 };

static const char *const names[TRUCE_SOLUTION_KINDS] = {
    [TRUCE_SOLUTION_NASH] = "Nash",
    [TRUCE_SOLUTION_KALAI_SMORODINSKY] = "Kalai-Smorodinsky",
    [TRUCE_SOLUTION_EGALITARIAN] = "egalitarian",
    [TRUCE_SOLUTION_UTILITARIAN] = "utilitarian",
    [TRUCE_SOLUTION_EQUAL_LOSS] = "equal-loss",
};

static const char *const hows[] = {"proved", "bounded", "sampled"};

static size_t issues_of(const truce_points *result)
{
    return result->finding.scenario->issue_count;
}

/* ---- JSON ------------------------------------------------------------------------ */

static void write_numbers(json *to, const char *key, const double *numbers,
                          size_t count)
{
    json_key(to, key);
    json_array(to);
    for (size_t k = 0; k < count; k++)
        json_number(to, numbers ? numbers[k] : NAN);
    json_end(to);
}

static void write_items(json *to, const truce_points *result,
                        const truce_solution *solution)
{
    json_array(to);
    for (size_t i = 0; i < solution->count; i++) {
        json_object(to);
        write_numbers(to, "u", solution->items[i].utilities, result->parties.count);
        json_key(to, "outcome");
        outcome_value(to, result->finding.scenario, solution->items[i].outcome);
        json_end(to);
    }
    json_end(to);
}

static void write_proof(json *to, const truce_solution *solution)
{
    json_object(to);
    field_bool(to, "absent", solution->absent);
    field_text(to, "how", hows[solution->how]);
    json_key(to, "value");
    json_number(to, solution->absent ? NAN : solution->value);
    json_key(to, "bound");
    json_number(to, solution->absent ? NAN : solution->bound);
    field_bool(to, "cut", solution->cut);
    field_bool(to, "direct", solution->direct);
    field_bool(to, "ties_complete", solution->ties_complete);
    field_integer(to, "nodes", solution->nodes);
    json_end(to);
}

void truce_points_json(FILE *out, const truce_points *result,
                       const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++) {
        json_key(&to, truce_solution_name((truce_solution_kind)k));
        write_items(&to, result, &result->solutions[k]);
    }
    field_parties(&to, "parties", result->finding.scenario, result->parties);
    write_numbers(&to, "disagreement", result->disagreement, result->parties.count);
    write_numbers(&to, "ideal", result->ideal, result->parties.count);
    json_key(&to, "proofs");
    json_object(&to);
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++) {
        json_key(&to, truce_solution_name((truce_solution_kind)k));
        write_proof(&to, &result->solutions[k]);
    }
    json_end(&to);
    json_end(&to);
    envelope_end(&to, &result->finding, reality);
}

/* ---- CSV ------------------------------------------------------------------------- */

static void csv_item(csv *to, const truce_points *result, size_t kind,
                     const truce_rating *item)
{
    const truce_scenario *scenario = result->finding.scenario;
    csv_text(to, truce_solution_name((truce_solution_kind)kind));
    csv_text(to, hows[result->solutions[kind].how]);
    for (size_t k = 0; k < result->parties.count; k++)
        csv_number(to, item->utilities[k]);
    for (size_t i = 0; i < issues_of(result); i++)
        csv_text(to,
                 item->outcome ? scenario->issues[i].values[item->outcome[i]] : NULL);
    csv_row(to);
}

void truce_points_csv(FILE *out, const truce_points *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    csv to = csv_begin(out);
    csv_text(&to, "point");
    csv_text(&to, "proof");
    for (size_t k = 0; k < result->parties.count; k++)
        csv_text(&to, scenario->parties[result->parties.items[k]].label.id);
    for (size_t i = 0; i < issues_of(result); i++)
        csv_text(&to, scenario->issues[i].label.id);
    csv_row(&to);
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++)
        for (size_t i = 0; i < result->solutions[k].count; i++)
            csv_item(&to, result, k, &result->solutions[k].items[i]);
}

/* ---- text ------------------------------------------------------------------------ */

/* The size of a party's numbers, which says how many digits to print. */
static double scale_of(const truce_points *result, size_t party)
{
    double scale = 0;
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++)
        for (size_t i = 0; i < result->solutions[k].count; i++)
            scale = fmax(scale, fabs(result->solutions[k].items[i].utilities[party]));
    return scale;
}

static void add_numbers(page *to, table *rows, const truce_points *result,
                        const char *name, const double *numbers)
{
    table_row(rows);
    table_cell(rows, "%s", name);
    for (size_t k = 0; k < result->parties.count; k++)
        table_cell(
            rows, "%s",
            fine_words(&to->memory, numbers ? numbers[k] : NAN, scale_of(result, k)));
}

static void add_items(page *to, table *rows, const truce_points *result,
                      const char *name, const truce_solution *solution)
{
    for (size_t i = 0; i < solution->count && i < TIES_SHOWN; i++) {
        add_numbers(to, rows, result, i == 0 ? name : "", solution->items[i].utilities);
        table_cell(rows, "%s",
                   outcome_words(&to->memory, result->finding.scenario,
                                 solution->items[i].outcome));
    }
    if (solution->count <= TIES_SHOWN && !solution->cut)
        return;
    table_row(rows);
    for (size_t k = 0; k < result->parties.count + 1; k++)
        table_cell(rows, "%s", "");
    table_cell(rows, "... %s%s tie here", solution->cut ? "more than " : "",
               counted(&to->memory, solution->count, "vector", "vectors"));
}

static bool same_items(const truce_points *result, size_t one, size_t other)
{
    const truce_solution *a = &result->solutions[one], *b = &result->solutions[other];
    if (a->count != 1 || b->count != 1 || a->cut || b->cut)
        return false;
    for (size_t i = 0; i < issues_of(result); i++)
        if (a->items[0].outcome[i] != b->items[0].outcome[i])
            return false;
    return true;
}

static bool shown_before(const truce_points *result, size_t kind)
{
    for (size_t k = 0; k < kind; k++)
        if (same_items(result, k, kind))
            return true;
    return false;
}

/* Kinds that chose the same single outcome share a row. */
static const char *shared_name(page *to, const truce_points *result, size_t kind)
{
    const char *same[TRUCE_SOLUTION_KINDS];
    size_t count = 0;
    same[count++] = names[kind];
    for (size_t k = kind + 1; k < TRUCE_SOLUTION_KINDS; k++)
        if (same_items(result, kind, k))
            same[count++] = names[k];
    return join(&to->memory, same, count, ", ");
}

static void say_table(page *to, const truce_points *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_TEXT, "Point");
    for (size_t k = 0; k < result->parties.count; k++)
        table_column(&rows, TABLE_NUMBER,
                     scenario->parties[result->parties.items[k]].label.id);
    table_column(&rows, TABLE_TEXT, "What it changes against today");
    add_numbers(to, &rows, result, "d, without agreement", result->disagreement);
    table_cell(&rows, "%s", "");
    add_numbers(to, &rows, result, "I, at best", result->ideal);
    table_cell(&rows, "%s", "");
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++)
        if (result->solutions[k].count > 0 && !shown_before(result, k))
            add_items(to, &rows, result, shared_name(to, result, k),
                      &result->solutions[k]);
    table_print(&rows, to, 0);
}

static void say_bound(page *to, const truce_solution *solution, size_t kind)
{
    static const char *const measures[TRUCE_SOLUTION_KINDS] = {
        "the logarithm of the product of gains", "the least relative gain",
        "the least gain", "the sum of utilities", "the largest loss"};
    double low = fmin(solution->value, solution->bound);
    double high = fmax(solution->value, solution->bound);
    if (solution->count == 0)
        page_item(to, 2, "- ", "%s: nothing was found in the time given.", names[kind]);
    else
        page_item(to, 2, "- ",
                  "%s: the best found; at the optimum %s lies between %s and %s.",
                  names[kind], measures[kind], number_words(&to->memory, low),
                  number_words(&to->memory, high));
}

static void say_notes(page *to, const truce_points *result)
{
    static const char *const systems[] = {"truce", "GENIUS", "NegMAS"};
    page_gap(to);
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++) {
        const truce_solution *solution = &result->solutions[k];
        if (solution->absent)
            page_item(to, 2, "- ", "%s: %s has no such point.", names[k],
                      systems[result->finding.scenario->as]);
        else if (solution->how == TRUCE_BOUNDED)
            say_bound(to, solution, k);
        else if (solution->direct && !solution->ties_complete)
            page_item(to, 2, "- ",
                      "%s: found by search, and proved best; other outcomes may tie.",
                      names[k]);
    }
}

static void say_definitions(page *to, const truce_points *result)
{
    page_gap(to);
    if (result->finding.scenario->as == TRUCE_OWN)
        page_remark(
            to, 0,
            "Among the efficient outcomes that leave nobody below d. Nash: the largest "
            "product of gains u - d. Kalai-Smorodinsky: the smallest (u - d)/(I - d) "
            "is "
            "as large as can be. Egalitarian: the smallest gain is. Utilitarian: the "
            "largest sum of u. Equal-loss: the largest loss I - u is as small as can "
            "be. Each is one notion of fairness among several; none is advice.");
    else
        page_remark(to, 0,
                    "By the definitions of another system, which are not truce's own: "
                    "see docs/questions/points.md.");
}

void points_pages(page *to, const truce_points *result)
{
    if (result->finding.proof.how == TRUCE_PROVED &&
        result->solutions[TRUCE_SOLUTION_NASH].count == 0)
        page_say(to, 0,
                 "No outcome that takes part is worth the outside option to every "
                 "party, so there is none to choose.");
    else
        say_table(to, result);
    say_notes(to, result);
    if (result->solutions[TRUCE_SOLUTION_NASH].count > 0)
        say_definitions(to, result);
}

void truce_points_print(FILE *out, const truce_points *result,
                        const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Points: what would theory call fair?");
    points_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
