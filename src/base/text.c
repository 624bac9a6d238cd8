/* A thin coat over utf8proc, which knows Unicode's tables. */
#include "base/text.h"

#include <utf8proc.h>

static size_t next_character(const char *text, size_t length,
                             utf8proc_int32_t *character)
{
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text,
                                              (utf8proc_ssize_t)length, character);
    return bytes > 0 ? (size_t)bytes : 0;
}

size_t text_valid(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        utf8proc_int32_t character;
        size_t bytes = next_character(text + at, length - at, &character);
        if (bytes == 0)
            break;
        at += bytes;
    }
    return at;
}

size_t text_step(const char *text)
{
    size_t bytes = 1;
    while (((unsigned char)text[bytes] & 0xc0) == 0x80)
        bytes++;
    return bytes;
}

size_t text_characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static bool is_id_character(utf8proc_int32_t character)
{
    switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
        return true;
    default:
        return character == '-' || character == '_' || character == '.';
    }
}

size_t text_id_length(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        utf8proc_int32_t character;
        size_t bytes = next_character(text + at, length - at, &character);
        if (bytes == 0 || !is_id_character(character))
            break;
        at += bytes;
    }
    return at;
}

size_t text_fit(const char *text, size_t length, size_t columns)
{
    size_t at = 0, used = 0;
    while (at < length) {
        utf8proc_int32_t character;
        size_t bytes = next_character(text + at, length - at, &character);
        if (bytes == 0)
            break;
        size_t width = (size_t)utf8proc_charwidth(character);
        if (used + width > columns)
            break;
        used += width;
        at += bytes;
    }
    return at;
}

size_t text_width(const char *text, size_t length)
{
    size_t at = 0, used = 0;
    while (at < length) {
        utf8proc_int32_t character;
        size_t bytes = next_character(text + at, length - at, &character);
        if (bytes == 0)
            break;
        used += (size_t)utf8proc_charwidth(character);
        at += bytes;
    }
    return used;
}
