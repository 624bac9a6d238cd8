/* jobs.h - a plan laid out: fields (scenarios found and fingerprinted), assignments of
 * strategies to seats, and the number of every job.
 *
 *     job = (field * assignments + assignment) * repetitions + repetition
 *
 * An assignment is a number of `parties` digits to the base of the strategies, the first
 * seat's digit first. Those without self-play leave out numbers and shift none.
 */
#ifndef TOURNAMENT_JOBS_H
#define TOURNAMENT_JOBS_H

#include "base/arena.h"

#include <truce/tournament.h>

/* A scenario of the plan: what it is called, where it lies, what it holds. */
typedef struct setting {
    const char *name, *path;
    char print[65]; /* SHA-256 of the scenario as truce would write it */
} setting;

typedef struct jobs {
    arena memory;
    truce_contest plan;      /* no zeros left */
    const char **strategies; /* [plan.strategies.count] as they were read */
    setting *fields;         /* [field_count] */
    size_t field_count;
    truce_left_out *left_out;
    size_t left_out_count;
    uint64_t assignments, all; /* all: numbers, played or not */
    const char *text;          /* the plan as JSON, of which print is the fingerprint */
    char print[65];
    uint64_t key; /* the first bits of print */
} jobs;

enum { STRATEGIES_MOST = 256 };

/* NULL when the plan makes no sense, which error then says. Reads every scenario once. */
jobs *jobs_of(const truce_contest *plan, const truce_strategy *own, size_t own_count,
              const truce_stop *stop, truce_error *error);
void jobs_free(jobs *all); /* NULL is fine */

/* The strategy of each seat, by number, into seats [parties]; false for one that the plan
 * leaves out. O(parties). */
bool assignment_seats(const jobs *all, uint64_t assignment, size_t *seats);

/* How many jobs are played, of all, or of one shard of so many (from 1; 0 of 0: all). */
uint64_t jobs_count(const jobs *all, uint64_t shard, uint64_t shards);

/* Is the job of this shard? Neighbours go to different ones. */
static inline bool in_shard(uint64_t job, uint64_t shard, uint64_t shards)
{
    return shards == 0 || job % shards == shard - 1;
}

/* The seed of a job, below 10^15, so that `truce negotiate --seed` can take it. */
uint64_t job_seed(const jobs *all, uint64_t job);

/* Finds the scenarios of plan->scenarios into all->fields, left_out. False with error. */
bool fields_find(jobs *all, const truce_stop *stop, truce_error *error);

#endif
