#include "tournament.h"

#include "analysis.h"
#include "complain.h"
#include "save.h"
#include "verbs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *tournament_folder(const struct call *call)
{
    return call->output ? call->output : "tournament";
}

/* ---- files beside the store ------------------------------------------------------------------ */

typedef struct export
{
    const char *folder;
    const truce_standings *standings;
}
export;

static bool write_text(FILE *out, export *of)
{
    truce_style plain = {.width = 100};
    truce_standings_print(out, of->standings, &plain);
    return true;
}

static bool write_json(FILE *out, export *of)
{
    truce_standings_json(out, of->standings);
    return true;
}

static bool write_sessions(FILE *out, export *of)
{
    truce_error error;
    if (truce_tournament_sessions(of->folder, out, &error) == TRUCE_OK)
        return true;
    remark("%s", error.message);
    return false;
}

/* Each by its own function, or a table of the standings. */
static const struct {
    const char *name;
    bool (*write)(FILE *out, export *of);
    truce_standings_table table;
} files[] = {
    {"sessions.csv", .write = write_sessions},
    {"scores.csv", .table = TRUCE_STANDINGS_SCORES},
    {"scenarios.csv", .table = TRUCE_STANDINGS_SCENARIOS},
    {"payoffs.csv", .table = TRUCE_STANDINGS_PAYOFFS},
    {"comparisons.csv", .table = TRUCE_STANDINGS_COMPARISONS},
    {"game.csv", .table = TRUCE_STANDINGS_GAME},
    {"dynamics.csv", .table = TRUCE_STANDINGS_DYNAMICS},
    {"report.txt", .write = write_text},
    {"report.json", .write = write_json},
};

static bool write_into(FILE *out, export *of, size_t which)
{
    if (files[which].write)
        return files[which].write(out, of);
    truce_standings_csv(out, of->standings, files[which].table);
    return true;
}

/* What stood there was made by the same command: it is made anew. */
static bool write_file(export *of, size_t which)
{
    char *path = save_path(of->folder, files[which].name);
    FILE *out = fopen(path, "w");
    if (out == NULL)
        remark("%s cannot be written: %s", path, strerror(errno));
    bool good = out && save_close(out, path, write_into(out, of, which)) == EXIT_YES;
    free(path);
    return good;
}

static bool write_files(export *of)
{
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        if (!write_file(of, k))
            return false;
    return true;
}

int tournament_answer(const struct call *call, const char *folder)
{
    truce_standings *standings = NULL;
    truce_error error;
    truce_status status = truce_standings_read(folder, &standings, &error);
    if (status != TRUCE_OK) {
        complain(call->command, "%s", error.message);
        return (int)status;
    }
    export of = {.folder = folder, .standings = standings};
    bool written = write_files(&of);
    truce_style style = terminal_style(stdout, call);
    if (call->json)
        truce_standings_json(stdout, standings);
    else if (call->csv)
        truce_standings_csv(stdout, standings, TRUCE_STANDINGS_SCORES);
    else
        truce_standings_print(stdout, standings, &style);
    truce_standings_free(standings);
    return written ? EXIT_YES : EXIT_LIMIT;
}

static int run(const struct call *call)
{
    return tournament_answer(call, call->arguments[0]);
}

const command cmd_tournament_report = {
    .name = "tournament report",
    .line = "scores, tests and the empirical game of a store",
    .arguments = "DIR",
    .about =
        "Answers from the sessions that are there, finished or not, and writes the "
        "tables anew.",
    .example = "tournament report cup --json",
    .group = PLAY,
    .least = 1,
    .most = 1,
    .run = run,
};
