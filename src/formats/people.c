/* Lists of people, from CSV. One table says which columns there are and how each is read;
 * a row that is wrong is told and left out, and reading goes on, so that a list is put
 * right at one sitting. Ids are copied into the lists' memory; the files are not kept. */
#include "base/calendar.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/names.h"
#include "formats/bytes.h"
#include "formats/csv.h"

#include <truce/exchange.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MILLIONTHS = 6, WORDS = 6, NO_COLUMN = -1 };

static const size_t MOST_BYTES = (size_t)1 << 30;
static const uint64_t MOST_WORTH = 1000000; /* so that sums of any list fit 64 bits */

static size_t most_bytes(const truce_limits *limits)
{
    return limits && limits->bytes ? limits->bytes : MOST_BYTES;
}

/* ---- what is being read ---------------------------------------------------------- */

/* Words of a column in the order of their first appearance; the first is "". */
typedef struct wordlist {
    names known;
    const char **items;
    size_t count, room;
} wordlist;

typedef struct people {
    arena memory;
    truce_lists *lists;
    const char *homes[2]; /* of the first row of each list */
    uint32_t home_lines[2];
    truce_person *items;
    size_t count, room;
    wordlist classes, ranks, sites;
    uint32_t *ids; /* [slots] person + 1, 0 for free; slots is a power of two */
    size_t slots;
    char days; /* 'd' dates, 'n' numbers, 0 not known yet */
} people;

typedef struct list_reader {
    people *all;
    csv table;
    unsigned side;
    int *column_of; /* [COLUMNS] its place in the file, or NO_COLUMN */
    bool bad;       /* this row */
    truce_person person;
} list_reader;

typedef struct column {
    const char *name;
    bool required;
    void (*read)(list_reader *r, size_t cell);
} column;

__attribute__((format(printf, 4, 5))) static void
refuse(list_reader *r, size_t cell, const char *hint, const char *format, ...)
{
    char sentence[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    csv_error(&r->table, cell, hint, "%s", sentence);
    r->bad = true;
}

/* Of a cell, cut when it is long: for sentences. */
static int shown(const csv_cell *cell)
{
    return cell->length > 60 ? 60 : (int)cell->length;
}

static const char *column_name(const list_reader *r, size_t cell);

/* ---- cells ----------------------------------------------------------------------- */

static size_t word_of(people *all, wordlist *words, const csv_cell *cell)
{
    char *text = arena_text_n(&all->memory, cell->text, cell->length);
    size_t found = names_find(&words->known, text);
    if (found != NAMES_NONE)
        return found;
    names_add(&words->known, text, words->count);
    *grow(words->items, words->count, words->room) = text;
    return words->count - 1;
}

static void wordlist_begin(people *all, wordlist *words)
{
    word_of(all, words, &(csv_cell){"", 0, NULL});
}

/* The index of the cell among words (ended by NULL); an empty cell is `absent`. */
static uint8_t choice(list_reader *r, size_t cell, const char *const *words,
                      uint8_t absent)
{
    const csv_cell *one = &r->table.cells[cell];
    size_t count = 0;
    for (; words[count]; count++)
        if (strlen(words[count]) == one->length &&
            memcmp(words[count], one->text, one->length) == 0)
            return (uint8_t)count;
    if (one->length == 0)
        return absent;
    arena memory = {0};
    const char *text = arena_text_n(&memory, one->text, one->length);
    const char *nearest = names_nearest(text, words, count);
    const char *list = words[0];
    for (size_t w = 1; w < count; w++)
        list = arena_format(&memory, "%s, %s", list, words[w]);
    refuse(r, cell,
           nearest ? arena_format(&memory, "did you mean \"%s\"?", nearest) : NULL,
           "unknown %s \"%.*s\"; it is one of: %s", column_name(r, cell), shown(one),
           one->text, list);
    arena_free(&memory);
    return absent;
}

static const char *const healths[] = {
    "fit", "wounded", "sick", "seriously-wounded", "seriously-sick", "unfit-to-travel",
    NULL};
static const char *const consents[] = {"yes", "no", "unknown", NULL};
static const char *const statuses[] = {"verified", "claimed", "disputed", "duplicate",
                                       "not-held", "dead",    NULL};
static const char *const yes_or_no[] = {"no", "yes", NULL};

static bool whole_number(const csv_cell *cell, int32_t *number)
{
    int64_t value = 0;
    for (size_t k = 0; k < cell->length; k++) {
        if (cell->text[k] < '0' || cell->text[k] > '9' || value > INT32_MAX / 10)
            return false;
        value = 10 * value + (cell->text[k] - '0');
    }
    *number = (int32_t)value;
    return cell->length > 0 && value > 0;
}

static bool date_of(const csv_cell *cell, int32_t *day)
{
    truce_instant at;
    if (cell->length != strlen("2025-05-17") ||
        !instant_read(cell->text, cell->length, NULL, &at))
        return false;
    *day = (int32_t)(at / SECONDS_A_DAY);
    return true;
}

/* A date, or in lists without dates a number from 1. */
static int32_t day_of(list_reader *r, size_t cell)
{
    const csv_cell *one = &r->table.cells[cell];
    int32_t day = TRUCE_NO_DAY;
    if (one->length == 0)
        return day;
    char kind = date_of(one, &day) ? 'd' : whole_number(one, &day) ? 'n' : 0;
    if (kind == 0) {
        refuse(r, cell, NULL,
               "%s \"%.*s\" is no day: a date that there is, such as 2025-05-17, or in "
               "all columns a number from 1",
               column_name(r, cell), shown(one), one->text);
        return TRUCE_NO_DAY;
    }
    if (r->all->days && r->all->days != kind) {
        refuse(r, cell, NULL, "%s \"%.*s\": days before are %s, and all must be",
               column_name(r, cell), shown(one), one->text,
               r->all->days == 'd' ? "dates" : "numbers");
        return TRUCE_NO_DAY;
    }
    r->all->days = kind;
    return day;
}

/* A decimal from 0 to a million, in millionths; 1 when empty. */
static uint64_t worth_of(list_reader *r, size_t cell)
{
    const csv_cell *one = &r->table.cells[cell];
    truce_decimal value;
    if (one->length == 0)
        return (uint64_t)decimal_power(MILLIONTHS);
    decimal_fault fault = decimal_read(one->text, one->length, &value);
    if (fault == DECIMAL_NOT_A_NUMBER || (fault == DECIMAL_OK && value.digits < 0))
        refuse(r, cell, NULL, "%s \"%.*s\" must be a number from 0, such as 1.5",
               column_name(r, cell), shown(one), one->text);
    else if (fault == DECIMAL_TOO_LONG || value.scale > MILLIONTHS)
        refuse(r, cell, NULL, "%s \"%.*s\" has more than six digits behind the point",
               column_name(r, cell), shown(one), one->text);
    else if ((uint64_t)value.digits > MOST_WORTH * (uint64_t)decimal_power(value.scale))
        refuse(r, cell, NULL, "%s \"%.*s\" is more than a million",
               column_name(r, cell), shown(one), one->text);
    else
        return (uint64_t)(value.digits * decimal_power(MILLIONTHS - value.scale));
    return 0;
}

/* ---- columns --------------------------------------------------------------------- */

static void read_id(list_reader *r, size_t cell)
{
    const csv_cell *one = &r->table.cells[cell];
    if (one->length == 0)
        refuse(r, cell, NULL, "the id is missing");
    r->person.id = arena_text_n(&r->all->memory, one->text, one->length);
}

static bool is_text(const csv_cell *cell, const char *text)
{
    return strlen(text) == cell->length && memcmp(text, cell->text, cell->length) == 0;
}

static void read_holder(list_reader *r, size_t cell)
{
    const csv_cell *one = &r->table.cells[cell];
    const char **name = &r->all->lists->names[r->side];
    if (one->length == 0)
        refuse(r, cell, NULL, "the holder is missing");
    else if (*name == NULL)
        *name = arena_text_n(&r->all->memory, one->text, one->length);
    else if (!is_text(one, *name))
        refuse(r, cell, "one list holds the people that one side holds",
               "holder \"%.*s\", but this list is of people held by \"%s\"", shown(one),
               one->text, *name);
    if (r->side == 1 && r->all->lists->names[0] && *name &&
        strcmp(*name, r->all->lists->names[0]) == 0)
        refuse(r, cell, NULL, "both lists are of people held by \"%s\"", *name);
    else if (r->side == 1 && r->all->homes[0] && *name &&
             strcmp(*name, r->all->homes[0]) != 0)
        refuse(r, cell, NULL, "holder \"%s\", but the people of %s go home to \"%s\"",
               *name, r->all->lists->files[0], r->all->homes[0]);
}

static void read_home(list_reader *r, size_t cell)
{
    const csv_cell *one = &r->table.cells[cell];
    const char *holder = r->all->lists->names[r->side];
    const char *other = r->all->lists->names[0], **home = &r->all->homes[r->side];
    if (one->length == 0)
        refuse(r, cell, NULL, "the home is missing");
    else if (holder && is_text(one, holder))
        refuse(r, cell, NULL, "home \"%.*s\" is the holder itself", shown(one),
               one->text);
    else if (r->side == 1 && other && !is_text(one, other))
        refuse(r, cell, NULL, "home \"%.*s\", but the other list is held by \"%s\"",
               shown(one), one->text, other);
    else if (*home == NULL) {
        *home = arena_text_n(&r->all->memory, one->text, one->length);
        r->all->home_lines[r->side] = r->table.line;
    } else if (!is_text(one, *home))
        refuse(r, cell, NULL, "home \"%.*s\", but \"%s\" in line %u", shown(one),
               one->text, *home, (unsigned)r->all->home_lines[r->side]);
}

static void read_class(list_reader *r, size_t cell)
{
    r->person.class_index =
        (uint32_t)word_of(r->all, &r->all->classes, &r->table.cells[cell]);
}

static void read_rank(list_reader *r, size_t cell)
{
    r->person.rank = (uint32_t)word_of(r->all, &r->all->ranks, &r->table.cells[cell]);
}

static void read_site(list_reader *r, size_t cell)
{
    r->person.site = (uint32_t)word_of(r->all, &r->all->sites, &r->table.cells[cell]);
}

static void read_captured(list_reader *r, size_t cell)
{
    r->person.captured = day_of(r, cell);
}

static void read_ready_from(list_reader *r, size_t cell)
{
    r->person.ready_from = day_of(r, cell);
}

static void read_ready_to(list_reader *r, size_t cell)
{
    r->person.ready_to = day_of(r, cell);
    if (r->person.ready_to != TRUCE_NO_DAY && r->person.ready_from != TRUCE_NO_DAY &&
        r->person.ready_to < r->person.ready_from)
        refuse(r, cell, NULL, "ready_to lies before ready_from");
}

static void read_health(list_reader *r, size_t cell)
{
    r->person.health = choice(r, cell, healths, TRUCE_FIT);
}

static void read_consent(list_reader *r, size_t cell)
{
    r->person.consent = choice(r, cell, consents, TRUCE_CONSENT_UNKNOWN);
}

static void read_status(list_reader *r, size_t cell)
{
    r->person.status = choice(r, cell, statuses, TRUCE_PERSON_CLAIMED);
}

/* Behind health in the table: who is seriously wounded or sick is owed unless the list
 * says no. */
static void read_owed(list_reader *r, size_t cell)
{
    r->person.owed = choice(r, cell, yes_or_no, r->person.owed) == 1;
}

static void read_worth(list_reader *r, size_t cell)
{
    r->person.worth_home = worth_of(r, cell);
}

static void read_cost(list_reader *r, size_t cell)
{
    r->person.cost_holder = worth_of(r, cell);
}

/* In the order in which cells are read: holder before home, health before owed. */
static const column columns[] = {
    {"id", true, read_id},
    {"holder", true, read_holder},
    {"home", true, read_home},
    {"class", false, read_class},
    {"rank", false, read_rank},
    {"captured", false, read_captured},
    {"health", false, read_health},
    {"owed", false, read_owed},
    {"consent", false, read_consent},
    {"status", false, read_status},
    {"site", false, read_site},
    {"ready_from", false, read_ready_from},
    {"ready_to", false, read_ready_to},
    {"worth_home", false, read_worth},
    {"cost_holder", false, read_cost},
};

enum { COLUMNS = sizeof columns / sizeof *columns, OWED = 7 };

static const char *column_name(const list_reader *r, size_t cell)
{
    for (size_t c = 0; c < COLUMNS; c++)
        if (r->column_of[c] == (int)cell)
            return columns[c].name;
    return "";
}

/* ---- the header ------------------------------------------------------------------ */

static size_t column_called(const csv_cell *cell)
{
    for (size_t c = 0; c < COLUMNS; c++)
        if (is_text(cell, columns[c].name))
            return c;
    return COLUMNS;
}

static void warn_if_meant(list_reader *r, size_t cell)
{
    const char *candidates[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        candidates[c] = columns[c].name;
    arena memory = {0};
    const csv_cell *one = &r->table.cells[cell];
    const char *text = arena_text_n(&memory, one->text, one->length);
    const char *nearest = names_nearest(text, candidates, COLUMNS);
    if (nearest)
        csv_warning(&r->table, cell,
                    arena_format(&memory, "did you mean \"%s\"?", nearest),
                    "unknown column \"%s\"", text);
    arena_free(&memory);
}

static bool read_header(list_reader *r)
{
    for (size_t c = 0; c < COLUMNS; c++)
        r->column_of[c] = NO_COLUMN;
    if (!csv_next(&r->table)) {
        if (!r->table.broken)
            refuse(r, 0, "begin with a line such as id,holder,home,class,rank",
                   "the file is empty: not even a header");
        return false;
    }
    for (size_t cell = 0; cell < r->table.cell_count; cell++) {
        size_t c = column_called(&r->table.cells[cell]);
        if (c == COLUMNS)
            warn_if_meant(r, cell);
        else if (r->column_of[c] != NO_COLUMN)
            refuse(r, cell, NULL, "column \"%s\" stands twice", columns[c].name);
        else
            r->column_of[c] = (int)cell;
    }
    for (size_t c = 0; c < COLUMNS; c++)
        if (columns[c].required && r->column_of[c] == NO_COLUMN)
            refuse(r, r->table.cell_count, NULL, "there is no column \"%s\"",
                   columns[c].name);
    return !r->bad;
}

/* ---- rows ------------------------------------------------------------------------ */

static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 29;
}

static uint32_t *slot_of(people *all, const char *id)
{
    size_t at = hash_of(id) & (all->slots - 1);
    while (all->ids[at] && strcmp(all->items[all->ids[at] - 1].id, id) != 0)
        at = (at + 1) & (all->slots - 1);
    return &all->ids[at];
}

static void make_slots(people *all)
{
    if (2 * (all->count + 1) <= all->slots)
        return;
    free(all->ids);
    all->slots = all->slots ? 2 * all->slots : 1024;
    all->ids = must_allocate_zeroed(all->slots, sizeof *all->ids);
    for (size_t k = 0; k < all->count; k++)
        *slot_of(all, all->items[k].id) = (uint32_t)k + 1;
}

static void refuse_double(list_reader *r, const truce_person *before)
{
    size_t cell = (size_t)r->column_of[0];
    if (before->side == r->side)
        refuse(r, cell, NULL, "id \"%.60s\" stands in line %u already", before->id,
               (unsigned)before->line);
    else
        refuse(r, cell, NULL, "\"%.60s\" is on both lists: line %u of %s", before->id,
               (unsigned)before->line, r->all->lists->files[before->side]);
}

static void keep_person(list_reader *r)
{
    people *all = r->all;
    truce_person *who = &r->person;
    make_slots(all);
    uint32_t *slot = slot_of(all, who->id);
    if (*slot)
        refuse_double(r, &all->items[*slot - 1]);
    if (r->bad)
        return;
    who->eligible = who->status == TRUCE_PERSON_VERIFIED &&
                    who->consent == TRUCE_CONSENTS &&
                    who->health != TRUCE_UNFIT_TO_TRAVEL;
    *grow(all->items, all->count, all->room) = *who;
    *slot = (uint32_t)all->count;
}

static bool is_serious(const truce_person *who)
{
    return who->health == TRUCE_SERIOUSLY_WOUNDED ||
           who->health == TRUCE_SERIOUSLY_SICK;
}

static void read_row(list_reader *r, size_t cells)
{
    uint64_t one = (uint64_t)decimal_power(MILLIONTHS);
    r->bad = false;
    r->person = (truce_person){.line = r->table.line,
                               .side = (uint8_t)r->side,
                               .captured = TRUCE_NO_DAY,
                               .ready_from = TRUCE_NO_DAY,
                               .ready_to = TRUCE_NO_DAY,
                               .consent = TRUCE_CONSENT_UNKNOWN,
                               .status = TRUCE_PERSON_CLAIMED,
                               .worth_home = one,
                               .cost_holder = one};
    if (r->table.cell_count != cells) {
        refuse(r, r->table.cell_count > cells ? cells : r->table.cell_count, NULL,
               "this row has %zu cells, the header %zu", r->table.cell_count, cells);
        return;
    }
    for (size_t c = 0; c < COLUMNS; c++) {
        if (c == OWED)
            r->person.owed = is_serious(&r->person);
        if (r->column_of[c] != NO_COLUMN)
            columns[c].read(r, (size_t)r->column_of[c]);
    }
    if (r->person.id)
        keep_person(r);
}

/* ---- files ----------------------------------------------------------------------- */

static void read_list(people *all, unsigned side, const char *file, const char *bytes,
                      size_t length, truce_diagnostics *diagnostics)
{
    int column_of[COLUMNS];
    list_reader r = {.all = all,
                     .side = side,
                     .table = csv_open(file, bytes, length, diagnostics),
                     .column_of = column_of};
    all->lists->files[side] = file;
    all->lists->first[side] = all->count;
    hash_sha256(bytes, length, all->lists->sha256[side]);
    if (read_header(&r)) {
        size_t cells = r.table.cell_count;
        while (csv_next(&r.table))
            read_row(&r, cells);
    }
    csv_close(&r.table);
}

static truce_texts words_taken(people *all, wordlist *words)
{
    truce_texts texts = {
        arena_copy(&all->memory, words->items, words->count * sizeof *words->items),
        words->count};
    names_free(&words->known);
    free(words->items);
    return texts;
}

static truce_lists *lists_taken(people *all)
{
    truce_lists *made = all->lists;
    made->first[2] = all->count;
    made->count = all->count;
    made->people =
        arena_copy(&all->memory, all->items, all->count * sizeof *all->items);
    made->classes = words_taken(all, &all->classes);
    made->ranks = words_taken(all, &all->ranks);
    made->sites = words_taken(all, &all->sites);
    made->days_are_numbers = all->days == 'n';
    made->memory = all->memory.last;
    free(all->items);
    free(all->ids);
    return made;
}

/* A list without people is held by whom the other list calls home. */
static void name_sides(people *all)
{
    static const char *const otherwise[] = {"A", "B"};
    for (unsigned side = 0; side < 2; side++) {
        const char **name = &all->lists->names[side];
        if (*name == NULL)
            *name = all->homes[1 - side] ? all->homes[1 - side] : otherwise[side];
    }
}

truce_status truce_lists_parse(const char *const files[2], const void *const bytes[2],
                               const size_t lengths[2], const truce_limits *limits,
                               truce_lists **lists, truce_diagnostics *diagnostics)
{
    size_t errors = diagnostics->errors;
    people all = {0};
    all.lists = arena_new(&all.memory, truce_lists);
    wordlist_begin(&all, &all.classes);
    wordlist_begin(&all, &all.ranks);
    wordlist_begin(&all, &all.sites);
    for (unsigned side = 0; side < 2; side++)
        if (lengths[side] > most_bytes(limits))
            bytes_refuse(diagnostics, files[side], "--max-bytes raises the limit",
                         "is longer than %zu bytes", most_bytes(limits));
        else
            read_list(&all, side, arena_text(&all.memory, files[side]), bytes[side],
                      lengths[side], diagnostics);
    name_sides(&all);
    *lists = lists_taken(&all);
    if (diagnostics->errors == errors)
        return TRUCE_OK;
    truce_lists_free(*lists);
    *lists = NULL;
    return TRUCE_INPUT;
}

truce_status truce_lists_read(const char *first, const char *second,
                              const truce_limits *limits, truce_lists **lists,
                              truce_diagnostics *diagnostics)
{
    const char *const paths[2] = {first, second};
    size_t lengths[2] = {0};
    char *bytes[2];
    truce_status status = TRUCE_OK;
    for (unsigned side = 0; side < 2; side++) {
        bytes[side] =
            bytes_read(paths[side], most_bytes(limits), &lengths[side], diagnostics);
        if (bytes[side] == NULL)
            status = TRUCE_INPUT;
    }
    *lists = NULL;
    if (status == TRUCE_OK)
        status = truce_lists_parse(paths, (const void *const *)bytes, lengths, limits,
                                   lists, diagnostics);
    free(bytes[0]);
    free(bytes[1]);
    return status;
}

void truce_lists_free(truce_lists *lists)
{
    if (lists == NULL)
        return;
    arena memory = {lists->memory}; /* a copy: the lists live in the memory they own */
    arena_free(&memory);
}
