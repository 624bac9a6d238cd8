/* A cell is put in quotation marks only where its text asks for it. */
#include "report/csv.h"

#include <math.h>
#include <string.h>

csv csv_begin(FILE *out)
{
    return (csv){.out = out};
}

static void begin_cell(csv *to)
{
    if (to->begun)
        fputc(',', to->out);
    to->begun = true;
}

static void write_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void csv_text(csv *to, const char *text)
{
    begin_cell(to);
    if (text == NULL)
        return;
    if (strpbrk(text, ",\"\r\n"))
        write_quoted(to->out, text);
    else
        fputs(text, to->out);
}

void csv_number(csv *to, double value)
{
    begin_cell(to);
    if (isfinite(value))
        fprintf(to->out, "%.12g", value == 0 ? 0.0 : value);
}

void csv_whole(csv *to, size_t value)
{
    begin_cell(to);
    fprintf(to->out, "%zu", value);
}

void csv_count(csv *to, truce_count count)
{
    csv_text(to, count.exact);
}

void csv_row(csv *to)
{
    fputc('\n', to->out);
    to->begun = false;
}
