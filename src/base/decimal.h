/* decimal.h - exact decimals of the files: reading, printing, comparing. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/arena.h"

#include <truce/scenario.h>

#include <stdbool.h>

typedef enum decimal_fault {
    DECIMAL_OK,
    DECIMAL_NOT_A_NUMBER,
    DECIMAL_TOO_LONG /* more digits than the reader takes */
} decimal_fault;

/* Reads "[+-]digits[.digits]"; digits may stand on either side alone of the point
 * (".5"). */
decimal_fault decimal_read(const char *text, size_t length, truce_decimal *value);

/* The same with at most 18 digits in all, the last of them at most 36 behind the point, and
 * an exponent ("2.5E-4"): numbers as other systems write them. */
decimal_fault decimal_read_long(const char *text, size_t length, truce_decimal *value);

/* -1, 0, 1. Exact for all decimals with at most 18 digits and a scale of 0 to 36. */
int decimal_compare(truce_decimal one, truce_decimal other);

/* one + other * times. Exact while the result has at most 18 digits; beyond, the last ones
 * are cut off. */
truce_decimal decimal_add(truce_decimal one, truce_decimal other, int64_t times);

/* slope * at + from, for decimals as decimal_read_long() gives them. False when the result
 * has more than 18 digits or its last one lies too far behind the point: then it is rounded
 * to those it may have, or to 0 when it is too large. */
bool decimal_line(truce_decimal slope, truce_decimal at, truce_decimal from,
                  truce_decimal *result);

/* Nearest double. */
double decimal_double(truce_decimal value);

/* The shortest text: "7.5", "-3", "0". */
char *decimal_text(arena *memory, truce_decimal value);

/* 10^n, 0 <= n <= 18. */
int64_t decimal_power(int n);

#endif
