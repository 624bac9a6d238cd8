/* words.h - the few texts that lines have in common (types, parties, commitments), each a
 * small number; and the many ids of lines, packed one after the other. */
#ifndef TRACK_WORDS_H
#define TRACK_WORDS_H

#include "base/arena.h"
#include "base/names.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_WORD UINT32_MAX
#define NO_ID UINT32_MAX

/* A zeroed one is empty. */
typedef struct words {
    arena memory;
    names numbers;
    const char **texts; /* [count] */
    size_t count, room;
} words;

/* The number of a text, a new one when it was not there; NO_WORD for NULL. The text is
 * copied. Amortised O(length). */
uint32_t words_number(words *all, const char *text);

/* The same, but of a text that was numbered before; NO_WORD for NULL and others. */
uint32_t word_of(const words *all, const char *text);

/* The text of a number; NULL for NO_WORD. Lives as long as the words. */
const char *words_text(const words *all, uint32_t number);

void words_free(words *all);

/* Ids of lines: an id is where its text begins, and one made known stands for a line. Where
 * two lines have the same id, it stands for the first. A zeroed one is empty. */
typedef struct ids {
    char *texts;
    size_t used, room;
    struct ids_slot *slots;
    size_t slot_count, slot_room;
} ids;

/* Keeps a text; NO_ID for NULL. The ids of one log fit into 4 GiB: ids_are_full() tells when the
 * next might not. O(length). */
uint32_t ids_keep(ids *all, const char *text);
bool ids_are_full(const ids *all);

/* Makes a kept id known as that of a line. Amortised O(length). */
void ids_add(ids *all, uint32_t id, uint32_t line);

/* The line known by this text, or NO_ID. O(length). */
uint32_t ids_find(const ids *all, const char *text);

/* NULL for NO_ID; valid until the next ids_keep(). */
const char *ids_text(const ids *all, uint32_t id);

void ids_free(ids *all);

#endif
