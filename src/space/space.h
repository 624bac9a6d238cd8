/* space.h - a scenario compiled for computing: utilities in integers, floors as
 * thresholds.
 *
 * Each party has one common denominator: u(o) = sum(o) / denominator, where sum(o) is
 * the sum of one table entry for each issue plus the bonuses that hold, cut at cap. All
 * decisions are taken on sums. A floor is the smallest sum that reaches the outside
 * option, so that "u >= outside" is "sum >= floor", exactly, whatever fraction the
 * outside option is.
 */
#ifndef SPACE_SPACE_H
#define SPACE_SPACE_H

#include "base/big.h"
#include "scenario/condition.h"
#include "scenario/scenario.h"

#include <truce/finding.h>

typedef struct space_bonus {
    const truce_condition *condition;
    wide amount; /* may be negative */
} space_bonus;

typedef struct space_party {
    wide **tables; /* [issue][value]; all zero for an issue the party does not rate */
    const space_bonus *bonuses;
    size_t bonus_count;
    bool capped;
    wide cap;
    wide denominator; /* > 0 */
    bool has_floor;
    wide floor;        /* least acceptable sum */
    wide disagreement; /* the outside option as a sum, 0 without one; rounded down to a
                          whole sum when floor_is_whole is false */
    bool floor_is_whole;
    bool fits_64; /* every partial sum, floor and cap is below 2^62 in size */
} space_party;

typedef struct space {
    arena memory;
    const truce_scenario *scenario;
    size_t issue_count, party_count;
    const truce_value *today;        /* S */
    const truce_value *value_counts; /* [issue_count] */
    const space_party *parties;
    int grid; /* 0: exact. Otherwise some party's numbers were rounded to 10^-grid, and
                 no answer from them may be called proved (see space_qualify) */
} space;

/* The circumstances under which floors are taken; all zero: today. */
typedef struct space_choices {
    int64_t day;                      /* from clock.now */
    const truce_decimal *floor_shift; /* [party_count] or NULL */
} space_choices;

/* choices may be NULL. Exact whenever a common denominator fits 127 bits, which it does
 * for all but freak scenarios (many linear worths over scales of coprime lengths);
 * those get the finest decimal grid that fits. O(parties * values). */
space *space_new(const truce_scenario *scenario, const space_choices *choices);
void space_free(space *compiled); /* NULL is fine */

/* The exact sum of a complete outcome, bonuses and cap included. O(issues + bonuses).
 */
wide space_sum(const space *compiled, size_t party, const truce_value *outcome);

/* The least and the most that the values of an issue add to a party's sum, bonuses apart.
 * O(values). */
void space_range(const space *compiled, const space_party *party, size_t issue,
                 wide *least, wide *most);

/* A sum as utility on the file's scale, for printing. */
double space_utility(const space *compiled, size_t party, wide sum);

/* The floor of a party as the file gives it, for printing; NaN without one. */
double space_floor(const space *compiled, size_t party);

/* What breaks: red lines and rules are absolute here; today's own breaches are not
 * excused. */
bool breaks_red_line(const space *compiled, size_t party, const truce_value *outcome);
bool breaks_rule_of(const space *compiled, size_t party, const truce_value *outcome);
bool breaks_logic(const space *compiled, const truce_value *outcome);

/* `if` holds and `then` does not. */
bool is_rule_broken(const truce_rule *rule, const truce_value *outcome);

/* Acceptable as docs/questions/deals.md defines it; kinds in `without` (truce_kinds of
 * <truce/solve.h>) are not asked about. O(parties * (issues + conditions)). */
bool space_accepts(const space *compiled, const truce_value *outcome, unsigned without);

/* Acceptable to the principals alone, needed or not. */
bool space_principals_accept(const space *compiled, const truce_value *outcome);

/* Takes "proved" back from a finding when the numbers were rounded. */
void space_qualify(const space *compiled, truce_finding *finding);

/* The number of all outcomes; the second writes it into memory. */
void space_count(const space *compiled, mpz_ptr count);
truce_count space_count_told(const space *compiled, arena *memory);

#endif
