/* svg_labels.h - labels of points that never overlap and never leave their frame.
 *
 *     svg_labels labels = {.frame = frame};
 *     labels_avoid(&labels, box);
 *     labels_add(&labels, x, y, 5, SVG_TEXT, "Nash");
 *     labels_draw(&to, &labels);
 */
#ifndef REPORT_SVG_LABELS_H
#define REPORT_SVG_LABELS_H

#include "report/svg.h"

enum { LABELS_MOST = 64, LABELS_TAKEN = 2048, LABEL_SIZE = 12 };

/* of_point: what it stands at, and how far that point reaches. */
typedef struct svg_label {
    double x, y, reach;
    svg_ink ink;
    const char *words;
    svg_box box;
    bool placed;
} svg_label;

typedef struct svg_labels {
    svg_box frame;
    svg_label items[LABELS_MOST];
    svg_box taken[LABELS_TAKEN];
    size_t count, taken_count;
} svg_labels;

/* No label comes here. Boxes beyond LABELS_TAKEN are not looked at. */
void labels_avoid(svg_labels *labels, svg_box box);

/* Nor on this line. */
void labels_avoid_line(svg_labels *labels, double x0, double y0, double x1, double y1);

/* Words for the point at (x, y), which reaches so far around it. The first ones get the best
 * places. Beyond LABELS_MOST none are added. */
void labels_add(svg_labels *labels, double x, double y, double reach, svg_ink ink,
                const char *words);

/* Finds places and draws, with a thin line to its point where a label stands apart from it.
 * A label for which the frame has no place is left out: a legend says what is marked. */
void labels_draw(svg *to, svg_labels *labels);

#endif
