/* plot.h - pictures of results, as SVG. Computes nothing: what a picture shows stands in the
 * results that it is given.
 *
 * Every picture is a whole SVG document with role="img", a title and a description, and a
 * legend. The same results and style give the same bytes on every machine. Colours are told
 * apart by people who see few of them (Okabe and Ito, 2008), and nothing is told by colour
 * alone. Labels never overlap one another and never leave the picture. Text of a file is
 * escaped and cleaned of control characters. The pictures are shown in docs/plot.md.
 *
 * Functions return nothing: whether writing failed is the stream's to tell (ferror).
 */
#ifndef TRUCE_PLOT_H
#define TRUCE_PLOT_H

#include <truce/brief.h>
#include <truce/exchange.h>
#include <truce/frontier.h>
#include <truce/play.h>
#include <truce/tournament.h>
#include <truce/track.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum truce_palette {
    TRUCE_LIGHT,
    TRUCE_DARK,
    /* colours are CSS variables of the page that the picture stands in, with those of the
     * light palette where it sets none: --truce-paper, --truce-text, --truce-muted,
     * --truce-grid, --truce-zone, --truce-cloud, --truce-1 ... --truce-8 */
    TRUCE_OF_PAGE
} truce_palette;

/* How a picture is made. All zero: a document of its own, light, as large as it needs.
 *
 *   width, height  pixels, at least 320 x 240 (smaller is taken for that); 0: what suits
 *                  the picture. Pictures made of rows may be higher, so that all rows fit.
 *   title          in place of the picture's own, or NULL
 *   id             prefix of the ids within, for several pictures in one page, which then
 *                  has no XML declaration; NULL: a document of its own */
typedef struct truce_plot_style {
    unsigned width, height;
    truce_palette palette;
    const char *title;
    const char *id;
} truce_plot_style;

/* ---- bargaining ------------------------------------------------------------------ */

/* Utilities of outcomes: the cloud, where it is thick, the frontier, what each party has
 * without agreement, the solution points, and the offers of a session on the way.
 *
 *   cloud     or NULL
 *   frontier  or NULL; over the parties of the cloud, where both are given
 *   points    or NULL
 *   session   or NULL
 *   across, up  two parties (scenario->parties); TRUCE_NOBODY for both: the first two of
 *             the frontier's or the cloud's. When there are more than two and none was
 *             chosen, every pair gets a panel, up to four parties; beyond that parallel
 *             axes show the points of the frontier.
 * At least one of cloud, frontier, points, session is given. */
typedef struct truce_bargain {
    const truce_cloud *cloud;
    const truce_frontier *frontier;
    const truce_points *points;
    const truce_session *session;
    size_t across, up;
} truce_bargain;

TRUCE_API void truce_bargain_svg(FILE *out, const truce_bargain *what,
                                 const truce_plot_style *style);

/* ---- the questions of the brief -------------------------------------------------- */

/* Who wants what on each issue, its values on a scale, what clashes marked. */
TRUCE_API void truce_clashes_svg(FILE *out, const truce_clashes *result,
                                 const truce_plot_style *style);

/* Steps and their owners: what runs in a circle in the middle, gates before it. */
TRUCE_API void truce_order_svg(FILE *out, const truce_order *result,
                               const truce_plot_style *style);

/* Outside options over the days, and below how many outcomes are acceptable. */
TRUCE_API void truce_wait_svg(FILE *out, const truce_wait *result,
                              const truce_plot_style *style);

/* A tornado: for each answer how far its number is from where the answer turns. */
TRUCE_API void truce_flips_svg(FILE *out, const truce_flips *result,
                               const truce_plot_style *style);

/* ---- tournaments ----------------------------------------------------------------- */

/* Scores with their intervals, best first. */
TRUCE_API void truce_scores_svg(FILE *out, const truce_standings *result,
                                const truce_plot_style *style);

/* What each strategy gets with each other, as a table of shades and numbers. */
TRUCE_API void truce_payoffs_svg(FILE *out, const truce_standings *result,
                                 const truce_plot_style *style);

/* Shares of a population over time under replicator dynamics. */
TRUCE_API void truce_dynamics_svg(FILE *out, const truce_standings *result,
                                  const truce_plot_style *style);

/* ---- exchange and track ---------------------------------------------------------- */

/* Who goes in each stage, and what the sides have still to come after it. */
TRUCE_API void truce_plan_svg(FILE *out, const truce_plan *plan,
                              const truce_plot_style *style);

/* The days of a ceasefire, with what was reported on each and by whom it was verified;
 * without a ceasefire the commitments over time. */
TRUCE_API void truce_track_svg(FILE *out, const truce_track *track,
                               const truce_plot_style *style);

#ifdef __cplusplus
}
#endif

#endif
