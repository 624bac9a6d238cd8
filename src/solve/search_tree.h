/* search_tree.h - what the parts of the search share; see search.c. */
#ifndef SOLVE_SEARCH_TREE_H
#define SOLVE_SEARCH_TREE_H

#include "solve/archive.h"
#include "solve/search.h"

/* A set that waits: bit b of allowed is a value of an issue (tree.first_bit). */
typedef struct waiting {
    double bound;
    uint64_t number; /* the younger first among equals */
    double *weights;
    uint64_t *allowed;
} waiting;

/* A condition that must hold, or a bonus. */
typedef struct factor {
    const truce_condition *condition;
    truce_list issues;
    size_t dim;    /* of a bonus */
    double amount; /* 0: a condition that must hold */
} factor;

typedef struct tree {
    const search_question *question;
    const truce_stop *stop;
    const space *compiled;
    size_t dims, issue_count;
    arena memory;
    double *units;   /* [dims] sums are divided by it */
    double **worths; /* [issue] -> [value][dims] */
    size_t *first_bit, words;
    factor *factors;
    size_t factor_count;
    truce_list *factors_of; /* [issue] */
    wide *floors;           /* what must be reached for any value at all */
    bound_goal goal;
    bool strict;
    fair_game game; /* of those that count */
    fair_measure measure;
    wide *sums, *counted;
    archive *best;
    mpq_t score, best_score;
    bool found, overflowed, ended;
    bool blurred; /* as good and better cannot be told apart in doubles */
    uint64_t nodes, most_nodes, next_look, raised;
    waiting *heap;
    size_t heap_count, heap_room;
    uint64_t numbered;
} tree;

/* A set being looked at; lives for one look. */
typedef struct look {
    tree *all;
    arena memory;
    double *weights;
    truce_value **values; /* [issue] those allowed */
    size_t *counts;
    truce_value *outcome; /* VALUE_OPEN where there is a choice */
    bound_issue *issues;
    bound_set set;
    double *shares;
    double bound;
} look;

/* ---- search_goal.c: what is wanted, in doubles and exactly ----------------------- */

/* Tables, conditions, goal; question, compiled, dims and issue_count are there. */
void tree_prepare(tree *all);

/* An outcome is met: is it better, or as good? */
void tree_consider(tree *all, const truce_value *outcome);

/* Does it break no rule and no red line? user is the tree. */
bool tree_permits(void *user, const truce_value *outcome);

/* After the best has changed, or what is asked of others (strict): new thresholds. */
void tree_raise(tree *all);

/* The least sum of the k-th in anything wanted. */
wide tree_threshold(tree *all, size_t k);

/* Puts the sums of the best back where tree_consider() leaves them. */
void tree_recall_best(tree *all);

/* ---- search_set.c: one set ------------------------------------------------------- */

void look_begin(look *at, tree *all, const waiting *one);

/* Makes the set as small as bounds and conditions can, with so many levels of smoothing;
 * false when nothing is left. */
bool look_narrow(look *at, unsigned levels);

/* The best value of each issue by itself is an outcome, perhaps a good one. */
void look_round(const look *at, truce_value *outcome);

/* The weighted worth of a value; the best of an issue; how far apart they are. */
double look_weighed(const tree *all, size_t issue, truce_value value,
                    const double *weights);
double look_best(const look *at, size_t issue, const double *weights);
double look_spread(const look *at, size_t issue);

/* The most that a bonus may still bring. */
double factor_hope(const factor *one, const truce_value *outcome);

/* ---- search_walk.c --------------------------------------------------------------- */

/* Looks at every outcome of the set that is not ruled out; false when that takes too
 * long. */
bool look_walk(look *at);

#endif
