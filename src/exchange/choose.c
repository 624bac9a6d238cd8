/* choose.c - the greedy choice, many people at a time.
 *
 * Invariant: the flow of the network carries everybody picked so far. The next so many
 * people in the order are added and the flow is made larger: when all of them get
 * through they stay, and the next attempt is twice as large; when not, it is half as
 * large. When one person alone does not get through, the bands on the source's side of
 * the least cut have no room left, nor ever will, and are passed over from then on.
 */
#include "exchange/choose.h"

#include <stdlib.h>
#include <string.h>

/*   queue   [count] those of the side who are traded, in the order of choice
 *   closed  [bands] nobody more of it fits
 *   left    [groups] heads the group may still send
 *   added   the places in the queue of those who are being tried */
typedef struct picking {
    crossing x;
    unsigned side;
    uint32_t *queue;
    size_t count, at;
    size_t *added, added_count;
    bool *closed, *cut, *picked;
    int64_t *left, *saved;
    uint64_t taken, target;
} picking;

static uint32_t band_of(const picking *k, size_t place)
{
    return k->x.b->band_of[k->queue[place]];
}

static bool may_go(const picking *k, size_t place)
{
    uint32_t of = band_of(k, place);
    return !k->picked[k->queue[place]] && !k->closed[of] &&
           k->left[k->x.b->all[k->side][of].group] > 0;
}

static void count_in(picking *k, size_t place, int heads)
{
    uint32_t of = band_of(k, place);
    k->x.arcs[k->x.bands[k->side][of]].most += heads * k->x.units[k->side];
    k->left[k->x.b->all[k->side][of].group] -= heads;
    k->picked[k->queue[place]] = heads > 0;
}

/* Adds the next so many who may go; returns where the search for them ended. */
static size_t add_next(picking *k, uint64_t wanted)
{
    size_t end = k->at;
    for (k->added_count = 0; end < k->count && k->added_count < wanted; end++)
        if (may_go(k, end)) {
            count_in(k, end, 1);
            k->added[k->added_count++] = end;
        }
    return end;
}

static void take_back(picking *k)
{
    for (size_t i = 0; i < k->added_count; i++)
        count_in(k, k->added[i], -1);
    memcpy(k->x.flow, k->saved, k->x.arc_count * sizeof *k->saved);
}

static void close_bands(picking *k)
{
    k->closed[band_of(k, k->added[0])] = true;
    for (size_t i = 0; i < k->x.b->count[k->side]; i++)
        if (k->cut[crossing_band_node(&k->x, k->side, i)])
            k->closed[i] = true;
}

/* false when stopped. Afterwards *attempt is how many to try next. */
static bool try_next(picking *k, uint64_t *attempt)
{
    uint64_t left = k->target - k->taken;
    memcpy(k->saved, k->x.flow, k->x.arc_count * sizeof *k->saved);
    size_t end = add_next(k, *attempt < left ? *attempt : left);
    int64_t most = k->added_count ? crossing_most(&k->x, k->cut) : 0;
    if (most < 0)
        return false;
    if (k->added_count == 0 ||
        most == (int64_t)(k->taken + k->added_count) * k->x.units[k->side]) {
        k->taken += k->added_count;
        k->at = end;
        *attempt *= 2;
        return true;
    }
    if (k->added_count == 1)
        close_bands(k);
    take_back(k);
    *attempt = k->added_count > 1 ? k->added_count / 2 : 1;
    return true;
}

static bool pick_all(picking *k)
{
    uint64_t attempt = k->target;
    k->at = 0;
    while (k->taken < k->target && k->at < k->count)
        if (!try_next(k, &attempt))
            return false;
    return true;
}

/* Lower bounds of the groups first; then everybody, in the room that is left. */
static bool pick_in_turn(picking *k)
{
    const bands *b = k->x.b;
    memcpy(k->left, b->least[k->side], b->groups * sizeof *k->left);
    if (!pick_all(k))
        return false;
    for (size_t g = 0; g < b->groups; g++)
        k->left[g] = b->most[k->side][g] - (b->least[k->side][g] - k->left[g]);
    return pick_all(k);
}

static void line_up(picking *k)
{
    const planning *p = k->x.c->p;
    for (size_t i = 0; i < p->eligible[k->side]; i++) {
        uint32_t person = p->order[k->side][i];
        if (bands_traded(p, person))
            k->queue[k->count++] = person;
    }
    for (size_t i = 0; i < k->x.b->count[k->side]; i++)
        k->x.arcs[k->x.bands[k->side][i]].most = 0;
}

choice choose_side(const calendar *c, bands *b, const int64_t units[2], int64_t slip,
                   unsigned side, uint64_t target, bool *picked)
{
    arena scratch = {0};
    picking k = {.x = crossing_new(c, b, units, slip, side), .side = side};
    k.queue = arena_array(&scratch, c->p->eligible[side], uint32_t);
    k.closed = arena_array(&scratch, b->count[side], bool);
    k.cut = arena_array(&scratch, k.x.nodes, bool);
    k.left = arena_array(&scratch, b->groups, int64_t);
    k.added = arena_array(&scratch, c->p->eligible[side], size_t);
    k.saved = arena_array(&scratch, k.x.arc_count, int64_t);
    k.picked = picked;
    k.target = target;
    line_up(&k);
    bool finished = pick_in_turn(&k);
    crossing_free(&k.x);
    arena_free(&scratch);
    return finished ? CHOICE_MADE : CHOICE_STOPPED;
}
