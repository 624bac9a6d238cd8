/* brief.h - the questions that read the talks: who, evidence, wait, flip, rounds, text,
 * diff, and the brief made of all of them. */
#ifndef TRUCE_BRIEF_H
#define TRUCE_BRIEF_H

#include <truce/exchange.h>
#include <truce/solve.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- who: who is there, and what can they settle? -------------------------------- */

/* An issue that those in the room cannot settle among themselves. */
typedef struct truce_unsettled {
    size_t issue;
    truce_list needed; /* parties whose consent a change of it takes */
    truce_list absent; /* of these, who has no delegation in the room */
    truce_list refer;  /* ... whose delegation must refer it home */
    truce_list beyond; /* ... whose delegation has no mandate for it */
} truce_unsettled;

typedef struct truce_who {
    truce_finding finding;
    const truce_unsettled *unsettled;
    size_t unsettled_count;
    truce_list gates; /* scenario->order */
} truce_who;

TRUCE_API truce_status truce_who_find(const truce_scenario *scenario,
                                      const truce_stop *stop, truce_who **result,
                                      truce_error *error);
TRUCE_API void truce_who_free(truce_who *result);

/* ---- evidence: what was said, and what rests on it? ------------------------------ */

/* What makes a claim one to be careful with; several may hold at once. */
typedef enum truce_caution {
    TRUCE_CORRECTED = 1,
    TRUCE_DOUBTFUL = 2, /* credibility 5 or 6 */
    TRUCE_HEARSAY = 4,  /* passed on by somebody */
    TRUCE_AMBIGUOUS = 8 /* carries a threat that can be read in several ways */
} truce_caution;

typedef struct truce_testimony {
    size_t claim;
    unsigned cautions;
    /* ids of what rests on it: demands, rules, facts, threats, ... */
    truce_texts carries;
} truce_testimony;

/* Two things that do not fit together: ids, and one neutral sentence saying how. Both ids are
 * the same when there is nothing to point at beside the thing itself. */
typedef struct truce_disagreement {
    const char *one, *other;
    const char *how;
} truce_disagreement;

typedef struct truce_evidence_choices {
    /* id of anything: only the claims it rests on; or of a claim; or NULL */
    const char *of;
} truce_evidence_choices;

typedef struct truce_evidence {
    truce_finding finding;
    const truce_testimony *testimonies; /* by source, then in the order of the file */
    size_t count;
    const truce_disagreement *disagreements;
    size_t disagreement_count;
    const char *of;
} truce_evidence;

/* TRUCE_CALL when `of` names nothing (the error holds the nearest id). */
TRUCE_API truce_status truce_evidence_find(const truce_scenario *scenario,
                                           const truce_evidence_choices *choices,
                                           const truce_stop *stop,
                                           truce_evidence **result, truce_error *error);
TRUCE_API void truce_evidence_free(truce_evidence *result);

/* ---- wait: what does time do? ---------------------------------------------------- */

typedef struct truce_wait_date {
    int64_t day;          /* from clock.now */
    const double *floors; /* [party_count]; NaN without one */
    truce_count acceptable;
} truce_wait_date;

/* One reading of a threat (or the threat itself when it names none), carried out today.
 */
typedef struct truce_threat_effect {
    size_t threat, reading;    /* reading is TRUCE_NOBODY when it has none */
    const double *changes;     /* [party_count] u(S with the reading) - u(S) */
    const double *floor_moves; /* [party_count] */
    truce_count acceptable;    /* with the floors so moved */
    bool idle;                 /* the reading changes nothing against S */
} truce_threat_effect;

/* An answer that is not the same at two neighbouring dates. */
typedef struct truce_wait_change {
    int64_t day;      /* the first at which it is different */
    const char *what; /* "a deal exists" */
    const char *before, *after;
} truce_wait_change;

typedef struct truce_wait_choices {
    int64_t days, step; /* 0 means 180 and 30 */
} truce_wait_choices;

typedef struct truce_wait {
    truce_finding finding;
    const truce_wait_date *dates;
    size_t date_count;
    const truce_wait_change *changes;
    size_t change_count;
    const truce_threat_effect *threats;
    size_t threat_count;
} truce_wait;

TRUCE_API truce_status truce_wait_find(const truce_scenario *scenario,
                                       const truce_wait_choices *choices,
                                       const truce_stop *stop, truce_wait **result,
                                       truce_error *error);
TRUCE_API void truce_wait_free(truce_wait *result);

/* ---- flip: which number carries the answer? -------------------------------------- */

/* One answer and the single number whose smallest move reverses it. */
typedef struct truce_flip {
    const char *answer; /* "deal", "move:exchange=all-for-all", "observed:b3:RU" */
    bool holds; /* now: a deal exists, the move is there, the decision reproduced */
    /* or NULL when no single number within its range does it */
    const truce_number *number;
    double from, threshold, distance; /* in the file's units */
    bool must_pass; /* the threshold itself does not reverse it; any step beyond does */
    /* false: no number was found, and not all were looked at: the space was too large, or
     * a party's utility has a cap and so is not linear in its numbers */
    bool searched;
    uint64_t held; /* draws, of choices.draws, in which the answer is as now */
} truce_flip;

typedef struct truce_flips_choices {
    uint64_t draws, seed; /* draws 0 means 1,000; seed is taken as it is */
    double spread;        /* percent around plain numbers, 0 keeps them still */
} truce_flips_choices;

typedef struct truce_flips {
    truce_finding finding;
    const truce_flip *items;
    size_t count;
    uint64_t draws, seed;
    double spread;
    size_t ranged; /* numbers that were drawn */
} truce_flips;

/* For each answer its tipping number, and how often it holds when all ranged numbers
 * are drawn at once. The same bytes for any number of threads. TRUCE_NONE when there is
 * no answer to flip (no deal question, no move, nothing observed). Clashes of demands
 * rest on no number. */
TRUCE_API truce_status truce_flips_find(const truce_scenario *scenario,
                                        const truce_flips_choices *choices,
                                        const truce_stop *stop, truce_flips **result,
                                        truce_error *error);
TRUCE_API void truce_flips_free(truce_flips *result);

/* ---- rounds: positions from round to round --------------------------------------- */

/* A position of a party on an issue in a round, or its present demand (round
 * TRUCE_NOBODY). */
typedef struct truce_stand {
    size_t round, party, issue;
    const char *text; /* a value's name, or the demand's condition */
    const char *id;   /* of the round, or of the demand */
} truce_stand;

typedef struct truce_shift {
    size_t party, issue;
    const truce_stand *before, *after;
    bool moved; /* false: the same from round to round */
} truce_shift;

typedef struct truce_rounds {
    truce_finding finding;
    const truce_stand *stands; /* by issue, party, round */
    size_t stand_count;
    const truce_shift *shifts;
    size_t shift_count;
    truce_list framed; /* rounds with a frame: which earlier text somebody refers to */
} truce_rounds;

TRUCE_API truce_status truce_rounds_find(const truce_scenario *scenario,
                                         const truce_stop *stop, truce_rounds **result,
                                         truce_error *error);
TRUCE_API void truce_rounds_free(truce_rounds *result);

/* ---- text: the single negotiating text ------------------------------------------- */

typedef struct truce_bracket {
    size_t party;
    const char *wants; /* as the demand has it */
    size_t demand;
} truce_bracket;

typedef struct truce_clause {
    size_t issue;
    bool settled; /* agreed or in force: value is what was agreed */
    truce_value value;
    size_t agreement; /* or TRUCE_NOBODY */
    const truce_bracket
        *brackets; /* of a settled clause: what its value leaves unmet */
    size_t bracket_count;
} truce_clause;

typedef struct truce_text {
    truce_finding finding;
    const truce_clause *clauses; /* [issue_count] */
} truce_text;

TRUCE_API truce_status truce_text_find(const truce_scenario *scenario,
                                       const truce_stop *stop, truce_text **result,
                                       truce_error *error);
TRUCE_API void truce_text_free(truce_text *result);

/* ---- sheet: what one party has to know at the table ------------------------------ */

/* What outcomes are worth to one party, issue by issue: an outcome is worth the sum of its
 * values' points, and of the bonuses that hold.
 *
 *   points     [issue_count][value_count]
 *   spread     [issue_count] between an issue's least and greatest points
 *   by_spread  [issue_count] issues, those with the largest spread first
 *   bonuses    [bonus_count] of its preferences
 *   today      what the status quo, with what is in force, is worth
 *   outside    what it has without agreement; NaN when nothing is known of that
 */
typedef struct truce_scorecard {
    size_t party;
    const double *const *points;
    const double *spread;
    const size_t *by_spread;
    const double *bonuses;
    double today, outside;
} truce_scorecard;

typedef struct truce_sheet {
    truce_finding finding;
    size_t reader; /* the party that it is for, or TRUCE_NOBODY */
    const truce_scorecard
        *scores; /* of the reader, if it has preferences; or of all that do */
    size_t score_count;
} truce_sheet;

/* The role sheet of a party, or, for TRUCE_NOBODY, the key to all scores. What a reader may
 * not see is kept from the scenario by reading it so (truce_reading.shown_to); a role sheet
 * then keeps to what the party itself wants, and to what others said aloud: it holds nobody
 * else's numbers and red lines, whoever may see them. Always TRUCE_OK. O(parties * values). */
TRUCE_API truce_status truce_sheet_find(const truce_scenario *scenario, size_t reader,
                                        const truce_stop *stop, truce_sheet **result,
                                        truce_error *error);
TRUCE_API void truce_sheet_free(truce_sheet *result);

/* ---- brief: all of it on two pages ----------------------------------------------- */

typedef struct truce_brief_choices {
    uint64_t draws, seed; /* for flip; draws 0 means 1,000 */
    int64_t days, step;   /* for wait; 0 means 180 and 30 */
} truce_brief_choices;

/* The parts are results of their own and belong to the brief. */
typedef struct truce_brief {
    truce_finding finding;
    truce_who *who;
    truce_evidence *evidence;
    truce_rounds *rounds;
    truce_now *now, *pairs; /* moves of one issue, of two */
    truce_deals *deals;
    truce_clashes *clashes;
    truce_order *order;
    truce_unlock *unlock;
    truce_wait *wait;
    truce_flips *flips;
    truce_text *text;
    truce_reality *reality;
    truce_lists *lists;  /* of the scenario's `exchange:`, or NULL */
    truce_plan *plan;    /* of them, or NULL */
    const char *no_plan; /* why there is none though the scenario has lists, or NULL */
} truce_brief;

/* TRUCE_OK, or TRUCE_LIMIT when some part was cut short (that part says so). */
TRUCE_API truce_status truce_brief_find(const truce_scenario *scenario,
                                        const truce_brief_choices *choices,
                                        const truce_stop *stop, truce_brief **result,
                                        truce_error *error);
TRUCE_API void truce_brief_free(truce_brief *result);

/* ---- diff: what changed between two files, and which answers with it? ------------ */

typedef struct truce_difference {
    const char *path;           /* "preferences.UA.weights.ceasefire", "demands.d1" */
    const char *before, *after; /* NULL: absent */
} truce_difference;

typedef struct truce_diff {
    truce_finding finding; /* its scenario is the second one */
    const truce_scenario *before;
    const truce_difference *things;
    size_t thing_count;
    const truce_difference *answers; /* path names the question: "deals.acceptable" */
    size_t answer_count;
} truce_diff;

/* TRUCE_OK, also when nothing differs. */
TRUCE_API truce_status truce_diff_find(const truce_scenario *before,
                                       const truce_scenario *after,
                                       const truce_stop *stop, truce_diff **result,
                                       truce_error *error);
TRUCE_API void truce_diff_free(truce_diff *result);

#ifdef __cplusplus
}
#endif

#endif
