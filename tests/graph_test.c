/* Cycles and breaks of graphs: small ones by hand, random ones against brute force. */
#include "solve/graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

enum { MOST_NODES = 8 };

/* Arrows one by one, for brute force; each becomes a hub of its own. */
typedef struct arrows {
    size_t nodes;
    bool from_to[MOST_NODES][MOST_NODES];
} arrows;

static graph graph_of(arena *memory, const arrows *all)
{
    graph_link out[MOST_NODES * MOST_NODES], in[MOST_NODES * MOST_NODES];
    size_t outs = 0, ins = 0, hubs = all->nodes * all->nodes;
    for (size_t a = 0; a < all->nodes; a++)
        for (size_t b = 0; b < all->nodes; b++)
            if (all->from_to[a][b])
                out[outs++] = (graph_link){a, a * all->nodes + b};
    for (size_t b = 0; b < all->nodes; b++)
        for (size_t a = 0; a < all->nodes; a++)
            if (all->from_to[a][b])
                in[ins++] = (graph_link){b, a * all->nodes + b};
    return graph_new(memory, all->nodes, hubs, out, outs, in, ins);
}

static arrows complete(size_t nodes)
{
    arrows all = {.nodes = nodes};
    for (size_t a = 0; a < nodes; a++)
        for (size_t b = 0; b < nodes; b++)
            all.from_to[a][b] = a != b;
    return all;
}

/* Everybody shares one hub, which reaches everybody: all arrows at once, loops
 * included. */
static graph one_hub(arena *memory, size_t nodes)
{
    graph_link *links = arena_array(memory, nodes, graph_link);
    for (size_t n = 0; n < nodes; n++)
        links[n] = (graph_link){n, 0};
    return graph_new(memory, nodes, 1, links, nodes, links, nodes);
}

static void assert_set(const truce_list *set, const size_t *nodes, size_t count)
{
    assert_int_equal(set->count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(set->items[i], nodes[i]);
}

/* ---- by hand --------------------------------------------------------------------- */

static void a_triangle_is_one_cycle_that_begins_at_its_least_node(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = {.nodes = 3};
    all.from_to[2][0] = all.from_to[0][1] = all.from_to[1][2] = true;
    graph net = graph_of(&memory, &all);
    graph_sets cycles = graph_cycles(&net, 10, NULL, &memory);
    assert_int_equal(cycles.count, 1);
    assert_set(&cycles.items[0], (size_t[]){0, 1, 2}, 3);
    assert_false(cycles.cut);
    arena_free(&memory);
}

static void a_node_that_leads_to_itself_is_a_cycle(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = {.nodes = 2};
    all.from_to[1][1] = true;
    graph net = graph_of(&memory, &all);
    graph_sets cycles = graph_cycles(&net, 10, NULL, &memory);
    assert_int_equal(cycles.count, 1);
    assert_set(&cycles.items[0], (size_t[]){1}, 1);
    arena_free(&memory);
}

static void a_chain_has_no_cycle_and_nothing_to_break(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = {.nodes = 3};
    all.from_to[0][1] = all.from_to[1][2] = all.from_to[0][2] = true;
    graph net = graph_of(&memory, &all);
    bool none[3] = {0};
    assert_int_equal(graph_cycles(&net, 10, NULL, &memory).count, 0);
    assert_int_equal(graph_breaks(&net, none, 10, NULL, &memory).count, 0);
    assert_false(graph_has_cycle(&net, none));
    arena_free(&memory);
}

/* Sum over k of (n choose k)(k-1)!, k from 2: 6 + 8 + 6. */
static void four_nodes_all_joined_have_twenty_cycles_shortest_first(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = complete(4);
    graph net = graph_of(&memory, &all);
    graph_sets cycles = graph_cycles(&net, 1000, NULL, &memory);
    assert_int_equal(cycles.count, 20);
    assert_set(&cycles.items[0], (size_t[]){0, 1}, 2);
    assert_set(&cycles.items[5], (size_t[]){2, 3}, 2);
    assert_set(&cycles.items[19], (size_t[]){0, 3, 2, 1}, 4);
    arena_free(&memory);
}

static void a_cut_list_of_cycles_says_so_and_a_full_one_does_not(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = complete(4);
    graph net = graph_of(&memory, &all);
    graph_sets seven = graph_cycles(&net, 7, NULL, &memory);
    assert_int_equal(seven.count, 7);
    assert_true(seven.cut);
    assert_false(graph_cycles(&net, 20, NULL, &memory).cut);
    arena_free(&memory);
}

static void four_nodes_all_joined_are_broken_by_any_three(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = complete(4);
    graph net = graph_of(&memory, &all);
    graph_sets breaks = graph_breaks(&net, (bool[4]){0}, 100, NULL, &memory);
    assert_int_equal(breaks.count, 4);
    assert_set(&breaks.items[0], (size_t[]){0, 1, 2}, 3);
    assert_set(&breaks.items[3], (size_t[]){1, 2, 3}, 3);
    arena_free(&memory);
}

static void a_fixed_node_is_never_in_a_break(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = {.nodes = 3};
    all.from_to[0][1] = all.from_to[1][2] = all.from_to[2][0] = true;
    graph net = graph_of(&memory, &all);
    graph_sets breaks =
        graph_breaks(&net, (bool[]){false, true, false}, 100, NULL, &memory);
    assert_int_equal(breaks.count, 2);
    assert_set(&breaks.items[0], (size_t[]){0}, 1);
    assert_set(&breaks.items[1], (size_t[]){2}, 1);
    arena_free(&memory);
}

static void nothing_breaks_a_cycle_of_fixed_nodes(void **state)
{
    (void)state;
    arena memory = {0};
    arrows all = {.nodes = 3};
    all.from_to[0][1] = all.from_to[1][0] = all.from_to[1][2] = all.from_to[2][1] =
        true;
    graph net = graph_of(&memory, &all);
    graph_sets breaks =
        graph_breaks(&net, (bool[]){true, true, false}, 100, NULL, &memory);
    assert_int_equal(breaks.count, 0);
    assert_false(breaks.cut);
    arena_free(&memory);
}

/* ---- brute force ----------------------------------------------------------------- */

typedef struct walker {
    const arrows *all;
    size_t path[MOST_NODES], depth, start, cycles;
    const graph_sets *found;
} walker;

static bool holds_path(const graph_sets *sets, const size_t *path, size_t depth)
{
    for (size_t s = 0; s < sets->count; s++)
        if (sets->items[s].count == depth &&
            memcmp(sets->items[s].items, path, depth * sizeof *path) == 0)
            return true;
    return false;
}

static void walk_on(walker *at, unsigned visited)
{
    size_t last = at->path[at->depth - 1];
    for (size_t next = at->start; next < at->all->nodes; next++) {
        if (!at->all->from_to[last][next])
            continue;
        if (next == at->start) {
            at->cycles++;
            assert_true(holds_path(at->found, at->path, at->depth));
        } else if (!(visited >> next & 1)) {
            at->path[at->depth++] = next;
            walk_on(at, visited | 1u << next);
            at->depth--;
        }
    }
}

static void check_cycles(const arrows *all, const graph_sets *found)
{
    walker at = {.all = all, .found = found};
    for (at.start = 0; at.start < all->nodes; at.start++) {
        at.path[0] = at.start;
        at.depth = 1;
        walk_on(&at, 1u << at.start);
    }
    assert_int_equal(at.cycles, found->count);
}

/* Warshall's closure of what is left. */
static bool is_cyclic_without(const arrows *all, unsigned out)
{
    arrows reach = {0};
    size_t n = all->nodes;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            reach.from_to[a][b] =
                all->from_to[a][b] && !(out >> a & 1) && !(out >> b & 1);
    for (size_t k = 0; k < n; k++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < n; b++)
                reach.from_to[a][b] |= reach.from_to[a][k] && reach.from_to[k][b];
    for (size_t a = 0; a < n; a++)
        if (reach.from_to[a][a])
            return true;
    return false;
}

static unsigned bits_of(const truce_list *set)
{
    unsigned bits = 0;
    for (size_t i = 0; i < set->count; i++)
        bits |= 1u << set->items[i];
    return bits;
}

static bool is_minimal_break(const arrows *all, unsigned out)
{
    if (is_cyclic_without(all, out))
        return false;
    for (size_t n = 0; n < all->nodes; n++)
        if (out >> n & 1 && !is_cyclic_without(all, out & ~(1u << n)))
            return false;
    return true;
}

static void check_breaks(const arrows *all, unsigned fixed, const graph_sets *found)
{
    size_t expected = 0;
    for (unsigned out = 1; out < 1u << all->nodes; out++)
        expected += (out & fixed) == 0 && is_minimal_break(all, out);
    assert_int_equal(found->count, expected);
    for (size_t s = 0; s < found->count; s++) {
        unsigned out = bits_of(&found->items[s]);
        assert_true((out & fixed) == 0 && is_minimal_break(all, out));
        for (size_t other = 0; other < s; other++)
            assert_int_not_equal(out, bits_of(&found->items[other]));
    }
}

static unsigned draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 40);
}

static void two_thousand_random_graphs_agree_with_brute_force(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        arena memory = {0};
        arrows all = {.nodes = 2 + draw(&seed) % (MOST_NODES - 2)};
        unsigned density = 1 + draw(&seed) % 6, fixed = 0;
        bool is_fixed[MOST_NODES];
        for (size_t a = 0; a < all.nodes; a++) {
            is_fixed[a] = draw(&seed) % 4 == 0;
            fixed |= (unsigned)is_fixed[a] << a;
            for (size_t b = 0; b < all.nodes; b++)
                all.from_to[a][b] = draw(&seed) % 10 < density;
        }
        graph net = graph_of(&memory, &all);
        graph_sets cycles = graph_cycles(&net, 100000, NULL, &memory);
        graph_sets breaks = graph_breaks(&net, is_fixed, 100000, NULL, &memory);
        check_cycles(&all, &cycles);
        check_breaks(&all, fixed, &breaks);
        assert_false(cycles.cut || breaks.cut);
        arena_free(&memory);
    }
}

/* ---- large ----------------------------------------------------------------------- */

/* A hundred million arrows, ten thousand of them loops, which come first. */
static void ten_thousand_nodes_around_one_hub_are_cut_at_a_thousand_cycles(void **state)
{
    (void)state;
    arena memory = {0};
    graph net = one_hub(&memory, 10000);
    graph_sets cycles = graph_cycles(&net, 1000, NULL, &memory);
    assert_int_equal(cycles.count, 1000);
    assert_true(cycles.cut);
    assert_set(&cycles.items[0], (size_t[]){0}, 1);
    arena_free(&memory);
}

/* Every node leads to itself, so that nothing less than all of them will do. */
static void ten_thousand_nodes_around_one_hub_have_one_break_of_all(void **state)
{
    (void)state;
    arena memory = {0};
    graph net = one_hub(&memory, 10000);
    graph_sets breaks =
        graph_breaks(&net, arena_array(&memory, 10000, bool), 1000, NULL, &memory);
    assert_int_equal(breaks.count, 1);
    assert_int_equal(breaks.items[0].count, 10000);
    arena_free(&memory);
}

/* One ring through all nodes: any one of them breaks it. */
static void a_ring_of_ten_thousand_nodes_is_broken_by_each_of_them(void **state)
{
    (void)state;
    enum { RING = 10000 };
    arena memory = {0};
    graph_link *out = arena_array(&memory, RING, graph_link);
    graph_link *in = arena_array(&memory, RING, graph_link);
    for (size_t n = 0; n < RING; n++) {
        out[n] = (graph_link){n, n};
        in[n] = (graph_link){n, (n + RING - 1) % RING};
    }
    graph net = graph_new(&memory, RING, RING, out, RING, in, RING);
    graph_sets cycles = graph_cycles(&net, 10, NULL, &memory);
    assert_int_equal(cycles.count, 1);
    assert_int_equal(cycles.items[0].count, RING);
    bool *none = arena_array(&memory, RING, bool);
    graph_sets breaks = graph_breaks(&net, none, 1000, NULL, &memory);
    assert_true(breaks.cut);
    assert_true(breaks.count > 0 && breaks.items[0].count == 1);
    arena_free(&memory);
}

static bool always(void *user)
{
    (void)user;
    return true;
}

static void a_cancelled_search_says_that_it_was_stopped(void **state)
{
    (void)state;
    arena memory = {0};
    graph net = one_hub(&memory, 10000);
    truce_stop stop = {.cancelled = always};
    graph_sets cycles = graph_cycles(&net, SIZE_MAX, &stop, &memory);
    assert_true(cycles.stopped && cycles.cut);
    arena_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_triangle_is_one_cycle_that_begins_at_its_least_node),
        cmocka_unit_test(a_node_that_leads_to_itself_is_a_cycle),
        cmocka_unit_test(a_chain_has_no_cycle_and_nothing_to_break),
        cmocka_unit_test(four_nodes_all_joined_have_twenty_cycles_shortest_first),
        cmocka_unit_test(a_cut_list_of_cycles_says_so_and_a_full_one_does_not),
        cmocka_unit_test(four_nodes_all_joined_are_broken_by_any_three),
        cmocka_unit_test(a_fixed_node_is_never_in_a_break),
        cmocka_unit_test(nothing_breaks_a_cycle_of_fixed_nodes),
        cmocka_unit_test(two_thousand_random_graphs_agree_with_brute_force),
        cmocka_unit_test(
            ten_thousand_nodes_around_one_hub_are_cut_at_a_thousand_cycles),
        cmocka_unit_test(ten_thousand_nodes_around_one_hub_have_one_break_of_all),
        cmocka_unit_test(a_ring_of_ten_thousand_nodes_is_broken_by_each_of_them),
        cmocka_unit_test(a_cancelled_search_says_that_it_was_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
