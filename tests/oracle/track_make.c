/* Random small agreements and logs in which instants collide on purpose: with each other,
 * with deadlines, with changes of clocks, and with the instants before and after. */
#include "track.h"

#include <stdlib.h>
#include <string.h>

enum {
    HOUR = 3600,
    DAY = 86400,
    MOST_LINES = 14,
    MOST_COMMITMENTS = 5,
    MOST_PARTIES = 3
};
enum { POOL = 64 };

/* Zones with an instant at which something happens to their clocks. */
static const struct {
    const char *zone;
    truce_instant change;
} zones[] = {{"UTC", 1748736000},
             {"Europe/Istanbul", 1446948000},
             {"Europe/Kyiv", 1743296400},
             {"Europe/Kyiv", 1761440400},
             {"America/New_York", 1741503600},
             {"America/New_York", 1762063200},
             {"Australia/Lord_Howe", 1743865200},
             {"Australia/Lord_Howe", 1759591800},
             {"Asia/Beirut", 1743285600},
             {"Africa/Casablanca", 1740276000},
             {"Pacific/Apia", 1325239200},
             {"Asia/Kolkata", 1748736000}};

static const char *const party_ids[MOST_PARTIES] = {"A", "B", "C"};
static const char *const verifier_ids[] = {"joint", "red"};
static const char *const types[] = {"t0", "t1", "t2"};

/* Instants and durations used before, to be met again. */
typedef struct used {
    truce_instant instants[POOL];
    truce_duration durations[POOL];
    size_t instant_count, duration_count;
} used;

typedef struct maker {
    made *made;
    used used;
} maker;

static size_t below(maker *m, size_t bound)
{
    return (size_t)random_below(&m->made->dice, bound);
}

static bool chance(maker *m, size_t percent)
{
    return below(m, 100) < percent;
}

static arena *memory(maker *m)
{
    return &m->made->memory;
}

/* ---- instants and durations -------------------------------------------------------- */

static truce_instant fresh(maker *m)
{
    made *all = m->made;
    if (all->seconds)
        return all->base + (int64_t)below(m, 40);
    return all->base - 2 * DAY + (int64_t)below(m, 7 * 48) * (HOUR / 2);
}

static truce_instant met_again(maker *m)
{
    truce_instant instant = m->used.instants[below(m, m->used.instant_count)];
    if (m->used.duration_count > 0 && chance(m, 50))
        instant =
            local_later(instant, m->used.durations[below(m, m->used.duration_count)]);
    return chance(m, 60) ? instant : instant + (int64_t)below(m, 3) - 1;
}

static truce_instant an_instant(maker *m)
{
    bool again = m->used.instant_count > 0 && chance(m, 55);
    truce_instant instant = again ? met_again(m) : fresh(m);
    if (m->used.instant_count < POOL)
        m->used.instants[m->used.instant_count++] = instant;
    return instant;
}

static truce_duration a_duration(maker *m)
{
    truce_duration one = {.unit = TRUCE_SECONDS};
    if (m->made->seconds) {
        one.count = (int64_t)below(m, 16);
        if (chance(m, 5))
            one = (truce_duration){(int64_t)below(m, 2), TRUCE_MINUTES};
    } else if (chance(m, 60)) {
        one = (truce_duration){(int64_t)below(m, 4), TRUCE_DAYS};
    } else if (chance(m, 70)) {
        one = (truce_duration){(int64_t)below(m, 50), TRUCE_HOURS};
    } else {
        one = (truce_duration){(int64_t)below(m, 20) * 30, TRUCE_MINUTES};
    }
    if (m->used.duration_count < POOL)
        m->used.durations[m->used.duration_count++] = one;
    return one;
}

/* ---- the agreement ----------------------------------------------------------------- */

static const char *a_party(maker *m)
{
    return party_ids[below(m, m->made->accord.party_count)];
}

static const char *a_type(maker *m)
{
    return types[below(m, sizeof types / sizeof *types)];
}

/* Who speaks: a party, a verifier, now and then somebody else. */
static const char *a_speaker(maker *m)
{
    size_t verifiers = m->made->accord.verifiers.count;
    if (verifiers > 0 && chance(m, 40))
        return verifier_ids[below(m, verifiers)];
    return chance(m, 5) ? "press" : a_party(m);
}

static truce_pattern a_pattern(maker *m, size_t any)
{
    truce_pattern one = {.type = a_type(m)};
    if (!chance(m, any))
        one.by = chance(m, 85) ? a_party(m) : a_speaker(m);
    return one;
}

static void make_commitment(maker *m, truce_commitment *all, const size_t *order,
                            size_t k)
{
    truce_accord *accord = &m->made->accord;
    truce_commitment *one = &all[order[k]];
    *one = (truce_commitment){.id = arena_format(memory(m), "c%zu", order[k]),
                              .refrain = chance(m, 40),
                              .debtor = below(m, accord->party_count),
                              .start = an_instant(m),
                              .until = TRUCE_NEVER,
                              .consequent = a_pattern(m, 30),
                              .count = chance(m, 50) ? 1 : 1 + below(m, 5),
                              .within = {.count = -1}};
    one->creditor =
        (one->debtor + 1 + below(m, accord->party_count - 1)) % accord->party_count;
    one->release_by = chance(m, 70) ? accord->parties[one->creditor] : a_speaker(m);
    size_t kind = below(m, 10);
    if (kind < 4) {
        one->antecedent = TRUCE_UPON_EVENT;
        one->upon = a_pattern(m, 40);
    } else if (kind < 8 && k > 0) {
        one->antecedent = TRUCE_UPON_BREACH;
        one->upon_breach_of = order[below(m, k)];
    }
    if (one->antecedent != TRUCE_ALWAYS && chance(m, 50))
        one->until = an_instant(m);
    if (one->until <= one->start)
        one->until = one->start + 1 + (int64_t)below(m, 5);
    if (chance(m, 85))
        one->within = a_duration(m);
}

/* Whoever waits for a violation may stand before or after whom it waits for. */
static void make_commitments(maker *m)
{
    size_t count = 1 + below(m, MOST_COMMITMENTS), order[MOST_COMMITMENTS];
    truce_commitment *all = arena_array(memory(m), count, truce_commitment);
    for (size_t k = 0; k < count; k++) {
        size_t place = below(m, k + 1);
        order[k] = order[place];
        order[place] = k;
    }
    for (size_t k = 0; k < count; k++)
        make_commitment(m, all, order, k);
    m->made->accord.commitments = all;
    m->made->accord.commitment_count = count;
}

static void make_clock(maker *m)
{
    truce_ceasefire *clock = arena_new(memory(m), truce_ceasefire);
    *clock =
        (truce_ceasefire){.start = an_instant(m),
                          .days = 1 + (uint32_t)below(m, 4),
                          .on_breach = (truce_on_breach)below(m, 4),
                          .breach = {.type = chance(m, 50) ? "incident" : a_type(m)},
                          .severity = (int)below(m, 3),
                          .notice = "ceasefire-ended",
                          .extension = chance(m, 80) ? "ceasefire-extended" : a_type(m),
                          .extend_by_all = chance(m, 60)};
    if (strcmp(clock->extension, clock->breach.type) == 0)
        clock->extension = "ceasefire-extended";
    clock->extension_days = chance(m, 50) ? clock->days : 1 + (uint32_t)below(m, 3);
    m->made->accord.clock = clock;
}

static void make_triggers(maker *m)
{
    size_t count = below(m, 3);
    truce_trigger *all = arena_array(memory(m), count, truce_trigger);
    for (size_t t = 0; t < count; t++) {
        size_t steps = below(m, 4);
        truce_ladder_step *ladder = arena_array(memory(m), steps, truce_ladder_step);
        for (size_t s = 0; s < steps; s++)
            ladder[s] = (truce_ladder_step){arena_format(memory(m), "step %zu", s + 1),
                                            a_duration(m)};
        all[t] = (truce_trigger){.id = arena_format(memory(m), "g%zu", t),
                                 .type = chance(m, 40) ? "incident" : a_type(m),
                                 .severity = (int)below(m, 3),
                                 .attributed = chance(m, 40) ? a_party(m) : NULL,
                                 .count = 1 + below(m, 4),
                                 .within = a_duration(m),
                                 .steps = ladder,
                                 .step_count = steps,
                                 .consequence = "talks"};
    }
    m->made->accord.triggers = all;
    m->made->accord.trigger_count = count;
}

static void make_snapbacks(maker *m)
{
    size_t count = below(m, 2);
    truce_snapback *all = arena_array(memory(m), count, truce_snapback);
    for (size_t s = 0; s < count; s++) {
        all[s] = (truce_snapback){.id = arena_format(memory(m), "s%zu", s),
                                  .notice = a_pattern(m, 40),
                                  .stop = a_pattern(m, 40),
                                  .wait = a_duration(m),
                                  .after_day = !m->made->seconds && chance(m, 50),
                                  .applies = "all is as before"};
        if (all[s].after_day)
            all[s].wait = (truce_duration){(int64_t)below(m, 4), TRUCE_DAYS};
    }
    m->made->accord.snapbacks = all;
    m->made->accord.snapback_count = count;
}

static void make_accord(maker *m)
{
    truce_accord *accord = &m->made->accord;
    accord->id = "made";
    accord->parties = party_ids;
    accord->party_count = 2 + below(m, MOST_PARTIES - 1);
    accord->verifiers = (truce_texts){verifier_ids, below(m, 3)};
    accord->threshold = (truce_decimal){(int64_t)below(m, 5) * 2, 1};
    accord->in_force = chance(m, 70) ? an_instant(m) : TRUCE_NO_INSTANT;
    accord->term = (truce_duration){.count = -1};
    if (accord->in_force != TRUCE_NO_INSTANT && chance(m, 60))
        accord->term = a_duration(m);
    make_commitments(m);
    if (chance(m, 60))
        make_clock(m);
    make_triggers(m);
    make_snapbacks(m);
}

/* ---- the log ----------------------------------------------------------------------- */

static const char *earlier_id(maker *m, size_t k, bool any)
{
    size_t count = any ? m->made->line_count : k;
    return count == 0 ? "l0" : m->made->lines[below(m, count)].id;
}

static void make_words(maker *m, truce_log_line *line)
{
    const truce_accord *accord = &m->made->accord;
    size_t kind = below(m, 10);
    line->type = kind < 6                ? a_type(m)
                 : kind < 8              ? "incident"
                 : accord->clock == NULL ? a_type(m)
                 : line->kind == TRUCE_LINE_NOTICE && chance(m, 60)
                     ? "ceasefire-ended"
                     : accord->clock->extension;
    if (chance(m, 60))
        line->about = chance(m, 90) ? a_party(m) : "press";
    if (chance(m, 25))
        line->commitment = accord->commitments[below(m, accord->commitment_count)].id;
    line->count = chance(m, 60) ? 1 : 1 + below(m, 4);
    line->severity = (int)below(m, 6) - 1;
}

static void make_finding(maker *m, truce_log_line *line, size_t k)
{
    size_t count = 1 + below(m, 2);
    const char **reports = arena_array(memory(m), count, const char *);
    for (size_t r = 0; r < count; r++)
        reports[r] = earlier_id(m, k, chance(m, 30));
    line->reports = reports;
    line->report_count = count;
    line->status = chance(m, 70) ? TRUCE_FOUND_VERIFIED : (truce_found)below(m, 3);
    line->attributed = chance(m, 40) ? a_party(m) : NULL;
    int64_t tenths = chance(m, 30)
                         ? 10
                         : m->made->accord.threshold.digits + (int64_t)below(m, 3) - 1;
    line->confidence = (truce_decimal){tenths < 0 ? 0 : tenths > 10 ? 10 : tenths, 1};
    line->by = chance(m, 80) && m->made->accord.verifiers.count > 0
                   ? verifier_ids[below(m, m->made->accord.verifiers.count)]
                   : a_speaker(m);
}

/* Gives some of what a line has, or nothing at all: then it withdraws. */
static void make_correction(maker *m, truce_log_line *line, size_t k)
{
    line->corrects = earlier_id(m, k, chance(m, 20));
    for (size_t e = 0; e < m->made->line_count && chance(m, 80); e++)
        if (strcmp(m->made->lines[e].id, line->corrects) == 0 && m->made->lines[e].by) {
            line->by = m->made->lines[e].by;
            break;
        }
    line->from = line->to = TRUCE_NO_INSTANT;
    line->count = 0;
    if (chance(m, 25))
        return;
    if (chance(m, 40)) {
        line->from = an_instant(m);
        line->to = line->from + 1;
    }
    if (chance(m, 30))
        line->type = a_type(m);
    if (chance(m, 20))
        line->about = a_party(m);
    if (chance(m, 40))
        line->count = 1 + below(m, 4);
    if (chance(m, 20))
        line->severity = (int)below(m, 5);
}

static void make_line(maker *m, size_t k)
{
    static const truce_line_kind kinds[] = {
        TRUCE_LINE_REPORT,  TRUCE_LINE_REPORT,    TRUCE_LINE_REPORT, TRUCE_LINE_REPORT,
        TRUCE_LINE_ACT,     TRUCE_LINE_ACT,       TRUCE_LINE_ACT,    TRUCE_LINE_FINDING,
        TRUCE_LINE_FINDING, TRUCE_LINE_FINDING,   TRUCE_LINE_NOTICE, TRUCE_LINE_NOTICE,
        TRUCE_LINE_RELEASE, TRUCE_LINE_CORRECTION};
    truce_log_line *line = &m->made->lines[k];
    line->kind = kinds[below(m, sizeof kinds / sizeof *kinds)];
    line->by = a_speaker(m);
    line->recorded = an_instant(m);
    line->from = chance(m, 10) ? line->recorded : an_instant(m);
    line->to = line->from + (chance(m, 80) ? 1 : 1 + (int64_t)below(m, 9));
    switch (line->kind) {
    case TRUCE_LINE_FINDING:
        make_finding(m, line, k);
        break;
    case TRUCE_LINE_CORRECTION:
        make_correction(m, line, k);
        break;
    case TRUCE_LINE_RELEASE:
        if (chance(m, 60))
            line->commitment =
                m->made->accord.commitments[below(m, m->made->accord.commitment_count)]
                    .id;
        break;
    default:
        make_words(m, line);
    }
}

static void make_log(maker *m)
{
    size_t count = below(m, MOST_LINES + 1);
    m->made->lines = arena_array(memory(m), count, truce_log_line);
    m->made->line_count = count;
    for (size_t k = 0; k < count; k++)
        m->made->lines[k] = (truce_log_line){.number = k + 1,
                                             .id = arena_format(memory(m), "l%zu", k),
                                             .count = 1,
                                             .severity = -1,
                                             .confidence = {1, 0}};
    for (size_t k = 0; k < count; k++)
        make_line(m, k);
}

static void make_choices(maker *m)
{
    truce_tracking *choices = &m->made->choices;
    size_t account = below(m, 4);
    choices->as.kind = account == 0   ? TRUCE_AS_ALL
                       : account == 1 ? TRUCE_AS_PARTY
                                      : TRUCE_AS_VERIFIED;
    if (choices->as.kind == TRUCE_AS_PARTY)
        choices->as.party = a_party(m);
    choices->now = chance(m, 50) ? an_instant(m)
                   : m->made->seconds
                       ? m->made->base + 60
                       : m->made->base + 5 * DAY + (int64_t)below(m, 5) * DAY;
    choices->known_at = chance(m, 75) ? TRUCE_NEVER : an_instant(m);
}

void made_begin(made *of, uint64_t seed, uint64_t which)
{
    *of = (made){.dice = random_begin(seed, which)};
    maker m = {.made = of};
    size_t place = below(&m, sizeof zones / sizeof *zones);
    of->seconds = chance(&m, 60);
    of->accord.zone = zones[place].zone;
    of->base = zones[place].change;
    if (of->seconds)
        of->base -= (int64_t)below(&m, 40);
    local_set(of->accord.zone);
    make_accord(&m);
    make_log(&m);
    make_choices(&m);
}

void made_end(made *of)
{
    arena_free(&of->memory);
}
