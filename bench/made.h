/* made.h - scenarios made as text, and clocks, for benchmarks. */
#ifndef BENCH_MADE_H
#define BENCH_MADE_H

#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>

#include <truce/truce.h>

/* A text being written, with the stream that draws what is in it. */
typedef struct pen {
    char *text;
    size_t length;
    FILE *to;
    random_stream dice;
} pen;

static inline void pen_begin(pen *one, uint64_t seed)
{
    *one = (pen){.dice = random_begin(seed, 0)};
    one->to = open_memstream(&one->text, &one->length);
    fprintf(one->to, "truce: 1\nid: bench\n");
}

static inline unsigned draw(pen *one, unsigned below)
{
    return (unsigned)random_below(&one->dice, below);
}

static inline void write_parties(pen *one, unsigned count)
{
    fprintf(one->to, "parties:\n");
    for (unsigned p = 0; p < count; p++)
        fprintf(one->to, "  p%u: {role: principal, consent: all}\n", p);
}

static inline void write_issues(pen *one, unsigned count, unsigned values)
{
    fprintf(one->to, "issues:\n");
    for (unsigned i = 0; i < count; i++) {
        fprintf(one->to, "  i%u: {ordered: yes, values: [", i);
        for (unsigned v = 0; v < values; v++)
            fprintf(one->to, "%sv%u", v ? ", " : "", v);
        fprintf(one->to, "]}\n");
    }
}

/* The scenario that was written; the pen is done. Ends the program when it is wrong. */
static inline truce_scenario *pen_end(pen *one)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    fclose(one->to);
    if (truce_scenario_parse("bench", one->text, one->length, NULL, &scenario, said) !=
        TRUCE_OK) {
        fprintf(stderr, "bench:%u: %s\n", said->items[0].place.line,
                said->items[0].message);
        exit(TRUCE_BUG);
    }
    truce_diagnostics_free(said);
    free(one->text);
    return scenario;
}

/* The shortest of three runs, in seconds. */
static inline double best_of_three(void (*run)(void *user), void *user)
{
    double best = 0;
    for (int k = 0; k < 3; k++) {
        double begun = truce_seconds();
        run(user);
        double took = truce_seconds() - begun;
        if (k == 0 || took < best)
            best = took;
    }
    return best;
}

#endif
