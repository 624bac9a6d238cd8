/* plot.h - what the commands that draw have in common: size and palette, and a file whose
 * name says whether it is SVG, PNG or PDF.
 *
 *     plotting picture;
 *     if (plot_is_possible(call)) ...
 *     plot_begin(&picture, call);
 *     truce_wait_svg(picture.out, wait, &picture.style);
 *     code = plot_end(&picture, code);
 */
#ifndef CMD_PLOT_H
#define CMD_PLOT_H

#include "analysis.h"

typedef struct plotting {
    const struct call *call;
    truce_plot_style style;
    FILE *out; /* memory, until plot_end() */
    char *bytes;
    size_t length;
} plotting;

/* Can the picture that the call asks for be made at all? Says why not: a size that is none,
 * a file that is there already, a kind of file that nobody here makes. To be asked before
 * anything is computed. */
bool plot_is_possible(const struct call *call);

/* Call it once for each picture. */
void plot_begin(plotting *picture, const struct call *call);

/* Writes the file of --output, or SVG to stdout. Returns code, or another exit code having
 * said why. */
int plot_end(plotting *picture, int code);

/* The same around the answer to a question: begins when there is a result, else says why there
 * is none; and ends, where "there is none" (TRUCE_NONE) is a picture, too. */
bool plot_answers(plotting *picture, analysis *work, const void *result);
void plot_answered(plotting *picture, analysis *work);

#endif
