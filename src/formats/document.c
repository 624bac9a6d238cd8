/* Places are lines and characters; offsets into the bytes are found again from the
 * table of lines when a source line is shown. Lines end with LF, CR LF or CR alone, as
 * YAML has it. */
#include "formats/document.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A line longer than this was not written by a person: it is shown cut, or not at all
 * when the place is beyond, so that 20 errors in a line of megabytes stay small. For
 * the same reason no line is looked up for remarks that are only going to be counted.
 */
enum { LINE_SHOWN = 65536, WARNINGS_SHOWN = 1000 };

static void find_lines(document *tree)
{
    size_t *lines = NULL, count = 0, room = 0;
    *grow(lines, count, room) = 0;
    for (size_t i = 0; i < tree->length; i++) {
        bool lone_return = tree->bytes[i] == '\r' && tree->bytes[i + 1] != '\n';
        if (tree->bytes[i] == '\n' || lone_return)
            *grow(lines, count, room) = i + 1;
    }
    tree->lines = arena_copy(&tree->memory, lines, count * sizeof *lines);
    tree->line_count = count;
    free(lines);
}

document *document_new(const char *file, const void *bytes, size_t length,
                       truce_diagnostics *diagnostics)
{
    static const char order_mark[] = "\xEF\xBB\xBF";
    arena memory = {0};
    document *tree = arena_new(&memory, document);
    const char *text = bytes;
    if (length >= 3 && memcmp(text, order_mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    tree->file = arena_text(&memory, file);
    tree->bytes = arena_text_n(&memory, length ? text : "", length);
    tree->length = length;
    tree->diagnostics = diagnostics;
    tree->memory = memory;
    find_lines(tree);
    return tree;
}

void document_free(document *tree)
{
    if (tree == NULL)
        return;
    arena memory = tree->memory; /* a copy: the tree lives in the memory it owns */
    arena_free(&memory);
}

node *node_get(const node *map, const char *key)
{
    if (map == NULL || map->kind != NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->entries[i].key, key) == 0)
            return map->entries[i].value;
    return NULL;
}

size_t document_line_end(const document *tree, uint32_t line)
{
    assert(line >= 1 && line <= tree->line_count);
    size_t start = tree->lines[line - 1];
    size_t end = line < tree->line_count ? tree->lines[line] : tree->length;
    while (end > start &&
           (tree->bytes[end - 1] == '\n' || tree->bytes[end - 1] == '\r'))
        end--;
    return end;
}

truce_place document_place(const document *tree, size_t offset)
{
    size_t first = 0, beyond = tree->line_count;
    while (beyond - first > 1) {
        size_t middle = first + (beyond - first) / 2;
        if (tree->lines[middle] <= offset)
            first = middle;
        else
            beyond = middle;
    }
    size_t start = tree->lines[first];
    size_t column = text_characters(tree->bytes + start, offset - start) + 1;
    return (truce_place){tree->file, (uint32_t)first + 1, (uint32_t)column};
}

/* ---- saying what is wrong -------------------------------------------------------- */

static const document_setting *setting_at(const document *tree, truce_place place)
{
    const document_setting *setting = tree->settings;
    while (setting && setting->file != place.file)
        setting = setting->before;
    return setting;
}

/* The source line of a place, or nothing; only what is valid UTF-8 of it. */
static void show_source(const document *tree, truce_place place, remark *about)
{
    const document_setting *setting = setting_at(tree, place);
    if (setting) {
        about->source = setting->text;
        about->source_length = strlen(setting->text);
    } else if (place.line >= 1 && place.line <= tree->line_count) {
        size_t start = tree->lines[place.line - 1];
        about->source = tree->bytes + start;
        about->source_length = document_line_end(tree, place.line) - start;
    }
    if (about->source_length > LINE_SHOWN)
        about->source_length = LINE_SHOWN;
    if (about->source)
        about->source_length = text_valid(about->source, about->source_length);
    if (about->source &&
        place.column > text_characters(about->source, about->source_length) + 1)
        about->source = NULL;
}

static bool is_shown(const truce_diagnostics *diagnostics, truce_severity severity)
{
    return severity == TRUCE_ERROR ? diagnostics->errors < ERRORS_KEPT
                                   : diagnostics->warnings < WARNINGS_SHOWN;
}

__attribute__((format(printf, 3, 0))) static void
say(document *tree, remark about, const char *format, va_list arguments)
{
    arena memory = {0};
    if (is_shown(tree->diagnostics, about.severity))
        show_source(tree, about.place, &about);
    diagnostics_add(tree->diagnostics, &about, "%s",
                    arena_format_v(&memory, format, arguments));
    arena_free(&memory);
}

void document_error(document *tree, truce_place place, uint32_t width, const char *hint,
                    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(tree, (remark){TRUCE_ERROR, place, NULL, 0, width, hint}, format, arguments);
    va_end(arguments);
}

void document_warning(document *tree, truce_place place, uint32_t width,
                      const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(tree, (remark){TRUCE_WARNING, place, NULL, 0, width, hint}, format, arguments);
    va_end(arguments);
}

/* ---- places within texts --------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_blanks(const char *text)
{
    while (is_blank(*text))
        text++;
    return text;
}

static const char *next_character(const char *text)
{
    do
        text++;
    while (((unsigned char)*text & 0xC0) == 0x80);
    return text;
}

/* The offset of a character of a text. */
static size_t offset_in(const char *text, size_t character)
{
    const char *at = text;
    while (character-- > 0 && *at)
        at = next_character(at);
    return (size_t)(at - text);
}

/* Where the letters of text up to end stand in the source, both walked side by side:
 * line breaks fold to one blank, a doubled quote and an escaped one stand for one. NULL
 * when they part (other escapes). */
static const char *walk_source(const char *source, const char *text, const char *end)
{
    while (*source && text < end) {
        bool doubled = (*source == '\'' && source[1] == '\'') ||
                       (*source == '\\' && (source[1] == '"' || source[1] == '\\'));
        if (doubled && *text == source[1])
            source++;
        bool blank = is_blank(*text) && is_blank(*source);
        if (*text != *source && !blank)
            return NULL;
        while (blank && is_blank(source[1]))
            source++;
        while (blank && text + 1 < end && is_blank(text[1]))
            text++;
        source++;
        text++;
    }
    return text == end ? source : NULL;
}

/* The offset of a place in the bytes of the file. */
static size_t offset_of(const document *tree, truce_place place)
{
    const char *line = tree->bytes + tree->lines[place.line - 1];
    return tree->lines[place.line - 1] + offset_in(line, place.column - 1);
}

truce_place node_place_within(const document *tree, const node *text, size_t character)
{
    truce_place place = text->place;
    place.column += text->inset;
    if (text->exact) {
        place.column += (uint32_t)character;
        return place;
    }
    if (setting_at(tree, place))
        return place;
    size_t wanted = offset_in(text->text, character);
    const char *source = tree->bytes + offset_of(tree, place);
    if (text->quoted &&
        text->inset == 0) /* a block: its text begins below the | or > */
        source = skip_blanks(source + strcspn(source, "\r\n"));
    const char *found = walk_source(source, text->text, text->text + wanted);
    return found ? document_place(tree, (size_t)(found - tree->bytes)) : place;
}
