/* document.h - a file as a tree of maps, lists and texts, each with its place.
 *
 * The one shape in which every format of ours arrives: whoever reads a tree knows
 * nothing of YAML, and every mistake found later can still point at the line. Every
 * scalar is a text; its type follows from where it stands.
 *
 * All places point to tree->file, which dies with the tree: whoever keeps a place
 * beyond that gives it a file name of its own.
 */
#ifndef FORMATS_DOCUMENT_H
#define FORMATS_DOCUMENT_H

#include "base/arena.h"
#include "base/error.h"

#include <truce/file.h>

typedef enum node_kind { NODE_TEXT, NODE_MAP, NODE_LIST } node_kind;

typedef struct node node;

typedef struct node_entry {
    const char *key;
    truce_place place; /* of the key */
    uint32_t width;    /* characters the key takes as written, for carets; at least 1 */
    node *value;
} node_entry;

struct node {
    node_kind kind;
    truce_place place;
    const char *text; /* NODE_TEXT: valid UTF-8 without NUL */
    bool quoted;      /* NODE_TEXT: written in quotes or as a block, so never "empty" */
    uint32_t width; /* characters it takes on its first line, for carets; at least 1 */
    /* NODE_TEXT: characters from place to the first of the text (a quote) */
    uint32_t inset;
    bool exact; /* NODE_TEXT: the text stands in the file letter by letter, so that the
                   n-th character of it is inset + n after place */
    node_entry *entries; /* NODE_MAP, in the order of the file */
    node **items;        /* NODE_LIST */
    size_t count;
};

/* One --set, which is a little file of its own: places in it have line 1 and this file.
 */
typedef struct document_setting {
    const char *file; /* "--set"; told from other settings by its address */
    const char *text;
    struct document_setting *before;
} document_setting;

typedef struct document {
    arena memory;
    const char *file;
    const char *bytes; /* the whole input, for source lines; NUL at bytes[length];
                          without the byte order mark that it may begin with */
    size_t length;
    const size_t *lines;            /* [line_count] offset of each line */
    size_t line_count;              /* at least 1 */
    node *root;                     /* always a map */
    document_setting *settings;     /* the last one */
    truce_diagnostics *diagnostics; /* not owned */
} document;

/* Does every reader take these bytes: UTF-8 without NUL, control or invisible characters? */
bool document_may_hold(const char *bytes, size_t length);

/* Reads YAML of the strict subset (docs/scenario-format.md).
 *
 *   file         name of the input in places
 *   bytes        copied
 *   limits       those of bytes, depth and nodes are kept here; zeros stand for the
 * defaults diagnostics  receives what is wrong; must outlive the tree
 *
 * NULL when it is not even a tree; then diagnostics say why. A tree may come with
 * errors all the same (a key given twice, an anchor), as good as can be had, so that
 * its reader can go on and find more. Takes O(length log length) at worst, and no stack
 * that grows with the input.
 */
document *document_read_yaml(const char *file, const void *bytes, size_t length,
                             const truce_limits *limits,
                             truce_diagnostics *diagnostics);

/* Reads JSON (RFC 8259), the same way and into the same tree. Numbers stay as they are
 * written; true, false and null are texts that are not quoted. Whatever is not JSON is
 * refused at its first mistake, in plain words. Takes O(length log length). */
document *document_read_json(const char *file, const void *bytes, size_t length,
                             const truce_limits *limits,
                             truce_diagnostics *diagnostics);

/* NULL is fine. */
void document_free(document *tree);

/* The value of a key, or NULL. O(entries). */
node *node_get(const node *map, const char *key);

/* Changes one text for this run: "UA.outside.worth=48" (docs/what-if.md).
 *
 * The path is that of the file, with dots; one that begins with a party's id is within
 * `preferences`. A list takes numbers from 1, and `worth` lists the names of the issue's
 * values too. A number that is a range is changed at its `mode`, and the range widened
 * where it does not reach so far. Keys that the file leaves out may be named within the
 * preferences of a party, nowhere else.
 *
 * False, with an error that points into the setting itself, when the path leads
 * nowhere. The text that is set has its place in the setting, and so have the errors it
 * causes later. */
bool document_set(document *tree, const char *setting);

/* Says something about a place; the source line is added. width 0 counts as 1; hint may
 * be NULL. */
void document_error(document *tree, truce_place place, uint32_t width, const char *hint,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));
void document_warning(document *tree, truce_place place, uint32_t width,
                      const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The place of the n-th character (from 0) of a text; when the text was folded or
 * escaped, the nearest place that is known: that of the text itself at worst. O(text).
 */
truce_place node_place_within(const document *tree, const node *text, size_t character);

/* ---- for the readers of formats -------------------------------------------------- */

/* The limits with the defaults in place of zeros. */
truce_limits document_limits(const truce_limits *limits);

/* A tree without root over a copy of bytes. NULL, with an error, when they are more than
 * the limit or no plain text: not UTF-8, or with characters that nobody can see. */
document *document_begin(const char *file, const void *bytes, size_t length,
                         const truce_limits *limits, truce_diagnostics *diagnostics);

/* The same over bytes that may be anything. */
document *document_new(const char *file, const void *bytes, size_t length,
                       truce_diagnostics *diagnostics);

/* The place of a byte (offset <= length). O(log lines + line). */
truce_place document_place(const document *tree, size_t offset);

/* The offset just behind the last letter of a line (from 1), without its line break. */
size_t document_line_end(const document *tree, uint32_t line);

#endif
