/* Search over sets of boxes that are still free to be chosen (AND/OR search: Dechter and
 * Mateescu 2007).
 *
 *     reduce   a box without conflicts is taken; a box is dropped when one in conflict
 *              with it is worth as much to everybody and conflicts with nothing more
 *     split    parts of the set without conflicts between them are solved one by one,
 *              and their fronts added up
 *     branch   the box with most conflicts is taken, or dropped
 *
 * Fronts of parts are remembered by the set, so each set is branched on once. A walk along
 * a front meets labels of two sorts: at stage TAKEN a list of boxes, at any other a point
 * of a front that was added. Expects some hundred boxes that conflict with a
 * dozen others each.
 */
#include "solve/boxes_search.h"

#include <stdlib.h>
#include <string.h>

enum {
    ASK_EVERY = 64,       /* nodes between two looks at the clock */
    QUICK_POINTS = 10000, /* that may still be merged when time is over */
    TAKEN = 0,            /* the stage whose labels are lists of boxes taken */
};

#define NONE SIZE_MAX

typedef struct box_names {
    const uint32_t *items;
    size_t count;
} box_names;

/* Sets are [words]. */
typedef struct remembered {
    const uint64_t *set;
    uint64_t hash;
    const front *of;
} remembered;

/* What one depth of the recursion works on. */
typedef struct level {
    uint64_t *rest;  /* free to be chosen */
    uint64_t *fresh; /* of them, those whose conflicts became fewer */
    uint64_t *part;
    uint32_t *taken;
    size_t taken_count;
} level;

/* What a level comes to: a front, shifted by what was taken. */
typedef struct level_front {
    const front *of;
    front *own;  /* the same when it is to be freed, else NULL */
    wide *shift; /* [dims] */
    uint32_t label;
} level_front;

struct boxes_search {
    const boxes_graph *graph;
    const wide *cut;
    size_t memory;
    const truce_stop *stop;
    arena own;
    uint64_t own_bytes, nodes;
    front_work work;
    uint64_t *closed; /* [count][words] conflicts, and the box itself */
    uint64_t *lesser; /* [count][words] conflicts worth no more to anybody */
    level **levels;
    box_names *takings;
    size_t taking_count, taking_room;
    const front **added; /* by stage, from 1 on */
    size_t added_count, added_room;
    front **kept;
    size_t kept_count, kept_room;
    remembered *table; /* open addressing; set NULL: free */
    size_t table_count, table_room;
    front *unit, *answer;
    bool ended;
};

/* ---- sets ---- */

static uint64_t *set_new(boxes_search *search)
{
    return arena_array(&search->own, search->graph->words, uint64_t);
}

static void include(uint64_t *set, size_t b)
{
    set[b / 64] |= (uint64_t)1 << b % 64;
}

static void leave_out(uint64_t *set, size_t b)
{
    set[b / 64] &= ~((uint64_t)1 << b % 64);
}

static bool is_in(const uint64_t *set, size_t b)
{
    return set[b / 64] >> b % 64 & 1;
}

/* The first member from `from` on, or NONE. */
static size_t next_in(const uint64_t *set, size_t words, size_t from)
{
    for (size_t w = from / 64; w < words; w++) {
        uint64_t word = set[w];
        if (w == from / 64)
            word &= ~(uint64_t)0 << from % 64;
        if (word)
            return 64 * w + (size_t)__builtin_ctzll(word);
    }
    return NONE;
}

static size_t count_common(const uint64_t *one, const uint64_t *other, size_t words)
{
    size_t count = 0;
    for (size_t w = 0; w < words; w++)
        count += (size_t)__builtin_popcountll(one[w] & other[w]);
    return count;
}

static const uint64_t *conflicts_of(const boxes_search *search, size_t b)
{
    return search->graph->conflicts + b * search->graph->words;
}

static const uint64_t *closed_of(const boxes_search *search, size_t b)
{
    return search->closed + b * search->graph->words;
}

/* set |= what box b conflicts with among `among` */
static void include_conflicts(const boxes_search *search, uint64_t *set, size_t b,
                              const uint64_t *among)
{
    const uint64_t *conflicts = conflicts_of(search, b);
    for (size_t w = 0; w < search->graph->words; w++)
        set[w] |= conflicts[w] & among[w];
}

/* ---- reduce ---- */

static void take(level *at, size_t b)
{
    leave_out(at->rest, b);
    at->taken[at->taken_count++] = (uint32_t)b;
}

/* Does b conflict with nothing in the set that `other` does not conflict with? */
static bool is_no_more_trouble(const boxes_search *search, const uint64_t *set,
                               size_t b, size_t other)
{
    const uint64_t *mine = conflicts_of(search, b), *its = closed_of(search, other);
    for (size_t w = 0; w < search->graph->words; w++)
        if (mine[w] & set[w] & ~its[w])
            return false;
    return true;
}

static void drop_dominated_by(const boxes_search *search, level *at, size_t b)
{
    size_t words = search->graph->words;
    const uint64_t *lesser = search->lesser + b * words;
    for (size_t u = 0; (u = next_in(lesser, words, u)) != NONE; u++)
        if (is_in(at->rest, u) && is_no_more_trouble(search, at->rest, b, u)) {
            leave_out(at->rest, u);
            include_conflicts(search, at->fresh, u, at->rest);
        }
}

/* Until nothing is fresh. */
static void reduce(const boxes_search *search, level *at)
{
    size_t words = search->graph->words;
    for (size_t b; (b = next_in(at->fresh, words, 0)) != NONE;) {
        leave_out(at->fresh, b);
        if (!is_in(at->rest, b))
            continue;
        if (count_common(conflicts_of(search, b), at->rest, words) == 0)
            take(at, b);
        else
            drop_dominated_by(search, at, b);
    }
}

/* ---- split ---- */

/* Moves the boxes that hang together with the first of the rest into `part`; false when
 * nothing is left. */
static bool split_off(const boxes_search *search, level *at)
{
    size_t words = search->graph->words, first = next_in(at->rest, words, 0);
    if (first == NONE)
        return false;
    memset(at->part, 0, words * sizeof *at->part);
    memset(at->fresh, 0, words * sizeof *at->fresh);
    include(at->fresh, first); /* here: reached, and not yet looked at */
    for (size_t b; (b = next_in(at->fresh, words, 0)) != NONE;) {
        leave_out(at->fresh, b);
        leave_out(at->rest, b);
        include(at->part, b);
        include_conflicts(search, at->fresh, b, at->rest);
    }
    return true;
}

/* ---- limits ---- */

static bool is_full(const boxes_search *search)
{
    return search->memory && search->work.bytes + search->own_bytes >= search->memory;
}

static bool has_ended(boxes_search *search)
{
    if (!search->ended && search->nodes % ASK_EVERY == 0)
        search->ended = stop_now(search->stop);
    search->ended |= is_full(search);
    return search->ended;
}

/* Which is better taken at once: what must hold, then what conflicts with little. */
static bool is_easier(const boxes_search *search, size_t b, size_t conflicts,
                      size_t best, size_t fewest)
{
    const bool *is_must = search->graph->is_must;
    if (best == NONE || is_must[b] != is_must[best])
        return best == NONE || is_must[b];
    return conflicts < fewest;
}

/* A large independent set. */
static void take_some(const boxes_search *search, level *at)
{
    size_t words = search->graph->words;
    while (next_in(at->rest, words, 0) != NONE) {
        size_t best = NONE, fewest = NONE;
        for (size_t b = 0; (b = next_in(at->rest, words, b)) != NONE; b++) {
            size_t conflicts = count_common(conflicts_of(search, b), at->rest, words);
            if (!is_easier(search, b, conflicts, best, fewest))
                continue;
            fewest = conflicts;
            best = b;
        }
        take(at, best);
        for (size_t w = 0; w < words; w++)
            at->rest[w] &= ~conflicts_of(search, best)[w];
    }
}

/* ---- fronts ---- */

static const front *keep(boxes_search *search, front *one)
{
    *grow(search->kept, search->kept_count, search->kept_room) = one;
    return one;
}

/* Never NULL: beyond the limits, what can be had at once of the first sources. */
static front *union_of(boxes_search *search, const front_source *sources, size_t count,
                       uint32_t stage)
{
    front_choices choices = {.stage = stage};
    uint64_t used = search->work.bytes + search->own_bytes;
    search->ended |= is_full(search);
    if (!search->ended) {
        if (search->memory)
            choices.memory = search->memory - used;
        front *all = front_union(sources, count, &choices, search->stop, &search->work);
        if (all)
            return all;
        search->ended = true;
    }
    choices.memory = 0;
    bool quick =
        count > 1 && sources[0].from->count + sources[1].from->count < QUICK_POINTS;
    return front_union(sources, quick ? 2 : 1, &choices, NULL, &search->work);
}

static void sums_of_point(const front *all, size_t point, wide *sums)
{
    for (size_t d = 0; d < all->dims; d++)
        sums[d] = front_sum(all, point, d);
}

/* The sums of two fronts, labelled by the points of the smaller. The first is freed when
 * it is the level's own, or kept when points of it are labels. */
static front *sum_of(boxes_search *search, const level_front *one, const front *other)
{
    bool swap = one->of->count < other->count;
    const front *from = swap ? other : one->of, *added = swap ? one->of : other;
    front_source *sources = must_allocate_zeroed(added->count, sizeof *sources);
    wide *shifts = must_allocate(added->count * added->dims * sizeof *shifts);
    for (size_t k = 0; k < added->count; k++) {
        wide *shift = shifts + k * added->dims;
        sums_of_point(added, k, shift);
        sources[k] = (front_source){.from = from, .shift = shift, .label = (uint32_t)k};
    }
    *grow(search->added, search->added_count, search->added_room) = added;
    front *sum = union_of(search, sources, added->count, (uint32_t)search->added_count);
    free(sources);
    free(shifts);
    if (one->own && swap)
        keep(search, one->own);
    else
        front_free(one->own, &search->work);
    return sum;
}

/* A list of what the level took, and its amounts as a shift. */
static void set_taken(boxes_search *search, const level *at, level_front *into)
{
    size_t dims = search->graph->dims, bytes = at->taken_count * sizeof *at->taken;
    into->shift = must_allocate_zeroed(dims, sizeof *into->shift);
    for (size_t k = 0; k < at->taken_count; k++)
        for (size_t d = 0; d < dims; d++)
            into->shift[d] += search->graph->amounts[at->taken[k] * dims + d];
    into->label = (uint32_t)search->taking_count;
    *grow(search->takings, search->taking_count, search->taking_room) =
        (box_names){arena_copy(&search->own, at->taken, bytes), at->taken_count};
    search->own_bytes += bytes + sizeof(box_names);
}

static bool exceeds(const front *all, const wide *cut)
{
    for (size_t i = 0; i < all->count; i++)
        for (size_t d = 0; d < all->dims; d++)
            if (front_sum(all, i, d) > cut[d])
                return true;
    return false;
}

/* Whatever is added later is not negative, so what is cut now would be cut then. */
static front *cut_down(boxes_search *search, front *all)
{
    if (search->cut == NULL || search->ended || !exceeds(all, search->cut))
        return all;
    front *cut = front_cut(all, search->cut, search->stop, &search->work);
    if (cut == NULL) {
        search->ended = true;
        return all;
    }
    front_free(all, &search->work);
    return cut;
}

/* ---- what is remembered ---- */

static uint64_t hash_of(const uint64_t *set, size_t words)
{
    uint64_t hash = 0;
    for (size_t w = 0; w < words; w++) {
        hash = (hash ^ set[w]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

/* Where the set is, or would be. */
static remembered *slot_of(const boxes_search *search, const uint64_t *set,
                           uint64_t hash)
{
    size_t mask = search->table_room - 1, bytes = search->graph->words * sizeof *set;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        remembered *slot = &search->table[at];
        if (slot->set == NULL ||
            (slot->hash == hash && memcmp(slot->set, set, bytes) == 0))
            return slot;
    }
}

static void make_room(boxes_search *search)
{
    if (2 * search->table_count < search->table_room)
        return;
    remembered *before = search->table;
    size_t room = search->table_room;
    search->table_room = room ? 2 * room : 256;
    search->table = must_allocate_zeroed(search->table_room, sizeof *before);
    search->own_bytes += (search->table_room - room) * sizeof *before;
    for (size_t k = 0; k < room; k++)
        if (before[k].set)
            *slot_of(search, before[k].set, before[k].hash) = before[k];
    free(before);
}

static const front *recall(boxes_search *search, const uint64_t *set)
{
    make_room(search);
    return slot_of(search, set, hash_of(set, search->graph->words))->of;
}

static const front *remember(boxes_search *search, const uint64_t *set, front *of)
{
    size_t words = search->graph->words, bytes = words * sizeof *set;
    uint64_t hash = hash_of(set, words);
    make_room(search);
    *slot_of(search, set, hash) =
        (remembered){arena_copy(&search->own, set, bytes), hash, of};
    search->table_count++;
    search->own_bytes += bytes;
    return keep(search, of);
}

/* ---- search ---- */

static level_front front_of_level(boxes_search *search, size_t depth);

static level *level_at(boxes_search *search, size_t depth)
{
    if (search->levels[depth] == NULL) {
        level *made = arena_new(&search->own, level);
        made->rest = set_new(search);
        made->fresh = set_new(search);
        made->part = set_new(search);
        made->taken = arena_array(&search->own, search->graph->count, uint32_t);
        search->levels[depth] = made;
    }
    return search->levels[depth];
}

static size_t most_troubled(const boxes_search *search, const uint64_t *part)
{
    size_t words = search->graph->words, best = NONE, most = 0;
    for (size_t b = 0; (b = next_in(part, words, b)) != NONE; b++) {
        size_t conflicts = count_common(conflicts_of(search, b), part, words);
        if (best == NONE || conflicts > most) {
            best = b;
            most = conflicts;
        }
    }
    return best;
}

/* The next level starts with the part, all of it to be looked at again or nothing. */
static level *begin_level(boxes_search *search, size_t depth, const uint64_t *part)
{
    level *at = level_at(search, depth);
    memcpy(at->rest, part, search->graph->words * sizeof *part);
    memset(at->fresh, 0, search->graph->words * sizeof *part);
    at->taken_count = 0;
    return at;
}

static level_front front_with(boxes_search *search, size_t depth, const uint64_t *part,
                              size_t b)
{
    size_t words = search->graph->words;
    level *at = begin_level(search, depth, part);
    take(at, b);
    for (size_t w = 0; w < words; w++)
        at->rest[w] &= ~conflicts_of(search, b)[w];
    for (size_t u = 0; (u = next_in(conflicts_of(search, b), words, u)) != NONE; u++)
        if (is_in(part, u))
            include_conflicts(search, at->fresh, u, at->rest);
    return front_of_level(search, depth);
}

static level_front front_without(boxes_search *search, size_t depth,
                                 const uint64_t *part, size_t b)
{
    level *at = begin_level(search, depth, part);
    leave_out(at->rest, b);
    include_conflicts(search, at->fresh, b, at->rest);
    return front_of_level(search, depth);
}

/* The better of what some levels came to, which are done with. */
static front *best_of(boxes_search *search, level_front *levels, size_t count)
{
    front_source sources[2] = {0};
    for (size_t k = 0; k < count; k++)
        sources[k] = (front_source){
            .from = levels[k].of, .shift = levels[k].shift, .label = levels[k].label};
    front *best = union_of(search, sources, count, TAKEN);
    for (size_t k = 0; k < count; k++) {
        front_free(levels[k].own, &search->work);
        free(levels[k].shift);
    }
    return cut_down(search, best);
}

static front *branch(boxes_search *search, size_t depth, const uint64_t *part)
{
    level_front levels[2];
    size_t b = most_troubled(search, part);
    levels[0] = front_with(search, depth, part, b);
    levels[1] = front_without(search, depth, part, b);
    return best_of(search, levels, 2);
}

static const front *front_of_part(boxes_search *search, size_t depth,
                                  const uint64_t *part)
{
    const front *known = recall(search, part);
    if (known)
        return known;
    search->nodes++;
    if (!has_ended(search))
        return remember(search, part, branch(search, depth + 1, part));
    begin_level(search, depth + 1, part);
    level_front some = front_of_level(search, depth + 1);
    return keep(search, best_of(search, &some, 1));
}

/* Of the level's rest, with what is taken there. */
static level_front front_of_level(boxes_search *search, size_t depth)
{
    level *at = level_at(search, depth);
    level_front whole = {0};
    reduce(search, at);
    if (search->ended)
        take_some(search, at);
    set_taken(search, at, &whole);
    while (split_off(search, at)) {
        const front *part = front_of_part(search, depth, at->part);
        if (whole.of) {
            whole.own = cut_down(search, sum_of(search, &whole, part));
            part = whole.own;
        }
        whole.of = part;
    }
    if (whole.of == NULL)
        whole.of = search->unit;
    return whole;
}

/* ---- begin and end ---- */

static bool is_lesser(const boxes_graph *graph, size_t b, size_t than)
{
    for (size_t d = 0; d < graph->dims; d++)
        if (graph->amounts[b * graph->dims + d] >
            graph->amounts[than * graph->dims + d])
            return false;
    return true;
}

static void compare_boxes(boxes_search *search)
{
    const boxes_graph *graph = search->graph;
    size_t words = graph->words, size = graph->count * words;
    search->closed = arena_array(&search->own, size, uint64_t);
    search->lesser = arena_array(&search->own, size, uint64_t);
    for (size_t b = 0; b < graph->count; b++) {
        const uint64_t *conflicts = conflicts_of(search, b);
        memcpy(search->closed + b * words, conflicts, words * sizeof *conflicts);
        include(search->closed + b * words, b);
        for (size_t u = 0; (u = next_in(conflicts, words, u)) != NONE; u++)
            if (is_lesser(graph, u, b))
                include(search->lesser + b * words, u);
    }
    search->own_bytes += 2 * size * sizeof(uint64_t);
}

boxes_search *boxes_search_new(const boxes_graph *graph, const wide *cut, size_t memory,
                               const truce_stop *stop)
{
    boxes_search *search = must_allocate_zeroed(1, sizeof *search);
    search->graph = graph;
    search->cut = cut;
    search->memory = memory;
    search->stop = stop;
    compare_boxes(search);
    search->levels = arena_array(&search->own, graph->count + 2, level *);
    search->unit = front_unit(graph->dims, graph->broad, 0, true, &search->work);
    level *all = level_at(search, 0);
    for (size_t b = 0; b < graph->count; b++) {
        include(all->rest, b);
        include(all->fresh, b);
    }
    level_front whole = front_of_level(search, 0);
    search->answer = best_of(search, &whole, 1);
    return search;
}

void boxes_search_free(boxes_search *search)
{
    if (search == NULL)
        return;
    front_free(search->answer, &search->work);
    front_free(search->unit, &search->work);
    for (size_t k = 0; k < search->kept_count; k++)
        front_free(search->kept[k], &search->work);
    free(search->kept);
    free(search->takings);
    free(search->added);
    free(search->table);
    arena_free(&search->own);
    free(search);
}

const front *boxes_search_front(const boxes_search *search)
{
    return search->answer;
}

bool boxes_search_is_complete(const boxes_search *search)
{
    return !search->ended;
}

uint64_t boxes_search_nodes(const boxes_search *search)
{
    return search->nodes;
}

uint64_t boxes_search_bytes(const boxes_search *search)
{
    return search->work.peak + search->own_bytes;
}

/* The walk along a front, and along those it was added from. */
typedef struct walk {
    const boxes_search *search;
    uint64_t *chosen;
} walk;

static void choose(void *user, uint32_t stage, uint32_t label)
{
    walk *of = user;
    if (stage != TAKEN) {
        front_walk(of->search->added[stage - 1], label, choose, of);
        return;
    }
    const box_names *taken = &of->search->takings[label];
    for (size_t k = 0; k < taken->count; k++)
        include(of->chosen, taken->items[k]);
}

void boxes_search_choice(const boxes_search *search, size_t point, uint64_t *chosen)
{
    memset(chosen, 0, search->graph->words * sizeof *chosen);
    front_walk(search->answer, point, choose, &(walk){search, chosen});
}
