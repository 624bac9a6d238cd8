/* plot_bargain.h - the parts of the bargaining picture. */
#ifndef REPORT_PLOT_BARGAIN_H
#define REPORT_PLOT_BARGAIN_H

#include "report/svg_axes.h"
#include "report/svg_labels.h"

/* One pair of parties in a frame. across and up are parties of the scenario. */
typedef struct panel {
    svg *to;
    const truce_bargain *what;
    const truce_scenario *scenario;
    size_t across, up;
    svg_box frame;
    svg_scale x, y;
    svg_labels labels;
    bool
        alone; /* the parties of the pair are all there are: frontier and zone are exact */
} panel;

/* What was drawn, so that the legend tells it. */
typedef struct drawn {
    bool cloud, dense, forbidden, frontier, zone, reservation, today, agreement;
    bool solutions[TRUCE_SOLUTION_KINDS];
    bool session;
    size_t every; /* of the frontier each n-th point; 0 and 1: all of them */
} drawn;

/* Where a party stands in a list; TRUCE_NOBODY when it does not. */
size_t place_in_list(truce_list list, size_t party);

/* Outcomes as dots when they are few, as shades where they are many. */
void plot_cloud(panel *at, drawn *seen);

/* Points of the frontier along one axis for each party. Returns where it ends. */
double plot_parallel(svg *to, const truce_bargain *what, double top, double bottom,
                     drawn *seen);

/* "Nash", "Kalai-Smorodinsky", ... */
const char *solution_called(truce_solution_kind kind);

/* Solution points and what each party has without agreement, for parallel axes and panels
 * alike; NaN where they are not told. */
double reservation_of(const truce_bargain *what, size_t party);
double status_quo_of(const truce_bargain *what, size_t party);

#endif
