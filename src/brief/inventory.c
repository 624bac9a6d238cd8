/* One function a section of the file. Texts are as the file has them; a thing that is
 * absent has no line, so that "absent" and "empty" stay apart. */
#include "brief/inventory.h"

#include "base/decimal.h"
#include "scenario/numbers.h"

#include <stdlib.h>
#include <string.h>

void inventory_add(inventory *to, const char *text, const char *path_format, ...)
{
    if (text == NULL)
        return;
    va_list arguments;
    va_start(arguments, path_format);
    const char *path = arena_format_v(to->memory, path_format, arguments);
    va_end(arguments);
    *grow(to->lines, to->count, to->room) = (inventory_line){path, text};
}

void inventory_free(inventory *all)
{
    free(all->lines);
    *all = (inventory){0};
}

/* ---- texts ----------------------------------------------------------------------- */

static const char *joined(inventory *to, const char *so_far, const char *more)
{
    return *so_far ? arena_format(to->memory, "%s, %s", so_far, more) : more;
}

static const char *party_id(const truce_scenario *scenario, size_t party)
{
    return party == TRUCE_NOBODY ? NULL : scenario->parties[party].label.id;
}

static const char *owner(const truce_scenario *scenario, size_t party)
{
    return party == TRUCE_NOBODY ? "logic" : scenario->parties[party].label.id;
}

static const char *party_ids(inventory *to, const truce_scenario *scenario,
                             const truce_list *list)
{
    const char *text = "";
    for (size_t k = 0; k < list->count; k++)
        text = joined(to, text, scenario->parties[list->items[k]].label.id);
    return *text ? text : NULL;
}

static const char *terms_text(inventory *to, const truce_terms *terms)
{
    const char *text = "";
    for (size_t k = 0; k < terms->count; k++)
        text = joined(to, text, truce_condition_text(terms->items[k].condition));
    return *text ? text : NULL;
}

static const char *settings_text(inventory *to, const truce_scenario *scenario,
                                 const truce_settings *set)
{
    const char *text = "";
    for (size_t s = 0; s < set->count; s++) {
        const truce_issue *issue = &scenario->issues[set->items[s].issue];
        text = joined(to, text,
                      arena_format(to->memory, "%s=%s", issue->label.id,
                                   issue->values[set->items[s].value]));
    }
    return *text ? text : NULL;
}

static const char *number_text(inventory *to, const truce_number *number)
{
    const char *mode = decimal_text(to->memory, number->mode);
    if (!number->ranged)
        return mode;
    return arena_format(to->memory, "%s (%s to %s)", mode,
                        decimal_text(to->memory, number->low),
                        decimal_text(to->memory, number->high));
}

static const char *condition_text(const truce_condition *condition)
{
    return condition ? truce_condition_text(condition) : NULL;
}

/* ---- sections -------------------------------------------------------------------- */

static void add_sources(inventory *to, const truce_scenario *scenario)
{
    for (size_t s = 0; s < scenario->source_count; s++) {
        const truce_source *source = &scenario->sources[s];
        const char *id = source->label.id;
        inventory_add(to, source->title, "sources.%s.title", id);
        inventory_add(to, source->sha256, "sources.%s.sha256", id);
        if (source->reliability)
            inventory_add(to, arena_format(to->memory, "%c", source->reliability),
                          "sources.%s.reliability", id);
    }
}

static void add_claims(inventory *to, const truce_scenario *scenario)
{
    for (size_t c = 0; c < scenario->claim_count; c++) {
        const truce_claim *claim = &scenario->claims[c];
        const char *id = claim->label.id;
        inventory_add(to, claim->says, "claims.%s.says", id);
        inventory_add(to, claim->at, "claims.%s.at", id);
        inventory_add(to, claim->speaker.text, "claims.%s.speaker", id);
        inventory_add(to, claim->via, "claims.%s.via", id);
        inventory_add(to, claim->corrected, "claims.%s.corrected", id);
        if (claim->credibility)
            inventory_add(to, arena_format(to->memory, "%u", claim->credibility),
                          "claims.%s.credibility", id);
    }
    for (size_t f = 0; f < scenario->fact_count; f++)
        inventory_add(to, scenario->facts[f].text, "facts.%s.text",
                      scenario->facts[f].label.id);
}

static void add_parties(inventory *to, const truce_scenario *scenario)
{
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_party *party = &scenario->parties[p];
        inventory_add(to, truce_role_name(party->role), "parties.%s.role",
                      party->label.id);
        inventory_add(to,
                      party->consents_to_all ? "all" : terms_text(to, &party->consent),
                      "parties.%s.consent", party->label.id);
    }
    for (size_t d = 0; d < scenario->delegation_count; d++) {
        const truce_delegation *delegation = &scenario->delegations[d];
        const char *id = delegation->label.id;
        inventory_add(to, party_id(scenario, delegation->of), "delegations.%s.of", id);
        inventory_add(to, delegation->level, "delegations.%s.level", id);
        inventory_add(to, terms_text(to, &delegation->may_sign),
                      "delegations.%s.may-sign", id);
        inventory_add(to, terms_text(to, &delegation->ad_referendum),
                      "delegations.%s.ad-referendum", id);
    }
}

static void add_issues(inventory *to, const truce_scenario *scenario)
{
    for (size_t i = 0; i < scenario->issue_count; i++) {
        const truce_issue *issue = &scenario->issues[i];
        const char *values = "";
        for (size_t v = 0; v < issue->value_count && v < 50; v++)
            values = joined(to, values, issue->values[v]);
        inventory_add(to, values, "issues.%s.values", issue->label.id);
        inventory_add(to, arena_format(to->memory, "%zu", issue->value_count),
                      "issues.%s.count", issue->label.id);
        inventory_add(to, issue->values[issue->status_quo], "issues.%s.status-quo",
                      issue->label.id);
        inventory_add(to, party_ids(to, scenario, &issue->by), "issues.%s.by",
                      issue->label.id);
    }
}

static void add_preferences(inventory *to, const truce_scenario *scenario)
{
    numbers all = numbers_of(scenario, to->memory);
    for (size_t k = 0; k < all.count; k++)
        inventory_add(to, number_text(to, all.items[k].number), "preferences.%s",
                      all.items[k].number->path);
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        for (size_t r = 0; r < preferences->red_line_count; r++)
            inventory_add(to, condition_text(preferences->red_lines[r].condition),
                          "preferences.%s.red-lines.%zu", scenario->parties[p].label.id,
                          r + 1);
        for (size_t b = 0; b < preferences->bonus_count; b++)
            inventory_add(to, condition_text(preferences->bonuses[b].condition),
                          "preferences.%s.bonus.%zu.if", scenario->parties[p].label.id,
                          b + 1);
    }
}

static void add_demands(inventory *to, const truce_scenario *scenario)
{
    for (size_t d = 0; d < scenario->demand_count; d++) {
        const truce_demand *demand = &scenario->demands[d];
        inventory_add(to, party_id(scenario, demand->by), "demands.%s.by",
                      demand->label.id);
        inventory_add(to, condition_text(demand->wants), "demands.%s.wants",
                      demand->label.id);
        inventory_add(to, demand->strength, "demands.%s.strength", demand->label.id);
    }
    for (size_t r = 0; r < scenario->rule_count; r++) {
        const truce_rule *rule = &scenario->rules[r];
        inventory_add(to, owner(scenario, rule->by), "rules.%s.by", rule->label.id);
        inventory_add(to, condition_text(rule->given), "rules.%s.if", rule->label.id);
        inventory_add(to, condition_text(rule->then), "rules.%s.then", rule->label.id);
    }
}

static void add_order(inventory *to, const truce_scenario *scenario)
{
    for (size_t s = 0; s < scenario->step_count; s++)
        inventory_add(to, scenario->steps[s].done ? "yes" : "no", "steps.%s.done",
                      scenario->steps[s].label.id);
    for (size_t c = 0; c < scenario->order_count; c++) {
        const truce_constraint *one = &scenario->order[c];
        inventory_add(to, owner(scenario, one->by), "order.%s.by", one->label.id);
        inventory_add(to, one->first.text, "order.%s.first", one->label.id);
        inventory_add(to, one->then.text, "order.%s.then", one->label.id);
        inventory_add(to, one->relaxed ? "relaxed" : NULL, "order.%s.observed",
                      one->label.id);
    }
}

static void add_threats(inventory *to, const truce_scenario *scenario)
{
    for (size_t t = 0; t < scenario->threat_count; t++) {
        const truce_threat *threat = &scenario->threats[t];
        const char *id = threat->label.id;
        inventory_add(to, condition_text(threat->unless), "threats.%s.unless", id);
        inventory_add(to, threat->trigger, "threats.%s.if", id);
        inventory_add(to, threat->effect, "threats.%s.effect", id);
        for (size_t r = 0; r < threat->reading_count; r++)
            inventory_add(to, settings_text(to, scenario, &threat->readings[r]),
                          "threats.%s.readings.%zu", id, r + 1);
        for (size_t k = 0; k < threat->outside_count; k++)
            inventory_add(to, number_text(to, &threat->outside[k].change),
                          "threats.%s.outside.%s", id,
                          scenario->parties[threat->outside[k].party].label.id);
    }
    for (size_t d = 0; d < scenario->deadline_count; d++)
        inventory_add(to, scenario->deadlines[d].at, "deadlines.%s.at",
                      scenario->deadlines[d].label.id);
}

static void add_history(inventory *to, const truce_scenario *scenario)
{
    for (size_t r = 0; r < scenario->round_count; r++)
        for (size_t k = 0; k < scenario->rounds[r].position_count; k++) {
            const truce_position *position = &scenario->rounds[r].positions[k];
            inventory_add(to, settings_text(to, scenario, &position->values),
                          "rounds.%s.positions.%s", scenario->rounds[r].label.id,
                          scenario->parties[position->party].label.id);
        }
    for (size_t b = 0; b < scenario->observed_count; b++) {
        const truce_observation *seen = &scenario->observed[b];
        const char *id = seen->label.id;
        inventory_add(to, settings_text(to, scenario, &seen->offer),
                      "observed.%s.offer", id);
        inventory_add(to, party_ids(to, scenario, &seen->accepted_by),
                      "observed.%s.accepted-by", id);
        inventory_add(to, party_ids(to, scenario, &seen->refused_by),
                      "observed.%s.refused-by", id);
    }
    static const char *const states[] = {"agreed", "in-force", "ended"};
    for (size_t a = 0; a < scenario->agreement_count; a++) {
        const truce_agreement *agreement = &scenario->agreements[a];
        inventory_add(to, settings_text(to, scenario, &agreement->set),
                      "agreements.%s.set", agreement->label.id);
        inventory_add(to, states[agreement->state], "agreements.%s.state",
                      agreement->label.id);
    }
}

inventory inventory_of_things(const truce_scenario *scenario, arena *memory)
{
    inventory all = {.memory = memory};
    add_sources(&all, scenario);
    add_claims(&all, scenario);
    add_parties(&all, scenario);
    add_issues(&all, scenario);
    add_preferences(&all, scenario);
    add_demands(&all, scenario);
    add_order(&all, scenario);
    add_threats(&all, scenario);
    add_history(&all, scenario);
    return all;
}

/* ---- answers --------------------------------------------------------------------- */

static const char *count_text(inventory *to, truce_count count)
{
    if (count.exact)
        return arena_text(to->memory, count.exact);
    return arena_format(to->memory, "%s to %s", count.low, count.high);
}

static void add_deals(inventory *to, const truce_deals *deals)
{
    inventory_add(to, count_text(to, deals->outcomes), "deals.outcomes");
    inventory_add(to, count_text(to, deals->acceptable_to_principals),
                  "deals.acceptable_to_principals");
    inventory_add(to, count_text(to, deals->acceptable), "deals.acceptable");
    inventory_add(to, count_text(to, deals->efficient), "deals.efficient");
}

static void add_clashes(inventory *to, const truce_clashes *clashes)
{
    for (size_t c = 0; c < clashes->count; c++) {
        const char *members = "";
        for (size_t k = 0; k < clashes->items[c].count; k++)
            members = joined(to, members, clashes->items[c].ids[k]);
        inventory_add(to, "clash", "clash.{%s}", members);
    }
}

static void add_unlock(inventory *to, const truce_unlock *unlock)
{
    const truce_scenario *scenario = unlock->finding.scenario;
    for (size_t w = 0; w < unlock->count; w++) {
        const char *members = "";
        for (size_t k = 0; k < unlock->ways[w].count; k++)
            members =
                joined(to, members,
                       scenario->demands[unlock->ways[w].give[k].demand].label.id);
        const char *count = count_text(to, unlock->ways[w].outcomes);
        inventory_add(to,
                      arena_format(to->memory, "%s outcome%s", count,
                                   strcmp(count, "1") == 0 ? "" : "s"),
                      "unlock.{%s}", members);
    }
}

static void add_order_answers(inventory *to, const truce_order *order)
{
    const truce_scenario *scenario = order->finding.scenario;
    for (size_t c = 0; c < order->cycle_count; c++) {
        const char *chain = "";
        for (size_t k = 0; k < order->cycles[c].count; k++)
            chain = joined(to, chain,
                           scenario->order[order->cycles[c].constraints[k]].label.id);
        inventory_add(to, "cycle", "order.cycle.{%s}", chain);
    }
    for (size_t g = 0; g < order->gates.count; g++)
        inventory_add(to, "gate", "order.gate.%s",
                      scenario->order[order->gates.items[g]].label.id);
    for (size_t h = 0; h < order->held_count; h++)
        inventory_add(to, "held", "order.held.%s",
                      order->held[h].step == TRUCE_NOBODY
                          ? scenario->issues[order->held[h].issue].label.id
                          : scenario->steps[order->held[h].step].label.id);
}

static void add_moves(inventory *to, const truce_now *now)
{
    static const char *const signing[] = {"may be signed", "must be referred",
                                          "not by those in the room"};
    for (size_t m = 0; m < now->count; m++)
        inventory_add(to, signing[now->moves[m].may_sign], "now.{%s}",
                      settings_text(to, now->finding.scenario, &now->moves[m].set));
}

inventory inventory_of_answers(const truce_scenario *scenario, const truce_stop *stop,
                               arena *memory, bool *limited)
{
    inventory all = {.memory = memory};
    truce_brief *brief = NULL;
    truce_status status = truce_brief_find(scenario, &(truce_brief_choices){.draws = 1},
                                           stop, &brief, NULL);
    *limited = status != TRUCE_OK;
    if (brief == NULL)
        return all;
    add_deals(&all, brief->deals);
    add_clashes(&all, brief->clashes);
    add_unlock(&all, brief->unlock);
    add_order_answers(&all, brief->order);
    add_moves(&all, brief->now);
    inventory_add(&all,
                  arena_format(memory, "%zu of %zu", brief->reality->reproduced,
                               brief->reality->count),
                  "reality.reproduced");
    truce_brief_free(brief);
    return all;
}
