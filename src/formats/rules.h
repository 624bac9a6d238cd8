/* rules.h - what was agreed on an exchange, from a map: the rules file and a scenario's
 * `exchange:` have the same keys, but for `lists`. */
#ifndef FORMATS_RULES_H
#define FORMATS_RULES_H

#include "formats/fields.h"

#include <truce/exchange.h>

/* Fills wish from the map; in_scenario allows `lists` and forbids `truce-exchange`. Errors
 * are told; what was wrong is left out. Everything lives in r->memory. */
void rules_read_map(reader *r, const node *map, bool in_scenario,
                    truce_exchange_wish *wish);

#endif
