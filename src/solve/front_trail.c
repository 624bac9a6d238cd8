/* A trail node belongs to one front: for each point the source it came from and its place
 * there. Sources are numbered in one byte when there are at most 256, else in two or
 * four. Nodes are shared by all fronts made from theirs, so they count their users; one
 * thread at a time makes and frees fronts. */
#include "solve/front_trail.h"

#include <stdlib.h>
#include <string.h>

struct trail {
    size_t users, bytes;
    uint32_t stage;
    bool silent; /* a selection: no stage and no label of its own */
    size_t parent_count;
    trail **parents; /* [parent_count] NULL where a source has no trail */
    uint32_t *labels;
    uint32_t *index;
    size_t source_bytes;
    uint8_t *source; /* [points * source_bytes] little-endian; NULL: source 0 */
};

static void count_bytes(front_work *work, size_t bytes)
{
    work->bytes += bytes;
    if (work->bytes > work->peak)
        work->peak = work->bytes;
}

static trail *node_new(size_t parents, size_t points, size_t source_bytes,
                       front_work *work)
{
    trail *one = must_allocate_zeroed(1, sizeof *one);
    one->users = 1;
    one->parent_count = parents;
    one->source_bytes = source_bytes;
    if (parents) {
        one->parents = must_allocate_zeroed(parents, sizeof *one->parents);
        one->labels = must_allocate_zeroed(parents, sizeof *one->labels);
        one->index = must_allocate(points * sizeof *one->index);
    }
    if (source_bytes)
        one->source = must_allocate(points * source_bytes);
    one->bytes = sizeof *one + parents * (sizeof *one->parents + sizeof *one->labels) +
                 points * ((parents ? sizeof *one->index : 0) + source_bytes);
    count_bytes(work, one->bytes);
    return one;
}

static void set_parent(trail *one, size_t k, trail *parent, uint32_t label)
{
    one->parents[k] = parent;
    one->labels[k] = label;
    if (parent)
        parent->users++;
}

static size_t source_bytes_for(size_t sources)
{
    if (sources <= 1)
        return 0;
    return sources <= 1 << 8 ? 1 : sources <= 1 << 16 ? 2 : 4;
}

static uint32_t source_of(const trail *one, size_t point)
{
    uint32_t source = 0;
    for (size_t b = one->source_bytes; b-- > 0;)
        source = source << 8 | one->source[point * one->source_bytes + b];
    return source;
}

static void set_source(trail *one, size_t point, uint32_t source)
{
    for (size_t b = 0; b < one->source_bytes; b++)
        one->source[point * one->source_bytes + b] = (uint8_t)(source >> 8 * b);
}

trail *trail_root(front_work *work)
{
    return node_new(0, 0, 0, work);
}

trail *trail_new(const front_source *sources, size_t count, const front_kept *kept,
                 uint32_t stage, front_work *work)
{
    trail *one = node_new(count, kept->count, source_bytes_for(count), work);
    one->stage = stage;
    for (size_t s = 0; s < count; s++)
        set_parent(one, s, sources[s].from->path, sources[s].label);
    if (kept->count)
        memcpy(one->index, kept->index, kept->count * sizeof *kept->index);
    for (size_t i = 0; i < kept->count; i++)
        set_source(one, i, kept->source[i]);
    return one;
}

trail *trail_selection(trail *from, const uint32_t *index, size_t count,
                       front_work *work)
{
    trail *one = node_new(1, count, 0, work);
    one->silent = true;
    set_parent(one, 0, from, 0);
    if (count)
        memcpy(one->index, index, count * sizeof *index);
    return one;
}

size_t trail_point_bytes(size_t sources)
{
    return sizeof(uint32_t) + source_bytes_for(sources);
}

void trail_walk(const trail *one, size_t point,
                void (*visit)(void *user, uint32_t stage, uint32_t label), void *user)
{
    while (one && one->parent_count) {
        uint32_t source = source_of(one, point);
        if (!one->silent)
            visit(user, one->stage, one->labels[source]);
        point = one->index[point];
        one = one->parents[source];
    }
}

void trail_release(trail *one, front_work *work)
{
    if (one == NULL || --one->users > 0)
        return;
    for (size_t k = 0; k < one->parent_count; k++)
        trail_release(one->parents[k], work);
    work->bytes -= one->bytes;
    free(one->parents);
    free(one->labels);
    free(one->index);
    free(one->source);
    free(one);
}
