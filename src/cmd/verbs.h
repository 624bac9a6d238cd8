/* verbs.h - the commands, one file each. */
#ifndef CMD_VERBS_H
#define CMD_VERBS_H

#include "command.h"

extern const command cmd_exchange_plan, cmd_exchange_verify, cmd_exchange_generate,
    cmd_track_status, cmd_track_log, cmd_track_explain, cmd_track_disputed,
    cmd_track_next, cmd_track_add, cmd_tournament, cmd_tournament_merge,
    cmd_tournament_report;

extern const command cmd_brief, cmd_check, cmd_clash, cmd_completion, cmd_convert,
    cmd_count, cmd_frontier, cmd_generate, cmd_metrics, cmd_outcomes, cmd_points,
    cmd_deals, cmd_diff, cmd_negotiate, cmd_strategies, cmd_evidence, cmd_flip,
    cmd_help, cmd_new, cmd_now, cmd_order, cmd_rounds, cmd_text, cmd_unlock, cmd_verify,
    cmd_sheet, cmd_wait, cmd_who, cmd_report;

extern const command cmd_plot_bargain, cmd_plot_clash, cmd_plot_order, cmd_plot_wait,
    cmd_plot_flip;

extern const command cmd_plot_scores, cmd_plot_payoffs, cmd_plot_dynamics,
    cmd_plot_exchange, cmd_plot_track;

#endif
