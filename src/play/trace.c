/* trace: each line is read as a little JSON file of its own, whose places are then moved to
 * where the line stands. Keys that are not known are passed over, so that others may add
 * theirs.
 */
#include "play/trace.h"

#include "base/error.h"
#include "base/names.h"
#include "formats/document.h"
#include "play/external.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS_MOST = 1000000000 };

static const char *const ends[] = {"agreed", "timed-out", "left", "forfeit"};
static const char *const saids[] = {"offer", "accept", "reject", "leave", "draft"};
static const char *const systems[] = {"truce", "genius", "negmas"};

#define COUNT_OF(list) (sizeof list / sizeof *list)

/* ---- lines ------------------------------------------------------------------------------- */

bool trace_next(trace *at)
{
    while (at->next < at->length) {
        const char *line = at->bytes + at->next;
        const char *feed = memchr(line, '\n', at->length - at->next);
        at->line = line;
        at->width = feed ? (size_t)(feed - line) : at->length - at->next;
        at->next += at->width + (feed != NULL);
        at->number++;
        for (size_t k = 0; k < at->width; k++)
            if (strchr(" \t\r", line[k]) == NULL || line[k] == '\0')
                return true;
    }
    return false;
}

/* ---- what is wrong ------------------------------------------------------------------------ */

static remark about(const trace *at, uint32_t column, uint32_t width, const char *hint)
{
    return (remark){.severity = TRUCE_ERROR,
                    .place = {at->name, at->number, column},
                    .source = at->line,
                    .source_length = at->width,
                    .width = width,
                    .hint = hint};
}

bool trace_refuse(trace *at, const char *format, ...)
{
    truce_error text;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text.message, sizeof text.message, format, arguments);
    va_end(arguments);
    remark line = about(at, 1, 1, NULL);
    diagnostics_add(at->said, &line, "%s", text.message);
    return false;
}

static bool refuse_key(trace *at, const char *key, const char *expected)
{
    return trace_refuse(at, "\"%s\" must be %s", key, expected);
}

static bool refuse_node(trace *at, const node *value, const char *expected)
{
    remark place = about(at, value->place.column, value->width, NULL);
    diagnostics_add(at->said, &place, "expected %s", expected);
    return false;
}

/* The line as a tree, or NULL when it is none, which was said. */
static document *tree_of(trace *at)
{
    truce_diagnostics *wrong = truce_diagnostics_new();
    document *tree = document_read_json(at->name, at->line, at->width, NULL, wrong);
    for (size_t k = 0; k < wrong->count; k++) {
        remark place = about(at, wrong->items[k].place.column, wrong->items[k].width,
                             wrong->items[k].hint);
        diagnostics_add(at->said, &place, "%s", wrong->items[k].message);
    }
    bool sound = wrong->errors == 0;
    truce_diagnostics_free(wrong);
    if (tree && sound)
        return tree;
    document_free(tree);
    return NULL;
}

/* ---- values ------------------------------------------------------------------------------- */

static bool is_null(const node *value)
{
    return value->kind == NODE_TEXT && !value->quoted &&
           strcmp(value->text, "null") == 0;
}

static bool take_number(const node *value, double *number)
{
    if (value == NULL || value->kind != NODE_TEXT || value->quoted)
        return false;
    char *end;
    *number = strtod(value->text, &end);
    return end != value->text && *end == '\0' && isfinite(*number);
}

static bool read_whole(trace *at, const node *root, const char *key, double most,
                       uint32_t *whole)
{
    double number;
    if (!take_number(node_get(root, key), &number) || !(number >= 0) ||
        !(number <= most) || number != floor(number))
        return refuse_key(at, key, "a whole number");
    *whole = (uint32_t)number;
    return true;
}

static const char *text_of(const node *value)
{
    return value && value->kind == NODE_TEXT && !is_null(value) ? value->text : NULL;
}

/* The place of a key's word among those there are. */
static bool read_word(trace *at, const node *root, const char *key,
                      const char *const *words, size_t count, size_t *place)
{
    const char *text = text_of(node_get(root, key));
    for (*place = 0; text && *place < count; (*place)++)
        if (strcmp(words[*place], text) == 0)
            return true;
    const char *near = text ? names_nearest(text, words, count) : NULL;
    if (near)
        return trace_refuse(at, "\"%s\" is unknown; did you mean \"%s\"?", text, near);
    return trace_refuse(at, "\"%s\" must be one of %s, %s, ...", key, words[0],
                        words[1]);
}

/* ---- the table ------------------------------------------------------------------------------ */

static bool read_rules(trace *at, const node *root, trace_table *table, arena *memory)
{
    const char *name = text_of(node_get(root, "protocol"));
    if (name == NULL)
        return trace_refuse(at, "the first line of a trace names its \"protocol\"");
    table->protocol = arena_text(memory, name);
    if (!read_whole(at, root, "rounds", ROUNDS_MOST, &table->rounds))
        return false;
    const char *seed = text_of(node_get(root, "seed"));
    char *end = NULL;
    table->seed = seed ? (uint64_t)strtoll(seed, &end, 10) : 0;
    if (seed == NULL || end == seed || *end != '\0')
        return refuse_key(at, "seed", "a whole number");
    table->as_given = node_get(root, "as") != NULL;
    size_t as = 0;
    if (table->as_given && !read_word(at, root, "as", systems, COUNT_OF(systems), &as))
        return false;
    table->as = (truce_convention)as;
    return true;
}

static bool read_seat(trace *at, const node *seat, size_t *party, const char **strategy,
                      arena *memory)
{
    const char *id = seat->kind == NODE_MAP ? text_of(node_get(seat, "party")) : NULL;
    const char *plays = id ? text_of(node_get(seat, "strategy")) : NULL;
    if (plays == NULL)
        return refuse_node(at, seat, "{\"party\": ..., \"strategy\": ...}");
    *party = truce_scenario_party(at->scenario, id);
    *strategy = arena_text(memory, plays);
    if (*party == TRUCE_NOBODY || !at->scenario->parties[*party].preferences.given)
        return trace_refuse(at, "no party \"%s\" of this scenario has preferences", id);
    return true;
}

static bool read_seats(trace *at, const node *seats, trace_table *table, arena *memory)
{
    if (seats == NULL || seats->kind != NODE_LIST || seats->count < 2)
        return refuse_key(at, "seats", "a list of at least two");
    size_t *parties = arena_array(memory, seats->count, size_t);
    const char **strategies = arena_array(memory, seats->count, const char *);
    for (size_t s = 0; s < seats->count; s++) {
        if (!read_seat(at, seats->items[s], &parties[s], &strategies[s], memory))
            return false;
        for (size_t other = 0; other < s; other++)
            if (parties[other] == parties[s])
                return trace_refuse(at, "party \"%s\" has two seats",
                                    at->scenario->parties[parties[s]].label.id);
    }
    table->parties = (truce_list){parties, seats->count};
    table->strategies = strategies;
    return true;
}

bool trace_head(trace *at, trace_table *table, arena *memory)
{
    document *tree = tree_of(at);
    bool good = tree && read_rules(at, tree->root, table, memory) &&
                read_seats(at, node_get(tree->root, "seats"), table, memory);
    document_free(tree);
    return good;
}

/* ---- a thing said, the end ------------------------------------------------------------------- */

static bool read_utilities(trace *at, const node *list, const trace_table *table,
                           trace_word *word)
{
    word->has_u = list != NULL;
    if (list == NULL)
        return true;
    if (list->kind != NODE_LIST || list->count != table->parties.count)
        return refuse_node(at, list, "a list with the utility of each seat");
    for (size_t s = 0; s < list->count; s++)
        if (is_null(list->items[s]))
            word->u[s] = NAN;
        else if (!take_number(list->items[s], &word->u[s]))
            return refuse_node(at, list->items[s], "a number, or null");
    return true;
}

static bool read_when(trace *at, const node *root, const char *key, trace_word *word)
{
    if (!read_whole(at, root, key, ROUNDS_MOST, &word->round))
        return false;
    if (!take_number(node_get(root, "t"), &word->time))
        return refuse_key(at, "t", "a number");
    return true;
}

static bool read_speaker(trace *at, const node *root, const trace_table *table,
                         trace_word *word)
{
    const char *id = text_of(node_get(root, "party"));
    if (id == NULL)
        return refuse_key(at, "party", "who speaks");
    for (word->seat = 0; word->seat < table->parties.count; word->seat++)
        if (strcmp(at->scenario->parties[table->parties.items[word->seat]].label.id,
                   id) == 0)
            return true;
    word->seat = TRUCE_NOBODY;
    return strcmp(id, "mediator") == 0 ||
           trace_refuse(at, "nobody at the table is called \"%s\"", id);
}

static bool read_offer(trace *at, const node *root, trace_word *word)
{
    const node *offer = node_get(root, "outcome");
    truce_error fault;
    word->has_outcome = offer != NULL;
    if (offer == NULL || agent_outcome(at->scenario, offer, word->outcome, &fault))
        return true;
    remark place = about(at, offer->place.column, offer->width, NULL);
    diagnostics_add(at->said, &place, "%s", fault.message);
    return false;
}

static bool read_said(trace *at, const node *root, const trace_table *table,
                      trace_word *word)
{
    size_t place;
    if (node_get(root, "end")) {
        word->ended = true;
        if (!read_word(at, root, "end", ends, COUNT_OF(ends), &place))
            return false;
        word->end = (truce_session_end)place;
        return read_when(at, root, "step", word);
    }
    if (!read_word(at, root, "said", saids, COUNT_OF(saids), &place))
        return false;
    word->said = (truce_said)place;
    return read_when(at, root, "round", word) && read_speaker(at, root, table, word) &&
           read_offer(at, root, word);
}

bool trace_read(trace *at, const trace_table *table, trace_word *word)
{
    document *tree = tree_of(at);
    *word = (trace_word){.outcome = word->outcome, .u = word->u};
    bool good = tree && read_said(at, tree->root, table, word) &&
                read_utilities(at, node_get(tree->root, "u"), table, word);
    document_free(tree);
    return good;
}
