/* session: one session as the caller asked for it, and the same again and again. */
#include "base/error.h"
#include "play/cage.h"
#include "play/external.h"
#include "play/measure.h"
#include "scenario/grounds.h"
#include "scenario/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS_USUALLY = 100 };

typedef struct prepared {
    arena memory;
    board *board;
    strategy *plays; /* [seats] */
    sitting *table;
} prepared;

static void prepared_free(prepared *all)
{
    sitting_free(all->table);
    board_free(all->board);
    arena_free(&all->memory);
}

/* One strategy for all seats, or one for each. */
static bool read_strategies(prepared *all, const truce_session_choices *choices,
                            truce_error *error)
{
    size_t seats = all->board->seats;
    all->plays = arena_array(&all->memory, seats, strategy);
    size_t count = strategies_read(choices->with, choices->own, choices->own_count,
                                   choices->as, all->plays, seats, &all->memory, error);
    if (count == 0)
        return false;
    if (count != 1 && count != seats)
        return error_say(
                   error, TRUCE_CALL,
                   "%zu strategies for %zu at the table: name one for all, or one "
                   "for each",
                   count, seats),
               false;
    for (size_t s = count; s < seats; s++)
        all->plays[s] = all->plays[0];
    return true;
}

static bool prepare(prepared *all, const truce_scenario *scenario,
                    const truce_session_choices *choices, const truce_stop *stop,
                    truce_error *error)
{
    const protocol *rules = protocol_named(choices->protocol, error);
    if (rules == NULL)
        return false;
    all->board = board_new(scenario, choices->over, stop, error);
    if (all->board == NULL || !read_strategies(all, choices, error))
        return false;
    if (all->board->seats > SEATS_MOST)
        return error_say(error, TRUCE_CALL, "more than %d at the table", SEATS_MOST),
               false;
    bool by_clock = choices->seconds > 0 && choices->rounds == 0;
    sitting_choices seated = {.rules = rules,
                              .plays = all->plays,
                              .rounds = by_clock              ? 0
                                        : choices->rounds > 0 ? choices->rounds
                                                              : ROUNDS_USUALLY,
                              .seconds = choices->seconds,
                              .as = choices->as};
    all->table = sitting_new(all->board, &seated);
    return true;
}

/* ---- one session -------------------------------------------------------------------------- */

static const truce_value *kept_outcome(truce_session *result, const sitting *table,
                                       truce_offer offer)
{
    truce_value *outcome =
        arena_array(result_memory(&result->finding), table->board->issues, truce_value);
    offers_outcome(table->table, offer, outcome);
    return outcome;
}

static const double *kept_utilities(truce_session *result, const sitting *table,
                                    truce_offer offer)
{
    size_t seats = table->board->seats;
    double *utilities = arena_array(result_memory(&result->finding), seats, double);
    for (size_t s = 0; s < seats; s++)
        utilities[s] = sitting_worth(table, s, offer);
    return utilities;
}

static void take_turns(truce_session *result, const sitting *table,
                       const transcript *spoken)
{
    arena *memory = result_memory(&result->finding);
    truce_turn *turns = arena_array(memory, spoken->count, truce_turn);
    for (size_t k = 0; k < spoken->count; k++) {
        const said *it = &spoken->items[k];
        turns[k] = (truce_turn){
            .round = it->round, .time = it->time, .seat = it->seat, .said = it->what};
        if (it->offer == TRUCE_NO_OFFER)
            continue;
        turns[k].outcome = kept_outcome(result, table, it->offer);
        turns[k].utilities = kept_utilities(result, table, it->offer);
    }
    result->turns = turns;
    result->turn_count = spoken->count;
}

static void take_parties(truce_session *result, const board *made)
{
    size_t *parties = arena_array(result_memory(&result->finding), made->seats, size_t);
    for (size_t s = 0; s < made->seats; s++)
        parties[s] = made->seat[s].party;
    result->parties = (truce_list){parties, made->seats};
}

static void say_how(truce_session *result, const sitting *table)
{
    result->finding.grounds = grounds_of_parties(
        result->finding.scenario, result->parties, result_memory(&result->finding));
    result->finding.proof.how = TRUCE_SAMPLED;
    result->finding.proof.by = "one session, played out by its seed";
    result->finding.proof.seed = result->seed;
    result->finding.proof.draws = 1;
    double over = 0, of_range = 0;
    for (size_t s = 0; s < table->board->seats; s++) {
        const board_seat *mine = &table->board->seat[s];
        double here = table->players[s].overshoot, range = mine->greatest - mine->least;
        over = fmax(over, here);
        of_range = fmax(of_range, here > 0 && range > 0 ? here / range : 0);
    }
    bool external = false;
    for (size_t s = 0; s < table->board->seats; s++)
        external = external || strategy_is_external(table->plays[s].own);
    if (external)
        result->remark = cage_words();
    else if (over > 0)
        result->remark = arena_format(result_memory(&result->finding),
                                      "offers lie up to %.6g above the utility that "
                                      "was asked for, %.2g of the range: the space is "
                                      "too large to enumerate",
                                      over, of_range);
}

static truce_session *describe(const truce_scenario *scenario, const prepared *all,
                               const truce_session_choices *choices, const ending *how,
                               const transcript *spoken, const truce_stop *stop)
{
    truce_session *result = result_new(sizeof *result, scenario, "negotiate");
    const sitting *table = all->table;
    take_parties(result, all->board);
    result->protocol = table->rules->part.name;
    result->rounds = table->rounds;
    result->seconds = table->rounds > 0 ? 0 : table->seconds;
    result->seed = choices->seed;
    result->as = choices->as;
    result->end = how->end;
    result->step = how->step;
    result->time = how->time;
    result->to_frontier = result->to_nash = result->to_kalai_smorodinsky =
        result->to_egalitarian = result->optimality = NAN;
    if (how->end == TRUCE_SESSION_AGREED)
        result->agreement = kept_outcome(result, table, how->agreement);
    measure_seats(result, table, how, spoken);
    take_turns(result, table, spoken);
    say_how(result, table);
    if (choices->measured)
        measure_distances(result, table, how, stop);
    return result;
}

truce_status truce_session_run(const truce_scenario *scenario,
                               const truce_session_choices *choices,
                               const truce_stop *stop, truce_session **result,
                               truce_error *error)
{
    *result = NULL;
    prepared all = {0};
    bool good = prepare(&all, scenario, choices, stop, error);
    if (good) {
        transcript spoken = {0};
        ending how = sitting_play(all.table, choices->seed, stop, &spoken);
        *result = describe(scenario, &all, choices, &how, &spoken, stop);
        free(spoken.items);
    }
    prepared_free(&all);
    if (!good)
        return TRUCE_CALL;
    return (*result)->end == TRUCE_SESSION_AGREED ? TRUCE_OK : TRUCE_NONE;
}

void truce_session_free(truce_session *result)
{
    if (result)
        result_free(&result->finding);
}

/* ---- again and again ---------------------------------------------------------------------- */

static void count_one(truce_repetition *sum, double *means, const sitting *table,
                      const ending *how)
{
    sum->sessions++;
    sum->offers += how->offers;
    sum->answers += how->answers;
    sum->agreements += how->end == TRUCE_SESSION_AGREED;
    sum->mean_step += how->step;
    for (size_t s = 0; s < table->board->seats; s++)
        means[s] += seat_utility(table, how, s);
}

static void take_means(truce_repetition *sum, double *means, size_t seats)
{
    double times = sum->sessions > 0 ? (double)sum->sessions : 1;
    sum->mean_step /= times;
    for (size_t s = 0; s < seats; s++)
        means[s] /= times;
    sum->mean_utilities = means;
    sum->sessions_per_second =
        sum->seconds > 0 ? (double)sum->sessions / sum->seconds : NAN;
    sum->offers_per_second =
        sum->seconds > 0 ? (double)sum->offers / sum->seconds : NAN;
}

enum { SESSIONS_BETWEEN_LOOKS = 256 };

static truce_repetition *repeat(const truce_scenario *scenario, const prepared *all,
                                const truce_session_choices *choices, uint64_t times,
                                const truce_stop *stop)
{
    truce_repetition *sum = result_new(sizeof *sum, scenario, "negotiate");
    arena *memory = result_memory(&sum->finding);
    size_t seats = all->board->seats;
    double *means = arena_array(memory, seats, double);
    size_t *parties = arena_array(memory, seats, size_t);
    for (size_t s = 0; s < seats; s++)
        parties[s] = all->board->seat[s].party;
    sum->parties = (truce_list){parties, seats};
    double began = truce_seconds();
    for (uint64_t k = 0; k < times; k++) {
        if (k % SESSIONS_BETWEEN_LOOKS == 0 && stop_now(stop))
            break;
        ending how = sitting_play(all->table, choices->seed + k, NULL, NULL);
        count_one(sum, means, all->table, &how);
    }
    sum->seconds = truce_seconds() - began;
    take_means(sum, means, seats);
    sum->finding.grounds = grounds_of_parties(sum->finding.scenario, sum->parties,
                                              result_memory(&sum->finding));
    sum->finding.proof = (truce_proof){.how = TRUCE_SAMPLED,
                                       .by = "sessions played out, each by its seed",
                                       .seed = choices->seed,
                                       .draws = sum->sessions};
    return sum;
}

truce_status truce_session_repeat(const truce_scenario *scenario,
                                  const truce_session_choices *choices, uint64_t times,
                                  const truce_stop *stop, truce_repetition **result,
                                  truce_error *error)
{
    *result = NULL;
    prepared all = {0};
    double began = truce_seconds();
    bool good = prepare(&all, scenario, choices, stop, error);
    double ready = truce_seconds();
    if (good) {
        *result = repeat(scenario, &all, choices, times, stop);
        (*result)->preparation = ready - began;
    }
    prepared_free(&all);
    return good ? TRUCE_OK : TRUCE_CALL;
}

void truce_repetition_free(truce_repetition *result)
{
    if (result)
        result_free(&result->finding);
}
