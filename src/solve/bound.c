/* Lagrangian bounds, and good weights for them.
 *
 * L is a maximum of linear functions, so it has corners. Replacing each issue's maximum
 * by t log sum exp(./t) makes it smooth and at most t log(values) larger, and Newton's
 * method in as many dimensions as there are parties finds its least value in a few
 * steps; t then shrinks. A barrier keeps weights positive: for a product of gains it is
 * part of the bound itself,
 *
 *     sum log(s - d) <= L(w) - w.d - n - sum log w     for every w > 0
 *
 * (log x <= w x - 1 - log w), for the other goals it shrinks with t. Whatever weights
 * come out, only the true L of them is used to rule anything out. Expects 1 to 100
 * dimensions, weights that start within a few powers of ten of the best.
 *
 * Sources: Everett, Generalized Lagrange multiplier method, Operations Research 11(3),
 * 1963; Nesterov, Smooth minimization of non-smooth functions, Math. Program. 103, 2005.
 */
#include "solve/bound.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LEVELS = 6, NEWTON_STEPS = 4, HALVINGS = 5 };

static const double smoothing[MOST_LEVELS] = {0.5, 0.17, 0.06, 0.02, 0.006, 0.002};

static double dot(const double *one, const double *other, size_t dims)
{
    double sum = 0;
    for (size_t k = 0; k < dims; k++)
        sum += one[k] * other[k];
    return sum;
}

double bound_most(const bound_set *set, const double *weights)
{
    double most = dot(set->base, weights, set->dims);
    for (size_t i = 0; i < set->count; i++) {
        const bound_issue *issue = &set->issues[i];
        double best = -INFINITY;
        for (size_t j = 0; j < issue->count; j++)
            best = fmax(best, dot(issue->worths + issue->values[j] * set->dims, weights,
                                  set->dims));
        most += best;
    }
    return most;
}

/* ---- what is wanted -------------------------------------------------------------- */

static double margin(const bound_goal *goal, const double *weights)
{
    return goal->rounding * dot(weights, goal->sizes, goal->dims);
}

/* The largest a with a * counts <= weights. */
static double share_of_counts(const bound_goal *goal, const double *weights)
{
    double share = INFINITY;
    for (size_t k = 0; k < goal->dims; k++)
        if (goal->counts[k] > 0)
            share = fmin(share, weights[k]);
    return isfinite(share) ? share : 0;
}

static double floor_part(const bound_goal *goal, const double *weights, double share)
{
    double sum = 0;
    for (size_t k = 0; k < goal->dims; k++)
        sum += (weights[k] - share * goal->counts[k]) * goal->floors[k];
    return sum;
}

/* Sums with a product of at least exp(need) have w.(s - from) at least n times the
 * geometric mean of what is summed up. */
static double product_target(const bound_goal *goal, const double *weights)
{
    double logs = goal->need, n = (double)goal->dims, size = fabs(goal->need);
    for (size_t k = 0; k < goal->dims; k++) {
        logs += log(weights[k]);
        size += fabs(log(weights[k]));
    }
    double gains = n * exp((logs - size * goal->rounding) / n) * (1 - goal->rounding);
    return fmax(dot(weights, goal->from, goal->dims) + gains,
                dot(weights, goal->floors, goal->dims));
}

double bound_target(const bound_goal *goal, const double *weights)
{
    double share, target = 0;
    switch (goal->kind) {
    case BOUND_SUM:
        share = share_of_counts(goal, weights);
        target =
            floor_part(goal, weights, share) + (share > 0 ? share * goal->need : 0);
        break;
    case BOUND_PRODUCT:
        target = product_target(goal, weights);
        break;
    case BOUND_LEAST:
        target = dot(weights, goal->wanted, goal->dims);
        break;
    }
    return target - margin(goal, weights);
}

/* The largest z for which some s with w.s <= most could have s >= floors and s >= from +
 * z where it counts: parties whose floor asks for more than from + z leave the sum. */
static double least_value(const bound_goal *goal, const double *weights, double most)
{
    double z = INFINITY;
    for (;;) {
        double total = 0, left = most, next;
        for (size_t k = 0; k < goal->dims; k++) {
            bool rises = goal->counts[k] > 0 && goal->from[k] + z > goal->floors[k];
            left -= weights[k] * (rises ? goal->from[k] : goal->floors[k]);
            total += rises ? weights[k] : 0;
        }
        if (total <= 0)
            return left < 0 ? -INFINITY : z;
        next = left / total;
        if (next >= z)
            return z;
        z = next;
    }
}

double bound_value(const bound_goal *goal, const double *weights, double most)
{
    double share, gains, value, size, n = (double)goal->dims;
    most += margin(goal, weights);
    switch (goal->kind) {
    case BOUND_SUM:
        share = share_of_counts(goal, weights);
        most -= floor_part(goal, weights, share);
        return share > 0 ? most / share : most < 0 ? -INFINITY : INFINITY;
    case BOUND_PRODUCT:
        gains = most - dot(weights, goal->from, goal->dims);
        if (gains <= 0)
            return -INFINITY;
        value = n * log(gains / n);
        size = fabs(value);
        for (size_t k = 0; k < goal->dims; k++) {
            value -= log(weights[k]);
            size += fabs(log(weights[k]));
        }
        return value + size * goal->rounding;
    case BOUND_LEAST:
        break;
    }
    return least_value(goal, weights, most);
}

/* ---- a smooth stand-in ----------------------------------------------------------- */

/* Everything one call needs, all [dims] or [dims][dims] but for parts [values]. */
typedef struct smooth {
    const bound_goal *goal;
    const bound_set *set;
    double blur, barrier;
    double *weights, *trial, *slope, *step, *mean, *curve, *ones, *parts;
    double value; /* of the stand-in at the weights looked at last */
    double most;  /* L there */
} smooth;

/* The weights a variable stands for: for sums what is above counts. */
static double variable(const bound_goal *goal, const double *weights, size_t k)
{
    return goal->kind == BOUND_SUM ? weights[k] - goal->counts[k] : weights[k];
}

static const double *pull(const bound_goal *goal)
{
    return goal->kind == BOUND_SUM       ? goal->floors
           : goal->kind == BOUND_PRODUCT ? goal->from
                                         : goal->wanted;
}

/* Parts of an issue's values at these weights; adds to value and most. */
static size_t part_issue(smooth *at, const bound_issue *issue, const double *weights,
                         double *parts)
{
    size_t dims = at->set->dims;
    double best = -INFINITY, total = 0;
    for (size_t j = 0; j < issue->count; j++) {
        parts[j] = dot(issue->worths + issue->values[j] * dims, weights, dims);
        best = fmax(best, parts[j]);
    }
    for (size_t j = 0; j < issue->count; j++) {
        double exponent = (parts[j] - best) / at->blur;
        parts[j] = exponent < -40 ? 0 : exp(exponent);
        total += parts[j];
    }
    for (size_t j = 0; j < issue->count; j++)
        parts[j] /= total;
    at->most += best;
    at->value += best + at->blur * log(total);
    return issue->count;
}

/* The stand-in's value and L at weights, and the parts. */
static double look(smooth *at, const double *weights)
{
    const bound_goal *goal = at->goal;
    double *parts = at->parts;
    at->most = at->value = dot(at->set->base, weights, goal->dims);
    for (size_t i = 0; i < at->set->count; i++)
        parts += part_issue(at, &at->set->issues[i], weights, parts);
    for (size_t k = 0; k < goal->dims; k++) {
        double x = variable(goal, weights, k);
        at->value -= x * pull(goal)[k] + at->barrier * log(x);
    }
    return at->value;
}

static void add_curve(smooth *at, const double *worths, double part)
{
    size_t dims = at->set->dims;
    for (size_t k = 0; k < dims; k++) {
        double scaled = part * (worths[k] - at->mean[k]);
        for (size_t l = 0; l <= k; l++)
            at->curve[k * dims + l] += scaled * (worths[l] - at->mean[l]);
    }
}

/* Slope and curvature where look() was last. */
static void differentiate(smooth *at, const double *weights)
{
    const bound_goal *goal = at->goal;
    size_t dims = goal->dims;
    const double *parts = at->parts;
    memset(at->curve, 0, dims * dims * sizeof(double));
    memcpy(at->slope, at->set->base, dims * sizeof(double));
    for (size_t i = 0; i < at->set->count; parts += at->set->issues[i++].count) {
        const bound_issue *issue = &at->set->issues[i];
        memset(at->mean, 0, dims * sizeof(double));
        for (size_t j = 0; j < issue->count; j++)
            for (size_t k = 0; parts[j] > 0 && k < dims; k++)
                at->mean[k] += parts[j] * issue->worths[issue->values[j] * dims + k];
        for (size_t j = 0; j < issue->count; j++)
            if (parts[j] > 1e-9)
                add_curve(at, issue->worths + issue->values[j] * dims,
                          parts[j] / at->blur);
        for (size_t k = 0; k < dims; k++)
            at->slope[k] += at->mean[k];
    }
    for (size_t k = 0; k < dims; k++) {
        double x = variable(goal, weights, k);
        at->slope[k] -= pull(goal)[k] + at->barrier / x;
        at->curve[k * dims + k] += at->barrier / (x * x);
    }
}

/* ---- Newton ---------------------------------------------------------------------- */

/* Cholesky in the lower triangle; a tiny pivot is lifted. */
static void factorise(double *matrix, size_t dims)
{
    for (size_t k = 0; k < dims; k++)
        for (size_t l = 0; l <= k; l++) {
            double sum = matrix[k * dims + l];
            for (size_t m = 0; m < l; m++)
                sum -= matrix[k * dims + m] * matrix[l * dims + m];
            matrix[k * dims + l] =
                k == l ? sqrt(fmax(sum, 1e-300)) : sum / matrix[l * dims + l];
        }
}

static void solve(const double *factor, size_t dims, double *right)
{
    for (size_t k = 0; k < dims; k++) {
        for (size_t m = 0; m < k; m++)
            right[k] -= factor[k * dims + m] * right[m];
        right[k] /= factor[k * dims + k];
    }
    for (size_t k = dims; k-- > 0;) {
        for (size_t m = k + 1; m < dims; m++)
            right[k] -= factor[m * dims + k] * right[m];
        right[k] /= factor[k * dims + k];
    }
}

static double sum_of(const double *items, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += items[k];
    return sum;
}

/* The Newton step; for a least gain, weights keep their sum. */
static void find_step(smooth *at)
{
    size_t dims = at->goal->dims;
    factorise(at->curve, dims);
    for (size_t k = 0; k < dims; k++) {
        at->step[k] = -at->slope[k];
        at->ones[k] = 1;
    }
    solve(at->curve, dims, at->step);
    if (at->goal->kind != BOUND_LEAST)
        return;
    solve(at->curve, dims, at->ones);
    double along = sum_of(at->step, dims) / sum_of(at->ones, dims);
    for (size_t k = 0; k < dims; k++)
        at->step[k] -= along * at->ones[k];
}

/* The longest step, at most 1, that keeps variables well above 0. */
static double room_ahead(const smooth *at)
{
    double length = 1;
    for (size_t k = 0; k < at->goal->dims; k++)
        if (at->step[k] < 0)
            length =
                fmin(length, -0.9 * variable(at->goal, at->weights, k) / at->step[k]);
    return length;
}

/* One step downhill; false when there is none worth taking. */
static bool go_down(smooth *at)
{
    size_t dims = at->goal->dims;
    double before = at->value;
    differentiate(at, at->weights);
    find_step(at);
    double fall = -dot(at->slope, at->step, dims), length = room_ahead(at);
    if (!(fall > 1e-4 * at->blur))
        return false;
    for (int halving = 0; halving < HALVINGS; halving++, length /= 2) {
        for (size_t k = 0; k < dims; k++)
            at->trial[k] = at->weights[k] + length * at->step[k];
        if (look(at, at->trial) < before - 0.1 * length * fall) {
            memcpy(at->weights, at->trial, dims * sizeof(double));
            return true;
        }
    }
    look(at, at->weights);
    return false;
}

/* How far apart the values of an issue are, on average. */
static double typical_spread(const bound_set *set, const double *weights)
{
    double total = 0;
    for (size_t i = 0; i < set->count; i++) {
        const bound_issue *issue = &set->issues[i];
        double most = -INFINITY, least = INFINITY;
        for (size_t j = 0; j < issue->count; j++) {
            double worth =
                dot(issue->worths + issue->values[j] * set->dims, weights, set->dims);
            most = fmax(most, worth);
            least = fmin(least, worth);
        }
        total += most - least;
    }
    return set->count ? total / (double)set->count : 0;
}

/* Keeps what bounds best so far; true when the set is ruled out. */
static bool settle(const smooth *at, double *weights, double *best)
{
    double value = bound_value(at->goal, at->weights, at->most);
    if (value < *best) {
        *best = value;
        memcpy(weights, at->weights, at->goal->dims * sizeof *weights);
    }
    if (at->most >= bound_target(at->goal, at->weights))
        return false;
    memcpy(weights, at->weights, at->goal->dims * sizeof *weights);
    return true;
}

static bool rules_out(smooth *at, unsigned steps, double *weights)
{
    double best = INFINITY, spread = typical_spread(at->set, weights);
    if (!(spread > 0))
        spread = 1e-9;
    for (unsigned level = MOST_LEVELS - steps; level < MOST_LEVELS; level++) {
        at->blur = spread * smoothing[level];
        at->barrier = at->goal->kind == BOUND_PRODUCT ? 1 : at->blur / 4;
        look(at, at->weights);
        if (settle(at, weights, &best))
            return true;
        for (int step = 0; step < NEWTON_STEPS && go_down(at); step++)
            if (settle(at, weights, &best))
                return true;
    }
    return false;
}

bool bound_tighten(const bound_goal *goal, const bound_set *set, unsigned steps,
                   double *weights, double *shares)
{
    size_t dims = goal->dims, values = 0;
    for (size_t i = 0; i < set->count; i++)
        values += set->issues[i].count;
    arena memory = {0};
    smooth at = {.goal = goal, .set = set};
    at.weights = arena_copy(&memory, weights, dims * sizeof *weights);
    at.trial = arena_array(&memory, dims, double);
    at.slope = arena_array(&memory, dims, double);
    at.step = arena_array(&memory, dims, double);
    at.mean = arena_array(&memory, dims, double);
    at.ones = arena_array(&memory, dims, double);
    at.curve = arena_array(&memory, dims * dims, double);
    at.parts = arena_array(&memory, values, double);
    bool out = rules_out(&at, steps < MOST_LEVELS ? steps : MOST_LEVELS, weights);
    if (shares)
        memcpy(shares, at.parts, values * sizeof *shares);
    arena_free(&memory);
    return !out;
}
