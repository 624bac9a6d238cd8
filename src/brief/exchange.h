/* exchange.h - the exchange of the brief: from the lists that the scenario names. */
#ifndef BRIEF_EXCHANGE_H
#define BRIEF_EXCHANGE_H

#include <truce/brief.h>

/* Fills brief's lists and plan, or says in no_plan why there is none. Does nothing for a
 * scenario without lists. */
void brief_exchange(truce_brief *brief, const truce_stop *stop);

#endif
