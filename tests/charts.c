/* Writes pictures of made-up results into a folder, for tests/charts.py to look at: small,
 * large and degenerate ones, and names that would be markup if they could.
 *
 *     charts FOLDER
 */
#include "base/arena.h"
#include "base/random.h"

#include "tournament/game.h"

#include <truce/truce.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "a & b \"quoted\" 'twice' ]]>",
    "line\nbreak\ttab\x01\x7f",
    "\u05e9\u05dc\u05d5\u05dd \u202eesrever\u202c \u0633\u0644\u0627\u0645",
    "bad \xff\xfe bytes \xc3\x28 \xed\xa0\x80 end \xe2\x82",
    "exec:python3 "
    "/home/somebody/strategies/very/long/path/to/a/strategy/of/its/own/that/"
    "goes/on/and/on.py --with=options --and=more",
    "\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22",
    "",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static const char *folder;

/* ---- every size and palette ------------------------------------------------------ */

typedef void drawing(FILE *out, const void *what, const truce_plot_style *style);

static FILE *file_called(const char *name, const char *size, const char *palette)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s-%s-%s.svg", folder, name, size, palette);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(1);
    }
    return out;
}

static void draw_all(const char *name, drawing *draw, const void *what)
{
    static const struct {
        const char *name;
        unsigned width, height;
    } sizes[] = {{"usual", 0, 0}, {"small", 320, 240}, {"large", 1600, 1200}};
    static const char *const palettes[] = {"light", "dark", "page"};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int p = 0; p < 3; p++) {
            truce_plot_style style = {.width = sizes[s].width,
                                      .height = sizes[s].height,
                                      .palette = (truce_palette)p,
                                      .id = p == TRUCE_OF_PAGE ? "x-" : NULL};
            FILE *out = file_called(name, sizes[s].name, palettes[p]);
            draw(out, what, &style);
            fclose(out);
        }
}

static double unit(random_stream *dice)
{
    return (double)random_53(dice) / 0x1p53;
}

/* ---- tournaments ----------------------------------------------------------------- */

static void draw_scores(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_scores_svg(out, what, style);
}

static void draw_payoffs(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_payoffs_svg(out, what, style);
}

static void draw_dynamics(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_dynamics_svg(out, what, style);
}

static void draw_tournament(const char *name, const truce_standings *what)
{
    static drawing *const draws[] = {draw_scores, draw_payoffs, draw_dynamics};
    static const char *const kinds[] = {"scores", "payoffs", "dynamics"};
    char whole[128];
    for (size_t k = 0; k < sizeof draws / sizeof *draws; k++) {
        snprintf(whole, sizeof whole, "%s-%s", kinds[k], name);
        draw_all(whole, draws[k], what);
    }
}

/* n strategies with payoffs around a hundred times `scale`; what: "plain", "hostile",
 * "alike" (all the same), "nothing" (NaN everywhere), "holes" (NaN here and there). */
static void make_tournament(const char *name, size_t n, double scale, const char *what)
{
    arena memory = {0};
    random_stream dice = random_begin(n, (uint64_t)(unsigned char)*what);
    truce_scored *scored = arena_array(&memory, n + 1, truce_scored);
    double *payoff = arena_array(&memory, n * n + 1, double);
    size_t *order = arena_array(&memory, n + 1, size_t);
    double *even = arena_array(&memory, n + 1, double);
    bool alike = strcmp(what, "alike") == 0, nothing = strcmp(what, "nothing") == 0,
         holes = strcmp(what, "holes") == 0, bad = strcmp(what, "hostile") == 0;
    for (size_t k = 0; k < n; k++) {
        order[k] = n - 1 - k;
        even[k] = 1 / (double)n;
        double mean =
            alike ? 50 * scale : scale * (40 + 40 * (double)(k + 1) / (double)n);
        double off = alike ? 0 : scale * 12 * unit(&dice);
        bool none = nothing || (holes && k % 3 == 0);
        scored[k] = (truce_scored){
            .strategy =
                bad ? hostile[k % HOSTILE]
                    : arena_format(&memory,
                                   k % 5 == 4 ? "exec:python3 agents/of/team/%zu.py"
                                              : "strategy-%zu",
                                   k + 1),
            .score = none ? NAN : mean,
            .low = none || n == 2 ? NAN : mean - off,
            .high = none || n == 2 ? NAN : mean + off * 0.8,
            .seats = none ? 0 : 1200,
            .agreed = none ? NAN : (double)k / (double)n};
        for (size_t c = 0; c < n; c++)
            payoff[k * n + c] = none || (holes && (k + c) % 4 == 0) ? NAN
                                : alike                             ? 50 * scale
                                        : mean + scale * 20 * (unit(&dice) - 0.5);
    }
    truce_standings all = {.strategy_count = n,
                           .scenario_count = 12,
                           .standings = scored,
                           .order = order,
                           .payoff = payoff,
                           .units = "scenarios",
                           .unit_count = 12,
                           .sessions = 14400 * n,
                           .missing = holes ? 17 : 0,
                           .score =
                               scale < 1 ? TRUCE_SCORE_ADVANTAGE : TRUCE_SCORE_UTILITY,
                           .parties = 2,
                           .rounds = 100,
                           .repetitions = 1,
                           .protocol = bad ? "sao<&>" : "sao"};
    if (n > 0 && !nothing && !holes) {
        game of = game_of(payoff, n, 2, &memory);
        all.path_count = game_path(&of, even, &memory, &all.path_times, &all.path);
    }
    draw_tournament(name, &all);
    arena_free(&memory);
}

static void make_tournaments(void)
{
    make_tournament("none", 0, 1, "plain");
    make_tournament("one", 1, 1, "plain");
    make_tournament("two", 2, 1, "plain");
    make_tournament("six", 6, 0.01, "plain");
    make_tournament("eight-hostile", HOSTILE, 1, "hostile");
    make_tournament("twelve-below-zero", 12, -1, "plain");
    make_tournament("twelve-alike", 12, 1, "alike");
    make_tournament("nine-nothing", 9, 1, "nothing");
    make_tournament("fifteen-with-holes", 15, 1, "holes");
    make_tournament("twenty-five-vast", 25, 1e9, "plain");
    make_tournament("sixty", 60, 1, "plain");
}

/* ---- exchanges ------------------------------------------------------------------- */

static void draw_plan(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_plan_svg(out, what, style);
}

/* So many stages in which the sides give so many people each. */
static void make_plan(const char *name, size_t stages, uint64_t first, uint64_t second,
                      const char *const names[2])
{
    arena memory = {0};
    truce_stage_totals *totals = arena_array(&memory, stages + 1, truce_stage_totals);
    for (size_t t = 0; t < stages; t++) {
        const uint64_t heads[2] = {first, second};
        totals[t] =
            (truce_stage_totals){.stage = (uint32_t)t + 1, .day = (int32_t)(3 * t + 1)};
        for (int side = 0; side < 2; side++) {
            totals[t].heads[side] = heads[side];
            totals[t].owed[side] = t == 0 ? heads[side] / 5 : 0;
            totals[t].wounded[side] = heads[side] / 4;
            totals[t].long_held[side] = heads[side] / 3;
            totals[t].other[side] = heads[side] - totals[t].owed[side] -
                                    totals[t].wounded[side] - totals[t].long_held[side];
            totals[t].standing[side] =
                (int64_t)(heads[side] * (stages - 1 - t)) * (side ? 1000000 : 970000);
        }
    }
    truce_lists lists = {.names = {names[0], names[1]}};
    truce_exchange_wish wish = {.from = stages == 10 ? 20226 : TRUCE_NO_DAY};
    truce_plan plan = {.lists = &lists,
                       .wish = &wish,
                       .stages = totals,
                       .stage_count = stages,
                       .heads = {first * stages, second * stages},
                       .exposure = {.amount = 12500000,
                                    .bound = 12500000,
                                    .side = 1,
                                    .stage = (uint32_t)(stages + 1) / 2,
                                    .gone = first},
                       .short_of =
                           stages ? NULL : "1,000 of RU cannot go: 987 are eligible"};
    if (first == 5)
        plan.exposure = (truce_exposure){.side = -1};
    draw_all(name, draw_plan, &plan);
    arena_free(&memory);
}

static void make_plans(void)
{
    static const char *const usual[] = {"RU", "UA"};
    make_plan("plan-none", 0, 0, 0, usual);
    make_plan("plan-one-stage", 1, 5, 5, usual);
    make_plan("plan-one-side-empty", 4, 30, 0, usual);
    make_plan("plan-nobody", 3, 0, 0, usual);
    make_plan("plan-ten", 10, 100, 97, usual);
    make_plan("plan-thousand-stages", 1000, 12, 12, usual);
    make_plan("plan-million", 7, 1000000, 999999, usual);
    for (int k = 0; k < HOSTILE; k += 2)
        make_plan(k == 0   ? "plan-hostile-1"
                  : k == 2 ? "plan-hostile-2"
                  : k == 4 ? "plan-hostile-3"
                           : "plan-hostile-4",
                  10, 40, 41, &hostile[k]);
}

/* ---- agreements ------------------------------------------------------------------ */

static void draw_track(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_track_svg(out, what, style);
}

/* A ceasefire of so many days, looked at on one of them; an incident every few days. */
static void make_track(const char *name, uint32_t days, uint32_t now, unsigned every,
                       const char *end, const char *const names[2], size_t commitments)
{
    arena memory = {0};
    const truce_instant start = (truce_instant)20226 * 86400;
    const char *ids[] = {names[0], names[1]};
    truce_commitment *all = arena_array(&memory, commitments + 1, truce_commitment);
    truce_standing *standings = arena_array(&memory, commitments + 1, truce_standing);
    for (size_t c = 0; c < commitments; c++) {
        all[c] = (truce_commitment){.id = "c",
                                    .text = names[c % 2],
                                    .debtor = c % 2,
                                    .start = c % 4 ? start : TRUCE_NO_INSTANT};
        standings[c] = (truce_standing){
            .state = (truce_state)(c % 7),
            .active = c % 7 ? start + (truce_instant)c * 86400 : TRUCE_NO_INSTANT,
            .deadline = c % 3 ? start + (truce_instant)(c + 5) * 86400 : TRUCE_NEVER};
    }
    truce_day *told = arena_array(&memory, now + 1, truce_day);
    size_t count = 0;
    for (uint32_t d = 0; every && d < now; d += every) {
        truce_incidents *sides = arena_array(&memory, 2, truce_incidents);
        sides[count % 2].alleged[count % 5] = count % 7 == 6 ? 123456 : 1 + count % 3;
        sides[count % 2].verified[count % 5] = count % 3 == 0;
        sides[0].refuted[count % 5] = count % 4 == 1 ? sides[0].alleged[count % 5] : 0;
        told[count++] = (truce_day){20226 + d, d % 4 == 0, sides};
    }
    bool never = strcmp(end, "never") == 0;
    truce_clock_reading clock = {.day = now,
                                 .of = days,
                                 .end = never ? TRUCE_NEVER
                                              : start + (truce_instant)days * 86400,
                                 .last_to_extend = TRUCE_NEVER,
                                 .first_date = 20226,
                                 .today = 20226 + (int64_t)now - 1,
                                 .last_date = 20226 + (int64_t)(never ? now : days) - 1,
                                 .days = told,
                                 .day_count = count};
    truce_accord accord = {.id = "a",
                           .title = names[1],
                           .parties = ids,
                           .party_names = ids,
                           .party_count = 2,
                           .commitments = all,
                           .commitment_count = commitments};
    truce_track track = {.accord = &accord,
                         .choices = {.now = start + (truce_instant)now * 86400},
                         .standings = standings,
                         .clock = days ? &clock : NULL};
    draw_all(name, draw_track, &track);
    arena_free(&memory);
}

static void make_tracks(void)
{
    static const char *const usual[] = {"UA", "RU"};
    make_track("track-thirty-days", 30, 17, 2, "", usual, 7);
    make_track("track-one-day", 1, 1, 1, "", usual, 1);
    make_track("track-not-begun", 30, 0, 0, "", usual, 0);
    make_track("track-year", 365, 200, 3, "", usual, 12);
    make_track("track-ten-years", 5000, 3000, 2, "", usual, 60);
    make_track("track-paused", 30, 90, 1, "never", usual, 3);
    make_track("track-no-ceasefire", 0, 20, 0, "", usual, 20);
    make_track("track-nothing", 0, 0, 0, "", usual, 0);
    make_track("track-hostile-1", 30, 20, 1, "", &hostile[0], 6);
    make_track("track-hostile-2", 30, 20, 1, "", &hostile[4], 6);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 2) {
        fputs("usage: charts FOLDER\n", stderr);
        return 2;
    }
    folder = arguments[1];
    make_tournaments();
    make_plans();
    make_tracks();
    return 0;
}
