/* vast_parts.h - what the files of vast share: a seat's sums, what forbids outcomes, and the
 * lists in which pairs of partial outcomes are looked up. vast.c says how they go together.
 */
#ifndef PLAY_VAST_PARTS_H
#define PLAY_VAST_PARTS_H

#include "play/sums.h"
#include "play/vast.h"

#include <stdatomic.h>

enum {
    MIDDLE_ROOM = 2048,    /* sums in a list of the first two levels */
    FINEST_ROOM = 1 << 17, /* and in one made for one question */
    LEVELS = 60,           /* 2^-60 of the range is less than a cell */
    JUDGED_NEAR =
        1 << 14,   /* pairs at a time near an end, where conditions may forbid them */
    BEST_KEPT = 64 /* of the best outcomes, where there are bonuses or conditions */
};

/* Two lists; all issues that are in neither are others. */
typedef struct level {
    sum_list lists[2];
    size_t *others; /* [other_count] */
    size_t other_count;
} level;

/* All sums as seen from the best values (top) or from the worst. Lists are made when first
 * asked for; two threads may make the same, and one is thrown away. */
typedef struct end {
    bool top;
    ladder *ladders; /* [issues] */
    _Atomic(level *) near, levels[LEVELS];
} end;

/* What breaks when `given` holds and `then` does not; then NULL: never does. */
typedef struct ban {
    const truce_condition *given, *then;
    truce_list issues; /* that either mentions */
} ban;

typedef struct best_outcome {
    wide sum;
    truce_value *outcome;
} best_outcome;

typedef struct vast_seat {
    bool plain;           /* the sum of tables alone, and nothing forbidden */
    bool rounded;         /* cells are not exact */
    wide least, greatest; /* sums of tables, of values that may be had at all */
    wide unit;            /* sum of one cell */
    int64_t range;        /* cells from least to greatest */
    wide window;          /* sum */
    size_t *order;        /* [issues] widest first, those mentioned last */
    size_t *by_span;      /* [issues] widest first */
    ban *bans;            /* [ban_count] logic, own rules and red lines */
    bool crossed;         /* one of them joins issues of both halves */
    size_t ban_count;
    bool
        *half; /* [issues] to which of two lists it goes; those that bans join to one */
    end ends[2];                  /* top, bottom */
    sum_grid grid;                /* rows NULL: none */
    pile piles[3];                /* sums NULL: none */
    best_outcome best[BEST_KEPT]; /* the best admissible ones, best first */
    size_t best_count;
} vast_seat;

struct vast {
    arena memory;
    vast_seat *seats; /* [seat_count] */
    size_t seat_count;
    _Atomic(sum_bench *) bench; /* NULL while somebody works on it */
};

/* ---- vast.c ------------------------------------------------------------------------ */

const space_party *vast_numbers(const board *made, size_t seat);

/* The exact sum of an outcome to a seat; a sum as utility. */
wide vast_sum(const board *made, size_t seat, const truce_value *outcome);
double vast_worth(const board *made, size_t seat, wide sum);

/* Does it keep logic, and the party's own rules and red lines? */
bool vast_breaks_nothing(const board *made, size_t seat, const truce_value *outcome);

/* Room to make lists in: to be brought back by whoever takes it. */
sum_bench *vast_take_bench(const board *made);
void vast_bring_bench(const board *made, sum_bench *bench);

/* ---- vast_measure.c ---------------------------------------------------------------- */

/* Ladders of both ends, range and unit. */
void vast_make_ladders(vast_seat *to, const board *made, size_t seat, arena *memory);

/* Issues, widest first; those mentioned last (NULL: none is). In memory. */
size_t *vast_make_order(const vast_seat *of, size_t issues, const bool *mentioned,
                        arena *memory);

/* ---- vast_bans.c ------------------------------------------------------------------- */

void vast_collect_bans(vast_seat *to, const board *made, size_t seat, arena *memory);

/* Sets mentioned [issues] for those that a bonus or a ban mentions. */
void vast_mark_mentioned(const vast_seat *of, const space_party *numbers, arena *memory,
                         bool *mentioned);

/* Shares the issues out to two halves, so that bans join few across. */
void vast_share_out(vast_seat *to, size_t issues, arena *memory);

bool vast_is_in_a_ban(const vast_seat *of, size_t issue);

/* Is a ban that mentions the issue broken, whatever the open issues will be? */
bool vast_is_banned(const vast_seat *of, size_t issue, const truce_value *partial);

/* Which values of a list make a ban, as far as it has got. */
typedef struct vast_guard {
    const vast_seat *of;
    truce_value *partial; /* [issues] VALUE_OPEN where the list has not been */
} vast_guard;

/* The two of a sum_filter; context is a vast_guard. */
bool vast_may_ban(void *context, size_t issue, truce_value value);
bool vast_bans(void *context, const sum_list *list, size_t item, size_t issue,
               truce_value value);

/* ---- vast_lists.c ------------------------------------------------------------------ */

/* The lists near an end, and those of a level, made when first asked for. */
const level *vast_near_of(const board *made, vast_seat *of, end *at);
const level *vast_level_of(const board *made, vast_seat *of, end *at, int k);
void vast_level_free(level *of); /* NULL is fine */

/* All pairs up to here are in the lists near an end; -1: a list is empty. */
int64_t vast_near_reach(const level *near);

/* The highest level that reaches so far from its end. */
int vast_level_for(const vast_seat *of, int64_t cells);

/* The first `taken` issues of an order to the two lists, up to reach. */
void vast_fill_level(level *to, const vast_seat *of, const end *at, const size_t *order,
                     size_t issues, size_t taken, int64_t reach, size_t room,
                     sum_bench *bench);

#endif
