/* tournament.h - what the commands of a tournament share: writing its results out. */
#ifndef CMD_TOURNAMENT_H
#define CMD_TOURNAMENT_H

#include "command.h"

/* The folder of --out, or "tournament". */
const char *tournament_folder(const struct call *call);

/* Writes sessions.csv, scores.csv, scenarios.csv, payoffs.csv, comparisons.csv,
 * game.csv, dynamics.csv, report.txt and report.json beside the store, and answers on
 * stdout. Exit code. */
int tournament_answer(const struct call *call, const char *folder);

/* As one of several processes under mpirun: plays its share, and the first one merges.
 * False when it is not one of several, or truce was built without MPI. */
bool ranks_begin(uint64_t *rank, uint64_t *ranks);
void ranks_wait(void);          /* for all the others */
bool ranks_all_good(bool good); /* of all of them */
void ranks_end(void);

#endif
