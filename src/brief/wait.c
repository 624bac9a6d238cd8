/* wait: the same questions asked at later dates, and with each threat carried out.
 * Nothing here says that waiting helps: floors fall or rise, and more or fewer outcomes
 * clear them. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/stop.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "space/space.h"

#include <truce/brief.h>

#include <string.h>

enum { DAYS_BY_DEFAULT = 180, STEP_BY_DEFAULT = 30, MOST_DATES = 1000 };

static const char *const point_names[TRUCE_POINT_KINDS] = {
    [TRUCE_NASH] = "the Nash point",
    [TRUCE_KALAI_SMORODINSKY] = "the Kalai-Smorodinsky point",
    [TRUCE_EGALITARIAN] = "the egalitarian point",
    [TRUCE_UTILITARIAN] = "the utilitarian point",
};

/* The deals of one date, as far as they are compared with the next one's. */
typedef struct snapshot {
    const char *exists;
    const char *points[TRUCE_POINT_KINDS];
} snapshot;

/* Everything at hand while the answer is written. */
typedef struct desk {
    truce_wait *wait;
    arena *memory;
    const truce_scenario *scenario;
    const truce_stop *stop;
    bool complete;
    truce_value *today;
} desk;

/* "exchange=all-for-all, summit=UA-RU": what an outcome changes against today. */
static const char *changes_text(desk *at, const truce_value *outcome)
{
    const char *text = "";
    for (size_t i = 0; i < at->scenario->issue_count; i++)
        if (outcome[i] != at->today[i])
            text = arena_format(at->memory, "%s%s%s=%s", text, *text ? ", " : "",
                                at->scenario->issues[i].label.id,
                                at->scenario->issues[i].values[outcome[i]]);
    return *text ? text : "as today";
}

static const char *point_text(desk *at, const truce_point *point)
{
    if (point->count == 0)
        return "none";
    const char *text = changes_text(at, point->outcomes[0].outcome);
    for (size_t k = 1; k < point->count && k < 3; k++)
        text = arena_format(at->memory, "%s; or %s", text,
                            changes_text(at, point->outcomes[k].outcome));
    return point->count > 3
               ? arena_format(at->memory, "%s; or %zu more", text, point->count - 3)
               : text;
}

static snapshot snapshot_of(desk *at, const truce_deals *deals, truce_status status)
{
    snapshot now = {.exists =
                        status == TRUCE_NONE ? "no"
                        : deals->acceptable.exact || deals->acceptable.low[0] != '0'
                            ? "yes"
                            : "not known"};
    for (size_t k = 0; k < TRUCE_POINT_KINDS; k++)
        now.points[k] = deals->efficient.exact || status == TRUCE_NONE
                            ? point_text(at, &deals->points[k])
                            : NULL;
    return now;
}

static truce_count own_count(desk *at, truce_count count)
{
    return (truce_count){arena_text(at->memory, count.exact),
                         arena_text(at->memory, count.low),
                         arena_text(at->memory, count.high)};
}

/* Asks deals at one date; the snapshot is what may change from date to date. */
static truce_status look(desk *at, int64_t day, size_t parts_left,
                         truce_wait_date *date, snapshot *now, truce_error *error)
{
    truce_deals *deals = NULL;
    truce_stop share = stop_share(at->stop, parts_left);
    truce_status status = truce_deals_find(
        at->scenario, &(truce_deals_choices){.day = day}, &share, &deals, error);
    if (deals == NULL)
        return status;
    *date = (truce_wait_date){
        .day = day,
        .floors = arena_copy(at->memory, deals->floors,
                             at->scenario->party_count * sizeof(double)),
        .acceptable = own_count(at, deals->acceptable),
    };
    *now = snapshot_of(at, deals, status);
    at->complete &= status != TRUCE_LIMIT;
    truce_deals_free(deals);
    return TRUCE_OK;
}

static void note_change(desk *at, truce_wait_change *changes, int64_t day,
                        const char *what, const char *before, const char *after)
{
    if (before && after && strcmp(before, after) != 0)
        changes[at->wait->change_count++] =
            (truce_wait_change){day, what, before, after};
}

static truce_status look_at_dates(desk *at, int64_t days, int64_t step, size_t parts,
                                  truce_error *error)
{
    size_t count = (size_t)(days / step) + 1;
    truce_wait_date *dates = arena_array(at->memory, count, truce_wait_date);
    truce_wait_change *changes =
        arena_array(at->memory, count * (1 + TRUCE_POINT_KINDS), truce_wait_change);
    snapshot before = {0};
    for (size_t k = 0; k < count; k++) {
        snapshot now;
        int64_t day = (int64_t)k * step;
        truce_status status = look(at, day, parts - k, &dates[k], &now, error);
        if (status != TRUCE_OK)
            return status;
        stop_tell(at->stop, "looking ahead", (double)k / (double)parts);
        if (k > 0)
            note_change(at, changes, day, "a deal exists", before.exists, now.exists);
        for (size_t kind = 0; kind < TRUCE_POINT_KINDS && k > 0; kind++)
            note_change(at, changes, day, point_names[kind], before.points[kind],
                        now.points[kind]);
        before = now;
    }
    at->wait->dates = dates;
    at->wait->date_count = count;
    at->wait->changes = changes;
    return TRUCE_OK;
}

/* ---- threats --------------------------------------------------------------------- */

static const double *utility_changes(desk *at, const space *compiled,
                                     const truce_value *carried_out)
{
    double *changes = arena_array(at->memory, compiled->party_count, double);
    for (size_t p = 0; p < compiled->party_count; p++)
        changes[p] = space_utility(compiled, p,
                                   space_sum(compiled, p, carried_out) -
                                       space_sum(compiled, p, compiled->today));
    return changes;
}

/* Each reading of a threat moves the same floors: they are counted once for the threat.
 */
static truce_status count_with_floors_moved(desk *at, const truce_threat *threat,
                                            double *moves, truce_count *acceptable,
                                            size_t parts_left, truce_error *error)
{
    truce_decimal *shift =
        arena_array(at->memory, at->scenario->party_count, truce_decimal);
    for (size_t k = 0; k < threat->outside_count; k++) {
        const truce_floor_effect *effect = &threat->outside[k];
        shift[effect->party] = effect->change.mode;
        moves[effect->party] = decimal_double(effect->change.mode);
    }
    *acceptable = at->wait->dates[0].acceptable;
    if (threat->outside_count == 0)
        return TRUCE_OK;
    truce_deals *deals = NULL;
    truce_stop share = stop_share(at->stop, parts_left);
    truce_status status =
        truce_deals_find(at->scenario, &(truce_deals_choices){.floor_shift = shift},
                         &share, &deals, error);
    if (deals == NULL)
        return status;
    *acceptable = own_count(at, deals->acceptable);
    at->complete &= status != TRUCE_LIMIT;
    truce_deals_free(deals);
    return TRUCE_OK;
}

static truce_threat_effect effect_of(desk *at, const space *compiled, size_t threat,
                                     size_t reading)
{
    const truce_threat *one = &at->scenario->threats[threat];
    truce_value *outcome =
        arena_copy(at->memory, at->today, compiled->issue_count * sizeof *outcome);
    if (reading != TRUCE_NOBODY)
        settings_apply(&one->readings[reading], outcome);
    return (truce_threat_effect){
        .threat = threat,
        .reading = reading,
        .changes = utility_changes(at, compiled, outcome),
        .idle =
            reading != TRUCE_NOBODY &&
            memcmp(outcome, at->today, compiled->issue_count * sizeof *outcome) == 0,
    };
}

static size_t readings_of_all(const truce_scenario *scenario)
{
    size_t count = 0;
    for (size_t t = 0; t < scenario->threat_count; t++)
        count +=
            scenario->threats[t].reading_count ? scenario->threats[t].reading_count : 1;
    return count;
}

static truce_status look_at_threats(desk *at, const space *compiled, truce_error *error)
{
    const truce_scenario *scenario = at->scenario;
    truce_threat_effect *effects =
        arena_array(at->memory, readings_of_all(scenario), truce_threat_effect);
    for (size_t t = 0; t < scenario->threat_count; t++) {
        const truce_threat *threat = &scenario->threats[t];
        double *moves = arena_array(at->memory, scenario->party_count, double);
        truce_count acceptable;
        truce_status status = count_with_floors_moved(
            at, threat, moves, &acceptable, scenario->threat_count - t, error);
        if (status != TRUCE_OK)
            return status;
        size_t readings = threat->reading_count ? threat->reading_count : 1;
        for (size_t r = 0; r < readings; r++) {
            truce_threat_effect *effect = &effects[at->wait->threat_count++];
            *effect =
                effect_of(at, compiled, t, threat->reading_count ? r : TRUCE_NOBODY);
            effect->floor_moves = moves;
            effect->acceptable = acceptable;
        }
    }
    at->wait->threats = effects;
    return TRUCE_OK;
}

/* ---- the whole ------------------------------------------------------------------- */

static void tell_grounds(desk *at)
{
    grounds used = grounds_begin(at->scenario);
    grounds_acceptability(&used);
    for (size_t t = 0; t < at->scenario->threat_count; t++) {
        grounds_label(&used, &at->scenario->threats[t].label);
        for (size_t k = 0; k < at->scenario->threats[t].outside_count; k++)
            grounds_number(&used, &at->scenario->threats[t].outside[k].change);
    }
    for (size_t d = 0; d < at->scenario->deadline_count; d++)
        grounds_label(&used, &at->scenario->deadlines[d].label);
    at->wait->finding.grounds = grounds_end(&used, at->memory);
}

static void tell_proof(desk *at, const space *compiled)
{
    if (at->complete)
        result_proved(&at->wait->finding,
                      "every outcome is accounted for at each of %zu dates",
                      at->wait->date_count);
    else
        result_bounded(&at->wait->finding,
                       "stopped before every outcome was accounted for at each date");
    space_qualify(compiled, &at->wait->finding);
}

static truce_status fill(desk *at, int64_t days, int64_t step, truce_error *error)
{
    space *compiled = space_new(at->scenario, NULL);
    at->today = arena_copy(at->memory, compiled->today,
                           compiled->issue_count * sizeof *compiled->today);
    size_t parts = (size_t)(days / step) + 1 + at->scenario->threat_count;
    truce_status status = look_at_dates(at, days, step, parts, error);
    if (status == TRUCE_OK)
        status = look_at_threats(at, compiled, error);
    if (status == TRUCE_OK) {
        tell_grounds(at);
        tell_proof(at, compiled);
    }
    space_free(compiled);
    return status;
}

truce_status truce_wait_find(const truce_scenario *scenario,
                             const truce_wait_choices *choices, const truce_stop *stop,
                             truce_wait **result, truce_error *error)
{
    int64_t days = choices && choices->days ? choices->days : DAYS_BY_DEFAULT;
    int64_t step = choices && choices->step ? choices->step : STEP_BY_DEFAULT;
    if (days < 0 || step < 0 || days / step >= MOST_DATES)
        return error_say(error, TRUCE_CALL,
                         "days and step must be positive and make at most %d dates",
                         MOST_DATES);
    truce_wait *wait = result_new(sizeof *wait, scenario, "wait");
    desk at = {.wait = wait,
               .memory = result_memory(&wait->finding),
               .scenario = scenario,
               .stop = stop,
               .complete = true};
    truce_status status = fill(&at, days, step, error);
    if (status != TRUCE_OK) {
        truce_wait_free(wait);
        return status;
    }
    *result = wait;
    return at.complete ? TRUCE_OK : TRUCE_LIMIT;
}

void truce_wait_free(truce_wait *result)
{
    result_free(result ? &result->finding : NULL);
}
