/* measure: the moves are those of Hindriks, Jonker, Tykhonov, Let's dance: analytics of
 * negotiation dynamics (2007): what a step from one own offer to the next does to oneself
 * and to the others (to their mean, when there are several).
 */
#include "play/measure.h"

#include "play/yardstick.h"
#include "scenario/result.h"

#include <math.h>
#include <stdlib.h>

/* ---- utilities ------------------------------------------------------------------------- */

double seat_utility(const sitting *table, const ending *how, size_t seat)
{
    return how->end == TRUCE_SESSION_AGREED ? sitting_worth(table, seat, how->agreement)
                                            : table->board->seat[seat].reservation;
}

double seat_discounted(const sitting *table, const ending *how, size_t seat)
{
    const board_seat *mine = &table->board->seat[seat];
    double utility = seat_utility(table, how, seat);
    bool shrinks = how->end == TRUCE_SESSION_AGREED && mine->has_discount;
    return shrinks ? utility * pow(mine->discount, how->time) : utility;
}

double seat_advantage(const sitting *table, const ending *how, size_t seat)
{
    const board_seat *mine = &table->board->seat[seat];
    double room = mine->greatest - mine->reservation;
    return room > 0 ? (seat_utility(table, how, seat) - mine->reservation) / room : NAN;
}

/* ---- moves ------------------------------------------------------------------------------- */

static double change_for_others(const sitting *table, size_t seat, truce_offer from,
                                truce_offer to)
{
    double sum = 0;
    for (size_t s = 0; s < table->board->seats; s++)
        if (s != seat)
            sum += sitting_worth(table, s, to) - sitting_worth(table, s, from);
    return sum / (double)(table->board->seats - 1);
}

static void count_move(truce_moves *moves, double own, double others)
{
    if (own == 0 && others == 0)
        moves->silent++;
    else if (own == 0 && others > 0)
        moves->nice++;
    else if (own < 0 && others >= 0)
        moves->concession++;
    else if (own > 0 && others > 0)
        moves->fortunate++;
    else if (own > 0)
        moves->selfish++;
    else
        moves->unfortunate++;
}

static void count_moves(truce_seat_result *to, const sitting *table, size_t seat,
                        const transcript *spoken)
{
    const board_seat *mine = &table->board->seat[seat];
    truce_offer before = TRUCE_NO_OFFER;
    double least = INFINITY;
    for (size_t k = 0; k < spoken->count; k++) {
        const said *it = &spoken->items[k];
        if (it->seat != seat || it->what != TRUCE_SAID_OFFER)
            continue;
        to->offers++;
        least = fmin(least, sitting_worth(table, seat, it->offer));
        if (before != TRUCE_NO_OFFER)
            count_move(&to->moves,
                       sitting_worth(table, seat, it->offer) -
                           sitting_worth(table, seat, before),
                       change_for_others(table, seat, before, it->offer));
        before = it->offer;
    }
    double range = mine->greatest - mine->least;
    to->concession =
        to->offers > 0 && range > 0 ? (mine->greatest - least) / range : NAN;
}

void measure_seats(truce_session *result, const sitting *table, const ending *how,
                   const transcript *spoken)
{
    const board *made = table->board;
    arena *memory = result_memory(&result->finding);
    truce_seat_result *seats = arena_array(memory, made->seats, truce_seat_result);
    result->welfare = 0;
    result->nash_product = 1;
    for (size_t s = 0; s < made->seats; s++) {
        truce_seat_result *to = &seats[s];
        to->party = made->seat[s].party;
        to->strategy = arena_text(memory, table->plays[s].text);
        to->utility = seat_utility(table, how, s);
        to->discounted = seat_discounted(table, how, s);
        to->advantage = seat_advantage(table, how, s);
        to->concession = NAN;
        to->fault = arena_text(memory, table->players[s].fault);
        to->overshoot = table->players[s].overshoot;
        if (spoken)
            count_moves(to, table, s, spoken);
        result->welfare += to->utility;
        result->nash_product *= to->utility - made->seat[s].reservation;
    }
    result->seats = seats;
}

/* ---- distances --------------------------------------------------------------------------- */

void measure_distances(truce_session *result, const sitting *table, const ending *how,
                       const truce_stop *stop)
{
    if (how->end != TRUCE_SESSION_AGREED)
        return;
    double *here =
        arena_array(result_memory(&result->finding), table->board->seats, double);
    for (size_t s = 0; s < table->board->seats; s++)
        here[s] = seat_utility(table, how, s);
    yardstick by = yardstick_find(table->board, stop);
    result->to_frontier = yardstick_frontier(&by, table->board, here);
    result->optimality = 1 - result->to_frontier / sqrt((double)table->board->seats);
    result->to_nash = yardstick_point(&by, table->board, TRUCE_SOLUTION_NASH, here);
    result->to_kalai_smorodinsky =
        yardstick_point(&by, table->board, TRUCE_SOLUTION_KALAI_SMORODINSKY, here);
    result->to_egalitarian =
        yardstick_point(&by, table->board, TRUCE_SOLUTION_EGALITARIAN, here);
    yardstick_free(&by);
}
