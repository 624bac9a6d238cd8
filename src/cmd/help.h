/* help.h - what the commands are and take, for a person, a manual page and a shell; all
 * of it from the tables of commands and options. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "command.h"

#include <stdio.h>

/* "Understand"; the title of a group in help and manual. */
const char *group_title(enum group group);

/* The exit codes, each with its meaning; ends with one whose meaning is NULL. */
typedef struct exit_code {
    int code;
    const char *meaning;
} exit_code;
extern const exit_code exit_codes[];

/* All commands; one command with its options. Both fit 80 columns. */
void help_print(FILE *out);

/* The commands of a family. */
void help_print_family(FILE *out, const char *family);
void help_print_command(FILE *out, const command *verb);

/* The manual pages, as source for scdoc: all commands on one, one command, the commands
 * of a family. */
void man_print(FILE *out);
void man_print_command(FILE *out, const command *verb);
void man_print_family(FILE *out, const char *family);

#endif
