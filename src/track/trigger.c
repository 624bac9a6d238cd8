/* Triggers: a window slides over the events of the type. The one that leaves first is the
 * one that came first (days in a zone never go backwards), so two places in one list are
 * enough, whatever the length. */
#include "track/machine.h"

typedef struct window {
    const machine *of;
    const truce_trigger *trigger;
    asked pattern;
    event_list list;
    size_t first, end; /* of the list, within the window */
    uint64_t sum;
} window;

truce_instant end_of_term(const machine *of)
{
    if (of->accord->in_force == TRUCE_NO_INSTANT)
        return TRUCE_NEVER;
    return duration_after(of->zone, of->accord->in_force, of->accord->term);
}

bool is_within_force(const machine *of, truce_instant at)
{
    return at >= of->accord->in_force && at < end_of_term(of);
}

/* In a window of no length nothing ever is. */
static bool counts(const window *in, const event *one)
{
    const machine *of = in->of;
    return in->trigger->within.count != 0 && one->kind != TRUCE_LINE_NOTICE &&
           severity_of(one) >= in->trigger->severity &&
           (in->pattern.by == NO_WORD ||
            doer(&of->log, of->as, one) == in->pattern.by) &&
           account_accepts(&of->log, of->as, one) && is_within_force(of, one->from);
}

static const event *line_at(const window *in, size_t place)
{
    return &in->of->log.items[in->list.items[place]];
}

/* What has been in the window for its whole length leaves it. */
static void let_go(window *in, truce_instant now)
{
    for (; in->first < in->end; in->first++) {
        const event *one = line_at(in, in->first);
        if (duration_after(in->of->zone, one->from, in->trigger->within) > now)
            return;
        if (counts(in, one))
            in->sum -= one->count;
    }
}

/* A sum that would not fit has long reached the count: nothing is taken off it again. */
static void let_in(window *in, const event *one)
{
    in->end++;
    if (counts(in, one))
        in->sum = one->count > UINT64_MAX - in->sum ? UINT64_MAX : in->sum + one->count;
}

static void fire(window *in, truce_trigger_reading *reading)
{
    const event *last = NULL;
    for (size_t i = 0; i < in->list.count && !reading->fired; i++) {
        last = line_at(in, i);
        let_go(in, last->from);
        let_in(in, last);
        reading->fired = in->sum >= in->trigger->count && counts(in, last);
    }
    if (reading->fired)
        reading->fired_at = last->from;
    else
        let_go(in, in->of->now);
    reading->counted = in->sum;
}

static void list_counted(const window *in, truce_trigger_reading *reading)
{
    uint64_t *lines = arena_array(in->of->memory, in->end - in->first, uint64_t);
    for (size_t i = in->first; i < in->end; i++)
        if (counts(in, line_at(in, i)))
            lines[reading->line_count++] = line_at(in, i)->number;
    reading->lines = lines;
}

/* ---- the ladder ------------------------------------------------------------------ */

static void climb(const machine *of, const truce_trigger *trigger,
                  truce_trigger_reading *reading)
{
    truce_instant at = reading->fired_at;
    for (size_t s = 0; s < trigger->step_count; s++) {
        if (trigger->steps[s].after.count > 0)
            at = duration_after(of->zone, at, trigger->steps[s].after);
        if (at <= of->now)
            reading->step = s + 1;
        else if (reading->next_step_at == TRUCE_NEVER)
            reading->next_step_at = at;
    }
    reading->consequence = at <= of->now;
    reading->consequence_at = at;
}

static truce_trigger_reading read_one(const machine *of, const truce_trigger *trigger)
{
    window in = {.of = of, .trigger = trigger};
    in.pattern =
        asked_of(&of->log, (truce_pattern){trigger->type, trigger->attributed});
    in.list = events_of_type(&of->log, in.pattern.type);
    truce_trigger_reading reading = {.wanted = trigger->count,
                                     .fired_at = TRUCE_NEVER,
                                     .next_step_at = TRUCE_NEVER,
                                     .consequence_at = TRUCE_NEVER};
    fire(&in, &reading);
    list_counted(&in, &reading);
    if (reading.fired)
        climb(of, trigger, &reading);
    return reading;
}

const truce_trigger_reading *read_triggers(const machine *of)
{
    const truce_accord *accord = of->accord;
    truce_trigger_reading *readings =
        arena_array(of->memory, accord->trigger_count, truce_trigger_reading);
    for (size_t t = 0; t < accord->trigger_count; t++)
        readings[t] = read_one(of, &accord->triggers[t]);
    return readings;
}
