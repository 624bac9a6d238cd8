/* Any bytes as an agreement: one that stands, or errors with their places. */
#include <truce/track.h>

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    truce_accord *accord = NULL;
    truce_diagnostics *said = truce_diagnostics_new();
    truce_status status = truce_accord_parse("f", data, size, &accord, said);
    assert((status == TRUCE_OK) == (accord != NULL));
    assert(status == TRUCE_OK || said->errors > 0);
    for (size_t c = 0; accord && c < accord->commitment_count; c++)
        assert(accord->commitments[c].debtor < accord->party_count &&
               accord->commitments[c].creditor < accord->party_count);
    truce_accord_free(accord);
    truce_diagnostics_free(said);
    return 0;
}
