#include "analysis.h"

#include "complain.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading --------------------------------------------------------------------- */

truce_reading analysis_reading(const struct call *call, bool set)
{
    return (truce_reading){.shown_to = call->shown_to,
                           .set = call->set,
                           .set_count = set ? call->set_count : 0,
                           .limits = {.bytes = call->max_bytes,
                                      .depth = call->max_depth,
                                      .nodes = call->max_nodes,
                                      .issues = call->max_issues,
                                      .values = call->max_values},
                           .as = (truce_convention)call->as,
                           .real_steps = call->real_steps,
                           .profiles = call->profiles,
                           .profile_count = call->profile_count};
}

static void tell_warnings(const struct call *call, const char *const *paths,
                          size_t count, size_t warnings)
{
    if (warnings == 0 || call->quiet)
        return;
    fprintf(stderr, "truce: %zu warning%s; see: truce check", warnings,
            warnings == 1 ? "" : "s");
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, " %s", paths[i]);
    fputc('\n', stderr);
}

truce_status analysis_read(const struct call *call, const char *const *paths,
                           size_t count, bool set, truce_scenario **scenario)
{
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    truce_reading reading = analysis_reading(call, set);
    truce_status status =
        truce_scenario_load(paths, count, &reading, scenario, diagnostics);
    if (status == TRUCE_OK) {
        tell_warnings(call, paths, count, diagnostics->warnings);
    } else {
        truce_style style = terminal_style(stderr, call);
        truce_diagnostics_print(stderr, diagnostics, &style);
    }
    truce_diagnostics_free(diagnostics);
    return status;
}

/* ---- the course of an analysis --------------------------------------------------- */

bool analysis_begin(analysis *work, const struct call *call)
{
    return analysis_begin_with(work, call, call->arguments, call->argument_count);
}

bool analysis_begin_with(analysis *work, const struct call *call,
                         const char *const *paths, size_t count)
{
    *work = (analysis){.call = call};
    work->bar = progress_begin(call);
    work->stop = terminal_stop(call, &work->bar);
    work->style = terminal_style(stdout, call);
    terminal_catch_interrupts();
    work->status = analysis_read(call, paths, count, true, &work->scenario);
    return work->status == TRUCE_OK;
}

static void refuse_party(const analysis *work, const char *name)
{
    const truce_scenario *scenario = work->scenario;
    const char **ids = must_have(calloc(scenario->party_count, sizeof *ids));
    for (size_t p = 0; p < scenario->party_count; p++)
        ids[p] = scenario->parties[p].label.id;
    complain(work->call->command, "there is no party '%s' in %s%s", name,
             scenario->file, perhaps(name, "", ids, scenario->party_count));
    free(ids);
}

static bool is_named(const size_t *parties, size_t count, size_t party)
{
    for (size_t p = 0; p < count; p++)
        if (parties[p] == party)
            return true;
    return false;
}

bool analysis_parties(analysis *work, const char *names, truce_list *parties)
{
    char *text = must_have(strdup(names ? names : "")), *rest = text;
    size_t count = 0;
    work->parties = must_have(calloc(strlen(text) + 1, sizeof *work->parties));
    for (char *name = strtok_r(rest, ",", &rest); name && work->status == TRUCE_OK;
         name = strtok_r(NULL, ",", &rest)) {
        work->parties[count] = truce_scenario_party(work->scenario, name);
        if (work->parties[count] == TRUCE_NOBODY) {
            work->status = TRUCE_CALL;
            refuse_party(work, name);
        } else if (is_named(work->parties, count, work->parties[count])) {
            work->status = TRUCE_CALL;
            complain(work->call->command, "party '%s' is named twice", name);
        }
        count++;
    }
    free(text);
    *parties = (truce_list){work->parties, count};
    return work->status == TRUCE_OK;
}

bool analysis_answered(analysis *work, const void *result)
{
    progress_end(&work->bar);
    if (work->status == TRUCE_LIMIT && terminal_interrupted() && !work->call->quiet)
        remark("interrupted; the answer holds what is proved so far");
    if (result == NULL && work->status == TRUCE_CALL)
        complain(work->call->command, "%s", work->error.message);
    else if (result == NULL)
        remark("%s", work->error.message);
    return result != NULL;
}

const truce_reality *analysis_reality(analysis *work)
{
    /* the check is an addition: without it the answer still stands */
    truce_error ignored;
    if (work->reality == NULL)
        truce_reality_find(work->scenario, &work->reality, &ignored);
    return work->reality;
}

int analysis_end(analysis *work)
{
    free(work->parties);
    truce_reality_free(work->reality);
    truce_scenario_free(work->scenario);
    return (int)work->status;
}
