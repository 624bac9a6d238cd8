/* Answers are facts about signs of utility changes; everything else about them (red
 * lines, who is needed, what is held back) does not depend on numbers and is settled
 * once. */
#include "brief/answers.h"

#include "scenario/scenario.h"

#include <truce/solve.h>

static const char *name_of_move(const truce_scenario *scenario,
                                const truce_settings *set, arena *memory)
{
    const char *name = "move:";
    for (size_t s = 0; s < set->count; s++)
        name = arena_format(
            memory, "%s%s%s=%s", name, s ? "," : "",
            scenario->issues[set->items[s].issue].label.id,
            scenario->issues[set->items[s].issue].values[set->items[s].value]);
    return name;
}

static answer answer_of_move(const truce_scenario *scenario, const truce_move *move,
                             const truce_value *today, arena *memory)
{
    truce_value *outcome =
        arena_copy(memory, today, scenario->issue_count * sizeof *outcome);
    settings_apply(&move->set, outcome);
    return (answer){.kind = ANSWER_MOVE,
                    .name = name_of_move(scenario, &move->set, memory),
                    .outcome = outcome,
                    .base = today,
                    .needed = arena_copy(memory, move->needed,
                                         scenario->party_count * sizeof(bool))};
}

static bool newly_breaks(const space *compiled, size_t party, const truce_value *base,
                         const truce_value *outcome)
{
    const truce_scenario *scenario = compiled->scenario;
    const truce_preferences *preferences = &scenario->parties[party].preferences;
    for (size_t r = 0; r < preferences->red_line_count; r++) {
        const truce_condition *line = preferences->red_lines[r].condition;
        if (truce_condition_holds(line, outcome) && !truce_condition_holds(line, base))
            return true;
    }
    for (size_t r = 0; r < scenario->rule_count; r++) {
        const truce_rule *rule = &scenario->rules[r];
        if (rule->by == party && is_rule_broken(rule, outcome) &&
            !is_rule_broken(rule, base))
            return true;
    }
    return false;
}

static answer answer_of_decision(const space *compiled, const truce_observation *seen,
                                 size_t party, bool accepted,
                                 const truce_value *status_quo, arena *memory)
{
    const truce_scenario *scenario = compiled->scenario;
    truce_value *outcome =
        arena_copy(memory, status_quo, scenario->issue_count * sizeof *outcome);
    settings_apply(&seen->offer, outcome);
    return (answer){.kind = ANSWER_DECISION,
                    .name = arena_format(memory, "observed:%s:%s", seen->label.id,
                                         scenario->parties[party].label.id),
                    .outcome = outcome,
                    .base = status_quo,
                    .party = party,
                    .accepted = accepted,
                    .breaks = newly_breaks(compiled, party, status_quo, outcome)};
}

static size_t most_answers(const truce_scenario *scenario, const truce_now *now)
{
    size_t count = 1 + now->count;
    for (size_t b = 0; b < scenario->observed_count; b++)
        count += scenario->observed[b].accepted_by.count +
                 scenario->observed[b].refused_by.count;
    return count;
}

truce_status answers_of(const truce_scenario *scenario, const truce_stop *stop,
                        arena *memory, answers *all, truce_error *error)
{
    truce_now *now = NULL;
    truce_status status = truce_now_find(scenario, NULL, stop, &now, error);
    if (now == NULL)
        return status;
    space *compiled = space_new(scenario, NULL);
    answer *items = arena_array(memory, most_answers(scenario, now), answer);
    truce_value *today = arena_array(memory, scenario->issue_count, truce_value);
    truce_value *status_quo = arena_array(memory, scenario->issue_count, truce_value);
    truce_scenario_today(scenario, today);
    scenario_status_quo(scenario, status_quo);
    size_t count = 0;
    items[count++] = (answer){.kind = ANSWER_DEAL, .name = "deal"};
    for (size_t m = 0; m < now->count; m++)
        items[count++] = answer_of_move(scenario, &now->moves[m], today, memory);
    for (size_t b = 0; b < scenario->observed_count; b++) {
        const truce_observation *seen = &scenario->observed[b];
        for (size_t k = 0; k < seen->accepted_by.count; k++)
            items[count++] = answer_of_decision(
                compiled, seen, seen->accepted_by.items[k], true, status_quo, memory);
        for (size_t k = 0; k < seen->refused_by.count; k++)
            items[count++] = answer_of_decision(
                compiled, seen, seen->refused_by.items[k], false, status_quo, memory);
    }
    *all = (answers){items, count};
    space_free(compiled);
    truce_now_free(now);
    return TRUCE_OK;
}

int answer_sign(const space *compiled, const answer *one, size_t party)
{
    wide before = space_sum(compiled, party, one->base);
    wide after = space_sum(compiled, party, one->outcome);
    return (after > before) - (after < before);
}

/* A red line newly broken means refusal, whatever the numbers say; otherwise gain means
 * acceptance, loss refusal, and no change says nothing. */
static bool is_reproduced(const answer *one, int sign)
{
    return one->accepted ? sign > 0 && !one->breaks : sign < 0 || one->breaks;
}

/* Every needed party is no worse off, some principal better. */
static bool is_open(const space *compiled, const answer *one, size_t party, int sign)
{
    bool somebody_gains = false;
    for (size_t p = 0; p < compiled->party_count; p++) {
        int change = p == party ? sign : answer_sign(compiled, one, p);
        if (one->needed[p] && change < 0)
            return false;
        somebody_gains |=
            compiled->scenario->parties[p].role == TRUCE_PRINCIPAL && change > 0;
    }
    return somebody_gains;
}

bool answer_holds_if(const space *compiled, const answer *one, size_t party, int sign)
{
    return one->kind == ANSWER_MOVE ? is_open(compiled, one, party, sign)
                                    : is_reproduced(one, sign);
}

bool answer_holds(const space *compiled, const answer *one)
{
    return one->kind == ANSWER_MOVE
               ? is_open(compiled, one, TRUCE_NOBODY, 0)
               : is_reproduced(one, answer_sign(compiled, one, one->party));
}
