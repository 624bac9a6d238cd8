/* The wish of a plan.json, whose keys include/truce/exchange.h lists. It was written by a
 * program: what is not as it should be is refused, without guessing. */
#include "base/calendar.h"
#include "formats/bytes.h"
#include "formats/document.h"

#include <truce/exchange.h>

#include <stdlib.h>
#include <string.h>

static const size_t MOST_JSON = (size_t)64 << 20;

typedef struct wish_reader {
    document *tree;
    arena *memory;
    truce_exchange_wish *wish;
} wish_reader;

static void refuse(const wish_reader *in, const node *at, const char *key)
{
    document_error(in->tree, at->place, at->width, NULL,
                   "\"%s\" of the wish is not as a plan has it", key);
}

/* The value of a key that must be there. */
static const node *needed(const wish_reader *in, const node *map, const char *key)
{
    const node *value = map->kind == NODE_MAP ? node_get(map, key) : NULL;
    if (value == NULL)
        refuse(in, map, key);
    return value;
}

static bool is_word(const node *value, const char *word)
{
    return value && value->kind == NODE_TEXT && strcmp(value->text, word) == 0;
}

static bool is_null(const node *value)
{
    return value == NULL || (is_word(value, "null") && !value->quoted);
}

static uint64_t number(const wish_reader *in, const node *map, const char *key)
{
    const node *value = needed(in, map, key);
    if (value == NULL)
        return 0;
    if (value->kind == NODE_TEXT && value->text[0] &&
        value->text[strspn(value->text, "0123456789")] == '\0' &&
        strlen(value->text) < 20)
        return strtoull(value->text, NULL, 10);
    refuse(in, value, key);
    return 0;
}

static const char *text(const wish_reader *in, const node *map, const char *key)
{
    const node *value = needed(in, map, key);
    if (value == NULL || is_null(value))
        return NULL;
    if (value->kind == NODE_TEXT)
        return arena_text(in->memory, value->text);
    refuse(in, value, key);
    return NULL;
}

static const node *list(const wish_reader *in, const node *map, const char *key)
{
    static const node none = {.kind = NODE_LIST};
    const node *value = needed(in, map, key);
    if (value && value->kind == NODE_LIST)
        return value;
    if (value)
        refuse(in, value, key);
    return &none;
}

static int side(const wish_reader *in, const node *map)
{
    const char *name = text(in, map, "side");
    for (int s = 0; name && s < 2; s++)
        if (in->wish->sides[s] && strcmp(in->wish->sides[s], name) == 0)
            return s;
    if (name)
        refuse(in, map, "side");
    return -1;
}

static int32_t day(const wish_reader *in, const node *value, bool *is_date)
{
    truce_instant at;
    *is_date = false;
    if (is_null(value) || value->kind != NODE_TEXT)
        return TRUCE_NO_DAY;
    if (instant_read(value->text, strlen(value->text), NULL, &at)) {
        *is_date = true;
        return (int32_t)(at / SECONDS_A_DAY);
    }
    long number_of_day = strtol(value->text, NULL, 10);
    if (number_of_day < 1 || number_of_day > INT32_MAX)
        refuse(in, value, "day");
    return (int32_t)number_of_day;
}

static void read_sides(wish_reader *in, const node *map)
{
    const node *names = list(in, map, "sides");
    if (names->count != 2)
        return;
    for (size_t s = 0; s < 2; s++)
        if (names->items[s]->kind == NODE_TEXT)
            in->wish->sides[s] = arena_text(in->memory, names->items[s]->text);
    if (in->wish->sides[0] == NULL || in->wish->sides[1] == NULL)
        refuse(in, names, "sides");
}

static void read_numbers(wish_reader *in, const node *map)
{
    const node *numbers = list(in, map, "numbers");
    for (size_t s = 0; s < 2 && numbers->count == 2; s++) {
        node_entry entry = {.key = "numbers", .value = numbers->items[s]};
        node one = {
            .kind = NODE_MAP, .place = numbers->place, .entries = &entry, .count = 1};
        in->wish->numbers[s] = number(in, &one, "numbers");
    }
}

static void read_classes(wish_reader *in, const node *map)
{
    const node *names = list(in, map, "classes");
    const char **items = arena_array(in->memory, names->count, const char *);
    for (size_t k = 0; k < names->count; k++)
        items[k] = names->items[k]->kind == NODE_TEXT
                       ? arena_text(in->memory, names->items[k]->text)
                       : "";
    in->wish->classes = (truce_texts){items, names->count};
}

static void read_quotas(wish_reader *in, const node *map)
{
    const node *all = list(in, map, "quotas");
    truce_quota *items = arena_array(in->memory, all->count, truce_quota);
    for (size_t k = 0; k < all->count; k++) {
        const node *one = all->items[k];
        items[k] = (truce_quota){.class_name = text(in, one, "class"),
                                 .side = side(in, one),
                                 .least = number(in, one, "least"),
                                 .most = UINT64_MAX};
        if (items[k].class_name == NULL)
            refuse(in, one, "class");
        if (one->kind == NODE_MAP && node_get(one, "most"))
            items[k].most = number(in, one, "most");
    }
    in->wish->quotas = items;
    in->wish->quota_count = all->count;
}

static void read_tariff(wish_reader *in, const node *map)
{
    const node *all = list(in, map, "tariff");
    truce_rank_points *items = arena_array(in->memory, all->count, truce_rank_points);
    for (size_t k = 0; k < all->count; k++) {
        items[k] = (truce_rank_points){.rank = text(in, all->items[k], "rank"),
                                       .points = number(in, all->items[k], "points")};
        if (items[k].rank == NULL)
            refuse(in, all->items[k], "rank");
    }
    in->wish->tariff = items;
    in->wish->tariff_count = all->count;
}

static void read_capacities(wish_reader *in, const node *map)
{
    const node *all = list(in, map, "capacities");
    truce_capacity *items = arena_array(in->memory, all->count, truce_capacity);
    for (size_t k = 0; k < all->count; k++) {
        const node *one = all->items[k], *on = needed(in, one, "day");
        bool is_date;
        items[k] = (truce_capacity){.site = text(in, one, "site"),
                                    .side = side(in, one),
                                    .day = day(in, on, &is_date),
                                    .most = number(in, one, "most")};
    }
    in->wish->capacities = items;
    in->wish->capacity_count = all->count;
}

static void read_stages(wish_reader *in, const node *map)
{
    const node *all = list(in, map, "stages");
    int32_t *days = arena_array(in->memory, all->count, int32_t);
    bool is_date = false;
    for (size_t k = 0; k < all->count; k++)
        days[k] = day(in, all->items[k], &is_date);
    in->wish->stage_days = days;
    in->wish->stage_count = all->count;
    in->wish->days_are_dates = is_date;
    in->wish->from = day(in, needed(in, map, "from"), &is_date);
}

static void read_pairs(wish_reader *in, const node *map)
{
    static const char *const words[] = {"no", "class", "points", "gain"};
    const node *said = needed(in, map, "pairs");
    unsigned k = 0;
    while (k < 4 && !is_word(said, words[k]))
        k++;
    if (k == 4 && said)
        refuse(in, said, "pairs");
    in->wish->pairs = (truce_pairs)(k % 4);
}

static void read_wish(wish_reader *in, const node *map)
{
    static const char *const modes[] = {"all", "n", "ratio", "quota", "tariff"};
    unsigned mode = 0;
    const node *said = needed(in, map, "mode");
    while (mode < 5 && !is_word(said, modes[mode]))
        mode++;
    if (mode == 5 && said)
        refuse(in, said, "mode");
    in->wish->mode = (truce_exchange_mode)(mode % 5);
    read_sides(in, map);
    read_numbers(in, map);
    in->wish->owed_inside = is_word(needed(in, map, "owed"), "inside");
    read_pairs(in, map);
    in->wish->one_by_one = is_word(needed(in, map, "one-by-one"), "true");
    in->wish->delta = number(in, map, "delta");
    read_classes(in, map);
    read_quotas(in, map);
    read_tariff(in, map);
    read_capacities(in, map);
    read_stages(in, map);
}

static void read_tree(wish_reader *in)
{
    const node *wish = needed(in, in->tree->root, "wish");
    if (wish && wish->kind == NODE_MAP)
        read_wish(in, wish);
    else if (wish)
        refuse(in, wish, "wish");
}

truce_status truce_plan_wish_read(const char *json, truce_exchange_wish **wish,
                                  truce_diagnostics *diagnostics)
{
    arena memory = {0};
    size_t length, errors = diagnostics->errors;
    char *bytes = bytes_read(json, MOST_JSON, &length, diagnostics);
    truce_limits limits = {.bytes = MOST_JSON, .nodes = 50000000};
    *wish = arena_new(&memory, truce_exchange_wish);
    wish_reader in = {.memory = &memory, .wish = *wish};
    if (bytes)
        in.tree = document_read_json(json, bytes, length, &limits, diagnostics);
    if (in.tree)
        read_tree(&in);
    document_free(in.tree);
    free(bytes);
    (*wish)->memory = memory.last;
    if (diagnostics->errors == errors)
        return TRUCE_OK;
    truce_wish_free(*wish);
    *wish = NULL;
    return TRUCE_INPUT;
}
