/* One loop over a table reads any map; the mistakes that people make with keys, kinds
 * and words are reported here and nowhere else. Maps of this kind have a dozen keys, so
 * finding a key is a walk; maps of a thousand entries are read by their own loops
 * elsewhere. */
#include "formats/fields.h"

#include "formats/numbers.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 32 };

static const char *const common_keys[] = {"note", "basis", "visibility", "claim"};

/* ---- keys ------------------------------------------------------------------------ */

static bool is_allowed(const char *key, const field *fields, size_t count)
{
    for (size_t f = 0; f < count; f++)
        if (strcmp(fields[f].key, key) == 0)
            return true;
    return is_common_key(key);
}

/* The key that was probably meant: rather one that the map lacks than one it has. */
static const char *meant_key(const node *map, const char *key, const field *fields,
                             size_t count)
{
    const char *all[MOST_KEYS], *lacking[MOST_KEYS];
    size_t all_count = 0, lacking_count = 0;
    for (size_t f = 0; f < count + COUNT_OF(common_keys); f++) {
        const char *name = f < count ? fields[f].key : common_keys[f - count];
        all[all_count++] = name;
        if (node_get(map, name) == NULL)
            lacking[lacking_count++] = name;
    }
    const char *nearest = names_nearest(key, lacking, lacking_count);
    return nearest ? nearest : names_nearest(key, all, all_count);
}

static const char *list_of_keys(reader *r, const field *fields, size_t count)
{
    const char *list = "";
    for (size_t f = 0; f < count; f++)
        list = arena_format(&r->tree->memory, "%s%s%s", list, f ? ", " : "",
                            fields[f].key);
    return arena_format(&r->tree->memory, "it may have: %s", list);
}

/* {by:UA}: YAML takes it for a key without a value, and the reader of YAML said so. */
static bool lacks_space(const node_entry *entry)
{
    return strchr(entry->key, ':') && entry->value->kind == NODE_TEXT &&
           *entry->value->text == '\0' && !entry->value->quoted;
}

static bool stands_for(const node *map, const node_entry *entry, const char *key,
                       const field *fields, size_t count)
{
    if (lacks_space(entry))
        return strncmp(entry->key, key, strlen(key)) == 0;
    const char *meant = meant_key(map, entry->key, fields, count);
    return meant && strcmp(meant, key) == 0;
}

bool key_was_meant(const node *map, const char *key, const field *fields, size_t count)
{
    for (size_t e = 0; e < map->count; e++)
        if (!is_allowed(map->entries[e].key, fields, count) &&
            stands_for(map, &map->entries[e], key, fields, count))
            return true;
    return false;
}

static bool blame_key(reader *r, const node *map, const node_entry *entry,
                      const char *who, const field *fields, size_t count)
{
    spot at = spot_of_key(entry);
    const char *nearest =
        hints_are_useful(r) ? meant_key(map, entry->key, fields, count) : NULL;
    const char *hint =
        nearest ? hint_meant(r, nearest) : list_of_keys(r, fields, count);
    document_error(r->tree, at.place, at.width, hint, "unknown key \"%s\" of %s",
                   entry->key, who);
    return false;
}

bool map_check(reader *r, const node *map, const char *who, const char *example,
               spot named, const field *fields, size_t count)
{
    bool sound = true;
    for (size_t e = 0; e < map->count; e++)
        if (!is_allowed(map->entries[e].key, fields, count) &&
            !lacks_space(&map->entries[e]))
            sound = blame_key(r, map, &map->entries[e], who, fields, count);
    for (size_t f = 0; f < count; f++) {
        if (!fields[f].required || node_get(map, fields[f].key) ||
            key_was_meant(map, fields[f].key, fields, count))
            continue;
        sound = false;
        document_error(r->tree, named.place, named.width, example, "%s has no \"%s\"",
                       who, fields[f].key);
    }
    return sound;
}

static const char *kind_name(node_kind kind)
{
    return kind == NODE_MAP ? "a map" : kind == NODE_LIST ? "a list" : "a text";
}

bool node_expect(reader *r, const node *value, node_kind kind, const char *who,
                 const char *example)
{
    if (value->kind == kind)
        return true;
    bool is_empty = value->kind == NODE_TEXT && !value->quoted && *value->text == '\0';
    const char *found = is_empty ? "nothing" : kind_name(value->kind);
    document_error(r->tree, value->place, value->width, example,
                   "%s must be %s, but is %s", who, kind_name(kind), found);
    return false;
}

/* ---- texts and words ------------------------------------------------------------- */

/* Something else stands where a text should: says so. */
static bool text_expect(reader *r, const char *key, const node *value,
                        const char *example)
{
    if (value->kind == NODE_TEXT)
        return true;
    return node_expect(r, value, NODE_TEXT,
                       arena_format(&r->tree->memory, "\"%s\"", key), example);
}

const char *text_read(reader *r, const char *key, const node *value)
{
    if (!text_expect(r, key, value, NULL))
        return NULL;
    if (*value->text == '\0' && !value->quoted) {
        document_error(r->tree, value->place, value->width,
                       "leave the key out, or write \"\" for an empty text",
                       "\"%s\" has no value", key);
        return NULL;
    }
    return arena_text(r->memory, value->text);
}

static const char *list_of_words(reader *r, const char *const *words)
{
    const char *list = words[0];
    for (size_t w = 1; words[w]; w++)
        list = arena_format(&r->tree->memory, "%s%s%s", list,
                            words[w + 1] ? ", " : " or ", words[w]);
    return list;
}

unsigned word_read(reader *r, const char *key, const node *value,
                   const char *const *words)
{
    size_t count = 0;
    for (; words[count]; count++)
        if (value->kind == NODE_TEXT && strcmp(words[count], value->text) == 0)
            return (unsigned)count;
    const char *allowed = list_of_words(r, words);
    if (!text_expect(r, key, value,
                     arena_format(&r->tree->memory, "write %s", allowed)))
        return 0;
    const char *nearest = names_nearest(value->text, words, count);
    document_error(r->tree, value->place, value->width, hint_meant(r, nearest),
                   "\"%s\" must be %s, not \"%s\"", key, allowed, value->text);
    return 0;
}

bool yes_read(reader *r, const char *key, const node *value, bool otherwise)
{
    static const char *const words[] = {"no", "yes", NULL};
    return value ? word_read(r, key, value, words) == 1 : otherwise;
}

static bool digits_at(const char *text, size_t count, unsigned lowest, unsigned highest)
{
    unsigned number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + (unsigned)(text[i] - '0');
    }
    return lowest <= number && number <= highest;
}

static unsigned days_in(const char *date)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    unsigned month = (unsigned)((date[5] - '0') * 10 + (date[6] - '0'));
    int year = atoi(date);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && !leap ? 28 : days[month - 1];
}

bool is_date(const char *text)
{
    size_t length = strlen(text);
    if (length < 4 || !digits_at(text, 4, 1, 9999))
        return false;
    if (length == 4)
        return true;
    if (length < 7 || text[4] != '-' || !digits_at(text + 5, 2, 1, 12))
        return false;
    if (length == 7)
        return true;
    return length == 10 && text[7] == '-' && digits_at(text + 8, 2, 1, days_in(text));
}

static const char *date_read(reader *r, const char *key, const node *value)
{
    const char *text = text_read(r, key, value);
    if (text == NULL || is_date(text))
        return text;
    document_error(r->tree, value->place, value->width,
                   "a date is 2025, 2025-05 or 2025-05-16", "\"%s\" is not a date",
                   text);
    return NULL;
}

/* ---- what every map may have ----------------------------------------------------- */

static void basis_read(reader *r, const node *value, around *within)
{
    static const char *const letters[] = {"F", "C", "E", "A", "D", NULL};
    if (value->kind == NODE_TEXT && strlen(value->text) == 1 &&
        strchr("FCEAD", *value->text)) {
        within->basis = *value->text;
        return;
    }
    if (!node_expect(r, value, NODE_TEXT, "\"basis\"", "one letter, such as A"))
        return;
    const char *nearest = names_nearest(value->text, letters, 5);
    document_error(
        r->tree, value->place, value->width, hint_meant(r, nearest),
        "\"basis\" must be F (fact), C (claim), E (elicited), A (assumption) or "
        "D (default), not \"%s\"",
        value->text);
    within->basis =
        TRUCE_BASIS_ASSUMED; /* so that its absence is not reported as well */
}

static void visibility_read(reader *r, const node *value, around *within)
{
    static const char *const words[] = {"shared", "mediator"};
    if (!node_expect(r, value, NODE_TEXT, "\"visibility\"",
                     "shared, mediator or party:UA"))
        return;
    if (strcmp(value->text, "shared") == 0)
        within->visibility = (truce_visibility){TRUCE_SHARED, NULL};
    else if (strcmp(value->text, "mediator") == 0)
        within->visibility = (truce_visibility){TRUCE_MEDIATOR_ONLY, NULL};
    else if (strncmp(value->text, "party:", 6) == 0) {
        spot at = {node_place_within(r->tree, value, 6),
                   value->width > 6 ? value->width - 6 : 1};
        thing_find(r, THING_PARTY, value->text + 6, at);
        within->visibility = (truce_visibility){TRUCE_PARTY_ONLY,
                                                arena_text(r->memory, value->text + 6)};
    } else
        document_error(
            r->tree, value->place, value->width,
            hint_meant(r, names_nearest(value->text, words, COUNT_OF(words))),
            "\"visibility\" must be shared, mediator or party: with an id, not "
            "\"%s\"",
            value->text);
}

around around_read(reader *r, const node *map, around outer)
{
    around within = outer;
    const node *basis = node_get(map, "basis"),
               *visibility = node_get(map, "visibility");
    if (basis)
        basis_read(r, basis, &within);
    if (visibility)
        visibility_read(r, visibility, &within);
    return within;
}

around label_read(reader *r, const node *map, around outer, truce_label *label)
{
    around within = around_read(r, map, outer);
    const node *note = node_get(map, "note"), *claim = node_get(map, "claim");
    if (note)
        label->note = text_read(r, "note", note);
    if (claim)
        label->claims = things_read(r, THING_CLAIM, "claim", claim);
    char basis = label->claims.count ? TRUCE_BASIS_CLAIM : TRUCE_BASIS_ASSUMED;
    label->basis = (truce_basis)(within.basis ? within.basis : basis);
    label->visibility = within.visibility;
    return within;
}

/* ---- fields ---------------------------------------------------------------------- */

thing field_names(field_type type)
{
    switch (type) {
    case FIELD_SOURCE:
        return THING_SOURCE;
    case FIELD_PARTY:
    case FIELD_PARTY_OR_LOGIC:
    case FIELD_PARTIES:
        return THING_PARTY;
    case FIELD_ROUND:
        return THING_ROUND;
    case FIELD_CLAIMS:
        return THING_CLAIM;
    case FIELD_FACTS:
        return THING_FACT;
    case FIELD_ISSUES:
    case FIELD_SETTINGS:
        return THING_ISSUE;
    default:
        return THING_NONE;
    }
}

static bool is_text(const node *value, const char *text)
{
    return value->kind == NODE_TEXT && strcmp(value->text, text) == 0;
}

static bool is_one_name(field_type type)
{
    return type == FIELD_SOURCE || type == FIELD_PARTY ||
           type == FIELD_PARTY_OR_LOGIC || type == FIELD_ROUND;
}

/* Before they are read, or when they are absent: indices that name nothing. */
static void fields_clear(const field *fields, size_t count, void *into)
{
    for (size_t f = 0; f < count; f++)
        if (is_one_name(fields[f].type))
            *(size_t *)((char *)into + fields[f].offset) = TRUCE_NOBODY;
}

static size_t round_read(reader *r, const char *key, const node *value)
{
    bool present =
        r->scenario->id && is_text(value, r->scenario->id) &&
        names_find(&r->rosters[THING_ROUND].known, value->text) == NAMES_NONE;
    return present ? TRUCE_NOBODY : thing_read(r, THING_ROUND, key, value);
}

static void choice_read(reader *r, const field *what, const node *value, void *at)
{
    unsigned chosen = word_read(r, what->key, value, what->words);
    memcpy(at, &chosen, sizeof chosen);
}

static void field_read(reader *r, const field *what, const node *value, void *into)
{
    const char *key = what->key;
    void *at = (char *)into + what->offset;
    switch (what->type) {
    case FIELD_TEXT:
        *(const char **)at = text_read(r, key, value);
        break;
    case FIELD_WORD:
        *(const char **)at = what->words[word_read(r, key, value, what->words)];
        break;
    case FIELD_CHOICE:
        choice_read(r, what, value, at);
        break;
    case FIELD_YES:
        *(bool *)at = yes_read(r, key, value, false);
        break;
    case FIELD_DATE:
        *(const char **)at = date_read(r, key, value);
        break;
    case FIELD_PARTY_OR_LOGIC:
        if (is_text(value, "logic"))
            break;
        *(size_t *)at = thing_read(r, THING_PARTY, key, value);
        break;
    case FIELD_SOURCE:
    case FIELD_PARTY:
        *(size_t *)at = thing_read(r, field_names(what->type), key, value);
        break;
    case FIELD_ROUND:
        *(size_t *)at = round_read(r, key, value);
        break;
    case FIELD_CLAIMS:
    case FIELD_FACTS:
    case FIELD_PARTIES:
    case FIELD_ISSUES:
        *(truce_list *)at = things_read(r, field_names(what->type), key, value);
        break;
    case FIELD_CONDITION:
        *(const truce_condition **)at = condition_of(r, key, value);
        break;
    case FIELD_TERMS:
        *(truce_terms *)at = terms_read(r, key, value);
        break;
    case FIELD_STAGE:
        *(truce_stage *)at = stage_read(r, key, value);
        break;
    case FIELD_SETTINGS:
        *(truce_settings *)at = settings_read(r, key, value);
        break;
    case FIELD_SPECIAL:
        break;
    }
}

void fields_read(reader *r, const node *map, const field *fields, size_t count,
                 void *into)
{
    for (size_t f = 0; f < count; f++) {
        const node *value = node_get(map, fields[f].key);
        if (value)
            field_read(r, &fields[f], value, into);
    }
}

void shape_read(reader *r, const shape *is, const char *id, spot named, const node *map,
                around outer, void *into)
{
    const char *who = arena_format(&r->tree->memory, "%s \"%s\"", is->what, id);
    truce_label *label = into; /* the first member of every shape's struct */
    *label = (truce_label){.id = id, .place = place_kept(r, named.place)};
    fields_clear(is->fields, is->field_count, into);
    if (!node_expect(r, map, NODE_MAP, who, is->example))
        return;
    map_check(r, map, who, is->example, named, is->fields, is->field_count);
    around within = label_read(r, map, outer, label);
    fields_read(r, map, is->fields, is->field_count, into);
    if (is->finish)
        is->finish(r, map, within, into);
}
