/* A log, from its file in blocks. Of the lines gone by nothing is kept but a fingerprint
 * of each id. The length of the file is taken when it is opened, so that every pass sees
 * the same lines while somebody else appends. After a bad line the rest is read for more
 * mistakes, up to twenty, and no line is given any more, in this pass or another. */
#include "formats/log.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK = 1 << 18,
    LONGEST_LINE = 1 << 20,
    REFERENCES_KEPT = 10000 /* forward ones; the rest is not looked after */
};

/*   bytes         the whole log when it is not in a regular file; else NULL
 *   block         [to] bytes of the log, those before `from` gone by
 *   offset        of the byte behind the block
 *   is_told       the first pass is over: nobody needs to hear twice
 */
struct truce_log {
    const char *file;
    int descriptor; /* -1 when there are bytes */
    char *bytes;
    uint64_t size, offset;
    char *block;
    size_t from, to, room;
    uint64_t number;
    bool is_told, is_broken, is_over;
    size_t torn;
    log_frame frame;
    log_fields fields;
    truce_log_line line;
    const char **reports;
    size_t report_room;
    log_ids ids;
    uint64_t last_number;
    log_reference *references;
    size_t reference_count, reference_room;
};

static void say_of_file(truce_log *log, truce_severity severity, const char *hint,
                        const char *message, truce_diagnostics *said)
{
    remark about = {.severity = severity,
                    .place = {log->file, (uint32_t)log->number, 1},
                    .hint = hint};
    diagnostics_add(said, &about, "%s", message);
}

/* ---- blocks ---------------------------------------------------------------------- */

static bool fetch(truce_log *log, char *into, size_t count, size_t *got)
{
    if (log->bytes) {
        memcpy(into, log->bytes + log->offset, count);
        *got = count;
        return true;
    }
    ssize_t taken;
    do
        taken = pread(log->descriptor, into, count, (off_t)log->offset);
    while (taken < 0 && errno == EINTR);
    *got = taken > 0 ? (size_t)taken : 0;
    return taken >= 0;
}

/* Reads on behind what the block still holds. False when it cannot be read. */
static bool refill(truce_log *log)
{
    size_t held = log->to - log->from, got;
    if (held > 0)
        memmove(log->block, log->block + log->from, held);
    log->from = 0;
    log->to = held;
    if (log->room - held < BLOCK) {
        char *larger = must_allocate(log->room + 2 * BLOCK);
        if (held > 0)
            memcpy(larger, log->block, held);
        free(log->block);
        log->block = larger;
        log->room += 2 * BLOCK;
    }
    uint64_t left = log->size - log->offset;
    if (!fetch(log, log->block + held, left < BLOCK ? (size_t)left : BLOCK, &got))
        return false;
    log->to += got;
    log->offset += got;
    if (got == 0)
        log->size = log->offset; /* somebody cut it off meanwhile */
    return true;
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r')
            return false;
    return true;
}

static void end_pass(truce_log *log, truce_diagnostics *said)
{
    size_t rest = log->to - log->from;
    log->is_over = true;
    log->torn = is_blank(log->block + log->from, rest) ? 0 : rest;
    log->number++;
    if (log->torn && !log->is_told)
        say_of_file(log, TRUCE_WARNING,
                    "whoever wrote it was interrupted; adding with --repair puts it "
                    "aside",
                    "the last line is torn: it has no line end, and is passed over",
                    said);
}

static void fail(truce_log *log, const char *message, truce_diagnostics *said)
{
    say_of_file(log, TRUCE_ERROR, NULL, message, said);
    log->is_broken = log->is_over = true;
}

/* The next line that is not blank, without its line feed; NULL when there is none. */
static const char *take_line(truce_log *log, size_t *length, truce_diagnostics *said)
{
    size_t searched = 0;
    while (!log->is_over) {
        char *begin = log->block + log->from, *end = NULL;
        if (log->to - log->from > searched)
            end = memchr(begin + searched, '\n', log->to - log->from - searched);
        if (end) {
            *length = (size_t)(end - begin);
            log->from += *length + 1;
            log->number++;
            if (!is_blank(begin, *length))
                return begin;
            searched = 0;
            continue;
        }
        searched = log->to - log->from;
        if (log->offset == log->size)
            end_pass(log, said);
        else if (searched > LONGEST_LINE)
            fail(log, "a line of more than a mebibyte", said);
        else if (!refill(log))
            fail(log, strerror(errno), said);
    }
    return NULL;
}

/* ---- ids ------------------------------------------------------------------------- */

/* "e-17": 17. */
static uint64_t number_of(const char *id)
{
    uint64_t number = 0;
    size_t digits = 0;
    if (id[0] != 'e' || id[1] != '-')
        return 0;
    for (id += 2; *id >= '0' && *id <= '9' && digits < 18; id++, digits++)
        number = number * 10 + (uint64_t)(*id - '0');
    return *id == '\0' ? number : 0;
}

static bool is_known(const truce_log *log, const char *id)
{
    return log_ids_have(&log->ids, log_mark_of(id, strlen(id)));
}

static void refer(truce_log *log, const char *id, bool corrects)
{
    if (log->reference_count == REFERENCES_KEPT || is_known(log, id))
        return;
    *grow(log->references, log->reference_count, log->reference_room) =
        (log_reference){.line = log->line.number,
                        .id = arena_text(&log->frame.memory, id),
                        .by = arena_text(&log->frame.memory, log->line.id),
                        .corrects = corrects};
}

/* What the first pass finds out about a line among the others. */
static bool id_check(truce_log *log, const log_spot *spot)
{
    const log_value *id = &log->fields.of[LOG_ID];
    uint64_t number = number_of(log->line.id);
    if (number > log->last_number)
        log->last_number = number;
    if (!log_ids_add(&log->ids, log_mark_of(id->text, id->length))) {
        log_say(spot, TRUCE_ERROR, id->from, id->to, NULL,
                "the id \"%s\" is used a second time", id->text);
        return false;
    }
    for (size_t i = 0; i < log->line.report_count; i++)
        refer(log, log->line.reports[i], false);
    if (log->line.corrects)
        refer(log, log->line.corrects, true);
    return true;
}

static void references_check(truce_log *log, truce_diagnostics *said)
{
    for (size_t i = 0; i < log->reference_count; i++) {
        const log_reference *to = &log->references[i];
        remark about = {.severity = TRUCE_WARNING,
                        .place = {log->file, (uint32_t)to->line, 1}};
        if (!is_known(log, to->id))
            diagnostics_add(said, &about, "\"%s\" %s \"%s\", which is not in the log",
                            to->by, to->corrects ? "corrects" : "is about", to->id);
    }
}

/* ---- lines ----------------------------------------------------------------------- */

static bool read_line(truce_log *log, const char *bytes, size_t length,
                      truce_diagnostics *said)
{
    truce_diagnostics *own = log->is_told ? truce_diagnostics_new() : NULL;
    log_spot spot = {.file = log->file,
                     .number = log->number,
                     .bytes = bytes,
                     .length = length,
                     .said = own ? own : said};
    bool sound = log_line_read(&log->frame, &spot, &log->fields, &log->line,
                               &log->reports, &log->report_room);
    truce_diagnostics_free(own);
    return sound && (log->is_told || id_check(log, &spot));
}

/* Looks for more mistakes behind the first. */
static void read_the_rest(truce_log *log, truce_diagnostics *said)
{
    size_t length;
    const char *bytes;
    log->is_broken = true;
    while (said->errors < ERRORS_KEPT && (bytes = take_line(log, &length, said)))
        read_line(log, bytes, length, said);
    log->is_over = true;
}

const truce_log_line *truce_log_next(truce_log *log, truce_diagnostics *diagnostics)
{
    size_t length;
    if (log->is_broken || log->is_over)
        return NULL;
    const char *bytes = take_line(log, &length, diagnostics);
    if (bytes && read_line(log, bytes, length, diagnostics))
        return &log->line;
    if (bytes)
        read_the_rest(log, diagnostics);
    else if (!log->is_told && !log->is_broken)
        references_check(log, diagnostics);
    log->is_told |= bytes == NULL;
    return NULL;
}

/* A pass that was left in the middle is as if it had not been. */
void truce_log_rewind(truce_log *log)
{
    static const char order_mark[] = "\xEF\xBB\xBF";
    log->offset = log->from = log->to = log->number = 0;
    log->is_over = false;
    if (!log->is_told) {
        log_ids_free(&log->ids);
        log->reference_count = 0;
    }
    if (refill(log) && log->to >= 3 && memcmp(log->block, order_mark, 3) == 0)
        log->from = 3;
}

size_t truce_log_torn(const truce_log *log)
{
    return log->torn;
}

/* ---- beginning and end ----------------------------------------------------------- */

static truce_log *log_new(const char *name, const truce_accord *accord)
{
    truce_log *log = must_allocate_zeroed(1, sizeof *log);
    log_frame_begin(&log->frame, accord);
    log->file = arena_text(&log->frame.memory, name);
    log->descriptor = -1;
    return log;
}

void truce_log_close(truce_log *log)
{
    if (log == NULL)
        return;
    if (log->descriptor >= 0)
        close(log->descriptor);
    log_frame_end(&log->frame);
    log_fields_free(&log->fields);
    log_ids_free(&log->ids);
    free(log->references);
    free(log->reports);
    free(log->block);
    free(log->bytes);
    free(log);
}

truce_status truce_log_parse(const char *name, const void *bytes, size_t length,
                             const truce_accord *accord, truce_log **log,
                             truce_diagnostics *diagnostics)
{
    (void)diagnostics; /* nothing can be wrong before a line is read */
    *log = log_new(name, accord);
    (*log)->bytes = must_allocate(length + 1);
    (*log)->size = length;
    if (length > 0)
        memcpy((*log)->bytes, bytes, length);
    truce_log_rewind(*log);
    return TRUCE_OK;
}

/* What is no regular file (a pipe) can be gone through only once: it is kept. */
static bool keep_all(truce_log *log)
{
    size_t room = BLOCK;
    ssize_t got = 1;
    log->bytes = must_allocate(room);
    while (got > 0) {
        if (log->size == room) {
            char *larger = must_allocate(room * 2);
            memcpy(larger, log->bytes, room);
            free(log->bytes);
            log->bytes = larger;
            room *= 2;
        }
        got = read(log->descriptor, log->bytes + log->size, room - log->size);
        log->size += got > 0 ? (size_t)got : 0;
    }
    return got == 0;
}

static bool open_file(truce_log *log, const char *path)
{
    struct stat about;
    log->descriptor =
        strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (log->descriptor < 0 || fstat(log->descriptor, &about) != 0)
        return false;
    if (!S_ISREG(about.st_mode))
        return keep_all(log);
    log->size = (uint64_t)about.st_size;
    return true;
}

truce_status truce_log_open(const char *path, const truce_accord *accord,
                            truce_log **log, truce_diagnostics *diagnostics)
{
    *log = log_new(path, accord);
    if (open_file(*log, path)) {
        truce_log_rewind(*log);
        return TRUCE_OK;
    }
    remark about = {.severity = TRUCE_ERROR, .place = {.file = path}};
    diagnostics_add(diagnostics, &about, "cannot be read: %s", strerror(errno));
    truce_log_close(*log);
    *log = NULL;
    return TRUCE_INPUT;
}

/* ---- for whoever adds a line ----------------------------------------------------- */

static bool is_known_or_blamed(const truce_log *log, const log_spot *spot, log_key key,
                               const log_value *value, const char *text)
{
    if (is_known(log, text))
        return true;
    log_say(spot, TRUCE_ERROR, value->from, value->to, NULL,
            "\"%s\" names \"%s\", which is not in the log", log_key_name(key), text);
    return false;
}

/* Takes the id even of a line that is wrong, so that those behind are not blamed for naming
 * it. False when another has it. */
static bool id_take(truce_log *log)
{
    const log_value *id = &log->fields.of[LOG_ID];
    if (id->shape != LOG_TEXT)
        return false;
    uint64_t number = number_of(id->text);
    if (number > log->last_number)
        log->last_number = number;
    return log_ids_add(&log->ids, log_mark_of(id->text, id->length));
}

bool log_takes(truce_log *log, const log_spot *spot)
{
    const log_value *of = log->fields.of;
    truce_log_line *line = &log->line;
    bool sound = log_line_read(&log->frame, spot, &log->fields, line, &log->reports,
                               &log->report_room);
    for (size_t i = 0; sound && i < line->report_count; i++)
        sound = is_known_or_blamed(log, spot, LOG_REPORTS, &of[LOG_REPORTS],
                                   line->reports[i]);
    if (sound && line->corrects)
        sound = is_known_or_blamed(log, spot, LOG_CORRECTS, &of[LOG_CORRECTS],
                                   line->corrects);
    bool is_new = id_take(log);
    if (sound && !is_new)
        log_say(spot, TRUCE_ERROR, of[LOG_ID].from, of[LOG_ID].to, NULL,
                "the id \"%s\" is in the log already", line->id);
    return sound && is_new;
}

uint64_t log_last_number(const truce_log *log)
{
    return log->last_number;
}

uint64_t log_whole_bytes(const truce_log *log)
{
    return log->size - (log->to - log->from);
}
