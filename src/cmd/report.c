#include "complain.h"
#include "dossier.h"
#include "save.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what kind of report --------------------------------------------------------- */

static bool is_store(const char *path)
{
    char *store = save_path(path, "results.db");
    bool found = access(store, F_OK) == 0;
    free(store);
    return found;
}

/* An agreement of its own says so in the first lines of its file. */
static bool is_agreement(const char *path)
{
    char line[512];
    bool found = false;
    FILE *file = fopen(path, "r");
    for (int lines = 0; file && !found && lines < 100; lines++) {
        if (fgets(line, sizeof line, file) == NULL)
            break;
        found = strncmp(line, "truce-agreement:", strlen("truce-agreement:")) == 0;
    }
    if (file)
        fclose(file);
    return found;
}

/* ---- a tournament ---------------------------------------------------------------- */

static void write_standings(FILE *out, const void *of)
{
    truce_standings_html(out, of);
}

static int report_tournament(const struct call *call)
{
    truce_standings *standings = NULL;
    truce_error error;
    if (!save_output_is_free(call, call->output))
        return EXIT_WRONG_CALL;
    truce_status status = truce_standings_read(call->arguments[0], &standings, &error);
    if (status != TRUCE_OK) {
        complain(call->command, "%s", error.message);
        return (int)status;
    }
    int code = dossier_write(call, call->output, write_standings, standings);
    truce_standings_free(standings);
    return code;
}

static int run(const struct call *call)
{
    bool alone = call->argument_count == 1;
    if (alone && is_store(call->arguments[0]))
        return report_tournament(call);
    if (alone && is_agreement(call->arguments[0]))
        return dossier_agreement(call, call->output);
    return dossier_scenario(call, call->output);
}

const command cmd_report = {
    .name = "report",
    .line = "a page in HTML with pictures, tables and evidence",
    .arguments = "FILE...",
    .about =
        "Writes one file that needs no network and no script: to be read on screen and "
        "telephone, and to be printed. Of a scenario with talks it is the brief with "
        "all "
        "its parts, each conclusion linked to the claims and numbers behind it, the "
        "exchange and the agreement where there are any; of a domain its frontier, "
        "solution points and metrics; of a tournament's folder (one with results.db) "
        "its "
        "standings; of an agreement where it stands.\n\nWithout --now an agreement is "
        "told as of the last line of its log.",
    .example = "report scenarios/istanbul-2025.truce.yaml -o istanbul.html",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
