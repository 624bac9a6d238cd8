/* Each draw has a random stream of its own, keyed by seed and number of the draw, and
 * writes into a row of its own: threads and their order change nothing. A draw first
 * tries outcomes that were acceptable in the file's own numbers; only when all fail is
 * the space searched. */
#include "brief/draws.h"

#include "base/pool.h"
#include "scenario/triangles.h"
#include "solve/count.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { DRAWS_A_TASK = 16, CANDIDATES = 64 };

typedef struct drawing {
    const truce_scenario *scenario;
    const numbers *all;
    const answers *asked;
    const bool *holds;
    const draws_choices *choices;
    const truce_stop *stop;
    triangle *triangles; /* [all.count]; low = high: not drawn */
    /* [candidate_count][issue_count] outcomes worth trying first */
    truce_value *candidates;
    size_t candidate_count;
    bool *as_before; /* [draws][asked.count] */
    atomic_bool stopped;
    atomic_size_t done;
    pthread_t asker;
} drawing;

static truce_status deal_exists(drawing *of, const space *compiled)
{
    arena memory = {0};
    truce_status found = TRUCE_NONE;
    for (size_t k = 0; k < of->candidate_count && found != TRUCE_OK; k++)
        if (space_accepts(compiled, of->candidates + k * compiled->issue_count, 0))
            found = TRUCE_OK;
    if (found != TRUCE_OK) {
        acceptance needed = acceptance_of_needed(compiled, 0, &memory);
        truce_stop alone = of->stop ? *of->stop : (truce_stop){0};
        alone.threads = 1;
        alone.progress = NULL;
        truce_value *outcome = arena_array(&memory, compiled->issue_count, truce_value);
        found = count_first(compiled, &needed, &alone, outcome);
    }
    arena_free(&memory);
    return found;
}

static void ask_again(drawing *of, const space *compiled, bool *as_before)
{
    for (size_t a = 0; a < of->asked->count; a++) {
        const answer *one = &of->asked->items[a];
        if (one->kind != ANSWER_DEAL) {
            as_before[a] = answer_holds(compiled, one) == of->holds[a];
            continue;
        }
        truce_status found = deal_exists(of, compiled);
        if (found == TRUCE_LIMIT)
            atomic_store(&of->stopped, true);
        as_before[a] = (found == TRUCE_OK) == of->holds[a];
    }
}

static void run_draw(drawing *of, uint64_t number)
{
    arena memory = {0};
    truce_decimal *values = arena_array(&memory, of->all->count, truce_decimal);
    triangles_draw(of->all, of->triangles, of->choices->seed, number, values);
    const truce_scenario *drawn =
        numbers_replace(of->scenario, of->all, values, &memory);
    space *compiled = space_new(drawn, NULL);
    ask_again(of, compiled, of->as_before + number * of->asked->count);
    space_free(compiled);
    arena_free(&memory);
}

static void run_task(void *user, size_t task)
{
    drawing *of = user;
    for (uint64_t k = 0; k < DRAWS_A_TASK; k++) {
        uint64_t number = task * DRAWS_A_TASK + k;
        if (number >= of->choices->count || atomic_load(&of->stopped))
            return;
        if (stop_now(of->stop))
            atomic_store(&of->stopped, true);
        else
            run_draw(of, number);
    }
    size_t done = atomic_fetch_add(&of->done, DRAWS_A_TASK) + DRAWS_A_TASK;
    if (pthread_equal(pthread_self(), of->asker))
        stop_tell(of->stop, "drawing", (double)done / (double)of->choices->count);
}

/* ---- outcomes worth trying first ------------------------------------------------- */

/* Spread over all acceptable outcomes: every so often one, halving when full. */
typedef struct sample {
    drawing *of;
    size_t issue_count, stride, seen;
    bool begun;
} sample;

static bool take_sample(void *user, const truce_value *outcome)
{
    sample *all = user;
    drawing *of = all->of;
    if (all->seen++ % all->stride != 0)
        return true;
    if (of->candidate_count == CANDIDATES) {
        for (size_t k = 0; k < CANDIDATES / 2 * all->issue_count; k++) {
            size_t row = k / all->issue_count, column = k % all->issue_count;
            of->candidates[k] = of->candidates[2 * row * all->issue_count + column];
        }
        of->candidate_count = CANDIDATES / 2;
        all->stride *= 2;
    }
    for (size_t i = 0; i < all->issue_count; i++)
        of->candidates[of->candidate_count * all->issue_count + i] = outcome[i];
    of->candidate_count++;
    return true;
}

static void find_candidates(drawing *of)
{
    arena memory = {0};
    count_result met;
    space *compiled = space_new(of->scenario, NULL);
    acceptance needed = acceptance_of_needed(compiled, 0, &memory);
    sample all = {.of = of, .issue_count = compiled->issue_count, .stride = 1};
    of->candidates =
        must_allocate(CANDIDATES * compiled->issue_count * sizeof(truce_value));
    truce_stop brief = of->stop ? *of->stop : (truce_stop){0};
    double soon = truce_seconds() + 0.2;
    if (brief.deadline <= 0 || brief.deadline > soon)
        brief.deadline = soon;
    mpz_inits(met.least, met.most, NULL);
    count_accepted(compiled, &needed,
                   &(count_choices){.meet = take_sample, .user = &all}, &brief, &met);
    mpz_clears(met.least, met.most, NULL);
    space_free(compiled);
    arena_free(&memory);
}

static size_t find_triangles(drawing *of)
{
    size_t drawn = 0;
    of->triangles = must_allocate_zeroed(of->all->count, sizeof *of->triangles);
    for (size_t k = 0; k < of->all->count; k++) {
        of->triangles[k] = triangle_of(&of->all->items[k], of->choices->spread);
        drawn += of->triangles[k].high > of->triangles[k].low;
    }
    return drawn;
}

truce_status draws_count(const truce_scenario *scenario, const numbers *all,
                         const answers *asked, const bool *holds,
                         const draws_choices *choices, const truce_stop *stop,
                         uint64_t *same, size_t *drawn)
{
    drawing of = {.scenario = scenario,
                  .all = all,
                  .asked = asked,
                  .holds = holds,
                  .choices = choices,
                  .stop = stop,
                  .asker = pthread_self()};
    *drawn = find_triangles(&of);
    find_candidates(&of);
    of.as_before = must_allocate_zeroed(choices->count, asked->count * sizeof(bool));
    size_t tasks = (size_t)((choices->count + DRAWS_A_TASK - 1) / DRAWS_A_TASK);
    pool_run(stop_threads(stop), tasks, run_task, &of);
    for (uint64_t d = 0; d < choices->count && !atomic_load(&of.stopped); d++)
        for (size_t a = 0; a < asked->count; a++)
            same[a] += of.as_before[d * asked->count + a];
    free(of.triangles);
    free(of.candidates);
    free(of.as_before);
    return atomic_load(&of.stopped) ? TRUCE_LIMIT : TRUCE_OK;
}
