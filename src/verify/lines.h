/* lines.h - the text of a certificate, one record a line, read once from front to back.
 *
 * A line is words and whole numbers with one space between them and a line feed behind.
 * Nothing is allocated, whatever the text holds. */
#ifndef VERIFY_LINES_H
#define VERIFY_LINES_H

#include "base/big.h"

#include <stdbool.h>
#include <stddef.h>

/* Whole numbers of a certificate are smaller than 2^WHOLE_BITS in size, so that sums of a
 * few of them fit wide. */
enum { WHOLE_BITS = 120 };

/*   number  of the line at hand, from 1; 0 before the first
 *   at      what is left of that line, up to stop
 *   next    the line after it, up to end */
typedef struct lines {
    size_t number;
    const char *at, *stop;
    const char *next, *end;
} lines;

lines lines_begin(const void *bytes, size_t length);

/* Goes to the next line; false when there is none, or only a piece without line feed. */
bool lines_next(lines *text);

/* Takes a word, a count (0 to 2^53), a whole number; leaves the line alone and is false
 * when something else stands there. */
bool line_word(lines *text, const char *word);
bool line_count(lines *text, size_t *count);
bool line_whole(lines *text, wide *number);

/* Takes all that is left; false when that is nothing. */
bool line_rest(lines *text, const char **rest, size_t *length);

/* Is everything taken? */
bool line_ends(const lines *text);

/* Does the line at hand begin with a number? */
bool line_is_numbers(const lines *text);

#endif
