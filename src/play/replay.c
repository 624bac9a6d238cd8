/* replay: the words of a trace are told to the protocol's own state machine, and nobody is
 * asked what to say. Before each word the machine says of whom what is wanted; what stands
 * in the trace must be that, at that time, worth what it is worth. Then the strategies that
 * it names play again by its seed, and must say the same.
 *
 * Numbers are compared to the twelve digits that a trace has.
 */
#include "base/error.h"
#include "play/external.h"
#include "play/sitting.h"
#include "play/trace.h"
#include "scenario/result.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double DIGITS = 1e-11;

static const char *const end_words[] = {"in agreement", "when the time was over",
                                        "when somebody left", "by a forfeit"};
static const char *const said_words[] = {"an offer", "a yes", "a no", "a farewell",
                                         "a draft"};

/* A word as it was kept, for the second playing. */
typedef struct kept_word {
    uint32_t line;
    size_t seat;
    truce_said said;
    truce_offer offer;
} kept_word;

typedef struct replaying {
    trace from;
    arena memory;
    trace_table head;
    trace_word word;
    const protocol *rules;
    board *board;
    offers *offers;
    talks talks;
    asked wanted;
    bool late;   /* by the clock: the time was over */
    double time; /* of the word before */
    kept_word *kept;
    size_t count, room;
    truce_replay *result;
} replaying;

/* ---- what does not hold ------------------------------------------------------------------- */

static bool differs(replaying *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool differs(replaying *at, const char *format, ...)
{
    truce_error text;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text.message, sizeof text.message, format, arguments);
    va_end(arguments);
    at->result->fault = arena_format(result_memory(&at->result->finding), "%s:%u: %s",
                                     at->from.name, at->from.number, text.message);
    return false;
}

static bool is_close(double recorded, double here)
{
    if (!isfinite(here) || !isfinite(recorded))
        return !isfinite(here) && !isfinite(recorded);
    return fabs(recorded - here) <= DIGITS * fmax(1, fabs(here));
}

static const char *name_of(const replaying *at, size_t seat)
{
    return seat == TRUCE_NOBODY
               ? "the mediator"
               : at->from.scenario->parties[at->head.parties.items[seat]].label.id;
}

static double worth_of(const replaying *at, truce_offer offer, size_t seat)
{
    return at->board->small ? at->board->seat[seat].utility[offer]
                            : offers_utility(at->offers, offer, seat);
}

static bool may(const replaying *at, size_t seat, truce_offer offer)
{
    return at->board->small ? board_admits(&at->board->seat[seat], offer)
                            : offers_admits(at->offers, offer, seat);
}

/* ---- one word ------------------------------------------------------------------------------ */

static bool check_time(replaying *at)
{
    const trace_word *word = &at->word;
    const talks *now = &at->talks;
    if (word->round != now->round)
        return differs(at, "round %u is due, not %u", now->round, word->round);
    double due = now->rounds > 0 ? (now->round + 1.0) / (now->rounds + 1.0) : NAN;
    if (now->rounds > 0 && !is_close(word->time, due))
        return differs(at, "in round %u it is %.12g, not %.12g", word->round, due,
                       word->time);
    if (now->rounds == 0 && !(word->time >= at->time && word->time <= 1))
        return differs(at, "the clock goes from %.12g to %.12g", at->time, word->time);
    at->time = word->time;
    return true;
}

static bool is_asked_for(wanted what, truce_said word)
{
    switch (what) {
    case WANTED_OFFER:
        return word == TRUCE_SAID_OFFER || word == TRUCE_SAID_LEAVE;
    case WANTED_ANSWER:
    case WANTED_VOTE:
    case WANTED_CONSENT:
        return word == TRUCE_SAID_ACCEPT || word == TRUCE_SAID_REJECT ||
               word == TRUCE_SAID_LEAVE;
    case WANTED_DRAFT:
    case WANTED_CHANGE:
        return word == TRUCE_SAID_DRAFT;
    case WANTED_NOTHING:
        break;
    }
    return false;
}

static bool check_turn(replaying *at)
{
    const trace_word *word = &at->word;
    if (at->wanted.what == WANTED_NOTHING)
        return differs(at, "the talks are over, and %s speaks",
                       name_of(at, word->seat));
    if (word->seat != at->wanted.seat)
        return differs(at, "it is the turn of %s, not of %s",
                       name_of(at, at->wanted.seat), name_of(at, word->seat));
    if (!is_asked_for(at->wanted.what, word->said))
        return differs(at, "%s was asked for something else than %s",
                       name_of(at, word->seat), said_words[word->said]);
    if (word->has_outcome || word->said == TRUCE_SAID_LEAVE)
        return true;
    return differs(at, "%s without an outcome", said_words[word->said]);
}

static size_t changes(const replaying *at, truce_offer from)
{
    truce_value *before = must_allocate_zeroed(at->board->issues + 1, sizeof *before);
    size_t count = 0;
    offers_outcome(at->offers, from, before);
    for (size_t i = 0; i < at->board->issues; i++)
        count += before[i] != at->word.outcome[i];
    free(before);
    return count;
}

/* Is it what was on the table, and may the one who says so? */
static bool check_outcome(replaying *at, truce_offer offer)
{
    const trace_word *word = &at->word;
    bool answers = word->said == TRUCE_SAID_ACCEPT || word->said == TRUCE_SAID_REJECT;
    if (answers && offer != at->wanted.offer)
        return differs(at, "%s answers another offer than the one made",
                       name_of(at, word->seat));
    bool binds = word->said == TRUCE_SAID_OFFER ||
                 (word->said == TRUCE_SAID_ACCEPT && at->wanted.what != WANTED_VOTE);
    if (binds && !may(at, word->seat, offer))
        return differs(at, "%s may not %s this outcome", name_of(at, word->seat),
                       answers ? "accept" : "offer");
    if (at->wanted.what == WANTED_CHANGE && changes(at, at->wanted.against) > 1)
        return differs(at, "the mediator changes more than one issue");
    for (size_t s = 0; word->has_u && s < at->board->seats; s++)
        if (!is_close(word->u[s], worth_of(at, offer, s)))
            return differs(at, "to %s it is worth %.12g, not %.12g", name_of(at, s),
                           worth_of(at, offer, s), word->u[s]);
    return true;
}

static void keep_word(replaying *at, truce_offer offer)
{
    *grow(at->kept, at->count, at->room) =
        (kept_word){at->from.number, at->word.seat, at->word.said, offer};
    at->result->words++;
}

/* By the clock only the trace knows when the time was over. */
static void look_at_clock(replaying *at, double time)
{
    if (at->talks.rounds > 0 || time < 1 || at->late || at->talks.ended)
        return;
    at->late = true;
    talks_time_over(at->rules, &at->talks);
    at->wanted = at->rules->asks(&at->talks);
}

static bool hear(replaying *at)
{
    truce_offer offer = TRUCE_NO_OFFER;
    look_at_clock(at, at->word.time);
    if (!check_turn(at) || !check_time(at))
        return false;
    if (at->word.said != TRUCE_SAID_LEAVE) {
        offer = offers_of(at->offers, at->word.outcome);
        if (!check_outcome(at, offer))
            return false;
    }
    keep_word(at, offer);
    at->rules->told(&at->talks, at->word.said, offer);
    at->wanted = at->rules->asks(&at->talks);
    return true;
}

/* ---- the end -------------------------------------------------------------------------------- */

static double worth_at_end(const replaying *at, size_t seat)
{
    return at->talks.end == TRUCE_SESSION_AGREED
               ? worth_of(at, at->talks.agreement, seat)
               : at->board->seat[seat].reservation;
}

static bool check_end(replaying *at)
{
    const trace_word *word = &at->word;
    const talks *now = &at->talks;
    look_at_clock(at, word->time);
    if (!now->ended)
        return differs(at, "it ends %s, and %s has still to speak",
                       end_words[word->end], name_of(at, at->wanted.seat));
    bool forfeit = word->end == TRUCE_SESSION_FORFEIT && now->end == TRUCE_SESSION_LEFT;
    if (word->end != now->end && !forfeit)
        return differs(at, "it ended %s, not %s", end_words[now->end],
                       end_words[word->end]);
    bool timed_out = now->end == TRUCE_SESSION_TIMED_OUT;
    uint32_t step = now->round + !timed_out;
    double time = timed_out ? 1 : at->time;
    if (word->round != step)
        return differs(at, "it ended with step %u, not %u", step, word->round);
    if (!is_close(word->time, time))
        return differs(at, "it ended at %.12g, not %.12g", time, word->time);
    for (size_t s = 0; word->has_u && s < at->board->seats; s++)
        if (!is_close(word->u[s], worth_at_end(at, s)))
            return differs(at, "it leaves %s with %.12g, not %.12g", name_of(at, s),
                           worth_at_end(at, s), word->u[s]);
    at->result->end = word->end;
    return true;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static bool begin(replaying *at, truce_convention as, const truce_stop *stop)
{
    truce_error error;
    if (!trace_next(&at->from)) {
        at->from.number = 1;
        return trace_refuse(&at->from, "the trace is empty");
    }
    if (!trace_head(&at->from, &at->head, &at->memory))
        return false;
    if (at->head.as_given && at->head.as != as)
        return trace_refuse(&at->from, "it was recorded by other rules: see --as");
    if (at->head.parties.count > SEATS_MOST)
        return trace_refuse(&at->from, "more than %d at the table", SEATS_MOST);
    at->rules = protocol_named(at->head.protocol, &error);
    if (at->rules != NULL)
        at->board = board_new(at->from.scenario, at->head.parties, stop, &error);
    if (at->board == NULL)
        return trace_refuse(&at->from, "%s", error.message);
    size_t seats = at->board->seats;
    at->offers = offers_new(at->board);
    at->word.outcome = arena_array(&at->memory, at->board->issues + 1, truce_value);
    at->word.u = arena_array(&at->memory, seats, double);
    at->talks = (talks){.seats = seats,
                        .rounds = at->head.rounds,
                        .phase = at->rules->first_phase,
                        .standing = TRUCE_NO_OFFER,
                        .draft = TRUCE_NO_OFFER,
                        .offers = arena_array(&at->memory, seats, truce_offer),
                        .votes = arena_array(&at->memory, seats, uint64_t),
                        .agreement = TRUCE_NO_OFFER};
    at->wanted = at->rules->asks(&at->talks);
    return true;
}

/* TRUCE_OK when every line holds. */
static truce_status hear_all(replaying *at, const truce_stop *stop)
{
    bool ended = false;
    while (trace_next(&at->from)) {
        if (stop_now(stop))
            return TRUCE_LIMIT;
        if (!trace_read(&at->from, &at->head, &at->word))
            return TRUCE_INPUT;
        if (ended)
            return trace_refuse(&at->from, "a line after the end") ? TRUCE_OK
                                                                   : TRUCE_INPUT;
        ended = at->word.ended;
        if (ended ? !check_end(at) : !hear(at))
            return TRUCE_NONE;
    }
    if (ended)
        return TRUCE_OK;
    differs(at, "the trace breaks off: no line says how it ended");
    return TRUCE_NONE;
}

/* ---- by its seed ------------------------------------------------------------------------------ */

static const char *why_not_again(const replaying *at)
{
    if (at->head.rounds == 0)
        return "talks by the clock are not said again by a seed";
    for (size_t s = 0; s < at->head.parties.count; s++)
        if (is_external(at->head.strategies[s]))
            return "an external party is not asked again";
    return NULL;
}

static const char *all_strategies(replaying *at)
{
    const char *all = at->head.strategies[0];
    for (size_t s = 1; s < at->head.parties.count; s++)
        all = arena_format(&at->memory, "%s,%s", all, at->head.strategies[s]);
    return all;
}

static bool is_same(const replaying *at, const kept_word *kept, const truce_turn *turn)
{
    if (kept->seat != turn->seat || kept->said != turn->said)
        return false;
    return turn->outcome == NULL || offers_of(at->offers, turn->outcome) == kept->offer;
}

static bool compare(replaying *at, const truce_session *again)
{
    for (size_t k = 0; k < at->count && k < again->turn_count; k++)
        if (!is_same(at, &at->kept[k], &again->turns[k])) {
            at->from.number = at->kept[k].line;
            return differs(at, "the strategies say another word here by this seed");
        }
    return at->count == again->turn_count ||
           differs(at, "the strategies say %zu words by this seed, not %zu",
                   again->turn_count, at->count);
}

static truce_status play_again(replaying *at, const truce_stop *stop)
{
    truce_replay *result = at->result;
    result->remark = why_not_again(at);
    if (result->remark)
        return TRUCE_OK;
    truce_session_choices choices = {.with = all_strategies(at),
                                     .over = at->head.parties,
                                     .protocol = at->head.protocol,
                                     .rounds = at->head.rounds,
                                     .seed = at->head.seed,
                                     .as = result->as};
    truce_session *again = NULL;
    truce_error error;
    truce_session_run(at->from.scenario, &choices, stop, &again, &error);
    if (again == NULL) {
        result->remark = arena_text(result_memory(&result->finding), error.message);
        return TRUCE_OK;
    }
    bool stopped = stop_now(stop);
    result->by_seed = !stopped && compare(at, again);
    truce_session_free(again);
    return stopped ? TRUCE_LIMIT : result->by_seed ? TRUCE_OK : TRUCE_NONE;
}

truce_status truce_session_replay(const truce_scenario *scenario, const char *name,
                                  const void *bytes, size_t length, truce_convention as,
                                  const truce_stop *stop, truce_replay **result,
                                  truce_diagnostics *diagnostics)
{
    replaying at = {.from = {.name = name,
                             .bytes = bytes,
                             .length = length,
                             .scenario = scenario,
                             .said = diagnostics}};
    *result = NULL;
    truce_replay *made = result_new(sizeof *made, scenario, "negotiate");
    at.result = made;
    made->as = as;
    truce_status status = begin(&at, as, stop) ? hear_all(&at, stop) : TRUCE_INPUT;
    if (status == TRUCE_OK)
        status = play_again(&at, stop);
    if (at.board) {
        made->parties =
            result_list(&made->finding, at.head.parties.items, at.head.parties.count);
        made->protocol = at.rules->part.name;
    }
    made->holds = status == TRUCE_OK;
    free(at.kept);
    offers_free(at.offers);
    board_free(at.board);
    arena_free(&at.memory);
    if (status == TRUCE_OK || status == TRUCE_NONE)
        *result = made;
    else
        truce_replay_free(made);
    return status;
}

void truce_replay_free(truce_replay *result)
{
    if (result)
        result_free(&result->finding);
}
