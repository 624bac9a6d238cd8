/* crossing.c - the network is built once for each question and read by arc numbers.
 *
 * Nodes: 0 source, 1 sink, then the middles of the stages, and for each side its
 * stages, bands, groups with a limit, and seats with a limit. People of a site without
 * limits go to the stage directly. Sizes: bands * stages arcs at the most.
 */
#include "exchange/crossing.h"

#include <stdlib.h>
#include <string.h>

enum { SOURCE, SINK, FIRST_MIDDLE };

static uint32_t middle(uint32_t stage)
{
    return FIRST_MIDDLE + stage;
}

static uint32_t stage_node(const crossing *x, unsigned side, uint32_t stage)
{
    return FIRST_MIDDLE + (uint32_t)((1 + side) * x->c->stages) + stage;
}

uint32_t crossing_band_node(const crossing *x, unsigned side, size_t which)
{
    size_t before = side == 1 ? x->b->count[0] : 0;
    return FIRST_MIDDLE + (uint32_t)(3 * x->c->stages + before + which);
}

/* An arc that carries people of a side from the outer end of the network towards the
 * middle; of the side that does not lead it points the other way. */
static size_t link_nodes(crossing *x, unsigned side, uint32_t outer, uint32_t inner,
                         int64_t most)
{
    flow_arc added = {.from = outer, .to = inner, .most = most};
    if (side != x->lead)
        added = (flow_arc){.from = inner, .to = outer, .most = most};
    *grow(x->arcs, x->arc_count, x->arc_room) = added;
    return x->arc_count - 1;
}

/* More than everybody. */
static int64_t plenty(const crossing *x, unsigned side)
{
    return (int64_t)x->c->p->lists->count * x->units[side] + 1;
}

static int64_t in_units(const crossing *x, unsigned side, int64_t heads)
{
    return heads > (int64_t)x->c->p->lists->count ? plenty(x, side)
                                                  : heads * x->units[side];
}

/* ---- building -------------------------------------------------------------------- */

static void link_middles(crossing *x)
{
    for (unsigned side = 0; side < 2; side++)
        for (uint32_t t = 0; t < x->c->stages; t++)
            x->halves[side][t] =
                link_nodes(x, side, stage_node(x, side, t), middle(t), plenty(x, side));
    for (uint32_t t = 0; x->slip > 0 && t + 1 < x->c->stages; t++)
        for (unsigned side = 0; side < 2; side++)
            link_nodes(x, side, middle(t), middle(t + 1), x->slip);
}

/* The node that people of a group enter through. */
static uint32_t *link_groups(crossing *x, unsigned side)
{
    uint32_t outer = side == x->lead ? SOURCE : SINK;
    uint32_t *entries = must_allocate((x->b->groups + 1) * sizeof *entries);
    for (size_t g = 0; g < x->b->groups; g++) {
        entries[g] = outer;
        if (x->b->most[side][g] == CALENDAR_NO_LIMIT)
            continue;
        entries[g] = x->nodes++;
        link_nodes(x, side, outer, entries[g], in_units(x, side, x->b->most[side][g]));
    }
    return entries;
}

/* The node of a site at a stage, made when first asked for; the stage itself where the
 * site has no limit. */
static uint32_t seat(crossing *x, unsigned side, uint32_t site, uint32_t stage,
                     uint32_t *seats)
{
    int64_t room = calendar_room(x->c, side, site)[stage];
    uint32_t *known = &seats[site * x->c->stages + stage];
    if (room == CALENDAR_NO_LIMIT)
        return stage_node(x, side, stage);
    if (*known == 0) {
        *known = x->nodes++;
        size_t arc = link_nodes(x, side, *known, stage_node(x, side, stage),
                                in_units(x, side, room));
        *grow(x->limits, x->limit_count, x->limit_room) =
            (crossing_seat){side, site, stage, arc};
    }
    return *known;
}

/* The nodes of the seats first, so that the arcs of a band follow each other. */
static void link_band(crossing *x, unsigned side, size_t i, const uint32_t *entries,
                      uint32_t *seats)
{
    const band *of = &x->b->all[side][i];
    uint32_t node = crossing_band_node(x, side, i);
    x->bands[side][i] = link_nodes(x, side, entries[of->group], node,
                                   (int64_t)of->heads * x->units[side]);
    for (uint32_t t = of->first; t <= of->last; t++)
        seat(x, side, of->site, t, seats);
    x->seats[side][i] = x->arc_count;
    for (uint32_t t = of->first; t <= of->last; t++)
        link_nodes(x, side, node, seat(x, side, of->site, t, seats), plenty(x, side));
}

static void link_side(crossing *x, unsigned side)
{
    uint32_t *entries = link_groups(x, side);
    uint32_t *seats = must_allocate_zeroed(x->c->sites * x->c->stages, sizeof *seats);
    for (size_t i = 0; i < x->b->count[side]; i++)
        link_band(x, side, i, entries, seats);
    free(seats);
    free(entries);
}

crossing crossing_new(const calendar *c, const bands *b, const int64_t units[2],
                      int64_t slip, unsigned lead)
{
    crossing x = {.c = c, .b = b, .lead = lead, .units = {units[0], units[1]}};
    x.slip = slip;
    x.nodes = FIRST_MIDDLE + (uint32_t)(3 * c->stages + b->count[0] + b->count[1]);
    for (unsigned side = 0; side < 2; side++) {
        x.bands[side] = must_allocate((b->count[side] + 1) * sizeof(size_t));
        x.seats[side] = must_allocate((b->count[side] + 1) * sizeof(size_t));
        x.halves[side] = must_allocate(c->stages * sizeof(size_t));
    }
    link_middles(&x);
    link_side(&x, 0);
    link_side(&x, 1);
    x.flow = must_allocate_zeroed(x.arc_count, sizeof *x.flow);
    return x;
}

void crossing_free(crossing *x)
{
    for (unsigned side = 0; side < 2; side++) {
        free(x->bands[side]);
        free(x->seats[side]);
        free(x->halves[side]);
    }
    free(x->limits);
    free(x->arcs);
    free(x->flow);
}

/* ---- asking ---------------------------------------------------------------------- */

int64_t crossing_most(crossing *x, bool *cut)
{
    return flow_most(x->nodes, x->arcs, x->arc_count, SOURCE, SINK, x->flow, cut,
                     x->c->p->stop);
}

int64_t crossing_leaving(const crossing *x, unsigned side, size_t which, uint32_t stage)
{
    return x->flow[x->seats[side][which] + stage - x->b->all[side][which].first];
}

int64_t crossing_at(const crossing *x, unsigned side, uint32_t stage)
{
    return x->flow[x->halves[side][stage]];
}

void crossing_narrow(crossing *x, uint32_t stage, int64_t most)
{
    for (unsigned side = 0; side < 2; side++)
        x->arcs[x->halves[side][stage]].most = most;
    memset(x->flow, 0, x->arc_count * sizeof *x->flow);
}
