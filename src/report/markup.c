/* The five letters that mean something to markup are written as references, white space as
 * blanks, and U+FFFD for what nobody can read: control characters, directional overrides and
 * isolates (which would turn the words around them), code points that are no characters, and
 * broken UTF-8. */
#include "report/markup.h"

#include "base/text.h"

#include <stdint.h>

#define UNREADABLE "\xEF\xBF\xBD" /* U+FFFD */

static const char *reference(unsigned char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* The code point at text, of so many bytes of valid UTF-8. */
static uint32_t code_point(const unsigned char *text, size_t *bytes)
{
    *bytes = text[0] < 0x80 ? 1 : text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : 4;
    if (*bytes == 1)
        return text[0];
    uint32_t point = text[0] & (0xFFU >> (*bytes + 1));
    for (size_t i = 1; i < *bytes; i++)
        point = point << 6 | (text[i] & 0x3FU);
    return point;
}

static bool is_readable(uint32_t point)
{
    bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    bool turns = (point >= 0x202A && point <= 0x202E) ||
                 (point >= 0x2066 && point <= 0x2069) || point == 0x200E ||
                 point == 0x200F || point == 0x061C;
    bool none = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
    return !control && !turns && !none;
}

static bool is_blank(uint32_t point)
{
    return point == '\t' || point == '\n' || point == '\r' || point == '\f' ||
           point == 0x2028 || point == 0x2029;
}

static void put_character(FILE *out, const char *at, size_t bytes, uint32_t point)
{
    const char *named = reference((unsigned char)*at);
    if (bytes == 1 && named != NULL)
        fputs(named, out);
    else if (is_blank(point))
        fputc(' ', out);
    else if (!is_readable(point))
        fputs(UNREADABLE, out);
    else
        fwrite(at, 1, bytes, out);
}

void markup_text(FILE *out, const char *text, size_t length)
{
    for (size_t at = 0, bytes; at < length; at += bytes) {
        /* up to four bytes make a character: is it one? */
        size_t here = length - at < 4 ? length - at : 4;
        if (text_valid(text + at, here) == 0) {
            fputs(UNREADABLE, out);
            bytes = 1;
            continue;
        }
        uint32_t point = code_point((const unsigned char *)text + at, &bytes);
        put_character(out, text + at, bytes, point);
    }
}

bool markup_replaces(const char *text, size_t bytes)
{
    uint32_t point = code_point((const unsigned char *)text, &bytes);
    return !is_blank(point) && !is_readable(point);
}
