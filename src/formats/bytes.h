/* bytes.h - a file read whole. */
#ifndef FORMATS_BYTES_H
#define FORMATS_BYTES_H

#include <truce/status.h>

/* The bytes of a file ("-" is standard input), or one more than `most` of a longer one,
 * which is then for the caller to refuse. NULL, with an error, when it cannot be read.
 * Freed with free(). */
char *bytes_read(const char *path, size_t most, size_t *length,
                 truce_diagnostics *diagnostics);

/* An error about a file as a whole; hint may be NULL. Returns TRUCE_INPUT. */
truce_status bytes_refuse(truce_diagnostics *diagnostics, const char *path,
                          const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
