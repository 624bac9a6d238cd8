/* html.h - the pen that pages are written with, and the only place where text of a file
 * becomes HTML.
 *
 *     html pen = html_begin(out, &links);
 *     html_raw(&pen, "<p class=\"%s\">", "rests");
 *     html_text(&pen, scenario->title);
 *
 * What came from a file goes through html_text() or html_linked() and stands between tags
 * alone: never in an attribute, so never in an address, a style or a script. Ids of
 * anchors are made of our own words and numbers. A page may therefore hold any text.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stddef.h>
#include <stdio.h>

/* "claim-3": a kind of ours and a number from 1. */
typedef struct anchor {
    const char *kind;
    size_t number;
} anchor;

enum { LISTS_DEEP = 4 };

typedef struct html {
    FILE *out;
    const struct anchors *links; /* what ids stand for, or NULL */
    unsigned level;              /* of the next heading below a section's own */
    size_t tables;               /* so far: their captions have ids */
    const char *caption;         /* of the next table; NULL: the heading says it */
    const char *heading;         /* the last one */
    struct html_list {
        size_t indent;
        char mark; /* '-', '1' or ' ' */
    } lists[LISTS_DEEP];
    size_t depth;
} html;

/* Markup of our own. No text of a file may be among the arguments. */
void html_raw(html *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Text as it is to be read: escaped, and what is no text (control characters, marks that
 * turn the direction of all that follows, bytes that are no UTF-8) replaced. NULL is "". */
void html_text(html *to, const char *text);
void html_text_n(html *to, const char *text, size_t length);

/* The same, where ids of claims, demands, numbers and the like are links to their entries.
 * A plain word that happens to be an id is a link only where the whole text is a list of
 * ids. */
void html_linked(html *to, const char *text);

/* Of a path its last part, which tells nothing of the machine that it was read on. */
const char *html_file_name(const char *path);

/* A link to an anchor, with the text as html_text() has it. */
void html_link(html *to, anchor where, const char *text);

/* Items of lists, as page_item() of page.h has them; html_lists_end() closes all. */
void html_item(html *to, size_t indent, const char *mark, const char *text);
void html_lists_end(html *to);

#endif
