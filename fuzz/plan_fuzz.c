/* Any bytes as the plan of a tournament: a plan, or errors that were counted. */
#include <truce/truce.h>

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_contest *plan;
    truce_status status = truce_contest_parse("p", data, size, &plan, said);
    assert((status == TRUCE_OK) == (said->errors == 0));
    assert((status == TRUCE_OK) == (plan != NULL));
    truce_contest_free(plan);
    truce_diagnostics_free(said);
    return 0;
}
