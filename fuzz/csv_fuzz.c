/* Any bytes as the first of two lists: people, or errors that were counted. */
#include <truce/truce.h>

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char second[] = "id,holder,home\nb1,B,A\n";
    truce_diagnostics *said = truce_diagnostics_new();
    truce_lists *lists;
    truce_status status = truce_lists_parse(
        (const char *const[]){"A.csv", "B.csv"}, (const void *const[]){data, second},
        (const size_t[]){size, strlen(second)}, NULL, &lists, said);
    assert((status == TRUCE_OK) == (said->errors == 0));
    assert((status == TRUCE_OK) == (lists != NULL));
    truce_lists_free(lists);
    truce_diagnostics_free(said);
    return 0;
}
