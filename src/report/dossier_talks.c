/* What was said at the talks, what can be signed, and why not more. */
#include "report/dossier.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/words.h"

#include <truce/report.h>

enum { PAIRS_LISTED = 20 };

static const truce_brief *brief_of(const void *all)
{
    return ((const truce_dossier *)all)->brief;
}

/* ---- in short -------------------------------------------------------------------- */

/* Behind a sentence: the section that says more, and what the answer rests on. */
static void put_marks(paper *to, const char *id, size_t row)
{
    html_raw(&to->pen,
             "<sup> <a href=\"#%s\">section %zu</a>, <a href=\"#rests-%zu\">rests on"
             "</a></sup> ",
             id, paper_number(to, id), row);
}

void dossier_short(paper *to, const truce_dossier *all)
{
    static const struct {
        const char *id;
        dossier_answer answer;
    } where[BRIEF_SENTENCES] = {
        [BRIEF_NOW] = {"now", ANSWER_NOW},
        [BRIEF_DEALS] = {"deals", ANSWER_DEALS},
        [BRIEF_CLASH] = {"clash", ANSWER_CLASH},
        [BRIEF_ORDER] = {"order", ANSWER_ORDER},
        [BRIEF_UNLOCK] = {"unlock", ANSWER_UNLOCK},
        [BRIEF_REALITY] = {"reality", ANSWER_REALITY},
    };
    const char *sentences[BRIEF_SENTENCES];
    brief_sentences(&to->page, all->brief, sentences);
    html_raw(&to->pen, "<section class=\"short\" aria-labelledby=\"short\">\n"
                       "<h2 id=\"short\">In short</h2>\n");
    for (size_t i = 0; i < BRIEF_SENTENCES; i++) {
        if (*sentences[i] == '\0')
            continue;
        html_raw(&to->pen, "<p>");
        html_linked(&to->pen, sentences[i]);
        put_marks(to, where[i].id, where[i].answer);
        html_raw(&to->pen, "</p>\n");
    }
    html_raw(&to->pen, "</section>\n");
}

/* ---- the talks ------------------------------------------------------------------- */

void dossier_who(paper *to, const void *all)
{
    const truce_who *who = brief_of(all)->who;
    page_caption(&to->page, "The parties");
    who_pages(&to->page, who);
    paper_basis(to, &who->finding, ANSWER_WHO);
}

void dossier_said(paper *to, const void *all)
{
    const truce_brief *brief = brief_of(all);
    brief_said(&to->page, brief);
    html_lists_end(&to->pen);
    if (paper_number(to, "evidence") > 0)
        html_raw(&to->pen, "<p>Each claim stands with its source in <a "
                           "href=\"#evidence\">the evidence</a>.</p>\n");
    page_caption(&to->page, "Meetings");
    rounds_pages(&to->page, brief->rounds);
    paper_basis(to, &brief->rounds->finding, ANSWER_ROUNDS);
}

/* ---- now ------------------------------------------------------------------------- */

static bool counts_for(const truce_scenario *scenario, const truce_move *move, size_t p)
{
    return scenario->parties[p].preferences.given &&
           (move->needed[p] || scenario->parties[p].role == TRUCE_PRINCIPAL);
}

static void worths_of(paper *to, const truce_preferences *given, size_t issue,
                      truce_value value)
{
    const truce_worths *worths = &given->worths[issue];
    for (size_t v = 0; worths->linear && v < worths->count; v++)
        rests_number(to, &worths->items[v]);
    if (!worths->linear && value < worths->count)
        rests_number(to, &worths->items[value]);
}

static void numbers_of_party(paper *to, const truce_preferences *given,
                             const truce_setting *set, truce_value today)
{
    rests_number(to, &given->weights[set->issue]);
    worths_of(to, given, set->issue, today);
    if (!given->worths[set->issue].linear && set->value != today)
        worths_of(to, given, set->issue, set->value);
    for (size_t b = 0; b < given->bonus_count; b++)
        if (truce_condition_mentions(given->bonuses[b].condition, set->issue))
            rests_number(to, &given->bonuses[b].worth);
}

static void move_rests(paper *to, const truce_scenario *scenario,
                       const truce_move *move)
{
    truce_value *today =
        arena_array(&to->page.memory, scenario->issue_count, truce_value);
    truce_scenario_today(scenario, today);
    rests_item(to, settings_words(&to->page.memory, scenario, move->set));
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_preferences *given = &scenario->parties[p].preferences;
        if (move->needed[p])
            rests_claims(to, scenario->parties[p].label.claims);
        for (size_t s = 0; s < move->set.count && counts_for(scenario, move, p); s++)
            numbers_of_party(to, given, &move->set.items[s],
                             today[move->set.items[s].issue]);
    }
    for (size_t d = 0; d < scenario->delegation_count; d++)
        if (move->needed[scenario->delegations[d].of])
            rests_claims(to, scenario->delegations[d].label.claims);
    rests_item_end(to);
}

static void moves_rest(paper *to, const truce_now *now)
{
    if (now->count == 0)
        return;
    rests_begin(to, "What each of these rests on");
    for (size_t i = 0; i < now->count && i < PAIRS_LISTED; i++)
        move_rests(to, now->finding.scenario, &now->moves[i]);
    rests_end(to);
}

void dossier_now(paper *to, const void *all)
{
    const truce_brief *brief = brief_of(all);
    page_caption(&to->page, "Changes of one issue that could be signed");
    now_pages(&to->page, brief->now, PAIRS_LISTED);
    moves_rest(to, brief->now);
    paper_basis(to, &brief->now->finding, ANSWER_NOW);
    page_heading(&to->page, "Two issues at once");
    now_pages(&to->page, brief->pairs, PAIRS_LISTED);
    if (brief->pairs->count > PAIRS_LISTED)
        page_say(&to->page, 0, "... %zu more.", brief->pairs->count - PAIRS_LISTED);
    paper_basis(to, &brief->pairs->finding, ANSWER_PAIRS);
    now_measure(&to->page, brief->now);
}

/* ---- why not more ---------------------------------------------------------------- */

static void draw_clashes(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_clashes_svg(out, of, style);
}

static void draw_order(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_order_svg(out, of, style);
}

void dossier_clash(paper *to, const void *all)
{
    const truce_clashes *clashes = brief_of(all)->clashes;
    page_caption(&to->page, "Demands that cannot hold at once");
    clash_pages(&to->page, clashes);
    if (clashes->finding.scenario->demand_count > 0)
        paper_picture(to, "Who wants what, and what clashes", draw_clashes, clashes);
    paper_basis(to, &clashes->finding, ANSWER_CLASH);
}

void dossier_order(paper *to, const void *all)
{
    const truce_order *order = brief_of(all)->order;
    order_pages(&to->page, order);
    if (order->finding.scenario->order_count > 0)
        paper_picture(to, "What waits for what", draw_order, order);
    paper_basis(to, &order->finding, ANSWER_ORDER);
}
