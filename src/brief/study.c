/* The forms of study.h, in fractions: an answer needs a few hundred of them at most. */
#include "brief/study.h"

/* ---- a party's numbers as fractions ---------------------------------------------- */

bool study_is_normalised(const study *of)
{
    return !of->preferences->sum_as_given;
}

void study_begin(study *of, const space *compiled, const numbers *all, size_t party,
                 tipping *nearest)
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
    of->weightless = study_is_normalised(of) && mpq_sgn(of->weight_sum) == 0;
    if (of->weightless || !study_is_normalised(of))
        mpq_set_ui(of->weight_sum, 1, 1);
    mpq_clear(weight);
}

void study_end(study *of)
{
    mpq_clears(of->weight_sum, of->low, of->high, NULL);
}

/* May this number be moved? Facts and claims are not the analyst's to move. */
bool study_may_take_up(const study *of, const number_at *place)
{
    truce_basis basis = place->number->basis;
    return place->party == of->party && place->kind != NUMBER_PACE &&
           (basis == TRUCE_BASIS_ASSUMED || basis == TRUCE_BASIS_ELICITED ||
            basis == TRUCE_BASIS_DEFAULT);
}

void study_take_up(study *of, const number_at *place)
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
    if (of->at->kind != NUMBER_WEIGHT || !study_is_normalised(of) || of->weightless)
        return false;
    mpq_t sum;
    mpq_init(sum);
    mpq_add(sum, of->weight_sum, move);
    bool empties = mpq_sgn(sum) <= 0;
    mpq_clear(sum);
    return empties;
}

/* May it move so far; further: and a little more in the same direction? */
bool study_may_move(const study *of, mpq_srcptr move, int direction, bool further)
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
void study_offer(study *of, mpq_srcptr move, bool must_pass)
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

/* ---- forms ----------------------------------------------------------------------- */

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
void study_slope(const study *of, truce_value value, mpq_srcptr bonuses,
                 bool bonus_holds, mpq_ptr slope)
{
    mpq_t weight;
    switch (of->at->kind) {
    case NUMBER_WEIGHT:
        worth_at(of, of->at->issue, value, slope);
        if (study_is_normalised(of))
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

void study_bonuses(const study *of, const truce_value *outcome, mpq_ptr sum)
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

void study_slope_of_outcome(const study *of, const truce_value *outcome, mpq_ptr slope)
{
    mpq_t bonuses;
    mpq_init(bonuses);
    study_bonuses(of, outcome, bonuses);
    study_slope(of, outcome[of->at->issue], bonuses, moved_bonus_holds(of, outcome),
                slope);
    mpq_clear(bonuses);
}

/* sum / denominator * W: a sum in the units of the forms. */
void study_form_units(const study *of, wide sum, mpq_ptr value)
{
    big_set_wide(mpq_numref(value), sum);
    big_set_wide(mpq_denref(value), of->compiled->parties[of->party].denominator);
    mpq_canonicalize(value);
    mpq_mul(value, value, of->weight_sum);
}

/* The number is the only positive weight, and may fall to 0. */
bool study_may_empty_weights(const study *of)
{
    if (of->at->kind != NUMBER_WEIGHT || !study_is_normalised(of) || of->weightless)
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

void study_offer_emptying(study *of)
{
    mpq_t move;
    mpq_init(move);
    big_set_decimal(move, of->at->number->mode);
    mpq_neg(move, move);
    study_offer(of, move, false);
    mpq_clear(move);
}

/* All weights are 0, and this one may rise. */
bool study_is_first_weight(const study *of)
{
    return of->at->kind == NUMBER_WEIGHT && of->weightless;
}

void study_offer_rising(study *of)
{
    mpq_t nothing;
    mpq_init(nothing);
    if (study_may_move(of, nothing, 1, true))
        study_offer(of, nothing, true);
    mpq_clear(nothing);
}
