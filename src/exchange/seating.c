/* seating.c - a flow with lower bounds, along a chain of stages.
 *
 *     people - seats - stage 0 -> stage 1 -> ... -> last stage -> out
 *
 * What goes from a stage to the next is who has gone so far, so it has bounds from both
 * sides. An arc from u to v with a lower bound sends that much from u to a general sink
 * and from a general source to v; the bounds hold when all of that flows (Ford &
 * Fulkerson 1962).
 */
#include "exchange/seating.h"

#include "exchange/flow.h"

#include <stdlib.h>

enum { SOURCE, SINK, PEOPLE, FIRST_STAGE };

typedef struct hall {
    const calendar *c;
    unsigned side;
    flow_arc *arcs;
    size_t arc_count, arc_room;
    uint32_t nodes;
    uint32_t *seats;      /* [sites * stages] nodes, 0 until one is needed */
    size_t *band_arcs;    /* first arc of each band to its seats */
    int64_t wanted, head; /* what must flow; more than everybody */
} hall;

static void link_nodes(hall *h, uint32_t from, uint32_t to, int64_t most)
{
    *grow(h->arcs, h->arc_count, h->arc_room) =
        (flow_arc){.from = from, .to = to, .most = most};
}

static void link_bounded(hall *h, uint32_t from, uint32_t to, int64_t low, int64_t high)
{
    link_nodes(h, from, to, high - low);
    link_nodes(h, from, SINK, low);
    link_nodes(h, SOURCE, to, low);
    h->wanted += low;
}

static uint32_t seat(hall *h, uint32_t site, uint32_t stage)
{
    int64_t room = calendar_room(h->c, h->side, site)[stage];
    uint32_t *known = &h->seats[site * h->c->stages + stage];
    if (room == CALENDAR_NO_LIMIT)
        return FIRST_STAGE + stage;
    if (*known == 0) {
        *known = h->nodes++;
        link_nodes(h, *known, FIRST_STAGE + stage, room < h->head ? room : h->head);
    }
    return *known;
}

static void link_band(hall *h, const band *of, size_t i)
{
    uint32_t node = h->nodes++;
    link_nodes(h, PEOPLE, node, (int64_t)of->heads);
    for (uint32_t t = of->first; t <= of->last; t++)
        seat(h, of->site, t);
    h->band_arcs[i] = h->arc_count;
    for (uint32_t t = of->first; t <= of->last; t++)
        link_nodes(h, node, seat(h, of->site, t), h->head);
}

static void build(hall *h, const bands *b, const int64_t *low, const int64_t *high)
{
    uint32_t stages = (uint32_t)h->c->stages;
    h->nodes = FIRST_STAGE + stages;
    for (uint32_t t = 0; t + 1 < stages; t++)
        link_bounded(h, FIRST_STAGE + t, FIRST_STAGE + t + 1, low[t], high[t]);
    link_bounded(h, FIRST_STAGE + stages - 1, PEOPLE, low[stages - 1], low[stages - 1]);
    for (size_t i = 0; i < b->count[h->side]; i++)
        link_band(h, &b->all[h->side][i], i);
}

static void read_heads(const hall *h, const bands *b, const int64_t *flow,
                       uint64_t *heads)
{
    for (size_t i = 0; i < b->count[h->side]; i++) {
        const band *of = &b->all[h->side][i];
        for (size_t t = 0; t < h->c->stages; t++)
            heads[i * h->c->stages + t] =
                t < of->first || t > of->last
                    ? 0
                    : (uint64_t)flow[h->band_arcs[i] + t - of->first];
    }
}

int seating_find(const calendar *c, const bands *b, unsigned side, const int64_t *low,
                 const int64_t *high, uint64_t *heads)
{
    arena scratch = {0};
    hall h = {.c = c, .side = side, .head = (int64_t)c->p->lists->count + 1};
    h.seats = arena_array(&scratch, c->sites * c->stages, uint32_t);
    h.band_arcs = arena_array(&scratch, b->count[side], size_t);
    build(&h, b, low, high);
    int64_t *flow = arena_array(&scratch, h.arc_count, int64_t);
    int64_t most =
        flow_most(h.nodes, h.arcs, h.arc_count, SOURCE, SINK, flow, NULL, c->p->stop);
    if (most == h.wanted)
        read_heads(&h, b, flow, heads);
    free(h.arcs);
    arena_free(&scratch);
    return most < 0 ? -1 : most == h.wanted;
}
