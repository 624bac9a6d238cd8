#include "verify/plan.h"

#include "base/calendar.h"
#include "formats/bytes.h"
#include "formats/csv.h"

#include <stdlib.h>
#include <string.h>

static const size_t MOST_BYTES = (size_t)1 << 32;

enum { STAGE, DAY, SITE, DIRECTION, ID, CLASS, PAIR, REASON, PLAN_COLUMNS };

static const char *const header[PLAN_COLUMNS] = {"stage", "day",   "site", "direction",
                                                 "id",    "class", "pair", "reason"};

/* ---- ids ------------------------------------------------------------------------- */

typedef struct named {
    const char *id;
    uint32_t person;
} named;

static int compare_names(const void *one, const void *other)
{
    return strcmp(((const named *)one)->id, ((const named *)other)->id);
}

static named *sort_people(const truce_lists *lists)
{
    named *all = must_allocate((lists->count + 1) * sizeof *all);
    for (size_t k = 0; k < lists->count; k++)
        all[k] = (named){lists->people[k].id, (uint32_t)k};
    qsort(all, lists->count, sizeof *all, compare_names);
    return all;
}

static const named *find(const named *all, size_t count, const csv_cell *cell)
{
    for (size_t low = 0, high = count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(all[middle].id, cell->text, cell->length);
        if (order == 0)
            order = all[middle].id[cell->length] != '\0';
        if (order == 0)
            return &all[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- cells ----------------------------------------------------------------------- */

static bool is(const csv_cell *cell, const char *text)
{
    return strlen(text) == cell->length && memcmp(text, cell->text, cell->length) == 0;
}

static bool whole(const csv_cell *cell, uint64_t *number)
{
    *number = 0;
    for (size_t k = 0; k < cell->length; k++) {
        if (cell->text[k] < '0' || cell->text[k] > '9' || k > 9)
            return false;
        *number = 10 * *number + (uint64_t)(cell->text[k] - '0');
    }
    return cell->length > 0 && *number > 0 && *number < UINT32_MAX;
}

static bool read_day(const csv_cell *cell, plan_row *row)
{
    truce_instant at;
    uint64_t number;
    row->day_is_date = cell->length == strlen("2025-05-23") &&
                       instant_read(cell->text, cell->length, NULL, &at);
    if (row->day_is_date)
        row->day = (int32_t)(at / SECONDS_A_DAY);
    else if (whole(cell, &number) && number <= INT32_MAX)
        row->day = (int32_t)number;
    else
        return false;
    return true;
}

static bool read_header(csv *table)
{
    if (!csv_next(table)) {
        if (!table->broken)
            csv_error(table, 0, NULL, "the plan is empty: not even a header");
        return false;
    }
    for (size_t k = 0; k < PLAN_COLUMNS; k++)
        if (k >= table->cell_count || !is(&table->cells[k], header[k])) {
            csv_error(table, k, "a plan begins stage,day,site,direction,id,class,...",
                      "column %zu must be \"%s\"", k + 1, header[k]);
            return false;
        }
    return true;
}

/* ---- rows ------------------------------------------------------------------------ */

typedef struct reading {
    plan_checking *in;
    csv table;
    const named *names;
    size_t room;
    plan_rule known, once, eligible, direction, as_listed;
} reading;

/* False when the cells are not even what they should be. */
static bool read_cells(csv *table, plan_row *row)
{
    uint64_t stage, pair = 0;
    const csv_cell *cells = table->cells;
    *row = (plan_row){.line = table->line};
    if (table->cell_count != PLAN_COLUMNS)
        csv_error(table, table->cell_count, NULL, "this row has %zu cells, not %d",
                  table->cell_count, PLAN_COLUMNS);
    else if (!whole(&cells[STAGE], &stage))
        csv_error(table, STAGE, NULL, "a stage is a number from 1");
    else if (!read_day(&cells[DAY], row))
        csv_error(table, DAY, NULL, "a day is a number from 1, or a date");
    else if (cells[PAIR].length > 0 && !whole(&cells[PAIR], &pair))
        csv_error(table, PAIR, NULL, "a pair is a number from 1, or nothing");
    else {
        row->stage = (uint32_t)stage;
        row->pair = pair;
        return true;
    }
    return false;
}

static bool goes_from_to(const csv_cell *cell, const char *from, const char *to)
{
    size_t first = strlen(from), second = strlen(to);
    return cell->length == first + 1 + second && memcmp(cell->text, from, first) == 0 &&
           cell->text[first] == '>' && memcmp(cell->text + first + 1, to, second) == 0;
}

static void keep_row(reading *r, plan_row row)
{
    plan_checking *in = r->in;
    const truce_lists *lists = in->lists;
    const csv_cell *cells = r->table.cells;
    size_t at = in->row_count;
    *grow(in->rows, in->row_count, r->room) = row;
    const named *name = find(r->names, lists->count, &cells[ID]);
    rule_check(&r->known, name != NULL, at, "\"%.*s\" is on neither list",
               cells[ID].length > 60 ? 60 : (int)cells[ID].length, cells[ID].text);
    if (name == NULL) {
        in->row_count--;
        return;
    }
    const truce_person *who = &lists->people[name->person];
    in->rows[at].person = name->person;
    rule_check(&r->once, in->stage_of[name->person] == PLAN_ABSENT, at,
               "%s goes twice: line %u too", who->id,
               (unsigned)in->rows[in->row_of[name->person]].line);
    rule_check(&r->eligible, who->eligible, at, "%s is not eligible", who->id);
    rule_check(&r->direction,
               goes_from_to(&cells[DIRECTION], lists->names[who->side],
                            lists->names[1 - who->side]),
               at, "%s is held by %s", who->id, lists->names[who->side]);
    rule_check(&r->as_listed,
               is(&cells[SITE], lists->sites.items[who->site]) &&
                   is(&cells[CLASS], lists->classes.items[who->class_index]),
               at, "%s is listed with another site or class", who->id);
    in->stage_of[name->person] = row.stage;
    in->row_of[name->person] = at;
    in->stages = row.stage > in->stages ? row.stage : in->stages;
}

bool plan_read(plan_checking *in, const char *path, truce_diagnostics *diagnostics)
{
    size_t length, errors = diagnostics->errors;
    char *bytes = bytes_read(path, MOST_BYTES, &length, diagnostics);
    if (bytes == NULL)
        return false;
    named *names = sort_people(in->lists);
    reading r = {.in = in,
                 .names = names,
                 .table = csv_open(path, bytes, length, diagnostics),
                 .known = rule_begin(in, "each id is on a list"),
                 .once = rule_begin(in, "each id once"),
                 .eligible = rule_begin(in, "everybody is eligible"),
                 .direction = rule_begin(in, "directions are right"),
                 .as_listed =
                     rule_begin(in, "sites and classes are those of the lists")};
    if (read_header(&r.table))
        for (plan_row row; csv_next(&r.table);)
            if (read_cells(&r.table, &row))
                keep_row(&r, row);
    csv_close(&r.table);
    free(names);
    free(bytes);
    return diagnostics->errors == errors;
}
