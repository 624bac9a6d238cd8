#include "terminal.h"

#include "complain.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { NARROWEST = 40, WIDEST = 100, CUSTOMARY = 80 };

static unsigned columns(FILE *stream)
{
    struct winsize size;
    if (!isatty(fileno(stream)) || ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0)
        return CUSTOMARY;
    if (size.ws_col > WIDEST)
        return WIDEST;
    return size.ws_col < NARROWEST ? NARROWEST : size.ws_col;
}

static bool says_something(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

static bool wants_colour(FILE *stream, uint64_t color)
{
    if (color != COLOR_AUTO)
        return color == COLOR_ALWAYS;
    const char *kind = getenv("TERM");
    return isatty(fileno(stream)) && !says_something("NO_COLOR") && kind &&
           strcmp(kind, "dumb") != 0;
}

/* Does this name of a locale end in an encoding that holds braille? */
static bool names_utf8(const char *locale)
{
    const char *encoding = strchr(locale, '.');
    return encoding && (strncasecmp(encoding, ".utf-8", 6) == 0 ||
                        strncasecmp(encoding, ".utf8", 5) == 0);
}

/* As the C library would choose the encoding; asked of the environment, for setlocale()
 * would be for the whole process. */
static bool writes_utf8(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t k = 0; k < sizeof variables / sizeof variables[0]; k++)
        if (says_something(variables[k]))
            return names_utf8(getenv(variables[k]));
    return false;
}

/* A file has no kind of terminal. */
static bool wants_ascii(FILE *stream, bool asked)
{
    const char *kind = getenv("TERM");
    bool dumb = isatty(fileno(stream)) && kind && strcmp(kind, "dumb") == 0;
    return asked || dumb || !writes_utf8();
}

truce_style terminal_style(FILE *stream, const struct call *call)
{
    return (truce_style){.width = call->width ? (unsigned)call->width : columns(stream),
                         .colour = wants_colour(stream, call->color),
                         .witness = call->witness,
                         .ascii = wants_ascii(stream, call->ascii)};
}

/* ---- output ---------------------------------------------------------------------- */

int output_end(int code)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    remark("the answer could not be written in full%s%s", errno ? ": " : "",
           errno ? strerror(errno) : "");
    return EXIT_LIMIT;
}

/* ---- progress -------------------------------------------------------------------- */

progress progress_begin(const struct call *call)
{
    return (progress){.wanted = !call->quiet && isatty(STDERR_FILENO),
                      .began = truce_seconds()};
}

/* "12 s left", once enough is done to tell. */
static void show_time_left(double seconds, double part)
{
    double left = seconds * (1 - part) / part;
    if (part < 0.02 || left > 360000)
        return;
    if (left < 120)
        fprintf(stderr, ", %.0f s left", left);
    else
        fprintf(stderr, ", %.0f min left", left / 60);
}

void progress_show(progress *bar, const char *what, double part)
{
    enum { CELLS = 30 };
    double now = truce_seconds();
    if (!bar->wanted || now - bar->began < 0.5 || now - bar->last < 0.1)
        return;
    bar->last = now;
    bar->shown = true;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    int full = (int)(part * CELLS);
    fprintf(stderr, "\r\033[K%-24.24s [%.*s%*s] %3.0f %%", what, full,
            "##############################", CELLS - full, "", part * 100);
    show_time_left(now - bar->began, part);
}

void progress_end(progress *bar)
{
    if (bar->shown)
        fputs("\r\033[K", stderr);
    bar->shown = false;
}

/* ---- mistakes of ours ------------------------------------------------------------ */

static void own_mistake(int number)
{
    static const char said[] =
        "truce: this is a mistake of truce's own, not of your file; please report it\n";
    (void)number;
    ssize_t written = write(STDERR_FILENO, said, sizeof said - 1);
    (void)written; /* where nobody reads it, the exit code must do */
    _exit(EXIT_BUG);
}

void terminal_own_mistakes(void)
{
    struct sigaction action = {.sa_handler = own_mistake};
    sigemptyset(&action.sa_mask);
    sigaction(SIGABRT, &action, NULL);
}

/* ---- interrupts ------------------------------------------------------------------ */

static volatile sig_atomic_t interrupted; /* a signal handler can reach nothing else */

static void note_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

void terminal_catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = note_interrupt,
                               .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool terminal_interrupted(void)
{
    return interrupted != 0;
}

/* ---- when to stop ---------------------------------------------------------------- */

static bool is_cancelled(void *user)
{
    (void)user;
    return terminal_interrupted();
}

static void show_progress(void *user, const char *what, double part)
{
    progress_show(user, what, part);
}

static unsigned processors(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > 1024 ? 1024 : (unsigned)online;
}

truce_stop terminal_stop(const struct call *call, progress *bar)
{
    return (truce_stop){
        .deadline = call->seconds > 0 ? truce_seconds() + call->seconds : 0,
        .cancelled = is_cancelled,
        .progress = show_progress,
        .user = bar,
        .threads = call->threads ? (unsigned)call->threads : processors()};
}
