/* What must hold of every agreement and log, however made:
 *
 *   arrival    the order in which lines arrive does not matter, but that those of one instant
 *              keep theirs, and findings and corrections theirs
 *   shift      everything so many days later: the same answers, so many days later (in UTC)
 *   finality   satisfied, violated, expired and released are so at every later moment
 *   replay     what was known at a moment is what the lines recorded before it say
 *
 *     track_properties [--count 20000] [--seed 3]
 *
 * The last line counts. */
#include "track.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 86400 };

/* ---- the library's answer ------------------------------------------------------------- */

typedef struct answer {
    truce_accord *accord;
    truce_log *log;
    truce_track *track;
} answer;

static answer ask(const truce_accord *accord, const truce_log_line *lines, size_t count,
                  const truce_tracking *choices)
{
    answer a = {0};
    truce_error error = {0};
    truce_diagnostics *said = truce_diagnostics_new();
    char *agreement = written_accord(accord), *log = written_log(lines, count);
    if (truce_accord_parse("made.yaml", agreement, strlen(agreement), &a.accord,
                           said) == TRUCE_OK &&
        truce_log_parse("made.jsonl", log, strlen(log), a.accord, &a.log, said) ==
            TRUCE_OK)
        truce_track_find(a.accord, a.log, choices, NULL, &a.track, said, &error);
    if (a.track == NULL)
        printf("no answer: %s%s\n", error.message,
               said->count ? said->items[0].message : "");
    free(agreement);
    free(log);
    truce_diagnostics_free(said);
    return a;
}

static void answer_free(answer *a)
{
    truce_track_free(a->track);
    truce_log_close(a->log);
    truce_accord_free(a->accord);
}

/* ---- comparing -------------------------------------------------------------------------- */

static bool later_by(truce_instant one, truce_instant other, int64_t by)
{
    bool fixed = one == TRUCE_NEVER || one == TRUCE_NO_INSTANT;
    return other == (fixed ? one : one + by);
}

static bool same_standing(const truce_standing *one, const truce_standing *other,
                          int64_t by)
{
    return one->state == other->state && later_by(one->since, other->since, by) &&
           later_by(one->active, other->active, by) &&
           later_by(one->deadline, other->deadline, by) &&
           one->counted == other->counted && one->disputed == other->disputed;
}

static bool same_incidents(const truce_incidents *one, const truce_incidents *other)
{
    return memcmp(one, other, sizeof *one) == 0;
}

static bool same_clock(const truce_clock_reading *one, const truce_clock_reading *other,
                       size_t parties, int64_t by)
{
    for (size_t p = 0; p < parties; p++)
        if (!same_incidents(&one->sides[p], &other->sides[p]) ||
            one->consented[p] != other->consented[p])
            return false;
    return one->day == other->day && one->of == other->of &&
           one->ended == other->ended &&
           (!one->ended || later_by(one->ended_at, other->ended_at, by)) &&
           later_by(one->end, other->end, by) && one->extensions == other->extensions &&
           one->breaches == other->breaches && one->silent_days == other->silent_days &&
           one->silent_now == other->silent_now;
}

static bool same_trigger(const truce_trigger_reading *one,
                         const truce_trigger_reading *other, int64_t by)
{
    return one->fired == other->fired && one->step == other->step &&
           one->counted == other->counted && one->consequence == other->consequence &&
           (!one->fired || (later_by(one->fired_at, other->fired_at, by) &&
                            later_by(one->next_step_at, other->next_step_at, by) &&
                            later_by(one->consequence_at, other->consequence_at, by)));
}

static bool same_answer(const answer *one, const answer *other, int64_t by)
{
    const truce_accord *accord = one->accord;
    if (one->track == NULL || other->track == NULL)
        return false;
    for (size_t c = 0; c < accord->commitment_count; c++)
        if (!same_standing(&one->track->standings[c], &other->track->standings[c], by))
            return false;
    for (size_t k = 0; k < accord->trigger_count; k++)
        if (!same_trigger(&one->track->triggers[k], &other->track->triggers[k], by))
            return false;
    return one->track->rung == other->track->rung &&
           (accord->clock == NULL || same_clock(one->track->clock, other->track->clock,
                                                accord->party_count, by));
}

/* Asks about the changed ones too, and compares. */
static bool holds(const made *m, const truce_accord *accord,
                  const truce_log_line *lines, size_t count,
                  const truce_tracking *choices, int64_t by)
{
    answer one = ask(&m->accord, m->lines, m->line_count, &m->choices);
    answer other = ask(accord, lines, count, choices);
    bool same = same_answer(&one, &other, by);
    answer_free(&one);
    answer_free(&other);
    return same;
}

/* ---- arrival -------------------------------------------------------------------------------- */

static bool speaks_of_others(const truce_log_line *line)
{
    return line->kind == TRUCE_LINE_FINDING || line->kind == TRUCE_LINE_CORRECTION;
}

/* Insertion with a coin: a line passes the one before it unless both are of one instant. */
static void shuffle(made *m, truce_log_line *lines, size_t count)
{
    for (size_t k = 1; k < count; k++)
        for (size_t j = k; j > 0 && lines[j - 1].from != lines[j].from &&
                           random_below(&m->dice, 3) > 0;
             j--) {
            truce_log_line kept = lines[j];
            lines[j] = lines[j - 1];
            lines[j - 1] = kept;
        }
}

/* Has a later line changed when something occurred? Then the order of those that occur at
 * one instant is not told by their own times. */
static bool moves_in_time(const made *m)
{
    for (size_t k = 0; k < m->line_count; k++)
        if (m->lines[k].kind == TRUCE_LINE_CORRECTION)
            return true;
    return false;
}

static bool arrival(made *m)
{
    if (moves_in_time(m))
        return true;
    truce_log_line *lines = arena_array(&m->memory, m->line_count + 1, truce_log_line);
    size_t count = 0;
    for (size_t k = 0; k < m->line_count; k++)
        if (!speaks_of_others(&m->lines[k]))
            lines[count++] = m->lines[k];
    shuffle(m, lines, count);
    for (size_t k = 0; k < m->line_count; k++)
        if (speaks_of_others(&m->lines[k]))
            lines[count++] = m->lines[k];
    return holds(m, &m->accord, lines, count, &m->choices, 0);
}

/* ---- shift ------------------------------------------------------------------------------------ */

static truce_instant shifted(truce_instant at, int64_t by)
{
    return at == TRUCE_NEVER || at == TRUCE_NO_INSTANT ? at : at + by;
}

static truce_accord shifted_accord(made *m, int64_t by)
{
    truce_accord accord = m->accord;
    accord.in_force = shifted(accord.in_force, by);
    truce_commitment *all =
        arena_array(&m->memory, accord.commitment_count + 1, truce_commitment);
    for (size_t c = 0; c < accord.commitment_count; c++) {
        all[c] = m->accord.commitments[c];
        all[c].start = shifted(all[c].start, by);
        all[c].until = shifted(all[c].until, by);
    }
    accord.commitments = all;
    if (accord.clock) {
        truce_ceasefire *clock = arena_new(&m->memory, truce_ceasefire);
        *clock = *accord.clock;
        clock->start = shifted(clock->start, by);
        accord.clock = clock;
    }
    return accord;
}

static bool shift(made *m)
{
    int64_t by = DAY * (1 + (int64_t)random_below(&m->dice, 400));
    m->accord.zone = "UTC";
    truce_accord accord = shifted_accord(m, by);
    truce_tracking choices = m->choices;
    choices.now = shifted(choices.now, by);
    choices.known_at = shifted(choices.known_at, by);
    truce_log_line *lines = arena_array(&m->memory, m->line_count + 1, truce_log_line);
    for (size_t k = 0; k < m->line_count; k++) {
        lines[k] = m->lines[k];
        lines[k].recorded = shifted(lines[k].recorded, by);
        lines[k].from = shifted(lines[k].from, by);
        lines[k].to = shifted(lines[k].to, by);
    }
    return holds(m, &accord, lines, m->line_count, &choices, by);
}

/* ---- finality ---------------------------------------------------------------------------------- */

static bool is_final(truce_state state)
{
    return state == TRUCE_SATISFIED || state == TRUCE_VIOLATED ||
           state == TRUCE_EXPIRED || state == TRUCE_RELEASED;
}

static bool finality(made *m)
{
    truce_tracking later = m->choices;
    later.now += 1 + (int64_t)random_below(&m->dice, m->seconds ? 60 : 40 * DAY);
    answer now = ask(&m->accord, m->lines, m->line_count, &m->choices);
    answer then = ask(&m->accord, m->lines, m->line_count, &later);
    bool good = now.track && then.track;
    for (size_t c = 0; good && c < m->accord.commitment_count; c++) {
        const truce_standing *one = &now.track->standings[c];
        const truce_standing *other = &then.track->standings[c];
        good = !is_final(one->state) ||
               (one->state == other->state && one->since == other->since);
    }
    for (size_t k = 0; good && k < m->accord.trigger_count; k++)
        good = !now.track->triggers[k].fired ||
               (then.track->triggers[k].fired &&
                now.track->triggers[k].fired_at == then.track->triggers[k].fired_at);
    answer_free(&now);
    answer_free(&then);
    return good;
}

/* ---- replay ---------------------------------------------------------------------------------------- */

static bool replay(made *m)
{
    truce_instant known = m->choices.now;
    if (m->line_count > 0)
        known = m->lines[random_below(&m->dice, m->line_count)].recorded;
    m->choices.known_at = known;
    truce_tracking all = m->choices;
    all.known_at = TRUCE_NEVER;
    truce_log_line *lines = arena_array(&m->memory, m->line_count + 1, truce_log_line);
    size_t count = 0;
    for (size_t k = 0; k < m->line_count; k++)
        if (m->lines[k].recorded < known)
            lines[count++] = m->lines[k];
    return holds(m, &m->accord, lines, count, &all, 0);
}

/* ---- all -------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    bool (*holds)(made *m);
} properties[] = {
    {"arrival", arrival}, {"shift", shift}, {"finality", finality}, {"replay", replay}};

enum { PROPERTIES = sizeof properties / sizeof *properties };

static uint64_t option(int argc, char **argv, const char *name, uint64_t otherwise)
{
    for (int k = 1; k + 1 < argc; k++)
        if (strcmp(argv[k], name) == 0)
            return strtoull(argv[k + 1], NULL, 10);
    return otherwise;
}

int main(int argc, char **argv)
{
    uint64_t count = option(argc, argv, "--count", 20000), failed = 0;
    uint64_t seed = option(argc, argv, "--seed", 3), shown = 0;
    for (uint64_t k = 0; k < count; k++) {
        made m;
        made_begin(&m, seed, k);
        if (!properties[k % PROPERTIES].holds(&m)) {
            failed++;
            if (shown++ < 10)
                printf("case %" PRIu64 ": %s does not hold\n", k,
                       properties[k % PROPERTIES].name);
        }
        made_end(&m);
    }
    printf("%" PRIu64 " passed, %" PRIu64 " failed\n", count - failed, failed);
    return failed > 0;
}
