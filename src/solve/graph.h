/* graph.h - who leads to whom among many nodes, its cycles, and what would break them
 * all.
 *
 * Arrows are not kept one by one: a node leads to hubs, and a hub leads to nodes. Node
 * a leads to node b when some hub stands between them. Ten thousand nodes that share
 * one hub have a hundred million arrows and need twenty thousand links.
 */
#ifndef SOLVE_GRAPH_H
#define SOLVE_GRAPH_H

#include "base/arena.h"

#include <truce/scenario.h>

/* From a node to a hub, or from a hub to a node. */
typedef struct graph_link {
    size_t node, hub;
} graph_link;

/* Rows of numbers, one after the other: row r is items[starts[r]] up to items[starts[r
 * + 1]]. */
typedef struct graph_rows {
    size_t *starts, *items;
} graph_rows;

typedef struct graph {
    size_t node_count, hub_count;
    size_t link_count;
    graph_rows leads_to;   /* node -> hubs */
    graph_rows reaches;    /* hub -> nodes, ascending */
    graph_rows led_by;     /* hub -> nodes that lead to it, ascending */
    graph_rows reached_by; /* node -> hubs that reach it */
} graph;

/* out leads from nodes to hubs, in from hubs to nodes; both in ascending order of their
 * nodes. The graph lives in memory. O(nodes + hubs + links). */
graph graph_new(arena *memory, size_t node_count, size_t hub_count,
                const graph_link *out, size_t out_count, const graph_link *in,
                size_t in_count);

/* Sets of nodes, found up to a limit. */
typedef struct graph_sets {
    const truce_list *items;
    size_t count;
    bool cut;     /* there are more, or there may be */
    bool stopped; /* cut because it was time to stop */
} graph_sets;

/* Every elementary cycle, at most `most`: each begins with its least node; the shortest
 * first, then by their nodes. What is found lives in memory.
 *
 * O((nodes + arrows) * (cycles + 1)) time, O(nodes + links) memory beside the cycles.
 * Sources: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput.
 * 1, 1972; D. B. Johnson, Finding all the elementary circuits of a directed graph, SIAM
 * J. Comput. 4, 1975. */
graph_sets graph_cycles(const graph *net, size_t most, const truce_stop *stop,
                        arena *memory);

/* Is there a cycle among the nodes that are not gone? gone [node_count]. O(nodes +
 * links). */
bool graph_has_cycle(const graph *net, const bool *gone);

/* Every minimal set of nodes, none of them fixed, without which no cycle is left; at
 * most `most`, the smallest first, then by their nodes. Needs no list of cycles and is
 * exact whatever their number.
 *
 *   fixed  [node_count] nodes that must stay
 *
 * None when the graph has no cycle, or one of fixed nodes alone. When the search is cut
 * before it has found any, one minimal set is made greedily. The work is bounded by a
 * count of steps, so that the same graph gives the same answer on every machine.
 * Method: the search of K. Murakami and T. Uno, Efficient algorithms for dualizing
 * large-scale hypergraphs, Discrete Applied Mathematics 170, 2014, with cycles found as
 * they are needed and in rounds of growing size. */
graph_sets graph_breaks(const graph *net, const bool *fixed, size_t most,
                        const truce_stop *stop, arena *memory);

#endif
