/* braille.h - small pictures made of characters: a canvas of dots under letters, the axis
 * they are measured along, and bars.
 *
 *     span across = span_of(0, 100, 6);
 *     canvas area = canvas_begin(&to.memory, 60, 20, style->ascii);
 *     canvas_dot(&area, canvas_x(&area, &across, 61.3), y, LAYER_FRONT);
 *     canvas_mark(&area, x, y, 'N', PLOT_POINT);
 *     canvas_print(&area, &to, row);       a row of cells, without line end
 *
 * A cell of the terminal is a braille character and holds 2 x 4 dots; without Unicode it is
 * one of . , o | - +. Dots are counted from the lower left corner.
 */
#ifndef REPORT_BRAILLE_H
#define REPORT_BRAILLE_H

#include "report/page.h"

#include <stdint.h>

/* ---- colours --------------------------------------------------------------------- */

/* Nothing is told by these alone. Party number k has PLOT_PARTY + k, counted from 0. */
typedef enum plot_ink {
    PLOT_PLAIN,
    PLOT_FAINT,
    PLOT_LINE,
    PLOT_FRONT,
    PLOT_POINT,
    PLOT_AGREED,
    PLOT_PARTY
} plot_ink;

void plot_ink_on(page *to, unsigned shade); /* nothing on a page without colour */
void plot_ink_off(page *to, unsigned shade);

/* ---- an axis --------------------------------------------------------------------- */

/* From least to greatest, which are multiples of half a step; ticks stand at multiples of
 * step, which is 1, 2 or 5 times a power of ten. */
typedef struct span {
    double least, greatest;
    long long first, last; /* ticks, as multiples of the step */
    int digit, power;      /* the step: digit * 10^power */
} span;

/* The span that holds both, with about so many ticks. Equal or nearly equal numbers get
 * one around them; numbers that are not finite are taken for 0. */
span span_of(double least, double greatest, size_t ticks);

double span_tick(const span *of, long long multiple);
const char *span_words(arena *memory, const span *of, long long multiple); /* "0.25" */

/* 0 at least, 1 at greatest; what lies outside is moved to the nearer end. */
double span_place(const span *of, double value);

/* ---- a canvas -------------------------------------------------------------------- */

/* From below. Those of LAYER_FRONT are alone in their cell; LAYER_FAINT gives way to
 * LAYER_CLOUD; the others share it. */
typedef enum canvas_layer {
    LAYER_FAINT,
    LAYER_CLOUD,
    LAYER_ACROSS, /* a line from left to right */
    LAYER_UP,     /* a line from bottom to top */
    LAYER_FRONT,
    LAYERS
} canvas_layer;

/*   dots   [rows * columns][LAYERS] bits of the braille pattern
 *   marks  [rows * columns] a letter, or 0; inks: its plot_ink */
typedef struct canvas {
    size_t columns, rows;
    bool ascii;
    uint8_t (*dots)[LAYERS];
    char *marks;
    uint8_t *inks;
} canvas;

canvas canvas_begin(arena *memory, size_t columns, size_t rows, bool ascii);

/* The dot of a value: 0 to 2 * columns - 1, and 0 to 4 * rows - 1. */
size_t canvas_x(const canvas *on, const span *across, double value);
size_t canvas_y(const canvas *on, const span *up, double value);

/* What lies beyond the canvas is left out. */
void canvas_dot(canvas *on, size_t x, size_t y, canvas_layer layer);

/* A letter in the cell of a dot. The first one stays: returns the one that stands there. */
char canvas_mark(canvas *on, size_t x, size_t y, char letter, unsigned shade);

/* Dots between two dots, every gap-th of them, neither end among them. */
void canvas_join(canvas *on, const size_t from[2], const size_t to[2], size_t gap,
                 canvas_layer layer);

/* A row of cells, 0 the uppermost; without the blanks at its end. */
void canvas_print(const canvas *on, page *to, size_t row);

/* The pattern of braille dots as UTF-8; bit 0 is the upper left one, as in U+2801. */
const char *braille_text(uint8_t bits, char text[4]);

/* ---- a bar ----------------------------------------------------------------------- */

/* A bar from 0 to value, on a scale from least <= 0 to greatest >= 0 over so many cells, by
 * eighths of a cell (by halves below 0); mark, unless it is NaN, is a line across it. Two
 * blanks come before it and none behind, so that 0 without a mark is nothing at all. What is
 * not 0 shows at least a trace. */
void bar_print(page *to, size_t cells, double least, double greatest, double value,
               double mark, bool ascii, unsigned shade);

#endif
