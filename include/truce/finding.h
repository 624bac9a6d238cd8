/* finding.h - what every result carries: how it is proved, on what it rests, what
 * conduct says.
 */
#ifndef TRUCE_FINDING_H
#define TRUCE_FINDING_H

#include <truce/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum truce_proof_how {
    TRUCE_PROVED,  /* exact and complete */
    TRUCE_BOUNDED, /* a limit was reached; counts come as bounds, lists may be cut */
    TRUCE_SAMPLED  /* from draws */
} truce_proof_how;

typedef struct truce_proof {
    truce_proof_how how;
    const char *by;       /* one sentence: what was done, or what is missing */
    uint64_t seed, draws; /* when sampled */
} truce_proof;

/* On what an answer rests: facts, claims, and how many assumed or default numbers. */
typedef struct truce_grounds {
    truce_list facts;  /* scenario->facts, ascending */
    truce_list claims; /* scenario->claims, ascending */
    size_t assumed;
} truce_grounds;

/* The head of every result. memory is the result's own arena, nobody else's business.
 */
typedef struct truce_finding {
    const truce_scenario *scenario;
    const char *question; /* "deals" */
    truce_proof proof;
    truce_grounds grounds;
    void *memory;
} truce_finding;

/* A whole number that may outgrow every machine word, in decimal. exact is NULL when it
 * is out of reach; then low and high enclose it (they are NULL otherwise). */
typedef struct truce_count {
    const char *exact, *low, *high;
} truce_count;

/* An outcome with what it is worth to each party, [issue_count] and [party_count].
 * Utilities are exact rationals rounded to the nearest double; every decision was taken
 * before. */
typedef struct truce_rating {
    const truce_value *outcome;
    const double *utilities;
} truce_rating;

/* What the numbers say of an observed decision. */
typedef enum truce_prediction {
    TRUCE_WOULD_ACCEPT,
    TRUCE_WOULD_REFUSE,
    TRUCE_UNDECIDED
} truce_prediction;

typedef struct truce_decision {
    size_t observation, party; /* scenario->observed, scenario->parties */
    bool accepted;             /* what the party did */
    truce_prediction predicted;
    double change;      /* u(status quo + offer) - u(status quo) */
    bool reproduced;    /* predicted what the party did */
    const char *broken; /* the red line or rule newly broken, or NULL */
    /* ids that may explain a miss: order, demands, numbers' paths */
    truce_texts suspects;
} truce_decision;

/* The reality check: which observed decisions the scenario's numbers reproduce. */
typedef struct truce_reality {
    truce_finding finding;
    const truce_decision *decisions;
    size_t count, reproduced, undecided;
} truce_reality;

/* Checks every observed decision of the file against its numbers, from the file's own
 * status quo. TRUCE_OK, also when nothing was observed. O(decisions * (issues +
 * conditions)). */
TRUCE_API truce_status truce_reality_find(const truce_scenario *scenario,
                                          truce_reality **result, truce_error *error);
TRUCE_API void truce_reality_free(truce_reality *result);

#ifdef __cplusplus
}
#endif

#endif
