/* exchange.h - the exchange of prisoners: from two lists of people to handovers.
 *
 *     truce_lists_read -> truce_exchange_plan -> truce_plan_write_...
 *
 * Two sides, 0 and 1: side 0 holds the people of the first list, whom side 1 wants home,
 * and the reverse. People are known by their ids alone; a plan never has a name in it.
 * Whoever is eligible and does not go is an exception, with the reason.
 */
#ifndef TRUCE_EXCHANGE_H
#define TRUCE_EXCHANGE_H

#include <truce/file.h>
#include <truce/finding.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TRUCE_NO_DAY INT32_MIN /* a day that is not given */

/* ---- who ------------------------------------------------------------------------- */

typedef enum truce_health {
    TRUCE_FIT,
    TRUCE_WOUNDED,
    TRUCE_SICK,
    TRUCE_SERIOUSLY_WOUNDED,
    TRUCE_SERIOUSLY_SICK,
    TRUCE_UNFIT_TO_TRAVEL
} truce_health;

typedef enum truce_consent_given {
    TRUCE_CONSENTS,
    TRUCE_REFUSES,
    TRUCE_CONSENT_UNKNOWN
} truce_consent_given;

typedef enum truce_person_status {
    TRUCE_PERSON_VERIFIED,
    TRUCE_PERSON_CLAIMED,
    TRUCE_PERSON_DISPUTED,
    TRUCE_PERSON_DUPLICATE,
    TRUCE_PERSON_NOT_HELD,
    TRUCE_PERSON_DEAD
} truce_person_status;

/* One person of a list. Days are days since 1970-01-01, TRUCE_NO_DAY when not given.
 * worth_home (to the side it goes home to) and cost_holder (to the side that gives) are
 * in millionths. */
typedef struct truce_person {
    const char *id;
    uint64_t worth_home, cost_holder;
    uint32_t line;
    uint32_t class_index, rank, site;       /* lists->classes, ranks, sites */
    int32_t captured, ready_from, ready_to; /* ready on both days, too */
    uint8_t side;                           /* that holds the person */
    uint8_t health, consent, status;        /* the enums above */
    bool owed;     /* by law, not by trade: seriously wounded or sick */
    bool eligible; /* verified, consents, fit to travel */
} truce_person;

/* Both lists. people: side 0's in the order of its file, then side 1's. Classes, ranks and
 * sites are the words of the files in the order of their first appearance, side 0's file
 * first; class 0, rank 0 and site 0 are "" (not given). Days in a list may be dates
 * (2025-05-17) or, all of them, numbers from 1 (then days_are_numbers, and the numbers
 * stand as they are). */
typedef struct truce_lists {
    const char *files[2];
    char sha256[2][65];
    const char *names[2]; /* who holds: "RU", "UA" */
    const truce_person *people;
    size_t count;
    size_t first[3]; /* people of side s: first[s] to first[s + 1] - 1 */
    truce_texts classes, ranks, sites;
    bool days_are_numbers;
    void *memory;
} truce_lists;

/* Reads two lists (CSV as in RFC 4180, UTF-8, with a header; docs/exchange-files.md says which
 * columns). Every bad row is an error with its place, and reading goes on.
 *
 *   lists        to be freed; NULL unless TRUCE_OK
 *   diagnostics  up to 20 errors are kept, the others counted
 *
 * TRUCE_OK or TRUCE_INPUT. O(bytes); about 200 bytes of memory a person beside the file.
 */
TRUCE_API truce_status truce_lists_read(const char *first, const char *second,
                                        const truce_limits *limits, truce_lists **lists,
                                        truce_diagnostics *diagnostics);
TRUCE_API truce_status truce_lists_parse(
    const char *const names[2], const void *const bytes[2], const size_t lengths[2],
    const truce_limits *limits, truce_lists **lists, truce_diagnostics *diagnostics);
TRUCE_API void truce_lists_free(truce_lists *lists); /* NULL is fine */

/* ---- what is wished -------------------------------------------------------------- */

typedef enum truce_exchange_mode {
    TRUCE_EXCHANGE_ALL,    /* all for all: everybody eligible */
    TRUCE_EXCHANGE_NUMBER, /* numbers[s] people of each side, exactly */
    TRUCE_EXCHANGE_RATIO,  /* numbers[0] of side 0 for every numbers[1] of side 1 */
    TRUCE_EXCHANGE_QUOTA,  /* as many as the quotas let go */
    TRUCE_EXCHANGE_TARIFF  /* equal totals of points by rank */
} truce_exchange_mode;

/* At least and at most so many people of a class that a side holds. */
typedef struct truce_quota {
    truce_place place;
    const char *class_name;
    int side;             /* -1: each side */
    uint64_t least, most; /* most UINT64_MAX: no limit */
} truce_quota;

/* At most so many people at a site, of a side, on a day. */
typedef struct truce_capacity {
    truce_place place;
    const char *site; /* NULL: each site */
    int side;         /* that holds the people; -1: each side */
    int32_t day;      /* a stage's day as the stages give it; TRUCE_NO_DAY: each day */
    uint64_t most;
} truce_capacity;

typedef struct truce_rank_points {
    truce_place place;
    const char *rank;
    uint64_t points;
} truce_rank_points;

/* Who goes for whom: nobody for anybody; people of one class; of equal points by the tariff;
 * or two whose exchange is a gain to both sides: each gets home somebody worth more to it
 * (worth_home) than the other one costs it to give (cost_holder). Pairs are made within a
 * stage, of those within the agreed number: as many as can be, and among these like for like,
 * with the least sum of differences in worth_home. The latter is proved for groups of up to
 * TRUCE_ALIKE_GROUP people, by gain for stages of up to TRUCE_ALIKE_GAIN a side. */
typedef enum truce_pairs {
    TRUCE_PAIRS_NONE,
    TRUCE_PAIRS_CLASS,
    TRUCE_PAIRS_POINTS,
    TRUCE_PAIRS_GAIN
} truce_pairs;

enum { TRUCE_ALIKE_GROUP = 20000, TRUCE_ALIKE_GAIN = 512 };

/* What was agreed on the exchange: from flags, a rules file, or a scenario's `exchange:`.
 *
 *   sides      names as the rules know the sides, or NULL; when given, they must be those
 *              of the lists, in either order (numbers follow the lists' order)
 *   classes    those to go first, in this order; all others come after, as equals
 *   stage_days [stage_count] the day of each handover, ascending; days are numbers from 1,
 *              or days since 1970-01-01 when days_are_dates. NULL: days 1, 2, ...
 *   from       the date of day 1, TRUCE_NO_DAY when days stay numbers
 *   delta      how far the heads handed over by the sides may be apart at the end of a
 *              stage (in a ratio: how far from it, in heads of side 1)
 *
 * Balance: let h0 and h1 be the heads of the sides handed over up to the end of a stage,
 * those owed outside the number left out, and a : b what the sides give in all (in mode
 * ratio: the ratio). Then |h1 * a - h0 * b| <= delta * a + slack. The slack is 0 where a
 * and b are equal and in mode ratio; else heads are proportional within rounding, less
 * than one head of each side from the common share: slack = a + b - 1.
 */
typedef struct truce_exchange_wish {
    truce_place place;
    const char *lists[2]; /* paths as the file has them (relative to it), or NULL */
    const char *sides[2];
    truce_exchange_mode mode;
    uint64_t numbers[2];
    bool owed_inside;  /* the owed count within the agreed number */
    truce_pairs pairs; /* who for whom */
    bool
        one_by_one; /* within a stage people go one at a time, else both sides at once */
    truce_texts classes;
    const truce_quota *quotas;
    size_t quota_count;
    const truce_rank_points *tariff;
    size_t tariff_count;
    const truce_capacity *capacities;
    size_t capacity_count;
    const int32_t *stage_days;
    size_t stage_count; /* 0: one */
    bool days_are_dates;
    int32_t from;
    uint64_t delta;
    const char *note; /* what the reader should know of the lists, or NULL */
    void *memory;     /* NULL when a scenario owns it */
} truce_exchange_wish;

/* Reads a rules file (YAML; docs/exchange-files.md). TRUCE_OK or TRUCE_INPUT. */
TRUCE_API truce_status truce_rules_read(const char *path, truce_exchange_wish **wish,
                                        truce_diagnostics *diagnostics);
TRUCE_API truce_status truce_rules_parse(const char *name, const void *bytes,
                                         size_t length, truce_exchange_wish **wish,
                                         truce_diagnostics *diagnostics);
TRUCE_API void truce_wish_free(truce_exchange_wish *wish); /* NULL is fine */

/* ---- the plan -------------------------------------------------------------------- */

#define TRUCE_NO_PAIR UINT32_MAX

/* One person who goes. Legs are in the order of the sequence: by stage, and within a stage
 * in the order in which people are to go. */
typedef struct truce_leg {
    uint32_t person; /* lists->people */
    uint32_t stage;  /* from 1 */
    uint32_t pair;   /* number of the pair from 0, or TRUCE_NO_PAIR */
} truce_leg;

/* Why somebody does not go. */
typedef enum truce_exception_why {
    TRUCE_NOT_VERIFIED, /* and the status says how */
    TRUCE_NO_CONSENT,
    TRUCE_NOT_FIT_TO_TRAVEL,
    TRUCE_BEYOND_NUMBER,  /* eligible, ranks behind those who go */
    TRUCE_BEYOND_QUOTA,   /* the quota of the class is full */
    TRUCE_NOT_READY,      /* on no day of a stage */
    TRUCE_BEYOND_CAPACITY /* on those days the sites are full, or heads must be equal */
} truce_exception_why;

typedef struct truce_exception {
    uint32_t person;
    truce_exception_why why;
} truce_exception;

/* heads = owed + wounded + long_held + other: everybody counts once, as the first of these
 * that holds. wounded: or sick, seriously or not. long_held: captured more than a year
 * before the day of the first stage or, when nothing ties that day to those of the lists,
 * before the latest capture in them. */
typedef struct truce_stage_totals {
    uint32_t stage;
    int32_t day; /* as truce_exchange_wish.stage_days */
    uint64_t heads[2], owed[2], wounded[2], long_held[2], other[2];
    uint64_t points[2]; /* by tariff; those owed outside the number left out */
    /* worth still to come less cost still to give, for the side, after the stage, in
     * millionths */
    int64_t standing[2];
} truce_stage_totals;

/* What a side must put on keeping the process alive, so that going on is better for both
 * than breaking off at every moment (Sandholm & Lesser 1995), in millionths. */
typedef struct truce_exposure {
    uint64_t amount, bound; /* bound <= amount: no order within these stages has less */
    int side;               /* whose shortfall it is; -1 when amount is 0 */
    uint32_t stage;         /* after how many people of which stage it occurs */
    uint64_t gone;
} truce_exposure;

/* One thing that is optimal, and how that is known. */
typedef struct truce_optimum {
    const char *what;  /* "people home" */
    truce_proof proof; /* by: the certificate in words: "everybody left out of RU ranks
                          after RU-00412" */
} truce_optimum;

/*   finding.proof  PROVED when every optimum is
 *   short_of       when TRUCE_NONE: which wish cannot hold, and the most that can:
 *                  "1,000 of RU cannot go: 987 are eligible"; else NULL
 *   most           the most people of each side that can, by that reason alone
 */
typedef struct truce_plan {
    truce_finding finding;           /* scenario NULL */
    const truce_lists *lists;        /* not owned */
    const truce_exchange_wish *wish; /* not owned */
    const truce_leg *legs;
    size_t leg_count;
    const truce_exception *exceptions; /* in the order of the lists */
    size_t exception_count;
    const truce_stage_totals *stages;
    size_t stage_count;
    size_t pair_count;
    uint64_t heads[2], owed[2], eligible[2];
    truce_exposure exposure;
    const truce_optimum *optima;
    size_t optimum_count;
    const char *short_of;
    uint64_t most[2];
} truce_plan;

/* Who goes, for whom, and when.
 *
 * The choice of people is by strict order: (1) everybody owed, (2) most people home, (3)
 * by class priority, then longest held, (4) smallest id. Stages: the owed first, heads
 * equal (or in the ratio) at the end of each within delta, under capacities and days of
 * readiness; as many as the stages can carry.
 *
 * TRUCE_OK; TRUCE_NONE when the wish cannot be (plan->short_of says why; legs is empty);
 * TRUCE_CALL when the wish contradicts itself or names what the lists have not (a rank
 * without points, a class or site nobody has is no error); TRUCE_LIMIT when stopped: the
 * plan is real and its proof bounded. The lists and the wish must outlive the plan. */
TRUCE_API truce_status truce_exchange_plan(const truce_lists *lists,
                                           const truce_exchange_wish *wish,
                                           const truce_stop *stop, truce_plan **plan,
                                           truce_error *error);
TRUCE_API void truce_plan_free(truce_plan *plan); /* NULL is fine */

/* plan.csv (stage,day,site,direction,id,class,pair,reason), exceptions.csv
 * (id,holder,home,class,status,reason), plan.json (totals, wish, exposure, bound, hashes).
 * pair counts from 1; reason is owed, wounded, long-held or other in plan.csv, and in
 * exceptions.csv not-verified, no-consent, unfit-to-travel, beyond-number, beyond-quota,
 * not-ready or beyond-capacity. In plan.json what belongs to the sides is an array of two in
 * the order of the lists, worths are decimals, and the wish is
 *
 *     {"sides": [NAME, NAME], "mode": "all" | "n" | "ratio" | "quota" | "tariff",
 *      "numbers": [N, N], "owed": "outside" | "inside", "pairs": "no" | "class" | "points" | "gain", "one-by-one": BOOL,
 *      "classes": [NAME, ...],
 *      "quotas": [{"class": NAME, "side": NAME | null, "least": N, "most": N}, ...],
 *      "tariff": [{"rank": NAME, "points": N}, ...],
 *      "capacities": [{"site": NAME | null, "side": NAME | null, "day": DAY | null,
 *                      "most": N}, ...],
 *      "stages": [DAY, ...], "from": "2025-05-18" | null, "delta": N}
 *
 * where "most" of a quota is absent without a limit, days are numbers or "2025-05-18" as the
 * wish has them, and quotas and capacities speak of sides by their names.
 *
 * TRUCE_OK, or TRUCE_LIMIT when writing failed. */
TRUCE_API truce_status truce_plan_write_csv(const truce_plan *plan, FILE *out);
TRUCE_API truce_status truce_plan_write_exceptions(const truce_plan *plan, FILE *out);
TRUCE_API truce_status truce_plan_write_json(const truce_plan *plan, FILE *out);

/* The plan as an agreement (truce_accord_read()): one commitment for each stage and side, to
 * hand over as many people as go. The first stage is owed from its day on; each other one
 * from when the verifier says that the stage before is complete ("stage-1-complete"), for as
 * many days as the plan has from that stage to this one, and one more.
 *
 * TRUCE_OK; TRUCE_CALL when the plan has no dates, or nobody goes; TRUCE_LIMIT when writing
 * failed. */
TRUCE_API truce_status truce_plan_write_accord(const truce_plan *plan, FILE *out,
                                               truce_error *error);

/* ---- checking -------------------------------------------------------------------- */

/* One rule that was checked. */
typedef struct truce_plan_check {
    const char *rule; /* "each id once" */
    bool holds;
    uint64_t checked; /* how many things */
    const char
        *fault; /* with the line of the plan: "plan.csv:17: RU-00412 goes twice" */
} truce_plan_check;

typedef struct truce_plan_verdict {
    truce_finding finding;
    bool holds;
    const truce_plan_check *checks;
    size_t count;
    uint64_t heads[2];
    truce_exposure exposure; /* recomputed; bound is 0 */
    size_t faults;
    void *memory;
} truce_plan_verdict;

/* Checks a plan file against the lists, by code of its own (nothing of the planner).
 *
 *   wish  what was agreed; NULL: only what needs no wish is checked (each id once,
 *         eligible, the owed first, dates, order within a stage)
 *   json  the plan.json beside it, or NULL: its totals, hashes and exposure are checked
 *         too
 *
 * TRUCE_OK when it holds, TRUCE_NONE when not, TRUCE_INPUT when it is no plan. */
TRUCE_API truce_status truce_plan_check_file(const char *plan, const char *json,
                                             const truce_lists *lists,
                                             const truce_exchange_wish *wish,
                                             truce_plan_verdict **result,
                                             truce_diagnostics *diagnostics);
TRUCE_API void truce_plan_verdict_free(truce_plan_verdict *result); /* NULL is fine */

/* The wish that a plan.json states, to be freed with truce_wish_free(). TRUCE_OK or
 * TRUCE_INPUT. */
TRUCE_API truce_status truce_plan_wish_read(const char *json,
                                            truce_exchange_wish **wish,
                                            truce_diagnostics *diagnostics);

/* ---- made-up lists --------------------------------------------------------------- */

/* Synthetic people: nobody in them lives. */
typedef struct truce_people_generation {
    const char *sides[2];
    uint64_t counts[2]; /* people in each list, eligible or not */
    uint64_t seed;
    unsigned sites; /* at each side; 0: 4 */
    bool plain;     /* everybody eligible, worth and cost 1 */
    unsigned
        ready_days; /* four in ten are ready only from, or to, one of so many days; 0:
                            everybody always */
    int32_t ready_from; /* the first of those, since 1970-01-01 */
} truce_people_generation;

/* Writes one of the two lists; the same choices give the same bytes in every version.
 * TRUCE_OK; TRUCE_CALL; TRUCE_LIMIT when writing failed. */
TRUCE_API truce_status truce_people_generate(const truce_people_generation *choices,
                                             unsigned side, FILE *out,
                                             truce_error *error);

#ifdef __cplusplus
}
#endif

#endif
