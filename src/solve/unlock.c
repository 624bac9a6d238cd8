/* unlock: minimal correction sets, cheapest first. Demands are decided by the solver,
 * with a counter over those let go; at most k may be, for k = 0, 1, 2, ... What was
 * found is excluded with everything above it, so that whatever is found at level k is
 * minimal and has exactly k members. There may be exponentially many: levels are gone
 * through until enough ways are known, and the list says when it was cut.
 */
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/count.h"
#include "solve/feasible.h"

#include <stdlib.h>
#include <string.h>

enum { WAYS_BY_DEFAULT = 20, WAYS_COLLECTED_AT_LEAST = 200 };

/* One way while it is being found: which demands are let go. */
typedef struct way {
    bool *given; /* [demand_count] */
    size_t size;
    mpz_t outcomes;
    bool exact;
    truce_count told;
} way;

typedef struct desk {
    truce_unlock *unlock;
    const space *compiled;
    const truce_stop *stop;
    unsigned without;
    arena memory;
    members all;    /* demands first */
    size_t demands; /* how many of them */
    feasible *problem;
    bool *hard; /* [all.count] everything but demands */
    int *more;  /* [demands] more[k]: more than k demands are let go */
    truce_value *outcome;
    way *ways;
    size_t count, room;
    size_t most;
    bool cut, stopped;
    bool partial; /* more ways of the last size may exist than were ranked */
} desk;

/* ---- finding --------------------------------------------------------------------- */

/* The demands that outcome does not keep. */
static way way_of(desk *at, const truce_value *outcome)
{
    way one = {.given = arena_array(&at->memory, at->demands, bool)};
    for (size_t d = 0; d < at->demands; d++) {
        one.given[d] = !member_holds(at->compiled, &at->all.items[d], outcome);
        one.size += one.given[d];
    }
    return one;
}

/* From now on at least one of its demands is kept. */
static void exclude(desk *at, const way *found)
{
    int *literals = must_allocate(at->demands * sizeof *literals);
    size_t count = 0;
    for (size_t d = 0; d < at->demands; d++)
        if (found->given[d])
            literals[count++] = feasible_selector(at->problem, d);
    sat_clause(feasible_solver(at->problem), literals, count);
    free(literals);
}

/* One more way that lets at most `level` demands go. */
static sat_answer find_next(desk *at, size_t level)
{
    int limit = level < at->demands ? -at->more[level] : 0;
    sat_answer answer =
        feasible_ask_with(at->problem, at->hard, &limit, limit != 0, at->outcome);
    if (answer != SAT_YES)
        return answer;
    way found = way_of(at, at->outcome);
    exclude(at, &found);
    mpz_init(found.outcomes);
    *grow(at->ways, at->count, at->room) = found;
    return SAT_YES;
}

/* Collects whole levels until there are enough ways, or none is left. */
static void collect(desk *at)
{
    size_t enough =
        4 * at->most > WAYS_COLLECTED_AT_LEAST ? 4 * at->most : WAYS_COLLECTED_AT_LEAST;
    for (size_t level = 0; level <= at->demands; level++) {
        sat_answer answer = SAT_YES;
        while (at->count < enough && (answer = find_next(at, level)) == SAT_YES)
            ;
        at->stopped |= answer == SAT_STOPPED;
        at->partial = answer == SAT_YES;
        if (at->stopped || at->count >= at->most || at->count >= enough)
            break;
        if (at->count > 0 && at->ways[at->count - 1].size == 0)
            return; /* nothing need be given */
    }
    at->cut = at->stopped ||
              feasible_ask_with(at->problem, at->hard, NULL, 0, NULL) != SAT_NO;
}

/* ---- counting and sorting -------------------------------------------------------- */

static void count_outcomes_of(desk *at, way *one, const truce_stop *stop)
{
    arena memory = {0};
    count_result result;
    size_t kept = 0;
    const truce_condition **keep =
        arena_array(&memory, at->demands, const truce_condition *);
    for (size_t d = 0; d < at->demands; d++)
        if (!one->given[d])
            keep[kept++] = at->all.items[d].must;
    acceptance what = acceptance_of_needed(at->compiled, at->without, &memory);
    what = acceptance_and(what, keep, kept, &memory);
    mpz_inits(result.least, result.most, NULL);
    count_accepted(at->compiled, &what, NULL, stop, &result);
    if (mpz_sgn(result.least) == 0)
        mpz_set_ui(result.least, 1); /* the one it was found by */
    mpz_set(one->outcomes, result.least);
    one->exact = result.complete;
    one->told = count_told(&at->unlock->finding, &result);
    mpz_clears(result.least, result.most, NULL);
    arena_free(&memory);
}

/* Each count may take an equal part of the time left: a space may be far too large to count,
 * and its ways are worth telling all the same. */
static void count_all(desk *at)
{
    for (size_t w = 0; w < at->count; w++) {
        truce_stop share = stop_share(at->stop, at->count - w);
        count_outcomes_of(at, &at->ways[w], &share);
        at->stopped |= !at->ways[w].exact;
        stop_tell(at->stop, "counting what remains", (double)w / (double)at->count);
    }
}

/* Fewest members, then most outcomes, then the order of the file. */
static bool comes_before(const desk *at, const way *one, const way *other)
{
    if (one->size != other->size)
        return one->size < other->size;
    int order = mpz_cmp(one->outcomes, other->outcomes);
    if (order != 0)
        return order > 0;
    for (size_t d = 0; d < at->demands; d++)
        if (one->given[d] != other->given[d])
            return one->given[d];
    return false;
}

static void sort(desk *at)
{
    for (size_t w = 1; w < at->count; w++) {
        way one = at->ways[w];
        size_t k = w;
        for (; k > 0 && comes_before(at, &one, &at->ways[k - 1]); k--)
            at->ways[k] = at->ways[k - 1];
        at->ways[k] = one;
    }
}

/* ---- what forces a demand -------------------------------------------------------- */

/* Dropped first: what explains least. Floors are numbers; a red line speaks for itself.
 */
static size_t order_of_dropping(const desk *at, size_t demand, size_t *order)
{
    static const member_kind kinds[] = {MEMBER_FLOOR, MEMBER_DEMAND, MEMBER_RULE,
                                        MEMBER_RED_LINE, MEMBER_LOGIC};
    size_t count = 0;
    for (size_t n = 0; n < sizeof kinds / sizeof *kinds; n++)
        for (size_t k = 0; k < at->all.count; k++)
            if (at->all.items[k].kind == kinds[n] && k != demand)
                order[count++] = k;
    return count;
}

/* May the member be a reason yet? Red lines and rules explain best, then demands that the
 * way keeps; floors are numbers, and come when nothing else suffices. */
static bool may_explain(const desk *at, const way *one, size_t k, int stage)
{
    if (at->all.items[k].kind == MEMBER_DEMAND)
        return stage >= 1 && !one->given[k];
    return at->all.items[k].kind != MEMBER_FLOOR || stage >= 2;
}

/* Activates the demand with the fewest sorts of reasons that rule it out; false when
 * stopped. */
static bool gather_reasons(desk *at, const way *one, size_t demand, bool *active)
{
    for (int stage = 0; stage <= 2; stage++) {
        for (size_t k = 0; k < at->all.count; k++)
            active[k] = k == demand || may_explain(at, one, k, stage);
        sat_answer answer = feasible_ask(at->problem, active, NULL);
        if (answer != SAT_YES)
            return answer == SAT_NO;
    }
    return false;
}

/* A minimal set that rules the demand out, among what the way keeps. */
static truce_texts because(desk *at, const way *one, size_t demand)
{
    arena *memory = result_memory(&at->unlock->finding);
    bool *active = arena_array(&at->memory, at->all.count, bool);
    size_t *order = arena_array(&at->memory, at->all.count, size_t);
    const char **ids = arena_array(memory, at->all.count, const char *);
    truce_texts told = {.items = ids};
    if (!gather_reasons(at, one, demand, active) ||
        !feasible_shrink(at->problem, active, order,
                         order_of_dropping(at, demand, order)))
        return told;
    for (size_t k = 0; k < at->all.count; k++)
        if (active[k] && k != demand)
            ids[told.count++] = arena_text(memory, at->all.items[k].id);
    return told;
}

/* ---- telling --------------------------------------------------------------------- */

static truce_way told_way(desk *at, const way *one)
{
    truce_concession *give =
        arena_array(result_memory(&at->unlock->finding), one->size, truce_concession);
    size_t count = 0;
    for (size_t d = 0; d < at->demands; d++)
        if (one->given[d])
            give[count++] = (truce_concession){d, because(at, one, d)};
    return (truce_way){give, count, one->told};
}

static void tell_ways(desk *at)
{
    size_t count = at->count < at->most ? at->count : at->most;
    truce_way *ways =
        arena_array(result_memory(&at->unlock->finding), count, truce_way);
    feasible *fresh = feasible_new(at->compiled, &at->all, true, at->stop);
    feasible_free(
        at->problem); /* it excludes what was found; reasons are asked of a new one */
    at->problem = fresh;
    for (size_t w = 0; w < count; w++)
        ways[w] = told_way(at, &at->ways[w]);
    at->unlock->ways = ways;
    at->unlock->count = count;
    at->unlock->fewest = count ? ways[0].count : 0;
    at->unlock->cut = at->cut || count < at->count;
}

static void tell_grounds(desk *at)
{
    grounds used = grounds_begin(at->compiled->scenario);
    grounds_acceptability(&used);
    for (size_t d = 0; d < at->demands; d++)
        grounds_label(&used, &at->compiled->scenario->demands[d].label);
    at->unlock->finding.grounds =
        grounds_end(&used, result_memory(&at->unlock->finding));
}

static void tell_proof(desk *at)
{
    truce_finding *finding = &at->unlock->finding;
    if (at->stopped)
        result_bounded(finding, "stopped before all ways were found and counted");
    else if (at->partial)
        result_bounded(finding,
                       "each way is minimal, and none with fewer members is missing; "
                       "the first %zu found were ranked, and more as large may exist",
                       at->count);
    else if (at->unlock->cut)
        result_proved(finding,
                      "each way is minimal, and none with fewer members is missing; "
                      "the list was cut");
    else
        result_proved(finding, "every minimal way is listed");
    space_qualify(at->compiled, finding);
}

static void begin(desk *at)
{
    unsigned kinds = (TRUCE_RED_LINES | TRUCE_FLOORS | TRUCE_RULES) & ~at->without;
    at->all = members_of(at->compiled, true, kinds, true, &at->memory);
    at->demands = at->compiled->scenario->demand_count;
    at->problem = feasible_new(at->compiled, &at->all, true, at->stop);
    at->hard = arena_array(&at->memory, at->all.count, bool);
    at->outcome = arena_array(&at->memory, at->compiled->issue_count, truce_value);
    at->more = arena_array(&at->memory, at->demands, int);
    int *given = arena_array(&at->memory, at->demands, int);
    for (size_t k = at->demands; k < at->all.count; k++)
        at->hard[k] = true;
    for (size_t d = 0; d < at->demands; d++)
        given[d] = -feasible_selector(at->problem, d);
    sat_counter(feasible_solver(at->problem), given, at->demands, at->more,
                at->demands);
}

static void end(desk *at)
{
    for (size_t w = 0; w < at->count; w++)
        mpz_clear(at->ways[w].outcomes);
    free(at->ways);
    feasible_free(at->problem);
    arena_free(&at->memory);
}

truce_status truce_unlock_find(const truce_scenario *scenario,
                               const truce_unlock_choices *choices,
                               const truce_stop *stop, truce_unlock **result,
                               truce_error *error)
{
    (void)error; /* no choice can be wrong */
    truce_unlock *unlock = result_new(sizeof *unlock, scenario, "unlock");
    space *compiled = space_new(scenario, NULL);
    desk at = {.unlock = unlock,
               .compiled = compiled,
               .stop = stop,
               .without = choices ? choices->without : 0,
               .most = choices && choices->most ? choices->most : WAYS_BY_DEFAULT};
    begin(&at);
    collect(&at);
    count_all(&at);
    sort(&at);
    tell_ways(&at);
    bool none = at.count == 0 && !at.stopped;
    if (none)
        unlock->blocked_by =
            obstacles_find(compiled, at.without, stop, &unlock->finding);
    tell_grounds(&at);
    tell_proof(&at);
    bool stopped = at.stopped;
    end(&at);
    space_free(compiled);
    *result = unlock;
    return none ? TRUCE_NONE : stopped ? TRUCE_LIMIT : TRUCE_OK;
}

void truce_unlock_free(truce_unlock *result)
{
    result_free(result ? &result->finding : NULL);
}
