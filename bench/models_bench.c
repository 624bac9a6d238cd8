/* How opponent models come to know what they cannot see: each hears the offers of parties
 * whose preferences are known, and after so many of them its estimate is compared with the
 * truth.
 *
 *     models_bench [--anac FOLDER]
 *
 * "rank" is Spearman's rank correlation of the estimated with the true utilities over all
 * outcomes, 1 at best. "error" is the mean absolute error of the issues' weights, 0 at best;
 * an issue's weight is how much its values move the utility, the sum of all being 1. Means
 * over three parties that are listened to: one concedes evenly to half of its range, one
 * late, one by MiCRO. On the domain of peaks one alone, who concedes as the Bayesian model
 * takes for granted. No clock is read: the figures are the same everywhere. */
#include "../tests/peaks.h"
#include "made.h"

#include <truce/file.h>

#include "base/error.h"
#include "play/sitting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200, MOMENTS = 4 };
static const size_t moments[MOMENTS] = {10, 50, 100, 200};

static const char *const models[] = {"uniform", "cuhk",     "smith",  "frequency",
                                     "agentx",  "bayesian", "perfect"};
enum { MODELS = sizeof models / sizeof *models };

#define NEVER "accept=next,scale=0,shift=-1e9"
static const char *const speakers[] = {"boa:offer=time,e=1,floor=0.5," NEVER,
                                       "boa:offer=time,e=4," NEVER,
                                       "boa:offer=micro," NEVER};
enum { SPEAKERS = sizeof speakers / sizeof *speakers };
static const char *const even[] = {EVEN_CONCEDER};

typedef struct figures {
    double rank[MOMENTS], error[MOMENTS];
} figures;

/* ---- rank correlation ------------------------------------------------------------------- */

typedef struct ranked {
    double value, rank;
    size_t place;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* Values within a thousand millionth are tied, as sums in another order differ so. */
static void rank_all(const double *values, size_t count, double *ranks, ranked *room)
{
    for (size_t k = 0; k < count; k++)
        room[k] = (ranked){.value = values[k], .place = k};
    qsort(room, count, sizeof *room, by_value);
    for (size_t k = 0, next; k < count; k = next) {
        for (next = k + 1; next < count && room[next].value - room[k].value < 1e-9;)
            next++;
        for (size_t j = k; j < next; j++)
            ranks[room[j].place] = (double)(k + next - 1) / 2;
    }
}

static double correlation(const double *one, const double *other, size_t count)
{
    double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    for (size_t k = 0; k < count; k++) {
        a += one[k] / (double)count;
        b += other[k] / (double)count;
    }
    for (size_t k = 0; k < count; k++) {
        aa += (one[k] - a) * (one[k] - a);
        bb += (other[k] - b) * (other[k] - b);
        ab += (one[k] - a) * (other[k] - b);
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

static double rank_correlation(const double *guessed, const double *meant, size_t count)
{
    double *ranks = must_allocate(2 * count * sizeof *ranks);
    ranked *room = must_allocate(count * sizeof *room);
    rank_all(guessed, count, ranks, room);
    rank_all(meant, count, ranks + count, room);
    double found = correlation(ranks, ranks + count, count);
    free(ranks);
    free(room);
    return found;
}

/* ---- weights ------------------------------------------------------------------------------ */

/* How far each issue moves the utility when all else stays, as shares of the sum. */
static void weights_of(const board *made, const double *utilities, double *weights)
{
    double sum = 0;
    truce_value *outcome = must_allocate_zeroed(made->issues + 1, sizeof *outcome);
    for (size_t i = 0; i < made->issues; i++) {
        double least = INFINITY, most = -INFINITY;
        for (size_t v = 0; v < made->space->value_counts[i]; v++) {
            outcome[i] = (truce_value)v;
            double here = utilities[board_offer(made, outcome)];
            least = fmin(least, here);
            most = fmax(most, here);
        }
        outcome[i] = 0;
        weights[i] = most - least;
        sum += weights[i];
    }
    for (size_t i = 0; i < made->issues; i++)
        weights[i] = sum > 0 ? weights[i] / sum : 1.0 / (double)made->issues;
    free(outcome);
}

static double weight_error(const board *made, const double *guessed,
                           const double *meant)
{
    double *weights = must_allocate(2 * made->issues * sizeof *weights), sum = 0;
    weights_of(made, guessed, weights);
    weights_of(made, meant, weights + made->issues);
    for (size_t i = 0; i < made->issues; i++)
        sum += fabs(weights[i] - weights[made->issues + i]);
    free(weights);
    return sum / (double)made->issues;
}

/* ---- one model, one speaker ----------------------------------------------------------------- */

static void compare(player *pupil, double share, figures *sum, size_t moment)
{
    const board *made = pupil->board;
    const double *meant = made->seat[1].utility;
    double *guessed = must_allocate(made->outcomes * sizeof *guessed);
    for (uint32_t o = 0; o < made->outcomes; o++)
        guessed[o] = player_estimate(pupil, 1, o);
    sum->rank[moment] += rank_correlation(guessed, meant, made->outcomes) * share;
    sum->error[moment] += weight_error(made, guessed, meant) * share;
    free(guessed);
}

static void listen_to(player *pupil, const transcript *spoken, double share,
                      figures *sum)
{
    size_t heard = 0, moment = 0;
    player_begin(pupil);
    for (size_t k = 0; k < spoken->count && moment < MOMENTS; k++) {
        if (spoken->items[k].what != TRUCE_SAID_OFFER || spoken->items[k].seat != 1)
            continue;
        pupil->time = spoken->items[k].time;
        player_hear(pupil, 1, spoken->items[k].offer);
        if (++heard == moments[moment])
            compare(pupil, share, sum, moment++);
    }
    for (; moment < MOMENTS; moment++)
        compare(pupil, share, sum, moment);
    player_end(pupil);
}

static void measure(const board *made, const char *name, const char *speaker,
                    double share, figures *sum)
{
    char with[300];
    arena memory = {0};
    strategy plays[2];
    truce_error error = {""};
    transcript spoken = {0};
    snprintf(with, sizeof with, "boa:offer=time,e=1," NEVER ",model=%s,%s", name,
             speaker);
    if (strategies_read(with, NULL, 0, TRUCE_OWN, plays, 2, &memory, &error) != 2) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    sitting *table =
        sitting_new(made, &(sitting_choices){.rules = protocol_named(NULL, &error),
                                             .plays = plays,
                                             .rounds = ROUNDS});
    sitting_play(table, 1, NULL, &spoken);
    listen_to(&table->players[0], &spoken, share, sum);
    free(spoken.items);
    sitting_free(table);
    arena_free(&memory);
}

/* ---- all ---------------------------------------------------------------------------------------- */

/* Adds to the total (which may be NULL). */
static void report(const char *title, const truce_scenario *scenario,
                   const char *const *who, size_t count, figures *total)
{
    truce_error error;
    board *made = board_new(scenario, (truce_list){0}, NULL, &error);
    if (made == NULL || !made->small) {
        board_free(made);
        return;
    }
    for (size_t m = 0; m < MODELS; m++) {
        figures sum = {{0}, {0}};
        for (size_t s = 0; s < count; s++)
            measure(made, models[m], who[s], 1.0 / (double)count, &sum);
        printf("| %s, %u | %s |", title, made->outcomes, models[m]);
        for (size_t k = 0; k < MOMENTS; k++)
            printf(" %.3f |", sum.rank[k]);
        for (size_t k = 0; k < MOMENTS; k++)
            printf(" %.3f |", sum.error[k]);
        printf("\n");
        for (size_t k = 0; total && k < MOMENTS; k++) {
            total[m].rank[k] += sum.rank[k];
            total[m].error[k] += sum.error[k];
        }
    }
    board_free(made);
}

static size_t report_made(figures *total)
{
    static const char *const titles[] = {"opposed 5 x 4", "independent 5 x 4",
                                         "integer 5 x 4", "clustered 5 x 4"};
    for (int kind = TRUCE_OPPOSED; kind <= TRUCE_CLUSTERED; kind++) {
        truce_scenario *scenario = NULL;
        truce_generation choices = {.issues = 5,
                                    .values = 4,
                                    .parties = 2,
                                    .kind = (truce_kind)kind,
                                    .seed = 3};
        truce_scenario_generate(&choices, &scenario, NULL);
        report(titles[kind], scenario, speakers, SPEAKERS, total);
        truce_scenario_free(scenario);
    }
    return TRUCE_CLUSTERED + 1;
}

static void report_peaks(void)
{
    truce_scenario *scenario = NULL;
    truce_diagnostics *wrong = truce_diagnostics_new();
    truce_scenario_parse("peaks", PEAKS, strlen(PEAKS), NULL, &scenario, wrong);
    report("peaks 5 x 5", scenario, even, 1, NULL);
    truce_scenario_free(scenario);
    truce_diagnostics_free(wrong);
}

static size_t report_anac(const char *folder, figures *total)
{
    static const char *const names[] = {"y2011/Laptop", "y2010/ItexvsCypress",
                                        "y2011/Grocery", "y2012/EnergySmallA"};
    size_t read = 0;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        char path[4096];
        const char *paths = path;
        truce_scenario *scenario = NULL;
        truce_diagnostics *wrong = truce_diagnostics_new();
        truce_reading reading = {.as = TRUCE_AS_GENIUS};
        snprintf(path, sizeof path, "%s/%s", folder, names[k]);
        if (truce_scenario_load(&paths, 1, &reading, &scenario, wrong) == TRUCE_OK) {
            report(names[k], scenario, speakers, SPEAKERS, total);
            read++;
        }
        truce_scenario_free(scenario);
        truce_diagnostics_free(wrong);
    }
    return read;
}

int main(int count, char **words)
{
    figures total[MODELS] = {{{0}, {0}}};
    printf("| domain, outcomes | model |");
    for (size_t k = 0; k < MOMENTS; k++)
        printf(" rank, %zu |", moments[k]);
    for (size_t k = 0; k < MOMENTS; k++)
        printf(" error, %zu |", moments[k]);
    printf("\n|---|---|---|---|---|---|---|---|---|---|\n");
    report_peaks();
    size_t domains = report_made(total);
    if (count == 3 && strcmp(words[1], "--anac") == 0)
        domains += report_anac(words[2], total);
    for (size_t m = 0; m < MODELS; m++) {
        printf("| mean of all | %s |", models[m]);
        for (size_t k = 0; k < MOMENTS; k++)
            printf(" %.3f |", total[m].rank[k] / (double)domains);
        for (size_t k = 0; k < MOMENTS; k++)
            printf(" %.3f |", total[m].error[k] / (double)domains);
        printf("\n");
    }
    return 0;
}
