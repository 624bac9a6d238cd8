/* timing.c - how many go when, of those who can.
 *
 * Evenly: first as if nothing were limited, and when that does not get through, with
 * the smallest number that no stage passes, and with as few stages at that number as
 * can be. Both are found by halving, one flow a question. A flow of whole heads is the
 * answer where heads are equal. Else it says which part of the whole has gone by the
 * end of each stage, and each side is seated anew: within rounding of that part, which
 * always fits (a flow with whole bounds has a whole solution), or, when the ratio must
 * hold exactly, in whole bundles, as many as are found to fit.
 */
#include "exchange/arrange.h"
#include "exchange/seating.h"

#include <stdlib.h>
#include <string.h>

/* ---- evenly ---------------------------------------------------------------------- */

/*   total   units that must flow
 *   steps   in which the sides exchange; a step is total / steps units
 *   needed  [stages] steps that those owed may need, who must have gone by then */
typedef struct evening {
    arranging *a;
    crossing x;
    int64_t total;
    uint64_t steps;
    uint64_t *needed;
} evening;

static int64_t units_of(const evening *e, uint64_t steps)
{
    unsigned __int128 units = (unsigned __int128)steps * (uint64_t)e->total;
    return (int64_t)((units + e->steps - 1) / e->steps);
}

static void find_needed(evening *e, const spread *s)
{
    const bands *b = &e->a->b;
    for (size_t t = 0; t < e->a->c->stages; t++)
        for (unsigned side = 0; side < 2; side++) {
            uint64_t heads = 0;
            for (size_t i = 0; i < b->count[side]; i++)
                if (b->all[side][i].owed && b->all[side][i].last == t)
                    heads += b->all[side][i].heads;
            uint64_t steps = spread_steps(s, side, heads);
            if (steps > e->needed[t])
                e->needed[t] = steps;
        }
}

/* Does everybody get through when the first `at_most` stages have so many steps at the
 * most and the others one less? -1 when stopped. */
static int gets_through(evening *e, uint64_t steps, size_t at_most)
{
    for (uint32_t t = 0; t < e->a->c->stages; t++) {
        uint64_t here = t < at_most || steps == 0 ? steps : steps - 1;
        if (here < e->needed[t])
            here = e->needed[t];
        crossing_narrow(&e->x, t, units_of(e, here));
    }
    int64_t most = crossing_most(&e->x, NULL);
    return most < 0 ? -1 : most == e->total;
}

/* The least number that gets through, between two, of which the higher does. -1 when
 * stopped. by_steps: of steps at all stages, else of stages that have so many steps. */
static int64_t least(evening *e, bool by_steps, uint64_t steps, uint64_t low,
                     uint64_t high)
{
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        int through = by_steps ? gets_through(e, middle, e->a->c->stages)
                               : gets_through(e, steps, (size_t)middle);
        if (through < 0)
            return -1;
        if (through)
            high = middle;
        else
            low = middle + 1;
    }
    return (int64_t)high;
}

/* Leaves the flow in the network; false when stopped. */
static bool even_out(evening *e)
{
    size_t stages = e->a->c->stages;
    uint64_t share = e->steps / stages + (e->steps % stages != 0);
    int64_t peak = least(e, true, 0, share, e->steps);
    if (peak < 0)
        return false;
    int64_t peaks = least(e, false, (uint64_t)peak, 0, stages);
    return peaks >= 0 && gets_through(e, (uint64_t)peak, (size_t)peaks) == 1;
}

/* ---- whole heads ----------------------------------------------------------------- */

static void read_leaving(arranging *a, const crossing *x)
{
    for (unsigned side = 0; side < 2; side++)
        for (size_t i = 0; i < a->b.count[side]; i++) {
            const band *of = &a->b.all[side][i];
            for (uint32_t t = of->first; t <= of->last; t++)
                a->leaving[side][i * a->c->stages + t] =
                    (uint64_t)crossing_leaving(x, side, i, t);
        }
}

/* ---- proportions ----------------------------------------------------------------- */

/* Within rounding of the part that has gone. 1, 0 or -1 as seating_find(). */
static int seat_in_proportion(arranging *a, const crossing *x)
{
    size_t stages = a->c->stages;
    int64_t *low = arena_array(a->scratch, stages, int64_t);
    int64_t *high = arena_array(a->scratch, stages, int64_t);
    int fits = 1;
    for (unsigned side = 0; side < 2 && fits == 1; side++) {
        int64_t gone = 0, unit = a->units[side];
        for (uint32_t t = 0; t < stages; t++) {
            gone += crossing_at(x, side, t);
            low[t] = gone / unit;
            high[t] = (gone + unit - 1) / unit;
        }
        fits = seating_find(a->c, &a->b, side, low, high, a->leaving[side]);
    }
    return fits;
}

/* ---- bundles --------------------------------------------------------------------- */

/* Do so many bundles at each stage fit on both sides? */
static int bundles_fit(arranging *a, const int64_t *bundles, int64_t *gone)
{
    int fits = 1;
    for (unsigned side = 0; side < 2 && fits == 1; side++) {
        int64_t sum = 0;
        for (size_t t = 0; t < a->c->stages; t++)
            gone[t] = sum += bundles[t] * a->units[!side];
        fits = seating_find(a->c, &a->b, side, gone, gone, a->leaving[side]);
    }
    return fits;
}

/* The whole bundles of each stage fit, for who can go by numbers can go by smaller
 * ones; then one more here and there, as long as any fits. */
static int seat_in_bundles(arranging *a, const crossing *x, int64_t wanted)
{
    size_t stages = a->c->stages;
    int64_t *bundles = arena_array(a->scratch, stages, int64_t);
    int64_t *gone = arena_array(a->scratch, stages, int64_t);
    int64_t each = a->units[0] * a->units[1], sum = 0;
    int fits = 1;
    for (uint32_t t = 0; t < stages; t++)
        sum += bundles[t] = crossing_at(x, 0, t) / each;
    for (size_t t = 0; t < stages && sum < wanted && fits >= 0; t++) {
        bundles[t]++;
        fits = bundles_fit(a, bundles, gone);
        if (fits == 1)
            sum++, t--; /* perhaps once more */
        else
            bundles[t]--;
    }
    return fits < 0 ? -1 : bundles_fit(a, bundles, gone);
}

/* ---- the whole ------------------------------------------------------------------- */

static int seat_everybody(arranging *a, const crossing *x)
{
    if (a->units[0] == a->units[1]) {
        read_leaving(a, x);
        return 1;
    }
    return a->whole ? seat_in_bundles(a, x, (int64_t)a->heads[0] / a->units[1])
                    : seat_in_proportion(a, x);
}

truce_status arrange_timing(arranging *a)
{
    spread s = spread_new(a->heads, a->whole);
    for (unsigned side = 0; side < 2; side++)
        a->leaving[side] =
            arena_array(a->scratch, a->b.count[side] * a->c->stages, uint64_t);
    if (s.count == 0)
        return TRUCE_OK;
    evening e = {.a = a,
                 .x = crossing_new(a->c, &a->b, a->units, a->slip, 0),
                 .total = (int64_t)a->heads[0] * a->units[0],
                 .steps = s.count,
                 .needed = arena_array(a->scratch, a->c->stages, uint64_t)};
    find_needed(&e, &s);
    int fits = even_out(&e) ? seat_everybody(a, &e.x) : -1;
    crossing_free(&e.x);
    return fits == 1 ? TRUCE_OK : TRUCE_LIMIT;
}
