/* What a reader may not see is taken out of the tree before a single word of it is
 * typed, so that nothing computed or printed later can hold it. Three sweeps over the
 * tree:
 *
 *   1. maps that their own `visibility` hides go, with all that is in them; ids are
 * noted
 *   2. entries that cannot stand without a hidden thing (a demand of a hidden party, a
 * rule about a hidden issue) go as well; their ids are noted; again until nothing
 * changes
 *   3. other mentions of hidden things are dropped from lists, maps and texts
 *
 * Which key names what kind of thing is read from the tables of fields that type it
 * later. */
#include "formats/sections.h"

#include <string.h>

typedef struct veil {
    document *tree;
    const char *shown_to;
    names hidden[THING_KINDS];
    size_t count; /* entries taken out */
} veil;

/* ---- what is hidden -------------------------------------------------------------- */

/* A visibility that cannot be read hides: the slip is reported to whoever may see all.
 */
bool is_withheld(const node *map, const char *shown_to)
{
    const node *visibility = node_get(map, "visibility");
    if (visibility == NULL)
        return false;
    if (visibility->kind != NODE_TEXT)
        return true;
    if (strcmp(visibility->text, "shared") == 0)
        return false;
    if (strcmp(visibility->text, "mediator") == 0)
        return strcmp(shown_to, "mediator") != 0;
    return strncmp(visibility->text, "party:", 6) != 0 ||
           strcmp(visibility->text + 6, shown_to) != 0;
}

static void hide_name(veil *v, thing kind, const char *id)
{
    if (kind != THING_NONE)
        names_add(&v->hidden[kind], id, 0);
}

static bool is_hidden(const veil *v, thing kind, const char *name)
{
    return names_find(&v->hidden[kind], name) != NAMES_NONE;
}

static bool names_hidden(const veil *v, thing kind, const node *value)
{
    return value->kind == NODE_TEXT && is_hidden(v, kind, value->text);
}

/* Does a condition name a hidden issue, or an order constraint a hidden step? */
static bool mentions_hidden(veil *v, const node *value)
{
    if (value->kind != NODE_TEXT)
        return false;
    const char *text = value->text, *word;
    size_t length;
    while ((word = next_word(&text, &length)) != NULL)
        if (is_hidden(v, THING_ISSUE, arena_text_n(&v->tree->memory, word, length)))
            return true;
    return is_hidden(v, THING_STEP, value->text);
}

static bool has_hidden_key(const veil *v, thing kind, const node *map)
{
    for (size_t e = 0; map->kind == NODE_MAP && e < map->count; e++)
        if (is_hidden(v, kind, map->entries[e].key))
            return true;
    return false;
}

/* ---- taking out ------------------------------------------------------------------ */

static void drop_entry(node *map, size_t at)
{
    memmove(map->entries + at, map->entries + at + 1,
            (map->count - at - 1) * sizeof *map->entries);
    map->count--;
}

static void drop_key(node *map, const char *key)
{
    for (size_t e = 0; e < map->count; e++)
        if (strcmp(map->entries[e].key, key) == 0) {
            drop_entry(map, e);
            return;
        }
}

static void drop_hidden_keys(const veil *v, thing kind, node *map)
{
    size_t kept = 0;
    if (map == NULL || map->kind != NODE_MAP)
        return;
    for (size_t e = 0; e < map->count; e++)
        if (!is_hidden(v, kind, map->entries[e].key))
            map->entries[kept++] = map->entries[e];
    map->count = kept;
}

/* Drops a name, or the hidden ones of a list of names. */
static void drop_names(const veil *v, thing kind, node *map, const char *key)
{
    node *value = node_get(map, key);
    size_t kept = 0;
    if (value == NULL)
        return;
    if (names_hidden(v, kind, value)) {
        drop_key(map, key);
        return;
    }
    for (size_t i = 0; value->kind == NODE_LIST && i < value->count; i++)
        if (!names_hidden(v, kind, value->items[i]))
            value->items[kept++] = value->items[i];
    if (value->kind == NODE_LIST)
        value->count = kept;
}

/* The same for conditions. */
static void drop_conditions(veil *v, node *map, const char *key)
{
    node *value = node_get(map, key);
    size_t kept = 0;
    if (value == NULL)
        return;
    if (mentions_hidden(v, value)) {
        drop_key(map, key);
        return;
    }
    for (size_t i = 0; value->kind == NODE_LIST && i < value->count; i++)
        if (!mentions_hidden(v, value->items[i]))
            value->items[kept++] = value->items[i];
    if (value->kind == NODE_LIST)
        value->count = kept;
}

/* ---- 1. what is hidden by itself ------------------------------------------------- */

static bool sweep(veil *v, node *value);

static bool is_number(const node *item)
{
    return item->kind == NODE_TEXT ||
           ((node_get(item, "mode") || node_get(item, "worth")) &&
            !node_get(item, "if"));
}

/* Bonuses and red lines are called by their number, so a hole stays (NULL); a list of
 * worths goes by position, so it goes as a whole. True when the list must go. */
static bool sweep_list(veil *v, node *list, const char *key)
{
    bool keeps_numbers = strcmp(key, "bonus") == 0 || strcmp(key, "red-lines") == 0;
    size_t kept = 0, before = v->count;
    bool holds_numbers = false;
    for (size_t i = 0; i < list->count; i++) {
        holds_numbers |= is_number(list->items[i]);
        bool goes = sweep(v, list->items[i]);
        if (!goes || keeps_numbers)
            list->items[kept++] = goes ? NULL : list->items[i];
    }
    list->count = kept;
    return holds_numbers && v->count > before;
}

/* True when this value is hidden and must go. */
static bool sweep(veil *v, node *value)
{
    if (is_withheld(value, v->shown_to)) {
        v->count++;
        return true;
    }
    size_t kept = 0;
    for (size_t e = 0; value->kind == NODE_MAP && e < value->count; e++) {
        node_entry *entry = &value->entries[e];
        bool goes = entry->value->kind == NODE_LIST
                        ? sweep_list(v, entry->value, entry->key)
                        : sweep(v, entry->value);
        if (!goes)
            value->entries[kept++] = *entry;
    }
    if (value->kind == NODE_MAP)
        value->count = kept;
    if (value->kind == NODE_LIST)
        sweep_list(v, value, "");
    return false;
}

static void hide_entry(veil *v, thing kind, const node_entry *entry)
{
    if (is_common_key(entry->key))
        return;
    hide_name(v, kind, entry->key);
    v->count++;
}

/* Notes the ids that are about to go; the sweep counts the others. */
static void note_section(veil *v, const section *what)
{
    node *all = node_get(v->tree->root, what->key);
    if (all == NULL || all->kind != NODE_MAP)
        return;
    bool whole = is_withheld(all, v->shown_to);
    size_t kept = 0;
    for (size_t e = 0; e < all->count; e++) {
        if (whole || is_withheld(all->entries[e].value, v->shown_to))
            hide_entry(v, what->kind, &all->entries[e]);
        else
            all->entries[kept++] = all->entries[e];
    }
    all->count = kept;
}

/* ---- 2. what cannot stand alone -------------------------------------------------- */

static bool list_is_hidden(const veil *v, thing kind, const node *value)
{
    if (value->kind != NODE_LIST)
        return names_hidden(v, kind, value);
    for (size_t i = 0; i < value->count; i++)
        if (!names_hidden(v, kind, value->items[i]))
            return false;
    return value->count > 0;
}

static bool field_is_hidden(veil *v, const field *what, const node *value)
{
    thing kind = field_names(what->type);
    if (what->type == FIELD_CONDITION || what->type == FIELD_STAGE)
        return mentions_hidden(v, value);
    if (what->type == FIELD_SETTINGS)
        return has_hidden_key(v, kind, value);
    return kind != THING_NONE && list_is_hidden(v, kind, value);
}

static bool must_go(veil *v, const shape *is, const node *map)
{
    for (size_t f = 0; f < is->field_count; f++) {
        const node *value = node_get(map, is->fields[f].key);
        if (value && is->fields[f].required &&
            field_is_hidden(v, &is->fields[f], value))
            return true;
    }
    return false;
}

/* True when something went, and others may have to follow. */
static bool follow_section(veil *v, const section *what)
{
    node *all = node_get(v->tree->root, what->key);
    size_t kept = 0;
    if (all == NULL || all->kind != NODE_MAP)
        return false;
    for (size_t e = 0; e < all->count; e++) {
        if (must_go(v, what->shape, all->entries[e].value))
            hide_entry(v, what->kind, &all->entries[e]);
        else
            all->entries[kept++] = all->entries[e];
    }
    bool changed = kept < all->count;
    all->count = kept;
    return changed;
}

static void follow(veil *v)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t s = 0; s < section_count; s++)
            changed |= follow_section(v, &sections[s]);
    }
}

/* ---- 3. mentions ----------------------------------------------------------------- */

/* Every map may say `claim`. */
static void clean_claims(veil *v, node *value)
{
    if (value == NULL || value->kind == NODE_TEXT)
        return;
    if (value->kind == NODE_MAP)
        drop_names(v, THING_CLAIM, value, "claim");
    for (size_t i = 0; i < value->count; i++)
        clean_claims(v, value->kind == NODE_MAP ? value->entries[i].value
                                                : value->items[i]);
}

/* A person or a paper that is hidden is not to be quoted either. */
static void clean_speaker(veil *v, node *map, const char *key)
{
    drop_names(v, THING_PARTY, map, key);
    drop_names(v, THING_DELEGATION, map, key);
    drop_names(v, THING_SOURCE, map, key);
}

static void clean_readings(veil *v, node *list)
{
    for (size_t i = 0; list && list->kind == NODE_LIST && i < list->count; i++)
        drop_hidden_keys(v, THING_ISSUE, list->items[i]);
}

static void clean_positions(veil *v, node *map)
{
    drop_hidden_keys(v, THING_PARTY, map);
    for (size_t e = 0; map && map->kind == NODE_MAP && e < map->count; e++)
        drop_hidden_keys(v, THING_ISSUE, map->entries[e].value);
}

static void clean_entry(veil *v, const shape *is, node *map)
{
    for (size_t f = 0; f < is->field_count; f++) {
        const field *what = &is->fields[f];
        if (what->type == FIELD_CONDITION || what->type == FIELD_TERMS)
            drop_conditions(v, map, what->key);
        else if (what->type != FIELD_SETTINGS && field_names(what->type) != THING_NONE)
            drop_names(v, field_names(what->type), map, what->key);
    }
    if (is == &claim_shape) {
        clean_speaker(v, map, "speaker");
        clean_speaker(v, map, "via");
    } else if (is == &party_shape) {
        drop_conditions(v, map, "consent");
    } else if (is == &threat_shape) {
        clean_readings(v, node_get(map, "readings"));
        drop_hidden_keys(v, THING_PARTY, node_get(map, "outside"));
    } else if (is == &round_shape) {
        clean_positions(v, node_get(map, "positions"));
    }
}

/* Bonuses and red lines about hidden issues go, and leave their hole. */
static void clean_conditional(veil *v, node *list)
{
    for (size_t i = 0; list && list->kind == NODE_LIST && i < list->count; i++) {
        const node *given = list->items[i] ? node_get(list->items[i], "if") : NULL;
        if (given && mentions_hidden(v, given)) {
            list->items[i] = NULL;
            v->count++;
        }
    }
}

static void clean_preferences(veil *v, node *all)
{
    drop_hidden_keys(v, THING_PARTY, all);
    for (size_t e = 0; all && all->kind == NODE_MAP && e < all->count; e++) {
        node *map = all->entries[e].value, *outside = node_get(map, "outside");
        drop_hidden_keys(v, THING_ISSUE, node_get(map, "weights"));
        drop_hidden_keys(v, THING_ISSUE, node_get(map, "worth"));
        clean_conditional(v, node_get(map, "bonus"));
        clean_conditional(v, node_get(map, "red-lines"));
        if (outside)
            drop_hidden_keys(v, THING_ISSUE, node_get(outside, "outcome"));
    }
}

static void clean_section(veil *v, const section *what)
{
    node *all = node_get(v->tree->root, what->key);
    for (size_t e = 0; all && all->kind == NODE_MAP && e < all->count; e++)
        if (all->entries[e].value->kind == NODE_MAP)
            clean_entry(v, what->shape, all->entries[e].value);
}

/* ---- all three ------------------------------------------------------------------- */

size_t withhold(document *tree, const char *shown_to)
{
    veil v = {.tree = tree, .shown_to = shown_to};
    for (size_t s = 0; s < section_count; s++)
        note_section(&v, &sections[s]);
    sweep(&v, tree->root);
    follow(&v);
    for (size_t s = 0; s < section_count; s++)
        clean_section(&v, &sections[s]);
    clean_preferences(&v, node_get(tree->root, "preferences"));
    clean_claims(&v, tree->root);
    for (size_t k = 0; k < THING_KINDS; k++)
        names_free(&v.hidden[k]);
    if (v.count > 0)
        tree->line_count = 0; /* lines of the file may hold what is hidden: show none */
    return v.count;
}
