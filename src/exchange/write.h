/* write.h - what the files of a plan have in common. */
#ifndef EXCHANGE_WRITE_H
#define EXCHANGE_WRITE_H

#include "exchange/planning.h"

enum { WRITE_WHYS = TRUCE_BEYOND_CAPACITY + 1 };

/* The words for a truce_exception_why. */
extern const char *const write_why[WRITE_WHYS];

/* A day as a wish has it: "2025-05-23" when dates are known, else "3". */
void write_day(const truce_exchange_wish *wish, int32_t day, char text[32]);

/* TRUCE_OK, or TRUCE_LIMIT when not all could be written. */
truce_status write_end(FILE *out);

#endif
