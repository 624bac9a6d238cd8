/* Snap-back: a notice, a wait, and the default applies unless something stopped it in
 * time. After a stop a new notice begins anew; what applies, applies. */
#include "track/machine.h"

static truce_instant applies_at(const machine *of, const truce_snapback *what,
                                truce_instant notice)
{
    if (!what->after_day)
        return duration_after(of->zone, notice, what->wait);
    return zone_midnight(of->zone, zone_day(of->zone, notice) + what->wait.count + 1);
}

static bool is_meant(const machine *of, asked pattern, const event *one)
{
    return account_matches(&of->log, of->as, pattern, one) &&
           account_accepts(&of->log, of->as, one) && is_within_force(of, one->from);
}

static void notice(const machine *of, const truce_snapback *what, const event *by,
                   truce_snapback_reading *reading)
{
    *reading = (truce_snapback_reading){.noticed = true,
                                        .notice_at = by->from,
                                        .notice_line = by->number,
                                        .applies_at = applies_at(of, what, by->from),
                                        .stopped_at = TRUCE_NEVER};
}

static void stop(const event *by, truce_snapback_reading *reading)
{
    reading->stopped = true;
    reading->stopped_at = by->from;
    reading->stop_line = by->number;
    reading->applies_at = TRUCE_NEVER;
}

static truce_snapback_reading read_one(const machine *of, const truce_snapback *what)
{
    asked notices = asked_of(&of->log, what->notice);
    asked stops = asked_of(&of->log, what->stop);
    truce_snapback_reading reading = {
        .notice_at = TRUCE_NEVER, .applies_at = TRUCE_NEVER, .stopped_at = TRUCE_NEVER};
    for (size_t i = 0; i < of->log.timeline_count; i++) {
        const event *one = &of->log.items[of->log.timeline[i]];
        bool waiting = reading.noticed && !reading.stopped;
        if (waiting && one->from >= reading.applies_at)
            break;
        if (!waiting && is_meant(of, notices, one))
            notice(of, what, one, &reading);
        else if (waiting && is_meant(of, stops, one))
            stop(one, &reading);
    }
    reading.applies =
        reading.noticed && !reading.stopped && of->now >= reading.applies_at;
    return reading;
}

const truce_snapback_reading *read_snapbacks(const machine *of)
{
    const truce_accord *accord = of->accord;
    truce_snapback_reading *readings =
        arena_array(of->memory, accord->snapback_count, truce_snapback_reading);
    for (size_t s = 0; s < accord->snapback_count; s++)
        readings[s] = read_one(of, &accord->snapbacks[s]);
    return readings;
}
