/* log.h - the inside of a log's reader, for the parts of the reader and for whoever adds
 * a line (track/add.c). */
#ifndef FORMATS_LOG_H
#define FORMATS_LOG_H

#include "base/calendar.h"
#include "base/names.h"
#include "formats/log_ids.h"
#include "formats/log_scan.h"

#include <truce/track.h>

/* A line that is being read, and whom to tell.
 *
 *   bytes    [length], with a line feed behind them
 *   given    the line as somebody wrote it, when `filled` bytes behind its brace are ours;
 *            else NULL
 *   strict   names that nobody has are errors, not warnings: for a line that is not in
 *            the log yet, and can still be mended
 */
typedef struct log_spot {
    const char *file;
    uint64_t number;
    const char *bytes;
    size_t length;
    const char *given;
    size_t filled;
    bool strict;
    truce_diagnostics *said;
} log_spot;

/* What lines are read with; lives as long as the log.
 *
 *   parties, commitments  names that lines may have, when the accord is known
 *   blamed                names that were warned about; each is, once
 */
typedef struct log_frame {
    arena memory;
    zone *in;
    bool knows_accord;
    names parties, commitments, blamed;
} log_frame;

/* A finding or correction of a line that has not been met (yet). */
typedef struct log_reference {
    uint64_t line;
    const char *id; /* of the line that is meant */
    const char *by; /* id of the finding or correction */
    bool corrects;
} log_reference;

void log_frame_begin(log_frame *frame, const truce_accord *accord);
void log_frame_end(log_frame *frame);

/* Reads a line into `line`, whose texts live in fields; *reports is grown as needed and
 * freed by the caller. False after an error. O(length). */
bool log_line_read(log_frame *frame, const log_spot *spot, log_fields *fields,
                   truce_log_line *line, const char ***reports, size_t *report_room);

/* Says something about bytes [from, to) of a line; hint may be NULL. */
__attribute__((format(printf, 6, 7))) void log_say(const log_spot *spot,
                                                   truce_severity severity, size_t from,
                                                   size_t to, const char *hint,
                                                   const char *format, ...);

/* ---- for whoever adds a line ----------------------------------------------------- */

/* Could this line be the next of a log that has been read to its end? Then it is taken
 * for one, and the next is asked about behind it. Errors are told. O(length). */
bool log_takes(truce_log *log, const log_spot *spot);

/* The greatest N of all ids "e-N" in a log that has been read to its end, and of those
 * taken since; 0: none. */
uint64_t log_last_number(const truce_log *log);

/* The bytes up to and with the last line feed, of a log that has been read to its end.
 */
uint64_t log_whole_bytes(const truce_log *log);

#endif
