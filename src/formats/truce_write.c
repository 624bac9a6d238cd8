/* A scenario as truce YAML: every section, one entry a line. What is read back is the
 * same scenario, but for comments, layout, and names that were no ids. */
#include "formats/write.h"

#include "base/big.h"
#include "base/decimal.h"
#include "formats/pen.h"
#include "scenario/scenario.h"

#include <string.h>

/* ---- the shape of a section ------------------------------------------------------ */

static void begin_section(pen *p, const char *name, size_t count)
{
    if (count > 0)
        fprintf(p->to, "%s:\n", name);
}

static void begin_entry(pen *p, const char *id)
{
    fputs("  ", p->to);
    pen_put_text(p, id);
    fputs(": ", p->to);
    pen_open(p, '{');
}

static void end_entry(pen *p, const truce_label *label)
{
    pen_label(p, label);
    pen_close(p, '}');
    fputc('\n', p->to);
}

static void put_listed(pen *p, const char *key, truce_list list,
                       const truce_label *(*label)(const truce_scenario *, size_t))
{
    if (list.count == 0)
        return;
    pen_key(p, key);
    pen_open(p, '[');
    for (size_t i = 0; i < list.count; i++) {
        pen_item(p);
        pen_put_text(p, label(p->scenario, list.items[i])->id);
    }
    pen_close(p, ']');
}

static const truce_label *label_of_claim(const truce_scenario *scenario, size_t claim)
{
    return &scenario->claims[claim].label;
}

static const truce_label *label_of_fact(const truce_scenario *scenario, size_t fact)
{
    return &scenario->facts[fact].label;
}

/* ---- sources, claims, facts ------------------------------------------------------ */

static void write_sources(pen *p)
{
    begin_section(p, "sources", p->scenario->source_count);
    for (size_t s = 0; s < p->scenario->source_count; s++) {
        const truce_source *source = &p->scenario->sources[s];
        begin_entry(p, source->label.id);
        pen_text(p, "title", source->title);
        pen_text(p, "kind", source->kind);
        if (source->reliability)
            pen_text(p, "reliability", (char[]){source->reliability, '\0'});
        pen_text(p, "file", source->file);
        pen_text(p, "sha256", source->sha256);
        end_entry(p, &source->label);
    }
}

static void write_claim(pen *p, const truce_claim *claim)
{
    begin_entry(p, claim->label.id);
    if (claim->source != TRUCE_NOBODY)
        pen_text(p, "source", p->scenario->sources[claim->source].label.id);
    pen_text(p, "at", claim->at);
    pen_text(p, "speaker", claim->speaker.text);
    pen_text(p, "via", claim->via);
    pen_party(p, "about", claim->about);
    pen_text(p, "subject", claim->subject);
    if (claim->credibility)
        pen_text(p, "credibility", (char[]){(char)('0' + claim->credibility), '\0'});
    pen_text(p, "says", claim->says);
    pen_text(p, "quote", claim->quote);
    pen_text(p, "corrected", claim->corrected);
    pen_text(p, "date", claim->date);
    put_listed(p, "disputes", claim->disputes, label_of_claim);
    end_entry(p, &claim->label);
}

static void write_facts(pen *p)
{
    begin_section(p, "facts", p->scenario->fact_count);
    for (size_t f = 0; f < p->scenario->fact_count; f++) {
        const truce_fact *fact = &p->scenario->facts[f];
        truce_label rest = fact->label;
        begin_entry(p, fact->label.id);
        pen_text(p, "text", fact->text);
        put_listed(p, "from", fact->label.claims, label_of_claim);
        rest.claims = (truce_list){0};
        pen_text(p, "by", fact->by);
        pen_yes(p, "contested", fact->contested);
        end_entry(p, &rest);
    }
}

static void write_evidence(pen *p)
{
    write_sources(p);
    begin_section(p, "claims", p->scenario->claim_count);
    for (size_t c = 0; c < p->scenario->claim_count; c++)
        write_claim(p, &p->scenario->claims[c]);
    write_facts(p);
}

/* ---- who ------------------------------------------------------------------------- */

static void write_parties(pen *p)
{
    begin_section(p, "parties", p->scenario->party_count);
    for (size_t i = 0; i < p->scenario->party_count; i++) {
        const truce_party *party = &p->scenario->parties[i];
        begin_entry(p, p->party_ids[i]);
        if (strcmp(party->name, p->party_ids[i]) != 0)
            pen_text(p, "name", party->name);
        pen_text(p, "role", truce_role_name(party->role));
        pen_parties(p, "supports", party->supports);
        if (party->consents_to_all)
            pen_text(p, "consent", "all");
        else
            pen_terms(p, "consent", party->consent);
        end_entry(p, &party->label);
    }
}

static void write_delegations(pen *p)
{
    begin_section(p, "delegations", p->scenario->delegation_count);
    for (size_t d = 0; d < p->scenario->delegation_count; d++) {
        const truce_delegation *delegation = &p->scenario->delegations[d];
        begin_entry(p, delegation->label.id);
        pen_party(p, "of", delegation->of);
        pen_text(p, "name", delegation->name);
        pen_text(p, "head", delegation->head);
        pen_text(p, "level", delegation->level);
        pen_terms(p, "may-sign", delegation->may_sign);
        pen_terms(p, "ad-referendum", delegation->ad_referendum);
        end_entry(p, &delegation->label);
    }
}

static void write_process(pen *p)
{
    const truce_process *process = &p->scenario->process;
    if (!process->given)
        return;
    fputs("process: ", p->to);
    pen_open(p, '{');
    pen_text(p, "track", process->track);
    pen_text(p, "format", process->format);
    pen_text(p, "venue", process->venue);
    pen_text(p, "note", process->note);
    pen_close(p, '}');
    fputc('\n', p->to);
}

/* ---- issues ---------------------------------------------------------------------- */

static wide at_nine_decimals(truce_decimal value)
{
    return (wide)value.digits * decimal_power(9 - value.scale);
}

/* Can the values be written as from, to and step? All with at most 9 digits on each
 * side, and equally far from each other. */
static bool is_scale(const truce_issue *issue)
{
    const truce_decimal *numbers = issue->numbers;
    const wide most = (wide)decimal_power(18);
    if (!issue->numeric || issue->value_count < 2)
        return false;
    for (size_t v = 0; v < issue->value_count; v++) {
        if (numbers[v].scale > 9)
            return false;
        wide here = at_nine_decimals(numbers[v]);
        wide step = at_nine_decimals(numbers[1]) - at_nine_decimals(numbers[0]);
        if (here >= most || here <= -most || step <= 0 ||
            (v > 0 && here - at_nine_decimals(numbers[v - 1]) != step))
            return false;
    }
    return true;
}

static void put_scale(pen *p, const truce_issue *issue)
{
    const truce_decimal *numbers = issue->numbers;
    pen_key(p, "from");
    pen_put_decimal(p, numbers[0]);
    pen_key(p, "to");
    pen_put_decimal(p, numbers[issue->value_count - 1]);
    pen_key(p, "step");
    pen_put_decimal(p, decimal_add(numbers[1], numbers[0], -1));
}

static void put_values(pen *p, const truce_issue *issue)
{
    if (issue->ordered)
        pen_yes(p, "ordered", true);
    pen_key(p, "values");
    pen_open(p, '[');
    for (size_t v = 0; v < issue->value_count; v++) {
        pen_item(p);
        pen_put_text(p, issue->values[v]);
    }
    pen_close(p, ']');
}

static void write_issues(pen *p)
{
    begin_section(p, "issues", p->scenario->issue_count);
    for (size_t i = 0; i < p->scenario->issue_count; i++) {
        const truce_issue *issue = &p->scenario->issues[i];
        begin_entry(p, p->issue_ids[i]);
        if (strcmp(issue->title, p->issue_ids[i]) != 0)
            pen_text(p, "title", issue->title);
        if (is_scale(issue))
            put_scale(p, issue);
        else
            put_values(p, issue);
        if (issue->status_quo != 0)
            pen_text(p, "status-quo", issue->values[issue->status_quo]);
        pen_parties(p, "by", issue->by);
        end_entry(p, &issue->label);
    }
}

/* ---- preferences: one key a line ------------------------------------------------- */

static void begin_part(pen *p, const char *key)
{
    fprintf(p->to, "    %s: ", key);
    p->begun = false;
}

static void end_part(pen *p)
{
    fputc('\n', p->to);
}

static void write_weights(pen *p, const truce_preferences *preferences)
{
    begin_part(p, "weights");
    pen_open(p, '{');
    for (size_t i = 0; i < p->scenario->issue_count; i++)
        pen_number(p, p->issue_ids[i], &preferences->weights[i]);
    pen_close(p, '}');
    end_part(p);
}

static bool are_all_given(const truce_worths *worths)
{
    for (size_t v = 0; v < worths->count; v++)
        if (!worths->items[v].given)
            return false;
    return true;
}

static void put_worths(pen *p, const truce_issue *issue, const truce_worths *worths)
{
    static const char *const ends[] = {"from", "to"};
    bool is_list = !worths->linear && are_all_given(worths);
    pen_open(p, is_list ? '[' : '{');
    for (size_t v = 0; v < worths->count; v++) {
        if (!is_list) {
            pen_number(p, worths->linear ? ends[v] : issue->values[v],
                       &worths->items[v]);
            continue;
        }
        pen_item(p);
        pen_put_number(p, &worths->items[v]);
    }
    pen_close(p, is_list ? ']' : '}');
}

static void write_worths(pen *p, const truce_preferences *preferences)
{
    bool divided = false;
    begin_part(p, "worth");
    pen_open(p, '{');
    for (size_t i = 0; i < p->scenario->issue_count; i++) {
        const truce_worths *worths = &preferences->worths[i];
        divided = divided || worths->out_of.digits != 0;
        if (worths->count == 0)
            continue;
        pen_key(p, p->issue_ids[i]);
        put_worths(p, &p->scenario->issues[i], worths);
    }
    pen_close(p, '}');
    end_part(p);
    if (!divided)
        return;
    begin_part(p, "out-of");
    pen_open(p, '{');
    for (size_t i = 0; i < p->scenario->issue_count; i++) {
        if (preferences->worths[i].out_of.digits == 0)
            continue;
        pen_key(p, p->issue_ids[i]);
        pen_put_decimal(p, preferences->worths[i].out_of);
    }
    pen_close(p, '}');
    end_part(p);
}

static void begin_item(pen *p)
{
    fputs("      - ", p->to);
    pen_open(p, '{');
}

static void write_bonuses(pen *p, const truce_preferences *preferences)
{
    if (preferences->bonus_out_of.digits != 0) {
        begin_part(p, "bonus-out-of");
        pen_put_decimal(p, preferences->bonus_out_of);
        end_part(p);
    }
    if (preferences->bonus_count > 0)
        fputs("    bonus:\n", p->to);
    for (size_t b = 0; b < preferences->bonus_count; b++) {
        const truce_bonus *bonus = &preferences->bonuses[b];
        begin_item(p);
        pen_condition(p, "if", bonus->condition);
        pen_number(p, "worth", &bonus->worth);
        end_entry(p, &bonus->label);
    }
    if (preferences->red_line_count > 0)
        fputs("    red-lines:\n", p->to);
    for (size_t l = 0; l < preferences->red_line_count; l++) {
        begin_item(p);
        pen_condition(p, "if", preferences->red_lines[l].condition);
        end_entry(p, &preferences->red_lines[l].label);
    }
}

static truce_settings settings_of_bid(pen *p, const truce_value *bid)
{
    size_t issues = p->scenario->issue_count;
    truce_setting *items = arena_array(p->memory, issues, truce_setting);
    for (size_t i = 0; i < issues; i++)
        items[i] = (truce_setting){i, bid[i]};
    return (truce_settings){items, issues};
}

static void write_outside(pen *p, const truce_outside *outside)
{
    if (!outside->given)
        return;
    begin_part(p, "outside");
    pen_open(p, '{');
    if (outside->bid)
        pen_settings(p, "outcome", settings_of_bid(p, outside->bid));
    else {
        pen_key(p, "worth");
        pen_put_decimal(p, outside->worth.mode);
    }
    if (outside->worth.ranged) {
        pen_key(p, "low");
        pen_put_decimal(p, outside->worth.low);
        pen_key(p, "high");
        pen_put_decimal(p, outside->worth.high);
    }
    pen_number(p, "per-30-days", &outside->per_30_days);
    end_entry(p, &outside->label);
}

static void write_number(pen *p, const char *key, const truce_number *number)
{
    if (!number->given)
        return;
    begin_part(p, key);
    pen_put_number(p, number);
    end_part(p);
}

/* What most numbers of a party rest on is said once. */
static void write_basis(pen *p, const truce_label *label)
{
    p->basis = label->basis ? (char)label->basis : TRUCE_BASIS_ASSUMED;
    fprintf(p->to, "    basis: %c\n", p->basis);
    if (label->note || label->claims.count || label->visibility.kind != TRUCE_SHARED) {
        truce_label rest = *label;
        rest.basis = (truce_basis)p->basis;
        fputs("    ", p->to);
        p->begun = false;
        pen_label(p, &rest);
    }
}

static void write_preferences_of(pen *p, size_t party)
{
    const truce_preferences *preferences = &p->scenario->parties[party].preferences;
    fputs("  ", p->to);
    pen_put_text(p, p->party_ids[party]);
    fputs(":\n", p->to);
    write_basis(p, &preferences->label);
    if (preferences->sum_as_given)
        fputs("    sum: as-given\n", p->to);
    if (preferences->weights) {
        write_weights(p, preferences);
        write_worths(p, preferences);
    }
    write_bonuses(p, preferences);
    write_outside(p, &preferences->outside);
    write_number(p, "cap", &preferences->cap);
    write_number(p, "discount", &preferences->discount);
    p->basis = 0;
}

static void write_preferences(pen *p)
{
    bool begun = false;
    for (size_t i = 0; i < p->scenario->party_count; i++) {
        if (!p->scenario->parties[i].preferences.given)
            continue;
        begin_section(p, "preferences", !begun);
        begun = true;
        write_preferences_of(p, i);
    }
}

/* ---- demands, rules, order ------------------------------------------------------- */

static void put_owner(pen *p, size_t party)
{
    pen_text(p, "by", party == TRUCE_NOBODY ? "logic" : p->party_ids[party]);
}

static void write_demands_and_rules(pen *p)
{
    begin_section(p, "demands", p->scenario->demand_count);
    for (size_t d = 0; d < p->scenario->demand_count; d++) {
        const truce_demand *demand = &p->scenario->demands[d];
        begin_entry(p, demand->label.id);
        pen_party(p, "by", demand->by);
        pen_condition(p, "wants", demand->wants);
        pen_text(p, "strength", demand->strength);
        end_entry(p, &demand->label);
    }
    begin_section(p, "rules", p->scenario->rule_count);
    for (size_t r = 0; r < p->scenario->rule_count; r++) {
        const truce_rule *rule = &p->scenario->rules[r];
        begin_entry(p, rule->label.id);
        put_owner(p, rule->by);
        pen_condition(p, "if", rule->given);
        pen_condition(p, "then", rule->then);
        end_entry(p, &rule->label);
    }
}

static void write_order(pen *p)
{
    begin_section(p, "steps", p->scenario->step_count);
    for (size_t s = 0; s < p->scenario->step_count; s++) {
        const truce_step *step = &p->scenario->steps[s];
        begin_entry(p, step->label.id);
        pen_text(p, "title", step->title);
        pen_issues(p, "issues", step->issues);
        pen_yes(p, "done", step->done);
        end_entry(p, &step->label);
    }
    begin_section(p, "order", p->scenario->order_count);
    for (size_t o = 0; o < p->scenario->order_count; o++) {
        const truce_constraint *constraint = &p->scenario->order[o];
        begin_entry(p, constraint->label.id);
        put_owner(p, constraint->by);
        pen_text(p, "first", constraint->first.text);
        pen_text(p, "then", constraint->then.text);
        pen_text(p, "strength", constraint->strength);
        pen_text(p, "observed", constraint->relaxed ? "relaxed" : NULL);
        put_listed(p, "evidence", constraint->evidence, label_of_fact);
        end_entry(p, &constraint->label);
    }
}

/* ---- threats, deadlines ---------------------------------------------------------- */

static void put_readings(pen *p, const truce_threat *threat)
{
    if (threat->reading_count == 0)
        return;
    pen_key(p, "readings");
    pen_open(p, '[');
    for (size_t r = 0; r < threat->reading_count; r++) {
        const truce_settings *reading = &threat->readings[r];
        pen_item(p);
        pen_open(p, '{');
        for (size_t s = 0; s < reading->count; s++) {
            const truce_setting *set = &reading->items[s];
            pen_text(p, p->issue_ids[set->issue],
                     p->scenario->issues[set->issue].values[set->value]);
        }
        pen_close(p, '}');
    }
    pen_close(p, ']');
}

static void put_effects(pen *p, const truce_threat *threat)
{
    if (threat->outside_count == 0)
        return;
    pen_key(p, "outside");
    pen_open(p, '{');
    for (size_t e = 0; e < threat->outside_count; e++)
        pen_number(p, p->party_ids[threat->outside[e].party],
                   &threat->outside[e].change);
    pen_close(p, '}');
}

static void write_threats(pen *p)
{
    begin_section(p, "threats", p->scenario->threat_count);
    for (size_t t = 0; t < p->scenario->threat_count; t++) {
        const truce_threat *threat = &p->scenario->threats[t];
        begin_entry(p, threat->label.id);
        pen_party(p, "by", threat->by);
        pen_parties(p, "asks", threat->asks);
        pen_condition(p, "unless", threat->unless);
        pen_text(p, "if", threat->trigger);
        pen_text(p, "effect", threat->effect);
        pen_text(p, "ambiguous", threat->ambiguous);
        put_readings(p, threat);
        p->basis = (char)threat->label.basis;
        put_effects(p, threat);
        p->basis = 0;
        end_entry(p, &threat->label);
    }
    begin_section(p, "deadlines", p->scenario->deadline_count);
    for (size_t d = 0; d < p->scenario->deadline_count; d++) {
        const truce_deadline *deadline = &p->scenario->deadlines[d];
        begin_entry(p, deadline->label.id);
        pen_party(p, "by", deadline->by);
        pen_text(p, "at", deadline->at);
        pen_text(p, "effect", deadline->effect);
        end_entry(p, &deadline->label);
    }
}

/* ---- what happened --------------------------------------------------------------- */

static void put_positions(pen *p, const truce_round *meeting)
{
    if (meeting->position_count == 0)
        return;
    pen_key(p, "positions");
    pen_open(p, '{');
    for (size_t k = 0; k < meeting->position_count; k++)
        pen_settings(p, p->party_ids[meeting->positions[k].party],
                     meeting->positions[k].values);
    pen_close(p, '}');
}

static void write_rounds(pen *p)
{
    begin_section(p, "rounds", p->scenario->round_count);
    for (size_t r = 0; r < p->scenario->round_count; r++) {
        const truce_round *meeting = &p->scenario->rounds[r];
        begin_entry(p, meeting->label.id);
        pen_text(p, "title", meeting->title);
        pen_text(p, "place", meeting->place);
        pen_text(p, "date", meeting->date);
        pen_text(p, "kind", meeting->kind);
        pen_text(p, "frame", meeting->frame);
        pen_parties(p, "parties", meeting->parties);
        put_positions(p, meeting);
        end_entry(p, &meeting->label);
    }
}

static void put_round(pen *p, size_t meeting)
{
    if (meeting != TRUCE_NOBODY)
        pen_text(p, "round", p->scenario->rounds[meeting].label.id);
}

static void write_conduct(pen *p)
{
    static const char *const states[] = {"agreed", "in-force", "ended"};
    begin_section(p, "observed", p->scenario->observed_count);
    for (size_t o = 0; o < p->scenario->observed_count; o++) {
        const truce_observation *seen = &p->scenario->observed[o];
        begin_entry(p, seen->label.id);
        pen_settings(p, "offer", seen->offer);
        pen_party(p, "proposed-by", seen->proposed_by);
        pen_parties(p, "accepted-by", seen->accepted_by);
        pen_parties(p, "refused-by", seen->refused_by);
        put_round(p, seen->round);
        pen_text(p, "reason", seen->reason);
        end_entry(p, &seen->label);
    }
    begin_section(p, "agreements", p->scenario->agreement_count);
    for (size_t a = 0; a < p->scenario->agreement_count; a++) {
        const truce_agreement *agreement = &p->scenario->agreements[a];
        begin_entry(p, agreement->label.id);
        put_round(p, agreement->round);
        pen_settings(p, "set", agreement->set);
        pen_text(p, "state", states[agreement->state]);
        end_entry(p, &agreement->label);
    }
}

/* ---- the whole ------------------------------------------------------------------- */

static void write_line(pen *p, const char *key, const char *text)
{
    if (text == NULL)
        return;
    fprintf(p->to, "%s: ", key);
    pen_put_text(p, text);
    fputc('\n', p->to);
}

static void write_head(pen *p, const char *id)
{
    const truce_scenario *scenario = p->scenario;
    if (scenario->real_steps > 0)
        fprintf(p->to,
                "# Issues that take any number have %zu steps from end to end here.\n",
                scenario->real_steps);
    fputs("truce: 1\n", p->to);
    write_line(p, "id", id);
    const char *title = scenario->title ? scenario->title : scenario->id;
    write_line(p, "title", strcmp(title, id) != 0 ? title : NULL);
    write_line(p, "note", scenario->note);
    fputs("clock: {unit: day, now: ", p->to);
    pen_put_decimal(p, scenario->clock.now);
    fputs(", zone: ", p->to);
    pen_put_text(p, scenario->clock.zone ? scenario->clock.zone : "UTC");
    fputs("}\n", p->to);
}

static const char *const *ids_of_parties(arena *memory, const truce_scenario *scenario)
{
    const char **ids = arena_array(memory, scenario->party_count, const char *);
    for (size_t i = 0; i < scenario->party_count; i++)
        ids[i] = scenario->parties[i].label.id;
    return ids_of_names(memory, ids, scenario->party_count);
}

static const char *const *ids_of_issues(arena *memory, const truce_scenario *scenario)
{
    const char **ids = arena_array(memory, scenario->issue_count, const char *);
    for (size_t i = 0; i < scenario->issue_count; i++)
        ids[i] = scenario->issues[i].label.id;
    return ids_of_names(memory, ids, scenario->issue_count);
}

void truce_write(writing *work, const truce_scenario *scenario)
{
    arena *memory = writing_memory(work);
    const char *id = ids_of_names(memory, &scenario->id, 1)[0];
    pen p = {.to = writing_file(work, writing_name(work, id, ".truce.yaml")),
             .memory = memory,
             .scenario = scenario,
             .party_ids = ids_of_parties(memory, scenario),
             .issue_ids = ids_of_issues(memory, scenario)};
    write_head(&p, id);
    write_evidence(&p);
    write_parties(&p);
    write_delegations(&p);
    write_process(&p);
    write_issues(&p);
    write_preferences(&p);
    write_demands_and_rules(&p);
    write_order(&p);
    write_threats(&p);
    write_rounds(&p);
    write_conduct(&p);
    writing_lose_plans(work, scenario);
}
