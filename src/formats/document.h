/* document.h - a file as a tree of maps, lists and texts, each with its place.
 *
 * The one shape in which every format of ours arrives: whoever reads a tree knows
 * nothing of YAML, and every mistake found later can still point at the line. Every
 * scalar is a text; its type follows from where it stands.
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
    node *value;
} node_entry;

struct node {
    node_kind kind;
    truce_place place;
    const char *text; /* NODE_TEXT: valid UTF-8 without NUL */
    bool quoted;      /* NODE_TEXT: written in quotes or as a block, so never "empty" */
    uint32_t width; /* characters it takes on its first line, for carets; at least 1 */
    uint32_t
        inset; /* NODE_TEXT: characters from place to the first of the text (a quote) */
    bool exact; /* NODE_TEXT: the text stands in the file letter by letter, so that the
                   n-th character of it is inset + n after place */
    node_entry *entries; /* NODE_MAP, in the order of the file */
    node **items;        /* NODE_LIST */
    size_t count;
};

typedef struct document {
    arena memory;
    const char *file;
    const char *bytes; /* the whole input, for source lines; NUL at bytes[length] */
    size_t length;
    const size_t *lines; /* [line_count] offset of each line */
    size_t line_count;
    node *root;
    truce_diagnostics *diagnostics; /* not owned */
} document;

/* Reads YAML of the strict subset (docs/scenario-format.md). NULL when it is not even a
 * tree; then diagnostics say why. bytes are copied. O(length). */
document *document_read_yaml(const char *file, const void *bytes, size_t length,
                             const truce_limits *limits,
                             truce_diagnostics *diagnostics);

/* NULL is fine. */
void document_free(document *tree);

/* The value of a key, or NULL. O(entries). */
node *node_get(const node *map, const char *key);

/* Changes one text for this run: "UA.outside.worth=48" (docs/what-if.md). False, with
 * an error that points into the setting itself, when the path leads nowhere. Paths
 * beginning with a party's id are within `preferences`. */
bool document_set(document *tree, const char *setting);

/* Says something about a place; the source line is added. */
void document_error(document *tree, truce_place place, uint32_t width, const char *hint,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));
void document_warning(document *tree, truce_place place, uint32_t width,
                      const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The place of the n-th character (from 0) of a text, as near as is known. */
truce_place node_place_within(const node *text, size_t character);

#endif
