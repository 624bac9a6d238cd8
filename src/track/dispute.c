/* The same machine by every account, and where they part. Who said nothing about a
 * commitment has no account of it: silence is not a dispute. */
#include "track/machine.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 1000, VERIFIED = 0, ALL = 1, PARTIES = 2 };

static account account_number(size_t number)
{
    if (number == VERIFIED)
        return (account){TRUCE_AS_VERIFIED, NO_WORD};
    if (number == ALL)
        return (account){TRUCE_AS_ALL, NO_WORD};
    return (account){TRUCE_AS_PARTY, (uint32_t)(number - PARTIES)};
}

/* ---- commitments ----------------------------------------------------------------- */

/* Which parties recorded something that a commitment asks for? */
static void find_speakers(const machine *of, size_t commitment, event_list list,
                          bool *speaks)
{
    size_t parties = of->accord->party_count, silent = 0;
    account as_said = {TRUCE_AS_ALL, NO_WORD};
    for (size_t p = 0; p < parties; p++)
        silent += !speaks[p];
    for (size_t i = 0; i < list.count && silent > 0; i++) {
        const event *one = &of->log.items[list.items[i]];
        if (one->by >= parties || speaks[one->by] || one->kind == TRUCE_LINE_NOTICE)
            continue;
        if (is_antecedent(of, as_said, commitment, one) ||
            is_consequent(of, as_said, commitment, one)) {
            speaks[one->by] = true;
            silent--;
        }
    }
}

/* Of a commitment and of those whose violation it waits for. */
static void find_all_speakers(const machine *of, size_t commitment, bool *speaks)
{
    const truce_commitment *what = of->accord->commitments;
    memset(speaks, 0, of->accord->party_count * sizeof *speaks);
    for (size_t at = commitment;; at = what[at].upon_breach_of) {
        find_speakers(of, at, consequents_of(of, at), speaks);
        if (what[at].antecedent == TRUCE_UPON_EVENT)
            find_speakers(of, at,
                          events_of_type(&of->log, of->commitments[at].upon.type),
                          speaks);
        if (what[at].antecedent != TRUCE_UPON_BREACH)
            return;
    }
}

/* fates: [accounts][commitment_count] */
static bool is_disputed(const machine *of, size_t commitment, const fate *fates,
                        bool *speaks)
{
    size_t count = of->accord->commitment_count, parties = of->accord->party_count;
    truce_state state = fates[commitment].state;
    bool differs = false, differs_first = fates[count + commitment].state != state;
    for (size_t a = PARTIES; a < PARTIES + parties; a++)
        differs |= fates[a * count + commitment].state != state;
    if (differs_first || !differs)
        return differs_first;
    find_all_speakers(of, commitment, speaks);
    for (size_t p = 0; p < parties; p++)
        if (speaks[p] && fates[(PARTIES + p) * count + commitment].state != state)
            return true;
    return false;
}

static truce_dispute dispute_of(const machine *of, size_t commitment, const fate *fates)
{
    size_t accounts = PARTIES + of->accord->party_count;
    truce_state *states = arena_array(of->memory, accounts, truce_state);
    uint64_t *counted = arena_array(of->memory, accounts, uint64_t);
    for (size_t a = 0; a < accounts; a++) {
        const fate *one = &fates[a * of->accord->commitment_count + commitment];
        states[a] = one->state;
        counted[a] = one->counted;
    }
    return (truce_dispute){commitment, states, counted};
}

static void compare_commitments(const machine *of, truce_standing *standings,
                                truce_track *result)
{
    size_t accounts = PARTIES + of->accord->party_count;
    size_t count = of->accord->commitment_count;
    fate *fates = must_allocate_zeroed(accounts * count + 1, sizeof *fates);
    bool *speaks = must_allocate_zeroed(of->accord->party_count + 1, sizeof *speaks);
    truce_dispute *disputes = arena_array(of->memory, count, truce_dispute);
    for (size_t a = 0; a < accounts; a++)
        find_fates(of, account_number(a), fates + a * count);
    for (size_t c = 0; c < count; c++) {
        standings[c].disputed = is_disputed(of, c, fates, speaks);
        if (standings[c].disputed)
            disputes[result->dispute_count++] = dispute_of(of, c, fates);
    }
    result->disputes = disputes;
    free(speaks);
    free(fates);
}

/* ---- lines ----------------------------------------------------------------------- */

/* Deeds that all take for said but that are not verified, or verified as another's. */
static bool is_line_disputed(const machine *of, const event *one)
{
    account verified = account_number(VERIFIED), all = account_number(ALL);
    return !account_accepts(&of->log, verified, one) ||
           doer(&of->log, verified, one) != doer(&of->log, all, one);
}

static truce_disputed_line line_of(const machine *of, const event *one)
{
    const events *log = &of->log;
    const event *finding = one->finding == NO_LINE ? NULL : &log->items[one->finding];
    return (truce_disputed_line){
        .line = one->number,
        .id = arena_text(of->memory, ids_text(&log->ids, one->id)),
        .type = arena_text(of->memory, words_text(&log->words, one->type)),
        .by = arena_text(of->memory, words_text(&log->words, one->by)),
        .about = arena_text(of->memory, words_text(&log->words, one->about)),
        .from = one->from,
        .verified = is_verified(log, one),
        .refuted = is_refuted(log, one),
        .finding =
            finding ? arena_text(of->memory, ids_text(&log->ids, finding->id)) : NULL};
}

/* In the order of the log; kept: was not withdrawn, has happened, is asked for. */
static void list_lines(const machine *of, truce_track *result)
{
    uint32_t latest[MOST_LINES];
    for (size_t i = 0; i < of->log.count; i++) {
        const event *one = &of->log.items[i];
        if (has_happened(&of->log, one, of->now) && is_line_disputed(of, one))
            latest[result->disputed_count++ % MOST_LINES] = (uint32_t)i;
    }
    size_t given =
        result->disputed_count < MOST_LINES ? result->disputed_count : MOST_LINES;
    truce_disputed_line *lines = arena_array(of->memory, given, truce_disputed_line);
    for (size_t i = 0; i < given; i++)
        lines[i] = line_of(
            of,
            &of->log.items[latest[(result->disputed_count - given + i) % MOST_LINES]]);
    result->disputed = lines;
    result->disputed_given = given;
}

void compare_accounts(const machine *of, truce_standing *standings, truce_track *result)
{
    compare_commitments(of, standings, result);
    list_lines(of, result);
}
