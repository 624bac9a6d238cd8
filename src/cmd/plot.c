#include "plot.h"

#include "complain.h"
#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONVERTER "rsvg-convert"

enum { LEAST_WIDTH = 320, LEAST_HEIGHT = 240, MOST = 20000 };

extern char **environ;

/* ---- the call -------------------------------------------------------------------- */

/* "800x600", or "800" for the width alone. */
static bool read_size(const char *text, unsigned *width, unsigned *height)
{
    char *end;
    size_t digits = strspn(text, "0123456789");
    unsigned long across = strtoul(text, &end, 10), up = 0;
    bool good = digits > 0 && across >= LEAST_WIDTH && across <= MOST;
    if (*end == 'x') {
        const char *second = end + 1;
        good = good && strspn(second, "0123456789") > 0;
        up = strtoul(second, &end, 10);
        good = good && up >= LEAST_HEIGHT && up <= MOST;
    }
    *width = (unsigned)across;
    *height = (unsigned)up;
    return good && *end == '\0';
}

/* What stands behind the last dot of the file's name; "svg" for standard output. */
static const char *kind_of(const char *path)
{
    const char *name = path ? strrchr(path, '/') : NULL;
    const char *dot = path ? strrchr(name ? name : path, '.') : NULL;
    return path == NULL || strcmp(path, "-") == 0 ? "svg" : dot ? dot + 1 : "";
}

static bool is_converted(const char *kind)
{
    return strcasecmp(kind, "png") == 0 || strcasecmp(kind, "pdf") == 0;
}

/* Is the program on the PATH? */
static bool has_converter(void)
{
    const char *path = getenv("PATH");
    bool found = false;
    char *folders = must_have(strdup(path ? path : "/usr/bin:/bin")), *rest = folders;
    for (char *folder = strtok_r(rest, ":", &rest); folder && !found;
         folder = strtok_r(NULL, ":", &rest)) {
        char *file = save_path(folder, CONVERTER);
        found = access(file, X_OK) == 0;
        free(file);
    }
    free(folders);
    return found;
}

bool plot_is_possible(const struct call *call)
{
    static const char *const kinds[] = {"svg", "png", "pdf"};
    unsigned width, height;
    const char *kind = kind_of(call->output);
    if (call->picture_size && !read_size(call->picture_size, &width, &height))
        complain(call->command,
                 "--size wants a width and a height in pixels, such as 800x600, from "
                 "%dx%d to %dx%d, not '%s'",
                 LEAST_WIDTH, LEAST_HEIGHT, MOST, MOST, call->picture_size);
    else if (strcasecmp(kind, "svg") != 0 && !is_converted(kind))
        complain(call->command,
                 "a picture is written as .svg, .png or .pdf, not '%s'%s", call->output,
                 perhaps(kind, "", kinds, 3));
    else if (is_converted(kind) && !has_converter())
        complain(call->command,
                 "a .%s is made by " CONVERTER
                 ", which is not here (Debian: librsvg2-bin); .svg needs nothing",
                 kind);
    else
        return save_output_is_free(call, call->output);
    return false;
}

/* ---- drawing --------------------------------------------------------------------- */

void plot_begin(plotting *picture, const struct call *call)
{
    *picture = (plotting){.call = call};
    picture->style.palette = call->dark ? TRUCE_DARK : TRUCE_LIGHT;
    picture->style.title = call->picture_title;
    if (call->picture_size)
        read_size(call->picture_size, &picture->style.width, &picture->style.height);
    picture->out = must_have(open_memstream(&picture->bytes, &picture->length));
}

static bool write_bytes(int to, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t step = write(to, bytes, length);
        if (step < 0 && errno != EINTR)
            return false;
        bytes += step > 0 ? step : 0;
        length -= step > 0 ? (size_t)step : 0;
    }
    return true;
}

/* The converter reads the picture from a file that has no name any more, so that neither it
 * nor we wait for the other. */
static FILE *unnamed_copy(const plotting *picture)
{
    FILE *copy = tmpfile();
    if (copy && (!write_bytes(fileno(copy), picture->bytes, picture->length) ||
                 lseek(fileno(copy), 0, SEEK_SET) != 0)) {
        fclose(copy);
        copy = NULL;
    }
    return copy;
}

static bool run_converter(const char *kind, int from, int to)
{
    char program[] = CONVERTER, format[] = "--format", unlimited[] = "--unlimited";
    char *const words[] = {program, format,
                           strcasecmp(kind, "png") == 0 ? (char[]){"png"}
                                                        : (char[]){"pdf"},
                           unlimited, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, from, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, to, STDOUT_FILENO);
    bool begun = posix_spawnp(&child, CONVERTER, &actions, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    while (begun && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return begun && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int convert(const plotting *picture, const char *kind)
{
    const struct call *call = picture->call;
    FILE *copy = unnamed_copy(picture),
         *out = copy ? save_open(call, call->output) : NULL;
    int code = EXIT_LIMIT;
    if (copy == NULL)
        remark("the picture could not be set aside for " CONVERTER ": %s",
               strerror(errno));
    else if (out == NULL)
        code = EXIT_WRONG_CALL;
    else if (run_converter(kind, fileno(copy), fileno(out)))
        code = EXIT_YES;
    else
        remark(CONVERTER " could not make '%s'", call->output);
    if (out)
        fclose(out);
    if (copy)
        fclose(copy);
    return code;
}

int plot_end(plotting *picture, int code)
{
    const struct call *call = picture->call;
    const char *kind = kind_of(call->output);
    int written = EXIT_YES;
    fclose(picture->out);
    if (is_converted(kind))
        written = convert(picture, kind);
    else
        written = save_output(call, call->output, picture->bytes, picture->length);
    free(picture->bytes);
    return written == EXIT_YES ? code : written;
}

bool plot_answers(plotting *picture, analysis *work, const void *result)
{
    if (!analysis_answered(work, result))
        return false;
    plot_begin(picture, work->call);
    return true;
}

void plot_answered(plotting *picture, analysis *work)
{
    if (work->status == TRUCE_NONE)
        work->status = TRUCE_OK;
    work->status = (truce_status)plot_end(picture, (int)work->status);
}
