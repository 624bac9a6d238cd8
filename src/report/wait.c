/* What time does. Floors move, and with them the number of acceptable outcomes; more of
 * them because floors fell is no gain to anybody, so it is never called one. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- JSON ------------------------------------------------------------------------ */

/* {party: number} of those whose number is one and not nothing. */
static void write_numbers(json *to, const char *key, const truce_scenario *scenario,
                          const double *numbers, bool zeros)
{
    json_key(to, key);
    json_object(to);
    for (size_t p = 0; p < scenario->party_count; p++) {
        if (isnan(numbers[p]) || (numbers[p] == 0 && !zeros))
            continue;
        json_key(to, scenario->parties[p].label.id);
        json_number(to, numbers[p]);
    }
    json_end(to);
}

static void write_date(json *to, const truce_scenario *scenario,
                       const truce_wait_date *date)
{
    json_object(to);
    json_key(to, "day");
    json_integer(to, date->day);
    write_numbers(to, "floors", scenario, date->floors, true);
    field_count(to, "acceptable", date->acceptable);
    json_end(to);
}

static void write_change(json *to, const truce_wait_change *change)
{
    json_object(to);
    json_key(to, "day");
    json_integer(to, change->day);
    field_text(to, "what", change->what);
    field_text(to, "before", change->before);
    field_text(to, "after", change->after);
    json_end(to);
}

static void write_threat(json *to, const truce_scenario *scenario,
                         const truce_threat_effect *effect)
{
    const truce_threat *threat = &scenario->threats[effect->threat];
    json_object(to);
    field_text(to, "id", threat->label.id);
    field_party(to, "by", scenario, threat->by);
    json_key(to, "reading");
    if (effect->reading == TRUCE_NOBODY)
        json_null(to);
    else
        settings_value(to, scenario, threat->readings[effect->reading]);
    write_numbers(to, "changes", scenario, effect->changes, false);
    write_numbers(to, "floors", scenario, effect->floor_moves, false);
    field_count(to, "acceptable", effect->acceptable);
    field_bool(to, "idle", effect->idle);
    json_end(to);
}

static void write_deadline(json *to, const truce_scenario *scenario,
                           const truce_deadline *deadline)
{
    json_object(to);
    field_text(to, "id", deadline->label.id);
    field_party(to, "by", scenario, deadline->by);
    field_text(to, "at", deadline->at);
    field_text(to, "effect", deadline->effect);
    json_end(to);
}

void wait_answer(json *to, const truce_wait *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_object(to);
    json_key(to, "dates");
    json_array(to);
    for (size_t d = 0; d < result->date_count; d++)
        write_date(to, scenario, &result->dates[d]);
    json_end(to);
    json_key(to, "changes");
    json_array(to);
    for (size_t c = 0; c < result->change_count; c++)
        write_change(to, &result->changes[c]);
    json_end(to);
    json_key(to, "threats");
    json_array(to);
    for (size_t t = 0; t < result->threat_count; t++)
        write_threat(to, scenario, &result->threats[t]);
    json_end(to);
    json_key(to, "deadlines");
    json_array(to);
    for (size_t d = 0; d < scenario->deadline_count; d++)
        write_deadline(to, scenario, &scenario->deadlines[d]);
    json_end(to);
    json_end(to);
}

void truce_wait_json(FILE *out, const truce_wait *result, const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    wait_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static bool has_floor(const truce_wait *result, size_t party)
{
    for (size_t d = 0; d < result->date_count; d++)
        if (!isnan(result->dates[d].floors[party]))
            return true;
    return false;
}

static double largest_floor(const truce_wait *result, size_t party)
{
    double largest = 0;
    for (size_t d = 0; d < result->date_count; d++)
        largest = fmax(largest, fabs(result->dates[d].floors[party]));
    return largest;
}

static bool is_shown(const truce_wait *result, size_t date, size_t every)
{
    return date % every == 0 || date + 1 == result->date_count;
}

void wait_table(page *to, const truce_wait *result, size_t every)
{
    const truce_scenario *scenario = result->finding.scenario;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "Day");
    for (size_t p = 0; p < scenario->party_count; p++)
        if (has_floor(result, p))
            table_column(&rows, TABLE_NUMBER, scenario->parties[p].label.id);
    table_column(&rows, TABLE_NUMBER, "Acceptable outcomes");
    for (size_t d = 0; d < result->date_count; d++) {
        if (!is_shown(result, d, every))
            continue;
        const truce_wait_date *date = &result->dates[d];
        table_row(&rows);
        table_cell(&rows, "%" PRId64, date->day);
        for (size_t p = 0; p < scenario->party_count; p++)
            if (has_floor(result, p))
                table_cell(&rows, "%s",
                           utility_words(&to->memory, date->floors[p],
                                         largest_floor(result, p)));
        table_cell(&rows, "%s", count_words(&to->memory, date->acceptable));
    }
    table_print(&rows, to, 2);
}

static void say_changes(page *to, const truce_wait *result)
{
    page_gap(to);
    if (result->change_count == 0)
        page_say(
            to, 0,
            is_complete(&result->finding)
                ? "No answer changes in this time."
                : "No change of an answer was found before the search was stopped.");
    else
        page_say(to, 0,
                 "Answers that change (what an outcome does not name is as today):");
    for (size_t c = 0; c < result->change_count; c++) {
        const truce_wait_change *change = &result->changes[c];
        page_item(to, 0, "- ", "from day %" PRId64 " on %s: %s (before: %s)",
                  change->day, change->what, change->after, change->before);
    }
}

static void say_deadlines(page *to, const truce_scenario *scenario)
{
    if (scenario->deadline_count == 0)
        return;
    page_heading(to, "Deadlines");
    for (size_t d = 0; d < scenario->deadline_count; d++) {
        const truce_deadline *one = &scenario->deadlines[d];
        page_item(to, 0, "- ", "%s: %s%s%s (%s; %s)",
                  one->at != NULL ? one->at : "undated",
                  one->by == TRUCE_NOBODY ? "" : party_called(scenario, one->by),
                  one->by == TRUCE_NOBODY ? "" : ": ",
                  one->effect != NULL ? one->effect : "no effect given", one->label.id,
                  drawn_from(&to->memory, scenario, &one->label));
    }
}

/* "Ukraine -5.0, Russia +2.0" of numbers that are not nothing; NULL when all are. */
static const char *moves_words(page *to, const truce_scenario *scenario,
                               const double *numbers)
{
    const char **texts = arena_array(&to->memory, scenario->party_count, const char *);
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (!isnan(numbers[p]) && numbers[p] != 0)
            texts[count++] =
                arena_format(&to->memory, "%s %s", party_called(scenario, p),
                             change_words(&to->memory, numbers[p]));
    return count == 0 ? NULL : join(&to->memory, texts, count, ", ");
}

const char *wait_effect(page *to, const truce_scenario *scenario,
                        const truce_threat_effect *effect)
{
    if (effect->idle && moves_words(to, scenario, effect->floor_moves) == NULL)
        return "it holds today already; nothing would change";
    const char *utility = moves_words(to, scenario, effect->changes);
    const char *floors = moves_words(to, scenario, effect->floor_moves);
    return arena_format(
        &to->memory, "%s%s%s%s%s; outcomes acceptable: %s",
        utility != NULL ? "utility against today: " : "",
        utility != NULL ? utility : "", utility != NULL && floors != NULL ? "; " : "",
        floors != NULL ? "outside options: " : "", floors != NULL ? floors : "",
        count_words(&to->memory, effect->acceptable));
}

static void say_threat(page *to, const truce_scenario *scenario,
                       const truce_threat *threat)
{
    const char *unless = "";
    if (threat->unless != NULL)
        unless =
            arena_format(&to->memory, ", unless %s",
                         quoted(&to->memory, truce_condition_text(threat->unless)));
    else if (threat->trigger != NULL)
        unless = arena_format(&to->memory, ", if %s", threat->trigger);
    page_item(to, 0, "- ", "%s%s%s%s%s (%s; %s)%s%s",
              party_called(scenario, threat->by),
              threat->asks.count > 0
                  ? arena_format(&to->memory, ", to be carried out by %s",
                                 join_parties(&to->memory, scenario, threat->asks))
                  : "",
              threat->effect != NULL ? ": " : "",
              threat->effect != NULL ? threat->effect : "", unless, threat->label.id,
              drawn_from(&to->memory, scenario, &threat->label),
              threat->ambiguous != NULL ? ". Not clear: " : "",
              threat->ambiguous != NULL ? threat->ambiguous : "");
}

static const char *reading_words(page *to, const truce_scenario *scenario,
                                 const truce_threat_effect *effect)
{
    const truce_threat *threat = &scenario->threats[effect->threat];
    if (effect->reading == TRUCE_NOBODY)
        return "carried out";
    return arena_format(
        &to->memory, "read as %s",
        settings_words(&to->memory, scenario, threat->readings[effect->reading]));
}

static void say_threats(page *to, const truce_wait *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    if (result->threat_count == 0)
        return;
    page_heading(to, "Threats, and what each would do if carried out today");
    for (size_t t = 0; t < result->threat_count; t++) {
        const truce_threat_effect *effect = &result->threats[t];
        if (t == 0 || result->threats[t - 1].threat != effect->threat)
            say_threat(to, scenario, &scenario->threats[effect->threat]);
        page_item(to, 4, "", "%s: %s.", reading_words(to, scenario, effect),
                  wait_effect(to, scenario, effect));
    }
}

void wait_pages(page *to, const truce_wait *result)
{
    page_say(
        to, 0,
        "The outside option of each party as time passes (the file's numbers), and "
        "the number of outcomes acceptable to everybody needed:");
    page_gap(to);
    wait_table(to, result, 1);
    say_changes(to, result);
    page_gap(to);
    page_remark(
        to, 0,
        "More outcomes can become acceptable when outside options fall. That "
        "makes no outcome better for anybody: what there is without one is worth "
        "less.");
    say_deadlines(to, result->finding.scenario);
    say_threats(to, result);
}

void truce_wait_print(FILE *out, const truce_wait *result, const truce_reality *reality,
                      const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Wait: what does time do?");
    wait_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
