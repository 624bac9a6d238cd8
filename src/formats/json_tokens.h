/* json_tokens.h - JSON's words, and what a person probably meant where it breaks off. */
#ifndef FORMATS_JSON_TOKENS_H
#define FORMATS_JSON_TOKENS_H

#include "formats/document.h"

/* The bytes from .. to - 1 of tree->bytes.
 *
 *   kind    one of { } [ ] , : itself; '"' a text with its quotes; 'w' a run of anything
 *           else, such as a number or true; 0 the end of the input
 *   closed  a text has its closing quote on the same line
 */
typedef struct json_token {
    size_t from, to;
    char kind;
    bool closed;
} json_token;

/* The first token from a byte on. Any bytes will do. O(length of the token). */
json_token json_token_at(const document *tree, size_t at);

/* Why jansson could not go on. */
typedef enum json_fault {
    JSON_FAULT_SYNTAX,
    JSON_FAULT_TWICE,     /* a key */
    JSON_FAULT_TOO_LARGE, /* a number */
    JSON_FAULT_NUL        /* written as an escape */
} json_fault;

/* Says as one error of the tree what is wrong, at the place that needs mending. stopped is
 * the byte where the reading did, or beyond the end when more was to come. words are the
 * reader's own, for what nobody foresaw. */
void json_explain(document *tree, json_fault fault, size_t stopped, const char *words);

#endif
