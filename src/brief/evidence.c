/* What was said, what rests on it, and what does not fit together.
 *
 * Everything in a scenario that can cite a claim is a thing here, with an id; so "what
 * rests on this claim" and "on what does this rest" are the same table, read in two
 * directions. A thing rests on the claims it cites and on those its facts were promoted
 * from.
 *
 * Disagreements set two things beside each other, in the words of the file, and judge
 * neither. */
#include <truce/brief.h>

#include "base/error.h"
#include "base/names.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

typedef struct thing {
    const char *id;
    const char *other_id; /* "l1" for "rule:l1"; or of what it is a part; or NULL */
    const truce_label *label;
    const truce_list *facts; /* or NULL */
} thing;

typedef struct gathering {
    const truce_scenario *scenario;
    truce_evidence *result;
    const char *of;
    thing *things;
    size_t count, room;
    bool *shown; /* [claim_count] */
    truce_disagreement *disagreements;
    size_t disagreement_count, disagreement_room;
    truce_value *before, *after; /* [issue_count] status quo; with an offer */
    arena work;
} gathering;

static arena *memory_of(gathering *all)
{
    return result_memory(&all->result->finding);
}

/* ---- all that can cite a claim --------------------------------------------------- */

static void add_thing(gathering *all, const char *id, const char *other_id,
                      const truce_label *label, const truce_list *facts)
{
    *grow(all->things, all->count, all->room) = (thing){id, other_id, label, facts};
}

static void add_preferences(gathering *all, const truce_party *party)
{
    const truce_preferences *preferences = &party->preferences;
    const char *id = party->label.id;
    if (!preferences->given)
        return;
    add_thing(all, arena_format(memory_of(all), "preferences:%s", id), id,
              &preferences->label, NULL);
    for (size_t b = 0; b < preferences->bonus_count; b++)
        add_thing(all, preferences->bonuses[b].label.id, id,
                  &preferences->bonuses[b].label, NULL);
    for (size_t r = 0; r < preferences->red_line_count; r++)
        add_thing(all, preferences->red_lines[r].label.id, id,
                  &preferences->red_lines[r].label, NULL);
    if (preferences->outside.given)
        add_thing(all, preferences->outside.label.id, id, &preferences->outside.label,
                  NULL);
}

static void add_parties(gathering *all)
{
    for (size_t p = 0; p < all->scenario->party_count; p++) {
        const truce_party *party = &all->scenario->parties[p];
        add_thing(all, party->label.id, NULL, &party->label, NULL);
        add_preferences(all, party);
    }
}

static void add_rules(gathering *all)
{
    for (size_t r = 0; r < all->scenario->rule_count; r++) {
        const truce_label *label = &all->scenario->rules[r].label;
        add_thing(all, arena_format(memory_of(all), "rule:%s", label->id), label->id,
                  label, NULL);
    }
}

static void add_order(gathering *all)
{
    for (size_t c = 0; c < all->scenario->order_count; c++) {
        const truce_constraint *constraint = &all->scenario->order[c];
        add_thing(all, constraint->label.id, NULL, &constraint->label,
                  &constraint->evidence);
    }
}

/* A section of entries that each begin with their label. */
static void add_section(gathering *all, const void *entries, size_t count, size_t size)
{
    const char *entry = entries;
    for (size_t i = 0; i < count; i++, entry += size) {
        const truce_label *label = (const truce_label *)(const void *)entry;
        add_thing(all, label->id, NULL, label, NULL);
    }
}

static void list_things(gathering *all)
{
    const truce_scenario *of = all->scenario;
    add_section(all, of->facts, of->fact_count, sizeof *of->facts);
    add_parties(all);
    add_section(all, of->delegations, of->delegation_count, sizeof *of->delegations);
    add_section(all, of->issues, of->issue_count, sizeof *of->issues);
    add_section(all, of->demands, of->demand_count, sizeof *of->demands);
    add_rules(all);
    add_section(all, of->steps, of->step_count, sizeof *of->steps);
    add_order(all);
    add_section(all, of->threats, of->threat_count, sizeof *of->threats);
    add_section(all, of->deadlines, of->deadline_count, sizeof *of->deadlines);
    add_section(all, of->rounds, of->round_count, sizeof *of->rounds);
    add_section(all, of->observed, of->observed_count, sizeof *of->observed);
    add_section(all, of->agreements, of->agreement_count, sizeof *of->agreements);
}

/* ---- --of: the claims that one thing rests on ------------------------------------ */

static void show_claims(gathering *all, const truce_list *claims)
{
    for (size_t i = 0; i < claims->count; i++)
        all->shown[claims->items[i]] = true;
}

static void show_grounds_of(gathering *all, const thing *one)
{
    show_claims(all, &one->label->claims);
    for (size_t f = 0; one->facts && f < one->facts->count; f++)
        show_claims(all, &all->scenario->facts[one->facts->items[f]].label.claims);
}

static bool is_called(const thing *one, const char *id)
{
    return strcmp(one->id, id) == 0 ||
           (one->other_id && strcmp(one->other_id, id) == 0);
}

static bool show_things_called(gathering *all, const char *id)
{
    bool found = false;
    for (size_t t = 0; t < all->count; t++)
        if (is_called(&all->things[t], id)) {
            show_grounds_of(all, &all->things[t]);
            found = true;
        }
    return found;
}

static bool show_claims_called(gathering *all, const char *id)
{
    bool found = false;
    for (size_t c = 0; c < all->scenario->claim_count; c++) {
        const truce_claim *claim = &all->scenario->claims[c];
        bool is_source =
            claim->source != TRUCE_NOBODY &&
            strcmp(all->scenario->sources[claim->source].label.id, id) == 0;
        if (is_source || strcmp(claim->label.id, id) == 0)
            all->shown[c] = found = true;
    }
    return found;
}

static bool is_source(const truce_scenario *scenario, const char *id)
{
    for (size_t s = 0; s < scenario->source_count; s++)
        if (strcmp(scenario->sources[s].label.id, id) == 0)
            return true;
    return false;
}

static const char *nearest_id(const gathering *all)
{
    const truce_scenario *scenario = all->scenario;
    names known = {0};
    for (size_t t = 0; t < all->count; t++) {
        names_add(&known, all->things[t].id, 0);
        if (all->things[t].other_id)
            names_add(&known, all->things[t].other_id, 0);
    }
    for (size_t c = 0; c < scenario->claim_count; c++)
        names_add(&known, scenario->claims[c].label.id, 0);
    for (size_t s = 0; s < scenario->source_count; s++)
        names_add(&known, scenario->sources[s].label.id, 0);
    const char *nearest = names_nearest_in(all->of, &known);
    names_free(&known);
    return nearest;
}

static truce_status choose_claims(gathering *all, truce_error *error)
{
    if (all->of == NULL) {
        memset(all->shown, true, all->scenario->claim_count * sizeof *all->shown);
        return TRUCE_OK;
    }
    bool is_thing = show_things_called(all, all->of);
    bool is_claim = show_claims_called(all, all->of);
    if (is_thing || is_claim || is_source(all->scenario, all->of))
        return TRUCE_OK;
    const char *nearest = nearest_id(all);
    return error_say(error, TRUCE_CALL, "nothing is called \"%s\"%s%s%s", all->of,
                     nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                     nearest ? "\"?" : "");
}

/* ---- testimonies ----------------------------------------------------------------- */

/* A thing that rests on a claim. */
typedef struct reliance {
    size_t claim, thing;
} reliance;

typedef struct reliances {
    reliance *items;
    size_t count, room;
} reliances;

static void rely(reliances *all, const truce_list *claims, size_t by)
{
    for (size_t i = 0; i < claims->count; i++)
        *grow(all->items, all->count, all->room) = (reliance){claims->items[i], by};
}

static int compare_reliances(const void *one, const void *other)
{
    const reliance *a = one, *b = other;
    if (a->claim != b->claim)
        return a->claim < b->claim ? -1 : 1;
    return a->thing < b->thing ? -1 : a->thing > b->thing;
}

/* By claim, then in the order of the things. */
static reliances find_reliances(const gathering *all)
{
    reliances found = {0};
    for (size_t t = 0; t < all->count; t++) {
        const thing *one = &all->things[t];
        rely(&found, &one->label->claims, t);
        for (size_t f = 0; one->facts && f < one->facts->count; f++)
            rely(&found, &all->scenario->facts[one->facts->items[f]].label.claims, t);
    }
    if (found.count > 1)
        qsort(found.items, found.count, sizeof *found.items, compare_reliances);
    return found;
}

static bool is_ambiguous(const truce_threat *threat)
{
    return threat->ambiguous || threat->reading_count > 1;
}

static void add_cautions(const truce_scenario *scenario, truce_testimony *testimonies)
{
    for (size_t c = 0; c < scenario->claim_count; c++) {
        const truce_claim *claim = &scenario->claims[c];
        testimonies[c] = (truce_testimony){.claim = c};
        testimonies[c].cautions = (claim->corrected ? TRUCE_CORRECTED : 0u) |
                                  (claim->credibility >= 5 ? TRUCE_DOUBTFUL : 0u) |
                                  (claim->via ? TRUCE_HEARSAY : 0u);
    }
    for (size_t t = 0; t < scenario->threat_count; t++) {
        const truce_list *claims = &scenario->threats[t].label.claims;
        for (size_t i = 0; i < claims->count && is_ambiguous(&scenario->threats[t]);
             i++)
            testimonies[claims->items[i]].cautions |= TRUCE_AMBIGUOUS;
    }
}

static void add_carried(gathering *all, truce_testimony *testimonies)
{
    reliances found = find_reliances(all);
    const char **ids = arena_array(memory_of(all), found.count, const char *);
    for (size_t r = 0; r < found.count; r++) {
        truce_texts *carries = &testimonies[found.items[r].claim].carries;
        const char *id = all->things[found.items[r].thing].id;
        bool is_double =
            r > 0 && compare_reliances(&found.items[r - 1], &found.items[r]) == 0;
        if (is_double)
            continue;
        if (carries->count == 0)
            carries->items = ids;
        carries->count++;
        *ids++ = id;
    }
    free(found.items);
}

/* By source, those without one last; within it, in the order of the file. */
static void put_testimonies(gathering *all, const truce_testimony *by_claim)
{
    const truce_scenario *scenario = all->scenario;
    truce_testimony *sorted =
        arena_array(memory_of(all), scenario->claim_count, truce_testimony);
    size_t count = 0;
    for (size_t s = 0; s <= scenario->source_count; s++) {
        size_t source = s < scenario->source_count ? s : TRUCE_NOBODY;
        for (size_t c = 0; c < scenario->claim_count; c++)
            if (all->shown[c] && scenario->claims[c].source == source)
                sorted[count++] = by_claim[c];
    }
    all->result->testimonies = sorted;
    all->result->count = count;
}

static void find_testimonies(gathering *all)
{
    truce_testimony *by_claim =
        arena_array(&all->work, all->scenario->claim_count, truce_testimony);
    add_cautions(all->scenario, by_claim);
    add_carried(all, by_claim);
    put_testimonies(all, by_claim);
}

/* ---- what does not fit together -------------------------------------------------- */

static void disagree(gathering *all, const char *one, const char *other,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

static void disagree(gathering *all, const char *one, const char *other,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *grow(all->disagreements, all->disagreement_count, all->disagreement_room) =
        (truce_disagreement){one, other,
                             arena_format_v(memory_of(all), format, arguments)};
    va_end(arguments);
}

static const char *speaker_of(const truce_scenario *scenario, const truce_claim *claim)
{
    if (claim->speaker.party != TRUCE_NOBODY)
        return scenario->parties[claim->speaker.party].name;
    if (claim->speaker.text)
        return claim->speaker.text;
    return claim->source == TRUCE_NOBODY ? "a source"
                                         : scenario->sources[claim->source].label.id;
}

static const char *words_of(const truce_claim *claim)
{
    return claim->says ? claim->says : claim->quote ? claim->quote : claim->label.id;
}

/* Two claims that dispute each other are told once. */
static void compare_claims(gathering *all, size_t one)
{
    const truce_scenario *scenario = all->scenario;
    const truce_claim *claim = &scenario->claims[one];
    for (size_t i = 0; i < claim->disputes.count; i++) {
        size_t other = claim->disputes.items[i];
        const truce_claim *disputed = &scenario->claims[other];
        if (other < one && list_holds(&disputed->disputes, one))
            continue;
        if (all->shown[one] || all->shown[other])
            disagree(all, claim->label.id, disputed->label.id, "%s: \"%s\"; %s: \"%s\"",
                     speaker_of(scenario, claim), words_of(claim),
                     speaker_of(scenario, disputed), words_of(disputed));
    }
}

static void tell_correction(gathering *all, size_t c)
{
    const truce_claim *claim = &all->scenario->claims[c];
    const char *id = claim->label.id;
    if (claim->corrected && all->shown[c])
        disagree(all, id,
                 claim->source == TRUCE_NOBODY
                     ? id
                     : all->scenario->sources[claim->source].label.id,
                 "the source says \"%s\"; corrected: \"%s\"", words_of(claim),
                 claim->corrected);
}

/* Whether a thing that cites these claims is to be told of under --of. */
static bool is_told(const gathering *all, const truce_label *label)
{
    if (all->of == NULL || strcmp(label->id, all->of) == 0)
        return true;
    for (size_t i = 0; i < label->claims.count; i++)
        if (all->shown[label->claims.items[i]])
            return true;
    return false;
}

static void tell_contested(gathering *all, const truce_fact *fact)
{
    const truce_list *claims = &fact->label.claims;
    if (fact->contested && is_told(all, &fact->label))
        disagree(all, fact->label.id,
                 claims->count ? all->scenario->claims[claims->items[0]].label.id
                               : fact->label.id,
                 "taken as a fact and contested: \"%s\"",
                 fact->text ? fact->text : fact->label.id);
}

/* Stated, and not kept in practice. */
static void tell_relaxed(gathering *all, const truce_constraint *constraint)
{
    const char *id = constraint->label.id;
    if (!constraint->relaxed || !is_told(all, &constraint->label))
        return;
    for (size_t e = 0; e < constraint->evidence.count; e++) {
        const truce_fact *fact = &all->scenario->facts[constraint->evidence.items[e]];
        disagree(all, id, fact->label.id, "stated: %s before %s; observed: %s",
                 constraint->first.text, constraint->then.text,
                 fact->text ? fact->text : fact->label.id);
    }
    if (constraint->evidence.count == 0)
        disagree(all, id, id, "stated: %s before %s; observed: not kept in practice",
                 constraint->first.text, constraint->then.text);
}

/* ---- what parties say, and what they accepted or refused ------------------------- */

static const char *offer_text(gathering *all, const truce_settings *offer)
{
    const char *text = "";
    for (size_t s = 0; s < offer->count; s++) {
        const truce_issue *issue = &all->scenario->issues[offer->items[s].issue];
        text = arena_format(&all->work, "%s%s%s = %s", text, s ? ", " : "",
                            issue->label.id, issue->values[offer->items[s].value]);
    }
    return text;
}

static bool is_about_offer(const truce_condition *condition,
                           const truce_settings *offer)
{
    for (size_t s = 0; s < offer->count; s++)
        if (truce_condition_mentions(condition, offer->items[s].issue))
            return true;
    return false;
}

static void tell_accepted(gathering *all, const truce_observation *seen, size_t party)
{
    const truce_scenario *scenario = all->scenario;
    const truce_party *who = &scenario->parties[party];
    const char *offer = offer_text(all, &seen->offer);
    for (size_t d = 0; d < scenario->demand_count; d++) {
        const truce_demand *demand = &scenario->demands[d];
        if (demand->by == party && is_about_offer(demand->wants, &seen->offer) &&
            !truce_condition_holds(demand->wants, all->after))
            disagree(all, demand->label.id, seen->label.id,
                     "%s demands %s and accepted %s", who->name,
                     truce_condition_text(demand->wants), offer);
    }
    for (size_t r = 0; r < who->preferences.red_line_count; r++) {
        const truce_red_line *line = &who->preferences.red_lines[r];
        if (is_about_offer(line->condition, &seen->offer) &&
            truce_condition_holds(line->condition, all->after))
            disagree(all, line->label.id, seen->label.id,
                     "%s has a red line at %s and accepted %s", who->name,
                     truce_condition_text(line->condition), offer);
    }
}

static bool meets_all_demands(const gathering *all, const truce_observation *seen,
                              size_t party)
{
    for (size_t d = 0; d < all->scenario->demand_count; d++) {
        const truce_demand *demand = &all->scenario->demands[d];
        if (demand->by == party && is_about_offer(demand->wants, &seen->offer) &&
            !truce_condition_holds(demand->wants, all->after))
            return false;
    }
    return true;
}

/* Refused, though it gives what is demanded there and what the status quo does not
 * give. */
static void tell_refused(gathering *all, const truce_observation *seen, size_t party)
{
    const truce_scenario *scenario = all->scenario;
    if (!meets_all_demands(all, seen, party))
        return;
    const char *offer = offer_text(all, &seen->offer);
    for (size_t d = 0; d < scenario->demand_count; d++) {
        const truce_demand *demand = &scenario->demands[d];
        if (demand->by == party && is_about_offer(demand->wants, &seen->offer) &&
            !truce_condition_holds(demand->wants, all->before))
            disagree(all, demand->label.id, seen->label.id,
                     "%s demands %s and refused an offer that has it: %s",
                     scenario->parties[party].name, truce_condition_text(demand->wants),
                     offer);
    }
}

static void compare_conduct(gathering *all, const truce_observation *seen)
{
    if (!is_told(all, &seen->label))
        return;
    scenario_status_quo(all->scenario, all->after);
    settings_apply(&seen->offer, all->after);
    for (size_t i = 0; i < seen->accepted_by.count; i++)
        tell_accepted(all, seen, seen->accepted_by.items[i]);
    for (size_t i = 0; i < seen->refused_by.count; i++)
        tell_refused(all, seen, seen->refused_by.items[i]);
}

static void find_disagreements(gathering *all)
{
    const truce_scenario *scenario = all->scenario;
    for (size_t c = 0; c < scenario->claim_count; c++)
        compare_claims(all, c);
    for (size_t c = 0; c < scenario->claim_count; c++)
        tell_correction(all, c);
    for (size_t f = 0; f < scenario->fact_count; f++)
        tell_contested(all, &scenario->facts[f]);
    for (size_t c = 0; c < scenario->order_count; c++)
        tell_relaxed(all, &scenario->order[c]);
    for (size_t o = 0; o < scenario->observed_count; o++)
        compare_conduct(all, &scenario->observed[o]);
    all->result->disagreements =
        arena_copy(memory_of(all), all->disagreements,
                   all->disagreement_count * sizeof *all->disagreements);
    all->result->disagreement_count = all->disagreement_count;
}

/* ---- the answer ------------------------------------------------------------------ */

static void find_grounds(gathering *all)
{
    grounds used = grounds_begin(all->scenario);
    for (size_t c = 0; c < all->scenario->claim_count; c++)
        used.claims[c] = all->shown[c];
    for (size_t f = 0; f < all->scenario->fact_count; f++)
        used.facts[f] = is_told(all, &all->scenario->facts[f].label);
    all->result->finding.grounds = grounds_end(&used, memory_of(all));
}

static void gather(gathering *all)
{
    find_testimonies(all);
    find_disagreements(all);
    find_grounds(all);
    all->result->of = arena_text(memory_of(all), all->of);
    result_proved(&all->result->finding,
                  "all claims, and all that cites them, were read");
}

truce_status truce_evidence_find(const truce_scenario *scenario,
                                 const truce_evidence_choices *choices,
                                 const truce_stop *stop, truce_evidence **result,
                                 truce_error *error)
{
    (void)stop; /* it is a matter of reading */
    gathering all = {
        .scenario = scenario,
        .result = result_new(sizeof(truce_evidence), scenario, "evidence"),
        .of = choices ? choices->of : NULL,
    };
    all.shown = arena_array(&all.work, scenario->claim_count, bool);
    all.before = arena_array(&all.work, scenario->issue_count, truce_value);
    all.after = arena_array(&all.work, scenario->issue_count, truce_value);
    scenario_status_quo(scenario, all.before);
    list_things(&all);
    truce_status status = choose_claims(&all, error);
    *result = NULL;
    if (status == TRUCE_OK) {
        gather(&all);
        *result = all.result;
    } else {
        truce_evidence_free(all.result);
    }
    free(all.things);
    free(all.disagreements);
    arena_free(&all.work);
    return status;
}

void truce_evidence_free(truce_evidence *result)
{
    result_free(result ? &result->finding : NULL);
}
