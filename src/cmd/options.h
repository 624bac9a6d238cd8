/* options.h - the one table of options: it drives parsing, help, man page and
 * completion. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "command.h"

typedef enum option_kind {
    OPTION_FLAG,    /* bool */
    OPTION_WHOLE,   /* uint64_t between least and most */
    OPTION_NUMBER,  /* double between least and most */
    OPTION_BYTES,   /* uint64_t; 4G and the like */
    OPTION_DECIMAL, /* truce_decimal, not negative */
    OPTION_TEXT,    /* const char * */
    OPTION_TEXTS,   /* const char **, followed in the call by its count; may be repeated
                    */
    OPTION_NAMES,   /* the profiles of the call: names parted by commas */
    OPTION_CHOICE,  /* uint64_t: the place of the one chosen in choices */
    OPTION_KINDS    /* uint64_t: a bit for each of those chosen, parted by commas */
} option_kind;

struct option {
    const char *name;     /* "seconds" */
    const char *argument; /* "S", or NULL for a flag */
    const char *line;     /* what it does, in one line of help */
    const char *
        verbs; /* "deals clash": its commands; "*": all that read scenarios, "!plot" but for
                          this family; "" every command */
    option_kind kind;
    size_t place; /* offsetof its field in call */
    double least, most;
    const char *choices; /* "auto always never" */
};

/* All options; ends with one whose name is NULL. */
extern const struct option options[];

/* Does the command take the option? command may be NULL: only those of every command.
 */
bool option_fits(const struct option *option, const command *verb);

/* Does it belong to this command alone, or to a few, rather than to all? */
bool option_is_special(const struct option *option);

/* Reads the command line. Options may stand anywhere, before the verb too, until "--".
 *
 *   call   receives the answer; its arguments and set point into argv and are freed
 * with options_forget(), also after a failure
 *
 * Returns false when the line is wrong, which has then been said on stderr. The verb
 * "-h" or none at all is not wrong here.
 */
bool options_read(int argc, char **argv, struct call *call);
void options_forget(struct call *call);

#endif
