/* questions.h - what each question's file lends to the others: its answer as JSON, and
 * the pieces of its text that the brief shows as well. */
#ifndef REPORT_QUESTIONS_H
#define REPORT_QUESTIONS_H

#include "base/json.h"
#include "report/page.h"

/* The value of "answer": one object. */
void deals_answer(json *to, const truce_deals *result);
void clash_answer(json *to, const truce_clashes *result);
void unlock_answer(json *to, const truce_unlock *result);
void order_answer(json *to, const truce_order *result);
void now_answer(json *to, const truce_now *result);
void who_answer(json *to, const truce_who *result);
void evidence_answer(json *to, const truce_evidence *result);
void wait_answer(json *to, const truce_wait *result);
void flip_answer(json *to, const truce_flips *result);
void rounds_answer(json *to, const truce_rounds *result);
void text_answer(json *to, const truce_text *result);
void plan_answer(json *to, const truce_plan *plan);
void track_answer(json *to, const truce_track *track);

/* Of a plan of an exchange: millionths as "12.5"; a day as "2025-05-23" where days are dates,
 * else "3". */
const char *plan_amount_words(arena *memory, uint64_t millionths);
const char *plan_day_words(arena *memory, const truce_exchange_wish *wish, int32_t day);

/* Tables and sentences of texts; `most` cuts lists. Sentences live as long as the page.
 */
void deals_points(page *to, const truce_deals *result, size_t most);
void deals_blocked(page *to, const truce_scenario *scenario, truce_texts blocked_by);
void clash_table(page *to, const truce_clashes *result, size_t most);
const char *unlock_way_words(page *to, const truce_scenario *scenario,
                             const truce_way *way);
const char *order_chain(page *to, const truce_scenario *scenario,
                        const truce_cycle *cycle);
const char *order_standing(const truce_cycle *cycle);
const char *order_breaks(page *to, const truce_order *result);
const char *order_gate(page *to, const truce_scenario *scenario, size_t which);
const char *order_free(page *to, const truce_order *result);
void now_table(page *to, const truce_now *result, size_t most);
void now_obstacles(page *to, const truce_now *result, size_t most);

/* All of a question's text, without what is above and below it in a text of its own. */
void who_pages(page *to, const truce_who *result);
void rounds_pages(page *to, const truce_rounds *result);
void now_pages(page *to, const truce_now *result, size_t most);
void now_measure(page *to, const truce_now *result);
void clash_pages(page *to, const truce_clashes *result);
void order_pages(page *to, const truce_order *result);
void deals_pages(page *to, const truce_deals *result);
void unlock_pages(page *to, const truce_unlock *result);
void wait_pages(page *to, const truce_wait *result);
void flip_pages(page *to, const truce_flips *result);
void text_pages(page *to, const truce_text *result);
void frontier_pages(page *to, const truce_frontier *result, const truce_style *style);
void points_pages(page *to, const truce_points *result);
void metrics_pages(page *to, const truce_metrics *result);

/* Standings without their headings; none of the comparisons or of the game where there is
 * none. */
void standings_what(page *to, const truce_standings *of);
void standings_scores(page *to, const truce_standings *of);
void standings_scenarios(page *to, const truce_standings *of);
void standings_payoffs(page *to, const truce_standings *of);
void standings_duels(page *to, const truce_standings *of);
void standings_game(page *to, const truce_standings *of);

/* The first paragraph of the brief, sentence by sentence; those with nothing to say are
 * "". */
typedef enum brief_sentence {
    BRIEF_NOW,
    BRIEF_DEALS,
    BRIEF_CLASH,
    BRIEF_ORDER,
    BRIEF_UNLOCK,
    BRIEF_REALITY,
    BRIEF_SENTENCES
} brief_sentence;
void brief_sentences(page *to, const truce_brief *result,
                     const char *sentences[BRIEF_SENTENCES]);
void brief_said(page *to, const truce_brief *result);
void brief_pairs(page *to, const truce_brief *result);

/* Sources, and every claim with columns of its own and an anchor. */
void evidence_register(page *to, const truce_evidence *result);
void evidence_disagreements(page *to, const truce_evidence *result);

void who_parties(page *to, const truce_scenario *scenario);
void who_delegations(page *to, const truce_scenario *scenario);
/* "water <= 40, toll" */
const char *who_terms(page *to, const truce_scenario *scenario, truce_terms terms);
/* A plan without its heading and its proofs; where an agreement stands, likewise. */
void plan_pages(page *to, const truce_plan *plan);
void plan_summary(page *to, const truce_plan *plan); /* a paragraph */
void plan_proofs(page *to, const truce_plan *plan);
void track_pages(page *to, const truce_track *track);
/* By whose account and when; why a commitment is in its state; where accounts differ; how
 * much was read. */
void track_moment(page *to, const truce_track *track);
void track_explain(page *to, const truce_track *track, size_t commitment);
void track_disputed(page *to, const truce_track *track);
void track_log(page *to, const truce_track *track);

const char *evidence_cautions(page *to, const truce_evidence *result);
void wait_table(page *to, const truce_wait *result,
                size_t every); /* each n-th date, the last */
const char *wait_effect(page *to, const truce_scenario *scenario,
                        const truce_threat_effect *effect);
void flip_table(page *to, const truce_flips *result, size_t most);
const char *flip_words(page *to, const truce_scenario *scenario,
                       const truce_flip *flip);
void rounds_table(page *to, const truce_rounds *result);
size_t text_settled(const truce_text *result);

#endif
