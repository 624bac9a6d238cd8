/* Whether a deal exists, as a function of one number. K of a form depends on an outcome
 * only through the value of one issue and through which bonuses hold. So the outcomes
 * acceptable to everybody but p are summed up in a table: for each pattern of bonuses
 * and each value of each issue, the largest u that p reaches. All numbers of p are
 * answered from that table. */
#include "brief/study.h"
#include "solve/count.h"

#include <stdlib.h>
#include <string.h>

/* ---- whether a deal exists ------------------------------------------------------- */

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
        study_slope_of_outcome(of, outside->bid, slope);
    else
        mpq_set_ui(slope, 0, 1);
    if (of->at->kind == NUMBER_OUTSIDE)
        mpq_set(slope, of->weight_sum);
    if (of->at->kind == NUMBER_WEIGHT && study_is_normalised(of)) {
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
        study_form_units(of, one->best[issue][v] - floor, start);
        study_slope(of, v, bonuses, holds, slope);
        mpq_sub(slope, slope, of_floor);
        if (study_is_first_weight(of))
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
        study_may_move(of, where->until, 1, true))
        study_offer(of, where->until, true);
    if (where->has_from && mpq_sgn(where->from) <= 0 &&
        study_may_move(of, where->from, -1, true))
        study_offer(of, where->from, true);
}

/* None exists now: it begins at until (below 0) or at from (above). */
static void offer_beginning(study *of, const reach *where)
{
    if (where->has_until && study_may_move(of, where->until, -1, false))
        study_offer(of, where->until, false);
    if (where->has_from && study_may_move(of, where->from, 1, false))
        study_offer(of, where->from, false);
}

static bool exists_without_weights(const study *of, const summary *all)
{
    mpq_t bonuses, floor;
    bool exists = false;
    mpq_inits(bonuses, floor, NULL);
    if (of->preferences->outside.bid)
        study_bonuses(of, of->preferences->outside.bid, floor);
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
    if (study_is_first_weight(of)) {
        if (where.always != exists)
            study_offer_rising(of);
    } else if (exists)
        offer_end(of, &where);
    else
        offer_beginning(of, &where);
    if (study_may_empty_weights(of) && exists_without_weights(of, all) != exists)
        study_offer_emptying(of);
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
        if (!study_may_take_up(&of, &all->items[k]))
            continue;
        if (!is_linear && all->items[k].kind != NUMBER_OUTSIDE)
            continue;
        study_take_up(&of, &all->items[k]);
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
