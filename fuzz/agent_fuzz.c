/* Any bytes as a line of an external party: a word, or a fault with a name. */
#include "play/external.h"

#include <truce/truce.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static truce_scenario *talks(void)
{
    static const char text[] =
        "truce: 1\nid: t\nparties:\n  A: {role: principal}\n  B: {role: principal}\n"
        "issues:\n  price: {values: [low, high]}\n  path: {values: [open, closed]}\n";
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario;
    truce_status status =
        truce_scenario_parse("t", text, sizeof text - 1, NULL, &scenario, said);
    assert(status == TRUCE_OK);
    truce_diagnostics_free(said);
    return scenario;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static truce_scenario *scenario;
    if (scenario == NULL)
        scenario = talks();
    char *line = malloc(size + 1);
    memcpy(line, data, size);
    line[size] = '\0';
    truce_value outcome[2] = {0, 0};
    double number = 0;
    truce_error fault = {""};
    agent_word word = agent_read(scenario, line, outcome, &number, &fault);
    assert((word == AGENT_FAULT) == (fault.message[0] != '\0'));
    assert(outcome[0] < 2 && outcome[1] < 2);
    free(line);
    return 0;
}
