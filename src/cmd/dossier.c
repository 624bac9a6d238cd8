#include "dossier.h"

#include "bargaining.h"
#include "complain.h"
#include "save.h"
#include "track.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing --------------------------------------------------------------------- */

int dossier_write(const struct call *call, const char *path,
                  void (*write)(FILE *out, const void *of), const void *of)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = must_have(open_memstream(&bytes, &length));
    write(memory, of);
    fclose(memory);
    int code = save_output(call, path, must_have(bytes), length);
    free(bytes);
    if (code == EXIT_YES && path && strcmp(path, "-") != 0)
        printf("%s is written\n", path);
    return code;
}

static void write_dossier(FILE *out, const void *of)
{
    truce_dossier_html(out, of);
}

/* ---- a scenario ------------------------------------------------------------------ */

/* Is there more than issues and utilities? */
static bool has_talks(const truce_scenario *of)
{
    return of->claim_count + of->fact_count + of->demand_count + of->rule_count +
                   of->order_count + of->threat_count + of->deadline_count +
                   of->delegation_count + of->round_count + of->observed_count +
                   of->agreement_count + of->step_count >
               0 ||
           of->exchange || of->accord;
}

typedef struct findings {
    analysis work;
    size_t *parties;
    truce_list over;
    truce_brief *brief;
    bargaining space;
    truce_metrics *metrics;
    tracking track;
    bool limited;
} findings;

/* Of the time that is left an equal share for each of the parts that are still to come. */
static truce_stop share(const findings *all, unsigned parts)
{
    truce_stop stop = all->work.stop;
    double now = truce_seconds();
    if (stop.deadline > 0)
        stop.deadline = stop.deadline > now ? now + (stop.deadline - now) / parts : now;
    return stop;
}

/* A part that could not be found is left out; one cut short says so itself. */
static void note(findings *all, truce_status status)
{
    all->limited |= status == TRUCE_LIMIT;
}

static void find_metrics(findings *all)
{
    truce_stop stop = share(all, 4);
    note(all, truce_metrics_find(all->work.scenario, &all->over, &stop, &all->metrics,
                                 &all->work.error));
}

static void find_brief(findings *all)
{
    const struct call *call = all->work.call;
    truce_brief_choices choices = {.draws = call->draws,
                                   .seed = call->seed,
                                   .days = (int64_t)call->days,
                                   .step = (int64_t)call->step};
    truce_stop stop = share(all, 2);
    all->work.status = truce_brief_find(all->work.scenario, &choices, &stop,
                                        &all->brief, &all->work.error);
    note(all, all->work.status);
}

/* The log is a file of its own, of which --for says nothing: then it is left out. */
static bool find_track(findings *all, const char *path)
{
    const truce_accord *accord = all->work.scenario->accord;
    if (accord == NULL || accord->log == NULL || all->work.call->shown_to)
        return true;
    if (tracking_begin(&all->track, all->work.call, path) &&
        tracking_find_latest(&all->track))
        return true;
    all->work.status = all->track.status;
    return false;
}

static bool find_all(findings *all, const char *path)
{
    const truce_scenario *scenario = all->work.scenario;
    all->parties = must_have(calloc(scenario->party_count + 1, sizeof *all->parties));
    all->over = bargaining_parties(scenario, all->parties);
    unsigned parts =
        all->over.count >= 2 ? FIND_CLOUD | FIND_FRONTIER | FIND_OUTCOMES : 0;
    if (has_talks(scenario)) {
        find_brief(all);
        if (!analysis_answered(&all->work, all->brief) || !find_track(all, path))
            return false;
    } else if (all->over.count >= 1) {
        find_metrics(all);
        parts |= FIND_POINTS;
    }
    bargaining_find(&all->space, &all->work, all->over, parts, &all->work.stop);
    return true;
}

static int write_findings(findings *all, const char *path)
{
    truce_dossier dossier = {.scenario = all->work.scenario,
                             .brief = all->brief,
                             .cloud = all->space.cloud,
                             .frontier = all->space.frontier,
                             .points = all->space.points,
                             .metrics = all->metrics,
                             .track = all->track.track};
    int code = dossier_write(all->work.call, path, write_dossier, &dossier);
    return code == EXIT_YES && (all->limited || all->space.limited) ? EXIT_LIMIT : code;
}

static void forget(findings *all)
{
    truce_brief_free(all->brief);
    bargaining_free(&all->space);
    truce_metrics_free(all->metrics);
    if (all->track.call)
        tracking_end(&all->track);
    free(all->parties);
}

int dossier_scenario(const struct call *call, const char *path)
{
    findings all = {0};
    if (!save_output_is_free(call, path))
        return EXIT_WRONG_CALL;
    int code = EXIT_YES;
    bool found = analysis_begin(&all.work, call) && find_all(&all, call->arguments[0]);
    if (found)
        code = write_findings(&all, path);
    forget(&all);
    int ended = analysis_end(&all.work);
    return found ? code : ended;
}

/* ---- an agreement ---------------------------------------------------------------- */

int dossier_agreement(const struct call *call, const char *path)
{
    tracking work;
    if (!save_output_is_free(call, path))
        return EXIT_WRONG_CALL;
    int code = EXIT_YES;
    bool found =
        tracking_begin(&work, call, call->arguments[0]) && tracking_find_latest(&work);
    if (found) {
        truce_dossier dossier = {.track = work.track};
        code = dossier_write(call, path, write_dossier, &dossier);
    }
    int ended = tracking_end(&work);
    return found ? code : ended;
}
