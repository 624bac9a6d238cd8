/* text.h - UTF-8 text: is it valid, how wide is it on a terminal. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes up to the first that is not valid UTF-8 (length when all are). */
size_t text_valid(const char *text, size_t length);

/* Bytes of the first character: one and what continues it. Not for an empty text. */
size_t text_step(const char *text);

/* Characters (code points) in the first length bytes of valid UTF-8. */
size_t text_characters(const char *text, size_t length);

/* Bytes up to the first character that may not stand in an id: letters and marks of any
 * language, digits, '-', '_' and '.' may. Valid UTF-8. */
size_t text_id_length(const char *text, size_t length);

/* Columns on a terminal: 2 for wide characters, 0 for combining ones and controls. */
size_t text_width(const char *text, size_t length);

/* The number of bytes of text that fit into columns, never splitting a character from
 * its combining marks. */
size_t text_fit(const char *text, size_t length, size_t columns);

#endif
