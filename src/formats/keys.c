/* Keys of maps, as GeniusWeb and NegMAS write them: few a map, so finding one is a walk. */
#include "formats/keys.h"

#include <string.h>

enum { MOST_KEYS = 32 };

const char *words(foreign *f, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *made = arena_format_v(&f->tree->memory, format, arguments);
    va_end(arguments);
    return made;
}

static bool is_among(const char *key, const char *const *allowed)
{
    for (; *allowed; allowed++)
        if (strcmp(key, *allowed) == 0)
            return true;
    return false;
}

/* The key that was probably meant, of those that the map lacks. */
static const char *meant_key(const node *map, const char *key,
                             const char *const *allowed)
{
    const char *lacking[MOST_KEYS];
    size_t count = 0;
    for (; *allowed && count < MOST_KEYS; allowed++)
        if (node_get(map, *allowed) == NULL)
            lacking[count++] = *allowed;
    return names_nearest(key, lacking, count);
}

void keys_check(foreign *f, const node *map, const char *who,
                const char *const *allowed)
{
    for (size_t e = 0; e < map->count; e++) {
        const node_entry *entry = &map->entries[e];
        if (is_among(entry->key, allowed))
            continue;
        const char *meant = meant_key(map, entry->key, allowed);
        if (meant)
            document_error(f->tree, entry->place, entry->width,
                           words(f, "did you mean \"%s\"?", meant),
                           "unknown key \"%s\" of %s", entry->key, who);
        else
            document_warning(f->tree, entry->place, entry->width, NULL,
                             "unknown key \"%s\" of %s is passed over", entry->key,
                             who);
    }
}

const node *key_needed(foreign *f, const node *map, const char *who, const char *key,
                       const char *const *allowed)
{
    const node *value = node_get(map, key);
    if (value)
        return value;
    for (size_t e = 0; e < map->count; e++) {
        const char *written = map->entries[e].key;
        const char *meant =
            is_among(written, allowed) ? NULL : meant_key(map, written, allowed);
        if (meant && strcmp(meant, key) == 0)
            return NULL;
    }
    foreign_error(f, map, NULL, "%s has no \"%s\"", who, key);
    return NULL;
}

bool is_null(const node *value)
{
    return value->kind == NODE_TEXT && !value->quoted &&
           (*value->text == '\0' || strcmp(value->text, "null") == 0 ||
            strcmp(value->text, "~") == 0);
}

static const char *kind_name(const node *value)
{
    if (is_null(value))
        return "nothing";
    return value->kind == NODE_MAP    ? "a map"
           : value->kind == NODE_LIST ? "a list"
                                      : "a text";
}

bool kind_needed(foreign *f, const node *value, node_kind kind, const char *what)
{
    if (value->kind == kind)
        return true;
    const char *wanted = kind == NODE_MAP    ? "a map"
                         : kind == NODE_LIST ? "a list"
                                             : "a text";
    foreign_error(f, value, NULL, "%s must be %s, not %s", what, wanted,
                  kind_name(value));
    return false;
}

const node *key_as_text(foreign *f, const node_entry *entry)
{
    node *name = arena_new(&f->tree->memory, node);
    name->kind = NODE_TEXT;
    name->place = entry->place;
    name->width = entry->width;
    name->text = entry->key;
    name->quoted = true;
    return name;
}
