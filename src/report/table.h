/* table.h - tables that fit the page, whatever alphabet their cells are written in.
 *
 *     table rows = table_begin(&to.memory);
 *     table_column(&rows, TABLE_NAME, "Demand");
 *     table_column(&rows, TABLE_TEXT, "Wants");
 *     table_row(&rows);
 *       table_cell(&rows, "d1");
 *       table_cell(&rows, "ceasefire >= %s", value);
 *     table_print(&rows, &to, 2);      which ends the table as well
 *
 * When a table is too wide its text columns give way first and are wrapped; then its
 * names. When even that is not enough, it is printed in parts, each with the first
 * column again.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "report/page.h"

typedef enum table_kind {
    TABLE_TEXT,  /* to the left, wrapped when need be */
    TABLE_NAME,  /* to the left, whole as long as possible */
    TABLE_NUMBER /* to the right, always whole */
} table_kind;

struct table_column {
    table_kind kind;
    const char *title;
    size_t width, least; /* while it is laid out as text */
};

typedef struct table {
    arena *memory;
    struct table_column *columns;
    size_t column_count, column_room;
    /* row by row, [row_count * column_count]; NULL is an empty one */
    const char **cells;
    size_t cell_count, cell_room;
    size_t row_count;
    const char **anchors; /* [row_count] ids of rows in HTML, or NULL */
    size_t anchor_room;
} table;

table table_begin(arena *memory);

/* All columns come before the first row. title is kept, not copied. */
void table_column(table *to, table_kind kind, const char *title);

void table_row(table *to);
void table_cell(table *to, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What links to this row on a page in HTML: "claim-3"; nothing in a text. */
void table_anchor(table *to, const char *kind, size_t number);

/* A blank line between the rows before and after. */
void table_space(table *to);

void table_print(table *to, page *on, size_t indent);

#endif
