/* The layers of solve/layers.h, put on paper. They are computed before anything is
 * written, by themselves and not by the search that found the answer: the same program
 * serves frontiers however they were found, deals and clashes. Expects up to a few
 * million points. */
#include "solve/certify.h"

#include "base/error.h"
#include "solve/feasible.h"
#include "solve/layers.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_POINTS = 5000000 };

/* A certificate being written; totals for its last line. */
typedef struct paper {
    const space *compiled;
    FILE *out;
    size_t states, sums, points;
} paper;

/* ---- lines ----------------------------------------------------------------------- */

static void put_whole(const paper *on, wide number)
{
    char digits[48];
    size_t at = sizeof digits;
    bool is_negative = number < 0;
    do {
        int digit = (int)(number % 10);
        digits[--at] = (char)('0' + (digit < 0 ? -digit : digit));
        number /= 10;
    } while (number != 0);
    if (is_negative)
        digits[--at] = '-';
    fwrite(&digits[at], 1, sizeof digits - at, on->out);
}

static void put_outcome(const paper *on, const char *word, const truce_value *outcome)
{
    fputs(word, on->out);
    for (size_t i = 0; i < on->compiled->issue_count; i++)
        fprintf(on->out, " %" PRIu64, (uint64_t)outcome[i] + 1);
    fputc('\n', on->out);
}

static void put_opening(const paper *on)
{
    const char *hash = on->compiled->scenario->sha256;
    fprintf(on->out, "truce-certificate 1\nprogram truce %s\nscenario %s\n",
            truce_version(), *hash ? hash : "-");
}

static void put_end(const paper *on)
{
    fprintf(on->out, "end states %zu sums %zu points %zu\n", on->states, on->sums,
            on->points);
}

static void put_party(const paper *on, size_t party, wide slack)
{
    fprintf(on->out, "party %zu units ", party + 1);
    put_whole(on, on->compiled->parties[party].denominator);
    fputs(" slack ", on->out);
    put_whole(on, slack);
    fputc('\n', on->out);
}

static void put_order(const paper *on, const layers *all)
{
    fputs("order", on->out);
    for (size_t i = 0; i < on->compiled->issue_count; i++)
        fprintf(on->out, " %zu", all->order[i] + 1);
    fputc('\n', on->out);
}

static void put_list(paper *on, const front *list, size_t party_count)
{
    if (party_count == 0)
        return;
    for (size_t i = 0; i < list->count; i++)
        for (size_t d = 0; d < party_count; d++) {
            put_whole(on, front_sum(list, i, d));
            fputc(d + 1 < party_count ? ' ' : '\n', on->out);
        }
    on->sums += list->count;
}

/* All stages but the last, which the points stand for. */
static void put_stages(paper *on, const layers *all, size_t party_count)
{
    for (size_t k = 0; k + 1 < on->compiled->issue_count; k++) {
        fprintf(on->out, "stage %zu\n", k + 1);
        for (size_t s = 0; s < all->items[k].count; s++) {
            const layer_state *state = &all->items[k].states[s];
            fprintf(on->out, "state %zu %" PRIu64 "\n", state->from + 1,
                    (uint64_t)state->value + 1);
            put_list(on, state->list, party_count);
        }
        on->states += all->items[k].count;
    }
    fputs("points\n", on->out);
}

static truce_status written(const paper *on, truce_error *error)
{
    if (fflush(on->out) == 0 && !ferror(on->out))
        return TRUCE_OK;
    return error_say(error, TRUCE_LIMIT, "the certificate could not be written");
}

/* ---- what cannot be certified ---------------------------------------------------- */

static truce_status cannot(truce_error *error, const char *why)
{
    return error_say(error, TRUCE_CALL, "not certified: %s", why);
}

static truce_status cannot_go_on(truce_error *error, const truce_stop *stop,
                                 const layers_reached *reached)
{
    if (stop_now(stop))
        return error_say(error, TRUCE_LIMIT, "not certified: stopped at %zu points",
                         reached->points);
    if (reached->states > MOST_STATES)
        return error_say(error, TRUCE_CALL, "not certified: more than %d states",
                         MOST_STATES);
    return error_say(error, TRUCE_CALL, "not certified: %zu points", reached->points);
}

static bool is_exact(const space *compiled, truce_error *error)
{
    if (compiled->issue_count == 0)
        cannot(error, "there are no issues");
    else if (compiled->grid)
        cannot(error, "the numbers were rounded");
    return compiled->issue_count > 0 && compiled->grid == 0;
}

/* ---- frontiers ------------------------------------------------------------------- */

static void put_points(paper *on, const certify_answer *answer)
{
    truce_value *outcome = must_allocate(on->compiled->issue_count * sizeof *outcome);
    for (size_t i = 0; i < answer->count; i++) {
        answer->outcome(answer->user, i, outcome);
        for (size_t k = 0; k < answer->parties.count; k++) {
            put_whole(on, space_sum(on->compiled, answer->parties.items[k], outcome));
            fputc(' ', on->out);
        }
        put_outcome(on, "|", outcome);
    }
    on->points += answer->count;
    free(outcome);
}

static void put_frontier(paper *on, const certify_answer *answer, const layers *all)
{
    put_opening(on);
    fprintf(on->out, "claim frontier\nrational %s\n", answer->rational ? "yes" : "no");
    for (size_t k = 0; k < answer->parties.count; k++)
        put_party(on, answer->parties.items[k], answer->slack ? answer->slack[k] : 0);
    put_order(on, all);
    put_stages(on, all, answer->parties.count);
    put_points(on, answer);
    put_end(on);
}

/* All judged are followed. */
static layers_task task_of_frontier(const space *compiled, const certify_answer *answer,
                                    arena *memory)
{
    acceptance permitted = acceptance_of_permitted(compiled, memory);
    layers_party *parties = arena_array(memory, answer->parties.count, layers_party);
    for (size_t k = 0; k < answer->parties.count; k++) {
        size_t party = answer->parties.items[k];
        bool floored = answer->rational && compiled->parties[party].has_floor;
        parties[k] = (layers_party){.party = party, .floored = floored};
    }
    return (layers_task){.compiled = compiled,
                         .must = permitted.always,
                         .must_count = permitted.always_count,
                         .parties = parties,
                         .party_count = answer->parties.count};
}

truce_status certify_frontier(const space *compiled, const certify_answer *answer,
                              FILE *out, truce_error *error)
{
    if (!is_exact(compiled, error))
        return TRUCE_CALL;
    layers_reached reached = {.points = answer->count};
    if (answer->count > MOST_POINTS)
        return cannot_go_on(error, NULL, &reached);
    arena memory = {0};
    layers_task task = task_of_frontier(compiled, answer, &memory);
    layers *all = layers_new(&task, MOST_POINTS, NULL, &reached);
    arena_free(&memory);
    if (all == NULL)
        return cannot_go_on(error, NULL, &reached);
    paper on = {.compiled = compiled, .out = out};
    put_frontier(&on, answer, all);
    layers_free(all);
    return written(&on, error);
}

/* ---- no deal --------------------------------------------------------------------- */

/* Who could object by a floor is followed; conditions of the others are among the
 * musts. */
static layers_task task_of_deals(const space *compiled, arena *memory)
{
    acceptance what = acceptance_of_needed(compiled, 0, memory);
    size_t room = what.always_count, count = 0;
    for (size_t k = 0; k < what.party_count; k++)
        room += what.parties[k].must_count;
    const truce_condition **must = arena_array(memory, room, const truce_condition *);
    layers_party *parties = arena_array(memory, what.party_count, layers_party);
    layers_task task = {.compiled = compiled, .parties = parties, .through = true};
    for (size_t c = 0; c < what.always_count; c++)
        must[count++] = what.always[c];
    for (size_t k = 0; k < what.party_count; k++) {
        const acceptance_party *one = &what.parties[k];
        for (size_t m = 0; m < one->must_count; m++)
            must[count++] = one->needed
                                ? condition_implies(one->needed, one->must[m], memory)
                                : one->must[m];
        if (one->floor)
            parties[task.party_count++] = (layers_party){one->party, true, one->needed};
    }
    task.must = must;
    task.must_count = count;
    return task;
}

/* Layers that end with nothing; NULL with an error otherwise. */
static layers *layers_to_nothing(const layers_task *task, size_t most,
                                 const truce_stop *stop, truce_error *error,
                                 truce_status *status)
{
    layers_reached reached;
    layers *all = layers_new(task, most, stop, &reached);
    *status = TRUCE_OK;
    if (all == NULL)
        *status = cannot_go_on(error, stop, &reached);
    else if (all->items[all->count - 1].count > 0)
        *status = cannot(error, "some outcome is left");
    if (*status == TRUCE_OK)
        return all;
    layers_free(all);
    return NULL;
}

static void put_emptiness(paper *on, const layers_task *task, const layers *all)
{
    for (size_t k = 0; k < task->party_count; k++)
        put_party(on, task->parties[k].party, 0);
    put_order(on, all);
    put_stages(on, all, task->party_count);
}

static truce_status certify_deals(const space *compiled, FILE *out,
                                  const truce_stop *stop, truce_error *error)
{
    arena memory = {0};
    layers_task task = task_of_deals(compiled, &memory);
    truce_status status;
    layers *all = layers_to_nothing(&task, MOST_POINTS, stop, error, &status);
    if (all) {
        paper on = {.compiled = compiled, .out = out};
        put_opening(&on);
        fputs("claim deals\n", out);
        put_emptiness(&on, &task, all);
        put_end(&on);
        status = written(&on, error);
    }
    layers_free(all);
    arena_free(&memory);
    return status;
}

truce_status truce_deals_certify(const truce_scenario *scenario,
                                 const truce_deals *deals, FILE *out,
                                 const truce_stop *stop, truce_error *error)
{
    const char *acceptable = deals->acceptable.exact;
    if (acceptable == NULL)
        return cannot(error, "it is not known whether anything is acceptable");
    if (strcmp(acceptable, "0") != 0)
        return cannot(error,
                      "there are acceptable outcomes; that there is none can be");
    space *compiled = space_new(scenario, NULL);
    truce_status status = TRUCE_CALL;
    if (is_exact(compiled, error))
        status = certify_deals(compiled, out, stop, error);
    space_free(compiled);
    return status;
}

/* ---- clashes --------------------------------------------------------------------- */

/* One clash on its way to paper. */
typedef struct clash_work {
    layers_task task;
    layers *all;
} clash_work;

static bool is_in(const truce_clash *clash, const member *one)
{
    for (size_t k = 0; k < clash->count; k++)
        if (strcmp(clash->ids[k], one->id) == 0)
            return true;
    return one->kind == MEMBER_LOGIC;
}

static layers_task task_of_clash(const space *compiled, const truce_clash *clash,
                                 const members *all, arena *memory)
{
    const truce_condition **must =
        arena_array(memory, all->count, const truce_condition *);
    layers_party *parties = arena_array(memory, compiled->party_count, layers_party);
    layers_task task = {
        .compiled = compiled, .must = must, .parties = parties, .through = true};
    for (size_t k = 0; k < all->count; k++) {
        const member *one = &all->items[k];
        if (!is_in(clash, one))
            continue;
        if (one->must)
            must[task.must_count++] = one->must;
        else
            parties[task.party_count++] =
                (layers_party){.party = one->party, .floored = true};
    }
    return task;
}

static void put_clash(paper *on, const truce_clash *clash, const clash_work *work)
{
    fputs("clash\n", on->out);
    for (size_t k = 0; k < clash->count; k++)
        fprintf(on->out, "member %s\n", clash->ids[k]);
    put_emptiness(on, &work->task, work->all);
    for (size_t k = 0; k < clash->count; k++)
        put_outcome(on, "without", clash->witnesses[k]);
}

static truce_status put_clashes(paper *on, const truce_clashes *clashes,
                                const clash_work *works, truce_error *error)
{
    put_opening(on);
    fprintf(on->out, "claim clashes %zu\n", clashes->count);
    for (size_t c = 0; c < clashes->count; c++)
        put_clash(on, &clashes->items[c], &works[c]);
    put_end(on);
    return written(on, error);
}

static truce_status certify_clashes(const space *compiled, const truce_clashes *clashes,
                                    FILE *out, const truce_stop *stop,
                                    truce_error *error)
{
    arena memory = {0};
    truce_status status = TRUCE_OK;
    size_t left = MOST_POINTS;
    members all = members_of(
        compiled, true, TRUCE_RED_LINES | TRUCE_FLOORS | TRUCE_RULES, true, &memory);
    clash_work *works = arena_array(&memory, clashes->count, clash_work);
    for (size_t c = 0; c < clashes->count && status == TRUCE_OK; c++) {
        works[c].task = task_of_clash(compiled, &clashes->items[c], &all, &memory);
        works[c].all = layers_to_nothing(&works[c].task, left, stop, error, &status);
        left -= works[c].all ? works[c].all->points : 0;
    }
    paper on = {.compiled = compiled, .out = out};
    if (status == TRUCE_OK)
        status = put_clashes(&on, clashes, works, error);
    for (size_t c = 0; c < clashes->count; c++)
        layers_free(works[c].all);
    arena_free(&memory);
    return status;
}

truce_status truce_clashes_certify(const truce_scenario *scenario,
                                   const truce_clashes *clashes, FILE *out,
                                   const truce_stop *stop, truce_error *error)
{
    if (clashes->count == 0)
        return cannot(error, "there is no clash");
    space *compiled = space_new(scenario, NULL);
    truce_status status = TRUCE_CALL;
    if (is_exact(compiled, error))
        status = certify_clashes(compiled, clashes, out, stop, error);
    space_free(compiled);
    return status;
}
