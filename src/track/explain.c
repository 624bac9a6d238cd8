/* Why a commitment stands where it stands: the readings of the clock and the lines behind
 * each step, in order of time. Of many lines of one kind the first and the last are told. */
#include "track/machine.h"

#include <stdlib.h>

enum { FIRST_TOLD = 6, LAST_TOLD = 6 };

typedef struct telling {
    const machine *of;
    const truce_commitment *what;
    truce_reason *reasons;
    size_t count, room;
} telling;

__attribute__((format(printf, 4, 5))) static void
tell(telling *to, truce_instant at, const event *line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(to->of->memory, format, arguments);
    va_end(arguments);
    const char *id = line ? ids_text(&to->of->log.ids, line->id) : NULL;
    *grow(to->reasons, to->count, to->room) =
        (truce_reason){.at = at,
                       .line = line ? line->number : 0,
                       .id = arena_text(to->of->memory, id),
                       .text = text};
}

static const event *line_at(const telling *to, uint32_t line)
{
    return line == NO_LINE ? NULL : &to->of->log.items[line];
}

/* ---- from when ------------------------------------------------------------------- */

static void tell_beginning(telling *to, const fate *one)
{
    const truce_commitment *what = to->what;
    const event *begun = line_at(to, one->begun_by);
    if (one->state == TRUCE_PENDING)
        tell(to, what->start, NULL, "it starts then");
    else if (begun)
        tell(to, one->active, begun, "owed from here, by %s%s",
             say_event(to->of, to->of->as, begun), say_id(to->of, begun));
    else if (one->active != TRUCE_NO_INSTANT && what->antecedent == TRUCE_UPON_BREACH)
        tell(to, one->active, NULL, "owed from here, since %s is violated",
             to->of->accord->commitments[what->upon_breach_of].id);
    else if (one->active != TRUCE_NO_INSTANT)
        tell(to, one->active, NULL, "owed from its start");
    else
        tell(to, what->start, NULL, "from here it waits for its condition");
}

/* ---- what was done --------------------------------------------------------------- */

/* The lines that were counted, in their order; how many there are. */
static size_t counted_lines(const telling *to, size_t commitment, const fate *one,
                            uint32_t **lines)
{
    const machine *of = to->of;
    event_list list = consequents_of(of, commitment);
    uint32_t release = release_from(of, commitment, one->active);
    size_t count = 0, room = 0;
    for (size_t i = events_first(&of->log, list, one->active); i < list.count; i++) {
        uint32_t line = list.items[i];
        const event *at = &of->log.items[line];
        if (at->from >= one->deadline ||
            (release != NO_LINE && stands_before(of, release, line)))
            break;
        if (!is_consequent(of, of->as, commitment, at) ||
            !account_accepts(&of->log, of->as, at))
            continue;
        *grow(*lines, count, room) = line;
        if (line == one->decided_by)
            break;
    }
    return count;
}

static void tell_counted(telling *to, size_t commitment, const fate *one,
                         truce_standing *standing)
{
    uint32_t *lines = NULL;
    size_t count = counted_lines(to, commitment, one, &lines);
    uint64_t sum = 0;
    for (size_t k = 0; k < count; k++) {
        const event *line = line_at(to, lines[k]);
        sum = line->count > UINT64_MAX - sum ? UINT64_MAX : sum + line->count;
        if (k >= FIRST_TOLD && k + LAST_TOLD < count) {
            standing->untold++;
            continue;
        }
        const char *so_far =
            to->what->count > 1
                ? arena_format(to->of->memory, "; %s of %s so far",
                               say_count(to->of->memory, sum),
                               say_count(to->of->memory, to->what->count))
                : "";
        tell(to, line->from, line, "%s%s%s", say_event(to->of, to->of->as, line),
             say_id(to->of, line), so_far);
    }
    free(lines);
}

/* ---- how it ended ---------------------------------------------------------------- */

static void tell_decision(telling *to, const fate *one)
{
    const event *by = line_at(to, one->decided_by);
    bool refrain = to->what->refrain;
    switch (one->state) {
    case TRUCE_SATISFIED:
        if (refrain)
            tell(to, one->since, NULL, "the time is over, and it was refrained from");
        else
            tell(to, one->since, by, "with that it is done in full");
        break;
    case TRUCE_VIOLATED:
        if (refrain)
            tell(to, one->since, by, "that is what was to be refrained from");
        else
            tell(to, one->since, NULL,
                 "the deadline passed, and it was not done in full");
        break;
    case TRUCE_RELEASED:
        tell(to, one->since, by, "released%s", by ? say_id(to->of, by) : "");
        break;
    case TRUCE_EXPIRED:
        tell(to, one->since, NULL, "its condition did not come about in time");
        break;
    case TRUCE_ACTIVE:
        if (one->deadline != TRUCE_NEVER)
            tell(to, one->deadline, NULL, "the first moment that is too late");
        break;
    case TRUCE_CONDITIONAL:
        if (one->deadline != TRUCE_NEVER)
            tell(to, one->deadline, NULL, "from here its condition no longer counts");
        break;
    case TRUCE_PENDING:
        break;
    }
}

void explain(const machine *of, size_t commitment, const fate *fates,
             truce_standing *standing)
{
    const fate *one = &fates[commitment];
    telling to = {.of = of, .what = &of->accord->commitments[commitment]};
    tell_beginning(&to, one);
    if (one->active != TRUCE_NO_INSTANT)
        tell_counted(&to, commitment, one, standing);
    tell_decision(&to, one);
    standing->reasons =
        arena_copy(of->memory, to.reasons, to.count * sizeof *to.reasons);
    standing->reason_count = to.count;
    free(to.reasons);
}
