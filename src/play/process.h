/* process.h - a command run beside us, in a cage, spoken to line by line against the clock.
 *
 * It is the leader of a process group of its own, which ends as a whole: SIGTERM, then
 * SIGKILL. Nothing here blocks longer than it was told to.
 */
#ifndef PLAY_PROCESS_H
#define PLAY_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

enum { LINE_MOST = 64 * 1024 };

typedef struct process {
    int pid, socket;          /* 0, -1: not running */
    char line[LINE_MOST + 1]; /* what was read and not yet taken */
    size_t length;
} process;

/* How a word to or from it went. */
typedef enum heard {
    HEARD_LINE,
    HEARD_NOTHING, /* in the time given */
    HEARD_END,     /* it closed its side, or is gone */
    HEARD_FLOOD    /* a line longer than LINE_MOST */
} heard;

/* Runs `sh -c command`; false when there is no process to be had. */
bool process_begin(process *of, const char *command);

/* Sends all of it, or gives up after so many seconds. Never HEARD_FLOOD. */
heard process_say(process *of, const char *text, size_t length, double seconds);

/* The next line into *line, without its end; valid until the next call. */
heard process_hear(process *of, double seconds, const char **line);

/* Is there something that it said and nobody took? Does not wait. */
bool process_has_spoken(process *of);

/* Ends it and its group: closes, waits up to `seconds` for it to go, then SIGTERM, then
 * SIGKILL. Returns how it ended, as waitpid() tells, or -1. */
int process_end(process *of, double seconds);

#endif
