/* trace.h - one line of a trace (report/session.c writes them): the table, a thing said, or
 * the end. Whoever reads a trace decides what must come when.
 */
#ifndef PLAY_TRACE_H
#define PLAY_TRACE_H

#include "base/arena.h"

#include <truce/play.h>

/* Where the reader stands. A zeroed one with name, bytes, length, scenario and said given
 * stands before the first line.
 *
 *   line, width  of the line in hand, without its line feed; number counts from 1
 */
typedef struct trace {
    const char *name, *bytes;
    size_t length, next;
    const truce_scenario *scenario;
    truce_diagnostics *said;
    const char *line;
    size_t width;
    uint32_t number;
} trace;

/* The first line. Texts and lists in the memory given to trace_head(). */
typedef struct trace_table {
    const char *protocol;
    uint32_t rounds; /* 0: by the clock */
    uint64_t seed;
    truce_convention as;
    bool as_given;
    truce_list parties;
    const char *const *strategies; /* [parties.count] */
} trace_table;

/* A thing said, or the end: ended says which.
 *
 *   seat     of a thing said; TRUCE_NOBODY: the mediator
 *   outcome  was an outcome given, which [issues] then holds
 *   u        was a list of utilities given; [seats], NaN for null
 */
typedef struct trace_word {
    bool ended, has_outcome, has_u;
    truce_session_end end;
    truce_said said;
    size_t seat;
    uint32_t round; /* step of an end */
    double time;
    truce_value *outcome;
    double *u;
} trace_word;

/* The next line that is not empty. False after the last. */
bool trace_next(trace *at);

/* Reads the line in hand; false when it is no such line, which was then said with its
 * place. O(length). */
bool trace_head(trace *at, trace_table *table, arena *memory);
bool trace_read(trace *at, const trace_table *table, trace_word *word);

/* Says something about the line in hand, as bad input. Returns false. */
bool trace_refuse(trace *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
