/* What everything rests on: claims with their sources, facts, demands and rules, every
 * number of the file, and for each answer its proof and its grounds. Each entry has an
 * anchor, to which the conclusions link. */
#include "report/dossier.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include "base/decimal.h"

#include <truce/report.h>

#include <string.h>

enum { NUMBERS_LISTED = 2000 };

/* ---- what one conclusion rests on ------------------------------------------------ */

void rests_begin(paper *to, const char *title)
{
    page_heading(&to->page, "%s", title);
    html_raw(&to->pen, "<ul class=\"rests\">\n");
    to->rest_count = 0;
}

void rests_item(paper *to, const char *name)
{
    html_raw(&to->pen, "<li>");
    html_text(&to->pen, name);
    to->rest_count = 0;
}

/* False when it was named in this item before. */
static bool is_new(paper *to, const char *kind, size_t number)
{
    enum { KEPT = sizeof to->rested / sizeof *to->rested };
    for (size_t i = 0; i < to->rest_count && i < KEPT; i++)
        if (to->rested[i].number == number && strcmp(to->rested[i].kind, kind) == 0)
            return false;
    if (to->rest_count < KEPT)
        to->rested[to->rest_count] = (anchor){kind, number};
    return true;
}

void rests_entry(paper *to, const char *kind, size_t index, const char *id)
{
    if (!is_new(to, kind, index + 1))
        return;
    html_raw(&to->pen, to->rest_count++ == 0 ? ": " : ", ");
    html_link(&to->pen, (anchor){kind, index + 1}, id);
}

void rests_claims(paper *to, truce_list claims)
{
    const truce_scenario *scenario = to->pen.links->scenario;
    for (size_t i = 0; i < claims.count; i++)
        rests_entry(to, "claim", claims.items[i],
                    scenario->claims[claims.items[i]].label.id);
}

void rests_number(paper *to, const truce_number *number)
{
    const anchors *links = to->pen.links;
    for (size_t i = 0; number->given && i < links->number_count; i++)
        if (links->numbers[i] == number)
            rests_entry(to, "number", i, number->path);
}

void rests_item_end(paper *to)
{
    html_raw(&to->pen, "%s</li>\n",
             to->rest_count == 0 ? ": on nothing that the file draws from elsewhere"
                                 : "");
}

void rests_end(paper *to)
{
    html_raw(&to->pen, "</ul>\n");
}

/* ---- claims ---------------------------------------------------------------------- */

void dossier_evidence(paper *to, const void *all)
{
    const truce_evidence *evidence = ((const truce_dossier *)all)->brief->evidence;
    page_say(
        &to->page, 0,
        "Claims that disagree stand side by side; nothing here weighs them against "
        "each other.");
    evidence_register(&to->page, evidence);
    evidence_disagreements(&to->page, evidence);
}

/* ---- entries --------------------------------------------------------------------- */

static void facts_table(page *to, const truce_scenario *scenario)
{
    table rows = table_begin(&to->memory);
    page_caption(to, "Facts: claims that an analyst has signed for");
    table_column(&rows, TABLE_NAME, "Fact");
    table_column(&rows, TABLE_TEXT, "What");
    table_column(&rows, TABLE_TEXT, "From");
    table_column(&rows, TABLE_TEXT, "Signed by");
    for (size_t f = 0; f < scenario->fact_count; f++) {
        const truce_fact *one = &scenario->facts[f];
        table_row(&rows);
        table_anchor(&rows, "fact", f + 1);
        table_cell(&rows, "%s", one->label.id);
        table_cell(&rows, "%s%s", one->text, one->contested ? " (contested)" : "");
        table_cell(&rows, "%s", claim_ids(&to->memory, scenario, one->label.claims));
        table_cell(&rows, "%s", one->by != NULL ? one->by : "");
    }
    table_print(&rows, to, 0);
}

/* Line of the scenario's own file. A reader to whom it is not all shown could count what is
 * missing between two of them. */
static const char *line_words(page *to, const truce_place *place)
{
    bool is_whole = to->html->links->scenario->shown_to == NULL;
    return place->line == 0 || !is_whole ? ""
                                         : arena_format(&to->memory, "%u", place->line);
}

static table entries_begin(page *to, const char *caption, const char *name)
{
    table rows = table_begin(&to->memory);
    page_caption(to, "%s", caption);
    table_column(&rows, TABLE_NAME, name);
    table_column(&rows, TABLE_NAME, "Whose");
    table_column(&rows, TABLE_TEXT, "What");
    table_column(&rows, TABLE_TEXT, "Drawn from");
    table_column(&rows, TABLE_NUMBER, "Line");
    return rows;
}

static void add_entry(page *to, table *rows, const char *kind, size_t index,
                      const truce_label *label, const char *owner, const char *what)
{
    const truce_scenario *scenario = to->html->links->scenario;
    table_row(rows);
    table_anchor(rows, kind, index + 1);
    table_cell(rows, "%s", label->id);
    table_cell(rows, "%s", owner);
    table_cell(rows, "%s%s%s%s", what, label->note ? " [note: " : "",
               label->note ? label->note : "", label->note ? "]" : "");
    table_cell(rows, "%s", drawn_from(&to->memory, scenario, label));
    table_cell(rows, "%s", line_words(to, &label->place));
}

static void demands_table(page *to, const truce_scenario *scenario)
{
    table rows = entries_begin(to, "Demands", "Demand");
    for (size_t d = 0; d < scenario->demand_count; d++) {
        const truce_demand *one = &scenario->demands[d];
        add_entry(to, &rows, "demand", d, &one->label, owner_called(scenario, one->by),
                  truce_condition_text(one->wants));
    }
    table_print(&rows, to, 0);
}

static void rules_table(page *to, const truce_scenario *scenario)
{
    table rows = entries_begin(to, "Rules that link issues", "Rule");
    for (size_t r = 0; r < scenario->rule_count; r++) {
        const truce_rule *one = &scenario->rules[r];
        add_entry(to, &rows, "rule", r, &one->label, owner_called(scenario, one->by),
                  member_words(&to->memory, scenario, one->label.id));
    }
    table_print(&rows, to, 0);
}

static void order_table(page *to, const truce_scenario *scenario)
{
    table rows = entries_begin(to, "What must come first", "Order");
    for (size_t o = 0; o < scenario->order_count; o++) {
        const truce_constraint *one = &scenario->order[o];
        const char *what = arena_format(&to->memory, "first %s, then %s%s",
                                        stage_words(&to->memory, scenario, &one->first),
                                        stage_words(&to->memory, scenario, &one->then),
                                        one->relaxed ? "; practice differs" : "");
        add_entry(to, &rows, "order", o, &one->label, owner_called(scenario, one->by),
                  what);
    }
    table_print(&rows, to, 0);
}

static void agreements_table(page *to, const truce_scenario *scenario)
{
    static const char *const states[] = {"agreed", "in force", "ended"};
    table rows = entries_begin(to, "What was agreed", "Agreement");
    for (size_t a = 0; a < scenario->agreement_count; a++) {
        const truce_agreement *one = &scenario->agreements[a];
        add_entry(to, &rows, "agreement", a, &one->label, "",
                  arena_format(&to->memory, "%s: %s", states[one->state],
                               settings_words(&to->memory, scenario, one->set)));
    }
    table_print(&rows, to, 0);
}

/* In the order in which anchors.c numbers them. */
static size_t limits_of_party(page *to, table *rows, const truce_scenario *scenario,
                              size_t party, size_t next)
{
    const truce_preferences *given = &scenario->parties[party].preferences;
    for (size_t r = 0; r < given->red_line_count; r++)
        add_entry(to, rows, "limit", next++, &given->red_lines[r].label,
                  party_called(scenario, party),
                  member_words(&to->memory, scenario, given->red_lines[r].label.id));
    for (size_t b = 0; b < given->bonus_count; b++) {
        const truce_bonus *bonus = &given->bonuses[b];
        add_entry(
            to, rows, "limit", next++, &bonus->label, party_called(scenario, party),
            arena_format(&to->memory, "worth %s more if %s",
                         decimal_text(&to->memory, bonus->worth.mode),
                         quoted(&to->memory, truce_condition_text(bonus->condition))));
    }
    if (given->outside.given)
        add_entry(to, rows, "limit", next++, &given->outside.label,
                  party_called(scenario, party),
                  member_words(&to->memory, scenario, given->outside.label.id));
    return next;
}

static size_t count_limits(const truce_scenario *scenario)
{
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *given = &scenario->parties[p].preferences;
        count += given->red_line_count + given->bonus_count + given->outside.given;
    }
    return count;
}

static void limits_table(page *to, const truce_scenario *scenario)
{
    table rows = entries_begin(to, "Red lines, bonuses and outside options", "Id");
    size_t next = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        next = limits_of_party(to, &rows, scenario, p, next);
    table_print(&rows, to, 0);
}

static void threats_table(page *to, const truce_scenario *scenario)
{
    table rows = entries_begin(to, "Threats", "Threat");
    for (size_t t = 0; t < scenario->threat_count; t++) {
        const truce_threat *one = &scenario->threats[t];
        add_entry(to, &rows, "threat", t, &one->label, owner_called(scenario, one->by),
                  one->effect ? one->effect : "-");
    }
    table_print(&rows, to, 0);
}

static void deadlines_table(page *to, const truce_scenario *scenario)
{
    table rows = entries_begin(to, "Deadlines", "Deadline");
    for (size_t d = 0; d < scenario->deadline_count; d++) {
        const truce_deadline *one = &scenario->deadlines[d];
        add_entry(to, &rows, "deadline", d, &one->label,
                  owner_called(scenario, one->by),
                  arena_format(&to->memory, "%s: %s", one->at ? one->at : "undated",
                               one->effect ? one->effect : "no effect given"));
    }
    table_print(&rows, to, 0);
}

/* A table for each kind of entry that there is: what is counted and what is shown are one
 * list, for every link to an entry leads into one of these. */
typedef struct entries_of {
    size_t count;
    void (*table)(page *to, const truce_scenario *scenario);
} entries_of;

enum { ENTRY_KINDS = 8 };

static void list_entries(const truce_scenario *scenario, entries_of kinds[ENTRY_KINDS])
{
    const entries_of all[ENTRY_KINDS] = {
        {scenario->fact_count, facts_table},
        {scenario->demand_count, demands_table},
        {scenario->rule_count, rules_table},
        {scenario->order_count, order_table},
        {scenario->agreement_count, agreements_table},
        {count_limits(scenario), limits_table},
        {scenario->threat_count, threats_table},
        {scenario->deadline_count, deadlines_table},
    };
    memcpy(kinds, all, sizeof all);
}

bool dossier_has_entries(const truce_scenario *scenario)
{
    entries_of kinds[ENTRY_KINDS];
    size_t count = 0;
    list_entries(scenario, kinds);
    for (size_t k = 0; k < ENTRY_KINDS; k++)
        count += kinds[k].count;
    return count > 0;
}

void dossier_entries(paper *to, const void *all)
{
    const truce_scenario *scenario = ((const truce_dossier *)all)->scenario;
    entries_of kinds[ENTRY_KINDS];
    list_entries(scenario, kinds);
    page_say(&to->page, 0, "The line is that of the scenario's own file.");
    for (size_t k = 0; k < ENTRY_KINDS; k++)
        if (kinds[k].count > 0)
            kinds[k].table(&to->page, scenario);
}

/* ---- numbers --------------------------------------------------------------------- */

static const char *basis_words(truce_basis basis)
{
    switch (basis) {
    case TRUCE_BASIS_FACT:
        return "fact";
    case TRUCE_BASIS_CLAIM:
        return "claim";
    case TRUCE_BASIS_ELICITED:
        return "told by the party";
    case TRUCE_BASIS_ASSUMED:
        return "assumed";
    case TRUCE_BASIS_DEFAULT:
        return "default";
    }
    return "";
}

/* "a deal exists (at 80)": the answers that a move of this number reverses. */
static const char *turns_words(page *to, const truce_flips *flips,
                               const truce_number *number)
{
    const char *words = "";
    for (size_t i = 0; flips != NULL && i < flips->count; i++) {
        const truce_flip *one = &flips->items[i];
        if (one->number == NULL || strcmp(one->number->path, number->path) != 0)
            continue;
        words = arena_format(&to->memory, "%s%s%s (%s %s)", words, *words ? "; " : "",
                             flip_words(to, flips->finding.scenario, one),
                             one->must_pass ? "past" : "at",
                             number_words(&to->memory, one->threshold));
    }
    return words;
}

static void add_number(page *to, table *rows, const truce_flips *flips,
                       const truce_number *number, size_t index)
{
    table_row(rows);
    table_anchor(rows, "number", index + 1);
    table_cell(rows, "%s", number->path);
    table_cell(rows, "%s", decimal_text(&to->memory, number->mode));
    if (number->ranged)
        table_cell(rows, "%s to %s", decimal_text(&to->memory, number->low),
                   decimal_text(&to->memory, number->high));
    else
        table_cell(rows, "%s", "");
    table_cell(rows, "%s", basis_words(number->basis));
    table_cell(rows, "%s", turns_words(to, flips, number));
    table_cell(rows, "%s", line_words(to, &number->place));
}

void dossier_numbers(paper *to, const void *all)
{
    const truce_brief *brief = ((const truce_dossier *)all)->brief;
    const anchors *links = to->pen.links;
    table rows = table_begin(&to->page.memory);
    page_say(
        &to->page, 0,
        "Every number that the file gives, and the answers that it reverses when it "
        "alone is moved. The line is that of the scenario's own file.");
    page_caption(&to->page, "The numbers");
    table_column(&rows, TABLE_NAME, "Number");
    table_column(&rows, TABLE_NUMBER, "Value");
    table_column(&rows, TABLE_NAME, "Range");
    table_column(&rows, TABLE_NAME, "On what");
    table_column(&rows, TABLE_TEXT, "What turns with it");
    table_column(&rows, TABLE_NUMBER, "Line");
    for (size_t i = 0; i < links->number_count && i < NUMBERS_LISTED; i++)
        add_number(&to->page, &rows, brief ? brief->flips : NULL, links->numbers[i], i);
    table_print(&rows, &to->page, 0);
    if (links->number_count > NUMBERS_LISTED)
        page_say(&to->page, 0, "... %s more.",
                 size_words(&to->page.memory, links->number_count - NUMBERS_LISTED));
}

/* ---- rests ----------------------------------------------------------------------- */

static const char *all_or(page *to, truce_list of, size_t count, const char *ids)
{
    if (count > 8 && of.count == count)
        return arena_format(&to->memory, "all %zu", count);
    return of.count == 0 ? "none" : ids;
}

static const char *fact_ids(page *to, const truce_scenario *scenario, truce_list facts)
{
    const char **texts = arena_array(&to->memory, facts.count, const char *);
    for (size_t i = 0; i < facts.count; i++)
        texts[i] = scenario->facts[facts.items[i]].label.id;
    return join(&to->memory, texts, facts.count, ", ");
}

static void add_answer(page *to, table *rows, dossier_answer which, const char *name,
                       const truce_finding *finding)
{
    if (finding == NULL)
        return;
    const truce_scenario *scenario = finding->scenario;
    const truce_grounds *grounds = &finding->grounds;
    table_row(rows);
    table_anchor(rows, "rests", which);
    table_cell(rows, "%s", name);
    table_cell(rows, "%s", proof_words(to, finding));
    table_cell(rows, "%s",
               all_or(to, grounds->facts, scenario->fact_count,
                      fact_ids(to, scenario, grounds->facts)));
    table_cell(rows, "%s",
               all_or(to, grounds->claims, scenario->claim_count,
                      claim_ids(&to->memory, scenario, grounds->claims)));
    table_cell(rows, "%s", size_words(&to->memory, grounds->assumed));
}

#define FINDING(of, part) ((of) && (of)->part ? &(of)->part->finding : NULL)

static void add_answers(page *to, table *rows, const truce_dossier *all)
{
    const truce_brief *brief = all->brief;
    add_answer(to, rows, ANSWER_WHO, "Who is there", FINDING(brief, who));
    add_answer(to, rows, ANSWER_ROUNDS, "What was said", FINDING(brief, rounds));
    add_answer(to, rows, ANSWER_NOW, "What can be signed now", FINDING(brief, now));
    add_answer(to, rows, ANSWER_PAIRS, "Two issues at once", FINDING(brief, pairs));
    add_answer(to, rows, ANSWER_CLASH, "Demands that clash", FINDING(brief, clashes));
    add_answer(to, rows, ANSWER_ORDER, "What must come first", FINDING(brief, order));
    add_answer(to, rows, ANSWER_DEALS, "What all could accept", FINDING(brief, deals));
    add_answer(to, rows, ANSWER_POINTS, "Fair points", FINDING(all, points));
    add_answer(to, rows, ANSWER_FRONTIER, "The frontier", FINDING(all, frontier));
    add_answer(to, rows, ANSWER_METRICS, "What kind of domain", FINDING(all, metrics));
    add_answer(to, rows, ANSWER_UNLOCK, "What would unlock it", FINDING(brief, unlock));
    add_answer(to, rows, ANSWER_WAIT, "What waiting does", FINDING(brief, wait));
    add_answer(to, rows, ANSWER_FLIP, "What carries the answers",
               FINDING(brief, flips));
    add_answer(to, rows, ANSWER_TEXT, "The negotiating text", FINDING(brief, text));
    add_answer(to, rows, ANSWER_REALITY, "Reality check", FINDING(brief, reality));
}

void dossier_rests(paper *to, const void *all)
{
    table rows = table_begin(&to->page.memory);
    page_caption(&to->page, "Answers, their proofs and their grounds");
    table_column(&rows, TABLE_TEXT, "Answer");
    table_column(&rows, TABLE_TEXT, "How proved");
    table_column(&rows, TABLE_TEXT, "Facts");
    table_column(&rows, TABLE_TEXT, "Claims");
    table_column(&rows, TABLE_NUMBER, "Assumed numbers");
    add_answers(&to->page, &rows, all);
    table_print(&rows, &to->page, 0);
    if (paper_number(to, "numbers") > 0)
        html_raw(&to->pen, "<p>The numbers themselves stand in <a href=\"#numbers\">"
                           "their own section</a>.</p>\n");
}
