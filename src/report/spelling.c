/* A frontier may have millions of values to tell, of which few differ: each is put in
 * quotation marks once and then copied. */
#include "report/spelling.h"

#include "report/words.h"

#include <stdlib.h>
#include <string.h>

truce_naming naming_of(const truce_style *style)
{
    return style ? style->naming : TRUCE_BY_NAMES;
}

/* ---- JSON ------------------------------------------------------------------------ */

static const char *piece_of(spelling *names, const truce_issue *issue, size_t value)
{
    if (names->naming != TRUCE_BY_NAMES)
        return arena_format(&names->memory, "%zu", value);
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    if (to == NULL)
        abort();
    json_quote(to, issue->label.id);
    fputc(':', to);
    json_quote(to, issue->values[value]);
    fclose(to);
    const char *kept = arena_text_n(&names->memory, text, length);
    free(text);
    return kept;
}

/* The longest piece of the issue, so that there is room for any outcome. */
static size_t spell_issue(spelling *names, size_t i)
{
    const truce_issue *issue = &names->scenario->issues[i];
    size_t longest = 0;
    names->pieces[i] = arena_array(&names->memory, issue->value_count, const char *);
    names->lengths[i] = arena_array(&names->memory, issue->value_count, size_t);
    for (size_t v = 0; v < issue->value_count; v++) {
        names->pieces[i][v] = piece_of(names, issue, v);
        names->lengths[i][v] = strlen(names->pieces[i][v]);
        if (names->lengths[i][v] > longest)
            longest = names->lengths[i][v];
    }
    return longest;
}

spelling spelling_begin(const truce_scenario *scenario, const truce_style *style)
{
    spelling names = {.scenario = scenario, .naming = naming_of(style)};
    size_t room = 2, issues = scenario->issue_count;
    if (names.naming == TRUCE_UNNAMED)
        return names;
    names.pieces = arena_array(&names.memory, issues, const char **);
    names.lengths = arena_array(&names.memory, issues, size_t *);
    for (size_t i = 0; i < issues; i++)
        room += spell_issue(&names, i) + 1;
    names.line = arena_take(&names.memory, room);
    return names;
}

void spelling_end(spelling *names)
{
    arena_free(&names->memory);
}

void json_outcome(json *to, const spelling *names, const truce_value *outcome)
{
    if (outcome == NULL) {
        json_null(to);
        return;
    }
    bool named = names->naming == TRUCE_BY_NAMES;
    char *at = names->line;
    *at++ = named ? '{' : '[';
    for (size_t i = 0; i < names->scenario->issue_count; i++) {
        size_t length = names->lengths[i][outcome[i]];
        if (i > 0)
            *at++ = ',';
        memcpy(at, names->pieces[i][outcome[i]], length);
        at += length;
    }
    *at++ = named ? '}' : ']';
    json_written(to, names->line, (size_t)(at - names->line));
}

/* ---- tables ---------------------------------------------------------------------- */

void csv_issues(csv *to, const truce_scenario *scenario, const truce_style *style)
{
    for (size_t i = 0; i < scenario->issue_count && naming_of(style) != TRUCE_UNNAMED;
         i++)
        csv_text(to, scenario->issues[i].label.id);
}

void csv_outcome(csv *to, const truce_scenario *scenario, const truce_style *style,
                 const truce_value *outcome)
{
    truce_naming naming = naming_of(style);
    if (naming == TRUCE_UNNAMED)
        return;
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (outcome == NULL)
            csv_text(to, NULL);
        else if (naming == TRUCE_BY_INDICES)
            csv_whole(to, outcome[i]);
        else
            csv_text(to, scenario->issues[i].values[outcome[i]]);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *index_words(arena *memory, const truce_scenario *scenario,
                               const truce_value *outcome)
{
    const char **texts = arena_array(memory, scenario->issue_count, const char *);
    for (size_t i = 0; i < scenario->issue_count; i++)
        texts[i] = arena_format(memory, "%u", outcome[i]);
    return join_by(memory, texts, scenario->issue_count, " ");
}

const char *choice_words(arena *memory, const truce_scenario *scenario,
                         const truce_style *style, const truce_value *outcome)
{
    if (outcome == NULL)
        return "-";
    return naming_of(style) == TRUCE_BY_INDICES
               ? index_words(memory, scenario, outcome)
               : outcome_words(memory, scenario, outcome);
}

const char *choice_title(const truce_style *style)
{
    return naming_of(style) == TRUCE_BY_INDICES ? "Values, counted from 0"
                                                : "What it changes against today";
}
