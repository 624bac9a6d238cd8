/* draws: many sessions on numbers and strategies that are drawn, and what they come to.
 *
 * Every draw has streams keyed by the seed and its number, and writes into a row of its
 * own; rows are taken together in order. Where the file has no ranges one board serves
 * all.
 */
#include "base/error.h"
#include "base/pool.h"
#include "play/measure.h"
#include "play/parts.h"
#include "play/spread.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/triangles.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS_A_TASK = 16, COMBINATIONS_MOST = 4096, ROUNDS_USUALLY = 100 };

/* The strategies that one seat may play. */
typedef struct mix {
    strategy *plays; /* [count] */
    uint64_t *weights, all;
    size_t count;
} mix;

/* One draw. */
typedef struct drawn {
    bool played, agreed;
    uint32_t step;
    uint32_t combination;
} drawn;

typedef struct drawing {
    arena memory;
    const truce_scenario *scenario;
    const truce_session_choices *choices;
    const truce_stop *stop;
    const protocol *rules;
    numbers all;
    triangle *triangles;
    size_t ranged;
    board *board; /* as the file has it */
    mix *mixes;   /* [seats] */
    size_t combinations;
    uint64_t draws;
    drawn *rows;
    double *worths;          /* [draws][3 seats]: utility, discounted, advantage */
    uint32_t *settled;       /* [draws][issues] */
    truce_value *agreements; /* [draws][issues] */
    atomic_bool stopped;
    atomic_size_t done;
    pthread_t asker;
} drawing;

/* ---- the mix ----------------------------------------------------------------------------- */

/* "2*boulware": the weight, and the name behind it. */
static uint64_t read_weight(char **name)
{
    size_t digits = strspn(*name, "0123456789");
    if (digits == 0 || digits > 6 || (*name)[digits] != '*')
        return 1;
    uint64_t weight = strtoull(*name, NULL, 10);
    *name += digits + 1;
    return weight;
}

static bool read_mix(drawing *at, mix *to, char *text, truce_error *error)
{
    size_t most = 1;
    for (const char *bar = text; (bar = strchr(bar, '|')) != NULL; bar++)
        most++;
    to->plays = arena_array(&at->memory, most, strategy);
    to->weights = arena_array(&at->memory, most, uint64_t);
    for (char *rest = text; rest;) {
        char *name = rest, *bar = strchr(rest, '|');
        rest = bar ? bar + 1 : NULL;
        if (bar)
            *bar = '\0';
        to->weights[to->count] = read_weight(&name);
        to->all += to->weights[to->count];
        if (strategies_read(name, at->choices->own, at->choices->own_count,
                            at->choices->as, &to->plays[to->count], 1, &at->memory,
                            error) != 1)
            return false;
        to->count++;
    }
    if (to->all == 0)
        return error_say(error, TRUCE_CALL, "the weights of a mix are all 0"), false;
    return true;
}

static bool read_mixes(drawing *at, truce_error *error)
{
    size_t seats = at->board->seats, count = 0;
    const char *with = at->choices->with;
    if (with == NULL || *with == '\0')
        return error_say(error, TRUCE_CALL, "no strategy is named"), false;
    at->mixes = arena_array(&at->memory, seats, mix);
    char *rest = arena_text(&at->memory, with);
    for (char *next; rest && count < seats; rest = next) {
        next = strategies_cut(rest);
        if (!read_mix(at, &at->mixes[count++], rest, error))
            return false;
    }
    if (rest || (count != 1 && count != seats))
        return error_say(error, TRUCE_CALL,
                         "strategies for %zu at the table: name one mix for all, or "
                         "one for each",
                         seats),
               false;
    for (size_t s = count; s < seats; s++)
        at->mixes[s] = at->mixes[0];
    at->combinations = 1;
    for (size_t s = 0; s < seats; s++)
        if ((at->combinations *= at->mixes[s].count) > COMBINATIONS_MOST)
            return error_say(error, TRUCE_CALL,
                             "more than %d combinations of strategies",
                             COMBINATIONS_MOST),
                   false;
    return true;
}

/* The strategy of each seat, by the draw's own dice; returns the combination's number. */
static uint32_t draw_strategies(const drawing *at, random_stream *dice, strategy *plays)
{
    size_t combination = 0;
    for (size_t s = 0; s < at->board->seats; s++) {
        const mix *from = &at->mixes[s];
        uint64_t part = random_below(dice, from->all);
        size_t chosen = 0;
        while (part >= from->weights[chosen])
            part -= from->weights[chosen++];
        plays[s] = from->plays[chosen];
        combination = combination * from->count + chosen;
    }
    return (uint32_t)combination;
}

/* ---- one draw ------------------------------------------------------------------------------ */

/* The round from which every offer has the value agreed. */
static void take_settled(const drawing *at, const sitting *table,
                         const transcript *spoken, const truce_value *agreement,
                         uint32_t *settled)
{
    size_t issues = at->board->issues;
    truce_value *offered = must_allocate((issues + 1) * sizeof *offered);
    memset(settled, 0, issues * sizeof *settled);
    for (size_t k = 0; k < spoken->count; k++) {
        const said *it = &spoken->items[k];
        if (it->what != TRUCE_SAID_OFFER)
            continue;
        offers_outcome(table->table, it->offer, offered);
        for (size_t i = 0; i < issues; i++)
            if (offered[i] != agreement[i])
                settled[i] = it->round + 1;
    }
    free(offered);
}

static void take_ending(drawing *at, uint64_t number, const sitting *table,
                        const ending *how, const transcript *spoken)
{
    size_t seats = at->board->seats, issues = at->board->issues;
    drawn *row = &at->rows[number];
    double *worths = at->worths + number * 3 * seats;
    row->played = true;
    row->agreed = how->end == TRUCE_SESSION_AGREED;
    row->step = how->step;
    for (size_t s = 0; s < seats; s++) {
        worths[s] = seat_utility(table, how, s);
        worths[seats + s] = seat_discounted(table, how, s);
        worths[2 * seats + s] = seat_advantage(table, how, s);
    }
    if (!row->agreed)
        return;
    truce_value *agreement = at->agreements + number * issues;
    offers_outcome(table->table, how->agreement, agreement);
    take_settled(at, table, spoken, agreement, at->settled + number * issues);
}

static board *draw_board(const drawing *at, uint64_t number, arena *memory)
{
    truce_decimal *values = arena_array(memory, at->all.count, truce_decimal);
    triangles_draw(&at->all, at->triangles, at->choices->seed, number, values);
    return board_new(numbers_replace(at->scenario, &at->all, values, memory),
                     at->choices->over, NULL, NULL);
}

static void play_on(drawing *at, const board *made, uint64_t number)
{
    strategy plays[SEATS_MOST];
    random_stream dice = random_begin(~at->choices->seed, number);
    at->rows[number].combination = draw_strategies(at, &dice, plays);
    bool by_clock = at->choices->seconds > 0 && at->choices->rounds == 0;
    uint32_t rounds = at->choices->rounds > 0 ? at->choices->rounds : ROUNDS_USUALLY;
    sitting_choices seated = {.rules = at->rules,
                              .plays = plays,
                              .rounds = by_clock ? 0 : rounds,
                              .seconds = at->choices->seconds,
                              .as = at->choices->as};
    sitting *table = sitting_new(made, &seated);
    transcript spoken = {0};
    ending how = sitting_play(table, random_next(&dice), NULL, &spoken);
    take_ending(at, number, table, &how, &spoken);
    free(spoken.items);
    sitting_free(table);
}

static void run_draw(drawing *at, uint64_t number)
{
    if (at->ranged == 0) {
        play_on(at, at->board, number);
        return;
    }
    arena memory = {0};
    board *made = draw_board(at, number, &memory);
    if (made)
        play_on(at, made, number);
    board_free(made);
    arena_free(&memory);
}

static void run_task(void *user, size_t task)
{
    drawing *at = user;
    for (uint64_t k = 0; k < DRAWS_A_TASK; k++) {
        uint64_t number = task * DRAWS_A_TASK + k;
        if (number >= at->draws || atomic_load(&at->stopped))
            return;
        if (stop_now(at->stop))
            atomic_store(&at->stopped, true);
        else
            run_draw(at, number);
    }
    size_t done = atomic_fetch_add(&at->done, DRAWS_A_TASK) + DRAWS_A_TASK;
    if (pthread_equal(pthread_self(), at->asker))
        stop_tell(at->stop, "drawing", fmin(1, (double)done / (double)at->draws));
}

/* ---- taking them together -------------------------------------------------------------------- */

/* Draws from the first to the last before one that was not played. */
static uint64_t played_of(const drawing *at)
{
    uint64_t count = 0;
    while (count < at->draws && at->rows[count].played)
        count++;
    return count;
}

static const truce_spread *spreads_of(const drawing *at, arena *memory, uint64_t count,
                                      size_t which)
{
    size_t seats = at->board->seats;
    truce_spread *all = arena_array(memory, seats, truce_spread);
    double *values = must_allocate((count + 1) * sizeof *values);
    for (size_t s = 0; s < seats; s++) {
        for (uint64_t d = 0; d < count; d++)
            values[d] = at->worths[(d * 3 + which) * seats + s];
        all[s] = spread_of(values, count);
    }
    free(values);
    return all;
}

static bool settles_first(const drawing *at, uint64_t number, size_t issue)
{
    const uint32_t *settled = at->settled + number * at->board->issues;
    for (size_t i = 0; i < at->board->issues; i++)
        if (settled[i] < settled[issue])
            return false;
    return true;
}

static truce_settling settling_of(const drawing *at, arena *memory, uint64_t count,
                                  uint64_t agreed, size_t issue)
{
    size_t issues = at->board->issues;
    size_t value_count = at->scenario->issues[issue].value_count;
    uint64_t *times = must_allocate_zeroed(value_count + 1, sizeof *times);
    double *rounds = must_allocate((count + 1) * sizeof *rounds);
    uint64_t first = 0, k = 0;
    for (uint64_t d = 0; d < count; d++) {
        if (!at->rows[d].agreed)
            continue;
        times[at->agreements[d * issues + issue]]++;
        rounds[k++] = at->settled[d * issues + issue];
        first += settles_first(at, d, issue);
    }
    truce_share *values = arena_array(memory, value_count, truce_share);
    for (size_t v = 0; v < value_count; v++)
        values[v] = share_of(times[v], agreed);
    truce_settling result = {values, spread_of(rounds, k), share_of(first, agreed)};
    free(times);
    free(rounds);
    return result;
}

static truce_combination combination_of(const drawing *at, arena *memory,
                                        uint64_t count, size_t which)
{
    size_t seats = at->board->seats, rest = which;
    const char **names = arena_array(memory, seats, const char *);
    double *means = arena_array(memory, seats, double);
    for (size_t s = seats; s-- > 0; rest /= at->mixes[s].count)
        names[s] =
            arena_text(memory, at->mixes[s].plays[rest % at->mixes[s].count].text);
    uint64_t times = 0, agreed = 0;
    for (uint64_t d = 0; d < count; d++) {
        if (at->rows[d].combination != which)
            continue;
        times++;
        agreed += at->rows[d].agreed;
        for (size_t s = 0; s < seats; s++)
            means[s] += at->worths[(d * 3 + 1) * seats + s];
    }
    for (size_t s = 0; s < seats; s++)
        means[s] = times > 0 ? means[s] / (double)times : NAN;
    return (truce_combination){names, share_of(agreed, times), means};
}

static truce_spread steps_of(const drawing *at, uint64_t count)
{
    double *steps = must_allocate((count + 1) * sizeof *steps);
    size_t k = 0;
    for (uint64_t d = 0; d < count; d++)
        if (at->rows[d].agreed)
            steps[k++] = at->rows[d].step;
    truce_spread all = spread_of(steps, k);
    free(steps);
    return all;
}

static void take_tables(truce_sessions *to, const drawing *at, uint64_t agreed)
{
    arena *memory = result_memory(&to->finding);
    truce_settling *issues = arena_array(memory, at->board->issues, truce_settling);
    for (size_t i = 0; i < at->board->issues; i++)
        issues[i] = settling_of(at, memory, to->draws, agreed, i);
    to->issues = issues;
    truce_combination *combinations =
        arena_array(memory, at->combinations, truce_combination);
    for (size_t k = 0; k < at->combinations; k++)
        combinations[k] = combination_of(at, memory, to->draws, k);
    to->combinations = combinations;
    to->combination_count = at->combinations;
}

static truce_sessions *describe(const drawing *at)
{
    truce_sessions *to = result_new(sizeof *to, at->scenario, "negotiate");
    arena *memory = result_memory(&to->finding);
    uint64_t agreed = 0;
    size_t *parties = arena_array(memory, at->board->seats, size_t);
    for (size_t s = 0; s < at->board->seats; s++)
        parties[s] = at->board->seat[s].party;
    to->parties = (truce_list){parties, at->board->seats};
    to->protocol = at->rules->part.name;
    to->seconds = at->choices->rounds > 0 ? 0 : at->choices->seconds;
    to->rounds = at->choices->rounds > 0 ? at->choices->rounds
                 : to->seconds > 0       ? 0
                                         : ROUNDS_USUALLY;
    to->seed = at->choices->seed;
    to->numbers = at->ranged;
    to->draws = played_of(at);
    for (uint64_t d = 0; d < to->draws; d++)
        agreed += at->rows[d].agreed;
    to->agreed = share_of(agreed, to->draws);
    to->step = steps_of(at, to->draws);
    to->utility = spreads_of(at, memory, to->draws, 0);
    to->discounted = spreads_of(at, memory, to->draws, 1);
    to->advantage = spreads_of(at, memory, to->draws, 2);
    take_tables(to, at, agreed);
    to->finding.grounds = grounds_of_parties(to->finding.scenario, to->parties, memory);
    to->finding.proof = (truce_proof){.how = TRUCE_SAMPLED,
                                      .by = "sessions on drawn numbers and strategies",
                                      .seed = to->seed,
                                      .draws = to->draws};
    return to;
}

/* ---- the whole --------------------------------------------------------------------------------- */

static bool prepare(drawing *at, truce_error *error)
{
    enum { DRAWS_MOST = 10000000 };
    if (at->draws == 0 || at->draws > DRAWS_MOST)
        return error_say(error, TRUCE_CALL, "1 to %d draws can be made", DRAWS_MOST),
               false;
    at->rules = protocol_named(at->choices->protocol, error);
    if (at->rules == NULL)
        return false;
    at->board = board_new(at->scenario, at->choices->over, at->stop, error);
    if (at->board == NULL || !read_mixes(at, error))
        return false;
    if (at->board->seats > SEATS_MOST)
        return error_say(error, TRUCE_CALL, "more than %d at the table", SEATS_MOST),
               false;
    at->all = numbers_of(at->scenario, &at->memory);
    at->triangles = arena_array(&at->memory, at->all.count, triangle);
    for (size_t k = 0; k < at->all.count; k++) {
        at->triangles[k] = triangle_of(&at->all.items[k], 0);
        at->ranged += at->triangles[k].high > at->triangles[k].low;
    }
    return true;
}

static void play_all(drawing *at)
{
    size_t seats = at->board->seats, issues = at->board->issues;
    at->rows = must_allocate_zeroed(at->draws, sizeof *at->rows);
    at->worths = must_allocate_zeroed(at->draws, 3 * seats * sizeof *at->worths);
    at->settled = must_allocate_zeroed(at->draws, (issues + 1) * sizeof *at->settled);
    at->agreements =
        must_allocate_zeroed(at->draws, (issues + 1) * sizeof *at->agreements);
    pool_run(stop_threads(at->stop),
             (size_t)((at->draws + DRAWS_A_TASK - 1) / DRAWS_A_TASK), run_task, at);
}

truce_status truce_sessions_draw(const truce_scenario *scenario,
                                 const truce_session_choices *choices, uint64_t draws,
                                 const truce_stop *stop, truce_sessions **result,
                                 truce_error *error)
{
    drawing at = {.scenario = scenario,
                  .choices = choices,
                  .stop = stop,
                  .draws = draws,
                  .asker = pthread_self()};
    *result = NULL;
    truce_status status = TRUCE_CALL;
    if (prepare(&at, error)) {
        play_all(&at);
        *result = describe(&at);
        status = (*result)->draws == draws ? TRUCE_OK : TRUCE_LIMIT;
    }
    board_free(at.board);
    free(at.rows);
    free(at.worths);
    free(at.settled);
    free(at.agreements);
    arena_free(&at.memory);
    return status;
}

void truce_sessions_free(truce_sessions *result)
{
    if (result)
        result_free(&result->finding);
}
