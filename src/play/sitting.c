/* sitting: asks the machine of the protocol what is wanted, has it from the seat or the
 * mediator, and tells the machine and everybody else.
 */
#include "play/sitting.h"

#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the table ---------------------------------------------------------------------------- */

static void *state_of(arena *memory, size_t size)
{
    return size > 0 ? arena_take(memory, size) : NULL;
}

static void seat_player(sitting *table, size_t seat, const sitting_choices *choices)
{
    const strategy *plays = &choices->plays[seat];
    player *me = &table->players[seat];
    *me = (player){.board = table->board,
                   .mine = &table->board->seat[seat],
                   .seat = seat,
                   .plays = plays,
                   .table = table->table,
                   .rounds = choices->rounds,
                   .as = choices->as,
                   .last = table->last};
    if (plays->own) {
        me->guess_state = state_of(&table->memory, plays->own->size);
        return;
    }
    terms given = {table->board, seat, choices->rounds, choices->as, plays->bid_given};
    if (plays->bids->prepare)
        me->bid_prepared = plays->bids->prepare(&given, &table->memory);
    me->bid_state = state_of(&table->memory, plays->bids->size);
    me->take_state = state_of(&table->memory, plays->takes->size);
    given.given = plays->guess_given;
    if (plays->guesses && plays->guesses->prepare)
        me->guess_prepared = plays->guesses->prepare(&given, &table->memory);
    me->guess_state =
        plays->guesses ? state_of(&table->memory, plays->guesses->size) : NULL;
}

sitting *sitting_new(const board *made, const sitting_choices *choices)
{
    sitting *table = must_allocate_zeroed(1, sizeof *table);
    table->board = made;
    table->rules = choices->rules;
    table->plays = choices->plays;
    table->rounds = choices->rounds;
    table->seconds = choices->seconds;
    table->players = arena_array(&table->memory, made->seats, player);
    table->last = arena_array(&table->memory, made->seats, truce_offer);
    table->talks.offers = arena_array(&table->memory, made->seats, truce_offer);
    table->talks.votes = arena_array(&table->memory, made->seats, uint64_t);
    table->draft = arena_array(&table->memory, made->issues + 1, truce_value);
    table->table = offers_new(made);
    for (size_t s = 0; s < made->seats; s++)
        seat_player(table, s, choices);
    return table;
}

void sitting_free(sitting *table)
{
    if (table == NULL)
        return;
    offers_free(table->table);
    arena_free(&table->memory);
    free(table);
}

double sitting_worth(const sitting *table, size_t seat, truce_offer offer)
{
    return table->board->small ? table->board->seat[seat].utility[offer]
                               : offers_utility(table->table, offer, seat);
}

/* ---- the mediator -------------------------------------------------------------------------- */

static truce_offer any_outcome(sitting *table)
{
    const board *made = table->board;
    for (size_t i = 0; i < made->issues; i++)
        table->draft[i] =
            (truce_value)random_below(&table->mediator, made->space->value_counts[i]);
    return offers_of(table->table, table->draft);
}

/* One issue, drawn by lot among those that can change, gets another value. */
static truce_offer change_one(sitting *table, truce_offer text)
{
    const board *made = table->board;
    size_t changeable = 0;
    for (size_t i = 0; i < made->issues; i++)
        changeable += made->space->value_counts[i] > 1;
    if (changeable == 0)
        return text;
    offers_outcome(table->table, text, table->draft);
    uint64_t which = random_below(&table->mediator, changeable);
    for (size_t i = 0; i < made->issues; i++) {
        truce_value values = made->space->value_counts[i];
        if (values < 2 || which-- > 0)
            continue;
        truce_value other = (truce_value)random_below(&table->mediator, values - 1);
        table->draft[i] = other + (other >= table->draft[i]);
        break;
    }
    return offers_of(table->table, table->draft);
}

/* ---- a session ------------------------------------------------------------------------------ */

static void begin(sitting *table, uint64_t seed)
{
    talks *at = &table->talks;
    size_t seats = table->board->seats;
    truce_offer *all = at->offers;
    uint64_t *votes = at->votes;
    *at = (talks){.seats = seats,
                  .rounds = table->rounds,
                  .phase = table->rules->first_phase,
                  .standing = TRUCE_NO_OFFER,
                  .draft = TRUCE_NO_OFFER,
                  .offers = all,
                  .votes = votes,
                  .agreement = TRUCE_NO_OFFER};
    offers_forget(table->table);
    table->mediator = random_begin(seed, 0);
    for (size_t s = 0; s < seats; s++) {
        table->last[s] = TRUCE_NO_OFFER;
        table->players[s].dice = random_begin(seed, s + 1);
        table->players[s].round = 0;
        table->players[s].time = 0;
        player_begin(&table->players[s]);
    }
    table->began = table->rounds > 0 ? 0 : clock_now();
}

static double time_of(const sitting *table)
{
    if (table->rounds > 0)
        return (table->talks.round + 1.0) / (table->rounds + 1.0);
    return fmin(1, (clock_now() - table->began) / table->seconds);
}

static void keep(sitting *table, size_t seat, truce_said what, truce_offer offer,
                 double time)
{
    transcript *kept = table->kept;
    *grow(kept->items, kept->count, kept->room) =
        (said){table->talks.round, time, seat, what, offer};
}

static void tell_others(sitting *table, size_t from, truce_offer offer)
{
    table->last[from] = offer;
    for (size_t s = 0; s < table->board->seats; s++)
        if (s != from)
            player_hear(&table->players[s], from, offer);
}

static truce_said said_of(truce_answer answer)
{
    return answer == TRUCE_ACCEPTS   ? TRUCE_SAID_ACCEPT
           : answer == TRUCE_REJECTS ? TRUCE_SAID_REJECT
                                     : TRUCE_SAID_LEAVE;
}

static truce_said ask_seat(player *me, const asked *what, truce_offer *offer)
{
    *offer = what->offer;
    switch (what->what) {
    case WANTED_OFFER:
        *offer = player_offer(me);
        return *offer == TRUCE_NO_OFFER ? TRUCE_SAID_LEAVE : TRUCE_SAID_OFFER;
    case WANTED_ANSWER:
        return said_of(player_answer(me, what->offer));
    case WANTED_VOTE:
        return said_of(player_vote(me, what->offer, what->against));
    case WANTED_CONSENT:
        return said_of(player_consent(me, what->offer));
    case WANTED_NOTHING:
    case WANTED_DRAFT:
    case WANTED_CHANGE:
        break;
    }
    return TRUCE_SAID_LEAVE;
}

static truce_said ask(sitting *table, const asked *what, double time,
                      truce_offer *offer)
{
    if (what->seat == TRUCE_NOBODY) {
        *offer = what->what == WANTED_CHANGE ? change_one(table, what->against)
                                             : any_outcome(table);
        return TRUCE_SAID_DRAFT;
    }
    player *me = &table->players[what->seat];
    me->time = time;
    me->round = table->talks.round;
    return ask_seat(me, what, offer);
}

/* Others hear at the time of the one who speaks. */
static void set_clocks(sitting *table, double time)
{
    for (size_t s = 0; s < table->board->seats; s++) {
        table->players[s].time = time;
        table->players[s].round = table->talks.round;
    }
}

static ending end(sitting *table, ending so_far)
{
    const talks *at = &table->talks;
    bool forfeit = false;
    for (size_t s = 0; s < table->board->seats; s++) {
        player_end(&table->players[s]);
        forfeit = forfeit || table->players[s].fault;
    }
    so_far.end =
        forfeit && at->end == TRUCE_SESSION_LEFT ? TRUCE_SESSION_FORFEIT : at->end;
    so_far.agreement = at->agreement;
    so_far.step = at->round + (at->end != TRUCE_SESSION_TIMED_OUT);
    if (at->end == TRUCE_SESSION_TIMED_OUT)
        so_far.time = 1;
    return so_far;
}

ending sitting_play(sitting *table, uint64_t seed, const truce_stop *stop,
                    transcript *kept)
{
    const protocol *rules = table->rules;
    ending result = {0};
    uint32_t round = UINT32_MAX;
    bool late = false;
    table->kept = kept;
    begin(table, seed);
    for (asked what; (what = rules->asks(&table->talks)).what != WANTED_NOTHING;) {
        if (!late && (table->rounds == 0 || table->talks.round != round)) {
            round = table->talks.round;
            result.time = time_of(table);
            set_clocks(table, result.time);
            if (stop && table->talks.actor == 0 && stop_now(stop)) {
                talks_end(&table->talks, TRUCE_SESSION_TIMED_OUT, TRUCE_NO_OFFER);
                break;
            }
            late = table->rounds == 0 && result.time >= 1;
            if (late) {
                talks_time_over(rules, &table->talks);
                continue;
            }
        }
        truce_offer offer;
        truce_said told = ask(table, &what, result.time, &offer);
        if (kept)
            keep(table, what.seat, told, offer, result.time);
        result.offers += told == TRUCE_SAID_OFFER;
        result.answers += told == TRUCE_SAID_ACCEPT || told == TRUCE_SAID_REJECT;
        if (told == TRUCE_SAID_OFFER)
            tell_others(table, what.seat, offer);
        rules->told(&table->talks, told, offer);
    }
    return end(table, result);
}
