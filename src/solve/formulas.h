/* formulas.h - conditions under the values decided so far.
 *
 * A formula is a condition simplified: negation stands at the leaves only, what is decided
 * has vanished, leaves of one issue under the same "and" or "or" are one leaf, nothing
 * stands twice. Equal formulas are the same number. Simplifying is structural, so two
 * formulas may mean the same and differ.
 */
#ifndef SOLVE_FORMULAS_H
#define SOLVE_FORMULAS_H

#include "space/space.h"

typedef uint32_t formula;
enum { FORMULA_NO = 0, FORMULA_YES = 1 };

/* All formulas made of the conditions of one space. Opaque. */
typedef struct formulas formulas;

/*   kind      CONDITION_LEAF, CONDITION_AND or CONDITION_OR
 *   issue     of a leaf; its ranges [count] are ascending, disjoint, never all values
 *   parts     [count] of the others, at least two: leaves by issue, then the others
 *   issues    bit (i % 64) is set for every issue i it mentions
 */
typedef struct formula_node {
    condition_kind kind;
    size_t issue, count;
    const condition_range *ranges;
    const formula *parts;
    uint64_t issues;
} formula_node;

formulas *formulas_new(const space *compiled);
void formulas_free(formulas *all); /* NULL is fine */
const space *formulas_space(const formulas *all);

/* O(leaves * log leaves). */
formula formula_of(formulas *all, const truce_condition *condition);

/* That all of parts hold. */
formula formula_all(formulas *all, const formula *parts, size_t count);

/* What is left of it when the issue has this value. Remembered: asking again is O(1). */
formula formula_given(formulas *all, formula what, size_t issue, truce_value value);

/* What is not FORMULA_NO or FORMULA_YES. Valid until the next formula is made. */
const formula_node *formula_node_of(const formulas *all, formula what);

bool leaf_allows(const formula_node *leaf, truce_value value);

/* The leaves (as formulas) in any of some formulas, ascending, each once. */
truce_list formula_leaves(const formulas *all, const formula *roots, size_t count,
                          arena *memory);

/* The issues it mentions, ascending, each once. */
truce_list formula_issues(const formulas *all, formula what, arena *memory);

#endif
