/* Formulas in one table, each kind of content once (hash consing), so that comparing two
 * is comparing numbers and what was simplified once is looked up. Numbers are given in
 * the order of making, which depends on the scenario alone. Expects some thousand
 * formulas of some ten leaves.
 */
#include "solve/formulas.h"

#include <stdlib.h>
#include <string.h>

/* What was simplified: formula_given(what, issue, value) is left. */
typedef struct memo {
    formula what, left;
    uint32_t issue;
    truce_value value;
} memo;

struct formulas {
    arena memory;
    const space *compiled;
    formula_node *nodes;
    size_t count, room;
    formula *index; /* [slots] by content; 0 is free, for FORMULA_NO is not in it */
    size_t slots;
    memo *memos; /* [memo_slots]; what 0 is free */
    size_t memo_count, memo_slots;
};

/* Parts being put together. */
typedef struct bag {
    formula *items;
    size_t count, room;
} bag;

formulas *formulas_new(const space *compiled)
{
    formulas *all = must_allocate_zeroed(1, sizeof *all);
    all->compiled = compiled;
    for (formula constant = FORMULA_NO; constant <= FORMULA_YES; constant++)
        *grow(all->nodes, all->count, all->room) = (formula_node){0};
    return all;
}

void formulas_free(formulas *all)
{
    if (all == NULL)
        return;
    arena_free(&all->memory);
    free(all->nodes);
    free(all->index);
    free(all->memos);
    free(all);
}

const space *formulas_space(const formulas *all)
{
    return all->compiled;
}

const formula_node *formula_node_of(const formulas *all, formula what)
{
    return &all->nodes[what];
}

/* ---- each content once ----------------------------------------------------------- */

static uint64_t mixed(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0xff51afd7ed558ccdu;
    return hash ^ hash >> 29;
}

static uint64_t hash_of(const formula_node *node)
{
    uint64_t hash = mixed(node->kind, node->issue);
    for (size_t k = 0; k < node->count; k++)
        hash = node->kind == CONDITION_LEAF
                   ? mixed(mixed(hash, node->ranges[k].first), node->ranges[k].last)
                   : mixed(hash, node->parts[k]);
    return hash;
}

static bool is_same(const formula_node *one, const formula_node *other)
{
    if (one->kind != other->kind || one->issue != other->issue ||
        one->count != other->count)
        return false;
    if (one->kind == CONDITION_LEAF)
        return memcmp(one->ranges, other->ranges, one->count * sizeof *one->ranges) ==
               0;
    return memcmp(one->parts, other->parts, one->count * sizeof *one->parts) == 0;
}

static formula *slot_of(const formulas *all, const formula_node *node)
{
    size_t slot = hash_of(node) & (all->slots - 1);
    while (all->index[slot] != 0 && !is_same(&all->nodes[all->index[slot]], node))
        slot = (slot + 1) & (all->slots - 1);
    return &all->index[slot];
}

static void make_room_in_index(formulas *all)
{
    if (2 * all->count < all->slots)
        return;
    free(all->index);
    all->slots = all->slots ? 2 * all->slots : 256;
    all->index = must_allocate_zeroed(all->slots, sizeof *all->index);
    for (size_t k = FORMULA_YES + 1; k < all->count; k++)
        *slot_of(all, &all->nodes[k]) = (formula)k;
}

/* Its ranges or parts are copied when it is new. */
static formula number_of(formulas *all, formula_node node)
{
    make_room_in_index(all);
    formula *slot = slot_of(all, &node);
    if (*slot != 0)
        return *slot;
    *slot = (formula)all->count;
    if (node.kind == CONDITION_LEAF)
        node.ranges =
            arena_copy(&all->memory, node.ranges, node.count * sizeof *node.ranges);
    else
        node.parts =
            arena_copy(&all->memory, node.parts, node.count * sizeof *node.parts);
    *grow(all->nodes, all->count, all->room) = node;
    return (formula)(all->count - 1);
}

/* ---- leaves ---------------------------------------------------------------------- */

bool leaf_allows(const formula_node *leaf, truce_value value)
{
    for (size_t r = 0; r < leaf->count; r++)
        if (value >= leaf->ranges[r].first && value <= leaf->ranges[r].last)
            return true;
    return false;
}

/* The leaf of these ranges, neighbours joined; ranges are changed on the way. */
static formula leaf_of(formulas *all, size_t issue, condition_range *ranges,
                       size_t count)
{
    size_t kept = 0;
    for (size_t r = 0; r < count; r++)
        if (kept > 0 && ranges[r].first <= ranges[kept - 1].last + 1) {
            if (ranges[r].last > ranges[kept - 1].last)
                ranges[kept - 1].last = ranges[r].last;
        } else
            ranges[kept++] = ranges[r];
    if (kept == 0)
        return FORMULA_NO;
    if (ranges[0].first == 0 &&
        ranges[0].last + 1 == all->compiled->value_counts[issue])
        return FORMULA_YES;
    return number_of(all, (formula_node){.kind = CONDITION_LEAF,
                                         .issue = issue,
                                         .count = kept,
                                         .ranges = ranges,
                                         .issues = (uint64_t)1 << issue % 64});
}

/* The values that are in none of ranges, into others [count + 1]; how many ranges. */
static size_t complement(const condition_range *ranges, size_t count,
                         truce_value values, condition_range *others)
{
    truce_value next = 0;
    size_t made = 0;
    for (size_t r = 0; r < count; r++) {
        if (ranges[r].first > next)
            others[made++] = (condition_range){next, ranges[r].first - 1};
        next = ranges[r].last + 1;
    }
    if (next < values)
        others[made++] = (condition_range){next, values - 1};
    return made;
}

static formula leaf_from(formulas *all, const truce_condition *leaf, bool negated)
{
    condition_range *ranges = must_allocate((leaf->range_count + 1) * sizeof *ranges);
    size_t count = leaf->range_count;
    if (negated)
        count = complement(leaf->ranges, count,
                           all->compiled->value_counts[leaf->issue], ranges);
    else
        memcpy(ranges, leaf->ranges, count * sizeof *ranges);
    formula made = leaf_of(all, leaf->issue, ranges, count);
    free(ranges);
    return made;
}

static int compare_ranges(const void *one, const void *other)
{
    truce_value a = ((const condition_range *)one)->first;
    truce_value b = ((const condition_range *)other)->first;
    return a < b ? -1 : a > b;
}

static size_t intersect(const formula_node *one, const formula_node *other,
                        condition_range *both)
{
    size_t count = 0;
    for (size_t a = 0, b = 0; a < one->count && b < other->count;) {
        const condition_range *x = &one->ranges[a], *y = &other->ranges[b];
        truce_value first = x->first > y->first ? x->first : y->first;
        truce_value last = x->last < y->last ? x->last : y->last;
        if (first <= last)
            both[count++] = (condition_range){first, last};
        if (x->last < y->last)
            a++;
        else
            b++;
    }
    return count;
}

/* Two leaves of one issue under an "and" or an "or" as one. */
static formula leaves_joined(formulas *all, condition_kind kind, formula one,
                             formula other)
{
    const formula_node *a = &all->nodes[one], *b = &all->nodes[other];
    size_t count = a->count + b->count, issue = a->issue;
    condition_range *ranges = must_allocate(count * sizeof *ranges);
    if (kind == CONDITION_AND) {
        count = intersect(a, b, ranges);
    } else {
        memcpy(ranges, a->ranges, a->count * sizeof *ranges);
        memcpy(ranges + a->count, b->ranges, b->count * sizeof *ranges);
        qsort(ranges, count, sizeof *ranges, compare_ranges);
    }
    formula made = leaf_of(all, issue, ranges, count);
    free(ranges);
    return made;
}

/* ---- "and" and "or" -------------------------------------------------------------- */

static bool is_kind(const formulas *all, formula what, condition_kind kind)
{
    return what > FORMULA_YES && all->nodes[what].kind == kind;
}

/* Leaves come first, by issue; the others by number. */
static bool comes_before(const formulas *all, formula one, formula other)
{
    bool leaf = is_kind(all, one, CONDITION_LEAF);
    if (leaf != is_kind(all, other, CONDITION_LEAF))
        return leaf;
    if (leaf && all->nodes[one].issue != all->nodes[other].issue)
        return all->nodes[one].issue < all->nodes[other].issue;
    return one < other;
}

/* Where part belongs among the others. */
static size_t place_of(const formulas *all, const bag *parts, formula part)
{
    size_t low = 0, high = parts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (comes_before(all, parts->items[middle], part))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The leaf on the issue of this one, which would stand beside `place`; or SIZE_MAX. */
static size_t leaf_beside(const formulas *all, const bag *parts, size_t place,
                          formula leaf)
{
    for (size_t k = place > 0 ? place - 1 : 0; k <= place && k < parts->count; k++)
        if (is_kind(all, parts->items[k], CONDITION_LEAF) &&
            all->nodes[parts->items[k]].issue == all->nodes[leaf].issue)
            return k;
    return SIZE_MAX;
}

static void insert(bag *parts, size_t place, formula part)
{
    (void)grow(parts->items, parts->count, parts->room);
    memmove(&parts->items[place + 1], &parts->items[place],
            (parts->count - 1 - place) * sizeof *parts->items);
    parts->items[place] = part;
}

static void take_out(bag *parts, size_t place)
{
    parts->count--;
    memmove(&parts->items[place], &parts->items[place + 1],
            (parts->count - place) * sizeof *parts->items);
}

/* Puts a part in its place; false when it decides the whole. */
static bool put(formulas *all, bag *parts, condition_kind kind, formula part)
{
    formula decisive = kind == CONDITION_AND ? FORMULA_NO : FORMULA_YES;
    if (part <= FORMULA_YES)
        return part != decisive;
    size_t place = place_of(all, parts, part);
    if (place < parts->count && parts->items[place] == part)
        return true;
    size_t beside = is_kind(all, part, CONDITION_LEAF)
                        ? leaf_beside(all, parts, place, part)
                        : SIZE_MAX;
    if (beside == SIZE_MAX) {
        insert(parts, place, part);
        return true;
    }
    parts->items[beside] = leaves_joined(all, kind, parts->items[beside], part);
    if (parts->items[beside] > FORMULA_YES)
        return true;
    part = parts->items[beside];
    take_out(parts, beside);
    return part != decisive;
}

/* The same for a part that may be an "and" under an "and", and so its parts. */
static bool put_flat(formulas *all, bag *parts, condition_kind kind, formula part)
{
    if (!is_kind(all, part, kind))
        return put(all, parts, kind, part);
    for (size_t k = 0; k < all->nodes[part].count; k++)
        if (!put(all, parts, kind, all->nodes[part].parts[k]))
            return false;
    return true;
}

static formula joined(formulas *all, condition_kind kind, const bag *parts)
{
    if (parts->count == 0)
        return kind == CONDITION_AND ? FORMULA_YES : FORMULA_NO;
    if (parts->count == 1)
        return parts->items[0];
    uint64_t issues = 0;
    for (size_t k = 0; k < parts->count; k++)
        issues |= all->nodes[parts->items[k]].issues;
    return number_of(all, (formula_node){.kind = kind,
                                         .count = parts->count,
                                         .parts = parts->items,
                                         .issues = issues});
}

static formula decided(condition_kind kind)
{
    return kind == CONDITION_AND ? FORMULA_NO : FORMULA_YES;
}

formula formula_all(formulas *all, const formula *parts, size_t count)
{
    bag found = {0};
    bool open = true;
    for (size_t k = 0; k < count && open; k++)
        open = put_flat(all, &found, CONDITION_AND, parts[k]);
    formula made = open ? joined(all, CONDITION_AND, &found) : FORMULA_NO;
    free(found.items);
    return made;
}

static formula made_of(formulas *all, const truce_condition *condition, bool negated)
{
    if (condition->kind == CONDITION_LEAF)
        return leaf_from(all, condition, negated);
    if (condition->kind == CONDITION_NOT)
        return made_of(all, condition->parts[0], !negated);
    condition_kind kind =
        (condition->kind == CONDITION_AND) != negated ? CONDITION_AND : CONDITION_OR;
    bag parts = {0};
    bool open = true;
    for (size_t k = 0; k < condition->part_count && open; k++)
        open = put_flat(all, &parts, kind, made_of(all, condition->parts[k], negated));
    formula made = open ? joined(all, kind, &parts) : decided(kind);
    free(parts.items);
    return made;
}

formula formula_of(formulas *all, const truce_condition *condition)
{
    return made_of(all, condition, false);
}

/* ---- under a value --------------------------------------------------------------- */

static memo *memo_of(const formulas *all, const memo *key)
{
    uint64_t hash = mixed(mixed(key->what, key->issue), key->value);
    size_t slot = hash & (all->memo_slots - 1);
    for (; all->memos[slot].what != 0; slot = (slot + 1) & (all->memo_slots - 1)) {
        const memo *at = &all->memos[slot];
        if (at->what == key->what && at->issue == key->issue && at->value == key->value)
            break;
    }
    return &all->memos[slot];
}

static void make_room_for_memo(formulas *all)
{
    if (2 * (all->memo_count + 1) < all->memo_slots)
        return;
    memo *before = all->memos;
    size_t slots = all->memo_slots;
    all->memo_slots = slots ? 2 * slots : 1024;
    all->memos = must_allocate_zeroed(all->memo_slots, sizeof *all->memos);
    for (size_t k = 0; k < slots; k++)
        if (before[k].what != 0)
            *memo_of(all, &before[k]) = before[k];
    free(before);
}

static formula simplified(formulas *all, formula what, size_t issue, truce_value value)
{
    condition_kind kind = all->nodes[what].kind;
    bag parts = {0};
    bool open = true;
    for (size_t k = 0; k < all->nodes[what].count && open; k++)
        open = put_flat(all, &parts, kind,
                        formula_given(all, all->nodes[what].parts[k], issue, value));
    formula made = open ? joined(all, kind, &parts) : decided(kind);
    free(parts.items);
    return made;
}

formula formula_given(formulas *all, formula what, size_t issue, truce_value value)
{
    const formula_node *node = &all->nodes[what];
    if (what <= FORMULA_YES || !(node->issues >> issue % 64 & 1))
        return what;
    if (node->kind == CONDITION_LEAF)
        return node->issue != issue       ? what
               : leaf_allows(node, value) ? FORMULA_YES
                                          : FORMULA_NO;
    memo key = {.what = what, .issue = (uint32_t)issue, .value = value};
    if (all->memo_slots > 0) {
        const memo *known = memo_of(all, &key);
        if (known->what != 0)
            return known->left;
    }
    key.left = simplified(all, what, issue, value);
    make_room_for_memo(all);
    *memo_of(all, &key) = key;
    all->memo_count++;
    return key.left;
}

/* ---- what is in it --------------------------------------------------------------- */

static void mark(const formulas *all, formula what, bool *met)
{
    if (what <= FORMULA_YES || met[what])
        return;
    met[what] = true;
    const formula_node *node = &all->nodes[what];
    for (size_t k = 0; node->kind != CONDITION_LEAF && k < node->count; k++)
        mark(all, node->parts[k], met);
}

truce_list formula_leaves(const formulas *all, const formula *roots, size_t count,
                          arena *memory)
{
    bool *met = must_allocate_zeroed(all->count, sizeof *met);
    size_t found = 0;
    for (size_t k = 0; k < count; k++)
        mark(all, roots[k], met);
    for (size_t k = 0; k < all->count; k++)
        found += met[k] && is_kind(all, (formula)k, CONDITION_LEAF);
    size_t *items = arena_array(memory, found, size_t);
    found = 0;
    for (size_t k = 0; k < all->count; k++)
        if (met[k] && is_kind(all, (formula)k, CONDITION_LEAF))
            items[found++] = k;
    free(met);
    return (truce_list){items, found};
}

static int compare_issues(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;
    return a < b ? -1 : a > b;
}

truce_list formula_issues(const formulas *all, formula what, arena *memory)
{
    truce_list leaves = formula_leaves(all, &what, 1, memory);
    size_t *issues = arena_array(memory, leaves.count, size_t);
    size_t count = 0;
    for (size_t k = 0; k < leaves.count; k++)
        issues[k] = all->nodes[leaves.items[k]].issue;
    qsort(issues, leaves.count, sizeof *issues, compare_issues);
    for (size_t k = 0; k < leaves.count; k++)
        if (count == 0 || issues[count - 1] != issues[k])
            issues[count++] = issues[k];
    return (truce_list){issues, count};
}
