#include "save.h"

#include "complain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is there, as stat() has it; 0 when nothing is. */
static mode_t kind_at(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 ? found.st_mode : 0;
}

static bool is_folder(const char *path)
{
    return S_ISDIR(kind_at(path));
}

/* A terminal, a pipe or /dev/null: it loses nothing when it is written to. */
static bool is_device(const char *path)
{
    mode_t kind = kind_at(path);
    return kind != 0 && !S_ISREG(kind) && !S_ISDIR(kind);
}

static void say_what_is_there(const struct call *call, const char *path)
{
    if (is_folder(path))
        complain(call->command, "'%s' is a folder; a file is to be written", path);
    else
        complain(call->command, "'%s' exists already; --force overwrites it", path);
}

FILE *save_open(const struct call *call, const char *path)
{
    FILE *file = fopen(path, call->force || is_device(path) ? "w" : "wx");
    if (file == NULL && errno == EEXIST)
        say_what_is_there(call, path);
    else if (file == NULL)
        complain(call->command, "cannot write '%s': %s", path, strerror(errno));
    return file;
}

int save_close(FILE *file, const char *path, bool whole)
{
    bool failed = ferror(file) != 0;
    if (fclose(file) == 0 && !failed && whole)
        return EXIT_YES;
    remark("'%s' could not be written in full%s%s", path, errno ? ": " : "",
           errno ? strerror(errno) : "");
    return EXIT_LIMIT;
}

int save_file(const struct call *call, const char *path, const char *bytes,
              size_t length)
{
    FILE *file = save_open(call, path);
    if (file == NULL)
        return EXIT_WRONG_CALL;
    return save_close(file, path, fwrite(bytes, 1, length, file) == length);
}

char *save_path(const char *folder, const char *name)
{
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = must_have(malloc(room));
    bool ended = folder[0] && folder[strlen(folder) - 1] == '/';
    snprintf(path, room, "%s%s%s", folder, ended ? "" : "/", name);
    return path;
}

static bool is_free(const struct call *call, const char *path)
{
    bool free_to_write = call->force || kind_at(path) == 0 || is_device(path);
    if (!free_to_write)
        say_what_is_there(call, path);
    return free_to_write;
}

/* Nothing is written when something would be in the way: half a scenario is worse than
 * none. */
bool save_is_free(const struct call *call, char *const *paths, size_t count)
{
    for (size_t f = 0; f < count; f++)
        if (!is_free(call, paths[f]))
            return false;
    return true;
}

static bool is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

int save_output(const struct call *call, const char *path, const char *bytes,
                size_t length)
{
    if (!is_stdout(path))
        return save_file(call, path, bytes, length);
    fwrite(bytes, 1, length, stdout); /* output_end() looks for failures */
    return EXIT_YES;
}

bool save_output_is_free(const struct call *call, const char *path)
{
    return is_stdout(path) || is_free(call, path);
}

static int write_all(const struct call *call, const truce_conversion *made,
                     char *const *paths)
{
    if (!save_is_free(call, paths, made->file_count))
        return EXIT_WRONG_CALL;
    for (size_t f = 0; f < made->file_count; f++) {
        const truce_written *file = &made->files[f];
        int code = save_file(call, paths[f], file->bytes, file->length);
        if (code != EXIT_YES)
            return code;
        if (!call->json)
            printf("%s is written\n", paths[f]);
    }
    return EXIT_YES;
}

bool save_folder(const struct call *call, const char *path)
{
    if (is_folder(path) || mkdir(path, 0777) == 0)
        return true;
    complain(call->command, "cannot make the folder '%s': %s", path, strerror(errno));
    return false;
}

static bool names_folder(const char *path)
{
    return is_folder(path) || (path[0] && path[strlen(path) - 1] == '/');
}

static int write_where_told(const struct call *call, const truce_conversion *made)
{
    bool into = made->file_count > 1 || names_folder(call->output);
    if (into && !save_folder(call, call->output))
        return EXIT_WRONG_CALL;
    char **paths = must_have(calloc(made->file_count + 1, sizeof *paths));
    for (size_t f = 0; f < made->file_count; f++)
        paths[f] = into ? save_path(call->output, made->files[f].name)
                        : must_have(strdup(call->output));
    int code = write_all(call, made, paths);
    for (size_t f = 0; f < made->file_count; f++)
        free(paths[f]);
    free(paths);
    return code;
}

int save_conversion(const struct call *call, const truce_conversion *made)
{
    if (call->output && strcmp(call->output, "-") != 0)
        return write_where_told(call, made);
    if (call->json)
        return EXIT_YES;
    if (made->file_count != 1)
        return complain(call->command,
                        "%zu files are to be written; --output says into which folder",
                        made->file_count);
    fwrite(made->files[0].bytes, 1, made->files[0].length, stdout);
    return EXIT_YES;
}
