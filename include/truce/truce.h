/* truce.h - a negotiation engine: the one include that is promised.
 *
 * libtruce reads a negotiation from one file and answers questions about it. Every
 * question has one shape:
 *
 *     truce_status truce_X_find(scenario, choices, stop, &result, &error);
 *     void         truce_X_free(result);
 *
 * A result owns all its memory, points into the scenario for names, and must therefore
 * be freed before the scenario is. Nothing here keeps global state; all calls on
 * different objects may run in parallel.
 */
#ifndef TRUCE_TRUCE_H
#define TRUCE_TRUCE_H

#include <truce/brief.h>
#include <truce/exchange.h>
#include <truce/file.h>
#include <truce/finding.h>
#include <truce/frontier.h>
#include <truce/play.h>
#include <truce/plot.h>
#include <truce/report.h>
#include <truce/scenario.h>
#include <truce/solve.h>
#include <truce/status.h>
#include <truce/tournament.h>
#include <truce/track.h>
#include <truce/verify.h>

#endif
