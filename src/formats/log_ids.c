/* A hash table with open addressing, at most three quarters full: 22 to 43 bytes an id. */
#include "formats/log_ids.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* The finalizer of the random streams' generator: every bit of the input moves half of
 * the bits of the output. */
static uint64_t stir(uint64_t bits)
{
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
    return bits ^ bits >> 31;
}

/* Eight bytes at a time, and the last ones with the length. */
log_mark log_mark_of(const char *id, size_t length)
{
    log_mark mark = {0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu};
    for (size_t at = 0; at < length + 8; at += 8) {
        uint64_t word = length;
        if (at < length) {
            word = 0;
            memcpy(&word, id + at, length - at < 8 ? length - at : 8);
        }
        mark.one = stir(mark.one ^ word);
        mark.other = stir(mark.other + word) ^ mark.one;
    }
    mark.one |= mark.one == 0 && mark.other == 0;
    return mark;
}

static bool is_free(const log_mark *slot)
{
    return slot->one == 0 && slot->other == 0;
}

static log_mark *slot_of(const log_ids *all, log_mark id)
{
    size_t at = id.one & (all->room - 1);
    while (!is_free(&all->slots[at]) &&
           (all->slots[at].one != id.one || all->slots[at].other != id.other))
        at = (at + 1) & (all->room - 1);
    return &all->slots[at];
}

static void make_room(log_ids *all)
{
    log_ids larger = {.room = all->room ? all->room * 2 : 256, .count = all->count};
    larger.slots = must_allocate_zeroed(larger.room, sizeof *larger.slots);
    for (size_t i = 0; i < all->room; i++)
        if (!is_free(&all->slots[i]))
            *slot_of(&larger, all->slots[i]) = all->slots[i];
    free(all->slots);
    *all = larger;
}

bool log_ids_have(const log_ids *all, log_mark id)
{
    return all->count > 0 && !is_free(slot_of(all, id));
}

bool log_ids_add(log_ids *all, log_mark id)
{
    if (4 * (all->count + 1) > 3 * all->room)
        make_room(all);
    log_mark *slot = slot_of(all, id);
    if (!is_free(slot))
        return false;
    *slot = id;
    all->count++;
    return true;
}

void log_ids_free(log_ids *all)
{
    free(all->slots);
    *all = (log_ids){0};
}
