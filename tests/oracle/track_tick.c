/* Where things stand, by a clock that goes through every instant at which anything can
 * change. At each instant every machine runs its timers, then takes the events of this
 * instant in the order of the file. Nothing is sorted, searched or computed ahead: what the
 * library decides from intervals happens here, one instant after another. */
#include "track.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the log says ------------------------------------------------------------- */

/* A line as corrected, with its standing finding. */
typedef struct event {
    truce_log_line line;
    bool withdrawn;
    const struct event *finding;
} event;

typedef struct ticking {
    const truce_accord *accord;
    const truce_tracking *choices;
    arena *memory;
    event *events; /* lines known, in the order of the file */
    size_t count;
    truce_instant now;  /* of the clock */
    truce_instant next; /* the earliest instant later than now that a timer waits for */
    truce_instant violated[64];
    ticked answer;
} ticking;

static bool same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

static bool is_party(const ticking *on, const char *who)
{
    for (size_t p = 0; p < on->accord->party_count; p++)
        if (same(on->accord->parties[p], who))
            return true;
    return false;
}

static bool is_verifier(const ticking *on, const char *who)
{
    for (size_t v = 0; v < on->accord->verifiers.count; v++)
        if (same(on->accord->verifiers.items[v], who))
            return true;
    return false;
}

static event *named(ticking *on, const char *id)
{
    for (size_t k = 0; k < on->count; k++)
        if (same(on->events[k].line.id, id))
            return &on->events[k];
    return NULL;
}

static bool recorded_later(const event *one, const event *other)
{
    return one->line.recorded != other->line.recorded
               ? one->line.recorded > other->line.recorded
               : one->line.number > other->line.number;
}

static bool takes_effect(ticking *on, const event *correction, const event *on_what)
{
    return correction->line.kind == TRUCE_LINE_CORRECTION && !correction->withdrawn &&
           named(on, correction->line.corrects) == on_what &&
           recorded_later(correction, on_what) &&
           (same(correction->line.by, on_what->line.by) ||
            is_verifier(on, correction->line.by));
}

static bool gives_anything(const truce_log_line *line)
{
    return line->from != TRUCE_NO_INSTANT || line->type || line->about ||
           line->commitment || line->count > 0 || line->severity >= 0 || line->place ||
           line->attributed;
}

static void replace(truce_log_line *line, const truce_log_line *by)
{
    if (by->from != TRUCE_NO_INSTANT) {
        line->from = by->from;
        line->to = by->to;
    }
    if (by->type)
        line->type = by->type;
    if (by->about)
        line->about = by->about;
    if (by->commitment)
        line->commitment = by->commitment;
    if (by->count > 0)
        line->count = by->count;
    if (by->severity >= 0)
        line->severity = by->severity;
    if (by->place)
        line->place = by->place;
    if (by->attributed)
        line->attributed = by->attributed;
}

/* The lines from the last recorded to the first: a correction is corrected before it
 * corrects. */
static void correct(ticking *on)
{
    bool *done = arena_array(on->memory, on->count, bool);
    for (size_t round = 0; round < on->count; round++) {
        event *last = NULL;
        for (size_t k = 0; k < on->count; k++)
            if (!done[k] && (last == NULL || recorded_later(&on->events[k], last)))
                last = &on->events[k];
        done[last - on->events] = true;
        for (;;) { /* the earliest correction not yet applied, until there is none */
            event *first = NULL;
            for (size_t k = 0; k < on->count; k++) {
                event *one = &on->events[k];
                if (one->finding == NULL && takes_effect(on, one, last) &&
                    (first == NULL || recorded_later(first, one)))
                    first = one;
            }
            if (first == NULL)
                break;
            first->finding = first; /* applied; a correction has no finding */
            if (gives_anything(&first->line))
                replace(&last->line, &first->line);
            else
                last->withdrawn = true;
        }
    }
}

static void attach_findings(ticking *on)
{
    for (size_t k = 0; k < on->count; k++) {
        const event *one = &on->events[k];
        if (one->line.kind != TRUCE_LINE_FINDING || one->withdrawn ||
            !is_verifier(on, one->line.by))
            continue;
        for (size_t r = 0; r < one->line.report_count; r++) {
            event *of = named(on, one->line.reports[r]);
            if (of != NULL && of->line.kind != TRUCE_LINE_CORRECTION &&
                (of->finding == NULL || recorded_later(one, of->finding)))
                of->finding = one;
        }
    }
}

static void take_lines(ticking *on, const truce_log_line *lines, size_t count)
{
    truce_instant known = on->choices->known_at;
    on->events = arena_array(on->memory, count + 1, event);
    for (size_t k = 0; k < count; k++)
        if (known == TRUCE_NEVER || known == TRUCE_NO_INSTANT ||
            lines[k].recorded < known)
            on->events[on->count++].line = lines[k];
    correct(on);
    attach_findings(on);
}

/* ---- whose events count ------------------------------------------------------------ */

static bool is_deed(const event *one)
{
    return one->line.kind == TRUCE_LINE_REPORT || one->line.kind == TRUCE_LINE_ACT;
}

/* Without rounding: confidences have at most some digits. */
static bool at_least(truce_decimal one, truce_decimal other)
{
    for (; one.scale < other.scale; one.scale++)
        one.digits *= 10;
    for (; other.scale < one.scale; other.scale++)
        other.digits *= 10;
    return one.digits >= other.digits;
}

static bool is_found(const ticking *on, const event *one)
{
    return one->finding != NULL && one->finding->line.status == TRUCE_FOUND_VERIFIED &&
           at_least(one->finding->line.confidence, on->accord->threshold);
}

static bool is_consent(const ticking *on, const event *one)
{
    const truce_ceasefire *clock = on->accord->clock;
    return clock != NULL && same(one->line.type, clock->extension) &&
           is_party(on, one->line.by) &&
           (one->line.kind == TRUCE_LINE_ACT || one->line.kind == TRUCE_LINE_NOTICE);
}

static bool accepts(const ticking *on, const truce_account *as, const event *one)
{
    if (one->withdrawn || one->line.kind == TRUCE_LINE_FINDING ||
        one->line.kind == TRUCE_LINE_CORRECTION)
        return false;
    if (!is_deed(one) || is_consent(on, one) || as->kind == TRUCE_AS_ALL)
        return true;
    bool witnessed = one->line.kind == TRUCE_LINE_ACT && is_verifier(on, one->line.by);
    if (as->kind == TRUCE_AS_VERIFIED)
        return witnessed || is_found(on, one);
    return !witnessed && same(one->line.by, as->party);
}

static const char *said_doer(const ticking *on, const event *one)
{
    bool of_others = one->line.kind == TRUCE_LINE_REPORT ||
                     (one->line.kind == TRUCE_LINE_ACT && !is_party(on, one->line.by));
    return of_others && is_party(on, one->line.about) ? one->line.about : one->line.by;
}

static const char *doer(const ticking *on, const event *one, bool verified)
{
    if (verified && is_found(on, one) && one->finding->line.attributed)
        return one->finding->line.attributed;
    return said_doer(on, one);
}

static bool matches(const ticking *on, const truce_pattern *pattern, const event *one,
                    bool verified)
{
    if (!is_deed(one) && one->line.kind != TRUCE_LINE_NOTICE)
        return false;
    if (pattern->type && !same(pattern->type, one->line.type))
        return false;
    if (pattern->by == NULL)
        return true;
    return same(pattern->by,
                is_party(on, pattern->by) ? doer(on, one, verified) : one->line.by);
}

static bool as_verified(const ticking *on)
{
    return on->choices->as.kind == TRUCE_AS_VERIFIED;
}

static bool happens(const ticking *on, const event *one)
{
    return one->line.from == on->now && accepts(on, &on->choices->as, one);
}

/* The clock must not pass this instant without stopping. */
static void wait_for(ticking *on, truce_instant instant)
{
    if (instant > on->now && instant < on->next)
        on->next = instant;
}

/* ---- commitments ------------------------------------------------------------------- */

static bool is_final(truce_state state)
{
    return state > TRUCE_ACTIVE;
}

static void enter(ticking *on, size_t c, truce_state state)
{
    truce_standing *one = &on->answer.standings[c];
    one->state = state;
    one->since = on->now;
    if (state == TRUCE_VIOLATED)
        on->violated[c] = on->now;
    if (state == TRUCE_ACTIVE) {
        one->active = on->now;
        one->deadline = local_later(on->now, on->accord->commitments[c].within);
    } else if (state == TRUCE_CONDITIONAL) {
        one->deadline = on->accord->commitments[c].until;
    }
}

static void commitment_times(ticking *on, size_t c)
{
    const truce_commitment *what = &on->accord->commitments[c];
    truce_standing *one = &on->answer.standings[c];
    if (one->state == TRUCE_PENDING && on->now >= what->start)
        enter(on, c, one->untold ? TRUCE_RELEASED : TRUCE_CONDITIONAL);
    if (one->state == TRUCE_CONDITIONAL && what->antecedent == TRUCE_ALWAYS)
        enter(on, c, TRUCE_ACTIVE);
    if (one->state == TRUCE_CONDITIONAL && on->now >= what->until)
        enter(on, c, TRUCE_EXPIRED);
    if (one->state == TRUCE_CONDITIONAL && what->antecedent == TRUCE_UPON_BREACH &&
        on->violated[what->upon_breach_of] <= on->now)
        enter(on, c, TRUCE_ACTIVE);
    if (one->state == TRUCE_ACTIVE && on->now >= one->deadline)
        enter(on, c, what->refrain ? TRUCE_SATISFIED : TRUCE_VIOLATED);
    wait_for(on, what->start);
    wait_for(on, what->until);
    wait_for(on, one->deadline);
}

static bool is_for(const ticking *on, const event *one, size_t c)
{
    return one->line.commitment == NULL ||
           same(one->line.commitment, on->accord->commitments[c].id);
}

static bool releases(const ticking *on, const event *one, size_t c)
{
    return one->line.kind == TRUCE_LINE_RELEASE && is_for(on, one, c) &&
           same(one->line.by, on->accord->commitments[c].release_by);
}

static void commitment_begins(ticking *on, size_t c)
{
    const truce_commitment *what = &on->accord->commitments[c];
    for (size_t k = 0; k < on->count; k++)
        if (on->answer.standings[c].state == TRUCE_CONDITIONAL &&
            what->antecedent == TRUCE_UPON_EVENT && happens(on, &on->events[k]) &&
            is_for(on, &on->events[k], c) &&
            matches(on, &what->upon, &on->events[k], as_verified(on)))
            enter(on, c, TRUCE_ACTIVE);
}

/* `untold`, which the library counts reasons with, holds here that a release came before
 * the start. */
static void commitment_takes(ticking *on, size_t c, const event *one)
{
    const truce_commitment *what = &on->accord->commitments[c];
    truce_standing *its = &on->answer.standings[c];
    bool let_go = releases(on, one, c);
    if (its->state == TRUCE_PENDING && let_go && on->now < what->until)
        its->untold = 1;
    if (its->state == TRUCE_CONDITIONAL && let_go)
        enter(on, c, TRUCE_RELEASED);
    if (its->state != TRUCE_ACTIVE)
        return;
    if (let_go) {
        enter(on, c, TRUCE_RELEASED);
    } else if (is_for(on, one, c) &&
               matches(on, &what->consequent, one, as_verified(on))) {
        its->counted += one->line.count;
        if (its->counted >= its->wanted)
            enter(on, c, what->refrain ? TRUCE_VIOLATED : TRUCE_SATISFIED);
    }
}

static void tick_commitment(ticking *on, size_t c)
{
    commitment_times(on, c);
    commitment_begins(on, c);
    commitment_times(on, c); /* a deadline of no length is over at once */
    for (size_t k = 0; k < on->count; k++)
        if (happens(on, &on->events[k]))
            commitment_takes(on, c, &on->events[k]);
}

/* Whoever waits for a violation runs after whom it waits for. */
static void tick_commitments(ticking *on)
{
    size_t count = on->accord->commitment_count;
    bool done[64] = {false};
    for (size_t round = 0; round < count; round++)
        for (size_t c = 0; c < count; c++) {
            const truce_commitment *what = &on->accord->commitments[c];
            if (done[c] ||
                (what->antecedent == TRUCE_UPON_BREACH && !done[what->upon_breach_of]))
                continue;
            tick_commitment(on, c);
            done[c] = true;
        }
}

/* ---- the ceasefire clock ----------------------------------------------------------- */

/* What the hand of the clock knows of the day it is in. */
typedef struct hand {
    bool begun, broken, spoken; /* today: a breach; any incident at all */
    int64_t day;                /* of the calendar, from 0 at the start */
    truce_instant tomorrow;     /* when the next begins */
    uint64_t consents;          /* bits of parties */
} hand;

static truce_instant day_begins(const ticking *on, int64_t day)
{
    truce_duration days = {day, TRUCE_DAYS};
    return local_later(on->accord->clock->start, days);
}

/* If nothing more happens: today, when broken, costs itself or everything before. */
static truce_instant clock_end(const ticking *on, const hand *at)
{
    const truce_clock_reading *clock = &on->answer.clock;
    truce_on_breach rule = on->accord->clock->on_breach;
    if (!at->begun)
        return day_begins(on, clock->of);
    if (at->broken && rule == TRUCE_RESET)
        return day_begins(on, at->day + 1 + clock->of);
    int64_t rest = (int64_t)clock->of - clock->day + 1;
    return day_begins(on, at->day + rest + (at->broken && rule == TRUCE_PAUSE));
}

static void day_is_over(ticking *on, hand *at)
{
    truce_clock_reading *clock = &on->answer.clock;
    truce_on_breach rule = on->accord->clock->on_breach;
    clock->silent_now = at->spoken ? 0 : clock->silent_now + 1;
    clock->silent_days += !at->spoken;
    if (at->broken && rule == TRUCE_RESET) {
        clock->day = 1;
    } else if (!(at->broken && rule == TRUCE_PAUSE)) {
        if (clock->day == clock->of) {
            clock->ended = true;
            clock->ended_at = on->now;
            return;
        }
        clock->day++;
    }
    at->tomorrow = day_begins(on, ++at->day + 1);
    at->broken = at->spoken = false;
}

static void clock_times(ticking *on, hand *at)
{
    truce_clock_reading *clock = &on->answer.clock;
    if (!at->begun && on->now >= on->accord->clock->start) {
        at->begun = true;
        at->tomorrow = day_begins(on, 1);
        clock->day = 1;
    }
    while (at->begun && !clock->ended && on->now >= at->tomorrow)
        day_is_over(on, at);
    wait_for(on, on->accord->clock->start);
    wait_for(on, at->tomorrow);
}

static int severity(const event *one)
{
    return one->line.severity < 0 ? 0 : one->line.severity;
}

static void count_incident(ticking *on, const event *one)
{
    bool found = one->finding && one->finding->line.status == TRUCE_FOUND_VERIFIED;
    const char *who = doer(on, one, found);
    truce_account verified = {.kind = TRUCE_AS_VERIFIED};
    for (size_t p = 0; p < on->accord->party_count; p++) {
        if (!same(on->accord->parties[p], who))
            continue;
        truce_incidents *side = (truce_incidents *)&on->answer.clock.sides[p];
        uint64_t count = one->line.count;
        side->alleged[severity(one)] += count;
        if (accepts(on, &verified, one))
            side->verified[severity(one)] += count;
        if (one->finding && one->finding->line.status == TRUCE_FOUND_REFUTED)
            side->refuted[severity(one)] += count;
    }
}

static void clock_consents(ticking *on, hand *at, const event *one)
{
    const truce_accord *accord = on->accord;
    for (size_t p = 0; p < accord->party_count; p++)
        if (same(accord->parties[p], one->line.by))
            at->consents |= UINT64_C(1) << p;
    bool all = at->consents + 1 == UINT64_C(1) << accord->party_count;
    if (accord->clock->extend_by_all && !all)
        return;
    at->consents = 0;
    on->answer.clock.extensions++;
    on->answer.clock.of += accord->clock->extension_days;
}

static void clock_takes(ticking *on, hand *at, const event *one)
{
    const truce_ceasefire *what = on->accord->clock;
    truce_clock_reading *clock = &on->answer.clock;
    if (!one->withdrawn && is_deed(one) && matches(on, &what->breach, one, true)) {
        count_incident(on, one);
        at->spoken = true;
    }
    if (!accepts(on, &on->choices->as, one))
        return;
    if (is_deed(one) && matches(on, &what->breach, one, as_verified(on)) &&
        severity(one) >= what->severity) {
        clock->breaches += (uint32_t)one->line.count;
        at->broken = true;
    }
    if (is_consent(on, one))
        clock_consents(on, at, one);
    if (what->on_breach == TRUCE_END_BY_NOTICE && clock->breaches > 0 &&
        one->line.kind == TRUCE_LINE_NOTICE && same(one->line.type, what->notice) &&
        is_party(on, one->line.by)) {
        clock->ended = true;
        clock->ended_at = on->now;
    }
}

static void tick_clock(ticking *on, hand *at)
{
    truce_clock_reading *clock = &on->answer.clock;
    clock_times(on, at);
    for (size_t k = 0; k < on->count; k++)
        if (at->begun && !clock->ended && on->events[k].line.from == on->now)
            clock_takes(on, at, &on->events[k]);
    if (on->now < on->choices->now)
        return;
    clock->end = clock->ended ? clock->ended_at : clock_end(on, at);
    clock->last_to_extend = clock->end;
    for (size_t p = 0; p < on->accord->party_count; p++)
        ((bool *)clock->consented)[p] = at->consents >> p & 1;
}

static void begin_clock(ticking *on)
{
    const truce_accord *accord = on->accord;
    on->answer.clock.of = accord->clock->days;
    on->answer.clock.consented = arena_array(on->memory, accord->party_count, bool);
    on->answer.clock.sides =
        arena_array(on->memory, accord->party_count, truce_incidents);
}

/* ---- triggers and snap-backs ------------------------------------------------------- */

static bool holds_now(const ticking *on)
{
    const truce_accord *accord = on->accord;
    if (accord->in_force == TRUCE_NO_INSTANT)
        return true;
    return on->now >= accord->in_force &&
           on->now < local_later(accord->in_force, accord->term);
}

static bool triggers(const ticking *on, const truce_trigger *what, const event *one)
{
    truce_pattern pattern = {.type = what->type, .by = what->attributed};
    return accepts(on, &on->choices->as, one) && is_deed(one) &&
           matches(on, &pattern, one, as_verified(on)) &&
           severity(one) >= what->severity;
}

/* The sum of what counts now, up to the line that happens. */
static void count_window(ticking *on, size_t t, size_t up_to)
{
    const truce_trigger *what = &on->accord->triggers[t];
    truce_trigger_reading *its = &on->answer.triggers[t];
    truce_instant now = on->now;
    uint64_t *lines = arena_array(on->memory, on->count + 1, uint64_t);
    its->counted = its->line_count = 0;
    for (size_t k = 0; k < on->count; k++) {
        const event *one = &on->events[k];
        on->now = one->line.from; /* was the agreement in force then? */
        bool counts = one->line.from <= now && holds_now(on) &&
                      triggers(on, what, one) &&
                      local_later(one->line.from, what->within) > now &&
                      (one->line.from < now || k <= up_to);
        on->now = now;
        if (!counts)
            continue;
        its->counted += one->line.count;
        lines[its->line_count++] = one->line.number;
    }
    its->lines = lines;
}

static void trigger_times(ticking *on, size_t t)
{
    const truce_trigger *what = &on->accord->triggers[t];
    truce_trigger_reading *its = &on->answer.triggers[t];
    while (its->fired && its->step < what->step_count && on->now >= its->next_step_at) {
        its->step++;
        its->next_step_at =
            its->step < what->step_count
                ? local_later(its->next_step_at, what->steps[its->step].after)
                : TRUCE_NEVER;
    }
    if (its->fired && its->step == what->step_count)
        its->consequence = what->consequence != NULL;
    wait_for(on, its->next_step_at);
}

static void fire(ticking *on, size_t t)
{
    const truce_trigger *what = &on->accord->triggers[t];
    truce_trigger_reading *its = &on->answer.triggers[t];
    its->fired = true;
    its->fired_at = its->consequence_at = on->now;
    if (what->step_count > 0)
        its->next_step_at = local_later(on->now, what->steps[0].after);
    for (size_t s = 0; s < what->step_count; s++)
        its->consequence_at = local_later(its->consequence_at, what->steps[s].after);
}

static void tick_trigger(ticking *on, size_t t)
{
    const truce_trigger *what = &on->accord->triggers[t];
    truce_trigger_reading *its = &on->answer.triggers[t];
    trigger_times(on, t);
    for (size_t k = 0; k < on->count && !its->fired; k++) {
        if (on->events[k].line.from != on->now)
            continue;
        count_window(on, t, k);
        if (its->counted >= what->count)
            fire(on, t);
    }
    trigger_times(on, t);
    if (!its->fired && on->now >= on->choices->now)
        count_window(on, t, on->count);
}

static void tick_snapback(ticking *on, size_t s)
{
    const truce_snapback *what = &on->accord->snapbacks[s];
    truce_snapback_reading *its = &on->answer.snapbacks[s];
    if (its->noticed && !its->stopped && on->now >= its->applies_at)
        its->applies = true;
    for (size_t k = 0; k < on->count; k++) {
        const event *one = &on->events[k];
        if (its->applies || !happens(on, one) || !holds_now(on))
            continue;
        bool waits = its->noticed && !its->stopped;
        if (waits && matches(on, &what->stop, one, as_verified(on))) {
            its->stopped = true;
            its->stopped_at = on->now;
            its->stop_line = one->line.number;
            its->applies_at = TRUCE_NEVER;
        } else if (!waits && matches(on, &what->notice, one, as_verified(on))) {
            *its = (truce_snapback_reading){
                .noticed = true,
                .notice_at = on->now,
                .notice_line = one->line.number,
                .stopped_at = TRUCE_NEVER,
                .applies_at = what->after_day
                                  ? local_midnight(on->now, what->wait.count + 1)
                                  : local_later(on->now, what->wait)};
            its->applies = on->now >= its->applies_at;
        }
    }
    if (its->noticed)
        wait_for(on, its->applies_at);
}

/* ---- the whole --------------------------------------------------------------------- */

static truce_rung rung(const ticking *on)
{
    const truce_accord *accord = on->accord;
    size_t final = 0, violated = 0, count = accord->commitment_count;
    for (size_t c = 0; c < count; c++) {
        final += is_final(on->answer.standings[c].state);
        violated += on->answer.standings[c].state == TRUCE_VIOLATED;
    }
    if (accord->in_force == TRUCE_NO_INSTANT || on->now < accord->in_force)
        return TRUCE_RUNG_AGREED;
    if (!holds_now(on) || (final == count && violated > 0))
        return TRUCE_RUNG_ENDED;
    return count > 0 && final == count ? TRUCE_RUNG_COMPLIED : TRUCE_RUNG_RATIFIED;
}

static void begin(ticking *on)
{
    const truce_accord *accord = on->accord;
    ticked *answer = &on->answer;
    answer->standings =
        arena_array(on->memory, accord->commitment_count, truce_standing);
    answer->triggers =
        arena_array(on->memory, accord->trigger_count, truce_trigger_reading);
    answer->snapbacks =
        arena_array(on->memory, accord->snapback_count, truce_snapback_reading);
    for (size_t c = 0; c < accord->commitment_count; c++) {
        answer->standings[c] = (truce_standing){.since = TRUCE_NO_INSTANT,
                                                .active = TRUCE_NO_INSTANT,
                                                .deadline = TRUCE_NEVER,
                                                .wanted = accord->commitments[c].count};
        on->violated[c] = TRUCE_NEVER;
    }
    for (size_t t = 0; t < accord->trigger_count; t++)
        answer->triggers[t] =
            (truce_trigger_reading){.wanted = accord->triggers[t].count,
                                    .fired_at = TRUCE_NEVER,
                                    .next_step_at = TRUCE_NEVER,
                                    .consequence_at = TRUCE_NEVER};
    for (size_t s = 0; s < accord->snapback_count; s++)
        answer->snapbacks[s] = (truce_snapback_reading){.notice_at = TRUCE_NEVER,
                                                        .applies_at = TRUCE_NEVER,
                                                        .stopped_at = TRUCE_NEVER};
    if (accord->clock != NULL)
        begin_clock(on);
}

static void tick_once(ticking *on, hand *clock)
{
    on->next = on->choices->now;
    tick_commitments(on);
    if (on->accord->clock != NULL)
        tick_clock(on, clock);
    for (size_t t = 0; t < on->accord->trigger_count; t++)
        tick_trigger(on, t);
    for (size_t s = 0; s < on->accord->snapback_count; s++)
        tick_snapback(on, s);
    for (size_t k = 0; k < on->count; k++)
        wait_for(on, on->events[k].line.from);
}

/* The first instant at which there is anything to do, but not after now. */
static truce_instant beginning(const ticking *on)
{
    truce_instant first = on->choices->now;
    for (size_t k = 0; k < on->count; k++)
        if (on->events[k].line.from < first &&
            on->events[k].line.from != TRUCE_NO_INSTANT)
            first = on->events[k].line.from;
    for (size_t c = 0; c < on->accord->commitment_count; c++)
        if (on->accord->commitments[c].start < first &&
            on->accord->commitments[c].start != TRUCE_NO_INSTANT)
            first = on->accord->commitments[c].start;
    if (on->accord->clock != NULL && on->accord->clock->start < first)
        first = on->accord->clock->start;
    return first;
}

/* Every instant is visited while there are few; else those at which a timer or an event
 * waits, and the one after each. */
ticked tick(arena *memory, const truce_accord *accord, const truce_log_line *lines,
            size_t count, const truce_tracking *choices)
{
    enum { FEW = 100 };
    ticking on = {.accord = accord, .choices = choices, .memory = memory};
    hand clock = {0};
    local_set(accord->zone);
    take_lines(&on, lines, count);
    begin(&on);
    on.now = beginning(&on);
    bool every = choices->now - on.now < FEW;
    for (bool waited = true;; waited = !waited) {
        tick_once(&on, &clock);
        if (on.now >= choices->now)
            break;
        on.now = every || waited ? on.now + 1 : on.next;
    }
    if (!on.answer.clock.ended && clock.spoken)
        on.answer.clock.silent_now = 0; /* today is not silent either */
    on.answer.rung = rung(&on);
    return on.answer;
}
