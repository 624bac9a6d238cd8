/* Which number carries which answer, and how often the answer holds when the numbers
 * that have ranges are drawn. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- JSON ------------------------------------------------------------------------ */

static void write_double(json *to, const char *key, double value, bool known)
{
    json_key(to, key);
    if (known)
        json_number(to, value);
    else
        json_null(to);
}

static void write_flip(json *to, const truce_flips *result, const truce_flip *flip)
{
    const truce_number *number = flip->number;
    char basis[] = {number != NULL ? (char)number->basis : ' ', '\0'};
    json_object(to);
    field_text(to, "answer", flip->answer);
    field_bool(to, "holds", flip->holds);
    field_text(to, "number", number != NULL ? number->path : NULL);
    write_double(to, "from", flip->from, number != NULL);
    write_double(to, "threshold", flip->threshold, number != NULL);
    write_double(to, "distance", flip->distance, number != NULL);
    field_bool(to, "must_pass", flip->must_pass);
    field_bool(to, "searched", flip->searched);
    field_text(to, "basis", number != NULL ? basis : NULL);
    field_integer(to, "held", flip->held);
    field_integer(to, "draws", result->draws);
    json_end(to);
}

void flip_answer(json *to, const truce_flips *result)
{
    json_object(to);
    json_key(to, "flips");
    json_array(to);
    for (size_t i = 0; i < result->count; i++)
        write_flip(to, result, &result->items[i]);
    json_end(to);
    json_key(to, "held");
    json_object(to);
    for (size_t i = 0; i < result->count; i++)
        write_double(to, result->items[i].answer,
                     (double)result->items[i].held / (double)result->draws,
                     result->draws > 0);
    json_end(to);
    field_integer(to, "draws", result->draws);
    field_integer(to, "seed", result->seed);
    write_double(to, "spread", result->spread, true);
    field_integer(to, "ranged", result->ranged);
    json_end(to);
}

void truce_flips_json(FILE *out, const truce_flips *result,
                      const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    flip_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static const truce_observation *observation(const truce_scenario *scenario,
                                            const char *id, size_t length)
{
    for (size_t o = 0; o < scenario->observed_count; o++)
        if (strlen(scenario->observed[o].label.id) == length &&
            memcmp(scenario->observed[o].label.id, id, length) == 0)
            return &scenario->observed[o];
    return NULL;
}

/* "b3:RU" */
static const char *decision_words(page *to, const truce_scenario *scenario,
                                  const char *text)
{
    const char *between = strrchr(text, ':');
    if (between == NULL)
        return text;
    size_t party = truce_scenario_party(scenario, between + 1);
    const truce_observation *seen =
        observation(scenario, text, (size_t)(between - text));
    if (seen == NULL || party == TRUCE_NOBODY)
        return text;
    return arena_format(&to->memory, "as seen: %s on %s", party_called(scenario, party),
                        settings_words(&to->memory, scenario, seen->offer));
}

/* "exchange=all-for-all" with room around the sign. */
static const char *move_words(page *to, const char *text)
{
    const char *sign = strchr(text, '=');
    if (sign == NULL)
        return text;
    return arena_format(&to->memory, "%.*s" NBSP "=" NBSP "%s", (int)(sign - text),
                        text, sign + 1);
}

const char *flip_words(page *to, const truce_scenario *scenario, const truce_flip *flip)
{
    if (strncmp(flip->answer, "move:", 5) == 0)
        return arena_format(&to->memory, "%s is open today",
                            move_words(to, flip->answer + 5));
    if (strncmp(flip->answer, "observed:", 9) == 0)
        return decision_words(to, scenario, flip->answer + 9);
    return strcmp(flip->answer, "deal") == 0 ? "a deal exists" : flip->answer;
}

static const char *share_words(page *to, const truce_flips *result,
                               const truce_flip *flip)
{
    return result->draws == 0 ? "-" : arena_format(&to->memory, "%" PRIu64, flip->held);
}

static void add_flip(page *to, table *rows, const truce_flips *result,
                     const truce_flip *flip)
{
    table_row(rows);
    table_cell(rows, "%s", flip_words(to, result->finding.scenario, flip));
    table_cell(rows, "%s", flip->holds ? "yes" : "no");
    if (flip->number == NULL) {
        table_cell(rows, "%s", flip->searched ? "no single number" : "not searched");
        table_cell(rows, "%s", "");
        table_cell(rows, "%s", "");
        table_cell(rows, "%s", "");
    } else {
        table_cell(rows, "%s (%c)", flip->number->path, flip->number->basis);
        table_cell(rows, "%s", number_words(&to->memory, flip->from));
        table_cell(rows, "%s%s", flip->must_pass ? "past " : "",
                   number_words(&to->memory, flip->threshold));
        table_cell(rows, "%s", number_words(&to->memory, flip->distance));
    }
    table_cell(rows, "%s", share_words(to, result, flip));
}

void flip_table(page *to, const truce_flips *result, size_t most)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_TEXT, "Answer");
    table_column(&rows, TABLE_NAME, "Now");
    table_column(&rows, TABLE_TEXT, "Number that reverses it");
    table_column(&rows, TABLE_NUMBER, "Is");
    table_column(&rows, TABLE_NUMBER, "Turns at");
    table_column(&rows, TABLE_NUMBER, "Away");
    table_column(&rows, TABLE_NUMBER, "Held");
    for (size_t i = 0; i < result->count && i < most; i++)
        add_flip(to, &rows, result, &result->items[i]);
    table_print(&rows, to, 0);
}

static void say_draws(page *to, const truce_flips *result)
{
    const char *ranged = counted(&to->memory, result->ranged, "number", "numbers");
    page_gap(to);
    if (result->draws == 0)
        page_remark(to, 0, "No draws were made in the time given.");
    else if (result->ranged == 0)
        page_remark(to, 0,
                    "No number has a range, so the draws change nothing; --spread P "
                    "draws every plain number from P percent around it.");
    else
        page_remark(to, 0,
                    "Held: in how many of %" PRIu64 " draws of the %s with a range the "
                    "answer is as now (seed %" PRIu64 ").",
                    result->draws, ranged, result->seed);
}

void flip_pages(page *to, const truce_flips *result)
{
    page_say(
        to, 0,
        "For each answer the one assumed, elicited or default number whose smallest "
        "move within its range reverses the answer, all others staying as they are.");
    page_gap(to);
    if (result->count == 0)
        page_say(to, 0, "There is no answer that rests on a number.");
    else
        flip_table(to, result, result->count);
    say_draws(to, result);
    page_remark(
        to, 0,
        "Dotted names are numbers of the file (--set changes them for one run). The "
        "letter says what a number is: A the analyst's assumption, E told by "
        "the party, D the tool's default. \"past\": exactly there the answer "
        "still stands; any step beyond reverses it. Clashes of demands rest on "
        "no number: no change here makes or mends one.");
}

void truce_flips_print(FILE *out, const truce_flips *result,
                       const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Flip: which number carries which answer?");
    flip_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
