/* automaton.h - conditions read one issue at a time.
 *
 * What must be known to go on, after some issues of a part were decided, is a tuple of
 * formulas: what is left of each condition. That tuple is a state. Outcomes that lead to
 * the same state may be completed in the same ways, with the same gains from then on.
 */
#ifndef SOLVE_AUTOMATON_H
#define SOLVE_AUTOMATON_H

#include "base/big.h"
#include "base/stop.h"
#include "solve/formulas.h"

/* What an automaton reads.
 *
 *   issues      [issue_count] in the order in which they are decided
 *   starts      [start_count][width] the states to begin with. Entry 0 is what must hold;
 *               the next `watched` entries are kept to the end, YES or NO; each of the
 *               others is a bonus: when its formula becomes YES its amounts are gained
 *               and the entry becomes NO, for there is nothing more to come
 *   amounts     [width][dims]; NULL for entries that gain nothing
 *   most        numbers that the tables may hold; more is too much
 *   trimmed     rather than to be too much, states that come late are left out
 */
typedef struct automaton_task {
    formulas *all;
    const size_t *issues;
    size_t issue_count;
    const formula *starts;
    size_t start_count, width, watched;
    const wide *const *amounts;
    size_t dims, most;
    bool trimmed;
} automaton_task;

enum { AUTOMATON_DEAD = UINT32_MAX };

/* What there is before an issue is decided. The last layer has no issue: it holds the
 * states at the end, which are those of the next issue in every other layer.
 *
 *   values        [class_starts[class_count]] all values; those of one class, which every
 *                 condition takes for the same, stand together, ascending
 *   tuples        [state_count][width]
 *   next          [state_count][class_count] the state it leads to, or AUTOMATON_DEAD when
 *                 nothing acceptable can come of it
 *   gains         [state_count][class_count] amounts [dims], NULL for nothing
 */
typedef struct automaton_layer {
    size_t issue;
    size_t class_count;
    const size_t *class_starts;
    const truce_value *values;
    size_t state_count;
    const formula *tuples;
    uint32_t *next;
    const wide *const *gains;
} automaton_layer;

typedef struct automaton {
    arena memory;
    size_t width, dims, layer_count; /* issues + 1 */
    automaton_layer *layers;
    size_t transitions;
    bool trimmed; /* some states were left out */
} automaton;

/* NULL when it would be too much, or when stopped. The states of the first layer are
 * those of starts, in that order. O(transitions * width). */
automaton *automaton_new(const automaton_task *task, const truce_stop *stop);
void automaton_free(automaton *one); /* NULL is fine */

#endif
