/* Any bytes as a scenario file: a scenario, or an error with its place. A first line
 * "#set PATH=VALUE" or "#for READER" is taken as the choice of that name as well as a
 * comment. */
#include <truce/truce.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind a word at the beginning, up to the end of the line; or NULL. */
static char *words_behind(const char *word, const uint8_t *data, size_t size)
{
    size_t length = strlen(word);
    if (size < length || memcmp(data, word, length) != 0)
        return NULL;
    const uint8_t *end = memchr(data, '\n', size);
    size_t count = (end ? (size_t)(end - data) : size) - length;
    char *words = calloc(count + 1, 1);
    memcpy(words, data + length, count);
    return words;
}

static void check(truce_status status, const truce_scenario *scenario,
                  const truce_diagnostics *said)
{
    assert(status == TRUCE_OK || status == TRUCE_INPUT || status == TRUCE_CALL);
    assert((status == TRUCE_OK) == (scenario != NULL));
    assert((status == TRUCE_OK) == (said->errors == 0));
    for (size_t i = 0; i < said->count; i++) {
        assert(said->items[i].message != NULL);
        assert(said->items[i].width >= 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *set = words_behind("#set ", data, size);
    char *reader = words_behind("#for ", data, size);
    truce_reading choices = {
        .shown_to = reader, .set = (const char *const *)&set, .set_count = set != NULL};
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_status status =
        truce_scenario_parse("f", data, size, &choices, &scenario, said);
    check(status, scenario, said);
    truce_scenario_free(scenario);
    truce_diagnostics_free(said);
    free(set);
    free(reader);
    return 0;
}
