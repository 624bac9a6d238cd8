/* A scenario as GENIUS XML. GENIUS divides the evaluations of an issue by the largest of
 * them and cuts every utility at 1, so an issue's weight is written as the most it can add
 * to a utility, and its evaluations are the worths as they are: weight * evaluation /
 * largest is then what it was, exactly, whenever that weight is a decimal. An issue whose
 * values are whole numbers in a row stays one of whole numbers when that suits every
 * party; any other is written with named values. Parties with bonuses alone become
 * hyper-rectangles. Where utilities pass 1, all of them are divided by one power of ten,
 * which is told as a loss. */
#include "formats/write.h"

#include "base/big.h"
#include "base/decimal.h"
#include "base/names.h"
#include "scenario/condition.h"

#include <string.h>

typedef struct sheets {
    writing *work;
    const truce_scenario *scenario;
    FILE *to;
    int scale;           /* utilities are divided by 10^scale */
    const bool *integer; /* [issue_count] written as whole numbers */
} sheets;

/* ---- fractions ------------------------------------------------------------------- */

static const truce_preferences *preferences_of(const sheets *all, size_t party)
{
    return &all->scenario->parties[party].preferences;
}

static void divide_by_decimal(mpq_ptr fraction, truce_decimal divisor)
{
    mpq_t by;
    if (divisor.digits == 0)
        return;
    mpq_init(by);
    big_set_decimal(by, divisor);
    mpq_div(fraction, fraction, by);
    mpq_clear(by);
}

static void divide_by_scale(const sheets *all, mpq_ptr fraction)
{
    for (int s = 0; s < all->scale; s++)
        divide_by_decimal(fraction, (truce_decimal){10, 0});
}

/* weight / sum of weights, or the weight as it is given. */
static void share_of(const sheets *all, size_t party, size_t issue, mpq_ptr share)
{
    const truce_preferences *preferences = preferences_of(all, party);
    mpq_t sum, weight;
    mpq_inits(sum, weight, NULL);
    big_set_decimal(share, preferences->weights[issue].mode);
    for (size_t i = 0; i < all->scenario->issue_count && !preferences->sum_as_given;
         i++) {
        big_set_decimal(weight, preferences->weights[i].mode);
        mpq_add(sum, sum, weight);
    }
    if (mpq_sgn(sum) != 0)
        mpq_div(share, share, sum);
    mpq_clears(sum, weight, NULL);
}

/* The worth of a value, before it is divided by out_of. */
static void worth_of(const sheets *all, size_t party, size_t issue, size_t value,
                     mpq_ptr worth)
{
    const truce_worths *worths = &preferences_of(all, party)->worths[issue];
    size_t last = all->scenario->issues[issue].value_count - 1;
    mpq_t rest, part;
    mpq_set_ui(worth, 0, 1);
    if (worths->count == 0)
        return;
    big_set_decimal(worth, worths->items[worths->linear ? 0 : value].mode);
    if (!worths->linear || last == 0)
        return;
    mpq_inits(rest, part, NULL);
    big_set_decimal(rest, worths->items[1].mode);
    mpq_sub(rest, rest, worth);
    mpq_set_ui(part, value, last);
    mpq_canonicalize(part);
    mpq_mul(rest, rest, part);
    mpq_add(worth, worth, rest);
    mpq_clears(rest, part, NULL);
}

/* The largest and the least worth of an issue. */
static void extremes_of(const sheets *all, size_t party, size_t issue, mpq_ptr most,
                        mpq_ptr least)
{
    const truce_worths *worths = &preferences_of(all, party)->worths[issue];
    size_t count = all->scenario->issues[issue].value_count;
    size_t step = worths->linear && count > 1 ? count - 1 : 1; /* the ends */
    mpq_t worth;
    mpq_init(worth);
    worth_of(all, party, issue, 0, most);
    mpq_set(least, most);
    for (size_t v = step; v < count; v += step) {
        worth_of(all, party, issue, v, worth);
        if (mpq_cmp(worth, most) > 0)
            mpq_set(most, worth);
        if (mpq_cmp(worth, least) < 0)
            mpq_set(least, worth);
    }
    mpq_clear(worth);
}

/* The most that an issue can add to a utility, which is its weight in GENIUS. */
static void weight_of(const sheets *all, size_t party, size_t issue, mpq_ptr weight)
{
    const truce_worths *worths = &preferences_of(all, party)->worths[issue];
    mpq_t most, least;
    mpq_inits(most, least, NULL);
    extremes_of(all, party, issue, most, least);
    share_of(all, party, issue, weight);
    if (mpq_sgn(most) < 0)
        mpq_set_ui(most, 0, 1);
    mpq_mul(weight, weight, most);
    divide_by_decimal(weight, worths->out_of);
    divide_by_scale(all, weight);
    mpq_clears(most, least, NULL);
}

/* ---- the scale ------------------------------------------------------------------- */

/* The sum of the largest parts of a party's utility. */
static void top_of(const sheets *all, size_t party, mpq_ptr top)
{
    const truce_preferences *preferences = preferences_of(all, party);
    mpq_t part;
    mpq_init(part);
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        weight_of(all, party, i, part);
        mpq_add(top, top, part);
    }
    for (size_t b = 0; b < preferences->bonus_count; b++) {
        big_set_decimal(part, preferences->bonuses[b].worth.mode);
        divide_by_decimal(part, preferences->bonus_out_of);
        divide_by_scale(all, part);
        if (mpq_sgn(part) > 0)
            mpq_add(top, top, part);
    }
    mpq_clear(part);
}

/* Does a party's utility never pass 1, or is it cut there already? */
static bool fits_one(const sheets *all, size_t party)
{
    const truce_number *cap = &preferences_of(all, party)->cap;
    mpq_t top, cut;
    mpq_inits(top, cut, NULL);
    top_of(all, party, top);
    big_set_decimal(cut, cap->mode);
    divide_by_scale(all, cut);
    bool fits =
        mpq_cmp_ui(top, 1, 1) <= 0 || (cap->given && mpq_cmp_ui(cut, 1, 1) <= 0);
    mpq_clears(top, cut, NULL);
    return fits;
}

static void settle_scale(sheets *all)
{
    for (size_t p = 0; p < all->scenario->party_count; p++)
        while (preferences_of(all, p)->given && all->scale < 18 && !fits_one(all, p))
            all->scale++;
    if (all->scale > 0)
        writing_loss(all->work,
                     "the scale: GENIUS cuts utilities at 1, so all are divided by "
                     "1%0*d",
                     all->scale, 0);
}

/* A cap that cuts elsewhere than at 1. */
static void lose_cap(const sheets *all, size_t party)
{
    const truce_number *cap = &preferences_of(all, party)->cap;
    mpq_t top, cut;
    mpq_inits(top, cut, NULL);
    top_of(all, party, top);
    big_set_decimal(cut, cap->mode);
    divide_by_scale(all, cut);
    if (cap->given && mpq_cmp(top, cut) > 0 && mpq_cmp_ui(cut, 1, 1) != 0)
        writing_loss(all->work, "the cap of %s",
                     all->scenario->parties[party].label.id);
    mpq_clears(top, cut, NULL);
}

/* ---- whole numbers --------------------------------------------------------------- */

/* A straight line as GENIUS has it, with the weight before it. */
typedef struct line {
    truce_decimal weight, offset, slope;
} line;

static bool is_share(mpq_srcptr worth)
{
    return mpq_sgn(worth) >= 0 && mpq_cmp_ui(worth, 1, 1) <= 0;
}

/* A worth as GENIUS takes it from a line. */
static void point_of(const sheets *all, size_t party, size_t issue, size_t value,
                     mpq_ptr point)
{
    worth_of(all, party, issue, value, point);
    divide_by_decimal(point, preferences_of(all, party)->worths[issue].out_of);
    divide_by_scale(all, point);
}

static void cut(mpq_ptr point)
{
    if (mpq_sgn(point) < 0)
        mpq_set_ui(point, 0, 1);
    if (mpq_cmp_ui(point, 1, 1) > 0)
        mpq_set_ui(point, 1, 1);
}

/* Do the worths lie on offset + slope * value, cut to 0..1? */
static bool lies_on(const sheets *all, size_t party, size_t issue, mpq_srcptr offset,
                    mpq_srcptr slope)
{
    size_t count = all->scenario->issues[issue].value_count;
    size_t step =
        preferences_of(all, party)->worths[issue].linear && count > 1 ? count - 1 : 1;
    bool does = true;
    mpq_t point, wanted;
    mpq_inits(point, wanted, NULL);
    for (size_t v = 0; does && v < count; v += step) {
        mpq_set_ui(wanted, v, 1);
        mpq_mul(wanted, wanted, slope);
        mpq_add(wanted, wanted, offset);
        if (step == 1)
            cut(wanted);
        point_of(all, party, issue, v, point);
        does = mpq_equal(point, wanted) != 0 && is_share(point);
    }
    mpq_clears(point, wanted, NULL);
    return does;
}

/* The first two values next to each other that are not cut, or the first two. */
static size_t first_uncut(const sheets *all, size_t party, size_t issue)
{
    size_t last = all->scenario->issues[issue].value_count - 1, found = SIZE_MAX;
    mpq_t point;
    mpq_init(point);
    for (size_t v = 0, run = 0; v <= last && found == SIZE_MAX; v++) {
        point_of(all, party, issue, v, point);
        bool is_inside = mpq_sgn(point) > 0 && mpq_cmp_ui(point, 1, 1) < 0;
        run = is_inside ? run + 1 : 0;
        if (run == 2)
            found = v - 1;
    }
    mpq_clear(point);
    return found == SIZE_MAX ? 0 : found;
}

static bool line_of(const sheets *all, size_t party, size_t issue, line *found)
{
    size_t last = all->scenario->issues[issue].value_count - 1;
    bool linear = preferences_of(all, party)->worths[issue].linear;
    size_t from = linear ? 0 : first_uncut(all, party, issue);
    mpq_t share, offset, slope, at;
    mpq_inits(share, offset, slope, at, NULL);
    share_of(all, party, issue, share);
    point_of(all, party, issue, from, offset);
    point_of(all, party, issue, from < last ? from + 1 : from, slope);
    mpq_sub(slope, slope, offset);
    mpq_set_ui(at, from, 1);
    mpq_mul(at, at, slope);
    mpq_sub(offset, offset, at);
    bool fits = lies_on(all, party, issue, offset, slope) &&
                big_get_decimal(share, &found->weight) &&
                big_get_decimal(offset, &found->offset) &&
                big_get_decimal(slope, &found->slope);
    mpq_clears(share, offset, slope, at, NULL);
    return fits;
}

static bool counts_by_one(const truce_issue *issue)
{
    for (size_t v = 0; issue->numeric && v < issue->value_count; v++)
        if (issue->numbers[v].scale != 0 ||
            issue->numbers[v].digits != issue->numbers[0].digits + (int64_t)v)
            return false;
    return issue->numeric;
}

/* Bonuses take GENIUS's other kind of profile, and only when there is nothing else. */
static bool has_rectangles(const sheets *all, size_t party)
{
    return preferences_of(all, party)->bonus_count > 0;
}

static bool may_be_integer(const sheets *all, size_t issue)
{
    line any;
    bool may = counts_by_one(&all->scenario->issues[issue]);
    for (size_t p = 0; may && p < all->scenario->party_count; p++)
        may = !preferences_of(all, p)->given || has_rectangles(all, p) ||
              line_of(all, p, issue, &any);
    return may;
}

/* ---- XML ------------------------------------------------------------------------- */

static void put_text(FILE *to, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", to);
            break;
        case '<':
            fputs("&lt;", to);
            break;
        case '>':
            fputs("&gt;", to);
            break;
        case '"':
            fputs("&quot;", to);
            break;
        case '\t':
        case '\n':
        case '\r':
            fprintf(to, "&#%d;", *text);
            break;
        default:
            fputc(*text, to);
        }
}

static void put_decimal(const sheets *all, truce_decimal value)
{
    fputs(decimal_text(writing_memory(all->work), value), all->to);
}

static void put_attribute(const sheets *all, const char *key, truce_decimal value)
{
    fprintf(all->to, " %s=\"", key);
    put_decimal(all, value);
    fputc('"', all->to);
}

/* A fraction; says what is lost when it is no decimal. */
static void put_fraction(const sheets *all, const char *key, mpq_srcptr fraction,
                         const char *what, size_t party, size_t issue)
{
    truce_decimal value;
    if (!big_get_decimal(fraction, &value))
        writing_loss(all->work, "%s of issue %s for %s: it has no end as a decimal",
                     what, all->scenario->issues[issue].label.id,
                     all->scenario->parties[party].label.id);
    put_attribute(all, key, value);
}

static void begin_objective(const sheets *all)
{
    const char *title = all->scenario->title;
    fputs("  <objective index=\"0\" name=\"", all->to);
    put_text(all->to, title && *title ? title : "root");
    fputs("\" type=\"objective\" etype=\"objective\" description=\"\">\n", all->to);
}

/* All but the end of the tag. */
static void begin_issue(const sheets *all, size_t issue)
{
    const truce_issue *what = &all->scenario->issues[issue];
    const char *type = all->integer[issue] ? "integer" : "discrete";
    fprintf(all->to, "    <issue index=\"%zu\" name=\"", issue + 1);
    put_text(all->to, what->label.id);
    fprintf(all->to, "\" type=\"%s\" vtype=\"%s\" etype=\"%s\"", type, type, type);
    if (!all->integer[issue])
        return;
    put_attribute(all, "lowerbound", what->numbers[0]);
    put_attribute(all, "upperbound", what->numbers[what->value_count - 1]);
}

static void begin_item(const sheets *all, size_t issue, size_t value)
{
    fprintf(all->to, "      <item index=\"%zu\" value=\"", value + 1);
    put_text(all->to, all->scenario->issues[issue].values[value]);
    fputc('"', all->to);
}

/* ---- the domain ------------------------------------------------------------------ */

static void write_domain(const sheets *all)
{
    const truce_scenario *scenario = all->scenario;
    fprintf(all->to,
            "<negotiation_template>\n<utility_space number_of_issues=\"%zu\">\n",
            scenario->issue_count);
    begin_objective(all);
    for (size_t i = 0; i < scenario->issue_count; i++) {
        begin_issue(all, i);
        fputs(all->integer[i] ? "/>\n" : ">\n", all->to);
        for (size_t v = 0; !all->integer[i] && v < scenario->issues[i].value_count;
             v++) {
            begin_item(all, i, v);
            fputs("/>\n", all->to);
        }
        if (!all->integer[i])
            fputs("    </issue>\n", all->to);
    }
    fputs("  </objective>\n</utility_space>\n</negotiation_template>\n", all->to);
}

/* ---- additive profiles ----------------------------------------------------------- */

static void write_line(const sheets *all, size_t party, size_t issue)
{
    line found = {0};
    line_of(all, party, issue, &found);
    fputs(">\n      <evaluator ftype=\"linear\"", all->to);
    put_attribute(all, "offset", found.offset);
    put_attribute(all, "slope", found.slope);
    fputs("/>\n    </issue>\n", all->to);
}

/* A line over many values may have no decimals of its own: times the number of steps it
 * has, and the largest of them is divided out anyway. */
static void write_items(const sheets *all, size_t party, size_t issue)
{
    const truce_worths *worths = &preferences_of(all, party)->worths[issue];
    size_t count = all->scenario->issues[issue].value_count;
    mpq_t most, worth, steps;
    mpq_inits(most, worth, steps, NULL);
    mpq_set_ui(steps, worths->linear && count > 1 ? count - 1 : 1, 1);
    extremes_of(all, party, issue, most, worth);
    if (mpq_sgn(worth) < 0)
        writing_loss(all->work, "worths below 0 of issue %s for %s",
                     all->scenario->issues[issue].label.id,
                     all->scenario->parties[party].label.id);
    fputs(">\n", all->to);
    for (size_t v = 0; v < count; v++) {
        worth_of(all, party, issue, v, worth);
        mpq_mul(worth, worth, steps);
        if (mpq_sgn(worth) < 0)
            mpq_set_ui(worth, 0, 1);
        begin_item(all, issue, v);
        put_fraction(all, "evaluation", worth, "a worth", party, issue);
        fputs("/>\n", all->to);
    }
    fputs("    </issue>\n", all->to);
    mpq_clears(most, worth, steps, NULL);
}

static void write_weights(const sheets *all, size_t party)
{
    mpq_t weight;
    mpq_init(weight);
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        fprintf(all->to, "    <weight index=\"%zu\"", i + 1);
        if (all->integer[i])
            share_of(all, party, i, weight);
        else
            weight_of(all, party, i, weight);
        put_fraction(all, "value", weight, "the weight", party, i);
        fputs("/>\n", all->to);
    }
    mpq_clear(weight);
}

static void write_additive(const sheets *all, size_t party)
{
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        begin_issue(all, i);
        if (all->integer[i])
            write_line(all, party, i);
        else
            write_items(all, party, i);
    }
    write_weights(all, party);
}

/* ---- hyper-rectangles ------------------------------------------------------------ */

static bool is_side(const sheets *all, const truce_condition *leaf)
{
    return leaf->kind == CONDITION_LEAF && leaf->range_count == 1 &&
           all->integer[leaf->issue];
}

/* The first issue written as whole numbers, or TRUCE_NOBODY. */
static size_t any_integer(const sheets *all)
{
    size_t issue = 0;
    while (issue < all->scenario->issue_count && !all->integer[issue])
        issue++;
    return issue < all->scenario->issue_count ? issue : TRUCE_NOBODY;
}

/* What a conjunction allows of each issue. */
typedef struct box {
    condition_range *ranges; /* [issue_count] */
    bool *is_bound;          /* [issue_count] */
} box;

static box box_new(const sheets *all)
{
    size_t issues = all->scenario->issue_count;
    arena *memory = writing_memory(all->work);
    return (box){arena_array(memory, issues, condition_range),
                 arena_array(memory, issues, bool)};
}

/* Narrows the box; false when the condition is no conjunction of ranges, or when nothing
 * is left of some issue. */
static bool box_narrow(const sheets *all, const truce_condition *condition, box *into)
{
    if (condition->kind == CONDITION_LEAF) {
        if (!is_side(all, condition))
            return false;
        condition_range side = condition->ranges[0];
        condition_range *range = &into->ranges[condition->issue];
        bool *is_bound = &into->is_bound[condition->issue];
        range->first =
            *is_bound && range->first > side.first ? range->first : side.first;
        range->last = *is_bound && range->last < side.last ? range->last : side.last;
        *is_bound = true;
        return range->first <= range->last;
    }
    bool is = condition->kind == CONDITION_AND;
    for (size_t i = 0; is && i < condition->part_count; i++)
        is = box_narrow(all, condition->parts[i], into);
    return is;
}

/* A conjunction of ranges, or the contrary of one. One that binds nothing needs an issue
 * whose whole range can be written. */
static bool is_box(const sheets *all, const truce_condition *condition)
{
    box of = box_new(all);
    bool is_contrary = condition->kind == CONDITION_NOT;
    return box_narrow(all, is_contrary ? condition->parts[0] : condition, &of) &&
           any_integer(all) != TRUCE_NOBODY;
}

static void write_side(const sheets *all, const char *kind, size_t issue,
                       condition_range range)
{
    const truce_decimal *numbers = all->scenario->issues[issue].numbers;
    fprintf(all->to, "          <%s index=\"%zu\"", kind, issue + 1);
    put_attribute(all, "min", numbers[range.first]);
    put_attribute(all, "max", numbers[range.last]);
    fputs("/>\n", all->to);
}

static void write_box(const sheets *all, const truce_bonus *bonus)
{
    bool is_contrary = bonus->condition->kind == CONDITION_NOT;
    const char *kind = is_contrary ? "EXCLUDES" : "INCLUDES";
    box of = box_new(all);
    size_t written = 0;
    box_narrow(all, is_contrary ? bonus->condition->parts[0] : bonus->condition, &of);
    fputs("        <hyperRectangle", all->to);
    put_attribute(all, "utility", bonus->worth.mode);
    fputs(">\n", all->to);
    for (size_t i = 0; i < all->scenario->issue_count; i++)
        if (of.is_bound[i]) {
            write_side(all, kind, i, of.ranges[i]);
            written++;
        }
    if (written == 0) {
        size_t any = any_integer(all), count = all->scenario->issues[any].value_count;
        write_side(all, kind, any, (condition_range){0, (truce_value)count - 1});
    }
    fputs("        </hyperRectangle>\n", all->to);
}

static void write_rectangles(const sheets *all, size_t party)
{
    const truce_preferences *preferences = preferences_of(all, party);
    truce_decimal divisor = preferences->bonus_out_of;
    mpq_t most;
    mpq_init(most);
    big_set_decimal(most, divisor.digits ? divisor : (truce_decimal){1, 0});
    for (int s = 0; s < all->scale; s++)
        mpz_mul_ui(mpq_numref(most), mpq_numref(most), 10);
    mpq_canonicalize(most);
    if (!big_get_decimal(most, &divisor))
        writing_loss(all->work, "the divisor of the bonuses of %s",
                     all->scenario->parties[party].label.id);
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        begin_issue(all, i);
        fputs("/>\n", all->to);
    }
    fputs("    <utility", all->to);
    put_attribute(all, "maxutility", divisor);
    fputs(">\n      <ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">\n",
          all->to);
    for (size_t b = 0; b < preferences->bonus_count; b++)
        if (is_box(all, preferences->bonuses[b].condition))
            write_box(all, &preferences->bonuses[b]);
    fputs("      </ufun>\n    </utility>\n", all->to);
    mpq_clear(most);
}

/* Bonuses that are no boxes, or that a party has beside its weights. */
static bool lose_bonuses(const sheets *all, size_t party)
{
    const truce_preferences *preferences = preferences_of(all, party);
    bool is_mixed = false;
    mpq_t weight;
    mpq_init(weight);
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        weight_of(all, party, i, weight);
        is_mixed |= mpq_sgn(weight) != 0;
    }
    for (size_t b = 0; b < preferences->bonus_count; b++)
        if (is_mixed || !is_box(all, preferences->bonuses[b].condition))
            writing_loss(all->work, "bonus %s", preferences->bonuses[b].label.id);
    mpq_clear(weight);
    return is_mixed;
}

/* ---- a whole profile ------------------------------------------------------------- */

/* The utility of the outcome that a party would have without agreement. */
static void add_bid(const sheets *all, size_t party, mpq_ptr utility)
{
    const truce_preferences *preferences = preferences_of(all, party);
    const truce_value *bid = preferences->outside.bid;
    mpq_t part, share;
    mpq_inits(part, share, NULL);
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        worth_of(all, party, i, bid[i], part);
        divide_by_decimal(part, preferences->worths[i].out_of);
        share_of(all, party, i, share);
        mpq_mul(part, part, share);
        mpq_add(utility, utility, part);
    }
    for (size_t b = 0; b < preferences->bonus_count; b++) {
        if (!truce_condition_holds(preferences->bonuses[b].condition, bid))
            continue;
        big_set_decimal(part, preferences->bonuses[b].worth.mode);
        divide_by_decimal(part, preferences->bonus_out_of);
        mpq_add(utility, utility, part);
    }
    big_set_decimal(part, preferences->cap.mode);
    if (preferences->cap.given && mpq_cmp(utility, part) > 0)
        mpq_set(utility, part);
    mpq_clears(part, share, NULL);
}

static void write_reservation(const sheets *all, size_t party)
{
    const truce_outside *outside = &preferences_of(all, party)->outside;
    truce_decimal value;
    mpq_t worth;
    if (!outside->given)
        return;
    mpq_init(worth);
    if (outside->bid)
        add_bid(all, party, worth);
    else
        big_set_decimal(worth, outside->worth.mode);
    divide_by_scale(all, worth);
    if (!big_get_decimal(worth, &value))
        writing_loss(all->work,
                     "the reservation value of %s: it has no end as a decimal",
                     all->scenario->parties[party].label.id);
    fputs("  <reservation", all->to);
    put_attribute(all, "value", value);
    fputs("/>\n", all->to);
    mpq_clear(worth);
}

static void write_discount(const sheets *all, size_t party)
{
    const truce_number *discount = &preferences_of(all, party)->discount;
    if (!discount->given)
        return;
    if (discount->mode.digits == 0)
        writing_loss(all->work, "the discount 0 of %s, which GENIUS takes for 1",
                     all->scenario->parties[party].label.id);
    fputs("  <discount_factor", all->to);
    put_attribute(all, "value", discount->mode);
    fputs("/>\n", all->to);
}

static bool any_range(const sheets *all, size_t party)
{
    const truce_preferences *preferences = preferences_of(all, party);
    bool any = preferences->cap.ranged || preferences->discount.ranged;
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        any |= preferences->weights[i].ranged;
        for (size_t v = 0; v < preferences->worths[i].count; v++)
            any |= preferences->worths[i].items[v].ranged;
    }
    for (size_t b = 0; b < preferences->bonus_count; b++)
        any |= preferences->bonuses[b].worth.ranged;
    return any;
}

static void write_profile(const sheets *all, size_t party)
{
    lose_cap(all, party);
    if (any_range(all, party))
        writing_loss(all->work, "ranges of numbers of %s",
                     all->scenario->parties[party].label.id);
    bool additive = !has_rectangles(all, party) || lose_bonuses(all, party);
    fputs(additive ? "<utility_space>\n" : "<utility_space type=\"nonlinear\">\n",
          all->to);
    begin_objective(all);
    if (additive)
        write_additive(all, party);
    else
        write_rectangles(all, party);
    fputs("  </objective>\n", all->to);
    write_discount(all, party);
    write_reservation(all, party);
    fputs("</utility_space>\n", all->to);
}

/* ---- the whole ------------------------------------------------------------------- */

static void lose_of_issues(const sheets *all)
{
    for (size_t i = 0; i < all->scenario->issue_count; i++) {
        const truce_issue *issue = &all->scenario->issues[i];
        if (issue->status_quo != 0)
            writing_loss(all->work, "the status quo of issue %s", issue->label.id);
        if (issue->ordered && !issue->numeric)
            writing_loss(all->work, "the order of the values of issue %s",
                         issue->label.id);
        if (issue->by.count > 0)
            writing_loss(all->work, "who alone does issue %s", issue->label.id);
    }
}

/* A name for a file that no other has; GENIUS calls parties as their files. */
static const char *file_of(const sheets *all, names *taken, const char *name,
                           bool is_party)
{
    const char *file = writing_name(all->work, name, "");
    const char *base = file;
    for (size_t n = 2; names_find(taken, file) != NAMES_NONE; n++)
        file = arena_format(writing_memory(all->work), "%s-%zu", base, n);
    names_add(taken, file, taken->count);
    if (is_party && strcmp(file, name) != 0)
        writing_loss(all->work, "the name of %s, whose file is called %s", name, file);
    return arena_format(writing_memory(all->work), "%s.xml", file);
}

void genius_write(writing *work, const truce_scenario *scenario)
{
    names taken = {0};
    sheets all = {.work = work, .scenario = scenario};
    writing_lose_talks(work, scenario);
    lose_of_issues(&all);
    settle_scale(&all);
    bool *integer = arena_array(writing_memory(work), scenario->issue_count, bool);
    for (size_t i = 0; i < scenario->issue_count; i++)
        integer[i] = may_be_integer(&all, i);
    all.integer = integer;
    const char **files =
        arena_array(writing_memory(work), scenario->party_count, const char *);
    for (size_t p = 0; p < scenario->party_count; p++)
        files[p] = file_of(&all, &taken, scenario->parties[p].label.id, true);
    const char *title =
        names_find(&taken, scenario->id) == NAMES_NONE
            ? scenario->id
            : arena_format(writing_memory(work), "%s-domain", scenario->id);
    all.to = writing_file(work, file_of(&all, &taken, title, false));
    write_domain(&all);
    for (size_t p = 0; p < scenario->party_count; p++) {
        if (!scenario->parties[p].preferences.given)
            continue;
        all.to = writing_file(work, files[p]);
        write_profile(&all, p);
    }
    names_free(&taken);
}
