/* envelope.h - what every JSON answer stands in, and the pieces answers are made of.
 *
 *     json to = envelope_begin(out, &result->finding);
 *     deals_answer(&to, result);
 *     envelope_end(&to, &result->finding, reality);
 */
#ifndef REPORT_ENVELOPE_H
#define REPORT_ENVELOPE_H

#include "base/json.h"

#include <truce/report.h>

/* Up to and with the key "answer". */
json envelope_begin(FILE *out, const truce_finding *finding);

/* Proof, grounds and reality check (null when NULL), and the end of the line. */
void envelope_end(json *to, const truce_finding *finding, const truce_reality *reality);

/* One value each under a key. A count is a decimal string; one out of reach is null and
 * has a "KEY_between": [low, high] beside it. */
void field_text(json *to, const char *key, const char *text);
void field_bool(json *to, const char *key, bool value);
void field_integer(json *to, const char *key, size_t value);
void field_count(json *to, const char *key, truce_count count);
void field_index(json *to, const char *key, size_t index); /* null for TRUCE_NOBODY */

/* Arrays of ids under a key. */
void field_texts(json *to, const char *key, truce_texts texts);
void field_parties(json *to, const char *key, const truce_scenario *scenario,
                   truce_list list);
void field_claims(json *to, const char *key, const truce_scenario *scenario,
                  truce_list list);
void field_constraints(json *to, const char *key, const truce_scenario *scenario,
                       truce_list list);
void field_party(json *to, const char *key, const truce_scenario *scenario,
                 size_t party);

/* {party: [ids]} under a key; owners [count] are the parties of ids [count]. */
void field_by_party(json *to, const char *key, const truce_scenario *scenario,
                    const char *const *ids, const size_t *owners, size_t count);

/* {issue: value}, as a value. */
void settings_value(json *to, const truce_scenario *scenario, truce_settings settings);
void outcome_value(json *to, const truce_scenario *scenario,
                   const truce_value *outcome);

/* {party: number} of those that have preferences, as a value. */
void utilities_value(json *to, const truce_scenario *scenario, const double *numbers);

#endif
