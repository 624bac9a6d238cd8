/* terminal_plot.h - what pictures made of characters share: what is given, the marks that have
 * a letter, and the legend that names them.
 */
#ifndef REPORT_TERMINAL_PLOT_H
#define REPORT_TERMINAL_PLOT_H

#include "report/braille.h"
#include "report/plot_bargain.h"

/* ---- what is given ----------------------------------------------------------------- */

/* Of each part that is given its parties; an empty list of one that is not. */
truce_list cloud_parties(const truce_bargain *what);
truce_list frontier_parties(const truce_bargain *what);
truce_list points_parties(const truce_bargain *what);
truce_list session_parties(const truce_bargain *what);

const truce_scenario *bargain_scenario(const truce_bargain *what);

/* What the session's agreement is worth to a party; NaN without one. */
double agreed_of(const truce_bargain *what, size_t party);

bool has_solution(const truce_bargain *what, size_t kind);

/* ---- marks that have a letter ------------------------------------------------------- */

/* In the order in which they hide each other: agreement, solution points, status quo. */
enum { AGREEMENT, STATUS_QUO = AGREEMENT + 1 + TRUCE_SOLUTION_KINDS, NAMED };

enum { BAR_INDENT = 2 };

char named_letter(size_t named);
const char *named_words(size_t named);

/* ---- a legend ---------------------------------------------------------------------- */

typedef struct legend {
    page *to;
    size_t used; /* columns of the line begun; 0: none is */
} legend;

/* "N Nash", behind the one before or on a line of its own; long words hang under. */
void key_add(legend *of, const char *glyph, unsigned shade, const char *words);
void legend_end(legend *of);

/* ---- parts -------------------------------------------------------------------------- */

/* The outcomes of two parties in a plane, or of each pair of few. */
void terminal_pictures(page *to, const truce_bargain *what, truce_list parties,
                       bool ascii);

/* Bars of what the marks are worth to each party; their letters are explained below unless
 * they were already. */
void terminal_worths(page *to, const truce_bargain *what, bool explained, bool ascii);

#endif
