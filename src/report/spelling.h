/* spelling.h - outcomes as values, told many times over: by names, by indices, or not.
 *
 *     spelling names = spelling_begin(scenario, style);
 *     json_outcome(&to, &names, outcome);
 *     spelling_end(&names);
 */
#ifndef REPORT_SPELLING_H
#define REPORT_SPELLING_H

#include "base/arena.h"
#include "base/json.h"
#include "report/csv.h"

/* How each value of each issue is written in JSON, made once. */
typedef struct spelling {
    const truce_scenario *scenario;
    truce_naming naming;
    arena memory;
    const char ***pieces; /* [issue][value] `"issue":"value"` or the index */
    size_t **lengths;     /* [issue][value] */
    char *line;           /* room for a whole outcome */
} spelling;

spelling spelling_begin(const truce_scenario *scenario, const truce_style *style);
void spelling_end(spelling *names);

/* {"issue":"value",...} or [index,...] as a value; null for an outcome that is NULL. */
void json_outcome(json *to, const spelling *names, const truce_value *outcome);

/* A cell for each issue, and the cells of the line of names above them. */
void csv_outcome(csv *to, const truce_scenario *scenario, const truce_style *style,
                 const truce_value *outcome);
void csv_issues(csv *to, const truce_scenario *scenario, const truce_style *style);

/* For a column of a text: what it changes, or the indices; its title. */
const char *choice_words(arena *memory, const truce_scenario *scenario,
                         const truce_style *style, const truce_value *outcome);
const char *choice_title(const truce_style *style);

/* The naming of a style that may be NULL. */
truce_naming naming_of(const truce_style *style);

#endif
