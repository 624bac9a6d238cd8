/* plot_tournament.h - what the pictures of a tournament have in common. */
#ifndef REPORT_PLOT_TOURNAMENT_H
#define REPORT_PLOT_TOURNAMENT_H

#include "report/svg.h"

/* "discounted utility" or "advantage": what is counted. */
const char *score_called(const truce_standings *result);

/* The largest of all scores by its size: it says how many digits are needed. */
double largest_score(const truce_standings *result);

/* "6 strategies, 1,440 sessions of 2 scenarios; sao, 60 rounds.", and what is missing. */
const char *contest_words(arena *memory, const truce_standings *result);

/* The widest of the strategies' names, but no wider than most. */
double names_room(const truce_standings *result, double size, double most);

#endif
