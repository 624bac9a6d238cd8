/* conditions.h - the condition language: "ceasefire >= 30-day and not nato changed".
 *
 *     condition  = either { "or" either }
 *     either     = part { "and" part }
 *     part       = "not" part | "(" condition ")" | issue [ test ]
 *     test       = ("=" | "!=" | "<" | "<=" | ">" | ">=") value
 *                | "in" "{" value { "," value } "}" | "changed"
 *
 * A bare issue means "issue changed". Words are everything but blanks, quotes and
 * ( ) { } , = ! < >; a value with such letters, or one named like a word of the
 * language, stands in 'single' or "double" quotes of its own.
 */
#ifndef FORMATS_CONDITIONS_H
#define FORMATS_CONDITIONS_H

#include "base/names.h"
#include "formats/document.h"

#include <truce/scenario.h>

/* Reads the condition in a text node against the issues of scenario, which must be
 * complete: ids, values, order, status quo; the numbers of a numeric issue ascend.
 *
 *   issues  issue ids to indices
 *   memory  the scenario's arena; the condition keeps nothing of tree
 *
 * NULL with errors in tree's diagnostics, each at its column within the text: all
 * unknown names, and the first thing that breaks the grammar. A number between the
 * values of a numeric issue is fine, and a warning where it can never be met. At most
 * 200 levels of parentheses and "not". O(text + values of the issues named). */
const truce_condition *condition_read(document *tree, const node *text,
                                      const truce_scenario *scenario,
                                      const names *issues, arena *memory);

/* Is it a word of the language ("not", "and", "or", "in", "changed"), and so no id? */
bool condition_is_keyword(const char *word);

#endif
