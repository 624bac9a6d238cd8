/* game.h - the empirical game: what each strategy gets against a population of others
 * (Wellman, Methods for empirical game-theoretic analysis, 2006). Symmetric, for two players
 * or more.
 */
#ifndef TOURNAMENT_GAME_H
#define TOURNAMENT_GAME_H

#include "base/arena.h"

#include <truce/tournament.h>

/*   payoff  [n][n]...[n], others + 1 times: what the first strategy gets when the others
 *           play the rest, which may stand in any order and give the same
 *   room    for sums in between */
typedef struct game {
    const double *payoff;
    size_t n, others;
    double *room;
} game;

/* payoff must outlive it; room is taken from memory. */
game game_of(const double *payoff, size_t n, size_t players, arena *memory);

/* Symmetric equilibria, pure ones first, then mixed ones by support.
 *
 * Of two players all, by enumeration of supports (Lemke, Howson tableaus are not needed for
 * symmetric ones); supports where the equations have no single solution are left out.
 * *supports receives the largest size of support that was tried: all of them up to
 * SUPPORTS_MOST supports.
 *
 * Of more players all pure ones; of each two strategies the roots that a grid of GRID steps
 * parts; and of more strategies together those of the rests [rest_count], as game_rests()
 * finds them, that are one. *supports is then 2, or 1. */
enum { SUPPORTS_MOST = 200000, GRID = 256 };
size_t game_equilibria(const game *of, const truce_rest *rests, size_t rest_count,
                       arena *memory, truce_mix **mixes, size_t *supports);

/* Follows the replicator dynamics from shares [n], in place, to where they rest. */
void game_replicate(const game *of, double *shares);

/* The same, and the shares on the way: path [count][n] at times [count], both in memory; the
 * first is the start, the last where they rest. Close together where shares move, no more
 * than PATH_MOST. A unit of time is what a strategy that gets the whole range of payoffs
 * more than the mean needs to grow e-fold. Returns count. */
enum { PATH_MOST = 400 };
size_t game_path(const game *of, double *shares, arena *memory, const double **times,
                 const double **path);

/* From `starts` random starts (uniform on the simplex, by the seed): where they come to
 * rest, the most frequent first. */
size_t game_rests(const game *of, size_t starts, uint64_t seed, arena *memory,
                  truce_rest **rests);

#endif
