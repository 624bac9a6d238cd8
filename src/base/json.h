/* json.h - JSON written as it comes, without a tree.
 *
 *     json out = json_begin(file);
 *     json_object(&out);
 *       json_key(&out, "truce");  json_integer(&out, 1);
 *     json_end(&out);
 *
 * Commas and nesting are kept here; keys and ends in the wrong place are our bugs
 * (assert).
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* jansson, which reads JSON (formats/json.c), has functions of these names: the linker
 * must not take ours for theirs. */
#define json_object json_begin_object
#define json_array json_begin_array
#define json_integer json_put_integer
#define json_null json_put_null

enum { JSON_DEPTH = 32 };

typedef struct json {
    FILE *out;
    unsigned depth;
    bool is_object[JSON_DEPTH];
    bool has_items[JSON_DEPTH];
    bool after_key;
} json;

json json_begin(FILE *out);
void json_object(json *to);
void json_array(json *to);
void json_end(json *to); /* of the innermost object or array */
void json_key(json *to, const char *key);
void json_text(json *to,
               const char *text); /* NULL writes null; invalid UTF-8 as U+FFFD */
void json_integer(json *to, int64_t value);
void json_number(json *to, double value); /* up to 12 digits; NaN, infinite: null */
void json_bool(json *to, bool value);
void json_null(json *to);

/* A whole value that is JSON already. */
void json_written(json *to, const char *value, size_t length);

/* Text as it stands in JSON, with its quotation marks, to a file that is not being
 * written by a json: for values that are written many times. */
void json_quote(FILE *out, const char *text);

#endif
