/* play.h - sessions: parties that negotiate by strategies, under a protocol.
 *
 *     truce_session_run(scenario, choices, stop, &session, &error)
 *
 * docs/play.md says what each protocol and strategy does. Utilities are on the file's own
 * scale, as doubles: play is simulation, not proof. Which offers a party may make or
 * accept is decided exactly: an outcome is admissible for a party when it breaks no logic
 * and none of the party's own red lines and rules, and reaches its outside option.
 */
#ifndef TRUCE_PLAY_H
#define TRUCE_PLAY_H

#include <truce/frontier.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- strategies of one's own ------------------------------------------------------- */

/* An outcome on the table of one session: a number that means nothing outside it. The
 * same outcome has the same number. */
typedef uint32_t truce_offer;
#define TRUCE_NO_OFFER UINT32_MAX

typedef enum truce_answer { TRUCE_REJECTS, TRUCE_ACCEPTS, TRUCE_LEAVES } truce_answer;

/* A party at the table, as its strategy sees it: its own preferences, and what was said.
 * Valid only inside the callbacks below. */
typedef struct truce_seat truce_seat;

/* A strategy given by the caller. Every callback but offer may be NULL.
 *
 *   name    how --with and choices call it
 *   size    bytes of state each seat has, zeroed before begin; passed as `mine`
 *   begin   before the first round
 *   hear    another party, by its seat, made this offer
 *   answer  to an offer on the table; NULL: accepts what is worth at least what it would
 *           offer itself next
 *   vote    of a mediated text: for the draft against the text that stands, or, with
 *           standing TRUCE_NO_OFFER, for the final text as it is; NULL: for what is worth
 *           at least as much, and for a final text that is admissible. A final text that
 *           is not admissible is vetoed whatever is said
 *   offer   its next offer; TRUCE_NO_OFFER leaves the talks. What is not admissible for
 *           the party counts as leaving.
 *   end     of the session
 *
 * Callbacks may run on several threads at once, each with a seat of its own. */
typedef struct truce_strategy {
    const char *name;
    size_t size;
    void (*begin)(truce_seat *seat, void *mine, void *user);
    void (*hear)(truce_seat *seat, void *mine, size_t from, truce_offer offer,
                 void *user);
    truce_answer (*answer)(truce_seat *seat, void *mine, truce_offer offer, void *user);
    truce_offer (*offer)(truce_seat *seat, void *mine, void *user);
    truce_answer (*vote)(truce_seat *seat, void *mine, truce_offer draft,
                         truce_offer standing, void *user);
    void (*end)(truce_seat *seat, void *mine, void *user);
    void *user;
} truce_strategy;

/* What a strategy may ask. O(1) unless said. */
TRUCE_API size_t truce_seat_number(const truce_seat *seat);   /* from 0 */
TRUCE_API size_t truce_seat_count(const truce_seat *seat);    /* seats at the table */
TRUCE_API double truce_seat_time(const truce_seat *seat);     /* 0 < t <= 1 */
TRUCE_API uint32_t truce_seat_round(const truce_seat *seat);  /* from 0 */
TRUCE_API uint32_t truce_seat_rounds(const truce_seat *seat); /* 0: by the clock */
TRUCE_API double truce_seat_reservation(const truce_seat *seat);
TRUCE_API double
truce_seat_greatest(const truce_seat *seat);               /* best admissible utility */
TRUCE_API double truce_seat_least(const truce_seat *seat); /* worst admissible one */
TRUCE_API size_t truce_seat_issues(const truce_seat *seat);
TRUCE_API size_t truce_seat_values(const truce_seat *seat, size_t issue);

/* What an offer is worth to this party; its values into outcome [issues], O(issues). */
TRUCE_API double truce_seat_utility(const truce_seat *seat, truce_offer offer);
TRUCE_API bool truce_seat_admits(const truce_seat *seat, truce_offer offer);
TRUCE_API void truce_seat_outcome(const truce_seat *seat, truce_offer offer,
                                  truce_value *outcome);
TRUCE_API truce_offer truce_seat_offer(truce_seat *seat, const truce_value *outcome);

/* The admissible offer that is worth least among those worth at least so much;
 * TRUCE_NO_OFFER when none is. O(log outcomes) where outcomes are enumerated. */
TRUCE_API truce_offer truce_seat_at_least(truce_seat *seat, double utility);

/* The place-th best admissible offer, from 0; TRUCE_NO_OFFER beyond the last. */
TRUCE_API truce_offer truce_seat_best(truce_seat *seat, uint64_t place);

/* The last offer that a seat made, TRUCE_NO_OFFER before its first; and a number in
 * [0, below) from the session's seed. */
TRUCE_API truce_offer truce_seat_last(const truce_seat *seat, size_t from);
TRUCE_API uint64_t truce_seat_random(truce_seat *seat, uint64_t below);

/* ---- the strategies, models, acceptances and protocols there are ------------------- */

typedef enum truce_part_kind {
    TRUCE_STRATEGY, /* a name for a combination of the three below */
    TRUCE_BIDDING,
    TRUCE_ACCEPTANCE,
    TRUCE_MODEL,
    TRUCE_PROTOCOL,
    TRUCE_PART_KINDS
} truce_part_kind;

typedef struct truce_parameter {
    const char *name; /* "e" */
    double usual, least, most;
    const char *line; /* what it is, in a few words */
} truce_parameter;

/* One that can be named. Static memory; parameters end with one whose name is NULL, and
 * may be NULL.
 *
 *   made_of  of a strategy: the combination it stands for, as --with takes it
 *   departs  where it departs from the paper, or NULL */
typedef struct truce_part {
    const char *name, *line, *paper, *departs, *made_of;
    const truce_parameter *parameters;
} truce_part;

/* The parts of a kind, by place from 0; NULL beyond the last. */
TRUCE_API const truce_part *truce_part_at(truce_part_kind kind, size_t place);

/* ---- one session ------------------------------------------------------------------- */

/*   with       strategies parted by commas, one for each seat or one for all:
 *              "boulware:e=5,tit-for-tat", "boa:offer=micro,accept=next,model=frequency";
 *              a piece "name=value" belongs to the strategy before it
 *   own        [own_count] strategies of the caller, which `with` may name
 *   over       the parties at the table, in order; count 0: the principals that have
 *              preferences, or when these are less than two all that have
 *   protocol   NULL: "sao"
 *   rounds     0: 100, unless seconds are given
 *   as         whose rules time and strategies follow
 *   measured   find frontier and solution points too, for the distances of the outcome
 */
typedef struct truce_session_choices {
    const char *with;
    const truce_strategy *own;
    size_t own_count;
    truce_list over;
    const char *protocol;
    uint32_t rounds;
    double seconds;
    uint64_t seed;
    truce_convention as;
    bool measured;
} truce_session_choices;

typedef enum truce_said {
    TRUCE_SAID_OFFER,
    TRUCE_SAID_ACCEPT,
    TRUCE_SAID_REJECT,
    TRUCE_SAID_LEAVE,
    TRUCE_SAID_DRAFT
} truce_said;

/* One thing said. outcome [issue_count] and utilities [seats] are those of the offer made
 * or answered; NULL of TRUCE_SAID_LEAVE. */
typedef struct truce_turn {
    uint32_t round;
    double time;
    size_t seat; /* TRUCE_NOBODY: the mediator */
    truce_said said;
    const truce_value *outcome;
    const double *utilities;
} truce_turn;

typedef enum truce_session_end {
    TRUCE_SESSION_AGREED,
    TRUCE_SESSION_TIMED_OUT,
    TRUCE_SESSION_LEFT,   /* a party ended the talks */
    TRUCE_SESSION_FORFEIT /* an external party broke the rules, and the fault says how */
} truce_session_end;

/* Moves of one party by what they do to both sides (Hindriks, Jonker, Tykhonov 2007). */
typedef struct truce_moves {
    size_t silent, nice, concession, selfish, fortunate, unfortunate;
} truce_moves;

/* What it came to for one seat. u is the utility of the agreement, or the reservation
 * value; discounted by the party's own discount at the time of the agreement; advantage
 * is (u - reservation) / (greatest - reservation), NaN when these are equal. */
typedef struct truce_seat_result {
    size_t party;
    const char *strategy; /* as it was named */
    double utility, discounted, advantage;
    double concession; /* (greatest - least worth of an own offer) / (greatest - least),
                          in own utility; NaN without an offer */
    size_t offers;
    truce_moves moves;
    const char *fault; /* of an external party, or NULL */
    double
        overshoot; /* the most that an offer lay above the utility asked for, in spaces
                          that cannot be enumerated; 0: each was the least there is */
} truce_seat_result;

/* Distances are Euclidean in utilities scaled so that each party's admissible range is
 * [0, 1]; NaN where not known or without agreement. optimality is 1 - distance to the
 * frontier / sqrt(seats). */
typedef struct truce_session {
    truce_finding finding;
    truce_list parties; /* of the seats */
    const char *protocol;
    uint32_t rounds;
    double seconds;
    uint64_t seed;
    truce_convention as;
    truce_session_end end;
    uint32_t step; /* rounds begun */
    double time;
    const truce_value *agreement; /* or NULL */
    const truce_seat_result *seats;
    double welfare, nash_product; /* of the gains over the reservation values */
    double to_frontier, to_nash, to_kalai_smorodinsky, to_egalitarian, optimality;
    const truce_turn *turns;
    size_t turn_count;
    const char *remark; /* such as how near a large space lets an offer come, or NULL */
} truce_session;

/* Plays one session. TRUCE_OK when it ended in agreement; TRUCE_NONE without; TRUCE_CALL
 * for choices that make no sense (unknown names come with the nearest). */
TRUCE_API truce_status truce_session_run(const truce_scenario *scenario,
                                         const truce_session_choices *choices,
                                         const truce_stop *stop, truce_session **result,
                                         truce_error *error);
TRUCE_API void truce_session_free(truce_session *result); /* NULL is fine */

/* ---- a trace, once more -------------------------------------------------------------- */

/* What became of a trace.
 *
 *   words    that were heard again, and hold
 *   fault    the first line that does not hold, "FILE:LINE: why"; NULL when all do
 *   by_seed  its strategies, played again by its seed, said the same words
 *   remark   why they were not played again, or NULL */
typedef struct truce_replay {
    truce_finding finding;
    truce_list parties;
    const char *protocol;
    truce_convention as;
    uint64_t words;
    bool holds, by_seed;
    truce_session_end end;
    const char *fault, *remark;
} truce_replay;

/* Reads a trace, as truce_session_trace() writes it, and plays its words again: those of the
 * file are told to the protocol's state machine one by one, and every turn, time, offer,
 * answer, utility and the end must be what rules and scenario make of them, to the 12
 * digits that a trace has. Then its strategies are played by its seed, where they are
 * truce's own and go by rounds, and must say the same.
 *
 *   name, bytes  the trace; name stands for it in places
 *   as           whose rules the scenario was read by; a trace by others is refused
 *
 * TRUCE_OK when it holds; TRUCE_NONE when not, and the result says where; TRUCE_INPUT when it
 * is no trace, or one of another scenario (diagnostics say where); TRUCE_LIMIT when stopped.
 * O(words * (issues + seats)) and the session once more. */
TRUCE_API truce_status truce_session_replay(const truce_scenario *scenario,
                                            const char *name, const void *bytes,
                                            size_t length, truce_convention as,
                                            const truce_stop *stop,
                                            truce_replay **result,
                                            truce_diagnostics *diagnostics);
TRUCE_API void truce_replay_free(truce_replay *result); /* NULL is fine */

/* ---- many sessions ----------------------------------------------------------------- */

/* The same session again and again, each with a seed of its own, everything but the
 * tables made for scenario and strategies done anew. One thread. */
typedef struct truce_repetition {
    truce_finding finding;
    truce_list parties;
    uint64_t sessions, offers, answers, agreements;
    double preparation, seconds; /* wall time before, and during the sessions */
    double sessions_per_second, offers_per_second;
    double mean_step;
    const double *mean_utilities; /* [parties.count] */
} truce_repetition;

TRUCE_API truce_status truce_session_repeat(const truce_scenario *scenario,
                                            const truce_session_choices *choices,
                                            uint64_t times, const truce_stop *stop,
                                            truce_repetition **result,
                                            truce_error *error);
TRUCE_API void truce_repetition_free(truce_repetition *result);

/* ---- not one number, but many ------------------------------------------------------- */

/* A share of so many, with Wilson's 95 % interval (1927). NaN of none. */
typedef struct truce_share {
    uint64_t times, of;
    double share, low, high;
} truce_share;

/* How a number is spread: its mean with a 95 % interval (normal limit), and what 5, 25,
 * 50, 75 and 95 percent of the draws do not exceed. NaN of none. */
typedef struct truce_spread {
    uint64_t count;
    double mean, low, high;
    double at5, at25, at50, at75, at95;
} truce_spread;

/* One issue over all draws that ended in agreement.
 *
 *   values   [values] how often each was agreed
 *   settled  the round from which every offer had the value that was agreed, 0 for the
 *            first
 *   first    how often no other issue was settled earlier */
typedef struct truce_settling {
    const truce_share *values;
    truce_spread settled;
    truce_share first;
} truce_settling;

/* What one combination of strategies came to. */
typedef struct truce_combination {
    const char *const *strategies; /* [seats] */
    truce_share agreed;
    const double *mean_utilities; /* [seats] discounted */
} truce_combination;

/*   numbers   how many numbers of the file are ranges, and were drawn
 *   utility, discounted, advantage   [seats]
 *   issues    [issues]
 *   combinations  of the mix, in order; count 1 without one */
typedef struct truce_sessions {
    truce_finding finding;
    truce_list parties;
    const char *protocol;
    uint32_t rounds;
    double seconds;
    uint64_t seed, draws;
    size_t numbers;
    truce_share agreed;
    truce_spread step; /* of agreements: rounds begun */
    const truce_spread *utility, *discounted, *advantage;
    const truce_settling *issues;
    const truce_combination *combinations;
    size_t combination_count;
} truce_sessions;

/* Plays as many sessions as draws: each draws the numbers that the file gives as ranges,
 * and of each seat one of the strategies that `with` names for it, parted by '|', equally
 * often or as "2*boulware|conceder" says. The same for any stop->threads. TRUCE_OK;
 * TRUCE_LIMIT when stopped (the draws made by then count when they are the first ones);
 * TRUCE_CALL. Memory: about 8 * (3 seats + 2 issues) bytes a draw. */
TRUCE_API truce_status truce_sessions_draw(const truce_scenario *scenario,
                                           const truce_session_choices *choices,
                                           uint64_t draws, const truce_stop *stop,
                                           truce_sessions **result, truce_error *error);
TRUCE_API void truce_sessions_free(truce_sessions *result); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
