/* cloud: what outcomes are worth, for pictures and for programs that draw their own. The
 * sample does the work; here its sums become utilities. */
#include "base/error.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "solve/judged.h"
#include "solve/sample.h"

#include <truce/frontier.h>

#include <math.h>
#include <string.h>

static void tell_utilities(truce_cloud *to, const sample *all)
{
    arena *memory = result_memory(&to->finding);
    size_t dims = to->parties.count;
    double *utilities = arena_array(memory, all->count * dims + 1, double);
    bool *permitted = arena_array(memory, all->count + 1, bool);
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < dims; k++)
            utilities[i * dims + k] = space_utility(all->compiled, to->parties.items[k],
                                                    all->sums[i * dims + k]);
    memcpy(permitted, all->permitted, all->count * sizeof *permitted);
    to->size = all->count;
    to->whole = all->whole;
    to->utilities = utilities;
    to->permitted = permitted;
}

static void tell_ranges(truce_cloud *to)
{
    arena *memory = result_memory(&to->finding);
    size_t dims = to->parties.count;
    double *least = arena_array(memory, dims + 1, double);
    double *greatest = arena_array(memory, dims + 1, double);
    for (size_t k = 0; k < dims; k++) {
        least[k] = INFINITY;
        greatest[k] = -INFINITY;
        for (size_t i = 0; i < to->size; i++) {
            least[k] = fmin(least[k], to->utilities[i * dims + k]);
            greatest[k] = fmax(greatest[k], to->utilities[i * dims + k]);
        }
    }
    to->least = least;
    to->greatest = greatest;
}

static void tell_references(truce_cloud *to, const space *compiled)
{
    arena *memory = result_memory(&to->finding);
    double *reservation = arena_array(memory, to->parties.count + 1, double);
    double *today = arena_array(memory, to->parties.count + 1, double);
    for (size_t k = 0; k < to->parties.count; k++) {
        size_t party = to->parties.items[k];
        reservation[k] = space_floor(compiled, party);
        today[k] =
            space_utility(compiled, party, space_sum(compiled, party, compiled->today));
    }
    to->reservation = reservation;
    to->status_quo = today;
}

static bool permits_one(const truce_cloud *cloud)
{
    for (size_t i = 0; i < cloud->size; i++)
        if (cloud->permitted[i])
            return true;
    return false;
}

static void tell_proof(truce_cloud *to, const space *compiled)
{
    truce_finding *finding = &to->finding;
    finding->grounds =
        grounds_of_parties(finding->scenario, to->parties, result_memory(finding));
    result_proved(finding, "every outcome is in it");
    if (!to->whole)
        finding->proof = (truce_proof){.how = TRUCE_SAMPLED,
                                       .by = "outcomes were drawn uniformly",
                                       .seed = SAMPLE_SEED,
                                       .draws = SAMPLE_DRAWS};
    space_qualify(compiled, finding);
}

truce_status truce_cloud_find(const truce_scenario *scenario, const truce_list *over,
                              const truce_stop *stop, truce_cloud **result,
                              truce_error *error)
{
    truce_cloud *to = result_new(sizeof *to, scenario, "cloud");
    *result = NULL;
    truce_status status = judged_parties(scenario, over, result_memory(&to->finding),
                                         &to->parties, error);
    if (status != TRUCE_OK) {
        truce_cloud_free(to);
        return status;
    }
    space *compiled = space_new(scenario, NULL);
    sample *all = sample_new(compiled, to->parties, stop);
    if (all->stopped) {
        status = error_say(error, TRUCE_LIMIT, "time ended before the cloud was drawn");
        truce_cloud_free(to);
    } else {
        tell_utilities(to, all);
        tell_ranges(to);
        tell_references(to, compiled);
        to->outcomes = space_count_told(compiled, result_memory(&to->finding));
        tell_proof(to, compiled);
        status = permits_one(to) ? TRUCE_OK : TRUCE_NONE;
        *result = to;
    }
    sample_free(all);
    space_free(compiled);
    return status;
}

void truce_cloud_free(truce_cloud *result)
{
    result_free(result ? &result->finding : NULL);
}
