/* Every condition is written down twice here: as a residual, for coverage, and asked of
 * one complete outcome, for witnesses. */
#include "verify/claim.h"

#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

/* Below every sum; its opposite is above. */
static const wide anything = -((wide)1 << 124);

/* ---- members of a clash ---------------------------------------------------------- */

static bool is_text(const char *id, const char *text, size_t length)
{
    return strlen(id) == length && memcmp(id, text, length) == 0;
}

static bool find_demand(const truce_scenario *scenario, const char *id, size_t length,
                        claim_member *member)
{
    for (size_t d = 0; d < scenario->demand_count; d++)
        if (is_text(scenario->demands[d].label.id, id, length)) {
            *member = (claim_member){CLAIM_DEMAND, scenario->demands[d].by, d};
            return true;
        }
    return false;
}

static bool find_preference(const truce_scenario *scenario, const char *id,
                            size_t length, claim_member *member)
{
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        *member = (claim_member){CLAIM_FLOOR, p, 0};
        if (preferences->outside.given &&
            is_text(preferences->outside.label.id, id, length))
            return true;
        for (size_t r = 0; r < preferences->red_line_count; r++)
            if (is_text(preferences->red_lines[r].label.id, id, length)) {
                *member = (claim_member){CLAIM_RED_LINE, p, r};
                return true;
            }
    }
    return false;
}

/* "rule:l1" */
static bool find_rule(const truce_scenario *scenario, const char *id, size_t length,
                      claim_member *member)
{
    static const char prefix[] = "rule:";
    size_t skipped = sizeof prefix - 1;
    if (length < skipped || memcmp(id, prefix, skipped) != 0)
        return false;
    for (size_t r = 0; r < scenario->rule_count; r++)
        if (is_text(scenario->rules[r].label.id, id + skipped, length - skipped)) {
            *member = (claim_member){CLAIM_RULE, scenario->rules[r].by, r};
            return true;
        }
    return false;
}

bool claim_member_find(const truce_scenario *scenario, const char *id, size_t length,
                       claim_member *member)
{
    return find_demand(scenario, id, length, member) ||
           find_preference(scenario, id, length, member) ||
           find_rule(scenario, id, length, member);
}

/* ---- what must hold -------------------------------------------------------------- */

/* Residuals to be joined. */
typedef struct bundle {
    residuals *all;
    residual *parts;
    size_t count, room;
} bundle;

static void put(bundle *into, residual part)
{
    *grow(into->parts, into->count, into->room) = part;
}

static residual all_of(bundle *from)
{
    residual result = residual_and(from->all, from->parts, from->count);
    free(from->parts);
    return result;
}

static residual any_of(bundle *from)
{
    residual result = residual_or(from->all, from->parts, from->count);
    free(from->parts);
    return result;
}

static residual rule_must(residuals *all, const truce_rule *rule)
{
    residual given = residual_of(all, rule->given);
    residual parts[] = {residual_not(all, given), residual_of(all, rule->then)};
    return residual_or(all, parts, 2);
}

/* Rules by this party, or of logic with TRUCE_NOBODY. */
static void put_rules_of(bundle *into, const truce_scenario *scenario, size_t party)
{
    for (size_t r = 0; r < scenario->rule_count; r++)
        if (scenario->rules[r].by == party)
            put(into, rule_must(into->all, &scenario->rules[r]));
}

static residual red_line_must(residuals *all, const truce_red_line *line)
{
    return residual_not(all, residual_of(all, line->condition));
}

static void put_red_lines(bundle *into, const truce_party *party)
{
    for (size_t r = 0; r < party->preferences.red_line_count; r++)
        put(into, red_line_must(into->all, &party->preferences.red_lines[r]));
}

/* ---- whose consent an outcome takes ---------------------------------------------- */

static bool takes_consent(const truce_scenario *scenario, size_t party, size_t issue)
{
    const truce_list *by = &scenario->issues[issue].by;
    const truce_party *one = &scenario->parties[party];
    if (by->count > 0)
        return list_holds(by, party);
    for (size_t c = 0; c < one->consent.count; c++)
        if (one->consent.items[c].issue == issue)
            return true;
    return one->consents_to_all;
}

static residual nothing_changes(residuals *all, const truce_scenario *scenario,
                                const truce_value *today)
{
    bundle same = {.all = all};
    for (size_t i = 0; i < scenario->issue_count; i++)
        put(&same, residual_is(all, i, today[i]));
    return all_of(&same);
}

/* A change it is asked about, a condition of its consent that holds anew, or, for who
 * consents to all, no change. Asked about every change and about none is always. */
static residual is_needed(residuals *all, const truce_scenario *scenario, size_t party,
                          const truce_value *today)
{
    const truce_party *one = &scenario->parties[party];
    bundle reasons = {.all = all};
    size_t asked = 0;
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (takes_consent(scenario, party, i)) {
            put(&reasons, residual_not(all, residual_is(all, i, today[i])));
            asked++;
        }
    for (size_t c = 0; c < one->consent.count; c++) {
        const truce_term *term = &one->consent.items[c];
        if (term->issue == TRUCE_NOBODY &&
            !truce_condition_holds(term->condition, today))
            put(&reasons, residual_of(all, term->condition));
    }
    if (one->consents_to_all)
        put(&reasons, asked == scenario->issue_count
                          ? RESIDUAL_ALWAYS
                          : nothing_changes(all, scenario, today));
    return any_of(&reasons);
}

/* If the party is needed: none of its red lines, and its rules. */
static void put_acceptance(bundle *into, const truce_scenario *scenario, size_t party,
                           const truce_value *today)
{
    bundle own = {.all = into->all};
    put_red_lines(&own, &scenario->parties[party]);
    put_rules_of(&own, scenario, party);
    residual needed = is_needed(into->all, scenario, party, today);
    residual parts[] = {residual_not(into->all, needed), all_of(&own)};
    put(into, residual_or(into->all, parts, 2));
}

/* ---- the start ------------------------------------------------------------------- */

static residual member_must(residuals *all, const truce_scenario *scenario,
                            const claim_member *member)
{
    switch (member->kind) {
    case CLAIM_DEMAND:
        return residual_of(all, scenario->demands[member->index].wants);
    case CLAIM_RED_LINE:
        return red_line_must(
            all,
            &scenario->parties[member->party].preferences.red_lines[member->index]);
    case CLAIM_RULE:
        return rule_must(all, &scenario->rules[member->index]);
    case CLAIM_FLOOR:
        break;
    }
    return RESIDUAL_ALWAYS;
}

static residual must_of(const claim *what, const truce_value *today)
{
    const truce_scenario *scenario = what->scenario;
    bundle must = {.all = what->all};
    put_rules_of(&must, scenario, TRUCE_NOBODY);
    for (size_t p = 0; p < scenario->party_count; p++) {
        if (what->kind == CLAIM_DEALS)
            put_acceptance(&must, scenario, p, today);
        if (what->kind != CLAIM_FRONTIER)
            continue;
        put_rules_of(&must, scenario, p);
        put_red_lines(&must, &scenario->parties[p]);
    }
    for (size_t k = 0; k < what->member_count; k++)
        put(&must, member_must(what->all, scenario, &what->members[k]));
    return all_of(&must);
}

/* Does the floor of a party whose sums are followed count? */
static residual floor_counts(const claim *what, size_t k, const truce_value *today)
{
    if (!what->tariffs[k].has_floor)
        return RESIDUAL_NEVER;
    if (what->kind == CLAIM_DEALS)
        return is_needed(what->all, what->scenario, what->tariffs[k].party, today);
    return what->kind == CLAIM_CLASHES || what->rational ? RESIDUAL_ALWAYS
                                                         : RESIDUAL_NEVER;
}

static const truce_preferences *preferences_of(const claim *what, size_t k)
{
    return &what->scenario->parties[what->tariffs[k].party].preferences;
}

/* The last in order of the issues that a condition mentions; TRUCE_NOBODY: none. */
static size_t last_issue(const truce_condition *condition, const size_t *order,
                         size_t count)
{
    for (size_t i = count; i-- > 0;)
        if (truce_condition_mentions(condition, order[i]))
            return order[i];
    return TRUCE_NOBODY;
}

static void start_bonus(claim *what, size_t k, size_t bonus, size_t at,
                        const size_t *order)
{
    const truce_condition *condition =
        preferences_of(what, k)->bonuses[bonus].condition;
    what->start[at] = residual_of(what->all, condition);
    what->due[at] = last_issue(condition, order, what->scenario->issue_count);
    if (what->due[at] != TRUCE_NOBODY)
        return;
    if (what->start[at] == RESIDUAL_ALWAYS)
        what->start_sums[k] += what->tariffs[k].bonuses[bonus];
    what->start[at] = RESIDUAL_NEVER;
}

void claim_prepare(claim *what, const size_t *order, arena *memory)
{
    size_t parties = what->party_count, at = 1 + parties;
    truce_value *today = arena_array(memory, what->scenario->issue_count, truce_value);
    truce_scenario_today(what->scenario, today);
    what->width = at;
    for (size_t k = 0; k < parties; k++)
        what->width += preferences_of(what, k)->bonus_count;
    what->start = arena_array(memory, what->width, residual);
    what->due = arena_array(memory, what->width, size_t);
    what->start_sums = arena_array(memory, parties, wide);
    what->start[0] = must_of(what, today);
    for (size_t k = 0; k < parties; k++)
        what->start[1 + k] = floor_counts(what, k, today);
    for (size_t k = 0; k < parties; k++)
        for (size_t b = 0; b < preferences_of(what, k)->bonus_count; b++)
            start_bonus(what, k, b, at++, order);
}

/* ---- from value to value --------------------------------------------------------- */

bool claim_step(const claim *what, const residual *from, size_t issue,
                truce_value value, residual *to, wide *shift)
{
    to[0] = residual_given(what->all, from[0], issue, value);
    if (to[0] == RESIDUAL_NEVER)
        return false;
    size_t at = 1 + what->party_count;
    for (size_t i = 1; i < what->width; i++)
        to[i] = residual_given(what->all, from[i], issue, value);
    for (size_t k = 0; k < what->party_count; k++) {
        shift[k] = what->tariffs[k].worths[issue][value];
        for (size_t b = 0; b < preferences_of(what, k)->bonus_count; b++, at++)
            if (what->due[at] == issue) {
                shift[k] += to[at] == RESIDUAL_ALWAYS ? what->tariffs[k].bonuses[b] : 0;
                to[at] = RESIDUAL_NEVER;
            }
    }
    return true;
}

/* Then nothing reaches it. */
static bool is_floor_above_cap(const tariff *of)
{
    return of->capped && of->floor > of->cap;
}

void claim_least(const claim *what, const residual *rest, const wide *ahead,
                 wide *least)
{
    size_t at = 1 + what->party_count;
    for (size_t k = 0; k < what->party_count; k++) {
        wide most = ahead[k];
        for (size_t b = 0; b < preferences_of(what, k)->bonus_count; b++, at++) {
            wide bonus = what->tariffs[k].bonuses[b];
            if (rest[at] == RESIDUAL_ALWAYS ||
                (rest[at] != RESIDUAL_NEVER && bonus > 0))
                most += bonus;
        }
        least[k] = anything;
        if (rest[1 + k] == RESIDUAL_ALWAYS)
            least[k] = is_floor_above_cap(&what->tariffs[k])
                           ? -anything
                           : what->tariffs[k].floor - most;
    }
}

/* ---- complete outcomes ----------------------------------------------------------- */

static bool is_rule_kept(const truce_rule *rule, const truce_value *outcome)
{
    return !truce_condition_holds(rule->given, outcome) ||
           truce_condition_holds(rule->then, outcome);
}

static bool are_rules_kept(const claim *what, const truce_value *outcome)
{
    for (size_t r = 0; r < what->scenario->rule_count; r++) {
        const truce_rule *rule = &what->scenario->rules[r];
        if ((what->kind == CLAIM_FRONTIER || rule->by == TRUCE_NOBODY) &&
            !is_rule_kept(rule, outcome))
            return false;
    }
    return true;
}

static bool crosses_red_line(const truce_scenario *scenario, const truce_value *outcome)
{
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        for (size_t r = 0; r < preferences->red_line_count; r++)
            if (truce_condition_holds(preferences->red_lines[r].condition, outcome))
                return true;
    }
    return false;
}

static bool is_below_floor(const claim *what, size_t party, const wide *sums)
{
    for (size_t k = 0; k < what->party_count; k++) {
        const tariff *of = &what->tariffs[k];
        if ((party == TRUCE_NOBODY || of->party == party) && of->has_floor &&
            sums[k] < of->floor)
            return true;
    }
    return false;
}

static bool keeps_member(const claim *what, const claim_member *member,
                         const truce_value *outcome, const wide *sums)
{
    const truce_scenario *scenario = what->scenario;
    switch (member->kind) {
    case CLAIM_DEMAND:
        return truce_condition_holds(scenario->demands[member->index].wants, outcome);
    case CLAIM_RED_LINE:
        return !truce_condition_holds(scenario->parties[member->party]
                                          .preferences.red_lines[member->index]
                                          .condition,
                                      outcome);
    case CLAIM_RULE:
        return is_rule_kept(&scenario->rules[member->index], outcome);
    case CLAIM_FLOOR:
        break;
    }
    return !is_below_floor(what, member->party, sums);
}

bool claim_permits(const claim *what, const truce_value *outcome, const wide *sums,
                   size_t without)
{
    if (!are_rules_kept(what, outcome))
        return false;
    if (what->kind == CLAIM_FRONTIER && crosses_red_line(what->scenario, outcome))
        return false;
    if (what->rational && is_below_floor(what, TRUCE_NOBODY, sums))
        return false;
    for (size_t k = 0; k < what->member_count; k++)
        if (k != without && !keeps_member(what, &what->members[k], outcome, sums))
            return false;
    return true;
}
