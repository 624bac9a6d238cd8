/* Carrying fronts through an automaton, layer by layer. Sources of one layer are sorted
 * by the state they lead to, then by the state they come from and the value, so that
 * labels and ties never depend on anything but the scenario. A value that is nowhere
 * better than another with the same effect is left out before it costs anything.
 */
#include "solve/states.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_RUN = 64 }; /* of sources compared pairwise */

/* ---- unions under a job ---------------------------------------------------------- */

static bool is_out_of_room(const states_job *job)
{
    return job->memory > 0 && job->work->bytes >= job->memory;
}

static front *thinned_union(states_job *job, const front_source *sources, size_t count,
                            front_choices choices, wide *spent)
{
    size_t dims = job->what->dims.count;
    wide *slack = must_allocate(dims * sizeof *slack);
    front *made = NULL;
    choices.slack = slack;
    for (; job->coarse <= STATES_FINEST && !made && !stop_now(job->stop);
         job->coarse++) {
        for (size_t d = 0; d < dims; d++)
            slack[d] = (job->span[d] >> (STATES_FINEST - job->coarse)) + 1;
        made = front_union(sources, count, &choices, job->stop, job->work);
    }
    job->coarse -= job->coarse > 1 ? 2 : job->coarse; /* a little finer next time */
    for (size_t d = 0; made && spent && d < dims; d++)
        spent[d] = slack[d] > spent[d] ? slack[d] : spent[d];
    free(slack);
    return made;
}

front *states_union(states_job *job, const front_source *sources, size_t count,
                    front_choices choices, wide *spent)
{
    choices.most = job->most;
    choices.untracked = !job->tracked;
    if (is_out_of_room(job))
        return NULL;
    choices.memory = job->memory ? job->memory - job->work->bytes : 0;
    front *made = front_union(sources, count, &choices, job->stop, job->work);
    if (made && choices.slack && spent)
        for (size_t d = 0; d < job->what->dims.count; d++)
            spent[d] = choices.slack[d] > spent[d] ? choices.slack[d] : spent[d];
    if (!made && job->thinned && !stop_now(job->stop))
        made = thinned_union(job, sources, count, choices, spent);
    return made;
}

/* ---- values ---------------------------------------------------------------------- */

static wide worth_of(const plan *what, size_t dim, size_t issue, truce_value value)
{
    return what->compiled->parties[what->dims.items[dim]].tables[issue][value];
}

static void take_value(void *user, uint32_t stage, uint32_t label)
{
    (void)stage;
    *(truce_value *)user = label;
}

/* The undominated values of a class, by a union of single points. */
static states_class class_of(const plan *what, size_t issue, const truce_value *values,
                             size_t count, arena *memory)
{
    size_t dims = what->dims.count;
    front_work work = {0};
    wide *all = must_allocate(count * dims * sizeof *all);
    front_source *sources = must_allocate(count * sizeof *sources);
    front *unit = front_unit(dims, what->broad, 1, true, &work);
    for (size_t k = 0; k < count; k++) {
        for (size_t d = 0; d < dims; d++)
            all[k * dims + d] = worth_of(what, d, issue, values[k]);
        sources[k] =
            (front_source){.from = unit, .shift = all + k * dims, .label = values[k]};
    }
    front *best = front_union(sources, count, &(front_choices){0}, NULL, &work);
    truce_value *kept = arena_array(memory, best->count, truce_value);
    wide *shifts = arena_array(memory, best->count * dims, wide);
    for (size_t k = 0; k < best->count; k++) {
        front_walk(best, k, take_value, &kept[k]);
        for (size_t d = 0; d < dims; d++)
            shifts[k * dims + d] = front_sum(best, k, d);
    }
    uint64_t *copies = arena_copy(memory, best->counts, best->count * sizeof *copies);
    states_class made = {best->count, kept, shifts, copies};
    front_free(best, &work);
    front_free(unit, &work);
    free(sources);
    free(all);
    return made;
}

/* ---- a part made ready ----------------------------------------------------------- */

static void raise(wide *most, wide sum, bool *begun)
{
    if (!*begun || sum > *most)
        *most = sum;
    *begun = true;
}

/* The most that state s of layer k may still gain, in one dimension. */
static wide rest_of(const states_part *ready, size_t k, size_t s, size_t d)
{
    const automaton_layer *layer = &ready->reads->layers[k];
    size_t dims = ready->reads->dims;
    bool begun = false;
    wide most = 0;
    for (size_t c = 0; c < layer->class_count; c++) {
        size_t at = s * layer->class_count + c;
        if (layer->next[at] == AUTOMATON_DEAD)
            continue;
        wide then = ready->rest[k + 1][layer->next[at] * dims + d];
        then += layer->gains[at] ? layer->gains[at][d] : 0;
        const states_class *values = &ready->classes[k][c];
        for (size_t j = 0; j < values->count; j++)
            raise(&most, then + values->shifts[j * dims + d], &begun);
    }
    return most;
}

static void find_rests(states_part *ready)
{
    automaton *reads = ready->reads;
    ready->rest = arena_array(&ready->memory, reads->layer_count, wide *);
    for (size_t k = reads->layer_count; k-- > 0;) {
        size_t states = reads->layers[k].state_count;
        ready->rest[k] = arena_array(&ready->memory, states * reads->dims, wide);
        for (size_t s = 0; s < states && k + 1 < reads->layer_count; s++)
            for (size_t d = 0; d < reads->dims; d++)
                ready->rest[k][s * reads->dims + d] = rest_of(ready, k, s, d);
    }
}

static void find_classes(states_part *ready, const plan *what)
{
    automaton *reads = ready->reads;
    ready->classes = arena_array(&ready->memory, reads->layer_count, states_class *);
    for (size_t k = 0; k + 1 < reads->layer_count; k++) {
        const automaton_layer *layer = &reads->layers[k];
        states_class *classes =
            arena_array(&ready->memory, layer->class_count, states_class);
        for (size_t c = 0; c < layer->class_count; c++) {
            classes[c] = class_of(
                what, layer->issue, layer->values + layer->class_starts[c],
                layer->class_starts[c + 1] - layer->class_starts[c], &ready->memory);
            ready->steps += layer->state_count * classes[c].count;
        }
        ready->classes[k] = classes;
    }
}

states_part *states_part_new(const plan *what, const plan_part *part,
                             const formula *starts, size_t start_count, size_t most,
                             bool trimmed, const truce_stop *stop)
{
    arena memory = {0};
    size_t width = plan_width(what, part);
    const wide **amounts = arena_array(&memory, width, const wide *);
    for (size_t b = 0; b < part->bonuses.count; b++)
        amounts[1 + what->watched_count + b] =
            what->bonuses[part->bonuses.items[b]].amounts;
    automaton_task task = {.all = what->all,
                           .issues = part->issues.items,
                           .issue_count = part->issues.count,
                           .starts = starts,
                           .start_count = start_count,
                           .width = width,
                           .watched = what->watched_count,
                           .amounts = amounts,
                           .dims = what->dims.count,
                           .most = most,
                           .trimmed = trimmed};
    automaton *reads = automaton_new(&task, stop);
    if (reads == NULL) {
        arena_free(&memory);
        return NULL;
    }
    states_part *ready = arena_new(&memory, states_part);
    *ready = (states_part){.memory = memory, .part = part, .reads = reads};
    find_classes(ready, what);
    find_rests(ready);
    return ready;
}

void states_part_free(states_part *ready)
{
    if (ready == NULL)
        return;
    automaton_free(ready->reads);
    arena memory = ready->memory; /* a copy: ready lives in the memory it owns */
    arena_free(&memory);
}

/* ---- one layer ------------------------------------------------------------------- */

/* The steps of one layer, by the state they lead to. */
typedef struct step_list {
    arena memory;
    front_source *sources;
    size_t *starts; /* [states + 1] */
} step_list;

/* A step by the j-th value of a class, with what is gained at once. */
static front_source step_of(const states_job *job, const states_class *class, size_t j,
                            const wide *gain, const front *from, arena *memory)
{
    size_t dims = job->what->dims.count;
    front_source step = {
        .from = from, .shift = class->shifts + j * dims, .label = class->values[j]};
    if (gain) {
        wide *shift = arena_array(memory, dims, wide);
        for (size_t d = 0; d < dims; d++)
            shift[d] = step.shift[d] + gain[d];
        step.shift = shift;
    }
    if (job->words > 0 && class->copies[j] > 1) {
        uint64_t *copies = arena_array(memory, job->words, uint64_t);
        copies[0] = class->copies[j];
        step.copies = copies;
    }
    return step;
}

/* How many steps lead to each state, into starts[state + 1]. */
static void count_steps(const automaton_layer *layer, const states_class *classes,
                        front *const *from, size_t *starts)
{
    for (size_t s = 0; s < layer->state_count; s++)
        for (size_t c = 0; from[s] && c < layer->class_count; c++) {
            uint32_t next = layer->next[s * layer->class_count + c];
            if (next != AUTOMATON_DEAD)
                starts[next + 1] += classes[c].count;
        }
}

static step_list steps_of(const states_job *job, const states_part *ready, size_t k,
                          front *const *from)
{
    const automaton_layer *layer = &ready->reads->layers[k];
    size_t states = ready->reads->layers[k + 1].state_count;
    step_list list = {0};
    list.starts = arena_array(&list.memory, states + 2, size_t);
    count_steps(layer, ready->classes[k], from, list.starts);
    for (size_t s = 0; s < states; s++)
        list.starts[s + 1] += list.starts[s];
    list.sources = arena_array(&list.memory, list.starts[states], front_source);
    size_t *next_free = arena_array(&list.memory, states, size_t);
    memcpy(next_free, list.starts, states * sizeof *next_free);
    for (size_t s = 0; s < layer->state_count; s++)
        for (size_t c = 0; from[s] && c < layer->class_count; c++) {
            size_t at = s * layer->class_count + c;
            if (layer->next[at] == AUTOMATON_DEAD)
                continue;
            const states_class *class = &ready->classes[k][c];
            for (size_t j = 0; j < class->count; j++)
                list.sources[next_free[layer->next[at]]++] =
                    step_of(job, class, j, layer->gains[at], from[s], &list.memory);
        }
    return list;
}

static bool is_dominated(const wide *one, const wide *other, size_t dims)
{
    bool worse = false;
    for (size_t d = 0; d < dims; d++) {
        if (one[d] > other[d])
            return false;
        worse |= one[d] < other[d];
    }
    return worse;
}

static bool is_dominated_in(const front_source *run, size_t count, size_t which,
                            size_t dims)
{
    for (size_t k = 0; k < count; k++)
        if (is_dominated(run[which].shift, run[k].shift, dims))
            return true;
    return false;
}

/* Steps of one state by values of several classes that lead to the same state: drops the
 * dominated. Returns how many of sources are left, in front. */
static size_t filter_steps(front_source *sources, size_t count, size_t dims)
{
    size_t kept = 0;
    bool dominated[LARGEST_RUN];
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && sources[end].from == sources[first].from;)
            end++;
        size_t run = end - first;
        for (size_t k = 0; k < run && run <= LARGEST_RUN; k++)
            dominated[k] = is_dominated_in(sources + first, run, k, dims);
        for (size_t k = 0; k < run; k++)
            if (run > LARGEST_RUN || !dominated[k])
                sources[kept++] = sources[first + k];
    }
    return kept;
}

/* Below this nothing can reach the floors any more, into least; false: there are none. */
static bool least_for(const states_job *job, const wide *others, const wide *rest,
                      wide *least)
{
    const plan *what = job->what;
    bool some = false;
    for (size_t d = 0; d < what->dims.count; d++) {
        least[d] = what->broad ? -((wide)1 << 126) : -((wide)1 << 62);
        if (what->has_floor[d]) {
            least[d] = what->floors[d] - others[d] - rest[d];
            some = true;
        }
    }
    return some;
}

/* The part of the slack that is for this issue, into share; NULL when there is none. */
static const wide *slack_for(const states_job *job, size_t issue, wide *share)
{
    wide steps = (wide)job->what->compiled->issue_count;
    bool some = false;
    for (size_t d = 0; job->slack && d < job->what->dims.count; d++) {
        share[d] = job->slack[d] / steps + ((wide)issue < job->slack[d] % steps);
        some |= share[d] > 0;
    }
    return some ? share : NULL;
}

static void free_fronts(front **fronts, size_t count, front_work *work)
{
    for (size_t s = 0; fronts && s < count; s++)
        front_free(fronts[s], work);
    free(fronts);
}

/* The fronts of layer k + 1; NULL when ended. */
static front **carry_layer(states_job *job, const states_part *ready, size_t k,
                           front *const *from, const wide *others)
{
    size_t dims = job->what->dims.count,
           states = ready->reads->layers[k + 1].state_count;
    step_list steps = steps_of(job, ready, k, from);
    wide *least = arena_array(&steps.memory, dims, wide);
    wide *share = arena_array(&steps.memory, dims, wide);
    wide *spent = arena_array(&steps.memory, dims, wide);
    front_choices choices = {.stage = (uint32_t)ready->reads->layers[k].issue};
    choices.slack = slack_for(job, ready->reads->layers[k].issue, share);
    front **to = must_allocate_zeroed(states, sizeof *to);
    size_t made = 0;
    bool done = true;
    for (size_t s = 0; s < states && done; s++) {
        front_source *sources = steps.sources + steps.starts[s];
        size_t count = steps.starts[s + 1] - steps.starts[s];
        if (count == 0)
            continue;
        if (job->states > 0 && made++ >= job->states) {
            job->cut = true;
            continue;
        }
        if (ready->reads->layers[k].class_count > 1)
            count = filter_steps(sources, count, dims);
        bool some = least_for(job, others, ready->rest[k + 1] + s * dims, least);
        choices.least = some ? least : NULL;
        to[s] = states_union(job, sources, count, choices, spent);
        done = to[s] != NULL && !job->work->overflow;
    }
    for (size_t d = 0; d < dims; d++)
        job->spent[d] += spent[d];
    arena_free(&steps.memory);
    if (done)
        return to;
    free_fronts(to, states, job->work);
    return NULL;
}

front **states_carry(states_job *job, const states_part *ready, front *const *begun,
                     const wide *others)
{
    size_t last = ready->reads->layer_count - 1;
    front **from = NULL;
    for (size_t k = 0; k < last; k++) {
        front **to = carry_layer(job, ready, k, k ? from : begun, others);
        free_fronts(from, ready->reads->layers[k].state_count, job->work);
        if (to == NULL)
            return NULL;
        from = to;
    }
    return from;
}
