/* The reality check: what the numbers say of each observed decision, beside what was
 * done.
 *
 * Everything is taken from the file's own status quo, whatever was agreed since,
 * because the decision was taken then. A miss names what may explain it and blames
 * nobody: order constraints, demands and red lines, and the one number that weighs most
 * in the change. */
#include <truce/finding.h>

#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "space/space.h"

#include <stdlib.h>

typedef struct checking {
    const truce_scenario *scenario;
    const space *space;
    truce_reality *result;
    truce_value *before, *after; /* [issue_count] status quo; with the offer */
    truce_decision *decisions;
    size_t count, room;
    const char **suspects; /* of the decision at hand */
    size_t suspect_count, suspect_room;
    grounds grounds;
    arena work;
} checking;

static void suspect(checking *of, const char *id)
{
    *grow(of->suspects, of->suspect_count, of->suspect_room) = id;
}

static bool newly_holds(const checking *of, const truce_condition *condition)
{
    return truce_condition_holds(condition, of->after) &&
           !truce_condition_holds(condition, of->before);
}

/* ---- what the numbers say -------------------------------------------------------- */

static bool newly_breaks(const checking *of, const truce_rule *rule)
{
    return is_rule_broken(rule, of->after) && !is_rule_broken(rule, of->before);
}

/* Puts the red lines and rules that the party would newly break among the suspects. */
static void find_broken(checking *of, size_t party)
{
    const truce_preferences *preferences = &of->scenario->parties[party].preferences;
    for (size_t r = 0; r < preferences->red_line_count; r++)
        if (newly_holds(of, preferences->red_lines[r].condition))
            suspect(of, preferences->red_lines[r].label.id);
    for (size_t r = 0; r < of->scenario->rule_count; r++) {
        const truce_rule *rule = &of->scenario->rules[r];
        if (rule->by == party && newly_breaks(of, rule))
            suspect(of, arena_format(result_memory(&of->result->finding), "rule:%s",
                                     rule->label.id));
    }
}

static truce_prediction prediction_of(wide change, const char *broken)
{
    if (broken || change < 0)
        return TRUCE_WOULD_REFUSE;
    return change > 0 ? TRUCE_WOULD_ACCEPT : TRUCE_UNDECIDED;
}

/* ---- what may explain a miss ----------------------------------------------------- */

static bool offers(const truce_observation *seen, size_t issue)
{
    for (size_t s = 0; s < seen->offer.count; s++)
        if (seen->offer.items[s].issue == issue)
            return true;
    return false;
}

static bool is_about_offer(const truce_condition *condition,
                           const truce_observation *seen)
{
    for (size_t s = 0; s < seen->offer.count; s++)
        if (truce_condition_mentions(condition, seen->offer.items[s].issue))
            return true;
    return false;
}

static bool holds_back_offer(const truce_constraint *constraint,
                             const truce_observation *seen)
{
    for (size_t i = 0; i < constraint->then.issues.count; i++)
        if (offers(seen, constraint->then.issues.items[i]))
            return true;
    return false;
}

static void suspect_order(checking *of, const truce_observation *seen)
{
    for (size_t c = 0; c < of->scenario->order_count; c++) {
        const truce_constraint *constraint = &of->scenario->order[c];
        if (is_holding(of->scenario, constraint, of->before) &&
            holds_back_offer(constraint, seen)) {
            suspect(of, constraint->label.id);
            grounds_constraint(&of->grounds, c);
        }
    }
}

static void suspect_demands(checking *of, const truce_observation *seen, size_t party)
{
    for (size_t d = 0; d < of->scenario->demand_count; d++) {
        const truce_demand *demand = &of->scenario->demands[d];
        if (demand->by == party && is_about_offer(demand->wants, seen) &&
            !truce_condition_holds(demand->wants, of->after)) {
            suspect(of, demand->label.id);
            grounds_label(&of->grounds, &demand->label);
        }
    }
}

/* The number behind a value's share of utility. */
static const truce_number *number_of(const truce_preferences *preferences, size_t issue,
                                     truce_value value)
{
    const truce_worths *worths = &preferences->worths[issue];
    if (worths->count == 0 || worths->linear)
        return &preferences->weights[issue];
    return &worths->items[value];
}

typedef struct heaviest {
    wide share;
    const truce_number *number;
} heaviest;

static void weigh(heaviest *most, wide share, const truce_number *number)
{
    if (share > most->share)
        *most = (heaviest){share, number};
}

/* The number that contributes most to the change in the direction of sign. */
static void suspect_number(checking *of, size_t party, int sign)
{
    const truce_preferences *preferences = &of->scenario->parties[party].preferences;
    const space_party *compiled = &of->space->parties[party];
    heaviest most = {0};
    if (!preferences->given)
        return;
    for (size_t i = 0; i < of->scenario->issue_count; i++) {
        const wide *table = compiled->tables[i];
        weigh(&most, sign * (table[of->after[i]] - table[of->before[i]]),
              number_of(preferences, i, of->after[i]));
    }
    for (size_t b = 0; b < compiled->bonus_count; b++) {
        const space_bonus *bonus = &compiled->bonuses[b];
        int times = truce_condition_holds(bonus->condition, of->after) -
                    truce_condition_holds(bonus->condition, of->before);
        weigh(&most, sign * times * bonus->amount, &preferences->bonuses[b].worth);
    }
    if (most.number && most.number->path)
        suspect(of, most.number->path);
}

/* Open by the numbers and closed in the talks: order, firmer demands, or a number.
 * Closed by the numbers and open in the talks: what was broken on paper, or a number.
 */
static void find_suspects(checking *of, const truce_observation *seen,
                          const truce_decision *decision, wide change)
{
    if (!decision->accepted) {
        suspect_order(of, seen);
        suspect_demands(of, seen, decision->party);
        suspect_number(of, decision->party, 1);
    } else if (change < 0) {
        suspect_number(of, decision->party, -1);
    }
}

static truce_texts take_suspects(checking *of)
{
    size_t count = of->suspect_count;
    of->suspect_count = 0;
    if (count == 0)
        return (truce_texts){0};
    return (truce_texts){arena_copy(result_memory(&of->result->finding), of->suspects,
                                    count * sizeof *of->suspects),
                         count};
}

/* ---- all decisions --------------------------------------------------------------- */

static bool is_miss(const truce_decision *decision)
{
    return !decision->reproduced && decision->predicted != TRUCE_UNDECIDED;
}

static void check_decision(checking *of, size_t observation, size_t party,
                           bool accepted)
{
    const truce_observation *seen = &of->scenario->observed[observation];
    wide change = space_sum(of->space, party, of->after) -
                  space_sum(of->space, party, of->before);
    find_broken(of, party);
    truce_decision decision = {
        .observation = observation,
        .party = party,
        .accepted = accepted,
        .change = space_utility(of->space, party, change),
        .broken = of->suspect_count ? of->suspects[0] : NULL,
    };
    decision.predicted = prediction_of(change, decision.broken);
    decision.reproduced =
        decision.predicted == (accepted ? TRUCE_WOULD_ACCEPT : TRUCE_WOULD_REFUSE);
    if (is_miss(&decision))
        find_suspects(of, seen, &decision, change);
    else
        of->suspect_count = 0;
    decision.suspects = take_suspects(of);
    of->result->reproduced += decision.reproduced;
    of->result->undecided += decision.predicted == TRUCE_UNDECIDED;
    *grow(of->decisions, of->count, of->room) = decision;
}

static void check_observation(checking *of, size_t observation)
{
    const truce_observation *seen = &of->scenario->observed[observation];
    scenario_status_quo(of->scenario, of->after);
    settings_apply(&seen->offer, of->after);
    grounds_label(&of->grounds, &seen->label);
    for (size_t i = 0; i < seen->accepted_by.count; i++)
        check_decision(of, observation, seen->accepted_by.items[i], true);
    for (size_t i = 0; i < seen->refused_by.count; i++)
        check_decision(of, observation, seen->refused_by.items[i], false);
}

/* Each party that decided anything rests on its preferences and rules, once. */
static void add_grounds(checking *of)
{
    bool *decided = arena_array(&of->work, of->scenario->party_count, bool);
    for (size_t d = 0; d < of->count; d++)
        decided[of->decisions[d].party] = true;
    for (size_t p = 0; p < of->scenario->party_count; p++)
        if (decided[p])
            grounds_preferences(&of->grounds, p);
    for (size_t r = 0; r < of->scenario->rule_count; r++) {
        size_t by = of->scenario->rules[r].by;
        if (by != TRUCE_NOBODY && decided[by])
            grounds_label(&of->grounds, &of->scenario->rules[r].label);
    }
}

static void finish(checking *of)
{
    truce_finding *finding = &of->result->finding;
    of->result->decisions = arena_copy(result_memory(finding), of->decisions,
                                       of->count * sizeof *of->decisions);
    of->result->count = of->count;
    add_grounds(of);
    finding->grounds = grounds_end(&of->grounds, result_memory(finding));
    result_proved(finding, "%zu observed %s compared with the numbers", of->count,
                  of->count == 1 ? "decision was" : "decisions were");
    space_qualify(of->space, finding);
    free(of->decisions);
    free(of->suspects);
    arena_free(&of->work);
}

truce_status truce_reality_find(const truce_scenario *scenario, truce_reality **result,
                                truce_error *error)
{
    (void)error; /* any scenario can be checked */
    space *compiled = space_new(scenario, NULL);
    checking of = {
        .scenario = scenario,
        .space = compiled,
        .result = result_new(sizeof(truce_reality), scenario, "reality"),
        .grounds = grounds_begin(scenario),
    };
    of.before = arena_array(&of.work, scenario->issue_count, truce_value);
    of.after = arena_array(&of.work, scenario->issue_count, truce_value);
    scenario_status_quo(scenario, of.before);
    for (size_t o = 0; o < scenario->observed_count; o++)
        check_observation(&of, o);
    finish(&of);
    *result = of.result;
    space_free(compiled);
    return TRUCE_OK;
}

void truce_reality_free(truce_reality *result)
{
    result_free(result ? &result->finding : NULL);
}
