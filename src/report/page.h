/* page.h - text for a person: headings, paragraphs and lists that fit the width.
 *
 *     page to = page_begin(out, style);
 *     page_heading(&to, "Clash");
 *     page_say(&to, 0, "%zu sets cannot hold.", count);
 *     page_item(&to, 2, "- ", "first of all, ...");
 *     page_end(&to);
 *
 * A no-break space (NBSP of words.h) keeps words together where that is possible and
 * is written as a plain one. Everything written is cleaned of control characters, so
 * that a file cannot speak to the terminal. Texts made on the way may live in memory,
 * which ends with the page.
 *
 * With a pen for HTML (page_of_html()) the same calls write headings, paragraphs, lists
 * and tables of a page on the web, where ids are links; width and colour mean nothing
 * then.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/arena.h"
#include "report/html.h"

#include <truce/report.h>

typedef struct page {
    FILE *out;
    size_t width;
    bool colour;
    bool begun; /* something stands on it already */
    bool blank; /* the last line is blank: another gap adds nothing */
    html *html; /* writes HTML instead, unless NULL */
    arena memory;
} page;

typedef enum ink { INK_PLAIN, INK_BOLD, INK_DIM } ink;

page page_begin(FILE *out, const truce_style *style); /* style may be NULL */
page page_of_html(html *pen);                         /* not owned */
void page_end(page *to);

/* A bold line, with a blank one before it unless it is the first. */
void page_heading(page *to, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A paragraph, every line of it moved in by indent. */
void page_say(page *to, size_t indent, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, dim: what explains rather than answers. */
void page_remark(page *to, size_t indent, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A paragraph behind a mark such as "- " or "12. "; its other lines hang under its
 * first. */
void page_item(page *to, size_t indent, const char *mark, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void page_gap(page *to); /* a blank line, one at most between two others */

/* What the next table is called in HTML, where the last heading does not say it. */
void page_caption(page *to, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* For whoever lays out lines alone: a piece of text without line end, and colour on and
 * off. */
void page_put(page *to, const char *text, size_t length);
void page_spaces(page *to, size_t count);
void page_ink(page *to, ink colour);

/* The next line of *text that fits into width: its length in bytes, *text moved to its
 * first letter, *rest to where the next line begins. Breaks at spaces, and inside a
 * word only when it is wider than a whole line. Length 0 when nothing is left. */
size_t wrap_line(const char **text, const char **rest, size_t width);

#endif
