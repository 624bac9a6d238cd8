/* standings: what a store's rows say of each strategy.
 *
 * Repetitions are averaged first, into cells: one for each scenario, assignment and seat.
 * Everything else is made of cells, in the order of jobs, so the same rows give the same
 * bytes.
 */
#include "base/error.h"
#include "formats/document.h"
#include "tournament/game.h"
#include "tournament/statistics.h"
#include "tournament/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BOOTSTRAPS = 2000, SCENARIOS_LEAST = 6, STARTS = 200 };

/* Sums over the repetitions of one seat in one assignment on one scenario. */
typedef struct cell {
    double score, utility, advantage, step, welfare, to_frontier, to_nash;
    uint32_t sessions, advantages, agreed, measured;
} cell;

typedef struct tally {
    arena memory;
    truce_standings *to;
    jobs all;    /* as much of it as the store knows */
    cell *cells; /* [fields][assignments][parties] */
} tally;

/* ---- the plan as it was kept ---------------------------------------------------------------- */

static const char *text_of(const document *tree, const char *key)
{
    const node *value = node_get(tree->root, key);
    return value && value->kind == NODE_TEXT ? value->text : "";
}

static uint64_t whole_of(const document *tree, const char *key)
{
    return strtoull(text_of(tree, key), NULL, 10);
}

static truce_texts texts_of(arena *memory, const node *list)
{
    size_t count = list && list->kind == NODE_LIST ? list->count : 0;
    const char **items = arena_array(memory, count, const char *);
    for (size_t k = 0; k < count; k++) {
        const node *item = list->items[k];
        if (item->kind == NODE_MAP)
            item = node_get(item, "name");
        items[k] =
            item && item->kind == NODE_TEXT ? arena_text(memory, item->text) : "";
    }
    return (truce_texts){items, count};
}

static void take_plan(tally *at, const document *tree)
{
    truce_contest *plan = &at->all.plan;
    truce_standings *to = at->to;
    plan->strategies = texts_of(&at->memory, node_get(tree->root, "strategies"));
    to->scenarios = texts_of(&at->memory, node_get(tree->root, "fields"));
    plan->parties = to->parties = (size_t)whole_of(tree, "parties");
    plan->repetitions = to->repetitions = (uint32_t)whole_of(tree, "repetitions");
    plan->without_self_play = strcmp(text_of(tree, "self-play"), "no") == 0;
    to->without_self_play = plan->without_self_play;
    to->rounds = (uint32_t)whole_of(tree, "rounds");
    to->seconds = strtod(text_of(tree, "seconds"), NULL);
    to->seed = whole_of(tree, "seed");
    to->score = strcmp(text_of(tree, "score"), "advantage") == 0 ? TRUCE_SCORE_ADVANTAGE
                                                                 : TRUCE_SCORE_UTILITY;
    to->protocol = arena_text(&at->memory, text_of(tree, "protocol"));
    to->strategy_count = plan->strategies.count;
    to->scenario_count = at->all.field_count = to->scenarios.count;
}

/* Numbers that cannot be those of a plan of ours mean a damaged store. */
static bool makes_sense(tally *at)
{
    const truce_contest *plan = &at->all.plan;
    at->all.assignments = 1;
    if (plan->parties < 2 || plan->parties > 64 || plan->repetitions == 0 ||
        plan->strategies.count == 0 || plan->strategies.count > STRATEGIES_MOST)
        return false;
    for (size_t s = 0; s < plan->parties; s++)
        if ((at->all.assignments *= plan->strategies.count) > 100000000)
            return false;
    at->all.all = at->all.assignments * at->all.field_count * plan->repetitions;
    return at->all.field_count > 0 && at->all.field_count <= 100000 &&
           at->all.all <= UINT64_C(100000000);
}

static bool read_plan(tally *at, const store *kept)
{
    const char *text = store_plan(kept);
    truce_diagnostics *said = truce_diagnostics_new();
    document *tree = document_read_json("plan", text, strlen(text), NULL, said);
    bool good = tree != NULL && said->errors == 0;
    if (good)
        take_plan(at, tree);
    document_free(tree);
    truce_diagnostics_free(said);
    at->to->plan = arena_text(&at->memory, store_print(kept));
    return good && makes_sense(at);
}

/* ---- rows into cells ------------------------------------------------------------------------- */

static void add_row(void *user, const row *from)
{
    tally *at = user;
    size_t seats = at->to->parties;
    if (from->job >= at->all.all)
        return;
    cell *cells = at->cells + from->job / at->all.plan.repetitions * seats;
    at->to->sessions++;
    at->to->faults += from->fault != NULL;
    for (size_t s = 0; s < seats; s++) {
        cell *to = &cells[s];
        double discounted = from->numbers[seats + s];
        double advantage = from->numbers[2 * seats + s];
        to->sessions++;
        to->utility += discounted;
        to->agreed += from->end == TRUCE_SESSION_AGREED;
        to->step += from->step;
        to->welfare += from->welfare;
        if (!isnan(advantage)) {
            to->advantages++;
            to->advantage += advantage;
        }
        if (!isnan(from->to_frontier)) {
            to->measured++;
            to->to_frontier += from->to_frontier;
            to->to_nash += from->to_nash;
        }
    }
}

/* Where the advantage is not defined, the session says nothing of it. */
static void take_scores(tally *at)
{
    size_t count =
        (size_t)(at->all.field_count * at->all.assignments) * at->to->parties;
    for (size_t k = 0; k < count; k++) {
        cell *it = &at->cells[k];
        if (at->to->score == TRUCE_SCORE_ADVANTAGE)
            it->score = it->advantages > 0 ? it->advantage / it->advantages : NAN;
        else
            it->score = it->sessions > 0 ? it->utility / it->sessions : NAN;
    }
}

/* ---- means ------------------------------------------------------------------------------------ */

typedef struct mean {
    double sum;
    uint64_t count;
} mean;

static void mean_add(mean *to, double value)
{
    if (isnan(value))
        return;
    to->sum += value;
    to->count++;
}

static double mean_is(const mean *of)
{
    return of->count > 0 ? of->sum / (double)of->count : NAN;
}

static cell *cells_of(const tally *at, size_t field, uint64_t assignment)
{
    return at->cells + (field * at->all.assignments + assignment) * at->to->parties;
}

/* Calls each(user, field, seats, seat, cell) for all cells in order. */
typedef void visit(void *user, size_t field, const size_t *seats, size_t seat,
                   const cell *it);

static void each_cell(const tally *at, visit *each, void *user)
{
    size_t seats[64];
    for (size_t f = 0; f < at->all.field_count; f++)
        for (uint64_t a = 0; a < at->all.assignments; a++) {
            if (!assignment_seats(&at->all, a, seats))
                continue;
            for (size_t s = 0; s < at->to->parties; s++)
                each(user, f, seats, s, &cells_of(at, f, a)[s]);
        }
}

/* ---- scores by scenario, payoffs -------------------------------------------------------------- */

typedef struct sums {
    const tally *at;
    mean *by_scenario; /* [fields][strategies] */
    mean *payoff;      /* [fields][strategies][strategies] */
} sums;

static void add_score(void *user, size_t field, const size_t *seats, size_t seat,
                      const cell *it)
{
    sums *to = user;
    size_t n = to->at->to->strategy_count, own = seats[seat];
    mean_add(&to->by_scenario[field * n + own], it->score);
    for (size_t s = 0; s < to->at->to->parties; s++)
        if (s != seat)
            mean_add(&to->payoff[(field * n + own) * n + seats[s]], it->score);
}

static void take_scenarios(tally *at)
{
    truce_standings *to = at->to;
    size_t n = to->strategy_count, fields = to->scenario_count;
    sums all = {.at = at,
                .by_scenario = must_allocate_zeroed(fields * n, sizeof(mean)),
                .payoff = must_allocate_zeroed(fields * n * n, sizeof(mean))};
    each_cell(at, add_score, &all);
    double *by_scenario = arena_array(&at->memory, fields * n, double);
    double *payoff = arena_array(&at->memory, n * n, double);
    for (size_t k = 0; k < fields * n; k++)
        by_scenario[k] = mean_is(&all.by_scenario[k]);
    for (size_t k = 0; k < n * n; k++) {
        mean over = {0};
        for (size_t f = 0; f < fields; f++)
            mean_add(&over, mean_is(&all.payoff[f * n * n + k]));
        payoff[k] = mean_is(&over);
    }
    to->by_scenario = by_scenario;
    to->payoff = payoff;
    free(all.by_scenario);
    free(all.payoff);
}

/* ---- the other means of a strategy -------------------------------------------------------------- */

enum { UTILITY, ADVANTAGE, AGREED, STEP, WELFARE, FRONTIER, NASH, MEANS };

typedef struct more_sums {
    const tally *at;
    mean (*of)[MEANS]; /* [fields * strategies] */
    uint64_t *seats;   /* [strategies] */
} more_sums;

static void add_more(void *user, size_t field, const size_t *seats, size_t seat,
                     const cell *it)
{
    more_sums *to = user;
    size_t own = seats[seat];
    mean *means = to->of[field * to->at->to->strategy_count + own];
    if (it->sessions == 0)
        return;
    double sessions = it->sessions;
    to->seats[own] += it->sessions;
    mean_add(&means[UTILITY], it->utility / sessions);
    mean_add(&means[ADVANTAGE], it->advantages ? it->advantage / it->advantages : NAN);
    mean_add(&means[AGREED], it->agreed / sessions);
    mean_add(&means[STEP], it->step / sessions);
    mean_add(&means[WELFARE], it->welfare / sessions);
    mean_add(&means[FRONTIER], it->measured ? it->to_frontier / it->measured : NAN);
    mean_add(&means[NASH], it->measured ? it->to_nash / it->measured : NAN);
}

/* Scenarios weigh equally. */
static double over_scenarios(const tally *at, const more_sums *all, size_t strategy,
                             int which)
{
    mean over = {0};
    for (size_t f = 0; f < at->to->scenario_count; f++)
        mean_add(&over,
                 mean_is(&all->of[f * at->to->strategy_count + strategy][which]));
    return mean_is(&over);
}

static void take_means(tally *at, truce_scored *standings)
{
    size_t n = at->to->strategy_count;
    more_sums all = {
        .at = at,
        .of = must_allocate_zeroed(at->to->scenario_count * n, sizeof *all.of),
        .seats = must_allocate_zeroed(n, sizeof *all.seats)};
    each_cell(at, add_more, &all);
    for (size_t k = 0; k < n; k++) {
        truce_scored *to = &standings[k];
        to->strategy = at->all.plan.strategies.items[k];
        to->seats = all.seats[k];
        to->utility = over_scenarios(at, &all, k, UTILITY);
        to->advantage = over_scenarios(at, &all, k, ADVANTAGE);
        to->agreed = over_scenarios(at, &all, k, AGREED);
        to->step = over_scenarios(at, &all, k, STEP);
        to->welfare = over_scenarios(at, &all, k, WELFARE);
        to->to_frontier = over_scenarios(at, &all, k, FRONTIER);
        to->to_nash = over_scenarios(at, &all, k, NASH);
    }
    free(all.of);
    free(all.seats);
}

/* ---- units: what is drawn anew, and compared in pairs --------------------------------------------- */

/* values [units][strategies]; NaN where a strategy has none. */
typedef struct units {
    double *values;
    size_t count;
} units;

/* With few scenarios: one unit for each scenario, seat, and strategies of the others. */
static units units_of_seats(const tally *at)
{
    size_t n = at->to->strategy_count, parties = at->to->parties, seats[64];
    size_t rests = (size_t)at->all.assignments / n;
    units all = {.count = at->to->scenario_count * parties * rests};
    all.values = must_allocate((all.count * n + 1) * sizeof *all.values);
    for (size_t k = 0; k < all.count * n; k++)
        all.values[k] = NAN;
    for (size_t f = 0; f < at->to->scenario_count; f++)
        for (uint64_t a = 0; a < at->all.assignments; a++) {
            if (!assignment_seats(&at->all, a, seats))
                continue;
            for (size_t s = 0; s < parties; s++) {
                size_t rest = 0;
                for (size_t o = 0; o < parties; o++)
                    rest = o == s ? rest : rest * n + seats[o];
                size_t unit = (f * parties + s) * rests + rest;
                all.values[unit * n + seats[s]] = cells_of(at, f, a)[s].score;
            }
        }
    return all;
}

static units units_of_scenarios(const tally *at)
{
    size_t cells = at->to->scenario_count * at->to->strategy_count;
    units all = {.count = at->to->scenario_count};
    all.values = must_allocate((cells + 1) * sizeof *all.values);
    memcpy(all.values, at->to->by_scenario, cells * sizeof *all.values);
    return all;
}

static void take_intervals(tally *at, const units *all, truce_scored *standings)
{
    size_t n = at->to->strategy_count;
    double *own = must_allocate((all->count + 1) * sizeof *own);
    for (size_t k = 0; k < n; k++) {
        mean over = {0};
        for (size_t f = 0; f < at->to->scenario_count; f++)
            mean_add(&over, at->to->by_scenario[f * n + k]);
        standings[k].score = mean_is(&over);
        size_t count = 0;
        for (size_t u = 0; u < all->count; u++)
            if (!isnan(all->values[u * n + k]))
                own[count++] = all->values[u * n + k];
        bootstrap(own, count, BOOTSTRAPS, at->to->seed, &standings[k].low,
                  &standings[k].high);
    }
    free(own);
}

static void compare(const units *all, size_t n, truce_duel *duel, double *differences)
{
    size_t count = 0;
    double sum = 0;
    for (size_t u = 0; u < all->count; u++) {
        double off =
            all->values[u * n + duel->first] - all->values[u * n + duel->second];
        if (isnan(off))
            continue;
        differences[count++] = off;
        sum += off;
    }
    duel->units = count;
    duel->difference = count > 0 ? sum / (double)count : NAN;
    duel->t_p = duel->t_holm = paired_t(differences, count, &duel->t);
    duel->w_p = duel->w_holm = wilcoxon(differences, count, &duel->w);
}

static void correct(truce_duel *duels, size_t count)
{
    double *p = must_allocate((count + 1) * sizeof *p);
    for (int test = 0; test < 2; test++) {
        for (size_t k = 0; k < count; k++)
            p[k] = test ? duels[k].w_p : duels[k].t_p;
        holm(p, count);
        for (size_t k = 0; k < count; k++)
            *(test ? &duels[k].w_holm : &duels[k].t_holm) = p[k];
    }
    free(p);
}

static void take_duels(tally *at, const units *all)
{
    size_t n = at->to->strategy_count, count = 0;
    truce_duel *duels = arena_array(&at->memory, n * n, truce_duel);
    double *differences = must_allocate((all->count + 1) * sizeof *differences);
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) {
            duels[count] =
                (truce_duel){.first = at->to->order[a], .second = at->to->order[b]};
            compare(all, n, &duels[count++], differences);
        }
    correct(duels, count);
    at->to->duels = duels;
    at->to->duel_count = count;
    free(differences);
}

/* Best score first; of equal ones the first of the plan. */
static void take_order(tally *at)
{
    size_t n = at->to->strategy_count;
    size_t *order = arena_array(&at->memory, n, size_t);
    for (size_t k = 0; k < n; k++) {
        size_t place = k;
        double score = at->to->standings[k].score;
        for (; place > 0; place--) {
            double above = at->to->standings[order[place - 1]].score;
            if (!(score > above || (isnan(above) && !isnan(score))))
                break;
            order[place] = order[place - 1];
        }
        order[place] = k;
    }
    at->to->order = order;
}

/* ---- the game -------------------------------------------------------------------------------- */

enum { GAME_MOST = 2000000, STEPS_AT_WORST = 20000 };

/* How many payoffs there are, of a strategy among all others; 0 when they are too many. */
static size_t table_size(const truce_standings *to)
{
    size_t size = 1;
    for (size_t s = 0; s < to->parties; s++)
        if ((size *= to->strategy_count) > GAME_MOST)
            return 0;
    return size;
}

/* Others in any order are the same others: their strategies in rising order. */
static size_t place_of(const size_t *seats, size_t parties, size_t seat, size_t n)
{
    size_t sorted[64], count = 0, place = seats[seat];
    for (size_t s = 0; s < parties; s++) {
        if (s == seat)
            continue;
        size_t at = count++;
        for (; at > 0 && sorted[at - 1] > seats[s]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = seats[s];
    }
    for (size_t k = 0; k < count; k++)
        place = place * n + sorted[k];
    return place;
}

typedef struct game_sums {
    const tally *at;
    mean *of; /* [fields][size] */
    size_t size;
} game_sums;

static void add_to_game(void *user, size_t field, const size_t *seats, size_t seat,
                        const cell *it)
{
    game_sums *to = user;
    const truce_standings *all = to->at->to;
    mean_add(&to->of[field * to->size +
                     place_of(seats, all->parties, seat, all->strategy_count)],
             it->score);
}

/* What each strategy gets among each others, scenarios weighing equally; NULL when some
 * never met. */
static double *payoffs_of_all(tally *at, size_t size)
{
    size_t n = at->to->strategy_count, seats[64] = {0}, fields = at->to->scenario_count;
    game_sums all = {at, must_allocate_zeroed(fields * size, sizeof(mean)), size};
    each_cell(at, add_to_game, &all);
    double *payoff = arena_array(&at->memory, size, double);
    bool all_met = true;
    for (size_t k = 0; k < size; k++) {
        mean over = {0};
        for (size_t s = at->to->parties, rest = k; s-- > 0; rest /= n)
            seats[s] = rest % n;
        size_t place = place_of(seats, at->to->parties, 0, n);
        for (size_t f = 0; f < fields; f++)
            mean_add(&over, mean_is(&all.of[f * size + place]));
        payoff[k] = mean_is(&over);
        all_met = all_met && !isnan(payoff[k]);
    }
    free(all.of);
    return all_met ? payoff : NULL;
}

/* Fewer starts where each step is dear. */
static size_t starts_for(size_t size)
{
    double affordable = 2e9 / ((double)STEPS_AT_WORST * (double)size);
    return affordable >= STARTS ? STARTS : affordable <= 10 ? 10 : (size_t)affordable;
}

static void take_game(tally *at)
{
    truce_standings *to = at->to;
    size_t n = to->strategy_count, size = table_size(to);
    if (size == 0 || to->without_self_play)
        return;
    double *payoff = payoffs_of_all(at, size);
    if (payoff == NULL)
        return;
    game all = game_of(payoff, n, to->parties, &at->memory);
    truce_rest *rests;
    to->start_count = to->parties == 2 ? STARTS : starts_for(size);
    to->rest_count = game_rests(&all, to->start_count, to->seed, &at->memory, &rests);
    to->rests = rests;
    truce_mix *mixes;
    to->mix_count = game_equilibria(&all, rests, to->rest_count, &at->memory, &mixes,
                                    &to->supports);
    to->mixes = mixes;
    double *even = arena_array(&at->memory, n, double);
    for (size_t k = 0; k < n; k++)
        even[k] = 1 / (double)n;
    to->path_count = game_path(&all, even, &at->memory, &to->path_times, &to->path);
    to->from_even = even;
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static void take_all(tally *at)
{
    truce_standings *to = at->to;
    truce_scored *standings =
        arena_array(&at->memory, to->strategy_count, truce_scored);
    to->standings = standings;
    to->missing = jobs_count(&at->all, 0, 0) - to->sessions;
    take_scores(at);
    take_scenarios(at);
    take_means(at, standings);
    bool many = to->scenario_count >= SCENARIOS_LEAST;
    units all = many ? units_of_scenarios(at) : units_of_seats(at);
    to->units = many ? "scenarios" : "seats and opponents";
    to->unit_count = all.count;
    take_intervals(at, &all, standings);
    take_order(at);
    take_duels(at, &all);
    take_game(at);
    free(all.values);
}

truce_status truce_standings_read(const char *out, truce_standings **result,
                                  truce_error *error)
{
    *result = NULL;
    store *kept = store_read(out, error);
    if (kept == NULL)
        return TRUCE_CALL;
    tally at = {0};
    at.to = arena_new(&at.memory, truce_standings);
    bool good = read_plan(&at, kept);
    if (!good)
        error_say(error, TRUCE_CALL,
                  "%s/results.db is damaged: its plan makes no sense", out);
    if (good) {
        size_t cells = (size_t)(at.all.field_count * at.all.assignments);
        at.cells = must_allocate_zeroed(cells * at.to->parties + 1, sizeof *at.cells);
        good = store_each(kept, at.to->parties, add_row, &at, error);
    }
    if (good)
        take_all(&at);
    free(at.cells);
    store_close(kept);
    at.to->memory = at.memory.last;
    *result = at.to;
    if (!good) {
        truce_standings_free(at.to);
        *result = NULL;
    }
    return good ? TRUCE_OK : TRUCE_CALL;
}

void truce_standings_free(truce_standings *result)
{
    if (result == NULL)
        return;
    arena memory = {result->memory}; /* a copy: it lives in the memory it owns */
    arena_free(&memory);
}
