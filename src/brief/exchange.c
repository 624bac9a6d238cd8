#include "brief/exchange.h"

#include "base/arena.h"
#include "scenario/result.h"

#include <string.h>

/* A path as the scenario has it, from where the scenario lies. */
static const char *path_beside(arena *memory, const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');
    if (slash == NULL || path[0] == '/')
        return path;
    return arena_format(memory, "%.*s%s", (int)(slash + 1 - file), file, path);
}

/* "A.csv:3: unknown health ..." */
static const char *first_error(arena *memory, const truce_diagnostics *said)
{
    for (size_t k = 0; k < said->count; k++) {
        const truce_diagnostic *one = &said->items[k];
        if (one->severity == TRUCE_ERROR && one->place.line > 0)
            return arena_format(memory, "%s:%u: %s", one->place.file,
                                (unsigned)one->place.line, one->message);
        if (one->severity == TRUCE_ERROR)
            return arena_format(memory, "%s %s", one->place.file, one->message);
    }
    return "the lists are wrong";
}

void brief_exchange(truce_brief *brief, const truce_stop *stop)
{
    const truce_scenario *scenario = brief->finding.scenario;
    const truce_exchange_wish *wish = scenario->exchange;
    arena *memory = result_memory(&brief->finding);
    if (wish == NULL || wish->lists[0] == NULL)
        return;
    truce_error error = {0};
    truce_diagnostics *said = truce_diagnostics_new();
    truce_status status = truce_lists_read(
        path_beside(memory, scenario->file, wish->lists[0]),
        path_beside(memory, scenario->file, wish->lists[1]), NULL, &brief->lists, said);
    if (status != TRUCE_OK)
        brief->no_plan = first_error(memory, said);
    else
        truce_exchange_plan(brief->lists, wish, stop, &brief->plan, &error);
    if (brief->no_plan == NULL && brief->plan == NULL)
        brief->no_plan = arena_text(memory, error.message);
    truce_diagnostics_free(said);
}
