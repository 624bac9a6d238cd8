/* csv.h - tables for other programs: RFC 4180, but lines end with a line feed alone.
 *
 *     csv to = csv_begin(out);
 *     csv_text(&to, "party");  csv_text(&to, "utility");  csv_row(&to);
 *     csv_text(&to, "ANA");    csv_number(&to, 68);       csv_row(&to);
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include <truce/report.h>

typedef struct csv {
    FILE *out;
    bool begun; /* the row has a cell already */
} csv;

csv csv_begin(FILE *out);
void csv_text(csv *to, const char *text); /* NULL leaves the cell empty */
void csv_number(csv *to, double value);   /* as in JSON; NaN leaves it empty */
void csv_whole(csv *to, size_t value);
void csv_count(csv *to, truce_count count); /* empty unless exact */
void csv_row(csv *to);                      /* ends the row */

#endif
