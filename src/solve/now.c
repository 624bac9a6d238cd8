/* What can be signed today: every change of `size` issues is looked at in the order of
 * the file.
 *
 * A partial deal does not foreclose the outside option, so everything is a change
 * against S: the utilities, and the red lines and rules, which count only when they are
 * newly broken. */
#include <truce/solve.h>

#include "base/error.h"
#include "base/stop.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "space/space.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LISTED = 10000, CHANGES_BETWEEN_LOOKS = 256 };

typedef struct signing {
    const truce_scenario *scenario;
    const space *space;
    truce_now *result;
    arena work;
    size_t size, most;
    size_t *issues;       /* [size] that are changed, ascending */
    truce_value *outcome; /* [issue_count] S with the change */
    bool *held;           /* [issue_count] some order constraint holds it back */
    bool *needed;         /* [party_count] */
    wide *today;          /* [party_count] sums of S */
    wide *sums;           /* [party_count] sums of the change */
    truce_move *moves;
    size_t count, room;
    const truce_stop *stop;
    bool stopped;
} signing;

/* ---- may it be a move? ----------------------------------------------------------- */

static void mark_held(signing *of)
{
    for (size_t c = 0; c < of->scenario->order_count; c++) {
        const truce_constraint *constraint = &of->scenario->order[c];
        if (!is_holding(of->scenario, constraint, of->space->today))
            continue;
        for (size_t i = 0; i < constraint->then.issues.count; i++)
            of->held[constraint->then.issues.items[i]] = true;
    }
}

static bool is_held(const signing *of)
{
    for (size_t k = 0; k < of->size; k++)
        if (of->held[of->issues[k]])
            return true;
    return false;
}

/* Rules whose owner is `by`; TRUCE_NOBODY for logic. */
static bool newly_breaks_rule(const signing *of, size_t by)
{
    for (size_t r = 0; r < of->scenario->rule_count; r++) {
        const truce_rule *rule = &of->scenario->rules[r];
        if (rule->by == by && is_rule_broken(rule, of->outcome) &&
            !is_rule_broken(rule, of->space->today))
            return true;
    }
    return false;
}

static bool newly_breaks_red_line(const signing *of, size_t party)
{
    const truce_preferences *preferences = &of->scenario->parties[party].preferences;
    for (size_t r = 0; r < preferences->red_line_count; r++) {
        const truce_condition *line = preferences->red_lines[r].condition;
        if (truce_condition_holds(line, of->outcome) &&
            !truce_condition_holds(line, of->space->today))
            return true;
    }
    return false;
}

static bool is_refused_by_some(const signing *of)
{
    for (size_t p = 0; p < of->scenario->party_count; p++)
        if (of->needed[p] && (of->sums[p] < of->today[p] ||
                              newly_breaks_red_line(of, p) || newly_breaks_rule(of, p)))
            return true;
    return false;
}

static bool gains_some_principal(const signing *of)
{
    for (size_t p = 0; p < of->scenario->party_count; p++)
        if (of->scenario->parties[p].role == TRUCE_PRINCIPAL &&
            of->sums[p] > of->today[p])
            return true;
    return false;
}

/* ---- what is said of a move ------------------------------------------------------ */

static truce_settings setting_of(signing *of)
{
    truce_setting *items =
        arena_array(result_memory(&of->result->finding), of->size, truce_setting);
    for (size_t k = 0; k < of->size; k++)
        items[k] = (truce_setting){of->issues[k], of->outcome[of->issues[k]]};
    return (truce_settings){items, of->size};
}

static bool has_setting(const truce_settings *all, truce_setting one)
{
    bool has = false;
    for (size_t s = 0; s < all->count; s++)
        if (all->items[s].issue == one.issue)
            has = all->items[s].value == one.value; /* the last one counts */
    return has;
}

static bool has_settings(const truce_settings *all, const truce_settings *some)
{
    for (size_t s = 0; s < some->count; s++)
        if (!has_setting(all, some->items[s]))
            return false;
    return true;
}

/* Agreed when an agreement holds every change of the move; refused when an offer equal
 * to it was. What was agreed after a refusal, or before one, is agreed. */
static truce_seen seen_as(const truce_scenario *scenario, const truce_settings *move)
{
    for (size_t a = 0; a < scenario->agreement_count; a++)
        if (scenario->agreements[a].state != TRUCE_ENDED &&
            has_settings(&scenario->agreements[a].set, move))
            return TRUCE_SEEN_AGREED;
    for (size_t o = 0; o < scenario->observed_count; o++) {
        const truce_observation *seen = &scenario->observed[o];
        if (seen->refused_by.count > 0 && has_settings(&seen->offer, move) &&
            has_settings(move, &seen->offer))
            return TRUCE_SEEN_REFUSED;
    }
    return TRUCE_UNSEEN;
}

static truce_signing signing_of(mandate may)
{
    return may == MANDATE_SIGN    ? TRUCE_MAY_SIGN
           : may == MANDATE_REFER ? TRUCE_MUST_REFER
                                  : TRUCE_CANNOT_SIGN;
}

static void find_signing(signing *of, truce_move *move)
{
    arena *memory = result_memory(&of->result->finding);
    size_t parties = of->scenario->party_count;
    truce_signing *may = arena_array(memory, parties, truce_signing);
    bool *absent = arena_array(memory, parties, bool);
    for (size_t p = 0; p < parties; p++) {
        if (!of->needed[p])
            continue;
        mandate reach =
            scenario_mandate(of->scenario, p, of->space->today, of->outcome);
        may[p] = signing_of(reach);
        absent[p] = reach == MANDATE_ABSENT;
        if (may[p] > move->may_sign)
            move->may_sign = may[p];
    }
    move->signing = may;
    move->absent = absent;
}

static const double *changes_of(signing *of)
{
    size_t parties = of->scenario->party_count;
    double *changes = arena_array(result_memory(&of->result->finding), parties, double);
    for (size_t p = 0; p < parties; p++)
        changes[p] = space_utility(of->space, p, of->sums[p] - of->today[p]);
    return changes;
}

static void keep_move(signing *of)
{
    truce_move move = {
        .set = setting_of(of),
        .changes = changes_of(of),
        .needed = arena_copy(result_memory(&of->result->finding), of->needed,
                             of->scenario->party_count * sizeof *of->needed),
        .may_sign = TRUCE_MAY_SIGN,
    };
    move.seen = seen_as(of->scenario, &move.set);
    find_signing(of, &move);
    *grow(of->moves, of->count, of->room) = move;
}

/* ---- all changes ----------------------------------------------------------------- */

static void sum_up(signing *of, const truce_value *outcome, wide *sums)
{
    for (size_t p = 0; p < of->scenario->party_count; p++)
        sums[p] = space_sum(of->space, p, outcome);
}

/* False when it is over: no room for the move, or no time. */
static bool look_at_change(signing *of)
{
    if (of->result->tried % CHANGES_BETWEEN_LOOKS == 0 && stop_now(of->stop)) {
        of->stopped = true;
        return false;
    }
    of->result->tried++;
    if (is_held(of)) {
        of->result->held++;
        return true;
    }
    sum_up(of, of->outcome, of->sums);
    if (!gains_some_principal(of) || newly_breaks_rule(of, TRUCE_NOBODY))
        return true;
    scenario_needed(of->scenario, of->space->today, of->outcome, of->needed);
    if (is_refused_by_some(of))
        return true;
    of->result->cut = of->count == of->most;
    if (!of->result->cut)
        keep_move(of);
    return !of->result->cut;
}

/* The next value of one chosen issue, leaving out today's; false when it has come
 * round, and then it is at its first again. */
static bool next_value(signing *of, size_t issue)
{
    truce_value value = of->outcome[issue] + 1;
    value += value == of->space->today[issue];
    bool more = value < of->scenario->issues[issue].value_count;
    of->outcome[issue] = more ? value : of->space->today[issue] == 0;
    return more;
}

static bool can_change(const signing *of)
{
    for (size_t k = 0; k < of->size; k++)
        if (of->scenario->issues[of->issues[k]].value_count < 2)
            return false;
    return true;
}

/* Every choice of values for the chosen issues, the last issue turning fastest. */
static bool look_at_values(signing *of)
{
    if (!can_change(of))
        return true;
    for (size_t k = 0; k < of->size; k++)
        of->outcome[of->issues[k]] = of->space->today[of->issues[k]] == 0;
    bool going = look_at_change(of);
    for (size_t k = of->size; going && k > 0;)
        if (next_value(of, of->issues[k - 1])) {
            going = look_at_change(of);
            k = of->size;
        } else {
            k--;
        }
    for (size_t k = 0; k < of->size; k++)
        of->outcome[of->issues[k]] = of->space->today[of->issues[k]];
    return going;
}

/* The next choice of issues, in the order of the file; false after the last. */
static bool next_issues(signing *of)
{
    size_t k = of->size;
    while (k > 0 && of->issues[k - 1] == of->scenario->issue_count - of->size + k - 1)
        k--;
    if (k == 0)
        return false;
    of->issues[k - 1]++;
    for (; k < of->size; k++)
        of->issues[k] = of->issues[k - 1] + 1;
    return true;
}

static void look_at_all(signing *of)
{
    if (of->size > of->scenario->issue_count)
        return;
    for (size_t k = 0; k < of->size; k++)
        of->issues[k] = k;
    while (look_at_values(of) && next_issues(of))
        ;
}

/* ---- the answer ------------------------------------------------------------------ */

static const bool *below_floor(const signing *of)
{
    bool *below = arena_array(result_memory(&of->result->finding),
                              of->scenario->party_count, bool);
    for (size_t p = 0; p < of->scenario->party_count; p++)
        below[p] = of->space->parties[p].has_floor &&
                   of->today[p] < of->space->parties[p].floor;
    return below;
}

static void find_grounds(signing *of)
{
    const truce_scenario *scenario = of->scenario;
    grounds all = grounds_begin(scenario);
    grounds_acceptability(&all);
    for (size_t c = 0; c < scenario->order_count; c++)
        grounds_constraint(&all, c);
    for (size_t d = 0; d < scenario->delegation_count; d++)
        grounds_label(&all, &scenario->delegations[d].label);
    for (size_t a = 0; a < scenario->agreement_count; a++)
        grounds_label(&all, &scenario->agreements[a].label);
    for (size_t o = 0; o < scenario->observed_count; o++)
        grounds_label(&all, &scenario->observed[o].label);
    of->result->finding.grounds =
        grounds_end(&all, result_memory(&of->result->finding));
}

static void say_proof(signing *of)
{
    truce_now *result = of->result;
    if (of->stopped)
        result_bounded(&result->finding, "time ran out after %zu changes",
                       result->tried);
    else if (result->cut)
        result_bounded(&result->finding, "the list was cut at %zu moves",
                       result->count);
    else
        result_proved(&result->finding, "all %zu changes of %zu %s were looked at",
                      result->tried, of->size, of->size == 1 ? "issue" : "issues");
}

static truce_status end_with(signing *of, truce_error *error)
{
    truce_now *result = of->result;
    result->moves = arena_copy(result_memory(&result->finding), of->moves,
                               of->count * sizeof *of->moves);
    result->count = of->count;
    result->size = of->size;
    result->cut |= of->stopped;
    result->below_floor = below_floor(of);
    find_grounds(of);
    say_proof(of);
    space_qualify(of->space, &result->finding);
    free(of->moves);
    arena_free(&of->work);
    if (of->stopped)
        return error_say(error, TRUCE_LIMIT, "time ran out after %zu changes",
                         result->tried);
    return result->count > 0 ? TRUCE_OK : TRUCE_NONE;
}

truce_status truce_now_find(const truce_scenario *scenario,
                            const truce_now_choices *choices, const truce_stop *stop,
                            truce_now **result, truce_error *error)
{
    space *compiled = space_new(scenario, NULL);
    signing of = {
        .scenario = scenario,
        .space = compiled,
        .result = result_new(sizeof(truce_now), scenario, "now"),
        .size = choices && choices->size ? choices->size : 1,
        .most = choices && choices->most ? choices->most : MOST_LISTED,
        .stop = stop,
    };
    size_t chosen = of.size < scenario->issue_count ? of.size : scenario->issue_count;
    of.issues = arena_array(&of.work, chosen, size_t);
    of.outcome = arena_array(&of.work, scenario->issue_count, truce_value);
    of.held = arena_array(&of.work, scenario->issue_count, bool);
    of.needed = arena_array(&of.work, scenario->party_count, bool);
    of.today = arena_array(&of.work, scenario->party_count, wide);
    of.sums = arena_array(&of.work, scenario->party_count, wide);
    truce_scenario_today(scenario, of.outcome);
    sum_up(&of, compiled->today, of.today);
    mark_held(&of);
    look_at_all(&of);
    truce_status status = end_with(&of, error);
    *result = of.result;
    space_free(compiled);
    return status;
}

void truce_now_free(truce_now *result)
{
    result_free(result ? &result->finding : NULL);
}
