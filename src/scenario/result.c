#include "scenario/result.h"

#include <inttypes.h>

void *result_new(size_t size, const truce_scenario *scenario, const char *question)
{
    arena memory = {0};
    truce_finding *finding = arena_take(&memory, size);
    arena *kept = arena_new(&memory, arena);
    *finding =
        (truce_finding){.scenario = scenario, .question = question, .memory = kept};
    *kept = memory; /* a copy: kept lives in the memory it owns */
    return finding;
}

arena *result_memory(truce_finding *finding)
{
    return finding->memory;
}

void result_free(truce_finding *finding)
{
    if (finding == NULL)
        return;
    arena memory = *result_memory(finding);
    arena_free(&memory);
}

void result_proved(truce_finding *finding, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    finding->proof.how = TRUCE_PROVED;
    finding->proof.by = arena_format_v(result_memory(finding), format, arguments);
    va_end(arguments);
}

void result_bounded(truce_finding *finding, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    finding->proof.how = TRUCE_BOUNDED;
    finding->proof.by = arena_format_v(result_memory(finding), format, arguments);
    va_end(arguments);
}

const truce_value *result_outcome(truce_finding *finding, const truce_value *outcome)
{
    return arena_copy(result_memory(finding), outcome,
                      finding->scenario->issue_count * sizeof *outcome);
}

truce_list result_list(truce_finding *finding, const size_t *items, size_t count)
{
    if (count == 0)
        return (truce_list){0};
    return (truce_list){
        arena_copy(result_memory(finding), items, count * sizeof *items), count};
}

truce_count result_count(truce_finding *finding, uint64_t count)
{
    return (truce_count){.exact =
                             arena_format(result_memory(finding), "%" PRIu64, count)};
}
