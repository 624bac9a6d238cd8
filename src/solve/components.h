/* components.h - what a question about outcomes falls apart into.
 *
 * Whoever sums up a frontier needs to know which issues hang together: by a condition
 * that must hold, by a bonus, or by a condition on which a floor depends. Issues that
 * nothing ties are parts of their own, and sums add up over parts.
 */
#ifndef SOLVE_COMPONENTS_H
#define SOLVE_COMPONENTS_H

#include "solve/automaton.h"
#include "space/acceptance.h"

/* Added to a sum when its formula holds. */
typedef struct plan_bonus {
    formula when;
    const wide *amounts; /* [dims] */
} plan_bonus;

/* The sum of a dimension must reach `least` in every outcome where `when` holds. */
typedef struct plan_floor {
    formula when;
    size_t dim;
    wide least;
} plan_floor;

/* Issues that hang together, in the order in which they are best decided.
 *
 *   rules    what must hold of them
 *   bonuses  indices into the plan's
 *   reads    which of the plan's watched floors depend on them
 */
typedef struct plan_part {
    truce_list issues;
    formula rules;
    truce_list bonuses;
    const bool *reads; /* [watched_count] */
} plan_part;

/*   dims      the parties judged, then those who are not but have a floor
 *   judged    how many of dims are judged
 *   broad     sums of some party in dims need more than 64 bits
 *   possible  false: no outcome is accepted, whatever else
 *   base      [dims] gained in any case
 *   floors    [dims] of those that hold in any case; has_floor says which there are
 *   watched   floors that depend on the outcome
 *   caps      [dims]; capped says which there are
 */
typedef struct plan {
    arena memory;
    const space *compiled;
    formulas *all;
    truce_list dims;
    size_t judged;
    bool broad, possible;
    wide *base, *floors, *caps;
    bool *has_floor, *capped;
    plan_floor *watched;
    size_t watched_count;
    plan_bonus *bonuses;
    size_t bonus_count;
    plan_part *parts;
    size_t part_count;
} plan;

/* Parts of several issues come first, then the others, weighty ones first. what must
 * outlive the plan. O(size of the conditions + parts * issues^2 of each). */
plan *plan_new(const space *compiled, const acceptance *what, truce_list over);
void plan_free(plan *all); /* NULL is fine */

/* The entries of a tuple of a part: its rules, the watched floors, its bonuses. */
size_t plan_width(const plan *all, const plan_part *part);

/* The tuple with which a part begins when nothing is decided yet, into [width]. */
void plan_start(const plan *all, const plan_part *part, formula *tuple);

/* Does nothing have to hold in the part? */
bool plan_part_is_free(const plan_part *part);

/* Adds the least and the most that any values of the part bring in a dimension, rules
 * left out of account. */
void plan_add_range(const plan *all, const plan_part *part, size_t dim, wide *least,
                    wide *most);

#endif
