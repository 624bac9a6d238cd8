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

#endif
