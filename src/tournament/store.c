/* store: SQLite behind a few verbs. */
#include "tournament/store.h"

#include "base/error.h"

#include <sqlite3.h>

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct store {
    arena memory;
    sqlite3 *base;
    sqlite3_stmt *insert;
    const char *path, *plan, *print;
    size_t parties;
};

enum { WAIT_FOR_OTHERS = 30000 /* milliseconds */, COLUMNS_BEFORE = 12 };

static bool fail(const store *open, const char *what, truce_error *error)
{
    error_say(error, TRUCE_CALL, "%s: %s: %s", open->path, what,
              open->base ? sqlite3_errmsg(open->base) : "out of memory");
    return false;
}

static bool run(store *open, const char *sql, truce_error *error)
{
    return sqlite3_exec(open->base, sql, NULL, NULL, NULL) == SQLITE_OK ||
           fail(open, "the store cannot be used", error);
}

/* ---- opening --------------------------------------------------------------------------- */

static store *open_base(const char *folder, int flags, truce_error *error)
{
    store *open = must_allocate_zeroed(1, sizeof *open);
    open->path = arena_format(&open->memory, "%s/results.db", folder);
    if (sqlite3_open_v2(open->path, &open->base, flags, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(open->base, WAIT_FOR_OTHERS);
        return open;
    }
    fail(open, "the store cannot be opened", error);
    store_close(open);
    return NULL;
}

static const char *value_of(store *open, const char *key)
{
    sqlite3_stmt *ask = NULL;
    const char *value = NULL;
    if (sqlite3_prepare_v2(open->base, "SELECT value FROM plan WHERE key = ?", -1, &ask,
                           NULL) == SQLITE_OK) {
        sqlite3_bind_text(ask, 1, key, -1, SQLITE_STATIC);
        if (sqlite3_step(ask) == SQLITE_ROW)
            value =
                arena_text(&open->memory, (const char *)sqlite3_column_text(ask, 0));
    }
    sqlite3_finalize(ask);
    return value;
}

static const char *columns_of(arena *memory, size_t parties, const char *type)
{
    static const char *const kinds[] = {"utility", "discounted", "advantage"};
    const char *all = "";
    for (size_t kind = 0; kind < 3; kind++)
        for (size_t s = 1; s <= parties; s++)
            all = arena_format(memory, "%s, %s_%zu%s", all, kinds[kind], s, type);
    return all;
}

static bool make_tables(store *open, size_t parties, truce_error *error)
{
    return run(open, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", error) &&
           run(open, "BEGIN IMMEDIATE;", error) &&
           run(open,
               arena_format(
                   &open->memory,
                   "CREATE TABLE IF NOT EXISTS plan "
                   "(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
                   "CREATE TABLE IF NOT EXISTS session (job INTEGER PRIMARY KEY, "
                   "seed INTEGER NOT NULL, ended INTEGER NOT NULL, "
                   "step INTEGER NOT NULL, time REAL NOT NULL, offers INTEGER NOT "
                   "NULL, "
                   "agreement TEXT, fault TEXT, welfare REAL, nash_product REAL, "
                   "to_frontier REAL, to_nash REAL%s) STRICT;",
                   columns_of(&open->memory, parties, " REAL")),
               error);
}

/* What a store keeps of its plan. */
typedef struct label {
    const char *print, *plan;
    size_t parties;
} label;

static bool keep_plan(store *open, const label *of, truce_error *error)
{
    sqlite3_stmt *put = NULL;
    bool good = sqlite3_prepare_v2(open->base,
                                   "INSERT OR IGNORE INTO plan VALUES "
                                   "('sha256', ?1), ('plan', ?2), ('parties', ?3)",
                                   -1, &put, NULL) == SQLITE_OK;
    const char *parties = arena_format(&open->memory, "%zu", of->parties);
    if (good) {
        sqlite3_bind_text(put, 1, of->print, -1, SQLITE_STATIC);
        sqlite3_bind_text(put, 2, of->plan, -1, SQLITE_STATIC);
        sqlite3_bind_text(put, 3, parties, -1, SQLITE_STATIC);
        good = sqlite3_step(put) == SQLITE_DONE;
    }
    sqlite3_finalize(put);
    return good || fail(open, "the plan cannot be written", error);
}

static bool is_of_plan(store *open, const char *print, truce_error *error)
{
    open->print = value_of(open, "sha256");
    open->plan = value_of(open, "plan");
    if (open->print && open->plan && (!print || strcmp(open->print, print) == 0))
        return true;
    error_say(error, TRUCE_CALL,
              open->print ? "%s holds the results of another plan (other strategies, "
                            "scenarios or numbers): take another folder, or delete it"
                          : "%s is no store of a tournament",
              open->path);
    return false;
}

static bool make_insert(store *open, size_t parties, truce_error *error)
{
    const char *marks = "?";
    for (size_t k = 1; k < COLUMNS_BEFORE + 3 * parties; k++)
        marks = arena_format(&open->memory, "%s, ?", marks);
    const char *sql =
        arena_format(&open->memory, "INSERT OR IGNORE INTO session VALUES (%s)", marks);
    open->parties = parties;
    return sqlite3_prepare_v2(open->base, sql, -1, &open->insert, NULL) == SQLITE_OK ||
           fail(open, "the store has other columns", error);
}

static bool make_folder(const char *folder, truce_error *error)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return true;
    error_say(error, TRUCE_CALL, "the folder %s cannot be made: %s", folder,
              strerror(errno));
    return false;
}

static store *open_for(const char *folder, const label *of, truce_error *error)
{
    if (!make_folder(folder, error))
        return NULL;
    store *open = open_base(folder, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    if (open && make_tables(open, of->parties, error) && keep_plan(open, of, error) &&
        is_of_plan(open, of->print, error) && run(open, "COMMIT;", error) &&
        make_insert(open, of->parties, error))
        return open;
    store_close(open);
    return NULL;
}

store *store_open(const char *folder, const jobs *all, truce_error *error)
{
    label of = {all->print, all->text, all->plan.parties};
    return open_for(folder, &of, error);
}

store *store_like(const char *folder, const char *other, truce_error *error)
{
    store *there = store_read(other, error);
    if (there == NULL)
        return NULL;
    const char *parties = value_of(there, "parties");
    label of = {there->print, there->plan, parties ? strtoul(parties, NULL, 10) : 0};
    store *open = open_for(folder, &of, error);
    store_close(there);
    return open;
}

store *store_read(const char *folder, truce_error *error)
{
    store *open = open_base(folder, SQLITE_OPEN_READWRITE, error);
    if (open && is_of_plan(open, NULL, error))
        return open;
    store_close(open);
    return NULL;
}

void store_close(store *open)
{
    if (open == NULL)
        return;
    sqlite3_finalize(open->insert);
    sqlite3_close(open->base);
    arena_free(&open->memory);
    free(open);
}

const char *store_plan(const store *open)
{
    return open->plan;
}

const char *store_print(const store *open)
{
    return open->print;
}

/* ---- writing --------------------------------------------------------------------------- */

static void put_number(sqlite3_stmt *put, int *column, double number)
{
    if (isnan(number))
        sqlite3_bind_null(put, ++*column);
    else
        sqlite3_bind_double(put, ++*column, number);
}

static void put_text(sqlite3_stmt *put, int *column, const char *text)
{
    sqlite3_bind_text(put, ++*column, text, -1, SQLITE_STATIC);
}

static bool write_row(store *open, const row *at)
{
    sqlite3_stmt *put = open->insert;
    int column = 0;
    sqlite3_bind_int64(put, ++column, (sqlite3_int64)at->job);
    sqlite3_bind_int64(put, ++column, (sqlite3_int64)at->seed);
    sqlite3_bind_int64(put, ++column, at->end);
    sqlite3_bind_int64(put, ++column, at->step);
    put_number(put, &column, at->time);
    sqlite3_bind_int64(put, ++column, (sqlite3_int64)at->offers);
    put_text(put, &column, at->agreement);
    put_text(put, &column, at->fault);
    put_number(put, &column, at->welfare);
    put_number(put, &column, at->nash_product);
    put_number(put, &column, at->to_frontier);
    put_number(put, &column, at->to_nash);
    for (size_t k = 0; k < 3 * open->parties; k++)
        put_number(put, &column, at->numbers[k]);
    bool good = sqlite3_step(put) == SQLITE_DONE;
    return sqlite3_reset(put) == SQLITE_OK && good;
}

bool store_write(store *open, const row *rows, size_t count, truce_error *error)
{
    if (!run(open, "BEGIN IMMEDIATE;", error))
        return false;
    for (size_t k = 0; k < count; k++)
        if (!write_row(open, &rows[k])) {
            fail(open, "a session cannot be written", error);
            sqlite3_exec(open->base, "ROLLBACK;", NULL, NULL, NULL);
            return false;
        }
    return run(open, "COMMIT;", error);
}

/* ---- merging --------------------------------------------------------------------------- */

static bool attach(store *open, const char *path, truce_error *error)
{
    sqlite3_stmt *put = NULL;
    bool good = sqlite3_prepare_v2(open->base, "ATTACH ? AS other", -1, &put, NULL) ==
                SQLITE_OK;
    if (good) {
        sqlite3_bind_text(put, 1, path, -1, SQLITE_STATIC);
        good = sqlite3_step(put) == SQLITE_DONE;
    }
    sqlite3_finalize(put);
    return good || fail(open, "another store cannot be opened", error);
}

bool store_take(store *open, const char *folder, truce_error *error)
{
    store *other = store_read(folder, error);
    if (other == NULL)
        return false;
    bool same = strcmp(other->print, open->print) == 0;
    const char *path = arena_text(&open->memory, other->path);
    store_close(other);
    if (!same)
        return error_say(error, TRUCE_CALL, "%s holds the results of another plan",
                         path),
               false;
    return attach(open, path, error) &&
           run(open, "INSERT OR IGNORE INTO session SELECT * FROM other.session;",
               error) &&
           run(open, "DETACH other;", error);
}

/* ---- reading --------------------------------------------------------------------------- */

bool store_there(store *open, uint64_t *bits, uint64_t most, truce_error *error)
{
    sqlite3_stmt *ask = NULL;
    int step = SQLITE_ERROR;
    if (sqlite3_prepare_v2(open->base, "SELECT job FROM session", -1, &ask, NULL) ==
        SQLITE_OK)
        while ((step = sqlite3_step(ask)) == SQLITE_ROW) {
            uint64_t job = (uint64_t)sqlite3_column_int64(ask, 0);
            if (job < most)
                bits[job / 64] |= (uint64_t)1 << job % 64;
        }
    sqlite3_finalize(ask);
    return step == SQLITE_DONE || fail(open, "the store cannot be read", error);
}

static double number_at(sqlite3_stmt *ask, int column)
{
    return sqlite3_column_type(ask, column) == SQLITE_NULL
               ? NAN
               : sqlite3_column_double(ask, column);
}

static void read_row(sqlite3_stmt *ask, size_t parties, double *numbers, row *at)
{
    *at = (row){.job = (uint64_t)sqlite3_column_int64(ask, 0),
                .seed = (uint64_t)sqlite3_column_int64(ask, 1),
                .end = (truce_session_end)sqlite3_column_int(ask, 2),
                .step = (uint32_t)sqlite3_column_int64(ask, 3),
                .time = number_at(ask, 4),
                .offers = (uint64_t)sqlite3_column_int64(ask, 5),
                .agreement = (const char *)sqlite3_column_text(ask, 6),
                .fault = (const char *)sqlite3_column_text(ask, 7),
                .welfare = number_at(ask, 8),
                .nash_product = number_at(ask, 9),
                .to_frontier = number_at(ask, 10),
                .to_nash = number_at(ask, 11),
                .numbers = numbers};
    for (size_t k = 0; k < 3 * parties; k++)
        numbers[k] = number_at(ask, COLUMNS_BEFORE + (int)k);
}

bool store_each(store *open, size_t parties, void (*each)(void *user, const row *at),
                void *user, truce_error *error)
{
    sqlite3_stmt *ask = NULL;
    int step = SQLITE_ERROR;
    double *numbers = must_allocate_zeroed(3 * parties + 1, sizeof *numbers);
    if (sqlite3_prepare_v2(open->base, "SELECT * FROM session ORDER BY job", -1, &ask,
                           NULL) == SQLITE_OK &&
        (size_t)sqlite3_column_count(ask) == COLUMNS_BEFORE + 3 * parties)
        while ((step = sqlite3_step(ask)) == SQLITE_ROW) {
            row at;
            read_row(ask, parties, numbers, &at);
            each(user, &at);
        }
    sqlite3_finalize(ask);
    free(numbers);
    return step == SQLITE_DONE || fail(open, "the store cannot be read", error);
}
