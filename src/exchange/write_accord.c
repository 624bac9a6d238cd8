/* write_accord: a plan as an agreement that can be kept track of, one commitment a stage and
 * side. A stage is owed from when a verifier says that the stage before is complete, so that
 * nobody has to go on alone; it may take as many days from then as the plan gives it, and a
 * delay moves what follows and breaches nothing else. The words for what is done carry the
 * number of the stage: whoever goes in one can never be counted in another.
 */
#include "exchange/write.h"

#include "base/error.h"

#include <inttypes.h>
#include <string.h>

/* As it may stand between the double quotes of YAML. */
static void put_escaped(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putc('\\', out);
        if ((unsigned char)*text < ' ')
            fprintf(out, "\\x%02X", (unsigned)*text);
        else
            putc(*text, out);
    }
}

static void put_quoted(FILE *out, const char *text)
{
    putc('"', out);
    put_escaped(out, text);
    putc('"', out);
}

static void put_named(FILE *out, const char *key, const char *name)
{
    fprintf(out, "%s: ", key);
    put_quoted(out, name);
}

/* Who establishes what happened, until somebody writes a better name: never a side. */
static const char *verifier_of(const truce_plan *plan)
{
    const char *const *names = plan->lists->names;
    bool is_side = strcmp(names[0], "joint") == 0 || strcmp(names[1], "joint") == 0;
    return is_side ? "joint-verifiers" : "joint";
}

static bool is_empty(const truce_stage_totals *stage)
{
    return stage->heads[0] + stage->heads[1] == 0;
}

static const truce_stage_totals *first_of(const truce_plan *plan)
{
    const truce_stage_totals *stage = plan->stages;
    while (is_empty(stage))
        stage++;
    return stage;
}

static void put_head(const truce_plan *plan, FILE *out)
{
    const char *const *names = plan->lists->names;
    char day[32];
    write_day(plan->wish, first_of(plan)->day, day);
    fputs("# What a plan comes to, as commitments: one for each stage and side. Zone,\n"
          "# verifiers and deadlines (within) are for you to settle before it is "
          "signed.\n"
          "truce-agreement: 1\n"
          "id: exchange\n"
          "title: Exchange of prisoners in stages\n"
          "parties: [",
          out);
    put_quoted(out, names[0]);
    fputs(", ", out);
    put_quoted(out, names[1]);
    fprintf(out, "]\nzone: UTC\nin-force: %s\nverifiers: [%s]\nlog: log.jsonl\n", day,
            verifier_of(plan));
    fputs("commitments:\n", out);
}

static void put_antecedent(const truce_plan *plan, const truce_stage_totals *before,
                           FILE *out)
{
    if (before)
        fprintf(out,
                "    antecedent: {event: {type: stage-%" PRIu32 "-complete, by: %s}}\n",
                before->stage, verifier_of(plan));
}

/* before: the stage before, or NULL. */
static void put_commitment(const truce_plan *plan, const truce_stage_totals *stage,
                           const truce_stage_totals *before, int side, FILE *out)
{
    const char *const *names = plan->lists->names;
    char day[32];
    write_day(plan->wish, stage->day, day);
    fputs("  \"", out);
    put_escaped(out, names[side]);
    fprintf(out, "-%" PRIu32 "\":\n    ", stage->stage);
    put_named(out, "debtor", names[side]);
    fputs("\n    ", out);
    put_named(out, "creditor", names[1 - side]);
    fprintf(out, "\n    text: stage %" PRIu32 ", %s\n", stage->stage, day);
    put_antecedent(plan, before, out);
    fprintf(out, "    consequent: {type: handed-over-in-stage-%" PRIu32 ", ",
            stage->stage);
    put_named(out, "by", names[side]);
    fprintf(out, ", count: %" PRIu64 "}\n    within: %" PRId32 "d\n",
            stage->heads[side], before ? stage->day - before->day + 1 : 1);
}

truce_status truce_plan_write_accord(const truce_plan *plan, FILE *out,
                                     truce_error *error)
{
    const truce_stage_totals *before = NULL;
    if (!plan->wish->days_are_dates && plan->wish->from == TRUCE_NO_DAY)
        return error_say(error, TRUCE_CALL,
                         "an agreement has dates: say which date day 1 is");
    if (plan->leg_count == 0)
        return error_say(error, TRUCE_CALL, "nobody goes: there is nothing to agree");
    put_head(plan, out);
    for (size_t k = 0; k < plan->stage_count; k++) {
        const truce_stage_totals *stage = &plan->stages[k];
        for (int side = 0; side < 2; side++)
            if (stage->heads[side] > 0)
                put_commitment(plan, stage, before, side, out);
        if (!is_empty(stage))
            before = stage;
    }
    return write_end(out);
}
