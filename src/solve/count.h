/* count.h - counting the outcomes that satisfy something, and meeting them one block at a time.
 *
 * The one door to "all outcomes" of a space. Today it enumerates, in blocks that are cut early;
 * whoever finds a cleverer way puts it behind this door.
 */
#ifndef SOLVE_COUNT_H
#define SOLVE_COUNT_H

#include "base/stop.h"
#include "space/space.h"

/* Whose acceptance is asked for. */
typedef enum count_by {
    COUNT_ALL,       /* no logic rule is broken, nothing else is asked */
    COUNT_PRINCIPALS, /* space_principals_accept() */
    COUNT_NEEDED     /* space_accepts() */
} count_by;

/* What is counted: outcomes accepted by `by` that meet every condition of `keep`. */
typedef struct count_choices {
    count_by by;
    unsigned without; /* truce_kinds that COUNT_NEEDED does not ask about */
    const truce_condition *const *keep;
    size_t keep_count;
    /* When not NULL: called with every counted outcome, in lexicographic order of value
     * indices (the first issue slowest); false stops the count. */
    bool (*meet)(void *user, const truce_value *outcome);
    void *user;
} count_choices;

/* Between least and most; both the same when complete. Initialised by the caller with
 * mpz_init, cleared by it with mpz_clear. */
typedef struct count_result {
    mpz_t least, most;
    bool complete; /* false: stopped by deadline, or by meet */
} count_result;

/* TRUCE_OK, or TRUCE_LIMIT when stop ended it. Time: at worst one step per outcome and party,
 * some 10^9 a second for a few parties; subtrees no acceptance can reach, and subtrees where
 * everything is decided, cost one step each. Threads never change the answer; with `meet` the
 * work stays on one thread. */
truce_status count_outcomes(const space *compiled, const count_choices *choices,
                            const truce_stop *stop, count_result *result);

/* The count in a result's memory: exact, or between two bounds. */
truce_count count_told(truce_finding *finding, const count_result *result);

#endif
