/* diff: two inventories held against each other, line by line with the same path. */
#include "base/names.h"
#include "brief/inventory.h"
#include "scenario/result.h"

#include <string.h>

/* Differences in the order of the second scenario, what is gone at the end. */
static const truce_difference *differences(arena *memory, const inventory *before,
                                           const inventory *after, size_t *count)
{
    names known = {0}, kept = {0};
    truce_difference *found =
        arena_array(memory, before->count + after->count, truce_difference);
    *count = 0;
    for (size_t k = 0; k < before->count; k++)
        names_add(&known, before->lines[k].path, k);
    for (size_t k = 0; k < after->count; k++) {
        const inventory_line *now = &after->lines[k];
        size_t was = names_find(&known, now->path);
        const char *text = was == NAMES_NONE ? NULL : before->lines[was].text;
        names_add(&kept, now->path, k);
        if (text == NULL || strcmp(text, now->text) != 0)
            found[(*count)++] = (truce_difference){now->path, text, now->text};
    }
    for (size_t k = 0; k < before->count; k++)
        if (names_find(&kept, before->lines[k].path) == NAMES_NONE)
            found[(*count)++] =
                (truce_difference){before->lines[k].path, before->lines[k].text, NULL};
    names_free(&known);
    names_free(&kept);
    return found;
}

static void compare_things(truce_diff *diff, const truce_scenario *before,
                           const truce_scenario *after)
{
    arena *memory = result_memory(&diff->finding);
    inventory one = inventory_of_things(before, memory);
    inventory other = inventory_of_things(after, memory);
    diff->things = differences(memory, &one, &other, &diff->thing_count);
    inventory_free(&one);
    inventory_free(&other);
}

static bool compare_answers(truce_diff *diff, const truce_scenario *before,
                            const truce_scenario *after, const truce_stop *stop)
{
    arena *memory = result_memory(&diff->finding);
    bool one_limited, other_limited;
    inventory one = inventory_of_answers(before, stop, memory, &one_limited);
    inventory other = inventory_of_answers(after, stop, memory, &other_limited);
    diff->answers = differences(memory, &one, &other, &diff->answer_count);
    inventory_free(&one);
    inventory_free(&other);
    return !one_limited && !other_limited;
}

truce_status truce_diff_find(const truce_scenario *before, const truce_scenario *after,
                             const truce_stop *stop, truce_diff **result,
                             truce_error *error)
{
    (void)error; /* nothing about two scenarios can be called wrong */
    truce_diff *diff = result_new(sizeof *diff, after, "diff");
    diff->before = before;
    compare_things(diff, before, after);
    bool complete = compare_answers(diff, before, after, stop);
    if (complete)
        result_proved(&diff->finding, "both files were answered in full");
    else
        result_bounded(&diff->finding,
                       "some answers of one of the files were cut short");
    *result = diff;
    return complete ? TRUCE_OK : TRUCE_LIMIT;
}

void truce_diff_free(truce_diff *result)
{
    result_free(result ? &result->finding : NULL);
}
