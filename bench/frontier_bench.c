/* How fast undominated vectors of sums are found: issues with opposed preferences (each
 * value has a base b; a party's worth is 0.8 b + 0.2 U, or 0.8 (1-b) + 0.2 U for every
 * second one; U uniform), weights uniform, at most nine decimals, witnesses kept. The
 * last line, the sum of candidates, changes only when the algorithm does.
 *
 *   frontier_bench [RUNS [PARTIES ISSUES VALUES THREADS]]
 */
#include "base/random.h"
#include "solve/front.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_PARTIES = 8, UNIT = 1000000000 };

typedef struct instance {
    size_t parties, issues, values;
    unsigned threads;
} instance;

/* What one run took and gave. */
typedef struct measure {
    size_t points;
    uint64_t bytes, candidates;
    double seconds;
} measure;

static uint64_t rounded(uint64_t part, uint64_t whole)
{
    return (uint64_t)(((wide)part * UNIT + (wide)whole / 2) / (wide)whole);
}

/* weights[issue], in units of 10^-9. */
static void draw_weights(random_stream *dice, size_t issues, uint64_t *weights)
{
    uint64_t total = 0;
    for (size_t i = 0; i < issues; i++)
        total += weights[i] = random_53(dice) >> 10;
    for (size_t i = 0; i < issues; i++)
        weights[i] = rounded(weights[i], total);
}

/* worths[value * parties + party], in units of 10^-9 of the largest. */
static void draw_worths(random_stream *dice, const instance *of, uint64_t *worths)
{
    for (size_t v = 0; v < of->values; v++) {
        uint64_t base = random_53(dice);
        for (size_t p = 0; p < of->parties; p++) {
            uint64_t own = p % 2 ? ((uint64_t)1 << 53) - base : base;
            worths[v * of->parties + p] = 8 * own + 2 * random_53(dice);
        }
    }
    for (size_t p = 0; p < of->parties; p++) {
        uint64_t largest = 1;
        for (size_t v = 0; v < of->values; v++)
            if (worths[v * of->parties + p] > largest)
                largest = worths[v * of->parties + p];
        for (size_t v = 0; v < of->values; v++)
            worths[v * of->parties + p] = rounded(worths[v * of->parties + p], largest);
    }
}

/* An issue as a front of its own: the vectors of the values that nothing dominates. */
static front *issue_front(const wide *vectors, const instance *of, front_work *work)
{
    front *unit = front_unit(of->parties, false, 0, true, work);
    front_source *sources = calloc(of->values, sizeof *sources);
    for (size_t v = 0; v < of->values; v++)
        sources[v] = (front_source){unit, vectors + v * of->parties, (uint32_t)v, NULL};
    front *own = front_union(sources, of->values, NULL, NULL, work);
    free(sources);
    front_free(unit, work);
    return own;
}

static front **draw_issues(const instance *of, front_work *work)
{
    random_stream dice = random_begin(1, of->parties);
    uint64_t *weights = calloc(of->parties * of->issues, sizeof *weights);
    uint64_t *worths = calloc(of->parties * of->values, sizeof *worths);
    wide *vectors = calloc(of->parties * of->values, sizeof *vectors);
    front **all = calloc(of->issues, sizeof *all);
    for (size_t p = 0; p < of->parties; p++)
        draw_weights(&dice, of->issues, weights + p * of->issues);
    for (size_t i = 0; i < of->issues; i++) {
        draw_worths(&dice, of, worths);
        for (size_t k = 0; k < of->values * of->parties; k++)
            vectors[k] =
                (wide)worths[k] * (wide)weights[k % of->parties * of->issues + i];
        all[i] = issue_front(vectors, of, work);
    }
    free(weights);
    free(worths);
    free(vectors);
    return all;
}

static front *with_issue(const front *before, const front *issue, size_t stage,
                         const truce_stop *stop, front_work *work)
{
    size_t dims = issue->dims;
    front_source *sources = calloc(issue->count, sizeof *sources);
    wide *shifts = calloc(issue->count * dims, sizeof *shifts);
    for (size_t v = 0; v < issue->count; v++) {
        for (size_t d = 0; d < dims; d++)
            shifts[v * dims + d] = front_sum(issue, v, d);
        sources[v] = (front_source){before, shifts + v * dims, (uint32_t)v, NULL};
    }
    front_choices choices = {.stage = (uint32_t)stage};
    front *after = front_union(sources, issue->count, &choices, stop, work);
    free(sources);
    free(shifts);
    return after;
}

static measure run(const instance *of, front **issues)
{
    front_work work = {0};
    truce_stop stop = {.threads = of->threads};
    double begun = truce_seconds();
    front *now = front_unit(of->parties, false, 0, true, &work);
    for (size_t i = 0; i < of->issues; i++) {
        double then = truce_seconds();
        uint64_t c = work.candidates;
        front *next = with_issue(now, issues[i], i, &stop, &work);
        if (getenv("STAGES"))
            printf("%3zu %9zu %11" PRIu64 " %7.3f  %zu\n", i, next->count,
                   work.candidates - c, truce_seconds() - then, issues[i]->count);
        front_free(now, &work);
        now = next;
    }
    measure took = {now->count, work.peak, work.candidates, truce_seconds() - begun};
    front_free(now, &work);
    return took;
}

/* A loop of dependent multiplications: seconds on any machine, to divide by. */
static double calibrate(void)
{
    volatile uint64_t start = 1;
    uint64_t number = start;
    double begun = truce_seconds();
    for (unsigned k = 0; k < 100000000; k++)
        number = number * 6364136223846793005u + 1442695040888963407u;
    start = number;
    return truce_seconds() - begun;
}

static uint64_t report(const instance *of, unsigned runs, double unit)
{
    front_work work = {0};
    front **issues = draw_issues(of, &work);
    measure best = {0};
    for (unsigned k = 0; k < runs; k++) {
        measure now = run(of, issues);
        if (k == 0 || now.seconds < best.seconds)
            best = now;
    }
    for (size_t i = 0; i < of->issues; i++)
        front_free(issues[i], &work);
    free(issues);
    printf("%7zu  %3zu x %-3zu %7u  %9zu  %12" PRIu64 "  %8.3f  %7.2f  %9.1f\n",
           of->parties, of->issues, of->values, of->threads, best.points,
           best.candidates, best.seconds, best.seconds / unit,
           (double)best.bytes / (double)best.points);
    fflush(stdout);
    return best.candidates;
}

int main(int count, char **arguments)
{
    static const instance usual[] = {{2, 30, 10, 1}, {2, 100, 20, 1}, {3, 30, 10, 1},
                                     {3, 50, 10, 1}, {4, 20, 10, 1},  {4, 20, 10, 2}};
    unsigned runs = count > 1 ? (unsigned)atoi(arguments[1]) : 5;
    double unit = calibrate();
    printf("opposed preferences, exact, with witnesses; calibration loop %.3f s\n",
           unit);
    printf("parties  issues    threads     points    candidates   seconds    ratio  "
           "peak bytes/point\n");
    uint64_t work = 0;
    if (count > 5) {
        instance one = {(size_t)atoi(arguments[2]), (size_t)atoi(arguments[3]),
                        (size_t)atoi(arguments[4]), (unsigned)atoi(arguments[5])};
        work = report(&one, runs, unit);
    } else
        for (size_t k = 0; k < sizeof usual / sizeof *usual; k++)
            work += report(&usual[k], runs, unit);
    printf("work %" PRIu64 "\n", work);
    return 0;
}
