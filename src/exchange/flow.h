/* flow.h - flows in networks, exactly, with their certificate.
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

/* How flow_cheapest() ended. */
typedef enum flow_end { FLOW_FOUND, FLOW_IMPOSSIBLE, FLOW_STOPPED } flow_end;

/* The cheapest flow that takes each node's supply (negative: what it needs) along the arcs;
 * supplies must sum to 0, least must be 0.
 *
 *   flow   [arc_count] receives the flow on each arc
 *   price  [node_count] receives a price of each node that proves it: with the reduced cost
 *          cost + price[from] - price[to], an arc that costs has no flow and one that gains
 *          is full. May be NULL.
 *
 * FLOW_IMPOSSIBLE when the supplies cannot be taken. Primal network simplex with strongly
 * feasible trees, which end without cycling (Cunningham, A network simplex method, 1976). */
flow_end flow_cheapest(uint32_t node_count, const flow_arc *arcs, size_t arc_count,
                       const int64_t *supply, int64_t *flow, int64_t *price,
                       const truce_stop *stop);

/* The cheapest assignment of each row to a column of its own, rows <= columns.
 *
 *   cost     [rows * columns], row by row; |cost| * rows below 2^61
 *   column   [rows] receives the column of each row
 *   of_row   [rows], of_column [columns] receive prices that prove it: their sum is at most
 *            the cost of each entry and equal where assigned; of_column is at most 0, and 0
 *            where no row is assigned
 *
 * False when stopped. Shortest augmenting paths (Kuhn 1955; Jonker, Volgenant 1987);
 * O(rows^2 * columns). */
bool flow_assignment(uint32_t rows, uint32_t columns, const int64_t *cost,
                     uint32_t *column, int64_t *of_row, int64_t *of_column,
                     const truce_stop *stop);

#endif
