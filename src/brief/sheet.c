/* Scores of parties, value by value: the tables that the space was compiled to, as
 * utilities. A sheet reads nothing of the parties that it is not for. */
#include <truce/brief.h>

#include "scenario/grounds.h"
#include "scenario/result.h"
#include "space/space.h"

#include <math.h>

static bool is_said_aloud(const truce_label *label)
{
    return label->claims.count > 0;
}

/* Stable, so that ties keep the order of the file; issues are few. */
static const size_t *by_spread(arena *memory, const double *spread, size_t count)
{
    size_t *order = arena_array(memory, count, size_t);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && spread[order[at - 1]] < spread[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static const double *points_of(arena *memory, const space *compiled, size_t party,
                               size_t issue, double *spread)
{
    size_t count = compiled->value_counts[issue];
    const wide *sums = compiled->parties[party].tables[issue];
    double *points = arena_array(memory, count, double);
    wide least = sums[0], greatest = sums[0];
    for (size_t v = 0; v < count; v++) {
        points[v] = space_utility(compiled, party, sums[v]);
        least = sums[v] < least ? sums[v] : least;
        greatest = sums[v] > greatest ? sums[v] : greatest;
    }
    *spread = space_utility(compiled, party, greatest - least);
    return points;
}

static truce_scorecard score_of(arena *memory, const space *compiled, size_t party)
{
    const space_party *of = &compiled->parties[party];
    const double **points = arena_array(memory, compiled->issue_count, const double *);
    double *spread = arena_array(memory, compiled->issue_count, double);
    double *bonuses = arena_array(memory, of->bonus_count, double);
    for (size_t i = 0; i < compiled->issue_count; i++)
        points[i] = points_of(memory, compiled, party, i, &spread[i]);
    for (size_t b = 0; b < of->bonus_count; b++)
        bonuses[b] = space_utility(compiled, party, of->bonuses[b].amount);
    return (truce_scorecard){
        .party = party,
        .points = points,
        .spread = spread,
        .by_spread = by_spread(memory, spread, compiled->issue_count),
        .bonuses = bonuses,
        .today =
            space_utility(compiled, party, space_sum(compiled, party, compiled->today)),
        .outside = space_floor(compiled, party),
    };
}

static bool is_scored(const truce_sheet *sheet, size_t party)
{
    return sheet->finding.scenario->parties[party].preferences.given &&
           (sheet->reader == TRUCE_NOBODY || sheet->reader == party);
}

static void find_scores(truce_sheet *sheet, const space *compiled)
{
    arena *memory = result_memory(&sheet->finding);
    truce_scorecard *scores =
        arena_array(memory, compiled->party_count, truce_scorecard);
    for (size_t p = 0; p < compiled->party_count; p++)
        if (is_scored(sheet, p))
            scores[sheet->score_count++] = score_of(memory, compiled, p);
    sheet->scores = scores;
}

/* What the reader itself said, and what others said aloud. */
static void ground(grounds *all, const truce_sheet *sheet, size_t by,
                   const truce_label *label)
{
    if (sheet->reader != TRUCE_NOBODY && (by == sheet->reader || is_said_aloud(label)))
        grounds_label(all, label);
}

static void find_grounds(truce_sheet *sheet)
{
    const truce_scenario *scenario = sheet->finding.scenario;
    grounds all = grounds_begin(scenario);
    for (size_t s = 0; s < sheet->score_count; s++)
        grounds_preferences(&all, sheet->scores[s].party);
    for (size_t d = 0; d < scenario->demand_count; d++)
        ground(&all, sheet, scenario->demands[d].by, &scenario->demands[d].label);
    for (size_t r = 0; r < scenario->rule_count; r++)
        ground(&all, sheet, scenario->rules[r].by, &scenario->rules[r].label);
    for (size_t c = 0; c < scenario->order_count; c++)
        ground(&all, sheet, scenario->order[c].by, &scenario->order[c].label);
    for (size_t t = 0; t < scenario->threat_count; t++)
        ground(&all, sheet, scenario->threats[t].by, &scenario->threats[t].label);
    for (size_t d = 0; d < scenario->deadline_count; d++)
        ground(&all, sheet, scenario->deadlines[d].by, &scenario->deadlines[d].label);
    sheet->finding.grounds = grounds_end(&all, result_memory(&sheet->finding));
}

truce_status truce_sheet_find(const truce_scenario *scenario, size_t reader,
                              const truce_stop *stop, truce_sheet **result,
                              truce_error *error)
{
    (void)stop; /* it is a matter of reading */
    (void)error;
    truce_sheet *sheet = result_new(sizeof *sheet, scenario, "sheet");
    space *compiled = space_new(scenario, NULL);
    sheet->reader = reader;
    find_scores(sheet, compiled);
    find_grounds(sheet);
    result_proved(&sheet->finding, "sums of the file's numbers");
    space_qualify(compiled, &sheet->finding);
    space_free(compiled);
    *result = sheet;
    return TRUCE_OK;
}

void truce_sheet_free(truce_sheet *result)
{
    result_free(result ? &result->finding : NULL);
}
