/* The pen of pages. Every byte of a file passes through markup_text(). */
#include "report/html.h"

#include "base/text.h"
#include "report/anchors.h"
#include "report/markup.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

enum { ID_LONGEST = 255 };

void html_raw(html *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(to->out, format, arguments);
    va_end(arguments);
}

/* ---- text ------------------------------------------------------------------------ */

void html_text_n(html *to, const char *text, size_t length)
{
    markup_text(to->out, text, length);
}

void html_text(html *to, const char *text)
{
    if (text != NULL)
        markup_text(to->out, text, strlen(text));
}

const char *html_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

/* ---- links ----------------------------------------------------------------------- */

void html_link(html *to, anchor where, const char *text)
{
    html_raw(to, "<a href=\"#%s-%zu\">", where.kind, where.number);
    html_text(to, text);
    html_raw(to, "</a>");
}

/* Bytes of what may be an id or a path at text: letters, digits, '-', '_' and '.', with
 * ':' between them. */
static size_t token_length(const char *text, size_t length)
{
    size_t found = text_id_length(text, length);
    while (found > 0 && found + 1 < length && text[found] == ':') {
        size_t more = text_id_length(text + found + 1, length - found - 1);
        if (more == 0)
            break;
        found += 1 + more;
    }
    while (found > 0 && (text[found - 1] == '.' || text[found - 1] == ':'))
        found--; /* the end of a sentence */
    return found;
}

static bool find_token(const html *to, const char *text, size_t length, anchor *found)
{
    char id[ID_LONGEST + 1];
    if (to->links == NULL || length == 0 || length > ID_LONGEST)
        return false;
    memcpy(id, text, length);
    id[length] = '\0';
    return anchors_find(to->links, id, found);
}

/* Something that no word of a sentence looks like. */
static bool is_marked(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (strchr("0123456789-_.:", text[i]) != NULL)
            return true;
    return false;
}

/* Is it "c-first, c-steady" and nothing else? */
static bool is_id_list(const html *to, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, ",");
        anchor found;
        if (!find_token(to, text, length, &found))
            return false;
        text += length;
        text += strspn(text, ", ");
    }
    return true;
}

void html_linked(html *to, const char *text)
{
    size_t length = strlen(text);
    bool all = is_id_list(to, text);
    if (text_valid(text, length) < length) {
        html_text_n(to, text, length);
        return;
    }
    for (size_t at = 0, bytes; at < length; at += bytes) {
        anchor found;
        bytes = token_length(text + at, length - at);
        if (bytes == 0) {
            bytes = text_step(text + at);
            html_text_n(to, text + at, bytes);
            continue;
        }
        bool linked = (all || is_marked(text + at, bytes)) &&
                      find_token(to, text + at, bytes, &found);
        if (linked)
            html_raw(to, "<a href=\"#%s-%zu\">", found.kind, found.number);
        html_text_n(to, text + at, bytes);
        if (linked)
            html_raw(to, "</a>");
    }
}

/* ---- lists ----------------------------------------------------------------------- */

static void close_list(html *to)
{
    html_raw(to, "</li>\n</%s>\n", to->lists[--to->depth].mark == '1' ? "ol" : "ul");
}

void html_lists_end(html *to)
{
    while (to->depth > 0)
        close_list(to);
}

static void open_list(html *to, size_t indent, char mark)
{
    if (to->depth == LISTS_DEEP)
        close_list(to);
    to->lists[to->depth++] = (struct html_list){indent, mark};
    html_raw(to, mark == '1'   ? "<ol>\n"
                 : mark == '-' ? "<ul>\n"
                               : "<ul class=\"plain\">\n");
}

void html_item(html *to, size_t indent, const char *mark, const char *text)
{
    size_t number = strspn(mark, " ");
    char kind = mark[number] >= '0' && mark[number] <= '9' ? '1'
                : mark[number] == '-'                      ? '-'
                                                           : ' ';
    while (to->depth > 0 && to->lists[to->depth - 1].indent > indent)
        close_list(to);
    if (to->depth > 0 && to->lists[to->depth - 1].indent == indent &&
        to->lists[to->depth - 1].mark != kind)
        close_list(to);
    if (to->depth > 0 && to->lists[to->depth - 1].indent == indent)
        html_raw(to, "</li>\n");
    else
        open_list(to, indent, kind);
    html_raw(to, "<li>");
    html_linked(to, text);
}
