/* machine.h - what the parts of the machine share: the accord in words, the log in order,
 * and what each part answers. */
#ifndef TRACK_MACHINE_H
#define TRACK_MACHINE_H

#include "base/calendar.h"
#include "track/accounts.h"

typedef struct commitment_words {
    asked upon, consequent;
    uint32_t id, release_by;
} commitment_words;

typedef struct machine {
    const truce_accord *accord;
    events log;
    zone *zone;
    account as;
    truce_instant now;
    commitment_words *commitments; /* [commitment_count] */
    arena *memory;                 /* of the result */
} machine;

/* ---- commitment.c ---------------------------------------------------------------- */

/* Where a commitment stands, by one account. */
typedef struct fate {
    truce_state state;
    truce_instant since, active, deadline; /* as truce_standing */
    uint64_t counted;
    uint32_t decided_by; /* log.items: the event or release that decided, or NO_LINE */
    uint32_t begun_by;   /* log.items: the antecedent event, or NO_LINE */
} fate;

/* The fates of all commitments by one account; [commitment_count]. */
void find_fates(const machine *of, account as, fate *fates);

/* Is this line meant by the antecedent or the consequent of the commitment? */
bool is_antecedent(const machine *of, account as, size_t commitment, const event *one);
bool is_consequent(const machine *of, account as, size_t commitment, const event *one);

/* The lines that may be its consequents, and the place of the first from `at` on. */
event_list consequents_of(const machine *of, size_t commitment);

/* The first release of the commitment from an instant on, or NO_LINE. */
uint32_t release_from(const machine *of, size_t commitment, truce_instant at);

/* Does one line stand before another: by time, then in the file? */
bool stands_before(const machine *of, uint32_t one, uint32_t other);

bool is_final(truce_state state);

/* ---- the other parts ------------------------------------------------------------- */

const truce_clock_reading *read_clock(const machine *of);        /* clock.c */
const truce_trigger_reading *read_triggers(const machine *of);   /* trigger.c */
const truce_snapback_reading *read_snapbacks(const machine *of); /* snapback.c */

/* The end of the term; TRUCE_NEVER when there is none. */
truce_instant end_of_term(const machine *of);
/* Is the agreement in force then, as far as it says? */
bool is_within_force(const machine *of, truce_instant at);

/* dispute.c: standings' `disputed`, disputes and disputed lines of the result. */
void compare_accounts(const machine *of, truce_standing *standings,
                      truce_track *result);

/* explain.c: the reasons of one standing. */
void explain(const machine *of, size_t commitment, const fate *fates,
             truce_standing *standing);

/* next.c: what falls due, of a result that is otherwise complete. */
void list_next(const machine *of, truce_track *result);

/* ---- say.c: parts of sentences --------------------------------------------------- */

/* "1,000"; "handed over" of "handed-over"; "2025-06-01T12:00:00+03:00" in the zone. */
const char *say_count(arena *memory, uint64_t count);
const char *say_type(arena *memory, const char *type);
const char *say_instant(const machine *of, truce_instant at);
/* "500 handed over by RU" */
const char *say_event(const machine *of, account as, const event *one);
/* " (e-17)", or "" when it has no id */
const char *say_id(const machine *of, const event *one);

#endif
