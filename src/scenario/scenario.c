/* Small questions about a scenario, each linear in what it looks at. */
#include "scenario/scenario.h"

#include "scenario/condition.h"

#include <stdlib.h>
#include <string.h>

/* What scenario_new() makes; the public struct comes first. */
typedef struct scenario_book {
    truce_scenario public;
    arena memory;
} scenario_book;

truce_scenario *scenario_new(void)
{
    scenario_book *book = must_allocate_zeroed(1, sizeof *book);
    return &book->public;
}

arena *scenario_memory(truce_scenario *scenario)
{
    return &((scenario_book *)scenario)->memory;
}

void truce_scenario_free(truce_scenario *scenario)
{
    if (scenario == NULL)
        return;
    arena_free(scenario_memory(scenario));
    free(scenario);
}

const char *truce_role_name(truce_role role)
{
    static const char *const names[] = {"principal", "ally",      "broker",  "mediator",
                                        "host",      "guarantor", "observer"};
    return names[role];
}

size_t truce_scenario_party(const truce_scenario *scenario, const char *name)
{
    for (size_t p = 0; p < scenario->party_count; p++)
        if (strcmp(scenario->parties[p].label.id, name) == 0)
            return p;
    char *end;
    unsigned long number = strtoul(name, &end, 10);
    bool is_number = *name >= '1' && *name <= '9' && *end == '\0';
    return is_number && number <= scenario->party_count ? number - 1 : TRUCE_NOBODY;
}

void scenario_status_quo(const truce_scenario *scenario, truce_value *outcome)
{
    for (size_t i = 0; i < scenario->issue_count; i++)
        outcome[i] = scenario->issues[i].status_quo;
}

void settings_apply(const truce_settings *settings, truce_value *outcome)
{
    for (size_t s = 0; s < settings->count; s++)
        outcome[settings->items[s].issue] = settings->items[s].value;
}

void truce_scenario_today(const truce_scenario *scenario, truce_value *outcome)
{
    scenario_status_quo(scenario, outcome);
    for (size_t a = 0; a < scenario->agreement_count; a++)
        if (scenario->agreements[a].state == TRUCE_IN_FORCE)
            settings_apply(&scenario->agreements[a].set, outcome);
}

bool list_holds(const truce_list *list, size_t item)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == item)
            return true;
    return false;
}

static bool newly_holds(const truce_condition *condition, const truce_value *today,
                        const truce_value *outcome)
{
    return truce_condition_holds(condition, outcome) &&
           !truce_condition_holds(condition, today);
}

static bool is_asked(const truce_party *party, size_t issue, const truce_value *today,
                     const truce_value *outcome)
{
    for (size_t c = 0; c < party->consent.count; c++) {
        const truce_term *term = &party->consent.items[c];
        if (term->issue == TRUCE_NOBODY ? newly_holds(term->condition, today, outcome)
                                        : term->issue == issue)
            return true;
    }
    return false;
}

/* Adds those whose consent a change of one issue takes. */
static void add_for_issue(const truce_scenario *scenario, size_t issue,
                          const truce_value *today, const truce_value *outcome,
                          bool *needed)
{
    const truce_list *by = &scenario->issues[issue].by;
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_party *party = &scenario->parties[p];
        if (by->count > 0)
            needed[p] |= list_holds(by, p);
        else
            needed[p] |=
                party->consents_to_all || is_asked(party, issue, today, outcome);
    }
}

void scenario_needed(const truce_scenario *scenario, const truce_value *today,
                     const truce_value *outcome, bool *needed)
{
    bool changes = false;
    memset(needed, 0, scenario->party_count * sizeof *needed);
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (outcome[i] != today[i]) {
            changes = true;
            add_for_issue(scenario, i, today, outcome, needed);
        }
    for (size_t p = 0; p < scenario->party_count; p++)
        needed[p] |= changes
                         ? is_asked(&scenario->parties[p], TRUCE_NOBODY, today, outcome)
                         : scenario->parties[p].consents_to_all;
}

bool stage_is_done(const truce_scenario *scenario, const truce_stage *stage,
                   const truce_value *today)
{
    if (stage->step == TRUCE_NOBODY)
        return truce_condition_holds(stage->term.condition, today);
    const truce_step *step = &scenario->steps[stage->step];
    if (step->done)
        return true;
    for (size_t i = 0; i < step->issues.count; i++) {
        size_t issue = step->issues.items[i];
        if (today[issue] == scenario->issues[issue].status_quo)
            return false;
    }
    return step->issues.count > 0;
}

bool is_holding(const truce_scenario *scenario, const truce_constraint *constraint,
                const truce_value *today)
{
    return !constraint->relaxed && !stage_is_done(scenario, &constraint->first, today);
}

bool is_gate(const truce_scenario *scenario, const truce_constraint *constraint,
             const truce_value *today)
{
    return constraint->by != TRUCE_NOBODY &&
           scenario->parties[constraint->by].role != TRUCE_PRINCIPAL &&
           is_holding(scenario, constraint, today);
}

static bool covers(const truce_terms *terms, size_t issue, const truce_value *outcome)
{
    for (size_t t = 0; t < terms->count; t++) {
        const truce_term *term = &terms->items[t];
        if (term->issue == issue)
            return true;
        if (term->issue == TRUCE_NOBODY &&
            truce_condition_mentions(term->condition, issue) &&
            truce_condition_holds(term->condition, outcome))
            return true;
    }
    return false;
}

static mandate mandate_of(const truce_delegation *delegation, size_t issue_count,
                          const truce_value *today, const truce_value *outcome)
{
    mandate worst = MANDATE_SIGN;
    for (size_t i = 0; i < issue_count && delegation->limited; i++) {
        if (outcome[i] == today[i] || covers(&delegation->may_sign, i, outcome))
            continue;
        if (!covers(&delegation->ad_referendum, i, outcome))
            return MANDATE_NONE;
        worst = MANDATE_REFER;
    }
    return worst;
}

mandate scenario_mandate(const truce_scenario *scenario, size_t party,
                         const truce_value *today, const truce_value *outcome)
{
    mandate best = scenario->delegation_count ? MANDATE_ABSENT : MANDATE_SIGN;
    for (size_t d = 0; d < scenario->delegation_count; d++) {
        const truce_delegation *delegation = &scenario->delegations[d];
        if (delegation->of != party)
            continue;
        mandate may = mandate_of(delegation, scenario->issue_count, today, outcome);
        if (may < best)
            best = may;
    }
    return best;
}
