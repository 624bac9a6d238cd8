/* How fast clashes and ways out are found, on demands of a mix that real talks have:
 * one value, a few values, one thing only with another. The last line, the number of
 * clashes and ways found, changes only when answers do. */
#include "made.h"

/* What is run three times. */
typedef struct job {
    const truce_scenario *scenario;
    size_t most, found;
} job;

/* One draw a statement: the order of arguments is the compiler's to choose. */
static void write_demand(pen *one, unsigned number, unsigned issues, unsigned values)
{
    unsigned kind = draw(one, 3), issue = draw(one, issues), value = draw(one, values);
    unsigned other = (issue + 1 + draw(one, issues - 1)) % issues;
    unsigned most = draw(one, values), party = draw(one, 2);
    fprintf(one->to, "  d%u: {by: p%u, wants: \"", number, party);
    if (kind == 0)
        fprintf(one->to, "i%u = v%u\"}\n", issue, value);
    else if (kind == 1)
        fprintf(one->to, "i%u in {v%u, v%u, v%u}\"}\n", issue, value,
                (value + 1) % values, (value + 3) % values);
    else
        fprintf(one->to, "not (i%u >= v%u) or i%u <= v%u\"}\n", issue, value / 2 + 1,
                other, most);
}

static truce_scenario *talks_of(uint64_t seed, unsigned demands, unsigned issues,
                                unsigned values)
{
    pen one;
    pen_begin(&one, seed);
    write_parties(&one, 2);
    write_issues(&one, issues, values);
    fprintf(one.to, "demands:\n");
    for (unsigned d = 0; d < demands; d++)
        write_demand(&one, d, issues, values);
    return pen_end(&one);
}

static void find_clashes(void *user)
{
    job *of = user;
    truce_clashes *clashes = NULL;
    truce_clashes_choices choices = {.most = of->most};
    truce_clashes_find(of->scenario, &choices, NULL, &clashes, NULL);
    of->found = clashes->count;
    truce_clashes_free(clashes);
}

static void find_ways(void *user)
{
    job *of = user;
    truce_unlock *unlock = NULL;
    truce_unlock_choices choices = {.most = of->most};
    truce_unlock_find(of->scenario, &choices, NULL, &unlock, NULL);
    of->found = unlock->count;
    truce_unlock_free(unlock);
}

static size_t report(const char *what, void (*run)(void *), const job *of)
{
    job at = *of;
    double seconds = best_of_three(run, &at);
    printf("%-44s %5zu  %9.2f ms\n", what, at.found, 1e3 * seconds);
    return at.found;
}

int main(void)
{
    truce_scenario *large = talks_of(1, 200, 100, 10);
    truce_scenario *small = talks_of(35, 40, 20, 6);
    size_t work = report("first clash, 200 demands on 100 x 10", find_clashes,
                         &(job){large, 1, 0});
    work +=
        report("all clashes, 40 demands on 20 x 6", find_clashes, &(job){small, 0, 0});
    work +=
        report("20 ways out, 40 demands on 20 x 6", find_ways, &(job){small, 20, 0});
    work +=
        report("500 ways out, 40 demands on 20 x 6", find_ways, &(job){small, 500, 0});
    printf("work %zu\n", work);
    truce_scenario_free(large);
    truce_scenario_free(small);
    return 0;
}
