/* anchors.h - where on a page the entries of a scenario stand, by their ids. */
#ifndef REPORT_ANCHORS_H
#define REPORT_ANCHORS_H

#include "base/names.h"
#include "report/html.h"

#include <truce/scenario.h>

typedef struct anchors {
    const truce_scenario *scenario;
    anchor *items;
    size_t count, room;
    names all;   /* ids and paths -> items */
    names taken; /* ids and values that also mean something else: never links */
    const truce_number **numbers; /* [number_count] those that the file gives */
    size_t number_count, number_room;
} anchors;

anchors anchors_of(const truce_scenario *scenario);
void anchors_free(anchors *all);

/* Of an id, or of the path of a number; false when it names nothing. */
bool anchors_find(const anchors *all, const char *id, anchor *found);

#endif
