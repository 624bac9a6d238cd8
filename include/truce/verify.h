/* verify.h - certificates: what a solver can show for its answer, and the independent
 * checker.
 *
 * A certificate is a text file (docs/certificates.md). Whoever checks one uses nothing
 * of the solver: the checker reads the scenario's plain structs and multiplies them out
 * itself.
 */
#ifndef TRUCE_VERIFY_H
#define TRUCE_VERIFY_H

#include <truce/frontier.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the certificate of a frontier found with `certified`. TRUCE_OK; TRUCE_CALL when
 * there is none (error says why: "not certified: 876000 points"); TRUCE_LIMIT when
 * writing failed. */
TRUCE_API truce_status truce_frontier_certify(const truce_frontier *frontier, FILE *out,
                                              truce_error *error);

/* The certificate of "nobody can agree" (deals with nothing acceptable). */
TRUCE_API truce_status truce_deals_certify(const truce_scenario *scenario,
                                           const truce_deals *deals, FILE *out,
                                           const truce_stop *stop, truce_error *error);

/* The certificate of clashes: each cannot hold, and each without any one member can. */
TRUCE_API truce_status truce_clashes_certify(const truce_scenario *scenario,
                                             const truce_clashes *clashes, FILE *out,
                                             const truce_stop *stop,
                                             truce_error *error);

typedef struct truce_verdict {
    truce_finding finding;
    bool holds;
    const char *claim; /* "the frontier of A and B has 556 points"; NULL when it was
                          refused before that could be said */
    const char *fault; /* what is wrong, with the line of the certificate; NULL if holds
                        */
    uint64_t steps;    /* comparisons and sums checked */
} truce_verdict;

/* Checks a certificate against the scenario.
 *
 *   name, bytes  the certificate; name stands for it in places
 *
 * TRUCE_OK when it holds, TRUCE_NONE when it is refused (the verdict says why),
 * TRUCE_INPUT when it is no certificate at all (said in diagnostics), TRUCE_LIMIT when
 * stopped. Time: one pass over the certificate and, for each stage, a dominance check of
 * every candidate. */
TRUCE_API truce_status truce_certificate_check(const truce_scenario *scenario,
                                               const char *name, const void *bytes,
                                               size_t length, const truce_stop *stop,
                                               truce_verdict **result,
                                               truce_diagnostics *diagnostics);
TRUCE_API void truce_verdict_free(truce_verdict *result); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
