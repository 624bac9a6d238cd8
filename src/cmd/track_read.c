/* The commands that read a log: status, explain, disputed, next. They differ in what they
 * print. */
#include "complain.h"
#include "track.h"
#include "verbs.h"

#include <string.h>

static int run_status(const struct call *call)
{
    tracking work;
    if (tracking_begin(&work, call, call->arguments[0]) && tracking_find(&work) &&
        !call->json)
        truce_track_print(stdout, work.track, &work.style);
    return tracking_end(&work);
}

static int run_disputed(const struct call *call)
{
    tracking work;
    if (tracking_begin(&work, call, call->arguments[0]) && tracking_find(&work) &&
        !call->json)
        truce_track_disputed_print(stdout, work.track, &work.style);
    return tracking_end(&work);
}

static int run_next(const struct call *call)
{
    tracking work;
    if (tracking_begin(&work, call, call->arguments[0]) && tracking_find(&work) &&
        !call->json)
        truce_track_next_print(stdout, work.track, &work.style);
    return tracking_end(&work);
}

/* Which commitment is meant; false, having said so, when there is none of that name. */
static bool find_commitment(tracking *work, size_t *found)
{
    const char *names[64];
    size_t count = work->accord->commitment_count;
    *found = TRUCE_NOBODY;
    if (work->call->argument_count < 2)
        return true;
    const char *asked = work->call->arguments[1];
    for (size_t c = 0; c < count; c++) {
        if (strcmp(work->accord->commitments[c].id, asked) == 0)
            *found = c;
        if (c < 64)
            names[c] = work->accord->commitments[c].id;
    }
    if (*found != TRUCE_NOBODY)
        return true;
    complain(work->call->command, "there is no commitment '%s' in %s%s", asked,
             work->call->arguments[0],
             perhaps(asked, "", names, count < 64 ? count : 64));
    work->status = TRUCE_CALL;
    return false;
}

static int run_explain(const struct call *call)
{
    tracking work;
    size_t commitment;
    if (tracking_begin(&work, call, call->arguments[0]) &&
        find_commitment(&work, &commitment) && tracking_find(&work) && !call->json)
        truce_track_explain_print(stdout, work.track, commitment, &work.style);
    return tracking_end(&work);
}

const command cmd_track_status = {
    .name = "track status",
    .line = "where an agreement stands",
    .arguments = "FILE",
    .about =
        "Reads an agreement, or the 'commitments:' of a scenario, and its log, and "
        "tells the state of every commitment, the ceasefire's clock, triggers, and "
        "what falls due. It records; it does not judge: --as says whose account "
        "counts, what is verified unless told otherwise.",
    .example = "track status scenarios/istanbul-2025.truce.yaml --now 2025-06-01",
    .group = EXCHANGE_AND_TRACK,
    .least = 1,
    .most = 1,
    .run = run_status,
};

const command cmd_track_explain = {
    .name = "track explain",
    .line = "why a commitment is in its state",
    .arguments = "FILE [ID]",
    .about =
        "The events of the log and the readings of the clock behind the state of a "
        "commitment, or of all, in order of time.",
    .example = "track explain scenarios/istanbul-2025.truce.yaml --now 2025-06-01",
    .group = EXCHANGE_AND_TRACK,
    .least = 1,
    .most = 2,
    .run = run_explain,
};

const command cmd_track_disputed = {
    .name = "track disputed",
    .line = "where the accounts differ",
    .arguments = "FILE",
    .about =
        "The same rules run on what is verified, on all that was said, and on what "
        "each party says; this lists the commitments and the lines on which they "
        "differ. A refuted report stays, with its finding.",
    .example = "track disputed scenarios/istanbul-2025.truce.yaml --now 2025-06-01",
    .group = EXCHANGE_AND_TRACK,
    .least = 1,
    .most = 1,
    .run = run_disputed,
};

const command cmd_track_next = {
    .name = "track next",
    .line = "what falls due",
    .arguments = "FILE",
    .about = "Deadlines, ends and steps to come, the next first.",
    .example = "track next scenarios/istanbul-2025.truce.yaml --now 2025-06-01",
    .group = EXCHANGE_AND_TRACK,
    .least = 1,
    .most = 1,
    .run = run_next,
};
