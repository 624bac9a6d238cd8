/* inventory.h - what a scenario says, and what it answers, as lines of "path: text"
 * that can be held against another scenario's. */
#ifndef BRIEF_INVENTORY_H
#define BRIEF_INVENTORY_H

#include "base/arena.h"
#include "base/stop.h"

#include <truce/brief.h>

typedef struct inventory_line {
    const char *path, *text;
} inventory_line;

typedef struct inventory {
    arena *memory;
    inventory_line *lines;
    size_t count, room;
} inventory;

/* Every statement of the file that computing or reading depends on, in a fixed order.
 * The lines are on the heap: inventory_free(); their texts are in memory. */
inventory inventory_of_things(const truce_scenario *scenario, arena *memory);

/* What the questions answer: counts, clashes, ways, cycles, moves, the reality check.
 * limited becomes true when some answer was cut by stop. */
inventory inventory_of_answers(const truce_scenario *scenario, const truce_stop *stop,
                               arena *memory, bool *limited);

void inventory_add(inventory *to, const char *text, const char *path_format, ...)
    __attribute__((format(printf, 3, 4)));
void inventory_free(inventory *all);

#endif
