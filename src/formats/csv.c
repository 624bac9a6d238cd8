/* The bytes are never changed, so that the line of a mistake can be shown as it is. */
#include "formats/csv.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t line_length(const csv *table, const char *from)
{
    const char *end = memchr(from, '\n', (size_t)(table->end - from));
    size_t length = (size_t)((end ? end : table->end) - from);
    return length > 0 && from[length - 1] == '\r' ? length - 1 : length;
}

static uint32_t column_of(const csv *table, const char *at)
{
    return (uint32_t)text_characters(table->row, (size_t)(at - table->row)) + 1;
}

__attribute__((format(printf, 6, 0))) static void
tell(csv *table, truce_severity severity, uint32_t column, size_t width,
     const char *hint, const char *format, va_list arguments)
{
    char sentence[400];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    remark about = {.severity = severity,
                    .place = {table->file, table->line, column},
                    .source = table->row,
                    .source_length = line_length(table, table->row),
                    .width = (uint32_t)width,
                    .hint = hint};
    diagnostics_add(table->diagnostics, &about, "%s", sentence);
}

__attribute__((format(printf, 5, 0))) static void
tell_cell(csv *table, truce_severity severity, size_t cell, const char *hint,
          const char *format, va_list arguments)
{
    if (cell < table->cell_count) {
        const csv_cell *one = &table->cells[cell];
        tell(table, severity, column_of(table, one->at),
             text_characters(one->text, one->length), hint, format, arguments);
        return;
    }
    size_t length = line_length(table, table->row);
    tell(table, severity, (uint32_t)text_characters(table->row, length) + 1, 1, hint,
         format, arguments);
}

void csv_error(csv *table, size_t cell, const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell_cell(table, TRUCE_ERROR, cell, hint, format, arguments);
    va_end(arguments);
}

void csv_warning(csv *table, size_t cell, const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell_cell(table, TRUCE_WARNING, cell, hint, format, arguments);
    va_end(arguments);
}

/* ---- text ------------------------------------------------------------------------ */

__attribute__((format(printf, 4, 5))) static void
break_off(csv *table, uint32_t column, const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(table, TRUCE_ERROR, column, 1, hint, format, arguments);
    va_end(arguments);
    table->broken = true;
}

static bool is_control(unsigned char c)
{
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/* The first byte that is no text, told with its place; the rows before it are read. */
static void find_unfit(csv *table)
{
    size_t length = (size_t)(table->end - table->bytes);
    size_t unfit = text_valid(table->bytes, length);
    for (size_t k = 0; k < unfit; k++)
        if (is_control((unsigned char)table->bytes[k]))
            unfit = k;
    if (unfit == length)
        return;
    for (const char *c = table->bytes; c < table->bytes + unfit; c++)
        if (*c == '\n') {
            table->line++;
            table->row = c + 1;
        }
    unsigned char byte = (unsigned char)table->bytes[unfit];
    size_t before = (size_t)(table->bytes + unfit - table->row);
    uint32_t column = (uint32_t)text_characters(table->row, before) + 1;
    if (byte < 0x80)
        break_off(table, column, NULL, "a control character (0x%02X) is not allowed",
                  (unsigned)byte);
    else
        break_off(table, column, "save the file as UTF-8", "invalid UTF-8: byte 0x%02X",
                  (unsigned)byte);
}

csv csv_open(const char *file, const char *bytes, size_t length,
             truce_diagnostics *diagnostics)
{
    csv table = {.file = file,
                 .diagnostics = diagnostics,
                 .bytes = bytes,
                 .row = bytes,
                 .line = 1,
                 .next = 1};
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        table.bytes += 3;
        table.row += 3;
        length -= 3;
    }
    table.at = table.bytes;
    table.end = table.bytes + length;
    find_unfit(&table);
    return table;
}

void csv_close(csv *table)
{
    free(table->cells);
    free(table->unquoted);
}

/* ---- rows ------------------------------------------------------------------------ */

static bool at_line_end(const csv *table)
{
    return table->at == table->end || *table->at == '\n' ||
           (*table->at == '\r' && table->at + 1 < table->end && table->at[1] == '\n');
}

static void pass_line_end(csv *table)
{
    if (table->at < table->end && *table->at == '\r')
        table->at++;
    if (table->at < table->end)
        table->at++;
    table->next++;
}

static void take_plain(csv *table)
{
    const char *from = table->at;
    while (table->at < table->end && *table->at != ',' && !at_line_end(table))
        table->at++;
    *grow(table->cells, table->cell_count, table->cell_room) =
        (csv_cell){from, (size_t)(table->at - from), from};
}

/* Behind the first quote up to behind the last; false when it never ends. The text goes to
 * `into`, which has room for the whole row. */
static bool take_quoted(csv *table, char **into)
{
    const char *from = table->at;
    char *text = *into;
    for (table->at++; table->at < table->end; table->at++) {
        if (*table->at == '"') {
            if (table->at + 1 == table->end || table->at[1] != '"')
                break;
            table->at++;
        }
        table->next += *table->at == '\n';
        *(*into)++ = *table->at;
    }
    if (table->at == table->end) {
        break_off(table, column_of(table, from),
                  "double a quote that belongs to the text", "this quote never ends");
        return false;
    }
    table->at++;
    *grow(table->cells, table->cell_count, table->cell_room) =
        (csv_cell){text, (size_t)(*into - text), from};
    if (table->at < table->end && *table->at != ',' && !at_line_end(table)) {
        break_off(table, column_of(table, from),
                  "double a quote that belongs to the text",
                  "something stands between the end of this quote and the next comma");
        return false;
    }
    return true;
}

/* Room for all that quoted cells of this row can hold: the row may be any number of lines
 * long, but no longer than up to an even number of quotes. */
static char *room_for_quoted(csv *table)
{
    const char *end = table->at;
    for (bool inside = false; end < table->end && (inside || *end != '\n'); end++)
        inside ^= *end == '"';
    size_t length = (size_t)(end - table->at);
    if (length > table->unquoted_room) {
        free(table->unquoted);
        table->unquoted_room = 2 * length;
        table->unquoted = must_allocate(table->unquoted_room);
    }
    return table->unquoted;
}

bool csv_next(csv *table)
{
    while (!table->broken && table->at < table->end && at_line_end(table))
        pass_line_end(table);
    if (table->broken || table->at == table->end)
        return false;
    table->row = table->at;
    table->line = table->next;
    table->cell_count = 0;
    char *unquoted = NULL;
    for (;; table->at++) {
        if (table->at < table->end && *table->at == '"') {
            if (unquoted == NULL)
                unquoted = room_for_quoted(table);
            if (!take_quoted(table, &unquoted))
                return false;
        } else {
            take_plain(table);
        }
        if (table->at == table->end || *table->at != ',')
            break; /* a comma at the very end is followed by an empty cell */
    }
    pass_line_end(table);
    return true;
}
