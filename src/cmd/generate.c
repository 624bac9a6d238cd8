#include "complain.h"
#include "save.h"
#include "verbs.h"

static truce_generation what_is_asked(const struct call *call)
{
    return (truce_generation){
        .issues = call->issues ? call->issues : 10,
        .values = call->values ? call->values : 5,
        .parties = call->parties ? call->parties : 2,
        .kind = (truce_kind)call->kind,
        .seed = call->seed,
        .rules = call->rules,
    };
}

static int write_scenario(const struct call *call, const truce_scenario *scenario)
{
    truce_conversion *made = NULL;
    truce_error error;
    truce_status status = truce_scenario_convert(scenario, (truce_format)call->to,
                                                 call->lossy, &made, &error);
    int code;
    if (made == NULL)
        code = complain(call->command, "%s", error.message);
    else if (status == TRUCE_NONE)
        code = complain(call->command,
                        "that format cannot hold %s; --lossy leaves out what it "
                        "cannot hold",
                        made->losses.items[0]);
    else
        code = save_conversion(call, made);
    truce_conversion_free(made);
    return code;
}

static int run(const struct call *call)
{
    truce_generation asked = what_is_asked(call);
    truce_scenario *scenario = NULL;
    truce_error error;
    if (truce_scenario_generate(&asked, &scenario, &error) != TRUCE_OK)
        return complain(call->command, "%s", error.message);
    int code = write_scenario(call, scenario);
    truce_scenario_free(scenario);
    return code;
}

const command cmd_generate = {
    .name = "generate",
    .line = "make up a scenario of any size, for measurements and tests",
    .arguments = "",
    .about =
        "The same options give the same bytes. In the kind 'opposed' what is good for "
        "the first, third, ... party is bad for the others; in 'independent' worths "
        "are drawn for each party; in 'integer' worths and weights are whole numbers, "
        "which makes ties; in 'clustered' the parties are two camps.\n\n"
        "Without --output the scenario goes to standard output.",
    .example = "generate --issues 30 --values 10 --kind opposed --seed 1",
    .group = FILES,
    .run = run,
};
