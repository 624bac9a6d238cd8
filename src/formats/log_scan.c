/* The line feed behind the line is never taken, so that it stops every loop and nothing
 * else need be counted. Texts are copied without their escapes into one buffer as long
 * as the line: their quotes leave room for the NUL behind each. Numbers get theirs from
 * the comma or bracket behind them in the same way. */
#include "formats/log_scan.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* Lists and maps within a line, within each other. */
enum { DEEPEST = 64 };

#define KEY(word)             \
    {                         \
        word, sizeof word - 1 \
    }

static const struct {
    const char *word;
    size_t length;
} keys[LOG_KEYS] = {
    [LOG_KIND] = KEY("kind"),
    [LOG_ID] = KEY("id"),
    [LOG_RECORDED] = KEY("recorded"),
    [LOG_OCCURRED] = KEY("occurred"),
    [LOG_TYPE] = KEY("type"),
    [LOG_BY] = KEY("by"),
    [LOG_ABOUT] = KEY("about"),
    [LOG_COMMITMENT] = KEY("commitment"),
    [LOG_COUNT] = KEY("count"),
    [LOG_PLACE] = KEY("place"),
    [LOG_SEVERITY] = KEY("severity"),
    [LOG_EVIDENCE] = KEY("evidence"),
    [LOG_REPORTS] = KEY("reports"),
    [LOG_STATUS] = KEY("status"),
    [LOG_ATTRIBUTED] = KEY("attributed"),
    [LOG_CONFIDENCE] = KEY("confidence"),
    [LOG_CORRECTS] = KEY("corrects"),
};

typedef struct scanner {
    const char *line, *at;
    char *text; /* free room for texts */
    log_fields *into;
} scanner;

const char *log_key_name(log_key key)
{
    return keys[key].word;
}

static log_key key_of(const char *word, size_t length)
{
    for (size_t k = 0; k < LOG_KEYS; k++)
        if (keys[k].length == length && *keys[k].word == *word &&
            memcmp(keys[k].word, word, length) == 0)
            return (log_key)k;
    return LOG_KEYS;
}

static void skip_blanks(scanner *s)
{
    while (*s->at == ' ' || *s->at == '\t' || *s->at == '\r')
        s->at++;
}

static bool take(scanner *s, char letter)
{
    skip_blanks(s);
    bool is = *s->at == letter;
    s->at += is;
    return is;
}

/* ---- texts ----------------------------------------------------------------------- */

static int hexadecimal(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

/* The four digits behind \u. */
static bool take_unit(scanner *s, uint32_t *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hexadecimal(*s->at);
        if (digit < 0)
            return false;
        *unit = *unit << 4 | (uint32_t)digit;
        s->at++;
    }
    return true;
}

static char *put_utf8(char *to, uint32_t character)
{
    int bytes = character < 0x80      ? 1
                : character < 0x800   ? 2
                : character < 0x10000 ? 3
                                      : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (int b = bytes - 1; b > 0; b--, character >>= 6)
        to[b] = (char)(0x80 | (character & 0x3F));
    to[0] = (char)(first[bytes] | character);
    return to + bytes;
}

/* A character beyond U+FFFF is written as two. NUL is refused: texts end with it. */
static char *take_character(scanner *s, char *to)
{
    uint32_t unit, low;
    if (!take_unit(s, &unit) || unit == 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return NULL;
    if (unit < 0xD800 || unit > 0xDBFF)
        return put_utf8(to, unit);
    if (s->at[0] != '\\' || s->at[1] != 'u')
        return NULL;
    s->at += 2;
    if (!take_unit(s, &low) || low < 0xDC00 || low > 0xDFFF)
        return NULL;
    return put_utf8(to, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
}

/* at stands behind the backslash. The end in the text, or NULL. */
static char *take_escape(scanner *s, char *to)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (*s->at == 'u') {
        s->at++;
        return take_character(s, to);
    }
    const char *letter = *s->at ? strchr(letters, *s->at) : NULL;
    if (letter == NULL)
        return NULL;
    s->at++;
    *to = meanings[letter - letters];
    return to + 1;
}

/* at stands on the opening quote. */
static bool take_text(scanner *s, const char **text, size_t *length)
{
    char *begin = s->text, *to = begin;
    s->at++;
    while (to) {
        const char *from = s->at;
        while ((unsigned char)*s->at >= ' ' && *s->at != '"' && *s->at != '\\')
            s->at++;
        memcpy(to, from, (size_t)(s->at - from));
        to += s->at - from;
        if (*s->at != '\\')
            break;
        s->at++;
        to = take_escape(s, to);
    }
    if (to == NULL || *s->at != '"')
        return false;
    s->at++;
    *to = '\0';
    *text = begin;
    *length = (size_t)(to - begin);
    s->text = to + 1;
    return true;
}

/* ---- numbers and words ----------------------------------------------------------- */

static bool take_digits(scanner *s)
{
    const char *from = s->at;
    while (*s->at >= '0' && *s->at <= '9')
        s->at++;
    return s->at > from;
}

static bool take_number(scanner *s, log_value *value)
{
    const char *from = s->at;
    s->at += *s->at == '-';
    bool leads_with_zero = *s->at == '0';
    const char *digits = s->at;
    if (!take_digits(s) || (leads_with_zero && s->at > digits + 1))
        return false;
    if (*s->at == '.') {
        s->at++;
        if (!take_digits(s))
            return false;
    }
    if (*s->at == 'e' || *s->at == 'E') {
        s->at++;
        s->at += *s->at == '+' || *s->at == '-';
        if (!take_digits(s))
            return false;
    }
    value->shape = LOG_NUMBER;
    value->text = s->text;
    value->length = (size_t)(s->at - from);
    memcpy(s->text, from, value->length);
    s->text[value->length] = '\0';
    s->text += value->length + 1;
    return true;
}

static bool take_word(scanner *s, log_value *value)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t w = 0; w < 3; w++) {
        size_t length = strlen(words[w]);
        if (strncmp(s->at, words[w], length) != 0)
            continue;
        s->at += length;
        value->shape = w < 2 ? LOG_BOOL : LOG_ABSENT;
        return true;
    }
    return false;
}

/* ---- lists and maps -------------------------------------------------------------- */

static bool take_value(scanner *s, log_value *value, int depth);

/* Items of inner lists are passed over: their places follow those of this list. */
static bool take_list(scanner *s, log_value *value, int depth)
{
    log_fields *into = s->into;
    s->at++;
    value->shape = LOG_LIST;
    value->first = into->item_count;
    if (take(s, ']'))
        return true;
    do {
        log_value item = {0};
        if (!take_value(s, &item, depth + 1))
            return false;
        into->item_count = value->first + value->count++;
        *grow(into->items, into->item_count, into->item_room) = item;
    } while (take(s, ','));
    return take(s, ']');
}

static void keep(log_fields *into, const char *word, size_t length, uint32_t from,
                 const log_value *value)
{
    log_key key = key_of(word, length);
    if (key == LOG_KEYS)
        return;
    bool is_second = into->of[key].to > 0;
    if (is_second && into->twice == LOG_KEYS) {
        into->twice = key;
        into->twice_from = from;
    }
    if (!is_second)
        into->of[key] = *value;
}

static bool take_entry(scanner *s, int depth)
{
    const char *word;
    size_t length, items = s->into->item_count;
    log_value value = {0};
    skip_blanks(s);
    uint32_t from = (uint32_t)(s->at - s->line);
    if (*s->at != '"' || !take_text(s, &word, &length) || !take(s, ':') ||
        !take_value(s, &value, depth))
        return false;
    if (depth == 1)
        keep(s->into, word, length, from, &value);
    else
        s->into->item_count = items;
    return true;
}

static bool take_map(scanner *s, int depth)
{
    s->at++;
    if (take(s, '}'))
        return true;
    do {
        if (!take_entry(s, depth))
            return false;
    } while (take(s, ','));
    return take(s, '}');
}

static bool take_value(scanner *s, log_value *value, int depth)
{
    bool sound;
    skip_blanks(s);
    value->from = (uint32_t)(s->at - s->line);
    if (*s->at == '"') {
        value->shape = LOG_TEXT;
        sound = take_text(s, &value->text, &value->length);
    } else if (*s->at == '[' || *s->at == '{') {
        bool is_map = *s->at == '{';
        sound = depth < DEEPEST &&
                (is_map ? take_map(s, depth + 1) : take_list(s, value, depth));
        value->shape = is_map ? LOG_MAP : LOG_LIST;
    } else if (*s->at == '-' || (*s->at >= '0' && *s->at <= '9')) {
        sound = take_number(s, value);
    } else {
        sound = take_word(s, value);
    }
    value->to = (uint32_t)(s->at - s->line);
    return sound;
}

/* ---- the line -------------------------------------------------------------------- */

static void make_room(log_fields *fields, size_t length)
{
    if (fields->text_room > length)
        return;
    free(fields->texts);
    fields->text_room = 2 * length + 256;
    fields->texts = must_allocate(fields->text_room);
}

bool log_scan(const char *line, size_t length, log_fields *fields)
{
    make_room(fields, length);
    memset(fields->of, 0, sizeof fields->of);
    fields->item_count = 0;
    fields->twice = LOG_KEYS;
    scanner s = {.line = line, .at = line, .text = fields->texts, .into = fields};
    skip_blanks(&s);
    if (*s.at != '{' || !take_map(&s, 1))
        return false;
    skip_blanks(&s);
    return s.at == line + length;
}

void log_fields_free(log_fields *fields)
{
    free(fields->items);
    free(fields->texts);
    *fields = (log_fields){0};
}
