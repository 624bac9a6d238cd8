/* report.h - any result as text for a person, or as JSON for a program. Computes
 * nothing. */
#ifndef TRUCE_REPORT_H
#define TRUCE_REPORT_H

#include <truce/brief.h>
#include <truce/exchange.h>
#include <truce/file.h>
#include <truce/frontier.h>
#include <truce/play.h>
#include <truce/plot.h>
#include <truce/tournament.h>
#include <truce/track.h>
#include <truce/verify.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How outcomes are told: the names of values, their indices, or not at all. */
typedef enum truce_naming {
    TRUCE_BY_NAMES,
    TRUCE_BY_INDICES,
    TRUCE_UNNAMED
} truce_naming;

/* How text is laid out. All zero: 80 columns, no colour. */
typedef struct truce_style {
    unsigned width;      /* columns; 0 means 80, never less than 40 */
    bool colour;         /* ANSI colours */
    bool witness;        /* clash: print an outcome for each member dropped */
    size_t most;         /* lines of a long list, the first and the last; 0 means 20 */
    truce_naming naming; /* of outcomes, where they are listed in large numbers */
    bool exact;          /* utilities as fractions too */
    bool ascii;          /* pictures without braille and blocks */
} truce_style;

/* One function pair for each question. The text ends with the reality check when
 * reality is not NULL, then with what the answer rests on. The JSON is one object and a
 * newline:
 * {"truce":1,"command":...,"scenario":{...},"answer":{...},"proof":{...},"rests_on":{...},
 * "reality":{...}}. */
TRUCE_API void truce_deals_print(FILE *out, const truce_deals *result,
                                 const truce_reality *reality,
                                 const truce_style *style);
TRUCE_API void truce_deals_json(FILE *out, const truce_deals *result,
                                const truce_reality *reality);
TRUCE_API void truce_clashes_print(FILE *out, const truce_clashes *result,
                                   const truce_reality *reality,
                                   const truce_style *style);
TRUCE_API void truce_clashes_json(FILE *out, const truce_clashes *result,
                                  const truce_reality *reality);
TRUCE_API void truce_unlock_print(FILE *out, const truce_unlock *result,
                                  const truce_reality *reality,
                                  const truce_style *style);
TRUCE_API void truce_unlock_json(FILE *out, const truce_unlock *result,
                                 const truce_reality *reality);
TRUCE_API void truce_order_print(FILE *out, const truce_order *result,
                                 const truce_reality *reality,
                                 const truce_style *style);
TRUCE_API void truce_order_json(FILE *out, const truce_order *result,
                                const truce_reality *reality);
TRUCE_API void truce_now_print(FILE *out, const truce_now *result,
                               const truce_reality *reality, const truce_style *style);
TRUCE_API void truce_now_json(FILE *out, const truce_now *result,
                              const truce_reality *reality);
TRUCE_API void truce_who_print(FILE *out, const truce_who *result,
                               const truce_reality *reality, const truce_style *style);
TRUCE_API void truce_who_json(FILE *out, const truce_who *result,
                              const truce_reality *reality);
TRUCE_API void truce_evidence_print(FILE *out, const truce_evidence *result,
                                    const truce_reality *reality,
                                    const truce_style *style);
TRUCE_API void truce_evidence_json(FILE *out, const truce_evidence *result,
                                   const truce_reality *reality);
TRUCE_API void truce_wait_print(FILE *out, const truce_wait *result,
                                const truce_reality *reality, const truce_style *style);
TRUCE_API void truce_wait_json(FILE *out, const truce_wait *result,
                               const truce_reality *reality);
TRUCE_API void truce_flips_print(FILE *out, const truce_flips *result,
                                 const truce_reality *reality,
                                 const truce_style *style);
TRUCE_API void truce_flips_json(FILE *out, const truce_flips *result,
                                const truce_reality *reality);
TRUCE_API void truce_rounds_print(FILE *out, const truce_rounds *result,
                                  const truce_reality *reality,
                                  const truce_style *style);
TRUCE_API void truce_rounds_json(FILE *out, const truce_rounds *result,
                                 const truce_reality *reality);
TRUCE_API void truce_text_print(FILE *out, const truce_text *result,
                                const truce_reality *reality, const truce_style *style);
TRUCE_API void truce_text_json(FILE *out, const truce_text *result,
                               const truce_reality *reality);
TRUCE_API void truce_sheet_print(FILE *out, const truce_sheet *result,
                                 const truce_style *style);
TRUCE_API void truce_sheet_json(FILE *out, const truce_sheet *result);
TRUCE_API void truce_brief_print(FILE *out, const truce_brief *result,
                                 const truce_style *style);
TRUCE_API void truce_brief_json(FILE *out, const truce_brief *result);
TRUCE_API void truce_diff_print(FILE *out, const truce_diff *result,
                                const truce_reality *reality, const truce_style *style);
TRUCE_API void truce_diff_json(FILE *out, const truce_diff *result,
                               const truce_reality *reality);

/* The questions about outcomes and utilities also answer with a table of
 * comma-separated values: a line of names, then one line each. Numbers are as in the
 * JSON; what is not known is empty. */
TRUCE_API void truce_frontier_print(FILE *out, const truce_frontier *result,
                                    const truce_reality *reality,
                                    const truce_style *style);
TRUCE_API void truce_frontier_json(FILE *out, const truce_frontier *result,
                                   const truce_reality *reality,
                                   const truce_style *style);
TRUCE_API void truce_frontier_csv(FILE *out, const truce_frontier *result,
                                  const truce_style *style);
TRUCE_API void truce_points_print(FILE *out, const truce_points *result,
                                  const truce_reality *reality,
                                  const truce_style *style);
TRUCE_API void truce_points_json(FILE *out, const truce_points *result,
                                 const truce_reality *reality);
TRUCE_API void truce_points_csv(FILE *out, const truce_points *result);
TRUCE_API void truce_best_print(FILE *out, const truce_best *result,
                                const truce_reality *reality, const truce_style *style);
TRUCE_API void truce_best_json(FILE *out, const truce_best *result,
                               const truce_reality *reality, const truce_style *style);
TRUCE_API void truce_best_csv(FILE *out, const truce_best *result,
                              const truce_style *style);
TRUCE_API void truce_metrics_print(FILE *out, const truce_metrics *result,
                                   const truce_reality *reality,
                                   const truce_style *style);
TRUCE_API void truce_metrics_json(FILE *out, const truce_metrics *result,
                                  const truce_reality *reality);
TRUCE_API void truce_metrics_csv(FILE *out, const truce_metrics *result);
TRUCE_API void truce_tally_print(FILE *out, const truce_tally *result,
                                 const truce_reality *reality,
                                 const truce_style *style);
TRUCE_API void truce_tally_json(FILE *out, const truce_tally *result,
                                const truce_reality *reality);
TRUCE_API void truce_tally_csv(FILE *out, const truce_tally *result);

/* Pictures made of characters, to stand below the text of an answer: style->width columns,
 * in braille and blocks, or with style->ascii in letters and dots. What they show is told
 * apart by letters and a legend; colour only helps.
 *
 *   bargain   as truce_bargain_svg() (<truce/plot.h>): a picture of across and up; without
 *             them one of each pair of two or three parties, none of more. Below, bars of
 *             what solution points, agreement and status quo are worth to each party.
 *   deals     bars of how many outcomes remain after each question */
TRUCE_API void truce_bargain_plot(FILE *out, const truce_bargain *what,
                                  const truce_style *style);
TRUCE_API void truce_deals_plot(FILE *out, const truce_deals *result,
                                const truce_style *style);

/* Whether a certificate holds. */
TRUCE_API void truce_verdict_print(FILE *out, const truce_verdict *result,
                                   const truce_style *style);
TRUCE_API void truce_verdict_json(FILE *out, const truce_verdict *result);

/* The exchange. */
TRUCE_API void truce_plan_print(FILE *out, const truce_plan *plan,
                                const truce_style *style);
TRUCE_API void truce_plan_json(FILE *out, const truce_plan *plan);
TRUCE_API void truce_plan_verdict_print(FILE *out, const truce_plan_verdict *verdict,
                                        const truce_style *style);
TRUCE_API void truce_plan_verdict_json(FILE *out, const truce_plan_verdict *verdict);

/* Where an agreement stands; all of it is in the JSON of each.
 *
 *   status    one screen
 *   explain   why commitments [index] are in their states; TRUCE_NOBODY: all of them
 *   disputed  where accounts differ
 *   next      what falls due */
TRUCE_API void truce_track_print(FILE *out, const truce_track *track,
                                 const truce_style *style);
TRUCE_API void truce_track_explain_print(FILE *out, const truce_track *track,
                                         size_t commitment, const truce_style *style);
TRUCE_API void truce_track_disputed_print(FILE *out, const truce_track *track,
                                          const truce_style *style);
TRUCE_API void truce_track_next_print(FILE *out, const truce_track *track,
                                      const truce_style *style);
TRUCE_API void truce_track_json(FILE *out, const truce_track *track);

/* The log from where it stands to its end, in bounded memory; as JSON Lines. */
TRUCE_API void truce_log_print(FILE *out, const truce_accord *accord, truce_log *log,
                               const truce_style *style,
                               truce_diagnostics *diagnostics);
TRUCE_API void truce_log_json(FILE *out, truce_log *log,
                              truce_diagnostics *diagnostics);

/* One session; the trace is JSON Lines: a line for the table, one for each thing said, one
 * for the end. */
TRUCE_API void truce_session_print(FILE *out, const truce_session *result,
                                   const truce_reality *reality,
                                   const truce_style *style);
TRUCE_API void truce_session_json(FILE *out, const truce_session *result,
                                  const truce_reality *reality);
TRUCE_API void truce_session_trace(FILE *out, const truce_session *result);
TRUCE_API void truce_replay_print(FILE *out, const truce_replay *result,
                                  const truce_style *style);
TRUCE_API void truce_replay_json(FILE *out, const truce_replay *result);
TRUCE_API void truce_repetition_print(FILE *out, const truce_repetition *result,
                                      const truce_reality *reality,
                                      const truce_style *style);
TRUCE_API void truce_repetition_json(FILE *out, const truce_repetition *result,
                                     const truce_reality *reality);

/* Everything that strategies and protocols can be named by. */
TRUCE_API void truce_strategies_print(FILE *out, const truce_style *style);
TRUCE_API void truce_strategies_json(FILE *out);

/* `convert`: {"to":...,"files":[{"name":...,"text":...}],"losses":[...]}. */
TRUCE_API void truce_conversion_json(FILE *out, const truce_scenario *scenario,
                                     const truce_conversion *made);

/* What the reader found wrong, like a good compiler: file:line:col, sentence, line,
 * caret. */
TRUCE_API void truce_diagnostics_print(FILE *out, const truce_diagnostics *diagnostics,
                                       const truce_style *style);

/* `check`: what was read and what is wrong with it. scenario is NULL when it cannot be
 * read. missing counts the sources whose files were not at hand, SIZE_MAX when none
 * were asked for.
 */
TRUCE_API void truce_check_print(FILE *out, const truce_scenario *scenario,
                                 const truce_diagnostics *diagnostics, size_t missing,
                                 const truce_style *style);
TRUCE_API void truce_check_json(FILE *out, const truce_scenario *scenario,
                                const truce_diagnostics *diagnostics, size_t missing);

TRUCE_API void truce_sessions_print(FILE *out, const truce_sessions *of,
                                    const truce_reality *reality,
                                    const truce_style *style);
TRUCE_API void truce_sessions_json(FILE *out, const truce_sessions *of,
                                   const truce_reality *reality);

/* Standings of a tournament. */
TRUCE_API void truce_standings_print(FILE *out, const truce_standings *of,
                                     const truce_style *style);
TRUCE_API void truce_standings_json(FILE *out, const truce_standings *of);

typedef enum truce_standings_table {
    TRUCE_STANDINGS_SCORES,      /* a row a strategy, best first */
    TRUCE_STANDINGS_SCENARIOS,   /* a row a scenario, a column a strategy */
    TRUCE_STANDINGS_PAYOFFS,     /* a row a strategy, a column a strategy */
    TRUCE_STANDINGS_COMPARISONS, /* a row two strategies */
    TRUCE_STANDINGS_GAME,    /* a row an equilibrium, and each rest of the dynamics */
    TRUCE_STANDINGS_DYNAMICS /* a row a moment of the path from even shares */
} truce_standings_table;

TRUCE_API void truce_standings_csv(FILE *out, const truce_standings *of,
                                   truce_standings_table which);

/* ---- pages ----------------------------------------------------------------------- */

/* What a report in HTML tells of; each may be NULL, and its section is left out then. All
 * are of the same scenario, but the track may be of an agreement alone. */
typedef struct truce_dossier {
    const truce_scenario *scenario;
    const truce_brief *brief;
    const truce_cloud *cloud;
    const truce_frontier *frontier;
    const truce_points *points;
    const truce_metrics *metrics;
    const truce_track *track;
} truce_dossier;

/* One file that needs nothing else: no network, no script to be read (a short one sorts
 * tables, shows what belongs together and switches to dark), pictures within, fit for a
 * telephone and for A4. Each conclusion links to the claims, facts and assumed numbers that
 * it rests on. Text of files is escaped everywhere. The same bytes each time. */
TRUCE_API void truce_dossier_html(FILE *out, const truce_dossier *all);
TRUCE_API void truce_standings_html(FILE *out, const truce_standings *of);

#ifdef __cplusplus
}
#endif

#endif
