/* random.h - random streams keyed by (seed, task), the same on every machine.
 *
 * Counter-based: the n-th number of a stream depends on seed, task and n alone, so work
 * may be cut among threads in any way and give the same bytes.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

typedef struct random_stream {
    uint64_t key, counter;
} random_stream;

random_stream random_begin(uint64_t seed, uint64_t task);
uint64_t random_next(random_stream *stream);

/* Uniform in [0, 2^53), for exact fractions of 2^53. */
uint64_t random_53(random_stream *stream);

/* Uniform in [0, below), below > 0, without bias. */
uint64_t random_below(random_stream *stream, uint64_t below);

#endif
