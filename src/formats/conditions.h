/* conditions.h - the condition language: "ceasefire >= 30-day and not nato changed".
 *
 *     condition  = either { "or" either }
 *     either     = part { "and" part }
 *     part       = "not" part | "(" condition ")" | issue [ test ]
 *     test       = ("=" | "!=" | "<" | "<=" | ">" | ">=") value
 *                | "in" "{" value { "," value } "}" | "changed"
 *
 * A bare issue means "issue changed". Words are everything but space, quotes and ( ) {
 * } , = ! < >; a value with such letters stands in quotes of its own.
 */
#ifndef FORMATS_CONDITIONS_H
#define FORMATS_CONDITIONS_H

#include "base/names.h"
#include "formats/document.h"

#include <truce/scenario.h>

/* Reads the condition in a text node against the issues of scenario, which must be
 * complete.
 *
 *   issues  issue ids to indices
 *   memory  the scenario's arena
 *
 * NULL with errors in tree's diagnostics, each at its column within the text. */
const truce_condition *condition_read(document *tree, const node *text,
                                      const truce_scenario *scenario,
                                      const names *issues, arena *memory);

#endif
