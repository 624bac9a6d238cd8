/* flip: for each answer that rests on numbers, the number that carries it, and how
 * often it holds when the uncertain ones are drawn. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/stop.h"
#include "brief/draws.h"
#include "brief/tipping.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "solve/count.h"

#include <truce/brief.h>

#include <stdlib.h>

enum { DRAWS_BY_DEFAULT = 1000, MOST_DRAWS = 10000000 };

/* Everything at hand while the answers are tried. */
typedef struct desk {
    truce_flips *flips;
    const space *compiled;
    numbers all;
    answers asked;
    bool *holds;       /* [asked.count] */
    truce_flip *items; /* [asked.count] */
    const truce_stop *stop;
    bool complete;
} desk;

static void tell_tipping(truce_flip *flip, const tipping *nearest)
{
    if (nearest->place == NULL)
        return;
    mpq_t threshold;
    mpq_init(threshold);
    big_set_decimal(threshold, nearest->place->number->mode);
    flip->from = decimal_double(nearest->place->number->mode);
    mpq_add(threshold, threshold, nearest->move);
    flip->number = nearest->place->number;
    flip->threshold = mpq_get_d(threshold);
    mpq_abs(threshold, nearest->move);
    flip->distance = mpq_get_d(threshold);
    flip->must_pass = nearest->must_pass;
    mpq_clear(threshold);
}

/* One number belongs to one party, so one party's sign changes at a time. */
static void try_signs(desk *at, const answer *one, tipping *nearest)
{
    for (size_t p = 0; p < at->compiled->party_count; p++) {
        if (one->kind == ANSWER_DECISION && p != one->party)
            continue;
        sign_answer of_party;
        for (int sign = -1; sign <= 1; sign++)
            of_party.truth_of[sign + 1] = answer_holds_if(at->compiled, one, p, sign);
        tipping_of_change(at->compiled, &at->all, p, one->outcome, one->base, &of_party,
                          nearest);
    }
}

static truce_status does_deal_exist(desk *at, bool *exists)
{
    arena memory = {0};
    acceptance needed = acceptance_of_needed(at->compiled, 0, &memory);
    truce_value *outcome = arena_array(&memory, at->compiled->issue_count, truce_value);
    truce_status found = count_first(at->compiled, &needed, at->stop, outcome);
    *exists = found == TRUCE_OK;
    arena_free(&memory);
    return found == TRUCE_LIMIT ? TRUCE_LIMIT : TRUCE_OK;
}

static truce_status try_deal(desk *at, bool *holds, tipping *nearest)
{
    truce_status status = does_deal_exist(at, holds);
    if (status == TRUCE_OK)
        status = tipping_of_deal(at->compiled, &at->all, at->stop, nearest);
    return status;
}

/* Could numbers of a party with a cap, which are not looked at, bear on the answer? */
static bool concerns_a_cap(const desk *at, const answer *one)
{
    bool concerns = false;
    for (size_t p = 0; p < at->compiled->party_count; p++)
        if (one->kind != ANSWER_DECISION || p == one->party)
            concerns |= at->compiled->parties[p].capped;
    return concerns;
}

static void try_answer(desk *at, size_t a)
{
    const answer *one = &at->asked.items[a];
    truce_flip *flip = &at->items[a];
    tipping nearest;
    tipping_init(&nearest);
    *flip = (truce_flip){.answer = one->name, .searched = true};
    if (one->kind == ANSWER_DEAL) {
        flip->searched = try_deal(at, &at->holds[a], &nearest) == TRUCE_OK;
    } else {
        at->holds[a] = answer_holds(at->compiled, one);
        flip->searched = !stop_now(at->stop);
        if (flip->searched)
            try_signs(at, one, &nearest);
    }
    at->complete &= flip->searched;
    flip->holds = at->holds[a];
    if (flip->searched)
        tell_tipping(flip, &nearest);
    if (flip->number == NULL && concerns_a_cap(at, one))
        flip->searched = false;
    tipping_clear(&nearest);
}

static void hold_draws(desk *at, const draws_choices *choices)
{
    uint64_t *same = must_allocate_zeroed(at->asked.count, sizeof *same);
    truce_status status =
        draws_count(at->compiled->scenario, &at->all, &at->asked, at->holds, choices,
                    at->stop, same, &at->flips->ranged);
    for (size_t a = 0; a < at->asked.count; a++)
        at->items[a].held = same[a];
    at->flips->draws = status == TRUCE_OK ? choices->count : 0;
    at->complete &= status == TRUCE_OK;
    free(same);
}

static void tell_grounds(desk *at)
{
    grounds used = grounds_begin(at->compiled->scenario);
    grounds_acceptability(&used);
    for (size_t b = 0; b < at->compiled->scenario->observed_count; b++)
        grounds_label(&used, &at->compiled->scenario->observed[b].label);
    at->flips->finding.grounds = grounds_end(&used, result_memory(&at->flips->finding));
}

static void tell_proof(desk *at)
{
    truce_finding *finding = &at->flips->finding;
    if (!at->complete)
        result_bounded(finding, "stopped before every answer was searched and drawn");
    else
        result_proved(finding, "thresholds are exact; shares are of draws");
    finding->proof.draws = at->flips->draws;
    finding->proof.seed = at->flips->seed;
    space_qualify(at->compiled, finding);
}

static truce_status fill(desk *at, const draws_choices *choices, truce_error *error)
{
    arena *memory = result_memory(&at->flips->finding);
    const truce_scenario *scenario = at->compiled->scenario;
    truce_status status = answers_of(scenario, at->stop, memory, &at->asked, error);
    if (status != TRUCE_OK)
        return status;
    at->all = numbers_of(scenario, memory);
    at->items = arena_array(memory, at->asked.count, truce_flip);
    at->holds = arena_array(memory, at->asked.count, bool);
    for (size_t a = 0; a < at->asked.count; a++)
        try_answer(at, a);
    if (at->complete)
        hold_draws(at, choices);
    at->flips->items = at->items;
    at->flips->count = at->asked.count;
    tell_grounds(at);
    tell_proof(at);
    return TRUCE_OK;
}

truce_status truce_flips_find(const truce_scenario *scenario,
                              const truce_flips_choices *choices,
                              const truce_stop *stop, truce_flips **result,
                              truce_error *error)
{
    draws_choices drawing = {.count = choices && choices->draws ? choices->draws
                                                                : DRAWS_BY_DEFAULT,
                             .seed = choices ? choices->seed : 1,
                             .spread = choices ? choices->spread : 0};
    if (drawing.count > MOST_DRAWS || !(drawing.spread >= 0 && drawing.spread <= 100))
        return error_say(error, TRUCE_CALL,
                         "at most %d draws, and a spread of 0 to 100 percent",
                         MOST_DRAWS);
    truce_flips *flips = result_new(sizeof *flips, scenario, "flip");
    flips->seed = drawing.seed;
    flips->spread = drawing.spread;
    space *compiled = space_new(scenario, NULL);
    desk at = {.flips = flips, .compiled = compiled, .stop = stop, .complete = true};
    truce_status status = fill(&at, &drawing, error);
    space_free(compiled);
    if (status != TRUCE_OK) {
        truce_flips_free(flips);
        return status;
    }
    *result = flips;
    return at.complete ? TRUCE_OK : TRUCE_LIMIT;
}

void truce_flips_free(truce_flips *result)
{
    result_free(result ? &result->finding : NULL);
}
