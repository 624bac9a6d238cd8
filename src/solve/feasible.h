/* feasible.h - can these constraints all hold? Any number of members, asked in any
 * company.
 *
 * Conditions go to the satisfiability solver as clauses. Floors are a theory beside it:
 * when a model leaves a party below its floor, a clause is learned that says which
 * issues would have to be worth more to it, and the question is asked again. Each such
 * clause follows from the floor alone, so a refutation by clauses is a proof.
 */
#ifndef SOLVE_FEASIBLE_H
#define SOLVE_FEASIBLE_H

#include "solve/clauses.h"
#include "space/acceptance.h"

#include <truce/solve.h>

typedef enum member_kind {
    MEMBER_DEMAND,
    MEMBER_RED_LINE,
    MEMBER_FLOOR,
    MEMBER_RULE,
    MEMBER_LOGIC
} member_kind;

/* One constraint that may be asked for or left out. */
typedef struct member {
    member_kind kind;
    size_t index;   /* of the demand, the red line within its party, the rule */
    size_t party;   /* whose; TRUCE_NOBODY for logic */
    const char *id; /* "d1", "red:UA:1", "floor:UA", "rule:l1" */
    const truce_condition *must; /* NULL for a floor */
} member;

typedef struct members {
    member *items;
    size_t count;
} members;

/* Members of the kinds asked for, in the order demands, red lines, floors, rules,
 * logic. */
members members_of(const space *compiled, bool demands, unsigned kinds, bool logic,
                   arena *memory);

typedef struct feasible feasible;

/* if_needed: red lines, floors and rules of a party bind only outcomes that take its
 * consent (as "acceptable" has it); otherwise they bind always. all and stop must
 * outlive it. */
feasible *feasible_new(const space *compiled, const members *all, bool if_needed,
                       const truce_stop *stop);
void feasible_free(feasible *problem); /* NULL is fine */

/* Can the active [count] members hold together? After SAT_YES outcome [issue_count]
 * (may be NULL) is one in which they do, near today. */
sat_answer feasible_ask(feasible *problem, const bool *active, truce_value *outcome);

/* The same with more literals assumed, for whoever added clauses of its own. */
sat_answer feasible_ask_with(feasible *problem, const bool *active, const int *more,
                             size_t more_count, truce_value *outcome);

/* After SAT_NO: the active members the refutation used; switches the others off. */
void feasible_keep_blamed(feasible *problem, bool *active);

/* Makes an infeasible set minimal: members are tried in the order given and dropped
 * when the rest stays infeasible; those with fixed[k] (may be NULL) are not tried.
 * False when stopped: the set is still infeasible, perhaps not minimal. */
bool feasible_shrink(feasible *problem, bool *active, const size_t *order,
                     size_t order_count);

/* Makes a feasible set maximal; outcome holds one in which it holds, before and after.
 * False when stopped. */
bool feasible_grow(feasible *problem, bool *active, truce_value *outcome);

/* Does outcome keep the member (whether or not its party is needed)? */
bool member_holds(const space *compiled, const member *one, const truce_value *outcome);

/* The solver and a member's selector: true means that the member must hold. */
sat *feasible_solver(feasible *problem);
int feasible_selector(const feasible *problem, size_t k);

/* A minimal set of red lines, floors and rules that together leave nothing acceptable,
 * in finding's memory; empty when something is acceptable or time runs out. */
truce_texts obstacles_find(const space *compiled, unsigned without,
                           const truce_stop *stop, truce_finding *finding);

#endif
