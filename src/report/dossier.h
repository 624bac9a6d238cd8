/* dossier.h - the sections of a report on one scenario, by the files that write them. Each
 * takes the truce_dossier that paper_main() was given. */
#ifndef REPORT_DOSSIER_H
#define REPORT_DOSSIER_H

#include "report/paper.h"

/* Rows of the section "rests", which links to what an answer rests on; from 1. */
typedef enum dossier_answer {
    ANSWER_WHO = 1,
    ANSWER_ROUNDS,
    ANSWER_NOW,
    ANSWER_PAIRS,
    ANSWER_CLASH,
    ANSWER_ORDER,
    ANSWER_DEALS,
    ANSWER_POINTS,
    ANSWER_FRONTIER,
    ANSWER_METRICS,
    ANSWER_UNLOCK,
    ANSWER_WAIT,
    ANSWER_FLIP,
    ANSWER_TEXT,
    ANSWER_REALITY,
    ANSWERS
} dossier_answer;

/* dossier_talks.c */
void dossier_short(paper *to, const truce_dossier *all);
void dossier_who(paper *to, const void *all);
void dossier_said(paper *to, const void *all);
void dossier_now(paper *to, const void *all);
void dossier_clash(paper *to, const void *all);
void dossier_order(paper *to, const void *all);

/* dossier_space.c */
void dossier_deals(paper *to, const void *all);
void dossier_points(paper *to, const void *all);
void dossier_frontier(paper *to, const void *all);
void dossier_metrics(paper *to, const void *all);

/* dossier_ahead.c */
void dossier_unlock(paper *to, const void *all);
void dossier_wait(paper *to, const void *all);
void dossier_flip(paper *to, const void *all);
void dossier_text(paper *to, const void *all);
void dossier_reality(paper *to, const void *all);
void dossier_exchange(paper *to, const void *all);
void dossier_track(paper *to, const void *all);

/* dossier_grounds.c */
void dossier_evidence(paper *to, const void *all);
bool dossier_has_entries(const truce_scenario *scenario);
void dossier_entries(paper *to, const void *all);
void dossier_numbers(paper *to, const void *all);
void dossier_rests(paper *to, const void *all);

/* What one conclusion rests on, as an item of a list: its name, then links. */
void rests_begin(paper *to, const char *title);
void rests_item(paper *to, const char *name);
void rests_claims(paper *to, truce_list claims);
void rests_entry(paper *to, const char *kind, size_t index, const char *id);
void rests_number(paper *to, const truce_number *number);
void rests_item_end(paper *to);
void rests_end(paper *to);

#endif
