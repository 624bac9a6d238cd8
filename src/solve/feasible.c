/* Satisfiability modulo floors: a model that misses a floor teaches the solver why, and
 * is asked for again. Floors of small spaces that resist are settled by enumeration.
 */
#include "solve/feasible.h"

#include "scenario/result.h"
#include "solve/count.h"
#include "solve/floors.h"

#include <stdlib.h>
#include <string.h>

enum { CLAUSES_BEFORE_ENUMERATING = 300, MOST_ENUMERATED = 50000000 };

struct feasible {
    const space *compiled;
    const members *all;
    const truce_stop *stop;
    arena memory;
    clauses *language;
    int *selectors;                 /* [all.count] */
    const truce_condition **needed; /* [party_count] NULL: always */
    int *asked;                     /* [party_count] literal: consent is needed */
    int *guards;                    /* [party_count] literal: the floor counts, or 0 */
    floors *floors;
    bool *counts; /* [party_count] floors that count in the outcome at hand */
    bool if_needed;
    bool is_small; /* enumerating is an option */
};

/* ---- members --------------------------------------------------------------------- */

static size_t most_members(const truce_scenario *scenario)
{
    size_t count =
        scenario->demand_count + scenario->party_count + scenario->rule_count;
    for (size_t p = 0; p < scenario->party_count; p++)
        count += scenario->parties[p].preferences.red_line_count;
    return count;
}

static void add_demands(const truce_scenario *scenario, members *all)
{
    for (size_t d = 0; d < scenario->demand_count; d++)
        all->items[all->count++] =
            (member){MEMBER_DEMAND, d, scenario->demands[d].by,
                     scenario->demands[d].label.id, scenario->demands[d].wants};
}

static void add_red_lines(const truce_scenario *scenario, members *all, arena *memory)
{
    for (size_t p = 0; p < scenario->party_count; p++)
        for (size_t r = 0; r < scenario->parties[p].preferences.red_line_count; r++) {
            const truce_red_line *line = &scenario->parties[p].preferences.red_lines[r];
            all->items[all->count++] = (member){MEMBER_RED_LINE, r, p, line->label.id,
                                                condition_not(line->condition, memory)};
        }
}

static void add_floors(const space *compiled, members *all)
{
    for (size_t p = 0; p < compiled->party_count; p++)
        if (compiled->parties[p].has_floor)
            all->items[all->count++] = (member){
                MEMBER_FLOOR, p, p,
                compiled->scenario->parties[p].preferences.outside.label.id, NULL};
}

static void add_rules(const truce_scenario *scenario, bool of_logic, members *all,
                      arena *memory)
{
    for (size_t r = 0; r < scenario->rule_count; r++) {
        const truce_rule *rule = &scenario->rules[r];
        if ((rule->by == TRUCE_NOBODY) == of_logic)
            all->items[all->count++] =
                (member){of_logic ? MEMBER_LOGIC : MEMBER_RULE, r, rule->by,
                         arena_format(memory, "rule:%s", rule->label.id),
                         condition_implies(rule->given, rule->then, memory)};
    }
}

members members_of(const space *compiled, bool demands, unsigned kinds, bool logic,
                   arena *memory)
{
    const truce_scenario *scenario = compiled->scenario;
    members all = {.items = arena_array(memory, most_members(scenario), member)};
    if (demands)
        add_demands(scenario, &all);
    if (kinds & TRUCE_RED_LINES)
        add_red_lines(scenario, &all, memory);
    if (kinds & TRUCE_FLOORS)
        add_floors(compiled, &all);
    if (kinds & TRUCE_RULES)
        add_rules(scenario, false, &all, memory);
    if (logic)
        add_rules(scenario, true, &all, memory);
    return all;
}

bool member_holds(const space *compiled, const member *one, const truce_value *outcome)
{
    if (one->must)
        return truce_condition_holds(one->must, outcome);
    return space_sum(compiled, one->party, outcome) >=
           compiled->parties[one->party].floor;
}

/* Is the member bound to who is needed? */
static bool depends_on_need(const feasible *problem, const member *one)
{
    return problem->if_needed && one->kind != MEMBER_DEMAND &&
           one->kind != MEMBER_LOGIC;
}

/* ---- building -------------------------------------------------------------------- */

static void tell_apart(feasible *problem)
{
    const space *compiled = problem->compiled;
    for (size_t k = 0; k < problem->all->count; k++) {
        const member *one = &problem->all->items[k];
        if (one->must) {
            clauses_tell_apart(problem->language, one->must);
            continue;
        }
        const space_party *party = &compiled->parties[one->party];
        clauses_tell_table_apart(problem->language, one->party);
        for (size_t b = 0; b < party->bonus_count; b++)
            clauses_tell_apart(problem->language, party->bonuses[b].condition);
    }
    for (size_t p = 0; p < compiled->party_count; p++)
        if (problem->needed[p])
            clauses_tell_apart(problem->language, problem->needed[p]);
}

/* A literal that must be true where the party's consent is needed. */
static void define_asked(feasible *problem, size_t p)
{
    sat *solver = clauses_solver(problem->language);
    problem->asked[p] = clauses_yes(problem->language);
    if (problem->needed[p] == NULL)
        return;
    problem->asked[p] = sat_variable(solver);
    int unasked = clauses_implying(problem->language, problem->needed[p], false);
    sat_clause(solver, (int[]){problem->asked[p], unasked}, 2);
}

static void define_member(feasible *problem, size_t k)
{
    const member *one = &problem->all->items[k];
    sat *solver = clauses_solver(problem->language);
    problem->selectors[k] = sat_variable(solver);
    if (one->must == NULL)
        problem->guards[one->party] = sat_variable(solver);
    int holds = one->must ? clauses_implying(problem->language, one->must, true)
                          : problem->guards[one->party];
    int asked = depends_on_need(problem, one) ? problem->asked[one->party]
                                              : clauses_yes(problem->language);
    sat_clause(solver, (int[]){-problem->selectors[k], -asked, holds}, 3);
}

static bool is_small(const space *compiled)
{
    mpz_t count;
    mpz_init(count);
    space_count(compiled, count);
    bool small = mpz_cmp_ui(count, MOST_ENUMERATED) <= 0;
    mpz_clear(count);
    return small;
}

feasible *feasible_new(const space *compiled, const members *all, bool if_needed,
                       const truce_stop *stop)
{
    feasible *problem = must_allocate_zeroed(1, sizeof *problem);
    *problem = (feasible){.compiled = compiled,
                          .all = all,
                          .stop = stop,
                          .if_needed = if_needed,
                          .is_small = is_small(compiled),
                          .language = clauses_new(compiled, stop)};
    arena *memory = &problem->memory;
    problem->selectors = arena_array(memory, all->count, int);
    problem->asked = arena_array(memory, compiled->party_count, int);
    problem->guards = arena_array(memory, compiled->party_count, int);
    problem->counts = arena_array(memory, compiled->party_count, bool);
    problem->needed =
        arena_array(memory, compiled->party_count, const truce_condition *);
    for (size_t p = 0; if_needed && p < compiled->party_count; p++)
        problem->needed[p] = condition_needed(compiled, p, memory);
    tell_apart(problem);
    clauses_begin(problem->language);
    for (size_t p = 0; p < compiled->party_count; p++)
        define_asked(problem, p);
    for (size_t k = 0; k < all->count; k++)
        define_member(problem, k);
    problem->floors = floors_new(problem->language, compiled, problem->guards);
    return problem;
}

void feasible_free(feasible *problem)
{
    if (problem == NULL)
        return;
    floors_free(problem->floors);
    clauses_free(problem->language);
    arena_free(&problem->memory);
    free(problem);
}

sat *feasible_solver(feasible *problem)
{
    return clauses_solver(problem->language);
}

int feasible_selector(const feasible *problem, size_t k)
{
    return problem->selectors[k];
}

/* ---- asking ---------------------------------------------------------------------- */

static bool is_floor_due(const feasible *problem, const member *floor,
                         const truce_value *outcome)
{
    const truce_condition *needed = problem->needed[floor->party];
    return needed == NULL || truce_condition_holds(needed, outcome);
}

/* Does outcome miss an active floor? Then the solver has learned why. */
static bool misses_floor(feasible *problem, const bool *active,
                         const truce_value *outcome)
{
    bool any = false;
    for (size_t k = 0; k < problem->all->count; k++) {
        const member *one = &problem->all->items[k];
        if (one->kind != MEMBER_FLOOR)
            continue;
        bool counts = active[k] && is_floor_due(problem, one, outcome);
        problem->counts[one->party] = counts;
        any = any || counts;
    }
    return any && floors_refute(problem->floors, problem->counts, outcome);
}

/* What the active members ask for: each speaks for itself. */
static acceptance asked_for(const feasible *problem, const bool *active, arena *memory)
{
    size_t count = problem->all->count;
    const truce_condition **always =
        arena_array(memory, count, const truce_condition *);
    acceptance_party *parties = arena_array(memory, count, acceptance_party);
    acceptance what = {.always = always, .parties = parties};
    for (size_t k = 0; k < count; k++) {
        const member *one = &problem->all->items[k];
        if (!active[k])
            continue;
        if (one->must && !depends_on_need(problem, one))
            always[what.always_count++] = one->must;
        else
            parties[what.party_count++] =
                (acceptance_party){.party = one->party,
                                   .needed = problem->needed[one->party],
                                   .must = &problem->all->items[k].must,
                                   .must_count = one->must != NULL,
                                   .floor = one->must == NULL};
    }
    return what;
}

/* Looks through the whole space; what is found impossible becomes a clause. */
static sat_answer enumerate(feasible *problem, const bool *active, truce_value *outcome)
{
    arena memory = {0};
    acceptance what = asked_for(problem, active, &memory);
    truce_status found = count_first(problem->compiled, &what, problem->stop, outcome);
    int *refuted = arena_array(&memory, problem->all->count, int);
    size_t count = 0;
    for (size_t k = 0; k < problem->all->count; k++)
        if (active[k])
            refuted[count++] = -problem->selectors[k];
    if (found == TRUCE_NONE)
        sat_clause(clauses_solver(problem->language), refuted, count);
    arena_free(&memory);
    return found == TRUCE_OK ? SAT_YES : found == TRUCE_NONE ? SAT_NO : SAT_STOPPED;
}

/* Asks until a model reaches every active floor, or clauses refute it. */
static sat_answer ask_modulo_floors(feasible *problem, const bool *active,
                                    const int *assumed, size_t assumed_count,
                                    bool may_enumerate, truce_value *outcome)
{
    sat *solver = clauses_solver(problem->language);
    for (unsigned learned = 0;; learned++) {
        sat_answer answer = sat_ask(solver, assumed, assumed_count);
        if (answer != SAT_YES)
            return answer;
        if (may_enumerate && learned == CLAUSES_BEFORE_ENUMERATING) {
            answer = enumerate(problem, active, outcome);
            if (answer != SAT_NO)
                return answer;
            continue; /* the clause just added refutes it, and says who is to blame */
        }
        clauses_outcome(problem->language, outcome);
        if (!misses_floor(problem, active, outcome))
            return SAT_YES;
    }
}

sat_answer feasible_ask_with(feasible *problem, const bool *active, const int *more,
                             size_t more_count, truce_value *outcome)
{
    size_t count = problem->all->count, assumed_count = 0;
    int *assumed = must_allocate((count + more_count) * sizeof *assumed);
    truce_value *found = must_allocate(problem->compiled->issue_count * sizeof *found);
    for (size_t k = 0; k < count; k++)
        if (active[k])
            assumed[assumed_count++] = problem->selectors[k];
    for (size_t k = 0; k < more_count; k++)
        assumed[assumed_count++] = more[k];
    sat_answer answer = ask_modulo_floors(problem, active, assumed, assumed_count,
                                          problem->is_small && more_count == 0, found);
    if (answer == SAT_YES && outcome)
        memcpy(outcome, found, problem->compiled->issue_count * sizeof *found);
    free(assumed);
    free(found);
    return answer;
}

sat_answer feasible_ask(feasible *problem, const bool *active, truce_value *outcome)
{
    return feasible_ask_with(problem, active, NULL, 0, outcome);
}

void feasible_keep_blamed(feasible *problem, bool *active)
{
    for (size_t k = 0; k < problem->all->count; k++)
        if (active[k])
            active[k] =
                sat_is_blamed(clauses_solver(problem->language), problem->selectors[k]);
}

static void drop_unblamed(feasible *problem, bool *active, const size_t *order,
                          size_t order_count)
{
    sat *solver = clauses_solver(problem->language);
    for (size_t j = 0; j < order_count; j++)
        if (active[order[j]])
            active[order[j]] = sat_is_blamed(solver, problem->selectors[order[j]]);
}

bool feasible_shrink(feasible *problem, bool *active, const size_t *order,
                     size_t order_count)
{
    for (size_t j = 0; j < order_count; j++) {
        size_t k = order[j];
        if (!active[k])
            continue;
        active[k] = false;
        sat_answer answer = feasible_ask(problem, active, NULL);
        if (answer == SAT_NO) {
            drop_unblamed(problem, active, order, order_count);
            continue;
        }
        active[k] = true;
        if (answer == SAT_STOPPED)
            return false;
    }
    return true;
}

/* Adds every member that outcome keeps anyway. */
static void add_kept(const feasible *problem, bool *active, const truce_value *outcome)
{
    for (size_t k = 0; k < problem->all->count; k++)
        active[k] |= member_holds(problem->compiled, &problem->all->items[k], outcome);
}

bool feasible_grow(feasible *problem, bool *active, truce_value *outcome)
{
    add_kept(problem, active, outcome);
    for (size_t k = 0; k < problem->all->count; k++) {
        if (active[k])
            continue;
        active[k] = true;
        sat_answer answer = feasible_ask(problem, active, outcome);
        if (answer == SAT_YES)
            add_kept(problem, active, outcome);
        else
            active[k] = false;
        if (answer == SAT_STOPPED)
            return false;
    }
    return true;
}

/* ---- why nothing is acceptable --------------------------------------------------- */

/* Floors are dropped first, logic last: what remains speaks of red lines and rules
 * rather than of numbers where it can. */
static size_t *order_of_dropping(const members *all)
{
    static const member_kind kinds[] = {MEMBER_FLOOR, MEMBER_DEMAND, MEMBER_RULE,
                                        MEMBER_RED_LINE, MEMBER_LOGIC};
    size_t *order = must_allocate(all->count * sizeof *order), count = 0;
    for (size_t n = 0; n < sizeof kinds / sizeof *kinds; n++)
        for (size_t k = 0; k < all->count; k++)
            if (all->items[k].kind == kinds[n])
                order[count++] = k;
    return order;
}

static truce_texts ids_of_active(const members *all, const bool *active, arena *memory)
{
    const char **ids = arena_array(memory, all->count, const char *);
    truce_texts told = {.items = ids};
    for (size_t k = 0; k < all->count; k++)
        if (active[k])
            ids[told.count++] = arena_text(memory, all->items[k].id);
    return told;
}

/* All of them, or all but the floors where these suffice. */
static bool gather_obstacles(feasible *problem, const members *all, bool *active)
{
    for (size_t k = 0; k < all->count; k++)
        active[k] = all->items[k].kind != MEMBER_FLOOR;
    if (feasible_ask(problem, active, NULL) == SAT_NO)
        return true;
    memset(active, true, all->count);
    return feasible_ask(problem, active, NULL) == SAT_NO;
}

truce_texts obstacles_find(const space *compiled, unsigned without,
                           const truce_stop *stop, truce_finding *finding)
{
    arena memory = {0};
    unsigned kinds = (TRUCE_RED_LINES | TRUCE_FLOORS | TRUCE_RULES) & ~without;
    members all = members_of(compiled, false, kinds, true, &memory);
    feasible *problem = feasible_new(compiled, &all, true, stop);
    bool *active = arena_array(&memory, all.count, bool);
    size_t *order = order_of_dropping(&all);
    truce_texts told = {0};
    if (gather_obstacles(problem, &all, active) &&
        feasible_shrink(problem, active, order, all.count))
        told = ids_of_active(&all, active, result_memory(finding));
    free(order);
    feasible_free(problem);
    arena_free(&memory);
    return told;
}
