/* player: what rules ask of their seat, and how the three parts make one party. */
#include "play/player.h"

#include "play/vast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what rules ask ---------------------------------------------------------------- */

static truce_offer from_vast(player *me, double utility)
{
    double over = 0;
    truce_value *outcome = must_allocate_zeroed(me->board->issues + 1, sizeof *outcome);
    bool found = vast_at_least(me->board, me->seat, utility, outcome, &over);
    truce_offer offer = found ? offers_of(me->table, outcome) : TRUCE_NO_OFFER;
    if (found)
        me->overshoot = fmax(me->overshoot, over);
    free(outcome);
    return offer;
}

truce_offer about_least(player *me, double utility)
{
    if (me->board->small)
        return at_least(me, utility);
    truce_value *outcome = must_allocate_zeroed(me->board->issues + 1, sizeof *outcome);
    bool found = vast_about(me->board, me->seat, utility, outcome);
    truce_offer offer = found ? offers_of(me->table, outcome) : TRUCE_NO_OFFER;
    free(outcome);
    return offer;
}

truce_offer at_least(player *me, double utility)
{
    if (!me->board->small)
        return from_vast(me, utility);
    uint64_t place = board_at_least(me->mine, utility);
    return place < me->mine->admitted ? me->mine->order[place] : TRUCE_NO_OFFER;
}

truce_offer best(player *me, uint64_t place)
{
    if (!me->board->small)
        return offers_best(me->table, me->seat, place);
    return place < me->mine->admitted ? me->mine->order[place] : TRUCE_NO_OFFER;
}

uint64_t admissible_count(const player *me)
{
    return me->mine->admitted;
}

truce_offer any_at_least(player *me, double utility)
{
    if (me->board->small) {
        uint64_t last = board_at_least(me->mine, utility);
        return last == me->mine->admitted
                   ? TRUCE_NO_OFFER
                   : me->mine->order[random_below(&me->dice, last + 1)];
    }
    double room = me->mine->greatest - utility;
    double drawn = utility + player_chance(me) * fmax(0, room);
    return about_least(me, drawn);
}

/* The sum of what the model thinks of it for the others. */
static double liked_by_others(player *me, truce_offer offer)
{
    double sum = 0;
    for (size_t s = 0; s < me->board->seats; s++)
        if (s != me->seat)
            sum += player_estimate(me, s, offer);
    return sum;
}

enum { LOOKED_AT = 2048, DRAWN = 64 };

static truce_offer best_in_order(player *me, uint64_t first, uint64_t last)
{
    uint64_t step = (last - first) / LOOKED_AT + 1;
    truce_offer chosen = me->mine->order[last];
    double liked = liked_by_others(me, chosen);
    for (uint64_t place = first; place < last; place += step) {
        truce_offer offer = me->mine->order[place];
        double here = liked_by_others(me, offer);
        if (here > liked) {
            chosen = offer;
            liked = here;
        }
    }
    return chosen;
}

static truce_offer best_drawn(player *me, double low, double high)
{
    truce_offer chosen = at_least(me, low);
    double liked = chosen == TRUCE_NO_OFFER ? -1 : liked_by_others(me, chosen);
    for (int k = 0; k < DRAWN && chosen != TRUCE_NO_OFFER; k++) {
        double drawn = low + player_chance(me) * (high - low);
        truce_offer offer = about_least(me, drawn);
        double here = offer == TRUCE_NO_OFFER ? -1 : liked_by_others(me, offer);
        if (here > liked && worth(me, offer) <= high) {
            chosen = offer;
            liked = here;
        }
    }
    return chosen;
}

truce_offer best_for_others(player *me, double low, double high)
{
    if (!me->board->small)
        return best_drawn(me, low, high);
    uint64_t last = board_at_least(me->mine, low);
    if (last == me->mine->admitted)
        return TRUCE_NO_OFFER;
    uint64_t above = board_at_least(me->mine, nextafter(high, INFINITY));
    uint64_t first = above == me->mine->admitted ? 0 : above + 1;
    return best_in_order(me, first < last ? first : last, last);
}

double player_chance(player *me)
{
    return (double)random_53(&me->dice) / 9007199254740992.0;
}

truce_offer player_next(player *me)
{
    if (!me->has_next) {
        me->next = me->plays->bids->bid(me);
        me->has_next = true;
    }
    return me->next;
}

double player_estimate(player *me, size_t of, truce_offer offer)
{
    return me->plays->guesses ? me->plays->guesses->estimate(me, of, offer) : 0.5;
}

/* ---- what a session does with it ------------------------------------------------------ */

static void begin_part(void *state, size_t size, void (*begin)(player *me), player *me)
{
    if (size > 0)
        memset(state, 0, size);
    if (begin)
        begin(me);
}

void player_begin(player *me)
{
    const strategy *plays = me->plays;
    me->has_next = false;
    me->fault = NULL;
    me->overshoot = 0;
    if (plays->own) {
        if (plays->own->size > 0)
            memset(me->guess_state, 0, plays->own->size);
        if (plays->own->begin)
            plays->own->begin(me, me->guess_state, plays->own->user);
        return;
    }
    if (plays->guesses)
        begin_part(me->guess_state, plays->guesses->size, plays->guesses->begin, me);
    begin_part(me->bid_state, plays->bids->size, plays->bids->begin, me);
    begin_part(me->take_state, plays->takes->size, plays->takes->begin, me);
}

void player_hear(player *me, size_t from, truce_offer offer)
{
    const strategy *plays = me->plays;
    if (plays->own) {
        if (plays->own->hear)
            plays->own->hear(me, me->guess_state, from, offer, plays->own->user);
        return;
    }
    if (plays->guesses && plays->guesses->hear)
        plays->guesses->hear(me, from, offer);
    if (plays->bids->hear)
        plays->bids->hear(me, from, offer);
    if (plays->takes->hear)
        plays->takes->hear(me, from, offer);
}

static truce_offer own_next(player *me)
{
    const truce_strategy *own = me->plays->own;
    if (!me->has_next)
        me->next = own->offer(me, me->guess_state, own->user);
    me->has_next = true;
    return me->next;
}

static truce_answer own_answer(player *me, truce_offer offer)
{
    const truce_strategy *own = me->plays->own;
    if (own->answer)
        return own->answer(me, me->guess_state, offer, own->user);
    truce_offer next = own_next(me);
    return next != TRUCE_NO_OFFER && worth(me, offer) >= worth(me, next)
               ? TRUCE_ACCEPTS
               : TRUCE_REJECTS;
}

truce_answer player_answer(player *me, truce_offer offer)
{
    if (!admits(me, offer))
        return me->plays->own && me->plays->own->answer &&
                       own_answer(me, offer) == TRUCE_LEAVES
                   ? TRUCE_LEAVES
                   : TRUCE_REJECTS;
    if (me->plays->own)
        return own_answer(me, offer);
    return me->plays->takes->accepts(me, offer) ? TRUCE_ACCEPTS : TRUCE_REJECTS;
}

truce_offer player_offer(player *me)
{
    truce_offer offer = me->plays->own ? own_next(me) : player_next(me);
    me->has_next = false;
    return offer != TRUCE_NO_OFFER && admits(me, offer) ? offer : TRUCE_NO_OFFER;
}

truce_answer player_vote(player *me, truce_offer draft, truce_offer standing)
{
    const truce_strategy *own = me->plays->own;
    if (own && own->vote)
        return own->vote(me, me->guess_state, draft, standing, own->user);
    bool yes = own || me->plays->bids->vote == NULL
                   ? worth(me, draft) >= worth(me, standing)
                   : me->plays->bids->vote(me, draft, standing);
    return yes ? TRUCE_ACCEPTS : TRUCE_REJECTS;
}

truce_answer player_consent(player *me, truce_offer text)
{
    const truce_strategy *own = me->plays->own;
    truce_answer answer = TRUCE_ACCEPTS;
    if (own && own->vote)
        answer = own->vote(me, me->guess_state, text, TRUCE_NO_OFFER, own->user);
    return answer == TRUCE_ACCEPTS && !admits(me, text) ? TRUCE_REJECTS : answer;
}

void player_end(player *me)
{
    const strategy *plays = me->plays;
    if (plays->own) {
        if (plays->own->end)
            plays->own->end(me, me->guess_state, plays->own->user);
        return;
    }
    if (plays->bids->end)
        plays->bids->end(me);
    if (plays->takes->end)
        plays->takes->end(me);
    if (plays->guesses && plays->guesses->end)
        plays->guesses->end(me);
}

/* ---- the same, for strategies of the caller ---------------------------------------- */

size_t truce_seat_number(const truce_seat *seat)
{
    return seat->seat;
}

size_t truce_seat_count(const truce_seat *seat)
{
    return seat->board->seats;
}

double truce_seat_time(const truce_seat *seat)
{
    return seat->time;
}

uint32_t truce_seat_round(const truce_seat *seat)
{
    return seat->round;
}

uint32_t truce_seat_rounds(const truce_seat *seat)
{
    return seat->rounds;
}

double truce_seat_reservation(const truce_seat *seat)
{
    return seat->mine->reservation;
}

double truce_seat_greatest(const truce_seat *seat)
{
    return seat->mine->greatest;
}

double truce_seat_least(const truce_seat *seat)
{
    return seat->mine->least;
}

size_t truce_seat_issues(const truce_seat *seat)
{
    return seat->board->issues;
}

size_t truce_seat_values(const truce_seat *seat, size_t issue)
{
    return seat->board->space->value_counts[issue];
}

double truce_seat_utility(const truce_seat *seat, truce_offer offer)
{
    return worth(seat, offer);
}

bool truce_seat_admits(const truce_seat *seat, truce_offer offer)
{
    return admits(seat, offer);
}

void truce_seat_outcome(const truce_seat *seat, truce_offer offer, truce_value *outcome)
{
    offers_outcome(seat->table, offer, outcome);
}

truce_offer truce_seat_offer(truce_seat *seat, const truce_value *outcome)
{
    return offers_of(seat->table, outcome);
}

truce_offer truce_seat_at_least(truce_seat *seat, double utility)
{
    return at_least(seat, utility);
}

truce_offer truce_seat_best(truce_seat *seat, uint64_t place)
{
    return best(seat, place);
}

truce_offer truce_seat_last(const truce_seat *seat, size_t from)
{
    return from < seat->board->seats ? seat->last[from] : TRUCE_NO_OFFER;
}

uint64_t truce_seat_random(truce_seat *seat, uint64_t below)
{
    return random_below(&seat->dice, below);
}
