/* Cells are collected first; widths follow from all of them. Every column begins as
 * wide as its widest cell and the widest that may give way gives way, one step at a
 * time, until the line fits: so short columns stay whole and long ones share what is
 * left. */
#include "report/table.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    GAP = 2,         /* between columns */
    TEXT_EASY = 22,  /* text columns come down to this before titles are broken */
    TEXT_LEAST = 14, /* a text column is not made narrower than this ... */
    NAME_LEAST = 6,  /* ... nor one of names than this */
    TITLE_WORD = 20  /* a longer word in the title of numbers is broken */
};

/* Some columns of a table in the order in which they are printed. */
typedef struct selection {
    const size_t *items;
    size_t count;
} selection;

table table_begin(arena *memory)
{
    return (table){.memory = memory};
}

void table_column(table *to, table_kind kind, const char *title)
{
    *grow(to->columns, to->column_count, to->column_room) =
        (struct table_column){.kind = kind, .title = title};
}

/* Cells the row before has not filled are empty. */
static void fill_row(table *to)
{
    while (to->cell_count < to->row_count * to->column_count)
        *grow(to->cells, to->cell_count, to->cell_room) = NULL;
}

void table_row(table *to)
{
    fill_row(to);
    to->row_count++;
}

void table_anchor(table *to, const char *kind, size_t number)
{
    if (to->anchors == NULL || to->row_count > to->anchor_room) {
        size_t room = 2 * to->row_count + 16;
        const char **anchors = arena_array(to->memory, room, const char *);
        for (size_t r = 0; r < to->anchor_room; r++)
            anchors[r] = to->anchors[r];
        to->anchors = anchors;
        to->anchor_room = room;
    }
    to->anchors[to->row_count - 1] = arena_format(to->memory, "%s-%zu", kind, number);
}

void table_space(table *to)
{
    table_row(to);
    fill_row(to);
}

void table_cell(table *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(to->memory, format, arguments);
    va_end(arguments);
    *grow(to->cells, to->cell_count, to->cell_room) = text;
}

static const char *cell_at(const table *of, size_t row, size_t column)
{
    const char *text = of->cells[row * of->column_count + column];
    return text == NULL ? "" : text;
}

static size_t larger(size_t one, size_t other)
{
    return one > other ? one : other;
}

static size_t smaller(size_t one, size_t other)
{
    return one < other ? one : other;
}

static size_t widest_word(const char *text)
{
    size_t widest = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        widest = larger(widest, text_width(text, length));
        text += length + (text[length] == ' ');
    }
    return widest;
}

/* The width a column would like, and the least it can live with. */
static void measure_column(const table *of, size_t column)
{
    struct table_column *one = &of->columns[column];
    size_t cells = 0;
    for (size_t r = 0; r < of->row_count; r++) {
        const char *text = cell_at(of, r, column);
        cells = larger(cells, text_width(text, strlen(text)));
    }
    size_t title = text_width(one->title, strlen(one->title));
    size_t word = widest_word(one->title);
    one->width = larger(cells, title);
    if (one->kind == TABLE_NUMBER)
        one->least = larger(cells, smaller(word, TITLE_WORD));
    else
        one->least =
            smaller(one->width, one->kind == TABLE_TEXT ? TEXT_LEAST : NAME_LEAST);
}

static size_t line_width(const table *of, selection chosen)
{
    size_t width = 0;
    for (size_t i = 0; i < chosen.count; i++)
        width += of->columns[chosen.items[i]].width + (i > 0 ? GAP : 0);
    return width;
}

/* The widest chosen column of a kind that can give way and keep more than `kept`. */
static struct table_column *widest(const table *of, selection chosen, table_kind kind,
                                   size_t kept)
{
    struct table_column *found = NULL;
    for (size_t i = 0; i < chosen.count; i++) {
        struct table_column *one = &of->columns[chosen.items[i]];
        if (one->kind == kind && one->width > larger(one->least, kept) &&
            (found == NULL || one->width > found->width))
            found = one;
    }
    return found;
}

/* Texts first, while they read easily; numbers give way by breaking their titles. */
static struct table_column *who_gives_way(const table *of, selection chosen)
{
    static const struct {
        table_kind kind;
        size_t kept;
    } turns[] = {
        {TABLE_TEXT, TEXT_EASY}, {TABLE_NUMBER, 0}, {TABLE_TEXT, 0}, {TABLE_NAME, 0}};
    struct table_column *found = NULL;
    for (size_t t = 0; t < sizeof turns / sizeof *turns && found == NULL; t++)
        found = widest(of, chosen, turns[t].kind, turns[t].kept);
    return found;
}

/* Takes from the columns until the line fits; false when they cannot give so much. */
static bool shrink(const table *of, selection chosen, size_t width)
{
    for (size_t i = 0; i < chosen.count; i++)
        measure_column(of, chosen.items[i]);
    while (line_width(of, chosen) > width) {
        struct table_column *one = who_gives_way(of, chosen);
        if (one == NULL)
            return false;
        one->width--;
    }
    return true;
}

static void put_cell(page *on, const struct table_column *column, const char *line,
                     size_t length, bool last)
{
    size_t used = text_width(line, length);
    size_t space = column->width > used ? column->width - used : 0;
    if (column->kind == TABLE_NUMBER)
        page_spaces(on, space);
    page_put(on, line, length);
    if (column->kind != TABLE_NUMBER && !last)
        page_spaces(on, space);
}

/* The last column that has something on this line; nothing is written behind it. */
static size_t last_filled(const size_t *lengths, size_t count)
{
    while (count > 0 && lengths[count - 1] == 0)
        count--;
    return count;
}

/* The next line of every cell; returns how many columns have something on it. */
static size_t wrap_cells(const table *of, selection chosen, const char **texts,
                         size_t *lengths, const char **rests)
{
    for (size_t i = 0; i < chosen.count; i++)
        lengths[i] =
            wrap_line(&texts[i], &rests[i], of->columns[chosen.items[i]].width);
    return last_filled(lengths, chosen.count);
}

static void put_row(const table *of, page *on, selection chosen, size_t indent,
                    const char **texts)
{
    size_t *lengths = must_allocate_zeroed(chosen.count, sizeof *lengths);
    const char **rests = must_allocate_zeroed(chosen.count, sizeof *rests);
    size_t filled;
    while ((filled = wrap_cells(of, chosen, texts, lengths, rests)) > 0) {
        page_spaces(on, indent);
        for (size_t i = 0; i < filled; i++) {
            page_spaces(on, i > 0 ? GAP : 0);
            put_cell(on, &of->columns[chosen.items[i]], texts[i], lengths[i],
                     i + 1 == filled);
            texts[i] = rests[i];
        }
        fputc('\n', on->out);
    }
    free(rests);
    free(lengths);
}

static void put_rows(const table *of, page *on, selection chosen, size_t indent)
{
    const char **texts = must_allocate_zeroed(chosen.count, sizeof *texts);
    for (size_t i = 0; i < chosen.count; i++)
        texts[i] = of->columns[chosen.items[i]].title;
    page_ink(on, INK_BOLD);
    put_row(of, on, chosen, indent, texts);
    page_ink(on, INK_PLAIN);
    for (size_t r = 0; r < of->row_count; r++) {
        bool empty = true;
        for (size_t i = 0; i < chosen.count; i++) {
            texts[i] = cell_at(of, r, chosen.items[i]);
            empty = empty && *texts[i] == '\0';
        }
        if (empty)
            page_gap(on);
        else
            put_row(of, on, chosen, indent, texts);
    }
    free(texts);
}

/* The longest selection from `from` on, behind the first column, that fits; at least
 * one. */
static size_t part_length(const table *of, size_t *items, size_t from, size_t width)
{
    size_t count = 0;
    items[count++] = 0;
    for (size_t c = from; c < of->column_count; c++) {
        items[count++] = c;
        if (!shrink(of, (selection){items, count}, width) && count > 2) {
            count--;
            break;
        }
    }
    shrink(of, (selection){items, count}, width);
    return count;
}

/* ---- HTML ------------------------------------------------------------------------ */

/* A blank row parts groups. */
static bool is_blank_row(const table *of, size_t row)
{
    for (size_t c = 0; c < of->column_count; c++)
        if (*cell_at(of, row, c) != '\0')
            return false;
    return true;
}

static const char *column_class(const struct table_column *of)
{
    switch (of->kind) {
    case TABLE_TEXT:
        return " class=\"t\"";
    case TABLE_NUMBER:
        return " class=\"n\"";
    case TABLE_NAME:
        break;
    }
    return "";
}

static void write_head(const table *of, html *to)
{
    html_raw(to, "<thead>\n<tr>");
    for (size_t c = 0; c < of->column_count; c++) {
        const struct table_column *one = &of->columns[c];
        const char *element = *one->title != '\0' ? "th" : "td";
        html_raw(to, "<%s%s%s>", element, *one->title != '\0' ? " scope=\"col\"" : "",
                 column_class(one));
        html_text(to, one->title);
        html_raw(to, "</%s>", element);
    }
    html_raw(to, "</tr>\n</thead>\n");
}

static const char *anchor_of(const table *of, size_t row)
{
    return of->anchors != NULL && row < of->anchor_room ? of->anchors[row] : NULL;
}

static void write_cells(const table *of, html *to, size_t row)
{
    for (size_t c = 0; c < of->column_count; c++) {
        const char *text = cell_at(of, row, c);
        bool heads = c == 0 && *text != '\0';
        html_raw(to, "<%s%s>", heads ? "th scope=\"row\"" : "td",
                 column_class(&of->columns[c]));
        if (heads && anchor_of(of, row) != NULL)
            html_text(to, text); /* it would be a link to itself */
        else
            html_linked(to, text);
        html_raw(to, heads ? "</th>" : "</td>");
    }
}

static void write_row(const table *of, html *to, size_t row)
{
    const char *id =
        of->anchors != NULL && row < of->anchor_room ? of->anchors[row] : NULL;
    if (id != NULL)
        html_raw(to, "<tr id=\"%s\">", id);
    else
        html_raw(to, "<tr>");
    write_cells(of, to, row);
    html_raw(to, "</tr>\n");
}

static void write_caption(html *to)
{
    size_t number = ++to->tables;
    html_raw(to,
             "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
             "aria-labelledby=\"table-%zu\">\n<table>\n"
             "<caption id=\"table-%zu\">Table %zu%s",
             number, number, number,
             to->caption != NULL ? ". " : "<span class=\"unseen\">. ");
    html_text(to, to->caption != NULL ? to->caption : to->heading);
    html_raw(to, to->caption != NULL ? "</caption>\n" : "</span></caption>\n");
    to->caption = NULL;
}

static void write_html(const table *of, html *to)
{
    html_lists_end(to);
    write_caption(to);
    write_head(of, to);
    html_raw(to, "<tbody>\n");
    for (size_t r = 0; r < of->row_count; r++) {
        if (!is_blank_row(of, r))
            write_row(of, to, r);
        else if (r > 0 && r + 1 < of->row_count)
            html_raw(to, "</tbody>\n<tbody>\n");
    }
    html_raw(to, "</tbody>\n</table>\n</div>\n");
}

static void end_table(table *to)
{
    free(to->cells);
    free(to->columns);
    *to = (table){0};
}

void table_print(table *to, page *on, size_t indent)
{
    fill_row(to);
    if (on->html) {
        write_html(to, on->html);
        end_table(to);
        return;
    }
    size_t width = on->width > indent ? on->width - indent : 1;
    size_t *items = must_allocate_zeroed(to->column_count + 1, sizeof *items);
    for (size_t next = 1; next < to->column_count || next == 1;) {
        size_t count = part_length(to, items, next, width);
        if (next > 1)
            page_gap(on);
        put_rows(to, on, (selection){items, count}, indent);
        next += count > 1 ? count - 1 : 1;
    }
    free(items);
    end_table(to);
}
