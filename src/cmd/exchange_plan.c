#include "complain.h"
#include "exchange.h"
#include "save.h"
#include "verbs.h"

#include <stdlib.h>

typedef truce_status writer(const truce_plan *plan, FILE *out);

static int write_one(const struct call *call, const truce_plan *plan, const char *path,
                     writer *write)
{
    FILE *file = save_open(call, path);
    if (file == NULL)
        return EXIT_WRONG_CALL;
    return save_close(file, path, write(plan, file) == TRUCE_OK);
}

/* Nothing is written when something is in the way. */
static int write_folder(const struct call *call, const truce_plan *plan)
{
    static const struct {
        const char *name;
        writer *write;
    } files[] = {{"plan.csv", truce_plan_write_csv},
                 {"exceptions.csv", truce_plan_write_exceptions},
                 {"plan.json", truce_plan_write_json}};
    enum { FILES_WRITTEN = sizeof files / sizeof *files };
    if (!save_folder(call, call->output))
        return EXIT_WRONG_CALL;
    char *paths[FILES_WRITTEN];
    for (size_t f = 0; f < FILES_WRITTEN; f++)
        paths[f] = save_path(call->output, files[f].name);
    int code = save_is_free(call, paths, FILES_WRITTEN) ? EXIT_YES : EXIT_WRONG_CALL;
    for (size_t f = 0; f < FILES_WRITTEN; f++) {
        if (code == EXIT_YES)
            code = write_one(call, plan, paths[f], files[f].write);
        free(paths[f]);
    }
    return code;
}

static int write_agreement(const struct call *call, const truce_plan *plan)
{
    char *bytes = NULL;
    size_t length = 0;
    truce_error error = {0};
    FILE *memory = must_have(open_memstream(&bytes, &length));
    truce_status status = truce_plan_write_accord(plan, memory, &error);
    fclose(memory);
    int code = status == TRUCE_OK
                   ? save_file(call, call->agreement, bytes, length)
                   : complain(call->command, "--agreement: %s", error.message);
    free(bytes);
    return code;
}

static int write_files(const struct call *call, const truce_plan *plan)
{
    if (!save_output_is_free(call, call->agreement))
        return EXIT_WRONG_CALL;
    int code = call->output ? write_folder(call, plan) : EXIT_YES;
    return code == EXIT_YES && call->agreement ? write_agreement(call, plan) : code;
}

static int print(const exchange *work, const truce_plan *plan)
{
    int code = (int)work->status;
    if (plan->short_of == NULL) {
        int written = write_files(work->call, plan);
        if (written != EXIT_YES)
            return written;
    }
    if (work->call->json)
        truce_plan_json(stdout, plan);
    else
        truce_plan_print(stdout, plan, &work->style);
    return code;
}

static int run(const struct call *call)
{
    exchange work;
    int code = EXIT_YES;
    if (exchange_begin(&work, call, call->arguments, call->argument_count)) {
        truce_plan *plan;
        if (exchange_find_plan(&work, &plan))
            code = print(&work, plan);
        truce_plan_free(plan);
    }
    int ended = exchange_end(&work);
    return code != EXIT_YES ? code : ended;
}

const command cmd_exchange_plan = {
    .name = "exchange plan",
    .line = "who goes home, for whom, and when",
    .arguments = "A.csv B.csv | FILE",
    .about =
        "Plans an exchange of prisoners from two lists, the people that each side "
        "holds and the other wants home. Those owed by law go first and, unless told "
        "otherwise, outside the agreed number; then as many people as can; then by "
        "class and by how long they have been held. Whoever does not go is told with "
        "the reason. Ids only: no name ever stands in a plan.\n\n"
        "With one argument the lists and the wish are those of a scenario's "
        "'exchange:'. --out writes plan.csv, exceptions.csv and plan.json; --agreement "
        "writes what each side owes in each handover, for 'truce track'.",
    .example = "exchange plan examples/exchange/A.csv examples/exchange/B.csv --mode "
               "n=1000 --stages 10",
    .group = EXCHANGE_AND_TRACK,
    .least = 1,
    .most = 2,
    .run = run,
};
