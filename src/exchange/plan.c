/* plan: the steps of planning.h one after the other, and what comes of them: legs, exceptions,
 * totals of each stage, and how each part is proved. A step that was stopped leaves something
 * real, and the next ones go on from it; the plan then says what is not proved.
 */
#include "exchange/planning.h"
#include "scenario/result.h"

#include <string.h>

/* ---- totals ---------------------------------------------------------------------- */

static void count_person(const planning *p, truce_stage_totals *totals,
                         planning_kinds kinds, const truce_person *who)
{
    uint64_t *counts[] = {
        [PLANNING_OWED] = totals->owed,
        [PLANNING_WOUNDED] = totals->wounded,
        [PLANNING_LONG_HELD] = totals->long_held,
        [PLANNING_OTHER] = totals->other,
    };
    totals->heads[who->side]++;
    counts[planning_kind_of(kinds, who)][who->side]++;
    if (p->rank_points && !planning_outside(p, who))
        totals->points[who->side] += p->rank_points[who->rank];
}

/* Within 63 bits, whatever the lists say. */
static int64_t add_within(int64_t sum, uint64_t amount, bool negative)
{
    int64_t bounded = amount > INT64_MAX ? INT64_MAX : (int64_t)amount;
    int64_t result;
    if (__builtin_add_overflow(sum, negative ? -bounded : bounded, &result))
        return negative ? -INT64_MAX : INT64_MAX;
    return result;
}

/* From the last stage backwards, what is to come after each. Nothing is given for those owed
 * outside the number. */
static void set_standings(const planning *p, truce_stage_totals *stages)
{
    int64_t standing[2] = {0, 0};
    size_t leg = p->leg_count;
    for (size_t t = p->stage_count; t-- > 0;) {
        stages[t].standing[0] = standing[0];
        stages[t].standing[1] = standing[1];
        for (; leg > 0 && p->legs[leg - 1].stage == t + 1; leg--) {
            const truce_person *who = &p->lists->people[p->legs[leg - 1].person];
            unsigned gives = who->side, gets = 1 - gives;
            if (planning_outside(p, who))
                continue;
            standing[gets] = add_within(standing[gets], who->worth_home, false);
            standing[gives] = add_within(standing[gives], who->cost_holder, true);
        }
    }
}

static void add_up(const planning *p, truce_plan *plan)
{
    planning_kinds kinds = planning_kinds_of(p->lists, p->wish);
    truce_stage_totals *stages =
        arena_array(p->memory, p->stage_count, truce_stage_totals);
    for (size_t t = 0; t < p->stage_count; t++) {
        stages[t].stage = (uint32_t)(t + 1);
        stages[t].day = p->days[t];
    }
    for (size_t k = 0; k < p->leg_count; k++) {
        const truce_person *who = &p->lists->people[p->legs[k].person];
        count_person(p, &stages[p->legs[k].stage - 1], kinds, who);
        plan->heads[who->side]++;
        plan->owed[who->side] += who->owed;
    }
    set_standings(p, stages);
    plan->stages = stages;
    plan->stage_count = p->stage_count;
}

/* ---- the result ------------------------------------------------------------------ */

static void list_exceptions(const planning *p, truce_plan *plan)
{
    size_t count = 0;
    for (size_t k = 0; k < p->lists->count; k++)
        count += p->fates[k] != PLANNING_GOES;
    truce_exception *exceptions = arena_array(p->memory, count, truce_exception);
    for (size_t k = 0; k < p->lists->count; k++)
        if (p->fates[k] != PLANNING_GOES)
            exceptions[plan->exception_count++] =
                (truce_exception){(uint32_t)k, (truce_exception_why)p->fates[k]};
    plan->exceptions = exceptions;
}

static void set_proof(const planning *p, truce_plan *plan)
{
    plan->optima = p->optima;
    plan->optimum_count = p->optimum_count;
    if (p->short_of) {
        result_proved(&plan->finding, "%s", p->short_of);
        return;
    }
    for (size_t k = 0; k < p->optimum_count; k++)
        if (p->optima[k].proof.how != TRUCE_PROVED) {
            result_bounded(&plan->finding, "%s: %s", p->optima[k].what,
                           p->optima[k].proof.by);
            return;
        }
    result_proved(&plan->finding, "each choice is the best, by its own certificate");
}

static void fill(truce_plan *plan, const planning *p, truce_status status)
{
    plan->lists = p->lists;
    plan->wish = p->wish;
    for (size_t k = 0; k < p->lists->count; k++)
        plan->eligible[p->lists->people[k].side] += p->lists->people[k].eligible;
    list_exceptions(p, plan);
    set_proof(p, plan);
    plan->exposure.side = -1;
    if (status == TRUCE_NONE) {
        plan->short_of = p->short_of;
        plan->most[0] = p->most[0];
        plan->most[1] = p->most[1];
        return;
    }
    plan->legs = p->legs;
    plan->leg_count = p->leg_count;
    plan->pair_count = p->pair_count;
    plan->exposure = p->exposure;
    add_up(p, plan);
}

/* Stages may have to choose others than those selected, and then say why those are the best;
 * what was said of the first choice is taken back. */
static truce_status select_and_stage(planning *p)
{
    truce_status selected = planning_select(p);
    if (selected != TRUCE_OK && selected != TRUCE_LIMIT)
        return selected;
    uint8_t *chosen = arena_copy(p->memory, p->fates, p->lists->count);
    size_t said = p->optimum_count;
    truce_status staged = planning_stages(p);
    if (memcmp(chosen, p->fates, p->lists->count) != 0) {
        p->optimum_count -= said;
        memmove(p->optima, p->optima + said, p->optimum_count * sizeof *p->optima);
    }
    return staged == TRUCE_OK ? selected : staged;
}

/* Every step, or as far as they go; being stopped is no reason to stop here. */
static truce_status take_steps(planning *p)
{
    truce_status (*const steps[])(planning *) = {planning_rank, select_and_stage,
                                                 planning_pairs, planning_exposure};
    truce_status all = TRUCE_OK;
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        truce_status status = steps[k](p);
        if (status == TRUCE_LIMIT)
            all = TRUCE_LIMIT;
        else if (status != TRUCE_OK)
            return status;
    }
    return all;
}

truce_status truce_exchange_plan(const truce_lists *lists,
                                 const truce_exchange_wish *wish,
                                 const truce_stop *stop, truce_plan **plan,
                                 truce_error *error)
{
    truce_plan *draft = result_new(sizeof *draft, NULL, "exchange");
    planning p = {.lists = lists,
                  .wish = wish,
                  .stop = stop,
                  .memory = result_memory(&draft->finding),
                  .exposure = {.side = -1},
                  .error = error};
    truce_status status = take_steps(&p);
    *plan = NULL;
    if (status == TRUCE_OK || status == TRUCE_NONE || status == TRUCE_LIMIT) {
        fill(draft, &p, status);
        *plan = draft;
    } else {
        truce_plan_free(draft);
    }
    return status;
}

void truce_plan_free(truce_plan *plan)
{
    if (plan != NULL)
        result_free(&plan->finding);
}
