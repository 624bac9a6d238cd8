/* fair.h - which vectors of sums are best by a measure of fairness, decided exactly.
 *
 * The one place where Nash products, relative gains and losses are compared: for deals,
 * for frontiers that were listed, and for outcomes that a search has found.
 */
#ifndef SOLVE_FAIR_H
#define SOLVE_FAIR_H

#include "base/big.h"

typedef enum fair_measure {
    FAIR_NASH,              /* product of gains u - d */
    FAIR_KALAI_SMORODINSKY, /* least (u - d)/(I - d); parties with I = d left out */
    FAIR_EGALITARIAN,       /* least gain */
    FAIR_UTILITARIAN,       /* sum of utilities */
    FAIR_EQUAL_LOSS,        /* least I - u at its largest, negated */
    FAIR_DIFFERENCES,       /* |u - u'| over all pairs of parties, negated (GENIUS) */
    FAIR_SPREAD, /* largest less least (u - d)/(I - d), negated, I = d left out (NegMAS)
                  */
    FAIR_MEASURES
} fair_measure;

/* Whose sums they are; all arrays [parties]. u = sum / denominator.
 *
 *   ideals  I as sums; read by the measures that speak of I
 */
typedef struct fair_game {
    size_t parties;
    const wide *denominators, *disagreement, *ideals;
} fair_game;

/* Does nobody lose against disagreement? */
bool fair_is_rational(const fair_game *game, const wide *sums);

/* The score, larger is better, the same unit for all vectors of a game. O(parties). */
void fair_score(const fair_game *game, fair_measure measure, const wide *sums,
                mpq_ptr score);

/* What the measure is, for printing: the product as its logarithm, the loss and the
 * differences not negated. In utility. */
double fair_value(const fair_game *game, fair_measure measure, const wide *sums);

/* Leaves best[i] true for the rows with the largest score, all ties, among those for
 * which it was true. Doubles rule out what is far off by a stated margin, fractions
 * decide. O(count * parties). */
void fair_keep_best(const fair_game *game, fair_measure measure,
                    const wide *const *rows, size_t count, bool *best);

#endif
