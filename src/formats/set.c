/* A what-if for one run: walk the path through the tree, the longest key that fits at
 * each step (keys may hold dots), and put a text there whose place is the setting
 * itself, so that whatever is wrong with it is told where it was written. */
#include "base/decimal.h"
#include "base/names.h"
#include "base/text.h"
#include "formats/document.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_KEPT = 4 }; /* preferences, party, worth, issue */

/* A path on its way. */
typedef struct walk {
    document *tree;
    const document_setting *setting;
    const char *rest; /* what of the path is still to go */
    const char *end;  /* of the path, which the text from value on follows */
    const char *value;
    const char *steps[STEPS_KEPT]; /* the first keys taken */
    size_t step_count;
    node *parent; /* of the node arrived at */
} walk;

/* ---- saying what is wrong -------------------------------------------------------- */

static truce_place place_at(const walk *w, const char *at)
{
    size_t before = text_characters(w->setting->text, (size_t)(at - w->setting->text));
    return (truce_place){w->setting->file, 1, (uint32_t)before + 1};
}

static uint32_t width_between(const char *from, const char *to)
{
    return (uint32_t)text_characters(from, (size_t)(to - from));
}

/* The first key of what is still to go, should no key have dots. */
static const char *segment_end(const walk *w)
{
    const char *dot = memchr(w->rest, '.', (size_t)(w->end - w->rest));
    return dot ? dot : w->end;
}

/* The keys of a map, NULL at the end; freed with free(). */
static const char **keys_of(const node *map, size_t *count)
{
    size_t room = map && map->kind == NODE_MAP ? map->count : 0;
    const char **keys = must_allocate_zeroed(room + 1, sizeof *keys);
    for (*count = 0; *count < room; ++*count)
        keys[*count] = map->entries[*count].key;
    return keys;
}

static bool fail_unknown(walk *w, const node *within, const char *what)
{
    arena memory = {0};
    size_t count;
    const char **keys = keys_of(within, &count);
    const char *end = segment_end(w);
    const char *segment = arena_text_n(&memory, w->rest, (size_t)(end - w->rest));
    const char *nearest = names_nearest(segment, keys, count);
    if (nearest == NULL && w->step_count == 0) {
        free(keys);
        keys = keys_of(node_get(w->tree->root, "parties"), &count);
        nearest = names_nearest(segment, keys, count);
    }
    document_error(w->tree, place_at(w, w->rest), width_between(w->rest, end),
                   nearest ? arena_format(&memory, "did you mean \"%s\"?", nearest)
                           : NULL,
                   "%s \"%s\"", what, segment);
    free(keys);
    arena_free(&memory);
    return false;
}

/* ---- one step -------------------------------------------------------------------- */

/* Does the rest of the path begin with this key? Its length then, else 0. */
static size_t length_if_next(const walk *w, const char *key)
{
    size_t length = strlen(key), left = (size_t)(w->end - w->rest);
    bool is = length > 0 && length <= left && memcmp(w->rest, key, length) == 0 &&
              (length == left || w->rest[length] == '.');
    return is ? length : 0;
}

static void go_on(walk *w, const char *key, size_t length)
{
    if (w->step_count < STEPS_KEPT)
        w->steps[w->step_count] = key;
    w->step_count++;
    w->rest += length;
    w->rest += w->rest < w->end; /* the dot */
}

/* The entry with the longest key that the rest begins with, taken; or NULL. */
static node *take_key(walk *w, const node *map)
{
    const node_entry *best = NULL;
    size_t best_length = 0;
    for (size_t i = 0; i < map->count; i++) {
        size_t length = length_if_next(w, map->entries[i].key);
        if (length > best_length) {
            best = &map->entries[i];
            best_length = length;
        }
    }
    if (best == NULL)
        return NULL;
    go_on(w, best->key, best_length);
    return best->value;
}

static bool is_within_preferences(const walk *w)
{
    return w->step_count >= 2 && strcmp(w->steps[0], "preferences") == 0;
}

/* The issue whose worths stand in the list arrived at, or NULL. */
static const node *rated_issue(const walk *w)
{
    bool is_worth = w->step_count == STEPS_KEPT && is_within_preferences(w) &&
                    strcmp(w->steps[2], "worth") == 0;
    return is_worth ? node_get(node_get(w->tree->root, "issues"), w->steps[3]) : NULL;
}

static bool decimal_at(const node *map, const char *key, truce_decimal *value)
{
    const node *text = node_get(map, key);
    return text && text->kind == NODE_TEXT &&
           decimal_read(text->text, strlen(text->text), value) == DECIMAL_OK;
}

/* The name of an issue's value, or NULL. */
static const char *value_name(const node *issue, size_t number, arena *memory)
{
    truce_decimal from, step;
    const node *values = node_get(issue, "values");
    if (values && values->kind == NODE_LIST && number < values->count)
        return values->items[number]->text; /* NULL unless it is a text */
    if (decimal_at(issue, "from", &from) && decimal_at(issue, "step", &step))
        return decimal_text(memory, decimal_add(from, step, (int64_t)number));
    return NULL;
}

/* The item whose value's name the rest begins with, taken; or NULL. */
static node *take_value_name(walk *w, const node *list)
{
    arena memory = {0};
    const node *issue = rated_issue(w);
    size_t best = 0, best_length = 0;
    for (size_t i = 0; issue && i < list->count; i++) {
        const char *name = value_name(issue, i, &memory);
        size_t length = name ? length_if_next(w, name) : 0;
        if (length > best_length) {
            best = i;
            best_length = length;
        }
    }
    arena_free(&memory);
    if (best_length == 0)
        return NULL;
    go_on(w, "", best_length);
    return list->items[best];
}

/* The item with the number, from 1, that the rest begins with; or NULL. */
static node *take_number(walk *w, const node *list)
{
    const char *end = segment_end(w);
    size_t number = 0;
    for (const char *at = w->rest; at < end; at++) {
        if (*at < '0' || *at > '9' || number > list->count)
            return NULL;
        number = number * 10 + (size_t)(*at - '0');
    }
    if (number < 1 || number > list->count)
        return NULL;
    go_on(w, "", (size_t)(end - w->rest));
    return list->items[number - 1];
}

/* ---- what the file leaves out ---------------------------------------------------- */

static node *new_node(walk *w, node_kind kind)
{
    node *made = arena_new(&w->tree->memory, node);
    made->kind = kind;
    made->place = place_at(w, w->rest);
    made->width = 1;
    return made;
}

/* A new entry of a map under the next `length` bytes of the path, taken. */
static node *add_entry(walk *w, node *map, size_t length, node_kind kind)
{
    arena *memory = &w->tree->memory;
    node_entry *entries = arena_array(memory, map->count + 1, node_entry);
    node *value = new_node(w, kind);
    if (map->count)
        memcpy(entries, map->entries, map->count * sizeof *entries);
    entries[map->count++] = (node_entry){
        .key = arena_text_n(memory, w->rest, length),
        .place = value->place,
        .width = width_between(w->rest, w->rest + length),
        .value = value,
    };
    map->entries = entries;
    go_on(w, entries[map->count - 1].key, length);
    return value;
}

static bool rest_begins_with(const walk *w, const char *words)
{
    return strncmp(w->rest, words, strlen(words)) == 0;
}

static bool is_party(const walk *w, const char *id, size_t length)
{
    const node *parties = node_get(w->tree->root, "parties");
    for (size_t i = 0; parties && parties->kind == NODE_MAP && i < parties->count; i++)
        if (strlen(parties->entries[i].key) == length &&
            memcmp(parties->entries[i].key, id, length) == 0)
            return true;
    return false;
}

/* An entry that the file leaves out but may have: a party's preferences, its floor and
 * its weights, and the last key within them. NULL when there can be none. */
static node *take_missing(walk *w, node *map)
{
    size_t length = (size_t)(segment_end(w) - w->rest);
    size_t left = (size_t)(w->end - w->rest);
    bool in_preferences = w->step_count == 1 && strcmp(w->steps[0], "preferences") == 0;
    if (in_preferences && is_party(w, w->rest, length) && length < left)
        return add_entry(w, map, length, NODE_MAP);
    if (!is_within_preferences(w))
        return NULL;
    if (w->step_count == 2 &&
        (rest_begins_with(w, "outside.") || rest_begins_with(w, "weights.")))
        return add_entry(w, map, length, NODE_MAP);
    bool keys_may_have_dots = w->step_count > 2;
    return length == left || keys_may_have_dots ? add_entry(w, map, left, NODE_TEXT)
                                                : NULL;
}

/* ---- the whole way --------------------------------------------------------------- */

static node *take_step(walk *w, node *at)
{
    node *found = NULL;
    if (at->kind == NODE_MAP) {
        found = take_key(w, at);
        found = found ? found : take_missing(w, at);
    } else if (at->kind == NODE_LIST) {
        found = take_value_name(w, at);
        found = found ? found : take_number(w, at);
    }
    if (found)
        return found;
    if (at->kind == NODE_MAP)
        fail_unknown(w, at, "unknown name");
    else if (at->kind == NODE_LIST)
        fail_unknown(w, NULL, "the list has no item");
    else
        fail_unknown(w, NULL, "a text has nothing within it called");
    return NULL;
}

/* Within `preferences` when the path begins with a party's id and no key of the file.
 */
static node *begin(walk *w)
{
    node *root = w->tree->root, *preferences = node_get(root, "preferences");
    bool is_key = false;
    for (size_t i = 0; i < root->count; i++)
        is_key |= length_if_next(w, root->entries[i].key) > 0;
    const node *parties = node_get(root, "parties");
    for (size_t i = 0; !is_key && parties && i < parties->count; i++)
        if (parties->kind == NODE_MAP && length_if_next(w, parties->entries[i].key) &&
            preferences && preferences->kind == NODE_MAP) {
            w->steps[w->step_count++] = "preferences";
            return preferences;
        }
    return root;
}

/* A number written as a range stands for its mode, which may be called `worth`; the map
 * that holds the mode becomes the parent. Anything else stands for itself. */
static node *mode_of(walk *w, node *at)
{
    static const char *const modes[] = {"mode", "worth"};
    for (size_t i = 0; at->kind == NODE_MAP && i < 2; i++) {
        node *mode = node_get(at, modes[i]);
        if (mode == NULL)
            continue;
        w->parent = at;
        return mode_of(w, mode);
    }
    return at->kind == NODE_MAP ? NULL : at;
}

static void put_text(walk *w, node *at)
{
    size_t length = strlen(w->value);
    *at = (node){
        .kind = NODE_TEXT,
        .place = place_at(w, w->value),
        .text = w->value,
        .width = width_between(w->value, w->value + length),
        .exact = true,
    };
}

static bool is_beyond(const node *end, truce_decimal value, int side)
{
    truce_decimal bound;
    return end && end->kind == NODE_TEXT &&
           decimal_read(end->text, strlen(end->text), &bound) == DECIMAL_OK &&
           decimal_compare(value, bound) == side;
}

/* What if it were larger than the range has it? Then the range reaches as far. */
static void widen_range(walk *w, const node *range)
{
    truce_decimal value;
    node *low = node_get(range, "low"), *high = node_get(range, "high");
    if (decimal_read(w->value, strlen(w->value), &value) != DECIMAL_OK)
        return;
    if (is_beyond(low, value, -1))
        put_text(w, low);
    if (is_beyond(high, value, 1))
        put_text(w, high);
}

static bool fail_not_a_text(walk *w, const node *at)
{
    document_error(w->tree, place_at(w, w->setting->text),
                   width_between(w->setting->text, w->end),
                   at->kind == NODE_MAP ? "name one of its keys"
                                        : "name one of its items by its number",
                   "this is a %s, and only a text can be set",
                   at->kind == NODE_MAP ? "map" : "list");
    return false;
}

static bool walk_and_put(walk *w)
{
    node *at = begin(w);
    while (at && w->rest < w->end) {
        w->parent = at;
        at = take_step(w, at);
    }
    if (at == NULL)
        return false;
    node *text = mode_of(w, at);
    if (text == NULL || text->kind != NODE_TEXT)
        return fail_not_a_text(w, at);
    put_text(w, text);
    if (w->parent && text == mode_of(w, w->parent))
        widen_range(w, w->parent);
    return true;
}

/* ---- the setting itself ---------------------------------------------------------- */

static const document_setting *remember(document *tree, const char *text)
{
    document_setting *setting = arena_new(&tree->memory, document_setting);
    *setting = (document_setting){arena_text(&tree->memory, "--set"),
                                  arena_text(&tree->memory, text), tree->settings};
    tree->settings = setting;
    return setting;
}

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

static const char *without_blanks_behind(const char *start, const char *end)
{
    while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return end;
}

static bool fail_form(walk *w, const char *at, const char *message)
{
    document_error(w->tree, place_at(w, at), 1,
                   "write PATH=VALUE, as in UA.outside.worth=48", "%s", message);
    return false;
}

bool document_set(document *tree, const char *text)
{
    const document_setting *setting = remember(tree, text);
    const char *start = skip_blanks(setting->text), *sign = strchr(start, '=');
    walk w = {.tree = tree, .setting = setting, .rest = start};
    size_t length = strlen(text), valid = text_valid(text, length);
    if (valid < length)
        return fail_form(&w, setting->text + valid, "invalid UTF-8");
    if (sign == NULL)
        return fail_form(&w, setting->text + length, "expected '=' and a value");
    w.end = without_blanks_behind(start, sign);
    w.value = skip_blanks(sign + 1);
    if (w.end == start)
        return fail_form(&w, start, "expected a path before '='");
    if (*w.value == '\0')
        return fail_form(&w, w.value, "expected a value behind '='");
    return walk_and_put(&w);
}
