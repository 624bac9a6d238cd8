/* log_scan.h - one line of a log: the values of the keys we know, in one pass.
 *
 * The scanner takes JSON (RFC 8259) and nothing else; what it refuses is explained by
 * the reader of whole JSON files, which takes its time and finds the slip.
 */
#ifndef FORMATS_LOG_SCAN_H
#define FORMATS_LOG_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum log_key {
    LOG_KIND,
    LOG_ID,
    LOG_RECORDED,
    LOG_OCCURRED,
    LOG_TYPE,
    LOG_BY,
    LOG_ABOUT,
    LOG_COMMITMENT,
    LOG_COUNT,
    LOG_PLACE,
    LOG_SEVERITY,
    LOG_EVIDENCE,
    LOG_REPORTS,
    LOG_STATUS,
    LOG_ATTRIBUTED,
    LOG_CONFIDENCE,
    LOG_CORRECTS,
    LOG_KEYS
} log_key;

/* null is as if the key were not there. */
typedef enum log_shape {
    LOG_ABSENT,
    LOG_TEXT,
    LOG_NUMBER,
    LOG_BOOL,
    LOG_LIST,
    LOG_MAP
} log_shape;

typedef struct log_value {
    log_shape shape;
    uint32_t from, to; /* bytes of the line, with quotes or brackets */
    /* LOG_TEXT: without escapes; LOG_NUMBER: as written; [length], NUL behind it */
    const char *text;
    size_t length;
    size_t first, count; /* LOG_LIST: in items */
} log_value;

/* What a line holds; may be used again for the next one. Zeroed to begin with. */
typedef struct log_fields {
    log_value of[LOG_KEYS];
    log_value *items;
    size_t item_count, item_room;
    char *texts;
    size_t text_room;
    log_key twice; /* a key that was given twice, or LOG_KEYS */
    uint32_t twice_from;
} log_fields;

/* "recorded"; static memory. */
const char *log_key_name(log_key key);

/* Reads a line. line[length] must be a line feed, and there may be none before it; at
 * most 2^31 bytes. False when it is no JSON map. O(length). */
bool log_scan(const char *line, size_t length, log_fields *fields);

void log_fields_free(log_fields *fields);

#endif
