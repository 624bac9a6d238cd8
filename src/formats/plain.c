/* What every reader of files asks first: is this too much, and is it text at all? */
#include "formats/document.h"

#include "base/text.h"

#include <string.h>

enum { DEEPEST = 1000 };

/* The first byte of a character that no scenario holds, or length. Unicode's own line
 * breaks are among them: editors do not count them as lines, YAML does. */
static size_t first_unfit(const char *text, size_t length)
{
    static const char *const unfit[] = {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF",
                                        "\xEF\xBF\xBE", "\xEF\xBF\xBF"};
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return i;
        if (c == 0xC2 && (unsigned char)text[i + 1] < 0xA0)
            return i;
        for (size_t u = 0; c >= 0xE2 && u < sizeof unfit / sizeof *unfit; u++)
            if (strncmp(text + i, unfit[u], 3) == 0)
                return i;
    }
    return length;
}

static unsigned character_at(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    if (c[0] < 0x80)
        return c[0];
    if (c[0] < 0xE0)
        return (c[0] & 0x1Fu) << 6 | (c[1] & 0x3Fu);
    return (c[0] & 0x0Fu) << 12 | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu);
}

static bool is_wide(const document *tree)
{
    return tree->length >= 2 && (memcmp(tree->bytes, "\xFF\xFE", 2) == 0 ||
                                 memcmp(tree->bytes, "\xFE\xFF", 2) == 0);
}

static bool is_text(document *tree)
{
    size_t valid = text_valid(tree->bytes, tree->length);
    size_t unfit = first_unfit(tree->bytes, valid);
    truce_place place = document_place(tree, unfit);
    if (unfit == tree->length)
        return true;
    if (is_wide(tree))
        document_error(tree, place, 1, "save it as UTF-8",
                       "this is not UTF-8 but UTF-16");
    else if (unfit == valid)
        document_error(tree, place, 1, "save the file as UTF-8",
                       "invalid UTF-8: byte 0x%02X at offset %zu",
                       (unsigned)(unsigned char)tree->bytes[unfit], unfit);
    else if (tree->bytes[unfit] == '\0')
        document_error(tree, place, 1, NULL, "a NUL character is not allowed");
    else
        document_error(tree, place, 1, "take it out",
                       "an invisible character (U+%04X) is not allowed",
                       character_at(tree->bytes + unfit));
    return false;
}

bool document_may_hold(const char *bytes, size_t length)
{
    return first_unfit(bytes, text_valid(bytes, length)) == length;
}

truce_limits document_limits(const truce_limits *limits)
{
    truce_limits with = limits ? *limits : (truce_limits){0};
    with.bytes = with.bytes ? with.bytes : (size_t)16 << 20;
    with.depth = with.depth ? with.depth : 64;
    with.depth = with.depth > DEEPEST ? DEEPEST : with.depth;
    with.nodes = with.nodes ? with.nodes : 1000000;
    return with;
}

document *document_begin(const char *file, const void *bytes, size_t length,
                         const truce_limits *limits, truce_diagnostics *diagnostics)
{
    truce_limits allowed = document_limits(limits);
    if (length > allowed.bytes) {
        remark about = {.place = {file, 1, 1}, .hint = "--max-bytes raises the limit"};
        diagnostics_add(diagnostics, &about, "the file has %zu bytes, more than %zu",
                        length, allowed.bytes);
        return NULL;
    }
    document *tree = document_new(file, bytes, length, diagnostics);
    if (is_text(tree))
        return tree;
    document_free(tree);
    return NULL;
}
