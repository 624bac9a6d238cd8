/* fields.h - typed fields: a table says which keys a map may have and where each goes.
 *
 *     static const field fields[] = {
 *         REQUIRED(truce_demand, by, "by", FIELD_PARTY),
 *         OPTIONAL(truce_demand, strength, "strength", FIELD_TEXT),
 *     };
 *
 * The same tables tell withhold.c which names an entry mentions. Every mistake is
 * reported at its place, with the nearest name that would have been right, and reading
 * goes on: what could not be read is left empty, so a scenario with errors must not be
 * used.
 */
#ifndef FORMATS_FIELDS_H
#define FORMATS_FIELDS_H

#include "formats/reader.h"

typedef enum field_type {
    FIELD_TEXT,   /* const char * */
    FIELD_WORD,   /* const char *: one of the field's words */
    FIELD_CHOICE, /* an enum: the index of the word */
    FIELD_YES,    /* bool: yes or no */
    FIELD_DATE,   /* const char *: 2025, 2025-05 or 2025-05-16 */
    FIELD_SOURCE, /* size_t, TRUCE_NOBODY when absent; so are the next four */
    FIELD_PARTY,
    FIELD_PARTY_OR_LOGIC, /* TRUCE_NOBODY for logic */
    FIELD_ROUND,          /* TRUCE_NOBODY for the scenario's own id */
    FIELD_CLAIMS, /* truce_list; one name or a list of them; so are the next three */
    FIELD_FACTS,
    FIELD_PARTIES,
    FIELD_ISSUES,
    FIELD_CONDITION, /* const truce_condition * */
    FIELD_TERMS,     /* truce_terms */
    FIELD_STAGE,     /* truce_stage */
    FIELD_SETTINGS,  /* truce_settings */
    FIELD_SPECIAL    /* read by the shape's finish() */
} field_type;

typedef struct field {
    const char *key;
    field_type type;
    size_t offset; /* in the struct */
    bool required;
    const char *const *words; /* of FIELD_WORD and FIELD_CHOICE, ended by NULL */
} field;

#define REQUIRED(type, member, key, kind)             \
    {                                                 \
        key, kind, offsetof(type, member), true, NULL \
    }
#define OPTIONAL(type, member, key, kind)              \
    {                                                  \
        key, kind, offsetof(type, member), false, NULL \
    }
#define ONE_OF(type, member, key, kind, words)          \
    {                                                   \
        key, kind, offsetof(type, member), false, words \
    }
#define SPECIAL(key)                       \
    {                                      \
        key, FIELD_SPECIAL, 0, false, NULL \
    }
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* One kind of map.
 *
 *   what     "demand"
 *   example  shown when something else stands in its place
 *   size     of the struct, whose first member is a truce_label
 *   finish   reads the FIELD_SPECIAL ones and what they mean together, or NULL
 */
typedef struct shape {
    const char *what, *example;
    size_t size;
    const field *fields;
    size_t field_count;
    void (*finish)(reader *r, const node *map, around within, void *into);
} shape;

/* Fills thing from a map whose id and place of naming are known. */
void shape_read(reader *r, const shape *is, const char *id, spot named, const node *map,
                around outer, void *into);

/* Reads the fields that are there; all but FIELD_SPECIAL. */
void fields_read(reader *r, const node *map, const field *fields, size_t count,
                 void *into);

/* Are the keys of a map allowed, are the required ones there? Errors if not, those
 * about missing ones at `named`. who is 'demand "d1"'; nobody is blamed twice for a key
 * that is misspelt and therefore missing. */
bool map_check(reader *r, const node *map, const char *who, const char *example,
               spot named, const field *fields, size_t count);

/* Is there an unknown key that was probably meant to be this one? (map_check() said so,
 * and nobody needs to hear that it is missing as well.) */
bool key_was_meant(const node *map, const char *key, const field *fields, size_t count);

/* The kind it should be? Otherwise an error: "demand "d1" must be a map", with an
 * example. */
bool node_expect(reader *r, const node *value, node_kind kind, const char *who,
                 const char *example);

/* Reads note, basis, visibility and claim of a map into a label, and what its children
 * inherit. The label's id and place are the caller's. */
around label_read(reader *r, const node *map, around outer, truce_label *label);

/* The same without a label. */
around around_read(reader *r, const node *map, around outer);

/* A text that is not empty, in the scenario's memory; NULL after an error. */
const char *text_read(reader *r, const char *key, const node *value);

/* 2025, 2025-05 or 2025-05-16, and there is such a day. */
bool is_date(const char *text);

/* yes or no; value may be NULL. */
bool yes_read(reader *r, const char *key, const node *value, bool otherwise);

/* The index of one of some words (ended by NULL), or of the first after an error. */
unsigned word_read(reader *r, const char *key, const node *value,
                   const char *const *words);

/* The thing of this name, or TRUCE_NOBODY after an error. */
size_t thing_find(reader *r, thing kind, const char *name, spot at);
size_t thing_read(reader *r, thing kind, const char *key, const node *value);

/* One name or a list of names; a name that stands twice counts once. */
truce_list things_read(reader *r, thing kind, const char *key, const node *value);

/* The value of an issue with this name; false after an error. */
bool value_find(reader *r, size_t issue, const char *name, spot at, truce_value *value);

/* The next word of a condition's text, as conditions.h understands words: moves text
 * behind it and gives its beginning and length (bytes), or NULL at the end. */
const char *next_word(const char **text, size_t *length);

/* A map from issues to values. */
truce_settings settings_read(reader *r, const char *key, const node *value);

/* A condition, or NULL after an error. */
const truce_condition *condition_of(reader *r, const char *key, const node *value);

truce_terms terms_read(reader *r, const char *key, const node *value);
truce_stage stage_read(reader *r, const char *key, const node *value);

/* The kind of thing that a field names, or THING_NONE. */
thing field_names(field_type type);

#endif
