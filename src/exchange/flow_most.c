/* flow_most.c - the most that can flow, by blocking flows in level graphs.
 *
 * Each arc is two edges: number 2a from its tail to its head, with what may still be
 * added to its flow, and 2a + 1 back, with what may be taken off. A round labels the
 * nodes by their distance from the source along edges that are not full, then sends
 * flow along edges that lead one level on until no such path is left; dead ends are not
 * tried twice. The last labelling does not reach the sink: what it did reach is the
 * source's side of a cut without room. Least bounds are 0. The walk keeps its path in
 * an array, so that long networks need no deep stack.
 *
 * Source: E. A. Dinic, Algorithm for solution of a problem of maximum flow in networks
 * with power estimation, Soviet Mathematics Doklady 11, 1970.
 */
#include "exchange/flow.h"

#include "base/arena.h"
#include "base/stop.h"

#include <stdlib.h>
#include <string.h>

enum { UNREACHED = 0 }; /* levels count from 1 at the source */

typedef struct search {
    const flow_arc *arcs;
    int64_t *flow;
    uint32_t nodes, source, sink;
    uint32_t *starts, *edges; /* edges that leave node v: from starts[v] */
    uint32_t *level, *next;   /* next: the edge of each node to try now */
    uint32_t *queue, *path;
} search;

static uint32_t head_of(const search *s, uint32_t edge)
{
    const flow_arc *arc = &s->arcs[edge / 2];
    return edge % 2 ? arc->from : arc->to;
}

static int64_t room_of(const search *s, uint32_t edge)
{
    int64_t flow = s->flow[edge / 2];
    return edge % 2 ? flow : s->arcs[edge / 2].most - flow;
}

static void push(search *s, uint32_t edge, int64_t amount)
{
    s->flow[edge / 2] += edge % 2 ? -amount : amount;
}

static void sort_edges(search *s, size_t arc_count)
{
    for (size_t a = 0; a < arc_count; a++) {
        s->starts[s->arcs[a].from + 1]++;
        s->starts[s->arcs[a].to + 1]++;
    }
    for (uint32_t v = 0; v < s->nodes; v++)
        s->starts[v + 1] += s->starts[v];
    memcpy(s->next, s->starts, s->nodes * sizeof *s->next);
    for (size_t a = 0; a < arc_count; a++) {
        s->edges[s->next[s->arcs[a].from]++] = (uint32_t)(2 * a);
        s->edges[s->next[s->arcs[a].to]++] = (uint32_t)(2 * a + 1);
    }
}

/* Labels what can be reached; whether the sink is. */
static bool label(search *s)
{
    size_t from = 0, to = 0;
    memset(s->level, 0, s->nodes * sizeof *s->level);
    s->level[s->source] = 1;
    s->queue[to++] = s->source;
    while (from < to) {
        uint32_t v = s->queue[from++];
        for (uint32_t i = s->starts[v]; i < s->starts[v + 1]; i++) {
            uint32_t head = head_of(s, s->edges[i]);
            if (s->level[head] != UNREACHED || room_of(s, s->edges[i]) == 0)
                continue;
            s->level[head] = s->level[v] + 1;
            s->queue[to++] = head;
        }
    }
    return s->level[s->sink] != UNREACHED;
}

/* The next edge that leads a level on, or false at a dead end. */
static bool step_on(search *s, uint32_t v, uint32_t *edge)
{
    for (; s->next[v] < s->starts[v + 1]; s->next[v]++) {
        *edge = s->edges[s->next[v]];
        if (room_of(s, *edge) > 0 && s->level[head_of(s, *edge)] == s->level[v] + 1)
            return true;
    }
    return false;
}

/* Sends what the path takes; returns how much of it stays usable, in edges. */
static size_t send(search *s, size_t length, int64_t *sent)
{
    int64_t most = INT64_MAX;
    for (size_t i = 0; i < length; i++)
        if (room_of(s, s->path[i]) < most)
            most = room_of(s, s->path[i]);
    for (size_t i = 0; i < length; i++)
        push(s, s->path[i], most);
    *sent += most;
    size_t usable = 0;
    while (room_of(s, s->path[usable]) > 0)
        usable++;
    return usable;
}

static int64_t block(search *s)
{
    int64_t sent = 0;
    size_t length = 0;
    memcpy(s->next, s->starts, s->nodes * sizeof *s->next);
    for (;;) {
        uint32_t v = length ? head_of(s, s->path[length - 1]) : s->source, edge;
        if (v == s->sink)
            length = send(s, length, &sent);
        else if (step_on(s, v, &edge))
            s->path[length++] = edge;
        else if (length == 0)
            return sent;
        else /* a dead end: the node before goes on to its next edge */
            s->next[head_of(s, s->path[--length] ^ 1)]++;
    }
}

static int64_t flow_from_source(const search *s)
{
    int64_t sum = 0;
    for (uint32_t i = s->starts[s->source]; i < s->starts[s->source + 1]; i++)
        sum += s->edges[i] % 2 ? -s->flow[s->edges[i] / 2] : s->flow[s->edges[i] / 2];
    return sum;
}

int64_t flow_most(uint32_t node_count, const flow_arc *arcs, size_t arc_count,
                  uint32_t source, uint32_t sink, int64_t *flow, bool *cut,
                  const truce_stop *stop)
{
    arena scratch = {0};
    search s = {.arcs = arcs, .flow = flow, .source = source, .sink = sink};
    s.nodes = node_count;
    s.starts = arena_array(&scratch, node_count + 1, uint32_t);
    s.edges = arena_array(&scratch, 2 * arc_count, uint32_t);
    s.level = arena_array(&scratch, node_count, uint32_t);
    s.next = arena_array(&scratch, node_count, uint32_t);
    s.queue = arena_array(&scratch, node_count, uint32_t);
    s.path = arena_array(&scratch, node_count, uint32_t);
    sort_edges(&s, arc_count);
    int64_t most = flow_from_source(&s);
    bool stopped = false;
    while (!(stopped = stop_now(stop)) && label(&s))
        most += block(&s);
    for (uint32_t v = 0; cut && v < node_count; v++)
        cut[v] = s.level[v] != UNREACHED;
    arena_free(&scratch);
    return stopped ? -1 : most;
}
