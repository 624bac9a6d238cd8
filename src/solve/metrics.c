/* metrics: what characterises a domain. The frontier tells how near the best outcomes
 * come to satisfying everybody; tables tell means and correlations of sums of
 * independent issues exactly; a sample, which in a small space is all of it, tells the
 * rest. docs/questions/metrics.md has the definitions and their sources. */
#include "base/error.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "solve/count.h"
#include "solve/fair.h"
#include "solve/sample.h"

#include <truce/frontier.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FRONTIER_BYTES = 1 << 30 };

static const double COUNT_SECONDS = 2; /* a count out of reach is drawn instead */

typedef struct measuring {
    truce_metrics *to;
    const space *compiled;
    const space *judged; /* with the floors by which outcomes are rational */
    const truce_stop *stop;
    sample *outcomes;
    bool none, drawn, missing;
} measuring;

static arena *memory_of(const measuring *at)
{
    return result_memory(&at->to->finding);
}

static const space_party *party_at(const measuring *at, size_t k)
{
    return &at->compiled->parties[at->to->parties.items[k]];
}

static double *numbers(const measuring *at)
{
    return arena_array(memory_of(at), at->to->parties.count + 1, double);
}

/* ---- sums of independent issues -------------------------------------------------- */

static wide largest_sum(const space *compiled, const space_party *party)
{
    wide sum = 0;
    for (size_t i = 0; i < compiled->issue_count; i++) {
        wide smallest, largest;
        space_range(compiled, party, i, &smallest, &largest);
        sum += largest;
    }
    return sum;
}

/* Is the utility the plain sum of its tables, with no bonus and no cap in reach? */
static bool is_additive(const measuring *at, size_t k)
{
    const space_party *party = party_at(at, k);
    return party->bonus_count == 0 &&
           (!party->capped || largest_sum(at->compiled, party) <= party->cap);
}

static double worth(const measuring *at, size_t k, size_t issue, truce_value value)
{
    return space_utility(at->compiled, at->to->parties.items[k],
                         party_at(at, k)->tables[issue][value]);
}

static double mean_of_issue(const measuring *at, size_t k, size_t issue)
{
    double sum = 0;
    for (truce_value v = 0; v < at->compiled->value_counts[issue]; v++)
        sum += worth(at, k, issue, v);
    return sum / at->compiled->value_counts[issue];
}

static double mean_of_tables(const measuring *at, size_t k)
{
    double mean = 0;
    for (size_t i = 0; i < at->compiled->issue_count; i++)
        mean += mean_of_issue(at, k, i);
    return mean;
}

/* Covariances of independent issues add up. */
static double covariance(const measuring *at, size_t one, size_t other)
{
    double all = 0;
    for (size_t i = 0; i < at->compiled->issue_count; i++) {
        double x = mean_of_issue(at, one, i), y = mean_of_issue(at, other, i), sum = 0;
        for (truce_value v = 0; v < at->compiled->value_counts[i]; v++)
            sum += (worth(at, one, i, v) - x) * (worth(at, other, i, v) - y);
        all += sum / at->compiled->value_counts[i];
    }
    return all;
}

static double correlation_of_tables(const measuring *at, size_t one, size_t other)
{
    double xx = covariance(at, one, one), yy = covariance(at, other, other);
    return xx > 0 && yy > 0 ? covariance(at, one, other) / sqrt(xx * yy) : NAN;
}

/* ---- the whole space ------------------------------------------------------------- */

/* From the sample; when it is one of draws, that is remembered. */
static double from_sample(measuring *at, double value)
{
    at->drawn |= !at->outcomes->whole;
    return value;
}

static double mean_of(measuring *at, size_t k)
{
    if (!at->outcomes->whole && is_additive(at, k))
        return mean_of_tables(at, k);
    return from_sample(at, sample_mean(at->outcomes, k));
}

static double correlation_of(measuring *at, size_t one, size_t other)
{
    if (!at->outcomes->whole && is_additive(at, one) && is_additive(at, other))
        return correlation_of_tables(at, one, other);
    return from_sample(at, sample_correlation(at->outcomes, one, other));
}

static void measure_pairs(measuring *at)
{
    double conflict = 0, correlation = 0;
    size_t pairs = 0;
    for (size_t one = 0; one < at->to->parties.count; one++)
        for (size_t other = one + 1; other < at->to->parties.count; other++) {
            conflict += from_sample(at, sample_conflict(at->outcomes, one, other));
            correlation += correlation_of(at, one, other);
            pairs++;
        }
    at->to->conflict = pairs ? conflict / (double)pairs : NAN;
    at->to->correlation = pairs ? correlation / (double)pairs : NAN;
}

static void measure_space(measuring *at)
{
    double *mean = numbers(at);
    at->outcomes = sample_new(at->judged, at->to->parties, at->stop);
    bool usable = !at->outcomes->stopped;
    at->to->mean = mean;
    at->to->conflict = at->to->correlation = NAN;
    at->missing |= !usable;
    for (size_t k = 0; k < at->to->parties.count; k++)
        mean[k] = usable ? mean_of(at, k) : NAN;
    if (usable)
        measure_pairs(at);
}

/* NegMAS calls an outcome rational when it is worth more than each reservation value. */
static space strictly_judged(const space *compiled, arena *memory)
{
    space judged = *compiled;
    space_party *parties = arena_copy(
        memory, compiled->parties, compiled->party_count * sizeof *compiled->parties);
    for (size_t p = 0; p < compiled->party_count; p++)
        parties[p].floor = parties[p].disagreement + 1;
    judged.parties = parties;
    return judged;
}

/* ---- counts ---------------------------------------------------------------------- */

/* Permitted, and every floor of the parties judged reached. */
static acceptance rational_for(const measuring *at, arena *memory)
{
    acceptance all = acceptance_of_permitted(at->judged, memory);
    size_t count = at->to->parties.count;
    acceptance_party *parties = arena_array(memory, count + 1, acceptance_party);
    for (size_t k = 0; k < count; k++)
        if (party_at(at, k)->has_floor)
            parties[all.party_count++] =
                (acceptance_party){.party = at->to->parties.items[k], .floor = true};
    all.parties = parties;
    return all;
}

static truce_stop for_a_count(const measuring *at)
{
    truce_stop short_stop = at->stop ? *at->stop : (truce_stop){0};
    double end = truce_seconds() + COUNT_SECONDS;
    if (short_stop.deadline == 0 || short_stop.deadline > end)
        short_stop.deadline = end;
    return short_stop;
}

static void set_fraction(measuring *at, mpz_srcptr rational, mpz_srcptr all)
{
    mpq_t fraction;
    mpq_init(fraction);
    mpz_set(mpq_numref(fraction), rational);
    mpz_set(mpq_denref(fraction), all);
    mpq_canonicalize(fraction);
    at->to->rational_fraction = mpq_get_d(fraction);
    mpq_clear(fraction);
}

static void measure_counts(measuring *at)
{
    mpz_t all;
    arena memory = {0};
    count_result rational;
    acceptance what = rational_for(at, &memory);
    truce_stop stop = for_a_count(at);
    mpz_inits(all, rational.least, rational.most, NULL);
    space_count(at->compiled, all);
    at->to->outcomes.exact = big_text(memory_of(at), all);
    count_accepted(at->judged, &what, NULL, &stop, &rational);
    at->to->rational = count_told(&at->to->finding, &rational);
    if (rational.complete)
        set_fraction(at, rational.least, all);
    else if (!at->outcomes->stopped)
        at->to->rational_fraction = from_sample(at, sample_rational(at->outcomes));
    mpz_clears(all, rational.least, rational.most, NULL);
    arena_free(&memory);
}

/* ---- the frontier ---------------------------------------------------------------- */

/* What full satisfaction is on the file's scale. */
static double scale_of(const measuring *at, size_t k)
{
    const truce_scenario *scenario = at->to->finding.scenario;
    return scenario->parties[at->to->parties.items[k]].preferences.sum_as_given ? 1
                                                                                : 100;
}

/* How much a point lacks of full satisfaction, from 0. */
static double shortfall(double utility, double full)
{
    double missing = 1 - utility / full;
    return missing > 0 ? missing : 0;
}

typedef struct distances {
    double euclidean, largest, relative;
} distances;

static distances distances_of(const measuring *at, const double *utilities)
{
    distances from = {0};
    for (size_t k = 0; k < at->to->parties.count; k++) {
        double missing = shortfall(utilities[k], scale_of(at, k));
        double relative = shortfall(utilities[k], at->to->greatest[k]);
        from.euclidean += missing * missing;
        from.relative += relative * relative;
        from.largest = fmax(from.largest, missing);
    }
    from.euclidean = sqrt(from.euclidean);
    from.relative = sqrt(from.relative);
    return from;
}

/* Exact sums of a point, by its outcome. */
static void sums_of(const measuring *at, const truce_frontier *frontier, size_t point,
                    truce_value *outcome, wide *sums)
{
    truce_frontier_outcome(frontier, point, outcome);
    for (size_t k = 0; k < at->to->parties.count; k++)
        sums[k] = space_sum(at->compiled, at->to->parties.items[k], outcome);
}

static bool reaches_floors(const measuring *at, const wide *sums)
{
    for (size_t k = 0; k < at->to->parties.count; k++)
        if (party_at(at, k)->has_floor && sums[k] < party_at(at, k)->floor)
            return false;
    return true;
}

/* The distance of the points whose utilities differ least; of tied ones the nearest. */
static void measure_kalai(measuring *at, const truce_frontier *frontier,
                          const wide *const *rows)
{
    size_t count = at->to->parties.count;
    wide *denominators = must_allocate_zeroed(count, sizeof *denominators);
    wide *zeros = must_allocate_zeroed(count, sizeof *zeros);
    bool *best = must_allocate(frontier->size);
    memset(best, true, frontier->size);
    for (size_t k = 0; k < count; k++)
        denominators[k] = party_at(at, k)->denominator;
    fair_game game = {count, denominators, zeros, zeros};
    fair_keep_best(&game, FAIR_DIFFERENCES, rows, frontier->size, best);
    at->to->opposition_kalai = INFINITY;
    for (size_t i = 0; i < frontier->size; i++)
        if (best[i])
            at->to->opposition_kalai =
                fmin(at->to->opposition_kalai,
                     distances_of(at, frontier->utilities + i * count).euclidean);
    free(denominators);
    free(zeros);
    free(best);
}

static void take_largest(double *largest, const double *utilities, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (!(largest[k] >= utilities[k])) /* also when nothing is known yet */
            largest[k] = utilities[k];
}

static void measure_points(measuring *at, const truce_frontier *frontier,
                           double *best_rational, double *greatest)
{
    truce_metrics *to = at->to;
    size_t count = to->parties.count;
    wide *sums = must_allocate_zeroed(frontier->size * count, sizeof *sums);
    const wide **rows = must_allocate_zeroed(frontier->size, sizeof *rows);
    truce_value *outcome =
        arena_array(memory_of(at), at->compiled->issue_count + 1, truce_value);
    for (size_t i = 0; i < frontier->size; i++) {
        rows[i] = sums + i * count;
        sums_of(at, frontier, i, outcome, sums + i * count);
        take_largest(greatest, frontier->utilities + i * count, count);
        bool rational = reaches_floors(at, rows[i]);
        if (rational)
            take_largest(best_rational, frontier->utilities + i * count, count);
        to->frontier_size += rational || to->finding.scenario->as != TRUCE_AS_NEGMAS;
    }
    to->opposition_genius = to->opposition_negmas = to->opposition_minmax = INFINITY;
    for (size_t i = 0; i < frontier->size; i++) {
        distances from = distances_of(at, frontier->utilities + i * count);
        to->opposition_genius = fmin(to->opposition_genius, from.euclidean);
        to->opposition_negmas = fmin(to->opposition_negmas, from.relative);
        to->opposition_minmax = fmin(to->opposition_minmax, from.largest);
    }
    measure_kalai(at, frontier, rows);
    free(sums);
    free(rows);
}

/* Every party's largest utility stands on the frontier, and the nearest outcome to full
 * satisfaction, by whatever measure that no gain makes worse. */
static void measure_frontier(measuring *at)
{
    truce_metrics *to = at->to;
    truce_frontier *frontier = NULL;
    truce_frontier_choices choices = {
        .over = to->parties, .uncounted = true, .memory = FRONTIER_BYTES};
    truce_stop half = stop_share(at->stop, 2);
    double *best_rational = numbers(at), *greatest = numbers(at);
    for (size_t k = 0; k < to->parties.count; k++)
        best_rational[k] = greatest[k] = NAN;
    to->best_rational = best_rational;
    to->greatest = greatest;
    to->opposition_genius = to->opposition_kalai = NAN;
    to->opposition_negmas = to->opposition_minmax = NAN;
    truce_status status =
        truce_frontier_find(to->finding.scenario, &choices, &half, &frontier, NULL);
    at->none = status == TRUCE_NONE;
    if (status == TRUCE_OK)
        measure_points(at, frontier, best_rational, greatest);
    at->missing |= status != TRUCE_OK && status != TRUCE_NONE;
    truce_frontier_free(frontier);
}

/* ---- the ends of the ranges ------------------------------------------------------ */

static double end_of_range(measuring *at, size_t k, bool worst)
{
    truce_best *best = NULL;
    size_t party = at->to->parties.items[k];
    truce_best_choices choices = {.party = party, .top = 1, .worst = worst};
    truce_stop share = stop_share(at->stop, 2);
    truce_status status =
        truce_best_find(at->to->finding.scenario, &choices, &share, &best, NULL);
    bool found = status == TRUCE_OK && best->count > 0;
    double utility = found ? best->utilities[party] : NAN;
    at->missing |= !found && !at->none;
    truce_best_free(best);
    return utility;
}

/* Without the frontier, what is greatest is looked for as what is least is. */
static void measure_ranges(measuring *at)
{
    double *least = numbers(at), *greatest = numbers(at), *reservation = numbers(at);
    for (size_t k = 0; k < at->to->parties.count; k++) {
        least[k] = at->none ? NAN : end_of_range(at, k, true);
        greatest[k] = at->to->frontier_size ? at->to->greatest[k]
                      : at->none            ? NAN
                                            : end_of_range(at, k, false);
        reservation[k] = space_floor(at->compiled, at->to->parties.items[k]);
    }
    at->to->least = least;
    at->to->greatest = greatest;
    at->to->reservation = reservation;
}

/* ---- the answer ------------------------------------------------------------------ */

static bool choose_parties(truce_metrics *to, const truce_list *over)
{
    const truce_scenario *scenario = to->finding.scenario;
    size_t *items =
        arena_array(result_memory(&to->finding), scenario->party_count + 1, size_t);
    size_t count = 0;
    for (size_t k = 0; over && k < over->count; k++)
        if (over->items[k] >= scenario->party_count ||
            !scenario->parties[over->items[k]].preferences.given)
            return false;
    for (size_t p = 0; p < scenario->party_count; p++) {
        bool chosen = over && over->count ? list_holds(over, p)
                                          : scenario->parties[p].preferences.given;
        if (chosen)
            items[count++] = p;
    }
    to->parties = (truce_list){items, count};
    return count > 0;
}

static void tell_grounds(const measuring *at)
{
    grounds used = grounds_begin(at->to->finding.scenario);
    for (size_t k = 0; k < at->to->parties.count; k++)
        grounds_preferences(&used, at->to->parties.items[k]);
    at->to->finding.grounds = grounds_end(&used, memory_of(at));
}

static void tell_proof(const measuring *at)
{
    truce_finding *finding = &at->to->finding;
    bool counted = at->to->rational.exact != NULL;
    if (at->missing)
        result_bounded(finding, "what is not told was not reached in the time given");
    else
        result_proved(finding, "every outcome is accounted for");
    if (at->drawn && !at->missing) {
        finding->proof.how = TRUCE_SAMPLED;
        finding->proof.by = counted
                                ? "the conflict is from draws of outcomes, and with it "
                                  "what depends on bonuses; all else is exact"
                                : "the conflict and the rational fraction are from "
                                  "draws of outcomes, and with them what depends on "
                                  "bonuses; all else is exact";
    }
    if (at->drawn) {
        finding->proof.seed = SAMPLE_SEED;
        finding->proof.draws = SAMPLE_DRAWS;
    }
    space_qualify(at->compiled, finding);
}

truce_status truce_metrics_find(const truce_scenario *scenario, const truce_list *over,
                                const truce_stop *stop, truce_metrics **result,
                                truce_error *error)
{
    truce_metrics *to = result_new(sizeof *to, scenario, "metrics");
    *result = NULL;
    if (!choose_parties(to, over)) {
        truce_metrics_free(to);
        return error_say(error, TRUCE_CALL,
                         "metrics are of parties that have preferences");
    }
    space *compiled = space_new(scenario, NULL);
    space strict = strictly_judged(compiled, result_memory(&to->finding));
    measuring at = {.to = to,
                    .compiled = compiled,
                    .judged = scenario->as == TRUCE_AS_NEGMAS ? &strict : compiled,
                    .stop = stop};
    to->rational_fraction = NAN;
    measure_space(&at);
    measure_counts(&at);
    measure_frontier(&at);
    measure_ranges(&at);
    tell_grounds(&at);
    tell_proof(&at);
    sample_free(at.outcomes);
    space_free(compiled);
    *result = to;
    return at.none ? TRUCE_NONE : at.missing ? TRUCE_LIMIT : TRUCE_OK;
}

void truce_metrics_free(truce_metrics *result)
{
    result_free(result ? &result->finding : NULL);
}
