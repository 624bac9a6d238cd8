/* seen.h - which offers were made, each counted once. A zeroed one is empty. */
#ifndef PLAY_SEEN_H
#define PLAY_SEEN_H

#include <truce/play.h>

typedef struct seen {
    truce_offer *slots; /* [room] offer + 1, 0 for none; room is a power of 2 */
    size_t room, count;
} seen;

/* True when it is new. O(1). */
bool seen_add(seen *all, truce_offer offer);
void seen_free(seen *all);

#endif
