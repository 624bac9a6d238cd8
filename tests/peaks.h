/* peaks.h - talks in which each issue of each party has one best value, and worth falls evenly
 * on both sides of it: all that the Bayesian model can suppose. For a test and a benchmark. */
#ifndef TESTS_PEAKS_H
#define TESTS_PEAKS_H

#define PEAKS                                                                        \
    "truce: 1\nid: peaks\n"                                                          \
    "parties: {A: {role: principal, consent: all}, B: {role: principal, consent: "   \
    "all}}\n"                                                                        \
    "issues: {i1: {values: [a, b, c, d, e]}, i2: {values: [a, b, c, d, e]}, "        \
    "i3: {values: [a, b, c, d, e]}, i4: {values: [a, b, c, d, e]}, "                 \
    "i5: {values: [a, b, c, d, e]}}\n"                                               \
    "preferences:\n"                                                                 \
    "  A: {weights: {i1: 1, i2: 2, i3: 3, i4: 2, i5: 2}, worth: {"                   \
    "i1: [0, 25, 50, 75, 100], i2: [0, 25, 50, 75, 100], i3: [100, 75, 50, 25, 0], " \
    "i4: [100, 75, 50, 25, 0], i5: [0, 50, 100, 50, 0]}, outside: {worth: 20}}\n"    \
    "  B: {weights: {i1: 4, i2: 3, i3: 1, i4: 1, i5: 1}, worth: {"                   \
    "i1: [100, 75, 50, 25, 0], i2: [0, 50, 100, 50, 0], i3: [0, 25, 50, 75, 100], "  \
    "i4: [75, 100, 67, 33, 0], i5: [100, 75, 50, 25, 0]}, outside: {worth: 20}}\n"

/* Who concedes evenly what that model takes for granted, and accepts nothing. */
#define EVEN_CONCEDER "boa:offer=time,e=1,floor=0.7,accept=constant,share=1"

#endif
