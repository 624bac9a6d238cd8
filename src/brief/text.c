/* The single negotiating text: one clause an issue. What an agreement sets stands
 * plain; around the rest stand the brackets, each a demand that mentions the issue. A
 * settled clause keeps only the demands that the agreed value leaves unmet, whatever
 * becomes of the other issues. */
#include <truce/brief.h>

#include "scenario/condition.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"

#include <stdlib.h>

/* A demand that mentions an issue. */
typedef struct mention {
    size_t issue, party, demand;
} mention;

typedef struct drafting {
    const truce_scenario *scenario;
    truce_text *result;
    truce_clause *clauses;
    truce_value *open; /* [issue_count] nothing is decided */
    mention *mentions;
    size_t count, room;
    grounds grounds;
    arena work;
} drafting;

/* The agreement that comes last in the file counts, as it does for S. */
static void settle_clauses(drafting *of)
{
    for (size_t a = 0; a < of->scenario->agreement_count; a++) {
        const truce_agreement *agreement = &of->scenario->agreements[a];
        if (agreement->state == TRUCE_ENDED)
            continue;
        grounds_label(&of->grounds, &agreement->label);
        for (size_t s = 0; s < agreement->set.count; s++) {
            truce_clause *clause = &of->clauses[agreement->set.items[s].issue];
            clause->settled = true;
            clause->value = agreement->set.items[s].value;
            clause->agreement = a;
        }
    }
}

static bool is_left_unmet(drafting *of, const truce_clause *clause,
                          const truce_condition *wants)
{
    of->open[clause->issue] = clause->value;
    bool unmet = condition_truth(wants, of->open) == TRUTH_NO;
    of->open[clause->issue] = VALUE_OPEN;
    return unmet;
}

static int compare_mentions(const void *one, const void *other)
{
    const mention *a = one, *b = other;
    size_t keys[][2] = {
        {a->issue, b->issue}, {a->party, b->party}, {a->demand, b->demand}};
    for (size_t k = 0; k < 3; k++)
        if (keys[k][0] != keys[k][1])
            return keys[k][0] < keys[k][1] ? -1 : 1;
    return 0;
}

/* By issue, by party, then in the order of the file. */
static void find_mentions(drafting *of)
{
    for (size_t d = 0; d < of->scenario->demand_count; d++) {
        const truce_demand *demand = &of->scenario->demands[d];
        truce_list issues = condition_issues(&of->work, demand->wants);
        for (size_t i = 0; i < issues.count; i++)
            *grow(of->mentions, of->count, of->room) =
                (mention){issues.items[i], demand->by, d};
    }
    if (of->count > 1)
        qsort(of->mentions, of->count, sizeof *of->mentions, compare_mentions);
}

static void put_brackets(drafting *of)
{
    truce_bracket *brackets =
        arena_array(result_memory(&of->result->finding), of->count, truce_bracket);
    for (size_t m = 0; m < of->count; m++) {
        const mention *one = &of->mentions[m];
        const truce_condition *wants = of->scenario->demands[one->demand].wants;
        truce_clause *clause = &of->clauses[one->issue];
        if (clause->settled && !is_left_unmet(of, clause, wants))
            continue;
        if (clause->bracket_count++ == 0)
            clause->brackets = brackets;
        *brackets++ =
            (truce_bracket){one->party, truce_condition_text(wants), one->demand};
    }
}

static void begin_clauses(drafting *of)
{
    size_t count = of->scenario->issue_count;
    truce_value *today = arena_array(&of->work, count, truce_value);
    truce_scenario_today(of->scenario, today);
    of->clauses = arena_array(result_memory(&of->result->finding), count, truce_clause);
    of->open = arena_array(&of->work, count, truce_value);
    for (size_t i = 0; i < count; i++) {
        of->open[i] = VALUE_OPEN;
        of->clauses[i] =
            (truce_clause){.issue = i, .value = today[i], .agreement = TRUCE_NOBODY};
    }
    of->result->clauses = of->clauses;
}

truce_status truce_text_find(const truce_scenario *scenario, const truce_stop *stop,
                             truce_text **result, truce_error *error)
{
    (void)stop; /* it is a matter of reading */
    (void)error;
    drafting of = {
        .scenario = scenario,
        .result = result_new(sizeof(truce_text), scenario, "text"),
        .grounds = grounds_begin(scenario),
    };
    begin_clauses(&of);
    settle_clauses(&of);
    find_mentions(&of);
    put_brackets(&of);
    for (size_t d = 0; d < scenario->demand_count; d++)
        grounds_label(&of.grounds, &scenario->demands[d].label);
    of.result->finding.grounds =
        grounds_end(&of.grounds, result_memory(&of.result->finding));
    result_proved(&of.result->finding, "agreements and demands as the file has them");
    free(of.mentions);
    arena_free(&of.work);
    *result = of.result;
    return TRUCE_OK;
}

void truce_text_free(truce_text *result)
{
    result_free(result ? &result->finding : NULL);
}
