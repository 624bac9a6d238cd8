/* condition.h - conditions over outcomes: built by formats, compiled by space, asked by
 * all.
 *
 * A condition is a tree. A leaf is one issue with the values that satisfy it, as
 * ascending disjoint ranges: "ceasefire >= 30-day" is {1..3}, "!=" and "changed" are
 * two ranges. So whoever computes with conditions needs to know nothing of operators or
 * texts.
 */
#ifndef SCENARIO_CONDITION_H
#define SCENARIO_CONDITION_H

#include "base/arena.h"

#include <truce/scenario.h>

typedef enum condition_kind {
    CONDITION_LEAF,
    CONDITION_NOT, /* one part */
    CONDITION_AND, /* any number of parts; none: holds */
    CONDITION_OR   /* any number of parts; none: never holds */
} condition_kind;

/* Both ends included. */
typedef struct condition_range {
    truce_value first, last;
} condition_range;

struct truce_condition {
    condition_kind kind;
    const char *text; /* of the whole; set on the root alone */
    truce_place place;
    size_t issue;                  /* of a leaf */
    const condition_range *ranges; /* of a leaf; none: never holds */
    size_t range_count;
    const struct truce_condition *const *parts; /* of NOT, AND, OR */
    size_t part_count;
};

/* Does a leaf hold for this value of its issue? */
bool condition_allows(const truce_condition *leaf, truce_value value);

/* What is known of a condition while some issues are open. */
typedef enum truth { TRUTH_NO, TRUTH_YES, TRUTH_OPEN } truth;

#define VALUE_OPEN UINT32_MAX

/* outcome [issue_count], VALUE_OPEN for issues not decided yet. Not complete for OPEN:
 * a condition may be decided by its logic and still be called open. */
truth condition_truth(const truce_condition *condition, const truce_value *outcome);

/* The issues it mentions, ascending, each once. O(leaves * log(leaves)). */
truce_list condition_issues(arena *memory, const truce_condition *condition);

/* "The issue differs from the status quo"; text is the issue's id. */
const truce_condition *
condition_issue_changes(arena *memory, const truce_scenario *scenario, size_t issue);

#endif
