/* Recursive descent with one word in sight. What is grammatically broken ends the
 * reading at the first spot; names that nothing knows are all told, because each is a
 * mistake of its own. Every test on an issue becomes ranges of its values at once, so
 * operators end here. */
#include "formats/conditions.h"

#include "base/decimal.h"
#include "base/text.h"
#include "scenario/condition.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 200 };

typedef enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_QUOTED,
    TOKEN_OPERATOR,
    TOKEN_MARK,  /* one of ( ) { } , */
    TOKEN_BROKEN /* already told */
} token_kind;

/* start and length without quotes; from and to with them, as offsets into the text. */
typedef struct token {
    token_kind kind;
    const char *start;
    size_t length, from, to;
} token;

typedef struct parser {
    document *tree;
    const node *text;
    const truce_scenario *scenario;
    const names *issues;
    arena *memory;
    truce_place place; /* of the whole, to outlive the tree */
    token now;
    unsigned depth;
    bool failed; /* the grammar is broken, or a name unknown */
} parser;

/* ---- saying what is wrong -------------------------------------------------------- */

/* Not looked up for what is only counted: a text of megabytes may be all mistakes. */
static truce_place place_at(const parser *p, size_t offset)
{
    const truce_diagnostics *told = p->tree->diagnostics;
    if (told->errors > ERRORS_KEPT || told->warnings > 10 * ERRORS_KEPT)
        return p->text->place;
    return node_place_within(p->tree, p->text, text_characters(p->text->text, offset));
}

__attribute__((format(printf, 4, 5))) static void
fail(parser *p, const token *at, const char *hint, const char *format, ...)
{
    arena memory = {0};
    va_list arguments;
    va_start(arguments, format);
    uint32_t width =
        (uint32_t)text_characters(p->text->text + at->from, at->to - at->from);
    document_error(p->tree, place_at(p, at->from), width, hint, "%s",
                   arena_format_v(&memory, format, arguments));
    va_end(arguments);
    arena_free(&memory);
    p->failed = true;
}

static bool token_is(const token *one, const char *word)
{
    return one->kind != TOKEN_QUOTED && one->length == strlen(word) &&
           memcmp(one->start, word, one->length) == 0;
}

/* Habits from other languages. */
static const char *right_spelling(const token *written)
{
    static const char *const habits[][2] = {
        {"&&", "and"},   {"&", "and"},           {"AND", "and"},   {"||", "or"},
        {"|", "or"},     {"OR", "or"},           {"!", "not"},     {"NOT", "not"},
        {"IN", "in"},    {"CHANGED", "changed"}, {"==", "="},      {"<>", "!="},
        {"=<", "<="},    {"=>", ">="},           {"\u2264", "<="}, {"\u2265", ">="},
        {"\u2260", "!="}};
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (written->length == strlen(habits[i][0]) &&
            strncasecmp(written->start, habits[i][0], written->length) == 0)
            return habits[i][1];
    return NULL;
}

/* The found token is not what the grammar wants; hint unless a habit explains it. */
static void fail_expected(parser *p, const char *expected, const char *hint)
{
    if (p->now.kind == TOKEN_BROKEN)
        return;
    const char *right = p->now.kind == TOKEN_QUOTED ? NULL : right_spelling(&p->now);
    char spelled[24] = "write \"";
    if (right) {
        strcat(strcat(spelled, right), "\"");
        hint = spelled;
    }
    if (p->now.kind == TOKEN_END)
        fail(p, &p->now, hint, "expected %s, found the end", expected);
    else
        fail(p, &p->now, hint, "expected %s, found \"%.*s\"", expected,
             (int)p->now.length, p->now.start);
}

static void fail_unclosed(parser *p, const token *opener)
{
    token at = *opener;
    at.to = at.from + 1;
    fail(p, &at, NULL, "the %c opened here is not closed", p->text->text[opener->from]);
}

/* With "did you mean ...?" while somebody will read it. */
static void fail_unknown(parser *p, const token *at, const char *nearest,
                         const char *message)
{
    arena memory = {0};
    const char *hint =
        nearest ? arena_format(&memory, "did you mean \"%s\"?", nearest) : NULL;
    fail(p, at, hint, "%s", message);
    arena_free(&memory);
}

static bool is_worth_a_hint(const parser *p)
{
    return p->tree->diagnostics->errors < ERRORS_KEPT;
}

/* ---- words ----------------------------------------------------------------------- */

static const char blanks[] = " \t\r\n";

static token quoted_token(parser *p, const char *at)
{
    const char *start = at + 1, *end = strchr(start, *at);
    size_t from = (size_t)(at - p->text->text);
    size_t length = end ? (size_t)(end - start) : strlen(start);
    token quoted = {TOKEN_QUOTED, start, length, from,
                    from + length + 1 + (end != NULL)};
    if (end == NULL) {
        fail_unclosed(p, &quoted);
        quoted.kind = TOKEN_BROKEN;
    }
    return quoted;
}

static void next(parser *p)
{
    static const char *const pairs[] = {"==", "!=", "<=", ">=", "<>", "=<", "=>"};
    const char *text = p->text->text, *at = text + p->now.to;
    at += strspn(at, blanks);
    token found = {TOKEN_WORD, at, strcspn(at, " \t\r\n\"'(){},=!<>"), 0, 0};
    if (*at == '\'' || *at == '"') {
        p->now = quoted_token(p, at);
        return;
    }
    if (*at == '\0') {
        found.kind = TOKEN_END;
        while (at > text && strchr(blanks, at[-1]))
            at--; /* the caret stands right behind the last word */
    } else if (strchr("(){},", *at)) {
        found.kind = TOKEN_MARK;
        found.length = 1;
    } else if (strchr("=!<>", *at)) {
        found.kind = TOKEN_OPERATOR;
        found.length = 1;
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
            if (strncmp(at, pairs[i], 2) == 0)
                found.length = 2;
    }
    found.from = (size_t)(at - text);
    found.to = found.from + found.length;
    p->now = found;
}

static bool take(parser *p, const char *word)
{
    bool is = token_is(&p->now, word);
    if (is)
        next(p);
    return is;
}

static bool is_keyword(const token *word)
{
    static const char *const keywords[] = {"not", "and", "or", "in", "changed"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (token_is(word, keywords[i]))
            return true;
    return false;
}

bool condition_is_keyword(const char *word)
{
    token as_token = {.kind = TOKEN_WORD, .start = word, .length = strlen(word)};
    return is_keyword(&as_token);
}

/* ---- tests on one issue ---------------------------------------------------------- */

/* Values that satisfy a test, collected one by one; freed with free(). */
typedef struct value_set {
    truce_value *items;
    size_t count, room;
} value_set;

typedef enum comparison {
    EQUAL,
    DIFFERENT,
    BELOW,
    AT_MOST,
    ABOVE,
    AT_LEAST,
    NO_COMPARISON
} comparison;

static comparison comparison_of(const token *written)
{
    static const char *const spelled[] = {"=", "!=", "<", "<=", ">", ">="};
    for (int i = 0; i < NO_COMPARISON; i++)
        if (written->kind == TOKEN_OPERATOR && token_is(written, spelled[i]))
            return (comparison)i;
    return NO_COMPARISON;
}

/* Where a value stands among those of its issue: `below` of them lie below it, and it
 * is one of them when it is on the scale. */
typedef struct rank {
    size_t below;
    bool on_scale;
} rank;

static truce_condition *new_part(parser *p, condition_kind kind)
{
    truce_condition *made = arena_new(p->memory, truce_condition);
    made->kind = kind;
    made->place = p->place;
    return made;
}

/* A leaf over [first, beyond) and [again, count). */
static truce_condition *new_leaf(parser *p, size_t issue, size_t first, size_t beyond,
                                 size_t again)
{
    size_t count = p->scenario->issues[issue].value_count;
    condition_range *ranges = arena_array(p->memory, 2, condition_range);
    truce_condition *leaf = new_part(p, CONDITION_LEAF);
    leaf->issue = issue;
    leaf->ranges = ranges;
    if (first < beyond)
        ranges[leaf->range_count++] =
            (condition_range){(truce_value)first, (truce_value)beyond - 1};
    if (again < count)
        ranges[leaf->range_count++] =
            (condition_range){(truce_value)again, (truce_value)count - 1};
    return leaf;
}

static truce_condition *new_comparison(parser *p, size_t issue, comparison how,
                                       rank value)
{
    size_t count = p->scenario->issues[issue].value_count;
    size_t above = value.below + value.on_scale; /* the first of those above */
    switch (how) {
    case EQUAL:
        return new_leaf(p, issue, value.below, above, count);
    case DIFFERENT:
        return new_leaf(p, issue, 0, value.below, above);
    case BELOW:
        return new_leaf(p, issue, 0, value.below, count);
    case AT_MOST:
        return new_leaf(p, issue, 0, above, count);
    case ABOVE:
        return new_leaf(p, issue, above, count, count);
    case AT_LEAST:
    case NO_COMPARISON:
        break;
    }
    return new_leaf(p, issue, value.below, count, count);
}

static rank rank_of_number(const truce_issue *issue, truce_decimal number)
{
    size_t first = 0, beyond = issue->value_count;
    while (first < beyond) {
        size_t middle = first + (beyond - first) / 2;
        if (decimal_compare(issue->numbers[middle], number) < 0)
            first = middle + 1;
        else
            beyond = middle;
    }
    bool on_scale = first < issue->value_count &&
                    decimal_compare(issue->numbers[first], number) == 0;
    return (rank){first, on_scale};
}

static bool find_number(parser *p, const truce_issue *issue, bool exact, rank *found)
{
    truce_decimal number;
    token written = p->now;
    decimal_fault fault = decimal_read(written.start, written.length, &number);
    if (fault == DECIMAL_NOT_A_NUMBER)
        fail(p, &written, NULL,
             "issue \"%s\" is numeric: expected a number, found \"%.*s\"",
             issue->label.id, (int)written.length, written.start);
    if (fault == DECIMAL_TOO_LONG)
        fail(p, &written, NULL,
             "a number has at most 9 digits before and 9 after the point");
    if (fault != DECIMAL_OK)
        return false;
    *found = rank_of_number(issue, number);
    if (exact && !found->on_scale)
        document_warning(p->tree, place_at(p, written.from), (uint32_t)written.length,
                         NULL, "issue \"%s\" has no value %.*s", issue->label.id,
                         (int)written.length, written.start);
    return true;
}

static bool is_value(const truce_issue *issue, const token *written, size_t *value)
{
    for (size_t v = 0; v < issue->value_count; v++)
        if (strncmp(issue->values[v], written->start, written->length) == 0 &&
            issue->values[v][written->length] == '\0') {
            *value = v;
            return true;
        }
    return false;
}

/* The current word with the plain words behind it, all taken but the last: somebody
 * wrote a name with blanks. */
static token join_words(parser *p)
{
    token all = p->now;
    for (bool more = all.kind == TOKEN_WORD; more;) {
        const char *at = p->text->text + p->now.to;
        parser before = *p;
        at += strspn(at, blanks);
        more = *at != '\0' && strchr("\"'(){},=!<>", *at) == NULL;
        if (more)
            next(p);
        if (is_keyword(&p->now) || right_spelling(&p->now)) {
            *p = before;
            more = false;
        }
        all.to = p->now.to;
    }
    all.length = all.kind == TOKEN_WORD ? all.to - all.from : all.length;
    return all;
}

static bool find_name(parser *p, const truce_issue *issue, rank *found)
{
    token written = p->now;
    if (is_value(issue, &written, &found->below)) {
        found->on_scale = true;
        return true;
    }
    arena memory = {0};
    written = join_words(p);
    if (is_value(issue, &written, &found->below)) {
        fail(p, &written, NULL, "a value with blanks must stand in quotes: '%.*s'",
             (int)written.length, written.start);
        return false;
    }
    const char *name = arena_text_n(&memory, written.start, written.length);
    const char *nearest = is_worth_a_hint(p)
                              ? names_nearest(name, issue->values, issue->value_count)
                              : NULL;
    fail_unknown(p, &written, nearest,
                 arena_format(&memory, "unknown value \"%s\" of issue \"%s\"", name,
                              issue->label.id));
    arena_free(&memory);
    return false;
}

/* Takes a value; *known tells whether the issue has it. False when there is none. */
static bool take_value(parser *p, size_t issue, bool exact, rank *found, bool *known)
{
    const truce_issue *of = issue == NAMES_NONE ? NULL : &p->scenario->issues[issue];
    bool is_value = p->now.kind == TOKEN_QUOTED ||
                    (p->now.kind == TOKEN_WORD && !is_keyword(&p->now));
    if (!is_value) {
        fail_expected(p, "a value", NULL);
        return false;
    }
    *known = false;
    if (of)
        *known =
            of->numeric ? find_number(p, of, exact, found) : find_name(p, of, found);
    next(p);
    return true;
}

static truce_condition *read_comparison(parser *p, size_t issue)
{
    token sign = p->now;
    comparison how = comparison_of(&sign);
    bool exact = how == EQUAL || how == DIFFERENT, known;
    const truce_issue *of = issue == NAMES_NONE ? NULL : &p->scenario->issues[issue];
    rank value;
    if (of && !exact && !of->ordered && !of->numeric)
        fail(p, &sign,
             "say \"ordered: yes\" at the issue when its values have an order",
             "issue \"%s\" has no order, so \"%.*s\" means nothing", of->label.id,
             (int)sign.length, sign.start);
    next(p);
    if (!take_value(p, issue, exact, &value, &known))
        return NULL;
    return known ? new_comparison(p, issue, how, value) : new_part(p, CONDITION_LEAF);
}

static int by_number(const void *one, const void *other)
{
    truce_value a = *(const truce_value *)one, b = *(const truce_value *)other;
    return (a > b) - (a < b);
}

/* A leaf over single values in any order; neighbours become one range. */
static truce_condition *new_set(parser *p, size_t issue, value_set *set)
{
    truce_condition *leaf = new_part(p, CONDITION_LEAF);
    condition_range *ranges = arena_array(p->memory, set->count, condition_range);
    leaf->issue = issue;
    leaf->ranges = ranges;
    if (set->count > 1)
        qsort(set->items, set->count, sizeof *set->items, by_number);
    for (size_t i = 0; i < set->count; i++) {
        condition_range *last =
            leaf->range_count ? &ranges[leaf->range_count - 1] : NULL;
        if (last && set->items[i] <= last->last + 1)
            last->last = set->items[i];
        else
            ranges[leaf->range_count++] =
                (condition_range){set->items[i], set->items[i]};
    }
    return leaf;
}

static bool take_values(parser *p, size_t issue, value_set *set)
{
    do {
        rank value;
        bool known;
        if (!take_value(p, issue, true, &value, &known))
            return false;
        if (known && value.on_scale)
            *grow(set->items, set->count, set->room) = (truce_value)value.below;
    } while (take(p, ","));
    return true;
}

static truce_condition *read_set(parser *p, size_t issue)
{
    value_set set = {0};
    truce_condition *leaf = NULL;
    token brace = p->now;
    if (!take(p, "{")) {
        fail_expected(p, "\"{\" behind \"in\"",
                      "the values stand in braces: in {a, b}");
        return NULL;
    }
    bool whole = take_values(p, issue, &set);
    if (whole && p->now.kind == TOKEN_END)
        fail_unclosed(p, &brace);
    else if (whole && !take(p, "}"))
        fail_expected(p, "\",\" or \"}\"", "a value with blanks stands in quotes");
    else if (whole)
        leaf = new_set(p, issue, &set);
    free(set.items);
    return leaf;
}

static truce_condition *new_change(parser *p, size_t issue)
{
    if (issue == NAMES_NONE)
        return new_part(p, CONDITION_LEAF);
    rank today = {p->scenario->issues[issue].status_quo, true};
    return new_comparison(p, issue, DIFFERENT, today);
}

/* The issue's number; NAMES_NONE, with an error, when there is none of that name. */
static size_t find_issue(parser *p, const token *written)
{
    arena memory = {0};
    const char *name = arena_text_n(&memory, written->start, written->length);
    size_t issue = names_find(p->issues, name);
    if (issue == NAMES_NONE) {
        const char *nearest =
            is_worth_a_hint(p) ? names_nearest_in(name, p->issues) : NULL;
        fail_unknown(p, written, nearest,
                     arena_format(&memory, "unknown issue \"%s\"", name));
    }
    arena_free(&memory);
    return issue;
}

/* "&&", "NOT" and the like, unless an issue has that name. */
static bool is_habit(const parser *p, const token *word)
{
    arena memory = {0};
    bool is = right_spelling(word) != NULL &&
              names_find(p->issues, arena_text_n(&memory, word->start, word->length)) ==
                  NAMES_NONE;
    arena_free(&memory);
    return is;
}

static bool ends_a_part(const token *found)
{
    return found->kind == TOKEN_END || token_is(found, ")") || token_is(found, "and") ||
           token_is(found, "or");
}

static truce_condition *read_test(parser *p)
{
    token name = p->now;
    if (name.kind != TOKEN_WORD || is_keyword(&name) || is_habit(p, &name)) {
        fail_expected(p, "an issue, \"not\" or \"(\"", NULL);
        return NULL;
    }
    size_t issue = find_issue(p, &name);
    next(p);
    if (ends_a_part(&p->now) || take(p, "changed"))
        return new_change(p, issue);
    if (take(p, "in"))
        return read_set(p, issue);
    if (comparison_of(&p->now) != NO_COMPARISON)
        return read_comparison(p, issue);
    fail_expected(p, "=, !=, <, <=, >, >=, \"in\" or \"changed\" behind the issue",
                  NULL);
    return NULL;
}

/* ---- and, or, not ---------------------------------------------------------------- */

typedef truce_condition *part_reader(parser *p);

static truce_condition *read_either(parser *p);

static truce_condition *read_negation(parser *p);

static truce_condition *read_parenthesis(parser *p)
{
    token opener = p->now;
    next(p);
    truce_condition *inside = read_either(p);
    if (inside == NULL || take(p, ")"))
        return inside;
    if (p->now.kind == TOKEN_END)
        fail_unclosed(p, &opener);
    else
        fail_expected(p, "\"and\", \"or\" or \")\"", NULL);
    return NULL;
}

static truce_condition *read_part(parser *p)
{
    token first = p->now;
    truce_condition *part;
    if (p->depth == DEEPEST) {
        fail(p, &first, NULL, "more than %d levels of parentheses and \"not\"",
             DEEPEST);
        return NULL;
    }
    p->depth++;
    if (take(p, "not"))
        part = read_negation(p);
    else if (token_is(&first, "("))
        part = read_parenthesis(p);
    else
        part = read_test(p);
    p->depth--;
    return part;
}

static truce_condition *read_negation(parser *p)
{
    truce_condition *part = read_part(p);
    if (part == NULL)
        return NULL;
    truce_condition *negation = new_part(p, CONDITION_NOT);
    const truce_condition **parts = arena_array(p->memory, 1, const truce_condition *);
    parts[0] = part;
    negation->parts = parts;
    negation->part_count = 1;
    return negation;
}

/* Parts with the same word between them; a single one stands for itself. */
static truce_condition *read_joined(parser *p, condition_kind kind, const char *word,
                                    part_reader *read_one)
{
    truce_condition **parts = NULL, *whole = NULL;
    size_t count = 0, room = 0;
    do {
        whole = read_one(p);
        if (whole)
            *grow(parts, count, room) = whole;
    } while (whole && take(p, word));
    if (whole && count > 1) {
        whole = new_part(p, kind);
        whole->parts = arena_copy(p->memory, parts, count * sizeof *parts);
        whole->part_count = count;
    }
    free(parts);
    return whole;
}

static truce_condition *read_both(parser *p)
{
    return read_joined(p, CONDITION_AND, "and", read_part);
}

static truce_condition *read_either(parser *p)
{
    return read_joined(p, CONDITION_OR, "or", read_both);
}

const truce_condition *condition_read(document *tree, const node *text,
                                      const truce_scenario *scenario,
                                      const names *issues, arena *memory)
{
    parser p = {.tree = tree,
                .text = text,
                .scenario = scenario,
                .issues = issues,
                .memory = memory,
                .place = text->place};
    p.place.file = arena_text(memory, text->place.file);
    next(&p);
    if (p.now.kind == TOKEN_END) {
        document_error(tree, text->place, text->width, "such as \"issue = value\"",
                       "expected a condition, found an empty text");
        return NULL;
    }
    truce_condition *whole = read_either(&p);
    if (whole && p.now.kind != TOKEN_END)
        fail_expected(&p, "\"and\", \"or\" or the end",
                      p.now.kind == TOKEN_WORD ? "a value with blanks stands in quotes"
                                               : NULL);
    if (whole)
        whole->text = arena_text(memory, text->text);
    return p.failed ? NULL : whole;
}
