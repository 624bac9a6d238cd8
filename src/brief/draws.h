/* draws.h - how often answers hold when all uncertain numbers are drawn at once. */
#ifndef BRIEF_DRAWS_H
#define BRIEF_DRAWS_H

#include "brief/answers.h"
#include "scenario/numbers.h"

typedef struct draws_choices {
    uint64_t count, seed;
    double spread; /* percent around plain numbers */
} draws_choices;

/* For each answer, in how many draws it is as it was (holds [answers.count]).
 *
 *   same    [answers.count] receives the counts
 *   drawn   receives how many numbers were drawn in each draw
 *
 * Ranges are triangular over low, mode, high; values are rounded to six decimals, so
 * that a draw is a scenario like any other and its answers are exact. TRUCE_OK, or
 * TRUCE_LIMIT when time ran out: then no count is given. The same for any number of
 * threads. */
truce_status draws_count(const truce_scenario *scenario, const numbers *all,
                         const answers *asked, const bool *holds,
                         const draws_choices *choices, const truce_stop *stop,
                         uint64_t *same, size_t *drawn);

#endif
