#include "analysis.h"
#include "complain.h"
#include "save.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

#define ENDING ".truce.yaml"

/* The id a file of this name gives its scenario: without folders and ending. In fresh
 * memory. */
static char *id_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    char *id = must_have(strdup(slash ? slash + 1 : name));
    size_t length = strlen(id), ending = strlen(ENDING);
    if (length > ending && strcmp(id + length - ending, ENDING) == 0)
        id[length - ending] = '\0';
    return id;
}

/* A skeleton that does not read well can only come from an id that is none. */
static bool reads_well(const char *skeleton)
{
    truce_scenario *scenario = NULL;
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    truce_status status = truce_scenario_parse("skeleton", skeleton, strlen(skeleton),
                                               NULL, &scenario, diagnostics);
    truce_diagnostics_free(diagnostics);
    truce_scenario_free(scenario);
    return status == TRUCE_OK;
}

static char *path_of(const char *name, const char *id)
{
    const char *slash = strrchr(name, '/');
    int folder = slash ? (int)(slash + 1 - name) : 0;
    size_t room = (size_t)folder + strlen(id) + sizeof ENDING;
    char *path = must_have(malloc(room));
    snprintf(path, room, "%.*s%s" ENDING, folder, name, id);
    return path;
}

static int write_file(const char *path, const char *skeleton, const struct call *call)
{
    int code = save_file(call, path, skeleton, strlen(skeleton));
    if (code == EXIT_YES)
        printf("%s is written; next: truce check %s\n", path, path);
    return code;
}

static int write_skeleton(const struct call *call, const char *id, const char *skeleton)
{
    const char *name = call->arguments[0];
    if (!reads_well(skeleton))
        return complain(
            call->command,
            "'%s' cannot name a scenario; letters, digits, '-', '_' and '.' can", id);
    if (strcmp(name, "-") == 0) {
        fputs(skeleton, stdout);
        return EXIT_YES;
    }
    char *path = path_of(name, id);
    int code = write_file(path, skeleton, call);
    free(path);
    return code;
}

static int run(const struct call *call)
{
    char *id =
        id_of(strcmp(call->arguments[0], "-") == 0 ? "talks" : call->arguments[0]);
    char *skeleton = truce_scenario_skeleton(id);
    int code = write_skeleton(call, id, skeleton);
    free(skeleton);
    free(id);
    return code;
}

const command cmd_new = {
    .name = "new",
    .line = "begin a scenario: write a commented file to fill in",
    .arguments = "NAME",
    .about =
        "Writes NAME.truce.yaml, or to standard output when NAME is '-'. A file that "
        "exists is left alone.",
    .example = "new my-talks",
    .group = FILES,
    .least = 1,
    .most = 1,
    .run = run,
};
