#include "analysis.h"
#include "complain.h"
#include "verbs.h"

static void print(const struct call *call, const truce_scenario *scenario,
                  const truce_diagnostics *diagnostics, size_t missing)
{
    truce_style style = terminal_style(stdout, call);
    if (call->json)
        truce_check_json(stdout, scenario, diagnostics, missing);
    else
        truce_check_print(stdout, scenario, diagnostics, missing, &style);
}

/* Unlike the questions, whose answer is something else, it prints all warnings and
 * errors on stdout: they are the answer. */
static int run(const struct call *call)
{
    truce_scenario *scenario = NULL;
    size_t missing = SIZE_MAX;
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    truce_reading reading = analysis_reading(call, true);
    truce_status status = truce_scenario_load(call->arguments, call->argument_count,
                                              &reading, &scenario, diagnostics);
    if (status == TRUCE_OK && call->sources)
        status = truce_sources_check(scenario, call->sources, &missing, diagnostics);
    if (call->sources && status == TRUCE_CALL && scenario)
        complain(call->command, "cannot open the folder '%s'", call->sources);
    else
        print(call, scenario, diagnostics, missing);
    truce_scenario_free(scenario);
    truce_diagnostics_free(diagnostics);
    return (int)status;
}

const command cmd_check = {
    .name = "check",
    .line = "read a scenario and say what is wrong with it",
    .arguments = "FILE...",
    .about =
        "Prints every error and warning with its place, what was expected and the "
        "nearest match. With --sources it also looks whether the sources are those "
        "that were read, and whether they say what is quoted.",
    .example = "check scenarios/istanbul-2025.truce.yaml",
    .group = FILES,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
