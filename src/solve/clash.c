/* clash: minimal unsatisfiable sets by MARCO. A map solver proposes sets not yet
 * judged, large ones first; one that can hold is grown to a maximal one, one that
 * cannot is shrunk to a minimal one, and everything below the former or above the
 * latter is struck off the map. Expects 5 to 200 demands; the map ends when every set
 * is judged. Source: M. Liffiton, A. Previti, A. Malik, J. Marques-Silva, Fast,
 * flexible MUS enumeration, Constraints 21, 2016. */
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/feasible.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BY_DEFAULT = 10000 };

/* Everything at hand while clashes are found. */
typedef struct marco {
    truce_clashes *clashes;
    const space *compiled;
    arena memory;
    members all; /* logic at the end, always active */
    size_t soft; /* members that are not logic: the first so many */
    feasible *problem;
    sat *map;
    int *map_members;  /* [soft] true: in the set */
    bool *active;      /* [all.count] */
    size_t *everybody; /* [all.count] 0, 1, 2, ... */
    truce_value *outcome;
    size_t most;
    truce_clash *found;
    size_t found_count, found_room;
    bool cut, stopped;
} marco;

/* ---- the map --------------------------------------------------------------------- */

/* The next set that is not judged yet, logic added; false when there is none. */
static sat_answer propose(marco *at)
{
    sat_answer answer = sat_ask(at->map, NULL, 0);
    for (size_t k = 0; k < at->all.count && answer == SAT_YES; k++)
        at->active[k] = k >= at->soft || sat_holds(at->map, at->map_members[k]);
    return answer;
}

/* Strikes off every set whose members are among (is_clash false) or include (true)
 * active. */
static void strike_off(marco *at, bool is_clash)
{
    int *literals = must_allocate(at->soft * sizeof *literals);
    size_t count = 0;
    for (size_t k = 0; k < at->soft; k++)
        if (at->active[k] == is_clash)
            literals[count++] = is_clash ? -at->map_members[k] : at->map_members[k];
    sat_clause(at->map, literals, count);
    free(literals);
}

/* ---- one clash ------------------------------------------------------------------- */

static bool active_hold(const marco *at, const truce_value *outcome)
{
    for (size_t k = 0; k < at->all.count; k++)
        if (at->active[k] && !member_holds(at->compiled, &at->all.items[k], outcome))
            return false;
    return true;
}

/* Takes issues back to today's value, one after the other, as long as the active hold:
 * what still differs must. */
static void settle_near_today(const marco *at, truce_value *outcome)
{
    for (size_t i = 0; i < at->compiled->issue_count; i++) {
        truce_value found = outcome[i];
        outcome[i] = at->compiled->today[i];
        if (outcome[i] != found && !active_hold(at, outcome))
            outcome[i] = found;
    }
}

/* An outcome that keeps all members but the k-th. */
static const truce_value *witness_without(marco *at, size_t k)
{
    at->active[k] = false;
    sat_answer answer = feasible_ask(at->problem, at->active, at->outcome);
    if (answer == SAT_YES)
        settle_near_today(at, at->outcome);
    at->active[k] = true;
    return answer == SAT_YES ? result_outcome(&at->clashes->finding, at->outcome)
                             : NULL;
}

/* The logic without which the clash would be none. */
static truce_texts logic_in(marco *at)
{
    arena *memory = result_memory(&at->clashes->finding);
    size_t rules = at->all.count - at->soft;
    bool *active = arena_copy(&at->memory, at->active, at->all.count * sizeof *active);
    const char **ids = arena_array(memory, rules, const char *);
    truce_texts told = {.items = ids};
    if (rules == 0 ||
        !feasible_shrink(at->problem, active, at->everybody + at->soft, rules))
        return told;
    for (size_t k = at->soft; k < at->all.count; k++)
        if (active[k])
            ids[told.count++] = arena_text(memory, at->all.items[k].id);
    return told;
}

/* Writes the clash that is active down; false when time ran out over its witnesses. */
static bool write_down(marco *at)
{
    arena *memory = result_memory(&at->clashes->finding);
    const char **ids = arena_array(memory, at->soft, const char *);
    size_t *parties = arena_array(memory, at->soft, size_t);
    const truce_value **witnesses = arena_array(memory, at->soft, const truce_value *);
    truce_clash one = {.ids = ids, .parties = parties, .witnesses = witnesses};
    for (size_t k = 0; k < at->soft; k++) {
        if (!at->active[k])
            continue;
        ids[one.count] = arena_text(memory, at->all.items[k].id);
        parties[one.count] = at->all.items[k].party;
        witnesses[one.count] = witness_without(at, k);
        if (witnesses[one.count++] == NULL)
            return false;
    }
    one.logic = logic_in(at);
    *grow(at->found, at->found_count, at->found_room) = one;
    return true;
}

/* ---- the loop -------------------------------------------------------------------- */

static bool judge_clash(marco *at)
{
    feasible_keep_blamed(at->problem, at->active);
    for (size_t k = at->soft; k < at->all.count; k++)
        at->active[k] = true;
    if (!feasible_shrink(at->problem, at->active, at->everybody, at->soft) ||
        !write_down(at))
        return false;
    strike_off(at, true);
    return true;
}

static bool judge(marco *at)
{
    sat_answer answer = feasible_ask(at->problem, at->active, at->outcome);
    if (answer == SAT_STOPPED)
        return false;
    if (answer == SAT_NO)
        return judge_clash(at);
    if (!feasible_grow(at->problem, at->active, at->outcome))
        return false;
    strike_off(at, false);
    return true;
}

/* Logic that contradicts itself leaves no outcome whatever is demanded: that is the one clash,
 * and it has no members. */
static bool logic_holds(marco *at)
{
    for (size_t k = 0; k < at->all.count; k++)
        at->active[k] = k >= at->soft;
    if (feasible_ask(at->problem, at->active, NULL) != SAT_NO)
        return true;
    write_down(at);
    return false;
}

static void enumerate(marco *at)
{
    sat_answer more = SAT_NO;
    while (at->found_count < at->most && (more = propose(at)) == SAT_YES)
        if (!judge(at)) {
            at->cut = at->stopped = true;
            return;
        }
    if (at->found_count == at->most)
        more = propose(at);
    at->stopped = more == SAT_STOPPED;
    at->cut = more != SAT_NO;
}

/* ---- telling --------------------------------------------------------------------- */

static size_t member_number(const marco *at, const char *id)
{
    size_t k = 0;
    while (strcmp(at->all.items[k].id, id) != 0)
        k++;
    return k;
}

/* A clash with its members as numbers, for sorting. */
typedef struct ranked {
    truce_clash clash;
    size_t *numbers;
} ranked;

static int by_size_then_members(const void *one, const void *other)
{
    const ranked *a = one, *b = other;
    if (a->clash.count != b->clash.count)
        return a->clash.count < b->clash.count ? -1 : 1;
    for (size_t k = 0; k < a->clash.count; k++)
        if (a->numbers[k] != b->numbers[k])
            return a->numbers[k] < b->numbers[k] ? -1 : 1;
    return 0;
}

static void tell_sorted(marco *at)
{
    ranked *order = arena_array(&at->memory, at->found_count, ranked);
    truce_clash *items =
        arena_array(result_memory(&at->clashes->finding), at->found_count, truce_clash);
    for (size_t c = 0; c < at->found_count; c++) {
        order[c] = (ranked){at->found[c],
                            arena_array(&at->memory, at->found[c].count, size_t)};
        for (size_t k = 0; k < at->found[c].count; k++)
            order[c].numbers[k] = member_number(at, at->found[c].ids[k]);
    }
    qsort(order, at->found_count, sizeof *order, by_size_then_members);
    for (size_t c = 0; c < at->found_count; c++)
        items[c] = order[c].clash;
    at->clashes->items = items;
    at->clashes->count = at->found_count;
    at->clashes->members = at->soft;
    at->clashes->cut = at->cut;
}

static void ground_member(grounds *used, const truce_scenario *scenario,
                          const member *one)
{
    switch (one->kind) {
    case MEMBER_DEMAND:
        grounds_label(used, &scenario->demands[one->index].label);
        break;
    case MEMBER_RED_LINE:
        grounds_label(
            used,
            &scenario->parties[one->party].preferences.red_lines[one->index].label);
        break;
    case MEMBER_FLOOR:
        grounds_preferences(used, one->party);
        break;
    case MEMBER_RULE:
    case MEMBER_LOGIC:
        grounds_label(used, &scenario->rules[one->index].label);
        break;
    }
}

static void tell_grounds(marco *at)
{
    grounds used = grounds_begin(at->compiled->scenario);
    for (size_t k = 0; k < at->all.count; k++)
        ground_member(&used, at->compiled->scenario, &at->all.items[k]);
    at->clashes->finding.grounds =
        grounds_end(&used, result_memory(&at->clashes->finding));
}

static void tell_proof(marco *at, unsigned with)
{
    truce_finding *finding = &at->clashes->finding;
    if (at->cut)
        result_bounded(finding, "the list was cut; each clash on it is minimal");
    else
        result_proved(finding,
                      "every set of the %zu members was judged, and every clash is "
                      "minimal",
                      at->soft);
    if (with & TRUCE_FLOORS)
        space_qualify(at->compiled, finding);
}

static void begin(marco *at, unsigned with, const truce_stop *stop)
{
    members soft = members_of(at->compiled, true, with, false, &at->memory);
    at->all = members_of(at->compiled, true, with, true, &at->memory);
    at->soft = soft.count;
    at->problem = feasible_new(at->compiled, &at->all, false, stop);
    at->map = sat_new(stop);
    at->map_members = arena_array(&at->memory, at->soft, int);
    at->active = arena_array(&at->memory, at->all.count, bool);
    at->everybody = arena_array(&at->memory, at->all.count, size_t);
    at->outcome = arena_array(&at->memory, at->compiled->issue_count, truce_value);
    for (size_t k = 0; k < at->soft; k++)
        at->map_members[k] = sat_variable(at->map);
    for (size_t k = 0; k < at->all.count; k++)
        at->everybody[k] = k;
}

static void end(marco *at)
{
    feasible_free(at->problem);
    sat_free(at->map);
    free(at->found);
    arena_free(&at->memory);
}

truce_status truce_clashes_find(const truce_scenario *scenario,
                                const truce_clashes_choices *choices,
                                const truce_stop *stop, truce_clashes **result,
                                truce_error *error)
{
    (void)error; /* no choice can be wrong */
    unsigned with = choices ? choices->with : 0;
    truce_clashes *clashes = result_new(sizeof *clashes, scenario, "clash");
    space *compiled = space_new(scenario, NULL);
    marco at = {.clashes = clashes,
                .compiled = compiled,
                .most = choices && choices->most ? choices->most : MOST_BY_DEFAULT};
    begin(&at, with, stop);
    if (logic_holds(&at))
        enumerate(&at);
    tell_sorted(&at);
    tell_grounds(&at);
    tell_proof(&at, with);
    bool stopped = at.stopped;
    end(&at);
    space_free(compiled);
    *result = clashes;
    if (stopped)
        return TRUCE_LIMIT;
    return clashes->count ? TRUCE_OK : TRUCE_NONE;
}

void truce_clashes_free(truce_clashes *result)
{
    result_free(result ? &result->finding : NULL);
}
