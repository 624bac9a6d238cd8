/* Hill climbing on one number: below some floor it is how much is missing, negative;
 * otherwise the goal's value. The least gain gets a small part of the mean gain, so that
 * there is a slope on its plateaus.
 */
#include "solve/climb.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MUCH 1e6      /* what is missing weighs more than anything */
#define A_LITTLE 1e-4 /* of the mean gain */

static double height(const bound_goal *goal, const double *sums)
{
    double missing = 0, sum = 0, product = 1, least = INFINITY;
    for (size_t k = 0; k < goal->dims; k++) {
        double gain = sums[k] - goal->from[k];
        missing += fmax(0, goal->floors[k] - sums[k]);
        sum += goal->counts[k] * sums[k];
        product *= gain;
        if (goal->counts[k] > 0)
            least = fmin(least, gain);
    }
    if (missing > 0)
        return -MUCH * missing;
    if (goal->kind == BOUND_SUM)
        return sum;
    if (goal->kind == BOUND_PRODUCT)
        return product;
    return (isfinite(least) ? least : 0) + A_LITTLE * sum / (double)goal->dims;
}

/* Where the climber stands. */
typedef struct stand {
    const climb *on;
    truce_value *outcome;
    double *sums, *one, *two;
    double height;
} stand;

static const double *worth(const climb *on, size_t issue, truce_value value)
{
    return on->worths[issue] + value * on->goal->dims;
}

/* sums with one issue's value changed. */
static void change(const stand *at, const double *sums, size_t issue, truce_value value,
                   double *changed)
{
    const double *old = worth(at->on, issue, at->outcome[issue]);
    const double *new = worth(at->on, issue, value);
    for (size_t k = 0; k < at->on->goal->dims; k++)
        changed[k] = sums[k] + new[k] - old[k];
}

/* Stays with the changed sums when they are higher and the change is allowed. */
static bool go_up(stand *at, const double *sums, size_t i, truce_value v, size_t j,
                  truce_value w)
{
    const climb *on = at->on;
    double now = height(on->goal, sums);
    if (!(now > at->height + 1e-12 * fabs(at->height)))
        return false;
    truce_value old_i = at->outcome[i], old_j = at->outcome[j];
    at->outcome[j] = w;
    at->outcome[i] = v;
    if (on->may && !on->may(on->user, at->outcome)) {
        at->outcome[j] = old_j;
        at->outcome[i] = old_i;
        return false;
    }
    memcpy(at->sums, sums, on->goal->dims * sizeof *sums);
    at->height = now;
    return true;
}

static bool change_one(stand *at)
{
    const climb *on = at->on;
    bool moved = false;
    for (size_t i = 0; i < on->issue_count; i++)
        for (truce_value v = 0; v < on->value_counts[i]; v++) {
            if (v == at->outcome[i])
                continue;
            change(at, at->sums, i, v, at->one);
            moved |= go_up(at, at->one, i, v, i, v);
        }
    return moved;
}

static bool change_with(stand *at, size_t i, truce_value v)
{
    const climb *on = at->on;
    for (size_t j = 0; j < i; j++)
        for (truce_value w = 0; w < on->value_counts[j]; w++) {
            if (w == at->outcome[j])
                continue;
            change(at, at->one, j, w, at->two);
            if (go_up(at, at->two, i, v, j, w))
                return true;
        }
    return false;
}

static bool change_two(stand *at)
{
    const climb *on = at->on;
    bool moved = false;
    for (size_t i = 1; i < on->issue_count; i++)
        for (truce_value v = 0; v < on->value_counts[i]; v++) {
            if (v == at->outcome[i])
                continue;
            change(at, at->sums, i, v, at->one);
            moved |= change_with(at, i, v);
        }
    return moved;
}

void climb_up(const climb *on, truce_value *outcome)
{
    size_t dims = on->goal->dims;
    double *room = must_allocate_zeroed(3 * dims, sizeof *room);
    stand at = {on, outcome, room, room + dims, room + 2 * dims, 0};
    for (size_t i = 0; i < on->issue_count; i++)
        for (size_t k = 0; k < dims; k++)
            at.sums[k] += worth(on, i, outcome[i])[k];
    at.height = height(on->goal, at.sums);
    while (change_one(&at) || change_two(&at))
        ;
    free(room);
}

void climb_jump(const climb *on, random_stream *dice, truce_value *outcome)
{
    size_t issues = 2 + random_below(dice, 3);
    for (size_t n = 0; n < issues; n++) {
        size_t i = random_below(dice, on->issue_count);
        outcome[i] = (truce_value)random_below(dice, on->value_counts[i]);
    }
}
