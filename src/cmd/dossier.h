/* dossier.h - a report in HTML on a scenario or an agreement: what `report` and `brief
 * --html` share. */
#ifndef CMD_DOSSIER_H
#define CMD_DOSSIER_H

#include "command.h"

#include <truce/truce.h>

/* Computes what there is to tell of the scenario in the call's arguments, or of the agreement
 * in its only one, and writes it. Returns the exit code. */
int dossier_scenario(const struct call *call, const char *path);
int dossier_agreement(const struct call *call, const char *path);

/* Writes one page to path ("-" or NULL: standard output) by write(), which is not called when
 * the file may not be written. Returns the exit code. */
int dossier_write(const struct call *call, const char *path,
                  void (*write)(FILE *out, const void *of), const void *of);

#endif
