/* How fast frontiers of sums of boxes are found: random boxes on one to four issues of
 * ten values, some of them for staying outside of a box, some that cost. The last line,
 * the sum of all sets looked at, changes only when the algorithm does. */
#include "made.h"

#include "solve/boxes.h"

#include <inttypes.h>

enum { VALUES = 10, MOST_ISSUES = 50, MOST_WORTH = 100 };

/*   excludes, costs  of a hundred boxes
 *   capped           of a hundred of all worths together, 0: no cap
 */
typedef struct kind {
    const char *name;
    unsigned parties, issues, boxes, excludes, costs, capped;
} kind;

static const kind kinds[] = {
    {"includes", 2, 10, 20, 0, 0, 0},      {"includes, cap", 2, 10, 20, 0, 0, 60},
    {"includes", 2, 30, 60, 0, 0, 0},      {"includes, cap", 2, 30, 60, 0, 0, 60},
    {"includes", 2, 50, 80, 0, 0, 0},      {"excludes", 2, 10, 20, 50, 0, 0},
    {"excludes", 2, 30, 40, 50, 0, 0},     {"excludes", 2, 30, 60, 50, 0, 0},
    {"costs", 2, 30, 60, 0, 30, 0},        {"all of these", 2, 30, 60, 30, 30, 60},
    {"includes", 3, 10, 20, 0, 0, 0},      {"includes", 3, 30, 30, 0, 0, 0},
    {"all of these", 3, 20, 20, 30, 30, 0}};

static void write_box(pen *one, const kind *of)
{
    unsigned ranges = 1 + draw(one, 4), issue = draw(one, of->issues);
    bool excludes = draw(one, 100) < of->excludes;
    int sign = draw(one, 100) < of->costs ? -1 : 1;
    fprintf(one->to, "    - {if: \"%s", excludes ? "not (" : "");
    for (unsigned k = 0; k < ranges; k++) {
        unsigned first = draw(one, VALUES), last = first + draw(one, VALUES - first);
        fprintf(one->to, "%si%u >= v%u and i%u <= v%u", k ? " and " : "", issue, first,
                issue, last);
        issue = (issue + 1 + draw(one, 3)) % of->issues;
    }
    fprintf(one->to, "%s\", worth: %d}\n", excludes ? ")" : "",
            sign * (int)(1 + draw(one, MOST_WORTH)));
}

static truce_scenario *talks_of(const kind *of)
{
    pen one;
    pen_begin(&one, of->boxes);
    write_parties(&one, of->parties);
    write_issues(&one, of->issues, VALUES);
    fprintf(one.to, "preferences:\n");
    for (unsigned p = 0; p < of->parties; p++) {
        fprintf(one.to, "  p%u:\n    sum: as-given\n", p);
        if (of->capped)
            fprintf(one.to, "    cap: %u\n",
                    of->boxes * MOST_WORTH / 2 * of->capped / 100);
        fprintf(one.to, "    bonus:\n");
        for (unsigned b = 0; b < of->boxes; b++)
            write_box(&one, of);
    }
    return pen_end(&one);
}

/* What is run three times. */
typedef struct job {
    boxes_part part;
    boxes_choices choices;
    boxes_frontier *found;
} job;

static void find(void *user)
{
    job *of = user;
    truce_stop stop = {.deadline = truce_seconds() + 20};
    boxes_free(of->found);
    of->found = boxes_find(&of->part, &of->choices, &stop);
}

static uint64_t measure(const kind *of)
{
    static const size_t everybody[] = {0, 1, 2};
    size_t issues[MOST_ISSUES];
    wide cut[3];
    truce_scenario *scenario = talks_of(of);
    space *compiled = space_new(scenario, NULL);
    for (size_t i = 0; i < of->issues; i++)
        issues[i] = i;
    for (size_t p = 0; p < of->parties; p++)
        cut[p] = compiled->parties[p].cap;
    job run = {.part = {.compiled = compiled,
                        .issues = {issues, of->issues},
                        .over = {everybody, of->parties}},
               .choices = {.cut = of->capped ? cut : NULL}};
    double seconds = best_of_three(find, &run);
    printf("%7u %6u %6u  %-14s %6zu%s %9" PRIu64 " %8.1f %9.4f\n", of->parties,
           of->issues, of->boxes * of->parties, of->name, run.found->count,
           run.found->complete ? "" : "+", run.found->nodes,
           (double)run.found->bytes / 1e6, seconds);
    uint64_t nodes = run.found->nodes;
    boxes_free(run.found);
    space_free(compiled);
    truce_scenario_free(scenario);
    return nodes;
}

int main(void)
{
    printf("boxes of ten values an issue, one thread, best of three\n"
           "parties issues  boxes  %-14s points     nodes       MB   seconds\n",
           "kind");
    uint64_t nodes = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        nodes += measure(&kinds[k]);
    printf("nodes %" PRIu64 "\n", nodes);
    return 0;
}
