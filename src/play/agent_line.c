/* agent_line: what an agent says, one JSON object a line.
 *
 *     {"offer": {"issue": "value", ...}}   {"accept": true}   {"accept": false}
 *     {"leave": true}                      {"ask": "utility", "offer": {...}}
 *     {"ask": "at-least", "utility": 60}   {"ask": "best", "place": 0}
 */
#include "base/error.h"
#include "base/names.h"
#include "formats/document.h"
#include "play/external.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static agent_word refuse(truce_error *fault, const char *name, const char *what,
                         const char *quoted)
{
    error_say(fault, TRUCE_CALL, quoted ? "%s: %s \"%.100s\"" : "%s: %s", name, what,
              quoted);
    return AGENT_FAULT;
}

/* ---- outcomes ------------------------------------------------------------------------------ */

static size_t issue_named(const truce_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (strcmp(scenario->issues[i].label.id, name) == 0)
            return i;
    return NAMES_NONE;
}

static size_t value_named(const truce_issue *issue, const char *name)
{
    for (size_t v = 0; v < issue->value_count; v++)
        if (strcmp(issue->values[v], name) == 0)
            return v;
    return NAMES_NONE;
}

/* One "issue": "value"; missing counts down. */
static bool read_value(const truce_scenario *scenario, const node_entry *entry,
                       truce_value *outcome, bool *given, truce_error *fault)
{
    size_t issue = issue_named(scenario, entry->key);
    if (issue == NAMES_NONE)
        return refuse(fault, "unknown-issue", "there is no issue", entry->key), false;
    const node *value = entry->value;
    size_t place = value->kind == NODE_TEXT
                       ? value_named(&scenario->issues[issue], value->text)
                       : NAMES_NONE;
    if (place == NAMES_NONE)
        return refuse(fault, "unknown-value", "no such value of issue", entry->key),
               false;
    outcome[issue] = (truce_value)place;
    given[issue] = true;
    return true;
}

static bool all_given(const truce_scenario *scenario, const bool *given,
                      truce_error *fault)
{
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (!given[i])
            return refuse(fault, "incomplete", "the offer leaves out",
                          scenario->issues[i].label.id),
                   false;
    return true;
}

bool agent_outcome(const truce_scenario *scenario, const node *offer,
                   truce_value *outcome, truce_error *fault)
{
    if (offer == NULL || offer->kind != NODE_MAP)
        return refuse(fault, "unknown-message", "an object is expected as", "offer"),
               false;
    bool *given = must_allocate_zeroed(scenario->issue_count + 1, sizeof *given);
    bool good = true;
    for (size_t k = 0; good && k < offer->count; k++)
        good = read_value(scenario, &offer->entries[k], outcome, given, fault);
    good = good && all_given(scenario, given, fault);
    free(given);
    return good;
}

/* ---- messages ------------------------------------------------------------------------------ */

static bool is_word(const node *value, const char *word)
{
    return value && value->kind == NODE_TEXT && !value->quoted &&
           strcmp(value->text, word) == 0;
}

static bool read_number(const node *value, double *number)
{
    if (value == NULL || value->kind != NODE_TEXT || value->quoted)
        return false;
    char *end;
    *number = strtod(value->text, &end);
    return end != value->text && *end == '\0' && isfinite(*number);
}

static agent_word read_question(const truce_scenario *scenario, const node *root,
                                const char *asked, truce_value *outcome, double *number,
                                truce_error *fault)
{
    if (strcmp(asked, "utility") == 0)
        return agent_outcome(scenario, node_get(root, "offer"), outcome, fault)
                   ? AGENT_ASK_UTILITY
                   : AGENT_FAULT;
    if (strcmp(asked, "at-least") == 0 &&
        read_number(node_get(root, "utility"), number))
        return AGENT_ASK_AT_LEAST;
    if (strcmp(asked, "best") == 0 && read_number(node_get(root, "place"), number) &&
        *number >= 0 && *number < 1e15)
        return AGENT_ASK_BEST;
    return refuse(fault, "unknown-message", "it asks for", asked);
}

static agent_word read_message(const truce_scenario *scenario, const node *root,
                               truce_value *outcome, double *number, truce_error *fault)
{
    const node *ask = node_get(root, "ask");
    if (ask && ask->kind == NODE_TEXT)
        return read_question(scenario, root, ask->text, outcome, number, fault);
    if (root->count != 1)
        return refuse(fault, "unknown-message",
                      "expected one of offer, accept, leave, ask", NULL);
    if (strcmp(root->entries[0].key, "offer") == 0)
        return agent_outcome(scenario, root->entries[0].value, outcome, fault)
                   ? AGENT_OFFER
                   : AGENT_FAULT;
    if (is_word(node_get(root, "accept"), "true"))
        return AGENT_ACCEPT;
    if (is_word(node_get(root, "accept"), "false"))
        return AGENT_REJECT;
    if (is_word(node_get(root, "leave"), "true"))
        return AGENT_LEAVE;
    return refuse(fault, "unknown-message", "it says", root->entries[0].key);
}

agent_word agent_read(const truce_scenario *scenario, const char *line,
                      truce_value *outcome, double *number, truce_error *fault)
{
    truce_diagnostics *wrong = truce_diagnostics_new();
    document *tree = document_read_json("agent", line, strlen(line), NULL, wrong);
    agent_word word;
    if (tree && wrong->errors == 0)
        word = read_message(scenario, tree->root, outcome, number, fault);
    else
        word =
            refuse(fault, "garbage",
                   wrong->count > 0 ? wrong->items[0].message : "it is no JSON", NULL);
    document_free(tree);
    truce_diagnostics_free(wrong);
    return word;
}
