/* One event more, durably. While the log is locked it is read to its end, so that the event
 * is checked against all that stands there; then it is written with one call and synced. What
 * fails is undone to the byte: what stood there before still stands. */
#include "base/error.h"
#include "formats/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { WAITS = 50, INSTANT = 40 };

static const struct timespec WAIT = {.tv_nsec = 100000000}; /* for another writer */

typedef struct adding {
    const char *path;
    const truce_accord *accord;
    truce_log *log;
    int descriptor;
    arena memory;
    truce_diagnostics *said;
    truce_error *error;
} adding;

static truce_status fail(const adding *at, truce_status status, const char *what)
{
    return error_say(at->error, status, "%s: %s: %s", at->path, what, strerror(errno));
}

/* ---- the file -------------------------------------------------------------------- */

/* A file that is new has to be in its folder for good, too. */
static bool sync_folder(adding *at)
{
    const char *slash = strrchr(at->path, '/');
    const char *folder =
        slash ? arena_text_n(&at->memory, at->path, (size_t)(slash - at->path) + 1)
              : ".";
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return synced;
}

static bool lock(const adding *at)
{
    for (int k = 0; k < WAITS; k++) {
        if (flock(at->descriptor, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
        nanosleep(&WAIT, NULL);
    }
    return false;
}

static truce_status open_locked(adding *at)
{
    at->descriptor = open(at->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (at->descriptor < 0)
        return fail(at, TRUCE_LIMIT, "cannot be written");
    if (!lock(at))
        return error_say(at->error, TRUCE_CALL, "%s: another writer holds it",
                         at->path);
    if (lseek(at->descriptor, 0, SEEK_END) == 0 && !sync_folder(at))
        return fail(at, TRUCE_LIMIT, "its folder cannot be synced");
    return TRUCE_OK;
}

/* ---- what stands there ----------------------------------------------------------- */

static truce_status read_through(adding *at)
{
    size_t errors = at->said->errors;
    truce_status status = truce_log_open(at->path, at->accord, &at->log, at->said);
    while (status == TRUCE_OK && truce_log_next(at->log, at->said))
        ;
    return status == TRUCE_OK && at->said->errors > errors ? TRUCE_INPUT : status;
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* Keeps the torn bytes beside the log, and cuts them off. */
static bool put_aside(adding *at, uint64_t whole, size_t torn)
{
    char *bytes = arena_take(&at->memory, torn + 1);
    const char *beside = arena_format(&at->memory, "%s.torn", at->path);
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    bytes[torn] = '\n';
    bool kept = descriptor >= 0 &&
                pread(at->descriptor, bytes, torn, (off_t)whole) == (ssize_t)torn &&
                write_all(descriptor, bytes, torn + 1) && fsync(descriptor) == 0;
    if (descriptor >= 0)
        kept &= close(descriptor) == 0;
    return kept && ftruncate(at->descriptor, (off_t)whole) == 0 &&
           fsync(at->descriptor) == 0;
}

static truce_status mend(adding *at, bool repair)
{
    size_t torn = truce_log_torn(at->log);
    if (torn == 0)
        return TRUCE_OK;
    if (!repair)
        return error_say(
            at->error, TRUCE_CALL,
            "%s: its last line is torn (%zu bytes without an end); --repair "
            "puts them into %s.torn first",
            at->path, torn, at->path);
    return put_aside(at, log_whole_bytes(at->log), torn)
               ? TRUCE_OK
               : fail(at, TRUCE_LIMIT, "the torn line cannot be put aside");
}

/* ---- the event ------------------------------------------------------------------- */

/* Line breaks between the parts of a JSON object mean nothing; in its texts there are none. */
static char *on_one_line(adding *at, const char *line)
{
    char *bytes = arena_format(&at->memory, "%s\n", line);
    size_t last = strlen(bytes) - 1;
    for (char *c = bytes; (size_t)(c - bytes) < last; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    return bytes;
}

/* The event with id and time of recording filled in where they are missing, and a line feed
 * behind it; *length is without that. */
static char *complete(adding *at, const char *line, size_t *length)
{
    log_fields fields = {0};
    size_t from = strspn(line, " \t\r\n");
    char *bytes = on_one_line(at, line + from);
    *length = strlen(bytes) - 1;
    bool is_map = log_scan(bytes, *length, &fields);
    bool has_id = is_map && fields.of[LOG_ID].shape != LOG_ABSENT;
    bool has_time = is_map && fields.of[LOG_RECORDED].shape != LOG_ABSENT;
    log_fields_free(&fields);
    if (!is_map || (has_id && has_time))
        return bytes;
    char now[INSTANT], id[INSTANT] = "", recorded[2 * INSTANT] = "";
    truce_instant_write((truce_instant)time(NULL), NULL, now);
    if (!has_id)
        snprintf(id, sizeof id, "\"id\":\"e-%" PRIu64 "\",",
                 log_last_number(at->log) + 1);
    if (!has_time)
        snprintf(recorded, sizeof recorded, "\"recorded\":\"%s\",", now);
    bytes = arena_format(&at->memory, "{%s%s%s", id, recorded, bytes + 1);
    *length = strlen(bytes) - 1;
    return bytes;
}

/* One call; when it does not all arrive, or does not stay, nothing of it does. */
static truce_status append(adding *at, const char *bytes, size_t length)
{
    off_t before = lseek(at->descriptor, 0, SEEK_END);
    if (write_all(at->descriptor, bytes, length) && fsync(at->descriptor) == 0)
        return TRUCE_OK;
    int why = errno;
    bool undone = ftruncate(at->descriptor, before) == 0 && fsync(at->descriptor) == 0;
    errno = why;
    return fail(at, TRUCE_LIMIT,
                undone ? "the event could not be written, and nothing of it was"
                       : "the event could not be written in full");
}

static truce_status add(adding *at, const char *line, bool repair, char **written)
{
    truce_status status = open_locked(at);
    if (status == TRUCE_OK)
        status = read_through(at);
    if (status == TRUCE_OK)
        status = mend(at, repair);
    if (status != TRUCE_OK)
        return status;
    size_t length;
    char *bytes = complete(at, line, &length);
    if (!log_takes(at->log, "the event", bytes, length, at->said))
        return TRUCE_INPUT;
    status = append(at, bytes, length + 1);
    if (status == TRUCE_OK && written) {
        *written = must_allocate(length + 1);
        memcpy(*written, bytes, length);
        (*written)[length] = '\0';
    }
    return status;
}

truce_status truce_log_add(const char *path, const truce_accord *accord,
                           const char *line, bool repair, char **written,
                           truce_diagnostics *diagnostics, truce_error *error)
{
    adding at = {.path = path,
                 .accord = accord,
                 .descriptor = -1,
                 .said = diagnostics,
                 .error = error};
    if (written)
        *written = NULL;
    truce_status status = add(&at, line, repair, written);
    truce_log_close(at.log);
    if (at.descriptor >= 0)
        close(at.descriptor); /* and with it the lock */
    arena_free(&at.memory);
    return status;
}
