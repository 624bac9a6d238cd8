/* u(o) = sum over issues of weight / (sum of weights) * worth / out-of, plus bonuses /
 * bonus-out-of, at most the cap (docs/scenario-format.md). Each of these is a fraction,
 * which must be a whole number of units. */
#include "verify/tariff.h"

#include "verify/lines.h"

static const char not_whole[] = "a worth is no whole number of units";
static const char too_large[] = "a worth is too large a number of units";

/* One tariff while it is made: fault is set once. */
typedef struct making {
    const truce_preferences *preferences;
    mpq_t weights, unit, value, factor;
    mpz_t size; /* of all sums: no sum is larger */
    const char *fault;
} making;

static void multiply(making *at, truce_decimal by)
{
    big_set_decimal(at->factor, by);
    mpq_mul(at->value, at->value, at->factor);
}

/* `out-of` without digits is none. */
static void divide(making *at, truce_decimal by)
{
    if (by.digits == 0)
        return;
    big_set_decimal(at->factor, by);
    mpq_div(at->value, at->value, at->factor);
}

/* at->value in units. */
static wide in_units(making *at)
{
    mpq_mul(at->value, at->value, at->unit);
    if (mpz_cmp_ui(mpq_denref(at->value), 1) != 0) {
        at->fault = not_whole;
        return 0;
    }
    if (!big_fits(mpq_numref(at->value), WHOLE_BITS)) {
        at->fault = too_large;
        return 0;
    }
    return big_get_wide(mpq_numref(at->value));
}

static void add_up_weights(making *at, size_t issues)
{
    mpq_set_ui(at->weights, at->preferences->sum_as_given ? 1 : 0, 1);
    for (size_t i = 0; i < issues && !at->preferences->sum_as_given; i++) {
        big_set_decimal(at->factor, at->preferences->weights[i].mode);
        mpq_add(at->weights, at->weights, at->factor);
    }
}

/* Along the line from the first worth to the second, into at->value. */
static void set_linear(making *at, const truce_worths *worths, size_t value,
                       size_t last)
{
    big_set_decimal(at->value, worths->items[0].mode);
    if (last == 0)
        return;
    mpq_t rise;
    mpq_init(rise);
    big_set_decimal(rise, worths->items[1].mode);
    mpq_sub(rise, rise, at->value);
    mpq_set_ui(at->factor, value, last);
    mpq_canonicalize(at->factor);
    mpq_mul(rise, rise, at->factor);
    mpq_add(at->value, at->value, rise);
    mpq_clear(rise);
}

static wide worth_in_units(making *at, size_t issue, size_t value, size_t last)
{
    const truce_worths *worths = &at->preferences->worths[issue];
    if (worths->count == 0 || mpq_sgn(at->weights) == 0)
        return 0;
    if (worths->linear)
        set_linear(at, worths, value, last);
    else
        big_set_decimal(at->value, worths->items[value].mode);
    divide(at, worths->out_of);
    multiply(at, at->preferences->weights[issue].mode);
    mpq_div(at->value, at->value, at->weights);
    return in_units(at);
}

static wide size_of(wide number)
{
    return number < 0 ? -number : number;
}

static void add_size(making *at, wide size)
{
    big_set_wide(mpq_numref(at->factor), size);
    mpz_add(at->size, at->size, mpq_numref(at->factor));
    mpq_set_ui(at->factor, 0, 1);
}

static wide *worths_of_issue(making *at, const tariff *to, size_t issue, arena *memory)
{
    size_t count = to->scenario->issues[issue].value_count;
    wide *worths = arena_array(memory, count, wide), largest = 0;
    for (size_t v = 0; v < count && at->fault == NULL; v++) {
        worths[v] = worth_in_units(at, issue, v, count - 1);
        if (size_of(worths[v]) > largest)
            largest = size_of(worths[v]);
    }
    add_size(at, largest);
    return worths;
}

static void set_bonuses(making *at, tariff *to, arena *memory)
{
    const truce_preferences *preferences = at->preferences;
    to->bonuses = arena_array(memory, preferences->bonus_count, wide);
    for (size_t b = 0; b < preferences->bonus_count && at->fault == NULL; b++) {
        big_set_decimal(at->value, preferences->bonuses[b].worth.mode);
        divide(at, preferences->bonus_out_of);
        to->bonuses[b] = in_units(at);
        add_size(at, size_of(to->bonuses[b]));
    }
    to->capped = preferences->cap.given;
    if (to->capped) {
        big_set_decimal(at->value, preferences->cap.mode);
        to->cap = in_units(at);
    }
}

/* The outside option in units, rounded up: sums are whole. */
static void set_floor(making *at, tariff *to)
{
    const truce_outside *outside = &at->preferences->outside;
    to->has_floor = outside->given;
    if (!outside->given || at->fault)
        return;
    if (outside->bid) {
        to->floor = tariff_sum(to, outside->bid);
        return;
    }
    big_set_decimal(at->value, outside->worth.mode);
    mpq_mul(at->value, at->value, at->unit);
    mpz_cdiv_q(mpq_numref(at->value), mpq_numref(at->value), mpq_denref(at->value));
    if (big_fits(mpq_numref(at->value), WHOLE_BITS))
        to->floor = big_get_wide(mpq_numref(at->value));
    else
        at->fault = too_large;
    mpz_set_ui(mpq_denref(at->value), 1);
}

static void make(making *at, tariff *to, arena *memory)
{
    size_t issues = to->scenario->issue_count;
    add_up_weights(at, issues);
    to->worths = arena_array(memory, issues, wide *);
    for (size_t i = 0; i < issues; i++)
        to->worths[i] = worths_of_issue(at, to, i, memory);
    set_bonuses(at, to, memory);
    if (at->fault == NULL && !big_fits(at->size, WHOLE_BITS))
        at->fault = too_large;
    set_floor(at, to);
}

const char *tariff_make(const truce_scenario *scenario, size_t party, wide unit,
                        arena *memory, tariff *result)
{
    making at = {.preferences = &scenario->parties[party].preferences};
    *result = (tariff){.scenario = scenario, .party = party, .unit = unit};
    if (!at.preferences->given)
        return "the party has no preferences";
    mpq_inits(at.weights, at.unit, at.value, at.factor, NULL);
    mpz_init(at.size);
    big_set_wide(mpq_numref(at.unit), unit);
    make(&at, result, memory);
    mpq_clears(at.weights, at.unit, at.value, at.factor, NULL);
    mpz_clear(at.size);
    return at.fault;
}

wide tariff_sum(const tariff *of, const truce_value *outcome)
{
    const truce_preferences *preferences =
        &of->scenario->parties[of->party].preferences;
    wide sum = 0;
    for (size_t i = 0; i < of->scenario->issue_count; i++)
        sum += of->worths[i][outcome[i]];
    for (size_t b = 0; b < preferences->bonus_count; b++)
        if (truce_condition_holds(preferences->bonuses[b].condition, outcome))
            sum += of->bonuses[b];
    return of->capped && sum > of->cap ? of->cap : sum;
}
