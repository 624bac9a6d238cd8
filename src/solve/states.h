/* states.h - fronts carried through the states of a part: dynamic programming.
 *
 * Each state of a layer (solve/automaton.h) has the front of what leads to it. A step
 * shifts a front by a value's worths and what is gained with it; the front of a state of
 * the next layer is the undominated union of all steps into it. Nothing is lost: two
 * ways into one state can be completed alike, so the dominated one never ends up on the
 * frontier. Where a part has no conditions there is one state, and this is Nemhauser's
 * and Ullmann's merging.
 */
#ifndef SOLVE_STATES_H
#define SOLVE_STATES_H

#include "solve/components.h"
#include "solve/front.h"

/* What frontiers of parts are found under. Stages that front_walk() tells are issues, and
 * labels their values.
 *
 *   words     of each count; 0: not counted
 *   most      points that a front may have; 0: no limit
 *   memory    bytes that all fronts may take together; 0: no limit
 *   thinned   rather than give up at these limits, points are left out
 *   states    that may have a front in one layer, others are left out; 0: no limit
 *   cut       receives true when some were
 *   slack     [dims] to be spent over all issues of the scenario, or NULL
 *   spent     [dims] receives what was spent, added
 *   coarse    of the last thinning: slack was span / 2^(STATES_FINEST - coarse)
 */
typedef struct states_job {
    const plan *what;
    const truce_stop *stop;
    front_work *work;
    size_t words, most, memory;
    size_t states;
    bool tracked, thinned, cut;
    const wide *slack, *span;
    wide *spent;
    unsigned coarse;
} states_job;

enum { STATES_FINEST = 16 };

/* front_union() under a job: its memory, and with leave to thin. spent [dims], or NULL,
 * is raised to the slack that was taken. */
front *states_union(states_job *job, const front_source *sources, size_t count,
                    front_choices choices, wide *spent);

/* The values of one class that are worth stepping by: no other of the class is better.
 *
 *   shifts   [count][dims]
 *   copies   [count] how many values of the class have these worths
 */
typedef struct states_class {
    size_t count;
    const truce_value *values;
    const wide *shifts;
    const uint64_t *copies;
} states_class;

/* A part made ready.
 *
 *   classes      [layer_count - 1][class_count]
 *   rest         [layer_count][state_count * dims] the most that may still be gained from
 *                there, in each dimension by itself
 *   steps        shifts of fronts that carrying takes
 */
typedef struct states_part {
    arena memory;
    const plan_part *part;
    automaton *reads;
    states_class **classes;
    wide **rest;
    size_t steps;
} states_part;

/* The part, begun in these states ([start_count][width]). NULL when its tables would hold
 * more than `most` numbers (unless trimmed), or when stopped. */
states_part *states_part_new(const plan *what, const plan_part *part,
                             const formula *starts, size_t start_count, size_t most,
                             bool trimmed, const truce_stop *stop);
void states_part_free(states_part *ready); /* NULL is fine */

/* Carries the fronts of the first layer's states (NULL for none; they stay the caller's)
 * through the part.
 *
 *   others   [dims] the most that may be gained elsewhere later on
 *
 * Returns the fronts of the last layer's states, NULL for states that nothing reaches; the
 * caller frees them and the array. NULL when a limit or stop ended it, or some count
 * overflowed (job->work says so). */
front **states_carry(states_job *job, const states_part *ready, front *const *begun,
                     const wide *others);

#endif
