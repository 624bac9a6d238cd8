/* CaDiCaL behind a plain face. Its C interface knows no phases of single variables; whoever
 * wants a literal tried first gives its variable the sign that makes "true" that choice.
 * Preprocessing is switched off: our instances are small and asked thousands of times, and
 * looking them over anew costs more than the answer. */
#include "solve/sat.h"

#include "base/arena.h"

#include <ccadical.h>
#include <stdlib.h>

/* Questions between two looks at the clock; within one, CaDiCaL asks now and then. */
enum { QUESTIONS_PER_LOOK = 64 };

struct sat {
    CCaDiCaL *engine;
    const truce_stop *stop;
    int variables;
    unsigned questions;
};

static int wants_to_stop(void *solver)
{
    return stop_now(((const sat *)solver)->stop);
}

sat *sat_new(const truce_stop *stop)
{
    static const char *const left_out[] = {"inprocessing", "lucky", "walk", "rephase"};
    sat *solver = must_allocate_zeroed(1, sizeof *solver);
    solver->engine = ccadical_init();
    ccadical_set_option(solver->engine, "quiet", 1); /* stdout is for answers */
    solver->stop = stop;
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        ccadical_set_option(solver->engine, left_out[i], 0);
    if (stop)
        ccadical_set_terminate(solver->engine, solver, wants_to_stop);
    return solver;
}

void sat_free(sat *solver)
{
    if (solver == NULL)
        return;
    ccadical_release(solver->engine);
    free(solver);
}

/* CaDiCaL decides only variables it has seen, so it is shown each in a clause that says
 * nothing. */
int sat_variable(sat *solver)
{
    int variable = ++solver->variables;
    ccadical_add(solver->engine, variable);
    ccadical_add(solver->engine, -variable);
    ccadical_add(solver->engine, 0);
    return variable;
}

void sat_clause(sat *solver, const int *literals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ccadical_add(solver->engine, literals[i]);
    ccadical_add(solver->engine, 0);
}

sat_answer sat_ask(sat *solver, const int *assumed, size_t count)
{
    if (solver->questions++ % QUESTIONS_PER_LOOK == 0 && stop_now(solver->stop))
        return SAT_STOPPED;
    for (size_t i = 0; i < count; i++)
        ccadical_assume(solver->engine, assumed[i]);
    switch (ccadical_solve(solver->engine)) {
    case 10:
        return SAT_YES;
    case 20:
        return SAT_NO;
    default:
        return SAT_STOPPED;
    }
}

bool sat_holds(sat *solver, int literal)
{
    int variable = abs(literal);
    return (ccadical_val(solver->engine, variable) > 0) == (literal > 0);
}

bool sat_is_blamed(sat *solver, int assumed)
{
    return ccadical_failed(solver->engine, assumed) != 0;
}

/* One more literal: before[j] says that more than j of the earlier ones are true. */
static void count_one_more(sat *solver, int literal, const int *before, int *after,
                           size_t limit)
{
    for (size_t j = 0; j < limit; j++) {
        after[j] = sat_variable(solver);
        if (before)
            sat_clause(solver, (int[]){-before[j], after[j]}, 2);
        if (j == 0)
            sat_clause(solver, (int[]){-literal, after[j]}, 2);
        else if (before)
            sat_clause(solver, (int[]){-literal, -before[j - 1], after[j]}, 3);
    }
}

void sat_counter(sat *solver, const int *literals, size_t count, int *more,
                 size_t limit)
{
    int *before = must_allocate_zeroed(limit, sizeof *before);
    for (size_t i = 0; i < count; i++) {
        count_one_more(solver, literals[i], i > 0 ? before : NULL, more, limit);
        for (size_t j = 0; j < limit; j++)
            before[j] = more[j];
    }
    free(before);
}
