/* Who waits for whom: circles as chains of steps, with the owner of each link. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/words.h"

#include <string.h>

/* ---- JSON ------------------------------------------------------------------------ */

static void write_constraint(json *to, const truce_order *result, size_t which)
{
    const truce_scenario *scenario = result->finding.scenario;
    const truce_constraint *one = &scenario->order[which];
    json_object(to);
    field_text(to, "id", one->label.id);
    field_text(to, "first", one->first.text);
    field_text(to, "then", one->then.text);
    field_text(to, "by", owner_id(scenario, one->by));
    field_bool(to, "relaxed", one->relaxed);
    field_bool(to, "met", result->met[which]);
    json_end(to);
}

static void write_cycles(json *to, const truce_order *result)
{
    json_key(to, "cycles");
    json_array(to);
    for (size_t c = 0; c < result->cycle_count; c++) {
        json_array(to);
        for (size_t i = 0; i < result->cycles[c].count; i++)
            write_constraint(to, result, result->cycles[c].constraints[i]);
        json_end(to);
    }
    json_end(to);
    field_bool(to, "cycles_cut", result->cycles_cut);
}

static void write_breaks(json *to, const truce_order *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_key(to, "breaks");
    json_array(to);
    for (size_t b = 0; b < result->break_count; b++) {
        json_array(to);
        for (size_t i = 0; i < result->breaks[b].count; i++)
            json_text(to, scenario->order[result->breaks[b].items[i]].label.id);
        json_end(to);
    }
    json_end(to);
    field_bool(to, "breaks_cut", result->breaks_cut);
    field_bool(to, "unbreakable", result->unbreakable);
}

static const char *held_id(const truce_scenario *scenario, const truce_held *held)
{
    return held->step == TRUCE_NOBODY ? scenario->issues[held->issue].label.id
                                      : scenario->steps[held->step].label.id;
}

static void write_held(json *to, const truce_order *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_key(to, "held");
    json_array(to);
    for (size_t h = 0; h < result->held_count; h++) {
        json_object(to);
        field_text(to, "step", held_id(scenario, &result->held[h]));
        field_constraints(to, "by", scenario, result->held[h].by);
        json_end(to);
    }
    json_end(to);
}

static void write_free(json *to, const truce_order *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_key(to, "free");
    json_array(to);
    for (size_t i = 0; i < result->free_issues.count; i++)
        json_text(to, scenario->issues[result->free_issues.items[i]].label.id);
    for (size_t i = 0; i < result->free_steps.count; i++)
        json_text(to, scenario->steps[result->free_steps.items[i]].label.id);
    json_end(to);
}

void order_answer(json *to, const truce_order *result)
{
    json_object(to);
    write_cycles(to, result);
    write_breaks(to, result);
    field_constraints(to, "gates", result->finding.scenario, result->gates);
    write_held(to, result);
    write_free(to, result);
    json_end(to);
}

void truce_order_json(FILE *out, const truce_order *result,
                      const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    order_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

/* "ceasefire → substantive talks → agreed terms → ceasefire"; where one link ends in
 * more than the next begins with, both are named: "any settlement, with it territory".
 */
const char *order_chain(page *to, const truce_scenario *scenario,
                        const truce_cycle *cycle)
{
    const char *chain = stage_words(&to->memory, scenario,
                                    &scenario->order[cycle->constraints[0]].first);
    for (size_t i = 0; i < cycle->count; i++) {
        const truce_constraint *one = &scenario->order[cycle->constraints[i]];
        const truce_constraint *next =
            &scenario->order[cycle->constraints[(i + 1) % cycle->count]];
        chain = arena_format(&to->memory, "%s → %s", chain,
                             stage_words(&to->memory, scenario, &one->then));
        if (strcmp(one->then.text, next->first.text) != 0)
            chain = arena_format(&to->memory, "%s, with it %s", chain,
                                 stage_words(&to->memory, scenario, &next->first));
    }
    return chain;
}

const char *order_standing(const truce_cycle *cycle)
{
    if (cycle->met)
        return "as stated; one of its links is already met";
    return cycle->relaxed ? "deadlock as stated; practice differs" : "deadlock";
}

static const char *facts_of(page *to, const truce_scenario *scenario, truce_list facts)
{
    const char **texts = arena_array(&to->memory, facts.count, const char *);
    for (size_t i = 0; i < facts.count; i++) {
        const truce_fact *fact = &scenario->facts[facts.items[i]];
        texts[i] = arena_format(&to->memory, "%s (%s)", fact->text, fact->label.id);
    }
    return join(&to->memory, texts, facts.count, "; ");
}

static const char *source_words(page *to, const truce_scenario *scenario,
                                const truce_constraint *one)
{
    if (one->by == TRUCE_NOBODY)
        return one->label.id;
    return arena_format(&to->memory, "%s; %s", one->label.id,
                        drawn_from(&to->memory, scenario, &one->label));
}

static void say_link(page *to, const truce_order *result, size_t which)
{
    const truce_scenario *scenario = result->finding.scenario;
    const truce_constraint *one = &scenario->order[which];
    const char *practice = "";
    if (one->relaxed)
        practice = arena_format(&to->memory, "; practice differs%s%s",
                                one->evidence.count > 0 ? ": " : "",
                                facts_of(to, scenario, one->evidence));
    page_item(
        to, 4, "- ", "%s: first %s, then %s (%s)%s%s", owner_called(scenario, one->by),
        stage_words(&to->memory, scenario, &one->first),
        stage_words(&to->memory, scenario, &one->then), source_words(to, scenario, one),
        practice, result->met[which] ? "; already met" : "");
}

static void say_cycles(page *to, const truce_order *result)
{
    if (result->cycle_count == 0) {
        page_say(to, 0, "No demand about the order of steps runs in a circle.");
        return;
    }
    page_say(to, 0, "%s in a circle: each link waits for the one before.%s",
             counted(&to->memory, result->cycle_count, "chain runs", "chains run"),
             result->cycles_cut ? " More exist than are listed." : "");
    for (size_t c = 0; c < result->cycle_count; c++) {
        const truce_cycle *cycle = &result->cycles[c];
        page_gap(to);
        page_item(to, 2, "", "%s", order_chain(to, result->finding.scenario, cycle));
        page_item(to, 2, "", "(%s)", order_standing(cycle));
        for (size_t i = 0; i < cycle->count; i++)
            say_link(to, result, cycle->constraints[i]);
    }
}

/* "o1 (Ukraine), or o2 (Russia)" */
const char *order_breaks(page *to, const truce_order *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    const char **sets = arena_array(&to->memory, result->break_count, const char *);
    for (size_t b = 0; b < result->break_count; b++) {
        const truce_list *one = &result->breaks[b];
        const char **texts = arena_array(&to->memory, one->count, const char *);
        for (size_t i = 0; i < one->count; i++)
            texts[i] = arena_format(
                &to->memory, "%s (%s)", scenario->order[one->items[i]].label.id,
                owner_called(scenario, scenario->order[one->items[i]].by));
        sets[b] = join(&to->memory, texts, one->count, " and ");
    }
    return join(&to->memory, sets, result->break_count, ", or ");
}

static void say_breaks(page *to, const truce_order *result)
{
    if (result->cycle_count == 0)
        return;
    page_gap(to);
    if (result->unbreakable)
        page_say(to, 0,
                 "One of these circles is made of logic alone: the file contradicts "
                 "itself, and no party could open it.");
    else
        page_say(to, 0, "%s would be open if this were not insisted on: %s.%s",
                 result->cycle_count == 1 ? "The circle" : "Every circle",
                 order_breaks(to, result),
                 result->breaks_cut ? " More such sets exist than are listed." : "");
}

const char *order_gate(page *to, const truce_scenario *scenario, size_t which)
{
    const truce_constraint *gate = &scenario->order[which];
    return arena_format(&to->memory, "%s waits for %s: %s first (%s)",
                        stage_words(&to->memory, scenario, &gate->then),
                        owner_called(scenario, gate->by),
                        stage_words(&to->memory, scenario, &gate->first),
                        source_words(to, scenario, gate));
}

static void say_gates(page *to, const truce_order *result)
{
    if (result->gates.count == 0)
        return;
    page_heading(to, "Gates: kept by somebody who is not a principal");
    for (size_t i = 0; i < result->gates.count; i++)
        page_item(to, 0, "- ", "%s",
                  order_gate(to, result->finding.scenario, result->gates.items[i]));
}

static const char *held_words(const truce_scenario *scenario, const truce_held *held)
{
    if (held->step == TRUCE_NOBODY)
        return scenario->issues[held->issue].label.id;
    const truce_step *step = &scenario->steps[held->step];
    return step->title != NULL ? step->title : step->label.id;
}

static bool same_holders(const truce_held *one, const truce_held *other)
{
    if (one->by.count != other->by.count)
        return false;
    for (size_t i = 0; i < one->by.count; i++)
        if (one->by.items[i] != other->by.items[i])
            return false;
    return true;
}

static bool told_before(const truce_order *result, size_t held)
{
    for (size_t h = 0; h < held; h++)
        if (same_holders(&result->held[h], &result->held[held]))
            return true;
    return false;
}

/* "summit = US-RU (o3, United States) and substantive talks (o4, logic)" */
static const char *holders(page *to, const truce_scenario *scenario, truce_list by)
{
    const char **texts = arena_array(&to->memory, by.count, const char *);
    for (size_t i = 0; i < by.count; i++) {
        const truce_constraint *one = &scenario->order[by.items[i]];
        texts[i] = arena_format(&to->memory, "%s (%s, %s)",
                                stage_words(&to->memory, scenario, &one->first),
                                one->label.id, owner_called(scenario, one->by));
    }
    return join(&to->memory, texts, by.count, " and ");
}

static void say_held(page *to, const truce_order *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    if (result->held_count == 0)
        return;
    page_heading(to, "Held back today");
    for (size_t h = 0; h < result->held_count; h++) {
        if (told_before(result, h))
            continue;
        const char **texts = arena_array(&to->memory, result->held_count, const char *);
        size_t count = 0;
        for (size_t other = h; other < result->held_count; other++)
            if (same_holders(&result->held[h], &result->held[other]))
                texts[count++] = held_words(scenario, &result->held[other]);
        page_item(to, 0, "- ", "%s: only after %s",
                  join(&to->memory, texts, count, " and "),
                  holders(to, scenario, result->held[h].by));
    }
}

const char *order_free(page *to, const truce_order *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    size_t count = 0;
    const char **texts =
        arena_array(&to->memory, result->free_issues.count + result->free_steps.count,
                    const char *);
    for (size_t i = 0; i < result->free_issues.count; i++)
        texts[count++] = scenario->issues[result->free_issues.items[i]].label.id;
    for (size_t i = 0; i < result->free_steps.count; i++) {
        const truce_step *step = &scenario->steps[result->free_steps.items[i]];
        texts[count++] = step->title != NULL ? step->title : step->label.id;
    }
    return count == 0 ? "nothing" : join(&to->memory, texts, count, " and ");
}

void order_pages(page *to, const truce_order *result)
{
    say_cycles(to, result);
    say_breaks(to, result);
    say_gates(to, result);
    say_held(to, result);
    page_heading(to, "Free: nothing is said to come before these");
    page_say(to, 0, "%s", order_free(to, result));
}

void truce_order_print(FILE *out, const truce_order *result,
                       const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Order: what waits for what?");
    order_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
