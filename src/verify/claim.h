/* claim.h - what a certificate claims, as conditions and numbers that the checker works
 * out from the scenario itself.
 *
 *   frontier  an outcome takes part when it breaks no rule and no red line, and (rational)
 *             nobody judged is below its floor; the points are all that is undominated
 *   deals     no outcome is acceptable (docs/questions/deals.md)
 *   clash     no outcome keeps the members and logic; without any one member some does
 *
 * While issues get their values one by one, what is left of all conditions is a list of
 * residuals, `claim.width` long: one for all that must hold; one for each party, whether
 * its floor counts; one for each bonus of these parties. Two beginnings that leave the
 * same list have the same future. */
#ifndef VERIFY_CLAIM_H
#define VERIFY_CLAIM_H

#include "verify/residual.h"
#include "verify/tariff.h"

typedef enum claim_kind { CLAIM_FRONTIER, CLAIM_DEALS, CLAIM_CLASHES } claim_kind;

typedef enum claim_member_kind {
    CLAIM_DEMAND,
    CLAIM_RED_LINE,
    CLAIM_FLOOR,
    CLAIM_RULE
} claim_member_kind;

typedef struct claim_member {
    claim_member_kind kind;
    size_t party, index;
} claim_member;

/*   tariffs, slack  [party_count] parties whose sums are followed
 *   members         [member_count] of a clash
 *   start           [width] with every issue open; made by claim_prepare()
 *   due             [width] of a bonus: the last of the issues it mentions, with which it
 *                   is added and becomes "never"; TRUCE_NOBODY: it is among start_sums
 *   start_sums      [party_count] bonuses that mention no issue */
typedef struct claim {
    const truce_scenario *scenario;
    claim_kind kind;
    bool rational;
    tariff *tariffs;
    wide *slack;
    size_t party_count;
    claim_member *members;
    size_t member_count;
    residuals *all;
    residual *start;
    size_t *due;
    wide *start_sums;
    size_t width;
} claim;

/* The member with this id; false when there is none. */
bool claim_member_find(const truce_scenario *scenario, const char *id, size_t length,
                       claim_member *member);

/* Makes start, due, start_sums and width, in memory, for issues in this order. */
void claim_prepare(claim *what, const size_t *order, arena *memory);

/* The residuals after one value more, and what it adds with the bonuses that are due,
 * into shift [party_count]; false when what must hold no longer can. */
bool claim_step(const claim *what, const residual *from, size_t issue,
                truce_value value, residual *to, wide *shift);

/* The smallest sums [party_count] from which the floors that count for certain can still
 * be reached, when ahead [party_count] is the most that open issues can add. */
void claim_least(const claim *what, const residual *rest, const wide *ahead,
                 wide *least);

/* Does a complete outcome keep all that the claim is about? sums [party_count] are its
 * sums. without: a member of a clash that is not asked about, or TRUCE_NOBODY. */
bool claim_permits(const claim *what, const truce_value *outcome, const wide *sums,
                   size_t without);

#endif
