/* One pass over the log. A line becomes a record of 64 bytes when a pattern asks for its
 * type, when it is a release, or when it is a finding or a correction, which may name any
 * line. A correction may also turn a line that nobody asked for into one that somebody
 * does: when one names a line that was not kept, there is a second pass that keeps it. So
 * memory grows with what is asked for, not with the log. */
#include "track/events.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/stop.h"
#include "track/clock.h"
#include "track/settle.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_BETWEEN_LOOKS = 4096 };

/* ---- who asks -------------------------------------------------------------------- */

static void ask(events *all, const char *type)
{
    uint32_t word = words_number(&all->words, type);
    if (word == NO_WORD) {
        all->asked_any = true;
        return;
    }
    if (word >= all->asked_count) {
        size_t count = (size_t)word + 16;
        bool *larger = must_allocate_zeroed(count, sizeof *larger);
        if (all->asked_count > 0)
            memcpy(larger, all->asked, all->asked_count * sizeof *larger);
        free(all->asked);
        all->asked = larger;
        all->asked_count = count;
    }
    all->asked[word] = true;
}

static void ask_pattern(events *all, truce_pattern pattern)
{
    ask(all, pattern.type);
    words_number(&all->words, pattern.by);
}

static void ask_for_all(events *all)
{
    const truce_accord *accord = all->accord;
    for (size_t c = 0; c < accord->commitment_count; c++) {
        const truce_commitment *one = &accord->commitments[c];
        ask_pattern(all, one->consequent);
        if (one->antecedent == TRUCE_UPON_EVENT)
            ask_pattern(all, one->upon);
        words_number(&all->words, one->id);
        words_number(&all->words, one->release_by);
    }
    if (accord->clock) {
        ask_pattern(all, clock_breach(accord->clock));
        ask(all, clock_notice(accord->clock));
        ask(all, clock_extension(accord->clock));
    }
    for (size_t t = 0; t < accord->trigger_count; t++)
        ask_pattern(all, (truce_pattern){accord->triggers[t].type,
                                         accord->triggers[t].attributed});
    for (size_t s = 0; s < accord->snapback_count; s++) {
        ask_pattern(all, accord->snapbacks[s].notice);
        ask_pattern(all, accord->snapbacks[s].stop);
    }
}

static bool is_asked(const events *all, uint32_t type)
{
    return all->asked_any || (type < all->asked_count && all->asked[type]);
}

static bool tells_of_deed(unsigned kind)
{
    return kind == TRUCE_LINE_REPORT || kind == TRUCE_LINE_ACT ||
           kind == TRUCE_LINE_NOTICE;
}

static void know_everybody(events *all)
{
    const truce_accord *accord = all->accord;
    for (size_t p = 0; p < accord->party_count; p++)
        words_number(&all->words, accord->parties[p]);
    all->verifiers =
        must_allocate_zeroed(accord->verifiers.count + 1, sizeof *all->verifiers);
    for (size_t v = 0; v < accord->verifiers.count; v++)
        all->verifiers[v] = words_number(&all->words, accord->verifiers.items[v]);
}

/* ---- one line -------------------------------------------------------------------- */

static uint8_t given_by(const truce_log_line *line)
{
    return (uint8_t)((line->from != TRUCE_NO_INSTANT ? GIVES_OCCURRED : 0) |
                     (line->type ? GIVES_TYPE : 0) | (line->about ? GIVES_ABOUT : 0) |
                     (line->commitment ? GIVES_COMMITMENT : 0) |
                     (line->count > 0 ? GIVES_COUNT : 0) |
                     (line->severity >= 0 ? GIVES_SEVERITY : 0) |
                     (line->place ? GIVES_PLACE : 0) |
                     (line->attributed ? GIVES_ATTRIBUTED : 0));
}

static event record_of(events *all, const truce_log_line *line, uint32_t type)
{
    bool corrects = line->kind == TRUCE_LINE_CORRECTION;
    bool dated = line->from != TRUCE_NO_INSTANT;
    return (event){
        .from = dated || corrects ? line->from : line->recorded,
        .recorded = line->recorded,
        .count = line->count,
        .number = (uint32_t)line->number,
        .id = ids_keep(&all->ids, line->id),
        .type = type,
        .by = words_number(&all->words, line->by),
        .about = words_number(&all->words, line->about),
        .commitment = words_number(&all->words, line->commitment),
        .attributed = words_number(&all->words, line->attributed),
        .finding = NO_LINE,
        .kind = (uint8_t)line->kind,
        .found = (uint8_t)line->status,
        .severity = (int8_t)line->severity,
        .gives = corrects ? given_by(line) : 0,
        .sure = decimal_compare(line->confidence, all->accord->threshold) >= 0,
    };
}

static void refer(events *all, const char *id)
{
    *grow(all->references, all->reference_count, all->reference_room) =
        (reference){(uint32_t)(all->count - 1), ids_keep(&all->ids, id)};
}

static void keep(events *all, const truce_log_line *line, uint32_t type)
{
    event one = record_of(all, line, type);
    *grow(all->items, all->count, all->room) = one;
    if (one.id != NO_ID)
        ids_add(&all->ids, one.id, (uint32_t)(all->count - 1));
    if (line->kind == TRUCE_LINE_FINDING)
        for (size_t r = 0; r < line->report_count; r++)
            refer(all, line->reports[r]);
    if (line->kind == TRUCE_LINE_CORRECTION && line->corrects)
        refer(all, line->corrects);
}

/* ---- the passes ------------------------------------------------------------------ */

/* Lines that nobody asks for, but some correction: from the pass before. */
typedef struct wanted {
    names ids;
    arena memory;
} wanted;

static void take(events *all, const truce_log_line *line, const wanted *also)
{
    all->lines++;
    all->kinds[line->kind]++;
    uint32_t type = words_number(&all->words, line->type);
    if (tells_of_deed(line->kind) && !is_asked(all, type)) {
        all->unknown++;
        if (line->id == NULL || names_find(&also->ids, line->id) == NAMES_NONE)
            return;
    }
    keep(all, line, type);
}

static bool is_full(const events *all, const truce_log_line *line)
{
    return line->number >= NO_LINE || all->count >= NO_LINE - 1 ||
           ids_are_full(&all->ids) || all->words.count >= NO_WORD - 8;
}

static truce_status pass(events *all, truce_log *log, truce_instant known_at,
                         const wanted *also, const truce_stop *stop,
                         truce_diagnostics *diagnostics, truce_error *error)
{
    size_t errors = diagnostics->errors;
    truce_log_rewind(log);
    for (const truce_log_line *line; (line = truce_log_next(log, diagnostics));) {
        if (is_full(all, line))
            return error_say(error, TRUCE_LIMIT,
                             "the log is longer than what one run can hold: more than "
                             "4 GiB of ids, or 4,294,967,290 lines");
        if (line->number % LINES_BETWEEN_LOOKS == 0 && stop_now(stop))
            return error_say(error, TRUCE_LIMIT, "stopped while reading the log");
        if (known_at == TRUCE_NO_INSTANT || known_at == TRUCE_NEVER ||
            line->recorded < known_at)
            take(all, line, also);
    }
    return diagnostics->errors > errors ? TRUCE_INPUT : TRUCE_OK;
}

static void begin(events *all, const truce_accord *accord)
{
    *all = (events){.accord = accord};
    know_everybody(all);
    ask_for_all(all);
}

/* Which lines are corrected that were not kept? */
static bool misses_some(const events *all, wanted *missing)
{
    for (size_t r = 0; r < all->reference_count; r++) {
        const char *id = ids_text(&all->ids, all->references[r].to);
        if (all->items[all->references[r].from].kind == TRUCE_LINE_CORRECTION &&
            ids_find(&all->ids, id) == NO_ID &&
            names_find(&missing->ids, id) == NAMES_NONE)
            names_add(&missing->ids, arena_text(&missing->memory, id), 0);
    }
    return missing->ids.count > 0 && all->unknown > 0;
}

truce_status events_read(events *all, const truce_accord *accord, truce_log *log,
                         truce_instant known_at, const truce_stop *stop,
                         truce_diagnostics *diagnostics, truce_error *error)
{
    wanted none = {0}, missing = {0};
    begin(all, accord);
    truce_status status = pass(all, log, known_at, &none, stop, diagnostics, error);
    if (status == TRUCE_OK && misses_some(all, &missing)) {
        events_free(all);
        begin(all, accord);
        status = pass(all, log, known_at, &missing, stop, diagnostics, error);
    }
    names_free(&missing.ids);
    arena_free(&missing.memory);
    return status;
}

/* ---- in order -------------------------------------------------------------------- */

typedef struct dated {
    truce_instant from;
    uint32_t line;
} dated;

static int by_time(const void *one, const void *other)
{
    const dated *a = one, *b = other;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static void sort_by_time(const events *all, uint32_t *lines, size_t count)
{
    size_t in_order = 1;
    while (in_order < count &&
           all->items[lines[in_order - 1]].from <= all->items[lines[in_order]].from)
        in_order++;
    if (in_order >= count)
        return;
    dated *sorted = must_allocate_zeroed(count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (dated){all->items[lines[i]].from, lines[i]};
    qsort(sorted, count, sizeof *sorted, by_time);
    for (size_t i = 0; i < count; i++)
        lines[i] = sorted[i].line;
    free(sorted);
}

bool has_happened(const events *all, const event *one, truce_instant now)
{
    return tells_of_deed(one->kind) && !one->withdrawn && one->from <= now &&
           is_asked(all, one->type);
}

static void list_what_happened(events *all, truce_instant now)
{
    all->timeline = must_allocate_zeroed(all->count + 1, sizeof *all->timeline);
    all->releases =
        must_allocate_zeroed(all->kinds[TRUCE_LINE_RELEASE] + 1, sizeof *all->releases);
    for (size_t i = 0; i < all->count; i++) {
        const event *one = &all->items[i];
        if (has_happened(all, one, now))
            all->timeline[all->timeline_count++] = (uint32_t)i;
        else if (one->kind == TRUCE_LINE_RELEASE && !one->withdrawn && one->from <= now)
            all->releases[all->release_count++] = (uint32_t)i;
    }
    sort_by_time(all, all->timeline, all->timeline_count);
    sort_by_time(all, all->releases, all->release_count);
}

/* A counting sort; lines without type are in no group. */
static void group_by_type(events *all)
{
    size_t *start = must_allocate_zeroed(all->words.count + 2, sizeof *start);
    for (size_t i = 0; i < all->timeline_count; i++)
        if (all->items[all->timeline[i]].type != NO_WORD)
            start[all->items[all->timeline[i]].type + 2]++;
    for (size_t w = 2; w < all->words.count + 2; w++)
        start[w] += start[w - 1];
    all->by_type = must_allocate_zeroed(all->timeline_count + 1, sizeof *all->by_type);
    for (size_t i = 0; i < all->timeline_count; i++) {
        uint32_t type = all->items[all->timeline[i]].type;
        if (type != NO_WORD)
            all->by_type[start[type + 1]++] = all->timeline[i];
    }
    all->type_start = start; /* filled: group w now ends where w + 1 begins */
}

void events_settle(events *all, truce_instant now)
{
    settle_corrections(all);
    settle_findings(all);
    list_what_happened(all, now);
    group_by_type(all);
}

event_list events_of_type(const events *all, uint32_t type)
{
    if (type == NO_WORD)
        return (event_list){all->timeline, all->timeline_count};
    size_t first = all->type_start[type], end = all->type_start[type + 1];
    return (event_list){all->by_type + first, end - first};
}

size_t events_first(const events *all, event_list list, truce_instant at)
{
    size_t low = 0, high = list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->items[list.items[middle]].from < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void events_free(events *all)
{
    words_free(&all->words);
    ids_free(&all->ids);
    free(all->items);
    free(all->references);
    free(all->asked);
    free(all->verifiers);
    free(all->timeline);
    free(all->by_type);
    free(all->type_start);
    free(all->releases);
    *all = (events){0};
}
