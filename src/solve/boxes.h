/* boxes.h - the frontier of utilities that are sums of boxes: bonuses for landing within
 * a range of values on each of some issues, as in hyper-rectangle profiles.
 *
 * Ranges that meet pairwise have a point in common (Helly), so a set of boxes can be
 * enjoyed together exactly when no two of them conflict on any issue. Outcomes become
 * independent sets of a sparse conflict graph, and how many values an issue has no
 * longer matters. What costs when it holds is worth the same to avoid, and a box is
 * avoided by leaving it on one side of one issue, which is a box again; any short
 * condition is a choice among boxes in this way. Worths of single values are boxes on
 * one issue.
 */
#ifndef SOLVE_BOXES_H
#define SOLVE_BOXES_H

#include "base/stop.h"
#include "space/space.h"

enum {
    BOXES_MOST = 4096,     /* boxes that one part may have */
    BOXES_FROM_ONE = 1000, /* that one bonus may be written out as */
    BOXES_ISSUES = 1024    /* that one part may have */
};

/* A part of a scenario on its own.
 *
 *   issues   ascending; every bonus of the parties judged that mentions one of them
 *            mentions no other issue
 *   over     the parties that dominance is judged for, at least one
 *   must     [must_count] what must hold, besides; mentions issues of the part alone
 */
typedef struct boxes_part {
    const space *compiled;
    truce_list issues, over;
    const truce_condition *const *must;
    size_t must_count;
} boxes_part;

/* Can its frontier be found here? Only sizes matter: false when some bonus or what must
 * hold is too tangled, or all together are too many.
 *
 * Fit is not fast: many wide boxes that conflict, long tables of worths, or much that must
 * hold at once take exponential time, and then the memory or the stop ends it. O(size of
 * the conditions). */
bool boxes_fit(const boxes_part *part);

/*   cut      [over.count] or NULL: sums above it count as much as at it. For a party with
 *            a cap: the cap less the least that all other parts can add
 *   memory   bytes for what is remembered, 0: no limit
 */
typedef struct boxes_choices {
    const wide *cut;
    size_t memory;
} boxes_choices;

/* The undominated vectors of sums: tables of the part's issues and its bonuses, not
 * capped by the party's cap but at `cut`.
 *
 *   sums      [count][over.count], descending lexicographic, all different
 *   values    [count][issues.count] one witness for each point: its sums, cut, are the
 *             point's
 *   count     0 when nothing keeps what must hold, or, not complete, nothing was found
 *             that does; never 0 when nothing must
 *   complete  false: a limit ended it; every point is reached by its witness, some may
 *             be missing or dominated
 *   nodes     sets of boxes looked at: changes only when the algorithm does
 *   bytes     the most memory taken for what was remembered
 */
typedef struct boxes_frontier {
    arena memory;
    size_t dims, issue_count, count;
    const wide *sums;
    const truce_value *values;
    bool complete;
    uint64_t nodes, bytes;
} boxes_frontier;

/* part must fit; choices may be NULL. How many outcomes share a point is not known. */
boxes_frontier *boxes_find(const boxes_part *part, const boxes_choices *choices,
                           const truce_stop *stop);
void boxes_free(boxes_frontier *found); /* NULL is fine */

#endif
