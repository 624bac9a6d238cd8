/* heard.h - what the others' offers were worth so far, as shares of the own range: the
 * running figures that several strategies reckon with.
 */
#ifndef PLAY_HEARD_H
#define PLAY_HEARD_H

#include "play/player.h"

#include <math.h>

/* Shares: 0 the least admissible utility, 1 the greatest; below 0 is worse than admissible.
 * Of several others all offers count as one row. */
typedef struct heard_shares {
    size_t count;
    double mean, squares; /* Welford's */
    double first, best, last;
    double sum_t, sum_tt, sum_tu; /* for the line through them */
    truce_offer best_offer;
} heard_shares;

static inline double share_of_range(const player *me, double utility)
{
    double range = me->mine->greatest - me->mine->least;
    return range > 0 ? (utility - me->mine->least) / range : 1;
}

static inline double utility_at(const player *me, double share)
{
    double in = fmin(1, fmax(0, share));
    return me->mine->least + in * (me->mine->greatest - me->mine->least);
}

static inline void heard_add(heard_shares *to, const player *me, truce_offer offer)
{
    double share = share_of_range(me, worth(me, offer));
    if (to->count == 0)
        to->first = to->best = share;
    if (to->count == 0 || share > to->best) {
        to->best = share;
        to->best_offer = offer;
    }
    to->count++;
    double off = share - to->mean;
    to->mean += off / (double)to->count;
    to->squares += off * (share - to->mean);
    to->last = share;
    to->sum_t += me->time;
    to->sum_tt += me->time * me->time;
    to->sum_tu += me->time * share;
}

static inline double heard_deviation(const heard_shares *of)
{
    return of->count > 1 ? sqrt(fmax(0, of->squares / (double)of->count)) : 0;
}

/* The least-squares line through the shares by time, at time t; their mean when there is
 * no line. */
static inline double heard_line(const heard_shares *of, double t)
{
    double n = (double)of->count;
    double width = of->count > 1 ? of->sum_tt - of->sum_t * of->sum_t / n : 0;
    if (!(width > 1e-12))
        return of->mean;
    double slope = (of->sum_tu - of->sum_t * of->mean) / width;
    return of->mean + slope * (t - of->sum_t / n);
}

/* Any admissible offer between two shares, by lot; the least one above low when the lot
 * finds none. */
static inline truce_offer any_between(player *me, double low, double high)
{
    enum { TRIES = 24 };
    double most = utility_at(me, high);
    for (int k = 0; k < TRIES; k++) {
        truce_offer offer = any_at_least(me, utility_at(me, low));
        if (offer == TRUCE_NO_OFFER || worth(me, offer) <= most)
            return offer;
    }
    return at_least(me, utility_at(me, low));
}

/* What the model finds best for the others between two shares. */
static inline truce_offer best_between(player *me, double low, double high)
{
    return best_for_others(me, utility_at(me, low), utility_at(me, high));
}

#endif
