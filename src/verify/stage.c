/* Lists lie one after the other in one pile, so that a stage costs no more than the text
 * it was read from, times a small number. */
#include "verify/stage.h"

#include <stdlib.h>
#include <string.h>

void stage_state(stage *into, const residual *rest, size_t line)
{
    const residual *kept =
        rest ? arena_copy(&into->memory, rest, into->width * sizeof *rest) : NULL;
    *grow(into->items, into->count, into->room) =
        (listing){.rest = kept, .first = into->vector_count, .line = line + 1};
}

/* Positive when one comes before other. */
static int compare_sums(const wide *one, const wide *other, size_t dims)
{
    for (size_t d = 0; d < dims; d++)
        if (one[d] != other[d])
            return one[d] > other[d] ? 1 : -1;
    return 0;
}

bool stage_vector(stage *into, const wide *sums)
{
    listing *last = &into->items[into->count - 1];
    size_t dims = into->dims;
    if (last->count > 0 &&
        compare_sums(&into->pile[(into->vector_count - 1) * dims], sums, dims) <= 0)
        return false;
    for (size_t d = 0; d < dims; d++)
        *grow(into->pile, into->pile_count, into->pile_room) = sums[d];
    into->vector_count++;
    last->count++;
    return true;
}

static size_t slot_of(const stage *in, const residual *rest)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < in->width; i++)
        hash = (hash ^ rest[i]) * 0x9e3779b97f4a7c15u, hash ^= hash >> 31;
    return (size_t)hash & (in->slot_count - 1);
}

/* The slot that holds this rest, or the free one where it would go. */
static size_t probe(const stage *in, const residual *rest)
{
    size_t slot = slot_of(in, rest);
    while (in->slots[slot] && memcmp(in->items[in->slots[slot] - 1].rest, rest,
                                     in->width * sizeof *rest) != 0)
        slot = (slot + 1) & (in->slot_count - 1);
    return slot;
}

/* The union of two lists, in the stage's memory. */
static vectors merged(stage *in, const vectors *one, const vectors *other)
{
    size_t dims = in->dims, i = 0, j = 0, count = 0;
    wide *both = arena_array(&in->memory, (one->count + other->count) * dims + 1, wide);
    while (i < one->count || j < other->count) {
        int order = i == one->count ? -1
                    : j == other->count
                        ? 1
                        : compare_sums(&one->at[i * dims], &other->at[j * dims], dims);
        const wide *next = order >= 0 ? &one->at[i * dims] : &other->at[j * dims];
        memcpy(&both[count++ * dims], next, dims * sizeof *both);
        i += order >= 0;
        j += order <= 0;
    }
    return (vectors){.dims = dims, .count = count, .at = both};
}

static void settle(stage *in, size_t s)
{
    listing *item = &in->items[s];
    in->lists[s] = (vectors){.dims = in->dims,
                             .count = item->count,
                             .at = &in->pile[item->first * in->dims]};
    if (item->rest == NULL)
        return;
    size_t slot = probe(in, item->rest);
    if (in->slots[slot] == 0) {
        in->slots[slot] = s + 1;
        return;
    }
    size_t before = in->slots[slot] - 1;
    in->lists[before] = merged(in, &in->lists[before], &in->lists[s]);
    in->items[before].joined = true;
    item->moved = true;
}

void stage_close(stage *done)
{
    *grow(done->pile, done->pile_count, done->pile_room) = 0; /* never NULL */
    done->slot_count = 4;
    while (done->slot_count < 2 * done->count)
        done->slot_count *= 2;
    done->slots = arena_array(&done->memory, done->slot_count, size_t);
    done->lists = arena_array(&done->memory, done->count, vectors);
    done->covers = arena_array(&done->memory, done->count, cover *);
    for (size_t s = 0; s < done->count; s++)
        settle(done, s);
}

size_t stage_find(const stage *among, const residual *rest)
{
    return among->slots[probe(among, rest)] - 1;
}

const cover *stage_cover(stage *of, size_t state)
{
    if (of->covers[state] == NULL)
        of->covers[state] = cover_new(&of->lists[state]);
    return of->covers[state];
}

void stage_free(stage *done)
{
    for (size_t s = 0; done->covers && s < done->count; s++)
        cover_free(done->covers[s]);
    free(done->pile);
    free(done->items);
    arena_free(&done->memory);
    *done = (stage){0};
}
