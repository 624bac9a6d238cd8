/* Who is there, and what those in the room can settle among themselves. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

static const char *term_text(const truce_scenario *scenario, const truce_term *term)
{
    return term->issue != TRUCE_NOBODY ? scenario->issues[term->issue].label.id
                                       : truce_condition_text(term->condition);
}

/* ---- JSON ------------------------------------------------------------------------ */

static void field_terms(json *to, const char *key, const truce_scenario *scenario,
                        truce_terms terms)
{
    json_key(to, key);
    json_array(to);
    for (size_t i = 0; i < terms.count; i++)
        json_text(to, term_text(scenario, &terms.items[i]));
    json_end(to);
}

static void write_party(json *to, const truce_scenario *scenario,
                        const truce_party *party)
{
    json_object(to);
    field_text(to, "id", party->label.id);
    field_text(to, "name", party->name);
    field_text(to, "role", truce_role_name(party->role));
    field_parties(to, "supports", scenario, party->supports);
    field_bool(to, "consents_to_all", party->consents_to_all);
    field_terms(to, "consent", scenario, party->consent);
    field_bool(to, "has_preferences", party->preferences.given);
    field_claims(to, "claims", scenario, party->label.claims);
    json_end(to);
}

static void write_delegation(json *to, const truce_scenario *scenario,
                             const truce_delegation *delegation)
{
    json_object(to);
    field_text(to, "id", delegation->label.id);
    field_party(to, "of", scenario, delegation->of);
    field_text(to, "name", delegation->name);
    field_text(to, "head", delegation->head);
    field_text(to, "level", delegation->level);
    field_bool(to, "full_mandate", !delegation->limited);
    field_terms(to, "may_sign", scenario, delegation->may_sign);
    field_terms(to, "ad_referendum", scenario, delegation->ad_referendum);
    field_claims(to, "claims", scenario, delegation->label.claims);
    json_end(to);
}

static void write_unsettled(json *to, const truce_scenario *scenario,
                            const truce_unsettled *one)
{
    json_object(to);
    field_text(to, "issue", scenario->issues[one->issue].label.id);
    field_parties(to, "needed", scenario, one->needed);
    field_parties(to, "absent", scenario, one->absent);
    field_parties(to, "refer", scenario, one->refer);
    field_parties(to, "beyond", scenario, one->beyond);
    json_end(to);
}

void who_answer(json *to, const truce_who *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_object(to);
    json_key(to, "parties");
    json_array(to);
    for (size_t p = 0; p < scenario->party_count; p++)
        write_party(to, scenario, &scenario->parties[p]);
    json_end(to);
    json_key(to, "delegations");
    json_array(to);
    for (size_t d = 0; d < scenario->delegation_count; d++)
        write_delegation(to, scenario, &scenario->delegations[d]);
    json_end(to);
    json_key(to, "unsettled");
    json_array(to);
    for (size_t u = 0; u < result->unsettled_count; u++)
        write_unsettled(to, scenario, &result->unsettled[u]);
    json_end(to);
    field_constraints(to, "gates", scenario, result->gates);
    json_end(to);
}

void truce_who_json(FILE *out, const truce_who *result, const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    who_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

const char *who_terms(page *to, const truce_scenario *scenario, truce_terms terms)
{
    const char **texts = arena_array(&to->memory, terms.count, const char *);
    for (size_t i = 0; i < terms.count; i++)
        texts[i] = term_text(scenario, &terms.items[i]);
    return join(&to->memory, texts, terms.count, ", ");
}

static const char *consent_words(page *to, const truce_scenario *scenario,
                                 const truce_party *party)
{
    if (party->consents_to_all)
        return "everything";
    return party->consent.count == 0 ? "-" : who_terms(to, scenario, party->consent);
}

static bool in_the_room(const truce_scenario *scenario, size_t party)
{
    for (size_t d = 0; d < scenario->delegation_count; d++)
        if (scenario->delegations[d].of == party)
            return true;
    return false;
}

void who_parties(page *to, const truce_scenario *scenario)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Id");
    table_column(&rows, TABLE_TEXT, "Party");
    table_column(&rows, TABLE_NAME, "Role");
    table_column(&rows, TABLE_TEXT, "Its consent is needed for");
    if (scenario->delegation_count > 0)
        table_column(&rows, TABLE_NAME, "In the room");
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_party *party = &scenario->parties[p];
        table_row(&rows);
        table_cell(&rows, "%s", party->label.id);
        table_cell(&rows, "%s", party->name);
        table_cell(&rows, "%s", truce_role_name(party->role));
        table_cell(&rows, "%s", consent_words(to, scenario, party));
        if (scenario->delegation_count > 0)
            table_cell(&rows, "%s", in_the_room(scenario, p) ? "yes" : "no");
    }
    table_print(&rows, to, 0);
}

static void say_supporters(page *to, const truce_scenario *scenario)
{
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].supports.count > 0)
            page_item(
                to, 0, "- ", "%s supports %s.", party_called(scenario, p),
                join_parties(&to->memory, scenario, scenario->parties[p].supports));
}

static const char *led_by(page *to, const truce_delegation *delegation)
{
    if (delegation->head == NULL)
        return delegation->level != NULL ? delegation->level : "-";
    return arena_format(&to->memory, "%s%s%s", delegation->head,
                        delegation->level != NULL ? ", " : "",
                        delegation->level != NULL ? delegation->level : "");
}

void who_delegations(page *to, const truce_scenario *scenario)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Delegation");
    table_column(&rows, TABLE_NAME, "Of");
    table_column(&rows, TABLE_TEXT, "Led by, level");
    table_column(&rows, TABLE_TEXT, "May sign");
    table_column(&rows, TABLE_TEXT, "Must refer home");
    for (size_t d = 0; d < scenario->delegation_count; d++) {
        const truce_delegation *one = &scenario->delegations[d];
        table_row(&rows);
        table_anchor(&rows, "delegation", d + 1);
        table_cell(&rows, "%s", one->name != NULL ? one->name : one->label.id);
        table_cell(&rows, "%s", scenario->parties[one->of].label.id);
        table_cell(&rows, "%s", led_by(to, one));
        table_cell(&rows, "%s",
                   one->limited ? who_terms(to, scenario, one->may_sign)
                                : "everything");
        table_cell(&rows, "%s",
                   one->limited ? who_terms(to, scenario, one->ad_referendum)
                                : "nothing");
    }
    table_print(&rows, to, 0);
}

static void say_room(page *to, const truce_scenario *scenario)
{
    if (scenario->delegation_count == 0) {
        page_say(to, 0,
                 "The file names no delegations: the parties are taken to be there "
                 "themselves, with full mandate.");
        return;
    }
    who_delegations(to, scenario);
}

static void say_process(page *to, const truce_process *process)
{
    const char *texts[3];
    size_t count = 0;
    if (process->format != NULL)
        texts[count++] = arena_format(&to->memory, "%s talks", process->format);
    if (process->track != NULL)
        texts[count++] = arena_format(&to->memory, "track %s", process->track);
    if (process->venue != NULL)
        texts[count++] = arena_format(&to->memory, "at %s", process->venue);
    if (!process->given || count == 0)
        return;
    page_gap(to);
    page_say(to, 0, "Setting: %s.", join(&to->memory, texts, count, ", "));
    if (process->note != NULL)
        page_remark(to, 0, "%s", process->note);
}

static const char *dash_if_none(const char *text)
{
    return *text == '\0' ? "-" : text;
}

static void say_unsettled(page *to, const truce_who *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    page_heading(to, "What those in the room cannot settle among themselves");
    if (result->unsettled_count == 0) {
        page_say(to, 0, "Nothing: every issue can be signed by those present.");
        return;
    }
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Issue");
    table_column(&rows, TABLE_NAME, "Must agree");
    table_column(&rows, TABLE_NAME, "Not in the room");
    table_column(&rows, TABLE_NAME, "Must refer home");
    table_column(&rows, TABLE_NAME, "No mandate");
    for (size_t u = 0; u < result->unsettled_count; u++) {
        const truce_unsettled *one = &result->unsettled[u];
        table_row(&rows);
        table_cell(&rows, "%s", scenario->issues[one->issue].label.id);
        table_cell(&rows, "%s",
                   dash_if_none(join_party_ids(&to->memory, scenario, one->needed)));
        table_cell(&rows, "%s",
                   dash_if_none(join_party_ids(&to->memory, scenario, one->absent)));
        table_cell(&rows, "%s",
                   dash_if_none(join_party_ids(&to->memory, scenario, one->refer)));
        table_cell(&rows, "%s",
                   dash_if_none(join_party_ids(&to->memory, scenario, one->beyond)));
    }
    table_print(&rows, to, 0);
}

static void say_gates(page *to, const truce_who *result)
{
    if (result->gates.count == 0)
        return;
    page_heading(to, "Gates: what waits for somebody who is not a principal");
    for (size_t g = 0; g < result->gates.count; g++)
        page_item(to, 0, "- ", "%s",
                  order_gate(to, result->finding.scenario, result->gates.items[g]));
}

void who_pages(page *to, const truce_who *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    who_parties(to, scenario);
    page_gap(to);
    say_supporters(to, scenario);
    page_heading(to, "In the room");
    say_room(to, scenario);
    say_process(to, &scenario->process);
    say_unsettled(to, result);
    say_gates(to, result);
}

void truce_who_print(FILE *out, const truce_who *result, const truce_reality *reality,
                     const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Who is there, and what can they settle?");
    who_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
