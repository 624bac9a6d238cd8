/* sessions: all rows of a store as a table, by the number of the job. */
#include "base/error.h"
#include "formats/document.h"
#include "tournament/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct writer {
    FILE *out;
    const document *plan;
    size_t parties, strategies, fields;
    uint64_t repetitions, assignments;
} writer;

static void put_text(FILE *out, const char *text)
{
    bool plain = strpbrk(text, ",\"\n\r") == NULL;
    if (!plain)
        fputc('"', out);
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            fputc('"', out);
        fputc(*at, out);
    }
    if (!plain)
        fputc('"', out);
}

static void put_number(FILE *out, double number)
{
    if (isnan(number))
        fputc(',', out);
    else
        fprintf(out, ",%.12g", number);
}

static void put_heads(const writer *to)
{
    static const char *const kinds[] = {"strategy", "utility", "discounted",
                                        "advantage"};
    fputs("job,scenario,repetition,seed,ended,step,time,offers,agreement,welfare,"
          "nash_product,to_frontier,to_nash,fault",
          to->out);
    for (size_t kind = 0; kind < 4; kind++)
        for (size_t s = 1; s <= to->parties; s++)
            fprintf(to->out, ",%s_%zu", kinds[kind], s);
    fputc('\n', to->out);
}

static const char *item(const writer *to, const char *list, size_t place)
{
    const node *items = node_get(to->plan->root, list);
    const node *it = items && place < items->count ? items->items[place] : NULL;
    if (it && it->kind == NODE_MAP)
        it = node_get(it, "name");
    return it && it->kind == NODE_TEXT ? it->text : "";
}

static void put_strategies(const writer *to, uint64_t assignment)
{
    uint64_t place = to->assignments;
    for (size_t s = 0; s < to->parties; s++) {
        place /= to->strategies;
        fputc(',', to->out);
        put_text(to->out,
                 item(to, "strategies", (size_t)(assignment / place % to->strategies)));
    }
}

static void put_row(void *user, const row *at)
{
    static const char *const ends[] = {"agreed", "timed-out", "left", "forfeit"};
    const writer *to = user;
    uint64_t cell = at->job / to->repetitions;
    size_t field = (size_t)(cell / to->assignments);
    if (field >= to->fields || (unsigned)at->end > TRUCE_SESSION_FORFEIT)
        return;
    fprintf(to->out, "%llu,", (unsigned long long)at->job);
    put_text(to->out, item(to, "fields", field));
    fprintf(to->out, ",%llu,%llu,%s,%u",
            (unsigned long long)(at->job % to->repetitions),
            (unsigned long long)at->seed, ends[at->end], (unsigned)at->step);
    put_number(to->out, at->time);
    fprintf(to->out, ",%llu,%s", (unsigned long long)at->offers,
            at->agreement ? at->agreement : "");
    put_number(to->out, at->welfare);
    put_number(to->out, at->nash_product);
    put_number(to->out, at->to_frontier);
    put_number(to->out, at->to_nash);
    fputc(',', to->out);
    put_text(to->out, at->fault ? at->fault : "");
    put_strategies(to, cell % to->assignments);
    for (size_t k = 0; k < 3 * to->parties; k++)
        put_number(to->out, at->numbers[k]);
    fputc('\n', to->out);
}

static uint64_t whole_of(const document *plan, const char *key)
{
    const node *value = node_get(plan->root, key);
    return value && value->kind == NODE_TEXT ? strtoull(value->text, NULL, 10) : 0;
}

static size_t length_of(const document *plan, const char *key)
{
    const node *list = node_get(plan->root, key);
    return list && list->kind == NODE_LIST ? list->count : 0;
}

static bool begin(writer *to, const document *plan)
{
    to->plan = plan;
    to->parties = (size_t)whole_of(plan, "parties");
    to->repetitions = whole_of(plan, "repetitions");
    to->strategies = length_of(plan, "strategies");
    to->fields = length_of(plan, "fields");
    to->assignments = 1;
    for (size_t s = 0; s < to->parties && to->assignments < UINT64_C(1) << 40; s++)
        to->assignments *= to->strategies;
    return to->parties >= 2 && to->parties <= 64 && to->repetitions > 0 &&
           to->strategies > 0 && to->assignments < UINT64_C(1) << 40;
}

truce_status truce_tournament_sessions(const char *out, FILE *to, truce_error *error)
{
    store *kept = store_read(out, error);
    if (kept == NULL)
        return TRUCE_CALL;
    truce_diagnostics *said = truce_diagnostics_new();
    document *plan = document_read_json("plan", store_plan(kept),
                                        strlen(store_plan(kept)), NULL, said);
    writer at = {.out = to};
    bool good = plan && said->errors == 0 && begin(&at, plan);
    if (!good)
        error_say(error, TRUCE_CALL,
                  "%s/results.db is damaged: its plan makes no sense", out);
    if (good) {
        put_heads(&at);
        good = store_each(kept, at.parties, put_row, &at, error);
    }
    document_free(plan);
    truce_diagnostics_free(said);
    store_close(kept);
    return good ? TRUCE_OK : TRUCE_CALL;
}
