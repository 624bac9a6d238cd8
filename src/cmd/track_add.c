#include "complain.h"
#include "track.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

/* Adds one event and tells it as it was written. */
static bool add(tracking *work, const char *line)
{
    char *written = NULL;
    truce_diagnostics *said = truce_diagnostics_new();
    work->status = truce_log_add(work->log_path, work->accord, line, work->call->repair,
                                 &written, said, &work->error);
    truce_style style = terminal_style(stderr, work->call);
    if (said->count > 0)
        truce_diagnostics_print(stderr, said, &style);
    if (work->status == TRUCE_OK && !work->call->quiet) {
        puts(written);
        fflush(stdout); /* whoever reads it may rely on it: it is on the disk */
    } else if (work->status == TRUCE_CALL) {
        complain(work->call->command, "%s", work->error.message);
    } else if (work->status == TRUCE_LIMIT) {
        remark("%s", work->error.message);
    }
    free(written);
    truce_diagnostics_free(said);
    return work->status == TRUCE_OK;
}

static void add_lines(tracking *work)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    bool going = true;
    while (going && (length = getline(&line, &room, stdin)) > 0) {
        if (line[length - 1] == '\n')
            line[--length] = '\0';
        if (length > 0)
            going = add(work, line);
    }
    free(line);
}

static int run(const struct call *call)
{
    tracking work;
    if (tracking_begin(&work, call)) {
        if (strcmp(call->arguments[1], "-") == 0)
            add_lines(&work);
        else
            add(&work, call->arguments[1]);
    }
    return tracking_end(&work);
}

const command cmd_track_add = {
    .name = "track add",
    .line = "append an event to the log",
    .arguments = "FILE EVENT|-",
    .about =
        "Appends one event, a JSON object, or those that standard input has line by "
        "line. Each is checked, written at once and synced before it is told: what "
        "was told is on the disk. A second writer waits outside; a torn last line is "
        "reported and stays unless --repair, which keeps it beside the log. The id "
        "and the time of recording are filled in where they are missing.",
    .example =
        "track add agreement.yaml '{\"kind\": \"report\", \"type\": \"incident\", "
        "\"by\": \"A\", \"about\": \"B\", \"occurred\": \"2025-06-01T04:00Z\"}'",
    .group = EXCHANGE_AND_TRACK,
    .least = 2,
    .most = 2,
    .run = run,
};
