/* Let x be one number of party p, moved by d from its mode. With W the sum of p's
 * weights (1 when they are taken as given), W(x) * (u_x(o) - F_x) is linear in d: G + d
 * * K, where
 *
 *     weight of issue i    G = W (u - F)      K = worth_i(o) + B(o) - F
 *     weight as given      G = u - F          K = worth_i(o)
 *     worth of (i, v)      G = W (u - F)      K = w_i if o has v at i, else 0
 *     end of linear i      G = W (u - F)      K = w_i * (1 - t) or w_i * t, t the place
 * of v bonus b              G = W (u - F)      K = W if b holds in o, else 0 outside
 * option F     G = W (u - F)      K = -W
 *
 * and B(o) is the sum of the bonuses. For a change u(o) - u(s) the forms of o and s are
 * subtracted. W stays positive over the range of every number, with one exception: the
 * only positive weight may fall to 0, where every normalised weight is 0 and u is B
 * alone; and where all are 0, the first that rises takes all. Those points are looked
 * at by themselves.
 *
 * For "a deal exists", K depends on an outcome only through the value of one issue and
 * through which bonuses hold. So the outcomes acceptable to everybody but p are summed
 * up in a table: for each pattern of bonuses and each value of each issue, the largest
 * u that p reaches.
 */
#include "brief/tipping.h"

#include "solve/count.h"

#include <stdlib.h>
#include <string.h>

void tipping_init(tipping *nearest)
{
    *nearest = (tipping){0};
    mpq_init(nearest->move);
}

void tipping_clear(tipping *nearest)
{
    mpq_clear(nearest->move);
}

/* ---- a party's numbers as fractions
 * ----------------------------------------------------- */

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

static bool is_normalised(const study *of)
{
    return !of->preferences->sum_as_given;
}

static void study_begin(study *of, const space *compiled, const numbers *all,
                        size_t party, tipping *nearest)
{
    *of = (study){.compiled = compiled,
                  .all = all,
                  .party = party,
                  .preferences = &compiled->scenario->parties[party].preferences,
                  .nearest = nearest};
    mpq_inits(of->weight_sum, of->low, of->high, NULL);
    mpq_t weight;
    mpq_init(weight);
    for (size_t i = 0; of->preferences->given && i < compiled->issue_count; i++) {
        big_set_decimal(weight, of->preferences->weights[i].mode);
        mpq_add(of->weight_sum, of->weight_sum, weight);
    }
    of->weightless = is_normalised(of) && mpq_sgn(of->weight_sum) == 0;
    if (of->weightless || !is_normalised(of))
        mpq_set_ui(of->weight_sum, 1, 1);
    mpq_clear(weight);
}

static void study_end(study *of)
{
    mpq_clears(of->weight_sum, of->low, of->high, NULL);
}

/* May this number be moved? Facts and claims are not the analyst's to move. */
static bool is_movable(const study *of, const number_at *place)
{
    truce_basis basis = place->number->basis;
    return place->party == of->party && place->kind != NUMBER_PACE &&
           (basis == TRUCE_BASIS_ASSUMED || basis == TRUCE_BASIS_ELICITED ||
            basis == TRUCE_BASIS_DEFAULT);
}

static void take_up(study *of, const number_at *place)
{
    number_limits limits = number_limits_of(place);
    mpq_t mode;
    mpq_init(mode);
    big_set_decimal(mode, place->number->mode);
    big_set_decimal(of->low, limits.low);
    big_set_decimal(of->high, limits.high);
    mpq_sub(of->low, of->low, mode);
    mpq_sub(of->high, of->high, mode);
    of->unlimited = limits.unlimited;
    of->at = place;
    mpq_clear(mode);
}

/* Would the weights sum to 0? There the forms vanish and say nothing. */
static bool empties_weights(const study *of, mpq_srcptr move)
{
    if (of->at->kind != NUMBER_WEIGHT || !is_normalised(of) || of->weightless)
        return false;
    mpq_t sum;
    mpq_init(sum);
    mpq_add(sum, of->weight_sum, move);
    bool empties = mpq_sgn(sum) <= 0;
    mpq_clear(sum);
    return empties;
}

/* May it move so far; further: and a little more in the same direction? */
static bool may_move(const study *of, mpq_srcptr move, int direction, bool further)
{
    int above_low = mpq_cmp(move, of->low);
    int below_high = of->unlimited ? 1 : -mpq_cmp(move, of->high);
    if (above_low < 0 || below_high < 0 || empties_weights(of, move))
        return false;
    return !further || (direction > 0 ? below_high > 0 : above_low > 0);
}

static int compare_sizes(mpq_srcptr one, mpq_srcptr other)
{
    mpq_t a, b;
    mpq_inits(a, b, NULL);
    mpq_abs(a, one);
    mpq_abs(b, other);
    int order = mpq_cmp(a, b);
    mpq_clears(a, b, NULL);
    return order;
}

/* The nearer one is kept; of two equally near, the one that need not be passed, then
 * the one that came first. */
static void offer(study *of, mpq_srcptr move, bool must_pass)
{
    tipping *nearest = of->nearest;
    if (nearest->place) {
        int order = compare_sizes(move, nearest->move);
        if (order > 0 || (order == 0 && (must_pass || !nearest->must_pass)))
            return;
    }
    nearest->place = of->at;
    mpq_set(nearest->move, move);
    nearest->must_pass = must_pass;
}

/* ---- forms
 * ------------------------------------------------------------------------------ */

static void worth_at(const study *of, size_t issue, truce_value value, mpq_ptr worth)
{
    const truce_worths *worths = &of->preferences->worths[issue];
    size_t last = of->compiled->scenario->issues[issue].value_count - 1;
    mpq_set_ui(worth, 0, 1);
    if (worths->count == 0)
        return;
    big_set_decimal(worth, worths->items[worths->linear ? 0 : value].mode);
    if (!worths->linear || last == 0)
        return;
    mpq_t end, part;
    mpq_inits(end, part, NULL);
    big_set_decimal(end, worths->items[1].mode);
    mpq_sub(end, end, worth);
    mpq_set_ui(part, value, last);
    mpq_canonicalize(part);
    mpq_mul(end, end, part);
    mpq_add(worth, worth, end);
    mpq_clears(end, part, NULL);
}

/* How much of the moved worth the value has: 1 or 0 for a list, its place for a linear
 * scale. */
static void share_of_worth(const study *of, truce_value value, mpq_ptr share)
{
    const truce_worths *worths = &of->preferences->worths[of->at->issue];
    size_t last = of->compiled->scenario->issues[of->at->issue].value_count - 1;
    if (!worths->linear) {
        mpq_set_ui(share, of->at->index == value, 1);
        return;
    }
    size_t place = of->at->index == 1 ? value : last - value;
    if (last == 0)
        mpq_set_ui(share, of->at->index == 0, 1);
    else
        mpq_set_ui(share, place, last);
    mpq_canonicalize(share);
}

/* K of the utility alone (no floor): of an outcome with this value at the number's
 * issue, with bonuses worth `bonuses` together and the number's bonus holding or not.
 */
static void slope_of(const study *of, truce_value value, mpq_srcptr bonuses,
                     bool bonus_holds, mpq_ptr slope)
{
    mpq_t weight;
    switch (of->at->kind) {
    case NUMBER_WEIGHT:
        worth_at(of, of->at->issue, value, slope);
        if (is_normalised(of))
            mpq_add(slope, slope, bonuses);
        return;
    case NUMBER_WORTH:
        mpq_init(weight);
        share_of_worth(of, value, slope);
        big_set_decimal(weight, of->preferences->weights[of->at->issue].mode);
        mpq_mul(slope, slope, weight);
        mpq_clear(weight);
        if (of->weightless)
            mpq_set_ui(slope, 0, 1);
        return;
    case NUMBER_BONUS:
        mpq_set_ui(slope, 0, 1);
        if (bonus_holds)
            mpq_set(slope, of->weight_sum);
        return;
    case NUMBER_OUTSIDE:
    case NUMBER_PACE:
        break;
    }
    mpq_set_ui(slope, 0, 1);
}

static void bonuses_of(const study *of, const truce_value *outcome, mpq_ptr sum)
{
    mpq_t worth;
    mpq_init(worth);
    mpq_set_ui(sum, 0, 1);
    for (size_t b = 0; b < of->preferences->bonus_count; b++)
        if (truce_condition_holds(of->preferences->bonuses[b].condition, outcome)) {
            big_set_decimal(worth, of->preferences->bonuses[b].worth.mode);
            mpq_add(sum, sum, worth);
        }
    mpq_clear(worth);
}

static bool moved_bonus_holds(const study *of, const truce_value *outcome)
{
    return of->at->kind == NUMBER_BONUS &&
           truce_condition_holds(of->preferences->bonuses[of->at->index].condition,
                                 outcome);
}

static void slope_of_outcome(const study *of, const truce_value *outcome, mpq_ptr slope)
{
    mpq_t bonuses;
    mpq_init(bonuses);
    bonuses_of(of, outcome, bonuses);
    slope_of(of, outcome[of->at->issue], bonuses, moved_bonus_holds(of, outcome),
             slope);
    mpq_clear(bonuses);
}

/* sum / denominator * W: a sum in the units of the forms. */
static void in_form_units(const study *of, wide sum, mpq_ptr value)
{
    big_set_wide(mpq_numref(value), sum);
    big_set_wide(mpq_denref(value), of->compiled->parties[of->party].denominator);
    mpq_canonicalize(value);
    mpq_mul(value, value, of->weight_sum);
}

/* The number is the only positive weight, and may fall to 0. */
static bool may_empty_weights(const study *of)
{
    if (of->at->kind != NUMBER_WEIGHT || !is_normalised(of) || of->weightless)
        return false;
    mpq_t weight;
    mpq_init(weight);
    big_set_decimal(weight, of->at->number->mode);
    bool only_one = mpq_equal(weight, of->weight_sum) != 0;
    mpq_neg(weight, weight);
    bool may = only_one && mpq_cmp(of->low, weight) <= 0;
    mpq_clear(weight);
    return may;
}

static void offer_emptying(study *of)
{
    mpq_t move;
    mpq_init(move);
    big_set_decimal(move, of->at->number->mode);
    mpq_neg(move, move);
    offer(of, move, false);
    mpq_clear(move);
}

/* All weights are 0, and this one may rise. */
static bool is_first_weight(const study *of)
{
    return of->at->kind == NUMBER_WEIGHT && of->weightless;
}

static void offer_rising(study *of)
{
    mpq_t nothing;
    mpq_init(nothing);
    if (may_move(of, nothing, 1, true))
        offer(of, nothing, true);
    mpq_clear(nothing);
}

/* ---- answers that hang on the sign of one change
 * ----------------------------------------- */

static void offer_root(study *of, mpq_srcptr start, mpq_srcptr slope,
                       const sign_answer *answer)
{
    int sign = mpq_sgn(start);
    bool now = answer->truth_of[sign + 1];
    mpq_t root;
    if (mpq_sgn(slope) == 0)
        return;
    mpq_init(root);
    mpq_div(root, start, slope);
    mpq_neg(root, root);
    if (sign != 0) {
        int direction = mpq_sgn(root);
        if (answer->truth_of[1] != now && may_move(of, root, direction, false))
            offer(of, root, false);
        else if (answer->truth_of[1 - sign] != now &&
                 may_move(of, root, direction, true))
            offer(of, root, true);
    } else {
        for (int direction = -1; direction <= 1; direction += 2)
            if (answer->truth_of[1 + direction * mpq_sgn(slope)] != now &&
                may_move(of, root, direction, true))
                offer(of, root, true);
    }
    mpq_clear(root);
}

/* Where the weights vanish, the change is that of the bonuses. */
static void offer_change_without_weights(study *of, const truce_value *outcome,
                                         const truce_value *other,
                                         const sign_answer *answer, bool now)
{
    mpq_t one, two;
    mpq_inits(one, two, NULL);
    bonuses_of(of, outcome, one);
    bonuses_of(of, other, two);
    int order = mpq_cmp(one, two);
    int sign = (order > 0) - (order < 0);
    if (answer->truth_of[sign + 1] != now)
        offer_emptying(of);
    mpq_clears(one, two, NULL);
}

void tipping_of_change(const space *compiled, const numbers *all, size_t party,
                       const truce_value *outcome, const truce_value *other,
                       const sign_answer *answer, tipping *nearest)
{
    study of;
    mpq_t start, slope, slope_other;
    if (compiled->parties[party].capped)
        return;
    study_begin(&of, compiled, all, party, nearest);
    mpq_inits(start, slope, slope_other, NULL);
    in_form_units(
        &of, space_sum(compiled, party, outcome) - space_sum(compiled, party, other),
        start);
    for (size_t k = 0; k < all->count; k++) {
        if (!is_movable(&of, &all->items[k]))
            continue;
        take_up(&of, &all->items[k]);
        slope_of_outcome(&of, outcome, slope);
        slope_of_outcome(&of, other, slope_other);
        mpq_sub(slope, slope, slope_other);
        if (is_first_weight(&of)) {
            /* the slopes are the utilities once this weight is the only one */
            if (answer->truth_of[mpq_sgn(slope) + 1] !=
                answer->truth_of[mpq_sgn(start) + 1])
                offer_rising(&of);
            continue;
        }
        offer_root(&of, start, slope, answer);
        if (may_empty_weights(&of))
            offer_change_without_weights(&of, outcome, other, answer,
                                         answer->truth_of[mpq_sgn(start) + 1]);
    }
    mpq_clears(start, slope, slope_other, NULL);
    study_end(&of);
}

/* ---- whether a deal exists
 * ---------------------------------------------------------------- */

/* The best of all outcomes in which the same bonuses hold. */
typedef struct pattern {
    bool *holds; /* [bonus_count] */
    wide **best; /* [issue][value] largest sum */
    bool **met;  /* [issue][value] some outcome has it */
} pattern;

/* The outcomes that everybody but the party accepts. */
typedef struct summary {
    const space *compiled;
    const acceptance_party *self;
    size_t bonus_count;
    const truce_preferences *preferences;
    arena memory;
    pattern *patterns;
    size_t count, room;
    bool unasked;  /* there is one for which the party is not needed: nothing of it
                      matters */
    bool *at_hand; /* [bonus_count] */
} summary;

static pattern *new_pattern(summary *all)
{
    const space *compiled = all->compiled;
    pattern *one = grow(all->patterns, all->count, all->room);
    *one = (pattern){
        .holds =
            arena_copy(&all->memory, all->at_hand, all->bonus_count * sizeof(bool)),
        .best = arena_array(&all->memory, compiled->issue_count, wide *),
        .met = arena_array(&all->memory, compiled->issue_count, bool *),
    };
    for (size_t i = 0; i < compiled->issue_count; i++) {
        one->best[i] = arena_array(&all->memory, compiled->value_counts[i], wide);
        one->met[i] = arena_array(&all->memory, compiled->value_counts[i], bool);
    }
    return one;
}

static pattern *pattern_of(summary *all, const truce_value *outcome)
{
    for (size_t b = 0; b < all->bonus_count; b++)
        all->at_hand[b] =
            truce_condition_holds(all->preferences->bonuses[b].condition, outcome);
    for (size_t k = 0; k < all->count; k++)
        if (memcmp(all->patterns[k].holds, all->at_hand,
                   all->bonus_count * sizeof(bool)) == 0)
            return &all->patterns[k];
    return new_pattern(all);
}

static bool sum_up(void *user, const truce_value *outcome)
{
    summary *all = user;
    if (all->self->needed && !truce_condition_holds(all->self->needed, outcome)) {
        all->unasked = true;
        return false;
    }
    wide sum = space_sum(all->compiled, all->self->party, outcome);
    pattern *one = pattern_of(all, outcome);
    for (size_t i = 0; i < all->compiled->issue_count; i++) {
        truce_value v = outcome[i];
        if (!one->met[i][v] || sum > one->best[i][v])
            one->best[i][v] = sum;
        one->met[i][v] = true;
    }
    return true;
}

/* Does moving the floor with the number's own bid matter? A bid's utility moves too. */
static void floor_slope(const study *of, mpq_ptr slope)
{
    const truce_outside *outside = &of->preferences->outside;
    if (outside->bid)
        slope_of_outcome(of, outside->bid, slope);
    else
        mpq_set_ui(slope, 0, 1);
    if (of->at->kind == NUMBER_OUTSIDE)
        mpq_set(slope, of->weight_sum);
    if (of->at->kind == NUMBER_WEIGHT && is_normalised(of)) {
        /* W(x) * F grows with x by the part of F that is not a bid's utility */
        mpq_t worth;
        mpq_init(worth);
        if (!outside->bid)
            big_set_decimal(worth, outside->worth.mode);
        mpq_add(slope, slope, worth);
        mpq_clear(worth);
    }
}

/* The moves at which some outcome is still (or newly) acceptable: up to `until`, and
 * from `from` on; everywhere when always. */
typedef struct reach {
    bool always, has_until, has_from;
    mpq_t until, from;
} reach;

/* Adds one class of outcomes: acceptable where start + move * slope >= 0. */
static void extend(reach *where, mpq_srcptr start, mpq_srcptr slope)
{
    mpq_t root;
    if (mpq_sgn(slope) == 0) {
        where->always |= mpq_sgn(start) >= 0;
        return;
    }
    mpq_init(root);
    mpq_div(root, start, slope);
    mpq_neg(root, root);
    if (mpq_sgn(slope) > 0) {
        if (!where->has_from || mpq_cmp(root, where->from) < 0)
            mpq_set(where->from, root);
        where->has_from = true;
    } else {
        if (!where->has_until || mpq_cmp(root, where->until) > 0)
            mpq_set(where->until, root);
        where->has_until = true;
    }
    mpq_clear(root);
}

static void bonuses_of_pattern(const study *of, const pattern *one, mpq_ptr sum)
{
    mpq_t worth;
    mpq_init(worth);
    mpq_set_ui(sum, 0, 1);
    for (size_t b = 0; b < of->preferences->bonus_count; b++)
        if (one->holds[b]) {
            big_set_decimal(worth, of->preferences->bonuses[b].worth.mode);
            mpq_add(sum, sum, worth);
        }
    mpq_clear(worth);
}

static void extend_by_pattern(const study *of, const pattern *one, mpq_srcptr of_floor,
                              reach *where)
{
    mpq_t bonuses, start, slope;
    wide floor = of->compiled->parties[of->party].disagreement;
    size_t issue = of->at->issue; /* any issue will do for bonuses and floors */
    mpq_inits(bonuses, start, slope, NULL);
    bonuses_of_pattern(of, one, bonuses);
    for (truce_value v = 0; v < of->compiled->value_counts[issue]; v++) {
        if (!one->met[issue][v])
            continue;
        bool holds = of->at->kind == NUMBER_BONUS && one->holds[of->at->index];
        in_form_units(of, one->best[issue][v] - floor, start);
        slope_of(of, v, bonuses, holds, slope);
        mpq_sub(slope, slope, of_floor);
        if (is_first_weight(of))
            where->always |= mpq_sgn(slope) >= 0;
        else
            extend(where, start, slope);
    }
    mpq_clears(bonuses, start, slope, NULL);
}

/* A deal exists now, where move is 0: it ends between until and from. */
static void offer_end(study *of, const reach *where)
{
    bool is_gap =
        !where->has_until || !where->has_from || mpq_cmp(where->until, where->from) < 0;
    if (where->always || !is_gap)
        return;
    if (where->has_until && mpq_sgn(where->until) >= 0 &&
        may_move(of, where->until, 1, true))
        offer(of, where->until, true);
    if (where->has_from && mpq_sgn(where->from) <= 0 &&
        may_move(of, where->from, -1, true))
        offer(of, where->from, true);
}

/* None exists now: it begins at until (below 0) or at from (above). */
static void offer_beginning(study *of, const reach *where)
{
    if (where->has_until && may_move(of, where->until, -1, false))
        offer(of, where->until, false);
    if (where->has_from && may_move(of, where->from, 1, false))
        offer(of, where->from, false);
}

static bool exists_without_weights(const study *of, const summary *all)
{
    mpq_t bonuses, floor;
    bool exists = false;
    mpq_inits(bonuses, floor, NULL);
    if (of->preferences->outside.bid)
        bonuses_of(of, of->preferences->outside.bid, floor);
    else
        big_set_decimal(floor, of->preferences->outside.worth.mode);
    for (size_t k = 0; k < all->count; k++) {
        bonuses_of_pattern(of, &all->patterns[k], bonuses);
        exists |= mpq_cmp(bonuses, floor) >= 0;
    }
    mpq_clears(bonuses, floor, NULL);
    return exists;
}

static void offer_for_number(study *of, const summary *all, bool exists)
{
    reach where = {0};
    mpq_t of_floor;
    mpq_init(of_floor);
    mpq_inits(where.until, where.from, NULL);
    floor_slope(of, of_floor);
    for (size_t k = 0; k < all->count; k++)
        extend_by_pattern(of, &all->patterns[k], of_floor, &where);
    if (is_first_weight(of)) {
        if (where.always != exists)
            offer_rising(of);
    } else if (exists)
        offer_end(of, &where);
    else
        offer_beginning(of, &where);
    if (may_empty_weights(of) && exists_without_weights(of, all) != exists)
        offer_emptying(of);
    mpq_clears(where.until, where.from, of_floor, NULL);
}

static bool reaches_floor(const study *of, const summary *all)
{
    wide floor = of->compiled->parties[of->party].floor;
    for (size_t k = 0; k < all->count; k++)
        for (truce_value v = 0; v < of->compiled->value_counts[0]; v++)
            if (all->patterns[k].met[0][v] && all->patterns[k].best[0][v] >= floor)
                return true;
    return false;
}

static void offer_for_party(const space *compiled, const numbers *all,
                            const summary *outcomes, tipping *nearest)
{
    study of;
    study_begin(&of, compiled, all, outcomes->self->party, nearest);
    bool exists = reaches_floor(&of, outcomes);
    bool is_linear = !compiled->parties[of.party].capped;
    for (size_t k = 0; k < all->count; k++) {
        if (!is_movable(&of, &all->items[k]))
            continue;
        if (!is_linear && all->items[k].kind != NUMBER_OUTSIDE)
            continue;
        take_up(&of, &all->items[k]);
        offer_for_number(&of, outcomes, exists);
    }
    study_end(&of);
}

/* Everybody's acceptance but for the k-th party's floor. */
static acceptance without_floor(const acceptance *what, size_t k, arena *memory)
{
    acceptance asked = *what;
    acceptance_party *parties =
        arena_copy(memory, what->parties, what->party_count * sizeof *parties);
    parties[k].floor = false;
    asked.parties = parties;
    return asked;
}

static truce_status study_party(const space *compiled, const numbers *all,
                                const acceptance *what, size_t k,
                                const truce_stop *stop, tipping *nearest)
{
    summary outcomes = {
        .compiled = compiled,
        .self = &what->parties[k],
        .preferences =
            &compiled->scenario->parties[what->parties[k].party].preferences};
    count_result met;
    outcomes.bonus_count = outcomes.preferences->bonus_count;
    outcomes.at_hand = arena_array(&outcomes.memory, outcomes.bonus_count, bool);
    acceptance asked = without_floor(what, k, &outcomes.memory);
    mpz_inits(met.least, met.most, NULL);
    truce_status status =
        count_accepted(compiled, &asked,
                       &(count_choices){.meet = sum_up, .user = &outcomes}, stop, &met);
    if (outcomes.unasked)
        status = TRUCE_OK;
    else if (status == TRUCE_OK)
        offer_for_party(compiled, all, &outcomes, nearest);
    mpz_clears(met.least, met.most, NULL);
    free(outcomes.patterns);
    arena_free(&outcomes.memory);
    return status;
}

truce_status tipping_of_deal(const space *compiled, const numbers *all,
                             const truce_stop *stop, tipping *nearest)
{
    arena memory = {0};
    truce_status status = TRUCE_OK;
    acceptance what = acceptance_of_needed(compiled, 0, &memory);
    for (size_t k = 0; k < what.party_count && status == TRUCE_OK; k++)
        if (what.parties[k].floor)
            status = study_party(compiled, all, &what, k, stop, nearest);
    arena_free(&memory);
    return status;
}
