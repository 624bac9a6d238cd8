/* planning.h - a plan in the making: what is handed from one stage of the work to the next.
 *
 *     ranking   who comes before whom                       (ranking.c)
 *     select    who goes                                    (select.c, tariff.c)
 *     stages    in which handover                           (stages.c)
 *     pairs     who for whom                                (pairs.c)
 *     exposure  in which order within a handover, and what that asks of the sides
 *     plan      the result                                  (plan.c, write.c)
 *
 * Each takes the planning as the one before left it and adds its part.
 */
#ifndef EXCHANGE_PLANNING_H
#define EXCHANGE_PLANNING_H

#include "base/arena.h"

#include <truce/exchange.h>

enum { PLANNING_GOES = 0xff }; /* in fates: no exception */

typedef struct planning {
    const truce_lists *lists;
    const truce_exchange_wish *wish;
    const truce_stop *stop;
    arena *memory; /* the plan's */

    /* by ranking: which side of the lists the quotas and capacities of the wish call 0 and
     * 1; the days of the stages as the wish has them, and as the lists count them
     * (TRUCE_NO_DAY when nothing ties the two together: then nobody who may go has days of
     * readiness); who may go, ready on the day of some stage: first choice first */
    unsigned side_of[2];
    int32_t *days, *list_days; /* [stage_count] */
    size_t stage_count;
    uint32_t *order[2]; /* [eligible[s]] */
    size_t eligible[2];
    uint32_t *class_priority; /* [lists->classes.count] 0 goes first */
    uint64_t *rank_points;    /* [lists->ranks.count]; NULL without a tariff */

    /* begun by ranking (who may not go), filled by select, changed by stages:
     * [lists->count] PLANNING_GOES or a truce_exception_why */
    uint8_t *fates;

    /* by stages: [lists->count] from 1; 0 for those who do not go */
    uint32_t *stage_of;

    /* by pairs: [lists->count] or TRUCE_NO_PAIR; NULL when none were asked for */
    uint32_t *pair_of;
    size_t pair_count;

    /* by exposure */
    truce_leg *legs;
    size_t leg_count;
    truce_exposure exposure;

    truce_optimum *optima;
    size_t optimum_count, optimum_room;
    const char *short_of; /* the wish cannot be: why; NULL while it can */
    uint64_t most[2];
    truce_error *error;
} planning;

/* Each returns TRUCE_OK, TRUCE_NONE with short_of and most, TRUCE_CALL with error, or
 * TRUCE_LIMIT (and then leaves something real that is not proved). */
truce_status planning_rank(planning *p);
truce_status planning_select(planning *p);
truce_status planning_stages(planning *p);
truce_status planning_pairs(planning *p);
truce_status planning_exposure(planning *p);

/* May this person travel on the day of a stage, counted from 0? (ranking.c) */
bool planning_ready(const planning *p, const truce_person *who, size_t stage);

/* Is this person owed beside what was agreed: in no number, ratio, quota or total?
 * (ranking.c) */
bool planning_outside(const planning *p, const truce_person *who);

/* Who of two people goes first, whatever their sides: negative, 0 or positive as strcmp().
 * (ranking.c) */
int planning_compare(const planning *p, const truce_person *one,
                     const truce_person *other);

/* The choice of people where the sides' totals of points must be equal; planning_select()
 * asks for it. (tariff.c) */
truce_status planning_select_by_tariff(planning *p);

/* What a person counts as in totals and files: the first that holds. Held for long: captured
 * more than a year before the day of the first stage or, when nothing ties that day to those
 * of the lists, before the latest capture in them. (kinds.c) */
typedef enum planning_kind {
    PLANNING_OWED,
    PLANNING_WOUNDED, /* or sick */
    PLANNING_LONG_HELD,
    PLANNING_OTHER
} planning_kind;

typedef struct planning_kinds {
    int64_t long_before; /* the first day of capture that is not long ago */
} planning_kinds;

planning_kinds planning_kinds_of(const truce_lists *lists,
                                 const truce_exchange_wish *wish);
planning_kind planning_kind_of(planning_kinds kinds, const truce_person *who);

/* The wish's day as the lists count days, or TRUCE_NO_DAY. (kinds.c) */
int32_t planning_day_in_lists(const truce_lists *lists, const truce_exchange_wish *wish,
                              int32_t day);

/* 12345 as "12,345", in the plan's memory. (notes.c) */
const char *planning_figure(planning *p, uint64_t number);

/* Notes that something is optimal, or how far it is known to be (notes.c). Both are copied.
 * When stages change fates, what select noted is taken back: stages say then who goes, and
 * why those are the best. */
void planning_note(planning *p, const char *what, truce_proof_how how, const char *by,
                   ...) __attribute__((format(printf, 4, 5)));

#endif
