/* The exact core on the instances that docs/performance.md names, one thread.
 *
 *     core_bench [--quick] [--anac FOLDER]
 *
 * prints tables in Markdown: seconds (best of several), also as a multiple of a fixed
 * loop timed in the same run, so that figures of different machines can be compared; the
 * points found, candidates looked at, bytes a point. The signature at the end is made of
 * what was looked at and found, never of time: it changes when an algorithm does. */
#include <truce/truce.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool quick;
static double unit; /* seconds of the calibration loop */
static uint64_t signature = UINT64_C(0xcbf29ce484222325);

static void sign(uint64_t number)
{
    signature = (signature ^ number) * UINT64_C(0x100000001b3);
}

/* Two hundred million dependent additions and multiplications. */
static double calibrate(void)
{
    double best = INFINITY;
    for (int round = 0; round < 3; round++) {
        double begun = truce_seconds();
        volatile uint64_t sink;
        uint64_t x = 1;
        for (uint32_t k = 0; k < 200000000; k++)
            x = x * UINT64_C(6364136223846793005) + k;
        sink = x;
        (void)sink;
        double taken = truce_seconds() - begun;
        best = taken < best ? taken : best;
    }
    return best;
}

static truce_scenario *generated(size_t issues, size_t values, size_t parties,
                                 truce_kind kind, size_t rules)
{
    truce_scenario *scenario = NULL;
    truce_error error;
    truce_generation choices = {issues, values, parties, kind, 1, rules};
    if (truce_scenario_generate(&choices, &scenario, &error) != TRUCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    return scenario;
}

static void put_row(const char *name, double seconds, const char *proof)
{
    printf("| %s | %.4g s | %.3g | %s |", name, seconds, seconds / unit, proof);
}

static const char *proof_word(truce_proof_how how)
{
    return how == TRUCE_PROVED ? "proved" : "bounded";
}

/* ---- frontiers ------------------------------------------------------------------- */

static void frontier_row(const char *name, const truce_scenario *scenario, int rounds,
                         const truce_frontier_choices *choices)
{
    truce_frontier *found = NULL;
    double best = INFINITY;
    for (int round = 0; round < rounds; round++) {
        truce_frontier_free(found);
        truce_error error = {0};
        double begun = truce_seconds();
        truce_stop stop = {.deadline = begun + 120, .threads = 1};
        truce_frontier_find(scenario, choices, &stop, &found, &error);
        double taken = truce_seconds() - begun;
        best = taken < best ? taken : best;
        if (found == NULL) {
            printf("| %s | %s |\n", name, error.message);
            return;
        }
    }
    put_row(name, best, proof_word(found->finding.proof.how));
    printf(" %zu | %" PRIu64 " | %.0f | %s |\n", found->size, found->work,
           found->size ? (double)found->bytes / (double)found->size : 0, found->method);
    if (found->finding.proof.how == TRUCE_PROVED) {
        sign(found->size);
        sign(found->work);
    }
    truce_frontier_free(found);
}

static void generated_row(size_t issues, size_t values, size_t parties, truce_kind kind,
                          size_t rules, bool slow)
{
    static const char *const kinds[] = {"opposed", "independent", "integer",
                                        "clustered"};
    char name[200];
    if (slow && quick)
        return;
    snprintf(name, sizeof name, "%zu parties, %zu x %zu, %s", parties, issues, values,
             kinds[kind]);
    if (rules > 0)
        snprintf(name + strlen(name), sizeof name - strlen(name), ", %zu rules", rules);
    truce_scenario *scenario = generated(issues, values, parties, kind, rules);
    frontier_row(name, scenario, slow ? 1 : 5, NULL);
    truce_scenario_free(scenario);
}

static void frontiers(void)
{
    printf(
        "## Frontiers\n\n| instance | time | in loops | proof | points | candidates | "
        "bytes a point | method |\n|---|---|---|---|---|---|---|---|\n");
    generated_row(30, 10, 2, TRUCE_OPPOSED, 0, false);
    generated_row(100, 20, 2, TRUCE_OPPOSED, 0, false);
    generated_row(30, 10, 2, TRUCE_INTEGER, 0, false);
    generated_row(30, 10, 2, TRUCE_INDEPENDENT, 0, false);
    generated_row(30, 5, 2, TRUCE_OPPOSED, 40, false);
    generated_row(30, 10, 3, TRUCE_OPPOSED, 0, true);
    generated_row(50, 10, 3, TRUCE_OPPOSED, 0, true);
    generated_row(20, 10, 4, TRUCE_OPPOSED, 0, true);
    generated_row(30, 10, 4, TRUCE_CLUSTERED, 0, true);
}

/* ---- files of others, where they are at hand ------------------------------------- */

static truce_scenario *folder(const char *root, const char *name)
{
    char path[1000];
    const char *paths[] = {path};
    truce_scenario *scenario = NULL;
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    snprintf(path, sizeof path, "%s/%s", root, name);
    truce_scenario_load(paths, 1, NULL, &scenario, diagnostics);
    truce_diagnostics_free(diagnostics);
    return scenario;
}

/* How many of the published points are dominated by ours, and how many lie above. */
static void compare_published(const char *root, const char *name,
                              const truce_scenario *scenario)
{
    char path[1000], line[200];
    snprintf(path, sizeof path, "%s/%s/pareto.xml", root, name);
    FILE *list = fopen(path, "r");
    truce_frontier *found = NULL;
    if (list == NULL ||
        truce_frontier_find(scenario, NULL, NULL, &found, NULL) != TRUCE_OK) {
        if (list)
            fclose(list);
        return;
    }
    size_t published = 0, dominated = 0, above = 0;
    while (fgets(line, sizeof line, list)) {
        double u, v;
        if (sscanf(line, " %lf , %lf", &u, &v) != 2)
            continue;
        bool covered = false, beaten = false;
        for (size_t k = 0; k < found->size; k++) {
            const double *ours = &found->utilities[2 * k];
            covered |= ours[0] >= u - 1e-6 && ours[1] >= v - 1e-6;
            beaten |= ours[0] >= u - 1e-6 && ours[1] >= v - 1e-6 &&
                      (ours[0] > u + 1e-6 || ours[1] > v + 1e-6);
        }
        published++;
        dominated += beaten;
        above += !covered;
    }
    fclose(list);
    printf("| %s | %zu | %zu | %zu | %zu |\n", name, found->size, published, dominated,
           above);
    truce_frontier_free(found);
}

static const char *const anac[] = {
    "y2014/10issues", "y2014/10issuesDiscounted", "y2014/10issueswithRV",
    "y2014/30issues", "y2014/50issues",           "y2011/Energy",
    "y2010/Travel",   "y2010/ItexvsCypress",      "y2016/SYAgent",
};

static void files(const char *root)
{
    enum { COUNT = sizeof anac / sizeof *anac };
    truce_scenario *scenarios[COUNT];
    printf(
        "\n## Files of the ANAC competitions\n\n| domain | time | in loops | proof | "
        "points | candidates | bytes a point | method |\n"
        "|---|---|---|---|---|---|---|---|\n");
    for (size_t k = 0; k < COUNT; k++) {
        scenarios[k] = folder(root, anac[k]);
        if (scenarios[k])
            frontier_row(anac[k], scenarios[k], 5, NULL);
    }
    printf("\nPublished lists of good points beside them:\n\n| domain | our points | "
           "published | of these dominated by ours | above ours "
           "|\n|---|---|---|---|---|\n");
    for (size_t k = 0; k < COUNT; k++) {
        if (scenarios[k])
            compare_published(root, anac[k], scenarios[k]);
        truce_scenario_free(scenarios[k]);
    }
}

/* ---- points ---------------------------------------------------------------------- */

static void solution_rows(const char *name, const truce_scenario *scenario,
                          double seconds)
{
    truce_points *found = NULL;
    truce_error error = {0};
    double begun = truce_seconds();
    truce_stop stop = {.deadline = begun + seconds, .threads = 1};
    truce_points_choices choices = {.direct = true};
    truce_points_find(scenario, &choices, &stop, &found, &error);
    double taken = truce_seconds() - begun;
    if (found == NULL) {
        printf("| %s | %s |\n", name, error.message);
        return;
    }
    for (int kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++) {
        const truce_solution *one = &found->solutions[kind];
        printf("| %s | %s | %s | %.9g | %.9g | %.3g | %" PRIu64 " |\n", name,
               truce_solution_name((truce_solution_kind)kind), proof_word(one->how),
               one->value, one->bound, fabs(one->bound - one->value), one->nodes);
        if (one->how == TRUCE_PROVED)
            sign(one->nodes);
    }
    printf("| %s | all five | | | | %.4g s | |\n", name, taken);
    truce_points_free(found);
}

static void points(void)
{
    printf("\n## Solution points, searched directly\n\n| instance | solution | proof | "
           "value | bound | gap | nodes |\n|---|---|---|---|---|---|---|\n");
    static const struct {
        size_t issues, values, parties;
        truce_kind kind;
        const char *name;
    } tasks[] = {
        {100, 10, 8, TRUCE_OPPOSED, "8 parties, 100 x 10, opposed"},
        {100, 10, 8, TRUCE_INDEPENDENT, "8 parties, 100 x 10, independent"},
        {30, 10, 8, TRUCE_OPPOSED, "8 parties, 30 x 10, opposed"},
        {30, 10, 5, TRUCE_OPPOSED, "5 parties, 30 x 10, opposed"},
    };
    for (size_t t = 0; t < sizeof tasks / sizeof *tasks; t++) {
        truce_scenario *scenario = generated(tasks[t].issues, tasks[t].values,
                                             tasks[t].parties, tasks[t].kind, 0);
        solution_rows(tasks[t].name, scenario, quick ? 5 : 20);
        truce_scenario_free(scenario);
    }
}

/* ---- best outcomes --------------------------------------------------------------- */

static void best(void)
{
    printf(
        "\n## The best outcomes of a party\n\n| instance | time | in loops | proof | "
        "outcomes |\n|---|---|---|---|---|\n");
    truce_scenario *scenario = generated(16, 10, 2, TRUCE_OPPOSED, 0);
    truce_best_choices choices = {.party = 0, .top = 1000000};
    double least = INFINITY;
    size_t count = 0;
    for (int round = 0; round < 3; round++) {
        truce_best *found = NULL;
        double begun = truce_seconds();
        truce_best_find(scenario, &choices, NULL, &found, NULL);
        double taken = truce_seconds() - begun;
        least = taken < least ? taken : least;
        count = found ? found->count : 0;
        truce_best_free(found);
    }
    put_row("the first 10^6 of 10^16", least, "proved");
    printf(" %zu |\n", count);
    sign(count);
    truce_scenario_free(scenario);
}

int main(int argc, char **argv)
{
    const char *root = "../shared/outside/anac";
    for (int k = 1; k < argc; k++) {
        quick |= strcmp(argv[k], "--quick") == 0;
        if (strcmp(argv[k], "--anac") == 0 && k + 1 < argc)
            root = argv[++k];
    }
    unit = calibrate();
    printf("The fixed loop took %.3f s.\n\n", unit);
    frontiers();
    files(root);
    points();
    best();
    printf("\nsignature %016" PRIx64 "\n", signature);
    return 0;
}
