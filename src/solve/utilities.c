/* Utilities of outcomes by the million. Where a party's sums fit 64 bits, its tables are
 * laid out anew side by side in that width, and a quotient of two numbers that a double
 * holds exactly is one division, which rounds to the nearest. Everything else takes the
 * exact way of space.h; both give the same doubles. Some hundred million table entries a
 * second are added up. */
#include "base/error.h"
#include "space/space.h"

#include <truce/frontier.h>

#include <inttypes.h>
#include <math.h>

/* Whole numbers up to this size are doubles. */
static const int64_t whole_doubles = INT64_C(1) << 53;

struct truce_utilities {
    space *compiled;
    int64_t *
        *narrow;    /* [party] -> tables one after another; NULL: take the exact way */
    size_t *begins; /* [issue] of its table within them */
    arena memory;
};

static int64_t *narrow_tables(const truce_utilities *all, size_t party, size_t entries,
                              arena *memory)
{
    const space *compiled = all->compiled;
    const space_party *one = &compiled->parties[party];
    if (!one->fits_64 || one->denominator > whole_doubles)
        return NULL;
    int64_t *tables = arena_array(memory, entries, int64_t);
    for (size_t i = 0; i < compiled->issue_count; i++)
        for (truce_value v = 0; v < compiled->value_counts[i]; v++)
            tables[all->begins[i] + v] = (int64_t)one->tables[i][v];
    return tables;
}

truce_utilities *truce_utilities_new(const truce_scenario *scenario)
{
    arena memory = {0};
    truce_utilities *all = arena_new(&memory, truce_utilities);
    all->compiled = space_new(scenario, NULL);
    all->begins = arena_array(&memory, scenario->issue_count, size_t);
    size_t entries = 0;
    for (size_t i = 0; i < scenario->issue_count; i++) {
        all->begins[i] = entries;
        entries += all->compiled->value_counts[i];
    }
    all->narrow = arena_array(&memory, scenario->party_count, int64_t *);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            all->narrow[p] = narrow_tables(all, p, entries, &memory);
    all->memory = memory;
    return all;
}

void truce_utilities_free(truce_utilities *utilities)
{
    if (utilities == NULL)
        return;
    arena memory = utilities->memory; /* a copy: it lives in the memory it owns */
    space_free(utilities->compiled);
    arena_free(&memory);
}

static double worth_of(const truce_utilities *all, size_t party,
                       const truce_value *outcome)
{
    const space *compiled = all->compiled;
    const space_party *one = &compiled->parties[party];
    const int64_t *tables = all->narrow[party];
    if (tables == NULL)
        return space_utility(compiled, party, space_sum(compiled, party, outcome));
    int64_t sum = 0;
    for (size_t i = 0; i < compiled->issue_count; i++)
        sum += tables[all->begins[i] + outcome[i]];
    for (size_t b = 0; b < one->bonus_count; b++)
        if (truce_condition_holds(one->bonuses[b].condition, outcome))
            sum += (int64_t)one->bonuses[b].amount;
    if (one->capped && sum > one->cap)
        sum = (int64_t)one->cap;
    return sum >= -whole_doubles && sum <= whole_doubles
               ? (double)sum / (double)one->denominator
               : space_utility(compiled, party, sum);
}

/* The first value that its issue does not have is told. */
static truce_status look_at_values(const truce_utilities *all,
                                   const truce_value *outcomes, size_t count,
                                   truce_error *error)
{
    const space *compiled = all->compiled;
    size_t issues = compiled->issue_count;
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < issues; i++)
            if (outcomes[n * issues + i] >= compiled->value_counts[i])
                return error_say(error, TRUCE_CALL,
                                 "outcome %zu: issue \"%s\" has %" PRIu32
                                 " values, from 0, and %" PRIu32 " is none of them",
                                 n, compiled->scenario->issues[i].label.id,
                                 compiled->value_counts[i], outcomes[n * issues + i]);
    return TRUCE_OK;
}

static bool is_rated(const truce_utilities *all, size_t party)
{
    return all->compiled->scenario->parties[party].preferences.given;
}

/* Parties from first to last of each outcome: an outcome is read once for all. */
static void rate(const truce_utilities *all, size_t first, size_t last,
                 const truce_value *outcomes, size_t count, double *worth)
{
    size_t issues = all->compiled->issue_count;
    for (size_t n = 0; n < count; n++)
        for (size_t p = first; p <= last; p++)
            *worth++ = is_rated(all, p) ? worth_of(all, p, outcomes + n * issues) : NAN;
}

truce_status truce_utilities_of(const truce_utilities *utilities, size_t party,
                                const truce_value *outcomes, size_t count,
                                double *worth, truce_error *error)
{
    size_t parties = utilities->compiled->party_count;
    if (party != TRUCE_NOBODY && party >= parties)
        return error_say(error, TRUCE_CALL,
                         "there are %zu parties, from 0, and %zu is none of them",
                         parties, party);
    truce_status status = look_at_values(utilities, outcomes, count, error);
    if (status != TRUCE_OK)
        return status;
    if (party != TRUCE_NOBODY)
        rate(utilities, party, party, outcomes, count, worth);
    else if (parties > 0)
        rate(utilities, 0, parties - 1, outcomes, count, worth);
    return TRUCE_OK;
}
