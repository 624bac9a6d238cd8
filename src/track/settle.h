/* settle.h - what corrections and findings do to the lines they name. */
#ifndef TRACK_SETTLE_H
#define TRACK_SETTLE_H

#include "track/events.h"

/* Corrections replace what they give or withdraw; the last recorded counts. O(n log n) of
 * corrections. */
void settle_corrections(events *all);

/* Each line gets the finding that stands. After the corrections. O(findings). */
void settle_findings(events *all);

/* Is it one of the accord's verifiers? */
bool is_verifier(const events *all, uint32_t word);

#endif
