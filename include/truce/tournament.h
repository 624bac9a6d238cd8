/* tournament.h - every strategy against every other, over many scenarios.
 *
 *     truce_contest_read("plan.yaml", &plan, diagnostics);
 *     truce_tournament_play(plan, &(truce_tournament_choices){.out = "cup"}, stop, &run, &error);
 *     truce_standings_read("cup", &standings, &error);
 *
 * Results lie in a store, DIR/results.db (SQLite), one row a session, keyed by the number
 * of the job. A job's seed follows from the plan and its number alone, so by rounds the
 * same plan gives the same rows however its work was interrupted, cut into shards or
 * spread over threads. docs/tournament.md has the plan file and the columns.
 */
#ifndef TRUCE_TOURNAMENT_H
#define TRUCE_TOURNAMENT_H

#include <truce/play.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum truce_score { TRUCE_SCORE_UTILITY, TRUCE_SCORE_ADVANTAGE } truce_score;

/* What is to be played. Zero or NULL stands for what is in brackets.
 *
 *   strategies   as --with of a session names them, each one
 *   scenarios    files, or folders: those of a domain and its profiles, *.yaml files, and
 *                what lies in folders within, in the order of their names
 *   folder       what relative paths begin at [where the program runs]
 *   parties      at the table [2]; a scenario of a folder with another number is left out
 *   repetitions  of each job, each with a seed of its own [1]
 *   without_self_play  leave out sessions in which all play the same strategy
 *   score        what counts: the discounted utility, or the advantage
 */
typedef struct truce_contest {
    truce_texts strategies, scenarios;
    const char *folder;
    size_t parties;
    const char *protocol;
    uint32_t rounds;
    double seconds;
    uint32_t repetitions;
    bool without_self_play;
    uint64_t seed;
    truce_convention as;
    truce_score score;
    void *memory;
} truce_contest;

/* Reads a plan file (YAML). Mistakes with line and column go to diagnostics: TRUCE_INPUT.
 * The plan is the caller's. O(file). */
TRUCE_API truce_status truce_contest_read(const char *path, truce_contest **plan,
                                          truce_diagnostics *diagnostics);
TRUCE_API truce_status truce_contest_parse(const char *name, const void *bytes,
                                           size_t length, truce_contest **plan,
                                           truce_diagnostics *diagnostics);
TRUCE_API void truce_contest_free(truce_contest *plan); /* NULL is fine */

/*   out          folder of the store; made when it is not there
 *   shard        of `shards` equal parts, from 1; shards 0: all of it
 *   own          [own_count] strategies of the caller, which the plan may name */
typedef struct truce_tournament_choices {
    const char *out;
    uint64_t shard, shards;
    const truce_strategy *own;
    size_t own_count;
} truce_tournament_choices;

/* A path of a folder that was left out, and why. */
typedef struct truce_left_out {
    const char *path, *why;
} truce_left_out;

/* What a call of truce_tournament_play() did.
 *
 *   sessions   of the whole plan; share: of this shard; there: of the share, before
 *   offers     made in the sessions played now */
typedef struct truce_tournament {
    uint64_t sessions, share, there, played, offers;
    double seconds;
    size_t scenarios;
    const truce_left_out *left_out;
    size_t left_out_count;
    void *memory;
} truce_tournament;

/* Plays what is missing from the store. TRUCE_OK when the share is complete; TRUCE_LIMIT
 * when it was stopped: what was played is kept, and the same call goes on; TRUCE_CALL for
 * a plan that makes no sense or a store of another one. stop->threads work. A row is on
 * the disk at most a second after its session, and none is ever there by half. */
TRUCE_API truce_status truce_tournament_play(const truce_contest *plan,
                                             const truce_tournament_choices *choices,
                                             const truce_stop *stop,
                                             truce_tournament **result,
                                             truce_error *error);
TRUCE_API void truce_tournament_free(truce_tournament *result); /* NULL is fine */

/* Takes the rows of other stores of the same plan into that of `out`, which is made when
 * it is not there. Rows that are there already stay. TRUCE_CALL when plans differ. */
TRUCE_API truce_status truce_tournament_merge(const char *out, const char *const *from,
                                              size_t count, truce_error *error);

/* For several processes that play shares of one plan in folders DIR/rank-I: prepare makes
 * these folders, I from 0, each with the rows that DIR and the folders of an earlier job
 * hold already; gather takes all of them into DIR and deletes them. */
TRUCE_API truce_status truce_tournament_prepare(const char *out, uint64_t ranks,
                                                const truce_contest *plan,
                                                truce_error *error);
TRUCE_API truce_status truce_tournament_gather(const char *out, truce_error *error);

/* ---- what came of it ---------------------------------------------------------------- */

/* One strategy. Means are over its seats; scenarios weigh equally.
 *
 *   low, high  95 % percentile bootstrap interval of the score (Efron 1979), units drawn
 *              anew 2,000 times */
typedef struct truce_scored {
    const char *strategy;
    double score, low, high;
    uint64_t seats;
    double utility, advantage; /* discounted; NaN where not defined */
    double agreed;             /* share of its seats */
    double step, welfare, to_frontier, to_nash;
} truce_scored;

/* Two strategies over the same units; difference is first - second. t: paired t test; w:
 * Wilcoxon's signed ranks, exact with midranks for ties, zeros left out (Wilcoxon 1945), by
 * the normal limit beyond 200 units. Two-sided; holm is after Holm's correction (1979) over
 * all pairs; NaN where a test is not possible. */
typedef struct truce_duel {
    size_t first, second, units;
    double difference, t, t_p, t_holm, w, w_p, w_holm;
} truce_duel;

/* A symmetric equilibrium of the empirical game: shares [strategies]; value is what every
 * strategy played gets, regret the most that one could get more by another. */
typedef struct truce_mix {
    const double *shares;
    double value, regret;
    bool pure, stable; /* no better reply to itself resists it (Maynard Smith 1982) */
} truce_mix;

/* Where replicator dynamics (Taylor, Jonker 1978) come to rest, and from what share of
 * the starts. */
typedef struct truce_rest {
    const double *shares;
    double starts;
} truce_rest;

/*   missing     sessions of the plan that are not in the store
 *   by_scenario [scenarios][strategies] scores, NaN where it did not play
 *   payoff      [strategies][strategies] what the row's strategy gets with the column's
 *               among the others
 *   order       [strategies] best score first
 *   units       what intervals and tests draw from: "scenarios", or "seats and opponents"
 *               where there are fewer than six
 *   mixes       with self-play and up to 2,000,000 payoffs, else none; supports says up to
 *               how many strategies were tried together. Of more than two parties these are
 *               the pure ones, those of two strategies, and such rests as are one
 *   path        [path_count][strategies] shares on the way from the even start, the first,
 *               to from_even, the last, at path_times [path_count]: close together where
 *               they move. A unit of time is what a strategy that gets the whole range of
 *               payoffs more than the mean needs to grow e-fold. None without from_even */
typedef struct truce_standings {
    size_t strategy_count, scenario_count;
    truce_texts scenarios;
    const truce_scored *standings;
    const size_t *order;
    const double *by_scenario, *payoff;
    const truce_duel *duels;
    size_t duel_count;
    const char *units;
    size_t unit_count;
    const truce_mix *mixes;
    size_t mix_count, supports;
    const truce_rest *rests;
    size_t rest_count, start_count;
    const double *from_even; /* [strategies] where an even start leads, or NULL */
    const double *path, *path_times;
    size_t path_count;
    uint64_t sessions, missing, faults;
    truce_score score;
    size_t parties;
    uint32_t rounds, repetitions;
    double seconds;
    uint64_t seed;
    bool without_self_play;
    const char *protocol, *plan; /* the fingerprint of the plan */
    void *memory;
} truce_standings;

/* Reads the store of a folder. TRUCE_OK; TRUCE_CALL when there is none or it is damaged. */
TRUCE_API truce_status truce_standings_read(const char *out, truce_standings **result,
                                            truce_error *error);
TRUCE_API void truce_standings_free(truce_standings *result); /* NULL is fine */

/* All sessions by the number of their job, as CSV. */
TRUCE_API truce_status truce_tournament_sessions(const char *out, FILE *to,
                                                 truce_error *error);

#ifdef __cplusplus
}
#endif

#endif
