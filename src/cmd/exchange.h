/* exchange.h - what the commands of the exchange have in common: the two lists, and what
 * was agreed on them, from a rules file, a scenario, and flags over either. */
#ifndef CMD_EXCHANGE_H
#define CMD_EXCHANGE_H

#include "terminal.h"

typedef struct exchange {
    const struct call *call;
    truce_scenario *scenario;   /* whose `exchange:` it is, or NULL */
    truce_exchange_wish *rules; /* of --rules, or NULL */
    truce_exchange_wish wish;   /* with the flags laid over */
    truce_lists *lists;
    truce_status status;
    truce_error error;
    truce_stop stop;
    truce_style style;
    progress bar;
} exchange;

/* Reads the lists A B in paths [count = 2], or those of the scenario in paths [1], and the
 * wish. False when something was wrong, which was then said. */
bool exchange_begin(exchange *work, const struct call *call, const char *const *paths,
                    size_t count);

/* The plan of these lists and this wish, its status in work->status; false when there is none,
 * which was then said. */
bool exchange_find_plan(exchange *work, truce_plan **plan);

/* A date such as 2025-05-23, as days since 1970-01-01. False, having said so, when it is
 * none. */
bool exchange_read_day(const struct call *call, const char *text, int32_t *day);

/* Did flags or rules say what was agreed? */
bool exchange_has_wish(const exchange *work);

/* Frees everything and returns the exit code. */
int exchange_end(exchange *work);

#endif
