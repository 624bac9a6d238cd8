#include "play/seen.h"

#include "base/arena.h"

#include <stdlib.h>

enum { ROOM_AT_FIRST = 64 };

static size_t place_of(const seen *all, truce_offer offer)
{
    size_t place = (offer * 2654435769u >> 7) & (all->room - 1);
    while (all->slots[place] != 0 && all->slots[place] != offer + 1)
        place = (place + 1) & (all->room - 1);
    return place;
}

static void make_room(seen *all)
{
    seen wider = {.room = all->room ? 2 * all->room : ROOM_AT_FIRST,
                  .count = all->count};
    wider.slots = must_allocate_zeroed(wider.room, sizeof *wider.slots);
    for (size_t k = 0; k < all->room; k++)
        if (all->slots[k] != 0)
            wider.slots[place_of(&wider, all->slots[k] - 1)] = all->slots[k];
    free(all->slots);
    *all = wider;
}

bool seen_add(seen *all, truce_offer offer)
{
    if (2 * all->count >= all->room)
        make_room(all);
    size_t place = place_of(all, offer);
    if (all->slots[place] != 0)
        return false;
    all->slots[place] = offer + 1;
    all->count++;
    return true;
}

void seen_free(seen *all)
{
    free(all->slots);
    *all = (seen){0};
}
