/* XML made into a tree, by expat. Elements that are still open stand on a stack, their
 * children one behind the other in one array. expat gives no places of attributes: as it
 * has found the tag sound, the bytes of the tag are walked once more beside it. Places
 * only move forward, by a cursor, so that a file of one long line takes linear time. */
#include "formats/xml.h"

#include "base/text.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* An element not closed yet. */
typedef struct frame {
    node *element;
    size_t from; /* its first child in builder.children */
} frame;

typedef struct builder {
    document *tree;
    XML_Parser parser;
    truce_limits limits;
    frame *open; /* [depth], the innermost last */
    size_t depth, open_room;
    node **children; /* [child_count] of all open elements */
    size_t child_count, child_room;
    size_t node_count;
    size_t marked; /* the cursor: a byte */
    truce_place place;
    bool broken; /* and said why */
} builder;

/* ---- places ---------------------------------------------------------------------- */

static truce_place place_of(builder *b, size_t at)
{
    const char *bytes = b->tree->bytes;
    for (; b->marked < at; b->marked++) {
        char c = bytes[b->marked];
        if (c == '\n' || (c == '\r' && bytes[b->marked + 1] != '\n')) {
            b->place.line++;
            b->place.column = 1;
        } else if (((unsigned char)bytes[b->marked + 1] & 0xC0) != 0x80) {
            b->place.column++;
        }
    }
    return b->place;
}

/* Characters from one byte to another, as far as they stand on one line. */
static uint32_t width_between(const builder *b, size_t from, size_t to)
{
    size_t length = strcspn(b->tree->bytes + from, "\r\n");
    length = length < to - from ? length : to - from;
    size_t width = text_characters(b->tree->bytes + from, length);
    return width ? (uint32_t)width : 1;
}

static node *node_new(builder *b, node_kind kind, size_t from, size_t to)
{
    node *made = arena_new(&b->tree->memory, node);
    made->kind = kind;
    made->place = place_of(b, from);
    made->width = width_between(b, from, to);
    return made;
}

/* ---- refusals -------------------------------------------------------------------- */

static void stop(builder *b)
{
    b->broken = true;
    XML_StopParser(b->parser, XML_FALSE);
}

static size_t byte_now(const builder *b)
{
    XML_Index at = XML_GetCurrentByteIndex(b->parser);
    return at < 0 ? 0 : (size_t)at;
}

static bool refuse_limit(builder *b, const char *what, size_t limit, const char *option)
{
    document_error(b->tree, document_place(b->tree, byte_now(b)), 1, option,
                   "more than %zu %s", limit, what);
    stop(b);
    return false;
}

/* A reference such as &#x9B; can bring in what the file may not hold itself. */
static bool is_printable(const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ' || c == 0x7F || (c == 0xC2 && (unsigned char)text[1] < 0xA0))
            return false;
    }
    return true;
}

static void XMLCALL refuse_doctype(void *user, const XML_Char *name,
                                   const XML_Char *system, const XML_Char *public,
                                   int has_subset)
{
    builder *b = user;
    (void)name, (void)system, (void)public, (void)has_subset;
    size_t at = byte_now(b);
    while (at > 0 && b->tree->bytes[at] != '<')
        at--;
    document_error(b->tree, document_place(b->tree, at), 9, "take it out",
                   "a DOCTYPE is not allowed");
    stop(b);
}

static bool begins_as(const char *bytes, const char *word)
{
    return strncasecmp(bytes, word, strlen(word)) == 0;
}

/* Looked for before the parser sees it: to XML, most pages are mistakes from the start. */
static bool is_web_page(const document *tree)
{
    const char *bytes = tree->bytes + strspn(tree->bytes, " \t\r\n");
    if (!begins_as(bytes, "<!doctype"))
        return begins_as(bytes, "<html");
    bytes += strlen("<!doctype");
    return begins_as(bytes + strspn(bytes, " \t\r\n"), "html");
}

static bool refuse_web_page(document *tree)
{
    document_error(tree, (truce_place){tree->file, 1, 1}, 1,
                   "perhaps a server's answer was saved in place of the file",
                   "this is a web page (HTML), neither a domain nor a profile");
    return false;
}

/* ---- elements -------------------------------------------------------------------- */

static size_t skip_blanks(const builder *b, size_t at)
{
    return at + strspn(b->tree->bytes + at, " \t\r\n");
}

/* The attribute at byte *at, in the order of the tag; *at moves behind it. */
static void take_attribute(builder *b, const char *key, const char *value, size_t *at,
                           node_entry *entry)
{
    const char *bytes = b->tree->bytes;
    size_t length = strlen(value), key_at = skip_blanks(b, *at);
    size_t from = skip_blanks(b, key_at + strlen(key)); /* the = */
    *entry = (node_entry){.key = arena_text(&b->tree->memory, key),
                          .place = place_of(b, key_at),
                          .width = width_between(b, key_at, key_at + strlen(key))};
    from = skip_blanks(b, from + 1); /* the quote */
    size_t to = from + 2 + strcspn(bytes + from + 1, bytes[from] == '"' ? "\"" : "'");
    node *text = node_new(b, NODE_TEXT, from, to);
    text->text = arena_text(&b->tree->memory, value);
    text->quoted = true;
    text->inset = 1;
    text->exact =
        from + length + 2 == to && memcmp(bytes + from + 1, value, length) == 0;
    entry->value = text;
    *at = to;
    if (!is_printable(value)) {
        document_error(b->tree, text->place, text->width, "take it out",
                       "attribute \"%s\" holds a character that nobody can see", key);
        stop(b);
    }
}

static void attach(builder *b, node *element)
{
    if (b->depth == 0)
        b->tree->root = element;
    else
        *grow(b->children, b->child_count, b->child_room) = element;
}

static node_entry entry_of(const char *key, node *value)
{
    return (node_entry){
        .key = key, .place = value->place, .width = value->width, .value = value};
}

static bool has_room(builder *b, size_t attributes)
{
    b->node_count += 1 + attributes;
    if (b->depth >= b->limits.depth)
        return refuse_limit(b, "elements within each other", b->limits.depth,
                            "--max-depth raises the limit");
    if (b->node_count > b->limits.nodes)
        return refuse_limit(b, "elements and attributes", b->limits.nodes,
                            "--max-nodes raises the limit");
    return true;
}

static void XMLCALL begin_element(void *user, const XML_Char *name,
                                  const XML_Char **attributes)
{
    builder *b = user;
    size_t count = 0, from = byte_now(b), at = from + 1 + strlen(name);
    while (attributes[2 * count])
        count++;
    if (b->broken || !has_room(b, count))
        return;
    node *element = node_new(b, NODE_MAP, from, at);
    node *tag = node_new(b, NODE_TEXT, from, at);
    tag->text = arena_text(&b->tree->memory, name);
    element->entries = arena_array(&b->tree->memory, count + 2, node_entry);
    element->entries[element->count++] = entry_of(XML_TAG, tag);
    for (size_t i = 0; i < count && !b->broken; i++)
        take_attribute(b, attributes[2 * i], attributes[2 * i + 1], &at,
                       &element->entries[element->count++]);
    attach(b, element);
    *grow(b->open, b->depth, b->open_room) = (frame){element, b->child_count};
}

static void XMLCALL end_element(void *user, const XML_Char *name)
{
    builder *b = user;
    (void)name;
    if (b->broken)
        return;
    const frame *closed = &b->open[--b->depth];
    node *element = closed->element, *within = arena_new(&b->tree->memory, node);
    *within =
        (node){.kind = NODE_LIST, .place = element->place, .width = element->width};
    within->count = b->child_count - closed->from;
    if (within->count > 0) /* before the first child there is no array */
        within->items = arena_copy(&b->tree->memory, b->children + closed->from,
                                   within->count * sizeof *within->items);
    element->entries[element->count++] = entry_of(XML_WITHIN, within);
    b->child_count = closed->from;
}

/* ---- the whole ------------------------------------------------------------------- */

/* What only the stack of open elements can tell; the rest is xml_explain()'s. */
static void explain(builder *b)
{
    document *tree = b->tree;
    enum XML_Error code = XML_GetErrorCode(b->parser);
    size_t at = byte_now(b) < tree->length ? byte_now(b) : tree->length;
    const node *open = b->depth ? b->open[b->depth - 1].element : NULL;
    b->broken = true;
    if (code == XML_ERROR_NO_MEMORY)
        abort();
    if (code == XML_ERROR_TAG_MISMATCH && open && at >= 2)
        document_error(tree, document_place(tree, at - 2), 2,
                       "each element ends before the one around it does",
                       "this does not close <%s> of line %u", xml_tag(open),
                       (unsigned)open->place.line);
    else if (code == XML_ERROR_NO_ELEMENTS && open)
        document_error(tree, document_place(tree, tree->length), 1,
                       "perhaps the file was cut off",
                       "the file ends before <%s> of line %u is closed", xml_tag(open),
                       (unsigned)open->place.line);
    else
        xml_explain(tree, at, XML_ErrorString(code));
}

static void parse(builder *b)
{
    enum { PART = 1 << 28 }; /* expat counts bytes in an int */
    bool sound = true;
    for (size_t done = 0; sound && !b->broken && done <= b->tree->length;) {
        size_t left = b->tree->length - done;
        int part = left < PART ? (int)left : PART;
        bool last = (size_t)part == left;
        sound =
            XML_Parse(b->parser, b->tree->bytes + done, part, last) == XML_STATUS_OK;
        done += (size_t)part + last;
    }
    if (!sound && !b->broken)
        explain(b);
}

static bool build(document *tree, const truce_limits *limits)
{
    builder b = {.tree = tree, .limits = *limits, .place = {tree->file, 1, 1}};
    if (is_web_page(tree))
        return refuse_web_page(tree);
    b.parser = XML_ParserCreate("UTF-8"); /* whatever the file declares: it is */
    if (b.parser == NULL)
        abort(); /* out of memory */
    XML_SetUserData(b.parser, &b);
    XML_SetElementHandler(b.parser, begin_element, end_element);
    XML_SetStartDoctypeDeclHandler(b.parser, refuse_doctype);
    parse(&b);
    XML_ParserFree(b.parser);
    free(b.open);
    free(b.children);
    return !b.broken;
}

document *document_read_xml(const char *file, const void *bytes, size_t length,
                            const truce_limits *limits, truce_diagnostics *diagnostics)
{
    truce_limits allowed = document_limits(limits);
    document *tree = document_begin(file, bytes, length, limits, diagnostics);
    if (tree == NULL || build(tree, &allowed))
        return tree;
    document_free(tree);
    return NULL;
}

/* ---- looking at it --------------------------------------------------------------- */

const char *xml_tag(const node *element)
{
    return element->entries[0].value->text;
}

const node *xml_within(const node *element)
{
    return element->entries[element->count - 1].value;
}

bool xml_is(const node *element, const char *tag)
{
    return strcmp(xml_tag(element), tag) == 0;
}

const node *xml_child(const node *element, const char *tag)
{
    const node *within = xml_within(element);
    for (size_t i = 0; i < within->count; i++)
        if (xml_is(within->items[i], tag))
            return within->items[i];
    return NULL;
}
