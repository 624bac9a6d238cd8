/* result.h - results that live in an arena of their own: how every question begins and
 * ends.
 *
 *     truce_now *now = result_new(sizeof *now, scenario, "now");
 *     ... result_memory(&now->finding) ...
 *     result_free(&now->finding);            which is all that truce_now_free() does
 *
 * The finding must be the first member of the result.
 */
#ifndef SCENARIO_RESULT_H
#define SCENARIO_RESULT_H

#include "base/arena.h"

#include <truce/finding.h>

/* A zeroed result with its finding begun, proof PROVED. */
void *result_new(size_t size, const truce_scenario *scenario, const char *question);
arena *result_memory(truce_finding *finding);
void result_free(truce_finding *finding); /* NULL is fine */

/* What is said about how it was proved. */
void result_proved(truce_finding *finding, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void result_bounded(truce_finding *finding, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A copy of an outcome, and of a list, in the result's memory. */
const truce_value *result_outcome(truce_finding *finding, const truce_value *outcome);
truce_list result_list(truce_finding *finding, const size_t *items, size_t count);

/* An exact count. */
truce_count result_count(truce_finding *finding, uint64_t count);

#endif
