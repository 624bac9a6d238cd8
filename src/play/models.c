/* models: what another party is thought to like, from the offers it makes.
 *
 * All but the Bayesian one keep for each seat a weight of each issue and a worth of each
 * value, and estimate sum(weight * worth) / sum(weight), from 0 to 1.
 */
#include "play/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- weights and worths of each seat ------------------------------------------------- */

typedef struct guess {
    double *weights;    /* [issues] */
    double *worths;     /* [values of all issues] */
    truce_value *last;  /* [issues] of the offer before */
    truce_value *first; /* [issues] of its first offer */
    uint64_t heard;
} guess;

typedef struct guesses {
    guess *seats;       /* [seats] */
    size_t *places;     /* [issues + 1] where an issue's worths begin */
    truce_value *offer; /* [issues] in hand */
} guesses;

static void *take(size_t count, size_t size)
{
    return must_allocate_zeroed(count + 1, size);
}

static void begin_guesses(player *me)
{
    guesses *all = me->guess_state;
    size_t issues = me->board->issues;
    all->places = take(issues, sizeof *all->places);
    for (size_t i = 0; i < issues; i++)
        all->places[i + 1] = all->places[i] + me->board->space->value_counts[i];
    all->offer = take(issues, sizeof *all->offer);
    all->seats = take(me->board->seats, sizeof *all->seats);
    for (size_t s = 0; s < me->board->seats; s++) {
        guess *one = &all->seats[s];
        one->weights = take(issues, sizeof *one->weights);
        one->worths = take(all->places[issues], sizeof *one->worths);
        one->last = take(issues, sizeof *one->last);
        one->first = take(issues, sizeof *one->first);
        for (size_t i = 0; i < issues; i++)
            one->weights[i] = 1.0 / (double)issues;
    }
}

static void end_guesses(player *me)
{
    guesses *all = me->guess_state;
    for (size_t s = 0; s < me->board->seats; s++) {
        free(all->seats[s].weights);
        free(all->seats[s].worths);
        free(all->seats[s].last);
        free(all->seats[s].first);
    }
    free(all->seats);
    free(all->places);
    free(all->offer);
}

static size_t values_of(const player *me, size_t issue)
{
    return me->board->space->value_counts[issue];
}

static double most_worth(const player *me, const guesses *all, const guess *one,
                         size_t issue)
{
    double most = 0;
    for (size_t v = 0; v < values_of(me, issue); v++)
        most = fmax(most, one->worths[all->places[issue] + v]);
    return most;
}

/* Each worth by the largest of its issue. */
static double estimate_by_most(player *me, size_t of, truce_offer offer)
{
    guesses *all = me->guess_state;
    const guess *one = &all->seats[of];
    offers_outcome(me->table, offer, all->offer);
    double sum = 0, weights = 0;
    for (size_t i = 0; i < me->board->issues; i++) {
        double most = most_worth(me, all, one, i);
        double here = one->worths[all->places[i] + all->offer[i]];
        sum += most > 0 ? one->weights[i] * here / most : 0;
        weights += one->weights[i];
    }
    return weights > 0 ? sum / weights : 0;
}

/* Takes the offer in hand over as the last, and counts it. */
static void remember(const player *me, guesses *all, guess *one)
{
    size_t bytes = me->board->issues * sizeof *one->last;
    if (one->heard++ == 0)
        memcpy(one->first, all->offer, bytes);
    memcpy(one->last, all->offer, bytes);
}

static void count_values(const player *me, guesses *all, guess *one, double more)
{
    for (size_t i = 0; i < me->board->issues; i++)
        one->worths[all->places[i] + all->offer[i]] += more;
}

static void scale_to_one(const player *me, guess *one)
{
    double sum = 0;
    for (size_t i = 0; i < me->board->issues; i++)
        sum += one->weights[i];
    for (size_t i = 0; i < me->board->issues; i++)
        one->weights[i] /= sum;
}

/* ---- HardHeaded's ------------------------------------------------------------------------ */

static const truce_parameter learning[] = {
    {"rate", 0.2, 0, 1, "what an unchanged issue gains, shared among the issues"}, {0}};

static void hear_frequency(player *me, size_t from, truce_offer offer)
{
    guesses *all = me->guess_state;
    guess *one = &all->seats[from];
    offers_outcome(me->table, offer, all->offer);
    double gain = me->plays->guess_given[0] / (double)me->board->issues;
    for (size_t i = 0; one->heard > 0 && i < me->board->issues; i++)
        if (one->last[i] == all->offer[i])
            one->weights[i] += gain;
    scale_to_one(me, one);
    count_values(me, all, one, 1);
    remember(me, all, one);
}

const model model_frequency = {
    .part = {.name = "frequency",
             .line = "issues that stay, values that come often",
             .paper = "van Krimpen, Looije, Hajizadeh 2013 (HardHeaded)",
             .parameters = learning},
    .size = sizeof(guesses),
    .begin = begin_guesses,
    .hear = hear_frequency,
    .estimate = estimate_by_most,
    .end = end_guesses,
};

/* ---- Smith's ------------------------------------------------------------------------------ */

/* An issue weighs as much as its most frequent value is frequent. */
static void hear_smith(player *me, size_t from, truce_offer offer)
{
    guesses *all = me->guess_state;
    guess *one = &all->seats[from];
    offers_outcome(me->table, offer, all->offer);
    count_values(me, all, one, 1);
    for (size_t i = 0; i < me->board->issues; i++)
        one->weights[i] = most_worth(me, all, one, i);
    scale_to_one(me, one);
    remember(me, all, one);
}

const model model_smith = {
    .part = {.name = "smith",
             .line = "an issue weighs what its most frequent value is frequent",
             .paper = "van Galen Last 2012 (AgentSmith)"},
    .size = sizeof(guesses),
    .begin = begin_guesses,
    .hear = hear_smith,
    .estimate = estimate_by_most,
    .end = end_guesses,
};

/* ---- CUHK's ------------------------------------------------------------------------------- */

enum { CUHK_OFFERS = 100 };

/* Only the first hundred offers that differ from the one before count. */
static void hear_cuhk(player *me, size_t from, truce_offer offer)
{
    guesses *all = me->guess_state;
    guess *one = &all->seats[from];
    if (one->heard >= CUHK_OFFERS)
        return;
    offers_outcome(me->table, offer, all->offer);
    if (one->heard > 0 &&
        memcmp(one->last, all->offer, me->board->issues * sizeof *one->last) == 0)
        return;
    count_values(me, all, one, 1);
    remember(me, all, one);
}

const model model_cuhk = {
    .part = {.name = "cuhk",
             .line = "values of the first hundred different offers, all issues alike",
             .paper = "Hao, Leung 2014 (CUHKAgent)",
             .departs = "different from the one before, not from all before"},
    .size = sizeof(guesses),
    .begin = begin_guesses,
    .hear = hear_cuhk,
    .estimate = estimate_by_most,
    .end = end_guesses,
};

/* ---- AgentX's ----------------------------------------------------------------------------- */

/* Early offers tell more: what is said counts less with time; an issue that changed since
 * the first offer loses weight. */
static void hear_agentx(player *me, size_t from, truce_offer offer)
{
    guesses *all = me->guess_state;
    guess *one = &all->seats[from];
    offers_outcome(me->table, offer, all->offer);
    double left = 1 - me->time;
    count_values(me, all, one, left);
    for (size_t i = 0; one->heard > 0 && i < me->board->issues; i++)
        if (one->first[i] == all->offer[i])
            one->weights[i] += left / (double)me->board->issues;
    scale_to_one(me, one);
    remember(me, all, one);
}

const model model_agentx = {
    .part = {.name = "agentx",
             .line = "as frequency, with early offers weighing more",
             .paper = "Fang, Wu, Chi, Ren, Wang 2015 (AgentX)",
             .departs = "the decay is linear in time"},
    .size = sizeof(guesses),
    .begin = begin_guesses,
    .hear = hear_agentx,
    .estimate = estimate_by_most,
    .end = end_guesses,
};

/* ---- uniform, perfect ------------------------------------------------------------------- */

/* Linear in the value's place from the first offer: near to it is good. */
static double estimate_uniform(player *me, size_t of, truce_offer offer)
{
    guesses *all = me->guess_state;
    const guess *one = &all->seats[of];
    offers_outcome(me->table, offer, all->offer);
    size_t same = 0;
    for (size_t i = 0; i < me->board->issues; i++)
        same += one->heard > 0 && one->first[i] == all->offer[i];
    return me->board->issues > 0 ? (double)same / (double)me->board->issues : 0;
}

static void hear_first(player *me, size_t from, truce_offer offer)
{
    guesses *all = me->guess_state;
    guess *one = &all->seats[from];
    if (one->heard > 0)
        return;
    offers_outcome(me->table, offer, all->offer);
    remember(me, all, one);
}

const model model_uniform = {
    .part = {.name = "uniform",
             .line =
                 "all issues alike, the values of its first offer are the good ones",
             .paper = "a baseline"},
    .size = sizeof(guesses),
    .begin = begin_guesses,
    .hear = hear_first,
    .estimate = estimate_uniform,
    .end = end_guesses,
};

static double estimate_perfect(player *me, size_t of, truce_offer offer)
{
    const board_seat *seat = &me->board->seat[of];
    double utility =
        me->board->small ? seat->utility[offer] : offers_utility(me->table, offer, of);
    double range = seat->greatest - seat->lowest;
    return range > 0 ? fmin(1, fmax(0, (utility - seat->lowest) / range)) : 1;
}

const model model_perfect = {
    .part = {.name = "perfect",
             .line = "what it is really worth: for measuring, nobody can know it",
             .paper = "a baseline"},
    .estimate = estimate_perfect,
};

/* ---- Bayesian ----------------------------------------------------------------------------- */

/* Each issue has hypotheses of its own (the scalable variant): its weight is one of so many
 * equal steps, and its values are rising, falling, or highest at one value. They are taken
 * as independent, and each offer is a measurement of utility 1 - speed * time with a
 * normal error. */
enum { WEIGHT_STEPS = 11 };

static const truce_parameter bayesian[] = {
    {"speed", 0.3, 0, 1, "of its range that it is thought to concede until the end"},
    {"sigma", 0.15, 0.001, 10, "the spread of its concession"},
    {0}};

/* Of an issue of n values: n shapes, shape k highest at value k (k = 0 falls, k = n - 1
 * rises). */
typedef struct belief {
    double *weights; /* [issues][WEIGHT_STEPS] chances */
    double *shapes;  /* [values of all issues] chances */
    double *mean_weights;
    double *mean_worths; /* [values of all issues] */
} belief;

typedef struct beliefs {
    belief *seats;
    size_t *places;
    truce_value *offer;
} beliefs;

/* Worth of value v when value k is the highest of n: linear on both sides. */
static double shape(size_t k, size_t v, size_t n)
{
    if (n < 2)
        return 1;
    size_t far = k > n - 1 - k ? k : n - 1 - k;
    size_t off = v > k ? v - k : k - v;
    return 1 - (double)off / (double)far;
}

static double weight_step(size_t step)
{
    return (double)step / (WEIGHT_STEPS - 1);
}

static void take_means(const player *me, const beliefs *all, belief *one)
{
    double sum = 0;
    for (size_t i = 0; i < me->board->issues; i++) {
        double mean = 0;
        for (size_t w = 0; w < WEIGHT_STEPS; w++)
            mean += one->weights[i * WEIGHT_STEPS + w] * weight_step(w);
        one->mean_weights[i] = mean;
        sum += mean;
        size_t n = values_of(me, i);
        for (size_t v = 0; v < n; v++) {
            double worth_here = 0;
            for (size_t k = 0; k < n; k++)
                worth_here += one->shapes[all->places[i] + k] * shape(k, v, n);
            one->mean_worths[all->places[i] + v] = worth_here;
        }
    }
    for (size_t i = 0; sum > 0 && i < me->board->issues; i++)
        one->mean_weights[i] /= sum;
}

static void begin_beliefs(player *me)
{
    beliefs *all = me->guess_state;
    size_t issues = me->board->issues;
    all->places = take(issues, sizeof *all->places);
    for (size_t i = 0; i < issues; i++)
        all->places[i + 1] = all->places[i] + values_of(me, i);
    all->offer = take(issues, sizeof *all->offer);
    all->seats = take(me->board->seats, sizeof *all->seats);
    for (size_t s = 0; s < me->board->seats; s++) {
        belief *one = &all->seats[s];
        one->weights = take(issues * WEIGHT_STEPS, sizeof *one->weights);
        one->shapes = take(all->places[issues], sizeof *one->shapes);
        one->mean_weights = take(issues, sizeof *one->mean_weights);
        one->mean_worths = take(all->places[issues], sizeof *one->mean_worths);
        for (size_t k = 0; k < issues * WEIGHT_STEPS; k++)
            one->weights[k] = 1.0 / WEIGHT_STEPS;
        for (size_t i = 0; i < issues; i++)
            for (size_t v = 0; v < values_of(me, i); v++)
                one->shapes[all->places[i] + v] = 1.0 / (double)values_of(me, i);
        take_means(me, all, one);
    }
}

static void end_beliefs(player *me)
{
    beliefs *all = me->guess_state;
    for (size_t s = 0; s < me->board->seats; s++) {
        free(all->seats[s].weights);
        free(all->seats[s].shapes);
        free(all->seats[s].mean_weights);
        free(all->seats[s].mean_worths);
    }
    free(all->seats);
    free(all->places);
    free(all->offer);
}

/* How likely the offer is when it is worth `utility` to who made it now. */
static double likelihood(const player *me, double utility)
{
    const double *given = me->plays->guess_given;
    double off = (utility - (1 - given[0] * me->time)) / given[1];
    return exp(-off * off / 2);
}

static void share_out(double *chances, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += chances[k];
    for (size_t k = 0; k < count; k++)
        chances[k] = sum > 0 ? chances[k] / sum : 1.0 / (double)count;
}

static double mean_utility(const player *me, const beliefs *all, const belief *one)
{
    double sum = 0;
    for (size_t i = 0; i < me->board->issues; i++)
        sum += one->mean_weights[i] * one->mean_worths[all->places[i] + all->offer[i]];
    return sum;
}

/* All else at its mean, one issue's hypotheses are weighed by what the offer would be
 * worth under each. */
static void learn_issue(const player *me, const beliefs *all, belief *one, size_t issue,
                        double utility)
{
    size_t value = all->offer[issue], n = values_of(me, issue);
    double *shapes = one->shapes + all->places[issue];
    double weight = one->mean_weights[issue];
    double value_worth = one->mean_worths[all->places[issue] + value];
    double rest = utility - weight * value_worth;
    for (size_t k = 0; k < n; k++)
        shapes[k] *= likelihood(me, rest + weight * shape(k, value, n));
    share_out(shapes, n);
    double *weights = one->weights + issue * WEIGHT_STEPS;
    double others = weight < 1 ? rest / (1 - weight) : 0;
    for (size_t w = 0; w < WEIGHT_STEPS; w++)
        weights[w] *= likelihood(me, weight_step(w) * value_worth +
                                         (1 - weight_step(w)) * others);
    share_out(weights, WEIGHT_STEPS);
}

static void hear_bayesian(player *me, size_t from, truce_offer offer)
{
    beliefs *all = me->guess_state;
    belief *one = &all->seats[from];
    offers_outcome(me->table, offer, all->offer);
    double utility = mean_utility(me, all, one);
    for (size_t i = 0; i < me->board->issues; i++)
        learn_issue(me, all, one, i, utility);
    take_means(me, all, one);
}

static double estimate_bayesian(player *me, size_t of, truce_offer offer)
{
    beliefs *all = me->guess_state;
    offers_outcome(me->table, offer, all->offer);
    return mean_utility(me, all, &all->seats[of]);
}

const model model_bayesian = {
    .part = {.name = "bayesian",
             .line =
                 "hypotheses of each issue's weight and best value, weighed by offers",
             .paper = "Hindriks, Tykhonov 2008 (scalable)",
             .departs = "weights are steps of a tenth, normalised in the mean",
             .parameters = bayesian},
    .size = sizeof(beliefs),
    .begin = begin_beliefs,
    .hear = hear_bayesian,
    .estimate = estimate_bayesian,
    .end = end_beliefs,
};
