/* status.h - how a call ended, what went wrong, and when to stop. */
#ifndef TRUCE_STATUS_H
#define TRUCE_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TRUCE_API __attribute__((visibility("default")))
#else
#define TRUCE_API
#endif

/* The version of the library in use, as "0.2.0"; static memory. */
TRUCE_API const char *truce_version(void);

/* The candidate nearest to what was written, to ask "did you mean"; NULL when none is near
 * enough to be meant. O(count * length^2). */
TRUCE_API const char *truce_nearest(const char *written, const char *const *candidates,
                                    size_t count);

/* The values are the exit codes of the command. */
typedef enum truce_status {
    TRUCE_OK = 0,    /* yes, found */
    TRUCE_NONE = 1,  /* proved: there is none; the result is still given */
    TRUCE_CALL = 2,  /* the caller's choices make no sense; see the error */
    TRUCE_INPUT = 3, /* the file is wrong; see the diagnostics */
    TRUCE_LIMIT = 4, /* time or memory ran out; the result says what is proved so far */
    TRUCE_BUG = 70   /* a mistake of ours */
} truce_status;

/* A place in an input; line and column count from 1, columns in characters (not bytes).
 * file is NULL and line 0 when there is no such place. */
typedef struct truce_place {
    const char *file;
    uint32_t line, column;
} truce_place;

/* One sentence about a call that could not be answered (TRUCE_CALL, TRUCE_LIMIT). */
typedef struct truce_error {
    char message[400];
} truce_error;

/* When to give up, and whom to tell how far it got. A NULL stop means never and nobody.
 *
 *   deadline   seconds on the monotonic clock (truce_seconds()), 0 for none
 *   cancelled  polled when not NULL; true stops the work like a deadline
 *   progress   called now and then when not NULL, part 0..1 of the work done; always
 * from the thread that asked the question
 */
typedef struct truce_stop {
    double deadline;
    bool (*cancelled)(void *user);
    void (*progress)(void *user, const char *what, double part);
    void *user;
    unsigned threads; /* how many may work; 0 counts as 1; never changes an answer */
} truce_stop;

/* The monotonic clock in seconds, for truce_stop.deadline. */
TRUCE_API double truce_seconds(void);

typedef enum truce_severity { TRUCE_ERROR, TRUCE_WARNING } truce_severity;

/* One thing wrong with an input.
 *
 *   message   a sentence without place: `unknown value "30day" of issue "ceasefire"`
 *   hint      what to do, or NULL: `did you mean "30-day"?`
 *   source    the text of the line at fault, or NULL; width is how many characters from
 *             place.column on the caret line should mark (at least 1)
 */
typedef struct truce_diagnostic {
    truce_severity severity;
    truce_place place;
    const char *message;
    const char *hint;
    const char *source;
    uint32_t width;
} truce_diagnostic;

/* All that was found wrong with an input, in the order of the file. Owned by whoever
 * called truce_diagnostics_new(); the texts live as long as it does. */
typedef struct truce_diagnostics {
    const truce_diagnostic *items;
    size_t count;
    size_t errors, warnings;
    size_t untold; /* errors beyond the limit of 20 that were counted but not kept */
} truce_diagnostics;

TRUCE_API truce_diagnostics *truce_diagnostics_new(void);
TRUCE_API void
truce_diagnostics_free(truce_diagnostics *diagnostics); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
