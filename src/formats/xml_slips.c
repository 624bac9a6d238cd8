/* What a person probably meant where XML gives up. The files of the field were written by
 * hand and by programs that pasted names between quotes, so nearly every mistake is one of
 * a few: a quote within quotes, a bare & or <, a value without quotes. The tag in which
 * the parser stopped is walked attribute by attribute to the first thing that does not
 * fit. */
#include "formats/xml.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip_blanks(const char *bytes, size_t at)
{
    while (is_blank(bytes[at]))
        at++;
    return at;
}

/* The "<" of the tag that holds a byte, or SIZE_MAX when it stands between tags. */
static size_t tag_around(const document *tree, size_t at)
{
    while (at > 0 && tree->bytes[at] != '<')
        if (tree->bytes[--at] == '>')
            return SIZE_MAX;
    return tree->bytes[at] == '<' ? at : SIZE_MAX;
}

/* Where a tag stops being sound. */
typedef enum stop {
    STOP_NAME,   /* no attribute may begin here */
    STOP_EQUALS, /* behind a name, where a = must stand */
    STOP_QUOTE,  /* behind the =, where a quote must stand */
    STOP_VALUE   /* within the quotes */
} stop;

/* A tag walked as far as it is sound: `at` is the first byte that does not fit, `value` the
 * quote that opens the last value met before it (0: none), and key its name. */
typedef struct walk {
    stop why;
    size_t at, value, key, key_length;
} walk;

static walk walk_tag(const char *bytes, size_t open)
{
    walk w = {.at = open + 1};
    w.at += strcspn(bytes + w.at, " \t\r\n/>");
    for (;;) {
        size_t key = skip_blanks(bytes, w.at);
        size_t length = strcspn(bytes + key, " \t\r\n=\"'<>/");
        bool parted = key > w.at;
        w.why = STOP_NAME;
        w.at = key;
        if (length == 0 || !parted)
            return w;
        w.key = key;
        w.key_length = length;
        w.why = STOP_EQUALS;
        w.at = skip_blanks(bytes, key + length);
        if (bytes[w.at] != '=')
            return w;
        w.why = STOP_QUOTE;
        w.at = skip_blanks(bytes, w.at + 1);
        if (bytes[w.at] != '"' && bytes[w.at] != '\'')
            return w;
        w.why = STOP_VALUE;
        w.value = w.at;
        w.at += 1 + strcspn(bytes + w.at + 1, bytes[w.at] == '"' ? "\"<&" : "'<&");
        if (bytes[w.at] != bytes[w.value])
            return w;
        w.at++;
    }
}

/* What follows the closing quote of a value is no new attribute: the quote was one of the
 * text. */
static bool has_quote_within(const char *bytes, const walk *w)
{
    size_t length = strcspn(bytes + w->at, "<>");
    return w->value && (w->why == STOP_NAME || w->why == STOP_EQUALS) &&
           memchr(bytes + w->at, bytes[w->value], length) != NULL;
}

/* &name; with a name, behind the &. */
static bool is_entity(const char *bytes)
{
    size_t length = strcspn(bytes, "; \t\r\n<>&\"'");
    return bytes[length] == ';' && length > 0;
}

static void explain_ampersand(document *tree, size_t at)
{
    if (is_entity(tree->bytes + at + 1))
        document_error(tree, document_place(tree, at), 1,
                       "XML knows &amp; &lt; &gt; &quot; and &apos; alone",
                       "a name behind & that XML does not know");
    else
        document_error(tree, document_place(tree, at), 1, "write it as &amp;",
                       "a bare & is not XML");
}

static bool explain_tag(document *tree, size_t open)
{
    const char *bytes = tree->bytes;
    walk w = walk_tag(bytes, open);
    int length = (int)(w.key_length < 60 ? w.key_length : 60);
    if (has_quote_within(bytes, &w))
        document_error(tree, document_place(tree, w.value), 1,
                       "write a quote within quotes as &quot;",
                       "the quotes of this text end too early, or it holds a quote of "
                       "its own");
    else if (bytes[w.at] == '&')
        explain_ampersand(tree, w.at);
    else if (w.why == STOP_VALUE)
        document_error(tree, document_place(tree, w.value), 1,
                       "write < within quotes as &lt;",
                       "these quotes are not closed before the next <");
    else if (w.why == STOP_QUOTE || (w.why == STOP_EQUALS && bytes[w.at] != '<'))
        document_error(tree, document_place(tree, w.key), (uint32_t)length,
                       "for example evaluation=\"5\"",
                       "attribute \"%.*s\" wants a value in quotes", length,
                       bytes + w.key);
    else
        return false;
    return true;
}

void xml_explain(document *tree, size_t at, const char *problem)
{
    const char *bytes = tree->bytes;
    size_t open = tag_around(tree, at);
    if (bytes[at] == '&' || (at > 0 && bytes[at - 1] == '&'))
        explain_ampersand(tree, bytes[at] == '&' ? at : at - 1);
    else if (strchr(bytes, '<') == NULL)
        document_error(tree, document_place(tree, at), 1, NULL, "this is not XML");
    else if (open == SIZE_MAX || !explain_tag(tree, open))
        document_error(tree, document_place(tree, at), 1, NULL,
                       "this is not well-formed XML: %s", problem);
}
