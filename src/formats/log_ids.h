/* log_ids.h - which ids a log has: 16 bytes for each, not the ids themselves. */
#ifndef FORMATS_LOG_IDS_H
#define FORMATS_LOG_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A fingerprint of 128 bits: among a million ids two are taken for one with a chance of
 * one in 10^26. It is not secret; whoever wants two of his ids to be mixed up can have
 * it, and is told that an id was used twice. */
typedef struct log_mark {
    uint64_t one, other;
} log_mark;

typedef struct log_ids {
    log_mark *slots; /* {0, 0} is free */
    size_t count, room;
} log_ids;

log_mark log_mark_of(const char *id, size_t length);

bool log_ids_have(const log_ids *all, log_mark id);

/* False when it was there. O(1), amortised. */
bool log_ids_add(log_ids *all, log_mark id);

void log_ids_free(log_ids *all);

#endif
