/* The ceasefire clock, day by day: within a day its events in order, at its end what the
 * day was worth. A day that begins is never past the end, so a consent is in time whenever
 * its day is gone through at all. Expects thousands of days, and any number of events. */
#include "track/clock.h"

#include "track/machine.h"

#include <stdlib.h>
#include <string.h>

enum { SEVERITIES = 5 };

typedef struct ceasefire {
    const machine *of;
    const truce_ceasefire *clock;
    asked breach;
    uint32_t notice, extension; /* types */
    truce_clock_reading reading;
    truce_incidents *sides;
    bool *consented;
    truce_day *reported; /* days on which something was */
    size_t reported_count, reported_room;
    truce_incidents *today; /* sides of the last of these */
    int64_t days;           /* gone by since the start */
    int64_t done, wanted;   /* days that count */
    truce_instant day_begins, day_ends;
    bool breached, breached_today, reported_today;
} ceasefire;

truce_pattern clock_breach(const truce_ceasefire *clock)
{
    truce_pattern breach = clock->breach;
    if (breach.type == NULL)
        breach.type = "incident";
    return breach;
}

const char *clock_notice(const truce_ceasefire *clock)
{
    return clock->notice ? clock->notice : "ceasefire-ended";
}

const char *clock_extension(const truce_ceasefire *clock)
{
    return clock->extension ? clock->extension : "ceasefire-extended";
}

static truce_instant day_after(const ceasefire *at, int64_t days)
{
    return duration_after(at->of->zone, at->clock->start,
                          (truce_duration){days, TRUCE_DAYS});
}

/* ---- one event ------------------------------------------------------------------- */

static void add(uint64_t *sum, uint64_t count)
{
    *sum = count > UINT64_MAX - *sum ? UINT64_MAX : *sum + count;
}

static void count_incident(truce_incidents *to, const events *log, const event *one)
{
    int severity = severity_of(one) < SEVERITIES ? severity_of(one) : SEVERITIES - 1;
    add(&to->alleged[severity], one->count);
    if (is_verified(log, one))
        add(&to->verified[severity], one->count);
    if (is_refuted(log, one))
        add(&to->refuted[severity], one->count);
}

static void tell_incident(ceasefire *at, const event *one)
{
    const events *log = &at->of->log;
    uint32_t side = doer(log, (account){.kind = TRUCE_AS_VERIFIED}, one);
    if (side >= at->of->accord->party_count)
        return;
    count_incident(&at->sides[side], log, one);
    count_incident(&at->today[side], log, one);
}

static void begin_report(ceasefire *at)
{
    if (at->reported_today)
        return;
    at->reported_today = true;
    at->today =
        arena_array(at->of->memory, at->of->accord->party_count, truce_incidents);
    *grow(at->reported, at->reported_count, at->reported_room) =
        (truce_day){.date = zone_day(at->of->zone, at->day_begins), .sides = at->today};
}

static void take_incident(ceasefire *at, const event *one)
{
    const machine *of = at->of;
    account verified = {.kind = TRUCE_AS_VERIFIED}, all = {.kind = TRUCE_AS_ALL};
    if (account_matches(&of->log, verified, at->breach, one) ||
        account_matches(&of->log, all, at->breach, one)) {
        begin_report(at);
        tell_incident(at, one);
    }
    if (!account_matches(&of->log, of->as, at->breach, one) ||
        !account_accepts(&of->log, of->as, one) ||
        severity_of(one) < at->clock->severity)
        return;
    uint64_t breaches = at->reading.breaches + one->count;
    at->reading.breaches = one->count > UINT32_MAX || breaches > UINT32_MAX
                               ? UINT32_MAX
                               : (uint32_t)breaches;
    at->breached = at->breached_today = true;
    if (at->reported_today)
        at->reported[at->reported_count - 1].breached = true;
}

static void take_consent(ceasefire *at, uint32_t party)
{
    size_t parties = at->of->accord->party_count, consents = 0;
    at->consented[party] = true;
    for (size_t p = 0; p < parties; p++)
        consents += at->consented[p];
    if (at->clock->extend_by_all && consents < parties)
        return;
    memset(at->consented, 0, parties * sizeof *at->consented);
    at->wanted +=
        at->clock->extension_days ? at->clock->extension_days : at->clock->days;
    at->reading.extensions++;
}

static void take(ceasefire *at, const event *one)
{
    bool by_party = one->by < at->of->accord->party_count;
    bool notice = one->kind == TRUCE_LINE_NOTICE;
    bool act = one->kind == TRUCE_LINE_ACT;
    if (!notice && one->type == at->breach.type)
        take_incident(at, one);
    if (by_party && (notice || act) && one->type == at->extension)
        take_consent(at, one->by);
    if (by_party && notice && one->type == at->notice && at->breached &&
        at->clock->on_breach == TRUCE_END_BY_NOTICE) {
        at->reading.ended = true;
        at->reading.ended_at = one->from;
    }
}

/* ---- days ------------------------------------------------------------------------ */

static void begin_day(ceasefire *at)
{
    at->day_begins = at->days == 0 ? at->clock->start : at->day_ends;
    at->day_ends = day_after(at, at->days + 1);
    at->breached_today = at->reported_today = false;
}

/* What has been done when the day is over, as it looks now. */
static int64_t done_after_today(const ceasefire *at)
{
    if (at->breached_today && at->clock->on_breach == TRUCE_PAUSE)
        return at->done;
    if (at->breached_today && at->clock->on_breach == TRUCE_RESET)
        return 0;
    return at->done + 1;
}

static void finish_day(ceasefire *at)
{
    at->done = done_after_today(at);
    at->days++;
    at->reading.silent_now = at->reported_today ? 0 : at->reading.silent_now + 1;
    at->reading.silent_days += !at->reported_today;
    if (at->done >= at->wanted) {
        at->reading.ended = true;
        at->reading.ended_at = at->day_ends;
    }
}

/* The end, if nothing more happens. */
static truce_instant end_as_it_stands(const ceasefire *at)
{
    if (at->reading.ended)
        return at->reading.ended_at;
    return day_after(at, at->days + 1 + at->wanted - done_after_today(at));
}

static void go_through(ceasefire *at)
{
    const events *log = &at->of->log;
    event_list list = {log->timeline, log->timeline_count};
    size_t next = events_first(log, list, at->clock->start);
    begin_day(at);
    while (!at->reading.ended) {
        for (; next < list.count && !at->reading.ended; next++) {
            const event *one = &log->items[list.items[next]];
            if (one->from >= at->day_ends)
                break;
            take(at, one);
        }
        if (at->reading.ended || at->day_ends > at->of->now)
            break;
        finish_day(at);
        if (!at->reading.ended)
            begin_day(at);
    }
    if (!at->reading.ended && at->reported_today)
        at->reading.silent_now = 0;
}

static uint32_t small(int64_t days)
{
    return days > UINT32_MAX ? UINT32_MAX : (uint32_t)days;
}

static void begin(ceasefire *at, const machine *of)
{
    const truce_accord *accord = of->accord;
    const words *all = &of->log.words;
    *at = (ceasefire){.of = of, .clock = accord->clock, .wanted = accord->clock->days};
    at->breach = asked_of(&of->log, clock_breach(accord->clock));
    at->notice = word_of(all, clock_notice(accord->clock));
    at->extension = word_of(all, clock_extension(accord->clock));
    at->sides = arena_array(of->memory, accord->party_count, truce_incidents);
    at->consented = arena_array(of->memory, accord->party_count, bool);
}

const truce_clock_reading *read_clock(const machine *of)
{
    if (of->accord->clock == NULL)
        return NULL;
    ceasefire at;
    begin(&at, of);
    bool begun = of->now >= at.clock->start;
    if (begun)
        go_through(&at);
    truce_clock_reading *reading = arena_new(of->memory, truce_clock_reading);
    *reading = at.reading;
    bool in_full = at.reading.ended && at.done >= at.wanted;
    reading->of = small(at.wanted);
    reading->day = !begun ? 0 : small(in_full ? at.wanted : at.done + 1);
    reading->end = begun ? end_as_it_stands(&at) : day_after(&at, at.wanted);
    reading->ended_at = at.reading.ended ? at.reading.ended_at : TRUCE_NEVER;
    reading->last_to_extend = reading->end;
    reading->consented = at.consented;
    reading->sides = at.sides;
    reading->first_date = zone_day(of->zone, at.clock->start);
    reading->today =
        begun ? zone_day(of->zone, at.day_begins) : reading->first_date - 1;
    reading->last_date = reading->end == TRUCE_NEVER
                             ? reading->today
                             : zone_day(of->zone, reading->end - 1);
    reading->days =
        arena_copy(of->memory, at.reported, at.reported_count * sizeof *at.reported);
    reading->day_count = at.reported_count;
    free(at.reported);
    return reading;
}
