/* accord.h - an agreement to be kept track of, from a map: a file of its own, or the
 * `commitments:` of a scenario. */
#ifndef FORMATS_ACCORD_H
#define FORMATS_ACCORD_H

#include "formats/fields.h"

#include <truce/track.h>

/* Fills accord from the map; r->scenario gives id, title and parties where the map names
 * none. Errors are told; what was wrong is left out. Everything lives in r->memory. */
void accord_read_map(reader *r, const node *map, bool in_scenario,
                     truce_accord *accord);

#endif
