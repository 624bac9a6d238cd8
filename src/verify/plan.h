/* plan.h - the inside of the checker of exchange plans.
 *
 *     read    plan.csv into rows, each with its line                       (plan_read.c)
 *     rules   one function a rule, which looks at all rows and counts      (plan_rules.c)
 *     order   who was left out, and who went before whom                   (plan_order.c)
 *     totals  exposure, and what plan.json says                            (plan_totals.c)
 *
 * Nothing here knows how a plan is made.
 */
#ifndef VERIFY_PLAN_H
#define VERIFY_PLAN_H

#include "base/arena.h"

#include <truce/exchange.h>

enum { PLAN_ABSENT = 0 };

typedef struct plan_row {
    uint32_t line, stage, person;
    uint64_t pair; /* 0: none */
    int32_t day;   /* as it stands there: a number, or days since 1970 */
    bool day_is_date;
} plan_row;

/* A plan while it is checked.
 *
 *   stage_of  [lists->count] 0 for whoever does not go
 *   row_of    [lists->count] the row of who goes
 *   stages    the largest of the plan and of the wish
 */
typedef struct plan_checking {
    const char *file;
    const truce_lists *lists;
    const truce_exchange_wish *wish; /* or NULL */
    plan_row *rows;
    size_t row_count;
    uint32_t *stage_of;
    size_t *row_of;
    uint32_t stages;
    arena *memory;
    truce_plan_check *checks;
    size_t check_count, faults;
} plan_checking;

/* One rule that is being checked: counts, and keeps the first fault. */
typedef struct plan_rule {
    plan_checking *in;
    truce_plan_check *check;
    size_t faults;
} plan_rule;

plan_rule rule_begin(plan_checking *in, const char *name);

/* One thing looked at; with a fault when it is not so. row SIZE_MAX: of no row. */
void rule_check(plan_rule *rule, bool is_so, size_t row, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Is the person left out of all balances and numbers, because owed outside them? */
bool plan_outside(const plan_checking *in, const truce_person *who);

/* The day of a stage in the scale of the lists' days; false when they cannot be compared.
 */
bool plan_day(const plan_checking *in, uint32_t stage, int32_t *day);
bool plan_is_ready(const plan_checking *in, const truce_person *who, uint32_t stage);

/* How many may leave a site of a side at a stage. UINT64_MAX: any number. */
uint64_t plan_room(const plan_checking *in, unsigned side, uint32_t site,
                   uint32_t stage);

/* The points of a rank; 0 without a tariff. */
uint64_t plan_points(const plan_checking *in, const truce_person *who);

/* Reads the plan; false, with errors in diagnostics, when it is none. What is merely wrong
 * becomes a fault. */
bool plan_read(plan_checking *in, const char *path, truce_diagnostics *diagnostics);

void plan_check_rows(plan_checking *in);
void plan_check_numbers(plan_checking *in);
void plan_check_room(plan_checking *in);
void plan_check_balance(plan_checking *in);
void plan_check_pairs(plan_checking *in);
void plan_check_owed(plan_checking *in);
void plan_check_choice(plan_checking *in);

truce_exposure plan_exposure(const plan_checking *in);

/* Compares totals, hashes and exposure with those of plan.json. */
bool plan_check_json(plan_checking *in, const char *path,
                     const truce_exposure *exposure, truce_diagnostics *diagnostics);

#endif
