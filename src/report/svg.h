/* svg.h - the pen that draws pictures.
 *
 *     svg to;
 *     svg_begin(&to, out, style, 720);
 *     svg_line(&to, svg_stroke(SVG_GRID, 1), x0, y, x1, y);
 *     svg_text(&to, x, y, SVG_MIDDLE, 12, SVG_TEXT, "Day %u", day);
 *     svg_end(&to, height, "Wait", "Outside options over 180 days");
 *
 * Lengths are pixels from the upper left corner. What is drawn is kept until svg_end(), so
 * that a picture may first lay out its rows and then say how high it is. Coordinates are
 * written with two decimals, so the same picture is the same bytes everywhere. All text is
 * escaped and cleaned of what XML does not allow.
 */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "base/arena.h"

#include <truce/plot.h>

/* Colours by what they are for. SVG_SERIES + k is that of the k-th party or strategy; after
 * eight they come again, with other marks and dashes. */
typedef enum svg_ink {
    SVG_NONE,
    SVG_PAPER,
    SVG_TEXT,
    SVG_MUTED,
    SVG_GRID,
    SVG_ZONE,
    SVG_CLOUD,
    SVG_SERIES
} svg_ink;

enum { SVG_COLOURS = 8 };

typedef enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END } svg_anchor;

/* How a shape is filled and outlined. dash is an SVG dash array or NULL. */
typedef struct svg_look {
    svg_ink fill, line;
    double width, opacity; /* opacity 0 stands for 1 */
    const char *dash;
} svg_look;

typedef struct svg {
    FILE *out, *body;
    char *bytes; /* of the body */
    size_t length;
    const truce_plot_style *style;
    double width;
    unsigned ids;
    arena memory;
} svg;

typedef struct svg_box {
    double x, y, width, height;
} svg_box;

/* style may be NULL. usual is the width that suits the picture; to->width is what it has.
 * The pen may not be moved in memory until svg_end(). */
void svg_begin(svg *to, FILE *out, const truce_plot_style *style, double usual);
/* height is what the picture needs; it gets no less than was asked for. */
void svg_end(svg *to, double height, const char *title, const char *description);

/* The height asked for, or usual. */
double svg_height(const svg *to, double usual);

svg_look svg_fill(svg_ink ink);
svg_look svg_stroke(svg_ink ink, double width);
svg_ink svg_series(size_t k);   /* the colour of the k-th */
const char *svg_dash(size_t k); /* and its dash; NULL: a whole line */

void svg_line(svg *to, svg_look look, double x0, double y0, double x1, double y1);
void svg_rect(svg *to, svg_look look, svg_box box, double radius);
void svg_circle(svg *to, svg_look look, double x, double y, double radius);

/* The mark of the k-th series, so that it is told by shape too. hollow: only outlined. */
void svg_mark(svg *to, size_t k, svg_ink ink, bool hollow, double x, double y,
              double radius);
void svg_star(svg *to, svg_look look, double x, double y, double radius);

/* A path: begin, points, then end with its look. */
void svg_path(svg *to);
void svg_move(svg *to, double x, double y);
void svg_go(svg *to, double x, double y);
void svg_curve(svg *to, double x1, double y1, double x2, double y2, double x, double y);
void svg_close(svg *to);
void svg_path_end(svg *to, svg_look look);

/* Within a path: many round dots, and many squares, of one look; dots are as wide as the
 * look's line. */
void svg_dot(svg *to, double x, double y);
void svg_cell(svg *to, double x, double y, double side);

/* An arrow of two straight or one curved line, its head at (x1, y1); bend moves the middle
 * to the left of the way, in pixels. */
void svg_arrow(svg *to, svg_look look, double x0, double y0, double x1, double y1,
               double bend);

/* A group, with words shown where the pointer rests and read by those who do not see it;
 * words NULL: none. */
void svg_group(svg *to, const char *words);
void svg_group_end(svg *to);

/* ---- text ------------------------------------------------------------------------ */

/* Baseline at y. */
void svg_text(svg *to, double x, double y, svg_anchor anchor, double size, svg_ink ink,
              const char *format, ...) __attribute__((format(printf, 7, 8)));
void svg_bold(svg *to, double x, double y, svg_anchor anchor, double size, svg_ink ink,
              const char *format, ...) __attribute__((format(printf, 7, 8)));
/* Upwards, centred at (x, y). */
void svg_text_up(svg *to, double x, double y, double size, svg_ink ink,
                 const char *text);
/* On a rim of paper, so that it can be read on lines. */
void svg_text_on(svg *to, double x, double y, svg_anchor anchor, double size,
                 svg_ink ink, const char *text);

/* No viewer's font makes it wider: the larger of what the common fonts need. */
double svg_text_width(const char *text, double size, bool bold);

/* The text, or as much of it as fits with an ellipsis, in memory. */
const char *svg_fit(arena *memory, const char *text, double size, double width);

/* A paragraph of at most `lines` lines, the first with its baseline at y; the last one ends
 * with an ellipsis when there is more. Returns the baseline of the line after it. */
double svg_paragraph(svg *to, double x, double y, double width, double size,
                     svg_ink ink, unsigned lines, const char *text);

/* ---- title ----------------------------------------------------------------------- */

/* The title (the style's where it has one), and a quieter line below it. Returns where the
 * picture may begin. */
double svg_headline(svg *to, const char *title, const char *below);

#endif
