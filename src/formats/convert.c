/* A scenario in another format. Writers print into streams over memory; nothing touches
 * the disk here, so a conversion that is refused leaves nothing behind. */
#include "formats/write.h"

#include "base/error.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct sheet {
    const char *name;
    char *bytes; /* malloc, by open_memstream */
    size_t length;
} sheet;

struct writing {
    arena memory;
    sheet **sheets;
    size_t sheet_count, sheet_room;
    const char **losses;
    size_t loss_count, loss_room;
    FILE *open;
};

arena *writing_memory(writing *work)
{
    return &work->memory;
}

static void close_sheet(writing *work)
{
    if (work->open)
        fclose(work->open);
    work->open = NULL;
}

FILE *writing_file(writing *work, const char *name)
{
    close_sheet(work);
    sheet *made = arena_new(&work->memory, sheet);
    *grow(work->sheets, work->sheet_count, work->sheet_room) = made;
    made->name = arena_text(&work->memory, name);
    work->open = open_memstream(&made->bytes, &made->length);
    if (work->open == NULL)
        abort(); /* out of memory */
    return work->open;
}

void writing_loss(writing *work, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *grow(work->losses, work->loss_count, work->loss_room) =
        arena_format_v(&work->memory, format, arguments);
    va_end(arguments);
}

const char *writing_name(writing *work, const char *text, const char *extension)
{
    char *name =
        arena_format(&work->memory, "%s%s", *text ? text : "scenario", extension);
    for (char *c = name; *c; c++)
        if ((unsigned char)*c < 0x80 && !strchr("-_.", *c) &&
            !(*c >= '0' && *c <= '9') && !((*c | 32) >= 'a' && (*c | 32) <= 'z'))
            *c = '-';
    if (*name == '.' || *name == '-')
        *name = '_';
    return name;
}

/* ---- what other systems do not know ---------------------------------------------- */

static void lose_all(writing *work, const char *kind, size_t count)
{
    if (count > 0)
        writing_loss(work, "%s (%zu)", kind, count);
}

static void lose_of_party(writing *work, const truce_party *party)
{
    const truce_preferences *preferences = &party->preferences;
    const char *id = party->label.id;
    for (size_t l = 0; l < preferences->red_line_count; l++)
        writing_loss(work, "red line %s", preferences->red_lines[l].label.id);
    if (preferences->outside.per_30_days.given)
        writing_loss(work, "how the outside option of %s changes with time", id);
    if (preferences->outside.worth.ranged)
        writing_loss(work, "the range of the outside option of %s", id);
    if (party->role != TRUCE_PRINCIPAL || !party->consents_to_all)
        writing_loss(work, "role and consent of %s", id);
    if (!preferences->given)
        writing_loss(work, "party %s, which has no preferences", id);
}

void writing_lose_plans(writing *work, const truce_scenario *scenario)
{
    if (scenario->exchange)
        writing_loss(work, "the exchange and its lists");
    if (scenario->accord)
        writing_loss(work, "the commitments that are kept track of");
}

void writing_lose_talks(writing *work, const truce_scenario *scenario)
{
    for (size_t p = 0; p < scenario->party_count; p++)
        lose_of_party(work, &scenario->parties[p]);
    for (size_t r = 0; r < scenario->rule_count; r++)
        writing_loss(work, "rule %s", scenario->rules[r].label.id);
    lose_all(work, "demands", scenario->demand_count);
    lose_all(work, "sources", scenario->source_count);
    lose_all(work, "claims", scenario->claim_count);
    lose_all(work, "facts", scenario->fact_count);
    lose_all(work, "delegations", scenario->delegation_count);
    lose_all(work, "steps", scenario->step_count);
    lose_all(work, "order constraints", scenario->order_count);
    lose_all(work, "threats", scenario->threat_count);
    lose_all(work, "deadlines", scenario->deadline_count);
    lose_all(work, "rounds", scenario->round_count);
    lose_all(work, "observations", scenario->observed_count);
    lose_all(work, "agreements", scenario->agreement_count);
    writing_lose_plans(work, scenario);
}

/* ---- the call -------------------------------------------------------------------- */

static void hand_over(writing *work, truce_conversion *into, bool with_files)
{
    arena *memory = &work->memory;
    truce_written *files = arena_array(memory, work->sheet_count, truce_written);
    for (size_t f = 0; f < work->sheet_count; f++) {
        const sheet *made = work->sheets[f];
        const char *bytes = arena_text_n(memory, made->bytes, made->length);
        files[f] = (truce_written){made->name, bytes, made->length};
        free(made->bytes);
    }
    into->files = files;
    into->file_count = with_files ? work->sheet_count : 0;
    into->losses.items =
        arena_copy(memory, work->losses, work->loss_count * sizeof *work->losses);
    into->losses.count = work->loss_count;
    free(work->sheets);
    free(work->losses);
    arena *kept = must_allocate(sizeof *kept);
    *kept = *memory;
    into->memory = kept;
}

truce_status truce_scenario_convert(const truce_scenario *scenario, truce_format to,
                                    bool lossy, truce_conversion **result,
                                    truce_error *error)
{
    static void (*const writers[])(writing *, const truce_scenario *) = {
        [TRUCE_FORMAT_TRUCE] = truce_write,
        [TRUCE_FORMAT_GENIUS] = genius_write,
        [TRUCE_FORMAT_GENIUSWEB] = geniusweb_write,
    };
    *result = NULL;
    if ((size_t)to >= sizeof writers / sizeof *writers || writers[to] == NULL)
        return error_say(error, TRUCE_CALL,
                         "truce writes its own format, GENIUS XML and GeniusWeb JSON");
    writing work = {0};
    writers[to](&work, scenario);
    close_sheet(&work);
    truce_conversion *made = must_allocate_zeroed(1, sizeof *made);
    bool refused = work.loss_count > 0 && !lossy;
    made->format = to;
    hand_over(&work, made, !refused);
    *result = made;
    return refused ? TRUCE_NONE : TRUCE_OK;
}

void truce_conversion_free(truce_conversion *result)
{
    if (result == NULL)
        return;
    arena_free(result->memory);
    free(result->memory);
    free(result);
}
