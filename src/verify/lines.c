/* Strict on purpose: a number has one spelling and a gap is one space, so that two texts
 * with the same meaning are the same text. */
#include "verify/lines.h"

#include <string.h>

static const wide too_large = (wide)1 << WHOLE_BITS;
static const wide too_many = (wide)1 << 53;

lines lines_begin(const void *bytes, size_t length)
{
    const char *first = bytes;
    return (lines){.at = first,
                   .stop = first,
                   .next = first,
                   .end = length ? first + length : first};
}

bool lines_next(lines *text)
{
    size_t left = (size_t)(text->end - text->next);
    const char *feed = left ? memchr(text->next, '\n', left) : NULL;
    if (feed == NULL)
        return false;
    text->number++;
    text->at = text->next;
    text->stop = feed;
    text->next = feed + 1;
    return true;
}

bool line_ends(const lines *text)
{
    return text->at == text->stop;
}

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool line_is_numbers(const lines *text)
{
    return text->at < text->stop && (is_digit(*text->at) || *text->at == '-');
}

/* Takes everything up to `to`, and the space behind it; a space may not be the last of
 * a line. */
static bool take_up_to(lines *text, const char *to)
{
    bool is_last = to == text->stop;
    if (!is_last && (*to != ' ' || to + 1 == text->stop))
        return false;
    text->at = is_last ? to : to + 1;
    return true;
}

bool line_word(lines *text, const char *word)
{
    size_t length = strlen(word), left = (size_t)(text->stop - text->at);
    if (left < length || memcmp(text->at, word, length) != 0)
        return false;
    return take_up_to(text, text->at + length);
}

/* A number below limit in size; no plus, no zeros in front, no minus before zero. */
static bool take_number(lines *text, wide limit, wide *number)
{
    const char *at = text->at;
    bool is_negative = at < text->stop && *at == '-';
    wide found = 0;
    at += is_negative;
    const char *first = at;
    for (; at < text->stop && is_digit(*at) && found < limit; at++)
        found = found * 10 + (*at - '0');
    bool is_padded = at > first && *first == '0' && (at > first + 1 || is_negative);
    if (at == first || is_padded || found >= limit || !take_up_to(text, at))
        return false;
    *number = is_negative ? -found : found;
    return true;
}

bool line_count(lines *text, size_t *count)
{
    wide number;
    if (!line_is_numbers(text) || *text->at == '-' ||
        !take_number(text, too_many, &number))
        return false;
    *count = (size_t)number;
    return true;
}

bool line_whole(lines *text, wide *number)
{
    return take_number(text, too_large, number);
}

bool line_rest(lines *text, const char **rest, size_t *length)
{
    *rest = text->at;
    *length = (size_t)(text->stop - text->at);
    text->at = text->stop;
    return *length > 0;
}
