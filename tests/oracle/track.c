/* The tick-by-tick oracle of agreements, over many random ones.
 *
 *     track_oracle [--count 60000] [--from 0] [--every 1] [--seed 1] [--show WHICH]
 *
 * Each is written as text, read and answered by the library, and answered by a clock that goes
 * through every instant. The last line counts. */
#include "track.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char complaint[500];

#define WRONG(...) (snprintf(complaint, sizeof complaint, __VA_ARGS__), false)
#define SAME(field, what, which)                                                       \
    do {                                                                               \
        if (ours->field != theirs->field)                                              \
            return WRONG("%s %s: %s is %" PRId64 ", the clock says %" PRId64, what,    \
                         which, #field, (int64_t)theirs->field, (int64_t)ours->field); \
    } while (false)

static bool same_standing(const char *id, const truce_standing *theirs,
                          const truce_standing *ours)
{
    SAME(state, "commitment", id);
    SAME(since, "commitment", id);
    SAME(active, "commitment", id);
    if (ours->state != TRUCE_RELEASED) /* no deadline is left */
        SAME(deadline, "commitment", id);
    SAME(counted, "commitment", id);
    return true;
}

static bool same_counts(const char *id, const char *what, const uint64_t *theirs,
                        const uint64_t *ours)
{
    for (int s = 0; s < 5; s++)
        if (theirs[s] != ours[s])
            return WRONG("clock: %s of %s at severity %d: %" PRIu64
                         ", the clock says %" PRIu64,
                         what, id, s, theirs[s], ours[s]);
    return true;
}

/* Days are those with a report, in order, and add up to what each side has. */
static bool days_add_up(const truce_accord *accord, const truce_clock_reading *clock)
{
    for (size_t p = 0; p < accord->party_count; p++) {
        truce_incidents sum = {{0}, {0}, {0}};
        for (size_t d = 0; d < clock->day_count; d++)
            for (int s = 0; s < 5; s++) {
                sum.alleged[s] += clock->days[d].sides[p].alleged[s];
                sum.verified[s] += clock->days[d].sides[p].verified[s];
                sum.refuted[s] += clock->days[d].sides[p].refuted[s];
            }
        if (memcmp(&sum, &clock->sides[p], sizeof sum) != 0)
            return WRONG("clock: days of %s do not add up", accord->parties[p]);
    }
    for (size_t d = 1; d < clock->day_count; d++)
        if (clock->days[d].date <= clock->days[d - 1].date)
            return WRONG("clock: day %zu is not after the one before", d);
    return true;
}

static bool same_clock(const truce_accord *accord, const truce_clock_reading *theirs,
                       const truce_clock_reading *ours)
{
    SAME(day, "clock", "");
    SAME(of, "clock", "");
    SAME(ended, "clock", "");
    SAME(end, "clock", "");
    SAME(extensions, "clock", "");
    SAME(breaches, "clock", "");
    SAME(silent_days, "clock", "");
    SAME(silent_now, "clock", "");
    if (!days_add_up(accord, theirs))
        return false;
    if (ours->ended)
        SAME(ended_at, "clock", "");
    for (size_t p = 0; p < accord->party_count; p++) {
        const char *id = accord->parties[p];
        if (theirs->consented[p] != ours->consented[p])
            return WRONG("clock: consent of %s", id);
        if (!same_counts(id, "alleged", theirs->sides[p].alleged,
                         ours->sides[p].alleged) ||
            !same_counts(id, "verified", theirs->sides[p].verified,
                         ours->sides[p].verified) ||
            !same_counts(id, "refuted", theirs->sides[p].refuted,
                         ours->sides[p].refuted))
            return false;
    }
    return true;
}

static bool same_trigger(const char *id, const truce_trigger_reading *theirs,
                         const truce_trigger_reading *ours)
{
    SAME(fired, "trigger", id);
    SAME(step, "trigger", id);
    SAME(consequence, "trigger", id);
    if (!ours->fired)
        SAME(counted, "trigger", id);
    if (ours->fired) {
        SAME(fired_at, "trigger", id);
        SAME(next_step_at, "trigger", id);
        SAME(consequence_at, "trigger", id);
    }
    return true;
}

static bool same_snapback(const char *id, const truce_snapback_reading *theirs,
                          const truce_snapback_reading *ours)
{
    SAME(noticed, "snap-back", id);
    SAME(stopped, "snap-back", id);
    SAME(applies, "snap-back", id);
    if (ours->noticed)
        SAME(notice_at, "snap-back", id);
    if (ours->stopped)
        SAME(stopped_at, "snap-back", id);
    else if (ours->noticed)
        SAME(applies_at, "snap-back", id);
    return true;
}

static bool same(const truce_accord *accord, const truce_track *theirs,
                 const ticked *ours)
{
    for (size_t c = 0; c < accord->commitment_count; c++)
        if (!same_standing(accord->commitments[c].id, &theirs->standings[c],
                           &ours->standings[c]))
            return false;
    if (theirs->rung != ours->rung)
        return WRONG("rung is %d, the clock says %d", (int)theirs->rung,
                     (int)ours->rung);
    if (accord->clock && !same_clock(accord, theirs->clock, &ours->clock))
        return false;
    for (size_t k = 0; k < accord->trigger_count; k++)
        if (!same_trigger(accord->triggers[k].id, &theirs->triggers[k],
                          &ours->triggers[k]))
            return false;
    for (size_t k = 0; k < accord->snapback_count; k++)
        if (!same_snapback(accord->snapbacks[k].id, &theirs->snapbacks[k],
                           &ours->snapbacks[k]))
            return false;
    return true;
}

/* ---- the library's answer -------------------------------------------------------- */

static bool refuse(const char *what, const truce_diagnostics *said)
{
    return WRONG("%s: %s", what,
                 said->count ? said->items[0].message : "no reason was given");
}

static bool agrees(made *m, const char *accord_text, const char *log_text)
{
    truce_accord *accord = NULL;
    truce_log *log = NULL;
    truce_track *track = NULL;
    truce_error error = {0};
    truce_diagnostics *said = truce_diagnostics_new();
    ticked ours = tick(&m->memory, &m->accord, m->lines, m->line_count, &m->choices);
    bool right;
    if (truce_accord_parse("made.yaml", accord_text, strlen(accord_text), &accord,
                           said) != TRUCE_OK)
        right = refuse("the agreement is refused", said);
    else if (truce_log_parse("made.jsonl", log_text, strlen(log_text), accord, &log,
                             said) != TRUCE_OK)
        right = refuse("the log is refused", said);
    else if (truce_track_find(accord, log, &m->choices, NULL, &track, said, &error) !=
             TRUCE_OK)
        right = refuse(error.message[0] ? error.message : "no answer", said);
    else
        right = same(&m->accord, track, &ours);
    truce_track_free(track);
    truce_log_close(log);
    truce_accord_free(accord);
    truce_diagnostics_free(said);
    return right;
}

static bool check(uint64_t seed, uint64_t which, bool show)
{
    made m;
    char now[40], known[40] = "always";
    made_begin(&m, seed, which);
    char *accord = written_accord(&m.accord), *log = written_log(m.lines, m.line_count);
    bool right = agrees(&m, accord, log);
    truce_instant_write(m.choices.now, NULL, now);
    if (m.choices.known_at != TRUCE_NEVER)
        truce_instant_write(m.choices.known_at, NULL, known);
    static const char *const kinds[] = {"verified", NULL, "all"};
    const char *as = kinds[m.choices.as.kind];
    if (!right || show)
        printf("case %" PRIu64 ": %s\nas %s, now %s, known at %s\n", which,
               right ? "right" : complaint, as ? as : m.choices.as.party, now, known);
    if (show)
        printf("%s\n%s", accord, log);
    free(accord);
    free(log);
    made_end(&m);
    return right;
}

static uint64_t option(int argc, char **argv, const char *name, uint64_t otherwise)
{
    for (int k = 1; k + 1 < argc; k++)
        if (strcmp(argv[k], name) == 0)
            return strtoull(argv[k + 1], NULL, 10);
    return otherwise;
}

int main(int argc, char **argv)
{
    uint64_t count = option(argc, argv, "--count", 60000);
    uint64_t every = option(argc, argv, "--every", 1);
    uint64_t seed = option(argc, argv, "--seed", 1);
    uint64_t show = option(argc, argv, "--show", UINT64_MAX);
    uint64_t passed = 0, failed = 0;
    if (show != UINT64_MAX)
        return !check(seed, show, true);
    for (uint64_t k = option(argc, argv, "--from", 0); k < count; k += every)
        check(seed, k, false) ? passed++ : failed++;
    printf("%" PRIu64 " passed, %" PRIu64 " failed\n", passed, failed);
    return failed > 0;
}
