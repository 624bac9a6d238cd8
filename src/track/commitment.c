/* The states of a commitment, in the order of the rules (docs/track-rules.md):
 *
 *     PENDING -> CONDITIONAL -> ACTIVE -> SATISFIED | VIOLATED | RELEASED
 *                      `-> EXPIRED | RELEASED
 *
 * Nothing is stepped through: each instant that matters is looked up. Invariant: the lines
 * of the log are in order of (from, place in the file) and none is later than now. */
#include "track/machine.h"

#include <stdlib.h>

bool is_final(truce_state state)
{
    return state >= TRUCE_SATISFIED;
}

bool stands_before(const machine *of, uint32_t one, uint32_t other)
{
    truce_instant at = of->log.items[one].from, than = of->log.items[other].from;
    return at != than ? at < than : one < other;
}

/* ---- which lines ----------------------------------------------------------------- */

static bool concerns(const machine *of, size_t commitment, const event *one)
{
    return one->commitment == NO_WORD ||
           one->commitment == of->commitments[commitment].id;
}

bool is_antecedent(const machine *of, account as, size_t commitment, const event *one)
{
    return of->accord->commitments[commitment].antecedent == TRUCE_UPON_EVENT &&
           concerns(of, commitment, one) &&
           account_matches(&of->log, as, of->commitments[commitment].upon, one);
}

bool is_consequent(const machine *of, account as, size_t commitment, const event *one)
{
    return concerns(of, commitment, one) &&
           account_matches(&of->log, as, of->commitments[commitment].consequent, one);
}

event_list consequents_of(const machine *of, size_t commitment)
{
    return events_of_type(&of->log, of->commitments[commitment].consequent.type);
}

uint32_t release_from(const machine *of, size_t commitment, truce_instant at)
{
    event_list releases = {of->log.releases, of->log.release_count};
    for (size_t r = events_first(&of->log, releases, at); r < releases.count; r++) {
        const event *one = &of->log.items[releases.items[r]];
        if (one->by == of->commitments[commitment].release_by &&
            concerns(of, commitment, one))
            return releases.items[r];
    }
    return NO_LINE;
}

/* ---- rule 2: from when it is owed ------------------------------------------------ */

static truce_instant later_of(truce_instant one, truce_instant other)
{
    return one > other ? one : other;
}

static void find_antecedent(const machine *of, account as, size_t commitment, fate *one)
{
    const truce_commitment *what = &of->accord->commitments[commitment];
    event_list list = events_of_type(&of->log, of->commitments[commitment].upon.type);
    for (size_t i = events_first(&of->log, list, what->start); i < list.count; i++) {
        const event *at = &of->log.items[list.items[i]];
        if (at->from >= what->until)
            return;
        if (is_antecedent(of, as, commitment, at) &&
            account_accepts(&of->log, as, at)) {
            one->active = at->from;
            one->begun_by = list.items[i];
            return;
        }
    }
}

static void activate(const machine *of, account as, size_t commitment,
                     const fate *fates, fate *one)
{
    const truce_commitment *what = &of->accord->commitments[commitment];
    if (what->antecedent == TRUCE_ALWAYS)
        one->active = what->start;
    if (what->antecedent == TRUCE_UPON_EVENT)
        find_antecedent(of, as, commitment, one);
    if (what->antecedent == TRUCE_UPON_BREACH) {
        const fate *other = &fates[what->upon_breach_of];
        truce_instant at = later_of(what->start, other->since);
        if (other->state == TRUCE_VIOLATED && at < what->until)
            one->active = at;
    }
}

/* A release before it is owed, and before the window closes. */
static bool is_released_early(const machine *of, size_t commitment, fate *one)
{
    const truce_commitment *what = &of->accord->commitments[commitment];
    truce_instant end = one->active == TRUCE_NO_INSTANT ? what->until : one->active;
    uint32_t release = release_from(of, commitment, TRUCE_NO_INSTANT);
    if (release == NO_LINE || of->log.items[release].from >= end)
        return false;
    one->state = TRUCE_RELEASED;
    one->since = later_of(what->start, of->log.items[release].from);
    one->decided_by = release;
    one->active = TRUCE_NO_INSTANT;
    one->begun_by = NO_LINE;
    return true;
}

/* ---- rule 3: not owed yet -------------------------------------------------------- */

static void wait_or_expire(const machine *of, size_t commitment, fate *one)
{
    const truce_commitment *what = &of->accord->commitments[commitment];
    bool expired = of->now >= what->until;
    one->state = expired ? TRUCE_EXPIRED : TRUCE_CONDITIONAL;
    one->since = expired ? later_of(what->start, what->until) : what->start;
    one->deadline = what->until;
}

/* ---- rule 4: owed ---------------------------------------------------------------- */

static void add(uint64_t *sum, uint64_t count)
{
    *sum = count > UINT64_MAX - *sum ? UINT64_MAX : *sum + count;
}

/* Adds up consequents in [active, deadline) before the release. The line with which the sum
 * is reached, or NO_LINE. */
static uint32_t count_consequents(const machine *of, account as, size_t commitment,
                                  uint32_t release, fate *one)
{
    event_list list = consequents_of(of, commitment);
    for (size_t i = events_first(&of->log, list, one->active); i < list.count; i++) {
        uint32_t line = list.items[i];
        const event *at = &of->log.items[line];
        if (at->from >= one->deadline ||
            (release != NO_LINE && stands_before(of, release, line)))
            break;
        if (!is_consequent(of, as, commitment, at) ||
            !account_accepts(&of->log, as, at))
            continue;
        add(&one->counted, at->count);
        if (one->counted >= of->accord->commitments[commitment].count)
            return line;
    }
    return NO_LINE;
}

static void decide(fate *one, truce_state state, truce_instant since, uint32_t by)
{
    one->state = state;
    one->since = since;
    one->decided_by = by;
}

static void perform(const machine *of, account as, size_t commitment, fate *one)
{
    const truce_commitment *what = &of->accord->commitments[commitment];
    one->deadline = duration_after(of->zone, one->active, what->within);
    uint32_t release = release_from(of, commitment, one->active);
    uint32_t reached = count_consequents(of, as, commitment, release, one);
    const event *items = of->log.items;
    if (reached != NO_LINE)
        decide(one, what->refrain ? TRUCE_VIOLATED : TRUCE_SATISFIED,
               items[reached].from, reached);
    else if (release != NO_LINE && items[release].from < one->deadline)
        decide(one, TRUCE_RELEASED, items[release].from, release);
    else if (of->now >= one->deadline)
        decide(one, what->refrain ? TRUCE_SATISFIED : TRUCE_VIOLATED, one->deadline,
               NO_LINE);
    else
        decide(one, TRUCE_ACTIVE, one->active, NO_LINE);
}

static fate find_fate(const machine *of, account as, size_t commitment,
                      const fate *fates)
{
    fate one = {.state = TRUCE_PENDING,
                .since = TRUCE_NO_INSTANT,
                .active = TRUCE_NO_INSTANT,
                .deadline = TRUCE_NEVER,
                .decided_by = NO_LINE,
                .begun_by = NO_LINE};
    if (of->now < of->accord->commitments[commitment].start)
        return one;
    activate(of, as, commitment, fates, &one);
    if (is_released_early(of, commitment, &one))
        return one;
    if (one.active == TRUCE_NO_INSTANT)
        wait_or_expire(of, commitment, &one);
    else
        perform(of, as, commitment, &one);
    return one;
}

/* ---- rule 5: violations first that others wait for ------------------------------- */

void find_fates(const machine *of, account as, fate *fates)
{
    const truce_commitment *what = of->accord->commitments;
    size_t count = of->accord->commitment_count, depth = 0;
    bool *known = must_allocate_zeroed(count + 1, sizeof *known);
    size_t *waiting = must_allocate_zeroed(count + 1, sizeof *waiting);
    for (size_t c = 0; c < count; c++) {
        for (size_t at = c; !known[at]; at = what[at].upon_breach_of) {
            waiting[depth++] = at;
            known[at] = true; /* or will be, when what it waits for is */
            if (what[at].antecedent != TRUCE_UPON_BREACH)
                break;
        }
        while (depth > 0) {
            size_t at = waiting[--depth];
            fates[at] = find_fate(of, as, at, fates);
        }
    }
    free(waiting);
    free(known);
}
