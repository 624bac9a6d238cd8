/* What is allowed and yet probably a slip, or at least something an analyst wants to
 * know before believing an answer. Only sound scenarios come here, so everything is
 * typed. */
#include "formats/sections.h"

#include "base/decimal.h"
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

static void warn_at(reader *r, const truce_label *label, const char *hint,
                    const char *message)
{
    const char *id =
        strrchr(label->id, ':') ? "" : label->id; /* red:UA:1 is not in the file */
    document_warning(r->tree, label->place, (uint32_t)strlen(id), hint, "%s", message);
}

#define SAY(...) arena_format(&r->tree->memory, __VA_ARGS__)

/* ---- preferences ----------------------------------------------------------------- */

static bool is_zero(const truce_number *number)
{
    return number->mode.digits == 0 && number->high.digits == 0;
}

static void weights_warn(reader *r, const truce_party *party)
{
    const truce_preferences *preferences = &party->preferences;
    truce_decimal sum = {0};
    size_t given = 0;
    for (size_t i = 0; i < r->scenario->issue_count && !preferences->sum_as_given;
         i++) {
        sum = decimal_add(sum, preferences->weights[i].mode, 1);
        given += preferences->weights[i].given;
    }
    bool is_whole = decimal_compare(sum, (truce_decimal){1, 0}) == 0 ||
                    decimal_compare(sum, (truce_decimal){100, 0}) == 0;
    if (given > 0 && !is_whole)
        warn_at(r, &preferences->label, "they are divided by their sum",
                SAY("weights of %s sum to %s, not to 1 or 100", party->label.id,
                    decimal_text(&r->tree->memory, sum)));
}

static const truce_number *first_given(const truce_worths *worths)
{
    for (size_t v = 0; v < worths->count; v++)
        if (worths->items[v].given)
            return &worths->items[v];
    return NULL;
}

/* Values left out of a worth map count as 0. */
static void worths_warn(reader *r, const truce_party *party, size_t issue)
{
    const truce_issue *what = &r->scenario->issues[issue];
    const truce_worths *worths = &party->preferences.worths[issue];
    const truce_number *weight = &party->preferences.weights[issue];
    const truce_number *first = first_given(worths);
    const char *id = party->label.id;
    if (first == NULL && !is_zero(weight)) {
        document_warning(r->tree, weight->place, 1, "every value counts as worth 0",
                         "%s weighs issue \"%s\" and gives its values no worth", id,
                         what->label.id);
        return;
    }
    if (first && is_zero(weight))
        document_warning(
            r->tree, first->place, 1, "they count for nothing",
            "%s gives values of issue \"%s\" a worth and the issue no weight", id,
            what->label.id);
    for (size_t v = 0; first && v < worths->count && !worths->linear; v++)
        if (!worths->items[v].given)
            document_warning(r->tree, first->place, 1, "it counts as worth 0",
                             "%s does not rate value \"%s\" of issue \"%s\"", id,
                             what->values[v], what->label.id);
}

static void floor_warn(reader *r, const truce_party *party)
{
    const truce_number *floor = &party->preferences.outside.worth;
    bool is_usual = floor->mode.digits >= 0 &&
                    decimal_compare(floor->mode, (truce_decimal){100, 0}) <= 0;
    if (!is_usual && !party->preferences.sum_as_given)
        document_warning(r->tree, floor->place, 1, "utilities go from 0 to 100",
                         "the outside option of %s is worth %s", party->label.id,
                         decimal_text(&r->tree->memory, floor->mode));
}

static void red_lines_warn(reader *r, const truce_party *party,
                           const truce_value *status_quo)
{
    const truce_preferences *preferences = &party->preferences;
    for (size_t l = 0; l < preferences->red_line_count; l++) {
        const truce_red_line *line = &preferences->red_lines[l];
        if (truce_condition_holds(line->condition, status_quo))
            warn_at(r, &line->label, "a red line says what must never be so",
                    SAY("the red line of %s \"%s\" is crossed by the status quo",
                        party->label.id, truce_condition_text(line->condition)));
    }
}

static void preferences_warn(reader *r, const truce_party *party,
                             const truce_value *status_quo)
{
    if (!party->preferences.given)
        return;
    weights_warn(r, party);
    for (size_t i = 0; i < r->scenario->issue_count; i++)
        worths_warn(r, party, i);
    floor_warn(r, party);
    red_lines_warn(r, party, status_quo);
}

static void principals_warn(reader *r, const truce_party *party)
{
    if (party->role != TRUCE_PRINCIPAL)
        return;
    if (!party->consents_to_all && party->consent.count == 0)
        warn_at(
            r, &party->label, "write consent: all, or give it another role",
            SAY("nothing needs the consent of the principal \"%s\"", party->label.id));
    if (!party->preferences.given)
        warn_at(r, &party->label, "without preferences every outcome is worth 0 to it",
                SAY("the principal \"%s\" has no preferences", party->label.id));
}

static void consent_warn(reader *r, const truce_party *party)
{
    if (party->role != TRUCE_PRINCIPAL && !party->preferences.given &&
        (party->consents_to_all || party->consent.count > 0))
        warn_at(r, &party->label, "without them it is taken to accept every outcome",
                SAY("the consent of \"%s\" is needed, and it has no preferences",
                    party->label.id));
}

static void parties_warn(reader *r, const truce_value *status_quo)
{
    for (size_t p = 0; p < r->scenario->party_count; p++) {
        const truce_party *party = &r->scenario->parties[p];
        principals_warn(r, party);
        consent_warn(r, party);
        preferences_warn(r, party, status_quo);
        if (list_holds(&party->supports, p))
            warn_at(r, &party->label, NULL,
                    SAY("party \"%s\" supports itself", party->label.id));
    }
}

/* ---- issues ---------------------------------------------------------------------- */

static bool is_rated(const truce_scenario *scenario, size_t issue)
{
    bool anybody = false;
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        anybody |= preferences->given;
        if (preferences->given &&
            (preferences->weights[issue].given || preferences->worths[issue].count > 0))
            return true;
    }
    return !anybody; /* without any preferences that is not a slip of this issue */
}

static void issues_warn(reader *r)
{
    for (size_t i = 0; i < r->scenario->issue_count; i++) {
        const truce_issue *issue = &r->scenario->issues[i];
        if (issue->value_count == 1)
            warn_at(r, &issue->label, "there is nothing to negotiate about it",
                    SAY("issue \"%s\" has a single value", issue->label.id));
        if (!is_rated(r->scenario, i))
            warn_at(r, &issue->label, "it changes no party's utility",
                    SAY("nobody rates the values of issue \"%s\"", issue->label.id));
    }
}

/* ---- demands, rules, steps ------------------------------------------------------- */

static void demands_warn(reader *r)
{
    names seen = {0};
    for (size_t d = 0; d < r->scenario->demand_count; d++) {
        const truce_demand *demand = &r->scenario->demands[d];
        const char *what =
            SAY("%zu %s", demand->by, truce_condition_text(demand->wants));
        size_t other = names_find(&seen, what);
        if (other == NAMES_NONE)
            names_add(&seen, what, d);
        else
            warn_at(r, &demand->label, "one position is one demand",
                    SAY("demand \"%s\" says the same as \"%s\"", demand->label.id,
                        r->scenario->demands[other].label.id));
    }
    names_free(&seen);
}

static void rules_warn(reader *r, const truce_value *status_quo)
{
    for (size_t i = 0; i < r->scenario->rule_count; i++) {
        const truce_rule *rule = &r->scenario->rules[i];
        if (truce_condition_holds(rule->given, status_quo) &&
            !truce_condition_holds(rule->then, status_quo))
            warn_at(r, &rule->label, NULL,
                    SAY("rule \"%s\" is broken by the status quo", rule->label.id));
    }
}

static void steps_warn(reader *r)
{
    const truce_scenario *scenario = r->scenario;
    bool *used = arena_array(&r->tree->memory, scenario->step_count, bool);
    for (size_t o = 0; o < scenario->order_count; o++) {
        const truce_constraint *constraint = &scenario->order[o];
        if (constraint->first.step != TRUCE_NOBODY)
            used[constraint->first.step] = true;
        if (constraint->then.step != TRUCE_NOBODY)
            used[constraint->then.step] = true;
    }
    for (size_t s = 0; s < scenario->step_count; s++)
        if (!used[s])
            warn_at(r, &scenario->steps[s].label, NULL,
                    SAY("step \"%s\" stands in no order constraint",
                        scenario->steps[s].label.id));
}

/* ---- evidence -------------------------------------------------------------------- */

static void mark(bool *used, const truce_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        used[list->items[i]] = true;
}

static void mark_preferences(bool *used, const truce_preferences *preferences)
{
    mark(used, &preferences->label.claims);
    mark(used, &preferences->outside.label.claims);
    for (size_t b = 0; b < preferences->bonus_count; b++)
        mark(used, &preferences->bonuses[b].label.claims);
    for (size_t l = 0; l < preferences->red_line_count; l++)
        mark(used, &preferences->red_lines[l].label.claims);
}

/* All entries of all sections begin with a label. */
static void mark_sections(bool *used, const truce_scenario *scenario)
{
    for (size_t s = 0; s < section_count; s++) {
        const char *items, *whole = (const char *)scenario;
        size_t count;
        memcpy(&items, whole + sections[s].items, sizeof items);
        memcpy(&count, whole + sections[s].count, sizeof count);
        for (size_t i = 0; i < count; i++)
            mark(used,
                 &((const truce_label *)(const void *)(items +
                                                       i * sections[s].shape->size))
                      ->claims);
    }
}

static bool *claims_in_use(reader *r)
{
    const truce_scenario *scenario = r->scenario;
    bool *used = arena_array(&r->tree->memory, scenario->claim_count, bool);
    mark_sections(used, scenario);
    for (size_t p = 0; p < scenario->party_count; p++)
        mark_preferences(used, &scenario->parties[p].preferences);
    for (size_t c = 0; c < scenario->claim_count; c++) {
        mark(used, &scenario->claims[c].disputes);
        used[c] |= scenario->claims[c].disputes.count > 0;
    }
    return used;
}

static void claims_warn(reader *r)
{
    const bool *used = claims_in_use(r);
    for (size_t c = 0; c < r->scenario->claim_count; c++) {
        const truce_claim *claim = &r->scenario->claims[c];
        if (!used[c])
            warn_at(r, &claim->label, "name it where it matters: claim: ...",
                    SAY("nothing rests on claim \"%s\"", claim->label.id));
        if (claim->source == TRUCE_NOBODY)
            warn_at(r, &claim->label, "add source: ...",
                    SAY("claim \"%s\" names no source", claim->label.id));
        if (list_holds(&claim->disputes, c))
            warn_at(r, &claim->label, NULL,
                    SAY("claim \"%s\" disputes itself", claim->label.id));
    }
}

static void sources_warn(reader *r)
{
    const truce_scenario *scenario = r->scenario;
    bool *used = arena_array(&r->tree->memory, scenario->source_count, bool);
    for (size_t c = 0; c < scenario->claim_count; c++)
        if (scenario->claims[c].source != TRUCE_NOBODY)
            used[scenario->claims[c].source] = true;
    for (size_t s = 0; s < scenario->source_count; s++)
        if (!used[s])
            warn_at(r, &scenario->sources[s].label, NULL,
                    SAY("no claim comes from source \"%s\"",
                        scenario->sources[s].label.id));
}

void warnings_find(reader *r)
{
    truce_value *status_quo =
        arena_array(&r->tree->memory, r->scenario->issue_count, truce_value);
    scenario_status_quo(r->scenario, status_quo);
    sources_warn(r);
    claims_warn(r);
    parties_warn(r, status_quo);
    issues_warn(r);
    demands_warn(r);
    rules_warn(r, status_quo);
    steps_warn(r);
}
