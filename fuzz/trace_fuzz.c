/* Any bytes as a trace: it holds, it does not, or it is none, and then somebody says why. */
#include <truce/truce.h>

#include <assert.h>

static truce_scenario *talks(void)
{
    static const char text[] =
        "truce: 1\nid: t\nparties:\n  A: {role: principal}\n  B: {role: principal}\n"
        "issues:\n  price: {values: [low, high]}\n  path: {values: [open, closed]}\n"
        "preferences:\n  A: {weights: {price: 1, path: 2}, worth: {price: [0, 100], "
        "path: [100, 0]}}\n  B: {weights: {price: 2, path: 1}, worth: {price: [100, "
        "0], "
        "path: [0, 100]}, outside: {worth: 30}}\n";
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario;
    truce_status status =
        truce_scenario_parse("t", text, sizeof text - 1, NULL, &scenario, said);
    assert(status == TRUCE_OK);
    truce_diagnostics_free(said);
    return scenario;
}

/* A trace may name any number of rounds; the strategies then play as many. */
static bool too_long(void *user)
{
    return ++*(unsigned *)user > 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static truce_scenario *scenario;
    if (scenario == NULL)
        scenario = talks();
    unsigned looks = 0;
    truce_stop stop = {.cancelled = too_long, .user = &looks};
    truce_replay *replay;
    truce_diagnostics *said = truce_diagnostics_new();
    truce_status status = truce_session_replay(scenario, "trace", data, size, TRUCE_OWN,
                                               &stop, &replay, said);
    assert((status == TRUCE_INPUT) == (said->errors > 0));
    assert((replay != NULL) == (status == TRUCE_OK || status == TRUCE_NONE));
    assert(replay == NULL || (replay->fault == NULL) == (status == TRUCE_OK));
    truce_replay_free(replay);
    truce_diagnostics_free(said);
    return 0;
}
