/* The space of outcomes: what all could accept, what theory calls fair, the frontier. */
#include "report/dossier.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/words.h"

#include <truce/report.h>

static void draw_bargain(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_bargain_svg(out, of, style);
}

/* Of two parties or more; with fewer there is nothing to set against each other. */
static void put_bargain(paper *to, const truce_dossier *all)
{
    truce_bargain what = {.cloud = all->cloud,
                          .frontier = all->frontier,
                          .points = all->points,
                          .across = TRUCE_NOBODY,
                          .up = TRUCE_NOBODY};
    if (all->frontier == NULL || all->frontier->parties.count < 2)
        return;
    paper_picture(to, "What outcomes are worth, and the frontier", draw_bargain, &what);
    if (all->cloud != NULL && all->cloud->finding.proof.how == TRUCE_SAMPLED)
        page_remark(&to->page, 0, "The cloud: %s",
                    proof_words(&to->page, &all->cloud->finding));
}

void dossier_deals(paper *to, const void *all)
{
    const truce_deals *deals = ((const truce_dossier *)all)->brief->deals;
    page_caption(&to->page, "Outcomes, counted");
    deals_pages(&to->page, deals);
    put_bargain(to, all);
    paper_basis(to, &deals->finding, ANSWER_DEALS);
}

void dossier_points(paper *to, const void *all)
{
    const truce_points *points = ((const truce_dossier *)all)->points;
    page_caption(&to->page, "Solution points, in utility");
    points_pages(&to->page, points);
    put_bargain(to, all);
    paper_basis(to, &points->finding, ANSWER_POINTS);
}

void dossier_frontier(paper *to, const void *all)
{
    const truce_frontier *frontier = ((const truce_dossier *)all)->frontier;
    page_caption(&to->page, "Points of the frontier, in utility");
    frontier_pages(&to->page, frontier, NULL);
    paper_basis(to, &frontier->finding, ANSWER_FRONTIER);
}

void dossier_metrics(paper *to, const void *all)
{
    const truce_metrics *metrics = ((const truce_dossier *)all)->metrics;
    page_caption(&to->page, "Utilities");
    metrics_pages(&to->page, metrics);
    paper_basis(to, &metrics->finding, ANSWER_METRICS);
}
