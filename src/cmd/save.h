/* save.h - files that a command writes: never over another unless told so. */
#ifndef CMD_SAVE_H
#define CMD_SAVE_H

#include "command.h"

#include <truce/truce.h>

/* Writes one file. A file that is there already is left alone without --force. Returns
 * EXIT_YES, or another exit code having said why. */
int save_file(const struct call *call, const char *path, const char *bytes,
              size_t length);

/* Writes a scenario where --output says, and tells on stdout which files there are now:
 * one file to that path, or into the folder of that name; several into a folder, which
 * is made when it is not there. Without --output one file goes to stdout. */
int save_conversion(const struct call *call, const truce_conversion *made);

#endif
