#include "tournament.h"

#include "analysis.h"
#include "complain.h"
#include "verbs.h"

static int run(const struct call *call)
{
    truce_error error;
    const char *folder = tournament_folder(call);
    truce_status status =
        truce_tournament_merge(folder, call->arguments, call->argument_count, &error);
    if (status == TRUCE_OK)
        return tournament_answer(call, folder);
    complain(call->command, "%s", error.message);
    return (int)status;
}

const command cmd_tournament_merge = {
    .name = "tournament merge",
    .line = "take the results of shards together",
    .arguments = "DIR...",
    .about = "Takes the sessions of other folders of the same plan into --out, writes "
             "the tables there and answers as the tournament does.",
    .example = "tournament merge shard-1 shard-2 --out cup",
    .group = PLAY,
    .least = 1,
    .most = ANY_NUMBER,
    .run = run,
};
