/* Texts are joined in an arena; nothing here decides anything but how to say it. */
#include "report/words.h"

#include "base/decimal.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS_READ = 18 }; /* a longer number says nothing to a person */

/* 11664 as 11,664. */
static const char *grouped(arena *memory, const char *digits)
{
    size_t length = strlen(digits);
    char *text = arena_take(memory, length + length / 3 + 1), *at = text;
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    return text;
}

static const char *whole_number(arena *memory, const char *digits)
{
    size_t length = strlen(digits);
    if (length <= DIGITS_READ)
        return grouped(memory, digits);
    return arena_format(memory, "about %c.%.2s x 10^%zu", digits[0], digits + 1,
                        length - 1);
}

const char *count_words(arena *memory, truce_count count)
{
    if (count.exact != NULL)
        return whole_number(memory, count.exact);
    if (count.low == NULL || count.high == NULL)
        return "unknown";
    return arena_format(memory, "between %s and %s", whole_number(memory, count.low),
                        whole_number(memory, count.high));
}

bool count_is(truce_count count, const char *number)
{
    return count.exact != NULL && strcmp(count.exact, number) == 0;
}

const char *size_words(arena *memory, size_t count)
{
    return grouped(memory, arena_format(memory, "%zu", count));
}

const char *counted(arena *memory, size_t count, const char *one, const char *plural)
{
    return arena_format(memory, "%s %s", size_words(memory, count),
                        count == 1 ? one : plural);
}

const char *some(arena *memory, size_t count, const char *one, const char *plural)
{
    return count == 0 ? arena_format(memory, "no %s", plural)
                      : counted(memory, count, one, plural);
}

enum { SMALL_SCALE = 10 };

const char *utility_words(arena *memory, double value, double scale)
{
    if (isnan(value))
        return "-";
    return arena_format(memory, "%.*f", fabs(scale) <= SMALL_SCALE ? 4 : 1,
                        value == 0 ? 0.0 : value);
}

const char *fine_words(arena *memory, double value, double scale)
{
    if (isnan(value))
        return "-";
    return arena_format(memory, "%.*f", fabs(scale) <= SMALL_SCALE ? 4 : 2,
                        value == 0 ? 0.0 : value);
}

const char *change_words(arena *memory, double value)
{
    if (isnan(value))
        return "-";
    if (value == 0)
        return "0";
    return arena_format(memory, fabs(value) < 1 ? "%+.2g" : "%+.1f", value);
}

const char *number_words(arena *memory, double value)
{
    return isnan(value) ? "-" : arena_format(memory, "%.6g", value == 0 ? 0.0 : value);
}

const char *scenario_called(const truce_scenario *scenario)
{
    return scenario->title ? scenario->title : scenario->id;
}

const char *party_called(const truce_scenario *scenario, size_t party)
{
    const truce_party *one = &scenario->parties[party];
    return strchr(one->name, ',') == NULL ? one->name : one->label.id;
}

const char *whose(arena *memory, const truce_scenario *scenario, size_t party)
{
    const char *name = party_called(scenario, party);
    size_t length = strlen(name);
    bool hisses = length > 0 && name[length - 1] == 's';
    return arena_format(memory, "%s%s", name, hisses ? "'" : "'s");
}

const char *owner_called(const truce_scenario *scenario, size_t party)
{
    return party == TRUCE_NOBODY ? "logic" : party_called(scenario, party);
}

const char *owner_id(const truce_scenario *scenario, size_t party)
{
    return party == TRUCE_NOBODY ? "logic" : scenario->parties[party].label.id;
}

static const char *joined(arena *memory, const char *const *texts, size_t count,
                          const char *between, const char *last)
{
    size_t length = 1;
    for (size_t i = 0; i < count; i++)
        length += strlen(texts[i]) + strlen(between) + strlen(last);
    char *text = arena_take(memory, length), *at = text;
    for (size_t i = 0; i < count; i++)
        at += sprintf(at, "%s%s",
                      i == 0          ? ""
                      : i + 1 < count ? between
                                      : last,
                      texts[i]);
    return text;
}

const char *join(arena *memory, const char *const *texts, size_t count,
                 const char *last)
{
    return joined(memory, texts, count, ", ", last);
}

const char *join_by(arena *memory, const char *const *texts, size_t count,
                    const char *between)
{
    return joined(memory, texts, count, between, between);
}

const char *join_ids(arena *memory, truce_texts ids)
{
    return join(memory, ids.items, ids.count, ", ");
}

const char *join_parties(arena *memory, const truce_scenario *scenario,
                         truce_list parties)
{
    const char **texts = arena_array(memory, parties.count, const char *);
    for (size_t i = 0; i < parties.count; i++)
        texts[i] = party_called(scenario, parties.items[i]);
    return join(memory, texts, parties.count, " and ");
}

const char *join_party_ids(arena *memory, const truce_scenario *scenario,
                           truce_list parties)
{
    const char **texts = arena_array(memory, parties.count, const char *);
    for (size_t i = 0; i < parties.count; i++)
        texts[i] = scenario->parties[parties.items[i]].label.id;
    return join(memory, texts, parties.count, ", ");
}

static const char *setting_words(arena *memory, const truce_scenario *scenario,
                                 size_t issue, truce_value value)
{
    const truce_issue *one = &scenario->issues[issue];
    return arena_format(memory, "%s" NBSP "=" NBSP "%s", one->label.id,
                        one->values[value]);
}

static const char *settings_by(arena *memory, const truce_scenario *scenario,
                               truce_settings settings, const char *between)
{
    const char **texts = arena_array(memory, settings.count, const char *);
    for (size_t i = 0; i < settings.count; i++)
        texts[i] = setting_words(memory, scenario, settings.items[i].issue,
                                 settings.items[i].value);
    return join_by(memory, texts, settings.count, between);
}

const char *settings_words(arena *memory, const truce_scenario *scenario,
                           truce_settings settings)
{
    return settings_by(memory, scenario, settings, ", ");
}

const char *package_words(arena *memory, const truce_scenario *scenario,
                          truce_settings settings)
{
    return settings_by(memory, scenario, settings, " with ");
}

const char *outcome_words(arena *memory, const truce_scenario *scenario,
                          const truce_value *outcome)
{
    truce_value *today = arena_array(memory, scenario->issue_count, truce_value);
    const char **texts = arena_array(memory, scenario->issue_count, const char *);
    size_t count = 0;
    truce_scenario_today(scenario, today);
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (outcome[i] != today[i])
            texts[count++] = setting_words(memory, scenario, i, outcome[i]);
    return count == 0 ? "nothing changes" : join(memory, texts, count, ", ");
}

const char *claim_ids(arena *memory, const truce_scenario *scenario, truce_list claims)
{
    const char **texts = arena_array(memory, claims.count, const char *);
    for (size_t i = 0; i < claims.count; i++)
        texts[i] = scenario->claims[claims.items[i]].label.id;
    return join(memory, texts, claims.count, ", ");
}

const char *drawn_from(arena *memory, const truce_scenario *scenario,
                       const truce_label *label)
{
    return label->claims.count == 0 ? "inferred"
                                    : claim_ids(memory, scenario, label->claims);
}

const truce_demand *demand_called(const truce_scenario *scenario, const char *id)
{
    for (size_t d = 0; d < scenario->demand_count; d++)
        if (strcmp(scenario->demands[d].label.id, id) == 0)
            return &scenario->demands[d];
    return NULL;
}

const char *unbroken(arena *memory, const char *text)
{
    enum { KEPT_WHOLE = 32 };
    if (text_width(text, strlen(text)) > KEPT_WHOLE)
        return text;
    char *copy = arena_take(memory, strlen(text) * strlen(NBSP) + 1), *at = copy;
    for (; *text != '\0'; text++)
        at += *text == ' ' ? sprintf(at, NBSP) : sprintf(at, "%c", *text);
    return copy;
}

const char *quoted(arena *memory, const char *text)
{
    return arena_format(memory, "\"%s\"", unbroken(memory, text));
}

static const truce_red_line *red_line_called(const truce_scenario *scenario,
                                             const char *id, size_t *party)
{
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *preferences = &scenario->parties[p].preferences;
        *party = p;
        for (size_t r = 0; r < preferences->red_line_count; r++)
            if (strcmp(preferences->red_lines[r].label.id, id) == 0)
                return &preferences->red_lines[r];
    }
    return NULL;
}

static const truce_outside *floor_called(const truce_scenario *scenario, const char *id,
                                         size_t *party)
{
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_outside *outside = &scenario->parties[p].preferences.outside;
        *party = p;
        if (outside->given && strcmp(outside->label.id, id) == 0)
            return outside;
    }
    return NULL;
}

/* Rules are called "rule:l1" where they stand beside other constraints. */
static const truce_rule *rule_called(const truce_scenario *scenario, const char *id)
{
    const char *bare = strncmp(id, "rule:", 5) == 0 ? id + 5 : id;
    for (size_t r = 0; r < scenario->rule_count; r++)
        if (strcmp(scenario->rules[r].label.id, bare) == 0 ||
            strcmp(scenario->rules[r].label.id, id) == 0)
            return &scenario->rules[r];
    return NULL;
}

static const char *floor_words(arena *memory, const truce_outside *outside)
{
    if (outside->bid != NULL)
        return "outside option";
    return arena_format(memory, "outside option, worth %s",
                        decimal_text(memory, outside->worth.mode));
}

static const char *rule_words(arena *memory, const truce_rule *rule)
{
    return arena_format(memory, "if %s then %s",
                        unbroken(memory, truce_condition_text(rule->given)),
                        unbroken(memory, truce_condition_text(rule->then)));
}

const char *member_words(arena *memory, const truce_scenario *scenario, const char *id)
{
    size_t party;
    const truce_demand *demand = demand_called(scenario, id);
    if (demand != NULL)
        return quoted(memory, truce_condition_text(demand->wants));
    const truce_red_line *red_line = red_line_called(scenario, id, &party);
    if (red_line != NULL)
        return arena_format(memory, "never %s",
                            quoted(memory, truce_condition_text(red_line->condition)));
    const truce_outside *outside = floor_called(scenario, id, &party);
    if (outside != NULL)
        return floor_words(memory, outside);
    const truce_rule *rule = rule_called(scenario, id);
    return rule != NULL ? rule_words(memory, rule) : id;
}

static const char *demand_words(arena *memory, const truce_scenario *scenario,
                                const truce_demand *demand)
{
    return arena_format(
        memory, "%s demand %s (%s)", whose(memory, scenario, demand->by),
        quoted(memory, truce_condition_text(demand->wants)), demand->label.id);
}

static const char *constraint_words(arena *memory, const truce_scenario *scenario,
                                    const char *id)
{
    for (size_t o = 0; o < scenario->order_count; o++) {
        const truce_constraint *one = &scenario->order[o];
        if (strcmp(one->label.id, id) == 0)
            return arena_format(memory, "\"first %s, then %s\" (%s, %s)",
                                stage_words(memory, scenario, &one->first),
                                stage_words(memory, scenario, &one->then), id,
                                owner_called(scenario, one->by));
    }
    return NULL;
}

static const char *number_path(arena *memory, const char *id)
{
    return strchr(id, '.') != NULL ? arena_format(memory, "the number %s", id) : id;
}

const char *thing_words(arena *memory, const truce_scenario *scenario, const char *id)
{
    size_t party;
    const truce_demand *demand = demand_called(scenario, id);
    if (demand != NULL)
        return demand_words(memory, scenario, demand);
    const truce_red_line *red_line = red_line_called(scenario, id, &party);
    if (red_line != NULL)
        return arena_format(
            memory, "%s red line %s (%s)", whose(memory, scenario, party),
            quoted(memory, truce_condition_text(red_line->condition)), id);
    const truce_outside *outside = floor_called(scenario, id, &party);
    if (outside != NULL)
        return arena_format(memory, "%s %s (%s)", whose(memory, scenario, party),
                            floor_words(memory, outside), id);
    const truce_rule *rule = rule_called(scenario, id);
    if (rule != NULL)
        return arena_format(memory, "%s rule \"%s\" (%s)",
                            rule->by == TRUCE_NOBODY
                                ? "the logical"
                                : whose(memory, scenario, rule->by),
                            rule_words(memory, rule), id);
    const char *text = constraint_words(memory, scenario, id);
    return text == NULL ? number_path(memory, id) : text;
}

const char *join_things(arena *memory, const truce_scenario *scenario, truce_texts ids)
{
    const char **texts = arena_array(memory, ids.count, const char *);
    for (size_t i = 0; i < ids.count; i++)
        texts[i] = thing_words(memory, scenario, ids.items[i]);
    return join(memory, texts, ids.count, " and ");
}

const char *stage_words(arena *memory, const truce_scenario *scenario,
                        const truce_stage *stage)
{
    if (stage->step != TRUCE_NOBODY && scenario->steps[stage->step].title != NULL)
        return scenario->steps[stage->step].title;
    return unbroken(memory, stage->text);
}
