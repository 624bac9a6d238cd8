/* Outcomes a second of the fused scan, for spaces that fit and spaces that take a while. */
#include "solve/scan.h"

#include <truce/truce.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void row(size_t issues, size_t parties, truce_kind kind, bool portable)
{
    truce_scenario *scenario = NULL;
    truce_generation choices = {issues, 10, parties, kind, 1, 0};
    if (truce_scenario_generate(&choices, &scenario, NULL) != TRUCE_OK)
        exit(1);
    space *compiled = space_new(scenario, NULL);
    arena memory = {0};
    acceptance what = acceptance_of_logic(compiled, &memory);
    size_t over[] = {0, 1, 2};
    wide nothing[3] = {0};
    scan_result result;
    double begun = truce_seconds();
    scan_nash(compiled, &what, (truce_list){over, parties}, nothing, portable, NULL,
              &result);
    double taken = truce_seconds() - begun;
    printf("| %zu parties, 10^%zu | %s | %.3f s | %.3g |\n", parties, issues,
           result.path, taken, (double)result.looked / taken);
    arena_free(&result.memory);
    arena_free(&memory);
    space_free(compiled);
    truce_scenario_free(scenario);
}

int main(void)
{
    printf("| every outcome's Nash product | path | time | outcomes a second |\n"
           "|---|---|---|---|\n");
    row(8, 2, TRUCE_OPPOSED, false);
    row(9, 2, TRUCE_OPPOSED, false);
    row(10, 2, TRUCE_OPPOSED, false);
    row(10, 2, TRUCE_INDEPENDENT, false);
    row(9, 3, TRUCE_OPPOSED, false);
    row(8, 2, TRUCE_OPPOSED, true);
    return 0;
}
