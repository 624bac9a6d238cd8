/* boxes_search.h - the undominated sums of independent sets of a conflict graph. Inside
 * the rooms boxes*.c only. */
#ifndef SOLVE_BOXES_SEARCH_H
#define SOLVE_BOXES_SEARCH_H

#include "solve/boxes_graph.h"
#include "solve/front.h"

typedef struct boxes_search boxes_search;

/* Finds them. graph stays the caller's and outlives the search.
 *
 *   cut     [dims] or NULL: sums above it are as good as at it; 0 or more
 *   memory  bytes, 0: no limit
 */
boxes_search *boxes_search_new(const boxes_graph *graph, const wide *cut, size_t memory,
                               const truce_stop *stop);
void boxes_search_free(boxes_search *search); /* NULL is fine */

/* The sums, cut; never empty. Not complete when a limit ended it. */
const front *boxes_search_front(const boxes_search *search);
bool boxes_search_is_complete(const boxes_search *search);
uint64_t boxes_search_nodes(const boxes_search *search);
uint64_t boxes_search_bytes(const boxes_search *search);

/* The boxes of a point, one bit for each, into chosen [graph->words]. */
void boxes_search_choice(const boxes_search *search, size_t point, uint64_t *chosen);

#endif
