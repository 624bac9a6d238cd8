/* Keys in the order of docs/exchange-files.md. Days are numbers or dates; which of the two, the
 * stages decide, and capacities must follow. */
#include "formats/rules.h"

#include "base/calendar.h"
#include "formats/bytes.h"

#include <stdlib.h>
#include <string.h>

static const size_t MOST_BYTES = (size_t)16 << 20;
static const uint64_t MOST_NUMBER = UINT64_C(1000000000000);
enum { MOST_STAGES = 1000000 };

typedef struct rules_reader {
    reader *r;
    truce_exchange_wish *wish;
    char days; /* 'd' dates, 'n' numbers, 0 none yet */
} rules_reader;

/* ---- numbers and days ------------------------------------------------------------ */

static bool whole(const char *text, uint64_t *number)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 13 || text[digits])
        return false;
    *number = strtoull(text, NULL, 10);
    return *number <= MOST_NUMBER;
}

static uint64_t whole_read(reader *r, const char *key, const node *value)
{
    uint64_t number = 0;
    if (value->kind != NODE_TEXT || !whole(value->text, &number))
        document_error(r->tree, value->place, value->width, NULL,
                       "\"%s\" must be a whole number from 0 to 10^12", key);
    return number;
}

static bool date(const char *text, int32_t *day)
{
    truce_instant at;
    if (strlen(text) != strlen("2025-05-23") ||
        !instant_read(text, strlen(text), NULL, &at))
        return false;
    *day = (int32_t)(at / SECONDS_A_DAY);
    return true;
}

static int32_t day_read(rules_reader *in, const char *key, const node *value)
{
    uint64_t number;
    int32_t day = TRUCE_NO_DAY;
    char kind = 0;
    if (value->kind == NODE_TEXT && date(value->text, &day))
        kind = 'd';
    else if (value->kind == NODE_TEXT && whole(value->text, &number) && number > 0 &&
             number <= INT32_MAX)
        kind = 'n', day = (int32_t)number;
    if (kind == 0)
        document_error(in->r->tree, value->place, value->width, NULL,
                       "\"%s\" must be a number from 1, or a date such as 2025-05-23",
                       key);
    else if (in->days && in->days != kind)
        document_error(in->r->tree, value->place, value->width, NULL,
                       "days are %s so far, and must be everywhere",
                       in->days == 'd' ? "dates" : "numbers from 1");
    else
        in->days = kind;
    return day;
}

/* ---- who ------------------------------------------------------------------------- */

static int side_read(rules_reader *in, const node *value)
{
    const truce_exchange_wish *wish = in->wish;
    if (value->kind == NODE_TEXT && wish->sides[0])
        for (int side = 0; side < 2; side++)
            if (strcmp(value->text, wish->sides[side]) == 0)
                return side;
    const char *nearest = value->kind == NODE_TEXT && wish->sides[0]
                              ? names_nearest(value->text, wish->sides, 2)
                              : NULL;
    document_error(in->r->tree, value->place, value->width,
                   wish->sides[0] ? hint_meant(in->r, nearest)
                                  : "name the sides first: sides: [A, B]",
                   wish->sides[0] ? "this is none of the sides"
                                  : "the sides have no names here");
    return -1;
}

static void sides_read(rules_reader *in, const node *value)
{
    static const char *const example = "for example sides: [RU, UA]";
    if (!node_expect(in->r, value, NODE_LIST, "\"sides\"", example))
        return;
    if (value->count != 2) {
        document_error(in->r->tree, value->place, value->width, example,
                       "an exchange has two sides, not %zu", value->count);
        return;
    }
    for (size_t k = 0; k < 2; k++)
        in->wish->sides[k] = text_read(in->r, "sides", value->items[k]);
    if (in->wish->sides[0] && in->wish->sides[1] &&
        strcmp(in->wish->sides[0], in->wish->sides[1]) == 0)
        document_error(in->r->tree, value->place, value->width, example,
                       "both sides are called \"%s\"", in->wish->sides[0]);
    if (in->wish->sides[0] == NULL || in->wish->sides[1] == NULL)
        in->wish->sides[0] = in->wish->sides[1] = NULL;
}

/* ---- how many -------------------------------------------------------------------- */

/* 1000, or {RU: 1000, UA: 900}. */
static void number_read(rules_reader *in, const node *value)
{
    if (value->kind != NODE_MAP) {
        in->wish->numbers[0] = in->wish->numbers[1] = whole_read(in->r, "n", value);
        return;
    }
    for (size_t e = 0; e < value->count; e++) {
        const node_entry *entry = &value->entries[e];
        node name = {.kind = NODE_TEXT,
                     .place = entry->place,
                     .text = entry->key,
                     .width = entry->width};
        int side = side_read(in, &name);
        uint64_t number = whole_read(in->r, "n", entry->value);
        if (side >= 0)
            in->wish->numbers[side] = number;
    }
}

static void ratio_read(rules_reader *in, const node *value)
{
    char *colon = value->kind == NODE_TEXT ? strchr(value->text, ':') : NULL;
    uint64_t numbers[2] = {0};
    if (colon) {
        arena *memory = &in->r->tree->memory;
        char *first = arena_text_n(memory, value->text, (size_t)(colon - value->text));
        if (!whole(first, &numbers[0]) || !whole(colon + 1, &numbers[1]))
            numbers[0] = 0;
    }
    if (numbers[0] == 0 || numbers[1] == 0)
        document_error(in->r->tree, value->place, value->width, NULL,
                       "\"ratio\" must be two whole numbers, such as 3:2");
    memcpy(in->wish->numbers, numbers, sizeof numbers);
}

/* ---- classes, quotas, tariff, capacities ----------------------------------------- */

static void classes_read(rules_reader *in, const node *value)
{
    if (!node_expect(in->r, value, NODE_LIST, "\"classes\"",
                     "for example classes: [medic, officer]"))
        return;
    const char **items = arena_array(in->r->memory, value->count, const char *);
    size_t count = 0;
    for (size_t k = 0; k < value->count; k++) {
        const char *name = text_read(in->r, "classes", value->items[k]);
        if (name)
            items[count++] = name;
    }
    in->wish->classes = (truce_texts){items, count};
}

enum { QUOTA_CLASS, QUOTA_SIDE, QUOTA_LEAST, QUOTA_MOST, QUOTA_FIELDS };
static const field quota_fields[QUOTA_FIELDS] = {
    {"class", FIELD_SPECIAL, 0, true, NULL},
    SPECIAL("side"),
    SPECIAL("least"),
    SPECIAL("most"),
};

static truce_quota quota_read(rules_reader *in, const node *map)
{
    static const char *const example =
        "for example {class: medic, least: 10, most: 50}";
    truce_quota quota = {.side = -1, .most = UINT64_MAX};
    reader *r = in->r;
    if (!node_expect(r, map, NODE_MAP, "a quota", example))
        return quota;
    quota.place = place_kept(r, map->place);
    map_check(r, map, "quota", example, spot_of(map), quota_fields, QUOTA_FIELDS);
    const node *value;
    if ((value = node_get(map, "class")))
        quota.class_name = text_read(r, "class", value);
    if ((value = node_get(map, "side")))
        quota.side = side_read(in, value);
    if ((value = node_get(map, "least")))
        quota.least = whole_read(r, "least", value);
    if ((value = node_get(map, "most")))
        quota.most = whole_read(r, "most", value);
    if (quota.least > quota.most)
        document_error(r->tree, map->place, map->width, NULL,
                       "at least %llu and at most %llu cannot both be",
                       (unsigned long long)quota.least, (unsigned long long)quota.most);
    return quota;
}

static void quotas_read(rules_reader *in, const node *value)
{
    if (!node_expect(in->r, value, NODE_LIST, "\"quotas\"",
                     "for example quotas: [{class: medic, most: 50}]"))
        return;
    truce_quota *items = arena_array(in->r->memory, value->count, truce_quota);
    for (size_t k = 0; k < value->count; k++)
        items[k] = quota_read(in, value->items[k]);
    in->wish->quotas = items;
    in->wish->quota_count = value->count;
}

static void tariff_read(rules_reader *in, const node *value)
{
    if (!node_expect(in->r, value, NODE_MAP, "\"tariff\"",
                     "for example tariff: {general: 60, private: 1}"))
        return;
    truce_rank_points *items =
        arena_array(in->r->memory, value->count, truce_rank_points);
    for (size_t e = 0; e < value->count; e++) {
        const node_entry *entry = &value->entries[e];
        items[e] =
            (truce_rank_points){.place = place_kept(in->r, entry->place),
                                .rank = arena_text(in->r->memory, entry->key),
                                .points = whole_read(in->r, entry->key, entry->value)};
    }
    in->wish->tariff = items;
    in->wish->tariff_count = value->count;
}

static const field capacity_fields[] = {
    SPECIAL("site"),
    SPECIAL("side"),
    SPECIAL("day"),
    {"most", FIELD_SPECIAL, 0, true, NULL},
};

static truce_capacity capacity_read(rules_reader *in, const node *map)
{
    static const char *const example = "for example {site: north, day: 2, most: 50}";
    truce_capacity capacity = {.side = -1, .day = TRUCE_NO_DAY};
    reader *r = in->r;
    if (!node_expect(r, map, NODE_MAP, "a capacity", example))
        return capacity;
    capacity.place = place_kept(r, map->place);
    map_check(r, map, "capacity", example, spot_of(map), capacity_fields,
              COUNT_OF(capacity_fields));
    const node *value;
    if ((value = node_get(map, "site")))
        capacity.site = text_read(r, "site", value);
    if ((value = node_get(map, "side")))
        capacity.side = side_read(in, value);
    if ((value = node_get(map, "day")))
        capacity.day = day_read(in, "day", value);
    if ((value = node_get(map, "most")))
        capacity.most = whole_read(r, "most", value);
    return capacity;
}

static void capacities_read(rules_reader *in, const node *value)
{
    if (!node_expect(in->r, value, NODE_LIST, "\"capacity\"",
                     "for example capacity: [{site: north, most: 50}]"))
        return;
    truce_capacity *items = arena_array(in->r->memory, value->count, truce_capacity);
    for (size_t k = 0; k < value->count; k++)
        items[k] = capacity_read(in, value->items[k]);
    in->wish->capacities = items;
    in->wish->capacity_count = value->count;
}

/* ---- stages ---------------------------------------------------------------------- */

/* 10, or [1, 3, 5], or dates. */
static void stages_read(rules_reader *in, const node *value)
{
    truce_exchange_wish *wish = in->wish;
    if (value->kind != NODE_LIST) {
        wish->stage_count = whole_read(in->r, "stages", value);
        if (wish->stage_count == 0 || wish->stage_count > MOST_STAGES)
            document_error(in->r->tree, value->place, value->width,
                           "for example stages: 10, or stages: [1, 3, 5]",
                           "there must be from 1 to %d stages", MOST_STAGES);
        return;
    }
    int32_t *days = arena_array(in->r->memory, value->count, int32_t);
    for (size_t k = 0; k < value->count; k++) {
        days[k] = day_read(in, "stages", value->items[k]);
        if (k > 0 && days[k] <= days[k - 1])
            document_error(in->r->tree, value->items[k]->place, value->items[k]->width,
                           NULL,
                           "each stage must be on a later day than the one before");
    }
    if (value->count == 0)
        document_error(in->r->tree, value->place, value->width,
                       "for example stages: [1, 3, 5]", "there is no stage");
    wish->stage_days = days;
    wish->stage_count = value->count;
    wish->days_are_dates = in->days == 'd';
}

static void from_read(rules_reader *in, const node *value)
{
    if (value->kind != NODE_TEXT || !date(value->text, &in->wish->from))
        document_error(in->r->tree, value->place, value->width, NULL,
                       "\"from\" must be a date such as 2025-05-23");
}

static void pairs_read(rules_reader *in, const node *value)
{
    static const char *const words[] = {"no", "class", "points", "gain", "yes", NULL};
    unsigned word = word_read(in->r, "pairs", value, words);
    in->wish->pairs = word == 4 ? TRUCE_PAIRS_CLASS : (truce_pairs)word;
    if (in->wish->pairs == TRUCE_PAIRS_POINTS && in->wish->tariff_count == 0)
        document_error(in->r->tree, value->place, value->width,
                       "add tariff: {private: 1, sergeant: 2, ...}",
                       "pairs of equal points need a tariff");
}

static void lists_read(rules_reader *in, const node *value)
{
    static const char *const example = "for example lists: [A.csv, B.csv]";
    if (!node_expect(in->r, value, NODE_LIST, "\"lists\"", example))
        return;
    if (value->count != 2)
        document_error(in->r->tree, value->place, value->width, example,
                       "there must be two lists, not %zu", value->count);
    for (size_t k = 0; k < value->count && k < 2; k++)
        in->wish->lists[k] = text_read(in->r, "lists", value->items[k]);
    if (in->wish->lists[1] == NULL)
        in->wish->lists[0] = NULL;
}

static void version_read(rules_reader *in, const node *value)
{
    if (value->kind != NODE_TEXT || strcmp(value->text, "1") != 0)
        document_error(in->r->tree, value->place, value->width, NULL,
                       "only version 1 is known: write truce-exchange: 1");
}

/* ---- the whole ------------------------------------------------------------------- */

static const char *const modes[] = {"all", "n", "ratio", "quota", "tariff", NULL};
static const char *const wheres[] = {"outside", "inside", NULL};
static const char *const orders[] = {"at-once", "one-by-one", NULL};

static const field keys[] = {
    SPECIAL("truce-exchange"), SPECIAL("sides"),
    SPECIAL("mode"),           SPECIAL("n"),
    SPECIAL("ratio"),          SPECIAL("owed"),
    SPECIAL("pairs"),          SPECIAL("order"),
    SPECIAL("classes"),        SPECIAL("quotas"),
    SPECIAL("tariff"),         SPECIAL("stages"),
    SPECIAL("from"),           SPECIAL("delta"),
    SPECIAL("capacity"),       SPECIAL("lists"),
};

/* A number, a ratio or a tariff says by itself which mode is meant. */
static void mode_read(rules_reader *in, const node *map)
{
    const node *given = node_get(map, "mode");
    const char *const hints[] = {NULL, "n", "ratio", NULL, "tariff"};
    truce_exchange_wish *wish = in->wish;
    if (given)
        wish->mode = (truce_exchange_mode)word_read(in->r, "mode", given, modes);
    for (unsigned mode = 0; mode < COUNT_OF(hints) && !given; mode++)
        if (hints[mode] && node_get(map, hints[mode])) {
            wish->mode = (truce_exchange_mode)mode;
            break;
        }
    if (!given && wish->mode == TRUCE_EXCHANGE_ALL && node_get(map, "quotas"))
        wish->mode = TRUCE_EXCHANGE_QUOTA;
    if (given && hints[wish->mode] && node_get(map, hints[wish->mode]) == NULL)
        document_error(in->r->tree, given->place, given->width, NULL,
                       "mode \"%s\" needs \"%s\"", modes[wish->mode],
                       hints[wish->mode]);
}

void rules_read_map(reader *r, const node *map, bool in_scenario,
                    truce_exchange_wish *wish)
{
    static const struct {
        const char *key;
        void (*read)(rules_reader *in, const node *value);
    } readers[] = {{"truce-exchange", version_read},
                   {"sides", sides_read},
                   {"n", number_read},
                   {"ratio", ratio_read},
                   {"classes", classes_read},
                   {"quotas", quotas_read},
                   {"tariff", tariff_read},
                   {"stages", stages_read},
                   {"from", from_read},
                   {"capacity", capacities_read}};
    rules_reader in = {r, wish, 0};
    const node *value;
    *wish =
        (truce_exchange_wish){.place = place_kept(r, map->place), .from = TRUCE_NO_DAY};
    map_check(r, map, in_scenario ? "exchange" : "the rules", NULL, spot_of(map), keys,
              COUNT_OF(keys));
    for (size_t k = 0; k < COUNT_OF(readers); k++)
        if ((value = node_get(map, readers[k].key)))
            readers[k].read(&in, value);
    mode_read(&in, map);
    if ((value = node_get(map, "owed")))
        wish->owed_inside = word_read(r, "owed", value, wheres) == 1;
    if ((value = node_get(map, "order")))
        wish->one_by_one = word_read(r, "order", value, orders) == 1;
    if ((value = node_get(map, "pairs")))
        pairs_read(&in, value);
    if ((value = node_get(map, "delta")))
        wish->delta = whole_read(r, "delta", value);
    if ((value = node_get(map, "lists")))
        lists_read(&in, value);
    if ((value = node_get(map, "note")))
        wish->note = text_read(r, "note", value);
}

truce_status truce_rules_parse(const char *name, const void *bytes, size_t length,
                               truce_exchange_wish **wish,
                               truce_diagnostics *diagnostics)
{
    arena memory = {0};
    size_t errors = diagnostics->errors;
    document *tree = document_read_yaml(name, bytes, length, NULL, diagnostics);
    truce_exchange_wish *made = arena_new(&memory, truce_exchange_wish);
    if (tree) {
        truce_scenario none = {.file = arena_text(&memory, name)}; /* for places */
        reader r = {.tree = tree, .memory = &memory, .scenario = &none};
        rules_read_map(&r, tree->root, false, made);
    }
    document_free(tree);
    made->memory = memory.last;
    *wish = made;
    if (diagnostics->errors == errors)
        return TRUCE_OK;
    truce_wish_free(made);
    *wish = NULL;
    return TRUCE_INPUT;
}

truce_status truce_rules_read(const char *path, truce_exchange_wish **wish,
                              truce_diagnostics *diagnostics)
{
    size_t length;
    *wish = NULL;
    char *bytes = bytes_read(path, MOST_BYTES, &length, diagnostics);
    if (bytes == NULL)
        return TRUCE_INPUT;
    truce_status status = truce_rules_parse(path, bytes, length, wish, diagnostics);
    free(bytes);
    return status;
}

void truce_wish_free(truce_exchange_wish *wish)
{
    if (wish == NULL)
        return;
    arena memory = {wish->memory}; /* a copy: the wish lives in the memory it owns */
    arena_free(&memory);
}
