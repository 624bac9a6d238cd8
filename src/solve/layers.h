/* layers.h - what a certificate is made of: for each number of issues decided, the states
 * that conditions are in, and the front of each.
 *
 * Plain on purpose. States are told apart by which parts of which conditions are decided
 * how, issues come one by one, nothing is split or searched; so the checker can follow
 * with little more than additions and comparisons. */
#ifndef SOLVE_LAYERS_H
#define SOLVE_LAYERS_H

#include "solve/front.h"
#include "space/space.h"

/* A party whose sums are followed.
 *
 *   floored  outcomes below its floor need not be followed ...
 *   needed   ... where this holds; NULL: everywhere */
typedef struct layers_party {
    size_t party;
    bool floored;
    const truce_condition *needed;
} layers_party;

/*   must     [must_count] conditions that every outcome has to keep
 *   parties  [party_count] may be none: then only states are followed
 *   through  to the last issue; otherwise the last but one is the end */
typedef struct layers_task {
    const space *compiled;
    const truce_condition *const *must;
    size_t must_count;
    const layers_party *parties;
    size_t party_count;
    bool through;
} layers_task;

/* What state `from` of the layer before becomes with value. */
typedef struct layer_state {
    size_t from;
    truce_value value;
    truce_value *outcome; /* [issue_count] one way to it; VALUE_OPEN behind */
    front *list;          /* never empty */
} layer_state;

typedef struct layer {
    layer_state *states;
    size_t count, room;
} layer;

/* Of all layers together: conditions that are open in so many ways are too many. */
enum { MOST_STATES = 100000 };

/*   order   [issue_count] of the issues
 *   items   [count] after one issue, after two, ...
 *   points  in all lists together; states in all layers */
typedef struct layers {
    arena memory;
    size_t *order;
    layer *items;
    size_t count;
    size_t points, states;
    front_work work;
} layers;

/* How far it got, in all layers together. */
typedef struct layers_reached {
    size_t points, states;
} layers_reached;

/* Goes through all issues. NULL when stopped, or when there are more than most points or
 * too many states; reached says how far it got. */
layers *layers_new(const layers_task *task, size_t most, const truce_stop *stop,
                   layers_reached *reached);
void layers_free(layers *all); /* NULL is fine */

#endif
