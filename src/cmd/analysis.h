/* analysis.h - what every question of the command has in common: reading the scenario,
 * when to stop, what to say when there is no answer, and the exit code.
 *
 *     analysis work;
 *     if (analysis_begin(&work, call)) {
 *         work.status = truce_X_find(work.scenario, &choices, &work.stop, &result,
 * &work.error); if (analysis_answered(&work, result)) truce_X_print(stdout, result,
 * analysis_reality(&work), &work.style); truce_X_free(result);
 *     }
 *     return analysis_end(&work);
 */
#ifndef CMD_ANALYSIS_H
#define CMD_ANALYSIS_H

#include "terminal.h"

typedef struct analysis {
    const struct call *call;
    truce_scenario *scenario;
    truce_reality *reality;
    truce_status status;
    truce_error error;
    truce_stop stop;
    truce_style style; /* for stdout */
    size_t *parties;   /* what analysis_parties() read */
    progress bar;
} analysis;

/* Reads the scenario that all arguments together name: a file, a domain and its profiles,
 * or a folder. False when that failed, which was then said. */
bool analysis_begin(analysis *work, const struct call *call);

/* The same for the scenario in paths [count]. */
bool analysis_begin_with(analysis *work, const struct call *call,
                         const char *const *paths, size_t count);

/* The parties named "A,B" (NULL: none), each by its id or its number from 1. False, with
 * status TRUCE_CALL, when one is not there, which was then said with the nearest. */
bool analysis_parties(analysis *work, const char *names, truce_list *parties);

/* Is there an answer to print? Otherwise says on stderr why not. result is only looked
 * at for NULL. Wipes the progress bar. */
bool analysis_answered(analysis *work, const void *result);

/* The reality check of the scenario, made when first asked for; NULL when it failed. */
const truce_reality *analysis_reality(analysis *work);

/* Frees everything and returns the exit code. */
int analysis_end(analysis *work);

/* Reads the scenario in paths [count] as the call has it; set says whether --set applies to
 * this one. Errors and a line on warnings go to stderr. */
truce_status analysis_read(const struct call *call, const char *const *paths,
                           size_t count, bool set, truce_scenario **scenario);

/* How to read a scenario: --for, --set, the limits, and what says how to take files of
 * other systems. */
truce_reading analysis_reading(const struct call *call, bool set);

#endif
