/* plan_read: the plan file of a tournament.
 *
 *     {strategies: [micro, "boulware:e=5"], scenarios: [valley.truce.yaml, folder],
 *      parties: 2, protocol: sao, rounds: 100, repetitions: 10, self-play: yes, seed: 1,
 *      as: native, score: utility}
 */
#include "base/arena.h"
#include "base/names.h"
#include "formats/bytes.h"
#include "formats/document.h"
#include "play/parts.h"

#include <truce/tournament.h>

#include <stdlib.h>
#include <string.h>

typedef struct plan_reader {
    document *tree;
    truce_contest *plan;
    arena memory;
} plan_reader;

typedef void read_key(plan_reader *r, const char *key, const node *value);

/* ---- values ---------------------------------------------------------------------------- */

static bool is_text(plan_reader *r, const char *key, const node *value)
{
    if (value->kind == NODE_TEXT)
        return true;
    document_error(r->tree, value->place, value->width, NULL,
                   "\"%s\" must be a text, not a %s", key,
                   value->kind == NODE_MAP ? "map" : "list");
    return false;
}

static uint64_t whole(plan_reader *r, const char *key, const node *value,
                      uint64_t least, uint64_t most)
{
    if (!is_text(r, key, value))
        return least;
    size_t digits = strspn(value->text, "0123456789");
    uint64_t number = digits > 0 && digits <= 16 ? strtoull(value->text, NULL, 10) : 0;
    if (digits == 0 || digits > 16 || value->text[digits] || number < least ||
        number > most)
        document_error(r->tree, value->place, value->width, NULL,
                       "\"%s\" must be a whole number from %llu to %llu", key,
                       (unsigned long long)least, (unsigned long long)most);
    return number;
}

/* The place of a word among those there are. */
static size_t word(plan_reader *r, const char *key, const node *value,
                   const char *const *words, size_t count)
{
    if (!is_text(r, key, value))
        return 0;
    for (size_t k = 0; k < count; k++)
        if (strcmp(value->text, words[k]) == 0)
            return k;
    const char *near = names_nearest(value->text, words, count);
    document_error(r->tree, value->place, value->width,
                   near ? arena_format(&r->memory, "did you mean \"%s\"?", near) : NULL,
                   "\"%s\" cannot be \"%s\"", key, value->text);
    return 0;
}

static truce_texts texts(plan_reader *r, const char *key, const node *value)
{
    const char **items =
        arena_array(&r->memory, value->count ? value->count : 1, const char *);
    if (value->kind == NODE_TEXT && *value->text) {
        items[0] = arena_text(&r->memory, value->text);
        return (truce_texts){items, 1};
    }
    if (value->kind != NODE_LIST || value->count == 0) {
        document_error(r->tree, value->place, value->width, NULL,
                       "\"%s\" must be a list of at least one", key);
        return (truce_texts){items, 0};
    }
    for (size_t k = 0; k < value->count; k++)
        items[k] = is_text(r, key, value->items[k])
                       ? arena_text(&r->memory, value->items[k]->text)
                       : "";
    return (truce_texts){items, value->count};
}

/* ---- keys ------------------------------------------------------------------------------ */

static void read_strategies(plan_reader *r, const char *key, const node *value)
{
    r->plan->strategies = texts(r, key, value);
    for (size_t k = 0; value->kind == NODE_LIST && k < value->count; k++) {
        strategy read;
        truce_error error;
        const node *item = value->items[k];
        if (item->kind == NODE_TEXT &&
            strategies_read(item->text, NULL, 0, TRUCE_OWN, &read, 1, &r->memory,
                            &error) == 0)
            document_error(r->tree, item->place, item->width, NULL, "%s",
                           error.message);
    }
}

static void read_scenarios(plan_reader *r, const char *key, const node *value)
{
    r->plan->scenarios = texts(r, key, value);
}

static void read_parties(plan_reader *r, const char *key, const node *value)
{
    r->plan->parties = (size_t)whole(r, key, value, 2, SEATS_MOST);
}

static void read_protocol(plan_reader *r, const char *key, const node *value)
{
    truce_error error;
    if (!is_text(r, key, value))
        return;
    r->plan->protocol = arena_text(&r->memory, value->text);
    if (protocol_named(value->text, &error) == NULL)
        document_error(r->tree, value->place, value->width, NULL, "%s", error.message);
}

static void read_rounds(plan_reader *r, const char *key, const node *value)
{
    r->plan->rounds = (uint32_t)whole(r, key, value, 1, 1000000000);
}

static void read_seconds(plan_reader *r, const char *key, const node *value)
{
    if (!is_text(r, key, value))
        return;
    char *end;
    double seconds = strtod(value->text, &end);
    if (end == value->text || *end || !(seconds > 0) || !(seconds <= 1e6))
        document_error(r->tree, value->place, value->width, NULL,
                       "\"%s\" must be a number above 0, up to 1000000", key);
    r->plan->seconds = seconds;
}

static void read_repetitions(plan_reader *r, const char *key, const node *value)
{
    r->plan->repetitions = (uint32_t)whole(r, key, value, 1, 1000000000);
}

static void read_self_play(plan_reader *r, const char *key, const node *value)
{
    static const char *const words[] = {"yes", "no", "true", "false"};
    r->plan->without_self_play = word(r, key, value, words, 4) % 2 == 1;
}

static void read_seed(plan_reader *r, const char *key, const node *value)
{
    r->plan->seed = whole(r, key, value, 0, UINT64_C(1000000000000000));
}

static void read_as(plan_reader *r, const char *key, const node *value)
{
    static const char *const words[] = {"truce", "genius", "negmas", "native"};
    r->plan->as = (truce_convention)(word(r, key, value, words, 4) % 3);
}

static void read_score(plan_reader *r, const char *key, const node *value)
{
    static const char *const words[] = {"utility", "advantage"};
    r->plan->score = (truce_score)word(r, key, value, words, 2);
}

static const struct {
    const char *name;
    read_key *read;
} keys[] = {
    {"strategies", read_strategies},
    {"scenarios", read_scenarios},
    {"parties", read_parties},
    {"protocol", read_protocol},
    {"rounds", read_rounds},
    {"seconds", read_seconds},
    {"repetitions", read_repetitions},
    {"self-play", read_self_play},
    {"seed", read_seed},
    {"as", read_as},
    {"score", read_score},
};

enum { KEYS = sizeof keys / sizeof *keys };

static void read_entry(plan_reader *r, const node_entry *entry)
{
    const char *known[KEYS];
    for (size_t k = 0; k < KEYS; k++) {
        known[k] = keys[k].name;
        if (strcmp(entry->key, known[k]) == 0) {
            keys[k].read(r, entry->key, entry->value);
            return;
        }
    }
    const char *near = names_nearest(entry->key, known, KEYS);
    document_error(r->tree, entry->place, entry->width,
                   near ? arena_format(&r->memory, "did you mean \"%s\"?", near) : NULL,
                   "a plan has no key \"%s\"", entry->key);
}

static void demand(plan_reader *r, const char *key)
{
    if (node_get(r->tree->root, key) == NULL)
        document_error(r->tree, r->tree->root->place, 1, NULL, "the plan has no \"%s\"",
                       key);
}

/* ---- the whole ------------------------------------------------------------------------- */

/* The folder that a path lies in, "" when it lies here. */
static const char *folder_of(arena *memory, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_text_n(memory, path, (size_t)(slash + 1 - path)) : NULL;
}

truce_status truce_contest_parse(const char *name, const void *bytes, size_t length,
                                 truce_contest **plan, truce_diagnostics *diagnostics)
{
    *plan = NULL;
    size_t before = diagnostics->errors;
    document *tree = document_read_yaml(name, bytes, length, NULL, diagnostics);
    if (tree == NULL)
        return TRUCE_INPUT;
    plan_reader r = {.tree = tree};
    r.plan = arena_new(&r.memory, truce_contest);
    r.plan->seed = 1;
    r.plan->folder = folder_of(&r.memory, name);
    for (size_t k = 0; k < tree->root->count; k++)
        read_entry(&r, &tree->root->entries[k]);
    demand(&r, "strategies");
    demand(&r, "scenarios");
    document_free(tree);
    r.plan->memory = r.memory.last;
    if (diagnostics->errors > before) {
        truce_contest_free(r.plan);
        return TRUCE_INPUT;
    }
    *plan = r.plan;
    return TRUCE_OK;
}

truce_status truce_contest_read(const char *path, truce_contest **plan,
                                truce_diagnostics *diagnostics)
{
    static const size_t most = (size_t)16 << 20;
    size_t length;
    *plan = NULL;
    char *bytes = bytes_read(path, most, &length, diagnostics);
    if (bytes == NULL)
        return TRUCE_INPUT;
    truce_status status = truce_contest_parse(path, bytes, length, plan, diagnostics);
    free(bytes);
    return status;
}

void truce_contest_free(truce_contest *plan)
{
    if (plan == NULL)
        return;
    arena memory = {plan->memory}; /* a copy: the plan lives in the memory it owns */
    arena_free(&memory);
}
