/* jansson says where it could not go on; a person wants to know where to put the comma.
 * The tokens up to that spot are read again, with the brackets that are open, and what
 * stands before the spot and what was to come there says which slip it is. */
#include "formats/json_tokens.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- tokens ---------------------------------------------------------------------- */

static size_t text_end(const document *tree, size_t quote, bool *closed)
{
    const char *bytes = tree->bytes;
    size_t at = quote + 1;
    while (at < tree->length && !strchr("\"\r\n", bytes[at]))
        at +=
            bytes[at] == '\\' && at + 1 < tree->length && !strchr("\r\n", bytes[at + 1])
                ? 2
                : 1;
    *closed = at < tree->length && bytes[at] == '"';
    return at + *closed;
}

json_token json_token_at(const document *tree, size_t at)
{
    const char *bytes = tree->bytes;
    at += strspn(bytes + at, " \t\r\n");
    json_token token = {.from = at, .to = at + 1, .kind = bytes[at], .closed = true};
    if (at >= tree->length)
        return (json_token){.from = at, .to = at};
    if (token.kind == '"') {
        token.to = text_end(tree, at, &token.closed);
    } else if (!strchr("{}[],:", token.kind)) {
        token.to = at + strcspn(bytes + at, " \t\r\n{}[],:\"");
        token.kind = 'w';
    }
    return token;
}

/* ---- where the reading stopped --------------------------------------------------- */

/* The open brackets stand in `open`, the innermost last; `before` is the token ahead of
 * the one that is wrong. */
typedef struct stop {
    document *tree;
    json_token before, wrong;
    json_token *open;
    size_t depth, room;
    bool is_over; /* the outermost map was closed */
} stop;

static bool is_value(const json_token *token)
{
    return token->kind && strchr("\"w}]", token->kind);
}

static bool in_map(const stop *s)
{
    return s->depth && s->open[s->depth - 1].kind == '{';
}

static void pass(stop *s, json_token token)
{
    if (token.kind == '{' || token.kind == '[')
        *grow(s->open, s->depth, s->room) = token;
    else if ((token.kind == '}' || token.kind == ']') && s->depth > 0)
        s->is_over = --s->depth == 0;
    s->before = token;
}

static void go_to(stop *s, size_t stopped)
{
    s->wrong = json_token_at(s->tree, 0);
    while (s->wrong.kind && s->wrong.closed && s->wrong.to < stopped) {
        pass(s, s->wrong);
        s->wrong = json_token_at(s->tree, s->wrong.to);
    }
}

/* ---- saying it ------------------------------------------------------------------- */

static void point(const stop *s, size_t at, size_t to, const char *hint,
                  const char *message)
{
    size_t width = text_characters(s->tree->bytes + at, to - at);
    document_error(s->tree, document_place(s->tree, at), width ? (uint32_t)width : 1,
                   hint, "%s", message);
}

static void point_token(const stop *s, const json_token *token, const char *hint,
                        const char *message)
{
    point(s, token->from, token->to, hint, message);
}

/* Long words are cut: they are shown in the source line anyway. */
static const char *word_of(const stop *s, const json_token *token)
{
    enum { SHOWN = 60 };
    size_t length = token->to - token->from;
    if (length > SHOWN)
        length = text_valid(s->tree->bytes + token->from, SHOWN);
    return arena_text_n(&s->tree->memory, s->tree->bytes + token->from, length);
}

static bool word_begins(const stop *s, const char *with)
{
    return strncmp(s->tree->bytes + s->wrong.from, with, strlen(with)) == 0;
}

static bool is_end(const stop *s)
{
    if (s->wrong.kind)
        return false;
    truce_place start = {s->tree->file, 1, 1};
    if (s->before.kind == 0)
        document_error(s->tree, start, 1, "a JSON file is a map: {...}",
                       "the file is empty: expected a map of keys and values");
    else if (s->depth > 0)
        document_error(s->tree, document_place(s->tree, s->open[s->depth - 1].from), 1,
                       NULL, "the '%c' opened here is not closed",
                       s->open[s->depth - 1].kind);
    return s->before.kind == 0 || s->depth > 0;
}

static bool follows_the_end(const stop *s)
{
    if (s->is_over)
        point_token(s, &s->wrong, "put each in a file of its own",
                    "something stands behind the end of the map");
    return s->is_over;
}

static bool is_comment(const stop *s)
{
    bool is = word_begins(s, "//") || word_begins(s, "/*") || word_begins(s, "#");
    if (is)
        point_token(s, &s->wrong, "take it out", "JSON has no comments");
    return is;
}

static bool is_single_quoted(const stop *s)
{
    bool is = word_begins(s, "'");
    if (is)
        point(s, s->wrong.from, s->wrong.from, "write \"...\"",
              "a text of JSON stands in double quotes");
    return is;
}

static bool is_no_map(const stop *s)
{
    bool is = s->before.kind == 0 && (s->wrong.kind == 'w' || s->wrong.kind == '"');
    if (is)
        point_token(s, &s->wrong, "a JSON file is a map: {...}",
                    "expected a map of keys and values, found a text");
    return is;
}

/* ---- slips with commas, colons and brackets -------------------------------------- */

static bool is_wrong_bracket(const stop *s)
{
    char closer = in_map(s) ? '}' : ']';
    if ((s->wrong.kind != '}' && s->wrong.kind != ']') || s->wrong.kind == closer)
        return false;
    if (s->depth == 0)
        point_token(s, &s->wrong, NULL, "nothing is open that could be closed here");
    else
        document_error(
            s->tree, document_place(s->tree, s->wrong.from), 1, NULL,
            "expected '%c': the '%c' of line %u is open", closer,
            s->open[s->depth - 1].kind,
            (unsigned)document_place(s->tree, s->open[s->depth - 1].from).line);
    return true;
}

static bool is_comma_too_much(const stop *s)
{
    bool closes = s->wrong.kind == '}' || s->wrong.kind == ']';
    if (s->before.kind == ',' && (closes || s->wrong.kind == ',')) {
        point_token(s, &s->before, "take it out", "there is a comma too much");
        return true;
    }
    bool is = s->wrong.kind == ',' && (s->before.kind == '{' || s->before.kind == '[');
    if (is)
        point_token(s, &s->wrong, "take it out", "there is a comma too much");
    return is;
}

/* Is the token before a key that has no colon yet? Then two tokens ahead of it stands
 * no colon either. */
static bool before_is_key(const stop *s)
{
    if (!in_map(s) || s->before.kind != '"')
        return false;
    size_t at = s->before.from;
    while (at > 0 && strchr(" \t\r\n", s->tree->bytes[at - 1]))
        at--;
    return at > 0 && strchr("{,", s->tree->bytes[at - 1]);
}

static bool lacks_colon(const stop *s)
{
    bool is = s->wrong.kind != ':' && before_is_key(s);
    if (is)
        point(s, s->before.to, s->before.to, NULL,
              "expected ':' between a key and its value");
    return is;
}

static bool lacks_comma(const stop *s)
{
    bool begins = s->wrong.kind && strchr("\"w{[", s->wrong.kind);
    bool is = s->depth > 0 && begins && is_value(&s->before);
    if (is)
        point(s, s->before.to, s->before.to, NULL, "a comma is missing here");
    return is;
}

static bool lacks_value(const stop *s)
{
    bool is = s->before.kind == ':' && s->wrong.kind && strchr(",:}]", s->wrong.kind);
    if (is)
        point_token(s, &s->wrong, NULL, "a value is missing behind ':'");
    return is;
}

static bool is_no_key(const stop *s)
{
    bool expects_key = in_map(s) && (s->before.kind == '{' || s->before.kind == ',');
    if (!expects_key || s->wrong.kind == '"')
        return false;
    if (s->wrong.kind == 'w')
        point_token(
            s, &s->wrong,
            arena_format(&s->tree->memory, "write \"%s\"", word_of(s, &s->wrong)),
            "a key of JSON stands in double quotes");
    else
        point_token(s, &s->wrong, "a key of JSON stands in double quotes",
                    s->wrong.kind == ':' ? "a key is missing before ':'"
                                         : "a key must be a text");
    return true;
}

/* ---- slips within a word or a text ----------------------------------------------- */

static const char *meant_word(const char *word)
{
    static const char *const pairs[][2] = {
        {"True", "true"},   {"TRUE", "true"}, {"False", "false"},
        {"FALSE", "false"}, {"None", "null"}, {"nil", "null"},
        {"NULL", "null"},   {"Null", "null"}, {"~", "null"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(word, pairs[i][0]) == 0)
            return pairs[i][1];
    return NULL;
}

static bool is_not_finite(const char *word)
{
    word += *word == '-' || *word == '+';
    return strncmp(word, "NaN", 3) == 0 || strncmp(word, "nan", 3) == 0 ||
           strncmp(word, "Inf", 3) == 0 || strncmp(word, "inf", 3) == 0;
}

static bool is_bad_word(const stop *s)
{
    if (s->wrong.kind != 'w')
        return false;
    const char *word = word_of(s, &s->wrong), *meant = meant_word(word);
    const char *sentence = "a text of JSON stands in double quotes";
    const char *hint = arena_format(&s->tree->memory, "write \"%s\"", word);
    if (meant) {
        sentence = arena_format(&s->tree->memory, "JSON has no word %s", word);
        hint = arena_format(&s->tree->memory, "write %s", meant);
    } else if (is_not_finite(word)) {
        sentence = arena_format(&s->tree->memory, "%s is not a number of JSON", word);
        hint = "as a text: \"-inf\"";
    } else if (strchr("+-.0123456789", *word)) {
        sentence = arena_format(&s->tree->memory, "%s is not a number of JSON", word);
        hint = "such as 10, -0.5 or 1e-3";
    }
    point_token(s, &s->wrong, hint, sentence);
    return true;
}

static const char *text_slip(const char *at)
{
    if ((unsigned char)*at < ' ')
        return "a tab within a text is written \\t";
    return at[1] == 'u'
               ? "\\u is followed by four hexadecimal digits, a pair for an emoji"
               : "JSON has no such escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u";
}

static bool is_bad_text(const stop *s, size_t stopped)
{
    if (s->wrong.kind != '"')
        return false;
    if (!s->wrong.closed) {
        point(s, s->wrong.from, s->wrong.from,
              "a line break within a text is written \\n",
              "the text that begins here is not closed in this line");
        return true;
    }
    size_t at = stopped < s->wrong.to ? stopped : s->wrong.to - 1;
    while (at > s->wrong.from && s->tree->bytes[at] != '\\' &&
           s->tree->bytes[at] != '\t')
        at--;
    if (at > s->wrong.from)
        point(s, at, at, NULL, text_slip(s->tree->bytes + at));
    return at > s->wrong.from;
}

static void say_twice(const stop *s)
{
    const char *key = word_of(s, &s->wrong);
    size_t length = s->wrong.to - s->wrong.from;
    json_token token = json_token_at(s->tree, s->open[s->depth - 1].to);
    size_t within = 1;
    for (; token.from < s->wrong.from; token = json_token_at(s->tree, token.to)) {
        within += token.kind == '{' || token.kind == '[';
        within -= token.kind == '}' || token.kind == ']';
        if (within == 1 && token.to - token.from == length &&
            memcmp(s->tree->bytes + token.from, key, strlen(key)) == 0 &&
            json_token_at(s->tree, token.to).kind == ':')
            break;
    }
    truce_place at = document_place(s->tree, s->wrong.from);
    uint32_t width = document_place(s->tree, s->wrong.to).column - at.column;
    if (token.from < s->wrong.from)
        document_error(s->tree, at, width, NULL,
                       "key %s is given twice; the first is in line %u", key,
                       (unsigned)document_place(s->tree, token.from).line);
    else
        document_error(s->tree, at, width, NULL, "key %s is given twice", key);
}

/* ---- the whole ------------------------------------------------------------------- */

static bool is_known_slip(const stop *s, size_t stopped)
{
    return is_end(s) || follows_the_end(s) || is_comment(s) || is_no_map(s) ||
           is_single_quoted(s) || is_wrong_bracket(s) || is_comma_too_much(s) ||
           lacks_colon(s) || lacks_comma(s) || lacks_value(s) || is_no_key(s) ||
           is_bad_word(s) || is_bad_text(s, stopped);
}

void json_explain(document *tree, json_fault fault, size_t stopped, const char *words)
{
    stop s = {.tree = tree};
    go_to(&s, stopped);
    if (fault == JSON_FAULT_TWICE)
        say_twice(&s);
    else if (fault == JSON_FAULT_TOO_LARGE)
        point_token(&s, &s.wrong, NULL, "the number is too large");
    else if (fault == JSON_FAULT_NUL)
        point_token(&s, &s.wrong, NULL, "a NUL character is not allowed");
    else if (!is_known_slip(&s, stopped))
        point_token(&s, &s.wrong, NULL,
                    arena_format(&tree->memory, "not JSON: %s", words));
    free(s.open);
}
