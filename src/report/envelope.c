/* The head and foot are the same for every question, so that a program can read any
 * answer without knowing which question it answers. */
#include "report/envelope.h"

void field_text(json *to, const char *key, const char *text)
{
    json_key(to, key);
    json_text(to, text);
}

void field_bool(json *to, const char *key, bool value)
{
    json_key(to, key);
    json_bool(to, value);
}

void field_integer(json *to, const char *key, size_t value)
{
    json_key(to, key);
    json_integer(to, (int64_t)value);
}

void field_index(json *to, const char *key, size_t index)
{
    json_key(to, key);
    if (index == TRUCE_NOBODY)
        json_null(to);
    else
        json_integer(to, (int64_t)index);
}

void field_count(json *to, const char *key, truce_count count)
{
    field_text(to, key, count.exact);
    if (count.exact != NULL)
        return;
    char between[80];
    snprintf(between, sizeof between, "%s_between", key);
    json_key(to, between);
    json_array(to);
    json_text(to, count.low);
    json_text(to, count.high);
    json_end(to);
}

void field_texts(json *to, const char *key, truce_texts texts)
{
    json_key(to, key);
    json_array(to);
    for (size_t i = 0; i < texts.count; i++)
        json_text(to, texts.items[i]);
    json_end(to);
}

void field_parties(json *to, const char *key, const truce_scenario *scenario,
                   truce_list list)
{
    json_key(to, key);
    json_array(to);
    for (size_t i = 0; i < list.count; i++)
        json_text(to, scenario->parties[list.items[i]].label.id);
    json_end(to);
}

void field_claims(json *to, const char *key, const truce_scenario *scenario,
                  truce_list list)
{
    json_key(to, key);
    json_array(to);
    for (size_t i = 0; i < list.count; i++)
        json_text(to, scenario->claims[list.items[i]].label.id);
    json_end(to);
}

void field_constraints(json *to, const char *key, const truce_scenario *scenario,
                       truce_list list)
{
    json_key(to, key);
    json_array(to);
    for (size_t i = 0; i < list.count; i++)
        json_text(to, scenario->order[list.items[i]].label.id);
    json_end(to);
}

void field_party(json *to, const char *key, const truce_scenario *scenario,
                 size_t party)
{
    field_text(to, key,
               party == TRUCE_NOBODY ? NULL : scenario->parties[party].label.id);
}

static void party_ids(json *to, const truce_scenario *scenario, size_t party,
                      const char *const *ids, const size_t *owners, size_t count)
{
    bool begun = false;
    for (size_t i = 0; i < count; i++) {
        if (owners[i] != party)
            continue;
        if (!begun) {
            json_key(to, scenario->parties[party].label.id);
            json_array(to);
        }
        begun = true;
        json_text(to, ids[i]);
    }
    if (begun)
        json_end(to);
}

void field_by_party(json *to, const char *key, const truce_scenario *scenario,
                    const char *const *ids, const size_t *owners, size_t count)
{
    json_key(to, key);
    json_object(to);
    for (size_t p = 0; p < scenario->party_count; p++)
        party_ids(to, scenario, p, ids, owners, count);
    json_end(to);
}

static void setting_field(json *to, const truce_scenario *scenario, size_t issue,
                          truce_value value)
{
    const truce_issue *one = &scenario->issues[issue];
    field_text(to, one->label.id, one->values[value]);
}

void settings_value(json *to, const truce_scenario *scenario, truce_settings settings)
{
    json_object(to);
    for (size_t i = 0; i < settings.count; i++)
        setting_field(to, scenario, settings.items[i].issue, settings.items[i].value);
    json_end(to);
}

void outcome_value(json *to, const truce_scenario *scenario, const truce_value *outcome)
{
    if (outcome == NULL) {
        json_null(to);
        return;
    }
    json_object(to);
    for (size_t i = 0; i < scenario->issue_count; i++)
        setting_field(to, scenario, i, outcome[i]);
    json_end(to);
}

void utilities_value(json *to, const truce_scenario *scenario, const double *numbers)
{
    json_object(to);
    for (size_t p = 0; p < scenario->party_count; p++) {
        if (!scenario->parties[p].preferences.given)
            continue;
        json_key(to, scenario->parties[p].label.id);
        json_number(to, numbers[p]);
    }
    json_end(to);
}

static void write_scenario(json *to, const truce_scenario *scenario)
{
    json_key(to, "scenario");
    if (scenario == NULL) { /* a file that could not be read */
        json_null(to);
        return;
    }
    json_object(to);
    field_text(to, "id", scenario->id);
    field_text(to, "sha256", scenario->sha256);
    json_end(to);
    if (scenario->shown_to != NULL) {
        field_text(to, "shown_to", scenario->shown_to);
        field_integer(to, "withheld", scenario->withheld);
    }
    if (scenario->setting_count > 0)
        field_texts(to, "set",
                    (truce_texts){scenario->settings, scenario->setting_count});
}

json envelope_begin(FILE *out, const truce_finding *finding)
{
    json to = json_begin(out);
    json_object(&to);
    field_integer(&to, "truce", 1);
    field_text(&to, "command", finding->question);
    write_scenario(&to, finding->scenario);
    json_key(&to, "answer");
    return to;
}

static void write_proof(json *to, const truce_proof *proof)
{
    static const char *const names[] = {"proved", "bounded", "sampled"};
    json_key(to, "proof");
    json_object(to);
    field_text(to, "how", names[proof->how]);
    field_text(to, "by", proof->by);
    if (proof->how == TRUCE_SAMPLED || proof->draws > 0) {
        field_integer(to, "seed", proof->seed);
        field_integer(to, "draws", proof->draws);
    }
    json_end(to);
}

static void write_grounds(json *to, const truce_finding *finding)
{
    const truce_grounds *grounds = &finding->grounds;
    json_key(to, "rests_on");
    json_object(to);
    json_key(to, "facts");
    json_array(to);
    for (size_t i = 0; i < grounds->facts.count; i++)
        json_text(to, finding->scenario->facts[grounds->facts.items[i]].label.id);
    json_end(to);
    field_claims(to, "claims", finding->scenario, grounds->claims);
    field_integer(to, "assumed", grounds->assumed);
    json_end(to);
}

static void write_decision(json *to, const truce_scenario *scenario,
                           const truce_decision *decision)
{
    static const char *const says[] = {"accept", "refuse", "undecided"};
    json_object(to);
    field_text(to, "id", scenario->observed[decision->observation].label.id);
    field_party(to, "party", scenario, decision->party);
    field_text(to, "did", decision->accepted ? "accept" : "refuse");
    field_text(to, "says", says[decision->predicted]);
    json_key(to, "change");
    json_number(to, decision->change);
    field_bool(to, "reproduced", decision->reproduced);
    field_text(to, "broken", decision->broken);
    field_texts(to, "suspects", decision->suspects);
    json_end(to);
}

static void write_reality(json *to, const truce_scenario *scenario,
                          const truce_reality *reality)
{
    json_key(to, "reality");
    if (reality == NULL) {
        json_null(to);
        return;
    }
    json_object(to);
    field_integer(to, "decisions", reality->count);
    field_integer(to, "reproduced", reality->reproduced);
    field_integer(to, "undecided", reality->undecided);
    json_key(to, "each");
    json_array(to);
    for (size_t i = 0; i < reality->count; i++)
        write_decision(to, scenario, &reality->decisions[i]);
    json_end(to);
    json_end(to);
}

void envelope_end(json *to, const truce_finding *finding, const truce_reality *reality)
{
    write_proof(to, &finding->proof);
    write_grounds(to, finding);
    write_reality(to, finding->scenario, reality);
    json_end(to);
    fputc('\n', to->out);
}
