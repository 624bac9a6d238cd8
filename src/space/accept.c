/* Who accepts what: the definitions of docs/questions/deals.md, one outcome at a time.
 * Solvers that look at many outcomes at once are tested against these. */
#include "space/space.h"

#include <truce/solve.h>

#include <stdlib.h>

bool is_rule_broken(const truce_rule *rule, const truce_value *outcome)
{
    return truce_condition_holds(rule->given, outcome) &&
           !truce_condition_holds(rule->then, outcome);
}

static bool breaks_rule_by(const space *compiled, size_t owner,
                           const truce_value *outcome)
{
    for (size_t r = 0; r < compiled->scenario->rule_count; r++) {
        const truce_rule *rule = &compiled->scenario->rules[r];
        if (rule->by == owner && is_rule_broken(rule, outcome))
            return true;
    }
    return false;
}

bool breaks_rule_of(const space *compiled, size_t party, const truce_value *outcome)
{
    return breaks_rule_by(compiled, party, outcome);
}

bool breaks_logic(const space *compiled, const truce_value *outcome)
{
    return breaks_rule_by(compiled, TRUCE_NOBODY, outcome);
}

bool breaks_red_line(const space *compiled, size_t party, const truce_value *outcome)
{
    const truce_preferences *preferences =
        &compiled->scenario->parties[party].preferences;
    for (size_t r = 0; r < preferences->red_line_count; r++)
        if (truce_condition_holds(preferences->red_lines[r].condition, outcome))
            return true;
    return false;
}

static bool is_below_floor(const space *compiled, size_t party,
                           const truce_value *outcome)
{
    const space_party *one = &compiled->parties[party];
    return one->has_floor && space_sum(compiled, party, outcome) < one->floor;
}

static bool party_accepts(const space *compiled, size_t party,
                          const truce_value *outcome, unsigned without)
{
    if (!(without & TRUCE_FLOORS) && is_below_floor(compiled, party, outcome))
        return false;
    if (!(without & TRUCE_RED_LINES) && breaks_red_line(compiled, party, outcome))
        return false;
    return (without & TRUCE_RULES) || !breaks_rule_of(compiled, party, outcome);
}

bool space_accepts(const space *compiled, const truce_value *outcome, unsigned without)
{
    if (breaks_logic(compiled, outcome))
        return false;
    bool *needed = must_allocate_zeroed(compiled->party_count, sizeof *needed);
    bool accepted = true;
    scenario_needed(compiled->scenario, compiled->today, outcome, needed);
    for (size_t p = 0; p < compiled->party_count && accepted; p++)
        accepted = !needed[p] || party_accepts(compiled, p, outcome, without);
    free(needed);
    return accepted;
}

bool space_principals_accept(const space *compiled, const truce_value *outcome)
{
    if (breaks_logic(compiled, outcome))
        return false;
    for (size_t p = 0; p < compiled->party_count; p++)
        if (compiled->scenario->parties[p].role == TRUCE_PRINCIPAL &&
            !party_accepts(compiled, p, outcome, 0))
            return false;
    return true;
}
