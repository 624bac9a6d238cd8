/* Texts stand as they are when they look like an id, else in double quotes. */
#include "formats/pen.h"

#include "base/decimal.h"
#include "base/names.h"
#include "base/text.h"
#include "scenario/condition.h"

#include <stdlib.h>
#include <string.h>

/* ---- ids ------------------------------------------------------------------------- */

static bool is_reserved(const char *text)
{
    static const char *const words[] = {
        "not",   "and",      "or",    "in",  "note", "changed", "basis", "visibility",
        "claim", "mediator", "logic", "all", "yes",  "no",      "true",  "false"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (strcmp(text, words[w]) == 0)
            return true;
    return false;
}

static char *id_of_name(arena *memory, const char *name)
{
    size_t length = strlen(name);
    char *id = arena_text(memory, *name ? name : "-");
    for (size_t at = text_id_length(id, length); at < length;
         at += text_id_length(id + at, length - at))
        id[at] = '-';
    return is_reserved(id) ? arena_format(memory, "%s-", id) : id;
}

const char *const *ids_of_names(arena *memory, const char *const *list, size_t count)
{
    const char **ids = arena_array(memory, count, const char *);
    names taken = {0};
    for (size_t i = 0; i < count; i++) {
        ids[i] = id_of_name(memory, list[i]);
        for (size_t n = 2; names_find(&taken, ids[i]) != NAMES_NONE; n++)
            ids[i] = arena_format(memory, "%s-%zu", id_of_name(memory, list[i]), n);
        names_add(&taken, ids[i], i);
    }
    names_free(&taken);
    return ids;
}

/* ---- maps and lists -------------------------------------------------------------- */

void pen_open(pen *p, char bracket)
{
    fputc(bracket, p->to);
    p->begun = false;
}

void pen_close(pen *p, char bracket)
{
    fputc(bracket, p->to);
    p->begun = true;
}

void pen_item(pen *p)
{
    if (p->begun)
        fputs(", ", p->to);
    p->begun = true;
}

void pen_key(pen *p, const char *key)
{
    pen_item(p);
    pen_put_text(p, key);
    fputs(": ", p->to);
}

/* ---- values ---------------------------------------------------------------------- */

static bool is_plain(const char *text)
{
    size_t length = strlen(text);
    return length > 0 &&
           length == strspn(text, "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_-.") &&
           *text != '-' && *text != '.';
}

void pen_put_text(pen *p, const char *text)
{
    if (is_plain(text)) {
        fputs(text, p->to);
        return;
    }
    fputc('"', p->to);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', p->to);
        if (*text == '\n' || *text == '\r' || *text == '\t')
            fprintf(p->to, "\\%c", *text == '\n' ? 'n' : *text == '\r' ? 'r' : 't');
        else
            fputc(*text, p->to);
    }
    fputc('"', p->to);
}

void pen_put_decimal(pen *p, truce_decimal value)
{
    fputs(decimal_text(p->memory, value), p->to);
}

static void put_range(pen *p, const truce_number *number)
{
    if (number->ranged) {
        pen_key(p, "low");
        pen_put_decimal(p, number->low);
    }
    pen_key(p, "mode");
    pen_put_decimal(p, number->mode);
    if (number->ranged) {
        pen_key(p, "high");
        pen_put_decimal(p, number->high);
    }
}

void pen_put_number(pen *p, const truce_number *number)
{
    bool differs = number->given && number->basis && (char)number->basis != p->basis;
    if (!number->ranged && !differs) {
        pen_put_decimal(p, number->mode);
        return;
    }
    pen_open(p, '{');
    put_range(p, number);
    if (differs) {
        pen_key(p, "basis");
        fputc((char)number->basis, p->to);
    }
    pen_close(p, '}');
}

/* ---- with a key ------------------------------------------------------------------ */

void pen_text(pen *p, const char *key, const char *text)
{
    if (text == NULL)
        return;
    pen_key(p, key);
    pen_put_text(p, text);
}

void pen_yes(pen *p, const char *key, bool yes)
{
    if (yes)
        pen_text(p, key, "yes");
}

void pen_number(pen *p, const char *key, const truce_number *number)
{
    if (!number->given)
        return;
    pen_key(p, key);
    pen_put_number(p, number);
}

void pen_party(pen *p, const char *key, size_t party)
{
    if (party != TRUCE_NOBODY)
        pen_text(p, key, p->party_ids[party]);
}

static void put_names(pen *p, const char *key, truce_list list,
                      const char *const *called)
{
    if (list.count == 0)
        return;
    pen_key(p, key);
    pen_open(p, '[');
    for (size_t i = 0; i < list.count; i++) {
        pen_item(p);
        pen_put_text(p, called[list.items[i]]);
    }
    pen_close(p, ']');
}

void pen_parties(pen *p, const char *key, truce_list parties)
{
    put_names(p, key, parties, p->party_ids);
}

void pen_issues(pen *p, const char *key, truce_list issues)
{
    put_names(p, key, issues, p->issue_ids);
}

/* ---- conditions ------------------------------------------------------------------ */

/* As the condition language has it: in quotes unless it is one word. */
static const char *value_word(pen *p, size_t issue, truce_value value)
{
    const char *text = p->scenario->issues[issue].values[value];
    bool is_word = *text && text_id_length(text, strlen(text)) == strlen(text);
    if (is_word && !is_reserved(text))
        return text;
    char quote = strchr(text, '\'') ? '"' : '\'';
    return arena_format(p->memory, "%c%s%c", quote, text, quote);
}

static const char *join(arena *memory, const char *one, const char *between,
                        const char *other)
{
    return *one ? arena_format(memory, "%s%s%s", one, between, other) : other;
}

static const char *bounds_text(pen *p, const truce_condition *leaf,
                               condition_range range)
{
    const truce_issue *issue = &p->scenario->issues[leaf->issue];
    const char *id = p->issue_ids[leaf->issue], *text = "";
    if (range.first > 0)
        text = arena_format(p->memory, "%s >= %s", id,
                            value_word(p, leaf->issue, range.first));
    if (range.last + 1 < issue->value_count)
        text = join(p->memory, text, " and ",
                    arena_format(p->memory, "%s <= %s", id,
                                 value_word(p, leaf->issue, range.last)));
    return text;
}

static const char *listed_text(pen *p, const truce_condition *leaf)
{
    const char *list = "";
    for (size_t r = 0; r < leaf->range_count; r++)
        for (truce_value v = leaf->ranges[r].first; v <= leaf->ranges[r].last; v++)
            list = join(p->memory, list, ", ", value_word(p, leaf->issue, v));
    return arena_format(p->memory, "%s in {%s}", p->issue_ids[leaf->issue], list);
}

static const char *leaf_text(pen *p, const truce_condition *leaf)
{
    const truce_issue *issue = &p->scenario->issues[leaf->issue];
    const condition_range *range = leaf->ranges;
    const char *id = p->issue_ids[leaf->issue];
    if (leaf->range_count == 0)
        return arena_format(p->memory, "(%s changed and not %s changed)", id, id);
    if (leaf->range_count == 1 && range->first == range->last)
        return arena_format(p->memory, "%s = %s", id,
                            value_word(p, leaf->issue, range->first));
    bool is_everything = range->first == 0 && range->last + 1 == issue->value_count;
    if (is_everything)
        return arena_format(p->memory, "(%s changed or not %s changed)", id, id);
    return leaf->range_count == 1 && issue->ordered ? bounds_text(p, leaf, *range)
                                                    : listed_text(p, leaf);
}

static const char *tree_text(pen *p, const truce_condition *tree)
{
    if (tree->kind == CONDITION_LEAF)
        return leaf_text(p, tree);
    const char *all = "", *between = tree->kind == CONDITION_OR ? " or " : " and ";
    for (size_t i = 0; i < tree->part_count; i++) {
        const char *part = tree_text(p, tree->parts[i]);
        bool is_alone = tree->part_count == 1 && tree->kind != CONDITION_NOT;
        all = join(p->memory, all, between,
                   is_alone ? part : arena_format(p->memory, "(%s)", part));
    }
    return tree->kind == CONDITION_NOT ? arena_format(p->memory, "not %s", all) : all;
}

static const char *condition_words(pen *p, const truce_condition *condition)
{
    bool is_ours = p->scenario->format == TRUCE_FORMAT_TRUCE && condition->text;
    return is_ours ? condition->text : tree_text(p, condition);
}

void pen_condition(pen *p, const char *key, const truce_condition *condition)
{
    if (condition)
        pen_text(p, key, condition_words(p, condition));
}

void pen_terms(pen *p, const char *key, truce_terms terms)
{
    if (terms.count == 0)
        return;
    pen_key(p, key);
    pen_open(p, '[');
    for (size_t t = 0; t < terms.count; t++) {
        const truce_term *term = &terms.items[t];
        pen_item(p);
        pen_put_text(p, term->issue != TRUCE_NOBODY
                            ? p->issue_ids[term->issue]
                            : condition_words(p, term->condition));
    }
    pen_close(p, ']');
}

void pen_settings(pen *p, const char *key, truce_settings settings)
{
    pen_key(p, key);
    pen_open(p, '{');
    for (size_t s = 0; s < settings.count; s++) {
        const truce_setting *set = &settings.items[s];
        pen_text(p, p->issue_ids[set->issue],
                 p->scenario->issues[set->issue].values[set->value]);
    }
    pen_close(p, '}');
}

/* ---- what every map may have ----------------------------------------------------- */

void pen_label(pen *p, const truce_label *label)
{
    pen_text(p, "note", label->note);
    char handed = label->claims.count && !p->basis ? TRUCE_BASIS_CLAIM : p->basis;
    if (label->basis && (char)label->basis != handed) {
        pen_key(p, "basis");
        fputc((char)label->basis, p->to);
    }
    const truce_visibility *who = &label->visibility;
    if (who->kind == TRUCE_MEDIATOR_ONLY)
        pen_text(p, "visibility", "mediator");
    else if (who->kind == TRUCE_PARTY_ONLY)
        pen_text(p, "visibility", arena_format(p->memory, "party:%s", who->party));
    if (label->claims.count == 0)
        return;
    pen_key(p, "claim");
    pen_open(p, '[');
    for (size_t c = 0; c < label->claims.count; c++) {
        pen_item(p);
        pen_put_text(p, p->scenario->claims[label->claims.items[c]].label.id);
    }
    pen_close(p, ']');
}
