/* complain.h - sentences to stderr about a call that cannot be carried out. */
#ifndef CMD_COMPLAIN_H
#define CMD_COMPLAIN_H

#include "command.h"

/* "truce: sentence", then how to get help about the command (NULL: about all of them).
 * Returns EXIT_WRONG_CALL. */
__attribute__((format(printf, 2, 3))) int complain(const command *verb,
                                                   const char *sentence, ...);

/* There is no such command; perhaps another was meant. Returns EXIT_WRONG_CALL. */
int complain_unknown_command(const char *name);
int complain_unknown_member(const char *family, const char *name);

/* "truce: sentence" alone. */
__attribute__((format(printf, 1, 2))) void remark(const char *sentence, ...);

/* The memory, which must not be NULL: running out of it ends the command with EXIT_LIMIT. */
void *must_have(void *memory);

/* "; did you mean 'X'?" for the candidate nearest to what was written, or "" when none
 * is near; prefix ("--" or "") stands before it. In memory that the next call
 * overwrites. */
const char *perhaps(const char *written, const char *prefix,
                    const char *const *candidates, size_t count);

#endif
