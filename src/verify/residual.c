/* Nodes are made once and found again by their contents, in a hash table with chains.
 * Invariant: no node has a decided part, an "and" no "and" among its parts, an "or" no
 * "or", and no two leaves among the parts of a node are about the same issue. */
#include "verify/residual.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BUCKETS = 256 };

/* A leaf has ranges, ascending and with gaps between them; the others have parts. */
typedef struct rest {
    condition_kind kind; /* never CONDITION_NOT */
    size_t issue, count;
    union {
        const condition_range *ranges;
        const residual *parts;
    };
    uint64_t mentions; /* a bit for each issue, modulo 64 */
    uint64_t hash;
    residual next; /* in its chain; 0 ends it */
} rest;

struct residuals {
    const truce_scenario *scenario;
    arena memory;
    rest *nodes; /* 0 and 1 stand for never and always */
    size_t count, room;
    residual *buckets;
    size_t bucket_count; /* a power of two */
};

/* ---- the table ------------------------------------------------------------------- */

residuals *residuals_new(const truce_scenario *scenario)
{
    residuals *all = must_allocate_zeroed(1, sizeof *all);
    all->scenario = scenario;
    all->bucket_count = FIRST_BUCKETS;
    all->buckets = must_allocate_zeroed(FIRST_BUCKETS, sizeof *all->buckets);
    *grow(all->nodes, all->count, all->room) = (rest){.kind = CONDITION_OR};
    *grow(all->nodes, all->count, all->room) = (rest){.kind = CONDITION_AND};
    return all;
}

void residuals_free(residuals *all)
{
    if (all == NULL)
        return;
    arena_free(&all->memory);
    free(all->nodes);
    free(all->buckets);
    free(all);
}

static size_t content_size(const rest *node)
{
    return node->count *
           (node->kind == CONDITION_LEAF ? sizeof *node->ranges : sizeof *node->parts);
}

static uint64_t hash_of(const rest *node)
{
    const unsigned char *bytes = (const unsigned char *)node->parts;
    uint64_t hash = 0xcbf29ce484222325u ^ (node->issue * 4 + node->kind);
    for (size_t i = 0; i < content_size(node); i++)
        hash = (hash ^ bytes[i]) * 0x100000001b3u;
    return hash ^ hash >> 29;
}

static bool is_same(const rest *one, const rest *other)
{
    return one->hash == other->hash && one->kind == other->kind &&
           one->issue == other->issue && one->count == other->count &&
           memcmp(one->parts, other->parts, content_size(one)) == 0;
}

static void chain(residuals *all, residual id)
{
    residual *bucket = &all->buckets[all->nodes[id].hash & (all->bucket_count - 1)];
    all->nodes[id].next = *bucket;
    *bucket = id;
}

static void widen(residuals *all)
{
    all->bucket_count *= 2;
    free(all->buckets);
    all->buckets = must_allocate_zeroed(all->bucket_count, sizeof *all->buckets);
    for (size_t id = 2; id < all->count; id++)
        chain(all, (residual)id);
}

static uint64_t mentions_of(const residuals *all, const rest *node)
{
    if (node->kind == CONDITION_LEAF)
        return (uint64_t)1 << node->issue % 64;
    uint64_t mentions = 0;
    for (size_t i = 0; i < node->count; i++)
        mentions |= all->nodes[node->parts[i]].mentions;
    return mentions;
}

/* The number of a node; its contents are copied when it is new. */
static residual number_of(residuals *all, rest node)
{
    node.hash = hash_of(&node);
    residual id = all->buckets[node.hash & (all->bucket_count - 1)];
    while (id && !is_same(&all->nodes[id], &node))
        id = all->nodes[id].next;
    if (id)
        return id;
    if (all->count > all->bucket_count)
        widen(all);
    id = (residual)all->count;
    node.parts = arena_copy(&all->memory, node.parts, content_size(&node));
    node.mentions = mentions_of(all, &node);
    *grow(all->nodes, all->count, all->room) = node;
    chain(all, id);
    return id;
}

/* ---- leaves ---------------------------------------------------------------------- */

static residual leaf(residuals *all, size_t issue, const condition_range *ranges,
                     size_t count)
{
    truce_value last = (truce_value)(all->scenario->issues[issue].value_count - 1);
    if (count == 0)
        return RESIDUAL_NEVER;
    if (count == 1 && ranges[0].first == 0 && ranges[0].last == last)
        return RESIDUAL_ALWAYS;
    return number_of(all, (rest){.kind = CONDITION_LEAF,
                                 .issue = issue,
                                 .count = count,
                                 .ranges = ranges});
}

/* The values in none of the ranges, which ascend. */
static residual leaf_outside(residuals *all, size_t issue,
                             const condition_range *ranges, size_t count)
{
    size_t values = all->scenario->issues[issue].value_count, from = 0, gaps = 0;
    condition_range *gap = must_allocate((count + 1) * sizeof *gap);
    for (size_t r = 0; r < count; r++) {
        if (ranges[r].first > from)
            gap[gaps++] = (condition_range){(truce_value)from, ranges[r].first - 1};
        from = (size_t)ranges[r].last + 1;
    }
    if (from < values)
        gap[gaps++] = (condition_range){(truce_value)from, (truce_value)(values - 1)};
    residual result = leaf(all, issue, gap, gaps);
    free(gap);
    return result;
}

residual residual_is(residuals *all, size_t issue, truce_value value)
{
    return leaf(all, issue, &(condition_range){value, value}, 1);
}

/* Of a leaf, or of what is decided. */
static residual leaf_against(residuals *all, residual id)
{
    const rest *node = &all->nodes[id];
    if (id <= RESIDUAL_ALWAYS)
        return RESIDUAL_ALWAYS - id;
    return leaf_outside(all, node->issue, node->ranges, node->count);
}

static residual leaves_in_both(residuals *all, residual one, residual other)
{
    const rest *a = &all->nodes[one], *b = &all->nodes[other];
    size_t count = 0, i = 0, j = 0;
    condition_range *both = must_allocate((a->count + b->count) * sizeof *both);
    while (i < a->count && j < b->count) {
        condition_range x = a->ranges[i], y = b->ranges[j];
        truce_value first = x.first > y.first ? x.first : y.first;
        truce_value last = x.last < y.last ? x.last : y.last;
        if (first <= last)
            both[count++] = (condition_range){first, last};
        if (x.last < y.last)
            i++;
        else
            j++;
    }
    residual result = leaf(all, a->issue, both, count);
    free(both);
    return result;
}

/* In one or the other: not in both complements. */
static residual leaves_in_some(residuals *all, residual one, residual other)
{
    residual a = leaf_against(all, one), b = leaf_against(all, other);
    return leaf_against(all, leaves_in_both(all, a, b));
}

/* ---- and, or --------------------------------------------------------------------- */

/* The parts of a node to be: all, not a node of the table yet. */
typedef struct gathering {
    residuals *all;
    condition_kind kind;
    residual decisive; /* the part that decides the whole */
    residual *parts;
    size_t count, room;
} gathering;

static gathering gathering_begin(residuals *all, condition_kind kind)
{
    residual decisive = kind == CONDITION_AND ? RESIDUAL_NEVER : RESIDUAL_ALWAYS;
    return (gathering){.all = all, .kind = kind, .decisive = decisive};
}

/* Parts of a part of the same kind are parts of the whole. */
static void gather(gathering *into, residual part)
{
    if (part <= RESIDUAL_ALWAYS && part != into->decisive)
        return;
    rest node = into->all->nodes[part];
    if (part <= RESIDUAL_ALWAYS || node.kind != into->kind) {
        *grow(into->parts, into->count, into->room) = part;
        return;
    }
    for (size_t i = 0; i < node.count; i++)
        *grow(into->parts, into->count, into->room) = node.parts[i];
}

/* A part with the key it is sorted by. */
typedef struct ranked {
    size_t issue; /* of a leaf; SIZE_MAX for others */
    residual part;
} ranked;

static int by_issue_then_number(const void *one, const void *other)
{
    const ranked *a = one, *b = other;
    if (a->issue != b->issue)
        return a->issue < b->issue ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

static residual join_leaves(gathering *into, residual one, residual other)
{
    return into->kind == CONDITION_AND ? leaves_in_both(into->all, one, other)
                                       : leaves_in_some(into->all, one, other);
}

/* Sorts, leaves doubles out, makes one leaf of those about one issue. What decides the
 * whole stays as its only part. */
static void tidy(gathering *into)
{
    ranked *order = must_allocate(into->count * sizeof *order);
    for (size_t i = 0; i < into->count; i++) {
        const rest *node = &into->all->nodes[into->parts[i]];
        order[i] = (ranked){node->kind == CONDITION_LEAF ? node->issue : SIZE_MAX,
                            into->parts[i]};
    }
    qsort(order, into->count, sizeof *order, by_issue_then_number);
    size_t kept = 0;
    for (size_t i = 0; i < into->count; i++) {
        residual part = order[i].part, *last = &into->parts[kept ? kept - 1 : 0];
        if (i > 0 && order[i].issue != SIZE_MAX && order[i].issue == order[i - 1].issue)
            *last = join_leaves(into, *last, part);
        else if (kept == 0 || *last != part)
            into->parts[kept++] = part;
        if (into->parts[kept - 1] == into->decisive) {
            into->parts[0] = into->decisive;
            kept = 1;
            break;
        }
    }
    into->count = kept;
    free(order);
}

static residual gathering_end(gathering *into)
{
    if (into->count > 1)
        tidy(into);
    residual result =
        into->decisive == RESIDUAL_NEVER ? RESIDUAL_ALWAYS : RESIDUAL_NEVER;
    if (into->count == 1)
        result = into->parts[0];
    else if (into->count > 1)
        result = number_of(
            into->all,
            (rest){.kind = into->kind, .count = into->count, .parts = into->parts});
    free(into->parts);
    return result;
}

static residual combine(residuals *all, condition_kind kind, const residual *parts,
                        size_t count)
{
    gathering whole = gathering_begin(all, kind);
    for (size_t i = 0; i < count; i++)
        gather(&whole, parts[i]);
    return gathering_end(&whole);
}

residual residual_and(residuals *all, const residual *parts, size_t count)
{
    return combine(all, CONDITION_AND, parts, count);
}

residual residual_or(residuals *all, const residual *parts, size_t count)
{
    return combine(all, CONDITION_OR, parts, count);
}

/* ---- from conditions, and on ----------------------------------------------------- */

residual residual_of(residuals *all, const truce_condition *condition)
{
    if (condition->kind == CONDITION_LEAF) /* twice, so that ranges have gaps between */
        return leaf_against(all, leaf_outside(all, condition->issue, condition->ranges,
                                              condition->range_count));
    if (condition->kind == CONDITION_NOT)
        return residual_not(all, residual_of(all, condition->parts[0]));
    gathering whole = gathering_begin(all, condition->kind);
    for (size_t i = 0; i < condition->part_count; i++)
        gather(&whole, residual_of(all, condition->parts[i]));
    return gathering_end(&whole);
}

/* "Not" goes down to the leaves: not (a and b) = (not a) or (not b). */
residual residual_not(residuals *all, residual of)
{
    rest node = all->nodes[of]; /* a copy: the table may move */
    if (of <= RESIDUAL_ALWAYS || node.kind == CONDITION_LEAF)
        return leaf_against(all, of);
    gathering whole =
        gathering_begin(all, node.kind == CONDITION_AND ? CONDITION_OR : CONDITION_AND);
    for (size_t i = 0; i < node.count; i++)
        gather(&whole, residual_not(all, node.parts[i]));
    return gathering_end(&whole);
}

static bool holds_in_leaf(const rest *node, truce_value value)
{
    for (size_t r = 0; r < node->count; r++)
        if (node->ranges[r].first <= value && value <= node->ranges[r].last)
            return true;
    return false;
}

residual residual_given(residuals *all, residual of, size_t issue, truce_value value)
{
    rest node = all->nodes[of]; /* a copy: the table may move */
    if (of <= RESIDUAL_ALWAYS || !(node.mentions >> issue % 64 & 1))
        return of;
    if (node.kind == CONDITION_LEAF) {
        if (node.issue != issue)
            return of;
        return holds_in_leaf(&node, value) ? RESIDUAL_ALWAYS : RESIDUAL_NEVER;
    }
    gathering whole = gathering_begin(all, node.kind);
    for (size_t i = 0; i < node.count; i++)
        gather(&whole, residual_given(all, node.parts[i], issue, value));
    return gathering_end(&whole);
}
