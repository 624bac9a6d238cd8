#include "complain.h"
#include "exchange.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void tell(const struct call *call, const truce_diagnostics *said)
{
    truce_style style = terminal_style(stderr, call);
    if (said->count > 0)
        truce_diagnostics_print(stderr, said, &style);
}

/* The plan.json beside a plan, in fresh memory; NULL when there is none. */
static char *json_beside(const char *plan)
{
    const char *slash = strrchr(plan, '/');
    size_t folder = slash ? (size_t)(slash + 1 - plan) : 0;
    char *path = must_have(malloc(folder + sizeof "plan.json"));
    memcpy(path, plan, folder);
    strcpy(path + folder, "plan.json");
    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* What was agreed: flags and rules first, then what plan.json says, or nothing. */
static bool choose_wish(exchange *work, const char *json, truce_diagnostics *said,
                        const truce_exchange_wish **wish)
{
    *wish = exchange_has_wish(work) ? &work->wish : NULL;
    if (*wish || json == NULL)
        return true;
    work->status = truce_plan_wish_read(json, &work->rules, said);
    *wish = work->rules;
    return work->status == TRUCE_OK;
}

static void check(exchange *work, const char *plan)
{
    char *json = json_beside(plan);
    const truce_exchange_wish *wish;
    truce_plan_verdict *verdict = NULL;
    truce_diagnostics *said = truce_diagnostics_new();
    if (choose_wish(work, json, said, &wish))
        work->status =
            truce_plan_check_file(plan, json, work->lists, wish, &verdict, said);
    tell(work->call, said);
    if (verdict && work->call->json)
        truce_plan_verdict_json(stdout, verdict);
    else if (verdict)
        truce_plan_verdict_print(stdout, verdict, &work->style);
    if (verdict && wish == NULL && !work->call->quiet)
        remark("nothing says what was agreed; only what needs no wish was checked");
    truce_plan_verdict_free(verdict);
    truce_diagnostics_free(said);
    free(json);
}

static int run(const struct call *call)
{
    exchange work;
    if (exchange_begin(&work, call, call->arguments + 1, call->argument_count - 1))
        check(&work, call->arguments[0]);
    return exchange_end(&work);
}

const command cmd_exchange_verify = {
    .name = "exchange verify",
    .line = "check a plan against the lists, with none of the planner's code",
    .arguments = "plan.csv A.csv B.csv | plan.csv FILE",
    .about = "Checks that each id goes once, is eligible, that those owed go first, "
             "numbers, "
             "capacities, dates, order of choice, and the exposure. What was agreed is "
             "taken "
             "from the same flags as those of 'exchange plan', else from the plan.json "
             "beside the plan; without either only what needs no wish is checked.",
    .example = "exchange verify plan/plan.csv A.csv B.csv",
    .group = EXCHANGE_AND_TRACK,
    .least = 2,
    .most = 3,
    .run = run,
};
