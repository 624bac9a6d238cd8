/* A million ids of eight letters are nine megabytes here, and the table over them another
 * sixteen: open addressing, at most half full, eight bytes a slot. */
#include "track/words.h"

#include <stdlib.h>
#include <string.h>

struct ids_slot {
    uint32_t id, line; /* id + 1, 0: free */
};

uint32_t words_number(words *all, const char *text)
{
    if (text == NULL)
        return NO_WORD;
    size_t known = names_find(&all->numbers, text);
    if (known != NAMES_NONE)
        return (uint32_t)known;
    const char *copy = arena_text(&all->memory, text);
    names_add(&all->numbers, copy, all->count);
    *grow(all->texts, all->count, all->room) = copy;
    return (uint32_t)(all->count - 1);
}

uint32_t word_of(const words *all, const char *text)
{
    size_t known = text ? names_find(&all->numbers, text) : NAMES_NONE;
    return known == NAMES_NONE ? NO_WORD : (uint32_t)known;
}

const char *words_text(const words *all, uint32_t number)
{
    return number == NO_WORD ? NULL : all->texts[number];
}

void words_free(words *all)
{
    names_free(&all->numbers);
    free(all->texts);
    arena_free(&all->memory);
    *all = (words){0};
}

/* ---- ids ------------------------------------------------------------------------- */

enum { LONGEST_STEP = 1 << 24 }; /* no line is longer than what a reader takes */

bool ids_are_full(const ids *all)
{
    return all->used > UINT32_MAX - LONGEST_STEP;
}

uint32_t ids_keep(ids *all, const char *text)
{
    if (text == NULL)
        return NO_ID;
    size_t size = strlen(text) + 1, at = all->used;
    while (all->room < at + size) {
        all->room = all->room ? all->room * 2 : 4096;
        char *larger = must_allocate(all->room);
        if (at > 0)
            memcpy(larger, all->texts, at);
        free(all->texts);
        all->texts = larger;
    }
    memcpy(all->texts + at, text, size);
    all->used += size;
    return (uint32_t)at;
}

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash ^ hash >> 29;
}

static struct ids_slot *slot_of(const ids *all, const char *text)
{
    size_t at = hash_of(text) & (all->slot_room - 1);
    while (all->slots[at].id != 0 &&
           strcmp(all->texts + all->slots[at].id - 1, text) != 0)
        at = (at + 1) & (all->slot_room - 1);
    return &all->slots[at];
}

static void make_room(ids *all)
{
    ids larger = *all;
    larger.slot_room = all->slot_room ? all->slot_room * 2 : 1024;
    larger.slots = must_allocate_zeroed(larger.slot_room, sizeof *larger.slots);
    for (size_t i = 0; i < all->slot_room; i++)
        if (all->slots[i].id != 0)
            *slot_of(&larger, all->texts + all->slots[i].id - 1) = all->slots[i];
    free(all->slots);
    *all = larger;
}

void ids_add(ids *all, uint32_t id, uint32_t line)
{
    if (2 * (all->slot_count + 1) > all->slot_room)
        make_room(all);
    struct ids_slot *slot = slot_of(all, all->texts + id);
    if (slot->id != 0)
        return;
    *slot = (struct ids_slot){id + 1, line};
    all->slot_count++;
}

uint32_t ids_find(const ids *all, const char *text)
{
    if (all->slot_count == 0)
        return NO_ID;
    const struct ids_slot *slot = slot_of(all, text);
    return slot->id != 0 ? slot->line : NO_ID;
}

const char *ids_text(const ids *all, uint32_t id)
{
    return id == NO_ID ? NULL : all->texts + id;
}

void ids_free(ids *all)
{
    free(all->texts);
    free(all->slots);
    *all = (ids){0};
}
