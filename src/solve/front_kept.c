/* Kept points and the arithmetic of their counts, in words of 64 bits. */
#include "solve/front_kernel.h"

#include <stdlib.h>
#include <string.h>

static void make_room(front_kept *kept)
{
    size_t room = kept->room;
    if (kept->count < room)
        return;
    size_t room_again = room;
    kept->source = grow_room(kept->source, &room, sizeof *kept->source);
    kept->index = grow_room(kept->index, &room_again, sizeof *kept->index);
    room_again = kept->room;
    if (kept->words)
        kept->counts =
            grow_room(kept->counts, &room_again, kept->words * sizeof *kept->counts);
    kept->room = room;
}

/* sum += a * b over `words` words; false when it does not fit. */
static bool add_product(uint64_t *sum, const uint64_t *a, uint64_t b, size_t words)
{
    unsigned __int128 carry = 0;
    for (size_t w = 0; w < words; w++) {
        carry += (unsigned __int128)a[w] * b + sum[w];
        sum[w] = (uint64_t)carry;
        carry >>= 64;
    }
    return carry == 0;
}

static bool fits_when_moved(const uint64_t *number, size_t by, size_t words)
{
    for (size_t w = words - by; w < words; w++)
        if (number[w])
            return false;
    return true;
}

static bool add_count(uint64_t *sum, const front_source *source, uint32_t index,
                      size_t words)
{
    const uint64_t *own = source->from->counts + (size_t)index * words;
    if (source->copies == NULL)
        return add_product(sum, own, 1, words);
    bool fits = true;
    for (size_t w = 0; w < words; w++) {
        if (source->copies[w] == 0)
            continue;
        bool added = add_product(sum + w, own, source->copies[w], words - w);
        fits = fits_when_moved(own, w, words) && added && fits;
    }
    return fits;
}

/* Room for one more, not yet counted. */
static void add_place(front_kept *kept, uint32_t source, uint32_t index)
{
    make_room(kept);
    kept->source[kept->count] = source;
    kept->index[kept->count++] = index;
}

static uint64_t *last_count(front_kept *kept)
{
    return kept->counts + (kept->count - 1) * kept->words;
}

void kept_again(front_kept *kept, const front_source *sources, uint32_t source,
                uint32_t index)
{
    if (kept->words &&
        !add_count(last_count(kept), &sources[source], index, kept->words))
        kept->overflow = true;
}

void kept_add(front_kept *kept, const front_source *sources, uint32_t source,
              uint32_t index)
{
    add_place(kept, source, index);
    if (kept->words)
        memset(last_count(kept), 0, kept->words * sizeof *kept->counts);
    kept_again(kept, sources, source, index);
}

void kept_copy(front_kept *kept, const front_kept *other, size_t point)
{
    add_place(kept, other->source[point], other->index[point]);
    if (kept->words)
        memcpy(last_count(kept), other->counts + point * kept->words,
               kept->words * sizeof *kept->counts);
}

void kept_free(front_kept *kept)
{
    free(kept->source);
    free(kept->index);
    free(kept->counts);
}
