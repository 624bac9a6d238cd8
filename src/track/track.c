/* The machine put together: the log once through, then every part of the agreement. */
#include "base/error.h"
#include "scenario/result.h"
#include "track/machine.h"

#include <stdlib.h>
#include <string.h>

/* ---- the question ---------------------------------------------------------------- */

static size_t party_called(const truce_accord *accord, const char *name)
{
    size_t p = 0;
    while (p < accord->party_count && strcmp(accord->parties[p], name) != 0)
        p++;
    return p;
}

static bool find_account(machine *of, const truce_account *as, truce_error *error)
{
    of->as = (account){(int)as->kind, NO_WORD};
    if (as->kind != TRUCE_AS_PARTY)
        return true;
    size_t party = as->party ? party_called(of->accord, as->party) : SIZE_MAX;
    if (party >= of->accord->party_count) {
        error_say(error, TRUCE_CALL, "there is no account '%s'",
                  as->party ? as->party : "");
        return false;
    }
    of->as.party = (uint32_t)party;
    return true;
}

static void put_in_words(machine *of)
{
    const truce_accord *accord = of->accord;
    of->commitments =
        arena_array(of->memory, accord->commitment_count, commitment_words);
    for (size_t c = 0; c < accord->commitment_count; c++) {
        const truce_commitment *what = &accord->commitments[c];
        of->commitments[c] =
            (commitment_words){.upon = asked_of(&of->log, what->upon),
                               .consequent = asked_of(&of->log, what->consequent),
                               .id = word_of(&of->log.words, what->id),
                               .release_by = word_of(&of->log.words, what->release_by)};
    }
}

/* ---- the answer ------------------------------------------------------------------ */

static truce_standing *list_standings(const machine *of, truce_track *result)
{
    const truce_accord *accord = of->accord;
    size_t count = accord->commitment_count;
    fate *fates = must_allocate_zeroed(count + 1, sizeof *fates);
    truce_standing *standings = arena_array(of->memory, count, truce_standing);
    find_fates(of, of->as, fates);
    for (size_t c = 0; c < count; c++) {
        standings[c] = (truce_standing){.state = fates[c].state,
                                        .since = fates[c].since,
                                        .active = fates[c].active,
                                        .deadline = fates[c].deadline,
                                        .counted = fates[c].counted,
                                        .wanted = accord->commitments[c].count};
        explain(of, c, fates, &standings[c]);
        result->counts[fates[c].state]++;
    }
    free(fates);
    return standings;
}

static truce_rung rung_of(const machine *of, const truce_track *result)
{
    const size_t *counts = result->counts;
    size_t all = of->accord->commitment_count;
    size_t kept =
        counts[TRUCE_SATISFIED] + counts[TRUCE_RELEASED] + counts[TRUCE_EXPIRED];
    if (of->accord->in_force == TRUCE_NO_INSTANT || of->now < of->accord->in_force)
        return TRUCE_RUNG_AGREED;
    if (of->now >= end_of_term(of) ||
        (kept + counts[TRUCE_VIOLATED] == all && counts[TRUCE_VIOLATED] > 0))
        return TRUCE_RUNG_ENDED;
    return kept == all && all > 0 ? TRUCE_RUNG_COMPLIED : TRUCE_RUNG_RATIFIED;
}

static void count_lines(const machine *of, truce_track *result)
{
    const events *log = &of->log;
    result->lines = log->lines;
    result->unknown = log->unknown;
    result->reports = log->kinds[TRUCE_LINE_REPORT];
    result->findings = log->kinds[TRUCE_LINE_FINDING];
    result->acts = log->kinds[TRUCE_LINE_ACT];
    result->notices = log->kinds[TRUCE_LINE_NOTICE];
    result->releases = log->kinds[TRUCE_LINE_RELEASE];
    result->corrections = log->kinds[TRUCE_LINE_CORRECTION];
    for (size_t k = 0; k < log->count; k++) {
        const event *one = &log->items[k];
        result->corrected += one->corrected;
        result->accepted +=
            has_happened(log, one, of->now) && account_accepts(log, of->as, one);
    }
}

static void answer(machine *of, truce_track *result)
{
    truce_standing *standings = list_standings(of, result);
    compare_accounts(of, standings, result);
    result->standings = standings;
    result->rung = rung_of(of, result);
    result->clock = read_clock(of);
    result->triggers = read_triggers(of);
    result->snapbacks = read_snapbacks(of);
    list_next(of, result);
    count_lines(of, result);
}

truce_status truce_track_find(const truce_accord *accord, truce_log *log,
                              const truce_tracking *choices, const truce_stop *stop,
                              truce_track **result, truce_diagnostics *diagnostics,
                              truce_error *error)
{
    truce_track *track = result_new(sizeof *track, NULL, "track");
    truce_instant known_at =
        choices->known_at == TRUCE_NO_INSTANT ? TRUCE_NEVER : choices->known_at;
    machine of = {.accord = accord,
                  .now = choices->now,
                  .memory = result_memory(&track->finding)};
    truce_status status = TRUCE_CALL;
    track->accord = accord;
    track->choices = *choices;
    *result = NULL;
    if (find_account(&of, &choices->as, error))
        status = events_read(&of.log, accord, log, known_at, stop, diagnostics, error);
    if (status == TRUCE_OK) {
        of.zone = zone_open(accord->zone);
        events_settle(&of.log, choices->now);
        put_in_words(&of);
        answer(&of, track);
        track->torn = truce_log_torn(log);
        result_proved(&track->finding, "a pure function of the agreement, the lines "
                                       "accepted, and the moment");
        *result = track;
    }
    events_free(&of.log);
    zone_close(of.zone);
    if (status != TRUCE_OK)
        truce_track_free(track);
    return status;
}

void truce_track_free(truce_track *result)
{
    result_free(result ? &result->finding : NULL);
}
