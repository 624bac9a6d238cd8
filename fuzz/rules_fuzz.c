/* Any bytes as the rules of an exchange: a wish, or errors that were counted. */
#include <truce/truce.h>

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_exchange_wish *wish;
    truce_status status = truce_rules_parse("r", data, size, &wish, said);
    assert((status == TRUCE_OK) == (said->errors == 0));
    assert((status == TRUCE_OK) == (wish != NULL));
    truce_wish_free(wish);
    truce_diagnostics_free(said);
    return 0;
}
