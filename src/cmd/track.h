/* track.h - what the commands that keep track of an agreement have in common. */
#ifndef CMD_TRACK_H
#define CMD_TRACK_H

#include "terminal.h"

typedef struct tracking {
    const struct call *call;
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

/* Reads the agreement in the first argument, and finds its log. False when something was
 * wrong, which was then said. */
bool tracking_begin(tracking *work, const struct call *call);

/* Where things stand, by --as, --now and --known-at; false when that could not be found,
 * which was then said. With --json it is printed. */
bool tracking_find(tracking *work);

/* Frees everything and returns the exit code. */
int tracking_end(tracking *work);

#endif
