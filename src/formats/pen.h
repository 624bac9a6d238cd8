/* pen.h - writing truce YAML: one map a line, in flow style. */
#ifndef FORMATS_PEN_H
#define FORMATS_PEN_H

#include "base/arena.h"

#include <truce/scenario.h>

#include <stdio.h>

/*   party_ids, issue_ids   what they are called in the file that is written: other
 *                          systems allow names that are no ids
 *   basis                  what the maps around hand down
 */
typedef struct pen {
    FILE *to;
    arena *memory;
    const truce_scenario *scenario;
    const char *const *party_ids, *const *issue_ids;
    char basis;
    bool begun; /* something stands in the map or list at hand */
} pen;

/* Ids for names: letters that no id has become '-', a second one of a name gets a number.
 * O(count). */
const char *const *ids_of_names(arena *memory, const char *const *names, size_t count);

void pen_open(pen *p, char bracket);  /* '{' or '[' */
void pen_close(pen *p, char bracket); /* '}' or ']' */
void pen_key(pen *p, const char *key);
void pen_item(pen *p);

/* Values without a key: quoted where it must be. */
void pen_put_text(pen *p, const char *text);
void pen_put_number(pen *p, const truce_number *number);
void pen_put_decimal(pen *p, truce_decimal value);

/* With a key; what is absent (NULL, TRUCE_NOBODY, an empty list) is not written. */
void pen_text(pen *p, const char *key, const char *text);
void pen_yes(pen *p, const char *key, bool yes);
void pen_number(pen *p, const char *key, const truce_number *number);
void pen_party(pen *p, const char *key, size_t party);
void pen_parties(pen *p, const char *key, truce_list parties);
void pen_issues(pen *p, const char *key, truce_list issues);
void pen_condition(pen *p, const char *key, const truce_condition *condition);
void pen_terms(pen *p, const char *key, truce_terms terms);
void pen_settings(pen *p, const char *key, truce_settings settings);

/* note, basis, visibility, claim. */
void pen_label(pen *p, const truce_label *label);

#endif
