/* What would have to be let go. The answer counts what remains and says what rules each
 * demand out; who should move is not ours to say. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- JSON ------------------------------------------------------------------------ */

static const truce_demand *demand_of(const truce_scenario *scenario,
                                     const truce_concession *one)
{
    return &scenario->demands[one->demand];
}

static void write_give(json *to, const truce_scenario *scenario, const truce_way *way)
{
    const char **ids = must_allocate_zeroed(way->count, sizeof *ids);
    size_t *owners = must_allocate_zeroed(way->count, sizeof *owners);
    for (size_t g = 0; g < way->count; g++) {
        ids[g] = demand_of(scenario, &way->give[g])->label.id;
        owners[g] = demand_of(scenario, &way->give[g])->by;
    }
    field_texts(to, "give", (truce_texts){ids, way->count});
    field_by_party(to, "by", scenario, ids, owners, way->count);
    free(owners);
    free(ids);
}

static void write_way(json *to, const truce_scenario *scenario, const truce_way *way)
{
    json_object(to);
    write_give(to, scenario, way);
    field_count(to, "outcomes", way->outcomes);
    json_key(to, "because");
    json_object(to);
    for (size_t g = 0; g < way->count; g++)
        field_texts(to, demand_of(scenario, &way->give[g])->label.id,
                    way->give[g].because);
    json_end(to);
    json_end(to);
}

void unlock_answer(json *to, const truce_unlock *result)
{
    json_object(to);
    json_key(to, "fewest");
    if (result->count == 0)
        json_null(to);
    else
        json_integer(to, (int64_t)result->fewest);
    json_key(to, "ways");
    json_array(to);
    for (size_t i = 0; i < result->count; i++)
        write_way(to, result->finding.scenario, &result->ways[i]);
    json_end(to);
    field_bool(to, "cut", result->cut);
    field_texts(to, "blocked_by", result->blocked_by);
    json_end(to);
}

void truce_unlock_json(FILE *out, const truce_unlock *result,
                       const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    unlock_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

/* `"ceasefire >= 30-day" (d1) and "..." (d2)`: what one party lets go of in a way; NULL
 * when nothing. */
static const char *given_by(page *to, const truce_scenario *scenario,
                            const truce_way *way, size_t party)
{
    const char **texts = arena_array(&to->memory, way->count, const char *);
    size_t count = 0;
    for (size_t g = 0; g < way->count; g++) {
        const truce_demand *demand = demand_of(scenario, &way->give[g]);
        if (demand->by == party)
            texts[count++] = quoted(&to->memory, truce_condition_text(demand->wants));
    }
    return count == 0 ? NULL : join(&to->memory, texts, count, " and ");
}

const char *unlock_way_words(page *to, const truce_scenario *scenario,
                             const truce_way *way)
{
    const char **texts = arena_array(&to->memory, scenario->party_count, const char *);
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++) {
        const char *given = given_by(to, scenario, way, p);
        if (given != NULL)
            texts[count++] = arena_format(&to->memory, "%s lets go of %s",
                                          party_called(scenario, p), given);
    }
    return arena_format(&to->memory, "if %s, %s",
                        join(&to->memory, texts, count, ", and "),
                        count_is(way->outcomes, "1")
                            ? "1 outcome remains"
                            : arena_format(&to->memory, "%s outcomes remain",
                                           count_words(&to->memory, way->outcomes)));
}

static bool is_among(const truce_scenario *scenario, const truce_concession *all,
                     const char *id)
{
    bool found = strcmp(demand_of(scenario, all)->label.id, id) == 0;
    for (size_t i = 0; i < all->because.count && !found; i++)
        found = strcmp(all->because.items[i], id) == 0;
    return found;
}

/* Do the same things stand in each other's way, whichever of them is let go? */
static bool same_reason(const truce_scenario *scenario, const truce_concession *one,
                        const truce_concession *other)
{
    if (one->because.count != other->because.count ||
        !is_among(scenario, other, demand_of(scenario, one)->label.id))
        return false;
    for (size_t i = 0; i < one->because.count; i++)
        if (!is_among(scenario, other, one->because.items[i]))
            return false;
    return true;
}

static bool said_before(const truce_unlock *result, size_t way, size_t give)
{
    const truce_scenario *scenario = result->finding.scenario;
    const truce_concession *one = &result->ways[way].give[give];
    for (size_t w = 0; w < way; w++)
        for (size_t g = 0; g < result->ways[w].count; g++)
            if (same_reason(scenario, &result->ways[w].give[g], one))
                return true;
    return false;
}

static void say_reasons(page *to, const truce_unlock *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    page_heading(to, "Why these demands are in the way");
    for (size_t w = 0; w < result->count; w++)
        for (size_t g = 0; g < result->ways[w].count; g++) {
            const truce_concession *one = &result->ways[w].give[g];
            if (said_before(result, w, g))
                continue;
            const char *id = demand_of(scenario, one)->label.id;
            page_item(to, 0, "- ", "%s cannot hold %s%s.",
                      thing_words(&to->memory, scenario, id),
                      one->because.count == 0 ? "in any outcome" : "together with ",
                      join_things(&to->memory, scenario, one->because));
        }
}

static void say_ways(page *to, const truce_unlock *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    page_say(
        to, 0,
        "%s, fewest demands first. Each is as small as can be, keeps every other "
        "demand, and is followed by the number of acceptable outcomes that remain.%s",
        counted(&to->memory, result->count, "way", "ways"),
        result->cut ? " The list is cut: more ways exist, or may exist (--most N)."
                    : "");
    page_remark(to, 0,
                "This is a count of what remains, not advice on who should give.");
    page_gap(to);
    for (size_t w = 0; w < result->count; w++)
        page_item(to, 0, arena_format(&to->memory, "%2zu. ", w + 1), "%s.",
                  unlock_way_words(to, scenario, &result->ways[w]));
    say_reasons(to, result);
}

void unlock_pages(page *to, const truce_unlock *result)
{
    if (result->count == 0 && !is_complete(&result->finding)) {
        page_say(to, 0,
                 "No way was found before the search was stopped; there may be some.");
    } else if (result->count == 0) {
        page_say(to, 0, "Even with every demand let go, no outcome is acceptable.");
        deals_blocked(to, result->finding.scenario, result->blocked_by);
    } else if (result->ways[0].count == 0) {
        page_say(
            to, 0,
            "Nothing need be let go: %s acceptable outcomes keep every stated demand.",
            count_words(&to->memory, result->ways[0].outcomes));
    } else {
        say_ways(to, result);
    }
}

void truce_unlock_print(FILE *out, const truce_unlock *result,
                        const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding,
                 "Unlock: which demands would have to be let go for a deal?");
    unlock_pages(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
