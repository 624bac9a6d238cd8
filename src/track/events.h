/* events.h - the log as the machine keeps it: compact records of the lines that somebody
 * asks for, resolved (corrections and findings), in the order of time. */
#ifndef TRACK_EVENTS_H
#define TRACK_EVENTS_H

#include "track/words.h"

#include <truce/track.h>

#define NO_LINE UINT32_MAX

/* What a correction gives. */
enum {
    GIVES_OCCURRED = 1 << 0,
    GIVES_TYPE = 1 << 1,
    GIVES_ABOUT = 1 << 2,
    GIVES_COMMITMENT = 1 << 3,
    GIVES_COUNT = 1 << 4,
    GIVES_SEVERITY = 1 << 5,
    GIVES_PLACE = 1 << 6, /* told in the log alone */
    GIVES_ATTRIBUTED = 1 << 7
};

/* One line, 64 bytes. */
typedef struct event {
    truce_instant from, recorded;
    uint64_t count;
    uint32_t number;           /* of the line in the log */
    uint32_t id;               /* ids */
    uint32_t type, by, about;  /* words, NO_WORD when not given */
    uint32_t commitment;       /* words */
    uint32_t attributed;       /* words; of a finding */
    uint32_t finding;          /* items: the one that stands, or NO_LINE */
    uint8_t kind, found;       /* truce_line_kind, truce_found */
    int8_t severity;           /* -1: not given */
    uint8_t gives, settled;    /* by this correction; by later corrections */
    bool corrected, withdrawn; /* by a correction that takes effect */
    bool sure;                 /* of a finding: at or above the threshold */
} event;

/* A finding names a report, a correction the line that it corrects. */
typedef struct reference {
    uint32_t from; /* items */
    uint32_t to;   /* ids */
} reference;

typedef struct event_list {
    const uint32_t *items; /* events->items, by (from, place in the log) */
    size_t count;
} event_list;

typedef struct events {
    const truce_accord *accord;
    words words; /* the parties first: a word below party_count is a party */
    ids ids;
    event *items; /* in the order of the log */
    size_t count, room;
    reference *references;
    size_t reference_count, reference_room;

    bool *asked; /* [asked_count] words that are types of some pattern */
    size_t asked_count;
    bool asked_any; /* some pattern takes any type */
    uint32_t *verifiers;

    /* After events_settle(): what happened by now and was not withdrawn. */
    uint32_t *timeline; /* acts, reports, notices */
    size_t timeline_count;
    uint32_t *by_type;  /* the same, type by type */
    size_t *type_start; /* [words + 1] into by_type */
    uint32_t *releases;
    size_t release_count;

    uint64_t lines, unknown, kinds[6]; /* truce_line_kind */
} events;

/* Goes through the log once (twice, when corrections change lines that nobody asked for
 * before) and keeps what the accord asks for.
 *
 *   known_at  lines recorded then or later do not exist
 *
 * TRUCE_OK, TRUCE_INPUT (a line is wrong; diagnostics) or TRUCE_LIMIT. events_free() in
 * either case. */
truce_status events_read(events *all, const truce_accord *accord, truce_log *log,
                         truce_instant known_at, const truce_stop *stop,
                         truce_diagnostics *diagnostics, truce_error *error);

/* Lets corrections and findings take effect and puts what happened by now in order. */
void events_settle(events *all, truce_instant now);

void events_free(events *all);

/* Is it an act, a report or a notice that somebody asks for, not withdrawn, by now? */
bool has_happened(const events *all, const event *one, truce_instant now);

/* Those of one type; of any type for NO_WORD. */
event_list events_of_type(const events *all, uint32_t type);

/* The place of the first at or after an instant. O(log count). */
size_t events_first(const events *all, event_list list, truce_instant at);

#endif
