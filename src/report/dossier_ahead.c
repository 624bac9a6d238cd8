/* What lies ahead: what would unlock a deal, what time does, what carries the answers, and
 * what was agreed and how it is kept. */
#include "report/dossier.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/words.h"

#include <truce/report.h>

#include <math.h>

static const truce_brief *brief_of(const void *all)
{
    return ((const truce_dossier *)all)->brief;
}

static void way_rests(paper *to, const truce_scenario *scenario, const truce_way *way,
                      size_t number)
{
    rests_item(to, arena_format(&to->page.memory, "Way %zu", number));
    for (size_t g = 0; g < way->count; g++) {
        const truce_demand *demand = &scenario->demands[way->give[g].demand];
        rests_entry(to, "demand", way->give[g].demand, demand->label.id);
        rests_claims(to, demand->label.claims);
    }
    rests_item_end(to);
}

void dossier_unlock(paper *to, const void *all)
{
    const truce_unlock *unlock = brief_of(all)->unlock;
    unlock_pages(&to->page, unlock);
    if (unlock->count > 0 && unlock->ways[0].count > 0) {
        rests_begin(to, "What each way rests on");
        for (size_t w = 0; w < unlock->count; w++)
            way_rests(to, unlock->finding.scenario, &unlock->ways[w], w + 1);
        rests_end(to);
    }
    paper_basis(to, &unlock->finding, ANSWER_UNLOCK);
}

static void floors_rest(paper *to, const truce_scenario *scenario)
{
    rests_begin(to, "What each outside option rests on");
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_outside *outside = &scenario->parties[p].preferences.outside;
        if (!scenario->parties[p].preferences.given || !outside->given)
            continue;
        rests_item(to, party_called(scenario, p));
        rests_number(to, &outside->worth);
        rests_number(to, &outside->per_30_days);
        rests_claims(to, outside->label.claims);
        rests_item_end(to);
    }
    rests_end(to);
}

static void draw_wait(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_wait_svg(out, of, style);
}

static void draw_flips(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_flips_svg(out, of, style);
}

static void draw_plan(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_plan_svg(out, of, style);
}

static void draw_track(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_track_svg(out, of, style);
}

void dossier_wait(paper *to, const void *all)
{
    const truce_wait *wait = brief_of(all)->wait;
    page_caption(&to->page, "Outside options as time passes");
    wait_pages(&to->page, wait);
    if (wait->date_count > 0)
        paper_picture(to, "Outside options and acceptable outcomes as time passes",
                      draw_wait, wait);
    floors_rest(to, wait->finding.scenario);
    paper_basis(to, &wait->finding, ANSWER_WAIT);
}

void dossier_flip(paper *to, const void *all)
{
    const truce_flips *flips = brief_of(all)->flips;
    page_caption(&to->page, "Which number reverses which answer");
    flip_pages(&to->page, flips);
    if (flips->count > 0)
        paper_picture(to, "How far each answer is from where it turns", draw_flips,
                      flips);
    paper_basis(to, &flips->finding, ANSWER_FLIP);
}

void dossier_text(paper *to, const void *all)
{
    const truce_text *text = brief_of(all)->text;
    text_pages(&to->page, text);
    paper_basis(to, &text->finding, ANSWER_TEXT);
}

void dossier_reality(paper *to, const void *all)
{
    const truce_reality *reality = brief_of(all)->reality;
    if (reality == NULL) {
        page_say(&to->page, 0, "It could not be made.");
        return;
    }
    reality_print(&to->page, reality);
    if (reality->count > 0)
        reality_table(&to->page, reality);
    paper_basis(to, &reality->finding, ANSWER_REALITY);
}

void dossier_exchange(paper *to, const void *all)
{
    const truce_brief *brief = brief_of(all);
    const truce_exchange_wish *wish = brief->finding.scenario->exchange;
    if (wish->note)
        page_say(&to->page, 0, "%s", wish->note);
    if (brief->plan == NULL) {
        page_say(&to->page, 0, "The exchange could not be planned: %s.",
                 brief->no_plan);
        return;
    }
    page_caption(&to->page, "Handovers, and who goes in each");
    plan_pages(&to->page, brief->plan);
    if (brief->plan->stage_count > 0)
        paper_picture(to, "Who goes in each stage, and what is still to come",
                      draw_plan, brief->plan);
    if (brief->plan->short_of == NULL)
        plan_proofs(&to->page, brief->plan);
}

void dossier_track(paper *to, const void *all)
{
    const truce_track *track = ((const truce_dossier *)all)->track;
    track_moment(&to->page, track);
    page_caption(&to->page, "Commitments");
    track_pages(&to->page, track);
    paper_picture(to, "What was reported, day by day, and the commitments", draw_track,
                  track);
    page_heading(&to->page, "Where the accounts differ");
    track_disputed(&to->page, track);
    page_heading(&to->page, "Why each commitment is in its state");
    to->pen.level++;
    for (size_t c = 0; c < track->accord->commitment_count; c++)
        track_explain(&to->page, track, c);
    to->pen.level--;
    track_log(&to->page, track);
}
