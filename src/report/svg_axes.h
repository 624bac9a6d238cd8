/* svg_axes.h - scales, axes and legends of pictures. */
#ifndef REPORT_SVG_AXES_H
#define REPORT_SVG_AXES_H

#include "report/svg.h"

/* Numbers from `from` to `to` lie on the pixels from `start` to `end`. */
typedef struct svg_scale {
    double from, to, start, end;
} svg_scale;

/* Over all numbers between least and greatest, with a little room at both ends; one number
 * alone, or none that is finite, gets room around it. */
svg_scale scale_over(double least, double greatest, double start, double end);
double scale_at(const svg_scale *scale, double value);

/* Round numbers within a scale, about so many: first, first + step, ... [count]. */
typedef struct svg_ticks {
    double first, step;
    size_t count;
    int decimals;
} svg_ticks;

svg_ticks scale_ticks(const svg_scale *scale, double about);
double tick_at(const svg_ticks *ticks, size_t k);
const char *tick_words(arena *memory, const svg_ticks *ticks, size_t k);

/* Grid lines, numbers and a name for the lower and the left side of a frame. */
void axis_across(svg *to, const svg_scale *scale, svg_box frame, const char *name);
void axis_up(svg *to, const svg_scale *scale, svg_box frame, const char *name);

/* The widest number of an axis, in pixels. */
double axis_room(svg *to, const svg_scale *scale, double length);

/* ---- legends --------------------------------------------------------------------- */

typedef enum svg_key_kind {
    KEY_MARK,
    KEY_HOLLOW,
    KEY_LINE,
    KEY_AREA,
    KEY_STAR
} svg_key_kind;

typedef struct svg_key {
    svg_key_kind kind;
    size_t series; /* the shape of a mark */
    svg_look look; /* its fill or line gives the colour */
    const char *words;
} svg_key;

enum { LEGEND_KEYS = 24 };

typedef struct svg_legend {
    svg_key keys[LEGEND_KEYS];
    size_t count;
} svg_legend;

void legend_add(svg_legend *legend, svg_key_kind kind, size_t series, svg_look look,
                const char *words);

/* In rows as wide as `width`; with `draw` false only measured. Returns where it ends. */
double legend_rows(svg *to, const svg_legend *legend, double x, double y, double width,
                   bool draw);

#endif
