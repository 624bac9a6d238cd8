/* Diagnostics are kept sorted by place: readers find some mistakes late (a name that no
 * later line defines), and a person mends a file from top to bottom. */
#include "base/error.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WARNINGS_KEPT = 200 };

/* What truce_diagnostics_new() makes; the public struct comes first, so that a pointer
 * to it is a pointer to this. */
typedef struct diagnostics_book {
    truce_diagnostics public;
    arena memory;
    truce_diagnostic *items;
    size_t room;
} diagnostics_book;

truce_status error_say(truce_error *error, truce_status status, const char *format, ...)
{
    if (error == NULL)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

truce_diagnostics *truce_diagnostics_new(void)
{
    diagnostics_book *book = must_allocate_zeroed(1, sizeof *book);
    return &book->public;
}

void truce_diagnostics_free(truce_diagnostics *diagnostics)
{
    if (diagnostics == NULL)
        return;
    diagnostics_book *book = (diagnostics_book *)diagnostics;
    arena_free(&book->memory);
    free(book->items);
    free(book);
}

static bool is_full(const truce_diagnostics *diagnostics, truce_severity severity)
{
    size_t warnings_kept =
        diagnostics->count + diagnostics->untold - diagnostics->errors;
    return severity == TRUCE_ERROR ? diagnostics->errors >= ERRORS_KEPT
                                   : warnings_kept >= WARNINGS_KEPT;
}

static bool is_before(truce_place one, truce_place other)
{
    if (one.line != other.line)
        return one.line < other.line;
    return one.column < other.column;
}

static void keep(diagnostics_book *book, truce_diagnostic item)
{
    size_t count = book->public.count;
    grow(book->items, count, book->room);
    size_t at = count - 1;
    while (at > 0 && is_before(item.place, book->items[at - 1].place)) {
        book->items[at] = book->items[at - 1];
        at--;
    }
    book->items[at] = item;
    book->public.items = book->items;
    book->public.count = count;
}

void diagnostics_add(truce_diagnostics *diagnostics, const remark *about,
                     const char *format, ...)
{
    diagnostics_book *book = (diagnostics_book *)diagnostics;
    bool full = is_full(diagnostics, about->severity);
    if (about->severity == TRUCE_ERROR) {
        diagnostics->errors++;
        diagnostics->untold += full;
    } else {
        diagnostics->warnings++;
    }
    if (full)
        return;
    va_list arguments;
    va_start(arguments, format);
    truce_diagnostic item = {
        .severity = about->severity,
        .place = about->place,
        .message = arena_format_v(&book->memory, format, arguments),
        .hint = arena_text(&book->memory, about->hint),
        .source = arena_text_n(&book->memory, about->source, about->source_length),
        .width = about->width ? about->width : 1,
    };
    va_end(arguments);
    item.place.file = arena_text(&book->memory, about->place.file);
    keep(book, item);
}
