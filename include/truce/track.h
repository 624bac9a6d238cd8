/* track.h - keeping what was agreed: commitments, reports, clocks and triggers.
 *
 * An accord (an agreement that is kept track of) holds commitments; a log holds what was
 * reported, found and done. The state is a pure function of the accord, the accepted
 * events and now: nothing but the log is stored.
 *
 * Time is in whole seconds UTC, intervals are half-open: a deadline is the first instant
 * that is too late. At one instant timers run before events, events in the order of the
 * file. Days are counted in the accord's zone. docs/track-rules.md has every rule.
 */
#ifndef TRUCE_TRACK_H
#define TRUCE_TRACK_H

#include <truce/file.h>
#include <truce/finding.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int64_t truce_instant; /* seconds since 1970-01-01T00:00:00Z */

#define TRUCE_NEVER INT64_MAX
#define TRUCE_NO_INSTANT INT64_MIN /* not given */

typedef enum truce_unit {
    TRUCE_SECONDS,
    TRUCE_MINUTES,
    TRUCE_HOURS,
    TRUCE_DAYS /* in the zone: the same time of day, so many days on */
} truce_unit;

typedef struct truce_duration {
    int64_t count; /* -1: not given */
    truce_unit unit;
} truce_duration;

/* ---- the accord ------------------------------------------------------------------ */

/* Which events are meant; NULL and -1 stand for any. */
typedef struct truce_pattern {
    const char *type, *by;
} truce_pattern;

typedef enum truce_antecedent {
    TRUCE_ALWAYS,     /* from start on */
    TRUCE_UPON_EVENT, /* from the first such event in [start, until) */
    TRUCE_UPON_BREACH /* from when another commitment is violated, start at the earliest */
} truce_antecedent;

typedef struct truce_commitment {
    const char *id, *text; /* text: in words, or NULL */
    truce_place place;
    bool refrain;            /* else: do */
    size_t debtor, creditor; /* accord->parties */
    truce_instant start;
    truce_antecedent antecedent;
    truce_pattern upon;
    size_t upon_breach_of; /* accord->commitments */
    truce_instant until;   /* of the antecedent; TRUCE_NEVER */
    truce_pattern consequent;
    uint64_t count;         /* so much of it; 1 unless given */
    truce_duration within;  /* from when it is active */
    const char *release_by; /* who may release the debtor; the creditor unless given */
} truce_commitment;

typedef enum truce_on_breach {
    TRUCE_CONTINUE,
    TRUCE_PAUSE,        /* days with a breach do not count */
    TRUCE_RESET,        /* the count begins anew on the day after */
    TRUCE_END_BY_NOTICE /* ends when a party gives notice after a breach */
} truce_on_breach;

/* A ceasefire of so many days. */
typedef struct truce_ceasefire {
    truce_place place;
    truce_instant start;
    uint32_t days;
    truce_on_breach on_breach;
    truce_pattern breach;    /* which events are incidents, by whomever; type NULL:
                                "incident" */
    int severity;            /* from which severity an accepted one is a breach */
    const char *notice;      /* type of the notice that ends it; "ceasefire-ended" */
    const char *extension;   /* type of the act by which a party consents to extend it;
                              "ceasefire-extended" */
    uint32_t extension_days; /* as many as `days` unless given */
    bool extend_by_all;      /* else: any one party */
} truce_ceasefire;

typedef struct truce_ladder_step {
    const char *what;     /* "joint inquiry" */
    truce_duration after; /* the step before, or the trigger */
} truce_ladder_step;

/* count(type, severity >= severity, attributed to attributed) >= count within `within`. */
typedef struct truce_trigger {
    const char *id, *text;
    truce_place place;
    const char *type;
    int severity;
    const char *attributed; /* NULL: anybody */
    uint64_t count;
    truce_duration within;
    const truce_ladder_step *steps;
    size_t step_count;
    const char *consequence;
} truce_trigger;

/* Notice, waiting, and then the default applies unless an act stopped it. */
typedef struct truce_snapback {
    const char *id, *text;
    truce_place place;
    truce_pattern notice, stop;
    truce_duration wait;
    bool
        after_day; /* "after the n-th day following, at midnight": the midnight that ends
                       the n-th day after that of the notice; else notice + wait */
    const char *applies; /* the default, in words */
} truce_snapback;

typedef struct truce_accord {
    const char *id, *title, *note;
    const char *file;
    char sha256[65];
    bool invented;              /* `invented: yes`: made up, which every page says */
    const char *const *parties; /* ids [party_count] */
    const char *const *party_names;
    size_t party_count;
    const char *zone; /* of the tz database: "Europe/Istanbul"; UTC unless given */
    truce_instant in_force; /* TRUCE_NO_INSTANT: not yet */
    truce_duration term;
    truce_texts verifiers;
    truce_decimal threshold; /* least confidence of a finding; 0 unless given */
    const truce_commitment *commitments;
    size_t commitment_count;
    const truce_ceasefire *clock; /* or NULL */
    const truce_trigger *triggers;
    size_t trigger_count;
    const truce_snapback *snapbacks;
    size_t snapback_count;
    const char *log; /* path of its log as the file has it (relative to it), or NULL */
    truce_scenario *scenario; /* that it was read from and owns, or NULL */
    void *memory;             /* NULL when a scenario owns it */
} truce_accord;

/* Reads an agreement: a file of its own, or the `commitments:` of a scenario file.
 * TRUCE_OK or TRUCE_INPUT (circles of violated(), unknown parties, zones, durations ...
 * each with its place). */
TRUCE_API truce_status truce_accord_read(const char *path, truce_accord **accord,
                                         truce_diagnostics *diagnostics);
TRUCE_API truce_status truce_accord_parse(const char *name, const void *bytes,
                                          size_t length, truce_accord **accord,
                                          truce_diagnostics *diagnostics);
TRUCE_API void truce_accord_free(truce_accord *accord); /* NULL is fine */

/* An instant from "2025-05-16", "2025-05-16T12:00" (both in the zone) or
 * "2025-05-16T12:00:00Z" / "+03:00". False when it is none. A local time that a change of
 * clocks leaves out is the instant of the change; one that stands twice is the first. */
TRUCE_API bool truce_instant_read(const char *text, const char *zone,
                                  truce_instant *instant);
/* "2025-05-16T12:00:00Z" into text [at least 32], in UTC or (zone not NULL) as local time
 * with its offset. */
TRUCE_API void truce_instant_write(truce_instant instant, const char *zone, char *text);

/* ---- the log --------------------------------------------------------------------- */

typedef enum truce_line_kind {
    TRUCE_LINE_REPORT,
    TRUCE_LINE_FINDING,
    TRUCE_LINE_ACT,
    TRUCE_LINE_NOTICE,
    TRUCE_LINE_RELEASE,
    TRUCE_LINE_CORRECTION
} truce_line_kind;

typedef enum truce_found {
    TRUCE_FOUND_VERIFIED,
    TRUCE_FOUND_REFUTED,
    TRUCE_FOUND_INCONCLUSIVE
} truce_found;

/* One line of a log. Texts are NULL and numbers as below when not given. A line without
 * `occurred` occurred when it was recorded; but of a correction, which gives only what it
 * changes, from and to are TRUCE_NO_INSTANT and count is 0 when not given. */
typedef struct truce_log_line {
    truce_line_kind kind;
    uint64_t number; /* from 1 */
    const char *id;
    truce_instant recorded;
    truce_instant from, to; /* occurred: [from, to); an instant has to = from + 1 */
    const char *type, *by, *about, *place, *evidence;
    const char *commitment;     /* id; NULL: whichever the type and by match */
    uint64_t count;             /* 1 */
    int severity;               /* -1 */
    const char *const *reports; /* of a finding: ids [report_count] */
    size_t report_count;
    truce_found status;
    const char *attributed;
    truce_decimal confidence; /* 1 */
    const char *corrects;
} truce_log_line;

/* A log that can be gone through any number of times; a line is read when it is asked
 * for. Bad lines are errors with their place; a last line without its end ("torn") is
 * told and passed over. */
typedef struct truce_log truce_log;

TRUCE_API truce_status truce_log_open(const char *path, const truce_accord *accord,
                                      truce_log **log, truce_diagnostics *diagnostics);
TRUCE_API truce_status truce_log_parse(const char *name, const void *bytes,
                                       size_t length, const truce_accord *accord,
                                       truce_log **log, truce_diagnostics *diagnostics);
/* The next line, valid until the next call; NULL at the end or after an error (told). */
TRUCE_API const truce_log_line *truce_log_next(truce_log *log,
                                               truce_diagnostics *diagnostics);
TRUCE_API void truce_log_rewind(truce_log *log);
/* The bytes of a torn last line; 0 when there is none. Known after truce_log_next() gave
 * NULL. */
TRUCE_API size_t truce_log_torn(const truce_log *log);
TRUCE_API void truce_log_close(truce_log *log); /* NULL is fine */

/* Appends one event, durably: checked, locked against other writers, written at once,
 * synced. What is missing of id and recorded is filled in.
 *
 *   line     JSON of one object, without line break
 *   written  receives the line as written (free()), or NULL; may be NULL
 *
 * TRUCE_OK: it is on the disk. TRUCE_INPUT: the line is no event, or of nobody
 * (diagnostics). TRUCE_CALL: another writer holds the log, or its last line is torn (said
 * in error; nothing is repaired silently: `repair` cuts it off into FILE.torn first).
 * TRUCE_LIMIT: the disk is full or failed; what stood there before still stands. */
TRUCE_API truce_status truce_log_add(const char *path, const truce_accord *accord,
                                     const char *line, bool repair, char **written,
                                     truce_diagnostics *diagnostics,
                                     truce_error *error);

/* Appends many events: as truce_log_add() does one, but the log is locked, read and synced
 * once for them all, and either all are added or none.
 *
 *   events   a file with an event in each line, "-" for standard input; it is read to its
 *            end before anything else happens. Blank lines are passed over
 *   written  receives the lines as written, each with its line feed (free()); may be NULL
 *
 * An event may name those above it. The first wrong lines are told with their places in
 * events. When the machine fails or the program is killed while it writes, some events may
 * be there, in their order, and none was promised. O(log + events). */
TRUCE_API truce_status truce_log_add_all(const char *path, const truce_accord *accord,
                                         const char *events, bool repair,
                                         char **written, truce_diagnostics *diagnostics,
                                         truce_error *error);

/* ---- where things stand ---------------------------------------------------------- */

typedef enum truce_state {
    TRUCE_PENDING,
    TRUCE_CONDITIONAL,
    TRUCE_ACTIVE,
    TRUCE_SATISFIED,
    TRUCE_VIOLATED,
    TRUCE_EXPIRED,
    TRUCE_RELEASED
} truce_state;

/* Whose events count. */
typedef struct truce_account {
    enum { TRUCE_AS_VERIFIED, TRUCE_AS_PARTY, TRUCE_AS_ALL } kind;
    const char *party; /* of TRUCE_AS_PARTY: the lines by it */
} truce_account;

typedef struct truce_tracking {
    truce_account as;
    truce_instant now;      /* where things stand at this instant */
    truce_instant known_at; /* by lines recorded before; TRUCE_NEVER: all of them.
                               TRUCE_NO_INSTANT counts as TRUCE_NEVER */
} truce_tracking;

/* One reason for a state: an event or a reading of the clock, in order of time. */
typedef struct truce_reason {
    truce_instant at;
    uint64_t line;    /* of the log; 0 for the clock */
    const char *id;   /* of the line, or NULL */
    const char *text; /* "active from its start", "500 of 1,000 handed over (ev-17)" */
} truce_reason;

typedef struct truce_standing {
    truce_state state;
    truce_instant since;    /* of this state; TRUCE_NO_INSTANT when PENDING */
    truce_instant active;   /* `at`; TRUCE_NO_INSTANT when not yet */
    truce_instant deadline; /* D, or `until` of a CONDITIONAL; TRUCE_NEVER */
    uint64_t counted, wanted;
    bool disputed; /* another account that says something has another state */
    const truce_reason *reasons;
    size_t reason_count;
    size_t untold; /* reasons of the same kind that were left out between */
} truce_standing;

/* How far a commitment got by each account: [account] = verified, all, then the parties. */
typedef struct truce_dispute {
    size_t commitment;
    const truce_state *states; /* [2 + party_count] */
    const uint64_t *counted;   /* [2 + party_count] */
} truce_dispute;

/* A line that all accept but not as verified, or that is verified with another doer than it
 * says. */
typedef struct truce_disputed_line {
    uint64_t line;
    const char *id, *type, *by, *about;
    truce_instant from;
    bool verified;       /* accepted as verified */
    bool refuted;        /* by a finding, which stays beside it */
    const char *finding; /* id of the last finding about it, or NULL */
} truce_disputed_line;

typedef struct
    truce_incidents { /* of one side: the party they are attributed to, or else
                                    said to be by */
    uint64_t alleged[5], verified[5], refuted[5]; /* by severity 0..4 */
} truce_incidents;

/* A day of the ceasefire on which an incident was reported. */
typedef struct truce_day {
    int64_t date;  /* on which it begins in the zone, in days since 1970-01-01 */
    bool breached; /* by the account asked for */
    const truce_incidents *sides; /* [party_count] of this day */
} truce_day;

typedef struct truce_clock_reading {
    uint32_t day, of; /* day N of M; 0: not begun; day > of never */
    bool ended;       /* in full, or by notice */
    truce_instant ended_at,
        end; /* end as it stands now, TRUCE_NEVER when paused for good */
    truce_instant last_to_extend; /* first instant that is too late */
    const bool *consented;        /* [party_count] to the extension now open */
    uint32_t extensions, breaches,
        silent_days;              /* silent: without any reported incident */
    uint32_t silent_now;          /* in a row up to now */
    const truce_incidents *sides; /* [party_count] */
    /* dates of the first day, the last day gone through (before the first: none), and the
     * last day as it stands now (of today where the end is never) */
    int64_t first_date, today, last_date;
    const truce_day
        *days; /* [day_count] ascending; their incidents sum up to `sides` */
    size_t day_count;
} truce_clock_reading;

typedef struct truce_trigger_reading {
    uint64_t counted, wanted; /* in the window that ends now, or that fired */
    bool fired;
    truce_instant fired_at;
    size_t step;                /* steps of the ladder reached: 0..step_count */
    truce_instant next_step_at; /* TRUCE_NEVER */
    bool consequence;
    truce_instant consequence_at; /* when it applies or will; TRUCE_NEVER */
    const uint64_t *lines;        /* [line_count] of the log that were counted */
    size_t line_count;
} truce_trigger_reading;

typedef struct truce_snapback_reading {
    bool noticed, stopped, applies;
    truce_instant notice_at, applies_at, stopped_at; /* TRUCE_NEVER when not */
    uint64_t notice_line, stop_line;
} truce_snapback_reading;

/* Something that falls due. */
typedef struct truce_due {
    truce_instant at;
    const char *what; /* id of a commitment, trigger, snap-back, or "clock", "term" */
    const char *text; /* "RU must have handed over 500 more" */
} truce_due;

/* Where a whole agreement stands. */
typedef enum truce_rung {
    TRUCE_RUNG_NONE,
    TRUCE_RUNG_AGREED,
    TRUCE_RUNG_RATIFIED, /* in force */
    TRUCE_RUNG_COMPLIED, /* every commitment satisfied, released or expired */
    TRUCE_RUNG_ENDED     /* every claim ended: term over or every commitment final */
} truce_rung;

typedef struct truce_track {
    truce_finding finding;      /* scenario NULL */
    const truce_accord *accord; /* not owned */
    truce_tracking choices;
    const truce_standing *standings; /* [commitment_count] */
    truce_rung rung;
    size_t counts[7];                 /* commitments by state */
    const truce_clock_reading *clock; /* or NULL */
    const truce_trigger_reading *triggers;
    const truce_snapback_reading *snapbacks;
    const truce_due *next; /* ascending */
    size_t next_count;
    const truce_dispute *disputes; /* commitments whose accounts differ */
    size_t dispute_count;
    const truce_disputed_line *disputed; /* lines */
    size_t
        disputed_count; /* as many as there are; of a million, the last 1,000 are given */
    size_t disputed_given;
    uint64_t lines, accepted, corrected,
        unknown; /* unknown: of no commitment or clock */
    uint64_t reports, findings, acts, notices, releases, corrections;
    size_t torn; /* bytes of a torn last line */
} truce_track;

/* Where things stand.
 *
 * TRUCE_OK; TRUCE_CALL (an unknown party); TRUCE_INPUT when the log is wrong; TRUCE_LIMIT
 * when stopped. O(lines log lines); memory some 40 bytes for each event that a
 * commitment, the clock or a trigger asks for. The accord must outlive the result. */
TRUCE_API truce_status truce_track_find(const truce_accord *accord, truce_log *log,
                                        const truce_tracking *choices,
                                        const truce_stop *stop, truce_track **result,
                                        truce_diagnostics *diagnostics,
                                        truce_error *error);
TRUCE_API void truce_track_free(truce_track *result); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
