/* flow_cheapest - network simplex.
 *
 * A spanning tree hangs from a root; arcs outside it are empty or full. Each node has a
 * price such that tree arcs cost nothing, all told. An arc outside that would save is
 * brought in, flow is sent around the cycle it closes until an arc of that cycle is empty
 * or full, and that arc leaves. At first every node hangs from the root by an arc of its
 * own that is dearer than any path; flow that stays on one says that there is no way.
 *
 * Of several arcs that block at once, the last one on the way around the cycle from its top
 * leaves. That keeps the tree strongly feasible: from every node some flow can be sent up to
 * the root; and then no sequence of trees repeats (Cunningham 1976). Arcs to bring in are
 * looked for block by block, the best of a block first.
 */
#include "exchange/flow.h"

#include "base/arena.h"
#include "base/stop.h"

#define NOBODY UINT32_MAX
#define ENDLESS INT64_MAX

enum { EMPTY = 1, IN_TREE = 0, FULL = -1 }; /* sign of a reduced cost that may stay */
enum { PIVOTS_BETWEEN_LOOKS = 1024, LEAST_BLOCK = 16 };

typedef struct tree {
    const flow_arc *arcs;
    size_t
        arc_count; /* those given; the arc of node v to the root comes at arc_count + v */
    uint32_t nodes; /* without the root, whose number this is */
    int64_t dear;
    int64_t *flow;  /* [arc_count + nodes] */
    int8_t *state;  /* [arc_count + nodes] */
    int64_t *price; /* [nodes + 1] */
    bool *to_root;  /* [nodes] does the node's own arc lead to the root? */

    /* of each node and the root: the node it hangs from, by which arc, whether that arc
     * leads up, how deep; and its children as a list */
    uint32_t *parent, *depth, *child, *next, *before;
    size_t *hangs_by;
    bool *leads_up;
    size_t looked; /* where the search for the next arc goes on */
} tree;

/* ---- arcs, given and own -------------------------------------------------------------- */

static uint32_t tail_of(const tree *t, size_t arc)
{
    if (arc < t->arc_count)
        return t->arcs[arc].from;
    uint32_t node = (uint32_t)(arc - t->arc_count);
    return t->to_root[node] ? node : t->nodes;
}

static uint32_t head_of(const tree *t, size_t arc)
{
    if (arc < t->arc_count)
        return t->arcs[arc].to;
    uint32_t node = (uint32_t)(arc - t->arc_count);
    return t->to_root[node] ? t->nodes : node;
}

static int64_t cost_of(const tree *t, size_t arc)
{
    return arc < t->arc_count ? t->arcs[arc].cost : t->dear;
}

static int64_t room_of(const tree *t, size_t arc)
{
    int64_t most = arc < t->arc_count ? t->arcs[arc].most : ENDLESS;
    return most == ENDLESS ? ENDLESS : most - t->flow[arc];
}

static int64_t reduced_cost(const tree *t, size_t arc)
{
    return cost_of(t, arc) + t->price[tail_of(t, arc)] - t->price[head_of(t, arc)];
}

/* ---- hanging and taking off -------------------------------------------------------------- */

static void take_off(tree *t, uint32_t node)
{
    uint32_t before = t->before[node], next = t->next[node];
    if (before == NOBODY)
        t->child[t->parent[node]] = next;
    else
        t->next[before] = next;
    if (next != NOBODY)
        t->before[next] = before;
}

static void hang(tree *t, uint32_t node, uint32_t parent, size_t arc)
{
    t->parent[node] = parent;
    t->hangs_by[node] = arc;
    t->leads_up[node] = tail_of(t, arc) == node;
    t->before[node] = NOBODY;
    t->next[node] = t->child[parent];
    if (t->next[node] != NOBODY)
        t->before[t->next[node]] = node;
    t->child[parent] = node;
    t->state[arc] = IN_TREE;
}

/* The next node of the part of the tree below top, parents first; NOBODY after the last. */
static uint32_t next_below(const tree *t, uint32_t top, uint32_t node)
{
    if (t->child[node] != NOBODY)
        return t->child[node];
    for (; node != top; node = t->parent[node])
        if (t->next[node] != NOBODY)
            return t->next[node];
    return NOBODY;
}

/* Everything below top is as deep as its parent has it, and its prices move alike. */
static void reprice(tree *t, uint32_t top)
{
    int64_t off = reduced_cost(t, t->hangs_by[top]);
    int64_t move = t->leads_up[top] ? -off : off;
    for (uint32_t v = top; v != NOBODY; v = next_below(t, top, v)) {
        t->depth[v] = t->depth[t->parent[v]] + 1;
        t->price[v] += move;
    }
}

/* Hangs the part of the tree below `top` from its node `foot` on, by a new arc. */
static void rehang(tree *t, uint32_t top, uint32_t foot, uint32_t parent, size_t arc)
{
    uint32_t node = foot;
    for (bool last = false; !last;) {
        uint32_t up = t->parent[node];
        size_t old = t->hangs_by[node];
        last = node == top;
        take_off(t, node);
        hang(t, node, parent, arc);
        parent = node;
        arc = old;
        node = up;
    }
    reprice(t, foot);
}

/* ---- one pivot ------------------------------------------------------------------------------ */

/* The arc of the next blocks that saves most, or SIZE_MAX: then none does. */
static size_t find_saving(tree *t, size_t block)
{
    int64_t most = 0;
    size_t found = SIZE_MAX;
    for (size_t seen = 0; seen < t->arc_count;) {
        for (size_t end = seen + block; seen < end && seen < t->arc_count; seen++) {
            size_t arc = t->looked;
            t->looked = arc + 1 == t->arc_count ? 0 : arc + 1;
            int64_t cost = t->state[arc] * reduced_cost(t, arc);
            if (cost < most) {
                most = cost;
                found = arc;
            }
        }
        if (found != SIZE_MAX)
            return found;
    }
    return SIZE_MAX;
}

static uint32_t common_top(const tree *t, uint32_t one, uint32_t other)
{
    while (one != other)
        if (t->depth[one] >= t->depth[other])
            one = t->parent[one];
        else
            other = t->parent[other];
    return one;
}

/* The cycle an arc closes, in the direction flow is sent: down from the top to `first`,
 * over the arc to `second`, and up to the top. */
typedef struct cycle {
    size_t arc;
    uint32_t first, second, top;
    int64_t amount;
    uint32_t leaves; /* the node whose arc leaves; NOBODY: the arc itself */
    bool below_first;
} cycle;

static void measure(const tree *t, cycle *c)
{
    c->amount = t->state[c->arc] == EMPTY ? room_of(t, c->arc) : t->flow[c->arc];
    c->leaves = NOBODY;
    for (uint32_t v = c->first; v != c->top; v = t->parent[v]) {
        size_t arc = t->hangs_by[v];
        int64_t room = t->leads_up[v] ? t->flow[arc] : room_of(t, arc);
        if (room < c->amount) {
            c->amount = room;
            c->leaves = v;
            c->below_first = true;
        }
    }
    for (uint32_t v = c->second; v != c->top; v = t->parent[v]) {
        size_t arc = t->hangs_by[v];
        int64_t room = t->leads_up[v] ? room_of(t, arc) : t->flow[arc];
        if (room <= c->amount) {
            c->amount = room;
            c->leaves = v;
            c->below_first = false;
        }
    }
}

static void send_around(tree *t, const cycle *c)
{
    if (c->amount == 0)
        return;
    t->flow[c->arc] += t->state[c->arc] == EMPTY ? c->amount : -c->amount;
    for (uint32_t v = c->first; v != c->top; v = t->parent[v])
        t->flow[t->hangs_by[v]] += t->leads_up[v] ? -c->amount : c->amount;
    for (uint32_t v = c->second; v != c->top; v = t->parent[v])
        t->flow[t->hangs_by[v]] += t->leads_up[v] ? c->amount : -c->amount;
}

static void pivot(tree *t, size_t arc)
{
    bool forward = t->state[arc] == EMPTY;
    cycle c = {.arc = arc,
               .first = forward ? tail_of(t, arc) : head_of(t, arc),
               .second = forward ? head_of(t, arc) : tail_of(t, arc)};
    c.top = common_top(t, c.first, c.second);
    measure(t, &c);
    send_around(t, &c);
    if (c.leaves == NOBODY) {
        t->state[arc] = (int8_t)-t->state[arc];
        return;
    }
    size_t old = t->hangs_by[c.leaves];
    if (c.below_first)
        rehang(t, c.leaves, c.first, c.second, arc);
    else
        rehang(t, c.leaves, c.second, c.first, arc);
    t->state[old] = t->flow[old] == 0 ? EMPTY : FULL;
}

/* ---- from beginning to end -------------------------------------------------------------------- */

static int64_t dearer_than_any_path(const tree *t)
{
    int64_t most = 0;
    for (size_t a = 0; a < t->arc_count; a++) {
        int64_t cost = t->arcs[a].cost;
        most = cost > most ? cost : -cost > most ? -cost : most;
    }
    return (most + 1) * ((int64_t)t->nodes + 1);
}

static void hang_all_from_root(tree *t, const int64_t *supply)
{
    for (uint32_t v = 0; v <= t->nodes; v++)
        t->child[v] = NOBODY;
    t->parent[t->nodes] = NOBODY;
    for (uint32_t v = 0; v < t->nodes; v++) {
        size_t arc = t->arc_count + v;
        t->to_root[v] = supply[v] >= 0;
        t->flow[arc] = supply[v] >= 0 ? supply[v] : -supply[v];
        hang(t, v, t->nodes, arc);
        t->depth[v] = 1;
        t->price[v] = t->to_root[v] ? -t->dear : t->dear;
    }
    for (size_t a = 0; a < t->arc_count; a++)
        t->state[a] = EMPTY;
}

static tree tree_begin(arena *memory, uint32_t nodes, const flow_arc *arcs,
                       size_t arc_count)
{
    tree t = {.arcs = arcs, .arc_count = arc_count, .nodes = nodes};
    t.dear = dearer_than_any_path(&t);
    t.flow = arena_array(memory, arc_count + nodes, int64_t);
    t.state = arena_array(memory, arc_count + nodes, int8_t);
    t.price = arena_array(memory, nodes + 1, int64_t);
    t.to_root = arena_array(memory, nodes, bool);
    t.parent = arena_array(memory, nodes + 1, uint32_t);
    t.depth = arena_array(memory, nodes + 1, uint32_t);
    t.child = arena_array(memory, nodes + 1, uint32_t);
    t.next = arena_array(memory, nodes + 1, uint32_t);
    t.before = arena_array(memory, nodes + 1, uint32_t);
    t.hangs_by = arena_array(memory, nodes + 1, size_t);
    t.leads_up = arena_array(memory, nodes + 1, bool);
    return t;
}

/* False when stopped. */
static bool improve(tree *t, const truce_stop *stop)
{
    size_t block = LEAST_BLOCK;
    while (block * block < t->arc_count)
        block++;
    for (uint64_t pivots = 1;; pivots++) {
        size_t arc = find_saving(t, block);
        if (arc == SIZE_MAX)
            return true;
        pivot(t, arc);
        if (pivots % PIVOTS_BETWEEN_LOOKS == 0 && stop_now(stop))
            return false;
    }
}

static bool some_is_stuck(const tree *t)
{
    for (uint32_t v = 0; v < t->nodes; v++)
        if (t->flow[t->arc_count + v] > 0)
            return true;
    return false;
}

flow_end flow_cheapest(uint32_t node_count, const flow_arc *arcs, size_t arc_count,
                       const int64_t *supply, int64_t *flow, int64_t *price,
                       const truce_stop *stop)
{
    arena scratch = {0};
    tree t = tree_begin(&scratch, node_count, arcs, arc_count);
    hang_all_from_root(&t, supply);
    flow_end end = improve(&t, stop) ? FLOW_FOUND : FLOW_STOPPED;
    if (end == FLOW_FOUND && some_is_stuck(&t))
        end = FLOW_IMPOSSIBLE;
    for (size_t a = 0; a < arc_count; a++)
        flow[a] = t.flow[a];
    for (uint32_t v = 0; price && v < node_count; v++)
        price[v] = t.price[v];
    arena_free(&scratch);
    return end;
}
