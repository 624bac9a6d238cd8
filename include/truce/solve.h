/* solve.h - the exact questions: deals, clash, unlock, order, now.
 *
 * S is the status quo with the agreements in force. Definitions stand in
 * docs/questions/.
 */
#ifndef TRUCE_SOLVE_H
#define TRUCE_SOLVE_H

#include <truce/finding.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Kinds of constraints beside demands, to be added to clashes or left out of unlocking.
 */
typedef enum truce_kinds {
    TRUCE_RED_LINES = 1,
    TRUCE_FLOORS = 2,
    TRUCE_RULES = 4
} truce_kinds;

/* ---- deals: which outcomes could everybody needed accept? ------------------------ */

typedef enum truce_point_kind {
    TRUCE_NASH,
    TRUCE_KALAI_SMORODINSKY,
    TRUCE_EGALITARIAN,
    TRUCE_UTILITARIAN,
    TRUCE_POINT_KINDS
} truce_point_kind;

/* All tied outcomes of one solution point; at most `most` are listed, total counts them
 * all. */
typedef struct truce_point {
    const truce_rating *outcomes;
    size_t count;
    truce_count total;
} truce_point;

typedef struct truce_deals_choices {
    /* parties to add to those with consent: all when judging efficiency */
    truce_list over;
    size_t most; /* outcomes listed for each point; 0 means 100 */
    int64_t day; /* floors as they will be so many days from clock.now */
    const truce_decimal *floor_shift; /* [party_count] added to the floors, or NULL */
} truce_deals_choices;

typedef struct truce_deals {
    truce_finding finding;
    truce_count outcomes, acceptable_to_principals, acceptable, efficient;
    truce_list over;      /* the parties efficiency was judged for */
    const double *floors; /* [party_count]; NaN for a party without one */
    truce_point points[TRUCE_POINT_KINDS];
    /* when none is acceptable: ids that together leave nothing */
    truce_texts blocked_by;
} truce_deals;

/* Counts the outcomes acceptable to the principals and to everybody needed, and finds
 * the efficient ones and the fair points among them.
 *
 * TRUCE_OK; TRUCE_NONE when it is proved that none is acceptable; TRUCE_LIMIT when
 * stopped (counts are bounds then); TRUCE_CALL for an unknown party in choices. choices
 * may be NULL. Time: O(outcomes * parties) at worst, in blocks, with whole blocks
 * skipped that no floor allows. Sources: Nash 1950; Kalai and Smorodinsky 1975; Kalai
 * 1977.
 */
TRUCE_API truce_status truce_deals_find(const truce_scenario *scenario,
                                        const truce_deals_choices *choices,
                                        const truce_stop *stop, truce_deals **result,
                                        truce_error *error);
TRUCE_API void truce_deals_free(truce_deals *result);

/* ---- clash: which demands cannot all hold? --------------------------------------- */

/* One minimal set that cannot hold. ids and parties [count]: a member's id, and its
 * owner. witnesses [count]: outcome [issue_count] that keeps every member but this one.
 */
typedef struct truce_clash {
    const char *const *ids;
    const size_t *parties;
    const truce_value *const *witnesses;
    size_t count;
    /* ids of the `by: logic` rules without which it would not be one */
    truce_texts logic;
} truce_clash;

typedef struct truce_clashes_choices {
    unsigned with; /* truce_kinds that take part beside the demands */
    size_t most;   /* stop after so many; 0 means 10,000 */
} truce_clashes_choices;

typedef struct truce_clashes {
    truce_finding finding;
    const truce_clash *items;
    size_t count;
    size_t members; /* how many demands and other constraints took part */
    bool cut;       /* more exist, or may exist, than are listed */
} truce_clashes;

/* Every minimal set of demands that cannot all hold, fewest members first.
 *
 * TRUCE_OK, also when the list was cut by `most` (it says so); TRUCE_NONE when all can hold
 * together; TRUCE_LIMIT when stopped.
 * Method: MARCO (Liffiton, Previti, Malik, Marques-Silva, Fast, flexible MUS
 * enumeration, Constraints 21, 2016) over CaDiCaL; floors by an exact feasibility
 * search.
 */
TRUCE_API truce_status truce_clashes_find(const truce_scenario *scenario,
                                          const truce_clashes_choices *choices,
                                          const truce_stop *stop,
                                          truce_clashes **result, truce_error *error);
TRUCE_API void truce_clashes_free(truce_clashes *result);

/* ---- unlock: what would have to be given for a deal? ----------------------------- */

/* One demand of a way: its index, and a minimal set of ids that rule it out. */
typedef struct truce_concession {
    size_t demand;
    truce_texts because;
} truce_concession;

typedef struct truce_way {
    const truce_concession *give;
    size_t count;
    truce_count outcomes; /* acceptable ones that keep every other demand */
} truce_way;

typedef struct truce_unlock_choices {
    unsigned without; /* truce_kinds that are left out of account */
    size_t most;      /* list at most so many ways; 0 means 20 */
} truce_unlock_choices;

typedef struct truce_unlock {
    truce_finding finding;
    const truce_way *ways;
    size_t count;
    size_t fewest;          /* members of the smallest way */
    bool cut;               /* more ways exist, or may exist */
    truce_texts blocked_by; /* when nothing helps: ids that together leave nothing */
} truce_unlock;

/* Every minimal set of demands whose giving up leaves an acceptable outcome that keeps
 * the rest: fewest members first, then most outcomes, then the order of the file. One
 * empty way when nothing need be given. TRUCE_NONE when even giving all up leaves
 * nothing. A list cut by `most` alone is still TRUCE_OK, and says so. */
TRUCE_API truce_status truce_unlock_find(const truce_scenario *scenario,
                                         const truce_unlock_choices *choices,
                                         const truce_stop *stop, truce_unlock **result,
                                         truce_error *error);
TRUCE_API void truce_unlock_free(truce_unlock *result);

/* ---- order: who waits for whom? -------------------------------------------------- */

/* Constraints (scenario->order) each of which leads to the next, the last to the first.
 */
typedef struct truce_cycle {
    const size_t *constraints;
    size_t count;
    bool relaxed; /* some constraint in it is not kept in practice */
    bool met;     /* some constraint in it is already met */
} truce_cycle;

/* An issue or a step that constraints hold back: issue or step is TRUCE_NOBODY. */
typedef struct truce_held {
    size_t issue, step;
    truce_list by; /* constraints */
} truce_held;

typedef struct truce_order_choices {
    size_t most; /* cycles listed, and sets of breaks; 0 means 1,000 */
} truce_order_choices;

typedef struct truce_order {
    truce_finding finding;
    const bool *met; /* [order_count] */
    const truce_cycle *cycles;
    size_t cycle_count;
    bool cycles_cut;
    /* minimal sets of constraints that, relaxed, leave no cycle */
    const truce_list *breaks;
    size_t break_count;
    bool breaks_cut;
    bool unbreakable; /* a cycle of logic alone: the file contradicts itself */
    truce_list gates;
    const truce_held *held;
    size_t held_count;
    truce_list free_issues, free_steps;
} truce_order;

/* Cycles among the order constraints, what would break them, gates, what is held and
 * free. TRUCE_NONE when there is neither cycle nor gate nor held step. Never
 * TRUCE_LIMIT by size: lists are cut and say so. Sources: Tarjan 1972 (components),
 * Johnson 1975 (cycles). */
TRUCE_API truce_status truce_order_find(const truce_scenario *scenario,
                                        const truce_order_choices *choices,
                                        const truce_stop *stop, truce_order **result,
                                        truce_error *error);
TRUCE_API void truce_order_free(truce_order *result);

/* ---- now: what can be signed today? ---------------------------------------------- */

typedef enum truce_signing {
    TRUCE_MAY_SIGN,
    TRUCE_MUST_REFER,
    TRUCE_CANNOT_SIGN
} truce_signing;

typedef enum truce_seen {
    TRUCE_UNSEEN,
    TRUCE_SEEN_AGREED,
    TRUCE_SEEN_REFUSED
} truce_seen;

typedef struct truce_move {
    truce_settings set;
    const double *changes; /* [party_count] u(move) - u(S) */
    const bool *needed;    /* [party_count] */
    /* [party_count] of the needed; others TRUCE_MAY_SIGN */
    const truce_signing *signing;
    const bool *absent; /* [party_count] needed and without a delegation in the room */
    truce_signing may_sign; /* the worst of the needed parties' */
    truce_seen seen;
} truce_move;

typedef struct truce_now_choices {
    size_t size; /* issues changed at once; 0 means 1 */
    size_t most; /* moves listed; 0 means 10,000 */
} truce_now_choices;

typedef struct truce_now {
    truce_finding finding;
    const truce_move *moves;
    size_t count;
    size_t size;
    size_t tried; /* changes looked at */
    size_t held;  /* ... of which order constraints hold back this many */
    bool cut;
    const bool *below_floor; /* [party_count] u(S) lies below the outside option */
} truce_now;

/* Every change of `size` issues from S by which every needed party is no worse off and
 * some principal is better off, no red line or rule is newly broken and nothing holds
 * it back. TRUCE_NONE when there is none. O(changes * parties * issues). */
TRUCE_API truce_status truce_now_find(const truce_scenario *scenario,
                                      const truce_now_choices *choices,
                                      const truce_stop *stop, truce_now **result,
                                      truce_error *error);
TRUCE_API void truce_now_free(truce_now *result);

#ifdef __cplusplus
}
#endif

#endif
