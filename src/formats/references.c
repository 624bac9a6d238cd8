/* Names of things that are defined elsewhere in the file: looked up in rosters, and
 * blamed once when nobody has them. */
#include "formats/fields.h"

#include "base/decimal.h"
#include "formats/conditions.h"
#include "scenario/condition.h"

#include <string.h>

/* Lists of values up to this length are searched by looking at each. */
enum { SHORT_LIST = 8 };

/* ---- things ---------------------------------------------------------------------- */

static void blame(reader *r, thing kind, const char *name, spot at)
{
    roster *all = &r->rosters[kind];
    if (all->silent || !names_add(&all->blamed, arena_text(&r->tree->memory, name), 0))
        return;
    const char *nearest =
        hints_are_useful(r) ? names_nearest_in(name, &all->known) : NULL;
    document_error(r->tree, at.place, at.width, hint_meant(r, nearest),
                   "unknown %s \"%s\"", thing_name(kind), name);
}

size_t thing_find(reader *r, thing kind, const char *name, spot at)
{
    size_t found = names_find(&r->rosters[kind].known, name);
    if (found != NAMES_NONE)
        return found;
    blame(r, kind, name, at);
    return TRUCE_NOBODY;
}

size_t thing_read(reader *r, thing kind, const char *key, const node *value)
{
    if (value->kind == NODE_TEXT)
        return text_read(r, key, value)
                   ? thing_find(r, kind, value->text, spot_of(value))
                   : TRUCE_NOBODY;
    const char *who = arena_format(&r->tree->memory, "\"%s\"", key);
    const char *one = arena_format(&r->tree->memory, "name one %s", thing_name(kind));
    node_expect(r, value, NODE_TEXT, who, one);
    return TRUCE_NOBODY;
}

/* A text stands for a list of one. */
typedef struct one_or_more {
    node *const *items;
    size_t count;
} one_or_more;

static one_or_more one_or_list(reader *r, const char *key, node *const *value,
                               const char *example)
{
    if ((*value)->kind == NODE_LIST)
        return (one_or_more){(*value)->items, (*value)->count};
    if ((*value)->kind == NODE_TEXT)
        return (one_or_more){value, text_read(r, key, *value) ? 1 : 0};
    node_expect(r, *value, NODE_LIST, arena_format(&r->tree->memory, "\"%s\"", key),
                example);
    return (one_or_more){0};
}

truce_list things_read(reader *r, thing kind, const char *key, const node *value)
{
    node *one = (node *)(uintptr_t)value; /* only read */
    one_or_more all = one_or_list(r, key, &one, "for example [one, another]");
    size_t *items = arena_array(r->memory, all.count, size_t);
    size_t count = 0;
    names seen = {0};
    for (size_t i = 0; i < all.count; i++) {
        size_t found = thing_read(r, kind, key, all.items[i]);
        bool is_new = all.count == 1 || found == TRUCE_NOBODY ||
                      names_add(&seen, all.items[i]->text, i);
        if (!is_new)
            document_warning(r->tree, all.items[i]->place, all.items[i]->width, NULL,
                             "%s \"%s\" is named twice in \"%s\"", thing_name(kind),
                             all.items[i]->text, key);
        else if (found != TRUCE_NOBODY)
            items[count++] = found;
    }
    names_free(&seen);
    return (truce_list){items, count};
}

/* ---- values ---------------------------------------------------------------------- */

static bool find_on_scale(const truce_issue *issue, const char *name,
                          truce_value *value)
{
    truce_decimal number;
    if (decimal_read(name, strlen(name), &number) != DECIMAL_OK)
        return false;
    size_t low = 0, high = issue->value_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (decimal_compare(issue->numbers[middle], number) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *value = (truce_value)low;
    return low < issue->value_count &&
           decimal_compare(issue->numbers[low], number) == 0;
}

static bool find_by_name(reader *r, size_t issue, const char *name, truce_value *value)
{
    const truce_issue *what = &r->scenario->issues[issue];
    names *index = &r->values[issue];
    if (what->value_count > SHORT_LIST && index->count == 0)
        for (size_t v = 0; v < what->value_count; v++)
            names_add(index, what->values[v], v);
    if (what->value_count > SHORT_LIST) {
        size_t found = names_find(index, name);
        *value = (truce_value)found;
        return found != NAMES_NONE;
    }
    for (size_t v = 0; v < what->value_count; v++)
        if (strcmp(what->values[v], name) == 0) {
            *value = (truce_value)v;
            return true;
        }
    return false;
}

static void blame_value(reader *r, const truce_issue *issue, const char *name, spot at)
{
    if (issue->numeric) {
        document_error(
            r->tree, at.place, at.width,
            arena_format(&r->tree->memory, "it goes from %s to %s in %zu values",
                         issue->values[0], issue->values[issue->value_count - 1],
                         issue->value_count),
            "\"%s\" is not on the scale of issue \"%s\"", name, issue->label.id);
        return;
    }
    const char *nearest = hints_are_useful(r)
                              ? names_nearest(name, issue->values, issue->value_count)
                              : NULL;
    document_error(r->tree, at.place, at.width, hint_meant(r, nearest),
                   "unknown value \"%s\" of issue \"%s\"", name, issue->label.id);
}

bool value_find(reader *r, size_t issue, const char *name, spot at, truce_value *value)
{
    const truce_issue *what = &r->scenario->issues[issue];
    if (r->broken[issue])
        return false;
    if (what->numeric ? find_on_scale(what, name, value)
                      : find_by_name(r, issue, name, value))
        return true;
    blame_value(r, what, name, at);
    return false;
}

truce_settings settings_read(reader *r, const char *key, const node *value)
{
    const char *who = arena_format(&r->tree->memory, "\"%s\"", key);
    if (!node_expect(r, value, NODE_MAP, who, "for example {ceasefire: 30-day}"))
        return (truce_settings){0};
    truce_setting *items = arena_array(r->memory, value->count, truce_setting);
    size_t count = 0;
    for (size_t e = 0; e < value->count; e++) {
        const node_entry *entry = &value->entries[e];
        if (is_common_key(entry->key))
            continue;
        size_t issue = thing_find(r, THING_ISSUE, entry->key, spot_of_key(entry));
        const char *name = text_read(r, entry->key, entry->value);
        truce_value chosen;
        if (issue == TRUCE_NOBODY || name == NULL ||
            !value_find(r, issue, name, spot_of(entry->value), &chosen))
            continue;
        items[count++] = (truce_setting){issue, chosen};
    }
    return (truce_settings){items, count};
}

/* ---- conditions ------------------------------------------------------------------ */

static bool is_word_letter(char letter)
{
    return letter != '\0' && strchr(" \t\n'\"(){},=!<>", letter) == NULL;
}

const char *next_word(const char **text, size_t *length)
{
    while (**text && !is_word_letter(**text))
        ++*text;
    const char *word = *text;
    while (is_word_letter(**text))
        ++*text;
    *length = (size_t)(*text - word);
    return *length ? word : NULL;
}

/* Does it stand on an issue whose values were refused already? */
static bool rests_on_broken(reader *r, const char *text)
{
    size_t length;
    const char *word;
    while ((word = next_word(&text, &length)) != NULL) {
        const char *name = arena_text_n(&r->tree->memory, word, length);
        size_t issue = names_find(&r->rosters[THING_ISSUE].known, name);
        if (issue != NAMES_NONE && r->broken[issue])
            return true;
    }
    return false;
}

const truce_condition *condition_of(reader *r, const char *key, const node *value)
{
    const char *who = arena_format(&r->tree->memory, "\"%s\"", key);
    if (!node_expect(
            r, value, NODE_TEXT, who,
            "write the condition in quotes, for example \"ceasefire >= 30-day\""))
        return NULL;
    const names *issues = &r->rosters[THING_ISSUE].known;
    if (r->rosters[THING_ISSUE].silent || rests_on_broken(r, value->text))
        return NULL;
    return condition_read(r->tree, value, r->scenario, issues, r->memory);
}

static bool term_read(reader *r, const char *key, const node *value, truce_term *term)
{
    size_t issue = value->kind == NODE_TEXT
                       ? names_find(&r->rosters[THING_ISSUE].known, value->text)
                       : NAMES_NONE;
    term->issue = issue == NAMES_NONE ? TRUCE_NOBODY : issue;
    term->condition = issue == NAMES_NONE
                          ? condition_of(r, key, value)
                          : condition_issue_changes(r->memory, r->scenario, issue);
    return term->condition != NULL;
}

truce_terms terms_read(reader *r, const char *key, const node *value)
{
    node *one = (node *)(uintptr_t)value; /* only read */
    one_or_more all =
        one_or_list(r, key, &one, "for example [exchange, \"ceasefire <= 30-day\"]");
    truce_term *items = arena_array(r->memory, all.count, truce_term);
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++)
        count += term_read(r, key, all.items[i], &items[count]);
    return (truce_terms){items, count};
}

/* ---- stages ---------------------------------------------------------------------- */

static bool is_one_word(const char *text)
{
    size_t length;
    const char *word = next_word(&text, &length);
    return word && *text == '\0';
}

/* Neither a step nor an issue has this name; which of both may be meant. */
static void blame_stage(reader *r, const node *value)
{
    roster *steps = &r->rosters[THING_STEP], *issues = &r->rosters[THING_ISSUE];
    if (steps->silent || issues->silent || !names_add(&steps->blamed, value->text, 0))
        return;
    const char *near[2] = {names_nearest_in(value->text, &steps->known),
                           names_nearest_in(value->text, &issues->known)};
    const char *nearest = near[0] && near[1] ? names_nearest(value->text, near, 2)
                          : near[0]          ? near[0]
                                             : near[1];
    document_error(r->tree, value->place, value->width, hint_meant(r, nearest),
                   "unknown issue or step \"%s\"", value->text);
}

truce_stage stage_read(reader *r, const char *key, const node *value)
{
    truce_stage stage = {.step = TRUCE_NOBODY, .term = {.issue = TRUCE_NOBODY}};
    stage.text = text_read(r, key, value);
    if (stage.text == NULL)
        return stage;
    size_t step = names_find(&r->rosters[THING_STEP].known, stage.text);
    bool is_issue =
        names_find(&r->rosters[THING_ISSUE].known, stage.text) != NAMES_NONE;
    if (step != NAMES_NONE) {
        stage.step = step;
        stage.issues = r->scenario->steps[step].issues;
    } else if (!is_issue && is_one_word(stage.text)) {
        blame_stage(r, value);
    } else if (term_read(r, key, value, &stage.term)) {
        stage.issues = condition_issues(r->memory, stage.term.condition);
    }
    return stage;
}
