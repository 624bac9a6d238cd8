/* paper.h - a page in HTML from its first tag to its last: one file that asks for
 * nothing else, with a list of its sections, tables, pictures, and what each answer
 * rests on.
 *
 *     paper to = paper_begin(out, &links, title);
 *     paper_main(&to, sections, count, of);
 *     paper_sections(&to);
 *     paper_end(&to);
 *
 * What is in a section is written with page.h and table.h onto &to.page.
 */
#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include "report/anchors.h"
#include "report/page.h"

#include <truce/plot.h>

struct paper;

/*   id      of ours: what links lead to
 *   there   is there anything to tell? */
typedef struct section {
    const char *id, *title;
    bool (*there)(const void *of);
    void (*write)(struct paper *to, const void *of);
} section;

typedef struct paper {
    html pen;
    page page;
    const section *sections; /* [section_count] */
    size_t section_count, pictures;
    const void *of;
    anchor rested[64]; /* what the present conclusion was already said to rest on */
    size_t rest_count;
} paper;

/* Up to the title; between it and the sections stands what the page is about. The document
 * must not be moved afterwards: its page holds a pointer to its pen. */
void paper_begin(paper *to, FILE *out, const anchors *links, const char *title);

/* Ends the head: what follows up to the sections is the gist of it all. */
void paper_main(paper *to, const section *sections, size_t count, const void *of);

/* A list of those sections that are there, then all of them, numbered. */
void paper_sections(paper *to);
void paper_end(paper *to);

/* The number of a section from 1, 0 when it is not there. */
size_t paper_number(const paper *to, const char *id);

/* A picture with its caption. draw writes it by one of the functions of plot.h. */
void paper_picture(paper *to, const char *caption,
                   void (*draw)(FILE *out, const void *of,
                                const truce_plot_style *style),
                   const void *of);

/* How an answer is proved and on what it rests, with a link to row `row` of the section
 * "rests"; 0: there is none. */
void paper_basis(paper *to, const truce_finding *finding, size_t row);

/* The sheet and the script, line by line, each ends with NULL. */
extern const char *const paper_sheet[], *const paper_script[];

#endif
