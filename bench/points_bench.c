/* How fast solution points are found where nobody can list the outcomes, and the first
 * million outcomes of a party: Nash's point for eight parties and 10^100 outcomes, all
 * five for eight parties and 10^30, and as far as ten seconds go the hardest of them for
 * 10^100. The last line, the sum of all nodes of searches that ended, changes only when
 * the search does. */
#include "made.h"

#include "solve/ranking.h"
#include "solve/search.h"

#include <inttypes.h>
#include <math.h>

enum { VALUES = 10, MOST_PARTIES = 8, A_MILLION = 1000000, PATIENCE = 10 };

static const char *const kinds[] = {"opposed", "independent", "integer", "clustered"};

static truce_scenario *made(size_t parties, size_t issues, truce_kind kind,
                            uint64_t seed)
{
    truce_generation choices = {.issues = issues,
                                .values = VALUES,
                                .parties = parties,
                                .kind = kind,
                                .seed = seed};
    truce_scenario *scenario = NULL;
    if (truce_scenario_generate(&choices, &scenario, NULL) != TRUCE_OK)
        exit(TRUCE_BUG);
    return scenario;
}

/* ---- one search ------------------------------------------------------------------ */

typedef struct job {
    const space *compiled;
    bound_kind kind;
    double patience; /* seconds, 0: until it is proved */
    search_answer answer;
    double value;
} job;

static void search_once(void *user)
{
    static const fair_measure measures[] = {[BOUND_SUM] = FAIR_UTILITARIAN,
                                            [BOUND_PRODUCT] = FAIR_NASH,
                                            [BOUND_LEAST] = FAIR_EGALITARIAN};
    job *of = user;
    size_t over[MOST_PARTIES], parties = of->compiled->party_count;
    wide zeros[MOST_PARTIES] = {0}, units[MOST_PARTIES], sums[MOST_PARTIES];
    for (size_t p = 0; p < parties; p++) {
        over[p] = p;
        units[p] = of->compiled->parties[p].denominator;
    }
    search_question question = {.compiled = of->compiled,
                                .over = {over, parties},
                                .floors = zeros,
                                .from = zeros,
                                .scales = units,
                                .kind = of->kind,
                                .most = 100};
    arena memory = {0};
    truce_stop stop = {.deadline =
                           of->patience > 0 ? truce_seconds() + of->patience : 0};
    of->answer = search_best(&question, &stop, &memory);
    for (size_t p = 0; p < parties; p++)
        sums[p] = space_sum(of->compiled, p, of->answer.outcomes);
    of->value =
        fair_value(&(fair_game){parties, units, zeros, NULL}, measures[of->kind], sums);
    arena_free(&memory);
}

static uint64_t report(const char *what, size_t parties, size_t issues, truce_kind kind,
                       uint64_t seed, bound_kind goal, double patience)
{
    truce_scenario *scenario = made(parties, issues, kind, seed);
    space *compiled = space_new(scenario, NULL);
    job of = {.compiled = compiled, .kind = goal, .patience = patience};
    double begun = truce_seconds(), seconds;
    if (patience > 0)
        search_once(&of);
    seconds = patience > 0 ? truce_seconds() - begun : best_of_three(search_once, &of);
    printf("%-12s %zu  10^%-4zu %-12s %" PRIu64 "  %12.9f  %9.2g  %10" PRIu64
           "  %8.3f s\n",
           what, parties, issues, kinds[kind], seed, of.value,
           of.answer.bound - of.value, of.answer.nodes, seconds);
    space_free(compiled);
    truce_scenario_free(scenario);
    return patience > 0 ? 0 : of.answer.nodes;
}

/* ---- all points ------------------------------------------------------------------ */

static void find_points(void *user)
{
    truce_points **points = user;
    truce_points_choices choices = {.direct = true};
    const truce_scenario *scenario = (*points)->finding.scenario;
    truce_points_free(*points);
    truce_points_find(scenario, &choices, NULL, points, NULL);
}

static uint64_t report_points(size_t parties, size_t issues, truce_kind kind,
                              uint64_t seed)
{
    truce_scenario *scenario = made(parties, issues, kind, seed);
    truce_points *points = NULL;
    uint64_t nodes = 0;
    truce_points_choices choices = {.direct = true};
    truce_points_find(scenario, &choices, NULL, &points, NULL);
    double seconds = best_of_three(find_points, &points);
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++)
        nodes += points->solutions[k].nodes;
    printf("%-12s %zu  10^%-4zu %-12s %" PRIu64 "  %12s  %9s  %10" PRIu64 "  %8.3f s\n",
           "all five", parties, issues, kinds[kind], seed, "", "0", nodes, seconds);
    truce_points_free(points);
    truce_scenario_free(scenario);
    return nodes;
}

/* ---- a million outcomes ---------------------------------------------------------- */

static void list_million(void *user)
{
    truce_value outcome[64];
    ranking *all = ranking_new(user, &(ranking_choices){0});
    for (size_t n = 0; n < A_MILLION; n++)
        ranking_next(all, NULL, outcome);
    ranking_free(all);
}

static void report_ranking(truce_kind kind)
{
    truce_scenario *scenario = made(1, 16, kind, 1);
    space *compiled = space_new(scenario, NULL);
    printf("%-12s %d  10^%-4d %-12s 1  %12s  %9s  %10d  %8.3f s\n", "first 10^6", 1, 16,
           kinds[kind], "", "", A_MILLION, best_of_three(list_million, compiled));
    space_free(compiled);
    truce_scenario_free(scenario);
}

int main(void)
{
    uint64_t nodes = 0;
    printf(
        "one thread, best of three\n%-12s %-2s %-7s %-12s %s  %12s  %9s  %10s  %8s\n",
        "question", "n", "space", "kind", "#", "value", "gap", "nodes", "time");
    for (int kind = TRUCE_OPPOSED; kind <= TRUCE_INDEPENDENT; kind++)
        for (uint64_t seed = 1; seed <= 3; seed++)
            nodes += report("nash", 8, 100, (truce_kind)kind, seed, BOUND_PRODUCT, 0);
    for (int kind = TRUCE_OPPOSED; kind <= TRUCE_INTEGER; kind++)
        for (uint64_t seed = 1; seed <= 3; seed++)
            nodes +=
                report("egalitarian", 8, 30, (truce_kind)kind, seed, BOUND_LEAST, 0);
    nodes += report_points(3, 50, TRUCE_OPPOSED, 1);
    nodes += report_points(8, 30, TRUCE_OPPOSED, 1);
    report("egalitarian", 8, 100, TRUCE_OPPOSED, 1, BOUND_LEAST, PATIENCE);
    report_ranking(TRUCE_OPPOSED);
    report_ranking(TRUCE_INTEGER);
    printf("work %" PRIu64 "\n", nodes);
    return 0;
}
