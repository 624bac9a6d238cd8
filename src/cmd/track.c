#include "track.h"

#include "complain.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void tell(const tracking *work)
{
    truce_style style = terminal_style(stderr, work->call);
    if (work->said->count > 0 && !(work->call->quiet && work->said->errors == 0))
        truce_diagnostics_print(stderr, work->said, &style);
}

/* A path as a file has it, from where that file lies; in fresh memory. */
static char *path_beside(const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');
    size_t folder = slash && path[0] != '/' ? (size_t)(slash + 1 - file) : 0;
    char *joined = must_have(malloc(folder + strlen(path) + 1));
    memcpy(joined, file, folder);
    strcpy(joined + folder, path);
    return joined;
}

static bool find_log(tracking *work)
{
    const char *agreement = work->path;
    if (work->call->log)
        work->log_path = must_have(strdup(work->call->log));
    else if (work->accord->log)
        work->log_path = path_beside(agreement, work->accord->log);
    if (work->log_path)
        return true;
    complain(work->call->command, "%s names no log; --log FILE does", agreement);
    work->status = TRUCE_CALL;
    return false;
}

bool tracking_begin(tracking *work, const struct call *call, const char *path)
{
    *work = (tracking){.call = call, .path = path, .said = truce_diagnostics_new()};
    work->bar = progress_begin(call);
    work->stop = terminal_stop(call, &work->bar);
    work->style = terminal_style(stdout, call);
    terminal_catch_interrupts();
    work->status = truce_accord_read(path, &work->accord, work->said);
    if (work->status == TRUCE_OK)
        return find_log(work);
    tell(work);
    return false;
}

static bool read_instant(tracking *work, const char *option, const char *text,
                         truce_instant *instant)
{
    if (text == NULL || truce_instant_read(text, work->accord->zone, instant))
        return true;
    complain(work->call->command,
             "--%s wants a moment such as 2025-05-16, 2025-05-16T12:00 or "
             "2025-05-16T12:00:00Z, not '%s'",
             option, text);
    work->status = TRUCE_CALL;
    return false;
}

static truce_account account_of(const struct call *call)
{
    if (call->account == NULL || strcmp(call->account, "verified") == 0)
        return (truce_account){TRUCE_AS_VERIFIED, NULL};
    if (strcmp(call->account, "all") == 0)
        return (truce_account){TRUCE_AS_ALL, NULL};
    return (truce_account){TRUCE_AS_PARTY, call->account};
}

/* A log that was not begun is an empty one. */
static bool open_log(tracking *work)
{
    if (access(work->log_path, F_OK) != 0 && !work->call->quiet)
        remark("there is no log %s yet", work->log_path);
    work->status =
        access(work->log_path, F_OK) == 0
            ? truce_log_open(work->log_path, work->accord, &work->log, work->said)
            : truce_log_parse(work->log_path, "", 0, work->accord, &work->log,
                              work->said);
    return work->status == TRUCE_OK;
}

static void complain_of_account(const tracking *work)
{
    const char *names[66] = {"verified", "all"};
    size_t count = 2;
    for (size_t p = 0; p < work->accord->party_count && count < 66; p++)
        names[count++] = work->accord->parties[p];
    const char *account = work->call->account;
    complain(work->call->command, "%s%s", work->error.message,
             account ? perhaps(account, "", names, count) : "");
}

/* When the last line was recorded; an empty log has the first moment of the agreement. */
static truce_instant latest_of(tracking *work)
{
    truce_instant latest = TRUCE_NO_INSTANT;
    const truce_log_line *line;
    while ((line = truce_log_next(work->log, work->said)) != NULL)
        if (line->recorded > latest)
            latest = line->recorded;
    truce_log_rewind(work->log);
    if (latest != TRUCE_NO_INSTANT)
        return latest;
    return work->accord->in_force != TRUCE_NO_INSTANT ? work->accord->in_force : 0;
}

static bool find(tracking *work, bool latest)
{
    const struct call *call = work->call;
    truce_tracking choices = {.as = account_of(call),
                              .now = (truce_instant)time(NULL),
                              .known_at = TRUCE_NEVER};
    if (!read_instant(work, "now", call->now, &choices.now) ||
        !read_instant(work, "known-at", call->known_at, &choices.known_at))
        return false;
    bool opened = open_log(work);
    if (opened && latest && call->now == NULL)
        choices.now = latest_of(work);
    if (opened && work->said->errors == 0)
        work->status = truce_track_find(work->accord, work->log, &choices, &work->stop,
                                        &work->track, work->said, &work->error);
    progress_end(&work->bar);
    tell(work);
    if (work->track == NULL && work->status == TRUCE_CALL)
        complain_of_account(work);
    else if (work->track == NULL && work->status == TRUCE_LIMIT)
        remark("%s", work->error.message);
    if (work->track && call->json)
        truce_track_json(stdout, work->track);
    return work->track != NULL;
}

bool tracking_find(tracking *work)
{
    return find(work, false);
}

bool tracking_find_latest(tracking *work)
{
    return find(work, true);
}

int tracking_end(tracking *work)
{
    progress_end(&work->bar);
    truce_track_free(work->track);
    truce_log_close(work->log);
    truce_accord_free(work->accord);
    truce_diagnostics_free(work->said);
    free(work->log_path);
    return (int)work->status;
}
