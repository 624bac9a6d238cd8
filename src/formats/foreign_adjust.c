/* --set and --for where there is no tree of ours to change: every number of the scenario
 * has its path, and nothing in files of other systems is hidden from anybody. */
#include "formats/foreign.h"

#include "base/decimal.h"
#include "scenario/numbers.h"
#include "scenario/scenario.h"

#include <string.h>

/* ---- --set ----------------------------------------------------------------------- */

/* A number that a path may name, and what it may be. */
typedef struct target {
    truce_number *number; /* the scenario's; ours to change */
    bool from_0, to_1;
} target;

typedef struct targets {
    target *items;
    size_t count;
} targets;

static void aim(targets *all, const truce_number *number, bool from_0, bool to_1)
{
    if (number->given)
        all->items[all->count++] =
            (target){(truce_number *)(uintptr_t)number, from_0, to_1};
}

static targets targets_of(const truce_scenario *scenario, arena *memory)
{
    numbers found = numbers_of(scenario, memory);
    targets all = {arena_array(memory, found.count + 2 * scenario->party_count, target),
                   0};
    for (size_t k = 0; k < found.count; k++)
        aim(&all, found.items[k].number, found.items[k].kind == NUMBER_WEIGHT, false);
    for (size_t p = 0; p < scenario->party_count; p++) {
        aim(&all, &scenario->parties[p].preferences.cap, false, false);
        aim(&all, &scenario->parties[p].preferences.discount, true, true);
    }
    return all;
}

/* Names may hold a "=" of their own, so the numbers' paths say where the value begins. */
static const target *target_named(const targets *all, const char *setting)
{
    const target *found = NULL;
    size_t longest = 0;
    for (size_t k = 0; k < all->count; k++) {
        const char *path = all->items[k].number->path;
        size_t length = strlen(path);
        if (length > longest && strncmp(setting, path, length) == 0 &&
            setting[length] == '=') {
            longest = length;
            found = &all->items[k];
        }
    }
    return found;
}

static const char *nearest_path(const targets *all, const char *setting, arena *memory)
{
    const char **paths = arena_array(memory, all->count, const char *);
    const char *written = arena_text_n(memory, setting, strcspn(setting, "="));
    for (size_t k = 0; k < all->count; k++)
        paths[k] = all->items[k].number->path;
    const char *nearest = names_nearest(written, paths, all->count);
    return nearest ? arena_format(memory, "did you mean \"%s\"?", nearest)
                   : "for example PARTY.outside.worth=0.5 or PARTY.weights.ISSUE=0.3";
}

static truce_status refuse(truce_diagnostics *diagnostics, const char *setting,
                           size_t column, const char *hint, const char *message)
{
    remark about = {.severity = TRUCE_ERROR,
                    .place = {"--set", 1, (uint32_t)column + 1},
                    .source = setting,
                    .source_length = strlen(setting),
                    .width = 1,
                    .hint = hint};
    diagnostics_add(diagnostics, &about, "%s", message);
    return TRUCE_CALL;
}

static truce_status change(const target *aimed, const char *setting,
                           truce_diagnostics *diagnostics)
{
    size_t at = strlen(aimed->number->path) + 1;
    truce_decimal value;
    if (decimal_read_long(setting + at, strlen(setting + at), &value) != DECIMAL_OK)
        return refuse(diagnostics, setting, at, "for example 0.5",
                      "expected a number of at most 18 digits");
    if (aimed->from_0 && value.digits < 0)
        return refuse(diagnostics, setting, at, NULL, "it must not be negative");
    if (aimed->to_1 && decimal_compare(value, (truce_decimal){1, 0}) > 0)
        return refuse(diagnostics, setting, at, NULL, "it must be between 0 and 1");
    aimed->number->low = aimed->number->mode = aimed->number->high = value;
    return TRUCE_OK;
}

static truce_status set_all(truce_scenario *scenario, const truce_reading *choices,
                            truce_diagnostics *diagnostics)
{
    arena memory = {0};
    truce_status status = TRUCE_OK;
    size_t count = choices->set_count;
    const char **settings = arena_array(scenario_memory(scenario), count, const char *);
    targets all = targets_of(scenario, &memory);
    for (size_t s = 0; s < count; s++) {
        settings[s] = arena_text(scenario_memory(scenario), choices->set[s]);
        const target *aimed = target_named(&all, settings[s]);
        truce_status one = aimed ? change(aimed, settings[s], diagnostics)
                                 : refuse(diagnostics, settings[s], 0,
                                          nearest_path(&all, settings[s], &memory),
                                          "the scenario has no number of this name");
        status = one == TRUCE_OK ? status : one;
    }
    scenario->settings = settings;
    scenario->setting_count = count;
    arena_free(&memory);
    return status;
}

/* ---- --for ----------------------------------------------------------------------- */

static truce_status show_to(truce_scenario *scenario, const char *reader,
                            truce_diagnostics *diagnostics)
{
    bool is_known = strcmp(reader, "mediator") == 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        is_known |= strcmp(scenario->parties[p].label.id, reader) == 0;
    scenario->shown_to = arena_text(scenario_memory(scenario), reader);
    if (is_known)
        return TRUCE_OK;
    remark about = {.severity = TRUCE_ERROR,
                    .hint = "name a party of the scenario, or mediator"};
    diagnostics_add(diagnostics, &about,
                    "nothing can be shown to the unknown party \"%s\"", reader);
    return TRUCE_CALL;
}

truce_status foreign_adjust(truce_scenario *scenario, const truce_reading *choices,
                            truce_diagnostics *diagnostics)
{
    truce_status status = TRUCE_OK;
    if (choices->set_count > 0)
        status = set_all(scenario, choices, diagnostics);
    if (status == TRUCE_OK && choices->shown_to)
        status = show_to(scenario, choices->shown_to, diagnostics);
    return status;
}
