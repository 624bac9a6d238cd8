/* error.h - how the rooms fill what status.h promises. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <truce/status.h>

#include <stdarg.h>

enum { ERRORS_KEPT = 20 };

/* Fills error (which may be NULL) and hands back status, so that a caller can return
 * it. */
truce_status error_say(truce_error *error, truce_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What is to be said of a place; hint and source may be NULL, width 0 counts as 1. */
typedef struct remark {
    truce_severity severity;
    truce_place place;
    const char *source; /* text of the line, need not end with NUL */
    size_t source_length;
    uint32_t width;
    const char *hint;
} remark;

/* Adds a diagnostic, in the order of places whatever the order of calls. Beyond
 * ERRORS_KEPT errors (and as many warnings times ten) only counts grow. */
void diagnostics_add(truce_diagnostics *diagnostics, const remark *about,
                     const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
