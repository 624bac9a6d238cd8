/* What each outcome is worth to each party: the numbers of the file. Weights and worths
 * are dense arrays over the issues, because every question walks them that way. */
#include "formats/sections.h"

#include "base/decimal.h"
#include "formats/numbers.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const sums[] = {"normalised", "as-given", NULL};

static const field preference_fields[] = {
    SPECIAL("weights"), SPECIAL("worth"),        SPECIAL("bonus"), SPECIAL("red-lines"),
    SPECIAL("outside"), SPECIAL("sum"),          SPECIAL("cap"),   SPECIAL("discount"),
    SPECIAL("out-of"),  SPECIAL("bonus-out-of"),
};

/* One party's preferences while they are read. */
typedef struct desk {
    reader *r;
    const char *party; /* id */
    around within;
    truce_preferences *into;
} desk;

static const char *path_of(const desk *on, const char *part, const char *name)
{
    return arena_format(on->r->memory, "%s.%s.%s", on->party, part, name);
}

/* ---- weights --------------------------------------------------------------------- */

static const char weights_example[] =
    "for example weights: {exchange: 30, ceasefire: 70}";

static void weights_read(const desk *on, const node *map, truce_number *weights)
{
    reader *r = on->r;
    if (!node_expect(r, map, NODE_MAP, "\"weights\"", weights_example))
        return;
    around within = around_read(r, map, on->within);
    for (size_t e = 0; e < map->count; e++) {
        const node_entry *entry = &map->entries[e];
        if (is_common_key(entry->key))
            continue;
        size_t issue = thing_find(r, THING_ISSUE, entry->key, spot_of_key(entry));
        if (issue != TRUCE_NOBODY)
            weights[issue] = number_read(r, entry->value, within, NUMBER_NOT_NEGATIVE,
                                         path_of(on, "weights", entry->key));
    }
}

/* ---- worth ----------------------------------------------------------------------- */

/* Scales of other systems are taken as they are. */
static number_range worth_range(const desk *on)
{
    return on->into->sum_as_given ? NUMBER_ANY : NUMBER_PERCENT;
}

static const char *worth_path(const desk *on, const char *issue, const char *value)
{
    return arena_format(on->r->memory, "%s.worth.%s.%s", on->party, issue, value);
}

static const char *list_of_values(reader *r, const truce_issue *issue)
{
    enum { SHOWN = 12 };
    const char *list = "";
    for (size_t v = 0; v < issue->value_count && v < SHOWN; v++)
        list = arena_format(&r->tree->memory, "%s%s%s", list, v ? ", " : "",
                            issue->values[v]);
    const char *more = issue->value_count > SHOWN ? ", ..." : "";
    return arena_format(&r->tree->memory, "one number for each of: %s%s", list, more);
}

static truce_worths worth_list_read(const desk *on, const node *list, size_t issue)
{
    reader *r = on->r;
    const truce_issue *what = &r->scenario->issues[issue];
    if (list->count != what->value_count) {
        document_error(r->tree, list->place, list->width, list_of_values(r, what),
                       "%zu numbers for the %zu values of issue \"%s\"", list->count,
                       what->value_count, what->label.id);
        return (truce_worths){0};
    }
    truce_number *worths = arena_array(r->memory, list->count, truce_number);
    for (size_t v = 0; v < list->count; v++)
        if (list->items[v]) /* an issue called "bonus" may have holes here */
            worths[v] = number_read(r, list->items[v], on->within, worth_range(on),
                                    worth_path(on, what->label.id, what->values[v]));
    return (truce_worths){.items = worths, .count = list->count};
}

/* {from: 100, to: 0}: a straight line over a scale. */
static truce_worths worth_line_read(const desk *on, const node *map, size_t issue)
{
    static const field ends[] = {SPECIAL("from"), SPECIAL("to")};
    reader *r = on->r;
    const truce_issue *what = &r->scenario->issues[issue];
    const char *who =
        arena_format(&r->tree->memory, "worth of issue \"%s\"", what->label.id);
    const node *from = node_get(map, "from"), *to = node_get(map, "to");
    if (!map_check(r, map, who, NULL, spot_of(map), ends, COUNT_OF(ends)))
        return (truce_worths){0};
    if (from == NULL || to == NULL) {
        document_error(r->tree, map->place, map->width,
                       "for example {from: 100, to: 0}", "%s has no \"%s\"", who,
                       from ? "to" : "from");
        return (truce_worths){0};
    }
    around within = around_read(r, map, on->within);
    truce_number *worths = arena_array(r->memory, 2, truce_number);
    worths[0] = number_read(r, from, within, worth_range(on),
                            worth_path(on, what->label.id, "from"));
    worths[1] = number_read(r, to, within, worth_range(on),
                            worth_path(on, what->label.id, "to"));
    return (truce_worths){.items = worths, .count = 2, .linear = true};
}

static truce_worths worth_map_read(const desk *on, const node *map, size_t issue)
{
    reader *r = on->r;
    const truce_issue *what = &r->scenario->issues[issue];
    around within = around_read(r, map, on->within);
    truce_number *worths = arena_array(r->memory, what->value_count, truce_number);
    for (size_t e = 0; e < map->count; e++) {
        const node_entry *entry = &map->entries[e];
        truce_value value;
        if (is_common_key(entry->key) ||
            !value_find(r, issue, entry->key, spot_of_key(entry), &value))
            continue;
        worths[value] =
            number_read(r, entry->value, within, worth_range(on),
                        worth_path(on, what->label.id, what->values[value]));
    }
    return (truce_worths){.items = worths, .count = what->value_count};
}

static truce_worths worth_read(const desk *on, const node *value, size_t issue)
{
    const truce_issue *what = &on->r->scenario->issues[issue];
    if (on->r->broken[issue])
        return (truce_worths){0};
    if (value->kind == NODE_LIST)
        return worth_list_read(on, value, issue);
    if (value->kind == NODE_TEXT) {
        node_expect(
            on->r, value, NODE_LIST,
            arena_format(&on->r->tree->memory, "worth of \"%s\"", what->label.id),
            list_of_values(on->r, what));
        return (truce_worths){0};
    }
    bool is_line = what->numeric && (node_get(value, "from") || node_get(value, "to"));
    return is_line ? worth_line_read(on, value, issue)
                   : worth_map_read(on, value, issue);
}

static void worths_read(const desk *on, const node *map, truce_worths *worths)
{
    reader *r = on->r;
    if (!node_expect(r, map, NODE_MAP, "\"worth\"",
                     "for example worth: {exchange: [0, 100]}"))
        return;
    desk within = *on;
    within.within = around_read(r, map, on->within);
    for (size_t e = 0; e < map->count; e++) {
        const node_entry *entry = &map->entries[e];
        if (is_common_key(entry->key))
            continue;
        size_t issue = thing_find(r, THING_ISSUE, entry->key, spot_of_key(entry));
        if (issue != TRUCE_NOBODY)
            worths[issue] = worth_read(&within, entry->value, issue);
    }
}

/* ---- divisors: "evaluation 7 of 20" stays exact ---------------------------------- */

static truce_decimal divisor_read(const desk *on, const char *key, const node *value)
{
    truce_decimal divisor = {0};
    if (long_decimal_of(on->r, key, value, &divisor) && divisor.digits <= 0)
        document_error(on->r->tree, value->place, value->width, "for example 20",
                       "\"%s\" must be above 0", key);
    return divisor;
}

static void divisors_read(const desk *on, const node *map, truce_worths *worths)
{
    if (!node_expect(on->r, map, NODE_MAP, "\"out-of\"",
                     "for example out-of: {exchange: 20}"))
        return;
    for (size_t e = 0; e < map->count; e++) {
        const node_entry *entry = &map->entries[e];
        if (is_common_key(entry->key))
            continue;
        size_t issue = thing_find(on->r, THING_ISSUE, entry->key, spot_of_key(entry));
        if (issue != TRUCE_NOBODY)
            worths[issue].out_of = divisor_read(on, entry->key, entry->value);
    }
}

/* ---- bonuses and red lines: lists whose items may have been withheld (NULL) ------ */

static const field bonus_fields[] = {
    REQUIRED(truce_bonus, condition, "if", FIELD_CONDITION),
    SPECIAL("worth"),
};
static const field red_line_fields[] = {
    REQUIRED(truce_red_line, condition, "if", FIELD_CONDITION),
};
static const char bonus_example[] =
    "for example bonus: [{if: \"nato = deferred\", worth: 10}]";
static const char red_line_example[] =
    "for example red-lines: [{if: \"nato = renounced\"}]";

/* Checks an item, labels it, and reads its condition. */
static around item_read(const desk *on, const node *item, const char *id,
                        const char *example, const field *fields, size_t count,
                        truce_label *label, const truce_condition **condition)
{
    reader *r = on->r;
    *label = (truce_label){.id = id, .place = place_kept(r, item->place)};
    if (!node_expect(r, item, NODE_MAP, id, example))
        return on->within;
    map_check(r, item, id, example, spot_of(item), fields, count);
    const node *given = node_get(item, "if");
    if (given)
        *condition = condition_of(r, "if", given);
    return label_read(r, item, on->within, label);
}

static void bonuses_read(const desk *on, const node *list)
{
    reader *r = on->r;
    if (!node_expect(r, list, NODE_LIST, "\"bonus\"", bonus_example))
        return;
    truce_bonus *bonuses = arena_array(r->memory, list->count, truce_bonus);
    size_t count = 0;
    for (size_t b = 0; b < list->count; b++) {
        const node *item = list->items[b];
        if (item == NULL)
            continue;
        truce_bonus *bonus = &bonuses[count++];
        const char *id = arena_format(r->memory, "bonus:%s:%zu", on->party, b + 1);
        around within =
            item_read(on, item, id, bonus_example, bonus_fields, COUNT_OF(bonus_fields),
                      &bonus->label, &bonus->condition);
        const node *worth = item->kind == NODE_MAP ? node_get(item, "worth") : NULL;
        const char *path =
            arena_format(r->memory, "%s.bonus.%zu.worth", on->party, b + 1);
        if (worth)
            bonus->worth = number_read(r, worth, within, NUMBER_ANY, path);
        else if (item->kind == NODE_MAP &&
                 !key_was_meant(item, "worth", bonus_fields, COUNT_OF(bonus_fields)))
            document_error(r->tree, item->place, item->width, bonus_example,
                           "%s has no \"worth\"", id);
    }
    on->into->bonuses = bonuses;
    on->into->bonus_count = count;
}

static void red_lines_read(const desk *on, const node *list)
{
    reader *r = on->r;
    if (!node_expect(r, list, NODE_LIST, "\"red-lines\"", red_line_example))
        return;
    truce_red_line *lines = arena_array(r->memory, list->count, truce_red_line);
    size_t count = 0;
    for (size_t l = 0; l < list->count; l++) {
        const node *item = list->items[l];
        if (item == NULL)
            continue;
        truce_red_line *line = &lines[count++];
        const char *id = arena_format(r->memory, "red:%s:%zu", on->party, l + 1);
        item_read(on, item, id, red_line_example, red_line_fields,
                  COUNT_OF(red_line_fields), &line->label, &line->condition);
    }
    on->into->red_lines = lines;
    on->into->red_line_count = count;
}

/* ---- outside --------------------------------------------------------------------- */

static const field outside_fields[] = {
    SPECIAL("worth"),       SPECIAL("low"),     SPECIAL("high"),
    SPECIAL("per-30-days"), SPECIAL("outcome"),
};
static const char outside_example[] =
    "for example outside: {worth: 52, low: 46, high: 58}";

/* A reservation bid: what it leaves open is as the status quo has it. */
static const truce_value *bid_read(reader *r, const node *map)
{
    truce_settings settings = settings_read(r, "outcome", map);
    truce_value *bid = arena_array(r->memory, r->scenario->issue_count, truce_value);
    for (size_t i = 0; i < r->scenario->issue_count; i++)
        bid[i] = r->scenario->issues[i].status_quo;
    for (size_t s = 0; s < settings.count; s++)
        bid[settings.items[s].issue] = settings.items[s].value;
    return bid;
}

static void floor_read(const desk *on, const node *map, around within)
{
    reader *r = on->r;
    truce_outside *outside = &on->into->outside;
    const node *worth = node_get(map, "worth"), *outcome = node_get(map, "outcome");
    if (worth)
        outside->worth =
            number_read(r, worth, within, NUMBER_ANY, path_of(on, "outside", "worth"));
    if (worth && worth->kind == NODE_TEXT)
        number_widen(r, &outside->worth, node_get(map, "low"), node_get(map, "high"),
                     NUMBER_ANY);
    if (outcome)
        outside->bid = bid_read(r, outcome);
    if (worth && outcome)
        document_error(r->tree, outcome->place, outcome->width, NULL,
                       "\"outside\" of %s has both \"worth\" and \"outcome\"",
                       on->party);
    if (!worth && !outcome &&
        !key_was_meant(map, "worth", outside_fields, COUNT_OF(outside_fields)))
        document_error(r->tree, map->place, map->width, outside_example,
                       "\"outside\" of %s has no \"worth\"", on->party);
    const node *slope = node_get(map, "per-30-days");
    if (slope)
        outside->per_30_days = number_read(r, slope, within, NUMBER_ANY,
                                           path_of(on, "outside", "per-30-days"));
}

static void outside_read(const desk *on, const node *value)
{
    reader *r = on->r;
    truce_outside *outside = &on->into->outside;
    const char *id = arena_format(r->memory, "floor:%s", on->party);
    outside->given = true;
    outside->label = (truce_label){.id = id, .place = place_kept(r, value->place)};
    outside->label.basis = (truce_basis)(on->within.basis ? on->within.basis : 'A');
    outside->label.visibility = on->within.visibility;
    if (value->kind == NODE_TEXT) {
        const char *path = arena_format(r->memory, "%s.outside", on->party);
        outside->worth = number_read(r, value, on->within, NUMBER_ANY, path);
        return;
    }
    if (!node_expect(r, value, NODE_MAP, "\"outside\"", outside_example))
        return;
    const char *who = arena_format(&r->tree->memory, "\"outside\" of %s", on->party);
    map_check(r, value, who, outside_example, spot_of(value), outside_fields,
              COUNT_OF(outside_fields));
    floor_read(on, value, label_read(r, value, on->within, &outside->label));
}

/* ---- one party, all parties ------------------------------------------------------ */

static void discount_read(const desk *on, const node *value)
{
    const char *path = arena_format(on->r->memory, "%s.discount", on->party);
    truce_number *discount = &on->into->discount;
    *discount = number_read(on->r, value, on->within, NUMBER_NOT_NEGATIVE, path);
    if (decimal_compare(discount->high, (truce_decimal){1, 0}) > 0)
        document_error(on->r->tree, value->place, value->width, "for example 0.75",
                       "\"discount\" must be between 0 and 1");
}

static void parts_read(const desk *on, const node *map)
{
    reader *r = on->r;
    size_t issues = r->scenario->issue_count;
    truce_number *weights = arena_array(r->memory, issues, truce_number);
    truce_worths *worths = arena_array(r->memory, issues, truce_worths);
    on->into->weights = weights;
    on->into->worths = worths;
    const node *part;
    if ((part = node_get(map, "sum")) != NULL)
        on->into->sum_as_given = word_read(r, "sum", part, sums) == 1;
    if ((part = node_get(map, "weights")) != NULL)
        weights_read(on, part, weights);
    if ((part = node_get(map, "worth")) != NULL)
        worths_read(on, part, worths);
    if ((part = node_get(map, "out-of")) != NULL)
        divisors_read(on, part, worths);
    if ((part = node_get(map, "bonus")) != NULL)
        bonuses_read(on, part);
    if ((part = node_get(map, "bonus-out-of")) != NULL)
        on->into->bonus_out_of = divisor_read(on, "bonus-out-of", part);
    if ((part = node_get(map, "red-lines")) != NULL)
        red_lines_read(on, part);
    if ((part = node_get(map, "outside")) != NULL)
        outside_read(on, part);
    if ((part = node_get(map, "cap")) != NULL)
        on->into->cap = number_read(r, part, on->within, NUMBER_ANY,
                                    arena_format(r->memory, "%s.cap", on->party));
    if ((part = node_get(map, "discount")) != NULL)
        discount_read(on, part);
}

static void party_read(reader *r, const node_entry *entry, truce_party *party,
                       around outer)
{
    const node *map = entry->value;
    const char *who = arena_format(&r->tree->memory, "preferences of %s", entry->key);
    if (!node_expect(r, map, NODE_MAP, who, weights_example))
        return;
    map_check(r, map, who, weights_example, spot_of_key(entry), preference_fields,
              COUNT_OF(preference_fields));
    truce_preferences *into = &party->preferences;
    into->given = true;
    into->label =
        (truce_label){.id = party->label.id, .place = place_kept(r, entry->place)};
    around within = label_read(r, map, outer, &into->label);
    r->basis_is_missing = false;
    parts_read(&(desk){r, party->label.id, within, into}, map);
    if (r->basis_is_missing) {
        spot at = spot_of_key(entry);
        document_warning(
            r->tree, at.place, at.width, "write basis: A to say so",
            "no basis is given for numbers of %s; they count as assumptions",
            entry->key);
    }
}

void preferences_read(reader *r, const node *all, around outer)
{
    if (!node_expect(r, all, NODE_MAP, "\"preferences\"",
                     "for example preferences: {UA: {weights: {exchange: 100}}}"))
        return;
    truce_party *parties =
        (truce_party *)(uintptr_t)r->scenario->parties; /* ours to fill */
    around within = around_read(r, all, outer);
    for (size_t e = 0; e < all->count; e++) {
        const node_entry *entry = &all->entries[e];
        if (is_common_key(entry->key))
            continue;
        size_t party = thing_find(r, THING_PARTY, entry->key, spot_of_key(entry));
        if (party != TRUCE_NOBODY)
            party_read(r, entry, &parties[party], within);
    }
}
