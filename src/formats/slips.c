/* A parser says where it could not go on; a person wants to know where to put the
 * comma. The few slips that people make again and again are recognised from the bytes
 * around the spot; the rest is a table from the parser's words to ours. */
#include "formats/slips.h"

#include <string.h>

/* ---- looking around -------------------------------------------------------------- */

static const char *line_start(const document *tree, size_t at)
{
    return tree->bytes + tree->lines[document_place(tree, at).line - 1];
}

static size_t indentation(const document *tree, size_t at)
{
    return strspn(line_start(tree, at), " \t");
}

static bool on_one_line(const document *tree, size_t one, size_t other)
{
    return document_place(tree, one).line == document_place(tree, other).line;
}

/* Just behind the last byte before `at` that is not blank. */
static size_t behind_text_before(const document *tree, size_t at)
{
    while (at > 0 && strchr(" \t\r\n", tree->bytes[at - 1]))
        at--;
    return at;
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

static bool last_is_quoted(const document *tree, const slip *what)
{
    return what->last < what->last_end && is_quote(tree->bytes[what->last]);
}

static bool says(const slip *what, const char *words)
{
    return strstr(what->problem, words) != NULL;
}

static void point(document *tree, size_t at, const char *hint, const char *message)
{
    document_error(tree, document_place(tree, at), 1, hint, "%s", message);
}

/* ---- the frequent slips ---------------------------------------------------------- */

static bool is_tab(document *tree, const slip *what)
{
    const char *line = line_start(tree, what->at);
    const char *tab = memchr(line, '\t', strspn(line, " \t"));
    if (tab == NULL && tree->bytes[what->at] == '\t')
        tab = tree->bytes + what->at;
    if (tab == NULL)
        return false;
    point(tree, (size_t)(tab - tree->bytes), "use spaces",
          "a tab is not allowed as indentation");
    return true;
}

/* The end of a condition that YAML broke off at its brace. */
static size_t condition_end(const document *tree, size_t brace)
{
    const char *bytes = tree->bytes;
    size_t close = brace + strcspn(bytes + brace, "]}\r\n");
    if (bytes[close] == '}' || bytes[close] == ']') {
        close++;
        close += strcspn(bytes + close, ",]}\r\n");
    }
    return behind_text_before(tree, close);
}

static bool is_key_of_flow_map(const document *tree, const slip *what)
{
    size_t before = behind_text_before(tree, what->last);
    return tree->bytes[what->opener] == '{' && before > 0 &&
           strchr("{,", tree->bytes[before - 1]);
}

/* {if: nato in {a, b}}: the text ends where its brace begins. */
static bool is_unquoted_condition(document *tree, const slip *what)
{
    char found = tree->bytes[what->at];
    if ((found != '{' && found != '[') || what->last == what->last_end ||
        behind_text_before(tree, what->at) != what->last_end ||
        last_is_quoted(tree, what))
        return false;
    truce_place place = document_place(tree, what->last);
    size_t end = condition_end(tree, what->at);
    uint32_t width = document_place(tree, end).column - place.column;
    if (is_key_of_flow_map(tree, what)) {
        document_error(tree, document_place(tree, what->at), 1, NULL,
                       "expected ':' between a key and its value");
        return true;
    }
    arena memory = {0};
    const char *text =
        arena_text_n(&memory, tree->bytes + what->last, end - what->last);
    document_error(
        tree, place, width, arena_format(&memory, "write \"%s\"", text),
        "a condition with braces or commas within { } or [ ] must stand in quotes");
    arena_free(&memory);
    return true;
}

static bool goes_on_after_quote(document *tree, const slip *what)
{
    bool follows = last_is_quoted(tree, what) &&
                   on_one_line(tree, what->last_end, what->at) &&
                   behind_text_before(tree, what->at) == what->last_end;
    if (!follows || strchr(",:{}[]", tree->bytes[what->at]))
        return false;
    point(tree, what->at, "put the whole text in quotes, or a comma behind the quote",
          "a text goes on after its closing quote");
    return true;
}

static void say_not_closed(document *tree, const slip *what)
{
    document_error(tree, document_place(tree, what->opener), 1, NULL,
                   "the '%c' opened here is not closed", tree->bytes[what->opener]);
}

static void say_comma_missing(document *tree, size_t at)
{
    size_t end = document_line_end(tree, document_place(tree, at).line);
    point(tree, at < end ? at : end, NULL,
          "a comma is missing at the end of this line");
}

/* The entry after which something is missing began on an earlier line than where the
 * parser noticed: either the bracket was to be closed there, or a comma is missing. */
static void explain_over_lines(document *tree, const slip *what, size_t before)
{
    if (what->at >= tree->length ||
        indentation(tree, what->at) <= indentation(tree, what->opener))
        say_not_closed(tree, what);
    else
        say_comma_missing(tree, before);
}

/* Within { } or [ ] something stands where a comma or the closing bracket was due. */
static void explain_flow(document *tree, const slip *what)
{
    char found = tree->bytes[what->at], opener = tree->bytes[what->opener];
    char closer = opener == '[' ? ']' : '}';
    size_t before = behind_text_before(tree, what->at);
    truce_place begun = document_place(tree, what->opener);
    truce_place place = document_place(tree, what->at);
    bool text_spills = found == ':' && !on_one_line(tree, what->last, what->at);
    if (is_unquoted_condition(tree, what) || goes_on_after_quote(tree, what))
        return;
    if (found != '\0' && strchr("]}", found))
        document_error(tree, place, 1, NULL,
                       "found '%c' where '%c' closes the '%c' of line %u, column %u",
                       found, closer, opener, (unsigned)begun.line,
                       (unsigned)begun.column);
    else if (text_spills)
        explain_over_lines(
            tree, what, document_line_end(tree, document_place(tree, what->last).line));
    else if (!on_one_line(tree, before, what->at) || found == '\0')
        explain_over_lines(tree, what, before);
    else if (found == ':')
        document_error(
            tree, place, 1,
            "put a comma between two entries, and a text with a colon in quotes",
            "a colon is not expected here");
    else
        document_error(tree, place, 1, NULL, "expected ',' or '%c' before this",
                       closer);
}

static const char needs_colon[] = "a key needs ':' and a value behind it";

/* "title: a: b"; or a line below a line that has its value already, or has no ':'. */
static void explain_colon(document *tree, const slip *what)
{
    const char *line = line_start(tree, what->at);
    const char *colon = strstr(line, ": ");
    size_t key = (size_t)(line - tree->bytes) + strspn(line, " -");
    size_t above = behind_text_before(tree, key);
    size_t above_key = (size_t)(line_start(tree, above) - tree->bytes);
    above_key += indentation(tree, above);
    if (colon && colon < tree->bytes + what->at)
        point(tree, what->at, "put the text in quotes",
              "a colon followed by a blank stands within a text");
    else if (indentation(tree, above) >= indentation(tree, key))
        point(tree, above_key, NULL, needs_colon);
    else
        point(tree, key, NULL,
              "this line is indented deeper than the text above allows");
}

/* A colon or a closing bracket with nothing before it that it belongs to. */
static bool is_stray_mark(document *tree, const slip *what)
{
    char found = tree->bytes[what->at];
    if (found == ':')
        point(tree, what->at, NULL, "a key is missing before ':'");
    else if (found == '}' || found == ']')
        document_error(tree, document_place(tree, what->at), 1, NULL,
                       "this '%c' closes nothing", found);
    return found == ':' || found == '}' || found == ']';
}

static void explain_indentation(document *tree, const slip *what)
{
    truce_place begun = document_place(tree, what->opener);
    if (goes_on_after_quote(tree, what) || is_stray_mark(tree, what))
        return;
    document_error(
        tree, document_place(tree, what->at), 1, NULL,
        "this does not fit the %s that begins in line %u: its entries stand in "
        "column %u",
        says(what, "'-'") ? "list" : "map", (unsigned)begun.line,
        (unsigned)begun.column);
}

static void explain_missing_value(document *tree, const slip *what)
{
    if (tree->bytes[what->at] == ':')
        point(tree, what->at, NULL, "a key is missing before ':'");
    else
        point(tree, what->at, NULL, "a value is missing before this");
}

static void explain_first_letter(document *tree, const slip *what)
{
    char found = tree->bytes[what->at];
    if (found == '%')
        point(tree, what->at, "put a text that begins with '%' in quotes",
              "directives (%YAML, %TAG) are not allowed");
    else
        document_error(tree, document_place(tree, what->at), 1,
                       "put the text in quotes", "a text cannot begin with '%c'",
                       found);
}

/* Anchors, aliases, tags and directives that are not even well-formed. */
static bool is_refused_mark(document *tree, const slip *what)
{
    static const struct {
        char mark;
        const char *words;
    } marks[] = {
        {'&', "anchors (&name) are not allowed"},
        {'*', "aliases (*name) are not allowed"},
        {'!', "tags (!name) are not allowed"},
        {'%', "directives (%YAML, %TAG) are not allowed"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (tree->bytes[what->opener] == marks[i].mark) {
            point(tree, what->opener,
                  "put the text in quotes when it is meant to begin so",
                  marks[i].words);
            return true;
        }
    return false;
}

/* ---- the table ------------------------------------------------------------------- */

typedef struct phrase {
    const char *problem;                               /* words of the parser */
    void (*explain)(document *tree, const slip *what); /* or, when NULL, what follows */
    bool at_opener;
    const char *message, *hint;
} phrase;

static const phrase phrases[] = {
    {"did not find expected ',' or", explain_flow, false, NULL, NULL},
    {"mapping values are not allowed", explain_colon, false, NULL, NULL},
    {"did not find expected key", explain_indentation, false, NULL, NULL},
    {"did not find expected '-' indicator", explain_indentation, false, NULL, NULL},
    {"cannot start any token", explain_first_letter, false, NULL, NULL},
    {"could not find expected ':'", NULL, true, needs_colon, NULL},
    {"unexpected end of stream", NULL, true, "the quote opened here is not closed",
     NULL},
    {"unexpected document indicator", NULL, true, "the quote opened here is not closed",
     NULL},
    {"expected node content", explain_missing_value, false, NULL, NULL},
    {"block sequence entries", NULL, false, "a list cannot begin here",
     "begin it on a line of its own, or write [a, b]"},
    {"mapping keys are not allowed", NULL, false,
     "complex keys (? key) are not allowed", "write the key without the question mark"},
    {"unknown escape character", NULL, false,
     "unknown escape in a text in double quotes",
     "write \\\\ for a backslash, or use single quotes"},
    {"hexdecimal number", NULL, false,
     "an escape \\x, \\u or \\U needs hexadecimal digits",
     "write \\\\ for a backslash, or use single quotes"},
    {"Unicode character escape", NULL, false, "this escape names no character", NULL},
    {"expected <document start>", NULL, false,
     "this stands outside the map that the file begins with",
     "indent all keys of a map alike"},
    {"comment or line break", NULL, false,
     "a text after | or > begins on the next line", "put the text in quotes"},
    {"indentation indicator", NULL, false, "the indentation after | or > is 1 to 9",
     NULL},
    {"unexpected ':'", NULL, false, "a colon is not expected here",
     "put the text in quotes"},
};

void slip_explain(document *tree, const slip *what)
{
    if (is_tab(tree, what))
        return;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        const phrase *known = &phrases[i];
        if (!says(what, known->problem))
            continue;
        if (known->explain)
            known->explain(tree, what);
        else
            point(tree, known->at_opener ? what->opener : what->at, known->hint,
                  known->message);
        return;
    }
    if (!is_refused_mark(tree, what))
        document_error(tree, document_place(tree, what->at), 1, NULL,
                       "this is not YAML that a scenario may hold (%s)", what->problem);
}
