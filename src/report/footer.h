/* footer.h - how every text begins and ends: what it is about, what conduct says of the
 * numbers, and on what the answer rests. */
#ifndef REPORT_FOOTER_H
#define REPORT_FOOTER_H

#include "report/page.h"

/* The question in bold, the scenario, and whatever narrows it (--for, --set). */
void header_print(page *to, const truce_finding *finding, const char *title);

/* Whom a scenario is shown to and what --set changed; nothing where neither is so. */
void header_remarks(page *to, const truce_scenario *scenario);

/* Reality check (unless NULL), grounds and proof, each in a paragraph. */
void footer_print(page *to, const truce_finding *finding, const truce_reality *reality);

/* Was every possibility looked at? Otherwise nothing may be said of what was not found. */
bool is_complete(const truce_finding *finding);

/* One line when it was not; nothing otherwise. */
void say_if_cut(page *to, const truce_finding *finding);

/* The pieces, for answers that end otherwise. */
void reality_footer(page *to, const truce_reality *reality); /* with its heading */
void reality_print(page *to, const truce_reality *reality);
void reality_table(page *to, const truce_reality *reality); /* hits as well as misses */
const char *grounds_words(page *to, const truce_finding *finding);
const char *proof_words(page *to, const truce_finding *finding);

#endif
