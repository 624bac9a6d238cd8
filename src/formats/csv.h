/* csv.h - tables of comma-separated values (RFC 4180), row by row, each cell with its
 * place.
 *
 *     csv table = csv_open("A.csv", bytes, length, diagnostics);
 *     while (csv_next(&table))
 *         ... table.cells[k].text, table.cell_count ...
 *     csv_close(&table);
 *
 * Lines end with LF or CR LF; a quoted cell may hold commas, line ends and doubled quotes.
 * Empty lines are passed over.
 */
#ifndef FORMATS_CSV_H
#define FORMATS_CSV_H

#include "base/arena.h"
#include "base/error.h"

typedef struct csv_cell {
    const char *text; /* not ended by NUL; valid until the next row */
    size_t length;
    const char *at; /* where it begins among the bytes, its quote included */
} csv_cell;

typedef struct csv {
    const char *file;
    truce_diagnostics *diagnostics;
    const char *bytes, *at, *end;
    const char *row;     /* where the row began */
    uint32_t line, next; /* of the row; of what comes after it */
    csv_cell *cells;
    size_t cell_count, cell_room;
    char *unquoted; /* cells without their quotes */
    size_t unquoted_room;
    bool broken; /* a quote that never ends, or bytes that are no UTF-8: told */
} csv;

/* bytes must outlive the table. A byte order mark is passed over. */
csv csv_open(const char *file, const char *bytes, size_t length,
             truce_diagnostics *diagnostics);

/* False at the end, or when nothing more can be read (broken). O(row). */
bool csv_next(csv *table);

void csv_close(csv *table);

/* An error about a cell of the row at hand (or, one behind the last, about the row's end);
 * hint may be NULL. */
void csv_error(csv *table, size_t cell, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void csv_warning(csv *table, size_t cell, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
