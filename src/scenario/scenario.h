/* scenario.h - the room's own side of <truce/scenario.h>: who owns a scenario's memory,
 * and small questions about scenarios that every other room asks. */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "base/arena.h"

#include <truce/scenario.h>

/* An empty scenario that owns an arena; truce_scenario_free() ends both. */
truce_scenario *scenario_new(void);
arena *scenario_memory(truce_scenario *scenario);

/* The file's own status quo, into outcome [issue_count]. */
void scenario_status_quo(const truce_scenario *scenario, truce_value *outcome);

/* Puts the values of settings into outcome. */
void settings_apply(const truce_settings *settings, truce_value *outcome);

bool list_holds(const truce_list *list, size_t item);

/* The parties whose consent outcome takes when today is what stands now: needed
 * [party_count]. An issue with `by` takes those it names and nobody else; any other
 * issue takes all who consent to all and all who list it; a condition of a consent list
 * takes its party when outcome meets it and today does not. No change at all takes
 * those who consent to all. */
void scenario_needed(const truce_scenario *scenario, const truce_value *today,
                     const truce_value *outcome, bool *needed);

/* Is the first of two ends done in outcome today? (order constraints) */
bool stage_is_done(const truce_scenario *scenario, const truce_stage *stage,
                   const truce_value *today);

/* A constraint held by neither a principal nor logic, unmet and not relaxed. */
bool is_gate(const truce_scenario *scenario, const truce_constraint *constraint,
             const truce_value *today);

/* Unmet and not relaxed: it holds back what its `then` stands for. */
bool is_holding(const truce_scenario *scenario, const truce_constraint *constraint,
                const truce_value *today);

/* How far those in the room may go. */
typedef enum mandate {
    MANDATE_SIGN,
    MANDATE_REFER,
    MANDATE_NONE,  /* a delegation is there, and its mandate does not reach so far */
    MANDATE_ABSENT /* no delegation is there */
} mandate;

/* The best that the delegations of party may do about moving from today to outcome.
 * Without any delegation in the whole file the parties are taken to be there
 * themselves. */
mandate scenario_mandate(const truce_scenario *scenario, size_t party,
                         const truce_value *today, const truce_value *outcome);

#endif
