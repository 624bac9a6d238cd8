#include "base/json.h"

#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

json json_begin(FILE *out)
{
    return (json){.out = out};
}

static void before_value(json *to)
{
    if (to->after_key) {
        to->after_key = false;
        return;
    }
    if (to->depth == 0)
        return;
    assert(!to->is_object[to->depth - 1]);
    if (to->has_items[to->depth - 1])
        fputc(',', to->out);
    to->has_items[to->depth - 1] = true;
}

static void open_level(json *to, bool is_object)
{
    before_value(to);
    assert(to->depth < JSON_DEPTH);
    to->is_object[to->depth] = is_object;
    to->has_items[to->depth] = false;
    to->depth++;
    fputc(is_object ? '{' : '[', to->out);
}

void json_object(json *to)
{
    open_level(to, true);
}

void json_array(json *to)
{
    open_level(to, false);
}

void json_end(json *to)
{
    assert(to->depth > 0 && !to->after_key);
    to->depth--;
    fputc(to->is_object[to->depth] ? '}' : ']', to->out);
}

void json_quote(FILE *out, const char *text)
{
    size_t length = strlen(text);
    fputc('"', out);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        size_t valid = byte < 0x80 ? 1 : text_valid(text + i, length - i);
        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            fprintf(out, "\\u%04x", byte);
        else if (valid == 0)
            fputs("\\ufffd", out);
        else
            fputc(byte, out);
        while (byte >= 0xC0 && valid > 0 && ((unsigned char)text[i + 1] & 0xC0) == 0x80)
            fputc(text[++i], out); /* the rest of this character */
    }
    fputc('"', out);
}

void json_key(json *to, const char *key)
{
    assert(to->depth > 0 && to->is_object[to->depth - 1] && !to->after_key);
    if (to->has_items[to->depth - 1])
        fputc(',', to->out);
    to->has_items[to->depth - 1] = true;
    json_quote(to->out, key);
    fputc(':', to->out);
    to->after_key = true;
}

void json_text(json *to, const char *text)
{
    if (text == NULL) {
        json_null(to);
        return;
    }
    before_value(to);
    json_quote(to->out, text);
}

void json_integer(json *to, int64_t value)
{
    before_value(to);
    fprintf(to->out, "%" PRId64, value);
}

void json_number(json *to, double value)
{
    if (!isfinite(value)) {
        json_null(to);
        return;
    }
    before_value(to);
    fprintf(to->out, "%.12g", value == 0 ? 0.0 : value); /* never "-0" */
}

void json_bool(json *to, bool value)
{
    before_value(to);
    fputs(value ? "true" : "false", to->out);
}

void json_null(json *to)
{
    before_value(to);
    fputs("null", to->out);
}

void json_written(json *to, const char *value, size_t length)
{
    before_value(to);
    fwrite(value, 1, length, to->out);
}
