/* blocks.h - the tail of a space as one dense block, asked about all its outcomes at
 * once.
 *
 * The last few issues span a block of some thousand outcomes. For it each party's sums
 * lie in one array, and each condition is a row of bits. A condition over the whole
 * space becomes, once the issues before the block are decided, a constant or such a
 * row; a floor becomes one comparison per outcome. That is what lets a plain
 * enumeration do 10^8 outcomes in a blink.
 */
#ifndef SPACE_BLOCKS_H
#define SPACE_BLOCKS_H

#include "space/acceptance.h"

/* What is true for some, all or none of a block's outcomes; bits are set only when
 * MIXED. */
typedef enum block_truth { BLOCK_NONE, BLOCK_ALL, BLOCK_MIXED } block_truth;

typedef struct block {
    const space *compiled;
    const acceptance *what; /* what it is asked about; not owned */
    size_t first_issue;     /* the block's issues are first_issue .. issue_count-1 */
    size_t size;            /* outcomes */
    size_t words;           /* of 64 bits */
    void **sums; /* [party] -> [size] int64_t, or wide when the party's do not fit */
    struct block_leaf *leaves; /* hash table: leaf of a condition -> its row of bits */
    size_t leaf_room;
    arena memory;
} block;

/* The largest block of at most `most` outcomes, but at least one issue. The acceptance
 * must outlive it. O(size * (parties + leaves)). */
block *block_new(const space *compiled, const acceptance *what, size_t most);
void block_free(block *all);

/* Room for one evaluation at a time; one for each thread. */
typedef struct block_desk block_desk;

block_desk *block_desk_new(const block *all);
void block_desk_free(block_desk *desk);

/* Which outcomes of the block are accepted after the issues before it were decided.
 *
 *   prefix  values of issues 0 .. first_issue-1
 *   sums    [party] their table sums, without bonuses
 *   bits    [words] receives a bit for each outcome of the block; valid when MIXED
 */
block_truth block_accepted(block_desk *desk, const truce_value *prefix,
                           const wide *sums, const uint64_t **bits);

/* Completes outcome [issue_count] with the j-th outcome of the block. */
void block_outcome(const block *all, size_t j, truce_value *outcome);

#endif
