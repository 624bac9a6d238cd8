/* Components, cycles and breaks of a graph with hubs.
 *
 * A walk sees nodes and hubs alike as vertices: node n is vertex n, hub h is vertex
 * node_count + h. Two nodes lie in one component of the graph exactly when they do so
 * among the vertices, and a component holds a cycle exactly when it has two vertices or
 * more (a node that leads to itself does so through a hub).
 *
 * Expected: a few to some hundred nodes; ten thousand must work. Nothing here recurses
 * as deep as the graph is large, except the search for breaks, which goes as deep as a
 * break has members and is cut by its work. */
#include "solve/graph.h"

#include "base/stop.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_BETWEEN_LOOKS = 4096 };

/* Links followed before a search for breaks is cut: about a second. */
static const uint64_t most_work = 200000000;

/* ---- building -------------------------------------------------------------------- */

static graph_rows rows_of(arena *memory, size_t row_count, const graph_link *links,
                          size_t count, bool by_hub)
{
    graph_rows rows = {arena_array(memory, row_count + 2, size_t),
                       arena_array(memory, count, size_t)};
    size_t *next =
        rows.starts + 1; /* one ahead, so that filling leaves starts behind */
    for (size_t l = 0; l < count; l++)
        next[(by_hub ? links[l].hub : links[l].node) + 1]++;
    for (size_t r = 1; r <= row_count; r++)
        next[r] += next[r - 1];
    for (size_t l = 0; l < count; l++)
        rows.items[next[by_hub ? links[l].hub : links[l].node]++] =
            by_hub ? links[l].node : links[l].hub;
    return rows;
}

graph graph_new(arena *memory, size_t node_count, size_t hub_count,
                const graph_link *out, size_t out_count, const graph_link *in,
                size_t in_count)
{
    return (graph){
        .node_count = node_count,
        .hub_count = hub_count,
        .link_count = out_count + in_count,
        .leads_to = rows_of(memory, node_count, out, out_count, false),
        .reaches = rows_of(memory, hub_count, in, in_count, true),
        .led_by = rows_of(memory, hub_count, out, out_count, true),
        .reached_by = rows_of(memory, node_count, in, in_count, false),
    };
}

static truce_list row_of(const graph_rows *rows, size_t row)
{
    return (truce_list){rows->items + rows->starts[row],
                        rows->starts[row + 1] - rows->starts[row]};
}

/* The hubs a node leads to, or the nodes a hub reaches. */
static truce_list after_vertex(const graph *net, size_t vertex)
{
    if (vertex < net->node_count)
        return row_of(&net->leads_to, vertex);
    return row_of(&net->reaches, vertex - net->node_count);
}

/* ---- components ------------------------------------------------------------------ */

/* Room for walks over one net, used again and again. */
typedef struct walk {
    const graph *graph;
    arena memory;
    size_t *number; /* [vertices] order of discovery from 1; 0: not seen */
    size_t *low;    /* [vertices] least number that can be reached and is still open */
    size_t *cursor; /* [vertices] next vertices already looked at */
    size_t *component; /* [vertices] */
    size_t *sizes;     /* [vertices] of components, in vertices */
    size_t *path, path_count;
    size_t *open, open_count; /* found, and their component not closed yet */
    size_t seen, component_count;
    uint64_t work; /* links followed in all */
} walk;

static walk walk_begin(const graph *net)
{
    walk tour = {.graph = net};
    size_t vertices = net->node_count + net->hub_count;
    size_t **arrays[] = {&tour.number, &tour.low,  &tour.cursor, &tour.component,
                         &tour.sizes,  &tour.path, &tour.open};
    for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
        *arrays[a] = arena_array(&tour.memory, vertices, size_t);
    return tour;
}

static void walk_end(walk *tour)
{
    arena_free(&tour->memory);
}

static bool is_gone(const graph *net, const bool *gone, size_t vertex)
{
    return vertex < net->node_count && gone[vertex];
}

static void enter(walk *tour, size_t vertex)
{
    tour->number[vertex] = tour->low[vertex] = ++tour->seen;
    tour->cursor[vertex] = 0;
    tour->component[vertex] = SIZE_MAX; /* open */
    tour->path[tour->path_count++] = vertex;
    tour->open[tour->open_count++] = vertex;
}

static void lower(size_t *low, size_t number)
{
    if (number < *low)
        *low = number;
}

static void close_component(walk *tour, size_t root)
{
    size_t vertex, size = 0;
    do {
        vertex = tour->open[--tour->open_count];
        tour->component[vertex] = tour->component_count;
        size++;
    } while (vertex != root);
    tour->sizes[tour->component_count++] = size;
}

static void leave(walk *tour, size_t vertex)
{
    tour->path_count--;
    if (tour->low[vertex] == tour->number[vertex])
        close_component(tour, vertex);
    else
        lower(&tour->low[tour->path[tour->path_count - 1]], tour->low[vertex]);
}

/* Tarjan's search from one root, with its own stack. */
static void walk_from(walk *tour, size_t root, const bool *gone)
{
    enter(tour, root);
    while (tour->path_count > 0) {
        size_t vertex = tour->path[tour->path_count - 1];
        truce_list after = after_vertex(tour->graph, vertex);
        if (tour->cursor[vertex] == after.count) {
            leave(tour, vertex);
            continue;
        }
        size_t next = after.items[tour->cursor[vertex]++];
        next += vertex < tour->graph->node_count ? tour->graph->node_count : 0;
        tour->work++;
        if (is_gone(tour->graph, gone, next))
            continue;
        if (tour->number[next] == 0)
            enter(tour, next);
        else if (tour->component[next] == SIZE_MAX)
            lower(&tour->low[vertex], tour->number[next]);
    }
}

/* Numbers the components of what is not gone. */
static void find_components(walk *tour, const bool *gone)
{
    size_t vertices = tour->graph->node_count + tour->graph->hub_count;
    memset(tour->number, 0, vertices * sizeof *tour->number);
    tour->seen = tour->component_count = 0;
    tour->work += vertices;
    for (size_t node = 0; node < tour->graph->node_count; node++)
        if (!gone[node] && tour->number[node] == 0)
            walk_from(tour, node, gone);
}

/* The least node that lies on a cycle, after find_components(); node_count when none
 * does. */
static size_t least_on_cycle(const walk *tour, const bool *gone)
{
    size_t node = 0;
    while (node < tour->graph->node_count &&
           (gone[node] || tour->sizes[tour->component[node]] < 2))
        node++;
    return node;
}

bool graph_has_cycle(const graph *net, const bool *gone)
{
    walk tour = walk_begin(net);
    find_components(&tour, gone);
    bool found = least_on_cycle(&tour, gone) < net->node_count;
    walk_end(&tour);
    return found;
}

/* ---- sets of nodes --------------------------------------------------------------- */

/* What is being collected; items lie on the heap until sets_end(). */
typedef struct sets {
    arena *memory;
    truce_list *items;
    size_t count, room;
    bool cut, stopped;
} sets;

static void keep_set(sets *all, const size_t *nodes, size_t count)
{
    size_t *copy = arena_copy(all->memory, nodes, count * sizeof *nodes);
    *grow(all->items, all->count, all->room) = (truce_list){copy, count};
}

/* Shorter sets first, then by their nodes. */
static int compare_sets(const void *one, const void *other)
{
    const truce_list *a = one, *b = other;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i] != b->items[i])
            return a->items[i] < b->items[i] ? -1 : 1;
    return 0;
}

static graph_sets sets_end(sets *all)
{
    if (all->count > 1)
        qsort(all->items, all->count, sizeof *all->items, compare_sets);
    graph_sets ended = {
        .items = all->count ? arena_copy(all->memory, all->items,
                                         all->count * sizeof *all->items)
                            : NULL,
        .count = all->count,
        .cut = all->cut || all->stopped,
        .stopped = all->stopped,
    };
    free(all->items);
    return ended;
}

/* ---- elementary cycles ----------------------------------------------------------- */

/* Johnson's search through one least node. A node is blocked while it is on the path,
 * and after it was left without having closed a cycle; the latter is lifted when a node
 * that it leads to is freed. (Johnson keeps lists of who waits for whom; hubs already
 * know.) */
typedef struct circling {
    walk *walk;
    size_t start, home;               /* home: the component of start */
    bool *blocked, *on_path, *closed; /* [node_count] */
    size_t *cursor;                   /* [node_count] the last node gone to */
    size_t *path, depth;
    size_t *pending; /* nodes to free */
    size_t most, steps;
    const truce_stop *stop;
    sets found;
} circling;

/* The least of ascending items that is at least `from`; SIZE_MAX when none is. */
static size_t least_from(truce_list items, size_t from)
{
    size_t low = 0, high = items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items.items[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < items.count ? items.items[low] : SIZE_MAX;
}

static bool is_at_home(const circling *search, size_t node)
{
    return search->walk->number[node] != 0 &&
           search->walk->component[node] == search->home;
}

/* The first node at home after `last` (SIZE_MAX: from the beginning) that node leads
 * to. */
static size_t next_at_home(const circling *search, size_t node, size_t last)
{
    const graph *net = search->walk->graph;
    truce_list hubs = row_of(&net->leads_to, node);
    for (;;) {
        size_t next = SIZE_MAX;
        for (size_t h = 0; h < hubs.count; h++)
            lower(&next, least_from(row_of(&net->reaches, hubs.items[h]), last + 1));
        if (next == SIZE_MAX || is_at_home(search, next))
            return next;
        last = next;
    }
}

static void step_onto(circling *search, size_t node)
{
    search->blocked[node] = search->on_path[node] = true;
    search->closed[node] = false;
    search->cursor[node] = SIZE_MAX;
    search->path[search->depth++] = node;
}

/* Frees a node, and all who were blocked because of it. */
static void unblock(circling *search, size_t node)
{
    const graph *net = search->walk->graph;
    size_t count = 0;
    search->blocked[node] = false;
    search->pending[count++] = node;
    while (count > 0) {
        truce_list hubs = row_of(&net->reached_by, search->pending[--count]);
        for (size_t h = 0; h < hubs.count; h++) {
            truce_list before = row_of(&net->led_by, hubs.items[h]);
            for (size_t i = 0; i < before.count; i++) {
                size_t waiting = before.items[i];
                if (!search->blocked[waiting] || search->on_path[waiting])
                    continue;
                search->blocked[waiting] = false;
                search->pending[count++] = waiting;
            }
        }
    }
}

static void step_back(circling *search)
{
    size_t node = search->path[--search->depth];
    search->on_path[node] = false;
    if (!search->closed[node])
        return;
    unblock(search, node);
    if (search->depth > 0)
        search->closed[search->path[search->depth - 1]] = true;
}

/* False when there is no room for it: then there are more cycles than are asked for. */
static bool keep_cycle(circling *search)
{
    if (search->found.count == search->most) {
        search->found.cut = true;
        return false;
    }
    keep_set(&search->found, search->path, search->depth);
    search->closed[search->path[search->depth - 1]] = true;
    return true;
}

static bool is_time_up(circling *search)
{
    if (++search->steps % STEPS_BETWEEN_LOOKS == 0 && stop_now(search->stop))
        search->found.stopped = true;
    return search->found.stopped;
}

/* All cycles through start; false when the search is over. */
static bool circle(circling *search)
{
    search->depth = 0;
    step_onto(search, search->start);
    while (search->depth > 0 && !is_time_up(search)) {
        size_t node = search->path[search->depth - 1];
        size_t next = next_at_home(search, node, search->cursor[node]);
        search->cursor[node] = next;
        if (next == SIZE_MAX)
            step_back(search);
        else if (next == search->start && !keep_cycle(search))
            return false;
        else if (next != search->start && !search->blocked[next])
            step_onto(search, next);
    }
    return !search->found.stopped;
}

/* The next least node on a cycle, when the former ones are gone. */
static bool find_start(circling *search, const bool *gone)
{
    find_components(search->walk, gone);
    search->start = least_on_cycle(search->walk, gone);
    if (search->start == search->walk->graph->node_count)
        return false;
    search->home = search->walk->component[search->start];
    memset(search->blocked, 0,
           search->walk->graph->node_count * sizeof *search->blocked);
    memset(search->on_path, 0,
           search->walk->graph->node_count * sizeof *search->on_path);
    return true;
}

graph_sets graph_cycles(const graph *net, size_t most, const truce_stop *stop,
                        arena *memory)
{
    walk tour = walk_begin(net);
    size_t nodes = net->node_count;
    bool *gone = arena_array(&tour.memory, nodes, bool);
    circling search = {
        .walk = &tour,
        .blocked = arena_array(&tour.memory, nodes, bool),
        .on_path = arena_array(&tour.memory, nodes, bool),
        .closed = arena_array(&tour.memory, nodes, bool),
        .cursor = arena_array(&tour.memory, nodes, size_t),
        .path = arena_array(&tour.memory, nodes, size_t),
        .pending = arena_array(&tour.memory, nodes, size_t),
        .most = most,
        .stop = stop,
        .found = {.memory = memory},
    };
    while (find_start(&search, gone) && circle(&search))
        gone[search.start] = true;
    walk_end(&tour);
    return sets_end(&search.found);
}

/* ---- breaks ---------------------------------------------------------------------- */

/* The search keeps a set of nodes taken out (gone) of which each is needed: some cycle
 * runs through it and through no other of them. It takes a cycle that is left and tries
 * each of its nodes; a node tried later may not be used before (open), so that no set
 * is found twice. */
typedef struct breaking {
    walk *walk;
    const bool *fixed; /* [node_count] */
    bool *gone, *open; /* [node_count] */
    size_t *taken, taken_count;
    size_t *queue, *before, *mark, marks; /* [vertices] for shortest ways */
    size_t size;                          /* of the sets looked for in this round */
    bool more;                            /* some branch goes deeper than size */
    uint64_t work;                        /* at which the search is cut */
    size_t most;
    const truce_stop *stop;
    sets found;
} breaking;

/* Finds a shortest cycle through node among what is not gone: its nodes, but for node
 * itself, can then be read backwards from before[]. Returns the last vertex, or
 * SIZE_MAX. */
static size_t cycle_through(breaking *search, size_t node)
{
    const graph *net = search->walk->graph;
    size_t head = 0, tail = 0;
    search->marks++;
    search->queue[tail++] = node;
    while (head < tail) {
        size_t vertex = search->queue[head++];
        truce_list after = after_vertex(net, vertex);
        search->walk->work += after.count;
        for (size_t i = 0; i < after.count; i++) {
            size_t next = after.items[i];
            next += vertex < net->node_count ? net->node_count : 0;
            if (next == node)
                return vertex;
            if (search->mark[next] == search->marks || is_gone(net, search->gone, next))
                continue;
            search->mark[next] = search->marks;
            search->before[next] = vertex;
            search->queue[tail++] = next;
        }
    }
    return SIZE_MAX;
}

/* Does some cycle run through node and none of the others taken? */
static bool is_needed(breaking *search, size_t node)
{
    search->gone[node] = false;
    bool needed = cycle_through(search, node) != SIZE_MAX;
    search->gone[node] = true;
    return needed;
}

static bool are_all_needed(breaking *search)
{
    for (size_t t = 0; t < search->taken_count; t++)
        if (!is_needed(search, search->taken[t]))
            return false;
    return true;
}

/* The nodes of one cycle that is left, ascending, those that are not open left out; on
 * the heap. count is SIZE_MAX when no cycle is left. */
static size_t *open_nodes_of_a_cycle(breaking *search, size_t *count)
{
    const graph *net = search->walk->graph;
    find_components(search->walk, search->gone);
    size_t start = least_on_cycle(search->walk, search->gone);
    *count = SIZE_MAX;
    if (start == net->node_count)
        return NULL;
    size_t *nodes = NULL, room = 0;
    *count = 0;
    for (size_t v = cycle_through(search, start);; v = search->before[v]) {
        if (v < net->node_count && search->open[v])
            *grow(nodes, *count, room) = v;
        if (v == start)
            return nodes;
    }
}

static int compare_nodes(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;
    return a < b ? -1 : a > b;
}

static void keep_break(breaking *search)
{
    if (search->taken_count != search->size)
        return; /* found in an earlier round */
    if (search->found.count == search->most) {
        search->found.cut = true;
        return;
    }
    size_t *sorted = arena_copy(&search->walk->memory, search->taken,
                                search->taken_count * sizeof *sorted);
    qsort(sorted, search->taken_count, sizeof *sorted, compare_nodes);
    keep_set(&search->found, sorted, search->taken_count);
}

static bool is_over(breaking *search)
{
    search->found.stopped |= stop_now(search->stop);
    search->found.cut |= search->walk->work > search->work;
    return search->found.cut || search->found.stopped;
}

static void search_breaks(breaking *search);

static void try_without(breaking *search, size_t node)
{
    search->gone[node] = true;
    search->taken[search->taken_count++] = node;
    if (are_all_needed(search))
        search_breaks(search);
    search->taken_count--;
    search->gone[node] = false;
}

static void search_breaks(breaking *search)
{
    size_t count;
    if (is_over(search))
        return;
    size_t *nodes = open_nodes_of_a_cycle(search, &count);
    if (count == SIZE_MAX) {
        keep_break(search);
        return;
    }
    if (search->taken_count == search->size) {
        search->more |= count > 0;
        count = 0;
    }
    for (size_t n = 0; n < count; n++)
        search->open[nodes[n]] = false;
    for (size_t n = 0; n < count; n++) {
        try_without(search, nodes[n]);
        search->open[nodes[n]] = true;
    }
    free(nodes);
}

/* One set without which no cycle is left, made minimal. */
static void make_one_break(breaking *search)
{
    size_t count, *nodes;
    while ((nodes = open_nodes_of_a_cycle(search, &count)) != NULL &&
           !stop_now(search->stop)) {
        search->gone[nodes[0]] = true;
        search->open[nodes[0]] = false;
        search->taken[search->taken_count++] = nodes[0];
        free(nodes);
    }
    free(nodes);
    if (count != SIZE_MAX) {
        search->found.stopped = true;
        return;
    }
    for (size_t t = search->taken_count; t-- > 0;)
        if (!is_needed(search, search->taken[t])) {
            search->gone[search->taken[t]] = false;
            search->taken[t] = search->taken[--search->taken_count];
        }
    search->size = search->taken_count;
    search->most = search->found.count + 1;
    keep_break(search);
}

static void find_breaks(breaking *search)
{
    for (size_t node = 0; node < search->walk->graph->node_count; node++)
        search->open[node] = !search->fixed[node];
    do {
        search->size++;
        search->more = false;
        search_breaks(search);
    } while (search->more && !is_over(search));
    if (search->found.cut && search->found.count == 0)
        make_one_break(search);
}

/* Can breaking help, and is there anything to break? */
static bool is_breakable(const graph *net, const bool *fixed, arena *memory)
{
    bool *gone = arena_array(memory, net->node_count, bool);
    if (!graph_has_cycle(net, gone))
        return false;
    for (size_t node = 0; node < net->node_count; node++)
        gone[node] = !fixed[node];
    return !graph_has_cycle(net, gone);
}

graph_sets graph_breaks(const graph *net, const bool *fixed, size_t most,
                        const truce_stop *stop, arena *memory)
{
    walk tour = walk_begin(net);
    size_t nodes = net->node_count, vertices = nodes + net->hub_count;
    breaking search = {
        .walk = &tour,
        .fixed = fixed,
        .gone = arena_array(&tour.memory, nodes, bool),
        .open = arena_array(&tour.memory, nodes, bool),
        .taken = arena_array(&tour.memory, nodes, size_t),
        .queue = arena_array(&tour.memory, vertices, size_t),
        .before = arena_array(&tour.memory, vertices, size_t),
        .mark = arena_array(&tour.memory, vertices, size_t),
        .work = most_work,
        .most = most,
        .stop = stop,
        .found = {.memory = memory},
    };
    if (is_breakable(net, fixed, &tour.memory))
        find_breaks(&search);
    walk_end(&tour);
    return sets_end(&search.found);
}
