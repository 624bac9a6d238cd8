/* A line of a log: which keys each kind must have, and what each may hold. Mistakes in a
 * line are errors; names that nobody has are warnings, because lines are never edited,
 * and a log with one wrong name in it must not be lost for that. */
#include "formats/log.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/text.h"
#include "formats/document.h"

#include <stdlib.h>
#include <string.h>

enum {
    BLAMED_MOST = 1000, /* names: so many are remembered as warned about */
    COUNT_DIGITS = 15,  /* of a count: 10^15 - 1 at most */
    SEVEREST = 4
};

static const char *const kinds[] = {"report", "finding", "act",
                                    "notice", "release", "correction"};
static const char *const findings[] = {"verified", "refuted", "inconclusive"};

enum {
    KIND_COUNT = sizeof kinds / sizeof *kinds,
    FINDING_COUNT = sizeof findings / sizeof *findings
};

/* ---- saying what is wrong -------------------------------------------------------- */

/* Where a byte of the line stands in the line as it was given. */
static size_t as_given(const log_spot *spot, size_t at)
{
    return at <= 1 ? at : at <= spot->filled + 1 ? 1 : at - spot->filled;
}

void log_say(const log_spot *spot, truce_severity severity, size_t from, size_t to,
             const char *hint, const char *format, ...)
{
    arena memory = {0};
    va_list arguments;
    va_start(arguments, format);
    enum { SHOWN = 65536 };
    const char *line = spot->given ? spot->given : spot->bytes;
    size_t length = spot->length - spot->filled;
    size_t shown = length < SHOWN ? length : SHOWN;
    from = as_given(spot, from);
    to = as_given(spot, to);
    remark about = {
        .severity = severity,
        .place = {spot->file, (uint32_t)spot->number,
                  (uint32_t)text_characters(line, from) + 1},
        .source = to <= shown ? line : NULL,
        .source_length = to <= shown ? text_valid(line, shown) : 0,
        .width = (uint32_t)text_characters(line + from, to - from),
        .hint = hint,
    };
    diagnostics_add(spot->said, &about, "%s",
                    arena_format_v(&memory, format, arguments));
    va_end(arguments);
    arena_free(&memory);
}

/* The reader at work on one line. */
typedef struct line_reader {
    log_frame *frame;
    const log_spot *spot;
    log_fields *fields;
    truce_log_line *line;
    bool sound;
} line_reader;

static const log_value *given(const line_reader *r, log_key key)
{
    const log_value *value = &r->fields->of[key];
    return value->shape == LOG_ABSENT ? NULL : value;
}

__attribute__((format(printf, 4, 5))) static void
blame(line_reader *r, const log_value *value, const char *hint, const char *format, ...)
{
    arena memory = {0};
    va_list arguments;
    va_start(arguments, format);
    log_say(r->spot, TRUCE_ERROR, value->from, value->to, hint, "%s",
            arena_format_v(&memory, format, arguments));
    va_end(arguments);
    arena_free(&memory);
    r->sound = false;
}

/* 'did you mean "report"?' */
static void blame_word(line_reader *r, const log_value *value, log_key key,
                       const char *allowed, const char *const *words, size_t count)
{
    arena memory = {0};
    const char *nearest = names_nearest(value->text, words, count);
    const char *hint =
        nearest ? arena_format(&memory, "did you mean \"%s\"?", nearest) : NULL;
    blame(r, value, hint, "\"%s\" must be %s, not \"%s\"", log_key_name(key), allowed,
          value->text);
    arena_free(&memory);
}

static bool is_shape(line_reader *r, log_key key, const log_value *value,
                     log_shape shape, const char *wanted, const char *hint)
{
    if (value->shape == shape)
        return true;
    static const char *const found[] = {"nothing",       "a text", "a number",
                                        "true or false", "a list", "a map"};
    blame(r, value, hint, "\"%s\" must be %s, but is %s", log_key_name(key), wanted,
          found[value->shape]);
    return false;
}

/* ---- values ---------------------------------------------------------------------- */

/* NULL when it is not given, and after an error. */
static const char *text_of(line_reader *r, log_key key)
{
    const log_value *value = given(r, key);
    if (value == NULL || !is_shape(r, key, value, LOG_TEXT, "a text", NULL))
        return NULL;
    if (value->length > 0)
        return value->text;
    blame(r, value, "leave the key out", "\"%s\" is empty", log_key_name(key));
    return NULL;
}

/* The number of a word, or of none. */
static unsigned word_of(line_reader *r, log_key key, const char *const *words,
                        unsigned count, const char *allowed)
{
    const log_value *value = given(r, key);
    if (value == NULL || !is_shape(r, key, value, LOG_TEXT, allowed, NULL))
        return 0;
    for (unsigned w = 0; w < count; w++)
        if (strcmp(words[w], value->text) == 0)
            return w;
    blame_word(r, value, key, allowed, words, count);
    return 0;
}

static uint64_t whole_number_of(line_reader *r, log_key key, uint64_t least,
                                uint64_t most, const char *wanted, uint64_t otherwise)
{
    const log_value *value = given(r, key);
    if (value == NULL || !is_shape(r, key, value, LOG_NUMBER, wanted, NULL))
        return otherwise;
    uint64_t number = 0;
    bool sound = value->length <= COUNT_DIGITS;
    for (size_t i = 0; sound && i < value->length; i++) {
        sound = value->text[i] >= '0' && value->text[i] <= '9';
        number = number * 10 + (uint64_t)(value->text[i] - '0');
    }
    if (sound && number >= least && number <= most)
        return number;
    blame(r, value, NULL, "\"%s\" must be %s, not %s", log_key_name(key), wanted,
          value->text);
    return otherwise;
}

static truce_decimal confidence_of(line_reader *r)
{
    static const truce_decimal none = {0, 0}, full = {1, 0};
    static const char wanted[] = "a number from 0 to 1";
    const log_value *value = given(r, LOG_CONFIDENCE);
    truce_decimal number;
    if (value == NULL || !is_shape(r, LOG_CONFIDENCE, value, LOG_NUMBER, wanted, NULL))
        return full;
    if (decimal_read_long(value->text, value->length, &number) == DECIMAL_OK &&
        decimal_compare(number, none) >= 0 && decimal_compare(number, full) <= 0)
        return number;
    blame(r, value, NULL, "\"confidence\" must be %s, not %s", wanted, value->text);
    return full;
}

static const char instant_hint[] = "for example \"2025-06-02T10:00:00Z\"";

static bool instant_of(line_reader *r, log_key key, const log_value *value,
                       truce_instant *instant)
{
    if (!is_shape(r, key, value, LOG_TEXT, "an instant", instant_hint))
        return false;
    if (instant_read(value->text, value->length, r->frame->in, instant))
        return true;
    blame(r, value, instant_hint, "\"%s\" is no instant", value->text);
    return false;
}

/* ["2025-06-02T10:00Z", "2025-06-02T12:00Z"]: from the first, before the second */
static void interval_read(line_reader *r, const log_value *list)
{
    truce_instant ends[2];
    if (list->count != 2) {
        blame(r, list, "for example [\"2025-06-02T10:00Z\", \"2025-06-02T12:00Z\"]",
              "\"occurred\" must be an instant, or a list of two: from and to");
        return;
    }
    const log_value *items = r->fields->items + list->first;
    bool sound = instant_of(r, LOG_OCCURRED, &items[0], &ends[0]);
    if (!instant_of(r, LOG_OCCURRED, &items[1], &ends[1]) || !sound)
        return;
    if (ends[0] >= ends[1]) {
        blame(r, list, "the first instant, and the first one after the last",
              "\"occurred\" ends before it began");
        return;
    }
    r->line->from = ends[0];
    r->line->to = ends[1];
}

/* A correction gives only what it changes; any other line without `occurred` occurred
 * when it was recorded. */
static void times_read(line_reader *r)
{
    const log_value *recorded = given(r, LOG_RECORDED), *when = given(r, LOG_OCCURRED);
    truce_log_line *line = r->line;
    line->recorded = line->from = line->to = TRUCE_NO_INSTANT;
    if (recorded)
        instant_of(r, LOG_RECORDED, recorded, &line->recorded);
    if (when && when->shape == LOG_LIST)
        interval_read(r, when);
    else if (when && instant_of(r, LOG_OCCURRED, when, &line->from))
        line->to = line->from + 1;
    else if (!when && line->kind != TRUCE_LINE_CORRECTION &&
             line->recorded != TRUCE_NO_INSTANT) {
        line->from = line->recorded;
        line->to = line->recorded + 1;
    }
}

/* Ids, one or a list of them. */
static void reports_read(line_reader *r, const char ***reports, size_t *room)
{
    const log_value *value = given(r, LOG_REPORTS);
    size_t count = 0;
    if (value == NULL)
        return;
    bool is_one = value->shape == LOG_TEXT;
    if (!is_one && !is_shape(r, LOG_REPORTS, value, LOG_LIST, "a list of ids", NULL))
        return;
    const log_value *items = is_one ? value : r->fields->items + value->first;
    for (size_t i = 0; i < (is_one ? 1 : value->count); i++)
        if (is_shape(r, LOG_REPORTS, &items[i], LOG_TEXT, "a list of ids", NULL))
            *grow(*reports, count, *room) = items[i].text;
    r->line->reports = *reports;
    r->line->report_count = count;
}

/* ---- keys ------------------------------------------------------------------------ */

/* What the kinds must have, beside kind, id, recorded and by. */
static const struct {
    log_key keys[2];
    size_t count;
} needed[KIND_COUNT] = {
    [TRUCE_LINE_REPORT] = {{LOG_TYPE}, 1},
    [TRUCE_LINE_FINDING] = {{LOG_REPORTS, LOG_STATUS}, 2},
    [TRUCE_LINE_ACT] = {{LOG_TYPE}, 1},
    [TRUCE_LINE_NOTICE] = {{LOG_TYPE}, 1},
    [TRUCE_LINE_RELEASE] = {{LOG_KEYS}, 0},
    [TRUCE_LINE_CORRECTION] = {{LOG_CORRECTS}, 1},
};

static void need(line_reader *r, log_key key, const char *who)
{
    if (given(r, key))
        return;
    r->sound = false;
    log_say(r->spot, TRUCE_ERROR, 0, 1, NULL, "%s has no \"%s\"", who,
            log_key_name(key));
}

static const char *who_of(truce_line_kind kind)
{
    return kind == TRUCE_LINE_ACT       ? "an act"
           : kind == TRUCE_LINE_REPORT  ? "a report"
           : kind == TRUCE_LINE_FINDING ? "a finding"
           : kind == TRUCE_LINE_NOTICE  ? "a notice"
           : kind == TRUCE_LINE_RELEASE ? "a release"
                                        : "a correction";
}

static void keys_check(line_reader *r)
{
    static const log_key always[] = {LOG_ID, LOG_RECORDED, LOG_BY};
    need(r, LOG_KIND, "a line of a log");
    if (!r->sound)
        return;
    const char *who = who_of(r->line->kind);
    for (size_t k = 0; k < 3; k++)
        need(r, always[k], who);
    for (size_t k = 0; k < needed[r->line->kind].count; k++)
        need(r, needed[r->line->kind].keys[k], who);
}

/* ---- names ----------------------------------------------------------------------- */

/* A name that is not known; one that is near to a known one is probably a slip. Without
 * a near one, `always` tells whether it is worth a remark. */
static void name_check(line_reader *r, log_key key, const char *what,
                       const names *known, bool always)
{
    log_frame *frame = r->frame;
    const log_value *value = given(r, key);
    if (value == NULL || value->shape != LOG_TEXT || !frame->knows_accord ||
        names_find(known, value->text) != NAMES_NONE)
        return;
    bool is_new = names_find(&frame->blamed, value->text) == NAMES_NONE &&
                  frame->blamed.count < BLAMED_MOST;
    if (!is_new && !r->spot->strict)
        return;
    names_add(&frame->blamed, arena_text(&frame->memory, value->text), 0);
    const char *nearest = names_nearest_in(value->text, known);
    if (nearest == NULL && !always)
        return;
    arena memory = {0};
    log_say(r->spot, r->spot->strict ? TRUCE_ERROR : TRUCE_WARNING, value->from,
            value->to,
            nearest ? arena_format(&memory, "did you mean \"%s\"?", nearest) : NULL,
            "unknown %s \"%s\"", what, value->text);
    arena_free(&memory);
    r->sound &= !r->spot->strict;
}

static void names_check(line_reader *r)
{
    const log_frame *frame = r->frame;
    name_check(r, LOG_BY, "party or verifier", &frame->parties, false);
    name_check(r, LOG_ABOUT, "party", &frame->parties, false);
    name_check(r, LOG_ATTRIBUTED, "party", &frame->parties, false);
    name_check(r, LOG_COMMITMENT, "commitment", &frame->commitments, true);
}

void log_frame_begin(log_frame *frame, const truce_accord *accord)
{
    *frame = (log_frame){.in = zone_open(accord ? accord->zone : NULL)};
    if (frame->in == NULL)
        frame->in = zone_open(NULL); /* the accord's reader refused it already */
    if (accord == NULL)
        return;
    frame->knows_accord = true;
    for (size_t p = 0; p < accord->party_count; p++)
        names_add(&frame->parties, accord->parties[p], p);
    for (size_t v = 0; v < accord->verifiers.count; v++)
        names_add(&frame->parties, accord->verifiers.items[v], accord->party_count + v);
    for (size_t c = 0; c < accord->commitment_count; c++)
        names_add(&frame->commitments, accord->commitments[c].id, c);
}

void log_frame_end(log_frame *frame)
{
    zone_close(frame->in);
    names_free(&frame->parties);
    names_free(&frame->commitments);
    names_free(&frame->blamed);
    arena_free(&frame->memory);
}

/* ---- the line -------------------------------------------------------------------- */

/* Plain ASCII, eight bytes at a time, or else looked at character by character. */
static bool is_utf8(const char *bytes, size_t length, size_t *unfit)
{
    size_t at = 0;
    uint64_t high = 0, word;
    for (; at + 8 <= length; at += 8) {
        memcpy(&word, bytes + at, 8);
        high |= word & 0x8080808080808080u;
    }
    for (; at < length; at++)
        high |= (unsigned char)bytes[at] & 0x80u;
    *unfit = high ? text_valid(bytes, length) : length;
    return *unfit == length;
}

/* The reader of whole files says what is wrong, as if the line were a file. */
static void explain(const log_spot *spot)
{
    truce_diagnostics *own = truce_diagnostics_new();
    document *tree =
        document_read_json(spot->file, spot->bytes, spot->length, NULL, own);
    document_free(tree);
    remark about = {.severity = TRUCE_ERROR,
                    .place = {spot->file, (uint32_t)spot->number, 1},
                    .hint = "one map {...} in each line"};
    const char *message = "the line is no event";
    if (own->count > 0) {
        const truce_diagnostic *first = &own->items[0];
        about.place.column = first->place.column;
        about.source = first->source;
        about.source_length = first->source ? strlen(first->source) : 0;
        about.width = first->width;
        about.hint = first->hint;
        message = first->message;
    }
    diagnostics_add(spot->said, &about, "%s", message);
    truce_diagnostics_free(own);
}

static bool scan(const log_spot *spot, log_fields *fields)
{
    size_t unfit;
    if (!is_utf8(spot->bytes, spot->length, &unfit)) {
        log_say(spot, TRUCE_ERROR, unfit, unfit, "save the file as UTF-8",
                "invalid UTF-8");
        return false;
    }
    if (!log_scan(spot->bytes, spot->length, fields)) {
        explain(spot);
        return false;
    }
    if (fields->twice == LOG_KEYS)
        return true;
    const char *word = log_key_name(fields->twice);
    log_say(spot, TRUCE_ERROR, fields->twice_from,
            fields->twice_from + strlen(word) + 2, NULL, "key \"%s\" is given twice",
            word);
    return false;
}

static void texts_read(line_reader *r)
{
    truce_log_line *line = r->line;
    line->id = text_of(r, LOG_ID);
    line->type = text_of(r, LOG_TYPE);
    line->by = text_of(r, LOG_BY);
    line->about = text_of(r, LOG_ABOUT);
    line->place = text_of(r, LOG_PLACE);
    line->evidence = text_of(r, LOG_EVIDENCE);
    line->commitment = text_of(r, LOG_COMMITMENT);
    line->attributed = text_of(r, LOG_ATTRIBUTED);
    line->corrects = text_of(r, LOG_CORRECTS);
}

bool log_line_read(log_frame *frame, const log_spot *spot, log_fields *fields,
                   truce_log_line *line, const char ***reports, size_t *report_room)
{
    *line = (truce_log_line){.number = spot->number};
    if (!scan(spot, fields))
        return false;
    line_reader r = {frame, spot, fields, line, true};
    line->kind =
        (truce_line_kind)word_of(&r, LOG_KIND, kinds, KIND_COUNT,
                                 "report, finding, act, notice, release or correction");
    keys_check(&r);
    texts_read(&r);
    times_read(&r);
    bool is_correction = line->kind == TRUCE_LINE_CORRECTION;
    line->count = whole_number_of(&r, LOG_COUNT, 1, UINT64_MAX, "a whole number from 1",
                                  is_correction ? 0 : 1);
    line->severity = (int)whole_number_of(&r, LOG_SEVERITY, 0, SEVEREST,
                                          "a whole number from 0 to 4", UINT64_MAX);
    line->status = (truce_found)word_of(&r, LOG_STATUS, findings, FINDING_COUNT,
                                        "verified, refuted or inconclusive");
    line->confidence = confidence_of(&r);
    reports_read(&r, reports, report_room);
    names_check(&r);
    return r.sound;
}
