/* The referee of sessions: random small scenarios, strategies put together at random, every
 * protocol. What was said is judged by the rules written down anew, against every outcome:
 *
 *   - nobody offers or accepts what breaks logic, its own red line or rule, or what is worth
 *     less than its outside option;
 *   - nobody speaks out of turn, rounds and times are those of the protocol;
 *   - the agreement is what all accepted, and utilities are the exact sums;
 *   - the same seed says the same words again.
 *
 *     sessions_oracle [--count N] [--from K] [--every E]
 *
 * ends with "N passed, M failed". Alternating offers are refereed word by word; of the
 * other protocols the first, third and fourth line are. */
#include "random_made.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const offers[] = {"time,offer.e=4",
                                     "time,offer.e=0.3,offer.floor=0.2",
                                     "random",
                                     "tit-for-tat",
                                     "nice-tit-for-tat,model=bayesian",
                                     "micro",
                                     "hybrid",
                                     "trade-off,model=frequency",
                                     "trade-off",
                                     "annealing",
                                     "climbing",
                                     "agent-k",
                                     "nozomi,model=frequency",
                                     "fsega,model=bayesian",
                                     "agent-smith,model=smith",
                                     "hardheaded,model=frequency",
                                     "gahboninho,model=frequency",
                                     "iamhaggler",
                                     "cuhk,model=cuhk",
                                     "fawkes,model=bayesian",
                                     "atlas3,model=frequency",
                                     "ponpoko"};
static const char *const acceptances[] = {
    "next", "target", "above-next",  "previous", "constant", "time",
    "gap",  "combi",  "probability", "anything", "micro"};
static const char *const protocols[] = {
    "sao", "sao", "sao", "amop", "mopac", "text", "random-mediator"};
#define ONE_OF(list, dice) list[random_below(dice, sizeof list / sizeof *list)]

typedef struct game {
    const truce_scenario *scenario;
    space *compiled;
    char with[400];
    truce_session_choices choices;
} game;

/* ---- one game ------------------------------------------------------------------------ */

static void name_strategies(game *it, random_stream *dice, size_t seats)
{
    size_t used = 0;
    for (size_t s = 0; s < seats; s++)
        used += (size_t)snprintf(it->with + used, sizeof it->with - used,
                                 "%sboa:offer=%s,accept=%s", s ? "," : "",
                                 ONE_OF(offers, dice), ONE_OF(acceptances, dice));
}

static truce_session *played(const game *it)
{
    truce_session *session = NULL;
    truce_error error = {0};
    truce_status status =
        truce_session_run(it->scenario, &it->choices, NULL, &session, &error);
    if (status != TRUCE_OK && status != TRUCE_NONE)
        printf("refused: %s (%s)\n", error.message, it->with);
    return session;
}

static bool admissible(const game *it, size_t party, const truce_value *outcome)
{
    const space_party *numbers = &it->compiled->parties[party];
    return !breaks_logic(it->compiled, outcome) &&
           !breaks_red_line(it->compiled, party, outcome) &&
           !breaks_rule_of(it->compiled, party, outcome) &&
           (!numbers->has_floor ||
            space_sum(it->compiled, party, outcome) >= numbers->floor);
}

static double worth_of(const game *it, size_t party, const truce_value *outcome)
{
    return space_utility(it->compiled, party, space_sum(it->compiled, party, outcome));
}

/* ---- what must hold of every word ------------------------------------------------------ */

static const char *judge_word(const game *it, const truce_session *session,
                              const truce_turn *word)
{
    if (word->outcome == NULL)
        return word->said == TRUCE_SAID_LEAVE ? NULL : "words without an outcome";
    for (size_t s = 0; s < session->parties.count; s++)
        if (word->utilities[s] !=
            worth_of(it, session->parties.items[s], word->outcome))
            return "a wrong utility";
    if (word->seat == TRUCE_NOBODY)
        return word->said == TRUCE_SAID_DRAFT ? NULL : "the mediator speaks as a party";
    size_t party = session->parties.items[word->seat];
    bool binds =
        word->said == TRUCE_SAID_OFFER ||
        (word->said == TRUCE_SAID_ACCEPT && strcmp(session->protocol, "text") &&
         strcmp(session->protocol, "random-mediator"));
    return binds && !admissible(it, party, word->outcome) ? "not admissible" : NULL;
}

static const char *judge_end(const game *it, const truce_session *session)
{
    if ((session->end == TRUCE_SESSION_AGREED) != (session->agreement != NULL))
        return "an agreement without agreeing, or the reverse";
    for (size_t s = 0; session->agreement && s < session->parties.count; s++) {
        size_t party = session->parties.items[s];
        if (!admissible(it, party, session->agreement))
            return "an agreement that a party may not make";
        if (session->seats[s].utility != worth_of(it, party, session->agreement))
            return "a wrong utility of the agreement";
    }
    return session->step > session->rounds ? "more rounds than there are" : NULL;
}

/* ---- alternating offers, word by word ---------------------------------------------------- */

typedef struct referee {
    size_t actor, yes;
    uint32_t round;
    const truce_turn *standing; /* NULL: no offer yet */
    bool rejected, over;
} referee;

static void pass_on(referee *at, size_t seats)
{
    at->rejected = false;
    at->actor = (at->actor + 1) % seats;
    at->round += at->actor == 0;
}

static const char *hear_word(referee *at, const truce_session *session,
                             const truce_turn *word)
{
    size_t seats = session->parties.count;
    if (at->over || word->seat != at->actor || word->round != at->round)
        return "out of turn";
    if (word->time != (at->round + 1.0) / (session->rounds + 1.0))
        return "a wrong time";
    bool answers = word->said == TRUCE_SAID_ACCEPT || word->said == TRUCE_SAID_REJECT;
    if (answers != (at->standing && !at->rejected) && word->said != TRUCE_SAID_LEAVE)
        return "an answer where an offer is due, or the reverse";
    if (answers && word->outcome && at->standing->outcome &&
        memcmp(word->outcome, at->standing->outcome,
               session->finding.scenario->issue_count * sizeof(truce_value)) != 0)
        return "an answer to another offer";
    at->rejected = word->said == TRUCE_SAID_REJECT;
    if (word->said == TRUCE_SAID_OFFER) {
        at->standing = word;
        at->yes = 1;
        pass_on(at, seats);
    } else if (word->said == TRUCE_SAID_ACCEPT) {
        at->over = ++at->yes == seats;
        if (!at->over)
            pass_on(at, seats);
    } else if (word->said == TRUCE_SAID_LEAVE) {
        at->over = true;
    }
    return NULL;
}

static const char *referee_talks(const truce_session *session)
{
    referee at = {0};
    for (size_t k = 0; k < session->turn_count; k++) {
        const char *wrong = hear_word(&at, session, &session->turns[k]);
        if (wrong)
            return wrong;
    }
    bool out_of_time = at.round == session->rounds && at.actor == 0;
    if (session->end == TRUCE_SESSION_TIMED_OUT)
        return out_of_time && !at.over ? NULL : "stopped before the time was over";
    bool agreed = at.over && at.yes == session->parties.count;
    if (agreed != (session->end == TRUCE_SESSION_AGREED))
        return "another end than the words have";
    return session->step == at.round + 1 ? NULL : "a wrong number of rounds";
}

/* ---- the same again ------------------------------------------------------------------------ */

static const char *compare(const truce_session *one, const truce_session *other)
{
    if (one->turn_count != other->turn_count || one->end != other->end)
        return "another session by the same seed";
    for (size_t k = 0; k < one->turn_count; k++)
        if (one->turns[k].said != other->turns[k].said ||
            one->turns[k].seat != other->turns[k].seat ||
            (one->turns[k].outcome != NULL &&
             memcmp(one->turns[k].outcome, other->turns[k].outcome,
                    one->finding.scenario->issue_count * sizeof(truce_value)) != 0))
            return "other words by the same seed";
    return NULL;
}

/* ---- all -------------------------------------------------------------------------------------- */

static const char *judge(const game *it, const truce_session *session)
{
    const char *wrong = NULL;
    for (size_t k = 0; k < session->turn_count && !wrong; k++)
        wrong = judge_word(it, session, &session->turns[k]);
    if (!wrong)
        wrong = judge_end(it, session);
    if (!wrong && strcmp(session->protocol, "sao") == 0)
        wrong = referee_talks(session);
    truce_session *again = wrong ? NULL : played(it);
    if (again)
        wrong = compare(session, again);
    truce_session_free(again);
    return wrong;
}

static truce_scenario *scenario_with_parties(uint64_t number, size_t parties,
                                             random_stream *dice)
{
    size_t counts[4];
    made_shape shape = {.value_counts = counts,
                        .issues = 1 + (size_t)random_below(dice, 4),
                        .parties = parties,
                        .demands = 0};
    for (size_t i = 0; i < shape.issues; i++)
        counts[i] = 1 + (size_t)random_below(dice, 5);
    return random_scenario(77, number, &shape);
}

enum { GAMES_A_SCENARIO = 10 };

/* Ten games on one scenario; how many were wrong. */
static unsigned play_scenario(uint64_t number)
{
    random_stream dice = random_begin(4, number);
    size_t seats = 2 + (size_t)random_below(&dice, 2), over[3] = {0, 1, 2};
    truce_scenario *scenario = scenario_with_parties(number, seats, &dice);
    game it = {.scenario = scenario, .compiled = space_new(scenario, NULL)};
    unsigned wrong_ones = 0;
    for (int k = 0; k < GAMES_A_SCENARIO; k++) {
        name_strategies(&it, &dice, seats);
        it.choices =
            (truce_session_choices){.with = it.with,
                                    .over = {over, seats},
                                    .protocol = ONE_OF(protocols, &dice),
                                    .rounds = 1 + (uint32_t)random_below(&dice, 30),
                                    .seed = number * GAMES_A_SCENARIO + (uint64_t)k};
        truce_session *session = played(&it);
        const char *wrong = session ? judge(&it, session) : "it could not be played";
        if (wrong)
            printf("scenario %llu, game %d, %s with %s, %u rounds: %s\n",
                   (unsigned long long)number, k, it.choices.protocol, it.with,
                   it.choices.rounds, wrong);
        wrong_ones += wrong != NULL;
        truce_session_free(session);
    }
    space_free(it.compiled);
    truce_scenario_free(scenario);
    return wrong_ones;
}

static uint64_t given(int count, char **words, const char *name, uint64_t usual)
{
    for (int k = 1; k + 1 < count; k++)
        if (strcmp(words[k], name) == 0)
            return strtoull(words[k + 1], NULL, 10);
    return usual;
}

int main(int argc, char **argv)
{
    uint64_t count = given(argc, argv, "--count", 2000);
    uint64_t every = given(argc, argv, "--every", 1), wrong = 0, all = 0;
    for (uint64_t k = given(argc, argv, "--from", 0); k * GAMES_A_SCENARIO < count;
         k += every) {
        wrong += play_scenario(k);
        all += GAMES_A_SCENARIO;
    }
    printf("%llu passed, %llu failed\n", (unsigned long long)(all - wrong),
           (unsigned long long)wrong);
    return wrong > 0;
}
