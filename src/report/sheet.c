/* A role sheet: what a party has to know at the table, on one page to be printed and handed
 * out; or the key to all scores, for whoever marks the results. Of others a role sheet
 * tells what they said aloud: what stands on a claim. */
#include "base/decimal.h"
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

enum { VALUES_IN_FULL = 12 };

/* ---- JSON ------------------------------------------------------------------------ */

static void write_points(json *to, const truce_issue *issue, const double *points)
{
    json_object(to);
    for (size_t v = 0; v < issue->value_count; v++) {
        json_key(to, issue->values[v]);
        json_number(to, points[v]);
    }
    json_end(to);
}

static void write_conditional(json *to, const truce_condition *condition, double points)
{
    json_object(to);
    field_text(to, "if", truce_condition_text(condition));
    json_key(to, "points");
    json_number(to, points);
    json_end(to);
}

static void write_score(json *to, const truce_scenario *scenario,
                        const truce_scorecard *score)
{
    const truce_preferences *mine = &scenario->parties[score->party].preferences;
    json_object(to);
    field_party(to, "party", scenario, score->party);
    json_key(to, "points");
    json_object(to);
    for (size_t i = 0; i < scenario->issue_count; i++) {
        json_key(to, scenario->issues[i].label.id);
        write_points(to, &scenario->issues[i], score->points[i]);
    }
    json_end(to);
    json_key(to, "bonuses");
    json_array(to);
    for (size_t b = 0; b < mine->bonus_count; b++)
        write_conditional(to, mine->bonuses[b].condition, score->bonuses[b]);
    json_end(to);
    json_key(to, "red_lines");
    json_array(to);
    for (size_t r = 0; r < mine->red_line_count; r++)
        json_text(to, truce_condition_text(mine->red_lines[r].condition));
    json_end(to);
    json_key(to, "today");
    json_number(to, score->today);
    json_key(to, "outside");
    json_number(to, score->outside);
    json_end(to);
}

void truce_sheet_json(FILE *out, const truce_sheet *result)
{
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    field_party(&to, "reader", result->finding.scenario, result->reader);
    json_key(&to, "scores");
    json_array(&to);
    for (size_t s = 0; s < result->score_count; s++)
        write_score(&to, result->finding.scenario, &result->scores[s]);
    json_end(&to);
    json_end(&to);
    envelope_end(&to, &result->finding, NULL);
}

/* ---- who and what ---------------------------------------------------------------- */

static void say_seat(page *to, const truce_scenario *scenario, size_t reader)
{
    const truce_party *me = &scenario->parties[reader];
    page_say(to, 0, "You are %s (%s), %s.%s%s%s", party_called(scenario, reader),
             me->label.id, truce_role_name(me->role),
             me->supports.count > 0 ? " You support " : "",
             me->supports.count > 0 ? join_parties(&to->memory, scenario, me->supports)
                                    : "",
             me->supports.count > 0 ? "." : "");
}

static const char *delegation_words(page *to, const truce_scenario *scenario,
                                    const truce_delegation *one)
{
    if (!one->limited)
        return "You may sign anything.";
    return arena_format(&to->memory,
                        "You may sign: %s. You must ask at home about: %s.",
                        who_terms(to, scenario, one->may_sign),
                        who_terms(to, scenario, one->ad_referendum));
}

static void say_mandate(page *to, const truce_scenario *scenario, size_t reader)
{
    for (size_t d = 0; d < scenario->delegation_count; d++) {
        const truce_delegation *one = &scenario->delegations[d];
        if (one->of != reader)
            continue;
        page_heading(to, "Your mandate");
        page_say(to, 0, "%s%s%s", one->head != NULL ? one->head : "",
                 one->head != NULL ? " speaks for you. " : "",
                 delegation_words(to, scenario, one));
    }
}

static const char *values_words(page *to, const truce_issue *issue,
                                const double *points)
{
    const char **texts = arena_array(&to->memory, issue->value_count + 1, const char *);
    size_t count = 0, half = VALUES_IN_FULL / 2;
    for (size_t v = 0; v < issue->value_count; v++) {
        if (issue->value_count > VALUES_IN_FULL && v >= half &&
            v < issue->value_count - half) {
            texts[count++] = "…";
            v = issue->value_count - half - 1;
            continue;
        }
        texts[count++] =
            points != NULL
                ? arena_format(&to->memory, "%s:" NBSP "%s", issue->values[v],
                               number_words(&to->memory, points[v]))
                : issue->values[v];
    }
    return join_by(&to->memory, texts, count, ", ");
}

static const truce_value *today_of(page *to, const truce_scenario *scenario)
{
    truce_value *today = arena_array(&to->memory, scenario->issue_count, truce_value);
    truce_scenario_today(scenario, today);
    return today;
}

static void say_issues(page *to, const truce_scenario *scenario)
{
    const truce_value *today = today_of(to, scenario);
    page_heading(to, "What is talked about");
    for (size_t i = 0; i < scenario->issue_count; i++)
        page_item(to, 0, "- ", "%s (today %s): %s", scenario->issues[i].title,
                  scenario->issues[i].values[today[i]],
                  values_words(to, &scenario->issues[i], NULL));
}

/* ---- what it is worth ------------------------------------------------------------ */

static const char *rank_words(const truce_scorecard *score, size_t at)
{
    double spread = score->spread[score->by_spread[at]];
    if (spread == 0)
        return "is worth the same to you either way";
    if (at == 0)
        return "matters most to you";
    return spread == score->spread[score->by_spread[at - 1]] ? "matters as much"
                                                             : "matters less";
}

static void say_points(page *to, const truce_scenario *scenario,
                       const truce_scorecard *score)
{
    const truce_value *today = today_of(to, scenario);
    page_heading(to, "What it is worth to you, in points");
    for (size_t at = 0; at < scenario->issue_count; at++) {
        size_t i = score->by_spread[at];
        const truce_issue *issue = &scenario->issues[i];
        page_item(
            to, 0, "- ", "%s (today %s) %s%s%s", issue->title, issue->values[today[i]],
            rank_words(score, at), score->spread[i] == 0 ? "." : ": ",
            score->spread[i] == 0 ? "" : values_words(to, issue, score->points[i]));
    }
    const truce_preferences *mine = &scenario->parties[score->party].preferences;
    for (size_t b = 0; b < mine->bonus_count; b++)
        page_item(to, 0, "- ", "%s%s more when %s.", score->bonuses[b] < 0 ? "" : "+",
                  number_words(&to->memory, score->bonuses[b]),
                  truce_condition_text(mine->bonuses[b].condition));
    page_say(to, 0, "An outcome is worth the sum. Today is worth %s.",
             number_words(&to->memory, score->today));
}

static const char *moving_words(page *to, const truce_outside *outside)
{
    double change = decimal_double(outside->per_30_days.mode);
    if (!outside->per_30_days.given || change == 0)
        return "";
    return arena_format(&to->memory, " Every 30 days that %s by %s.",
                        change < 0 ? "falls" : "rises",
                        number_words(&to->memory, fabs(change)));
}

static void say_limits(page *to, const truce_scenario *scenario,
                       const truce_scorecard *score)
{
    const truce_preferences *mine = &scenario->parties[score->party].preferences;
    page_heading(to, "What you will not sign");
    for (size_t r = 0; r < mine->red_line_count; r++)
        page_item(to, 0, "- ", "Never: %s.",
                  truce_condition_text(mine->red_lines[r].condition));
    if (isnan(score->outside))
        page_item(to, 0, "- ", "What you have without agreement nobody has said.");
    else
        page_item(to, 0, "- ",
                  "Without agreement you have what is worth %s. Whatever is worth less "
                  "is worse than no agreement.%s",
                  number_words(&to->memory, score->outside),
                  moving_words(to, &mine->outside));
}

/* ---- what is said ---------------------------------------------------------------- */

/* Of oneself everything; of others what stands on a claim; how things are, always. */
static bool is_for(size_t reader, size_t by, const truce_label *label)
{
    return by == reader || by == TRUCE_NOBODY || label->claims.count > 0;
}

static const char *owner_words(const truce_scenario *scenario, size_t reader, size_t by)
{
    return by == TRUCE_NOBODY ? "All"
           : by == reader     ? "You"
                              : party_called(scenario, by);
}

/* `: "Belva needs fifty"`, by the first claim; "" without one. */
static const char *saying(page *to, const truce_scenario *scenario,
                          const truce_label *label)
{
    if (label->claims.count == 0)
        return "";
    const char *says = scenario->claims[label->claims.items[0]].says;
    return says == NULL ? "" : arena_format(&to->memory, " (%s)", says);
}

static void say_demands(page *to, const truce_scenario *scenario, size_t reader,
                        bool own)
{
    for (size_t d = 0; d < scenario->demand_count; d++) {
        const truce_demand *one = &scenario->demands[d];
        if ((one->by == reader) == own && is_for(reader, one->by, &one->label))
            page_item(to, 0, "- ", "%s: %s%s",
                      own ? "You want"
                          : arena_format(&to->memory, "%s wants",
                                         party_called(scenario, one->by)),
                      truce_condition_text(one->wants),
                      saying(to, scenario, &one->label));
    }
}

static void say_rules(page *to, const truce_scenario *scenario, size_t reader)
{
    for (size_t r = 0; r < scenario->rule_count; r++) {
        const truce_rule *one = &scenario->rules[r];
        if (is_for(reader, one->by, &one->label))
            page_item(to, 0, "- ", "%s: if %s, then %s.",
                      one->by == TRUCE_NOBODY ? "As things are"
                                              : owner_words(scenario, reader, one->by),
                      truce_condition_text(one->given),
                      truce_condition_text(one->then));
    }
}

static void say_order(page *to, const truce_scenario *scenario, size_t reader)
{
    for (size_t c = 0; c < scenario->order_count; c++) {
        const truce_constraint *one = &scenario->order[c];
        if (is_for(reader, one->by, &one->label))
            page_item(to, 0, "- ", "%s: first %s, then %s.",
                      one->by == TRUCE_NOBODY ? "As things are"
                                              : owner_words(scenario, reader, one->by),
                      stage_words(&to->memory, scenario, &one->first),
                      stage_words(&to->memory, scenario, &one->then));
    }
}

static void say_threats(page *to, const truce_scenario *scenario, size_t reader)
{
    for (size_t t = 0; t < scenario->threat_count; t++) {
        const truce_threat *one = &scenario->threats[t];
        const char *effect = one->effect != NULL ? one->effect : one->ambiguous;
        if (!is_for(reader, one->by, &one->label))
            continue;
        page_item(to, 0, "- ", "A hard word of %s%s%s%s%s%s",
                  one->by == reader ? "yours" : party_called(scenario, one->by),
                  one->unless != NULL ? ", unless " : "",
                  one->unless != NULL ? truce_condition_text(one->unless) : "",
                  effect != NULL ? ": " : "", effect != NULL ? effect : "",
                  saying(to, scenario, &one->label));
    }
}

static void say_deadlines(page *to, const truce_scenario *scenario, size_t reader)
{
    for (size_t d = 0; d < scenario->deadline_count; d++) {
        const truce_deadline *one = &scenario->deadlines[d];
        if (is_for(reader, one->by, &one->label))
            page_item(to, 0, "- ", "Deadline%s%s, %s%s%s",
                      one->by == TRUCE_NOBODY ? "" : " of ",
                      one->by == TRUCE_NOBODY ? ""
                      : one->by == reader     ? "yours"
                                              : party_called(scenario, one->by),
                      one->at != NULL ? one->at : "undated",
                      one->effect != NULL ? ": " : "",
                      one->effect != NULL ? one->effect : "");
    }
}

static void say_agreed(page *to, const truce_scenario *scenario)
{
    for (size_t a = 0; a < scenario->agreement_count; a++)
        if (scenario->agreements[a].state != TRUCE_ENDED)
            page_item(
                to, 0, "- ", "%s: %s.",
                scenario->agreements[a].state == TRUCE_IN_FORCE ? "In force" : "Agreed",
                settings_words(&to->memory, scenario, scenario->agreements[a].set));
}

static void say_talk(page *to, const truce_scenario *scenario, size_t reader)
{
    page_heading(to, "What you ask for, and what was said aloud");
    say_demands(to, scenario, reader, true);
    say_demands(to, scenario, reader, false);
    say_rules(to, scenario, reader);
    say_order(to, scenario, reader);
    say_threats(to, scenario, reader);
    say_deadlines(to, scenario, reader);
    say_agreed(to, scenario);
}

/* " Decides alone: levy." of issues that are a party's own; "" without any. */
static const char *own_issues(page *to, const truce_scenario *scenario, size_t party)
{
    const char **texts = arena_array(&to->memory, scenario->issue_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < scenario->issue_count; i++)
        for (size_t b = 0; b < scenario->issues[i].by.count; b++)
            if (scenario->issues[i].by.items[b] == party)
                texts[count++] = scenario->issues[i].label.id;
    return count == 0 ? ""
                      : arena_format(&to->memory, " Decides without the others: %s.",
                                     join(&to->memory, texts, count, " and "));
}

static const char *consent_of(page *to, const truce_scenario *scenario, size_t party)
{
    const truce_party *one = &scenario->parties[party];
    return one->consents_to_all      ? "everything"
           : one->consent.count == 0 ? "nothing"
                                     : who_terms(to, scenario, one->consent);
}

static void say_others(page *to, const truce_scenario *scenario, size_t reader)
{
    page_heading(to, "Whose consent it takes");
    page_item(to, 0, "- ", "You must agree to: %s.%s", consent_of(to, scenario, reader),
              own_issues(to, scenario, reader));
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_party *one = &scenario->parties[p];
        if (p == reader)
            continue;
        page_item(to, 0, "- ", "%s, %s. Must agree to: %s.%s", one->name,
                  truce_role_name(one->role), consent_of(to, scenario, p),
                  own_issues(to, scenario, p));
    }
}

/* To be filled in by hand. */
static void say_form(page *to, const truce_scenario *scenario,
                     const truce_scorecard *score)
{
    page_heading(to, "Your result");
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_TEXT, "Issue");
    table_column(&rows, TABLE_NAME, "Agreed");
    table_column(&rows, TABLE_NAME, "Points");
    for (size_t i = 0; i < scenario->issue_count; i++) {
        table_row(&rows);
        table_cell(&rows, "%s", scenario->issues[i].title);
        table_cell(&rows, "________________");
        table_cell(&rows, "______");
    }
    table_row(&rows);
    table_cell(&rows, "%s",
               isnan(score->outside)
                   ? "Sum, with what comes on top"
                   : arena_format(&to->memory,
                                  "Sum, with what comes on top; %s "
                                  "without agreement",
                                  number_words(&to->memory, score->outside)));
    table_cell(&rows, "%s", "");
    table_cell(&rows, "______");
    table_print(&rows, to, 0);
}

static void print_role(page *to, const truce_sheet *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    header_print(to, &result->finding,
                 arena_format(&to->memory, "Role sheet: %s",
                              party_called(scenario, result->reader)));
    say_seat(to, scenario, result->reader);
    if (result->score_count > 0) {
        say_points(to, scenario, result->scores);
        say_limits(to, scenario, result->scores);
    } else {
        say_issues(to, scenario);
    }
    say_mandate(to, scenario, result->reader);
    say_talk(to, scenario, result->reader);
    say_others(to, scenario, result->reader);
    if (result->score_count > 0)
        say_form(to, scenario, result->scores);
}

/* ---- the key --------------------------------------------------------------------- */

static void key_row(page *to, table *rows, const truce_sheet *result, size_t issue,
                    truce_value value, const truce_value *today)
{
    const truce_issue *of = &result->finding.scenario->issues[issue];
    table_row(rows);
    table_cell(rows, "%s", value == 0 ? of->label.id : "");
    table_cell(rows, "%s%s", of->values[value],
               value == today[issue] ? " (today)" : "");
    for (size_t s = 0; s < result->score_count; s++)
        table_cell(rows, "%s",
                   number_words(&to->memory, result->scores[s].points[issue][value]));
}

static void sum_row(page *to, table *rows, const truce_sheet *result, const char *what,
                    bool outside)
{
    table_row(rows);
    table_cell(rows, "%s", what);
    table_cell(rows, "%s", "");
    for (size_t s = 0; s < result->score_count; s++)
        table_cell(rows, "%s",
                   number_words(&to->memory, outside ? result->scores[s].outside
                                                     : result->scores[s].today));
}

static void say_key(page *to, const truce_sheet *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    const truce_value *today = today_of(to, scenario);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Issue");
    table_column(&rows, TABLE_TEXT, "Value");
    for (size_t s = 0; s < result->score_count; s++)
        table_column(&rows, TABLE_NUMBER,
                     scenario->parties[result->scores[s].party].label.id);
    for (size_t i = 0; i < scenario->issue_count; i++)
        for (size_t v = 0; v < scenario->issues[i].value_count; v++)
            key_row(to, &rows, result, i, (truce_value)v, today);
    table_space(&rows);
    sum_row(to, &rows, result, "today", false);
    sum_row(to, &rows, result, "outside", true);
    table_print(&rows, to, 0);
}

static void say_besides(page *to, const truce_scenario *scenario,
                        const truce_scorecard *score)
{
    const truce_preferences *of = &scenario->parties[score->party].preferences;
    for (size_t b = 0; b < of->bonus_count; b++)
        page_item(to, 0, "- ", "%s: %s%s when %s.",
                  party_called(scenario, score->party),
                  score->bonuses[b] < 0 ? "" : "+",
                  number_words(&to->memory, score->bonuses[b]),
                  truce_condition_text(of->bonuses[b].condition));
    for (size_t r = 0; r < of->red_line_count; r++)
        page_item(to, 0, "- ", "%s: never %s.", party_called(scenario, score->party),
                  truce_condition_text(of->red_lines[r].condition));
}

static void print_key(page *to, const truce_sheet *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    header_print(to, &result->finding, "The key: what each value is worth to whom");
    if (result->score_count == 0) {
        page_say(to, 0, "The file says of no party what outcomes are worth to it.");
        return;
    }
    say_key(to, result);
    page_heading(to, "Beside the sums");
    for (size_t s = 0; s < result->score_count; s++)
        say_besides(to, scenario, &result->scores[s]);
    say_rules(to, scenario, TRUCE_NOBODY);
}

void truce_sheet_print(FILE *out, const truce_sheet *result, const truce_style *style)
{
    page to = page_begin(out, style);
    if (result->reader != TRUCE_NOBODY)
        print_role(&to, result);
    else
        print_key(&to, result);
    footer_print(&to, &result->finding, NULL);
    page_end(&to);
}
