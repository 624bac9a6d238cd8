/* save.h - files that a command writes: never over another unless told so. */
#ifndef CMD_SAVE_H
#define CMD_SAVE_H

#include "command.h"

#include <truce/truce.h>

#include <stdio.h>

/* Opens a file to be written; NULL when that cannot be, which was then said: it is there
 * already and --force was not given, for one. */
FILE *save_open(const struct call *call, const char *path);

/* Closes it. EXIT_YES; EXIT_LIMIT, having said why, when what was written (whole, as far as
 * the caller knows) is not all there. */
int save_close(FILE *file, const char *path, bool whole);

/* Writes one file. A file that is there already is left alone without --force. Returns
 * EXIT_YES, or another exit code having said why. */
int save_file(const struct call *call, const char *path, const char *bytes,
              size_t length);

/* The same to standard output for NULL or "-". */
int save_output(const struct call *call, const char *path, const char *bytes,
                size_t length);

/* May an output go there? Always to standard output; says so when not. */
bool save_output_is_free(const struct call *call, const char *path);

/* Makes the folder when it is not there; false when that cannot be, which was then said. */
bool save_folder(const struct call *call, const char *path);

/* The folder's path with the name behind it, in fresh memory. */
char *save_path(const char *folder, const char *name);

/* Is none of these paths [count] there, or was --force given? Says which is. */
bool save_is_free(const struct call *call, char *const *paths, size_t count);

/* Writes a scenario where --output says, and tells on stdout which files there are now:
 * one file to that path, or into the folder of that name; several into a folder, which
 * is made when it is not there. Without --output one file goes to stdout. */
int save_conversion(const struct call *call, const truce_conversion *made);

#endif
