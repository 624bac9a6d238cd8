/* YAML's events made into a tree. Collections that are still open stand on a stack of
 * our own, their entries one behind the other in one array, so that nothing recurses.
 * Marks of the parser count characters over the whole input; a cursor that moves with
 * them finds the bytes, so that all is linear even when the input is one long line. */
#include "formats/document.h"

#include "base/text.h"
#include "formats/slips.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A map or list not closed yet. In a map keys and values take turns. */
typedef struct frame {
    node *owner;
    size_t from; /* its first entry in builder.entries */
    bool in_flow;
    bool awaits_value;
} frame;

typedef struct builder {
    document *tree;
    yaml_parser_t parser;
    truce_limits limits;
    frame *open; /* [depth], the innermost last */
    size_t depth, open_room;
    node_entry *entries; /* [entry_count] of all open collections */
    size_t entry_count, entry_room;
    size_t node_count;
    size_t character, byte; /* the cursor: the same spot counted in both ways */
    size_t last, last_end;  /* bytes of the text read last */
    bool told_of_tabs;
    bool broken; /* something stands where no tree can say what it means */
} builder;

/* ---- places ---------------------------------------------------------------------- */

static size_t byte_at(builder *b, size_t character)
{
    const char *bytes = b->tree->bytes;
    while (b->character < character && b->byte < b->tree->length) {
        b->byte++;
        b->character++;
        while (((unsigned char)bytes[b->byte] & 0xC0) == 0x80)
            b->byte++;
    }
    while (b->character > character) {
        b->character--;
        do
            b->byte--;
        while (((unsigned char)bytes[b->byte] & 0xC0) == 0x80);
    }
    return b->byte;
}

/* libyaml puts the end of a file that lacks its last newline on a line that is not there. */
static truce_place place_of(const builder *b, yaml_mark_t mark)
{
    if (mark.line >= b->tree->line_count)
        return document_place(b->tree, b->tree->length);
    return (truce_place){b->tree->file, (uint32_t)mark.line + 1,
                         (uint32_t)mark.column + 1};
}

/* Characters from one byte to another, as far as they stand on the line. */
static uint32_t width_of(const builder *b, uint32_t line, size_t from, size_t to)
{
    size_t end = document_line_end(b->tree, line);
    size_t width = text_characters(b->tree->bytes + from, (to < end ? to : end) - from);
    return width ? (uint32_t)width : 1;
}

/* ---- refusals -------------------------------------------------------------------- */

static bool refuse_tag_and_anchor(builder *b, const yaml_event_t *event,
                                  const void *anchor, const void *tag)
{
    truce_place place = place_of(b, event->start_mark);
    const char *hint = "put the text in quotes when it is meant to begin so";
    if (anchor)
        document_error(b->tree, place, 1, hint, "anchors (&name) are not allowed");
    else if (tag)
        document_error(b->tree, place, 1, hint, "tags (!name) are not allowed");
    return anchor || tag;
}

static bool refuse_alias(builder *b, const yaml_event_t *event)
{
    document_error(b->tree, place_of(b, event->start_mark), 1,
                   "put the text in quotes when it is meant to begin so",
                   "aliases (*name) are not allowed");
    b->broken = true;
    return false;
}

static bool refuse_limit(builder *b, yaml_mark_t mark, const char *what, size_t limit,
                         const char *option)
{
    document_error(b->tree, place_of(b, mark), 1, option, "more than %zu %s", limit,
                   what);
    b->broken = true;
    return false;
}

/* Tabs look like blanks and are not: a person cannot see what is wrong. */
static void refuse_tab_before(builder *b, size_t at)
{
    const char *bytes = b->tree->bytes;
    size_t tab = SIZE_MAX;
    while (at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t'))
        if (bytes[--at] == '\t')
            tab = at;
    bool begins_line = at == 0 || bytes[at - 1] == '\n' || bytes[at - 1] == '\r';
    if (tab == SIZE_MAX || !begins_line || b->told_of_tabs)
        return;
    b->told_of_tabs = true;
    document_error(b->tree, document_place(b->tree, tab), 1, "use spaces",
                   "a tab is not allowed as indentation");
}

/* "? key", for a key that stands at a place and a byte. */
static void refuse_question_mark(builder *b, truce_place place, size_t from)
{
    const char *bytes = b->tree->bytes;
    size_t at = from;
    while (at > 0 && bytes[at - 1] == ' ')
        at--;
    if (at == 0 || bytes[at - 1] != '?')
        return;
    place.column -= (uint32_t)(from - at + 1);
    document_error(b->tree, place, 1, "write the key without the question mark",
                   "complex keys (? key) are not allowed");
}

/* ---- building -------------------------------------------------------------------- */

static frame *innermost(builder *b)
{
    return b->depth ? &b->open[b->depth - 1] : NULL;
}

static void attach(builder *b, node *item)
{
    frame *to = innermost(b);
    if (to == NULL) {
        b->tree->root = item;
    } else if (to->awaits_value) {
        b->entries[b->entry_count - 1].value = item;
        to->awaits_value = false;
    } else {
        *grow(b->entries, b->entry_count, b->entry_room) = (node_entry){.value = item};
    }
}

static bool awaits_key(builder *b)
{
    const frame *within = innermost(b);
    return within && within->owner->kind == NODE_MAP && !within->awaits_value;
}

static node *node_new(builder *b, node_kind kind, const yaml_event_t *event)
{
    node *made = arena_new(&b->tree->memory, node);
    made->kind = kind;
    made->place = place_of(b, event->start_mark);
    made->width = 1;
    b->node_count++;
    return made;
}

static bool is_plain(const yaml_event_t *event)
{
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static const char *copy_of(builder *b, const yaml_event_t *event)
{
    return arena_text_n(&b->tree->memory, (const char *)event->data.scalar.value,
                        event->data.scalar.length);
}

static bool add_key(builder *b, const yaml_event_t *event, size_t from, size_t to)
{
    truce_place place = place_of(b, event->start_mark);
    refuse_tab_before(b, from);
    refuse_question_mark(b, place, from);
    if (from == to)
        document_error(b->tree, place, 1, NULL, "a key is missing before ':'");
    *grow(b->entries, b->entry_count, b->entry_room) = (node_entry){
        .key = copy_of(b, event),
        .place = place,
        .width = width_of(b, place.line, from, to),
    };
    if (is_plain(event) && strcmp(b->entries[b->entry_count - 1].key, "<<") == 0)
        document_error(b->tree, place, 2, "write the keys out",
                       "merge keys (<<) are not allowed");
    innermost(b)->awaits_value = true;
    return true;
}

/* In "{if: nato = a, b}" YAML takes b for a key without a value. */
static void refuse_lone_key(builder *b)
{
    const node_entry *entry = &b->entries[b->entry_count - 1];
    const char *after = b->tree->bytes + b->last_end;
    after += strspn(after, " \t\r\n");
    if (*after == ',' || *after == '}' || *after == ']')
        document_error(b->tree, entry->place, entry->width,
                       "a text with commas within { } or [ ] stands in quotes",
                       "\"%s\" stands here without a value", entry->key);
}

static void add_text(builder *b, const yaml_event_t *event, size_t from, size_t to)
{
    node *text = node_new(b, NODE_TEXT, event);
    char first = b->tree->bytes[from];
    text->text = copy_of(b, event);
    text->quoted = !is_plain(event);
    text->inset = text->quoted && (first == '"' || first == '\'');
    text->width = width_of(b, text->place.line, from, to);
    size_t length = event->data.scalar.length, begin = from + text->inset;
    text->exact = begin + length + text->inset == to &&
                  memcmp(b->tree->bytes + begin, text->text, length) == 0;
    attach(b, text);
}

static bool take_text(builder *b, const yaml_event_t *event)
{
    size_t from = byte_at(b, event->start_mark.index);
    size_t to = byte_at(b, event->end_mark.index);
    const frame *within = innermost(b);
    bool marked = refuse_tag_and_anchor(b, event, event->data.scalar.anchor,
                                        event->data.scalar.tag);
    if (awaits_key(b))
        add_key(b, event, from, to);
    else if (b->node_count >= b->limits.nodes)
        return refuse_limit(b, event->start_mark, "maps, lists and texts",
                            b->limits.nodes, "--max-nodes raises the limit");
    else {
        if (within && within->in_flow && within->awaits_value && from == to && !marked)
            refuse_lone_key(b);
        refuse_tab_before(b, from);
        add_text(b, event, from, to);
    }
    if (from < to) {
        b->last = from;
        b->last_end = to;
    }
    return true;
}

static bool begin_collection(builder *b, const yaml_event_t *event, node_kind kind,
                             bool in_flow)
{
    if (awaits_key(b)) {
        document_error(b->tree, place_of(b, event->start_mark), 1,
                       "put a text with braces or brackets in quotes",
                       "a key must be a text, not a %s",
                       kind == NODE_MAP ? "map" : "list");
        b->broken = true;
        return false;
    }
    if (b->depth >= b->limits.depth)
        return refuse_limit(b, event->start_mark, "maps and lists within each other",
                            b->limits.depth, "--max-depth raises the limit");
    if (b->node_count >= b->limits.nodes)
        return refuse_limit(b, event->start_mark, "maps, lists and texts",
                            b->limits.nodes, "--max-nodes raises the limit");
    refuse_tab_before(b, byte_at(b, event->start_mark.index));
    node *made = node_new(b, kind, event);
    attach(b, made);
    *grow(b->open, b->depth, b->open_room) =
        (frame){.owner = made, .from = b->entry_count, .in_flow = in_flow};
    return true;
}

/* ---- closing, and what a map may not hold ---------------------------------------- */

static int by_key_then_place(const void *one, const void *other)
{
    const node_entry *a = *(node_entry *const *)one, *b = *(node_entry *const *)other;
    int order = strcmp(a->key, b->key);
    return order ? order : (a > b) - (a < b);
}

/* Says what is there twice and marks it for taking out. Sorting instead of hashing: no
 * choice of keys makes it slow. */
static void mark_duplicates(document *tree, node_entry *entries, size_t count)
{
    node_entry **sorted = must_allocate(count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &entries[i];
    qsort(sorted, count, sizeof *sorted, by_key_then_place);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[i]->key, sorted[first]->key) != 0) {
            first = i;
            continue;
        }
        document_error(tree, sorted[i]->place, sorted[i]->width,
                       "the first one is kept",
                       "key \"%s\" is given twice; the first is in line %u",
                       sorted[i]->key, (unsigned)sorted[first]->place.line);
        sorted[i]->value = NULL;
    }
    free(sorted);
}

static bool is_merge(const node_entry *entry)
{
    return entry->width == 2 && strcmp(entry->key, "<<") == 0; /* not in quotes */
}

static size_t take_out(node_entry *entries, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (entries[i].value && !is_merge(&entries[i]))
            entries[kept++] = entries[i];
    return kept;
}

static bool end_collection(builder *b)
{
    frame *closed = innermost(b);
    node *owner = closed->owner;
    arena *memory = &b->tree->memory;
    size_t count = b->entry_count - closed->from;
    node_entry *entries = count ? b->entries + closed->from : NULL;
    if (owner->kind == NODE_MAP && count > 0) {
        mark_duplicates(b->tree, entries, count);
        count = take_out(entries, count);
    }
    owner->count = count;
    if (owner->kind == NODE_MAP) {
        owner->entries = arena_copy(memory, entries, count * sizeof *entries);
    } else {
        owner->items = arena_array(memory, count, node *);
        for (size_t i = 0; i < count; i++)
            owner->items[i] = entries[i].value;
    }
    b->entry_count = closed->from;
    b->depth--;
    return true;
}

/* ---- the whole ------------------------------------------------------------------- */

/* The first byte from `at` on that is neither blank nor in a comment. */
static size_t skip_comments(const document *tree, size_t at)
{
    const char *bytes = tree->bytes;
    for (;;) {
        at += strspn(bytes + at, " \t\r\n");
        if (bytes[at] != '#')
            return at;
        at += strcspn(bytes + at, "\r\n");
    }
}

/* Looked for before the parser sees them: many of them take it quadratic time. */
static bool refuse_directive(builder *b, size_t at)
{
    truce_place place = document_place(b->tree, at);
    if (b->tree->bytes[at] != '%' || place.column != 1)
        return false;
    document_error(b->tree, place, 1, "take the line out",
                   "directives (%%YAML, %%TAG) are not allowed");
    b->broken = true;
    return true;
}

static bool begin_document(builder *b, const yaml_event_t *event)
{
    if (b->tree->root == NULL)
        return true;
    document_error(b->tree, place_of(b, event->start_mark), 3,
                   "put each in a file of its own",
                   "a second document begins here, and a file holds one");
    b->broken = true;
    return false;
}

static bool end_document(builder *b, const yaml_event_t *event)
{
    size_t at = skip_comments(b->tree, byte_at(b, event->end_mark.index));
    while (strncmp(b->tree->bytes + at, "...", 3) == 0)
        at = skip_comments(b->tree, at + 3);
    return !refuse_directive(b, at);
}

/* False ends the reading. */
static bool take_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return begin_document(b, event);
    case YAML_DOCUMENT_END_EVENT:
        return end_document(b, event);
    case YAML_ALIAS_EVENT:
        return refuse_alias(b, event);
    case YAML_SCALAR_EVENT:
        return take_text(b, event);
    case YAML_SEQUENCE_START_EVENT:
        refuse_tag_and_anchor(b, event, event->data.sequence_start.anchor,
                              event->data.sequence_start.tag);
        return begin_collection(b, event, NODE_LIST,
                                event->data.sequence_start.style ==
                                    YAML_FLOW_SEQUENCE_STYLE);
    case YAML_MAPPING_START_EVENT:
        refuse_tag_and_anchor(b, event, event->data.mapping_start.anchor,
                              event->data.mapping_start.tag);
        return begin_collection(b, event, NODE_MAP,
                                event->data.mapping_start.style ==
                                    YAML_FLOW_MAPPING_STYLE);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return end_collection(b);
    case YAML_STREAM_END_EVENT:
        return false;
    default:
        return true;
    }
}

static void explain(builder *b)
{
    const yaml_parser_t *parser = &b->parser;
    size_t at = byte_at(b, parser->problem_mark.index);
    bool has_opener =
        parser->context && parser->context_mark.index <= parser->problem_mark.index;
    slip what = {
        .problem = parser->problem ? parser->problem : "",
        .at = at,
        .opener = has_opener ? byte_at(b, parser->context_mark.index) : at,
        .last = b->last,
        .last_end = b->last_end,
    };
    slip_explain(b->tree, &what);
    b->broken = true;
}

static void take_events(builder *b)
{
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->parser, &event)) {
            explain(b);
            return;
        }
        more = take_event(b, &event);
        yaml_event_delete(&event);
    }
}

static void expect_map(builder *b)
{
    const node *root = b->tree->root;
    bool empty =
        root == NULL || (root->kind == NODE_TEXT && !root->quoted && !*root->text);
    truce_place start = {b->tree->file, 1, 1};
    if (b->broken || (root && root->kind == NODE_MAP))
        return;
    b->broken = true;
    if (empty)
        document_error(b->tree, start, 1, "`truce new NAME` writes one to begin with",
                       "the file is empty: expected a map of keys and values");
    else
        document_error(b->tree, root->place, root->width, NULL,
                       "expected a map of keys and values, found a %s",
                       root->kind == NODE_LIST ? "list" : "text");
}

static bool build(document *tree, const truce_limits *limits)
{
    builder b = {.tree = tree, .limits = *limits};
    if (!yaml_parser_initialize(&b.parser))
        abort(); /* out of memory */
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)tree->bytes,
                                 tree->length);
    if (!refuse_directive(&b, skip_comments(tree, 0)))
        take_events(&b);
    expect_map(&b);
    yaml_parser_delete(&b.parser);
    free(b.open);
    free(b.entries);
    return !b.broken;
}

document *document_read_yaml(const char *file, const void *bytes, size_t length,
                             const truce_limits *limits, truce_diagnostics *diagnostics)
{
    truce_limits allowed = document_limits(limits);
    document *tree = document_begin(file, bytes, length, &allowed, diagnostics);
    if (tree == NULL || build(tree, &allowed))
        return tree;
    document_free(tree);
    return NULL;
}
