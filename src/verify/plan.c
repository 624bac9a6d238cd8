/* The verdict on a plan: every rule is looked at, whatever came of those before. */
#include "verify/plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_RULES = 24 };

plan_rule rule_begin(plan_checking *in, const char *name)
{
    truce_plan_check *check = &in->checks[in->check_count++];
    *check = (truce_plan_check){.rule = name, .holds = true};
    return (plan_rule){in, check, 0};
}

void rule_check(plan_rule *rule, bool is_so, size_t row, const char *format, ...)
{
    rule->check->checked++;
    if (is_so)
        return;
    rule->in->faults++;
    if (!rule->check->holds)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_format_v(rule->in->memory, format, arguments);
    va_end(arguments);
    rule->check->holds = false;
    rule->check->fault =
        row == SIZE_MAX ? text
                        : arena_format(rule->in->memory, "%s:%u: %s", rule->in->file,
                                       (unsigned)rule->in->rows[row].line, text);
}

static void check_rules(plan_checking *in)
{
    const truce_exchange_wish *wish = in->wish;
    if (wish && wish->stage_count > in->stages)
        in->stages = (uint32_t)wish->stage_count;
    plan_check_rows(in);
    plan_check_numbers(in);
    plan_check_room(in);
    plan_check_balance(in);
    plan_check_pairs(in);
    plan_check_owed(in);
    plan_check_choice(in);
}

static void tell(truce_plan_verdict *told, const plan_checking *in)
{
    told->holds = in->faults == 0;
    told->faults = in->faults;
    told->checks = in->checks;
    told->count = in->check_count;
    told->exposure = plan_exposure(in);
    for (size_t k = 0; k < in->row_count; k++)
        told->heads[in->lists->people[in->rows[k].person].side]++;
    told->finding.question = "exchange verify";
    told->finding.proof.how = TRUCE_PROVED;
    told->finding.proof.by = in->wish ? "every rule was looked at, for every person"
                                      : "every rule that needs no wish was looked at";
}

truce_status truce_plan_check_file(const char *plan, const char *json,
                                   const truce_lists *lists,
                                   const truce_exchange_wish *wish,
                                   truce_plan_verdict **result,
                                   truce_diagnostics *diagnostics)
{
    arena memory = {0};
    truce_plan_verdict *told = arena_new(&memory, truce_plan_verdict);
    plan_checking in = {.file = arena_text(&memory, plan),
                        .lists = lists,
                        .wish = wish,
                        .memory = &memory,
                        .checks = arena_array(&memory, MOST_RULES, truce_plan_check)};
    in.stage_of = must_allocate_zeroed(lists->count + 1, sizeof *in.stage_of);
    in.row_of = must_allocate_zeroed(lists->count + 1, sizeof *in.row_of);
    bool read = plan_read(&in, plan, diagnostics);
    if (read) {
        truce_exposure exposure = plan_exposure(&in);
        check_rules(&in);
        read = json == NULL || plan_check_json(&in, json, &exposure, diagnostics);
        tell(told, &in);
    }
    free(in.rows);
    free(in.stage_of);
    free(in.row_of);
    told->memory = memory.last;
    *result = told;
    if (read)
        return told->holds ? TRUCE_OK : TRUCE_NONE;
    truce_plan_verdict_free(told);
    *result = NULL;
    return TRUCE_INPUT;
}

void truce_plan_verdict_free(truce_plan_verdict *result)
{
    if (result == NULL)
        return;
    arena memory = {result->memory}; /* a copy: the verdict lives in it */
    arena_free(&memory);
}
