/* Who waits for whom. Each order constraint is a node; issues and steps are the hubs
 * between them: a constraint leads to the hubs of its `then`, and is reached from those
 * of its `first`. So the arrows of "leads to" are never written out.
 *
 * What is held is asked the other way round: from an issue or a step to the constraints
 * whose `then` touches it. */
#include <truce/solve.h>

#include "base/error.h"
#include "base/stop.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "solve/graph.h"

#include <stdlib.h>

enum { MOST_LISTED = 1000 };

typedef struct ordering {
    const truce_scenario *scenario;
    truce_order *result;
    arena work;
    truce_value *today;
    graph arrows;  /* from constraint to constraint */
    graph waiting; /* led_by: which constraints an issue or a step comes after */
    size_t most;
    const truce_stop *stop;
    bool stopped;
} ordering;

/* ---- the two graphs -------------------------------------------------------------- */

typedef struct links {
    graph_link *items;
    size_t count, room;
} links;

static size_t hub_of_step(const truce_scenario *scenario, size_t step)
{
    return scenario->issue_count + step;
}

/* Links a constraint to the hubs of one of its ends, but for the issues marked as left
 * out. */
static void link_stage(links *to, const truce_scenario *scenario, size_t constraint,
                       const truce_stage *stage, const bool *left_out)
{
    for (size_t i = 0; i < stage->issues.count; i++)
        if (!left_out[stage->issues.items[i]])
            *grow(to->items, to->count, to->room) =
                (graph_link){constraint, stage->issues.items[i]};
    if (stage->step != TRUCE_NOBODY)
        *grow(to->items, to->count, to->room) =
            (graph_link){constraint, hub_of_step(scenario, stage->step)};
}

static void mark(bool *marks, const truce_list *items, bool value)
{
    for (size_t i = 0; i < items->count; i++)
        marks[items->items[i]] = value;
}

static graph graph_of(ordering *of, const links *out, const links *in)
{
    return graph_new(&of->work, of->scenario->order_count,
                     of->scenario->issue_count + of->scenario->step_count, out->items,
                     out->count, in->items, in->count);
}

static void build_graphs(ordering *of)
{
    const truce_scenario *scenario = of->scenario;
    links first = {0}, then = {0},
          later = {0}; /* later: then, less the issues of first */
    bool *none = arena_array(&of->work, scenario->issue_count, bool);
    bool *own = arena_array(&of->work, scenario->issue_count, bool);
    for (size_t c = 0; c < scenario->order_count; c++) {
        const truce_constraint *constraint = &scenario->order[c];
        link_stage(&first, scenario, c, &constraint->first, none);
        link_stage(&then, scenario, c, &constraint->then, none);
        mark(own, &constraint->first.issues, true);
        link_stage(&later, scenario, c, &constraint->then, own);
        mark(own, &constraint->first.issues, false);
    }
    of->arrows = graph_of(of, &later, &first);
    of->waiting = graph_of(of, &then, &(links){0});
    free(first.items);
    free(then.items);
    free(later.items);
}

/* ---- cycles and what breaks them ------------------------------------------------- */

static void describe_cycle(const truce_scenario *scenario, const bool *met,
                           const truce_list *nodes, truce_cycle *cycle)
{
    *cycle = (truce_cycle){.constraints = nodes->items, .count = nodes->count};
    for (size_t i = 0; i < nodes->count; i++) {
        cycle->relaxed |= scenario->order[nodes->items[i]].relaxed;
        cycle->met |= met[nodes->items[i]];
    }
}

static void find_cycles(ordering *of)
{
    arena *memory = result_memory(&of->result->finding);
    graph_sets found = graph_cycles(&of->arrows, of->most, of->stop, memory);
    truce_cycle *cycles = arena_array(memory, found.count, truce_cycle);
    for (size_t c = 0; c < found.count; c++)
        describe_cycle(of->scenario, of->result->met, &found.items[c], &cycles[c]);
    of->result->cycles = cycles;
    of->result->cycle_count = found.count;
    of->result->cycles_cut = found.cut;
    of->stopped |= found.stopped;
}

/* Nobody can relax what logic demands. */
static void find_breaks(ordering *of)
{
    size_t count = of->scenario->order_count;
    bool *logic = arena_array(&of->work, count, bool);
    bool *others = arena_array(&of->work, count, bool);
    for (size_t c = 0; c < count; c++) {
        logic[c] = of->scenario->order[c].by == TRUCE_NOBODY;
        others[c] = !logic[c];
    }
    of->result->unbreakable = graph_has_cycle(&of->arrows, others);
    graph_sets found = graph_breaks(&of->arrows, logic, of->most, of->stop,
                                    result_memory(&of->result->finding));
    of->result->breaks = found.items;
    of->result->break_count = found.count;
    of->result->breaks_cut = found.cut;
    of->stopped |= found.stopped;
}

/* ---- gates, held, free ----------------------------------------------------------- */

static void find_met_and_gates(ordering *of)
{
    const truce_scenario *scenario = of->scenario;
    truce_finding *finding = &of->result->finding;
    bool *met = arena_array(result_memory(finding), scenario->order_count, bool);
    size_t *gates = arena_array(&of->work, scenario->order_count, size_t);
    size_t count = 0;
    for (size_t c = 0; c < scenario->order_count; c++) {
        met[c] = stage_is_done(scenario, &scenario->order[c].first, of->today);
        if (is_gate(scenario, &scenario->order[c], of->today))
            gates[count++] = c;
    }
    of->result->met = met;
    of->result->gates = result_list(finding, gates, count);
}

/* What is collected while all issues and steps are gone through. */
typedef struct standing {
    ordering *of;
    truce_held *held;
    size_t held_count, held_room;
    size_t *seen; /* [order_count] the last subject it was looked at for, from 1 */
    size_t *by;   /* [order_count] */
    size_t by_count, subject;
    bool waits; /* for some constraint unmet, relaxed or not */
} standing;

static void look_at_hub(standing *now, size_t hub)
{
    const graph_rows *rows = &now->of->waiting.led_by;
    for (size_t i = rows->starts[hub]; i < rows->starts[hub + 1]; i++) {
        size_t c = rows->items[i];
        if (now->seen[c] == now->subject || now->of->result->met[c])
            continue;
        now->seen[c] = now->subject;
        now->waits = true;
        if (!now->of->scenario->order[c].relaxed)
            now->by[now->by_count++] = c;
    }
}

static int compare_numbers(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;
    return a < b ? -1 : a > b;
}

static void begin_subject(standing *now)
{
    now->subject++;
    now->by_count = 0;
    now->waits = false;
}

/* True when the subject is free. */
static bool end_subject(standing *now, size_t issue, size_t step)
{
    if (now->by_count > 1)
        qsort(now->by, now->by_count, sizeof *now->by, compare_numbers);
    if (now->by_count > 0)
        *grow(now->held, now->held_count, now->held_room) = (truce_held){
            issue, step,
            result_list(&now->of->result->finding, now->by, now->by_count)};
    return !now->waits;
}

static bool is_issue_free(standing *now, size_t issue)
{
    begin_subject(now);
    look_at_hub(now, issue);
    return end_subject(now, issue, TRUCE_NOBODY);
}

static bool is_step_free(standing *now, size_t step)
{
    const truce_scenario *scenario = now->of->scenario;
    const truce_list *issues = &scenario->steps[step].issues;
    begin_subject(now);
    look_at_hub(now, hub_of_step(scenario, step));
    for (size_t i = 0; i < issues->count; i++)
        look_at_hub(now, issues->items[i]);
    return end_subject(now, TRUCE_NOBODY, step);
}

typedef bool is_free(standing *now, size_t subject);

static truce_list free_ones(standing *now, size_t count, is_free *free_one)
{
    size_t *items =
        arena_array(result_memory(&now->of->result->finding), count, size_t);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (free_one(now, i))
            items[found++] = i;
    return (truce_list){items, found};
}

static void find_held_and_free(ordering *of)
{
    const truce_scenario *scenario = of->scenario;
    truce_order *result = of->result;
    standing now = {
        .of = of,
        .seen = arena_array(&of->work, scenario->order_count, size_t),
        .by = arena_array(&of->work, scenario->order_count, size_t),
    };
    result->free_issues = free_ones(&now, scenario->issue_count, is_issue_free);
    result->free_steps = free_ones(&now, scenario->step_count, is_step_free);
    result->held_count = now.held_count;
    result->held = arena_copy(result_memory(&result->finding), now.held,
                              now.held_count * sizeof *now.held);
    free(now.held);
}

/* ---- the answer ------------------------------------------------------------------ */

static void find_grounds(ordering *of)
{
    const truce_scenario *scenario = of->scenario;
    grounds all = grounds_begin(scenario);
    for (size_t c = 0; c < scenario->order_count; c++)
        grounds_constraint(&all, c);
    for (size_t s = 0; s < scenario->step_count; s++)
        grounds_label(&all, &scenario->steps[s].label);
    for (size_t a = 0; a < scenario->agreement_count; a++)
        if (scenario->agreements[a].state == TRUCE_IN_FORCE)
            grounds_label(&all, &scenario->agreements[a].label);
    of->result->finding.grounds =
        grounds_end(&all, result_memory(&of->result->finding));
}

static void say_proof(ordering *of)
{
    truce_order *result = of->result;
    if (of->stopped)
        result_bounded(&result->finding,
                       "time ran out: cycles and breaks are those found");
    else if (result->cycles_cut)
        result_bounded(&result->finding, "the list of cycles was cut at %zu",
                       result->cycle_count);
    else if (result->breaks_cut)
        result_bounded(&result->finding,
                       "all cycles listed; the list of breaks was cut at %zu",
                       result->break_count);
    else
        result_proved(&result->finding,
                      "all cycles and all minimal sets that break them were listed");
}

static truce_status status_of(const ordering *of, truce_error *error)
{
    const truce_order *result = of->result;
    if (of->stopped)
        return error_say(error, TRUCE_LIMIT,
                         "time ran out before all cycles were listed");
    bool nothing = result->cycle_count + result->gates.count + result->held_count == 0;
    return nothing ? TRUCE_NONE : TRUCE_OK;
}

truce_status truce_order_find(const truce_scenario *scenario,
                              const truce_order_choices *choices,
                              const truce_stop *stop, truce_order **result,
                              truce_error *error)
{
    ordering of = {
        .scenario = scenario,
        .result = result_new(sizeof(truce_order), scenario, "order"),
        .most = choices && choices->most ? choices->most : MOST_LISTED,
        .stop = stop,
    };
    of.today = arena_array(&of.work, scenario->issue_count, truce_value);
    truce_scenario_today(scenario, of.today);
    build_graphs(&of);
    find_met_and_gates(&of);
    find_cycles(&of);
    find_breaks(&of);
    find_held_and_free(&of);
    find_grounds(&of);
    say_proof(&of);
    truce_status status = status_of(&of, error);
    arena_free(&of.work);
    *result = of.result;
    return status;
}

void truce_order_free(truce_order *result)
{
    result_free(result ? &result->finding : NULL);
}
