/* Mistakes in an input the way a good compiler tells them. Lines are counted in
 * characters by the reader and in columns by the terminal; both meet here. */
#include "report/page.h"

#include "base/text.h"

#include <string.h>

enum { MARGIN = 4 };

/* The piece of the source line that is shown, and where the mark stands below it. */
typedef struct window {
    const char *text;
    size_t length;
    bool cut_before, cut_after;
    size_t space, marks; /* columns before the mark, and of the mark */
} window;

static const char *next_character(const char *at)
{
    do
        at++;
    while (((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

static const char *character_before(const char *start, const char *at)
{
    do
        at--;
    while (at > start && ((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

static const char *skip_characters(const char *at, size_t count)
{
    while (count-- > 0 && *at != '\0')
        at = next_character(at);
    return at;
}

/* Tabs and other controls take one column each, here as on the page. */
static size_t columns_of(const char *from, const char *to)
{
    size_t columns = 0;
    for (const char *at = from; at < to; at = next_character(at))
        columns += (unsigned char)*at < 0x20
                       ? 1
                       : text_width(at, (size_t)(next_character(at) - at));
    return columns;
}

/* Goes back from the mark as far as room allows. */
static const char *window_start(const char *source, const char *mark, size_t room)
{
    const char *start = mark;
    size_t used = 0;
    while (start > source) {
        const char *before = character_before(source, start);
        used += columns_of(before, start);
        if (used > room)
            break;
        start = before;
    }
    return start;
}

static const char *window_end(const char *start, size_t room)
{
    const char *end = start;
    size_t used = 0;
    while (*end != '\0') {
        used += columns_of(end, next_character(end));
        if (used > room)
            break;
        end = next_character(end);
    }
    return end;
}

static window window_of(const truce_diagnostic *item, size_t room)
{
    size_t column = item->place.column > 0 ? item->place.column - 1 : 0;
    const char *mark = skip_characters(item->source, column);
    const char *after = skip_characters(mark, item->width);
    const char *start = window_start(item->source, mark, room);
    if (start > item->source || *window_end(start, room) != '\0')
        start = window_start(item->source, mark, room / 2);
    const char *end = window_end(start, room);
    size_t marks = columns_of(mark, after < end ? after : end > mark ? end : mark);
    return (window){.text = start,
                    .length = (size_t)(end - start),
                    .cut_before = start > item->source,
                    .cut_after = *end != '\0',
                    .space = columns_of(start, mark),
                    .marks = marks > 0 ? marks : 1};
}

static void print_source(page *to, const truce_diagnostic *item)
{
    window shown = window_of(item, to->width - MARGIN - 6);
    size_t dots = shown.cut_before ? 3 : 0;
    page_spaces(to, MARGIN);
    page_put(to, "...", dots);
    page_put(to, shown.text, shown.length);
    page_put(to, "...", shown.cut_after ? 3 : 0);
    fputc('\n', to->out);
    page_spaces(to, MARGIN + dots + shown.space);
    page_ink(to, INK_BOLD);
    fputc('^', to->out);
    for (size_t i = 1; i < shown.marks; i++)
        fputc('~', to->out);
    page_ink(to, INK_PLAIN);
    fputc('\n', to->out);
}

static void print_place(page *to, const truce_place *place)
{
    if (place->file == NULL)
        return;
    page_put(to, place->file, strlen(place->file));
    if (place->line > 0)
        fprintf(to->out, ":%u:%u", place->line, place->column);
    fputs(": ", to->out);
}

static void print_one(page *to, const truce_diagnostic *item)
{
    page_ink(to, INK_BOLD);
    print_place(to, &item->place);
    fputs(item->severity == TRUCE_ERROR ? "error: " : "warning: ", to->out);
    page_ink(to, INK_PLAIN);
    page_put(to, item->message, strlen(item->message));
    if (item->hint != NULL) {
        page_put(to, "; ", 2);
        page_put(to, item->hint, strlen(item->hint));
    }
    fputc('\n', to->out);
    if (item->source != NULL && item->place.line > 0)
        print_source(to, item);
}

void truce_diagnostics_print(FILE *out, const truce_diagnostics *diagnostics,
                             const truce_style *style)
{
    page to = page_begin(out, style);
    for (size_t i = 0; i < diagnostics->count; i++)
        print_one(&to, &diagnostics->items[i]);
    if (diagnostics->untold > 0)
        fprintf(out, "... and %zu more %s not shown\n", diagnostics->untold,
                diagnostics->untold == 1 ? "error" : "errors");
    page_end(&to);
}
