/* How long clashes and ways out take on made-up demands: the best of five runs each,
 * beside a loop that says how fast the machine is today.
 *
 *     clash_bench
 *
 * Demands are drawn in three kinds: "issue = v", "issue in {…}", and "if issue = v then
 * other issue in {…}". Same seed, same demands.
 */
#include "base/random.h"
#include "base/text.h"

#include <truce/truce.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct instance {
    const char *name;
    unsigned issues, values, demands;
    uint64_t seed;
    size_t most;    /* clashes to find, 0 for all */
    unsigned with;  /* truce_kinds */
    unsigned floor; /* of both parties, 0 for none */
    bool unlock;    /* ways out instead of clashes */
} instance;

static void write_issues(FILE *out, const instance *of)
{
    fputs("issues:\n", out);
    for (unsigned i = 0; i < of->issues; i++) {
        fprintf(out, "  i%u: {ordered: yes, values: [", i);
        for (unsigned v = 0; v < of->values; v++)
            fprintf(out, "%sv%u", v ? ", " : "", v);
        fputs("]}\n", out);
    }
}

/* Opposed preferences: what is worth b to one is worth about 100 - b to the other. */
static void write_preferences(FILE *out, const instance *of, random_stream *drawn)
{
    fputs("preferences:\n", out);
    for (unsigned p = 0; p < 2; p++) {
        fprintf(out, "  %c:\n    basis: A\n    weights: {", "AB"[p]);
        for (unsigned i = 0; i < of->issues; i++)
            fprintf(out, "%si%u: %u", i ? ", " : "", i,
                    1 + (unsigned)random_below(drawn, 20));
        fputs("}\n    worth:\n", out);
        for (unsigned i = 0; i < of->issues; i++) {
            fprintf(out, "      i%u: [", i);
            for (unsigned v = 0; v < of->values; v++) {
                unsigned base = 80 * v / (of->values - 1);
                unsigned extra = (unsigned)random_below(drawn, 21);
                fprintf(out, "%s%u", v ? ", " : "", (p ? 80 - base : base) + extra);
            }
            fputs("]\n", out);
        }
        fprintf(out, "    outside: {worth: %u}\n", of->floor);
    }
}

static void write_some_values(FILE *out, const instance *of, random_stream *drawn)
{
    unsigned from = (unsigned)random_below(drawn, of->values);
    unsigned count = 2 + (unsigned)random_below(drawn, of->values / 2);
    fputs("{", out);
    for (unsigned k = 0; k < count; k++)
        fprintf(out, "%sv%u", k ? ", " : "", (from + k) % of->values);
    fputs("}", out);
}

static void write_demand(FILE *out, const instance *of, random_stream *drawn)
{
    unsigned issue = (unsigned)random_below(drawn, of->issues);
    unsigned other = (unsigned)random_below(drawn, of->issues);
    unsigned value = (unsigned)random_below(drawn, of->values);
    uint64_t kind = random_below(drawn, 3);
    if (kind == 0) {
        fprintf(out, "i%u = v%u", issue, value);
        return;
    }
    if (kind == 2)
        fprintf(out, "not i%u = v%u or ", other, value);
    fprintf(out, "i%u in ", issue);
    write_some_values(out, of, drawn);
}

static truce_scenario *scenario_of(const instance *of)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    random_stream drawn = random_begin(of->seed, 1);
    fputs("truce: 1\nid: made\nparties:\n  A: {role: principal, consent: all}\n"
          "  B: {role: principal, consent: all}\n",
          out);
    write_issues(out, of);
    if (of->floor)
        write_preferences(out, of, &drawn);
    fputs("demands:\n", out);
    for (unsigned d = 0; d < of->demands; d++) {
        fprintf(out, "  d%u: {by: %c, wants: \"", d, "AB"[d % 2]);
        write_demand(out, of, &drawn);
        fputs("\"}\n", out);
    }
    fclose(out);
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_scenario_parse("made", text, length, NULL, &scenario, said);
    for (size_t k = 0; scenario == NULL && k < said->count; k++)
        fprintf(stderr, "made:%u: %s\n", said->items[k].place.line,
                said->items[k].message);
    truce_diagnostics_free(said);
    free(text);
    if (scenario == NULL)
        exit(3);
    return scenario;
}

/* One run: seconds, and what was found. */
static double run_once(const instance *of, const truce_scenario *scenario,
                       size_t *found, const char **how)
{
    truce_error error;
    truce_stop stop = {.deadline = truce_seconds() + 60};
    double begun = truce_seconds();
    truce_status status;
    if (of->unlock) {
        truce_unlock *ways = NULL;
        status = truce_unlock_find(scenario, NULL, &stop, &ways, &error);
        *found = ways->count;
        truce_unlock_free(ways);
    } else {
        truce_clashes_choices choices = {.with = of->with, .most = of->most};
        truce_clashes *clashes = NULL;
        status = truce_clashes_find(scenario, &choices, &stop, &clashes, &error);
        *found = clashes->count;
        truce_clashes_free(clashes);
    }
    *how = status == TRUCE_LIMIT ? "cut" : "complete";
    return truce_seconds() - begun;
}

static void measure(const instance *of)
{
    truce_scenario *scenario = scenario_of(of);
    size_t found = 0;
    const char *how = "";
    double best = 0;
    for (int run = 0; run < 5; run++) {
        double took = run_once(of, scenario, &found, &how);
        if (run == 0 || took < best)
            best = took;
        if (took > 10)
            break;
    }
    printf("%-44s %6zu found  %-8s %9.2f ms\n", of->name, found, how, best * 1e3);
    truce_scenario_free(scenario);
}

/* How fast is this machine now: 10^8 steps of the random stream's mixing. */
static void calibrate(void)
{
    double begun = truce_seconds();
    random_stream drawn = random_begin(1, 1);
    uint64_t sum = 0;
    for (int k = 0; k < 10000000; k++)
        sum += random_next(&drawn);
    printf("%-44s %25s %9.2f ms\n", "calibration: 10^7 random numbers",
           sum ? "" : "(none)", (truce_seconds() - begun) * 1e3);
}

int main(void)
{
    static const instance all[] = {
        {"first clash, 200 demands, 100 issues x 10", 100, 10, 200, 1, 1, 0, 0, false},
        {"all clashes, 40 demands, 20 issues x 6", 20, 6, 40, 1, 0, 0, 0, false},
        {"all clashes, 40 demands, 20 x 6, other seed", 20, 6, 40, 2, 0, 0, 0, false},
        {"ways out, 40 demands, 20 issues x 6", 20, 6, 40, 1, 0, 0, 0, true},
        {"ways out, 12 demands, 8 x 5, floors 50", 8, 5, 12, 1, 0, 0, 50, true},
        {"clashes with floors 50, 12 demands, 8 x 5", 8, 5, 12, 1, 0, TRUCE_FLOORS, 50,
         false},
        {"ways out, 20 demands, 12 x 6, floors 52", 12, 6, 20, 1, 0, 0, 52, true},
        {"no deal, floors 70, 10 demands, 30 x 10", 30, 10, 10, 1, 0, 0, 70, true},
    };
    calibrate();
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        measure(&all[k]);
    return 0;
}
