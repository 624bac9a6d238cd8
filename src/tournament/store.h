/* store.h - the rows of a tournament on the disk: DIR/results.db.
 *
 * WAL and full synchronisation: what is committed survives the machine's fall. Rows are
 * written in transactions, so none is ever there by half; a row that is there stays.
 */
#ifndef TOURNAMENT_STORE_H
#define TOURNAMENT_STORE_H

#include "tournament/jobs.h"

typedef struct store store;

/* One session. numbers [3 * parties]: utilities, discounted, advantages; NaN where there
 * is none. agreement: the places of its values, from 0, as "0-2-1", or NULL. */
typedef struct row {
    uint64_t job, seed, offers;
    truce_session_end end;
    uint32_t step;
    double time, welfare, nash_product, to_frontier, to_nash;
    double *numbers;
    const char *agreement, *fault;
} row;

/* Opens the store of a plan in a folder, both made when not there. NULL when it cannot be
 * had, or holds another plan. */
store *store_open(const char *folder, const jobs *all, truce_error *error);

/* Opens what is there, to read; the plan as JSON and its fingerprint as they were kept. */
store *store_read(const char *folder, truce_error *error);

/* Opens a store of the same plan as that of another folder, made when not there. */
store *store_like(const char *folder, const char *other, truce_error *error);
void store_close(store *open); /* NULL is fine */

const char *store_plan(const store *open);  /* JSON */
const char *store_print(const store *open); /* its fingerprint */

/* Sets the bit of each job that is there. */
bool store_there(store *open, uint64_t *bits, uint64_t most, truce_error *error);

/* Writes rows in one transaction; those that are there stay. */
bool store_write(store *open, const row *rows, size_t count, truce_error *error);

/* Takes all rows of another store of the same plan over. */
bool store_take(store *open, const char *folder, truce_error *error);

/* Calls each(user, row) by the number of the job; texts live during the call. */
bool store_each(store *open, size_t parties, void (*each)(void *user, const row *at),
                void *user, truce_error *error);

#endif
