/* A scenario file, read from top to bottom of this page: the tree, what this run
 * changes in it, what this reader may not see, who is called what, and then section by
 * section. Reading goes on after a mistake, so that one run shows up to twenty of them;
 * a scenario with a mistake is thrown away at the end. Everything is linear in the
 * file: names are looked up in hash tables. */
#include "formats/accord.h"
#include "formats/conditions.h"
#include "formats/rules.h"
#include "formats/sections.h"

#include "base/hash.h"
#include "base/text.h"
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

const section sections[] = {
    {"sources", THING_SOURCE, &source_shape, offsetof(truce_scenario, sources),
     offsetof(truce_scenario, source_count), false},
    {"claims", THING_CLAIM, &claim_shape, offsetof(truce_scenario, claims),
     offsetof(truce_scenario, claim_count), false},
    {"facts", THING_FACT, &fact_shape, offsetof(truce_scenario, facts),
     offsetof(truce_scenario, fact_count), false},
    {"issues", THING_ISSUE, &issue_shape, offsetof(truce_scenario, issues),
     offsetof(truce_scenario, issue_count), true},
    {"parties", THING_PARTY, &party_shape, offsetof(truce_scenario, parties),
     offsetof(truce_scenario, party_count), true},
    {"delegations", THING_DELEGATION, &delegation_shape,
     offsetof(truce_scenario, delegations), offsetof(truce_scenario, delegation_count),
     false},
    {"demands", THING_NONE, &demand_shape, offsetof(truce_scenario, demands),
     offsetof(truce_scenario, demand_count), false},
    {"rules", THING_NONE, &rule_shape, offsetof(truce_scenario, rules),
     offsetof(truce_scenario, rule_count), false},
    {"steps", THING_STEP, &step_shape, offsetof(truce_scenario, steps),
     offsetof(truce_scenario, step_count), false},
    {"order", THING_NONE, &constraint_shape, offsetof(truce_scenario, order),
     offsetof(truce_scenario, order_count), false},
    {"threats", THING_NONE, &threat_shape, offsetof(truce_scenario, threats),
     offsetof(truce_scenario, threat_count), false},
    {"deadlines", THING_NONE, &deadline_shape, offsetof(truce_scenario, deadlines),
     offsetof(truce_scenario, deadline_count), false},
    {"rounds", THING_ROUND, &round_shape, offsetof(truce_scenario, rounds),
     offsetof(truce_scenario, round_count), false},
    {"observed", THING_NONE, &observation_shape, offsetof(truce_scenario, observed),
     offsetof(truce_scenario, observed_count), false},
    {"agreements", THING_NONE, &agreement_shape, offsetof(truce_scenario, agreements),
     offsetof(truce_scenario, agreement_count), false},
};
const size_t section_count = COUNT_OF(sections);

/* ---- the keys of the file -------------------------------------------------------- */

static const field root_fields[] = {
    SPECIAL("truce"),    SPECIAL("id"),          SPECIAL("title"),
    SPECIAL("clock"),    SPECIAL("sources"),     SPECIAL("claims"),
    SPECIAL("facts"),    SPECIAL("parties"),     SPECIAL("delegations"),
    SPECIAL("process"),  SPECIAL("issues"),      SPECIAL("preferences"),
    SPECIAL("demands"),  SPECIAL("rules"),       SPECIAL("steps"),
    SPECIAL("order"),    SPECIAL("threats"),     SPECIAL("deadlines"),
    SPECIAL("rounds"),   SPECIAL("observed"),    SPECIAL("agreements"),
    SPECIAL("exchange"), SPECIAL("commitments"),
};

/* What must be there, and how to say so. */
static const struct {
    const char *key, *message, *hint;
} required[] = {
    {"truce", "a scenario file says which format it has: \"truce\" is missing",
     "begin it with the line truce: 1"},
    {"id", "the scenario has no \"id\", its short name", "for example id: two-valleys"},
    {"parties", "the scenario has no \"parties\": who negotiates?",
     "for example parties: {UA: {name: Ukraine, role: principal, consent: all}}"},
    {"issues", "the scenario has no \"issues\": about what?",
     "for example issues: {ceasefire: {values: [none, 30-day]}}"},
};

static bool is_missing(const node *root, const char *key)
{
    return node_get(root, key) == NULL &&
           !key_was_meant(root, key, root_fields, COUNT_OF(root_fields));
}

static bool root_check(reader *r, const node *root)
{
    if (!node_expect(r, root, NODE_MAP, "a scenario",
                     "it begins with the line truce: 1"))
        return false;
    map_check(r, root, "the scenario", NULL, spot_of(root), root_fields,
              COUNT_OF(root_fields));
    for (size_t i = 0; i < COUNT_OF(required); i++)
        if (is_missing(root, required[i].key))
            document_error(r->tree, root->place, 1, required[i].hint, "%s",
                           required[i].message);
    return true;
}

/* ---- ids ------------------------------------------------------------------------- */

static bool is_word_of(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(name, *words) == 0)
            return true;
    return false;
}

static void id_check(reader *r, thing kind, const char *what, const char *id, spot at)
{
    static const char *const readers[] = {"logic", "mediator", NULL};
    if (*id == '\0' || text_id_length(id, strlen(id)) < strlen(id))
        document_error(r->tree, at.place, at.width,
                       "an id has letters, digits, \"-\", \"_\" and \".\" only",
                       "\"%s\" cannot be the id of a %s", id, what);
    else if (condition_is_keyword(id))
        document_error(r->tree, at.place, at.width, "choose another id",
                       "\"%s\" is a word of the condition language, not an id", id);
    else if (kind == THING_PARTY && is_word_of(id, readers))
        document_error(r->tree, at.place, at.width, "choose another id",
                       "\"%s\" has a meaning of its own and cannot be a party", id);
}

/* note, basis, visibility and claim belong to the map around the entries. */
static bool is_entry(reader *r, const node_entry *entry)
{
    if (!is_common_key(entry->key))
        return true;
    spot at = spot_of_key(entry);
    if (entry->value->kind == NODE_MAP)
        document_error(r->tree, at.place, at.width, "choose another id",
                       "\"%s\" is a key that every map may have, not an id",
                       entry->key);
    return false;
}

static bool is_empty(const node *value)
{
    return value->kind == NODE_TEXT && *value->text == '\0' && !value->quoted;
}

static size_t limit_of(const reader *r, const section *what)
{
    return what->kind == THING_ISSUE ? r->limits.issues : SIZE_MAX;
}

/* Puts the ids of a section into its roster. Silent when its names cannot be known. */
static void roster_fill(reader *r, const section *what, const node *root)
{
    names own = {0},
          *known = what->kind == THING_NONE ? &own : &r->rosters[what->kind].known;
    const node *all = node_get(root, what->key);
    bool is_map = all && all->kind == NODE_MAP && all->count <= limit_of(r, what);
    bool is_lost = all ? !is_map && !is_empty(all) : !is_missing(root, what->key);
    if (what->kind != THING_NONE)
        r->rosters[what->kind].silent = is_lost || (what->required && !is_map);
    for (size_t e = 0; is_map && e < all->count; e++) {
        const node_entry *entry = &all->entries[e];
        if (!is_entry(r, entry))
            continue;
        id_check(r, what->kind, what->shape->what, entry->key, spot_of_key(entry));
        names_add(known, entry->key, known->count);
    }
    names_free(&own);
}

/* ---- sections -------------------------------------------------------------------- */

/* The scenario's array of a section, begun with room for count entries. */
static char *begin_section(reader *r, const section *what, size_t count)
{
    char *scenario = (char *)r->scenario;
    void *items = arena_take_array(r->memory, count, what->shape->size);
    memcpy(scenario + what->items, &items, sizeof items);
    memcpy(scenario + what->count, &count, sizeof count);
    return items;
}

static size_t count_entries(const node *map)
{
    size_t count = 0;
    for (size_t e = 0; e < map->count; e++)
        count += !is_common_key(map->entries[e].key);
    return count;
}

static bool section_check(reader *r, const section *what, const node *all)
{
    const char *who = arena_format(&r->tree->memory, "\"%s\"", what->key);
    if (is_empty(all) && !what->required)
        return false;
    if (!node_expect(r, all, NODE_MAP, who, what->shape->example))
        return false;
    size_t count = count_entries(all);
    if (count > limit_of(r, what)) {
        document_error(r->tree, all->place, 1, "--max-issues raises the limit",
                       "more than %zu issues", limit_of(r, what));
        return false;
    }
    if (count == 0 && what->required)
        document_error(r->tree, all->place, all->width, what->shape->example,
                       "a scenario needs at least one %s", what->shape->what);
    return true;
}

static void section_read(reader *r, const section *what, const node *root, around outer)
{
    const node *all = node_get(root, what->key);
    if (all == NULL || !section_check(r, what, all))
        return;
    char *item = begin_section(r, what, count_entries(all));
    if (what->kind == THING_ISSUE) {
        r->values = arena_array(&r->tree->memory, r->scenario->issue_count, names);
        r->broken = arena_array(&r->tree->memory, r->scenario->issue_count, bool);
    }
    around within = around_read(r, all, outer);
    for (size_t e = 0; e < all->count; e++) {
        const node_entry *entry = &all->entries[e];
        if (is_common_key(entry->key))
            continue;
        const char *id = arena_text(r->memory, entry->key);
        shape_read(r, what->shape, id, spot_of_key(entry), entry->value, within, item);
        item += what->shape->size;
    }
}

static void version_check(reader *r, const node *version)
{
    if (version == NULL ||
        (version->kind == NODE_TEXT && strcmp(version->text, "1") == 0))
        return;
    if (node_expect(r, version, NODE_TEXT, "\"truce\"", "truce: 1"))
        document_error(r->tree, version->place, version->width,
                       "this program reads truce: 1",
                       "unknown version \"%s\" of the scenario format", version->text);
}

static void heading_read(reader *r, const node *root)
{
    truce_scenario *scenario = r->scenario;
    const node *part;
    version_check(r, node_get(root, "truce"));
    if ((part = node_get(root, "id")) != NULL) {
        scenario->id = text_read(r, "id", part);
        if (scenario->id)
            id_check(r, THING_NONE, "scenario", scenario->id, spot_of(part));
    }
    if ((part = node_get(root, "title")) != NULL)
        scenario->title = text_read(r, "title", part);
    if ((part = node_get(root, "note")) != NULL)
        scenario->note = text_read(r, "note", part);
}

static void exchange_read(reader *r, const node *map)
{
    truce_exchange_wish *wish = arena_new(r->memory, truce_exchange_wish);
    if (map == NULL || !node_expect(r, map, NODE_MAP, "\"exchange\"",
                                    "for example exchange: {lists: [A.csv, B.csv]}"))
        return;
    rules_read_map(r, map, true, wish);
    r->scenario->exchange = wish;
}

static void commitments_read(reader *r, const node *map)
{
    truce_accord *accord = arena_new(r->memory, truce_accord);
    if (map == NULL || !node_expect(r, map, NODE_MAP, "\"commitments\"",
                                    "for example commitments: {in-force: 2025-06-01, "
                                    "items: {c1: {debtor: A, creditor: B}}}"))
        return;
    accord_read_map(r, map, true, accord);
    memcpy(accord->sha256, r->scenario->sha256, sizeof accord->sha256);
    r->scenario->accord = accord;
}

static void scenario_type(reader *r, const node *root)
{
    if (!root_check(r, root))
        return;
    for (size_t s = 0; s < section_count; s++)
        roster_fill(r, &sections[s], root);
    around within = around_read(r, root, (around){0});
    heading_read(r, root);
    clock_read(r, node_get(root, "clock"), within);
    process_read(r, node_get(root, "process"), within);
    for (size_t s = 0; s < section_count; s++)
        section_read(r, &sections[s], root, within);
    if (node_get(root, "preferences"))
        preferences_read(r, node_get(root, "preferences"), within);
    exchange_read(r, node_get(root, "exchange"));
    commitments_read(r, node_get(root, "commitments"));
}

/* ---- from a tree ----------------------------------------------------------------- */

static void say_call(document *tree, const char *hint, const char *message,
                     const char *name)
{
    document_error(tree, (truce_place){0}, 1, hint, "%s \"%s\"", message, name);
}

/* Is there such a reader? Their names stand in the tree. */
static bool reader_check(document *tree, const char *shown_to)
{
    const node *parties = node_get(tree->root, "parties");
    names known = {0};
    names_add(&known, "mediator", 0);
    for (size_t e = 0; parties && parties->kind == NODE_MAP && e < parties->count; e++)
        names_add(&known, parties->entries[e].key, e + 1);
    bool found = names_find(&known, shown_to) != NAMES_NONE;
    const char *nearest = found ? NULL : names_nearest_in(shown_to, &known);
    names_free(&known);
    if (found)
        return true;
    const char *hint =
        nearest ? arena_format(&tree->memory, "did you mean \"%s\"?", nearest)
                : "name a party of the scenario, or mediator";
    say_call(tree, hint, "nothing can be shown to the unknown party", shown_to);
    return false;
}

/* Changes of this run alone, and what this reader may not see. */
static bool tree_prepare(document *tree, const truce_reading *choices,
                         truce_scenario *scenario)
{
    bool sound = true;
    const char **settings =
        arena_array(scenario_memory(scenario), choices->set_count, const char *);
    for (size_t s = 0; s < choices->set_count; s++) {
        settings[s] = arena_text(scenario_memory(scenario), choices->set[s]);
        sound &= document_set(tree, choices->set[s]);
    }
    scenario->settings = settings;
    scenario->setting_count = choices->set_count;
    if (choices->shown_to == NULL)
        return sound;
    if (!reader_check(tree, choices->shown_to))
        return false;
    if (is_withheld(tree->root, choices->shown_to)) {
        say_call(tree, NULL, "nothing of this scenario may be shown to",
                 choices->shown_to);
        return false;
    }
    scenario->shown_to = arena_text(scenario_memory(scenario), choices->shown_to);
    scenario->withheld = withhold(tree, choices->shown_to);
    return sound;
}

static truce_limits limits_of(const truce_reading *choices)
{
    truce_limits limits = choices->limits;
    limits.bytes = limits.bytes ? limits.bytes : (size_t)16 << 20;
    limits.issues = limits.issues ? limits.issues : 10000;
    limits.values = limits.values ? limits.values : 1000000;
    return limits;
}

static void reader_end(reader *r)
{
    for (size_t k = 0; k < THING_KINDS; k++) {
        names_free(&r->rosters[k].known);
        names_free(&r->rosters[k].blamed);
    }
    for (size_t i = 0; r->values && i < r->scenario->issue_count; i++)
        names_free(&r->values[i]);
}

/* Is some error one of a --set? Then it is the call that is wrong, not the file. */
static bool settings_are_blamed(const truce_diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->count; i++) {
        const truce_diagnostic *item = &diagnostics->items[i];
        if (item->severity == TRUCE_ERROR && item->place.file &&
            strcmp(item->place.file, "--set") == 0)
            return true;
    }
    return false;
}

/* A tree with mistakes of its own is typed all the same, to find what else is wrong. */
static truce_status tree_read(document *tree, const truce_reading *choices,
                              size_t errors_before, truce_scenario *scenario)
{
    if (!tree_prepare(tree, choices, scenario))
        return TRUCE_CALL;
    reader r = {.tree = tree,
                .scenario = scenario,
                .memory = scenario_memory(scenario),
                .limits = limits_of(choices)};
    scenario_type(&r, tree->root);
    bool sound = tree->diagnostics->errors == errors_before;
    if (sound && scenario->shown_to == NULL)
        warnings_find(&r); /* half a scenario would be warned about its other half */
    reader_end(&r);
    if (sound)
        return TRUCE_OK;
    return settings_are_blamed(tree->diagnostics) ? TRUCE_CALL : TRUCE_INPUT;
}

/* ---- from bytes ------------------------------------------------------------------ */

truce_status truce_scenario_parse(const char *name, const void *bytes, size_t length,
                                  const truce_reading *choices,
                                  truce_scenario **scenario,
                                  truce_diagnostics *diagnostics)
{
    static const truce_reading plain;
    *scenario = NULL;
    choices = choices ? choices : &plain;
    size_t errors_before = diagnostics->errors;
    document *tree =
        document_read_yaml(name, bytes, length, &choices->limits, diagnostics);
    if (tree == NULL)
        return TRUCE_INPUT;
    truce_scenario *draft = scenario_new();
    draft->file = arena_text(scenario_memory(draft), name);
    hash_sha256(bytes, length, draft->sha256);
    truce_status status = tree_read(tree, choices, errors_before, draft);
    document_free(tree);
    if (status == TRUCE_OK)
        *scenario = draft;
    else
        truce_scenario_free(draft);
    return status;
}
