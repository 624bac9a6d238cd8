/* spread.c - even shares in whole steps; earlier stages take what is left over. */
#include "exchange/spread.h"

static uint64_t common(uint64_t one, uint64_t other)
{
    while (other != 0) {
        uint64_t rest = one % other;
        one = other;
        other = rest;
    }
    return one;
}

spread spread_new(const uint64_t heads[2], bool exact)
{
    uint64_t larger = heads[0] > heads[1] ? heads[0] : heads[1];
    bool whole = exact || heads[0] == heads[1];
    return (spread){.heads = {heads[0], heads[1]},
                    .count = whole ? common(heads[0], heads[1]) : larger};
}

uint64_t spread_heads(const spread *s, unsigned side, uint64_t steps)
{
    if (s->count == 0)
        return 0;
    unsigned __int128 share = (unsigned __int128)steps * s->heads[side];
    return (uint64_t)((share + s->count - 1) / s->count);
}

uint64_t spread_steps(const spread *s, unsigned side, uint64_t heads)
{
    if (heads == 0 || s->heads[side] == 0)
        return 0;
    /* more than heads - 1: the next step after that */
    unsigned __int128 below = (unsigned __int128)(heads - 1) * s->count;
    return (uint64_t)(below / s->heads[side]) + 1;
}

void spread_evenly(const spread *s, uint64_t first, size_t stages, uint64_t *steps)
{
    uint64_t done = 0;
    for (size_t t = 0; t < stages; t++) {
        uint64_t left = s->count - done, shares = stages - t;
        uint64_t share = left / shares + (left % shares != 0);
        done += t == 0 && first > share ? first : share;
        steps[t] = done;
    }
}
