/* contents.h - a file of the command line, read whole. */
#ifndef CMD_CONTENTS_H
#define CMD_CONTENTS_H

#include "command.h"

typedef struct contents {
    char *bytes;
    size_t length;
} contents;

/* Reads the file ("-": standard input) into a zeroed contents, to be freed in any case.
 * False when that cannot be, which was then said. */
bool contents_read(const struct call *call, const char *path, contents *into);
void contents_free(contents *of);

#endif
