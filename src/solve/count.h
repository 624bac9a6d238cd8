/* count.h - counting the outcomes that satisfy something, and meeting them one block at
 * a time.
 *
 * The one door to "all outcomes" of a space. Small ones are enumerated, in blocks that
 * are cut early; large ones counted through the states of their conditions.
 */
#ifndef SOLVE_COUNT_H
#define SOLVE_COUNT_H

#include "base/stop.h"
#include "space/acceptance.h"

/* What happens on the way; all NULL: the outcomes are only counted.
 *
 *   meet      called with every counted outcome, in lexicographic order of value
 * indices (the first issue slowest); false stops the count is_worth  with meet: asked
 * before a subtree is entered, with the largest sum that each party [party_count] could
 * reach in it; false leaves the subtree out, and the count is then of what was met
 */
typedef struct count_choices {
    bool (*meet)(void *user, const truce_value *outcome);
    bool (*is_worth)(void *user, const wide *most);
    void *user;
} count_choices;

/* Between least and most; both the same when complete. Initialised by the caller with
 * mpz_init, cleared by it with mpz_clear. */
typedef struct count_result {
    mpz_t least, most;
    bool complete; /* false: stopped by deadline, or by meet */
} count_result;

/* Counts the outcomes that are accepted. choices may be NULL.
 *
 * TRUCE_OK, or TRUCE_LIMIT when stop ended it. Time: at worst one step per outcome and
 * party, some 10^9 a second for a few parties; subtrees that no acceptance can reach,
 * and subtrees where everything is decided, cost one step each. Threads never change
 * the answer; with `meet` the work stays on one thread. */
truce_status count_accepted(const space *compiled, const acceptance *what,
                            const count_choices *choices, const truce_stop *stop,
                            count_result *result);

/* The first accepted outcome in lexicographic order, into outcome [issue_count].
 * TRUCE_OK, TRUCE_NONE when there is none, TRUCE_LIMIT when stop ended the search. */
truce_status count_first(const space *compiled, const acceptance *what,
                         const truce_stop *stop, truce_value *outcome);

/* The count in a result's memory: exact, or between two bounds. */
truce_count count_told(truce_finding *finding, const count_result *result);

#endif
