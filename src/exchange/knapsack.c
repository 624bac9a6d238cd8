/* knapsack: a bounded knapsack by dynamic programming. So many of a kind are taken in parcels
 * of 1, 2, 4, ... and a rest, of which some always make up any number up to all (Martello and
 * Toth 1990, ch. 3): each parcel is taken or not, once.
 */
#include "exchange/knapsack.h"

#include "base/stop.h"

static const int64_t never = INT64_MIN / 2;

/* One parcel more. What was best without it may only lie below, so from the top down each
 * total still sees the others as they were. */
static void offer(int64_t *best, uint64_t top, uint64_t points, int64_t worth)
{
    for (uint64_t q = top; q >= points && q > 0; q--) {
        int64_t with = best[q - points] + worth;
        best[q] = best[q] < with ? with : best[q];
    }
}

/* What must be taken of each kind; last + 1 when that is too much. */
static uint64_t begin(const knapsack_kind *kinds, size_t count, uint64_t last,
                      int64_t *worth)
{
    uint64_t points = 0;
    *worth = 0;
    for (size_t k = 0; k < count; k++) {
        if (kinds[k].least > (last - points) / kinds[k].points)
            return last + 1;
        points += kinds[k].least * kinds[k].points;
        *worth += (int64_t)kinds[k].least * kinds[k].worth;
    }
    return points;
}

bool knapsack_fill(const knapsack_kind *kinds, size_t count, int64_t *best,
                   uint64_t last, const truce_stop *stop)
{
    int64_t worth;
    uint64_t top = begin(kinds, count, last, &worth);
    for (uint64_t q = 0; q <= last; q++)
        best[q] = never;
    if (top > last)
        return true;
    best[top] = worth;
    for (size_t k = 0; k < count; k++) {
        uint64_t left = kinds[k].most - kinds[k].least, room = last / kinds[k].points;
        left = left < room ? left : room;
        for (uint64_t parcel = 1; left > 0; parcel *= 2) {
            uint64_t taken = parcel < left ? parcel : left,
                     points = taken * kinds[k].points;
            if (stop_now(stop))
                return false;
            top = last - top < points ? last : top + points;
            offer(best, top, points, (int64_t)taken * kinds[k].worth);
            left -= taken;
        }
    }
    return true;
}
