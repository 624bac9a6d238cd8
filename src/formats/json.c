/* JSON made into a tree. jansson decides what is JSON, and gives texts without their
 * escapes; it keeps neither places nor the digits of numbers. So the bytes, known to be
 * sound by then, are walked once more beside its tree, token by token. jansson recurses,
 * and so does the walk: how deep it goes is counted before. */
#include "formats/json_tokens.h"

#include "base/text.h"

#include <jansson.h>
#include <string.h>

/* ---- limits ---------------------------------------------------------------------- */

static bool refuse_limit(document *tree, size_t at, const char *what, size_t limit,
                         const char *option)
{
    document_error(tree, document_place(tree, at), 1, option, "more than %zu %s", limit,
                   what);
    return false;
}

static bool is_key(const document *tree, const json_token *token)
{
    return token->kind == '"' && json_token_at(tree, token->to).kind == ':';
}

/* Any bytes; exact for JSON, and for the rest what jansson may get to see. */
static bool is_within(document *tree, const truce_limits *limits)
{
    size_t depth = 0, nodes = 0;
    json_token token = json_token_at(tree, 0);
    for (; token.kind; token = json_token_at(tree, token.to)) {
        bool opens = token.kind == '{' || token.kind == '[';
        if (opens && ++depth > limits->depth)
            return refuse_limit(tree, token.from, "maps and lists within each other",
                                limits->depth, "--max-depth raises the limit");
        if ((token.kind == '}' || token.kind == ']') && depth > 0)
            depth--;
        bool is_node =
            opens || token.kind == 'w' || (token.kind == '"' && !is_key(tree, &token));
        if (is_node && ++nodes > limits->nodes)
            return refuse_limit(tree, token.from, "maps, lists and texts",
                                limits->nodes, "--max-nodes raises the limit");
    }
    return true;
}

/* ---- the walk -------------------------------------------------------------------- */

typedef struct walker {
    document *tree;
    size_t next;       /* the byte behind the last token */
    size_t marked;     /* a byte, not beyond next, */
    truce_place place; /* and its place: so that long lines are counted once */
} walker;

static json_token take_token(walker *w)
{
    json_token token = json_token_at(w->tree, w->next);
    w->next = token.to;
    return token;
}

static truce_place place_of(walker *w, const json_token *token)
{
    const char *bytes = w->tree->bytes;
    for (; w->marked < token->from; w->marked++) {
        char c = bytes[w->marked];
        if (c == '\n' || (c == '\r' && bytes[w->marked + 1] != '\n')) {
            w->place.line++;
            w->place.column = 1;
        } else if (((unsigned char)bytes[w->marked + 1] & 0xC0) != 0x80) {
            w->place.column++;
        }
    }
    return w->place;
}

static uint32_t width_of(const walker *w, const json_token *token)
{
    return (uint32_t)text_characters(w->tree->bytes + token->from,
                                     token->to - token->from);
}

static node *node_new(walker *w, node_kind kind, const json_token *token)
{
    node *made = arena_new(&w->tree->memory, node);
    made->kind = kind;
    made->place = place_of(w, token);
    made->width = 1;
    return made;
}

static node *take_value(walker *w, const json_t *value);

static node *take_list(walker *w, const json_t *list, const json_token *open)
{
    node *made = node_new(w, NODE_LIST, open);
    made->count = json_array_size(list);
    made->items = arena_array(&w->tree->memory, made->count, node *);
    for (size_t i = 0; i < made->count; i++) {
        if (i > 0)
            take_token(w); /* the comma */
        made->items[i] = take_value(w, json_array_get(list, i));
    }
    take_token(w);
    return made;
}

static void take_entry(walker *w, const char *key, const json_t *value,
                       node_entry *entry)
{
    json_token token = take_token(w);
    entry->key = arena_text(&w->tree->memory, key);
    entry->place = place_of(w, &token);
    entry->width = width_of(w, &token);
    take_token(w); /* the colon */
    entry->value = take_value(w, value);
}

/* jansson keeps keys in the order of the file. */
static node *take_map(walker *w, json_t *map, const json_token *open)
{
    node *made = node_new(w, NODE_MAP, open);
    made->entries = arena_array(&w->tree->memory, json_object_size(map), node_entry);
    for (void *at = json_object_iter(map); at; at = json_object_iter_next(map, at)) {
        if (made->count > 0)
            take_token(w);
        take_entry(w, json_object_iter_key(at), json_object_iter_value(at),
                   &made->entries[made->count++]);
    }
    take_token(w);
    return made;
}

static node *take_text(walker *w, const json_t *value, const json_token *token)
{
    node *made = node_new(w, NODE_TEXT, token);
    const char *written = w->tree->bytes + token->from;
    size_t length = token->to - token->from;
    made->width = width_of(w, token);
    made->quoted = token->kind == '"';
    made->inset = made->quoted;
    made->text = json_is_string(value)
                     ? arena_text(&w->tree->memory, json_string_value(value))
                     : arena_text_n(&w->tree->memory, written, length);
    made->exact =
        strlen(made->text) + 2 * made->inset == length &&
        memcmp(written + made->inset, made->text, length - 2 * made->inset) == 0;
    return made;
}

static node *take_value(walker *w, const json_t *value)
{
    json_token token = take_token(w);
    switch (token.kind) {
    case '{':
        return take_map(w, (json_t *)(uintptr_t)value, &token); /* its iterator asks */
    case '[':
        return take_list(w, value, &token);
    default:
        return take_text(w, value, &token);
    }
}

/* ---- the whole ------------------------------------------------------------------- */

static json_fault fault_of(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return JSON_FAULT_TWICE;
    case json_error_numeric_overflow:
        return JSON_FAULT_TOO_LARGE;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return JSON_FAULT_NUL;
    default:
        return JSON_FAULT_SYNTAX;
    }
}

static size_t stopped_at(const document *tree, const json_error_t *error)
{
    bool is_end = json_error_code(error) == json_error_premature_end_of_input;
    return is_end ? tree->length + 1 : (size_t)error->position;
}

static bool build(document *tree)
{
    json_error_t error;
    json_t *value =
        json_loadb(tree->bytes, tree->length,
                   JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);
    if (value == NULL) {
        json_explain(tree, fault_of(&error), stopped_at(tree, &error), error.text);
        return false;
    }
    walker w = {.tree = tree, .place = {tree->file, 1, 1}};
    tree->root = take_value(&w, value);
    json_decref(value);
    if (tree->root->kind == NODE_MAP)
        return true;
    document_error(tree, tree->root->place, tree->root->width, NULL,
                   "expected a map of keys and values, found a list");
    return false;
}

document *document_read_json(const char *file, const void *bytes, size_t length,
                             const truce_limits *limits, truce_diagnostics *diagnostics)
{
    truce_limits allowed = document_limits(limits);
    document *tree = document_begin(file, bytes, length, &allowed, diagnostics);
    if (tree == NULL || (is_within(tree, &allowed) && build(tree)))
        return tree;
    document_free(tree);
    return NULL;
}
