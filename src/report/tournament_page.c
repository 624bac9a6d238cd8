/* A report on a tournament: the same tables as the text, as a page. */
#include "report/paper.h"
#include "report/questions.h"

#include <truce/report.h>

static const truce_standings *standings_of(const void *of)
{
    return of;
}

static bool has_duels(const void *of)
{
    return standings_of(of)->duel_count > 0;
}

static bool has_game(const void *of)
{
    return standings_of(of)->from_even != NULL;
}

static void draw_scores(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_scores_svg(out, of, style);
}

static void draw_payoffs(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_payoffs_svg(out, of, style);
}

static void scores(paper *to, const void *of)
{
    page_caption(&to->page, "Scores: mean %s",
                 standings_of(of)->score == TRUCE_SCORE_ADVANTAGE
                     ? "advantage"
                     : "discounted utility");
    standings_scores(&to->page, of);
    paper_picture(to, "Scores with their intervals", draw_scores, of);
}

static void scenarios(paper *to, const void *of)
{
    standings_scenarios(&to->page, of);
}

static void payoffs(paper *to, const void *of)
{
    standings_payoffs(&to->page, of);
    paper_picture(to, "What each gets with each other", draw_payoffs, of);
}

static void duels(paper *to, const void *of)
{
    standings_duels(&to->page, of);
}

static void draw_dynamics(FILE *out, const void *of, const truce_plot_style *style)
{
    truce_dynamics_svg(out, of, style);
}

static void game(paper *to, const void *of)
{
    standings_game(&to->page, of);
    if (standings_of(of)->path_count > 0)
        paper_picture(to, "Shares of a population that follows what pays",
                      draw_dynamics, of);
}

static const section sections[] = {
    {"scores", "Scores", NULL, scores},
    {"scenarios", "Scores by scenario", NULL, scenarios},
    {"payoffs", "What the row gets with the column at the table", NULL, payoffs},
    {"tests", "Differences, best first", has_duels, duels},
    {"game", "The empirical game", has_game, game},
};

void truce_standings_html(FILE *out, const truce_standings *of)
{
    paper to;
    paper_begin(&to, out, NULL, "Tournament");
    standings_what(&to.page, of);
    page_remark(&to.page, 0,
                "Strategies are compared, not parties: nothing here foretells any real "
                "talks. Plan %.12s.",
                of->plan);
    paper_main(&to, sections, sizeof sections / sizeof *sections, of);
    paper_sections(&to);
    paper_end(&to);
}
