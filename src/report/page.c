/* Greedy line breaking; a page never holds more than the line it is writing. */
#include "report/page.h"

#include "base/text.h"
#include "report/words.h"

#include <string.h>

enum { WIDTH_USUAL = 80, WIDTH_LEAST = 40 };

page page_begin(FILE *out, const truce_style *style)
{
    page to = {.out = out, .width = WIDTH_USUAL};
    if (style == NULL)
        return to;
    if (style->width != 0)
        to.width = style->width < WIDTH_LEAST ? WIDTH_LEAST : style->width;
    to.colour = style->colour;
    return to;
}

page page_of_html(html *pen)
{
    return (page){.out = pen->out, .width = WIDTH_USUAL, .html = pen};
}

void page_end(page *to)
{
    if (to->html)
        html_lists_end(to->html);
    arena_free(&to->memory);
}

void page_gap(page *to)
{
    if (to->html) {
        html_lists_end(to->html);
        return;
    }
    if (!to->blank)
        fputc('\n', to->out);
    to->blank = true;
}

void page_spaces(page *to, size_t count)
{
    fprintf(to->out, "%*s", (int)count, "");
}

void page_ink(page *to, ink colour)
{
    static const char *const codes[] = {"\033[0m", "\033[1m", "\033[2m"};
    if (to->colour)
        fputs(codes[colour], to->out);
}

static bool is_space(char letter)
{
    unsigned char byte = (unsigned char)letter;
    return byte <= 0x20 || byte == 0x7F;
}

/* U+0080 to U+009F, which some terminals obey. */
static bool is_control(const char *at, const char *end)
{
    return (unsigned char)at[0] == 0xC2 && at + 1 < end && (unsigned char)at[1] < 0xA0;
}

static bool is_no_break(const char *at, const char *end)
{
    return at + 1 < end && memcmp(at, NBSP, 2) == 0;
}

void page_put(page *to, const char *text, size_t length)
{
    const char *end = text + length;
    for (const char *at = text; at < end; at++) {
        if (is_no_break(at, end) || is_control(at, end)) {
            fputc(is_no_break(at, end) ? ' ' : '?', to->out);
            at++;
        } else {
            fputc(is_space(*at) ? ' ' : *at, to->out);
        }
    }
    to->begun = true;
    to->blank = to->blank && length == 0;
}

/* Bytes of the word at text. */
static size_t word_length(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0' && !is_space(text[length]))
        length++;
    return length;
}

static const char *skip_spaces(const char *text)
{
    while (*text != '\0' && is_space(*text))
        text++;
    return text;
}

static bool ends_in_no_break(const char *text, size_t length)
{
    return length >= 2 && is_no_break(text + length - 2, text + length);
}

/* The last good place to break a word before `fits`: behind a no-break space or a
 * hyphen. */
static size_t good_break(const char *text, size_t fits)
{
    for (size_t at = fits; at > 1; at--)
        if (text[at - 1] == '-' || ends_in_no_break(text, at))
            return at;
    return fits;
}

/* What fits of a word too wide for any line; at least one character, to get on. */
static size_t cut_word(const char *text, size_t length, size_t width)
{
    size_t fits = text_fit(text, length, width);
    if (fits > 0)
        return good_break(text, fits);
    do
        fits++;
    while (fits < length && ((unsigned char)text[fits] & 0xC0) == 0x80);
    return fits;
}

size_t wrap_line(const char **text, const char **rest, size_t width)
{
    const char *start = skip_spaces(*text), *end = start, *next = start;
    while (*next != '\0') {
        size_t word = word_length(next);
        if (text_width(start, (size_t)(next - start) + word) > width)
            break;
        end = next + word;
        next = skip_spaces(end);
    }
    if (end == start && *start != '\0') {
        end = start + cut_word(start, word_length(start), width);
        next = skip_spaces(end);
        if (ends_in_no_break(start, (size_t)(end - start)))
            end -= strlen(NBSP);
    }
    *text = start;
    *rest = next;
    return (size_t)(end - start);
}

static void write_line(page *to, size_t indent, const char *mark, const char *line,
                       size_t length, ink colour)
{
    page_spaces(to, indent);
    page_put(to, mark, strlen(mark));
    if (colour != INK_PLAIN)
        page_ink(to, colour);
    page_put(to, line, length);
    if (colour != INK_PLAIN)
        page_ink(to, INK_PLAIN);
    fputc('\n', to->out);
}

static void write_paragraph(page *to, size_t indent, const char *mark, const char *text,
                            ink colour)
{
    size_t hang = indent + text_width(mark, strlen(mark));
    size_t width = to->width > hang + 10 ? to->width - hang : 10;
    const char *rest;
    for (size_t length; (length = wrap_line(&text, &rest, width)) > 0; text = rest) {
        write_line(to, indent, mark, text, length, colour);
        indent = hang;
        mark = "";
    }
}

static void write_element(html *to, const char *begin, const char *text,
                          const char *end)
{
    html_lists_end(to);
    html_raw(to, "%s", begin);
    html_linked(to, text);
    html_raw(to, "%s\n", end);
}

static void write_heading(html *to, const char *text)
{
    html_lists_end(to);
    html_raw(to, "<h%u>", to->level);
    html_text(to, text);
    html_raw(to, "</h%u>\n", to->level);
    to->heading = text;
}

void page_caption(page *to, const char *format, ...)
{
    if (to->html == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    to->html->caption = arena_format_v(&to->memory, format, arguments);
    va_end(arguments);
}

void page_heading(page *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(&to->memory, format, arguments);
    va_end(arguments);
    if (to->html) {
        write_heading(to->html, text);
        return;
    }
    if (to->begun)
        page_gap(to);
    write_paragraph(to, 0, "", text, INK_BOLD);
}

void page_say(page *to, size_t indent, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(&to->memory, format, arguments);
    va_end(arguments);
    if (to->html)
        write_element(to->html, "<p>", text, "</p>");
    else
        write_paragraph(to, indent, "", text, INK_PLAIN);
}

void page_remark(page *to, size_t indent, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(&to->memory, format, arguments);
    va_end(arguments);
    if (to->html)
        write_element(to->html, "<p class=\"remark\">", text, "</p>");
    else
        write_paragraph(to, indent, "", text, INK_DIM);
}

void page_item(page *to, size_t indent, const char *mark, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(&to->memory, format, arguments);
    va_end(arguments);
    if (to->html)
        html_item(to->html, indent, mark, text);
    else
        write_paragraph(to, indent, mark, text, INK_PLAIN);
}
