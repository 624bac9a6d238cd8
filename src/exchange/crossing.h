/* crossing.h - the exchange as a flow from the people of one side to those of the
 * other.
 *
 *     source - bands - seats - stage | stage - seats - bands - sink
 *
 * A seat is a site on a day. At the middle of a stage as much arrives from one side as
 * leaves to the other, which is what equal heads mean; arcs between the middles of
 * neighbouring stages let the sides be apart by delta. A head of side s is units[s]
 * units of flow, so that a ratio of heads is equal flow, too.
 */
#ifndef EXCHANGE_CROSSING_H
#define EXCHANGE_CROSSING_H

#include "exchange/bands.h"
#include "exchange/flow.h"

/* Heads that a site of a side can take at a stage; arc carries them all. */
typedef struct crossing_seat {
    unsigned side;
    uint32_t site, stage;
    size_t arc;
} crossing_seat;

/*   lead    the side at the source
 *   bands   [2][count] arc into (or out of) each band; its `most` is heads * units
 *   seats   [2][count] first of the arcs to the stages of the band, last - first + 1
 *   halves  [2][stages] arc between the people of a side and the middle of a stage */
typedef struct crossing {
    const calendar *c;
    const bands *b;
    unsigned lead;
    int64_t units[2], slip;
    flow_arc *arcs;
    int64_t *flow;
    size_t arc_count, arc_room;
    uint32_t nodes;
    size_t *bands[2], *seats[2], *halves[2];
    crossing_seat *limits; /* the seats with a limit */
    size_t limit_count, limit_room;
} crossing;

/* With the heads of the bands as they are, the limits of groups kept, and no flow.
 * slip in units. Freed with crossing_free(). */
crossing crossing_new(const calendar *c, const bands *b, const int64_t units[2],
                      int64_t slip, unsigned lead);
void crossing_free(crossing *x);

/* The most units that flow, from the flow there is on; -1 when stopped. cut [nodes] as
 * in flow_most(), or NULL. */
int64_t crossing_most(crossing *x, bool *cut);

/* The node of a band of a side, for looking it up in a cut. */
uint32_t crossing_band_node(const crossing *x, unsigned side, size_t which);

/* Units of a band that leave at a stage within its days. */
int64_t crossing_leaving(const crossing *x, unsigned side, size_t which,
                         uint32_t stage);

/* Units of a side that leave at a stage. */
int64_t crossing_at(const crossing *x, unsigned side, uint32_t stage);

/* At most so many units of each side at a stage. Clears the flow. */
void crossing_narrow(crossing *x, uint32_t stage, int64_t most);

#endif
