/* The frontier: a table of points for a person, its first and last lines when it is
 * long; every point for a program. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/spelling.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

enum { MOST_BY_DEFAULT = 20, FRACTION_ROOM = 128 };

static double utility_of(const truce_frontier *result, size_t point, size_t k)
{
    return result->utilities[point * result->parties.count + k];
}

static const char *id_of(const truce_frontier *result, size_t k)
{
    return result->finding.scenario->parties[result->parties.items[k]].label.id;
}

/* The exact fraction, in memory. */
static const char *fraction(arena *memory, const truce_frontier *result, size_t point,
                            size_t k)
{
    char text[FRACTION_ROOM];
    int length = truce_frontier_exact(result, point, k, text, sizeof text);
    if (length < (int)sizeof text)
        return arena_text(memory, text);
    char *longer = arena_take(memory, (size_t)length + 1);
    truce_frontier_exact(result, point, k, longer, (size_t)length + 1);
    return longer;
}

/* The outcome of a point in room for one; NULL where none was kept. */
static const truce_value *outcome_of(const truce_frontier *result, size_t point,
                                     truce_value *room)
{
    return truce_frontier_outcome(result, point, room) ? room : NULL;
}

static truce_value *outcome_room(arena *memory, const truce_frontier *result)
{
    return arena_array(memory, result->finding.scenario->issue_count, truce_value);
}

/* ---- JSON ------------------------------------------------------------------------ */

static void write_exact(json *to, const truce_frontier *result, size_t point)
{
    arena memory = {0};
    json_key(to, "exact");
    json_array(to);
    for (size_t k = 0; k < result->parties.count; k++)
        json_text(to, fraction(&memory, result, point, k));
    json_end(to);
    arena_free(&memory);
}

static void write_point(json *to, const truce_frontier *result, size_t point,
                        const truce_style *style, const spelling *names,
                        truce_value *room)
{
    json_object(to);
    json_key(to, "u");
    json_array(to);
    for (size_t k = 0; k < result->parties.count; k++)
        json_number(to, utility_of(result, point, k));
    json_end(to);
    field_text(to, "n", truce_frontier_count(result, point).exact);
    if (style && style->exact)
        write_exact(to, result, point);
    if (names->naming != TRUCE_UNNAMED) {
        json_key(to, "outcome");
        json_outcome(to, names, outcome_of(result, point, room));
    }
    json_end(to);
}

static void write_points(json *to, const truce_frontier *result,
                         const truce_style *style)
{
    arena memory = {0};
    truce_value *room = outcome_room(&memory, result);
    spelling names = spelling_begin(result->finding.scenario, style);
    json_key(to, "points");
    json_array(to);
    for (size_t i = 0; i < result->size; i++)
        write_point(to, result, i, style, &names, room);
    json_end(to);
    spelling_end(&names);
    arena_free(&memory);
}

static void write_numbers(json *to, const char *key, const double *numbers,
                          size_t count)
{
    json_key(to, key);
    if (numbers == NULL) {
        json_null(to);
        return;
    }
    json_array(to);
    for (size_t k = 0; k < count; k++)
        json_number(to, numbers[k]);
    json_end(to);
}

void truce_frontier_json(FILE *out, const truce_frontier *result,
                         const truce_reality *reality, const truce_style *style)
{
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    field_count(&to, "outcomes", result->outcomes);
    field_parties(&to, "parties", result->finding.scenario, result->parties);
    field_integer(&to, "size", result->size);
    write_points(&to, result, style);
    write_numbers(&to, "upper", result->upper, result->parties.count);
    json_key(&to, "epsilon");
    json_number(&to, result->epsilon);
    field_text(&to, "method", result->method);
    field_integer(&to, "work", result->work);
    json_end(&to);
    envelope_end(&to, &result->finding, reality);
}

/* ---- CSV ------------------------------------------------------------------------- */

static void csv_names(csv *to, const truce_frontier *result, const truce_style *style)
{
    arena memory = {0};
    for (size_t k = 0; k < result->parties.count; k++)
        csv_text(to, id_of(result, k));
    for (size_t k = 0; style && style->exact && k < result->parties.count; k++)
        csv_text(to, arena_format(&memory, "%s exact", id_of(result, k)));
    csv_text(to, "n");
    csv_issues(to, result->finding.scenario, style);
    csv_row(to);
    arena_free(&memory);
}

static void csv_point(csv *to, const truce_frontier *result, size_t point,
                      const truce_style *style, truce_value *room)
{
    arena memory = {0};
    for (size_t k = 0; k < result->parties.count; k++)
        csv_number(to, utility_of(result, point, k));
    for (size_t k = 0; style && style->exact && k < result->parties.count; k++)
        csv_text(to, fraction(&memory, result, point, k));
    csv_count(to, truce_frontier_count(result, point));
    if (naming_of(style) != TRUCE_UNNAMED)
        csv_outcome(to, result->finding.scenario, style,
                    outcome_of(result, point, room));
    csv_row(to);
    arena_free(&memory);
}

void truce_frontier_csv(FILE *out, const truce_frontier *result,
                        const truce_style *style)
{
    arena memory = {0};
    csv to = csv_begin(out);
    truce_value *room = outcome_room(&memory, result);
    csv_names(&to, result, style);
    for (size_t i = 0; i < result->size; i++)
        csv_point(&to, result, i, style, room);
    arena_free(&memory);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *utility_text(page *to, const truce_frontier *result, size_t point,
                                size_t k, const truce_style *style)
{
    if (style && style->exact)
        return fraction(&to->memory, result, point, k);
    return fine_words(&to->memory, utility_of(result, point, k),
                      result->upper ? result->upper[k] : utility_of(result, point, k));
}

static bool is_counted(const truce_frontier *result)
{
    return result->size > 0 && truce_frontier_count(result, 0).exact != NULL;
}

static void add_point(page *to, table *rows, const truce_frontier *result, size_t point,
                      const truce_style *style, truce_value *room)
{
    table_row(rows);
    table_cell(rows, "%s", size_words(&to->memory, point + 1));
    for (size_t k = 0; k < result->parties.count; k++)
        table_cell(rows, "%s", utility_text(to, result, point, k, style));
    if (is_counted(result))
        table_cell(rows, "%s",
                   count_words(&to->memory, truce_frontier_count(result, point)));
    if (naming_of(style) != TRUCE_UNNAMED)
        table_cell(rows, "%s",
                   choice_words(&to->memory, result->finding.scenario, style,
                                outcome_of(result, point, room)));
}

/* A line that stands for those between the first and the last. */
static void add_rest(page *to, table *rows, const truce_frontier *result, size_t count,
                     const truce_style *style)
{
    table_row(rows);
    table_cell(rows, "...");
    for (size_t k = 0; k < result->parties.count + is_counted(result); k++)
        table_cell(rows, "%s", "");
    if (naming_of(style) != TRUCE_UNNAMED)
        table_cell(rows, "(%s more)", size_words(&to->memory, count));
}

static void say_points(page *to, const truce_frontier *result, const truce_style *style)
{
    size_t most = style && style->most ? style->most : MOST_BY_DEFAULT;
    size_t first = result->size <= most ? result->size : most - most / 2;
    size_t last = result->size <= most ? 0 : most / 2;
    truce_value *room = outcome_room(&to->memory, result);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "Point");
    for (size_t k = 0; k < result->parties.count; k++)
        table_column(&rows, TABLE_NUMBER, id_of(result, k));
    if (is_counted(result))
        table_column(&rows, TABLE_NUMBER, "Outcomes");
    if (naming_of(style) != TRUCE_UNNAMED)
        table_column(&rows, TABLE_TEXT, choice_title(style));
    for (size_t i = 0; i < first; i++)
        add_point(to, &rows, result, i, style, room);
    if (first + last < result->size)
        add_rest(to, &rows, result, result->size - first - last, style);
    for (size_t i = result->size - last; i < result->size; i++)
        add_point(to, &rows, result, i, style, room);
    page_gap(to);
    table_print(&rows, to, 0);
}

static void say_size(page *to, const truce_frontier *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    const char *parties = join_parties(&to->memory, scenario, result->parties);
    const char *outcomes = count_words(&to->memory, result->outcomes);
    const char *points = counted(&to->memory, result->size, "point", "points");
    if (!result->complete)
        page_say(to, 0, "%s of %s outcomes, found before a limit was reached.", points,
                 outcomes);
    else if (result->epsilon > 0)
        page_say(to, 0,
                 "%s of %s outcomes: no outcome that takes part is better than one of "
                 "these by more than %s, for any of %s.",
                 points, outcomes, number_words(&to->memory, result->epsilon), parties);
    else if (result->size == 0)
        page_say(to, 0, "None of %s outcomes takes part.", outcomes);
    else
        page_say(to, 0,
                 "%s of %s outcomes: no outcome that takes part is better for one of "
                 "%s and worse for none.",
                 points, outcomes, parties);
}

static void say_upper(page *to, const truce_frontier *result)
{
    if (result->complete || result->upper == NULL)
        return;
    const char **texts = arena_array(&to->memory, result->parties.count, const char *);
    for (size_t k = 0; k < result->parties.count; k++)
        texts[k] = arena_format(
            &to->memory, "%s to %s",
            fine_words(&to->memory, result->upper[k], result->upper[k]),
            party_called(result->finding.scenario, result->parties.items[k]));
    page_gap(to);
    page_say(to, 0, "No outcome is worth more than %s.",
             join(&to->memory, texts, result->parties.count, " and "));
}

static void say_how(page *to, const truce_frontier *result)
{
    page_gap(to);
    page_remark(to, 0,
                "Utility: what an outcome is worth to a party, on the file's own "
                "scale. Found by %s; %s looked at.",
                result->method ? result->method : "search",
                counted(&to->memory, result->work, "candidate", "candidates"));
}

void frontier_pages(page *to, const truce_frontier *result, const truce_style *style)
{
    say_size(to, result);
    if (result->size > 0)
        say_points(to, result, style);
    say_upper(to, result);
    say_how(to, result);
}

void truce_frontier_print(FILE *out, const truce_frontier *result,
                          const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding,
                 "Frontier: where can nobody gain unless somebody loses?");
    frontier_pages(&to, result, style);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
