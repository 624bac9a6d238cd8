/* flow.h - flows in networks, exactly, each optimum with its certificate.
 *
 * Nodes are numbers from 0. Arcs may be parallel. Sizes up to 2^31 arcs; capacities and
 * costs are integers, and cost * nodes must stay below 2^62.
 */
#ifndef EXCHANGE_FLOW_H
#define EXCHANGE_FLOW_H

#include <truce/status.h>

typedef struct flow_arc {
    uint32_t from, to;
    int64_t least, most; /* 0 <= least <= most */
    int64_t cost;        /* of one unit; may be negative */
} flow_arc;

/* The most that can flow from source to sink; least must be 0, cost is not looked at.
 *
 *   flow  [arc_count] receives the flow on each arc; when not NULL-filled it is a feasible
 *         flow to begin with (zeros will do)
 *   cut   [node_count] receives which nodes are on the source's side of a least cut: its
 *         capacity equals the answer, which proves it. May be NULL.
 *
 * -1 when stopped. Dinic 1970; O(arcs * sqrt(nodes)) where node capacities are 1. */
int64_t flow_most(uint32_t node_count, const flow_arc *arcs, size_t arc_count,
                  uint32_t source, uint32_t sink, int64_t *flow, bool *cut,
                  const truce_stop *stop);

typedef enum flow_answer { FLOW_BEST, FLOW_NONE, FLOW_STOPPED } flow_answer;

/* The flow of least cost that meets all supplies and bounds (network simplex: Ahuja,
 * Magnanti, Orlin 1993, ch. 11; block search).
 *
 *   supply      [node_count] what enters at a node; sums to 0, else FLOW_NONE
 *   flow        [arc_count] receives it
 *   potentials  [node_count] receives dual prices: every arc with flow below `most` has
 *               cost + potential(from) - potential(to) >= 0, every arc with flow above
 *               `least` <= 0. Together with feasibility that proves the cost. */
flow_answer flow_cheapest(uint32_t node_count, const flow_arc *arcs, size_t arc_count,
                          const int64_t *supply, int64_t *flow, int64_t *potentials,
                          const truce_stop *stop);

/* The largest matching of a bipartite graph (Hopcroft & Karp 1973): edges [edge_count]
 * from left (`from`) to right (`to`), each numbered from 0.
 *
 *   partner  [left_count] receives the right partner or UINT32_MAX
 *   cover    [left_count + right_count] receives a vertex cover of the same size (Konig),
 *            which proves it; may be NULL
 *
 * Returns its size; SIZE_MAX when stopped. */
size_t flow_matching(uint32_t left_count, uint32_t right_count, const uint32_t *from,
                     const uint32_t *to, size_t edge_count, uint32_t *partner,
                     bool *cover, const truce_stop *stop);

/* The assignment of least cost: [count][count] row by row, every row one column
 * (shortest augmenting paths: Jonker & Volgenant 1987). O(count^3).
 *
 *   prices  [2 * count] receives dual prices of rows and columns: row + column <= cost,
 *           equal where assigned */
flow_answer flow_assignment(uint32_t count, const int64_t *cost, uint32_t *column_of,
                            int64_t *prices, const truce_stop *stop);

#endif
