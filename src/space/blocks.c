/* Conditions become rows of bits, floors comparisons of arrays: both run at the speed
 * of the vector unit, and the cost of walking a condition's tree is shared by a whole
 * block. Expects blocks of 1,000 to 20,000 outcomes: arrays that stay in the
 * second-level cache. */
#include "space/blocks.h"

#include <stdlib.h>
#include <string.h>

struct block_leaf {
    const truce_condition *leaf;
    uint64_t *bits;
};

struct block_desk {
    const block *all;
    uint64_t **rows; /* a stack of rows, each [words] */
    size_t used, count, room;
    void *sums; /* [size] int64_t or wide: one party's sums with bonuses */
};

/* A condition over the block: constant, or a row that nobody else changes. */
typedef struct view {
    block_truth truth;
    const uint64_t *bits;
} view;

/* ---- the block ------------------------------------------------------------------- */

static size_t stride_of(const block *all, size_t issue)
{
    size_t stride = 1;
    for (size_t i = issue + 1; i < all->compiled->issue_count; i++)
        stride *= all->compiled->value_counts[i];
    return stride;
}

static void choose_size(block *all, size_t most)
{
    size_t issue = all->compiled->issue_count;
    all->size = 1;
    while (issue > 0) {
        size_t larger = all->size * all->compiled->value_counts[issue - 1];
        if (larger > most && issue < all->compiled->issue_count)
            break;
        all->size = larger;
        issue--;
    }
    all->first_issue = issue;
    all->words = (all->size + 63) / 64;
}

static wide table_sum(const block *all, const space_party *party, size_t j)
{
    wide sum = 0;
    for (size_t i = all->compiled->issue_count; i-- > all->first_issue;) {
        sum += party->tables[i][j % all->compiled->value_counts[i]];
        j /= all->compiled->value_counts[i];
    }
    return sum;
}

static void *sums_of(block *all, const space_party *party)
{
    if (!party->fits_64) {
        wide *sums = arena_array(&all->memory, all->size, wide);
        for (size_t j = 0; j < all->size; j++)
            sums[j] = table_sum(all, party, j);
        return sums;
    }
    int64_t *sums = arena_array(&all->memory, all->size, int64_t);
    for (size_t j = 0; j < all->size; j++)
        sums[j] = (int64_t)table_sum(all, party, j);
    return sums;
}

static struct block_leaf *leaf_slot(const block *all, const truce_condition *leaf)
{
    size_t at = ((uintptr_t)leaf >> 4) * 0x9E3779B97F4A7C15u & (all->leaf_room - 1);
    while (all->leaves[at].leaf && all->leaves[at].leaf != leaf)
        at = (at + 1) & (all->leaf_room - 1);
    return &all->leaves[at];
}

static size_t count_leaves(const truce_condition *condition)
{
    if (condition->kind == CONDITION_LEAF)
        return 1;
    size_t count = 0;
    for (size_t i = 0; i < condition->part_count; i++)
        count += count_leaves(condition->parts[i]);
    return count;
}

static uint64_t *row_of_leaf(block *all, const truce_condition *leaf)
{
    uint64_t *bits = arena_array(&all->memory, all->words, uint64_t);
    size_t stride = stride_of(all, leaf->issue);
    truce_value values = all->compiled->value_counts[leaf->issue];
    for (size_t j = 0; j < all->size; j++)
        if (condition_allows(leaf, (truce_value)(j / stride % values)))
            bits[j / 64] |= (uint64_t)1 << j % 64;
    return bits;
}

static void learn(block *all, const truce_condition *condition)
{
    for (size_t i = 0; i < condition->part_count; i++)
        learn(all, condition->parts[i]);
    if (condition->kind != CONDITION_LEAF || condition->issue < all->first_issue)
        return;
    struct block_leaf *slot = leaf_slot(all, condition);
    if (slot->leaf == NULL)
        *slot = (struct block_leaf){condition, row_of_leaf(all, condition)};
}

/* Calls visit for every condition that the block may be asked about. */
static void visit_conditions(block *all,
                             void (*visit)(block *, const truce_condition *))
{
    const acceptance *what = all->what;
    for (size_t c = 0; c < what->always_count; c++)
        visit(all, what->always[c]);
    for (size_t k = 0; k < what->party_count; k++) {
        const acceptance_party *party = &what->parties[k];
        const space_party *numbers = &all->compiled->parties[party->party];
        if (party->needed)
            visit(all, party->needed);
        for (size_t c = 0; c < party->must_count; c++)
            visit(all, party->must[c]);
        for (size_t b = 0; b < numbers->bonus_count; b++)
            visit(all, numbers->bonuses[b].condition);
    }
}

static void add_leaves(block *all, const truce_condition *condition)
{
    all->leaf_room += 2 * count_leaves(condition);
}

static void make_leaf_table(block *all)
{
    all->leaf_room = 2;
    visit_conditions(all, add_leaves);
    size_t room = 2;
    while (room < all->leaf_room)
        room *= 2;
    all->leaf_room = room;
    all->leaves = arena_array(&all->memory, room, struct block_leaf);
    visit_conditions(all, learn);
}

block *block_new(const space *compiled, const acceptance *what, size_t most)
{
    block *all = must_allocate_zeroed(1, sizeof *all);
    all->compiled = compiled;
    all->what = what;
    choose_size(all, most);
    all->sums = arena_array(&all->memory, compiled->party_count, void *);
    for (size_t k = 0; k < what->party_count; k++)
        if (what->parties[k].floor)
            all->sums[what->parties[k].party] =
                sums_of(all, &compiled->parties[what->parties[k].party]);
    make_leaf_table(all);
    return all;
}

void block_free(block *all)
{
    if (all == NULL)
        return;
    arena_free(&all->memory);
    free(all);
}

void block_outcome(const block *all, size_t j, truce_value *outcome)
{
    for (size_t i = all->compiled->issue_count; i-- > all->first_issue;) {
        outcome[i] = (truce_value)(j % all->compiled->value_counts[i]);
        j /= all->compiled->value_counts[i];
    }
}

/* ---- the desk -------------------------------------------------------------------- */

block_desk *block_desk_new(const block *all)
{
    block_desk *desk = must_allocate_zeroed(1, sizeof *desk);
    desk->all = all;
    desk->sums = must_allocate(all->size * sizeof(wide));
    return desk;
}

void block_desk_free(block_desk *desk)
{
    if (desk == NULL)
        return;
    for (size_t r = 0; r < desk->count; r++)
        free(desk->rows[r]);
    free(desk->rows);
    free(desk->sums);
    free(desk);
}

static uint64_t *take_row(block_desk *desk)
{
    if (desk->used == desk->count)
        *grow(desk->rows, desk->count, desk->room) =
            must_allocate(desk->all->words * sizeof(uint64_t));
    return desk->rows[desk->used++];
}

/* Bits beyond the last outcome stay 0, so that rows can be counted as they are. */
static void clear_tail(const block *all, uint64_t *bits)
{
    if (all->size % 64)
        bits[all->words - 1] &= ((uint64_t)1 << all->size % 64) - 1;
}

static view constant(bool holds)
{
    return (view){holds ? BLOCK_ALL : BLOCK_NONE, NULL};
}

static view inverted(block_desk *desk, view of)
{
    if (of.truth != BLOCK_MIXED)
        return constant(of.truth == BLOCK_NONE);
    uint64_t *bits = take_row(desk);
    for (size_t w = 0; w < desk->all->words; w++)
        bits[w] = ~of.bits[w];
    clear_tail(desk->all, bits);
    return (view){BLOCK_MIXED, bits};
}

/* bits (MIXED) = one AND other, or one OR other; bits may be one's own row. */
static void join(const block *all, bool is_and, const uint64_t *one,
                 const uint64_t *other, uint64_t *bits)
{
    for (size_t w = 0; w < all->words; w++)
        bits[w] = is_and ? one[w] & other[w] : one[w] | other[w];
}

static view view_of(block_desk *desk, const truce_condition *condition,
                    const truce_value *prefix);

static view view_of_leaf(const block *all, const truce_condition *leaf,
                         const truce_value *prefix)
{
    if (leaf->issue < all->first_issue)
        return constant(condition_allows(leaf, prefix[leaf->issue]));
    if (leaf->range_count == 0)
        return constant(false);
    return (view){BLOCK_MIXED, leaf_slot(all, leaf)->bits};
}

/* AND ends with the first NONE, OR with the first ALL; rows above `mark` are given
 * back. */
static view view_of_parts(block_desk *desk, const truce_condition *condition,
                          const truce_value *prefix)
{
    bool is_and = condition->kind == CONDITION_AND;
    block_truth decisive = is_and ? BLOCK_NONE : BLOCK_ALL;
    size_t mark = desk->used;
    uint64_t *bits = take_row(desk);
    view all = constant(is_and);
    for (size_t i = 0; i < condition->part_count; i++) {
        view part = view_of(desk, condition->parts[i], prefix);
        if (part.truth == decisive) {
            desk->used = mark;
            return part;
        }
        if (part.truth == BLOCK_MIXED) {
            join(desk->all, is_and, all.truth == BLOCK_MIXED ? bits : part.bits,
                 part.bits, bits);
            all = (view){BLOCK_MIXED, bits};
        }
        desk->used = mark + 1;
    }
    return all;
}

static view view_of(block_desk *desk, const truce_condition *condition,
                    const truce_value *prefix)
{
    switch (condition->kind) {
    case CONDITION_LEAF:
        return view_of_leaf(desk->all, condition, prefix);
    case CONDITION_NOT:
        return inverted(desk, view_of(desk, condition->parts[0], prefix));
    case CONDITION_AND:
    case CONDITION_OR:
        break;
    }
    return view_of_parts(desk, condition, prefix);
}

/* ---- floors: the same code for both widths of sums ------------------------------- */

#define SUM int64_t
#define WIDTH(name) name##_64
#include "space/reach.inc"
#undef SUM
#undef WIDTH
#define SUM wide
#define WIDTH(name) name##_wide
#include "space/reach.inc"

static view view_of_floor(block_desk *desk, size_t p, const truce_value *prefix,
                          wide sum)
{
    const space_party *party = &desk->all->compiled->parties[p];
    if (party->capped && party->cap < party->floor)
        return constant(false);
    return party->fits_64 ? reach_64(desk, p, prefix, (int64_t)sum)
                          : reach_wide(desk, p, prefix, sum);
}

/* ---- acceptance ------------------------------------------------------------------ */

/* Narrows so_far, whose bits (when MIXED) are `bits`, to what also holds in part. */
static block_truth narrow(const block *all, block_truth so_far, view part,
                          uint64_t *bits)
{
    if (so_far == BLOCK_NONE || part.truth == BLOCK_NONE)
        return BLOCK_NONE;
    if (part.truth == BLOCK_ALL)
        return so_far;
    join(all, true, so_far == BLOCK_MIXED ? bits : part.bits, part.bits, bits);
    return BLOCK_MIXED;
}

/* What a party says if it is needed, into bits. */
static block_truth party_view(block_desk *desk, const acceptance_party *party,
                              const truce_value *prefix, const wide *sums,
                              uint64_t *bits)
{
    block_truth accepted = BLOCK_ALL;
    size_t mark = desk->used;
    for (size_t c = 0; c < party->must_count && accepted != BLOCK_NONE; c++) {
        accepted =
            narrow(desk->all, accepted, view_of(desk, party->must[c], prefix), bits);
        desk->used = mark;
    }
    if (party->floor && accepted != BLOCK_NONE)
        accepted =
            narrow(desk->all, accepted,
                   view_of_floor(desk, party->party, prefix, sums[party->party]), bits);
    desk->used = mark;
    return accepted;
}

/* Accepted by one party: not needed, or content. */
static view accepted_by(block_desk *desk, const acceptance_party *party,
                        const truce_value *prefix, const wide *sums)
{
    view needed = party->needed ? view_of(desk, party->needed, prefix) : constant(true);
    if (needed.truth == BLOCK_NONE)
        return constant(true);
    uint64_t *bits = take_row(desk);
    view content = {.bits = bits};
    content.truth = party_view(desk, party, prefix, sums, bits);
    if (needed.truth == BLOCK_ALL || content.truth == BLOCK_ALL)
        return content;
    view unasked = inverted(desk, needed);
    if (content.truth == BLOCK_MIXED)
        join(desk->all, false, unasked.bits, bits, bits);
    return content.truth == BLOCK_MIXED ? content : unasked;
}

block_truth block_accepted(block_desk *desk, const truce_value *prefix,
                           const wide *sums, const uint64_t **accepted)
{
    const acceptance *what = desk->all->what;
    block_truth so_far = BLOCK_ALL;
    desk->used = 0;
    uint64_t *bits = take_row(desk);
    for (size_t c = 0; c < what->always_count && so_far != BLOCK_NONE; c++) {
        so_far =
            narrow(desk->all, so_far, view_of(desk, what->always[c], prefix), bits);
        desk->used = 1;
    }
    for (size_t k = 0; k < what->party_count && so_far != BLOCK_NONE; k++) {
        so_far = narrow(desk->all, so_far,
                        accepted_by(desk, &what->parties[k], prefix, sums), bits);
        desk->used = 1;
    }
    *accepted = bits;
    return so_far;
}
