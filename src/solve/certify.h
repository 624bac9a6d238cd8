/* certify.h - writing certificates (docs/certificates.md). */
#ifndef SOLVE_CERTIFY_H
#define SOLVE_CERTIFY_H

#include "space/space.h"

#include <truce/verify.h>

/* A complete frontier, as its certificate says it.
 *
 *   parties   those judged
 *   rational  only outcomes that reach their outside options
 *   slack     [parties.count] sums that any outcome may be better by than some point;
 *             NULL: none
 *   outcome   tells one outcome of a point, of count; points descend lexicographically */
typedef struct certify_answer {
    truce_list parties;
    bool rational;
    const wide *slack;
    size_t count;
    void (*outcome)(const void *user, size_t point, truce_value *outcome);
    const void *user;
} certify_answer;

/* Nothing is written unless TRUCE_OK, or when writing fails (TRUCE_LIMIT); TRUCE_CALL when
 * the frontier cannot be certified: "not certified: 6000000 points". Time: as finding a
 * frontier by states. */
truce_status certify_frontier(const space *compiled, const certify_answer *answer,
                              FILE *out, truce_error *error);

#endif
