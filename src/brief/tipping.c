/* Answers that hang on the sign of one party's change: the form crosses zero at one
 * root. */
#include "brief/study.h"

void tipping_init(tipping *nearest)
{
    *nearest = (tipping){0};
    mpq_init(nearest->move);
}

void tipping_clear(tipping *nearest)
{
    mpq_clear(nearest->move);
}

/* ---- answers that hang on the sign of one change --------------------------------- */

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
        if (answer->truth_of[1] != now && study_may_move(of, root, direction, false))
            study_offer(of, root, false);
        else if (answer->truth_of[1 - sign] != now &&
                 study_may_move(of, root, direction, true))
            study_offer(of, root, true);
    } else {
        for (int direction = -1; direction <= 1; direction += 2)
            if (answer->truth_of[1 + direction * mpq_sgn(slope)] != now &&
                study_may_move(of, root, direction, true))
                study_offer(of, root, true);
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
    study_bonuses(of, outcome, one);
    study_bonuses(of, other, two);
    int order = mpq_cmp(one, two);
    int sign = (order > 0) - (order < 0);
    if (answer->truth_of[sign + 1] != now)
        study_offer_emptying(of);
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
    study_form_units(
        &of, space_sum(compiled, party, outcome) - space_sum(compiled, party, other),
        start);
    for (size_t k = 0; k < all->count; k++) {
        if (!study_may_take_up(&of, &all->items[k]))
            continue;
        study_take_up(&of, &all->items[k]);
        study_slope_of_outcome(&of, outcome, slope);
        study_slope_of_outcome(&of, other, slope_other);
        mpq_sub(slope, slope, slope_other);
        if (study_is_first_weight(&of)) {
            /* the slopes are the utilities once this weight is the only one */
            if (answer->truth_of[mpq_sgn(slope) + 1] !=
                answer->truth_of[mpq_sgn(start) + 1])
                study_offer_rising(&of);
            continue;
        }
        offer_root(&of, start, slope, answer);
        if (study_may_empty_weights(&of))
            offer_change_without_weights(&of, outcome, other, answer,
                                         answer->truth_of[mpq_sgn(start) + 1]);
    }
    mpq_clears(start, slope, slope_other, NULL);
    study_end(&of);
}
