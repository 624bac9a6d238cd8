/* truce_frontier_find(): the choices checked, the engine asked, its sums told as
 * utilities. Witnesses and counts are told when asked for. */
#include "base/error.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "solve/certify.h"
#include "solve/frontier.h"
#include "solve/judged.h"

#include <truce/frontier.h>

#include <math.h>
#include <stdlib.h>

static const size_t DEFAULT_MEMORY = (size_t)8 << 30;

/* What the public result hides. */
struct frontier_answer {
    space *compiled;
    acceptance what;
    arena memory; /* of what */
    frontier_found *found;
    char *count; /* last told */
    bool rational;
};

/* ---- the choices ----------------------------------------------------------------- */

/* Epsilon in sums of a party, rounded down; no more than any sums differ by. */
static wide slack_of(const space *compiled, size_t party, truce_decimal epsilon)
{
    const space_party *one = &compiled->parties[party];
    unsigned bits = one->fits_64 ? 61 : 125;
    mpq_t share;
    mpz_t whole;
    mpq_init(share);
    mpz_init(whole);
    big_set_decimal(share, epsilon);
    big_set_wide(whole, one->denominator);
    mpz_mul(whole, whole, mpq_numref(share));
    mpz_fdiv_q(whole, whole, mpq_denref(share));
    wide slack = big_fits(whole, bits) ? big_get_wide(whole) : (wide)1 << bits;
    mpz_clear(whole);
    mpq_clear(share);
    return slack;
}

static const wide *slacks_of(const space *compiled, const truce_list *over,
                             truce_decimal epsilon, arena *memory)
{
    if (epsilon.digits == 0)
        return NULL;
    wide *slacks = arena_array(memory, over->count, wide);
    for (size_t k = 0; k < over->count; k++)
        slacks[k] = slack_of(compiled, over->items[k], epsilon);
    return slacks;
}

/* Nothing permitted is left out, but for what lies below a floor when rational. */
static acceptance outcomes_asked(const space *compiled, const truce_list *over,
                                 bool rational, arena *memory)
{
    acceptance what = acceptance_of_permitted(compiled, memory);
    acceptance_party *parties = arena_array(memory, over->count, acceptance_party);
    for (size_t k = 0; rational && k < over->count; k++)
        if (compiled->parties[over->items[k]].has_floor)
            parties[what.party_count++] =
                (acceptance_party){.party = over->items[k], .floor = true};
    what.parties = parties;
    return what;
}

/* ---- telling --------------------------------------------------------------------- */

static void tell_utilities(truce_frontier *told, const frontier_found *found)
{
    size_t count = found->points->count, dims = told->parties.count;
    arena *memory = result_memory(&told->finding);
    double *utilities = arena_array(memory, count * dims, double);
    double *upper = arena_array(memory, dims, double);
    for (size_t d = 0; d < dims; d++) {
        size_t party = told->parties.items[d];
        upper[d] = space_utility(found->compiled, party, found->upper[d]);
        for (size_t k = 0; k < count; k++)
            utilities[k * dims + d] =
                space_utility(found->compiled, party, front_sum(found->points, k, d));
    }
    told->size = count;
    told->utilities = utilities;
    told->upper = upper;
}

/* The largest slack spent, in utility; NAN when nothing is known. */
static double epsilon_of(const truce_frontier *told, const frontier_found *found)
{
    double most = 0;
    for (size_t d = 0; found->spent && d < told->parties.count; d++) {
        double spent =
            space_utility(found->compiled, told->parties.items[d], found->spent[d]);
        most = spent > most ? spent : most;
    }
    return found->spent ? most : NAN;
}

static const char *method_of(truce_frontier *told, unsigned ways)
{
    static const char *const names[] = {"merge", "states", "boxes", "enumeration"};
    const char *text = "";
    for (size_t w = 0; w < sizeof names / sizeof *names; w++)
        if (ways >> w & 1)
            text = arena_format(result_memory(&told->finding), "%s%s%s", text,
                                *text ? " + " : "", names[w]);
    return text;
}

static void tell_proof(truce_frontier *told, const frontier_found *found)
{
    told->complete = found->complete;
    if (!found->complete)
        result_bounded(&told->finding,
                       "stopped at a limit; every point is reached by an outcome, and "
                       "others may be missing");
    else if (told->epsilon > 0)
        result_bounded(&told->finding,
                       "every outcome is accounted for; one left out is nowhere better "
                       "than some point by more than %.9g",
                       told->epsilon);
    else
        result_proved(&told->finding, "every outcome is accounted for");
    space_qualify(found->compiled, &told->finding);
}

static void tell_grounds(truce_frontier *told)
{
    grounds used = grounds_begin(told->finding.scenario);
    grounds_acceptability(&used);
    told->finding.grounds = grounds_end(&used, result_memory(&told->finding));
}

static void tell(truce_frontier *told, const frontier_found *found)
{
    told->outcomes = space_count_told(found->compiled, result_memory(&told->finding));
    tell_utilities(told, found);
    told->epsilon = epsilon_of(told, found);
    told->method = method_of(told, found->ways);
    told->work = found->work.candidates;
    told->bytes = found->work.peak;
    tell_grounds(told);
    tell_proof(told, found);
}

/* ---- the question ---------------------------------------------------------------- */

static void ask(truce_frontier *told, const truce_frontier_choices *choices,
                const truce_stop *stop)
{
    struct frontier_answer *answer = told->answer;
    arena *memory = &answer->memory;
    answer->compiled = space_new(told->finding.scenario, NULL);
    answer->rational = choices->rational || choices->as == TRUCE_AS_NEGMAS;
    answer->what =
        outcomes_asked(answer->compiled, &told->parties, answer->rational, memory);
    frontier_request request = {
        .compiled = answer->compiled,
        .what = &answer->what,
        .over = told->parties,
        .slack = slacks_of(answer->compiled, &told->parties, choices->epsilon, memory),
        .memory = choices->memory ? choices->memory : DEFAULT_MEMORY,
        .untracked = choices->values_only && !choices->certified,
        .uncounted = choices->uncounted};
    answer->found = frontier_of(&request, stop);
}

truce_status truce_frontier_find(const truce_scenario *scenario,
                                 const truce_frontier_choices *choices,
                                 const truce_stop *stop, truce_frontier **result,
                                 truce_error *error)
{
    static const truce_frontier_choices defaults = {0};
    const truce_frontier_choices *chosen = choices ? choices : &defaults;
    if (chosen->epsilon.digits < 0)
        return error_say(error, TRUCE_CALL, "epsilon may not be negative");
    truce_frontier *told = result_new(sizeof *told, scenario, "frontier");
    truce_status status = judged_parties(
        scenario, &chosen->over, result_memory(&told->finding), &told->parties, error);
    if (status != TRUCE_OK) {
        truce_frontier_free(told);
        return status;
    }
    told->answer = must_allocate_zeroed(1, sizeof *told->answer);
    ask(told, chosen, stop);
    tell(told, told->answer->found);
    *result = told;
    if (!told->answer->found->complete)
        return TRUCE_LIMIT;
    return told->size ? TRUCE_OK : TRUCE_NONE;
}

void truce_frontier_free(truce_frontier *result)
{
    if (result == NULL)
        return;
    struct frontier_answer *answer = result->answer;
    if (answer) {
        frontier_free(answer->found);
        space_free(answer->compiled);
        arena_free(&answer->memory);
        free(answer->count);
        free(answer);
    }
    result_free(&result->finding);
}

/* ---- about a point --------------------------------------------------------------- */

bool truce_frontier_outcome(const truce_frontier *frontier, size_t point,
                            truce_value *outcome)
{
    const frontier_found *found = frontier->answer->found;
    if (found->points->path == NULL)
        return false;
    frontier_outcome(found, point, outcome);
    return true;
}

truce_count truce_frontier_count(const truce_frontier *frontier, size_t point)
{
    struct frontier_answer *answer = frontier->answer;
    const front *points = answer->found->points;
    if (points->counts == NULL)
        return (truce_count){0};
    mpz_t count;
    mpz_init(count);
    mpz_import(count, points->count_words, -1, sizeof *points->counts, 0, 0,
               points->counts + point * points->count_words);
    free(answer->count);
    answer->count = must_allocate(mpz_sizeinbase(count, 10) + 2);
    mpz_get_str(answer->count, 10, count);
    mpz_clear(count);
    return (truce_count){.exact = answer->count};
}

int truce_frontier_exact(const truce_frontier *frontier, size_t point, size_t party,
                         char *text, size_t room)
{
    const frontier_found *found = frontier->answer->found;
    size_t of = frontier->parties.items[party];
    mpq_t utility;
    mpq_init(utility);
    big_set_wide(mpq_numref(utility), front_sum(found->points, point, party));
    big_set_wide(mpq_denref(utility), found->compiled->parties[of].denominator);
    mpq_canonicalize(utility);
    int length = gmp_snprintf(text, room, "%Qd", utility);
    mpq_clear(utility);
    return length;
}

/* ---- its certificate ------------------------------------------------------------- */

static void tell_outcome(const void *user, size_t point, truce_value *outcome)
{
    frontier_outcome(user, point, outcome);
}

truce_status truce_frontier_certify(const truce_frontier *frontier, FILE *out,
                                    truce_error *error)
{
    const struct frontier_answer *answer = frontier->answer;
    const frontier_found *found = answer->found;
    if (!found->complete)
        return error_say(error, TRUCE_CALL,
                         "not certified: the frontier is incomplete");
    if (found->points->count > 0 && found->points->path == NULL)
        return error_say(error, TRUCE_CALL, "not certified: without outcomes");
    certify_answer what = {.parties = frontier->parties,
                           .rational = answer->rational,
                           .slack = found->spent,
                           .count = found->points->count,
                           .outcome = tell_outcome,
                           .user = found};
    return certify_frontier(answer->compiled, &what, out, error);
}
