/* keys.h - maps of other systems: is every key known, and is what it holds of the right
 * kind?
 */
#ifndef FORMATS_KEYS_H
#define FORMATS_KEYS_H

#include "formats/foreign.h"

/* Says which keys of a map are none of the allowed ones (ended by NULL). One that is
 * near to a key that the map lacks is an error; any other is passed over with a warning,
 * since the system may know more keys than we do. who is 'the profile'. */
void keys_check(foreign *f, const node *map, const char *who,
                const char *const *allowed);

/* The value of a key, or NULL after an error that it is missing. A key that was probably
 * meant is left to keys_check(), and this says nothing then. */
const node *key_needed(foreign *f, const node *map, const char *who, const char *key,
                       const char *const *allowed);

/* Of this kind? If not, an error. what is '"issueWeights"'. */
bool kind_needed(foreign *f, const node *value, node_kind kind, const char *what);

/* A text node with the words and the place of a key: names of issues and values may be
 * keys. Lives as long as the tree. */
const node *key_as_text(foreign *f, const node_entry *entry);

/* null, or nothing at all? */
bool is_null(const node *value);

/* printf into the memory of the tree, for the parts of sentences. */
const char *words(foreign *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
