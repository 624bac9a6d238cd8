/* write: a plan as tables. plan.csv has one line for each person who goes, exceptions.csv one
 * for each who does not.
 */
#include "exchange/write.h"

#include "base/calendar.h"

#include <inttypes.h>
#include <string.h>

/* ---- words ----------------------------------------------------------------------- */

static const char *const kind_words[] = {
    [PLANNING_OWED] = "owed",
    [PLANNING_WOUNDED] = "wounded",
    [PLANNING_LONG_HELD] = "long-held",
    [PLANNING_OTHER] = "other",
};

static const char *const status_words[] = {
    [TRUCE_PERSON_VERIFIED] = "verified", [TRUCE_PERSON_CLAIMED] = "claimed",
    [TRUCE_PERSON_DISPUTED] = "disputed", [TRUCE_PERSON_DUPLICATE] = "duplicate",
    [TRUCE_PERSON_NOT_HELD] = "not-held", [TRUCE_PERSON_DEAD] = "dead",
};

const char *const write_why[WRITE_WHYS] = {
    [TRUCE_NOT_VERIFIED] = "not-verified",
    [TRUCE_NO_CONSENT] = "no-consent",
    [TRUCE_NOT_FIT_TO_TRAVEL] = "unfit-to-travel",
    [TRUCE_BEYOND_NUMBER] = "beyond-number",
    [TRUCE_BEYOND_QUOTA] = "beyond-quota",
    [TRUCE_NOT_READY] = "not-ready",
    [TRUCE_BEYOND_CAPACITY] = "beyond-capacity",
};

void write_day(const truce_exchange_wish *wish, int32_t day, char text[32])
{
    if (!wish->days_are_dates && wish->from == TRUCE_NO_DAY) {
        snprintf(text, 32, "%" PRId32, day);
        return;
    }
    civil date =
        civil_of(wish->days_are_dates ? day : (int64_t)wish->from + (int64_t)day - 1);
    snprintf(text, 32, "%04" PRId64 "-%02d-%02d", date.year, date.month, date.day);
}

truce_status write_end(FILE *out)
{
    return fflush(out) == 0 && !ferror(out) ? TRUCE_OK : TRUCE_LIMIT;
}

/* ---- CSV ------------------------------------------------------------------------- */

/* In quotation marks where a comma, one of those or a line's end makes it necessary. */
static void put(FILE *out, const char *text, char end)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        fputs(text, out);
    } else {
        putc('"', out);
        for (; *text; text++) {
            if (*text == '"')
                putc('"', out);
            putc(*text, out);
        }
        putc('"', out);
    }
    putc(end, out);
}

/* What all lines of a plan have in common. */
typedef struct plan_lines {
    const truce_plan *plan;
    planning_kinds kinds;
    const char *directions[2];
    char day[32]; /* of the stage */
} plan_lines;

static void put_leg(const plan_lines *all, const truce_leg *leg, FILE *out)
{
    const truce_plan *plan = all->plan;
    const truce_lists *lists = plan->lists;
    const truce_person *who = &lists->people[leg->person];
    fprintf(out, "%" PRIu32 ",%s,", leg->stage, all->day);
    put(out, lists->sites.items[who->site], ',');
    put(out, all->directions[who->side], ',');
    put(out, who->id, ',');
    put(out, lists->classes.items[who->class_index], ',');
    if (leg->pair != TRUCE_NO_PAIR)
        fprintf(out, "%" PRIu64, (uint64_t)leg->pair + 1);
    fprintf(out, ",%s\n", kind_words[planning_kind_of(all->kinds, who)]);
}

truce_status truce_plan_write_csv(const truce_plan *plan, FILE *out)
{
    const char *const *names = plan->lists->names;
    arena memory = {0};
    plan_lines all = {
        .plan = plan,
        .kinds = planning_kinds_of(plan->lists, plan->wish),
        .directions = {arena_format(&memory, "%s>%s", names[0], names[1]),
                       arena_format(&memory, "%s>%s", names[1], names[0])}};
    uint32_t stage = 0;
    fputs("stage,day,site,direction,id,class,pair,reason\n", out);
    for (size_t k = 0; k < plan->leg_count; k++) {
        if (plan->legs[k].stage != stage) {
            stage = plan->legs[k].stage;
            write_day(plan->wish, plan->stages[stage - 1].day, all.day);
        }
        put_leg(&all, &plan->legs[k], out);
    }
    arena_free(&memory);
    return write_end(out);
}

truce_status truce_plan_write_exceptions(const truce_plan *plan, FILE *out)
{
    const truce_lists *lists = plan->lists;
    fputs("id,holder,home,class,status,reason\n", out);
    for (size_t k = 0; k < plan->exception_count; k++) {
        const truce_person *who = &lists->people[plan->exceptions[k].person];
        put(out, who->id, ',');
        put(out, lists->names[who->side], ',');
        put(out, lists->names[1 - who->side], ',');
        put(out, lists->classes.items[who->class_index], ',');
        put(out, status_words[who->status], ',');
        put(out, write_why[plan->exceptions[k].why], '\n');
    }
    return write_end(out);
}
