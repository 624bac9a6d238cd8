/* terminal.h - who reads the answer: its width, its colours, and a progress bar while
 * waiting.
 */
#ifndef CMD_TERMINAL_H
#define CMD_TERMINAL_H

#include "command.h"

#include <truce/truce.h>

/* How to lay out text on this stream, as --width, --color, --ascii, NO_COLOR, TERM and the
 * locale have it. */
truce_style terminal_style(FILE *stream, const struct call *call);

/* Flushes stdout. Returns code, or EXIT_LIMIT when the answer could not be written in
 * full, having said so. */
int output_end(int code);

/* A progress bar on stderr. */
typedef struct progress {
    bool wanted; /* stderr is a terminal and --quiet was not given */
    bool shown;  /* something stands on the line and must be wiped */
    double began, last;
} progress;

progress progress_begin(const struct call *call);

/* Draws the bar, not before half a second has passed and at most ten times a second. */
void progress_show(progress *bar, const char *what, double part);

/* Wipes it, so that the next line begins at the left. */
void progress_end(progress *bar);

/* From now on a failed assertion says that it is our mistake and ends with EXIT_BUG. */
void terminal_own_mistakes(void);

/* From now on Ctrl-C does not kill, but makes terminal_interrupted() true; a second one
 * kills.
 */
void terminal_catch_interrupts(void);
bool terminal_interrupted(void);

/* When to stop: after --seconds, or when interrupted; bar shows how far it is. */
truce_stop terminal_stop(const struct call *call, progress *bar);

#endif
