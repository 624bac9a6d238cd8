/* Compiling preferences into integers.
 *
 * A party's table entry is weight / (sum of weights) * worth. All entries, bonuses, the
 * cap and the floor are fractions; their least common denominator makes them integers.
 * Two passes over the values: the first finds the denominator, the second multiplies by
 * it, so that no fraction is ever stored. Expects denominators of 10 to 60 bits, tables
 * of 10 to 10^6 values.
 */
#include "space/space.h"

#include "base/decimal.h"
#include "scenario/result.h"

#include <math.h>
#include <string.h>

enum { MOST_BITS = 120, BITS_OF_FAST_SUMS = 62 };

/* One party while it is being compiled. */
typedef struct draft {
    const truce_scenario *scenario;
    const truce_preferences *preferences;
    const space_choices *choices;
    size_t party;
    mpq_t weight_sum; /* 1 when weights are taken as given */
    mpz_t denominator;
    mpq_t entry, other; /* at hand */
    mpz_t whole;
    bool rounded; /* denominator is a power of ten that need not divide everything */
} draft;

static void draft_begin(draft *work)
{
    mpq_inits(work->weight_sum, work->entry, work->other, NULL);
    mpz_inits(work->denominator, work->whole, NULL);
    mpz_set_ui(work->denominator, 1);
}

static void draft_end(draft *work)
{
    mpq_clears(work->weight_sum, work->entry, work->other, NULL);
    mpz_clears(work->denominator, work->whole, NULL);
}

static void sum_weights(draft *work)
{
    const truce_preferences *preferences = work->preferences;
    if (preferences->sum_as_given) {
        mpq_set_ui(work->weight_sum, 1, 1);
        return;
    }
    for (size_t i = 0; i < work->scenario->issue_count; i++) {
        big_set_decimal(work->other, preferences->weights[i].mode);
        mpq_add(work->weight_sum, work->weight_sum, work->other);
    }
}

/* The worth of one value into work->entry: listed, or linear between two ends, or 0. */
static void worth_of(draft *work, size_t issue, size_t value)
{
    const truce_worths *worths = &work->preferences->worths[issue];
    size_t last = work->scenario->issues[issue].value_count - 1;
    mpq_set_ui(work->entry, 0, 1);
    if (worths->count == 0)
        return;
    big_set_decimal(work->entry, worths->items[worths->linear ? 0 : value].mode);
    if (!worths->linear || last == 0)
        return;
    mpq_t part;
    mpq_init(part);
    big_set_decimal(work->other, worths->items[1].mode);
    mpq_sub(work->other, work->other, work->entry);
    mpq_set_ui(part, value, last);
    mpq_canonicalize(part);
    mpq_mul(work->other, work->other, part);
    mpq_add(work->entry, work->entry, work->other);
    mpq_clear(part);
}

static void divide_out(draft *work, truce_decimal out_of)
{
    if (out_of.digits == 0)
        return;
    big_set_decimal(work->other, out_of);
    mpq_div(work->entry, work->entry, work->other);
}

static void bonus_entry(draft *work, size_t bonus)
{
    big_set_decimal(work->entry, work->preferences->bonuses[bonus].worth.mode);
    divide_out(work, work->preferences->bonus_out_of);
}

/* weight / sum * worth / out-of into work->entry. */
static void table_entry(draft *work, size_t issue, size_t value)
{
    worth_of(work, issue, value);
    divide_out(work, work->preferences->worths[issue].out_of);
    if (mpq_sgn(work->weight_sum) == 0) {
        mpq_set_ui(work->entry, 0, 1);
        return;
    }
    big_set_decimal(work->other, work->preferences->weights[issue].mode);
    mpq_div(work->other, work->other, work->weight_sum);
    mpq_mul(work->entry, work->entry, work->other);
}

/* The floor as the file gives it, moved by time and shifts, into work->entry; a bid's
 * own utility is not in it. */
static void floor_entry(draft *work)
{
    const truce_outside *outside = &work->preferences->outside;
    mpq_set_ui(work->entry, 0, 1);
    if (outside->bid == NULL)
        big_set_decimal(work->entry, outside->worth.mode);
    if (outside->per_30_days.given && work->choices->day != 0) {
        big_set_decimal(work->other, outside->per_30_days.mode);
        mpq_t months;
        mpq_init(months);
        mpq_set_si(months, (long)work->choices->day, 30);
        mpq_canonicalize(months);
        mpq_mul(work->other, work->other, months);
        mpq_add(work->entry, work->entry, work->other);
        mpq_clear(months);
    }
    if (work->choices->floor_shift) {
        big_set_decimal(work->other, work->choices->floor_shift[work->party]);
        mpq_add(work->entry, work->entry, work->other);
    }
}

static void divide_by(draft *work, mpz_ptr denominator)
{
    mpz_lcm(denominator, denominator, mpq_denref(work->entry));
}

static void find_denominator(draft *work)
{
    const truce_preferences *preferences = work->preferences;
    for (size_t i = 0; i < work->scenario->issue_count; i++) {
        const truce_worths *worths = &preferences->worths[i];
        size_t values = worths->count ? work->scenario->issues[i].value_count : 0;
        if (worths->linear && values > 2)
            values = 2; /* the others are whole steps away */
        for (size_t v = 0; v < values && big_fits(work->denominator, 2 * MOST_BITS);
             v++) {
            table_entry(work, i, v);
            divide_by(work, work->denominator);
        }
    }
    for (size_t b = 0; b < preferences->bonus_count; b++) {
        bonus_entry(work, b);
        divide_by(work, work->denominator);
    }
    big_set_decimal(work->entry, preferences->cap.mode);
    divide_by(work, work->denominator);
    floor_entry(work);
    divide_by(work, work->denominator);
}

/* work->entry * denominator into work->whole, rounded down (exact unless
 * work->rounded). */
static wide scaled(draft *work)
{
    mpz_mul(work->whole, mpq_numref(work->entry), work->denominator);
    mpz_fdiv_q(work->whole, work->whole, mpq_denref(work->entry));
    return big_get_wide(work->whole);
}

/* Adds |work->entry|, rounded up to a multiple of 2^-64, to size in such units. */
static void add_size(draft *work, mpz_ptr size)
{
    mpz_abs(work->whole, mpq_numref(work->entry));
    mpz_mul_2exp(work->whole, work->whole, 64);
    mpz_cdiv_q(work->whole, work->whole, mpq_denref(work->entry));
    mpz_add(size, size, work->whole);
}

static void add_largest_worth(draft *work, size_t issue, mpz_ptr size)
{
    const truce_worths *worths = &work->preferences->worths[issue];
    size_t last = work->scenario->issues[issue].value_count - 1;
    mpq_t most;
    mpq_init(most);
    for (size_t v = 0; v < worths->count; v++) {
        table_entry(work, issue, worths->linear && v > 0 ? last : v);
        mpq_abs(work->entry, work->entry);
        if (mpq_cmp(work->entry, most) > 0)
            mpq_set(most, work->entry);
    }
    mpq_set(work->entry, most);
    add_size(work, size);
    mpq_clear(most);
}

/* The largest |entry| of every issue, every bonus, cap and floor together, in utility,
 * twice, rounded up: what times the denominator must fit. */
static void largest_sum(draft *work, mpz_ptr largest)
{
    const truce_preferences *preferences = work->preferences;
    for (size_t i = 0; i < work->scenario->issue_count; i++)
        add_largest_worth(work, i, largest);
    for (size_t b = 0; b < preferences->bonus_count; b++) {
        bonus_entry(work, b);
        add_size(work, largest);
    }
    big_set_decimal(work->entry, preferences->cap.mode);
    add_size(work, largest);
    floor_entry(work);
    add_size(work, largest);
    mpz_mul_2exp(largest, largest, 1);
}

/* Keeps the exact denominator when all sums fit, else takes the finest power of ten. */
static int settle_denominator(draft *work, space_party *party)
{
    int grid = 0;
    mpz_t largest, sum;
    mpz_inits(largest, sum, NULL);
    largest_sum(work, largest);
    mpz_mul(sum, largest, work->denominator);
    mpz_cdiv_q_2exp(sum, sum, 64);
    if (!big_fits(sum, MOST_BITS)) {
        work->rounded = true;
        mpz_set_ui(work->denominator, 1);
        mpz_cdiv_q_2exp(sum, largest, 64);
        for (mpz_add_ui(sum, sum, 1); big_fits(sum, MOST_BITS - 4); grid++) {
            mpz_mul_ui(work->denominator, work->denominator, 10);
            mpz_mul_ui(sum, sum, 10);
        }
    }
    party->fits_64 = big_fits(sum, BITS_OF_FAST_SUMS);
    party->denominator = big_get_wide(work->denominator);
    mpz_clears(largest, sum, NULL);
    return grid;
}

static wide *table_of(draft *work, size_t issue, arena *memory)
{
    size_t count = work->scenario->issues[issue].value_count;
    wide *table = arena_array(memory, count, wide);
    if (work->preferences->worths == NULL ||
        work->preferences->worths[issue].count == 0)
        return table;
    bool in_steps = work->preferences->worths[issue].linear && !work->rounded;
    for (size_t v = 0; v < count; v++) {
        if (in_steps && v > 1) {
            table[v] = table[v - 1] + (table[1] - table[0]);
            continue;
        }
        table_entry(work, issue, v);
        table[v] = scaled(work);
    }
    return table;
}

static void compile_bonuses(draft *work, space_party *party, arena *memory)
{
    party->bonus_count = work->preferences->bonus_count;
    space_bonus *bonuses = arena_array(memory, party->bonus_count, space_bonus);
    for (size_t b = 0; b < party->bonus_count; b++) {
        bonus_entry(work, b);
        bonuses[b].condition = work->preferences->bonuses[b].condition;
        bonuses[b].amount = scaled(work);
    }
    party->bonuses = bonuses;
    party->capped = work->preferences->cap.given;
    big_set_decimal(work->entry, work->preferences->cap.mode);
    party->cap = scaled(work);
}

static wide sum_of(const space_party *party, size_t issue_count,
                   const truce_value *outcome)
{
    wide sum = 0;
    for (size_t i = 0; i < issue_count; i++)
        sum += party->tables[i][outcome[i]];
    for (size_t b = 0; b < party->bonus_count; b++)
        if (truce_condition_holds(party->bonuses[b].condition, outcome))
            sum += party->bonuses[b].amount;
    return party->capped && sum > party->cap ? party->cap : sum;
}

static void compile_floor(draft *work, space_party *party)
{
    const truce_outside *outside = &work->preferences->outside;
    party->floor_is_whole = true;
    party->has_floor = outside->given;
    if (!outside->given)
        return;
    floor_entry(work);
    party->disagreement = scaled(work);
    mpz_mul(work->whole, mpq_numref(work->entry), work->denominator);
    party->floor_is_whole = mpz_divisible_p(work->whole, mpq_denref(work->entry)) != 0;
    if (outside->bid)
        party->disagreement += sum_of(party, work->scenario->issue_count, outside->bid);
    party->floor = party->disagreement + (party->floor_is_whole ? 0 : 1);
}

static int compile_party(const truce_scenario *scenario, size_t p,
                         const space_choices *choices, space_party *party,
                         arena *memory)
{
    draft work = {.scenario = scenario,
                  .preferences = &scenario->parties[p].preferences,
                  .choices = choices,
                  .party = p};
    int grid = 0;
    draft_begin(&work);
    *party = (space_party){.denominator = 1, .fits_64 = true};
    if (work.preferences->given) {
        sum_weights(&work);
        find_denominator(&work);
        grid = settle_denominator(&work, party);
    }
    party->tables = arena_array(memory, scenario->issue_count, wide *);
    for (size_t i = 0; i < scenario->issue_count; i++)
        party->tables[i] = table_of(&work, i, memory);
    compile_bonuses(&work, party, memory);
    compile_floor(&work, party);
    draft_end(&work);
    return grid;
}

static int coarser(int one, int other)
{
    if (one == 0 || other == 0)
        return one + other;
    return one < other ? one : other;
}

space *space_new(const truce_scenario *scenario, const space_choices *choices)
{
    static const space_choices today_as_it_is = {0};
    arena memory = {0};
    space *compiled = arena_new(&memory, space);
    truce_value *today = arena_array(&memory, scenario->issue_count, truce_value);
    truce_value *counts = arena_array(&memory, scenario->issue_count, truce_value);
    space_party *parties = arena_array(&memory, scenario->party_count, space_party);
    truce_scenario_today(scenario, today);
    for (size_t i = 0; i < scenario->issue_count; i++)
        counts[i] = (truce_value)scenario->issues[i].value_count;
    for (size_t p = 0; p < scenario->party_count; p++) {
        int grid = compile_party(scenario, p, choices ? choices : &today_as_it_is,
                                 &parties[p], &memory);
        compiled->grid = coarser(compiled->grid, grid);
    }
    compiled->scenario = scenario;
    compiled->issue_count = scenario->issue_count;
    compiled->party_count = scenario->party_count;
    compiled->today = today;
    compiled->value_counts = counts;
    compiled->parties = parties;
    compiled->memory = memory;
    return compiled;
}

void space_free(space *compiled)
{
    if (compiled == NULL)
        return;
    arena memory = compiled->memory; /* a copy: compiled lives in the memory it owns */
    arena_free(&memory);
}

wide space_sum(const space *compiled, size_t party, const truce_value *outcome)
{
    return sum_of(&compiled->parties[party], compiled->issue_count, outcome);
}

void space_range(const space *compiled, const space_party *party, size_t issue,
                 wide *least, wide *most)
{
    const wide *table = party->tables[issue];
    *least = *most = table[0];
    for (truce_value v = 1; v < compiled->value_counts[issue]; v++) {
        *least = table[v] < *least ? table[v] : *least;
        *most = table[v] > *most ? table[v] : *most;
    }
}

double space_utility(const space *compiled, size_t party, wide sum)
{
    return big_quotient(sum, compiled->parties[party].denominator);
}

double space_floor(const space *compiled, size_t party)
{
    const space_party *one = &compiled->parties[party];
    return one->has_floor ? big_quotient(one->disagreement, one->denominator) : NAN;
}

void space_qualify(const space *compiled, truce_finding *finding)
{
    if (compiled->grid && finding->proof.how == TRUCE_PROVED)
        result_bounded(finding, "%s; numbers were rounded to a grid of 1e-%d",
                       finding->proof.by ? finding->proof.by : "computed",
                       compiled->grid);
}

void space_count(const space *compiled, mpz_ptr count)
{
    mpz_set_ui(count, 1);
    for (size_t i = 0; i < compiled->issue_count; i++)
        mpz_mul_ui(count, count, compiled->value_counts[i]);
}

truce_count space_count_told(const space *compiled, arena *memory)
{
    mpz_t count;
    mpz_init(count);
    space_count(compiled, count);
    truce_count told = {.exact = big_text(memory, count)};
    mpz_clear(count);
    return told;
}
