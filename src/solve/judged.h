/* judged.h - the parties that a question judges for. */
#ifndef SOLVE_JUDGED_H
#define SOLVE_JUDGED_H

#include "base/arena.h"

#include <truce/finding.h>

/* The parties asked for, each once, in that order; all that have preferences when none is.
 * TRUCE_OK, or TRUCE_CALL for one that is not there or has no preferences, or when nobody has
 * any. asked may be NULL; the list lives in memory. */
truce_status judged_parties(const truce_scenario *scenario, const truce_list *asked,
                            arena *memory, truce_list *over, truce_error *error);

#endif
