/* One event more, or many, durably. While the log is locked it is read to its end, once, so
 * that each event is checked against all that stands there and above it; then they are
 * written together and synced. All go in or none: what fails is undone to the byte, and what
 * stood there before still stands. */
#include "base/error.h"
#include "formats/bytes.h"
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

enum {
    WAITS = 50,
    INSTANT = 40,
    FILLED = 128 /* at most so many bytes of id and time are filled in */
};

static const struct timespec WAIT = {.tv_nsec = 100000000}; /* for another writer */

/*   name            of what is added, where a diagnostic points: "the event", a file
 *   bytes, length   the events as they will stand in the log, each with its line feed
 *   now             when they are recorded unless they say so
 */
typedef struct adding {
    const char *path, *name;
    bool is_one;
    const truce_accord *accord;
    truce_log *log;
    int descriptor;
    char *bytes;
    size_t length;
    char now[INSTANT];
    log_fields fields;
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

/* ---- the events ------------------------------------------------------------------ */

/* Puts an event behind those that stand in at->bytes, with a line feed, and with id and time
 * of recording filled in where they are missing; *filled is how many bytes that took. */
static void complete(adding *at, const char *event, size_t length, size_t *filled)
{
    char *into = at->bytes + at->length;
    memcpy(into, event, length);
    into[length] = '\n';
    *filled = 0;
    bool is_map = log_scan(into, length, &at->fields);
    bool has_id = at->fields.of[LOG_ID].shape != LOG_ABSENT;
    bool has_time = at->fields.of[LOG_RECORDED].shape != LOG_ABSENT;
    if (!is_map || (has_id && has_time))
        return;
    char id[INSTANT] = "", recorded[2 * INSTANT] = "";
    if (!has_id)
        snprintf(id, sizeof id, "\"id\":\"e-%" PRIu64 "\",",
                 log_last_number(at->log) + 1);
    if (!has_time)
        snprintf(recorded, sizeof recorded, "\"recorded\":\"%s\",", at->now);
    *filled = (size_t)snprintf(into, FILLED, "{%s%s", id, recorded) - 1;
    memcpy(into + *filled + 1, event + 1, length - 1);
    into[*filled + length] = '\n';
}

/* Could the event stand in the log, behind those above it? Then it is in at->bytes. */
static bool take(adding *at, uint64_t number, const char *event, size_t length)
{
    size_t filled;
    complete(at, event, length, &filled);
    log_spot spot = {.file = at->name,
                     .number = number,
                     .bytes = at->bytes + at->length,
                     .length = length + filled,
                     .given = event,
                     .filled = filled,
                     .strict = true,
                     .said = at->said};
    if (!log_takes(at->log, &spot))
        return false;
    at->length += spot.length + 1;
    return true;
}

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

/* The length of what stands between the blanks at both ends of [*from, to). */
static size_t between_blanks(const char **from, const char *to)
{
    while (to > *from && is_blank(to[-1]))
        to--;
    while (to > *from && is_blank(**from))
        ++*from;
    return (size_t)(to - *from);
}

static size_t lines_in(const char *events, size_t length)
{
    size_t count = 1;
    for (size_t i = 0; i < length; i++)
        count += events[i] == '\n';
    return count;
}

/* Each line; the first twenty that are wrong are told. */
static truce_status take_lines(adding *at, const char *events, size_t length)
{
    size_t errors = at->said->errors;
    const char *end = events + length;
    uint64_t number = 1;
    for (const char *line = events; line < end; number++) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *event = line;
        size_t event_length = between_blanks(&event, feed ? feed : end);
        if (event_length > 0 && !take(at, number, event, event_length) &&
            at->said->errors >= errors + ERRORS_KEPT)
            break;
        line = feed ? feed + 1 : end;
    }
    return at->said->errors > errors ? TRUCE_INPUT : TRUCE_OK;
}

/* When they do not all arrive, or do not stay, nothing of them does. */
static truce_status append(adding *at)
{
    off_t before = lseek(at->descriptor, 0, SEEK_END);
    if (write_all(at->descriptor, at->bytes, at->length) && fsync(at->descriptor) == 0)
        return TRUCE_OK;
    int why = errno;
    bool undone = ftruncate(at->descriptor, before) == 0 && fsync(at->descriptor) == 0;
    errno = why;
    return fail(at, TRUCE_LIMIT,
                undone ? "nothing could be written, and nothing was"
                       : "what was to be written is there only in part");
}

static truce_status take_one(adding *at, const char *event, size_t length)
{
    return take(at, 1, event, length) ? TRUCE_OK : TRUCE_INPUT;
}

static truce_status add(adding *at, const char *events, size_t length, bool repair)
{
    at->bytes = must_allocate(length + lines_in(events, length) * FILLED);
    truce_instant_write((truce_instant)time(NULL), NULL, at->now);
    truce_status status = open_locked(at);
    if (status == TRUCE_OK)
        status = read_through(at);
    if (status == TRUCE_OK)
        status = mend(at, repair);
    if (status == TRUCE_OK)
        status = (at->is_one ? take_one : take_lines)(at, events, length);
    if (status == TRUCE_OK && at->length > 0)
        status = append(at);
    return status;
}

static truce_status add_and_end(adding *at, const char *events, size_t length,
                                bool repair, char **written)
{
    at->descriptor = -1;
    truce_status status = add(at, events, length, repair);
    if (status == TRUCE_OK && written) {
        *written = must_allocate(at->length + 1);
        memcpy(*written, at->bytes, at->length);
        (*written)[at->length] = '\0';
    }
    truce_log_close(at->log);
    if (at->descriptor >= 0)
        close(at->descriptor); /* and with it the lock */
    log_fields_free(&at->fields);
    free(at->bytes);
    arena_free(&at->memory);
    return status;
}

/* Line breaks between the parts of a JSON object mean nothing; in its texts there are none. */
static char *on_one_line(adding *at, const char *event)
{
    char *line = arena_text(&at->memory, event);
    for (char *c = line; *c; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    return line;
}

truce_status truce_log_add(const char *path, const truce_accord *accord,
                           const char *line, bool repair, char **written,
                           truce_diagnostics *diagnostics, truce_error *error)
{
    adding at = {.path = path,
                 .name = "the event",
                 .is_one = true,
                 .accord = accord,
                 .said = diagnostics,
                 .error = error};
    if (written)
        *written = NULL;
    const char *event = on_one_line(&at, line);
    size_t length = between_blanks(&event, event + strlen(event));
    truce_status status = add_and_end(&at, event, length, repair, written);
    if (status == TRUCE_OK && written)
        (*written)[strlen(*written) - 1] = '\0'; /* its line feed */
    return status;
}

truce_status truce_log_add_all(const char *path, const truce_accord *accord,
                               const char *events, bool repair, char **written,
                               truce_diagnostics *diagnostics, truce_error *error)
{
    adding at = {.path = path,
                 .name = strcmp(events, "-") == 0 ? "standard input" : events,
                 .accord = accord,
                 .said = diagnostics,
                 .error = error};
    size_t length;
    if (written)
        *written = NULL;
    char *bytes = bytes_read(events, SIZE_MAX, &length, diagnostics);
    if (bytes == NULL)
        return TRUCE_INPUT;
    truce_status status = add_and_end(&at, bytes, length, repair, written);
    free(bytes);
    return status;
}
