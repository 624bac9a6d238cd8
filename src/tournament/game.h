/* game.h - the empirical game: what each strategy gets against a population of others
 * (Wellman, Methods for empirical game-theoretic analysis, 2006). Symmetric, two players:
 * payoff [n][n], the row's.
 */
#ifndef TOURNAMENT_GAME_H
#define TOURNAMENT_GAME_H

#include "base/arena.h"

#include <truce/tournament.h>

/* All symmetric equilibria by enumeration of supports (Lemke, Howson tableaus are not
 * needed for symmetric ones): pure ones first, then mixed ones by support. Supports where
 * the equations have no single solution are left out. *supports receives the largest size
 * of support that was tried: all of them up to SUPPORTS_MOST supports. */
enum { SUPPORTS_MOST = 200000 };
size_t game_equilibria(const double *payoff, size_t n, arena *memory, truce_mix **mixes,
                       size_t *supports);

/* Follows the replicator dynamics from shares [n], in place, to where they rest. */
void game_replicate(const double *payoff, size_t n, double *shares);

/* The same, and the shares on the way: path [count][n] at times [count], both in memory; the
 * first is the start, the last where they rest. Close together where shares move, no more
 * than PATH_MOST. A unit of time is what a strategy that gets the whole range of payoffs
 * more than the mean needs to grow e-fold. Returns count. */
enum { PATH_MOST = 400 };
size_t game_path(const double *payoff, size_t n, double *shares, arena *memory,
                 const double **times, const double **path);

/* From `starts` random starts (uniform on the simplex, by the seed): where they come to
 * rest, the most frequent first. */
size_t game_rests(const double *payoff, size_t n, size_t starts, uint64_t seed,
                  arena *memory, truce_rest **rests);

#endif
