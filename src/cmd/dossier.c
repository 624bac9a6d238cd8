#include "dossier.h"

#include "analysis.h"
#include "complain.h"
#include "save.h"
#include "track.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing --------------------------------------------------------------------- */

static bool is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

bool dossier_is_free(const struct call *call, const char *path)
{
    if (is_stdout(path))
        return true;
    char *copy = must_have(strdup(path));
    bool is_free = save_is_free(call, &copy, 1);
    free(copy);
    return is_free;
}

int dossier_write(const struct call *call, const char *path,
                  void (*write)(FILE *out, const void *of), const void *of)
{
    if (is_stdout(path)) {
        write(stdout, of);
        return EXIT_YES;
    }
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = must_have(open_memstream(&bytes, &length));
    write(memory, of);
    fclose(memory);
    int code = save_file(call, path, must_have(bytes), length);
    free(bytes);
    if (code == EXIT_YES)
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

/* Whose utilities the pictures show: principals, or all when these are fewer than two. Into
 * parties [party_count]. */
static truce_list judged(const truce_scenario *of, size_t *parties)
{
    size_t count = 0;
    for (size_t p = 0; p < of->party_count; p++)
        if (of->parties[p].preferences.given && of->parties[p].role == TRUCE_PRINCIPAL)
            parties[count++] = p;
    if (count >= 2)
        return (truce_list){parties, count};
    count = 0;
    for (size_t p = 0; p < of->party_count; p++)
        if (of->parties[p].preferences.given)
            parties[count++] = p;
    return (truce_list){parties, count};
}

typedef struct findings {
    analysis work;
    size_t *parties;
    truce_list over;
    truce_brief *brief;
    truce_cloud *cloud;
    truce_frontier *frontier;
    truce_points *points;
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

static void find_frontier(findings *all, unsigned parts)
{
    truce_stop stop = share(all, parts);
    truce_frontier_choices choices = {.over = all->over,
                                      .as = (truce_convention)all->work.call->as,
                                      .memory = (size_t)2 << 30};
    note(all, truce_frontier_find(all->work.scenario, &choices, &stop, &all->frontier,
                                  &all->work.error));
}

static void find_cloud(findings *all, unsigned parts)
{
    truce_stop stop = share(all, parts);
    note(all, truce_cloud_find(all->work.scenario, &all->over, &stop, &all->cloud,
                               &all->work.error));
}

static void find_points(findings *all, unsigned parts)
{
    truce_stop stop = share(all, parts);
    truce_points_choices choices = {.over = all->over,
                                    .as = (truce_convention)all->work.call->as};
    note(all, truce_points_find(all->work.scenario, &choices, &stop, &all->points,
                                &all->work.error));
}

static void find_metrics(findings *all, unsigned parts)
{
    truce_stop stop = share(all, parts);
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
    all->over = judged(scenario, all->parties);
    if (has_talks(scenario)) {
        find_brief(all);
        if (!analysis_answered(&all->work, all->brief) || !find_track(all, path))
            return false;
    } else if (all->over.count >= 1) {
        find_points(all, 4);
        find_metrics(all, 3);
    }
    if (all->over.count >= 2) {
        find_cloud(all, 2);
        find_frontier(all, 1);
    }
    progress_end(&all->work.bar);
    return true;
}

static int write_findings(findings *all, const char *path)
{
    truce_dossier dossier = {.scenario = all->work.scenario,
                             .brief = all->brief,
                             .cloud = all->cloud,
                             .frontier = all->frontier,
                             .points = all->points,
                             .metrics = all->metrics,
                             .track = all->track.track};
    int code = dossier_write(all->work.call, path, write_dossier, &dossier);
    return code == EXIT_YES && all->limited ? EXIT_LIMIT : code;
}

static void forget(findings *all)
{
    truce_brief_free(all->brief);
    truce_cloud_free(all->cloud);
    truce_frontier_free(all->frontier);
    truce_points_free(all->points);
    truce_metrics_free(all->metrics);
    if (all->track.call)
        tracking_end(&all->track);
    free(all->parties);
}

int dossier_scenario(const struct call *call, const char *path)
{
    findings all = {0};
    if (!dossier_is_free(call, path))
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
    if (!dossier_is_free(call, path))
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
