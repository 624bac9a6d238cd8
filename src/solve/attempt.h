/* attempt.h - the inside of solve/frontier.h: one attempt to sum all parts up.
 *
 * What was carried through the parts so far is a front for each way in which the watched
 * floors stand. A part is carried through, or summed up by itself and added. A function
 * that may be ended by a limit says so by false or NULL, and leaves the attempt to be
 * begun anew.
 */
#ifndef SOLVE_ATTEMPT_H
#define SOLVE_ATTEMPT_H

#include "solve/frontier.h"

enum {
    ATTEMPT_NUMBERS = 4 << 20,       /* in the tables of a part */
    ATTEMPT_TRIMMED_NUMBERS = 1 << 9 /* ... for each state, when states are left out */
};

/* Points that labels of a join stand for, from label `first` on. */
typedef struct joined_piece {
    uint32_t first;
    front *points;
} joined_piece;

/* How a label of a join is to be read: as a point of a piece, or as a row of values. */
typedef struct frontier_join {
    joined_piece *pieces;
    size_t piece_count;
    truce_list issues;
    const truce_value *rows; /* [points][issues.count]; NULL: pieces */
} frontier_join;

/* The front of all outcomes of the parts so far by which the watched floors stand like
 * this. */
typedef struct carried_front {
    formula *watched; /* [watched_count] */
    front *points;
} carried_front;

typedef struct carried {
    carried_front *items;
    size_t count, room;
} carried;

typedef struct attempt {
    frontier_found *found;
    const frontier_request *request;
    states_job job;
    const wide *rests; /* [part_count][dims] the most each part can gain */
    carried have;
} attempt;

/* ---- carrying (carry.c) ---------------------------------------------------------- */

/* Adds a front, which then belongs to all; watched [watched_count] is copied. */
void carried_add(carried *all, const formula *watched, size_t watched_count,
                 front *points);
size_t carried_points(const carried *all);
void carried_free(carried *all, front_work *work);

/* Takes all parts one after another; boxes [part_count] says which are boxes. */
bool attempt_take_parts(attempt *try, const bool *boxes);

/* ---- adding what was summed up by itself (join.c) -------------------------------- */

/* The stage of the steps of the last join. */
uint32_t attempt_join_stage(const frontier_found *found);
frontier_join *attempt_join(frontier_found *found);
void attempt_forget_joins(frontier_found *found);

/* Adds what a part came to by itself; takes `apart` over. */
bool attempt_add(attempt *try, const plan_part *part, carried apart);

/* Single points [count][dims] as a front, each with the row of its number in the last
 * join as its witness. counts [count] or NULL. */
front *attempt_rows(attempt *try, const wide *sums, size_t count, size_t dims,
                    const uint64_t *counts);

/* A front without points. */
front *attempt_nothing(attempt *try, size_t dims, size_t words);

/* ---- other ways (ways.c) --------------------------------------------------------- */

/* Can the part be summed up as boxes? */
bool attempt_is_boxes(const plan *what, const plan_part *part);
bool attempt_add_boxes(attempt *try, size_t index);

/* Tries every outcome; sets found->points. */
void attempt_enumerate(attempt *try);

/* ---- the answer (carry_end.c) ---------------------------------------------------- */

/* What was carried, less what lies below floors, judged dimensions alone, capped. NULL
 * when ended. */
front *attempt_end(attempt *try);

#endif
