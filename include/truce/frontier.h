/* frontier.h - what a space of outcomes holds: frontier, solution points, counts, the
 * best outcomes of a party, utilities, metrics.
 *
 * These questions look at outcomes and utilities only. An outcome takes part when it
 * breaks no rule and no red line; `rational` asks besides that every party judged
 * reaches its outside option. Consent, mandates and order belong to the questions of
 * <truce/solve.h>. Utilities are on the file's own scale.
 */
#ifndef TRUCE_FRONTIER_H
#define TRUCE_FRONTIER_H

#include <truce/solve.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- frontier -------------------------------------------------------------------- */

typedef struct truce_frontier_choices {
    truce_list over; /* parties that dominance is judged for; count 0: all that have
                              preferences */
    bool rational;   /* only outcomes with u >= outside option for all of them */
    truce_decimal epsilon; /* >= 0: a point may be left out when a kept one is nowhere
                              worse by more, in utility; 0: exact */
    bool values_only;      /* no witness outcomes: faster, and half the memory */
    bool uncounted;        /* do not count the outcomes of each point */
    size_t memory;         /* bytes; 0 means 8 GiB */
    truce_convention as;
    bool certified; /* keep what a certificate needs (truce_frontier_certify) */
} truce_frontier_choices;

/* The points, best for the first party first, then for the second and so on.
 *
 *   parties         those judged
 *   size            points; when the proof is BOUNDED, an inner set: every point is
 *                   reached by an outcome, and some may be missing or dominated
 *   utilities       [size][parties.count] rounded to the nearest double
 *   upper           [parties.count] no outcome that takes part is worth more to anybody
 *   complete        every outcome is accounted for, to within epsilon; false: a limit
 *                   ended it
 *   epsilon         what was really spent, 0 when exact
 *   method          "merge", "states", "boxes" or "enumeration", joined by " + "
 *   work            candidates looked at: changes only when the algorithm does
 *   bytes           the most memory that points took
 */
typedef struct truce_frontier {
    truce_finding finding;
    truce_count outcomes; /* all of the space */
    truce_list parties;
    size_t size;
    const double *utilities;
    const double *upper;
    bool complete;
    double epsilon;
    const char *method;
    uint64_t work, bytes;
    struct frontier_answer *answer; /* nobody's business */
} truce_frontier;

/* Every undominated vector of utilities.
 *
 * TRUCE_OK; TRUCE_NONE when it is proved that no outcome takes part; TRUCE_LIMIT when
 * time or memory ended (the result says what it has); TRUCE_CALL for an unknown party or
 * one without preferences. choices may be NULL.
 * Method: docs/architecture.md. Sources: Nemhauser and Ullmann 1969 (merging); Kung,
 * Luccio, Preparata 1975 (maxima of vectors). */
TRUCE_API truce_status truce_frontier_find(const truce_scenario *scenario,
                                           const truce_frontier_choices *choices,
                                           const truce_stop *stop,
                                           truce_frontier **result, truce_error *error);
TRUCE_API void truce_frontier_free(truce_frontier *result);

/* One outcome of a point, into outcome [issue_count]; false with values_only. O(issues).
 */
TRUCE_API bool truce_frontier_outcome(const truce_frontier *frontier, size_t point,
                                      truce_value *outcome);

/* How many outcomes that take part share the point, in decimal; exact is NULL where that
 * is not known (a cap binds, boxes, uncounted). The text lives until the next call. */
TRUCE_API truce_count truce_frontier_count(const truce_frontier *frontier,
                                           size_t point);

/* The exact utility as a fraction "a/b" or "a" into text, as snprintf() does. */
TRUCE_API int truce_frontier_exact(const truce_frontier *frontier, size_t point,
                                   size_t party, char *text, size_t room);

/* ---- points ---------------------------------------------------------------------- */

typedef enum truce_reference {
    TRUCE_RESERVATION, /* d = outside option, 0 without one */
    TRUCE_MINIMUM      /* d = the larger of that and the least utility of any outcome */
} truce_reference;

typedef struct truce_points_choices {
    truce_list over; /* as truce_frontier_choices */
    truce_convention as;
    truce_reference disagreement;
    bool direct;   /* search each point at once, even where the frontier is in reach */
    size_t most;   /* ties listed for each; 0 means 100 */
    size_t memory; /* for a frontier; 0 means 2 GiB */
} truce_points_choices;

typedef enum truce_solution_kind {
    TRUCE_SOLUTION_NASH,
    TRUCE_SOLUTION_KALAI_SMORODINSKY,
    TRUCE_SOLUTION_EGALITARIAN,
    TRUCE_SOLUTION_UTILITARIAN,
    TRUCE_SOLUTION_EQUAL_LOSS,
    TRUCE_SOLUTION_KINDS
} truce_solution_kind;

/* "nash", "kalai_smorodinsky", ...; static memory. */
TRUCE_API const char *truce_solution_name(truce_solution_kind kind);

/* One solution: its tied vectors, each with one outcome.
 *
 *   absent  the convention does not know this solution
 *   proof   PROVED: these are all ties (or `cut`); BOUNDED: the best found, and the
 *           optimum lies between value and bound
 *   value   what the solution optimises, at items: the product of gains (as its
 *           logarithm), the least relative gain, the least gain, the sum, the largest
 *           loss
 *   direct  found by search rather than by scanning a frontier; then ties of vectors
 *           are listed only as far as the search met them, and `ties_complete` is false
 */
typedef struct truce_solution {
    const truce_rating *items; /* utilities [over.count] */
    size_t count;
    bool absent, cut, direct, ties_complete;
    truce_proof_how how;
    double value, bound;
    uint64_t nodes; /* of the search */
} truce_solution;

typedef struct truce_points {
    truce_finding finding;
    truce_list parties;
    const double *disagreement; /* [parties.count] d */
    const double *ideal;        /* [parties.count] I; NaN where not known */
    truce_solution solutions[TRUCE_SOLUTION_KINDS];
} truce_points;

/* The solution points over the undominated rational outcomes. TRUCE_OK; TRUCE_NONE when
 * no outcome is rational; TRUCE_LIMIT when some solution is only bounded. Sources: Nash
 * 1950; Kalai and Smorodinsky 1975; Kalai 1977; Chun 1988. */
TRUCE_API truce_status truce_points_find(const truce_scenario *scenario,
                                         const truce_points_choices *choices,
                                         const truce_stop *stop, truce_points **result,
                                         truce_error *error);
TRUCE_API void truce_points_free(truce_points *result);

/* ---- count ----------------------------------------------------------------------- */

typedef struct truce_tally {
    truce_finding finding;
    truce_count outcomes;   /* all */
    truce_count possible;   /* break no rule of logic */
    truce_count permitted;  /* break no rule and no red line */
    truce_count rational;   /* permitted, and at or above every outside option */
    truce_count acceptable; /* as truce_deals has it */
} truce_tally;

/* TRUCE_OK, TRUCE_NONE when none is permitted, TRUCE_LIMIT when some are bounds. */
TRUCE_API truce_status truce_tally_find(const truce_scenario *scenario,
                                        const truce_stop *stop, truce_tally **result,
                                        truce_error *error);
TRUCE_API void truce_tally_free(truce_tally *result);

/* ---- the best outcomes of a party ------------------------------------------------ */

typedef struct truce_best_choices {
    size_t party;
    size_t top;    /* 0 means 10 */
    bool rational; /* for every party */
    bool worst;    /* from the other end */
} truce_best_choices;

/* utilities [count][party_count] (NaN for parties without preferences), outcomes
 * [count][issue_count]. Ties come in lexicographic order of value indices. */
typedef struct truce_best {
    truce_finding finding;
    size_t party, count;
    bool all; /* there are no more */
    const double *utilities;
    const truce_value *outcomes;
} truce_best;

/* The outcomes that take part, best for one party first. O(top * (issues + log top))
 * without rules or bonuses. */
TRUCE_API truce_status truce_best_find(const truce_scenario *scenario,
                                       const truce_best_choices *choices,
                                       const truce_stop *stop, truce_best **result,
                                       truce_error *error);
TRUCE_API void truce_best_free(truce_best *result);

/* ---- cloud ----------------------------------------------------------------------- */

/* What outcomes are worth to some parties: all outcomes of a small space, draws in a large
 * one.
 *
 *   outcomes     all of the space
 *   whole        every outcome stands in it once; otherwise `size` of them were drawn
 *                uniformly, and the proof is SAMPLED
 *   utilities    [size][parties.count]
 *   permitted    [size] breaks no rule and no red line
 *   least, greatest   [parties.count] over those of the cloud
 *   reservation  [parties.count] utility of no agreement; NaN without one
 *   status_quo   [parties.count] utility of the status quo with the agreements in force */
typedef struct truce_cloud {
    truce_finding finding;
    truce_list parties;
    truce_count outcomes;
    bool whole;
    size_t size;
    const double *utilities;
    const bool *permitted;
    const double *least, *greatest;
    const double *reservation, *status_quo;
} truce_cloud;

/* Draws are keyed by their number: always the same. TRUCE_OK; TRUCE_NONE when no outcome of
 * the cloud is permitted (the cloud is there nevertheless); TRUCE_LIMIT when stopped, with no
 * result; TRUCE_CALL for parties that are not there or have no preferences. over may be
 * NULL: all that have preferences. O(size * parties * issues), size at most four million
 * utilities, or 100,000 draws. */
TRUCE_API truce_status truce_cloud_find(const truce_scenario *scenario,
                                        const truce_list *over, const truce_stop *stop,
                                        truce_cloud **result, truce_error *error);
TRUCE_API void truce_cloud_free(truce_cloud *result); /* NULL is fine */

/* ---- what given outcomes are worth ----------------------------------------------- */

/* The parties' utilities, made ready to be asked often. Nobody changes it: several threads
 * may ask at once. */
typedef struct truce_utilities truce_utilities;

/* To be freed before the scenario. O(parties * values). */
TRUCE_API truce_utilities *truce_utilities_new(const truce_scenario *scenario);
TRUCE_API void truce_utilities_free(truce_utilities *utilities); /* NULL is fine */

/* What many outcomes are worth, whether they take part or not.
 *
 *   party     whose utility; TRUCE_NOBODY: everybody's
 *   outcomes  [count][issue_count]
 *   worth     receives [count], or [count][party_count] of everybody: rounded to the
 *             nearest double, NaN of a party without preferences
 *
 * TRUCE_OK; TRUCE_CALL for a party or a value that is not there: error names the first
 * one, and what worth holds then means nothing. O(count * (issues + bonuses)) a party. */
TRUCE_API truce_status truce_utilities_of(const truce_utilities *utilities,
                                          size_t party, const truce_value *outcomes,
                                          size_t count, double *worth,
                                          truce_error *error);

/* ---- metrics --------------------------------------------------------------------- */

/* What researchers characterise a domain by; NaN where not known, and then `how` is
 * BOUNDED, or where it is not defined: the correlation with a party that tells no outcomes
 * apart. In spaces too large to enumerate some numbers come from draws, and `how` is
 * SAMPLED then; the proof says which. docs/questions/metrics.md defines each and says where GENIUS, NegMAS and
 * GeniusWeb differ. */
typedef struct truce_metrics {
    truce_finding finding;
    truce_list parties;
    truce_count outcomes, rational;
    double rational_fraction;
    const double *least, *greatest; /* [parties.count] over all that take part */
    const double *mean;             /* [parties.count] over the whole space */
    const double *reservation;      /* [parties.count] */
    const double *best_rational;    /* [parties.count] over the rational */
    size_t frontier_size;           /* 0 when out of reach */
    double opposition_genius;       /* distance of the nearest point from (1,...,1) */
    double opposition_kalai;        /* ... of the point where utilities differ least */
    double opposition_negmas; /* ... of the nearest, each u divided by its largest */
    double opposition_minmax; /* least over outcomes of the largest loss from 1 */
    double conflict;          /* share of pairs of outcomes ranked oppositely */
    double correlation;       /* of utilities over the space, mean over pairs */
} truce_metrics;

/* TRUCE_OK; TRUCE_NONE when no outcome takes part; TRUCE_LIMIT when something is not known;
 * TRUCE_CALL for parties that are not there or have no preferences. over may be NULL. */
TRUCE_API truce_status truce_metrics_find(const truce_scenario *scenario,
                                          const truce_list *over,
                                          const truce_stop *stop,
                                          truce_metrics **result, truce_error *error);
TRUCE_API void truce_metrics_free(truce_metrics *result);

#ifdef __cplusplus
}
#endif

#endif
