/* clauses.h - the outcomes of a space as the models of clauses.
 *
 * Values of an issue that nobody asked about can tell apart are one class, and an issue is the
 * ladder "its class is at least k". So an issue of a million values of which conditions mention
 * three costs a handful of variables.
 *
 *     clauses *all = clauses_new(compiled, stop);
 *     clauses_tell_apart(all, condition); …          everything that will be asked about
 *     clauses_begin(all);
 *     … clauses_implying(all, condition, true) …     literals for clauses and assumptions
 */
#ifndef SOLVE_CLAUSES_H
#define SOLVE_CLAUSES_H

#include "solve/sat.h"
#include "space/space.h"

typedef struct clauses clauses;

/* compiled and stop must outlive it; NULL is fine for stop. */
clauses *clauses_new(const space *compiled, const truce_stop *stop);
void clauses_free(clauses *all); /* NULL is fine */

/* Before clauses_begin(): values that a condition tells apart, or whose entries differ in some
 * party's table, stay apart. Today's values always do. */
void clauses_tell_apart(clauses *all, const truce_condition *condition);
void clauses_tell_table_apart(clauses *all, size_t party);

void clauses_begin(clauses *all);
sat *clauses_solver(clauses *all);

/* A literal that is always true; its negative never is. */
int clauses_yes(const clauses *all);

/* True exactly when the issue's value is one of first..last, both ends of classes. */
int clauses_range(clauses *all, size_t issue, truce_value first, truce_value last);

/* A literal from which follows that the condition holds, or (holds = false) that it does not. */
int clauses_implying(clauses *all, const truce_condition *condition, bool holds);

/* A literal that is true exactly when the condition holds. */
int clauses_equal(clauses *all, const truce_condition *condition);

/* The outcome of the last SAT_YES: today's value where its class is today's, else the first
 * value of the class. */
void clauses_outcome(clauses *all, truce_value *outcome);

#endif
