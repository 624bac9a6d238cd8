/* external.h - a party that is another program, spoken to in JSON lines (docs/agents.md). */
#ifndef PLAY_EXTERNAL_H
#define PLAY_EXTERNAL_H

#include "base/arena.h"
#include "formats/document.h"

#include <truce/play.h>

/* Is it "exec:COMMAND" or "exec/SECONDS:COMMAND"? */
bool is_external(const char *text);

/* The strategy that such a text names, in memory; NULL when it makes no sense. */
const truce_strategy *external_strategy(const char *text, arena *memory,
                                        truce_error *error);

/* Is it one of these? */
bool strategy_is_external(const truce_strategy *own);

/* ---- one line of an agent ------------------------------------------------------------------ */

typedef enum agent_word {
    AGENT_FAULT, /* the line makes no sense: fault says why */
    AGENT_OFFER,
    AGENT_ACCEPT,
    AGENT_REJECT,
    AGENT_LEAVE,
    AGENT_ASK_UTILITY,  /* of outcome */
    AGENT_ASK_AT_LEAST, /* of number */
    AGENT_ASK_BEST      /* of number, a place */
} agent_word;

/* Reads a line. outcome [issues] receives that of an offer or a question; fault what is
 * wrong, beginning with its name: "unknown-value: ...". O(line * issues). */
agent_word agent_read(const truce_scenario *scenario, const char *line,
                      truce_value *outcome, double *number, truce_error *fault);

/* An outcome as {"issue": "value", ...} with every issue, into outcome [issues]; false with
 * the fault. O(issues * names). */
bool agent_outcome(const truce_scenario *scenario, const node *offer,
                   truce_value *outcome, truce_error *fault);

#endif
