/* Small things that every part of the scenario reader needs. */
#include "formats/reader.h"

#include "base/text.h"

#include <string.h>

static uint32_t width_of(const char *text)
{
    size_t width = text_characters(text, strlen(text));
    return width > 0 ? (uint32_t)width : 1;
}

spot spot_of_key(const node_entry *entry)
{
    return (spot){entry->place, width_of(entry->key)};
}

spot spot_of(const node *value)
{
    return (spot){value->place, value->width};
}

truce_place place_kept(const reader *r, truce_place place)
{
    bool is_file = place.file == r->tree->file; /* or what --set was given */
    place.file = is_file ? r->scenario->file : arena_text(r->memory, place.file);
    return place;
}

const char *hint_meant(reader *r, const char *nearest)
{
    if (nearest == NULL)
        return NULL;
    return arena_format(&r->tree->memory, "did you mean \"%s\"?", nearest);
}

bool hints_are_useful(const reader *r)
{
    return r->tree->diagnostics->errors < ERRORS_KEPT;
}

const char *thing_name(thing kind)
{
    static const char *const words[] = {
        [THING_SOURCE] = "source", [THING_CLAIM] = "claim",
        [THING_FACT] = "fact",     [THING_PARTY] = "party",
        [THING_ISSUE] = "issue",   [THING_DELEGATION] = "delegation",
        [THING_STEP] = "step",     [THING_ROUND] = "round",
    };
    return words[kind];
}

bool is_common_key(const char *key)
{
    return strcmp(key, "note") == 0 || strcmp(key, "basis") == 0 ||
           strcmp(key, "visibility") == 0 || strcmp(key, "claim") == 0;
}
