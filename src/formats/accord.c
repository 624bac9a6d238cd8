/* Agreements, key by key (docs/agreement-format.md). Dates are read in the agreement's
 * zone, so parties, zone and in-force come first; references between commitments are
 * looked up when all ids are known. */
#include "formats/accord.h"

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "formats/bytes.h"

#include <stdlib.h>
#include <string.h>

static const size_t MOST_BYTES = (size_t)16 << 20;
enum { MOST_DAYS = 36500, MOST_SEVERITY = 4 };

typedef struct accord_reader {
    reader *r;
    truce_accord *accord;
    zone *zone;
    names parties;
    names commitments;
    bool parties_broken; /* told; unknown parties are not told again */
} accord_reader;

/* ---- small values ---------------------------------------------------------------- */

static const char *text_of(accord_reader *in, const node *map, const char *key)
{
    const node *value = node_get(map, key);
    return value ? text_read(in->r, key, value) : NULL;
}

static uint64_t whole_of(accord_reader *in, const node *map, const char *key,
                         uint64_t otherwise, uint64_t least, uint64_t most)
{
    const node *value = node_get(map, key);
    if (value == NULL)
        return otherwise;
    bool digits = value->kind == NODE_TEXT && value->text[0] &&
                  value->text[strspn(value->text, "0123456789")] == '\0' &&
                  strlen(value->text) < 19;
    uint64_t number = digits ? strtoull(value->text, NULL, 10) : 0;
    if (digits && number >= least && number <= most)
        return number;
    document_error(in->r->tree, value->place, value->width, NULL,
                   "\"%s\" must be a whole number from %llu to %llu", key,
                   (unsigned long long)least, (unsigned long long)most);
    return otherwise;
}

static truce_duration duration_of(accord_reader *in, const node *map, const char *key)
{
    truce_duration duration = {.count = -1};
    const node *value = node_get(map, key);
    if (value && (value->kind != NODE_TEXT || !duration_read(value->text, &duration)))
        document_error(in->r->tree, value->place, value->width,
                       "for example 30d, 12h, 90m or 10s", "\"%s\" must be a duration",
                       key);
    return duration;
}

static truce_instant instant_of(accord_reader *in, const node *map, const char *key,
                                truce_instant otherwise)
{
    truce_instant at = otherwise;
    const node *value = node_get(map, key);
    if (value && (value->kind != NODE_TEXT ||
                  !instant_read(value->text, strlen(value->text), in->zone, &at)))
        document_error(in->r->tree, value->place, value->width,
                       "for example 2025-05-16, 2025-05-16T12:00 (in the zone) or "
                       "2025-05-16T12:00:00Z",
                       "\"%s\" must be a day or a moment that there is", key);
    return at;
}

/* A map under a key, or NULL; something else is told. */
static const node *map_of(accord_reader *in, const node *map, const char *key,
                          const char *example)
{
    const node *value = node_get(map, key);
    if (value == NULL)
        return NULL;
    return node_expect(in->r, value, NODE_MAP,
                       arena_format(&in->r->tree->memory, "\"%s\"", key), example)
               ? value
               : NULL;
}

static void check_keys(accord_reader *in, const node *map, const char *who,
                       const char *example, const field *fields, size_t count)
{
    map_check(in->r, map, who, example, spot_of(map), fields, count);
}

#define CHECK_KEYS(in, map, who, example, fields) \
    check_keys(in, map, who, example, fields, COUNT_OF(fields))

/* ---- who ------------------------------------------------------------------------- */

static void add_party(accord_reader *in, const char **ids, const char **called,
                      const char *id, const char *name)
{
    truce_accord *accord = in->accord;
    if (id == NULL || !names_add(&in->parties, id, accord->party_count))
        return;
    ids[accord->party_count] = id;
    called[accord->party_count++] = name ? name : id;
}

static void parties_of_scenario(accord_reader *in)
{
    const truce_scenario *scenario = in->r->scenario;
    const char **ids =
        arena_array(in->r->memory, scenario->party_count + 1, const char *);
    const char **called =
        arena_array(in->r->memory, scenario->party_count + 1, const char *);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].role == TRUCE_PRINCIPAL)
            add_party(in, ids, called, scenario->parties[p].label.id,
                      scenario->parties[p].name);
    in->accord->parties = ids;
    in->accord->party_names = called;
}

/* [RU, UA], or {RU: {name: Russia}}. */
static void parties_read(accord_reader *in, const node *value)
{
    static const char *const example = "for example parties: [A, B]";
    static const field fields[] = {SPECIAL("name")};
    reader *r = in->r;
    const char **ids = arena_array(r->memory, value->count + 1, const char *);
    const char **called = arena_array(r->memory, value->count + 1, const char *);
    in->accord->parties = ids;
    in->accord->party_names = called;
    if (value->kind == NODE_MAP) {
        for (size_t e = 0; e < value->count; e++) {
            const node_entry *entry = &value->entries[e];
            const char *name = NULL;
            if (node_expect(r, entry->value, NODE_MAP, "a party",
                            "for example {name: Russia}")) {
                CHECK_KEYS(in, entry->value, "party", NULL, fields);
                name = text_of(in, entry->value, "name");
            }
            add_party(in, ids, called, arena_text(r->memory, entry->key), name);
        }
    } else if (node_expect(r, value, NODE_LIST, "\"parties\"", example)) {
        for (size_t k = 0; k < value->count; k++)
            add_party(in, ids, called, text_read(r, "parties", value->items[k]), NULL);
    } else {
        in->parties_broken = true;
    }
    if (in->accord->party_count < 2 && !in->parties_broken)
        document_error(r->tree, value->place, value->width, example,
                       "an agreement has at least two parties");
}

static size_t party_of(accord_reader *in, const node *map, const char *key)
{
    const node *value = node_get(map, key);
    const char *name = value ? text_read(in->r, key, value) : NULL;
    size_t found = name ? names_find(&in->parties, name) : 0;
    if (found != NAMES_NONE)
        return found;
    if (!in->parties_broken)
        document_error(in->r->tree, value->place, value->width,
                       hint_meant(in->r, names_nearest_in(name, &in->parties)),
                       "\"%s\" is no party of this agreement", name);
    return 0;
}

static void verifiers_read(accord_reader *in, const node *value)
{
    if (!node_expect(in->r, value, NODE_LIST, "\"verifiers\"",
                     "for example verifiers: [joint-commission]"))
        return;
    const char **items = arena_array(in->r->memory, value->count, const char *);
    size_t count = 0;
    for (size_t k = 0; k < value->count; k++) {
        const char *name = text_read(in->r, "verifiers", value->items[k]);
        if (name)
            items[count++] = name;
    }
    in->accord->verifiers = (truce_texts){items, count};
}

static void threshold_read(accord_reader *in, const node *value)
{
    truce_decimal number;
    if (value->kind == NODE_TEXT &&
        decimal_read(value->text, strlen(value->text), &number) == DECIMAL_OK &&
        decimal_compare(number, (truce_decimal){0}) >= 0 &&
        decimal_compare(number, (truce_decimal){1, 0}) <= 0)
        in->accord->threshold = number;
    else
        document_error(in->r->tree, value->place, value->width, NULL,
                       "\"threshold\" must be a number from 0 to 1");
}

static void zone_read(accord_reader *in, const node *value)
{
    const char *name = text_read(in->r, "zone", value);
    if (name == NULL)
        return;
    zone *found = zone_open(name);
    if (found) {
        zone_close(in->zone);
        in->zone = found;
        in->accord->zone = name;
        return;
    }
    document_error(in->r->tree, value->place, value->width,
                   hint_meant(in->r, zone_nearest(&in->r->tree->memory, name)),
                   "there is no time zone \"%s\" on this machine", name);
}

/* ---- patterns -------------------------------------------------------------------- */

static truce_pattern pattern_read(accord_reader *in, const node *map)
{
    static const field fields[] = {SPECIAL("type"), SPECIAL("by")};
    CHECK_KEYS(in, map, "an event", "for example {type: handed-over, by: A}", fields);
    return (truce_pattern){text_of(in, map, "type"), text_of(in, map, "by")};
}

static truce_pattern pattern_of(accord_reader *in, const node *map, const char *key)
{
    const node *value = map_of(in, map, key, "for example {type: handed-over, by: A}");
    return value ? pattern_read(in, value) : (truce_pattern){NULL, NULL};
}

/* ---- commitments ----------------------------------------------------------------- */

/* none, {event: {type, by}} or {violated: ID}; who is violated is looked up later. */
static void antecedent_read(accord_reader *in, const node *value,
                            truce_commitment *into)
{
    static const char *const example =
        "for example {event: {type: ratified}}, or {violated: c1}, or none";
    static const field fields[] = {SPECIAL("event"), SPECIAL("violated")};
    if (value->kind == NODE_TEXT && strcmp(value->text, "none") == 0)
        return;
    if (!node_expect(in->r, value, NODE_MAP, "\"antecedent\"", example))
        return;
    CHECK_KEYS(in, value, "antecedent", example, fields);
    const node *violated = node_get(value, "violated");
    if (node_get(value, "event")) {
        into->antecedent = TRUCE_UPON_EVENT;
        into->upon = pattern_of(in, value, "event");
    } else if (violated) {
        into->antecedent = TRUCE_UPON_BREACH;
        const char *name = text_read(in->r, "violated", violated);
        size_t found = name ? names_find(&in->commitments, name) : 0;
        if (found == NAMES_NONE)
            document_error(in->r->tree, violated->place, violated->width,
                           hint_meant(in->r, names_nearest_in(name, &in->commitments)),
                           "there is no commitment \"%s\"", name);
        into->upon_breach_of = found;
        if (name == NULL || found == NAMES_NONE)
            into->antecedent = TRUCE_ALWAYS; /* told; it waits for nobody */
    } else {
        document_error(in->r->tree, value->place, value->width, example,
                       "the antecedent says nothing");
    }
}

static void consequent_read(accord_reader *in, const node *map, truce_commitment *into)
{
    static const char *const example =
        "for example {type: handed-over, by: A, count: 1000}";
    static const field fields[] = {
        {"type", FIELD_SPECIAL, 0, true, NULL}, SPECIAL("by"), SPECIAL("count")};
    CHECK_KEYS(in, map, "consequent", example, fields);
    into->consequent =
        (truce_pattern){text_of(in, map, "type"), text_of(in, map, "by")};
    into->count = whole_of(in, map, "count", 1, 1, UINT64_C(1000000000000));
}

static const field commitment_fields[] = {
    SPECIAL("kind"),
    SPECIAL("text"),
    {"debtor", FIELD_SPECIAL, 0, true, NULL},
    {"creditor", FIELD_SPECIAL, 0, true, NULL},
    SPECIAL("start"),
    SPECIAL("antecedent"),
    SPECIAL("until"),
    {"consequent", FIELD_SPECIAL, 0, true, NULL},
    SPECIAL("within"),
    SPECIAL("release"),
};

static void commitment_read(accord_reader *in, const node_entry *entry,
                            truce_commitment *into)
{
    static const char *const kinds[] = {"do", "refrain", NULL};
    static const field release_fields[] = {{"by", FIELD_SPECIAL, 0, true, NULL}};
    static const char *const example =
        "for example {debtor: A, creditor: B, consequent: {type: handed-over, by: A}, "
        "within: 3d}";
    reader *r = in->r;
    const node *map = entry->value, *value;
    *into = (truce_commitment){.id = arena_text(r->memory, entry->key),
                               .place = place_kept(r, entry->place),
                               .start = in->accord->in_force,
                               .until = TRUCE_NEVER,
                               .count = 1,
                               .within = {.count = -1}};
    const char *who = arena_format(&r->tree->memory, "commitment \"%s\"", into->id);
    if (!node_expect(r, map, NODE_MAP, who, example))
        return;
    map_check(r, map, who, example, spot_of_key(entry), commitment_fields,
              COUNT_OF(commitment_fields));
    into->text = text_of(in, map, "text");
    if ((value = node_get(map, "kind")))
        into->refrain = word_read(r, "kind", value, kinds) == 1;
    into->debtor = party_of(in, map, "debtor");
    into->creditor = party_of(in, map, "creditor");
    into->start = instant_of(in, map, "start", into->start);
    into->until = instant_of(in, map, "until", TRUCE_NEVER);
    into->within = duration_of(in, map, "within");
    if ((value = node_get(map, "antecedent")))
        antecedent_read(in, value, into);
    if ((value = map_of(in, map, "consequent", example)))
        consequent_read(in, value, into);
    if (into->debtor < in->accord->party_count &&
        into->creditor < in->accord->party_count)
        into->release_by = in->accord->parties[into->creditor];
    if ((value = map_of(in, map, "release", "for example {by: B}"))) {
        CHECK_KEYS(in, value, "release", "for example {by: B}", release_fields);
        const char *by = text_of(in, value, "by");
        into->release_by = by ? by : into->release_by;
    }
    if (into->start == TRUCE_NO_INSTANT)
        document_error(r->tree, entry->place, entry->width,
                       "give it a start, or the agreement a date: in-force: 2025-06-01",
                       "%s never starts", who);
}

/* c1 -> c2 -> c1: the commitment with which a circle begins, or the count. */
static size_t find_circle(const truce_accord *accord)
{
    for (size_t c = 0; c < accord->commitment_count; c++) {
        size_t at = c;
        for (size_t steps = 0; steps <= accord->commitment_count; steps++) {
            const truce_commitment *one = &accord->commitments[at];
            if (one->antecedent != TRUCE_UPON_BREACH)
                break;
            at = one->upon_breach_of;
            if (at == c)
                return c;
        }
    }
    return accord->commitment_count;
}

static void refuse_circle(accord_reader *in, const node *map)
{
    const truce_accord *accord = in->accord;
    size_t first = find_circle(accord);
    if (first == accord->commitment_count)
        return;
    arena *memory = &in->r->tree->memory;
    const char *circle = accord->commitments[first].id;
    size_t at = first;
    do {
        at = accord->commitments[at].upon_breach_of;
        circle = arena_format(memory, "%s, %s", circle, accord->commitments[at].id);
    } while (at != first);
    const node_entry *entry = &map->entries[first];
    document_error(in->r->tree, entry->place, entry->width, NULL,
                   "each of these waits for the violation of the next: %s", circle);
}

static void commitments_read(accord_reader *in, const node *map)
{
    truce_commitment *items = arena_array(in->r->memory, map->count, truce_commitment);
    for (size_t e = 0; e < map->count; e++)
        names_add(&in->commitments, map->entries[e].key, e);
    for (size_t e = 0; e < map->count; e++)
        commitment_read(in, &map->entries[e], &items[e]);
    in->accord->commitments = items;
    in->accord->commitment_count = map->count;
    refuse_circle(in, map);
}

/* ---- the ceasefire's clock ------------------------------------------------------- */

static void breach_read(accord_reader *in, const node *map, truce_ceasefire *into)
{
    static const field fields[] = {SPECIAL("type"), SPECIAL("severity")};
    CHECK_KEYS(in, map, "breach", "for example {type: incident, severity: 2}", fields);
    const char *type = text_of(in, map, "type");
    into->breach = (truce_pattern){type ? type : "incident", NULL};
    into->severity = (int)whole_of(in, map, "severity", 0, 0, MOST_SEVERITY);
}

static void extend_read(accord_reader *in, const node *map, truce_ceasefire *into)
{
    static const char *const whos[] = {"all", "any", NULL};
    static const char *const whens[] = {"end", NULL};
    static const field fields[] = {SPECIAL("by"), SPECIAL("before"), SPECIAL("days"),
                                   SPECIAL("type")};
    const node *value;
    CHECK_KEYS(in, map, "extend", "for example {by: all, before: end}", fields);
    if ((value = node_get(map, "by")))
        into->extend_by_all = word_read(in->r, "by", value, whos) == 0;
    if ((value = node_get(map, "before")))
        word_read(in->r, "before", value, whens);
    into->extension_days =
        (uint32_t)whole_of(in, map, "days", into->days, 1, MOST_DAYS);
    const char *type = text_of(in, map, "type");
    into->extension = type ? type : into->extension;
}

static void clock_read(accord_reader *in, const node *map)
{
    static const char *const rules[] = {"continue", "pause", "reset", "end-by-notice",
                                        NULL};
    static const field fields[] = {
        SPECIAL("start"),     {"days", FIELD_SPECIAL, 0, true, NULL},
        SPECIAL("on-breach"), SPECIAL("breach"),
        SPECIAL("notice"),    SPECIAL("extend")};
    truce_ceasefire *clock = arena_new(in->r->memory, truce_ceasefire);
    const node *value;
    CHECK_KEYS(in, map, "clock", "for example {days: 30, on-breach: continue}", fields);
    *clock = (truce_ceasefire){.place = place_kept(in->r, map->place),
                               .breach = {"incident", NULL},
                               .notice = "ceasefire-ended",
                               .extension = "ceasefire-extended",
                               .extend_by_all = true};
    clock->start = instant_of(in, map, "start", in->accord->in_force);
    clock->days = (uint32_t)whole_of(in, map, "days", 1, 1, MOST_DAYS);
    clock->extension_days = clock->days;
    if ((value = node_get(map, "on-breach")))
        clock->on_breach = (truce_on_breach)word_read(in->r, "on-breach", value, rules);
    if ((value = map_of(in, map, "breach", "for example {type: incident}")))
        breach_read(in, value, clock);
    const char *notice = text_of(in, map, "notice");
    clock->notice = notice ? notice : clock->notice;
    if ((value = map_of(in, map, "extend", "for example {by: all}")))
        extend_read(in, value, clock);
    if (clock->start == TRUCE_NO_INSTANT)
        document_error(in->r->tree, map->place, map->width,
                       "give it a start, or the agreement a date: in-force: 2025-06-01",
                       "the clock never starts");
    if (strcmp(clock->breach.type, clock->extension) == 0 ||
        strcmp(clock->breach.type, clock->notice) == 0)
        document_error(in->r->tree, map->place, map->width, NULL,
                       "an event of type \"%s\" cannot be a breach and a consent or a "
                       "notice at once",
                       clock->breach.type);
    in->accord->clock = clock;
}

/* ---- triggers and snap-back ------------------------------------------------------ */

static void ladder_read(accord_reader *in, const node *list, truce_trigger *into)
{
    static const char *const example = "for example [{what: joint inquiry, after: 2d}]";
    static const field fields[] = {{"what", FIELD_SPECIAL, 0, true, NULL},
                                   SPECIAL("after")};
    if (!node_expect(in->r, list, NODE_LIST, "\"ladder\"", example))
        return;
    truce_ladder_step *steps =
        arena_array(in->r->memory, list->count, truce_ladder_step);
    for (size_t k = 0; k < list->count; k++) {
        if (!node_expect(in->r, list->items[k], NODE_MAP, "a step of the ladder",
                         example))
            continue;
        CHECK_KEYS(in, list->items[k], "step of the ladder", example, fields);
        steps[k].what = text_of(in, list->items[k], "what");
        steps[k].after = duration_of(in, list->items[k], "after");
        if (steps[k].after.count < 0)
            steps[k].after = (truce_duration){0, TRUCE_SECONDS};
        if (steps[k].what == NULL)
            steps[k].what = "";
    }
    into->steps = steps;
    into->step_count = list->count;
}

static void trigger_read(accord_reader *in, const node_entry *entry,
                         truce_trigger *into)
{
    static const char *const example =
        "for example {of: {type: incident, severity: 2}, at-least: 3, within: 7d}";
    static const field fields[] = {{"of", FIELD_SPECIAL, 0, true, NULL},
                                   {"at-least", FIELD_SPECIAL, 0, true, NULL},
                                   SPECIAL("text"),
                                   SPECIAL("within"),
                                   SPECIAL("ladder"),
                                   SPECIAL("consequence")};
    static const field of_fields[] = {{"type", FIELD_SPECIAL, 0, true, NULL},
                                      SPECIAL("severity"),
                                      SPECIAL("attributed")};
    const node *map = entry->value, *of, *ladder;
    *into = (truce_trigger){.id = arena_text(in->r->memory, entry->key),
                            .place = place_kept(in->r, entry->place),
                            .count = 1,
                            .within = {.count = -1}};
    const char *who = arena_format(&in->r->tree->memory, "trigger \"%s\"", into->id);
    if (!node_expect(in->r, map, NODE_MAP, who, example))
        return;
    map_check(in->r, map, who, example, spot_of_key(entry), fields, COUNT_OF(fields));
    into->text = text_of(in, map, "text");
    into->consequence = text_of(in, map, "consequence");
    into->count = whole_of(in, map, "at-least", 1, 1, 1000000000);
    into->within = duration_of(in, map, "within");
    if ((of = map_of(in, map, "of", example))) {
        CHECK_KEYS(in, of, "what is counted", example, of_fields);
        into->type = text_of(in, of, "type");
        into->severity = (int)whole_of(in, of, "severity", 0, 0, MOST_SEVERITY);
        if (node_get(of, "attributed"))
            into->attributed = in->accord->parties[party_of(in, of, "attributed")];
    }
    if ((ladder = node_get(map, "ladder")))
        ladder_read(in, ladder, into);
}

static void snapback_read(accord_reader *in, const node_entry *entry,
                          truce_snapback *into)
{
    static const char *const example =
        "for example {notice: {type: notification}, wait: 30d, applies: the old terms}";
    static const field fields[] = {{"notice", FIELD_SPECIAL, 0, true, NULL},
                                   {"wait", FIELD_SPECIAL, 0, true, NULL},
                                   SPECIAL("after-day"),
                                   SPECIAL("stop"),
                                   SPECIAL("text"),
                                   SPECIAL("applies")};
    const node *map = entry->value;
    *into = (truce_snapback){.id = arena_text(in->r->memory, entry->key),
                             .place = place_kept(in->r, entry->place),
                             .wait = {.count = -1}};
    const char *who = arena_format(&in->r->tree->memory, "snap-back \"%s\"", into->id);
    if (!node_expect(in->r, map, NODE_MAP, who, example))
        return;
    map_check(in->r, map, who, example, spot_of_key(entry), fields, COUNT_OF(fields));
    into->text = text_of(in, map, "text");
    into->applies = text_of(in, map, "applies");
    into->notice = pattern_of(in, map, "notice");
    into->stop = pattern_of(in, map, "stop");
    into->wait = duration_of(in, map, "wait");
    into->after_day = yes_read(in->r, "after-day", node_get(map, "after-day"), false);
    const node *wait = node_get(map, "wait");
    if (into->after_day && wait && into->wait.unit != TRUCE_DAYS)
        document_error(in->r->tree, wait->place, wait->width, "for example wait: 30d",
                       "after-day counts whole days");
}

static void conditions_read(accord_reader *in, const node *root)
{
    const node *map;
    if ((map = map_of(in, root, "triggers", "a map from ids to triggers"))) {
        truce_trigger *items = arena_array(in->r->memory, map->count, truce_trigger);
        for (size_t e = 0; e < map->count; e++)
            trigger_read(in, &map->entries[e], &items[e]);
        in->accord->triggers = items;
        in->accord->trigger_count = map->count;
    }
    if ((map = map_of(in, root, "snap-back", "a map from ids to snap-backs"))) {
        truce_snapback *items = arena_array(in->r->memory, map->count, truce_snapback);
        for (size_t e = 0; e < map->count; e++)
            snapback_read(in, &map->entries[e], &items[e]);
        in->accord->snapbacks = items;
        in->accord->snapback_count = map->count;
    }
}

/* ---- the whole ------------------------------------------------------------------- */

static const field root_fields[] = {
    SPECIAL("truce-agreement"), SPECIAL("id"),      SPECIAL("title"),
    SPECIAL("invented"),        SPECIAL("parties"), SPECIAL("zone"),
    SPECIAL("in-force"),        SPECIAL("term"),    SPECIAL("verifiers"),
    SPECIAL("threshold"),       SPECIAL("log"),     SPECIAL("items"),
    SPECIAL("commitments"),     SPECIAL("clock"),   SPECIAL("triggers"),
    SPECIAL("snap-back"),
};

static void heading_read(accord_reader *in, const node *map, bool in_scenario)
{
    truce_accord *accord = in->accord;
    const node *value;
    if ((value = node_get(map, "parties")))
        parties_read(in, value);
    else if (in_scenario)
        parties_of_scenario(in);
    else
        document_error(in->r->tree, map->place, map->width,
                       "for example parties: [A, B]",
                       "who agreed? \"parties\" is missing");
    in->parties_broken |= accord->party_count == 0;
    if ((value = node_get(map, "zone")))
        zone_read(in, value);
    if ((value = node_get(map, "verifiers")))
        verifiers_read(in, value);
    if ((value = node_get(map, "threshold")))
        threshold_read(in, value);
    const char *id = text_of(in, map, "id"), *title = text_of(in, map, "title");
    accord->id = id ? id : in_scenario ? in->r->scenario->id : "agreement";
    accord->title = title ? title : in_scenario ? in->r->scenario->title : NULL;
    accord->note = text_of(in, map, "note");
    accord->invented = yes_read(in->r, "invented", node_get(map, "invented"), false);
    accord->in_force = instant_of(in, map, "in-force", TRUCE_NO_INSTANT);
    accord->term = duration_of(in, map, "term");
    accord->log = text_of(in, map, "log");
}

void accord_read_map(reader *r, const node *map, bool in_scenario, truce_accord *accord)
{
    accord_reader in = {.r = r, .accord = accord, .zone = zone_open(NULL)};
    *accord = (truce_accord){.in_force = TRUCE_NO_INSTANT,
                             .zone = "UTC",
                             .file = r->scenario->file,
                             .term = {.count = -1}};
    map_check(r, map, in_scenario ? "commitments" : "the agreement", NULL, spot_of(map),
              root_fields, COUNT_OF(root_fields));
    heading_read(&in, map, in_scenario);
    const char *key = in_scenario ? "items" : "commitments";
    const node *part;
    if (!in.parties_broken &&
        (part = map_of(&in, map, key, "a map from ids to commitments")))
        commitments_read(&in, part);
    if ((part = map_of(&in, map, "clock", "for example clock: {days: 30}")))
        clock_read(&in, part);
    if (!in.parties_broken)
        conditions_read(&in, map);
    names_free(&in.parties);
    names_free(&in.commitments);
    zone_close(in.zone);
}

/* ---- files ----------------------------------------------------------------------- */

static truce_status agreement_parse(document *tree, const char *name,
                                    truce_accord **accord)
{
    arena memory = {0};
    size_t errors = tree->diagnostics->errors;
    truce_accord *made = arena_new(&memory, truce_accord);
    truce_scenario none = {.file = arena_text(&memory, name)}; /* for places */
    reader r = {.tree = tree, .memory = &memory, .scenario = &none};
    accord_read_map(&r, tree->root, false, made);
    hash_sha256(tree->bytes, tree->length, made->sha256);
    made->memory = memory.last;
    *accord = made;
    if (tree->diagnostics->errors == errors)
        return TRUCE_OK;
    truce_accord_free(made);
    *accord = NULL;
    return TRUCE_INPUT;
}

/* The agreement keeps the scenario that it is part of. */
static truce_status of_scenario(const char *name, const void *bytes, size_t length,
                                truce_accord **accord, truce_diagnostics *diagnostics)
{
    truce_scenario *scenario = NULL;
    truce_status status =
        truce_scenario_parse(name, bytes, length, NULL, &scenario, diagnostics);
    if (status == TRUCE_OK && scenario->accord == NULL)
        status = bytes_refuse(diagnostics, name, "give the scenario commitments:",
                              "is a scenario without commitments");
    if (status != TRUCE_OK) {
        truce_scenario_free(scenario);
        return status;
    }
    truce_accord *made = must_allocate(sizeof *made);
    *made = *scenario->accord;
    made->scenario = scenario;
    *accord = made;
    return TRUCE_OK;
}

truce_status truce_accord_parse(const char *name, const void *bytes, size_t length,
                                truce_accord **accord, truce_diagnostics *diagnostics)
{
    *accord = NULL;
    document *tree = document_read_yaml(name, bytes, length, NULL, diagnostics);
    if (tree == NULL)
        return TRUCE_INPUT;
    bool is_scenario = node_get(tree->root, "truce") != NULL;
    truce_status status = is_scenario ? TRUCE_OK : agreement_parse(tree, name, accord);
    document_free(tree);
    return is_scenario ? of_scenario(name, bytes, length, accord, diagnostics) : status;
}

truce_status truce_accord_read(const char *path, truce_accord **accord,
                               truce_diagnostics *diagnostics)
{
    size_t length;
    *accord = NULL;
    char *bytes = bytes_read(path, MOST_BYTES, &length, diagnostics);
    if (bytes == NULL)
        return TRUCE_INPUT;
    truce_status status = truce_accord_parse(path, bytes, length, accord, diagnostics);
    free(bytes);
    return status;
}

void truce_accord_free(truce_accord *accord)
{
    if (accord == NULL)
        return;
    if (accord->scenario) {
        truce_scenario_free(accord->scenario);
        free(accord);
        return;
    }
    arena memory = {accord->memory}; /* a copy: the agreement lives in it */
    arena_free(&memory);
}
