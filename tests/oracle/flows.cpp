/* The oracle of flows: random networks, and one of a given size, solved by truce and by
 * LEMON's network simplex; costs must be equal.
 *
 *     flows_oracle [--count N]         ends with "N passed, M failed"
 *     flows_oracle --arcs N            times both on one network of N arcs
 */
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

extern "C" {
#include "exchange/flow.h"
}

#include <truce/truce.h>

namespace
{

struct network {
    uint32_t nodes;
    std::vector<flow_arc> arcs;
    std::vector<int64_t> supply;
};

using dice = std::mt19937_64;

int64_t below(dice &from, int64_t count)
{
    return static_cast<int64_t>(from() % static_cast<uint64_t>(count));
}

network random_network(dice &from, uint32_t nodes, size_t arcs, int64_t most)
{
    network made{nodes, {}, std::vector<int64_t>(nodes, 0)};
    for (size_t a = 0; a < arcs; a++) {
        flow_arc arc{};
        arc.from = static_cast<uint32_t>(below(from, nodes));
        arc.to = static_cast<uint32_t>(below(from, nodes));
        arc.most = below(from, most);
        arc.cost = below(from, 1000) - 100;
        made.arcs.push_back(arc);
    }
    for (uint32_t k = 0; k < nodes / 3; k++) {
        int64_t units = below(from, most / 4 + 2);
        made.supply[static_cast<size_t>(below(from, nodes))] += units;
        made.supply[static_cast<size_t>(below(from, nodes))] -= units;
    }
    return made;
}

/* Whether there is a flow, and what the cheapest costs. */
struct answer {
    bool found;
    int64_t cost;
    double seconds;
};

answer by_truce(const network &of)
{
    std::vector<int64_t> flow(of.arcs.size() + 1), price(of.nodes);
    double began = truce_seconds();
    flow_end end = flow_cheapest(of.nodes, of.arcs.data(), of.arcs.size(),
                                 of.supply.data(), flow.data(), price.data(), nullptr);
    answer given{end == FLOW_FOUND, 0, truce_seconds() - began};
    for (size_t a = 0; given.found && a < of.arcs.size(); a++)
        given.cost += flow[a] * of.arcs[a].cost;
    return given;
}

answer by_lemon(const network &of)
{
    using graph = lemon::SmartDigraph;
    graph made;
    std::vector<graph::Node> nodes;
    for (uint32_t v = 0; v < of.nodes; v++)
        nodes.push_back(made.addNode());
    graph::ArcMap<int64_t> most(made), cost(made);
    graph::NodeMap<int64_t> supply(made);
    for (const flow_arc &arc : of.arcs) {
        graph::Arc there = made.addArc(nodes[arc.from], nodes[arc.to]);
        most[there] = arc.most;
        cost[there] = arc.cost;
    }
    for (uint32_t v = 0; v < of.nodes; v++)
        supply[nodes[v]] = of.supply[v];
    double began = truce_seconds();
    lemon::NetworkSimplex<graph, int64_t, int64_t> simplex(made);
    simplex.upperMap(most).costMap(cost).supplyMap(supply);
    bool found = simplex.run() == lemon::NetworkSimplex<graph, int64_t>::OPTIMAL;
    double seconds = truce_seconds() - began;
    return {found, found ? simplex.totalCost<int64_t>() : 0, seconds};
}

int compare(uint64_t count)
{
    uint64_t wrong = 0, found = 0;
    for (uint64_t k = 0; k < count; k++) {
        dice from(k);
        uint32_t nodes = static_cast<uint32_t>(2 + below(from, 60));
        network made = random_network(
            from, nodes, static_cast<size_t>(below(from, 400)), 1 + below(from, 50));
        answer ours = by_truce(made), theirs = by_lemon(made);
        found += theirs.found;
        if (ours.found == theirs.found && ours.cost == theirs.cost)
            continue;
        wrong++;
        std::printf("network %llu: %d %lld, LEMON %d %lld\n",
                    static_cast<unsigned long long>(k), ours.found,
                    static_cast<long long>(ours.cost), theirs.found,
                    static_cast<long long>(theirs.cost));
    }
    std::printf("%llu of the networks have a flow\n",
                static_cast<unsigned long long>(found));
    std::printf("%llu passed, %llu failed\n",
                static_cast<unsigned long long>(count - wrong),
                static_cast<unsigned long long>(wrong));
    return wrong > 0;
}

int race(uint64_t arcs)
{
    dice from(1);
    network made =
        random_network(from, static_cast<uint32_t>(arcs / 8 + 2), arcs, 1000);
    for (uint32_t v = 0; v + 1 < made.nodes; v++)
        for (uint32_t back = 0; back < 2; back++) {
            flow_arc arc{};
            arc.from = v + back;
            arc.to = v + 1 - back;
            arc.most = INT64_C(1) << 40;
            arc.cost = 5000;
            made.arcs.push_back(arc);
        }
    answer ours = by_truce(made), theirs = by_lemon(made);
    std::printf("%u nodes, %zu arcs: truce %.3f s, LEMON %.3f s, costs %s\n",
                made.nodes, made.arcs.size(), ours.seconds, theirs.seconds,
                ours.cost == theirs.cost ? "equal" : "DIFFER");
    return ours.cost != theirs.cost;
}

} // namespace

int main(int argc, char **argv)
{
    for (int k = 1; k + 1 < argc; k++)
        if (std::strcmp(argv[k], "--arcs") == 0)
            return race(std::strtoull(argv[k + 1], nullptr, 10));
    uint64_t count = 2000;
    for (int k = 1; k + 1 < argc; k++)
        if (std::strcmp(argv[k], "--count") == 0)
            count = std::strtoull(argv[k + 1], nullptr, 10);
    return compare(count);
}
