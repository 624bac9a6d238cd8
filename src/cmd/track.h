/* track.h - what the commands that keep track of an agreement have in common. */
#ifndef CMD_TRACK_H
#define CMD_TRACK_H

#include "terminal.h"

typedef struct tracking {
    const struct call *call;
    const char *path; /* of the agreement */
    truce_accord *accord;
    truce_log *log;
    truce_track *track;
    char *log_path;
    truce_status status;
    truce_error error;
    truce_diagnostics *said;
    truce_stop stop;
    truce_style style;
    progress bar;
} tracking;

/* Reads the agreement in path, and finds its log. False when something was wrong, which was
 * then said. */
bool tracking_begin(tracking *work, const struct call *call, const char *path);

/* Where things stand, by --as, --now and --known-at; false when that could not be found,
 * which was then said. With --json it is printed. */
bool tracking_find(tracking *work);

/* The same, where --now is not given, at the moment that the log's last line was recorded: the
 * same answer whenever it is asked for. */
bool tracking_find_latest(tracking *work);

/* Frees everything and returns the exit code. */
int tracking_end(tracking *work);

#endif
