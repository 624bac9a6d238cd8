/* write.h - what the writers of formats share: a conversion while it is made.
 *
 * A writer puts text into one file at a time and notes what it cannot express. It never
 * rounds: a utility, reservation value or discount that the format cannot hold exactly is
 * a loss.
 */
#ifndef FORMATS_WRITE_H
#define FORMATS_WRITE_H

#include "base/arena.h"

#include <truce/file.h>

#include <stdio.h>

typedef struct writing writing;

/* Begins a file; what is printed to the stream returned is its bytes. The stream is the
 * writing's: the next call, or the end, closes it. name is copied. */
FILE *writing_file(writing *work, const char *name);

/* Notes what is lost: "red line red:UA:1". */
void writing_loss(writing *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What no format of another system holds: rules, red lines, demands, order, claims, and
 * so on, one loss for each kind or thing. For writers of such formats to call first. */
void writing_lose_talks(writing *work, const truce_scenario *scenario);

/* What is written by nobody: exchange and commitments belong to the file that they stand in,
 * for they name files beside it. */
void writing_lose_plans(writing *work, const truce_scenario *scenario);

arena *writing_memory(writing *work);

/* A name of a file made from an id or a name: letters, digits, '-', '_', '.'; anything
 * else becomes '-'. */
const char *writing_name(writing *work, const char *text, const char *extension);

/* ---- the writers ----------------------------------------------------------------- */

void truce_write(writing *work, const truce_scenario *scenario);  /* truce_write.c */
void genius_write(writing *work, const truce_scenario *scenario); /* genius_write.c */
void geniusweb_write(writing *work,
                     const truce_scenario *scenario); /* geniusweb_write.c
                                                                      */

#endif
