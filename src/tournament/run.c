/* run: plays what is missing, scenario by scenario, and writes it down as it goes.
 *
 * A task is one assignment on one scenario with all its missing repetitions; several
 * tasks make a batch, which is written in one transaction. Batches grow until one takes
 * about BATCH_SECONDS, so that little is lost when the machine falls and little time goes
 * to the disk.
 */
#include "base/error.h"
#include "base/pool.h"
#include "base/stop.h"
#include "play/measure.h"
#include "play/yardstick.h"
#include "tournament/store.h"

#include <truce/file.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double BATCH_SECONDS = 0.3;

/* What one task makes. */
typedef struct sheet {
    arena memory;
    row *rows;
    size_t count, room;
    uint64_t assignment;
} sheet;

typedef struct run {
    jobs *all;
    const truce_tournament_choices *choices;
    const truce_stop *stop;
    truce_error *error;
    store *kept;
    uint64_t *there; /* bits */
    truce_tournament *result;
    double began;
    /* of the scenario at hand */
    size_t field;
    truce_scenario *scenario;
    board *board;
    yardstick yard;
    strategy *strategies; /* [strategies] */
    arena *strategy_memory;
    sheet *sheets; /* of the batch */
} run;

/* ---- one session ----------------------------------------------------------------------- */

/* Distances of the last agreement: repetitions often end alike. */
typedef struct measured {
    truce_offer of;
    double to_frontier, to_nash;
} measured;

static void measure(const run *at, const sitting *table, const ending *how,
                    measured *last, const double *here)
{
    if (how->agreement == last->of && at->board->small)
        return;
    last->of = how->agreement;
    last->to_frontier = yardstick_frontier(&at->yard, at->board, here);
    last->to_nash = yardstick_point(&at->yard, at->board, TRUCE_SOLUTION_NASH, here);
    (void)table;
}

/* The places of the agreement's values: "0-2-1". */
static const char *agreement_text(sheet *to, const sitting *table, truce_offer offer)
{
    enum { DIGITS = 11 };
    size_t issues = table->board->issues, used = 0;
    truce_value *outcome = must_allocate((issues + 1) * sizeof *outcome);
    offers_outcome(table->table, offer, outcome);
    char *text = arena_take(&to->memory, issues * DIGITS + 1);
    for (size_t i = 0; i < issues; i++)
        used += (size_t)snprintf(text + used, issues * DIGITS + 1 - used, "%s%u",
                                 i ? "-" : "", (unsigned)outcome[i]);
    free(outcome);
    return text;
}

static const char *fault_of(sheet *to, const sitting *table)
{
    for (size_t s = 0; s < table->board->seats; s++)
        if (table->players[s].fault)
            return arena_format(&to->memory, "%zu: %s", s + 1, table->players[s].fault);
    return NULL;
}

static void take_numbers(row *to, const sitting *table, const ending *how)
{
    size_t seats = table->board->seats;
    to->nash_product = 1;
    for (size_t s = 0; s < seats; s++) {
        to->numbers[s] = seat_utility(table, how, s);
        to->numbers[seats + s] = seat_discounted(table, how, s);
        to->numbers[2 * seats + s] = seat_advantage(table, how, s);
        to->welfare += to->numbers[s];
        to->nash_product *= to->numbers[s] - table->board->seat[s].reservation;
    }
}

static void play_one(const run *at, sheet *to, sitting *table, uint64_t job,
                     measured *last)
{
    uint64_t seed = job_seed(at->all, job);
    ending how = sitting_play(table, seed, NULL, NULL);
    row *one = grow(to->rows, to->count, to->room);
    *one = (row){.job = job,
                 .seed = seed,
                 .offers = how.offers,
                 .end = how.end,
                 .step = how.step,
                 .time = how.time,
                 .to_frontier = NAN,
                 .to_nash = NAN,
                 .numbers = arena_array(&to->memory, 3 * table->board->seats, double)};
    take_numbers(one, table, &how);
    one->fault = fault_of(to, table);
    if (how.end != TRUCE_SESSION_AGREED)
        return;
    measure(at, table, &how, last, one->numbers);
    one->to_frontier = last->to_frontier;
    one->to_nash = last->to_nash;
    one->agreement = agreement_text(to, table, how.agreement);
}

/* ---- a task ---------------------------------------------------------------------------- */

static uint64_t first_job(const run *at, uint64_t assignment)
{
    return (at->field * at->all->assignments + assignment) * at->all->plan.repetitions;
}

static bool is_missing(const run *at, uint64_t job)
{
    return in_shard(job, at->choices->shard, at->choices->shards) &&
           !(at->there[job / 64] >> job % 64 & 1);
}

static bool some_missing(const run *at, uint64_t assignment)
{
    uint64_t job = first_job(at, assignment);
    for (uint32_t r = 0; r < at->all->plan.repetitions; r++)
        if (is_missing(at, job + r))
            return true;
    return false;
}

static void play_task(void *user, size_t task)
{
    const run *at = user;
    sheet *to = &at->sheets[task];
    const truce_contest *plan = &at->all->plan;
    size_t seated[SEATS_MOST];
    strategy plays[SEATS_MOST];
    assignment_seats(at->all, to->assignment, seated);
    for (size_t s = 0; s < plan->parties; s++)
        plays[s] = at->strategies[seated[s]];
    sitting_choices choices = {.rules = protocol_named(plan->protocol, NULL),
                               .plays = plays,
                               .rounds = plan->rounds,
                               .seconds = plan->seconds,
                               .as = plan->as};
    sitting *table = sitting_new(at->board, &choices);
    measured last = {.of = TRUCE_NO_OFFER};
    uint64_t job = first_job(at, to->assignment);
    for (uint32_t r = 0; r < plan->repetitions; r++)
        if (is_missing(at, job + r) && !(r > 0 && stop_now(at->stop)))
            play_one(at, to, table, job + r, &last);
    sitting_free(table);
}

/* ---- a batch --------------------------------------------------------------------------- */

static void tell(const run *at)
{
    const char *name = at->all->fields[at->field].name, *slash = strrchr(name, '/');
    double done = (double)(at->result->there + at->result->played);
    stop_tell(at->stop, slash && slash[1] ? slash + 1 : name,
              at->result->share ? done / (double)at->result->share : 1);
}

/* Rows of all sheets into one array, in the order of jobs; and the sheets away. */
static bool write_batch(run *at, size_t tasks)
{
    size_t count = 0;
    for (size_t k = 0; k < tasks; k++)
        count += at->sheets[k].count;
    row *rows = must_allocate((count + 1) * sizeof *rows);
    count = 0;
    for (size_t k = 0; k < tasks; k++) {
        if (at->sheets[k].count > 0)
            memcpy(rows + count, at->sheets[k].rows,
                   at->sheets[k].count * sizeof *rows);
        count += at->sheets[k].count;
    }
    bool good = store_write(at->kept, rows, count, at->error);
    for (size_t k = 0; k < count; k++)
        at->result->offers += rows[k].offers;
    at->result->played += count;
    free(rows);
    for (size_t k = 0; k < tasks; k++) {
        free(at->sheets[k].rows);
        arena_free(&at->sheets[k].memory);
    }
    return good;
}

static size_t fill_batch(run *at, uint64_t *assignment, size_t most)
{
    size_t tasks = 0, seats[SEATS_MOST];
    for (; *assignment < at->all->assignments && tasks < most; ++*assignment)
        if (assignment_seats(at->all, *assignment, seats) &&
            some_missing(at, *assignment))
            at->sheets[tasks++] = (sheet){.assignment = *assignment};
    return tasks;
}

static bool play_batches(run *at)
{
    unsigned threads = stop_threads(at->stop);
    size_t most = threads;
    bool good = true;
    for (uint64_t assignment = 0;
         good && assignment < at->all->assignments && !stop_now(at->stop);) {
        at->sheets = must_allocate_zeroed(most + 1, sizeof *at->sheets);
        double began = truce_seconds();
        size_t tasks = fill_batch(at, &assignment, most);
        pool_run(threads, tasks, play_task, at);
        good = tasks == 0 || write_batch(at, tasks);
        free(at->sheets);
        if (truce_seconds() - began < BATCH_SECONDS && most < SIZE_MAX / 4)
            most *= 2;
        else if (most > threads)
            most /= 2;
        tell(at);
    }
    return good;
}

/* ---- a scenario ------------------------------------------------------------------------ */

static bool load_field(run *at)
{
    const setting *of = &at->all->fields[at->field];
    truce_diagnostics *wrong = truce_diagnostics_new();
    truce_reading reading = {.as = at->all->plan.as};
    truce_status status =
        truce_scenario_load(&of->path, 1, &reading, &at->scenario, wrong);
    truce_diagnostics_free(wrong);
    if (status != TRUCE_OK)
        error_say(at->error, TRUCE_CALL, "%s has changed while the tournament ran",
                  of->path);
    return status == TRUCE_OK;
}

/* Distances need the whole frontier, which a large space with conditions may not give in
 * any time that is known before. */
static bool can_be_measured(const run *at)
{
    return at->board->small || at->scenario->rule_count == 0;
}

static bool field_is_done(const run *at)
{
    size_t seats[SEATS_MOST];
    for (uint64_t a = 0; a < at->all->assignments; a++)
        if (assignment_seats(at->all, a, seats) && some_missing(at, a))
            return false;
    return true;
}

static bool play_field(run *at)
{
    if (field_is_done(at))
        return true;
    bool good = load_field(at);
    if (good)
        at->board = board_new(at->scenario, (truce_list){0}, NULL, at->error);
    good = good && at->board;
    if (good && can_be_measured(at))
        at->yard = yardstick_find(at->board, NULL);
    good = good && play_batches(at);
    yardstick_free(&at->yard);
    board_free(at->board);
    truce_scenario_free(at->scenario);
    at->board = NULL;
    at->scenario = NULL;
    return good;
}

/* ---- the whole ------------------------------------------------------------------------- */

static bool read_strategies(run *at, arena *memory)
{
    const truce_contest *plan = &at->all->plan;
    at->strategies = arena_array(memory, plan->strategies.count, strategy);
    for (size_t k = 0; k < plan->strategies.count; k++)
        if (strategies_read(plan->strategies.items[k], at->choices->own,
                            at->choices->own_count, plan->as, &at->strategies[k], 1,
                            memory, at->error) != 1)
            return false;
    return true;
}

static uint64_t count_there(const run *at)
{
    uint64_t count = 0;
    for (uint64_t job = 0; job < at->all->all; job++)
        count += in_shard(job, at->choices->shard, at->choices->shards) &&
                 (at->there[job / 64] >> job % 64 & 1);
    return count;
}

static void take_left_out(truce_tournament *result, arena *memory, const jobs *all)
{
    truce_left_out *left_out = arena_array(memory, all->left_out_count, truce_left_out);
    for (size_t k = 0; k < all->left_out_count; k++)
        left_out[k] = (truce_left_out){arena_text(memory, all->left_out[k].path),
                                       arena_text(memory, all->left_out[k].why)};
    result->left_out = left_out;
    result->left_out_count = all->left_out_count;
    result->scenarios = all->field_count;
    result->sessions = jobs_count(all, 0, 0);
}

static truce_status play_all(run *at)
{
    truce_status status = TRUCE_OK;
    for (at->field = 0; at->field < at->all->field_count; at->field++) {
        if (stop_now(at->stop))
            break;
        if (!play_field(at))
            return TRUCE_CALL;
    }
    if (at->result->there + at->result->played < at->result->share)
        status = error_say(at->error, TRUCE_LIMIT,
                           "stopped; the same command goes on where it ended");
    return status;
}

static bool is_shard(const truce_tournament_choices *choices, truce_error *error)
{
    bool whole = choices->shards == 0 && choices->shard == 0;
    if (whole || (choices->shard >= 1 && choices->shard <= choices->shards))
        return true;
    error_say(error, TRUCE_CALL, "there is no shard %llu of %llu",
              (unsigned long long)choices->shard, (unsigned long long)choices->shards);
    return false;
}

truce_status truce_tournament_play(const truce_contest *plan,
                                   const truce_tournament_choices *choices,
                                   const truce_stop *stop, truce_tournament **result,
                                   truce_error *error)
{
    *result = NULL;
    if (!is_shard(choices, error))
        return TRUCE_CALL;
    run at = {.choices = choices, .stop = stop, .error = error};
    arena memory = {0};
    truce_status status = TRUCE_CALL;
    at.result = arena_new(&memory, truce_tournament);
    double began = truce_seconds();
    at.all = jobs_of(plan, choices->own, choices->own_count, stop, error);
    if (at.all && read_strategies(&at, &memory) &&
        (at.kept = store_open(choices->out, at.all, error)) != NULL) {
        at.there = must_allocate_zeroed(at.all->all / 64 + 1, sizeof *at.there);
        take_left_out(at.result, &memory, at.all);
        at.result->share = jobs_count(at.all, choices->shard, choices->shards);
        if (store_there(at.kept, at.there, at.all->all, error)) {
            at.result->there = count_there(&at);
            status = play_all(&at);
        }
    }
    at.result->seconds = truce_seconds() - began;
    free(at.there);
    store_close(at.kept);
    jobs_free(at.all);
    at.result->memory = memory.last;
    *result = at.result;
    if (status == TRUCE_CALL) {
        truce_tournament_free(at.result);
        *result = NULL;
    }
    return status;
}

void truce_tournament_free(truce_tournament *result)
{
    if (result == NULL)
        return;
    arena memory = {result->memory}; /* a copy: it lives in the memory it owns */
    arena_free(&memory);
}

truce_status truce_tournament_merge(const char *out, const char *const *from,
                                    size_t count, truce_error *error)
{
    if (count == 0)
        return error_say(error, TRUCE_CALL, "there is nothing to merge");
    store *to = store_like(out, from[0], error);
    bool good = to != NULL;
    for (size_t k = 0; good && k < count; k++)
        good = store_take(to, from[k], error);
    store_close(to);
    return good ? TRUCE_OK : TRUCE_CALL;
}
