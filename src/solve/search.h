/* search.h - the best outcome by a measure of fairness, without a frontier: branch and
 * bound with Lagrangian bounds.
 *
 * Outcomes take part when they break no rule and no red line and reach every floor.
 */
#ifndef SOLVE_SEARCH_H
#define SOLVE_SEARCH_H

#include "base/stop.h"
#include "solve/bound.h"
#include "solve/fair.h"
#include "space/acceptance.h"

/* What is looked for.
 *
 *   over      parties whose sums count; all arrays below are [over.count]
 *   floors    sums that must be reached
 *   kind      BOUND_SUM: largest sum of s/scale; BOUND_PRODUCT: largest product of
 *             s - from, positive; BOUND_LEAST: largest least of (s - from)/scale
 *   scales    0: the party does not count (BOUND_PRODUCT: all must count)
 *   seeds     [seed_count][issue_count] outcomes known before
 *   any       stop at the first outcome that takes part
 *   nodes     most nodes, 0 for no limit
 *   most      ties kept, at least 1
 */
typedef struct search_question {
    const space *compiled;
    truce_list over;
    const wide *floors, *from, *scales;
    bound_kind kind;
    const truce_value *seeds;
    size_t seed_count;
    bool any;
    uint64_t nodes;
    size_t most;
} search_question;

/*   outcomes  [count][issue_count] the best: different vectors of sums, none dominating
 *             another, in descending lexicographic order of sums; count 0: none was
 *             found
 *   proved    no outcome is better (count 0: none takes part)
 *   complete  proved, and these are all vectors that tie and are not dominated by a tie
 *   reach     [over.count] for BOUND_LEAST: the sums that any outcome as good as the best
 *             reaches
 *   bound     no outcome has a larger value: what fair_value() says of it, with the
 *             scales as denominators; -INFINITY when none takes part
 */
typedef struct search_answer {
    truce_value *outcomes;
    size_t count;
    wide *reach;
    bool proved, complete;
    double bound;
    uint64_t nodes;
} search_answer;

/* Looks until it is proved or stop or nodes end it. The answer's outcomes live in
 * memory. */
search_answer search_best(const search_question *question, const truce_stop *stop,
                          arena *memory);

#endif
