/* Any bytes as a log, gone through twice: every line, or errors with their places, and the
 * same lines both times. */
#include <truce/track.h>

#include <assert.h>

static size_t go_through(truce_log *log, truce_diagnostics *said)
{
    size_t count = 0;
    const truce_log_line *line;
    while ((line = truce_log_next(log, said)) != NULL) {
        assert(line->id != NULL && line->by != NULL && line->number > 0);
        assert(line->from == TRUCE_NO_INSTANT || line->from < line->to);
        count++;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    truce_log *log;
    truce_diagnostics *said = truce_diagnostics_new();
    truce_log_parse("f", data, size, NULL, &log, said);
    size_t count = go_through(log, said);
    bool is_sound = said->errors == 0;
    truce_log_rewind(log);
    assert(!is_sound || go_through(log, said) == count);
    for (size_t i = 0; i < said->count; i++)
        assert(said->items[i].message != NULL && said->items[i].width >= 1);
    truce_log_close(log);
    truce_diagnostics_free(said);
    return 0;
}
