/* markup.h - text of a file, as it may stand in HTML, SVG and XML, in content and in quoted
 * attributes: nothing in it can become markup. */
#ifndef REPORT_MARKUP_H
#define REPORT_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Any bytes will do. O(length). */
void markup_text(FILE *out, const char *text, size_t length);

/* Is this character, one of so many bytes of valid UTF-8, written as U+FFFD? */
bool markup_replaces(const char *text, size_t bytes);

#endif
