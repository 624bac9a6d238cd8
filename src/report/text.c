/* The single negotiating text: what is agreed stands plain, everything else in
 * brackets. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/words.h"

#include <string.h>

/* ---- JSON ------------------------------------------------------------------------ */

static void write_bracket(json *to, const truce_scenario *scenario,
                          const truce_bracket *bracket)
{
    const truce_demand *demand = &scenario->demands[bracket->demand];
    json_object(to);
    field_party(to, "party", scenario, bracket->party);
    field_text(to, "wants", bracket->wants);
    field_text(to, "demand", demand->label.id);
    field_claims(to, "claims", scenario, demand->label.claims);
    json_end(to);
}

static void write_clause(json *to, const truce_scenario *scenario,
                         const truce_clause *clause)
{
    const truce_issue *issue = &scenario->issues[clause->issue];
    json_object(to);
    field_text(to, "issue", issue->label.id);
    field_text(to, "title", issue->title);
    field_bool(to, "settled", clause->settled);
    field_text(to, "value", clause->settled ? issue->values[clause->value] : NULL);
    field_text(to, "agreement",
               clause->agreement == TRUCE_NOBODY
                   ? NULL
                   : scenario->agreements[clause->agreement].label.id);
    json_key(to, "brackets");
    json_array(to);
    for (size_t b = 0; b < clause->bracket_count; b++)
        write_bracket(to, scenario, &clause->brackets[b]);
    json_end(to);
    json_end(to);
}

void text_answer(json *to, const truce_text *result)
{
    json_object(to);
    json_key(to, "issues");
    json_array(to);
    for (size_t i = 0; i < result->finding.scenario->issue_count; i++)
        write_clause(to, result->finding.scenario, &result->clauses[i]);
    json_end(to);
    json_end(to);
}

void truce_text_json(FILE *out, const truce_text *result, const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    text_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *settled_words(page *to, const truce_scenario *scenario,
                                 const truce_clause *clause)
{
    const char *value = scenario->issues[clause->issue].values[clause->value];
    if (clause->agreement == TRUCE_NOBODY)
        return value;
    const truce_agreement *agreement = &scenario->agreements[clause->agreement];
    return arena_format(
        &to->memory, "%s (%s, %s; %s)", value,
        agreement->state == TRUCE_IN_FORCE ? "in force" : "agreed, not yet in force",
        agreement->label.id, drawn_from(&to->memory, scenario, &agreement->label));
}

static void say_clause(page *to, const truce_scenario *scenario,
                       const truce_clause *clause)
{
    const truce_issue *issue = &scenario->issues[clause->issue];
    const char *mark = arena_format(&to->memory, "%2zu. ", clause->issue + 1);
    if (clause->settled)
        page_item(to, 0, mark, "%s: %s", issue->title,
                  settled_words(to, scenario, clause));
    else if (clause->bracket_count == 0)
        page_item(to, 0, mark, "%s: [nobody has stated a demand; today %s]",
                  issue->title, issue->values[issue->status_quo]);
    else
        page_item(to, 0, mark, "%s:", issue->title);
    for (size_t b = 0; b < clause->bracket_count; b++) {
        const truce_bracket *bracket = &clause->brackets[b];
        page_item(to, 4, "", "[%s: %s] (%s; %s)",
                  party_called(scenario, bracket->party), bracket->wants,
                  scenario->demands[bracket->demand].label.id,
                  drawn_from(&to->memory, scenario,
                             &scenario->demands[bracket->demand].label));
    }
}

size_t text_settled(const truce_text *result)
{
    size_t settled = 0;
    for (size_t i = 0; i < result->finding.scenario->issue_count; i++)
        settled += result->clauses[i].settled;
    return settled;
}

void text_pages(page *to, const truce_text *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    page_say(to, 0,
             "Agreed: %zu of %s. What is agreed stands plain; [brackets] hold what a "
             "party wants, with the demand and the claims behind it.",
             text_settled(result),
             counted(&to->memory, scenario->issue_count, "issue", "issues"));
    page_gap(to);
    for (size_t i = 0; i < scenario->issue_count; i++)
        say_clause(to, scenario, &result->clauses[i]);
}

void truce_text_print(FILE *out, const truce_text *result, const truce_reality *reality,
                      const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "The single negotiating text");
    text_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
