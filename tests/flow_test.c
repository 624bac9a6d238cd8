/* Flows and assignments: their certificates are checked, and small ones are compared with
 * every flow and every assignment there is. */
#include "made.h"

#include "base/random.h"
#include "exchange/flow.h"

#include <stdlib.h>

enum { NODES = 5, ARCS = 7, SIDE = 6 };

/* ---- the cheapest flow --------------------------------------------------------------- */

typedef struct net {
    flow_arc arcs[ARCS];
    int64_t supply[NODES];
    size_t arc_count;
} net;

static net random_net(random_stream *dice)
{
    net made = {.arc_count = 1 + (size_t)random_below(dice, ARCS)};
    for (size_t a = 0; a < made.arc_count; a++)
        made.arcs[a] = (flow_arc){.from = (uint32_t)random_below(dice, NODES),
                                  .to = (uint32_t)random_below(dice, NODES),
                                  .most = (int64_t)random_below(dice, 4),
                                  .cost = (int64_t)random_below(dice, 13) - 4};
    for (int k = 0; k < 3; k++) {
        int64_t units = (int64_t)random_below(dice, 2);
        made.supply[random_below(dice, NODES)] += units;
        made.supply[random_below(dice, NODES)] -= units;
    }
    return made;
}

static bool keeps_supplies(const net *of, const int64_t *flow)
{
    int64_t left[NODES];
    memcpy(left, of->supply, sizeof left);
    for (size_t a = 0; a < of->arc_count; a++) {
        left[of->arcs[a].from] -= flow[a];
        left[of->arcs[a].to] += flow[a];
    }
    for (size_t v = 0; v < NODES; v++)
        if (left[v] != 0)
            return false;
    return true;
}

static int64_t cost_of(const net *of, const int64_t *flow)
{
    int64_t sum = 0;
    for (size_t a = 0; a < of->arc_count; a++)
        sum += flow[a] * of->arcs[a].cost;
    return sum;
}

/* The least cost of all flows, INT64_MAX when there is none. */
static int64_t try_all(const net *of)
{
    int64_t flow[ARCS] = {0}, least = INT64_MAX;
    for (size_t a = 0; a < of->arc_count;) {
        if (keeps_supplies(of, flow) && cost_of(of, flow) < least)
            least = cost_of(of, flow);
        for (a = 0; a < of->arc_count && ++flow[a] > of->arcs[a].most; a++)
            flow[a] = 0;
    }
    return least;
}

static void assert_proved(const flow_arc *arcs, size_t count, const int64_t *flow,
                          const int64_t *price)
{
    for (size_t a = 0; a < count; a++) {
        int64_t reduced = arcs[a].cost + price[arcs[a].from] - price[arcs[a].to];
        assert_true(flow[a] >= 0 && flow[a] <= arcs[a].most);
        assert_true(reduced <= 0 || flow[a] == 0);
        assert_true(reduced >= 0 || flow[a] == arcs[a].most);
    }
}

static void the_cheapest_of_all_flows_is_found_and_proved(void **state)
{
    (void)state;
    size_t possible = 0;
    for (uint64_t k = 0; k < 4000; k++) {
        random_stream dice = random_begin(11, k);
        net made = random_net(&dice);
        int64_t flow[ARCS], price[NODES], least = try_all(&made);
        flow_end end = flow_cheapest(NODES, made.arcs, made.arc_count, made.supply,
                                     flow, price, NULL);
        assert_int_equal(end, least == INT64_MAX ? FLOW_IMPOSSIBLE : FLOW_FOUND);
        if (end != FLOW_FOUND)
            continue;
        possible++;
        assert_true(keeps_supplies(&made, flow));
        assert_int_equal(cost_of(&made, flow), least);
        assert_proved(made.arcs, made.arc_count, flow, price);
    }
    assert_true(possible > 1000);
}

/* A grid from one corner to the other: too large to try all flows, but prices prove it. */
static void a_large_flow_is_proved_by_its_prices(void **state)
{
    (void)state;
    enum { WIDE = 60, ALL = WIDE * WIDE };
    flow_arc *arcs = calloc(4 * ALL, sizeof *arcs);
    int64_t *supply = calloc(ALL, sizeof *supply), *price = calloc(ALL, sizeof *price);
    random_stream dice = random_begin(5, 5);
    size_t count = 0;
    for (uint32_t v = 0; v < ALL; v++)
        for (int way = 0; way < 2; way++) {
            uint32_t to = way ? v + 1 : v + WIDE;
            if (to >= ALL || (way && to % WIDE == 0))
                continue;
            for (int back = 0; back < 2; back++)
                arcs[count++] = (flow_arc){.from = back ? to : v,
                                           .to = back ? v : to,
                                           .most = (int64_t)random_below(&dice, 9),
                                           .cost = (int64_t)random_below(&dice, 100)};
        }
    supply[0] = 4;
    supply[ALL - 1] = -4;
    arcs[0].most = arcs[2].most = 4;
    arcs[count++] = (flow_arc){.from = 0, .to = ALL - 1, .most = 4, .cost = 100000};
    int64_t *flow = calloc(count, sizeof *flow);
    assert_int_equal(flow_cheapest(ALL, arcs, count, supply, flow, price, NULL),
                     FLOW_FOUND);
    assert_proved(arcs, count, flow, price);
    free(flow);
    free(price);
    free(supply);
    free(arcs);
}

/* ---- assignments ------------------------------------------------------------------------- */

static int64_t try_columns(const int64_t *cost, uint32_t rows, uint32_t columns,
                           uint32_t row, unsigned taken)
{
    int64_t least = row == rows ? 0 : INT64_MAX;
    for (uint32_t c = 0; row < rows && c < columns; c++) {
        if (taken >> c & 1)
            continue;
        int64_t here = cost[row * columns + c] +
                       try_columns(cost, rows, columns, row + 1, taken | 1u << c);
        least = here < least ? here : least;
    }
    return least;
}

static void the_cheapest_of_all_assignments_is_found_and_proved(void **state)
{
    (void)state;
    for (uint64_t k = 0; k < 2000; k++) {
        random_stream dice = random_begin(12, k);
        uint32_t columns = 1 + (uint32_t)random_below(&dice, SIDE);
        uint32_t rows = 1 + (uint32_t)random_below(&dice, columns);
        int64_t cost[SIDE * SIDE], of_row[SIDE], of_column[SIDE], sum = 0;
        uint32_t column[SIDE], taken = 0;
        for (size_t e = 0; e < (size_t)rows * columns; e++)
            cost[e] = (int64_t)random_below(&dice, 50) - 20;
        assert_true(
            flow_assignment(rows, columns, cost, column, of_row, of_column, NULL));
        for (uint32_t r = 0; r < rows; r++) {
            assert_true(column[r] < columns && !(taken >> column[r] & 1));
            taken |= 1u << column[r];
            sum += cost[r * columns + column[r]];
            assert_true(cost[r * columns + column[r]] ==
                        of_row[r] + of_column[column[r]]);
            for (uint32_t c = 0; c < columns; c++)
                assert_true(of_row[r] + of_column[c] <= cost[r * columns + c]);
        }
        for (uint32_t c = 0; c < columns; c++)
            assert_true(of_column[c] <= 0 && (taken >> c & 1 || of_column[c] == 0));
        assert_int_equal(sum, try_columns(cost, rows, columns, 0, 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cheapest_of_all_flows_is_found_and_proved),
        cmocka_unit_test(a_large_flow_is_proved_by_its_prices),
        cmocka_unit_test(the_cheapest_of_all_assignments_is_found_and_proved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
