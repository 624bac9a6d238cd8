/* Corrections are gone through from the last recorded to the first: when one is reached,
 * all that corrects it has been done, so that it says now what it says in the end; and a
 * field that a later one has settled is left alone. */
#include "track/settle.h"

#include <stdlib.h>

bool is_verifier(const events *all, uint32_t word)
{
    for (size_t v = 0; v < all->accord->verifiers.count; v++)
        if (all->verifiers[v] == word)
            return true;
    return false;
}

/* Later in the records: by the time of recording, then by the place in the file. Both are
 * in the same array. */
static bool is_later(const event *one, const event *other)
{
    return one->recorded != other->recorded ? one->recorded > other->recorded
                                            : one > other;
}

static event *line_of(const events *all, const reference *one)
{
    uint32_t line = ids_find(&all->ids, ids_text(&all->ids, one->to));
    return line == NO_ID ? NULL : &all->items[line];
}

/* ---- corrections ----------------------------------------------------------------- */

typedef struct amendment {
    event *by, *of;
} amendment;

static int latest_first(const void *one, const void *other)
{
    const amendment *a = one, *b = other;
    return a->by == b->by ? 0 : is_later(a->by, b->by) ? -1 : 1;
}

static bool may_correct(const events *all, const amendment *one)
{
    return is_later(one->by, one->of) &&
           (one->by->by == one->of->by || is_verifier(all, one->by->by));
}

static void take_over(event *line, const event *correction, unsigned fields)
{
    if (fields & GIVES_OCCURRED)
        line->from = correction->from;
    if (fields & GIVES_TYPE)
        line->type = correction->type;
    if (fields & GIVES_ABOUT)
        line->about = correction->about;
    if (fields & GIVES_COMMITMENT)
        line->commitment = correction->commitment;
    if (fields & GIVES_COUNT)
        line->count = correction->count;
    if (fields & GIVES_SEVERITY)
        line->severity = correction->severity;
    if (fields & GIVES_ATTRIBUTED)
        line->attributed = correction->attributed;
}

static void apply(const amendment *one)
{
    event *line = one->of;
    line->corrected = true;
    if (one->by->gives == 0)
        line->withdrawn = true;
    take_over(line, one->by, one->by->gives & (unsigned)~line->settled);
    line->settled |= one->by->gives;
    line->gives |= one->by->gives;
}

void settle_corrections(events *all)
{
    amendment *corrections =
        must_allocate_zeroed(all->reference_count + 1, sizeof *corrections);
    size_t count = 0;
    for (size_t r = 0; r < all->reference_count; r++) {
        amendment one = {&all->items[all->references[r].from],
                         line_of(all, &all->references[r])};
        if (one.by->kind == TRUCE_LINE_CORRECTION && one.of && may_correct(all, &one))
            corrections[count++] = one;
    }
    qsort(corrections, count, sizeof *corrections, latest_first);
    for (size_t c = 0; c < count; c++)
        if (!corrections[c].by->withdrawn)
            apply(&corrections[c]);
    free(corrections);
}

/* ---- findings -------------------------------------------------------------------- */

void settle_findings(events *all)
{
    for (size_t r = 0; r < all->reference_count; r++) {
        uint32_t from = all->references[r].from;
        const event *finding = &all->items[from];
        if (finding->kind != TRUCE_LINE_FINDING || finding->withdrawn ||
            !is_verifier(all, finding->by))
            continue;
        event *line = line_of(all, &all->references[r]);
        if (line &&
            (line->finding == NO_LINE || is_later(finding, &all->items[line->finding])))
            line->finding = from;
    }
}
