/* What was said and done: demands, rules, order, threats, rounds, offers, agreements.
 */
#include "formats/sections.h"

#include "base/decimal.h"
#include "formats/numbers.h"

#include <string.h>

/* ---- clock and process ----------------------------------------------------------- */

static const char *const units[] = {"day", NULL};
static const char *const formats[] = {"direct", "proximity", "shuttle", "single-text",
                                      NULL};

static const field clock_fields[] = {SPECIAL("unit"), SPECIAL("now"), SPECIAL("zone")};

void clock_read(reader *r, const node *map, around outer)
{
    truce_clock *clock = &r->scenario->clock;
    *clock = (truce_clock){.unit = "day", .zone = "UTC"};
    if (map == NULL ||
        !node_expect(r, map, NODE_MAP, "\"clock\"",
                     "for example clock: {unit: day, now: 0, zone: UTC}"))
        return;
    map_check(r, map, "the clock", NULL, spot_of(map), clock_fields,
              COUNT_OF(clock_fields));
    around_read(r, map, outer);
    const node *unit = node_get(map, "unit"), *now = node_get(map, "now"),
               *zone = node_get(map, "zone");
    if (unit)
        clock->unit = units[word_read(r, "unit", unit, units)];
    if (now)
        decimal_of(r, "now", now, &clock->now);
    if (zone)
        clock->zone = text_read(r, "zone", zone);
}

static const field process_fields[] = {
    OPTIONAL(truce_process, track, "track", FIELD_TEXT),
    ONE_OF(truce_process, format, "format", FIELD_WORD, formats),
    OPTIONAL(truce_process, venue, "venue", FIELD_TEXT),
    OPTIONAL(truce_process, note, "note", FIELD_TEXT),
};

void process_read(reader *r, const node *map, around outer)
{
    truce_process *process = &r->scenario->process;
    if (map == NULL || !node_expect(r, map, NODE_MAP, "\"process\"",
                                    "for example process: {track: 1, format: direct}"))
        return;
    process->given = true;
    map_check(r, map, "the process", NULL, spot_of(map), process_fields,
              COUNT_OF(process_fields));
    around_read(r, map, outer);
    fields_read(r, map, process_fields, COUNT_OF(process_fields), process);
}

/* ---- demands and rules ----------------------------------------------------------- */

static const field demand_fields[] = {
    REQUIRED(truce_demand, by, "by", FIELD_PARTY),
    REQUIRED(truce_demand, wants, "wants", FIELD_CONDITION),
    OPTIONAL(truce_demand, strength, "strength", FIELD_TEXT),
};

const shape demand_shape = {
    .what = "demand",
    .example = "for example {by: UA, wants: \"ceasefire >= 30-day\"}",
    .size = sizeof(truce_demand),
    .fields = demand_fields,
    .field_count = COUNT_OF(demand_fields),
};

static const field rule_fields[] = {
    REQUIRED(truce_rule, by, "by", FIELD_PARTY_OR_LOGIC),
    REQUIRED(truce_rule, given, "if", FIELD_CONDITION),
    REQUIRED(truce_rule, then, "then", FIELD_CONDITION),
};

const shape rule_shape = {
    .what = "rule",
    .example =
        "for example {by: UA, if: \"nato = deferred\", then: \"guarantees >= arms\"}",
    .size = sizeof(truce_rule),
    .fields = rule_fields,
    .field_count = COUNT_OF(rule_fields),
};

/* ---- order ----------------------------------------------------------------------- */

static const field step_fields[] = {
    OPTIONAL(truce_step, title, "title", FIELD_TEXT),
    OPTIONAL(truce_step, issues, "issues", FIELD_ISSUES),
    OPTIONAL(truce_step, done, "done", FIELD_YES),
};

/* In conditions and in `order` a name must say whether it is a step or an issue. */
static void step_finish(reader *r, const node *map, around within, void *into)
{
    truce_step *step = into;
    (void)map, (void)within;
    if (step->title == NULL)
        step->title = step->label.id;
    if (names_find(&r->rosters[THING_ISSUE].known, step->label.id) != NAMES_NONE)
        document_error(r->tree, step->label.place, (uint32_t)strlen(step->label.id),
                       "steps and issues need different names",
                       "step \"%s\" has the name of an issue", step->label.id);
}

const shape step_shape = {
    .what = "step",
    .example = "for example {title: agreed terms, issues: [territory, troops]}",
    .size = sizeof(truce_step),
    .fields = step_fields,
    .field_count = COUNT_OF(step_fields),
    .finish = step_finish,
};

static const char *const conducts[] = {"kept", "relaxed", NULL};

static const field constraint_fields[] = {
    REQUIRED(truce_constraint, by, "by", FIELD_PARTY_OR_LOGIC),
    REQUIRED(truce_constraint, first, "first", FIELD_STAGE),
    REQUIRED(truce_constraint, then, "then", FIELD_STAGE),
    OPTIONAL(truce_constraint, strength, "strength", FIELD_TEXT),
    SPECIAL("observed"),
    OPTIONAL(truce_constraint, evidence, "evidence", FIELD_FACTS),
};

static void constraint_finish(reader *r, const node *map, around within, void *into)
{
    truce_constraint *constraint = into;
    (void)within;
    const node *observed = node_get(map, "observed"), *then = node_get(map, "then");
    if (observed)
        constraint->relaxed = word_read(r, "observed", observed, conducts) == 1;
    if (constraint->first.text && constraint->then.text &&
        strcmp(constraint->first.text, constraint->then.text) == 0)
        document_error(r->tree, then->place, then->width, NULL,
                       "order constraint \"%s\" puts \"%s\" before itself",
                       constraint->label.id, constraint->then.text);
}

const shape constraint_shape = {
    .what = "order constraint",
    .example = "for example {by: UA, first: ceasefire, then: talks}",
    .size = sizeof(truce_constraint),
    .fields = constraint_fields,
    .field_count = COUNT_OF(constraint_fields),
    .finish = constraint_finish,
};

/* ---- threats and deadlines ------------------------------------------------------- */

static const field threat_fields[] = {
    REQUIRED(truce_threat, by, "by", FIELD_PARTY),
    OPTIONAL(truce_threat, asks, "asks", FIELD_PARTIES),
    OPTIONAL(truce_threat, unless, "unless", FIELD_CONDITION),
    OPTIONAL(truce_threat, trigger, "if", FIELD_TEXT),
    OPTIONAL(truce_threat, effect, "then", FIELD_TEXT),
    OPTIONAL(truce_threat, effect, "effect", FIELD_TEXT),
    OPTIONAL(truce_threat, ambiguous, "ambiguous", FIELD_TEXT),
    SPECIAL("readings"),
    SPECIAL("outside"),
};

static void readings_read(reader *r, const node *list, truce_threat *threat)
{
    if (!node_expect(
            r, list, NODE_LIST, "\"readings\"",
            "for example readings: [{sanctions: continue}, {sanctions: more}]"))
        return;
    truce_settings *readings = arena_array(r->memory, list->count, truce_settings);
    for (size_t i = 0; i < list->count; i++)
        readings[i] = settings_read(r, "readings", list->items[i]);
    threat->readings = readings;
    threat->reading_count = list->count;
}

static void floor_effects_read(reader *r, const node *map, around within,
                               truce_threat *threat)
{
    if (!node_expect(r, map, NODE_MAP, "\"outside\"", "for example outside: {UA: -5}"))
        return;
    truce_floor_effect *effects =
        arena_array(r->memory, map->count, truce_floor_effect);
    size_t count = 0;
    within = around_read(r, map, within);
    for (size_t e = 0; e < map->count; e++) {
        const node_entry *entry = &map->entries[e];
        if (is_common_key(entry->key))
            continue;
        size_t party = thing_find(r, THING_PARTY, entry->key, spot_of_key(entry));
        const char *path = arena_format(r->memory, "threats.%s.outside.%s",
                                        threat->label.id, entry->key);
        if (party != TRUCE_NOBODY)
            effects[count++] = (truce_floor_effect){
                party, number_read(r, entry->value, within, NUMBER_ANY, path)};
    }
    threat->outside = effects;
    threat->outside_count = count;
}

static void threat_finish(reader *r, const node *map, around within, void *into)
{
    const node *readings = node_get(map, "readings"),
               *outside = node_get(map, "outside");
    if (readings)
        readings_read(r, readings, into);
    if (outside)
        floor_effects_read(r, outside, within, into);
}

const shape threat_shape = {
    .what = "threat",
    .example = "for example {by: UA, unless: \"ceasefire >= 30-day\", effect: \"new "
               "sanctions\"}",
    .size = sizeof(truce_threat),
    .fields = threat_fields,
    .field_count = COUNT_OF(threat_fields),
    .finish = threat_finish,
};

static const field deadline_fields[] = {
    OPTIONAL(truce_deadline, by, "by", FIELD_PARTY),
    REQUIRED(truce_deadline, at, "at", FIELD_TEXT),
    OPTIONAL(truce_deadline, effect, "effect", FIELD_TEXT),
};

/* Only "day 30" can be placed on the clock: dates are for reading. */
static void deadline_finish(reader *r, const node *map, around within, void *into)
{
    truce_deadline *deadline = into;
    (void)within;
    if (deadline->at == NULL)
        return;
    const char *day = strncmp(deadline->at, "day ", 4) == 0 ? deadline->at + 4 : "";
    deadline->dated = decimal_read(day, strlen(day), &deadline->day) == DECIMAL_OK;
    if (deadline->dated || is_date(deadline->at))
        return;
    const node *at = node_get(map, "at");
    document_error(r->tree, at->place, at->width,
                   "for example \"day 30\" or 2025-05-16",
                   "\"at\" must be a day of the clock or a date, not \"%s\"", at->text);
}

const shape deadline_shape = {
    .what = "deadline",
    .example = "for example {by: US, at: \"day 30\", effect: \"an election\"}",
    .size = sizeof(truce_deadline),
    .fields = deadline_fields,
    .field_count = COUNT_OF(deadline_fields),
    .finish = deadline_finish,
};

/* ---- what happened --------------------------------------------------------------- */

static const field round_fields[] = {
    OPTIONAL(truce_round, title, "title", FIELD_TEXT),
    OPTIONAL(truce_round, place, "place", FIELD_TEXT),
    OPTIONAL(truce_round, date, "date", FIELD_DATE),
    OPTIONAL(truce_round, kind, "kind", FIELD_TEXT),
    OPTIONAL(truce_round, frame, "frame", FIELD_TEXT),
    OPTIONAL(truce_round, parties, "parties", FIELD_PARTIES),
    SPECIAL("positions"),
};

static void round_finish(reader *r, const node *map, around within, void *into)
{
    truce_round *round = into;
    (void)within;
    const node *positions = node_get(map, "positions");
    if (positions == NULL ||
        !node_expect(r, positions, NODE_MAP, "\"positions\"",
                     "for example positions: {UA: {ceasefire: 30-day}}"))
        return;
    truce_position *items = arena_array(r->memory, positions->count, truce_position);
    for (size_t e = 0; e < positions->count; e++) {
        const node_entry *entry = &positions->entries[e];
        if (is_common_key(entry->key))
            continue;
        size_t party = thing_find(r, THING_PARTY, entry->key, spot_of_key(entry));
        truce_settings values = settings_read(r, entry->key, entry->value);
        if (party != TRUCE_NOBODY)
            items[round->position_count++] = (truce_position){party, values};
    }
    round->positions = items;
}

const shape round_shape = {
    .what = "round",
    .example =
        "for example {place: Istanbul, date: 2022-03, kind: talks, parties: [UA, RU]}",
    .size = sizeof(truce_round),
    .fields = round_fields,
    .field_count = COUNT_OF(round_fields),
    .finish = round_finish,
};

static const field observation_fields[] = {
    REQUIRED(truce_observation, offer, "offer", FIELD_SETTINGS),
    OPTIONAL(truce_observation, proposed_by, "proposed-by", FIELD_PARTY),
    OPTIONAL(truce_observation, accepted_by, "accepted-by", FIELD_PARTIES),
    OPTIONAL(truce_observation, refused_by, "refused-by", FIELD_PARTIES),
    OPTIONAL(truce_observation, round, "round", FIELD_ROUND),
    OPTIONAL(truce_observation, reason, "reason", FIELD_TEXT),
};

static bool is_in(const truce_list *list, size_t item)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == item)
            return true;
    return false;
}

static void observation_finish(reader *r, const node *map, around within, void *into)
{
    truce_observation *seen = into;
    (void)within;
    const node *refused = node_get(map, "refused-by");
    for (size_t i = 0; i < seen->refused_by.count; i++)
        if (is_in(&seen->accepted_by, seen->refused_by.items[i]))
            document_error(
                r->tree, refused->place, refused->width, NULL,
                "observation \"%s\" says that one party accepted and refused",
                seen->label.id);
}

const shape observation_shape = {
    .what = "observation",
    .example =
        "for example {offer: {ceasefire: 30-day}, accepted-by: [UA], refused-by: [RU]}",
    .size = sizeof(truce_observation),
    .fields = observation_fields,
    .field_count = COUNT_OF(observation_fields),
    .finish = observation_finish,
};

/* In the order of truce_agreement_state. */
static const char *const states[] = {"agreed", "in-force", "ended", NULL};

_Static_assert(sizeof(truce_agreement_state) == sizeof(unsigned),
               "FIELD_CHOICE writes an unsigned");

static const field agreement_fields[] = {
    OPTIONAL(truce_agreement, round, "round", FIELD_ROUND),
    REQUIRED(truce_agreement, set, "set", FIELD_SETTINGS),
    ONE_OF(truce_agreement, state, "state", FIELD_CHOICE, states),
};

const shape agreement_shape = {
    .what = "agreement",
    .example = "for example {set: {exchange: 1000-for-1000}, state: agreed}",
    .size = sizeof(truce_agreement),
    .fields = agreement_fields,
    .field_count = COUNT_OF(agreement_fields),
};
