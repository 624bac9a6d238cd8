/* study.h - one party's utilities as linear forms in one of its numbers. Shared by tipping.c
 * and tipping_deal.c.
 *
 * Let x be one number of party p, moved by d from its mode. With W the sum of p's weights
 * (1 when they are taken as given), W(x) * (u_x(o) - F_x) is linear in d: G + d * K, where
 *
 *     weight of issue i    G = W (u - F)    K = worth_i(o) + B(o) - F
 *     weight as given      G = u - F        K = worth_i(o)
 *     worth of (i, v)      G = W (u - F)    K = w_i if o has v at i, else 0
 *     end of linear i      G = W (u - F)    K = w_i * t, t the share of that end in o
 *     bonus b              G = W (u - F)    K = W if b holds in o, else 0
 *     outside option F     G = W (u - F)    K = -W
 *
 * and B(o) is the sum of the bonuses. For a change u(o) - u(s) the forms of o and s are
 * subtracted. W stays positive over the range of every number, with two exceptions: the
 * only positive weight may fall to 0, where every normalised weight is 0 and u is B alone;
 * and where all are 0, the first that rises takes all. Those points are looked at by
 * themselves.
 */
#ifndef BRIEF_STUDY_H
#define BRIEF_STUDY_H

#include "brief/tipping.h"

/* One party under study. The forms are kept as fractions: their number is small. */
typedef struct study {
    const space *compiled;
    const numbers *all;
    size_t party;
    const truce_preferences *preferences;
    mpq_t weight_sum;    /* W; 1 when weightless */
    bool weightless;     /* all weights are 0: worths do not count */
    const number_at *at; /* the number being moved */
    mpq_t low, high;     /* how far it may move */
    bool unlimited;
    tipping *nearest;
} study;

void study_begin(study *of, const space *compiled, const numbers *all, size_t party,
                 tipping *nearest);
void study_end(study *of);

/* Are weights divided by their sum? */
bool study_is_normalised(const study *of);

/* May this number be moved? Facts and claims are not the analyst's to move. */
bool study_may_take_up(const study *of, const number_at *place);

/* From now on this number is the one being moved. */
void study_take_up(study *of, const number_at *place);

/* May it move so far; further: and a little more in the same direction? */
bool study_may_move(const study *of, mpq_srcptr move, int direction, bool further);

/* The nearer one is kept; of two equally near, the one that need not be passed, then
 * the one that came first. */
void study_offer(study *of, mpq_srcptr move, bool must_pass);

/* K of the utility alone (no floor): of an outcome with this value at the number's
 * issue, with bonuses worth `bonuses` together and the number's own bonus holding or
 * not; and of a given outcome. */
void study_slope(const study *of, truce_value value, mpq_srcptr bonuses,
                 bool bonus_holds, mpq_ptr slope);
void study_slope_of_outcome(const study *of, const truce_value *outcome, mpq_ptr slope);

/* B(o). */
void study_bonuses(const study *of, const truce_value *outcome, mpq_ptr sum);

/* A sum of the space in the units of the forms: sum / denominator * W. */
void study_form_units(const study *of, wide sum, mpq_ptr value);

/* The number is the only positive weight, and may fall to 0: an offer of that. */
bool study_may_empty_weights(const study *of);
void study_offer_emptying(study *of);

/* All weights are 0, and this one may rise: an offer of that. */
bool study_is_first_weight(const study *of);
void study_offer_rising(study *of);

#endif
