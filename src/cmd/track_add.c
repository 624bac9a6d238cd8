#include "complain.h"
#include "track.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

static void tell_status(const tracking *work, const char *written)
{
    truce_style style = terminal_style(stderr, work->call);
    if (work->said->count > 0)
        truce_diagnostics_print(stderr, work->said, &style);
    if (work->status == TRUCE_OK && !work->call->quiet)
        fputs(written, stdout); /* whoever reads it may rely on it: it is on the disk */
    else if (work->status == TRUCE_CALL)
        complain(work->call->command, "%s", work->error.message);
    else if (work->status == TRUCE_LIMIT)
        remark("%s", work->error.message);
}

static void add_one(tracking *work, const char *event)
{
    char *written = NULL;
    work->status =
        truce_log_add(work->log_path, work->accord, event, work->call->repair, &written,
                      work->said, &work->error);
    tell_status(work, written);
    if (work->status == TRUCE_OK && !work->call->quiet)
        putchar('\n');
    free(written);
}

static void add_all(tracking *work)
{
    char *written = NULL;
    work->status =
        truce_log_add_all(work->log_path, work->accord, "-", work->call->repair,
                          &written, work->said, &work->error);
    tell_status(work, written);
    if (work->status == TRUCE_INPUT)
        remark("nothing was added");
    free(written);
}

static int run(const struct call *call)
{
    tracking work;
    if (tracking_begin(&work, call, call->arguments[0])) {
        if (strcmp(call->arguments[1], "-") == 0)
            add_all(&work);
        else
            add_one(&work, call->arguments[1]);
    }
    return tracking_end(&work);
}

const command cmd_track_add = {
    .name = "track add",
    .line = "append events to the log",
    .arguments = "FILE EVENT|-",
    .about =
        "Appends one event, a JSON object, or with - those that standard input has "
        "line "
        "by line, up to its end: all of them, or none when one is wrong. They are "
        "checked, written and synced before they are told: what was told is on the "
        "disk. A second writer waits outside; a torn last line is reported and stays "
        "unless --repair, which keeps it beside the log. The id and the time of "
        "recording are filled in where they are missing.",
    .example =
        "track add agreement.yaml '{\"kind\": \"report\", \"type\": \"incident\", "
        "\"by\": \"A\", \"about\": \"B\", \"occurred\": \"2025-06-01T04:00Z\"}'",
    .group = EXCHANGE_AND_TRACK,
    .least = 2,
    .most = 2,
    .run = run,
};
