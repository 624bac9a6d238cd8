/* Parallel coordinates (A. Inselberg, The Plane with Parallel Coordinates, The Visual Computer
 * 1, 1985): one upright axis for each party, from its worst to its best, one line for each
 * point of the frontier. Of a long frontier every n-th point is drawn. */
#include "report/plot_bargain.h"

#include "report/words.h"

#include <math.h>

enum { MOST_LINES = 600 };

static const double SIDE = 60, TOP = 30, BELOW = 34;

typedef struct axes {
    svg *to;
    const truce_bargain *what;
    truce_list parties;
    svg_scale *scales; /* [parties.count] */
    double *x;         /* [parties.count] */
} axes;

static void widen(double *least, double *greatest, double value)
{
    if (isfinite(value)) {
        *least = fmin(*least, value);
        *greatest = fmax(*greatest, value);
    }
}

static svg_scale scale_of(const truce_bargain *what, truce_list parties, size_t k,
                          double top, double bottom)
{
    double least = INFINITY, greatest = -INFINITY;
    for (size_t i = 0; what->frontier && i < what->frontier->size; i++)
        widen(&least, &greatest, what->frontier->utilities[i * parties.count + k]);
    if (what->cloud) {
        widen(&least, &greatest, what->cloud->least[k]);
        widen(&least, &greatest, what->cloud->greatest[k]);
    }
    widen(&least, &greatest, reservation_of(what, parties.items[k]));
    widen(&least, &greatest, status_quo_of(what, parties.items[k]));
    return scale_over(least, greatest, bottom, top);
}

static void draw_axis(const axes *at, size_t k, double width)
{
    svg *to = at->to;
    const svg_scale *scale = &at->scales[k];
    svg_ticks ticks = scale_ticks(scale, fabs(scale->start - scale->end) / 80);
    svg_line(to, svg_stroke(SVG_MUTED, 1), at->x[k], scale->start, at->x[k],
             scale->end);
    for (size_t t = 0; t < ticks.count; t++) {
        double y = scale_at(scale, tick_at(&ticks, t));
        svg_line(to, svg_stroke(SVG_MUTED, 1), at->x[k] - 4, y, at->x[k], y);
        svg_text_on(to, at->x[k] - 7, y + 4, SVG_END, 11, SVG_MUTED,
                    tick_words(&to->memory, &ticks, t));
    }
    const char *name =
        party_called(at->what->frontier ? at->what->frontier->finding.scenario
                                        : at->what->cloud->finding.scenario,
                     at->parties.items[k]);
    svg_text(to, at->x[k], scale->start + 22, SVG_MIDDLE, 12, SVG_TEXT, "%s",
             svg_fit(&to->memory, name, 12, width - 8));
}

static void draw_row(const axes *at, const double *utilities, svg_look look)
{
    svg_path(at->to);
    for (size_t k = 0; k < at->parties.count; k++)
        (k ? svg_go : svg_move)(at->to, at->x[k],
                                scale_at(&at->scales[k], utilities[k]));
    svg_path_end(at->to, look);
}

static void draw_frontier(const axes *at, drawn *seen)
{
    const truce_frontier *frontier = at->what->frontier;
    size_t step = frontier->size / MOST_LINES + 1;
    svg_look look = svg_stroke(SVG_CLOUD, 1);
    look.opacity = frontier->size > 60 ? 0.25 : 0.6;
    for (size_t i = 0; i < frontier->size; i += step)
        draw_row(at, frontier->utilities + i * at->parties.count, look);
    seen->frontier = frontier->size > 0;
    seen->every = step;
}

static void draw_solutions(const axes *at, drawn *seen)
{
    const truce_points *points = at->what->points;
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++) {
        const truce_solution *solution = &points->solutions[kind];
        if (solution->absent || solution->count == 0 ||
            points->parties.count != at->parties.count)
            continue;
        svg_look look = svg_stroke(svg_series(kind + 2), 2);
        look.dash = svg_dash(kind);
        draw_row(at, solution->items[0].utilities, look);
        for (size_t k = 0; k < at->parties.count; k++)
            svg_mark(at->to, kind, look.line, true, at->x[k],
                     scale_at(&at->scales[k], solution->items[0].utilities[k]),
                     5 + (double)kind);
        seen->solutions[kind] = true;
    }
}

static void draw_references(const axes *at, drawn *seen)
{
    svg_look thick = svg_stroke(SVG_TEXT, 2.5), dash = svg_stroke(SVG_TEXT, 1);
    dash.dash = "5 4";
    double before = NAN;
    for (size_t k = 0; k < at->parties.count; k++) {
        double value = reservation_of(at->what, at->parties.items[k]);
        double y = isfinite(value) ? scale_at(&at->scales[k], value) : NAN;
        if (isfinite(y)) {
            svg_line(at->to, thick, at->x[k] - 8, y, at->x[k] + 8, y);
            if (k > 0 && isfinite(before))
                svg_line(at->to, dash, at->x[k - 1], before, at->x[k], y);
            seen->reservation = true;
        }
        before = y;
    }
}

double plot_parallel(svg *to, const truce_bargain *what, double top, double bottom,
                     drawn *seen)
{
    truce_list parties = what->frontier ? what->frontier->parties
                         : what->cloud  ? what->cloud->parties
                                        : (truce_list){0};
    axes at = {.to = to,
               .what = what,
               .parties = parties,
               .scales = arena_array(&to->memory, parties.count + 1, svg_scale),
               .x = arena_array(&to->memory, parties.count + 1, double)};
    double width =
        (to->width - 2 * SIDE) / (double)(parties.count > 1 ? parties.count - 1 : 1);
    for (size_t k = 0; k < parties.count; k++) {
        at.x[k] = SIDE + width * (double)k;
        at.scales[k] = scale_of(what, parties, k, top + TOP - 20, bottom - BELOW);
    }
    if (what->frontier)
        draw_frontier(&at, seen);
    draw_references(&at, seen);
    if (what->points)
        draw_solutions(&at, seen);
    for (size_t k = 0; k < parties.count; k++)
        draw_axis(&at, k, width);
    return bottom;
}
