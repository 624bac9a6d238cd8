/* The log as it stands, line by line, each with what became of it. */
#include "complain.h"
#include "track.h"
#include "verbs.h"

#include <inttypes.h>

static int run(const struct call *call)
{
    tracking work;
    if (tracking_begin(&work, call, call->arguments[0])) {
        work.status = truce_log_open(work.log_path, work.accord, &work.log, work.said);
        if (work.status == TRUCE_OK && call->json)
            truce_log_json(stdout, work.log, work.said);
        else if (work.status == TRUCE_OK)
            truce_log_print(stdout, work.accord, work.log, &work.style, work.said);
        if (work.said->errors > 0)
            work.status = TRUCE_INPUT;
        truce_style style = terminal_style(stderr, call);
        if (work.said->count > 0)
            truce_diagnostics_print(stderr, work.said, &style);
    }
    return tracking_end(&work);
}

const command cmd_track_log = {
    .name = "track log",
    .line = "the log, for a person",
    .arguments = "FILE",
    .about =
        "Every line of the log in the order of the file: when it was recorded, when "
        "it occurred, who said what about whom. With --json as JSON Lines.",
    .example = "track log scenarios/istanbul-2025.truce.yaml",
    .group = EXCHANGE_AND_TRACK,
    .least = 1,
    .most = 1,
    .run = run,
};
