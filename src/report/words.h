/* words.h - how things of a scenario are called in texts. Everything lives in memory,
 * or as long as the scenario. */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "base/arena.h"

#include <truce/report.h>

#define NBSP "\u00a0" /* a space at which no line is broken unless it must be */

/* "11,664", "between 5 and 900", and beyond 18 digits "about 1.23 x 10^40". */
const char *count_words(arena *memory, truce_count count);

/* Is it known to be this small number? */
bool count_is(truce_count count, const char *number);

/* "1 set", "3 sets": plural is the whole other word. */
const char *counted(arena *memory, size_t count, const char *one, const char *plural);

/* The same, with "no sets" for none. */
const char *some(arena *memory, size_t count, const char *one, const char *plural);

/* "11,664" */
const char *size_words(arena *memory, size_t count);

/* "61.3", or "0.6130" where scale, the largest number of its kind, is small; "-" for NaN.
 */
const char *utility_words(arena *memory, double value, double scale);

/* The same with one digit more: "61.27". */
const char *fine_words(arena *memory, double value, double scale);

/* "+5.6", "-3.0", "0"; "-" for NaN. */
const char *change_words(arena *memory, double value);

/* "0.0125", up to six digits, for numbers of the file. */
const char *number_words(arena *memory, double value);

/* Its title; its id where it has none. */
const char *scenario_called(const truce_scenario *scenario);

/* A party's name; its id where the name would read as a list. */
const char *party_called(const truce_scenario *scenario, size_t party);

/* "Ukraine's", "United States'". */
const char *whose(arena *memory, const truce_scenario *scenario, size_t party);

/* The same for owners of rules and constraints: "logic" for TRUCE_NOBODY. */
const char *owner_called(const truce_scenario *scenario, size_t party);
const char *owner_id(const truce_scenario *scenario, size_t party);

/* "a", "a and b", "a, b and c"; last is the word before the last one. */
const char *join(arena *memory, const char *const *texts, size_t count,
                 const char *last);
const char *join_by(arena *memory, const char *const *texts, size_t count,
                    const char *between);
const char *join_ids(arena *memory, truce_texts ids);
const char *join_parties(arena *memory, const truce_scenario *scenario,
                         truce_list parties);
const char *join_party_ids(arena *memory, const truce_scenario *scenario,
                           truce_list parties);

/* "exchange = 1000-for-1000, summit = UA-RU". */
const char *settings_words(arena *memory, const truce_scenario *scenario,
                           truce_settings settings);

/* "exchange = 1000-for-1000 with summit = UA-RU", for use within a list. */
const char *package_words(arena *memory, const truce_scenario *scenario,
                          truce_settings settings);

/* What an outcome changes against today: "exchange = all-for-all", or "nothing
 * changes". */
const char *outcome_words(arena *memory, const truce_scenario *scenario,
                          const truce_value *outcome);

/* "c-first, c-steady", or "" without any. */
const char *claim_ids(arena *memory, const truce_scenario *scenario, truce_list claims);

/* The claims; "inferred" when nobody voiced it. */
const char *drawn_from(arena *memory, const truce_scenario *scenario,
                       const truce_label *label);

/* A short condition is kept on one line; the second one in quotation marks. */
const char *unbroken(arena *memory, const char *text);
const char *quoted(arena *memory, const char *text);

/* What an id stands for: `Ukraine's demand "ceasefire >= 30-day" (d1)`, red lines,
 * floors and rules likewise; other ids as they are. */
const char *thing_words(arena *memory, const truce_scenario *scenario, const char *id);
const char *join_things(arena *memory, const truce_scenario *scenario, truce_texts ids);

/* The same for a table that names id and owner beside it: `never "troops = all"`. */
const char *member_words(arena *memory, const truce_scenario *scenario, const char *id);

/* The demand with this id, or NULL. */
const truce_demand *demand_called(const truce_scenario *scenario, const char *id);

/* A stage of an order constraint: a step's title, an issue's, or the condition. */
const char *stage_words(arena *memory, const truce_scenario *scenario,
                        const truce_stage *stage);

#endif
