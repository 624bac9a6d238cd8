/* slips.h - what a person probably meant where YAML gives up, in plain words. */
#ifndef FORMATS_SLIPS_H
#define FORMATS_SLIPS_H

#include "formats/document.h"

/* Where the parser stopped, and what it had read last. Offsets are into tree->bytes.
 *
 *   problem  the parser's own words
 *   at       where it stopped
 *   opener   where the construct begins in which it stopped; `at` when there is none
 *   last     first byte of the text read last; last_end is just behind it, quotes
 * included; both 0 when there was none
 */
typedef struct slip {
    const char *problem;
    size_t at, opener;
    size_t last, last_end;
} slip;

/* Says it as one error of the tree, at the place that needs mending. */
void slip_explain(document *tree, const slip *what);

#endif
