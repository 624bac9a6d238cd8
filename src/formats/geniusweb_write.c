/* A scenario as GeniusWeb's JSON: a domain, and a profile for each party with a copy of it.
 * GeniusWeb knows sums of weight times utility alone, with weights that sum to 1 and
 * utilities from 0 to 1, all exact decimals. Where a party's numbers are of that kind they
 * are written as they are; everything else is a loss that is named, and then made to fit:
 * divided by the largest, rounded at the last digit that can be read again. */
#include "formats/write.h"

#include "base/big.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/names.h"

#include <string.h>

enum { DIGITS = 18, PLACES = 36 };

typedef struct desk {
    writing *work;
    FILE *to;
    const truce_scenario *scenario;
    const char *const *issue_names; /* [issue_count] all different */
    const bool *is_range;           /* [issue_count] */
    const truce_party *party;       /* at hand */
    mpq_t weight_sum, largest;      /* of the party; what its numbers are divided by */
    mpq_t number, other;            /* at hand */
    bool is_idle;                   /* all weights of the party are 0 */
    size_t rounded;                 /* numbers of the party */
} desk;

/* ---- numbers --------------------------------------------------------------------- */

/* |number| * 10^scale, rounded to a whole; is it exact? */
static bool raise(mpz_ptr whole, mpq_srcptr number, unsigned long scale)
{
    mpz_t twice, rest;
    mpz_inits(twice, rest, NULL);
    mpz_ui_pow_ui(twice, 10, scale);
    mpz_mul(twice, twice, mpq_numref(number));
    mpz_abs(twice, twice);
    mpz_fdiv_qr(whole, rest, twice, mpq_denref(number));
    bool exact = mpz_sgn(rest) == 0;
    mpz_mul_2exp(rest, rest, 1);
    if (mpz_cmp(rest, mpq_denref(number)) >= 0)
        mpz_add_ui(whole, whole, 1);
    mpz_clears(twice, rest, NULL);
    return exact;
}

/* The decimal that is equal, or else the nearest of DIGITS digits; is it equal? */
static bool decimal_near(mpq_srcptr number, truce_decimal *value)
{
    mpz_t whole;
    mpz_init(whole);
    bool exact = false;
    *value = (truce_decimal){0};
    for (int32_t scale = 0; scale <= PLACES && !exact; scale++) {
        exact = raise(whole, number, (unsigned long)scale);
        if (mpz_sizeinbase(whole, 2) > 62 ||
            mpz_cmp_ui(whole, (unsigned long)decimal_power(DIGITS)) >= 0) {
            exact = false;
            break;
        }
        *value = (truce_decimal){mpz_get_si(whole) * mpq_sgn(number), scale};
    }
    mpz_clear(whole);
    return exact;
}

static void put_decimal(desk *on, truce_decimal value)
{
    fputs(decimal_text(writing_memory(on->work), value), on->to);
}

static void put_number(desk *on)
{
    truce_decimal value;
    on->rounded += !decimal_near(on->number, &value);
    put_decimal(on, value);
}

/* The worth of a value, divided by the issue's divisor, into on->number. */
static void take_worth(desk *on, size_t issue, size_t value)
{
    const truce_worths *worths = &on->party->preferences.worths[issue];
    size_t last = on->scenario->issues[issue].value_count - 1;
    mpq_set_ui(on->number, 0, 1);
    if (worths->count == 0)
        return;
    big_set_decimal(on->number, worths->items[worths->linear ? 0 : value].mode);
    if (worths->linear && last > 0) {
        mpq_t part;
        mpq_init(part);
        mpq_set_ui(part, value, last);
        mpq_canonicalize(part);
        big_set_decimal(on->other, worths->items[1].mode);
        mpq_sub(on->other, on->other, on->number);
        mpq_mul(on->other, on->other, part);
        mpq_add(on->number, on->number, on->other);
        mpq_clear(part);
    }
    if (worths->out_of.digits) {
        big_set_decimal(on->other, worths->out_of);
        mpq_div(on->number, on->number, on->other);
    }
}

/* ---- layout ---------------------------------------------------------------------- */

static void put_quoted(desk *on, const char *text)
{
    json_quote(on->to, text);
}

static void put_comma(desk *on, bool more)
{
    fputs(more ? ", " : "", on->to);
}

static void put_value(desk *on, size_t issue, size_t value)
{
    const truce_issue *what = &on->scenario->issues[issue];
    if (on->is_range[issue])
        put_decimal(on, what->numbers[value]);
    else
        put_quoted(on, what->values[value]);
}

/* ---- the domain ------------------------------------------------------------------ */

static bool is_short(truce_decimal value)
{
    return value.scale <= 9 && value.digits < decimal_power(9) &&
           value.digits > -decimal_power(9);
}

static truce_decimal step_of(const truce_issue *issue)
{
    return issue->value_count > 1
               ? decimal_add(issue->numbers[1], issue->numbers[0], -1)
               : (truce_decimal){1, 0};
}

/* Numbers equally far from each other, in few digits. */
static bool is_scale(const truce_issue *issue)
{
    if (!issue->numeric)
        return false;
    truce_decimal step = step_of(issue);
    for (size_t v = 0; v < issue->value_count; v++) {
        truce_decimal here = issue->numbers[v];
        if (!is_short(here) || !is_short(step) || step.digits <= 0 ||
            (v > 0 &&
             decimal_compare(here, decimal_add(issue->numbers[v - 1], step, 1))))
            return false;
    }
    return true;
}

/* Utilities of a range lie on a straight line, those of named values where they like. */
static bool is_range_for_all(const truce_scenario *scenario, size_t issue)
{
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        const truce_worths *worths =
            preferences->worths ? &preferences->worths[issue] : NULL;
        if (worths && worths->count > 0 && !worths->linear)
            return false;
    }
    return is_scale(&scenario->issues[issue]);
}

static const bool *ranges_of(writing *work, const truce_scenario *scenario)
{
    bool *is = arena_array(writing_memory(work), scenario->issue_count, bool);
    for (size_t i = 0; i < scenario->issue_count; i++)
        is[i] = is_range_for_all(scenario, i);
    return is;
}

/* Titles where they tell the issues apart, else ids. */
static const char *const *names_of_issues(writing *work, const truce_scenario *scenario)
{
    const char **chosen =
        arena_array(writing_memory(work), scenario->issue_count, const char *);
    names seen = {0};
    bool differ = true;
    for (size_t i = 0; i < scenario->issue_count; i++) {
        chosen[i] = scenario->issues[i].title;
        differ = names_add(&seen, chosen[i], i) && *chosen[i] && differ;
    }
    names_free(&seen);
    for (size_t i = 0; !differ && i < scenario->issue_count; i++)
        chosen[i] = scenario->issues[i].label.id;
    return chosen;
}

static void put_range(desk *on, const truce_issue *issue)
{
    fputs("\"range\": [", on->to);
    put_decimal(on, issue->numbers[0]);
    fputs(", ", on->to);
    put_decimal(on, issue->numbers[issue->value_count - 1]);
    fputs(", ", on->to);
    put_decimal(on, step_of(issue));
    fputs("]", on->to);
}

static void put_values(desk *on, const truce_issue *issue)
{
    fputs("\"values\": [", on->to);
    for (size_t v = 0; v < issue->value_count; v++) {
        put_comma(on, v > 0);
        put_quoted(on, issue->values[v]);
    }
    fputs("]", on->to);
}

static void put_domain(desk *on)
{
    const truce_scenario *scenario = on->scenario;
    fputs("{\n  \"name\": ", on->to);
    put_quoted(on, scenario->title ? scenario->title : scenario->id);
    fputs(",\n  \"issuesValues\": {", on->to);
    for (size_t i = 0; i < scenario->issue_count; i++) {
        fputs(i ? ",\n    " : "\n    ", on->to);
        put_quoted(on, on->issue_names[i]);
        fputs(": {", on->to);
        if (on->is_range[i])
            put_range(on, &scenario->issues[i]);
        else
            put_values(on, &scenario->issues[i]);
        fputs("}", on->to);
    }
    fputs("\n  }\n}", on->to);
}

/* ---- utilities ------------------------------------------------------------------- */

static void put_worth(desk *on, size_t issue, size_t value)
{
    take_worth(on, issue, value);
    mpq_div(on->number, on->number, on->largest);
    if (mpq_sgn(on->number) < 0 || on->is_idle)
        mpq_set_ui(on->number, 0, 1);
    put_number(on);
}

static void put_line(desk *on, size_t issue)
{
    const truce_issue *what = &on->scenario->issues[issue];
    fputs("{\"numberutils\": {\"lowValue\": ", on->to);
    put_decimal(on, what->numbers[0]);
    fputs(", \"lowUtility\": ", on->to);
    put_worth(on, issue, 0);
    fputs(", \"highValue\": ", on->to);
    put_decimal(on, what->numbers[what->value_count - 1]);
    fputs(", \"highUtility\": ", on->to);
    put_worth(on, issue, what->value_count - 1);
    fputs("}}", on->to);
}

static void put_table(desk *on, size_t issue)
{
    const truce_issue *what = &on->scenario->issues[issue];
    fputs("{\"discreteutils\": {\"valueUtilities\": {", on->to);
    for (size_t v = 0; v < what->value_count; v++) {
        put_comma(on, v > 0);
        put_quoted(on, what->values[v]);
        fputs(": ", on->to);
        put_worth(on, issue, v);
    }
    fputs("}}}", on->to);
}

static void put_utilities(desk *on)
{
    fputs("  \"issueUtilities\": {", on->to);
    for (size_t i = 0; i < on->scenario->issue_count; i++) {
        fputs(i ? ",\n    " : "\n    ", on->to);
        put_quoted(on, on->issue_names[i]);
        fputs(": ", on->to);
        if (on->is_range[i])
            put_line(on, i);
        else
            put_table(on, i);
    }
    fputs("\n  },\n", on->to);
}

/* ---- weights --------------------------------------------------------------------- */

static size_t heaviest(const desk *on)
{
    const truce_number *weights = on->party->preferences.weights;
    size_t best = 0;
    for (size_t i = 1; i < on->scenario->issue_count; i++)
        if (decimal_compare(weights[i].mode, weights[best].mode) > 0)
            best = i;
    return best;
}

/* A weight divided by their sum, into on->number. */
static void take_weight(desk *on, size_t issue)
{
    big_set_decimal(on->number, on->party->preferences.weights[issue].mode);
    mpq_div(on->number, on->number, on->weight_sum);
}

/* What has no exact decimal is rounded, and the heaviest weight makes up for it, so that
 * they sum to 1 all the same. */
static void put_weights(desk *on)
{
    size_t last = heaviest(on);
    mpq_t rest;
    mpq_init(rest);
    mpq_set_ui(rest, 1, 1);
    for (size_t i = 0; i < on->scenario->issue_count; i++) {
        truce_decimal value;
        take_weight(on, i);
        decimal_near(on->number, &value);
        big_set_decimal(on->other, value);
        if (i != last)
            mpq_sub(rest, rest, on->other);
    }
    fputs("  \"issueWeights\": {", on->to);
    for (size_t i = 0; i < on->scenario->issue_count; i++) {
        put_comma(on, i > 0);
        put_quoted(on, on->issue_names[i]);
        fputs(": ", on->to);
        take_weight(on, i);
        if (i == last) {
            on->rounded += !mpq_equal(on->number, rest);
            mpq_set(on->number, rest);
        }
        put_number(on);
    }
    fputs("},\n", on->to);
    mpq_clear(rest);
}

/* ---- what a party loses ---------------------------------------------------------- */

static const char *name_of(const desk *on)
{
    return on->party->name;
}

/* Weights that do not sum to 1 are divided by their sum. Where all are 0, utilities become
 * 0 instead. */
static void measure_weights(desk *on)
{
    const truce_preferences *preferences = &on->party->preferences;
    mpq_set_ui(on->weight_sum, 0, 1);
    for (size_t i = 0; i < on->scenario->issue_count; i++) {
        big_set_decimal(on->number, preferences->weights[i].mode);
        mpq_add(on->weight_sum, on->weight_sum, on->number);
    }
    on->is_idle = mpq_sgn(on->weight_sum) == 0;
    if (on->is_idle) {
        writing_loss(on->work, "the weights of %s, which are all 0", name_of(on));
        mpq_set_ui(on->weight_sum, 1, 1);
    } else if (preferences->sum_as_given && mpq_cmp_ui(on->weight_sum, 1, 1) != 0) {
        writing_loss(
            on->work,
            "the sum of the weights of %s: they are divided by it, to sum to 1",
            name_of(on));
    }
}

/* The scale of truce, 0 to 100, becomes that of GeniusWeb; any other is divided by the
 * largest worth when that is above 1. */
static void measure_worths(desk *on)
{
    bool negative = false;
    mpq_set_ui(on->largest, 1, 1);
    for (size_t i = 0; i < on->scenario->issue_count; i++)
        for (size_t v = 0; v < on->scenario->issues[i].value_count; v++) {
            take_worth(on, i, v);
            negative |= mpq_sgn(on->number) < 0;
            if (mpq_cmp(on->number, on->largest) > 0)
                mpq_set(on->largest, on->number);
        }
    if (!on->party->preferences.sum_as_given)
        mpq_set_ui(on->largest, 100, 1);
    if (mpq_cmp_ui(on->largest, 1, 1) != 0) {
        truce_decimal by;
        decimal_near(on->largest, &by);
        writing_loss(on->work, "the scale of %s: utilities are divided by %s",
                     name_of(on), decimal_text(writing_memory(on->work), by));
    }
    if (negative)
        writing_loss(on->work, "worths of %s below 0, which become 0", name_of(on));
}

/* Can some outcome be worth more than the cap, bonuses aside? */
static bool is_capped(desk *on)
{
    const truce_preferences *preferences = &on->party->preferences;
    if (!preferences->cap.given)
        return false;
    mpq_t sum, best;
    mpq_inits(sum, best, NULL);
    for (size_t i = 0; i < on->scenario->issue_count; i++) {
        for (size_t v = 0; v < on->scenario->issues[i].value_count; v++) {
            take_worth(on, i, v);
            if (v == 0 || mpq_cmp(on->number, best) > 0)
                mpq_set(best, on->number);
        }
        big_set_decimal(on->other, preferences->weights[i].mode);
        mpq_mul(best, best, on->other);
        mpq_add(sum, sum, best);
    }
    if (!preferences->sum_as_given)
        mpq_div(sum, sum, on->weight_sum);
    big_set_decimal(on->other, preferences->cap.mode);
    bool above = mpq_cmp(sum, on->other) > 0;
    mpq_clears(sum, best, NULL);
    return above;
}

static bool is_one(const truce_number *number)
{
    return decimal_compare(number->mode, (truce_decimal){1, 0}) == 0;
}

static void lose_rest(desk *on)
{
    const truce_preferences *preferences = &on->party->preferences;
    const char *name = name_of(on);
    if (preferences->bonus_count)
        writing_loss(on->work, "the bonuses of %s (%zu)", name,
                     preferences->bonus_count);
    if (is_capped(on))
        writing_loss(on->work, "the cap of %s", name);
    if (preferences->discount.given && !is_one(&preferences->discount))
        writing_loss(on->work, "the discount of %s", name);
    if (preferences->outside.worth.mode.digits && !preferences->outside.bid)
        writing_loss(on->work,
                     "the outside option of %s: GeniusWeb knows reservation bids alone",
                     name);
    if (on->rounded)
        writing_loss(on->work,
                     "%zu number%s of %s with no end, or more than %d digits: rounded",
                     on->rounded, on->rounded == 1 ? "" : "s", name, DIGITS);
}

static void lose_of_issues(writing *work, const truce_scenario *scenario)
{
    for (size_t i = 0; i < scenario->issue_count; i++) {
        const truce_issue *issue = &scenario->issues[i];
        if (issue->status_quo != 0)
            writing_loss(work, "the status quo of issue %s", issue->label.id);
        if (issue->by.count)
            writing_loss(work, "who decides issue %s", issue->label.id);
    }
}

/* ---- profiles -------------------------------------------------------------------- */

static void put_bid(desk *on)
{
    const truce_value *bid = on->party->preferences.outside.bid;
    if (bid == NULL)
        return;
    fputs("  \"reservationBid\": {\"issuevalues\": {", on->to);
    for (size_t i = 0; i < on->scenario->issue_count; i++) {
        put_comma(on, i > 0);
        put_quoted(on, on->issue_names[i]);
        fputs(": ", on->to);
        put_value(on, i, bid[i]);
    }
    fputs("}},\n", on->to);
}

static void write_profile(desk *on, const char *file)
{
    on->to = writing_file(on->work, file);
    on->rounded = 0;
    measure_weights(on);
    measure_worths(on);
    fputs("{\"LinearAdditiveUtilitySpace\": {\n  \"name\": ", on->to);
    put_quoted(on, on->party->name);
    fputs(",\n", on->to);
    put_utilities(on);
    put_weights(on);
    put_bid(on);
    fputs("  \"domain\": ", on->to);
    put_domain(on);
    fputs("\n}}\n", on->to);
    lose_rest(on);
}

/* A file name that is not taken yet. */
static const char *file_named(writing *work, names *taken, const char *name)
{
    const char *file = writing_name(work, name, ".json");
    for (size_t n = 2; !names_add(taken, file, n); n++)
        file = writing_name(work, arena_format(writing_memory(work), "%s-%zu", name, n),
                            ".json");
    return file;
}

void geniusweb_write(writing *work, const truce_scenario *scenario)
{
    desk on = {.work = work, .scenario = scenario};
    names files = {0};
    writing_lose_talks(work, scenario);
    lose_of_issues(work, scenario);
    on.issue_names = names_of_issues(work, scenario);
    on.is_range = ranges_of(work, scenario);
    mpq_inits(on.weight_sum, on.largest, on.number, on.other, NULL);
    on.to = writing_file(work, file_named(work, &files, scenario->id));
    put_domain(&on);
    fputs("\n", on.to);
    for (size_t p = 0; p < scenario->party_count; p++) {
        on.party = &scenario->parties[p];
        if (on.party->preferences.given && on.party->preferences.weights)
            write_profile(&on, file_named(work, &files, on.party->label.id));
    }
    mpq_clears(on.weight_sum, on.largest, on.number, on.other, NULL);
    names_free(&files);
}
