/* Who is judged for is asked in the same way by every question. */
#include "solve/judged.h"

#include "base/error.h"
#include "scenario/scenario.h"

static truce_status check_party(const truce_scenario *scenario, size_t party,
                                truce_error *error)
{
    if (party >= scenario->party_count)
        return error_say(error, TRUCE_CALL,
                         "the parties to judge for are not of this scenario");
    if (!scenario->parties[party].preferences.given)
        return error_say(error, TRUCE_CALL,
                         "party %s has no preferences, so nothing can be judged for it",
                         scenario->parties[party].label.id);
    return TRUCE_OK;
}

truce_status judged_parties(const truce_scenario *scenario, const truce_list *asked,
                            arena *memory, truce_list *over, truce_error *error)
{
    size_t asked_count = asked ? asked->count : 0;
    size_t *items =
        arena_array(memory, asked_count + scenario->party_count + 1, size_t);
    *over = (truce_list){.items = items};
    for (size_t k = 0; k < asked_count; k++) {
        truce_status status = check_party(scenario, asked->items[k], error);
        if (status != TRUCE_OK)
            return status;
        if (!list_holds(over, asked->items[k]))
            items[over->count++] = asked->items[k];
    }
    for (size_t p = 0; asked_count == 0 && p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            items[over->count++] = p;
    if (over->count == 0)
        return error_say(error, TRUCE_CALL,
                         "no party has preferences, so there is nothing to judge by");
    return TRUCE_OK;
}
