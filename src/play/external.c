/* external: a strategy whose callbacks ask another program.
 *
 * Each session and seat has a process of its own, from begin to end. The first thing that
 * goes wrong is the party's fault: it is named, the process ends, and the party leaves as
 * soon as it is asked again.
 */
#include "play/external.h"

#include "base/error.h"
#include "base/json.h"
#include "play/player.h"
#include "play/process.h"

#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const double USUAL_SECONDS = 5;
enum { QUESTIONS_MOST = 100000 /* before an answer */ };

typedef struct command {
    truce_strategy strategy;
    const char *text;
    double seconds;
} command;

typedef struct agent {
    process *process;
    truce_value *outcome; /* [issues] */
    char *message;        /* being written */
    size_t length;
    bool failed;
    truce_error fault;
} agent;

/* ---- faults -------------------------------------------------------------------------------- */

static void fail(player *me, agent *mine, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void fail(player *me, agent *mine, const char *name, const char *format, ...)
{
    char text[200];
    va_list arguments;
    if (mine->failed)
        return;
    mine->failed = true;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error_say(&mine->fault, TRUCE_CALL, "%s: %s", name, text);
    me->fault = mine->fault.message;
}

/* It is gone: how did it end? */
static void fail_as_it_ended(player *me, agent *mine)
{
    int how = process_end(mine->process, 0.2);
    if (how != -1 && WIFSIGNALED(how) && WTERMSIG(how) == SIGXCPU)
        fail(me, mine, "too-much-time", "it used more than its processor time");
    else if (how != -1 && WIFSIGNALED(how) && WTERMSIG(how) != SIGTERM &&
             WTERMSIG(how) != SIGKILL)
        fail(me, mine, "crashed", "by signal %d", WTERMSIG(how));
    else if (how != -1 && WIFEXITED(how) &&
             (WEXITSTATUS(how) == 127 || WEXITSTATUS(how) == 126))
        fail(me, mine, "did-not-start", "the shell says %d", WEXITSTATUS(how));
    else if (how != -1 && WIFEXITED(how) && WEXITSTATUS(how) > 128)
        fail(me, mine, "crashed", "by signal %d", WEXITSTATUS(how) - 128);
    else if (how != -1 && WIFEXITED(how))
        fail(me, mine, "exited", "with %d, in the middle of the talks",
             WEXITSTATUS(how));
    else
        fail(me, mine, "closed", "it closed its output");
}

static void fail_as_heard(player *me, agent *mine, heard what, bool speaking,
                          double seconds)
{
    if (what == HEARD_END)
        fail_as_it_ended(me, mine);
    else if (what == HEARD_FLOOD)
        fail(me, mine, "flood", "a line of more than %d bytes", LINE_MOST);
    else if (speaking)
        fail(me, mine, "does-not-read", "it took nothing in for %g s", seconds);
    else
        fail(me, mine, "silent", "no answer within %g s", seconds);
}

/* ---- messages to it ------------------------------------------------------------------------ */

static FILE *message_begin(agent *mine)
{
    FILE *out = open_memstream(&mine->message, &mine->length);
    if (out == NULL)
        abort();
    return out;
}

static void message_send(player *me, agent *mine, FILE *out, double seconds)
{
    fputc('\n', out);
    fclose(out);
    heard how = HEARD_LINE;
    if (!mine->failed)
        how = process_say(mine->process, mine->message, mine->length, seconds);
    free(mine->message);
    mine->message = NULL;
    if (!mine->failed && how != HEARD_LINE)
        fail_as_heard(me, mine, how, true, seconds);
}

static void put_text(json *to, const char *key, const char *text)
{
    json_key(to, key);
    json_text(to, text);
}

static void put_number(json *to, const char *key, double number)
{
    json_key(to, key);
    json_number(to, number);
}

static void put_outcome(json *to, const player *me, agent *mine, const char *key,
                        truce_offer offer)
{
    const truce_scenario *scenario = me->board->scenario;
    offers_outcome(me->table, offer, mine->outcome);
    json_key(to, key);
    json_object(to);
    for (size_t i = 0; i < scenario->issue_count; i++)
        put_text(to, scenario->issues[i].label.id,
                 scenario->issues[i].values[mine->outcome[i]]);
    json_end(to);
}

static void put_offer(json *to, const player *me, agent *mine, truce_offer offer)
{
    put_outcome(to, me, mine, "offer", offer);
    put_number(to, "utility", worth(me, offer));
}

static void put_issues(json *to, const truce_scenario *scenario)
{
    json_key(to, "issues");
    json_array(to);
    for (size_t i = 0; i < scenario->issue_count; i++) {
        json_object(to);
        put_text(to, "id", scenario->issues[i].label.id);
        json_key(to, "values");
        json_array(to);
        for (size_t v = 0; v < scenario->issues[i].value_count; v++)
            json_text(to, scenario->issues[i].values[v]);
        json_end(to);
        json_end(to);
    }
    json_end(to);
}

static void put_when(json *to, const player *me, const char *type)
{
    json_object(to);
    put_text(to, "type", type);
    json_key(to, "round");
    json_integer(to, me->round);
    put_number(to, "t", me->time);
}

static void say_hello(player *me, agent *mine, double seconds)
{
    const truce_scenario *scenario = me->board->scenario;
    FILE *out = message_begin(mine);
    json to = json_begin(out);
    json_object(&to);
    put_text(&to, "type", "hello");
    json_key(&to, "version");
    json_integer(&to, 1);
    put_text(&to, "scenario", scenario->id);
    put_text(&to, "party", scenario->parties[me->mine->party].label.id);
    json_key(&to, "seat");
    json_integer(&to, (int64_t)me->seat);
    json_key(&to, "seats");
    json_integer(&to, (int64_t)me->board->seats);
    json_key(&to, "rounds");
    me->rounds > 0 ? json_integer(&to, me->rounds) : json_null(&to);
    put_number(&to, "answer_within", seconds);
    put_number(&to, "reservation", me->mine->reservation);
    put_number(&to, "greatest", me->mine->greatest);
    put_number(&to, "least", me->mine->least);
    put_issues(&to, scenario);
    json_end(&to);
    message_send(me, mine, out, seconds);
}

/* ---- its questions ------------------------------------------------------------------------- */

static void reply(player *me, agent *mine, truce_offer offer, double seconds)
{
    FILE *out = message_begin(mine);
    json to = json_begin(out);
    json_object(&to);
    put_text(&to, "type", "reply");
    if (offer == TRUCE_NO_OFFER) {
        json_key(&to, "offer");
        json_null(&to);
    } else {
        put_offer(&to, me, mine, offer);
        json_key(&to, "admissible");
        json_bool(&to, admits(me, offer));
    }
    json_end(&to);
    message_send(me, mine, out, seconds);
}

/* Is it a question? Then it is answered. */
static bool answers_question(player *me, agent *mine, agent_word word, double number,
                             double seconds)
{
    truce_offer offer;
    if (word == AGENT_ASK_UTILITY)
        offer = offers_of(me->table, mine->outcome);
    else if (word == AGENT_ASK_AT_LEAST)
        offer = at_least(me, number);
    else if (word == AGENT_ASK_BEST)
        offer = best(me, (uint64_t)number);
    else
        return false;
    reply(me, mine, offer, seconds);
    return true;
}

/* Its next word that is no question; AGENT_FAULT when something went wrong. */
static agent_word next_word(player *me, agent *mine, double seconds)
{
    double until = truce_seconds() + seconds, number = 0;
    for (int k = 0; k < QUESTIONS_MOST && !mine->failed; k++) {
        const char *line;
        truce_error fault;
        heard how =
            process_hear(mine->process, fmax(0, until - truce_seconds()), &line);
        if (how != HEARD_LINE) {
            fail_as_heard(me, mine, how, false, seconds);
            return AGENT_FAULT;
        }
        agent_word word =
            agent_read(me->board->scenario, line, mine->outcome, &number, &fault);
        if (word == AGENT_FAULT) {
            mine->failed = true;
            mine->fault = fault;
            me->fault = mine->fault.message;
            return word;
        }
        if (!answers_question(me, mine, word, number, seconds))
            return word;
    }
    fail(me, mine, "asks-too-much", "more than %d questions", QUESTIONS_MOST);
    return AGENT_FAULT;
}

/* ---- the callbacks ------------------------------------------------------------------------- */

static void begin(truce_seat *me, void *state, void *user)
{
    const command *by = user;
    agent *mine = state;
    mine->process = must_allocate(sizeof *mine->process);
    mine->outcome = must_allocate_zeroed(me->board->issues + 1, sizeof *mine->outcome);
    if (process_begin(mine->process, by->text))
        say_hello(me, mine, by->seconds);
    else
        fail(me, mine, "did-not-start", "there is no process to be had");
}

/* What is told of an offer: who made it, and against which text it is to be judged. */
typedef struct telling {
    const char *type;
    truce_offer offer, against;
    const size_t *from;
} telling;

static void tell(truce_seat *me, agent *mine, const telling *what, double seconds)
{
    FILE *out = message_begin(mine);
    json to = json_begin(out);
    put_when(&to, me, what->type);
    if (what->from) {
        json_key(&to, "from");
        json_integer(&to, (int64_t)*what->from);
    }
    if (what->offer != TRUCE_NO_OFFER)
        put_offer(&to, me, mine, what->offer);
    if (what->against != TRUCE_NO_OFFER) {
        put_outcome(&to, me, mine, "against", what->against);
        put_number(&to, "against_utility", worth(me, what->against));
    }
    json_end(&to);
    message_send(me, mine, out, seconds);
}

static telling just(const char *type, truce_offer offer)
{
    return (telling){type, offer, TRUCE_NO_OFFER, NULL};
}

static void hear(truce_seat *me, void *state, size_t from, truce_offer offer,
                 void *user)
{
    const command *by = user;
    agent *mine = state;
    telling heard_it = {"heard", offer, TRUCE_NO_OFFER, &from};
    if (!mine->failed)
        tell(me, mine, &heard_it, by->seconds);
}

/* What it says when asked; anything said before is out of turn. */
static agent_word ask(truce_seat *me, agent *mine, telling what, double seconds)
{
    if (!mine->failed && process_has_spoken(mine->process))
        fail(me, mine, "out-of-turn", "it spoke before it was asked");
    if (!mine->failed)
        tell(me, mine, &what, seconds);
    return mine->failed ? AGENT_FAULT : next_word(me, mine, seconds);
}

/* Its yes or no; a yes that it may not give is a fault. */
static truce_answer yes_or_no(truce_seat *me, agent *mine, telling what, bool binds,
                              double seconds)
{
    agent_word word = ask(me, mine, what, seconds);
    if (word == AGENT_ACCEPT && binds && !admits(me, what.offer))
        fail(me, mine, "not-admissible", "it accepts what it may not");
    else if (word == AGENT_ACCEPT)
        return TRUCE_ACCEPTS;
    else if (word == AGENT_REJECT)
        return TRUCE_REJECTS;
    else if (word == AGENT_OFFER)
        fail(me, mine, "out-of-turn", "an offer, where an answer was asked for");
    return TRUCE_LEAVES;
}

static truce_answer answer(truce_seat *me, void *state, truce_offer offer, void *user)
{
    const command *by = user;
    return yes_or_no(me, state, just("answer", offer), true, by->seconds);
}

/* The final text is answered like an offer: it binds. */
static truce_answer vote(truce_seat *me, void *state, truce_offer draft,
                         truce_offer standing, void *user)
{
    const command *by = user;
    if (standing == TRUCE_NO_OFFER)
        return yes_or_no(me, state, just("answer", draft), true, by->seconds);
    telling what = {"vote", draft, standing, NULL};
    return yes_or_no(me, state, what, false, by->seconds);
}

static truce_offer offer(truce_seat *me, void *state, void *user)
{
    const command *by = user;
    agent *mine = state;
    agent_word word = ask(me, mine, just("offer", TRUCE_NO_OFFER), by->seconds);
    if (word == AGENT_ACCEPT || word == AGENT_REJECT)
        fail(me, mine, "out-of-turn", "an answer, where an offer was asked for");
    if (word != AGENT_OFFER)
        return TRUCE_NO_OFFER;
    truce_offer made = offers_of(me->table, mine->outcome);
    if (admits(me, made))
        return made;
    fail(me, mine, "not-admissible", "it offers what it may not");
    return TRUCE_NO_OFFER;
}

static void end(truce_seat *me, void *state, void *user)
{
    const command *by = user;
    agent *mine = state;
    if (!mine->failed) {
        double grace = fmin(by->seconds, 0.2);
        telling end = just("end", TRUCE_NO_OFFER);
        tell(me, mine, &end, grace);
        process_end(mine->process, grace);
        me->fault = NULL; /* what it does after the end is its own affair */
    } else {
        process_end(mine->process, 0);
    }
    free(mine->process);
    free(mine->outcome);
    mine->process = NULL;
}

/* ---- its name ------------------------------------------------------------------------------ */

bool is_external(const char *text)
{
    return strncmp(text, "exec:", 5) == 0 || strncmp(text, "exec/", 5) == 0;
}

/* "\," stands for a comma, which else parts strategies. */
static char *unescaped(arena *memory, const char *text)
{
    char *copy = arena_text(memory, text), *to = copy;
    for (const char *at = copy; *at; at++)
        if (!(at[0] == '\\' && at[1] == ','))
            *to++ = *at;
    *to = '\0';
    return copy;
}

const truce_strategy *external_strategy(const char *text, arena *memory,
                                        truce_error *error)
{
    command *made = arena_new(memory, command);
    const char *colon = strchr(text, ':');
    char *last = NULL;
    made->seconds = USUAL_SECONDS;
    if (text[4] == '/')
        made->seconds = strtod(text + 5, &last);
    bool good = colon && (last == NULL || (last == colon && last > text + 5)) &&
                made->seconds > 0 && made->seconds <= 1e6;
    if (!good || colon[1 + strspn(colon + 1, " ")] == '\0') {
        error_say(error, TRUCE_CALL,
                  "\"%s\": expected exec:COMMAND, or exec/SECONDS:COMMAND", text);
        return NULL;
    }
    made->text = unescaped(memory, colon + 1);
    made->strategy = (truce_strategy){.name = arena_text(memory, text),
                                      .size = sizeof(agent),
                                      .begin = begin,
                                      .hear = hear,
                                      .answer = answer,
                                      .offer = offer,
                                      .vote = vote,
                                      .end = end,
                                      .user = made};
    return &made->strategy;
}

bool strategy_is_external(const truce_strategy *own)
{
    return own && own->begin == begin;
}
