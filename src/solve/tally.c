/* count: how many outcomes pass each test, the looser tests first. Each is one count
 * through the door of count.h, over the conditions of space/acceptance.h. */
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/count.h"

#include <truce/frontier.h>

#include <string.h>

/* Every party's red lines and rules, whether it is needed or not; with floors, every
 * outside option too. */
static acceptance of_everybody(const space *compiled, bool floors, arena *memory)
{
    acceptance all = acceptance_of_needed(compiled, floors ? 0 : TRUCE_FLOORS, memory);
    acceptance_party *parties =
        arena_array(memory, all.party_count + 1, acceptance_party);
    for (size_t k = 0; k < all.party_count; k++) {
        parties[k] = all.parties[k];
        parties[k].needed = NULL;
    }
    all.parties = parties;
    return all;
}

/* One count in its share of the time that is left for it and those after it. */
static truce_count counted(truce_tally *tally, const space *compiled, acceptance what,
                           const truce_stop *stop, size_t parts_left, bool *complete)
{
    count_result result;
    truce_stop share = stop_share(stop, parts_left);
    mpz_inits(result.least, result.most, NULL);
    count_accepted(compiled, &what, NULL, &share, &result);
    truce_count told = count_told(&tally->finding, &result);
    *complete &= result.complete;
    mpz_clears(result.least, result.most, NULL);
    return told;
}

static bool count_all(truce_tally *tally, const space *compiled, const truce_stop *stop)
{
    bool complete = true;
    arena memory = {0};
    tally->possible = counted(tally, compiled, acceptance_of_logic(compiled, &memory),
                              stop, 4, &complete);
    tally->permitted = counted(tally, compiled, of_everybody(compiled, false, &memory),
                               stop, 3, &complete);
    tally->rational = counted(tally, compiled, of_everybody(compiled, true, &memory),
                              stop, 2, &complete);
    tally->acceptable =
        counted(tally, compiled, acceptance_of_needed(compiled, 0, &memory), stop, 1,
                &complete);
    arena_free(&memory);
    return complete;
}

static void tell_finding(truce_tally *tally, const space *compiled, bool complete)
{
    grounds used = grounds_begin(tally->finding.scenario);
    grounds_acceptability(&used);
    tally->finding.grounds = grounds_end(&used, result_memory(&tally->finding));
    if (complete)
        result_proved(&tally->finding, "every outcome is accounted for");
    else
        result_bounded(&tally->finding,
                       "stopped before every outcome was accounted for; counts lie "
                       "between the bounds given");
    space_qualify(compiled, &tally->finding);
}

truce_status truce_tally_find(const truce_scenario *scenario, const truce_stop *stop,
                              truce_tally **result, truce_error *error)
{
    (void)error; /* there is nothing to ask for that could not be answered */
    truce_tally *tally = result_new(sizeof *tally, scenario, "count");
    space *compiled = space_new(scenario, NULL);
    tally->outcomes = space_count_told(compiled, result_memory(&tally->finding));
    bool complete = count_all(tally, compiled, stop);
    tell_finding(tally, compiled, complete);
    space_free(compiled);
    *result = tally;
    bool none = tally->permitted.exact && strcmp(tally->permitted.exact, "0") == 0;
    return none ? TRUCE_NONE : complete ? TRUCE_OK : TRUCE_LIMIT;
}

void truce_tally_free(truce_tally *result)
{
    result_free(result ? &result->finding : NULL);
}
